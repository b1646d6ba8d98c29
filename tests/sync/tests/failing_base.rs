//! Base allocators that refuse or panic, while several threads want a chunk.

use blink_alloc::SyncBlinkAlloc;
use blink_sync_tests::{
    base::Base,
    threads::{THREADS, at_once},
};
use blink_tests::{
    block::{Block, layout},
    drops::planned,
    time::{budget, ends},
};

/// Allocates some blocks directly and by a lease, of which some may be refused. Returns how
/// many were not.
fn work(shared: &SyncBlinkAlloc<Base>, number: usize) -> usize {
    let local = shared.local();
    let mut direct = Vec::new();
    let mut leased = Vec::new();
    for size in (0..40).map(|at| 8 + at * 13) {
        direct.extend(Block::new(shared, layout(size, 8), number as u8));
        leased.extend(Block::new(&local, layout(size, 8), !number as u8));
    }
    direct.iter().for_each(Block::check);
    leased.iter().for_each(Block::check);
    direct.len() + leased.len()
}

const ALL: usize = 80;

#[test]
fn refusals_from_the_nth_call_on() {
    for _ in 0..budget(5) {
        for nth in 1..8 {
            for times in [1, 2, 20, usize::MAX] {
                let base = Base::new();
                let mut shared = SyncBlinkAlloc::with_chunk_size_in(256, base.clone());
                for _ in 0..2 {
                    base.refuse(nth, times);
                    at_once(THREADS, |number| work(&shared, number));
                    base.obey();
                    let done = at_once(THREADS, |number| work(&shared, number));
                    assert_eq!(done, [ALL; THREADS]);
                    base.refuse(1, times);
                    shared.reset();
                }
            }
        }
    }
}

/// Smaller chunks are tried where large ones cannot be had.
#[test]
fn a_refusal_of_a_large_chunk_is_none_of_the_block() {
    let base = Base::new();
    let shared = SyncBlinkAlloc::with_chunk_size_in(1 << 16, base.clone());
    base.refuse(1, 3);
    assert_eq!(
        at_once(THREADS, |_| shared.allocate(layout(8, 8)).is_ok()),
        [true; THREADS]
    );
    assert_eq!(base.blocks(), 1);
}

/// The others wait for the lock that the panicking thread has. They get it.
#[test]
fn a_panic_frees_the_lock() {
    ends(|| {
        for nth in 1..6 {
            (0..budget(20)).for_each(|_| panic_at(nth));
        }
    });
}

/// Lets the `nth` chunk be one whose making panics.
fn panic_at(nth: usize) {
    let base = Base::slow();
    let shared = SyncBlinkAlloc::with_chunk_size_in(256, base.clone());
    base.panic(nth);
    let panics = at_once(THREADS, |number| {
        let work = || assert_eq!(work(&shared, number), ALL);
        // Often enough for that call to come.
        (0..4).filter(|_| planned(work)).count()
    });
    assert_eq!(panics.iter().sum::<usize>(), 1);
    assert_eq!(
        at_once(THREADS, |number| work(&shared, number)),
        [ALL; THREADS]
    );
    assert_eq!(shared.stats().chunks(), base.blocks());
}

#[test]
fn a_panic_of_a_reset_leaves_an_empty_arena() {
    let mut panics = 0;
    for nth in 1..4 {
        let base = Base::new();
        let mut shared = SyncBlinkAlloc::with_chunk_size_in(256, base.clone());
        for _ in 0..5 {
            at_once(THREADS, |number| work(&shared, number));
            base.panic(nth);
            panics += usize::from(planned(|| shared.reset()));
            base.panic(0);
            assert_eq!(shared.allocated_bytes(), 0);
            assert_eq!(shared.stats().chunks(), base.blocks());
        }
    }
    assert!(panics > 0, "no reset has asked for a chunk");
}
