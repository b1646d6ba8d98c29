//! Maps and sets that are sorted slices.

use std::{
    cell::RefCell,
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, BTreeSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    ops::Bound,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    thread,
};

use blink_alloc::{Blink, BlinkOrderedMap, BlinkOrderedSet, Entries, SyncBlink};
use blink_tests::random::Random;

use crate::{Folded, Turned, arena, copy_of};

fn names(count: usize) -> BTreeMap<String, Vec<usize>> {
    (0..count)
        .map(|n| (format!("name {n}"), vec![n; n % 5]))
        .collect()
}

#[test]
fn a_map_is_read_as_the_original() {
    let (blink, _) = arena();
    for count in [0, 1, 2, 3, 100] {
        let map = names(count);
        let copy: BlinkOrderedMap<'_, &str, &[usize]> = copy_of(&blink, map.clone());
        assert_eq!((copy.len(), copy.is_empty()), (count, count == 0));
        assert!(copy.keys().eq(map.keys()) && copy.values().eq(map.values()));
        assert!(copy.iter().rev().map(|(key, _)| key).eq(map.keys().rev()));
        assert!(copy.as_slice().iter().map(|entry| entry.0).eq(map.keys()));
        let text = |(key, value): (&&str, &&[usize])| (key.to_string(), value.to_vec());
        let own = |(key, value): (&String, &Vec<usize>)| (key.clone(), value.clone());
        assert_eq!(
            copy.first_key_value().map(text),
            map.first_key_value().map(own)
        );
        assert_eq!(
            copy.last_key_value().map(text),
            map.last_key_value().map(own)
        );
        assert!(copy.into_iter().map(text).eq(map.clone()));
        let mut entries = 0;
        for (key, value) in &copy {
            assert_eq!(map[*key], *value);
            entries += 1;
        }
        assert_eq!(entries, count);
        for n in 0..count + 3 {
            let key = format!("name {n}");
            assert_eq!(copy.get(&*key).map(|v| v.to_vec()), map.get(&key).cloned());
            assert_eq!(copy.contains_key(&*key), n < count);
            assert_eq!(
                copy.get_key_value(&*key).map(text),
                map.get_key_value(&key).map(own)
            );
        }
        assert_eq!(format!("{copy:?}"), format!("{map:?}"));
        assert_eq!(format!("{copy:#?}"), format!("{map:#?}"));
    }
}

#[test]
fn a_set_is_read_as_the_original() {
    let (blink, _) = arena();
    for count in [0, 1, 2, 3, 100] {
        let set: BTreeSet<_> = names(count).into_keys().collect();
        let copy: BlinkOrderedSet<'_, &str> = copy_of(&blink, set.clone());
        assert_eq!((copy.len(), copy.is_empty()), (count, count == 0));
        assert!(copy.iter().eq(&set) && copy.into_iter().rev().eq(set.iter().rev()));
        assert!((&copy).into_iter().eq(copy.as_slice()));
        assert_eq!(copy.first().copied(), set.first().map(String::as_str));
        assert_eq!(copy.last().copied(), set.last().map(String::as_str));
        for n in 0..count + 3 {
            let key = format!("name {n}");
            assert_eq!(copy.contains(&*key), n < count);
            assert_eq!(copy.get(&*key).copied(), set.get(&key).map(String::as_str));
        }
        assert_eq!(format!("{copy:?}"), format!("{set:?}"));
    }
}

#[test]
fn keys_are_found_by_what_they_borrow_as() {
    let (blink, _) = arena();
    let texts = copy_of(&blink, BTreeMap::from([(String::from("x"), 1)]));
    assert_eq!(
        (texts.get("x"), texts["x"], texts.contains_key("y")),
        (Some(&1), 1, false)
    );
    let paths = copy_of(&blink, BTreeMap::from([(PathBuf::from("x"), 1)]));
    assert_eq!(
        (paths.get(Path::new("x")), paths[Path::new("x")]),
        (Some(&1), 1)
    );
    let bytes = copy_of(&blink, BTreeMap::from([(vec![1, 2], 'a')]));
    assert_eq!(
        (bytes.get(&[1, 2][..]), bytes[&[1, 2][..]]),
        (Some(&'a'), 'a')
    );
    let boxes = copy_of(&blink, BTreeSet::from([Box::new(7)]));
    assert!(boxes.contains(&7) && !boxes.contains(&8));
    let numbers = copy_of(&blink, BTreeMap::from([(7, "seven")]));
    assert_eq!(numbers[&7], "seven");
    let pairs = copy_of(&blink, BTreeMap::from([((1, String::from("a")), 1)]));
    assert_eq!(pairs[&(1, "a")], 1);
    // As the map that it was copied from, by a key of its own type.
    assert_eq!(texts.get(&"x"), Some(&1));
}

#[test]
#[should_panic = "no entry of this key"]
fn a_missing_key_is_no_index() {
    let (blink, _) = arena();
    _ = copy_of(&blink, names(3))["name 3"];
}

#[test]
fn ranges_are_those_of_std() {
    let (blink, _) = arena();
    let mut random = Random::new(1);
    let map: BTreeMap<u64, u64> = (0..60)
        .map(|_| (random.number() % 100, random.number()))
        .collect();
    let set: BTreeSet<u64> = map.keys().copied().collect();
    let (map_copy, set_copy) = blink.clone_in(&(map.clone(), set.clone()));
    let bound = |random: &mut Random| {
        let at = random.number() % 104;
        random.pick(&[Bound::Included(at), Bound::Excluded(at), Bound::Unbounded])
    };
    for _ in 0..500 {
        let range = (bound(&mut random), bound(&mut random));
        // Std panics where a range ends before it starts.
        let model = catch_unwind(|| map.range(range)).ok();
        assert!(map_copy.range(range).eq(model.into_iter().flatten()));
        let model = catch_unwind(|| set.range(range)).ok();
        assert!(set_copy.range(range).eq(model.into_iter().flatten()));
    }
    assert_eq!(map_copy.range(..).len(), map.len());
    assert_eq!(map_copy.range(50..).next(), map.range(50..).next());
    assert_eq!(
        map_copy.range(..=50).next_back(),
        map.range(..=50).next_back()
    );
    assert!(set_copy.range(30..70).eq(set.range(30..70)));
    // Of strings, with the bounds that std takes, too.
    let names = copy_of(&blink, names(30));
    let bounds = (Bound::Excluded("name 1"), Bound::Excluded("name 2"));
    assert_eq!(names.range::<str, _>(bounds).len(), 10);
    assert_eq!(names.range::<&str, _>("name 1".."name 2").len(), 11);
}

#[test]
fn entries_are_an_iterator_as_any() {
    let (blink, _) = arena();
    let map = copy_of(&blink, BTreeMap::from_iter((0..10).map(|n| (n, n * n))));
    let mut entries = map.iter();
    assert_eq!((entries.len(), entries.nth(2)), (10, Some((&2, &4))));
    assert_eq!(entries.next_back(), Some((&9, &81)));
    assert_eq!(entries.as_slice().len(), 6);
    assert_eq!(
        format!("{:?}", entries.clone().take(1)),
        "Take { iter: [(3, 9), (4, 16), (5, 25), (6, 36), (7, 49), (8, 64)], n: 1 }"
    );
    assert_eq!(entries.clone().map(|(_, value)| value).sum::<i32>(), 199);
    assert_eq!(entries.by_ref().count(), 6);
    assert_eq!((entries.next(), entries.next_back()), (None, None));
    assert_eq!(Entries::<'_, u8, u8>::default().next(), None);
    assert_eq!((map.keys().rev().len(), map.values().rev().len()), (10, 10));
    // What is handed out outlives the map.
    let first = { BlinkOrderedMap::clone(&map) }.get(&0);
    assert_eq!(first, Some(&0));
}

#[test]
fn the_order_is_that_of_the_copied_keys() {
    let (blink, _) = arena();
    let map: BTreeMap<_, _> = (0..100).map(|n| (Turned(n, Reverse), n)).collect();
    let copy: BlinkOrderedMap<'_, Reverse<u32>, u32> = blink.clone_in(&map);
    assert!(copy.values().copied().eq((0..100).rev()));
    assert!((0..100).all(|n| copy[&Reverse(n)] == n));
    assert!(copy.range(Reverse(9)..).map(|(_, &n)| n).eq((0..10).rev()));
    let set: BTreeSet<_> = map.into_keys().collect();
    let copy = copy_of(&blink, set);
    assert!(copy.iter().map(|key| key.0).eq((0..100).rev()));
    assert_eq!(
        (copy.first(), copy.last()),
        (Some(&Reverse(99)), Some(&Reverse(0)))
    );
}

#[test]
fn copies_that_are_equal_all_stay() {
    let (blink, _) = arena();
    let words = ["B", "a", "A", "b", "AA", "aA"].map(Folded);
    let map: BTreeMap<_, _> = words.clone().into_iter().zip(0..).collect();
    let copy = copy_of(&blink, map);
    assert!(copy.keys().eq(["a", "a", "aa", "aa", "b", "b"].iter()));
    assert!([1, 2].contains(&copy["a"]) && [0, 3].contains(&copy["b"]));
    assert_eq!(
        copy.range::<str, _>((Bound::Included("a"), Bound::Included("aa")))
            .len(),
        4
    );
    let set = copy_of(&blink, BTreeSet::from(words));
    assert_eq!(
        (set.len(), set.get("aa"), set.get("A")),
        (6, Some(&"aa"), None)
    );
}

/// Ordered as somebody pleases.
#[derive(Debug, PartialEq, Eq)]
struct Moody(u32);

thread_local! {
    static MOOD: RefCell<Random> = RefCell::new(Random::new(7));
}

impl Ord for Moody {
    fn cmp(&self, _: &Self) -> Ordering {
        let orders = [Ordering::Less, Ordering::Equal, Ordering::Greater];
        MOOD.with_borrow_mut(|random| random.pick(&orders))
    }
}

impl PartialOrd for Moody {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[test]
fn an_order_that_is_none_does_no_harm() {
    let mut copies = 0;
    for count in (0..30).chain([300; 9]) {
        let (blink, _) = arena();
        let map: BTreeMap<_, _> = (0..count)
            .map(|n| (Turned(n, Moody), n.to_string()))
            .collect();
        // To sort many of them may panic.
        let copy = catch_unwind(AssertUnwindSafe(|| blink.clone_in(&map)));
        let Ok(copy) = copy else {
            continue;
        };
        copies += 1;
        let mut values: Vec<u32> = copy.values().map(|value| value.parse().unwrap()).collect();
        values.sort_unstable();
        assert!(values.into_iter().eq(0..count));
        for n in 0..count {
            _ = copy.get(&Moody(n));
            _ = copy.range(Moody(n)..Moody(n + 1)).count();
        }
    }
    assert!(copies >= 10, "{copies} copies");
}

#[test]
fn an_order_that_panics_leaves_the_arena_in_use() {
    #[derive(PartialEq, Eq)]
    struct Bomb(u32);

    impl PartialOrd for Bomb {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }

    impl Ord for Bomb {
        fn cmp(&self, _: &Self) -> Ordering {
            panic!("no order")
        }
    }

    let (mut blink, base) = arena();
    let set: BTreeSet<_> = (0..9).map(|n| Turned(n, Bomb)).collect();
    assert!(catch_unwind(AssertUnwindSafe(|| blink.clone_in(&set).len())).is_err());
    assert_eq!(blink.clone_in("text"), "text");
    blink.reset();
    drop(blink);
    assert_eq!(base.live(), 0);
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn copies_are_compared_as_the_originals() {
    let maps: Vec<BTreeMap<_, _>> = vec![
        BTreeMap::new(),
        BTreeMap::from([(1, 'a')]),
        BTreeMap::from([(1, 'b')]),
        BTreeMap::from([(1, 'a'), (2, 'a')]),
        BTreeMap::from([(2, 'a')]),
    ];
    let (one, other) = (Blink::new(), Blink::new());
    for a in &maps {
        for b in &maps {
            let (copy_a, copy_b) = (one.clone_in(a), other.clone_in(b));
            assert_eq!(copy_a == copy_b, a == b);
            assert_eq!(copy_a.cmp(&copy_b), a.cmp(b));
            assert_eq!(copy_a.partial_cmp(&copy_b), a.partial_cmp(b));
            assert_eq!(hash(&copy_a) == hash(&copy_b), a == b);
            let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.keys().collect(), b.keys().collect());
            let (copy_a, copy_b) = (one.clone_in(&a), other.clone_in(&b));
            assert_eq!((copy_a == copy_b, copy_a.cmp(&copy_b)), (a == b, a.cmp(&b)));
            assert_eq!(hash(&copy_a) == hash(&copy_b), a == b);
            assert_eq!(copy_a.is_subset(&copy_b), a.is_subset(&b));
            assert_eq!(copy_a.is_superset(&copy_b), a.is_superset(&b));
            assert_eq!(copy_a.is_disjoint(&copy_b), a.is_disjoint(&b));
        }
    }
    assert_eq!(one.clone_in(&maps[0]), BlinkOrderedMap::default());
    assert_eq!(BlinkOrderedSet::<'_, String>::default().len(), 0);
}

#[test]
fn a_copy_is_copied_into_another_arena() {
    let (blink, _) = arena();
    let first = Blink::new();
    let nested = BTreeMap::from([(String::from("a"), names(9))]);
    let set = BTreeSet::from([String::from("x"), String::from("y")]);
    let (map, set) = blink.clone_in(&first.clone_in(&(&nested, &set)));
    drop(first);
    let map: &BlinkOrderedMap<'_, &str, BlinkOrderedMap<'_, &str, &[usize]>> = map;
    assert_eq!(map["a"]["name 4"], [4; 4]);
    assert_eq!(set.as_slice(), ["x", "y"]);
}

#[test]
fn copies_cross_threads_and_shrink_their_lifetimes() {
    fn shorter<'s>(
        map: BlinkOrderedMap<'static, &'static str, &'static str>,
        set: BlinkOrderedSet<'static, &'static str>,
    ) -> (
        BlinkOrderedMap<'s, &'s str, &'s str>,
        BlinkOrderedSet<'s, &'s str>,
    ) {
        (map, set)
    }

    let (map, set) = shorter(BlinkOrderedMap::default(), BlinkOrderedSet::default());
    assert!(map.is_empty() && set.is_empty());

    let blink = SyncBlink::new();
    let blink = &*blink;
    let copies = thread::scope(|scope| {
        let workers = [5, 50].map(|n| scope.spawn(move || blink.clone_in(&names(n))));
        workers.map(|worker| worker.join().unwrap())
    });
    assert_eq!((copies[0].len(), copies[1]["name 49"]), (5, &[49; 4][..]));
}
