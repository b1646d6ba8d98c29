//! `#[blink_frame(thread_local)]`: every call has an arena of its own, and a thread keeps few.
//!
//! The global allocator of this program notes the blocks of threads that ask for it.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::{Cell, RefCell},
    pin::pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    thread,
};

use blink_alloc::{Frame, blink_frame};
use blink_tests::drops::{self, Counted, Word, panic_as_planned, planned};

/// What a pool keeps, as it is documented.
const KEPT: usize = 8;
const BYTES: usize = 1 << 20;

/// A group of threads whose blocks are noted, or 0.
type Group = u32;

struct Noting;

#[derive(Clone, Copy)]
struct Block {
    addr: usize,
    size: usize,
    group: Group,
}

static BLOCKS: Mutex<[Block; 512]> = {
    let none = Block {
        addr: 0,
        size: 0,
        group: 0,
    };
    Mutex::new([none; 512])
};

thread_local! {
    static GROUP: Cell<Group> = const { Cell::new(0) };
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

fn replace(from: usize, to: Block) -> bool {
    let mut blocks = BLOCKS.lock().unwrap();
    let place = blocks.iter_mut().find(|block| block.addr == from);
    place.map(|place| *place = to).is_some()
}

// SAFETY: it is the system's, and `BLOCKS` and the cells neither allocate nor unwind.
unsafe impl GlobalAlloc for Noting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        let block = unsafe { System.alloc(layout) };
        CALLS.set(CALLS.get() + 1);
        let group = GROUP.get();
        if group != 0 {
            let size = layout.size();
            let addr = block.addr();
            replace(0, Block { addr, size, group });
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let none = Block {
            addr: 0,
            size: 0,
            group: 0,
        };
        replace(block.addr(), none);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static NOTING: Noting = Noting;

/// The blocks of a group: how many, and how many bytes.
fn live(group: Group) -> (usize, usize) {
    let blocks = *BLOCKS.lock().unwrap();
    let of_group = blocks.iter().filter(|block| block.group == group);
    of_group.fold((0, 0), |(count, bytes), block| {
        (count + 1, bytes + block.size)
    })
}

/// Runs `f` in a thread whose blocks are noted, and says what is left of them when it has
/// ended.
fn in_thread(group: Group, f: impl FnOnce() + Send + 'static) -> (usize, usize) {
    let worker = thread::spawn(move || {
        GROUP.set(group);
        f();
    });
    worker.join().unwrap();
    live(group)
}

#[blink_frame(thread_local)]
fn sum(numbers: &[u64]) -> u64 {
    blink.copy_slice(numbers).iter().sum()
}

/// Each level has values in its own arena, while those above are in use.
#[blink_frame(thread_local)]
fn deep(level: u32) -> u64 {
    let mine = blink.fill(100, u64::from(level));
    let value = blink.put(Word::new(level));
    let below = if level == 0 { 0 } else { deep(level - 1) };
    let more = blink.fill(100, u64::from(level) + 1);
    assert!(mine.iter().all(|&number| number == u64::from(level)));
    assert!(more.iter().all(|&number| number == u64::from(level) + 1));
    assert_eq!(value.id(), level);
    below + mine[0]
}

#[test]
fn nested_and_recursive() {
    for depth in [0, 1, 7, 8, 9, 20] {
        drops::restart();
        assert_eq!(deep(depth), u64::from(depth * (depth + 1) / 2));
        assert_eq!(drops::order(), (0..=depth).collect::<Vec<_>>());
    }

    #[blink_frame(outer, thread_local)]
    fn outer() -> u64 {
        let numbers = outer.fill_iter(0..100);
        let mut total = 0;
        for number in numbers.iter() {
            let more = outer.fill(3, *number);
            total += sum(more) + sum(numbers);
        }
        total
    }
    assert_eq!(outer(), 3 * 4950 + 100 * 4950);
}

#[test]
fn an_outer_handle_is_used_inside() {
    #[blink_frame(inner, thread_local)]
    fn with_inner(f: &mut dyn FnMut(&mut Frame<'_>)) -> u64 {
        let mine = inner.fill(10, 1);
        f(inner);
        let more = inner.fill(10, 2);
        f(inner);
        mine.iter().chain(more.iter()).sum()
    }
    #[blink_frame(thread_local)]
    fn outer() -> u64 {
        let mut kept: Vec<&mut u64> = Vec::new();
        let sum = with_inner(&mut |inner| {
            kept.push(blink.put_no_drop(7));
            inner.fill(100, 9_u64);
        });
        sum + kept.iter().map(|number| **number).sum::<u64>()
    }
    assert_eq!(outer(), 30 + 14);
}

#[test]
fn two_futures_interleave() {
    #[blink_frame(thread_local)]
    async fn counts(from: u64) -> u64 {
        let mut total = 0;
        let mut numbers = Vec::new();
        for number in from..from + 10 {
            numbers.push(&*blink.put_no_drop(number));
            let mut polled = false;
            let pause = std::future::poll_fn(|_| match std::mem::replace(&mut polled, true) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            });
            pause.await;
            total += *numbers[numbers.len() / 2];
        }
        total + numbers.into_iter().sum::<u64>()
    }
    let mut futures = (pin!(counts(0)), pin!(counts(100)), Box::pin(counts(200)));
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..10 {
        assert!(futures.0.as_mut().poll(&mut cx).is_pending());
        assert!(futures.1.as_mut().poll(&mut cx).is_pending());
        assert!(futures.2.as_mut().poll(&mut cx).is_pending());
        assert_eq!(sum(&[1, 2]), 3);
    }
    drop(futures.2);
    assert_eq!(sum(&[1, 2]), 3);
    let Poll::Ready(first) = futures.0.as_mut().poll(&mut cx) else {
        panic!("it was polled often enough")
    };
    let Poll::Ready(second) = futures.1.as_mut().poll(&mut cx) else {
        panic!("it was polled often enough")
    };
    assert_eq!(second - first, 2000);
}

#[test]
fn values_are_dropped_on_return_and_on_panic() {
    #[blink_frame(thread_local)]
    fn values(panics: bool) -> u32 {
        blink.fill_with(3, |at| Word::new(at as u32));
        let last = blink.put(Word::new(3));
        if panics {
            panic_as_planned()
        }
        last.id()
    }
    for _ in 0..20 {
        drops::restart();
        assert_eq!(values(false), 3);
        assert_eq!(drops::order(), [3, 0, 1, 2]);
        assert!(planned(|| _ = values(true)));
        assert_eq!(drops::order(), [3, 0, 1, 2]);
    }
    for n in 0..4 {
        drops::restart();
        drops::panic_after(n);
        assert!(planned(|| _ = values(false)));
        drops::assert_all_dropped();
    }
    assert_eq!(deep(3), 6);
}

/// Needs an arena to be dropped.
struct Needs(u32);

impl Drop for Needs {
    fn drop(&mut self) {
        assert_eq!(deep(self.0), u64::from(self.0 * (self.0 + 1) / 2));
        nests(self.0 / 2);
    }
}

#[blink_frame(thread_local)]
fn nests(level: u32) {
    blink.put(Word::new(level));
    if level > 0 {
        blink.put(Needs(level));
        blink.put(Needs(level - 1));
    }
}

#[test]
fn destructors_take_arenas_themselves() {
    drops::restart();
    for level in 0..8 {
        nests(level);
        drops::assert_counts();
    }
    assert!(drops::made() > 100);
}

#[test]
fn a_thread_that_ends_gives_everything_back() {
    let left = in_thread(1, || {
        deep(20);
        nests(5);
        assert!(live(1).0 > 0);
    });
    assert_eq!(left, (0, 0));
}

#[test]
fn a_thread_that_panics_gives_everything_back() {
    let left = in_thread(2, || {
        let _ = planned(|| {
            #[blink_frame(thread_local)]
            fn panics(level: u32) {
                blink.put(Word::new(level));
                match level {
                    0 => panic_as_planned(),
                    _ => panics(level - 1),
                }
            }
            panics(12);
        });
    });
    assert_eq!(left, (0, 0));
}

#[test]
fn destructors_of_a_thread_find_an_arena() {
    /// Without counted values: the record of those may be gone.
    #[blink_frame(thread_local)]
    fn deep(level: u64) -> u64 {
        let mine = blink.put(Box::new(level));
        let below = if level == 0 { 0 } else { deep(level - 1) };
        below + **mine
    }

    struct AtTheEnd(Arc<Mutex<Vec<u64>>>);

    impl Drop for AtTheEnd {
        fn drop(&mut self) {
            let total = deep(10) + sum(&[1, 2, 3]);
            self.0.lock().unwrap().push(total);
        }
    }

    thread_local! {
        static FIRST: RefCell<Option<AtTheEnd>> = const { RefCell::new(None) };
        static LAST: RefCell<Option<AtTheEnd>> = const { RefCell::new(None) };
    }

    let totals = Arc::new(Mutex::new(Vec::with_capacity(2)));
    let (first, last) = (AtTheEnd(Arc::clone(&totals)), AtTheEnd(totals.clone()));
    let left = in_thread(3, move || {
        // Destructors run in the order in which the variables are used first, or the other way
        // round: one of them is after the pool's.
        FIRST.set(Some(first));
        assert_eq!(sum(&[1]), 1);
        LAST.set(Some(last));
    });
    assert_eq!(*totals.lock().unwrap(), [61, 61]);
    assert_eq!(left, (0, 0));
}

#[test]
fn a_thread_keeps_few_arenas() {
    in_thread(4, || {
        deep(KEPT as u32 - 1);
        let (kept, _) = live(4);
        for depth in [KEPT as u32, 20, 100] {
            deep(depth);
            let (count, _) = live(4);
            assert!(count <= kept + 1, "{count} blocks after {kept}");
        }
    });
}

#[test]
fn an_arena_keeps_few_bytes() {
    #[blink_frame(thread_local)]
    fn large(bytes: usize) -> usize {
        blink
            .fill(bytes, 1_u8)
            .iter()
            .filter(|byte| **byte == 1)
            .count()
    }
    in_thread(5, || {
        for bytes in [BYTES / 2, 10 * BYTES, 3 * BYTES] {
            assert_eq!(large(bytes), bytes);
            let (_, bytes) = live(5);
            assert!(bytes <= BYTES + 4096, "{bytes} bytes are kept");
        }
        #[blink_frame(thread_local)]
        fn many(deep: u32) {
            blink.fill(2 * BYTES, 1_u8);
            if deep > 0 {
                many(deep - 1);
            }
        }
        many(12);
        let (_, bytes) = live(5);
        assert!(bytes <= KEPT * (BYTES + 4096), "{bytes} bytes are kept");
    });
}

#[test]
fn the_steady_state_allocates_nothing() {
    for _ in 0..3 {
        sum(&[1; 1000]);
    }
    let before = CALLS.get();
    for _ in 0..100 {
        sum(&[1; 1000]);
    }
    assert_eq!(CALLS.get(), before);

    #[blink_frame(thread_local)]
    fn depth(level: usize) {
        blink.fill(100, 1_u64);
        if level > 1 {
            depth(level - 1);
        }
    }
    for _ in 0..3 {
        depth(KEPT);
    }
    let before = CALLS.get();
    for _ in 0..100 {
        depth(KEPT);
    }
    assert_eq!(CALLS.get(), before);
    depth(KEPT + 1);
    assert!(CALLS.get() > before);
}
