//! Maps and sets that are slices with an index.

use std::{
    cell::{Cell, RefCell},
    collections::{
        HashMap, HashSet,
        hash_map::{DefaultHasher, RandomState},
    },
    hash::{BuildHasher, BuildHasherDefault, Hash, Hasher},
    path::{Path, PathBuf},
    rc::Rc,
    sync::{MutexGuard, atomic::AtomicU32},
    thread,
};

use blink_alloc::{
    Blink, BlinkClone, BlinkHashedMap, BlinkHashedSet, BlinkOrderedMap, BlinkOrderedSet, SyncBlink,
};
use blink_tests::{
    drops::{panic_as_planned, planned},
    random::Random,
};

use crate::{Folded, Turned, arena, copy_of};

/// Every key has the same hash.
#[derive(Clone, Copy, Default)]
struct Constant;

impl Hasher for Constant {
    fn write(&mut self, _: &[u8]) {}

    fn finish(&self) -> u64 {
        u64::MAX
    }
}

/// A number is its own hash.
#[derive(Clone, Copy, Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type Hashing<H> = BuildHasherDefault<H>;

/// Makes hashers that begin with a number of its own.
#[derive(Clone, Copy, Default)]
struct Seeded(u64);

impl BuildHasher for Seeded {
    type Hasher = Identity;

    fn build_hasher(&self) -> Identity {
        Identity(self.0)
    }
}

fn names<S: BuildHasher + Default>(count: usize) -> HashMap<String, Vec<usize>, S> {
    (0..count)
        .map(|n| (format!("name {n}"), vec![n; n % 5]))
        .collect()
}

fn read_as_the_original<S: BuildHasher + Default + Clone + 'static>(most: usize) {
    let (blink, _) = arena();
    for count in [0, 1, 2, 3, 4, 5, 8, 9, most] {
        let map: HashMap<String, Vec<usize>, S> = names(count);
        let copy: BlinkHashedMap<'_, &str, &[usize], S> = copy_of(&blink, map.clone());
        assert_eq!((copy.len(), copy.is_empty()), (count, count == 0));
        assert!(copy.keys().eq(map.clone().keys()) && copy.values().eq(map.clone().values()));
        assert!(
            copy.iter()
                .map(|(key, _)| *key)
                .eq(copy.as_slice().iter().map(|e| e.0))
        );
        for (key, value) in &copy {
            assert_eq!(map[*key], *value);
        }
        for n in 0..count + 9 {
            let key = format!("name {n}");
            assert_eq!(
                copy.get(&*key).map(|value| value.to_vec()),
                map.get(&key).cloned()
            );
            assert_eq!(copy.contains_key(&*key), n < count);
            let entry = copy.get_key_value(&*key);
            assert_eq!(entry.map(|(key, _)| *key), (n < count).then_some(&*key));
        }
        assert_eq!(format!("{copy:?}"), format!("{:?}", map.clone()));

        let set: HashSet<_, S> = map.keys().cloned().collect();
        let copy: BlinkHashedSet<'_, &str, S> = copy_of(&blink, set.clone());
        assert_eq!((copy.len(), copy.is_empty()), (count, count == 0));
        assert!(copy.clone().into_iter().eq(copy.as_slice()) && (&copy).into_iter().len() == count);
        assert!(copy.iter().all(|&key| set.contains(key)));
        for n in 0..count + 9 {
            let key = format!("name {n}");
            assert_eq!(copy.contains(&*key), n < count);
            assert_eq!(copy.get(&*key).copied(), set.get(&key).map(String::as_str));
        }
        assert_eq!(format!("{copy:?}").len(), format!("{set:?}").len());
    }
}

#[test]
fn a_map_or_set_is_read_as_the_original() {
    let many = if cfg!(miri) { 50 } else { 3000 };
    read_as_the_original::<RandomState>(many);
    read_as_the_original::<Hashing<DefaultHasher>>(many);
    read_as_the_original::<Hashing<Identity>>(many);
    read_as_the_original::<Hashing<Constant>>(many.min(300));
    read_as_the_original::<hashbrown::DefaultHashBuilder>(many);
}

#[test]
fn those_of_hashbrown_become_the_same() {
    let (blink, _) = arena();
    let map: hashbrown::HashMap<_, _> = names::<RandomState>(1000).into_iter().collect();
    let set: hashbrown::HashSet<_, Hashing<Identity>> = map.keys().cloned().collect();
    let (map, set) = copy_of(&blink, (map, set));
    let map: BlinkHashedMap<'_, &str, &[usize], hashbrown::DefaultHashBuilder> = map;
    let set: BlinkHashedSet<'_, &str, Hashing<Identity>> = set;
    assert!(map.keys().all(|&key| set.contains(key)) && set.len() == 1000);
    assert!((0..1000).all(|n| map[&*format!("name {n}")] == vec![n; n % 5]));
    assert!(!map.contains_key("name") && !set.contains(""));
}

#[test]
fn numbers_are_found_whatever_their_bits() {
    let (blink, _) = arena();
    for shift in [0, 1, 8, 32, 52] {
        let set: HashSet<u64, Hashing<Identity>> = (0..500).map(|n| n << shift).collect();
        let copy = copy_of(&blink, set);
        assert!((0..500).all(|n| copy.contains(&(n << shift))));
        assert!((500..1000).all(|n| !copy.contains(&(n << shift | 1 << 63))));
    }
    let random = RefCell::new(Random::new(3));
    let keys: Vec<u64> = (0..2000).map(|_| random.borrow_mut().number()).collect();
    let copy = copy_of(&blink, keys.iter().copied().collect::<HashSet<u64>>());
    assert!(keys.iter().all(|key| copy.contains(key)));
    assert!((0..2000).all(|n| !copy.contains(&n)));
}

#[test]
fn keys_are_found_by_what_they_borrow_as() {
    let (blink, _) = arena();
    let texts = copy_of(&blink, HashMap::from([(String::from("x"), 1)]));
    assert_eq!(
        (texts.get("x"), texts["x"], texts.contains_key("y")),
        (Some(&1), 1, false)
    );
    assert_eq!(texts.get(&"x"), Some(&1));
    let paths = copy_of(&blink, HashMap::from([(PathBuf::from("x"), 1)]));
    assert_eq!(
        (paths.get(Path::new("x")), paths[Path::new("x")]),
        (Some(&1), 1)
    );
    let bytes = copy_of(&blink, HashSet::from([vec![1, 2]]));
    assert!(bytes.contains(&[1, 2][..]) && !bytes.contains(&[1][..]));
    let pairs = copy_of(&blink, HashMap::from([((1, String::from("a")), 1)]));
    assert_eq!(pairs[&(1, "a")], 1);
    let nothing = copy_of(&blink, HashMap::from([((), "nothing")]));
    assert_eq!((nothing[&()], nothing.len()), ("nothing", 1));
}

#[test]
#[should_panic = "no entry of this key"]
fn a_missing_key_is_no_index() {
    let (blink, _) = arena();
    _ = copy_of(&blink, names::<RandomState>(3))["name 3"];
}

#[test]
fn copies_that_are_equal_all_stay() {
    let (blink, _) = arena();
    let words = ["B", "a", "A", "b", "AA", "aA"].map(Folded);
    let map: HashMap<_, _> = words.clone().into_iter().zip(0..).collect();
    let copy = copy_of(&blink, map);
    assert_eq!((copy.len(), copy.iter().len()), (6, 6));
    assert!([1, 2].contains(&copy["a"]) && [0, 3].contains(&copy["b"]) && copy["aa"] > 3);
    // The first of them is found.
    let first = copy.iter().find(|(key, _)| **key == "a");
    assert_eq!(copy.get_key_value("a"), first);
    let set = copy_of(&blink, HashSet::from(words));
    assert_eq!(
        (set.len(), set.get("aa"), set.get("A")),
        (6, Some(&"aa"), None)
    );
}

/// A number that is equal to others, and hashed, as somebody pleases.
#[derive(Clone, Copy, Debug)]
struct Moody<const MOOD: u8>(u32);

const NEVER: u8 = 0;
const ALWAYS: u8 = 1;
const RANDOM: u8 = 2;

thread_local! {
    static RANDOMLY: RefCell<Random> = RefCell::new(Random::new(5));
}

impl<const MOOD: u8> PartialEq for Moody<MOOD> {
    fn eq(&self, _: &Self) -> bool {
        match MOOD {
            NEVER => false,
            ALWAYS => true,
            _ => RANDOMLY.with_borrow_mut(|random| random.once_in(3)),
        }
    }
}

impl<const MOOD: u8> Eq for Moody<MOOD> {}

impl<const MOOD: u8> Hash for Moody<MOOD> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match MOOD {
            RANDOM => state.write_u64(RANDOMLY.with_borrow_mut(Random::number)),
            _ => state.write_u32(self.0),
        }
    }
}

fn moody<const MOOD: u8, S: BuildHasher + Default + Clone + 'static>() {
    let (blink, _) = arena();
    let map: HashMap<_, _, S> = (0..200).map(|n| (Turned(n, Moody::<MOOD>), n)).collect();
    let copy = blink.clone_in(&map);
    let mut values: Vec<_> = copy.values().copied().collect();
    values.sort_unstable();
    assert!(values.into_iter().eq(0..200));
    for n in 0..400 {
        let found = copy.get(&Moody(n));
        assert!(MOOD != NEVER || found.is_none());
        assert!(MOOD != ALWAYS || n >= 200 || found.is_some());
    }
    let set: HashSet<_, S> = map.into_keys().collect();
    let copy = blink.clone_in(&set);
    assert_eq!((copy.len(), copy.is_subset(&copy)), (200, MOOD == ALWAYS));
    _ = copy == copy.clone();
}

#[test]
fn keys_that_lie_do_no_harm() {
    moody::<NEVER, RandomState>();
    moody::<ALWAYS, RandomState>();
    moody::<NEVER, Hashing<Constant>>();
    moody::<ALWAYS, Hashing<Constant>>();
    RANDOMLY.set(Random::new(6));
    moody::<RANDOM, RandomState>();
    moody::<RANDOM, Hashing<Identity>>();
}

/// Makes hashers that agree with nobody.
#[derive(Clone, Default)]
struct Unstable;

impl BuildHasher for Unstable {
    type Hasher = Identity;

    fn build_hasher(&self) -> Identity {
        Identity(0)
    }

    fn hash_one<T>(&self, _: T) -> u64 {
        RANDOMLY.with_borrow_mut(Random::number)
    }
}

#[test]
fn a_hasher_that_lies_does_no_harm() {
    let (blink, _) = arena();
    let map: HashMap<_, _, Unstable> = (0..500).map(|n| (n, n)).collect();
    let copy = blink.clone_in(&map);
    assert_eq!(copy.len(), 500);
    for n in 0..1000 {
        assert!(copy.get(&n).is_none_or(|&found| found == n));
    }
}

/// Hashing it panics if this many others were hashed.
#[derive(PartialEq, Eq)]
struct Fused(u32);

thread_local! {
    static FUSE: Cell<u32> = const { Cell::new(u32::MAX) };
}

impl Hash for Fused {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match FUSE.get() {
            0 => panic_as_planned(),
            left => FUSE.set(left - 1),
        }
        self.0.hash(state);
    }
}

#[test]
fn a_hash_that_panics_leaves_the_arena_in_use() {
    let (mut blink, base) = arena();
    let set: HashSet<_> = (0..9).map(|n| Turned(n, Fused)).collect();
    for fuse in 0..9 {
        FUSE.set(fuse);
        assert!(planned(|| _ = blink.clone_in(&set)));
        assert_eq!(blink.clone_in("text"), "text");
    }
    FUSE.set(9);
    assert_eq!(blink.clone_in(&set).len(), 9);
    blink.reset();
    drop(blink);
    assert_eq!(base.live(), 0);
}

#[test]
fn maps_and_sets_are_compared_by_what_is_in_them() {
    let maps: Vec<HashMap<_, _>> = vec![
        HashMap::new(),
        HashMap::from([(1, 'a')]),
        HashMap::from([(1, 'b')]),
        HashMap::from([(1, 'a'), (2, 'a')]),
        (0..100).map(|n| (n, 'a')).collect(),
        // Hashed otherwise, and so in another order.
        (0..100).rev().map(|n| (n, 'a')).collect(),
    ];
    let (one, other) = (Blink::new(), Blink::new());
    for a in &maps {
        for b in &maps {
            assert_eq!(one.clone_in(a) == other.clone_in(b), a == b);
            let (a, b): (HashSet<_>, HashSet<_>) = (a.keys().collect(), b.keys().collect());
            let (copy_a, copy_b) = (one.clone_in(&a), other.clone_in(&b));
            assert_eq!(copy_a == copy_b, a == b);
            assert_eq!(copy_a.is_subset(&copy_b), a.is_subset(&b));
            assert_eq!(copy_a.is_superset(&copy_b), a.is_superset(&b));
            assert_eq!(copy_a.is_disjoint(&copy_b), a.is_disjoint(&b));
        }
    }
    assert_eq!(one.clone_in(&maps[0]), BlinkHashedMap::default());
    assert!(!BlinkHashedSet::<'_, String>::default().contains("x"));
    let map = one.clone_in(&maps[4]);
    assert_eq!(map.clone(), map);
}

#[test]
fn a_copy_is_copied_into_another_arena() {
    let (blink, _) = arena();
    let first = Blink::new();
    let nested = HashMap::from([(String::from("a"), names::<RandomState>(9))]);
    let set = HashSet::from([String::from("x"), String::from("y")]);
    let once = first.clone_in(&(nested, set));
    let order: Vec<_> = once.0["a"].keys().map(|key| key.to_string()).collect();
    let (map, set) = blink.clone_in(&once);
    drop(first);
    let map: BlinkHashedMap<'_, &str, BlinkHashedMap<'_, &str, &[usize]>> = map;
    assert_eq!(map["a"]["name 4"], [4; 4]);
    assert!(map["a"].keys().eq(order.iter()));
    assert!(set.contains("x") && set.contains("y") && set.len() == 2);
}

#[test]
fn recursive_types_have_maps_of_themselves() {
    struct Directory(HashMap<String, Directory>);
    struct Copied<'b>(BlinkHashedMap<'b, &'b str, Copied<'b>>);

    impl<'b> BlinkClone<'b> for Directory {
        type Cloned = Copied<'b>;

        fn blink_clone<C: blink_alloc::Cloner<'b>>(
            &self,
            cx: &mut C,
        ) -> Result<Copied<'b>, C::Error> {
            self.0.blink_clone(cx).map(Copied)
        }
    }

    fn tree(depth: usize) -> Directory {
        let names = (0..depth).map(|n| (n.to_string(), tree(depth - 1)));
        Directory(names.collect())
    }

    let (blink, _) = arena();
    let copy = copy_of(&blink, tree(4));
    assert_eq!(copy.0["3"].0["2"].0["1"].0.len(), 1);
    assert!(copy.0["0"].0["0"].0["0"].0["0"].0.is_empty());
}

/// Has the constants below for every type, and first those of its own, which are there only if
/// the type has the trait.
struct Probe<T>(std::marker::PhantomData<T>);

impl<T: Send + Sync> Probe<T> {
    const BOTH: bool = true;
}

trait Otherwise {
    const BOTH: bool = false;
}

impl<T> Otherwise for Probe<T> {}

macro_rules! both {
    ($($type:ty),* $(,)?) => { [$(<Probe<$type>>::BOTH),*] };
}

#[test]
fn copies_are_shared_by_threads_where_their_contents_are() {
    assert!(
        both!(
            BlinkHashedMap<'static, &str, AtomicU32>,
            BlinkHashedSet<'static, &str>,
            BlinkOrderedMap<'static, &str, AtomicU32>,
            BlinkOrderedSet<'static, &str>,
        )
        .iter()
        .all(|&both| both)
    );
    assert!(
        both!(
            BlinkHashedMap<'static, &str, Cell<u8>>,
            BlinkHashedMap<'static, Cell<u8>, u8>,
            BlinkHashedMap<'static, u8, u8, Rc<u8>>,
            BlinkHashedMap<'static, u8, u8, Cell<u8>>,
            BlinkHashedSet<'static, Cell<u8>>,
            BlinkHashedSet<'static, u8, MutexGuard<'static, u8>>,
            BlinkOrderedMap<'static, &str, Cell<u8>>,
            BlinkOrderedMap<'static, Rc<u8>, u8>,
            BlinkOrderedSet<'static, Cell<u8>>,
        )
        .iter()
        .all(|&both| !both)
    );
}

#[test]
fn copies_cross_threads_and_shrink_their_lifetimes() {
    fn shorter<'s>(
        map: BlinkHashedMap<'static, &'static str, &'static str>,
        set: BlinkHashedSet<'static, &'static str>,
    ) -> (
        BlinkHashedMap<'s, &'s str, &'s str>,
        BlinkHashedSet<'s, &'s str>,
    ) {
        (map, set)
    }

    let (map, set) = shorter(BlinkHashedMap::default(), BlinkHashedSet::default());
    assert!(map.is_empty() && set.is_empty());

    let blink = SyncBlink::new();
    let blink = &*blink;
    let copies = thread::scope(|scope| {
        let workers =
            [5, 50].map(|n| scope.spawn(move || blink.clone_in(&names::<RandomState>(n))));
        workers.map(|worker| worker.join().unwrap())
    });
    assert_eq!((copies[0].len(), copies[1]["name 49"]), (5, &[49; 4][..]));
}

#[test]
fn maps_are_copied_into_frames() {
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    let map = frame.clone_in(&names::<RandomState>(9));
    let sum = frame.scope(|inner| {
        let copy = inner.clone_in(&map);
        copy.values().map(|value| value.len()).sum::<usize>()
    });
    assert_eq!((sum, map["name 4"].len()), (16, 4));
}

#[test]
fn the_hasher_is_a_clone_of_the_original_one() {
    let (blink, _) = arena();
    let state = RandomState::new();
    let mut map = HashMap::with_hasher(state.clone());
    map.insert("key", 1);
    let copy = blink.clone_in(&map);
    assert_eq!(copy.hasher().hash_one("x"), state.hash_one("x"));
    let copy = copy_of(&blink, HashSet::<u8, _>::with_hasher(state.clone()));
    assert_eq!(copy.hasher().hash_one("x"), state.hash_one("x"));
    // A map is as easily copied as its hasher.
    let mut map = HashMap::with_hasher(Seeded(7));
    map.insert(1, 2);
    let copy = blink.clone_in(&map);
    let same = copy;
    assert_eq!((copy[&1], same[&1], same.hasher().0), (2, 2, 7));
}
