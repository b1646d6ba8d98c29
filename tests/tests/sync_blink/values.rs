//! Values of all kinds, by all methods.

use super::*;

#[test]
fn values_of_several_threads_are_dropped_once_and_newest_first() {
    fn over<A: BlinkAllocator + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        for end in ends::<A>() {
            let log = Log::default();
            let blink = new();
            in_threads(|thread| {
                for number in 0..PUTS {
                    let value = blink.put(log.value(thread, number));
                    // It is this thread's own.
                    value.check();
                    assert_eq!((value.thread, value.number), (thread, number));
                }
            });
            assert_eq!(log.alive(), (THREADS * PUTS) as usize);
            // Ended by a thread that has put none.
            thread::scope(|scope| {
                let end = scope.spawn(|| end(blink));
                assert!(end.join().unwrap().is_none_or(|blink| {
                    blink.put(String::from("it can be filled again"));
                    true
                }));
            });
            let newest_first = (0..PUTS).rev().map(|number| vec![number]);
            check(&log, &newest_first.collect::<Vec<_>>());
        }
    }
    over_all!(over);
}

#[test]
fn every_kind_of_method_in_every_thread() {
    fn over<A: BlinkAllocator + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        let log = Log::default();
        let mut blink = new();
        for _ in 0..if cfg!(miri) { 2 } else { 30 } {
            in_threads(|thread| put_all(&blink, thread, &log));
            blink.reset();
            check(&log, &put());
        }
        for end in ends::<A>() {
            in_threads(|thread| put_all(&blink, thread, &log));
            blink = end(blink).unwrap_or_else(&new);
            check(&log, &put());
        }
    }
    over_all!(over);
}

#[test]
fn a_builder_and_a_collection_are_shared_by_threads() {
    fn over<A: Rewind + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        let mut blink = new();
        let frame = blink.as_frame();
        let builder = frame.emplace::<Vec<u32>>();
        in_threads(|thread| {
            let numbers = builder.from_iter((0..10).map(|at| vec![thread, at]));
            assert_eq!(numbers[7], [thread, 7]);
        });
        // A collection that one thread makes is completed by another.
        let mut numbers = allocator_api2::vec::Vec::new_in(&frame);
        numbers.extend([1, 2]);
        let numbers = thread::scope(|scope| {
            let worker = scope.spawn(|| {
                numbers.push(3);
                Frame::keep(numbers)
            });
            worker.join().unwrap()
        });
        assert_eq!(numbers, [1, 2, 3]);
    }
    over_owned!(over);
}

/// Values without bytes that were made, less those that were dropped.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

struct Nothing;

#[repr(align(64))]
struct WideNothing;

trait Empty: Send + 'static {
    fn new() -> Self;
}

macro_rules! empty {
    ($type:ident) => {
        impl Empty for $type {
            fn new() -> Self {
                ALIVE.fetch_add(1, Relaxed);
                Self
            }
        }

        impl Drop for $type {
            fn drop(&mut self) {
                let addr = ptr::from_ref(self).addr();
                assert_eq!(addr % align_of::<Self>(), 0);
                ALIVE.fetch_sub(1, Relaxed);
            }
        }
    };
}

empty!(Nothing);
empty!(WideNothing);

fn put_empty<T: Empty, A: BlinkAllocator>(blink: &Blink<A, Shared>) {
    blink.put(T::new());
    blink.put_box(Box::new(T::new()));
    blink.put_slice(vec![T::new(), T::new()]);
    blink.put_slice([T::new()]);
    blink.fill_with(3, |_| T::new());
    assert_eq!(blink.fill_iter((0..10).map(|_| T::new())).len(), 10);
    blink.emplace().with(T::new);
    blink
        .emplace()
        .from_iter((0..7).filter(|n| n % 2 == 0).map(|_| T::new()));
    blink.emplace::<T>().from_iter([]);
    drop(T::new());
}

#[test]
fn values_without_bytes_are_dropped_once() {
    fn over<A: BlinkAllocator + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        for end in ends::<A>() {
            let blink = new();
            in_threads(|_| {
                for _ in 0..PUTS / 10 {
                    put_empty::<Nothing, A>(&blink);
                    put_empty::<WideNothing, A>(&blink);
                }
            });
            let each = 1 + 1 + 2 + 1 + 3 + 10 + 1 + 4;
            assert_eq!(ALIVE.load(Relaxed) as u32, 2 * each * THREADS * (PUTS / 10));
            end(blink);
            assert_eq!(ALIVE.load(Relaxed), 0);
        }
    }
    over_all!(over);
}

/// Where values are, with their sizes.
type Places = Mutex<Vec<(usize, usize)>>;

/// Puts a value, and checks its address.
fn place<T: Send + 'static, A: BlinkAllocator>(
    blink: &Blink<A, Shared>,
    places: &Places,
    value: T,
) {
    let addr = ptr::from_ref(blink.put(value)).addr();
    assert_eq!(addr % align_of::<T>(), 0, "a misaligned value");
    places.lock().unwrap().push((addr, size_of::<T>()));
}

#[test]
fn values_of_large_alignments_do_not_overlap() {
    #[expect(dead_code, reason = "dropped")]
    #[repr(align(16))]
    struct By16(Traced, [u8; 3]);
    #[expect(dead_code, reason = "dropped")]
    #[repr(align(64))]
    struct By64(Traced);
    #[expect(dead_code, reason = "dropped")]
    #[repr(align(4096))]
    struct By4096(Traced);

    fn over<A: BlinkAllocator + Send + Sync>(new: impl Fn() -> SyncBlink<A>) {
        let log = Log::default();
        let mut blink = new();
        for _ in 0..3 {
            let places = Places::default();
            in_threads(|thread| {
                for number in (0..PUTS / 10).map(|number| 10 * number) {
                    let new = |of| log.value(thread, number + of);
                    place(&blink, &places, By16(new(0), [7; 3]));
                    place(&blink, &places, 7_u8);
                    place(&blink, &places, By64(new(1)));
                    place(&blink, &places, new(2));
                    if number % 100 == 0 {
                        place(&blink, &places, By4096(new(3)));
                    }
                    place(&blink, &places, [new(4), new(5)]);
                }
            });
            let mut places = places.into_inner().unwrap();
            places.sort_unstable();
            for pair in places.windows(2) {
                assert!(pair[0].0 + pair[0].1 <= pair[1].0, "overlap: {pair:x?}");
            }
            blink.reset();
            log.assert_all_dropped();
        }
    }
    over_all!(over);
}

#[test]
fn a_static_adaptor_is_filled_by_threads_that_nobody_waits_for() {
    static SYNC: SyncBlink = SyncBlink::new();
    /// In no static, so that it could be dropped.
    struct Never(u32);
    impl Drop for Never {
        fn drop(&mut self) {
            panic!("a static is not dropped");
        }
    }

    let threads: Vec<_> = (0..THREADS)
        .map(|thread| {
            thread::spawn(move || {
                let numbers = SYNC.fill_iter((0..PUTS).map(|n| n * THREADS + thread));
                (SYNC.put(Never(thread)), numbers)
            })
        })
        .collect();
    for (thread, put) in (0..).zip(threads) {
        // They are there for good.
        let (value, numbers): (&'static mut Never, &'static mut [u32]) = put.join().unwrap();
        value.0 += 1;
        assert_eq!(value.0, thread + 1);
        assert!(
            numbers
                .iter()
                .copied()
                .eq((0..PUTS).map(|n| n * THREADS + thread))
        );
    }
}

#[test]
fn an_arena_comes_back_as_it_is() {
    let blink = Blink::<BlinkAlloc>::default();
    let text = String::from("dropped once");
    blink.put(text);
    let used = blink.allocator().allocated_bytes();
    let arena = blink.into_allocator();
    assert_eq!(arena.allocated_bytes(), used);
    assert!(used >= size_of::<String>());

    let (base, log) = (Counting::new(), Log::default());
    let mut arena = SyncBlinkAlloc::new_in(base.clone());
    for _ in 0..5 {
        let blink = SyncBlink::new_in(arena);
        in_threads(|thread| put_all(&blink, thread, &log));
        let used = blink.allocator().allocated_bytes();
        arena = blink.into_allocator();
        check(&log, &put());
        assert_eq!(arena.allocated_bytes(), used);
        arena.reset();
        assert_eq!(arena.allocated_bytes(), 0);
    }
    drop(arena);
    assert_eq!(base.blocks(), 0);
}

#[test]
fn adaptors_and_local_arenas_share_one_arena() {
    let base = Counting::new();
    let mut arena = SyncBlinkAlloc::new_in(base.clone());
    let log = Log::default();
    for _ in 0..if cfg!(miri) { 2 } else { 20 } {
        let mut first = SyncBlink::new_in(&arena);
        let second = SyncBlink::new_in(&arena);
        in_threads(|thread| {
            let blink = if thread % 2 == 0 { &first } else { &second };
            let local = Blink::new_in(arena.local());
            let mine = local.fill_iter((0..500).map(|n| n ^ thread));
            put_all(blink, thread, &log);
            // A local arena of the adaptor's arena goes and comes meanwhile.
            let other = blink.allocator().local();
            let more = Blink::new_in(&other);
            let bytes = more.fill(2000, thread as u8);
            put_all(blink, thread + THREADS, &log);
            assert!(mine.iter().copied().eq((0..500).map(|n| n ^ thread)));
            assert!(bytes.iter().all(|&byte| byte == thread as u8));
        });
        // It drops its values, and leaves the memory of the others alone.
        let used = arena.allocated_bytes();
        first.reset();
        assert_eq!(arena.allocated_bytes(), used);
        assert_eq!(log.alive(), THREADS as usize * put().concat().len());
        drop(second);
        drop(first);
        log.assert_all_dropped();
        arena.reset();
    }
}

#[test]
fn values_that_have_no_room_come_back() {
    let base = Counting::new();
    let log = Log::default();
    for limit in [0, 500, 5000, 50_000] {
        let mut blink = counted(&base);
        blink.allocator().set_limit(Some(limit));
        for _ in 0..4 {
            let refused = AtomicUsize::new(0);
            in_threads(|thread| {
                for number in 0..PUTS {
                    let value = (log.value(thread, number), [thread; 9]);
                    match blink.try_put(value) {
                        Ok(value) => value.0.check(),
                        Err(value) => {
                            assert_eq!((value.0.number, value.1), (number, [thread; 9]));
                            refused.fetch_add(1, Relaxed);
                        }
                    }
                }
            });
            let put = (THREADS * PUTS) as usize - refused.into_inner();
            assert_eq!(log.alive(), put);
            assert!(base.live() <= limit);
            blink.reset();
            log.assert_all_dropped();
        }
    }
}
