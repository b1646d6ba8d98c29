//! Rounds of constant work, with a reset after each.

use super::*;

const ROUNDS: usize = if cfg!(miri) { 5 } else { 50 };

/// Work that takes the same each time, whatever the other threads do: nothing grows, and
/// nothing is given back.
fn constant<A: BlinkAllocator>(blink: &Blink<A, Shared>, thread: u32, log: &Log) {
    for number in 0..PUTS / 10 {
        blink.put(log.value(thread, number));
        blink.put_slice([[7_u8; 20]; 3]);
        blink.put_box(Box::new([1_u64; 9]));
    }
    blink.put([1_u8; 5000]);
}

#[test]
fn one_thread_leaves_the_base_allocator_alone_from_the_third_round_on() {
    let works: [fn(&mut CountedBlink, &Log); 3] = [
        |blink, log| constant(blink, 0, log),
        |blink, log| put_all(blink, 0, log),
        |blink, log| {
            let mut frame = blink.as_frame();
            for _ in 0..10 {
                put_all_in(&frame, 0, log);
                frame.scope(|frame| put_all_in(frame, 1, log));
            }
        },
    ];
    for work in works {
        for chunk_size in [0, 500, 4096, 100_000] {
            let base = Counting::new();
            let arena = SyncBlinkAlloc::with_chunk_size_in(chunk_size, base.clone());
            let mut blink = SyncBlink::new_in(arena);
            let log = Log::default();
            let mut settled = 0;
            for round in 0..ROUNDS {
                work(&mut blink, &log);
                blink.reset();
                assert_eq!(log.alive(), 0);
                if round == 1 {
                    settled = base.calls();
                }
            }
            assert_eq!(base.calls(), settled, "chunks of {chunk_size}");
        }
    }
}

#[test]
fn threads_whose_work_takes_the_same_leave_it_alone_too() {
    for chunk_size in [0, 500, 4096, 100_000] {
        let base = Counting::new();
        let arena = SyncBlinkAlloc::with_chunk_size_in(chunk_size, base.clone());
        let mut blink = SyncBlink::new_in(arena);
        let log = Log::default();
        let mut settled = 0;
        for round in 0..ROUNDS {
            in_threads(|thread| constant(&blink, thread, &log));
            blink.reset();
            log.assert_all_dropped();
            if round == 2 {
                settled = base.calls();
            }
        }
        assert_eq!(base.calls(), settled, "chunks of {chunk_size}");
        assert_eq!(base.blocks(), 1);
    }
}

#[test]
fn threads_whose_work_depends_on_the_others_keep_within_bounds() {
    let (base, log) = (Counting::new(), Log::default());
    let mut blink = counted(&base);
    for _ in 0..ROUNDS {
        let before = base.calls();
        in_threads(|thread| put_all(&blink, thread, &log));
        blink.reset();
        log.assert_all_dropped();
        // A round may take some more than all before. Then it has a chunk or two more, which
        // the reset makes one.
        assert!(base.calls() - before <= 16);
    }
    // Less than 10 KiB for each thread, if everything that grows moves each time.
    assert!(base.peak() < 256 << 10, "{}", base.peak());
}
