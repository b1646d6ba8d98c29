//! The containers of std whose allocator is an arena; needs feature `nightly`.
#![cfg_attr(feature = "nightly", feature(allocator_api, btreemap_alloc))]
#![cfg(feature = "nightly")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use blink_alloc::BlinkAlloc;
use blink_tests::{
    base::Base,
    drops::{self, Counted, Nothing, Wide, Word},
    every_arena, every_counted,
    random::Random,
    time::budget,
};
use hashbrown::HashMap;

type Arena<const MIN: usize> = BlinkAlloc<Base, MIN>;

const CYCLES: usize = 3;

fn step_vec<const MIN: usize>(
    ours: &mut Vec<u64, &Arena<MIN>>,
    theirs: &mut Vec<u64>,
    random: &mut Random,
) {
    let (at, number) = (random.below(theirs.len() + 1), random.number());
    match random.below(30) {
        0 => {
            ours.clear();
            theirs.clear();
        }
        1 => ours.shrink_to_fit(),
        2 => ours.reserve_exact(number as usize % 300),
        3..6 => assert_eq!(ours.split_off(at), theirs.split_off(at)),
        6..10 => {
            ours.splice(at.., [number; 20]);
            theirs.splice(at.., [number; 20]);
        }
        10..14 => {
            ours.resize(at, number);
            theirs.resize(at, number);
        }
        _ => {
            ours.push(number);
            theirs.push(number);
        }
    }
}

fn step_deque<const MIN: usize>(
    ours: &mut VecDeque<u64, &Arena<MIN>>,
    theirs: &mut VecDeque<u64>,
    random: &mut Random,
) {
    let number = random.number();
    match random.below(40) {
        0 => {
            ours.clear();
            theirs.clear();
        }
        1 => ours.shrink_to_fit(),
        2 => ours.reserve(number as usize % 200),
        3..8 => assert_eq!(ours.pop_front(), theirs.pop_front()),
        8..11 => assert_eq!(ours.pop_back(), theirs.pop_back()),
        11..25 => {
            ours.push_front(number);
            theirs.push_front(number);
        }
        _ => {
            ours.push_back(number);
            theirs.push_back(number);
        }
    }
}

fn step_tree<const MIN: usize>(
    ours: &mut BTreeMap<u64, String, &Arena<MIN>>,
    theirs: &mut BTreeMap<u64, String>,
    random: &mut Random,
) {
    let key = random.below(400) as u64;
    match random.below(200) {
        0 => {
            ours.clear();
            theirs.clear();
        }
        1 => {
            let even = |key: &u64, _: &mut String| key.is_multiple_of(2);
            ours.retain(even);
            theirs.retain(even);
        }
        2..60 => assert_eq!(ours.remove(&key), theirs.remove(&key)),
        60..70 => assert_eq!(ours.pop_first(), theirs.pop_first()),
        _ => {
            let value = format!("value {}", random.number());
            assert_eq!(ours.insert(key, value.clone()), theirs.insert(key, value));
        }
    }
}

#[test]
fn interleaved_containers() {
    fn check<const MIN: usize>(mut arena: Arena<MIN>) {
        let mut random = Random::new(41);
        for _ in 0..CYCLES {
            let mut vec = (Vec::new_in(&arena), Vec::new());
            let mut deque = (VecDeque::new_in(&arena), VecDeque::new());
            let mut tree = (BTreeMap::new_in(&arena), BTreeMap::new());
            let mut set = (BTreeSet::new_in(&arena), BTreeSet::new());
            for _ in 0..budget(3000) {
                step_vec(&mut vec.0, &mut vec.1, &mut random);
                step_deque(&mut deque.0, &mut deque.1, &mut random);
                step_tree(&mut tree.0, &mut tree.1, &mut random);
                let number = random.below(1000);
                if random.once_in(3) {
                    assert_eq!(set.0.remove(&number), set.1.remove(&number));
                } else {
                    assert_eq!(set.0.insert(number), set.1.insert(number));
                }
            }
            assert_eq!(vec.0, vec.1);
            assert!(deque.0.iter().eq(&deque.1));
            assert!(tree.0.iter().eq(&tree.1));
            assert!(set.0.iter().eq(&set.1));
            drop((vec, deque, tree, set));
            arena.reset();
        }
    }
    every_arena!(check);
}

#[test]
fn values_in_containers_are_dropped() {
    fn check<T: Counted>() {
        let mut arena = BlinkAlloc::new_in(Base::plain());
        for _ in 0..CYCLES {
            drops::restart();
            let mut vec = Vec::new_in(&arena);
            let mut deque = VecDeque::new_in(&arena);
            let mut tree = BTreeMap::new_in(&arena);
            for id in 0..80 {
                vec.push(Box::new_in(T::new(id), &arena));
                deque.push_front(T::new(80 + id));
                tree.insert(id, T::new(160 + id));
            }
            vec.truncate(10);
            vec.shrink_to_fit();
            deque.truncate(20);
            deque.shrink_to_fit();
            tree.retain(|id, _| id % 7 == 0);
            let ids = vec.iter().zip(0..);
            ids.for_each(|(value, id)| assert!(!T::HAS_ID || value.id() == id));
            drop((vec, deque, tree));
            assert_eq!(drops::dropped(), 240);
            drops::assert_all_dropped();
            arena.reset();
        }
    }
    every_counted!(check);
}

#[test]
fn zeroed_boxes_are_zero_in_dirty_memory() {
    let mut arena = BlinkAlloc::new_in(Base::plain());
    for len in [0, 1, 100, 5000] {
        drop(Box::new_in([0xff_u8; 10_000], &arena));
        arena.reset();
        let boxed = Box::<[u64], _>::new_zeroed_slice_in(len, &arena);
        // SAFETY: zeros are numbers.
        let zeros = unsafe { boxed.assume_init() };
        assert!(zeros.iter().all(|&number| number == 0));
    }
}

#[test]
fn all_three_traits_share_an_arena() {
    let mut arena = BlinkAlloc::new_in(Base::plain());
    for _ in 0..CYCLES {
        drops::restart();
        let mut of_core = Vec::new_in(&arena);
        let mut of_api = allocator_api2::vec::Vec::new_in(&arena);
        let mut map = HashMap::new_in(&arena);
        for id in 0..500 {
            of_core.push(Word::new(id));
            of_api.push(Wide::new(1000 + id));
            map.insert(id, Nothing::new(0));
        }
        let (first, second) = (of_core.iter(), of_api.iter());
        for ((id, word), wide) in (0..).zip(first).zip(second) {
            assert_eq!((word.id(), wide.id()), (id, 1000 + id));
        }
        assert_eq!(map.len(), 500);
        drop((of_core, of_api, map));
        drops::assert_all_dropped();
        arena.reset();
    }
}
