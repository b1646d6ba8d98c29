//! Guards in several threads.

use super::*;

#[test]
fn guards_come_back_in_any_order_and_from_any_thread() {
    let (cache, base) = (Cache::new(), Counting::new());
    let log = Log::default();
    let mut random = Random::new(1);
    for _ in 0..budget(200) {
        let mut guards: Vec<_> = (0..8)
            .map(|thread| {
                let blink = borrow(&cache, &base);
                (0..3).for_each(|number| _ = blink.put(log.value(thread, number)));
                blink
            })
            .collect();
        thread::scope(|scope| {
            while !guards.is_empty() {
                let guard = guards.swap_remove(random.below(guards.len()));
                if random.once_in(2) {
                    scope.spawn(move || {
                        guard.put(vec![1, 2, 3]);
                        drop(guard);
                    });
                }
            }
        });
        log.assert_all_dropped();
        assert!(format!("{cache:?}").contains("waiting: 8"));
    }
    assert_eq!(empty(&cache).len(), 8);
}

const PAGE: [u8; 4096] = [0; 4096];

/// A task whose work is constant, with checked contents.
fn task(blink: &Sent, thread: u32, log: &Log, bytes: usize) {
    let byte = thread as u8 + 1;
    let mine = blink.copy_slice(&PAGE[..bytes.min(PAGE.len())]);
    mine.fill(byte);
    take(&blink.allocator(), bytes - mine.len());
    let values = blink.fill_iter((0..20).map(|number| log.value(thread, number)));
    let words = blink.fill_with(100, |at| at as u32 + thread);
    let text = blink.copy_str("to be or not to be");
    let mut grown = ArenaVec::new_in(blink.allocator());
    grown.extend(0..1000_u32);
    thread::yield_now();
    assert_eq!(mine, &[byte; PAGE.len()][..mine.len()], "foreign bytes");
    values.iter().for_each(Traced::check);
    assert!(values.iter().all(|value| value.thread == thread));
    assert!(words.iter().copied().eq(thread..thread + 100));
    assert_eq!(text, "to be or not to be");
    assert!(grown.iter().copied().eq(0..1000));
}

#[test]
fn a_warm_cache_leaves_the_base_allocator_alone() {
    // Those above 1 MiB are trimmed once.
    for bytes in [0, 100, 5000, 100 * KIB, 2 * MIB, 12 * MIB] {
        for threads in [1, 4] {
            let (cache, base) = (Cache::new(), Counting::new());
            let (log, made) = (Log::default(), AtomicUsize::new(0));
            let get = || {
                cache.get_as::<Sent>(|| {
                    made.fetch_add(1, Relaxed);
                    BlinkAlloc::new_in(base.clone())
                })
            };
            // All hold one at the same time, so that all that will ever be needed get warm.
            let barrier = Barrier::new(threads as usize);
            in_threads(threads, |thread| {
                for _ in 0..8 {
                    let blink = get();
                    barrier.wait();
                    task(&blink, thread, &log, bytes);
                    barrier.wait();
                }
            });
            assert_eq!(made.load(Relaxed), threads as usize);
            let (calls, live) = (base.calls(), base.live());
            let rounds = if bytes > MIB { 3 } else { budget(50) };
            in_threads(threads, |thread| {
                for _ in 0..rounds {
                    task(&get(), thread, &log, bytes);
                }
            });
            assert_eq!(base.calls(), calls, "{threads} threads, {bytes} bytes");
            assert_eq!(base.live(), live);
            assert_eq!(made.load(Relaxed), threads as usize);
            assert_eq!(log.alive(), 0);
        }
    }
}

#[test]
fn there_are_as_many_arenas_as_were_held_at_one_time() {
    let (cache, base) = (Cache::new(), Counting::new());
    let (held, most, made) = (Mutex::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    in_threads(4, |thread| {
        let mut random = Random::new(thread.into());
        for _ in 0..budget(3000) {
            let count = 1 + random.below(3);
            // Counted before the first is taken, and after the last has come back.
            {
                let mut held = held.lock().unwrap();
                *held += count;
                most.fetch_max(*held, Relaxed);
            }
            let guards: Vec<_> = (0..count)
                .map(|_| {
                    cache.get_as::<BlinkAlloc<_>>(|| {
                        made.fetch_add(1, Relaxed);
                        BlinkAlloc::new_in(base.clone())
                    })
                })
                .collect();
            guards.iter().for_each(|arena| take(&&**arena, 100));
            drop(guards);
            *held.lock().unwrap() -= count;
        }
    });
    let made = made.load(Relaxed);
    assert!(made <= most.load(Relaxed) && made <= 12, "{made} arenas");
    assert_eq!(empty(&cache).len(), made, "one is lost");
}

#[test]
fn memory_stays_flat() {
    let (cache, base) = (Cache::new(), Counting::new());
    let log = Log::default();
    let mut settled = 0;
    for round in 0..budget(10_000) {
        let first = borrow(&cache, &base);
        let second = borrow_local(&cache, &base);
        first.put(log.value(0, 0));
        first.put([0_u8; 3000]);
        second.fill_iter((0..100).filter(|n| n % 3 == 0));
        drop(first);
        if round == 10 {
            settled = base.calls();
        }
        assert!(round <= 10 || base.calls() == settled, "round {round}");
        _ = log.take();
    }
    assert!(base.peak() < 64 * KIB);
    assert_eq!(empty(&cache).len(), 2);
}

#[test]
fn threads_lend_keep_and_trim_at_once() {
    let (cache, base) = (Cache::new(), Counting::new());
    let log = Log::default();
    in_threads(4, |thread| {
        let mut random = Random::new(u64::from(thread) + 10);
        let mut kept: Vec<Cached<'_, Sent>> = Vec::new();
        for round in 0..budget(2000) {
            let bytes = random.scaled(64 * KIB);
            let blink = borrow(&cache, &base);
            assert_eq!(blink.allocator().allocated_bytes(), 0);
            task(&blink, thread, &log, bytes);
            match random.below(8) {
                0 => kept.push(blink),
                1 => cache.trim_to(random.scaled(128 * KIB)),
                2 => cache.push(cache.pop().unwrap_or_else(new(&base))),
                3 => kept.truncate(round % 3),
                _ => {}
            }
        }
    });
    assert_eq!(log.alive(), 0);
    drop(empty(&cache));
    assert_eq!(base.blocks(), 0);
}

#[test]
fn a_static_cache_serves_threads_that_nobody_waits_for() {
    static CACHE: BlinkAllocCache = BlinkAllocCache::new();
    let log = Log::default();
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let log = log.clone();
            thread::spawn(move || {
                let blink = CACHE.get_send_blink();
                blink.put(log.value(thread, 0));
                // It lives longer than the thread.
                blink
            })
        })
        .collect();
    let guards: Vec<_> = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect();
    assert_eq!(log.alive(), 4);
    drop(guards);
    log.assert_all_dropped();
    CACHE.trim_to(0);
    let arenas = empty(&CACHE);
    assert!(arenas.iter().all(|arena| arena.total_capacity() == 0));
}
