//! Collections of allocator-api2 in shared and local arenas.

use std::thread;

use allocator_api2::{alloc::Allocator, boxed::Box, vec::Vec};
use blink_alloc::SyncBlinkAlloc;
use blink_sync_tests::{
    base::Base,
    threads::{THREADS, at_once},
};
use blink_tests::time::budget;

/// Vectors that grow and shrink by turns, and boxes between them.
fn check(alloc: impl Allocator + Copy, number: usize) {
    let mut vectors: std::vec::Vec<Vec<usize, _>> = (0..4).map(|_| Vec::new_in(alloc)).collect();
    let mut boxes = std::vec::Vec::new();
    for value in 0..200 {
        let vector = &mut vectors[value % 4];
        vector.extend((0..value % 7).map(|at| value * number + at));
        if value % 10 == 0 {
            vector.shrink_to_fit();
            boxes.push(Box::new_in(value * number, alloc));
        }
        if value % 25 == 0 {
            vector.truncate(vector.len() / 2);
            boxes.pop();
        }
    }
    let plain = expected(number);
    for (vector, expected) in vectors.iter().zip(plain) {
        assert_eq!(vector.as_slice(), expected);
    }
    assert!(boxes.iter().all(|value| **value % number == 0));
}

/// The same with vectors of std.
fn expected(number: usize) -> [std::vec::Vec<usize>; 4] {
    let mut vectors: [std::vec::Vec<usize>; 4] = Default::default();
    for value in 0..200 {
        let vector = &mut vectors[value % 4];
        vector.extend((0..value % 7).map(|at| value * number + at));
        if value % 25 == 0 {
            vector.truncate(vector.len() / 2);
        }
    }
    vectors
}

#[test]
fn on_threads() {
    let mut shared = SyncBlinkAlloc::new_in(Base::new());
    for _ in 0..budget(20) {
        at_once(THREADS, |number| {
            let local = shared.local();
            check(&shared, number + 1);
            check(&local, number + 1);
        });
        shared.reset();
    }
}

#[test]
fn made_by_one_thread_and_dropped_by_another() {
    let shared = SyncBlinkAlloc::new_in(Base::new());
    thread::scope(|scope| {
        for number in 0..THREADS {
            let mut words = Vec::new_in(&shared);
            words.extend([number; 100]);
            scope.spawn(|| {
                let mut words = words;
                words.extend([7; 100]);
                assert_eq!(words.iter().filter(|&&word| word == 7).count(), 100);
            });
        }
    });
}

#[test]
fn in_an_arena_of_its_own() {
    let shared = SyncBlinkAlloc::new();
    // The arena itself as the allocator of one vector: by value.
    let mut bytes = Vec::new_in(shared);
    bytes.extend(0..=255_u8);
    let moved = thread::spawn(move || bytes.iter().map(|&byte| u32::from(byte)).sum::<u32>());
    assert_eq!(moved.join().unwrap(), 255 * 128);
}
