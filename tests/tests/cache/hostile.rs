//! Destructors, guards and base allocators that do their worst.

use super::*;

/// What drops a guard.
type End<'c> = Box<dyn FnOnce() + 'c>;

/// A guard in which seven values are.
type Filled = for<'c> fn(&'c Cache, &Counting, &Log) -> End<'c>;

const FILLED: [Filled; 3] = [
    |cache, base, log| {
        let blink = borrow_local(cache, base);
        (0..7).for_each(|number| _ = blink.put(log.value(0, number)));
        Box::new(move || drop(blink))
    },
    |cache, base, log| {
        let blink = borrow(cache, base);
        blink.put_slice(
            (0..7)
                .map(|number| log.value(0, number))
                .collect::<Vec<_>>(),
        );
        Box::new(move || drop(blink))
    },
    // In another thread.
    |cache, base, log| {
        let blink = borrow(cache, base);
        (0..7).for_each(|number| _ = blink.put_box(Box::new(log.value(0, number))));
        Box::new(move || {
            let end = || planned(|| drop(blink));
            if thread::scope(|scope| scope.spawn(end).join().unwrap()) {
                panic_as_planned();
            }
        })
    },
];

#[test]
fn a_panic_of_a_destructor_frees_the_arena_and_keeps_no_other_from_running() {
    for n in 0..=7 {
        for filled in FILLED {
            let (cache, base) = (Cache::new(), Counting::new());
            let log = Log::default();
            filled(&cache, &base, &log)();
            log.assert_all_dropped();
            let end = filled(&cache, &base, &log);
            log.panic_after(n);
            assert_eq!(planned(end), n < 7);
            log.obey();
            log.assert_all_dropped();
            let waiting = empty(&cache);
            assert_eq!(waiting.len(), usize::from(n == 7));
            assert_eq!(base.blocks(), waiting.len(), "a lost arena is freed");
            // The cache works.
            for _ in 0..3 {
                filled(&cache, &base, &log)();
                log.assert_all_dropped();
            }
            assert_eq!(empty(&cache).len(), 1);
        }
    }
}

/// Uses the cache that it came from when it is dropped, as many times as it says.
struct Returns {
    cache: Arc<Cache>,
    base: Counting,
    depth: u32,
    log: Log,
    _value: Traced,
}

impl Returns {
    fn put(cache: &Arc<Cache>, base: &Counting, depth: u32, log: &Log) {
        let value = Self {
            cache: cache.clone(),
            base: base.clone(),
            depth,
            log: log.clone(),
            _value: log.value(0, depth),
        };
        if depth.is_multiple_of(2) {
            borrow(cache, base).put(value);
        } else {
            borrow_local(cache, base).put(value);
        }
    }
}

impl Drop for Returns {
    fn drop(&mut self) {
        if let Some(depth) = self.depth.checked_sub(1) {
            Self::put(&self.cache, &self.base, depth, &self.log);
            self.cache.trim_to(MIB);
        }
    }
}

#[test]
fn a_destructor_may_use_the_cache() {
    ends(|| {
        let (cache, base) = (Arc::new(Cache::new()), Counting::new());
        let log = Log::default();
        for _ in 0..3 {
            Returns::put(&cache, &base, 10, &log);
            log.assert_all_dropped();
            assert_eq!(empty(&cache).len(), 11, "all are held at one time");
        }
        // By a panic, too.
        for n in 0..=10 {
            log.panic_after(n);
            let nested = || Returns::put(&cache, &base, 10, &log);
            // The destructors of the values around it run while it unwinds, and none of them
            // panics.
            assert!(planned(nested));
            log.obey();
            log.assert_all_dropped();
        }
        drop(empty(&cache));
        assert_eq!(base.blocks(), 0);
    });
}

#[test]
fn a_guard_that_is_dropped_while_a_panic_unwinds() {
    let (cache, base) = (Cache::new(), Counting::new());
    let log = Log::default();
    for _ in 0..3 {
        assert!(planned(|| {
            let first = borrow(&cache, &base);
            let second = borrow_local(&cache, &base);
            first.put(log.value(0, 0));
            second.fill_iter((1..10).map(|number| {
                if number == 7 {
                    panic_as_planned();
                }
                log.value(0, number)
            }));
        }));
        log.assert_all_dropped();
        assert_eq!(capacities(&cache).len(), 2);
    }
}

#[test]
fn a_guard_that_is_forgotten_leaks_and_nothing_else() {
    // The leaked arenas have handles to it.
    static BASE: LazyLock<Counting> = LazyLock::new(Counting::new);
    let (cache, base) = (Cache::new(), &*BASE);
    /// Without a block of the heap, which would be a leak of the test.
    struct Counts(&'static AtomicUsize);
    impl Drop for Counts {
        fn drop(&mut self) {
            self.0.fetch_add(1, Relaxed);
        }
    }
    static DROPPED: AtomicUsize = AtomicUsize::new(0);

    for _ in 0..3 {
        let mut arena = borrow_arena(&cache, base);
        take(&&*arena, 1000);
        arena.reset();
        mem::forget(arena);
        let blink = borrow_local(&cache, base);
        blink.put(Counts(&DROPPED));
        mem::forget(blink);
        let blink = borrow(&cache, base);
        blink.put(Counts(&DROPPED));
        mem::forget(blink);
    }
    assert!(cache.pop().is_none());
    assert_eq!(base.blocks(), 9);
    assert_eq!(DROPPED.load(Relaxed), 0);
    // What comes later does not meet them.
    for _ in 0..3 {
        let blink = borrow(&cache, base);
        assert_eq!(blink.allocator().allocated_bytes(), 0);
        blink.put(Counts(&DROPPED));
    }
    assert_eq!(DROPPED.load(Relaxed), 3);
    drop(cache);
    assert_eq!(base.blocks(), 9);
    base.reclaim();
}

#[test]
fn adaptors_that_are_swapped_go_where_the_guard_goes() {
    let caches = [Cache::new(), Cache::new()];
    let bases = [Counting::new(), Counting::new()];
    let log = Log::default();
    for _ in 0..3 {
        let mut first = borrow_local(&caches[0], &bases[0]);
        let mut second = borrow_local(&caches[1], &bases[1]);
        first.put(log.value(0, 0));
        second.put(log.value(1, 1));
        mem::swap(&mut *first, &mut *second);
        first.put(log.value(1, 2));
        drop(first);
        assert_eq!(log.take(), [(1, 2), (1, 1)]);
        second.put(log.value(0, 3));
        drop(second);
        assert_eq!(log.take(), [(0, 3), (0, 0)]);
        // The caches have one arena each, of the other's base allocator: back.
        let arenas = [empty(&caches[0]), empty(&caches[1])];
        assert!(arenas.iter().all(|arenas| arenas.len() == 1));
        assert!(arenas[0][0].inner().is(&bases[1]) && arenas[1][0].inner().is(&bases[0]));
    }
    assert_eq!(bases[0].blocks() + bases[1].blocks(), 0);
}

#[test]
fn guards_that_are_swapped_keep_their_caches() {
    let caches = [Cache::new(), Cache::new()];
    let base = Counting::new();
    let mut first = borrow(&caches[0], &base);
    let mut second = borrow(&caches[1], &base);
    first.put([0_u8; 1000]);
    second.put([0_u8; 5000]);
    mem::swap(&mut first, &mut second);
    drop(first);
    drop(second);
    assert!(capacities(&caches[0])[0] < 5000);
    assert!(capacities(&caches[1])[0] >= 5000);
}

#[test]
fn an_adaptor_of_ones_own_is_swapped_in() {
    let (cache, base) = (Cache::new(), Counting::new());
    let own = Counting::new();
    let log = Log::default();
    let mut mine = LocalBlink::new_in(BlinkAlloc::new_in(own.clone()));
    mine.put(log.value(0, 0));
    let mut lent = borrow_local(&cache, &base);
    lent.put(log.value(0, 1));
    mem::swap(&mut *lent, &mut mine);
    drop(lent);
    assert_eq!(log.take(), [(0, 0)]);
    // What was lent is ours now.
    mine.put(log.value(0, 2));
    mine.reset();
    assert_eq!(log.take(), [(0, 2), (0, 1)]);
    drop(mine);
    assert_eq!(base.blocks(), 0);
    assert!(cache.pop().unwrap().inner().is(&own));

    // By value, and an arena.
    let mut lent = borrow(&cache, &base);
    lent.put(log.value(0, 3));
    let other = Sent::new(Blink::new_in(BlinkAlloc::new_in(own.clone())));
    let taken = mem::replace(&mut *lent, other);
    drop(lent);
    assert_eq!(log.alive(), 1);
    drop(taken);
    log.assert_all_dropped();
    let mut arena = borrow_arena(&cache, &base);
    assert!(arena.inner().is(&own));
    *arena = BlinkAlloc::new_in(base.clone());
    drop(arena);
    assert!(cache.pop().unwrap().inner().is(&base));
    assert_eq!(own.blocks(), 0);
}

#[test]
fn an_arena_that_is_replaced_in_its_adaptor() {
    let (cache, base) = (Cache::new(), Counting::new());
    let log = Log::default();
    let mut lent = borrow_local(&cache, &base);
    lent.put(log.value(0, 0));
    let taken = mem::replace(&mut *lent, Blink::new_in(BlinkAlloc::new_in(base.clone())));
    let arena = taken.into_allocator();
    log.assert_all_dropped();
    // By hand, beside the guards: whatever is in it.
    assert!(arena.allocated_bytes() > 0);
    cache.push(arena);
    drop(lent);
    let arenas = empty(&cache);
    assert_eq!(arenas.len(), 2);
    assert!(arenas.iter().all(|arena| arena.allocated_bytes() == 0));
}

#[test]
fn a_refusal_leaves_the_cache_usable() {
    let (cache, base) = (Cache::new(), Counting::new());
    let log = Log::default();
    for round in 0..5 {
        base.grant(round);
        let blink = borrow(&cache, &base);
        let mut put = 0;
        while let Ok(value) = blink.try_put((log.value(0, put), [round; 30])) {
            assert_eq!(value.1, [round; 30]);
            put += 1;
            if put == 500 {
                break;
            }
        }
        assert!(round > 0 || put == 0);
        assert!(blink.try_fill(10 * MIB, 0_u8).is_err());
        // What is kept may have to be had first, and is refused, too.
        base.grant(0);
        drop(blink);
        log.assert_all_dropped();
        assert_eq!(capacities(&cache).len(), 1);
        cache.trim_to(100);
        base.grant(usize::MAX);
        borrow(&cache, &base).put([1; 1000]);
    }
    assert_eq!(empty(&cache).len(), 1);
    assert_eq!(base.blocks(), 0);
}

#[test]
fn a_base_allocator_that_panics_loses_one_arena_at_most() {
    for n in 0..12 {
        for enormous in [1000, 3 * MIB] {
            let (cache, base) = (BlinkAllocCache::new(), Base::plain());
            let work = |bytes: usize| {
                let arena = borrow_arena(&cache, &base);
                for _ in 0..4 {
                    take(&&*arena, bytes / 4);
                }
            };
            // Two wait, which are not affected.
            let guards = [(); 2].map(|()| borrow_arena(&cache, &base));
            guards.iter().for_each(|arena| take(&&**arena, 500));
            drop(guards);
            base.panic_after(n);
            let panicked = planned(|| {
                work(enormous);
                work(2 * enormous);
                cache.trim_to(0);
                cache.push(BlinkAlloc::with_capacity_in(10, base.clone()));
            });
            base.obey();
            let waiting = capacities(&cache).len();
            assert!(waiting >= 3 - usize::from(panicked) * 2, "{waiting}");
            (0..100).for_each(|_| work(1000));
            let calls = base.calls();
            (0..5).for_each(|_| work(1000));
            assert_eq!(base.calls(), calls);
            drop(cache);
            // Chunks behind one whose return has panicked are leaked.
            assert!(panicked || base.blocks() == 0);
            base.reclaim();
        }
    }
}

#[test]
fn a_limit_of_an_arena_stays_with_it() {
    let cache = <BlinkAllocCache>::new();
    cache.get().set_limit(Some(4096));
    for _ in 0..3 {
        let blink = cache.get_blink();
        assert!(blink.try_put([0_u8; 1000]).is_ok());
        assert!(blink.try_put([0_u8; 10_000]).is_err());
    }
    let arena = cache.get_as::<BlinkAlloc<Global>>(|| unreachable!("one waits"));
    assert_eq!(arena.limit(), Some(4096));
}
