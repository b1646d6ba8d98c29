//! What is lent, and that it is empty.

use super::*;

static STATIC: BlinkAllocCache = BlinkAllocCache::new();

#[test]
fn the_published_methods() {
    assert!(STATIC.pop().is_none());
    in_threads(4, |_| {
        let mut arena = STATIC.pop().unwrap_or_default();
        assert_eq!(arena.allocated_bytes(), 0);
        take(&&arena, 100);
        arena.reset();
        take(&&arena, 100);
        STATIC.push(arena);
    });
    let arenas = empty(&STATIC);
    assert!((1..=4).contains(&arenas.len()));
    assert!(arenas.iter().all(|arena| arena.allocated_bytes() == 0));
    assert!(arenas.iter().all(|arena| arena.total_capacity() > 0));

    let cache = <BlinkAllocCache>::default();
    assert!(cache.pop().is_none());
    let text = format!("{cache:?}");
    assert!(text.contains("waiting: 0"), "{text}");
}

#[test]
fn what_is_lent_is_shown_as_what_it_is() {
    let cache = <BlinkAllocCache>::new();
    let shown = [
        format!("{:?}", cache.get()),
        format!("{:?}", cache.get_blink()),
        format!("{:?}", cache.get_send_blink()),
    ];
    for (shown, name) in shown.iter().zip(["BlinkAlloc {", "Blink {", "SendBlink {"]) {
        assert!(shown.starts_with(name), "{shown}");
    }
    assert!(format!("{cache:?}").contains("waiting: 1"));
}

#[test]
fn one_arena_serves_one_after_another() {
    let cache = <BlinkAllocCache>::new();
    take(&&*cache.get(), 1000);
    let warm = |arena: &BlinkAlloc| {
        assert_eq!(arena.allocated_bytes(), 0);
        assert!(arena.total_capacity() >= 1000);
    };
    for _ in 0..3 {
        let arena = cache.get();
        warm(&arena);
        take(&&*arena, 1000);
        drop(arena);
        let blink = cache.get_blink();
        warm(blink.allocator());
        blink.put([7_u8; 500]);
        drop(blink);
        let mut blink = cache.get_send_blink();
        warm(blink.allocator());
        blink.put(vec![1, 2, 3]);
        blink.scope(|frame| _ = frame.put(vec![1, 2, 3]));
        blink.reset();
        drop(blink);
    }
    assert_eq!(empty(&cache).len(), 1);
}

#[test]
fn the_arena_that_came_back_last_is_lent_first() {
    let cache = <BlinkAllocCache>::new();
    let sizes = [1000, 5000, 3000, 2000];
    for size in sizes {
        cache.push(BlinkAlloc::with_capacity(size));
    }
    let found = capacities(&cache);
    assert_eq!(found.len(), sizes.len());
    for (found, asked) in found.iter().zip(sizes.iter().rev()) {
        assert!((*asked..asked + 1000).contains(found));
    }
    let (first, second) = (cache.get(), cache.get_blink());
    let second_capacity = second.allocator().total_capacity();
    assert_eq!([first.total_capacity(), second_capacity], found[..2]);
    drop(first);
    drop(second);
    assert_eq!(
        capacities(&cache),
        [found[1], found[0], found[2], found[3]],
        "the other way round than before"
    );
}

#[test]
fn an_arena_is_made_only_where_none_waits() {
    let (cache, base) = (Cache::new(), Counting::new());
    let made = AtomicUsize::new(0);
    let make = || {
        made.fetch_add(1, Relaxed);
        // The cache may be used meanwhile.
        assert!(cache.pop().is_none());
        BlinkAlloc::new_in(base.clone())
    };
    for round in 0..3 {
        let guards = [(); 3].map(|()| cache.get_as::<BlinkAlloc<_>>(make));
        assert_eq!(made.load(Relaxed), 3, "round {round}");
        drop(guards);
    }
    // One that panics takes nothing from the cache.
    let arenas = empty(&cache);
    assert!(planned(|| {
        _ = cache.get_as::<LocalBlink>(|| panic_as_planned());
    }));
    arenas.into_iter().for_each(|arena| cache.push(arena));
    assert_eq!(empty(&cache).len(), 3);
}

#[test]
fn a_base_allocator_that_is_borrowed_and_not_sent() {
    let bases: Vec<_> = Base::all().collect();
    for base in &bases {
        let cache = BlinkAllocCache::new();
        for _ in 0..10 {
            let blink = cache.get_as::<Blink<_>>(|| BlinkAlloc::new_in(base));
            blink.put(std::rc::Rc::new(1));
            blink.fill_iter((0..1000).map(|n| n * n));
            blink.put([0_u8; 10_000]);
        }
        assert_eq!(empty(&cache).len(), 1);
        assert_eq!(base.live(), 0);
    }
}

#[test]
fn values_are_dropped_once_when_their_guard_is() {
    let (cache, base) = (Cache::new(), Counting::new());
    let log = Log::default();
    for round in 0..4 {
        let local = borrow_local(&cache, &base);
        let send = borrow(&cache, &base);
        for number in 0..5 {
            local.put(log.value(0, number));
            send.put(log.value(1, number));
        }
        local.put_no_drop(1);
        local.fill_iter((5..8).map(|number| log.value(0, number)));
        assert_eq!(log.alive(), 13);
        if round % 2 == 0 {
            drop(local);
            assert_eq!(log.alive(), 5);
            drop(send);
        } else {
            drop(send);
            assert_eq!(log.alive(), 8);
            drop(local);
        }
        // Newest first; a slice in its order.
        let dropped = log.take();
        let of = |thread| dropped.iter().filter(move |value| value.0 == thread);
        assert!(of(0).map(|value| value.1).eq([5, 6, 7, 4, 3, 2, 1, 0]));
        assert!(of(1).map(|value| value.1).eq([4, 3, 2, 1, 0]));
        let arenas = empty(&cache);
        assert_eq!(arenas.len(), 2);
        assert!(arenas.iter().all(|arena| arena.allocated_bytes() == 0));
        arenas.into_iter().for_each(|arena| cache.push(arena));
    }
    assert_eq!(log.alive(), 0);
}

#[test]
fn what_one_has_reset_or_dropped_is_not_dropped_again() {
    let (cache, base) = (Cache::new(), Counting::new());
    let log = Log::default();
    let mut blink = borrow(&cache, &base);
    blink.put(log.value(0, 0));
    blink.drop_all();
    blink.put(log.value(0, 1));
    blink.reset();
    blink.scope(|frame| _ = frame.put(log.value(0, 2)));
    // A frame that is forgotten leaves its values to the adaptor.
    let mut guard = blink.enter();
    guard.frame().put(log.value(0, 3));
    mem::forget(guard);
    assert_eq!(log.alive(), 1);
    drop(blink);
    log.assert_all_dropped();
}

/// Whether a byte may be read and written: known under AddressSanitizer, otherwise not.
fn is_accessible(byte: NonNull<u8>) -> Option<bool> {
    #[cfg(blink_asan)]
    {
        unsafe extern "C" {
            fn __asan_address_is_poisoned(byte: *const core::ffi::c_void) -> i32;
        }
        // SAFETY: the runtime looks at its shadow memory.
        let poisoned = unsafe { __asan_address_is_poisoned(byte.as_ptr().cast()) };
        return Some(poisoned == 0);
    }
    #[cfg(not(blink_asan))]
    {
        let _ = byte;
        None
    }
}

#[test]
fn bytes_of_the_one_before_are_inaccessible() {
    let (cache, base) = (Cache::new(), Counting::new());
    for size in [1, 100, 10_000, 100_000] {
        for _ in 0..4 {
            let blink = borrow_local(&cache, &base);
            let bytes = NonNull::from(blink.fill(size, 0x5a_u8)).cast::<u8>();
            let last = bytes.map_addr(|addr| addr.checked_add(size - 1).unwrap());
            assert_ne!(is_accessible(last), Some(false));
            drop(blink);
            for byte in [bytes, last] {
                assert_ne!(is_accessible(byte), Some(true), "while the arena waits");
            }
            let arena = borrow_arena(&cache, &base);
            for byte in [bytes, last] {
                assert_ne!(is_accessible(byte), Some(true), "lent again");
            }
            take(&&*arena, size);
        }
    }
}
