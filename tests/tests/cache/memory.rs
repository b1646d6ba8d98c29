//! What is kept of arenas that come back.

use super::*;

/// What an arena holds of `capacity` bytes that comes back.
fn kept(cache: &BlinkAllocCache<Base>, capacity: usize) -> usize {
    let arena = BlinkAlloc::with_capacity_in(capacity, Base::plain());
    take(&&arena, capacity - RED_ZONE);
    let capacity = arena.total_capacity();
    cache.push(arena);
    let kept = cache.pop().expect("it waits").total_capacity();
    assert!(kept <= capacity);
    kept
}

#[test]
fn up_to_1_mib_is_kept_whatever_the_others_hold() {
    for (capacity, kept_of_it) in [
        (MIB, MIB),
        // Nothing that is less would do for what it was used for.
        (MIB + 16, 0),
    ] {
        let cache = BlinkAllocCache::new();
        for _ in 0..100 {
            kept(&cache, 100);
        }
        // It is a multiple of 16, as it was asked for.
        assert_eq!(kept(&cache, capacity), kept_of_it);
    }
}

#[test]
fn an_enormous_one_that_was_little_used_is_freed_down_to_what_it_needs() {
    let (cache, base) = (BlinkAllocCache::new(), Base::plain());
    let arena = BlinkAlloc::with_capacity_in(16 * MIB, base.clone());
    take(&&arena, 1000);
    cache.push(arena);
    assert_eq!(base.blocks(), 1);
    let arena = cache.pop().unwrap();
    assert!((1000..=MIB).contains(&arena.total_capacity()));
    assert_eq!(arena.allocated_bytes(), 0);
}

#[test]
fn what_is_above_eight_times_the_average_is_freed() {
    let cache = BlinkAllocCache::new();
    // Long enough that it is their average.
    for _ in 0..200 {
        kept(&cache, MIB);
    }
    assert_eq!(kept(&cache, 7 * MIB), 7 * MIB);
    for _ in 0..200 {
        kept(&cache, MIB);
    }
    assert_eq!(kept(&cache, 9 * MIB), 0);
    // It counts for those that come next, and is forgotten after some of them.
    assert_eq!(kept(&cache, 9 * MIB), 9 * MIB);
    for _ in 0..200 {
        kept(&cache, MIB);
    }
    assert_eq!(kept(&cache, 9 * MIB), 0);
    // Small ones after large ones: the last few count most.
    for _ in 0..40 {
        kept(&cache, KIB);
    }
    assert_eq!(kept(&cache, 3 * MIB), 0);
}

#[test]
fn one_enormous_task_is_forgotten_and_some_in_a_row_stay_warm() {
    for enormous in [2 * MIB + 16, 5 * MIB, 40_000_001] {
        let (cache, base) = (Cache::new(), Counting::new());
        let work = |bytes: usize| {
            let blink = borrow_local(&cache, &base);
            for _ in 0..16 {
                take(&blink.allocator(), bytes / 16);
            }
        };
        for round in 0..5 {
            (0..50).for_each(|_| work(10 * KIB));
            work(enormous);
            assert!(base.live() <= MIB, "round {round}: {}", base.live());
        }
        work(enormous);
        assert!(base.live() > enormous);
        let calls = base.calls();
        for _ in 0..10 {
            work(enormous);
        }
        // The first one of these may have needed one chunk for what several were before.
        assert!(base.calls() <= calls + 4, "it was not warm");
        let calls = base.calls();
        (0..10).for_each(|_| work(enormous));
        assert_eq!(base.calls(), calls);
        cache.trim_to(MIB);
        assert!(base.live() <= MIB);
    }
}

#[test]
fn trim_to_frees_what_waits() {
    let (cache, base) = (Cache::new(), Counting::new());
    cache.trim_to(0);
    let sizes = [100, 900 * KIB, 10 * KIB, 500 * KIB];
    for size in sizes {
        cache.push(BlinkAlloc::with_capacity_in(size, base.clone()));
    }
    // One that is lent is left alone.
    let lent = borrow_arena(&cache, &base);
    take(&&*lent, 500 * KIB - RED_ZONE);
    let before = capacities(&cache);
    cache.trim_to(usize::MAX);
    assert_eq!(capacities(&cache), before);
    cache.trim_to(before[1]);
    assert_eq!(capacities(&cache), before, "none is larger");
    cache.trim_to(before[1] - 1);
    assert_eq!(
        capacities(&cache),
        [before[0], 0, before[2]],
        "in their order"
    );
    cache.trim_to(before[0] - 1);
    assert_eq!(capacities(&cache), [0, 0, before[2]]);
    cache.trim_to(0);
    assert_eq!(capacities(&cache), [0, 0, 0]);
    assert_eq!(base.blocks(), 1);
    assert!(lent.allocated_bytes() >= 500 * KIB);
    drop(lent);
    cache.trim_to(0);
    assert_eq!(base.blocks(), 0);
    // They work as new ones.
    for _ in 0..3 {
        let guards = [(); 4].map(|()| borrow_arena(&cache, &base));
        guards.iter().for_each(|arena| take(&&**arena, 1000));
    }
    assert_eq!(empty(&cache).len(), 4);
}

#[test]
fn the_cache_frees_what_waits_when_it_is_dropped() {
    let base = Counting::new();
    let cache = Cache::new();
    let guards = [(); 10].map(|()| borrow_arena(&cache, &base));
    guards.iter().for_each(|arena| take(&&**arena, 10_000));
    assert!(base.blocks() >= 10);
    drop(guards);
    assert!(base.blocks() >= 10);
    // In another thread.
    thread::spawn(|| drop(cache)).join().unwrap();
    assert_eq!(base.blocks(), 0);
}

#[test]
fn two_enormous_tasks_are_forgotten_after_many_small_ones() {
    let (cache, base) = (Cache::new(), Counting::new());
    for _ in 0..2 {
        take(borrow_local(&cache, &base).allocator(), 16 * MIB);
    }
    for _ in 0..100 {
        take(borrow_local(&cache, &base).allocator(), KIB);
    }
    // The room of a chunk, and its record.
    let held = base.live();
    assert!(held <= MIB + RECORD, "{held} bytes are held");
}

/// Nobody knows what it is good for.
#[test]
fn what_comes_back_empty_is_kept_and_does_not_count() {
    let cache = BlinkAllocCache::new();
    for _ in 0..100 {
        let arena = BlinkAlloc::with_capacity_in(16 * MIB, Base::plain());
        cache.push(arena);
        assert!(cache.pop().unwrap().total_capacity() >= 16 * MIB);
    }
    assert_eq!(kept(&cache, 2 * MIB), 0);
    for _ in 0..200 {
        kept(&cache, MIB);
    }
    for _ in 0..200 {
        cache.push(BlinkAlloc::new_in(Base::plain()));
        cache.pop();
    }
    assert_eq!(kept(&cache, 7 * MIB), 7 * MIB);
}

#[test]
fn tasks_that_work_in_frames_stay_warm() {
    let (cache, base) = (Cache::new(), Counting::new());
    let task = || {
        let mut blink = borrow_local(&cache, &base);
        blink.scope(|frame| _ = frame.uninit::<[u8; 4 * MIB]>());
    };
    (0..3).for_each(|_| task());
    let calls = base.calls();
    (0..100).for_each(|_| task());
    assert_eq!(base.calls(), calls);
}

#[test]
fn a_cache_keeps_what_it_was_told_to() {
    for bytes in [0, MIB / 2, 4 * MIB] {
        let cache = BlinkAllocCache::keeping(bytes);
        for _ in 0..100 {
            kept(&cache, 100);
        }
        if bytes > 0 {
            assert_eq!(kept(&cache, bytes), bytes);
        }
        assert_eq!(kept(&cache, bytes + 8 * KIB), 0);
    }
    let cache = BlinkAllocCache::keeping(usize::MAX);
    kept(&cache, 100);
    assert_eq!(kept(&cache, 40 * MIB), 40 * MIB);
}
