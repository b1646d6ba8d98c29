//! Frames that several threads fill.

use super::*;

#[test]
fn threads_fill_one_frame() {
    fn over<A: Rewind<Mark: Send> + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        let log = Log::default();
        let mut blink = new();
        for _ in 0..if cfg!(miri) { 2 } else { 20 } {
            let mut frame = blink.as_frame();
            in_threads(|thread| put_all_in(&frame, thread, &log));
            let kept = frame.put(String::from("of the frame around"));

            frame.scope(|frame| in_threads(|thread| put_all_in(frame, thread, &log)));
            check(&log, &put());

            let mut guard = frame.enter();
            let inner = guard.frame();
            in_threads(|thread| put_all_in(inner, thread, &log));
            // A handle goes to another thread, which enters a frame of it.
            thread::scope(|scope| {
                scope.spawn(|| inner.scope(|frame| _ = frame.put(vec![1, 2, 3])));
            });
            thread::scope(|scope| _ = scope.spawn(|| drop(guard)));
            check(&log, &put());

            assert_eq!(kept, "of the frame around");
            blink.reset();
            check(&log, &put());
        }
    }

    /// `check` counts the values that are alive, and some are.
    fn check(log: &Log, groups: &[Vec<u32>]) {
        let dropped = log.take();
        assert_eq!(dropped.len(), THREADS as usize * groups.concat().len());
        for thread in 0..THREADS {
            let its = dropped.iter().filter(|value| value.0 == thread);
            assert!(its.map(|value| value.1).eq(groups.concat()));
        }
    }

    over_owned!(over);
}

/// Fills frames, each within the one before, and checks each of them when those in it are gone.
fn nest<A: Rewind + Sync>(frame: &mut Frame<'_, A, Shared>, depth: u32, log: &Log) {
    let Some(less) = depth.checked_sub(1) else {
        return;
    };
    let mine = Mutex::new(Vec::new());
    in_threads(|thread| {
        // Different sizes, so that chunks end at different depths.
        let bytes = frame.fill(300 * depth as usize + thread as usize, depth as u8);
        let value = frame.put(log.value(thread, depth));
        mine.lock().unwrap().push((bytes, value));
    });
    for round in 0..3 {
        frame.scope(|frame| nest(frame, less, log));
        let mut guard = frame.enter();
        fill_values(guard.frame(), round, log);
    }
    for (bytes, value) in mine.into_inner().unwrap() {
        assert!(bytes.iter().all(|&byte| byte == depth as u8), "overwritten");
        value.check();
        assert_eq!(value.number, depth);
    }
}

fn fill_values<A: Rewind + Sync>(frame: &Frame<'_, A, Shared>, round: u32, log: &Log) {
    in_threads(|thread| {
        frame.fill_iter((0..50).map(|at| log.value(thread, 1000 * (round + 1) + at)));
    });
}

#[test]
fn frames_nest_and_come_in_loops() {
    fn over<A: Rewind + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        let log = Log::default();
        let mut blink = new();
        let depth = if cfg!(miri) { 2 } else { 3 };
        for _ in 0..2 {
            let mut frame = blink.as_frame();
            let kept = frame.put(log.value(9, 9));
            frame.scope(|frame| nest(frame, depth, &log));
            assert_eq!(log.alive(), 1, "a frame has left values");
            kept.check();
            blink.reset();
            assert_eq!(log.alive(), 0);
            _ = log.take();
        }
    }
    over_owned!(over);
}

#[test]
fn a_loop_of_frames_leaves_the_base_allocator_alone() {
    for chunk_size in [0, 700, 5000] {
        let base = Counting::new();
        let arena = SyncBlinkAlloc::with_chunk_size_in(chunk_size, base.clone());
        let mut blink = SyncBlink::new_in(arena);
        let log = Log::default();
        let mut frame = blink.as_frame();
        in_threads(|thread| _ = frame.put(log.value(thread, 0)));
        let mut settled = 0;
        for round in 0..if cfg!(miri) { 5 } else { 100 } {
            // In another order each time.
            frame.scope(|frame| {
                in_threads(|thread| {
                    for number in 0..50 {
                        frame.put((log.value(thread, 1 + number), [thread; 20]));
                    }
                });
            });
            if round == 2 {
                settled = base.live();
            }
            // One chunk more where the ends of chunks were met less luckily.
            assert!(round < 3 || base.live() <= 2 * settled, "round {round}");
            assert_eq!(log.alive(), THREADS as usize);
            _ = log.take();
        }
        blink.reset();
        log.assert_all_dropped();
    }
}

#[test]
fn a_panic_in_a_thread_ends_the_frame() {
    fn over<A: Rewind + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        let log = Log::default();
        let mut blink = new();
        let mut frame = blink.as_frame();
        let kept = frame.put(log.value(9, 9));
        for bad in 0..THREADS {
            let panicked = planned(|| {
                frame.scope(|frame| {
                    let panics = AtomicUsize::new(0);
                    in_threads(|thread| {
                        let panicked = planned(|| {
                            frame.put(log.value(thread, 0));
                            frame.fill_iter((1..10).map(|number| {
                                if (thread, number) == (bad, 5) {
                                    panic_as_planned();
                                }
                                log.value(thread, number)
                            }));
                        });
                        panics.fetch_add(panicked.into(), Relaxed);
                    });
                    if panics.into_inner() > 0 {
                        panic_as_planned();
                    }
                });
            });
            assert!(panicked);
            assert_eq!(log.alive(), 1);
            assert_eq!(log.take().len(), 10 * (THREADS as usize - 1) + 5);
            kept.check();
        }
    }
    over_owned!(over);
}

#[test]
fn a_panic_of_a_destructor_rewinds_the_frame() {
    let (base, log) = (Counting::new(), Log::default());
    let mut blink = counted(&base);
    for n in 0..THREADS as usize {
        let mut guard = blink.enter();
        let frame = guard.frame();
        in_threads(|thread| _ = frame.put(log.value(thread, 0)));
        log.panic_after(n);
        assert!(planned(|| drop(guard)));
        check(&log, &[vec![0]]);
        assert_eq!(blink.allocator().allocated_bytes(), 0);
    }
}

#[test]
fn frames_over_an_arena_that_is_lent() {
    let base = Counting::new();
    let mut arena = SyncBlinkAlloc::new_in(base.clone());
    let log = Log::default();
    for _ in 0..3 {
        let mut blink = SyncBlink::new_in(&mut arena);
        blink.scope(|frame| in_threads(|thread| put_all_in(frame, thread, &log)));
        check(&log, &put());
        in_threads(|thread| put_all(&blink, thread, &log));
        // It is the one handle: the arena is reset, too.
        blink.reset();
        check(&log, &put());
        assert_eq!(blink.allocator().allocated_bytes(), 0);
    }
}

#[test]
fn slots_are_filled_by_other_threads() {
    let mut blink = SyncBlink::new();
    let mut frame = blink.as_frame();
    for _ in 0..10 {
        let slots = Mutex::new((0..THREADS).map(|_| frame.slot()).collect::<Vec<_>>());
        let filled = Mutex::new(Vec::new());
        frame.scope(|frame| {
            in_threads(|thread| {
                frame.fill(1000, thread);
                let slot = slots.lock().unwrap().pop().unwrap();
                filled.lock().unwrap().push(slot.fill([thread; 10]));
            });
        });
        let mut filled = filled.into_inner().unwrap();
        filled.sort();
        assert!(
            filled
                .iter()
                .zip(0..)
                .all(|(slot, thread)| **slot == [thread; 10])
        );
    }
}

#[test]
fn a_frame_gives_back_what_it_took() {
    for chunk_size in [0, 5000, 1 << 20] {
        let base = Counting::new();
        let arena = SyncBlinkAlloc::with_chunk_size_in(chunk_size, base.clone());
        let mut blink = SyncBlink::new_in(arena);
        let log = Log::default();
        for round in 0..20 {
            in_threads(|thread| _ = blink.put(log.value(thread, round)));
            let used = blink.allocator().allocated_bytes();
            assert!(used > 0);
            blink.scope(|frame| in_threads(|thread| put_all_in(frame, thread, &log)));
            assert_eq!(blink.allocator().allocated_bytes(), used, "round {round}");
            let mut guard = blink.enter();
            let frame = guard.frame();
            in_threads(|thread| _ = frame.put([thread; 1000]));
            drop(guard);
            assert_eq!(blink.allocator().allocated_bytes(), used, "round {round}");
        }
    }
}
