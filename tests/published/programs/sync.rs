#![cfg_attr(feature = "nightly", feature(allocator_api))]
//! Arenas that threads share, as programs written for 0.4 use them.

use std::{alloc::Layout, ptr::NonNull, thread};

#[cfg(not(feature = "nightly"))]
use allocator_api2::vec::Vec;
use blink_alloc::{Blink, BlinkAllocator, LocalBlinkAlloc, SyncBlinkAlloc};
#[cfg(feature = "nightly")]
use std::vec::Vec;

/// As in the documentation of the type.
fn allocate_and_reset() {
    let mut blink = SyncBlinkAlloc::new();
    let layout = Layout::new::<[u32; 8]>();
    let ptr = blink.allocate(layout).unwrap();
    let ptr = NonNull::new(ptr.as_ptr() as *mut u8).unwrap();

    // SAFETY: a block of eight numbers, just allocated.
    unsafe {
        std::ptr::write(ptr.as_ptr().cast(), [1, 2, 3, 4, 5, 6, 7, 8]);
    }

    blink.reset();
}

/// As in the documentation of the type.
fn vector_on_the_shared_arena() {
    let mut blink = SyncBlinkAlloc::new();
    let mut vec = Vec::new_in(&blink);
    vec.push(1);
    vec.extend(1..3);
    vec.extend(3..10);
    assert_eq!(vec.len(), 10);
    drop(vec);
    blink.reset();
}

/// As in the documentation of `local`.
fn vectors_on_local_arenas() {
    let mut blink = SyncBlinkAlloc::new();
    for _ in 0..3 {
        for i in 0..16 {
            std::thread::scope(|_| {
                let blink = blink.local();
                let mut vec = Vec::new_in(&blink);
                vec.push(i);
                for j in i * 2..i * 30 {
                    vec.push(j); // Proxy will allocate enough memory to grow vec without reallocating on 2nd iteration and later.
                }
                assert_eq!(vec.len(), 1 + i * 28);
            });
        }
        blink.reset();
    }
}

/// Sums of what one thread puts into its arena.
fn work(local: &mut LocalBlinkAlloc<'_>, thread: usize) -> usize {
    let mut sum = 0;
    for round in 0..10 {
        let mut vec = Vec::new_in(&*local);
        vec.extend(0..thread * 100 + round);
        sum += vec.iter().sum::<usize>();
        drop(vec);
        local.reset();
    }
    sum
}

/// One arena for a pool of threads, each with a local one.
fn fork_and_join() {
    let mut shared = SyncBlinkAlloc::new();
    shared.update_max_local_alloc(1 << 16);
    let mut before = None;
    for _ in 0..3 {
        let shared_by_all = &shared;
        let sums: std::vec::Vec<usize> = thread::scope(|scope| {
            let threads: std::vec::Vec<_> = (0..4)
                .map(|thread| {
                    scope.spawn(move || {
                        let mut local = shared_by_all.local();
                        work(&mut local, thread)
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let before = before.get_or_insert_with(|| sums.clone());
        assert_eq!(*before, sums);
        shared.reset();
    }
    shared.reset_final();
}

/// What takes an arena of any kind.
fn fill<A: BlinkAllocator>(blink: &mut Blink<A>) {
    let text = blink.put(String::from("text"));
    assert_eq!(text, "text");
    assert_eq!(blink.copy_slice(&[1, 2, 3]), [1, 2, 3]);
    blink.reset();
}

/// The typed adaptor on both kinds.
fn typed() {
    let shared = SyncBlinkAlloc::new();
    fill(&mut Blink::new_in(&shared));
    fill(&mut Blink::new_in(shared.local()));
    fill(&mut Blink::new_in(shared));
}

/// A block that grows, shrinks and is freed by hand.
fn by_hand() {
    let shared = SyncBlinkAlloc::new();
    let (small, large) = (Layout::new::<u64>(), Layout::new::<[u64; 100]>());
    let block = shared.allocate(small).unwrap();
    // SAFETY: the block is resized and freed with the size that it has, and nothing else is in
    // the arena when that is reset.
    unsafe {
        block.cast::<u64>().as_ptr().write(7);
        let block = shared.resize(block.cast(), small, large).unwrap();
        assert_eq!(block.cast::<u64>().as_ptr().read(), 7);
        let block = shared.resize(block.cast(), large, small).unwrap();
        shared.deallocate(block.cast(), small.size());
        shared.reset_unchecked();
    }
    let _ = shared.inner();
    let _ = shared.into_inner();
}

fn main() {
    allocate_and_reset();
    vector_on_the_shared_arena();
    vectors_on_local_arenas();
    fork_and_join();
    typed();
    by_hand();
}
