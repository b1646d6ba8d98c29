//! Panics, and adaptors that are forgotten or swapped.

use std::cell::Cell;

use super::*;

#[test]
fn a_panic_of_a_destructor_keeps_no_other_from_running() {
    fn over<A: BlinkAllocator + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        const EACH: u32 = 3;
        for end in ends::<A>() {
            for n in 0..=(THREADS * EACH) as usize {
                let log = Log::default();
                let blink = new();
                in_threads(|thread| {
                    blink.put(log.value(thread, 0));
                    blink.put_slice([log.value(thread, 1)]);
                    blink.put_box(Box::new(log.value(thread, 2)));
                });
                log.panic_after(n);
                let panicked = thread::scope(|scope| {
                    let end = scope.spawn(|| planned(|| drop(end(blink))));
                    end.join().unwrap()
                });
                assert_eq!(panicked, n < (THREADS * EACH) as usize);
                log.obey();
                check(&log, &[vec![2], vec![1], vec![0]]);
            }
        }
    }
    over_all!(over);
}

#[test]
fn a_panic_of_a_destructor_resets_the_arena_or_frees_it() {
    let (base, log) = (Counting::new(), Log::default());
    for n in 0..THREADS as usize {
        let mut blink = counted(&base);
        for round in 0..3 {
            in_threads(|thread| _ = blink.put(log.value(thread, 0)));
            log.panic_after(n);
            assert!(planned(|| blink.reset()), "round {round}");
            check(&log, &[vec![0]]);
            assert_eq!(blink.allocator().allocated_bytes(), 0);
        }
        in_threads(|thread| _ = blink.put(log.value(thread, 0)));
        log.panic_after(n);
        assert!(planned(|| drop(blink.into_allocator())));
        check(&log, &[vec![0]]);
        assert_eq!(base.blocks(), 0);
    }
}

/// Puts values by everything that calls code of the user, which makes a step each time.
fn work<A: BlinkAllocator>(to: &Blink<A, Shared>, thread: u32, log: &Log, step: &dyn Fn()) {
    let number = Cell::new(0);
    let new = || {
        step();
        number.set(number.get() + 1);
        log.value(thread, number.get())
    };
    to.emplace().with(new);
    assert!(to.emplace().with_fallible(|| Ok::<_, ()>(new())).is_ok());
    to.fill_with(3, |_| new());
    to.fill_iter((0..5).map(|_| new()));
    // The iterator puts values itself.
    let put_two = |_| {
        to.put(new());
        new()
    };
    to.emplace()
        .from_iter((0..20).filter(|n| n % 3 == 0).map(put_two));
    let failed = to.fill_iter_fallible((0..4).map(|n| if n < 3 { Ok(new()) } else { Err(()) }));
    assert!(failed.is_err());
    let source = [new(), new(), new()];
    to.clone_slice(&source);
    to.fill(3, new());
}

/// Steps of [`work`] that are not clones.
const STEPS: usize = 1 + 1 + 3 + 5 + 14 + 3 + 3 + 1;

#[test]
fn a_panic_at_the_nth_step_of_every_thread() {
    fn over<A: BlinkAllocator + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        let log = Log::default();
        let mut blink = new();
        for n in 0..=STEPS {
            in_threads(|thread| {
                let left = Cell::new(n);
                let step = || match left.get().checked_sub(1) {
                    Some(next) => left.set(next),
                    None => panic_as_planned(),
                };
                let panicked = planned(|| work(&blink, thread, &log, &step));
                assert_eq!(panicked, n < STEPS);
                // It can be filled, beside what the panic has left.
                put_all(&blink, thread + THREADS, &log);
            });
            blink.reset();
            log.assert_all_dropped();
        }
    }
    over_all!(over);
}

#[test]
fn a_panic_at_the_nth_clone_of_any_thread() {
    fn over<A: BlinkAllocator + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        // Of each thread 3 of a slice, and 2 of a value.
        const CLONES: usize = 5 * THREADS as usize;
        let log = Log::default();
        let mut blink = new();
        // Where one thread has panicked the others may make all their clones, but for those that
        // it owes: so each of these is one.
        for n in 0..=CLONES {
            log.panic_after_steps(n);
            let panics = AtomicUsize::new(0);
            in_threads(|thread| {
                if planned(|| work(&blink, thread, &log, &|| ())) {
                    panics.fetch_add(1, Relaxed);
                }
            });
            assert_eq!(panics.into_inner(), usize::from(n < CLONES));
            log.obey();
            blink.reset();
            log.assert_all_dropped();
        }
    }
    over_all!(over);
}

/// Without a block of the heap, which would be a leak of the test.
struct Counts(&'static AtomicUsize);

impl Drop for Counts {
    fn drop(&mut self) {
        self.0.fetch_add(1, Relaxed);
    }
}

#[test]
fn an_adaptor_that_is_forgotten_leaks_and_nothing_else() {
    static DROPPED: AtomicUsize = AtomicUsize::new(0);
    // The leaked arena has a handle to it.
    static BASE: LazyLock<Counting> = LazyLock::new(Counting::new);
    let base = &*BASE;
    let fill = |blink: &CountedBlink| {
        in_threads(|_| (0..PUTS).for_each(|_| _ = blink.put(Counts(&DROPPED))));
    };
    let blink = counted(base);
    fill(&blink);
    mem::forget(blink);
    assert!(base.blocks() > 0);
    // The next one does not know of it.
    let blink = counted(base);
    fill(&blink);
    drop(blink);
    assert_eq!(DROPPED.load(Relaxed), (THREADS * PUTS) as usize);
    base.reclaim();
}

#[test]
fn an_adaptor_over_a_borrowed_arena_that_is_forgotten() {
    static DROPPED: AtomicUsize = AtomicUsize::new(0);
    let base = Counting::new();
    let log = Log::default();
    let mut arena = SyncBlinkAlloc::new_in(base.clone());
    for _ in 0..5 {
        let blink = SyncBlink::new_in(&arena);
        in_threads(|_| (0..PUTS).for_each(|_| _ = blink.put(Counts(&DROPPED))));
        mem::forget(blink);
        // Its values are overwritten, and nobody looks at them.
        arena.reset();
        let blink = SyncBlink::new_in(&arena);
        in_threads(|thread| put_all(&blink, thread, &log));
        drop(blink);
        check(&log, &put());
        arena.reset();
    }
    assert_eq!(DROPPED.load(Relaxed), 0);
    drop(arena);
    assert_eq!(base.blocks(), 0);
}

#[test]
fn a_frame_that_is_forgotten_leaves_its_values_to_the_one_around() {
    fn over<A: Rewind + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        let log = Log::default();
        let mut blink = new();
        for _ in 0..3 {
            let mut outer = blink.enter();
            let frame = outer.frame();
            let mut inner = frame.enter();
            let handle = inner.frame();
            in_threads(|thread| put_all_in(handle, thread, &log));
            mem::forget(inner);
            in_threads(|thread| put_all_in(frame, thread + THREADS, &log));
            drop(outer);
            log.assert_all_dropped();

            let mut guard = blink.enter();
            let frame = guard.frame();
            in_threads(|thread| put_all_in(frame, thread, &log));
            mem::forget(guard);
            assert_eq!(log.alive(), THREADS as usize * put().concat().len());
            blink.reset();
            check(&log, &put());
        }
    }
    over_owned!(over);
}

#[test]
fn adaptors_that_are_swapped_take_their_values_along() {
    let bases = [Counting::new(), Counting::new()];
    let log = Log::default();
    let (mut first, mut second) = (counted(&bases[0]), counted(&bases[1]));
    in_threads(|thread| {
        first.put(log.value(0, thread));
        second.put(log.value(1, thread));
    });
    mem::swap(&mut first, &mut second);
    // By what they deref to, back, and once more.
    mem::swap(&mut *first, &mut *second);
    mem::swap(&mut *first, &mut *second);
    in_threads(|thread| _ = first.put(log.value(1, THREADS + thread)));
    drop(first);
    assert_eq!(bases[1].blocks(), 0);
    assert!(bases[0].blocks() > 0);
    let dropped = log.take();
    assert_eq!(dropped.len(), 2 * THREADS as usize);
    assert!(dropped.iter().all(|value| value.0 == 1));
    in_threads(|thread| _ = second.put(log.value(0, THREADS + thread)));
    drop(second);
    log.assert_all_dropped();
}

#[test]
fn a_destructor_may_fill_another_adaptor() {
    static OTHER: SyncBlink = SyncBlink::new();
    struct Fills(&'static AtomicUsize);
    impl Drop for Fills {
        fn drop(&mut self) {
            let put = OTHER.put([7_u64; 20]);
            in_threads(|_| _ = OTHER.put([8_u64; 20]));
            assert_eq!(*put, [7; 20]);
            self.0.fetch_add(1, Relaxed);
        }
    }
    static DROPPED: AtomicUsize = AtomicUsize::new(0);
    let mut blink = SyncBlink::new();
    in_threads(|_| _ = blink.put(Fills(&DROPPED)));
    blink.reset();
    assert_eq!(DROPPED.load(Relaxed), THREADS as usize);
}
