//! Containers whose allocator is an arena, compared with the same on the system's.

// With it the trait of allocator-api2 0.2 is that of core.
#![cfg_attr(feature = "nightly", feature(allocator_api))]

use std::collections::{HashMap as StdMap, HashSet as StdSet};

use allocator_api2::{boxed::Box as ArenaBox, vec::Vec as ArenaVec};
use blink_alloc::BlinkAlloc;
use blink_tests::{
    arena::Arena,
    base::Base,
    drops::{self, Counted, Nothing, Wide, Word},
    every_arena, every_counted,
    random::Random,
    time::budget,
};
use hashbrown::{DefaultHashBuilder, HashMap, HashSet};

const CYCLES: usize = 3;

/// A vector in the arena and its twin.
struct Pair<'a, A: Arena> {
    ours: ArenaVec<u32, &'a A>,
    theirs: Vec<u32>,
}

impl<A: Arena> Pair<'_, A> {
    fn step(&mut self, random: &mut Random) {
        let (at, number) = (random.below(self.theirs.len() + 1), random.number() as u32);
        match random.below(40) {
            0 => {
                self.ours.clear();
                self.theirs.clear();
            }
            1 => self.ours.shrink_to_fit(),
            2 => self.ours.reserve(number as usize % 300),
            3 => {
                self.ours.truncate(at);
                self.theirs.truncate(at);
            }
            4..8 => {
                let more = [number; 17];
                self.ours.extend_from_slice(&more);
                self.theirs.extend_from_slice(&more);
            }
            8..12 => {
                self.ours.insert(at, number);
                self.theirs.insert(at, number);
            }
            12..16 => assert_eq!(self.ours.pop(), self.theirs.pop()),
            _ => {
                self.ours.push(number);
                self.theirs.push(number);
            }
        }
    }
}

#[test]
fn interleaved_vectors() {
    fn check<A: Arena>(mut arena: A) {
        let mut random = Random::new(31);
        for _ in 0..CYCLES {
            let mut pairs: Vec<_> = (0..20)
                .map(|_| Pair {
                    ours: ArenaVec::new_in(&arena),
                    theirs: Vec::new(),
                })
                .collect();
            for _ in 0..budget(2000) {
                let index = random.below(pairs.len());
                pairs[index].step(&mut random);
                if random.once_in(100) {
                    pairs[index] = Pair {
                        ours: ArenaVec::with_capacity_in(index, &arena),
                        theirs: Vec::new(),
                    };
                }
            }
            for pair in pairs {
                assert_eq!(pair.ours, *pair.theirs);
            }
            arena.reset();
        }
    }
    every_arena!(check);
}

#[test]
fn vectors_and_boxes_of_values_drop_them() {
    fn check<T: Counted>() {
        let mut arena = BlinkAlloc::new_in(Base::plain());
        for _ in 0..CYCLES {
            drops::restart();
            let mut vec = ArenaVec::new_in(&arena);
            let mut boxes = ArenaVec::new_in(&arena);
            for id in 0..100 {
                vec.push(T::new(id));
                boxes.push(ArenaBox::new_in(T::new(100 + id), &arena));
            }
            vec.truncate(60);
            vec.shrink_to_fit();
            drop(boxes.drain(20..40));
            vec.iter()
                .zip(0..)
                .for_each(|(value, id)| assert!(!T::HAS_ID || value.id() == id));
            let boxed = vec.into_boxed_slice();
            assert_eq!(boxed.len(), 60);
            drop((boxed, boxes));
            assert_eq!(drops::dropped(), 200);
            drops::assert_all_dropped();
            arena.reset();
        }
    }
    every_counted!(check);
}

#[test]
fn a_vector_may_own_its_arena() {
    let base = Base::plain();
    let mut vec = ArenaVec::new_in(BlinkAlloc::new_in(base.clone()));
    vec.extend(0..1000_u64);
    // The arena moves, its blocks stay.
    let moved = vec;
    assert!(moved.iter().copied().eq(0..1000));
    drop(moved);
    assert_eq!(base.live(), 0);
}

/// Arenas with the trait that hashbrown uses.
trait Arena02: Arena + allocator_api2_02::alloc::Allocator {}

impl<A: Arena + allocator_api2_02::alloc::Allocator> Arena02 for A {}

type Map<'a, A> = HashMap<u32, [u32; 3], DefaultHashBuilder, &'a A>;

fn step_map<A: Arena02>(
    ours: &mut Map<'_, A>,
    theirs: &mut StdMap<u32, [u32; 3]>,
    random: &mut Random,
) {
    let (key, value) = (random.below(500) as u32, [random.number() as u32; 3]);
    match random.below(300) {
        0 => {
            ours.clear();
            theirs.clear();
        }
        1 | 2 => ours.shrink_to_fit(),
        3 => ours.reserve(300),
        4..100 => assert_eq!(ours.remove(&key), theirs.remove(&key)),
        100..120 => assert_eq!(ours.get(&key), theirs.get(&key)),
        _ => assert_eq!(ours.insert(key, value), theirs.insert(key, value)),
    }
}

#[test]
fn interleaved_maps() {
    fn check<A: Arena02>(mut arena: A) {
        let mut random = Random::new(32);
        for _ in 0..CYCLES {
            let mut maps: Vec<_> = (0..6)
                .map(|_| (HashMap::new_in(&arena), StdMap::new()))
                .collect();
            for _ in 0..budget(2000) {
                let index = random.below(maps.len());
                let (ours, theirs) = &mut maps[index];
                step_map(ours, theirs, &mut random);
            }
            for (ours, theirs) in &maps {
                assert_eq!(ours.len(), theirs.len());
                assert!(
                    ours.iter()
                        .all(|(key, value)| theirs.get(key) == Some(value))
                );
            }
            drop(maps);
            arena.reset();
        }
    }
    every_arena!(check);
}

#[test]
fn interleaved_sets() {
    fn check<A: Arena02>(mut arena: A) {
        let mut random = Random::new(33);
        for _ in 0..CYCLES {
            let (mut ours, mut theirs) = (HashSet::new_in(&arena), StdSet::new());
            let mut other = ArenaVec::new_in(&arena);
            for _ in 0..budget(1000) {
                let word = format!("word {}", random.below(300));
                other.push(word.len());
                if random.once_in(3) {
                    assert_eq!(ours.remove(&word), theirs.remove(&word));
                } else {
                    assert_eq!(ours.insert(word.clone()), theirs.insert(word));
                }
            }
            ours.shrink_to_fit();
            assert_eq!(ours.len(), theirs.len());
            assert!(ours.iter().all(|word| theirs.contains(word)));
            drop((ours, other));
            arena.reset();
        }
    }
    every_arena!(check);
}

#[test]
fn maps_of_values_drop_them() {
    let mut arena = BlinkAlloc::new_in(Base::plain());
    for _ in 0..CYCLES {
        drops::restart();
        let mut map = HashMap::new_in(&arena);
        for id in 0..300 {
            map.insert(id, (Word::new(id), Wide::new(1000 + id), Nothing::new(0)));
        }
        map.retain(|id, _| id % 3 == 0);
        assert_eq!(drops::dropped(), 600);
        map.shrink_to_fit();
        for (id, (word, wide, _)) in &map {
            assert_eq!((word.id(), wide.id()), (*id, 1000 + id));
        }
        drop(map);
        drops::assert_all_dropped();
        arena.reset();
    }
}

#[test]
fn containers_of_containers() {
    let mut arena = BlinkAlloc::new_in(Base::plain());
    for _ in 0..CYCLES {
        let mut index = HashMap::new_in(&arena);
        for number in 0..1000_u32 {
            let list = index
                .entry(number % 37)
                .or_insert_with(|| ArenaVec::new_in(&arena));
            list.push(ArenaBox::new_in(number, &arena));
        }
        for (rest, list) in &index {
            let expected = (0..1000).filter(|number| number % 37 == *rest);
            assert!(list.iter().map(|number| **number).eq(expected));
        }
        drop(index);
        arena.reset();
    }
}

#[test]
fn a_refusal_leaves_the_container_whole() {
    let arena = BlinkAlloc::new_in(Base::plain());
    let mut vec = ArenaVec::new_in(&arena);
    vec.extend(0..100_u64);
    let mut map = HashMap::new_in(&arena);
    map.extend((0..100_u64).map(|key| (key, key)));
    arena.inner().refuse_all();
    for more in [10_000, usize::MAX / 16, usize::MAX] {
        assert!(vec.try_reserve(more).is_err());
        assert!(map.try_reserve(more).is_err());
    }
    assert!(vec.iter().copied().eq(0..100));
    assert!((0..100).all(|key| map.get(&key) == Some(&key)));
}
