//! What the program does with its arenas.

use core::{
    alloc::Layout,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use blink_alloc::{
    Blink, BlinkAlloc, BlinkClone, CloneError, Frame, IteratorExt, LocalBlinkAlloc, SendBlink,
    SyncBlink, SyncBlinkAlloc, blink_frame,
};

use crate::{buffer::Buffer, platform::fail};

const LEN: usize = 64 << 10;

static BUFFER: Buffer<LEN> = Buffer::new();

/// What is in a static is never freed: a buffer of its own.
static STATIC_BUFFER: Buffer<LEN> = Buffer::new();
static STATIC: SyncBlink<SharedArena> = SyncBlink::new_in(SharedArena::new_in(&STATIC_BUFFER));

type Arena = BlinkAlloc<&'static Buffer<LEN>>;
type SharedArena = SyncBlinkAlloc<&'static Buffer<LEN>>;

fn check(holds: bool, otherwise: &str) {
    if !holds {
        fail(otherwise);
    }
}

/// Every check. Each leaves the buffer empty.
pub fn all() {
    for one in [
        blocks,
        values,
        slices,
        destructors,
        steady_state,
        exhaustion,
        frames,
        shared_blocks,
        leases,
        shared_values,
        shared_frames,
        shared_exhaustion,
        in_a_static,
        deep_copies,
    ] {
        one();
        check(BUFFER.used() == 0, "an arena kept memory\n");
    }
}

fn blocks() {
    let mut arena = Arena::new_in(&BUFFER);
    let layout = Layout::new::<[u64; 4]>();
    let first = arena.allocate(layout);
    let second = arena.allocate(layout);
    check(first.is_ok() && second.is_ok(), "allocate failed\n");
    check(first != second, "two blocks are one\n");
    check(arena.allocated_bytes() >= 64, "bytes are not counted\n");
    arena.reset();
    check(arena.allocated_bytes() == 0, "reset kept blocks\n");
    check(arena.allocate(layout) == first, "reset did not rewind\n");
}

fn values() {
    let blink = Blink::new_in(Arena::new_in(&BUFFER));
    let number = blink.put(41);
    *number += 1;
    let text = blink.copy_str("hello, arena: a text of more than thirty-two bytes");
    text.make_ascii_uppercase();
    let odd = blink.emplace().from_iter((0..100).filter(|x| x % 2 == 1));
    check(*number == 42, "put\n");
    check(text.starts_with("HELLO, ARENA"), "copy_str\n");
    check(odd.iter().copied().eq((1..100).step_by(2)), "from_iter\n");
}

fn slices() {
    let mut blink = SendBlink::new(Blink::new_in(Arena::new_in(&BUFFER)));
    let sevens = blink.fill(100, 7_u16);
    let squares = blink.fill_with(10, |index| index * index);
    let moved = blink.put_slice([1_u64, 2, 3]);
    let parsed = blink.fill_iter_fallible("1 2 x".split(' ').map(str::parse::<u8>));
    check(sevens.iter().all(|seven| *seven == 7), "fill\n");
    check(squares[9] == 81, "fill_with\n");
    check(moved == [1, 2, 3], "put_slice\n");
    check(parsed.is_err(), "fill_iter_fallible\n");
    blink.reset();
    let mut blink = blink.into_inner();
    let even = (0..10).filter(|x| x % 2 == 0).collect_to_blink(&mut blink);
    check(even == [0, 2, 4, 6, 8], "collect_to_blink\n");
}

fn destructors() {
    static DROPPED: AtomicUsize = AtomicUsize::new(0);

    struct Counts(usize);

    impl Drop for Counts {
        fn drop(&mut self) {
            DROPPED.fetch_add(self.0, Relaxed);
        }
    }

    let mut blink = Blink::new_in(Arena::new_in(&BUFFER));
    blink.put(Counts(1));
    blink.emplace().from_iter((0..3).map(|_| Counts(10)));
    check(DROPPED.load(Relaxed) == 0, "dropped too early\n");
    blink.reset();
    check(DROPPED.load(Relaxed) == 31, "reset did not drop\n");
    blink.put(Counts(100));
    drop(blink);
    check(DROPPED.load(Relaxed) == 131, "the end did not drop\n");
}

/// After some cycles the buffer serves one chunk, whatever happens.
fn steady_state() {
    let mut blink = Blink::new_in(Arena::new_in(&BUFFER));
    let mut settled = 0;
    for cycle in 0..10 {
        for value in 0..300_u64 {
            blink.put(value);
        }
        blink.reset();
        if cycle == 3 {
            settled = BUFFER.used();
        }
    }
    check(
        settled > 0 && BUFFER.used() == settled,
        "cycles take memory\n",
    );
}

fn exhaustion() {
    let mut blink = Blink::new_in(Arena::new_in(&BUFFER));
    let mut count = 0;
    while blink.try_put([count; 16]).is_ok() {
        count += 1;
        check(count < LEN, "the buffer has no end\n");
    }
    check(count > 0, "the buffer is empty\n");
    check(
        blink.try_put([7_usize; 16]) == Err([7; 16]),
        "no value back\n",
    );
    check(
        blink.try_copy_slice(&[0_u8; 256]).is_none(),
        "a slice found room\n",
    );
    blink.reset();
    check(
        blink.try_put([0_usize; 16]).is_ok(),
        "no room after reset\n",
    );
}

fn frames() {
    #[blink_frame]
    fn sum(blink: &mut Frame<'_, Arena>, depth: u64) -> u64 {
        let numbers = blink.fill_with(64, |at| at as u64);
        match depth {
            0 => numbers.iter().sum(),
            _ => sum(blink, depth - 1) + numbers[1],
        }
    }

    let mut blink = Blink::new_in(Arena::new_in(&BUFFER));
    let mut frame = blink.as_frame();
    let kept = frame.put(42);
    for _ in 0..100 {
        check(sum(&mut frame, 10) == 2026, "a frame lost a value\n");
    }
    check(*kept == 42, "a frame touched the one around it\n");
    check(
        blink.allocator().allocated_bytes() == size_of::<i32>(),
        "a frame left a trace\n",
    );
}

fn shared_blocks() {
    let mut arena = SharedArena::new_in(&BUFFER);
    let layout = Layout::new::<[u64; 4]>();
    let mut settled = 0;
    for cycle in 0..10 {
        let first = arena.allocate(layout);
        let second = arena.allocate(layout);
        check(first.is_ok() && second.is_ok(), "shared allocate\n");
        check(first != second, "two shared blocks are one\n");
        for _ in 0..300 {
            check(arena.allocate(layout).is_ok(), "no room for a cycle\n");
        }
        arena.reset();
        check(arena.allocated_bytes() == 0, "shared reset\n");
        if cycle == 3 {
            settled = BUFFER.used();
        }
    }
    check(BUFFER.used() == settled, "shared cycles take memory\n");
    arena.reset_final();
    check(BUFFER.used() == 0, "reset_final kept a chunk\n");
}

/// Leases come back: the buffer has room for three at a time.
fn leases() {
    fn fill(local: &LocalBlinkAlloc<'_, &'static Buffer<LEN>>, value: u64) {
        let blink = Blink::new_in(local);
        let mine = blink.fill(100, value);
        let squares = blink.fill_iter((0..100).map(|n| n * n + value));
        check(
            mine.iter().all(|&seen| seen == value),
            "a lease was shared\n",
        );
        check(squares[9] == 81 + value, "fill_iter in a lease\n");
    }

    let mut shared = SharedArena::new_in(&BUFFER);
    for _ in 0..3 {
        for value in 0..20 {
            let (mut first, second) = (shared.local(), shared.local());
            fill(&first, value);
            fill(&second, value + 1);
            first.reset();
            fill(&first, value + 2);
        }
        shared.reset();
    }
}

fn shared_values() {
    static DROPPED: AtomicUsize = AtomicUsize::new(0);

    struct Counts(usize);

    impl Drop for Counts {
        fn drop(&mut self) {
            DROPPED.fetch_add(self.0, Relaxed);
        }
    }

    let mut blink = SyncBlink::new_in(SharedArena::new_in(&BUFFER));
    let text = blink.copy_str("shared");
    let numbers = blink.fill_iter((0..100).filter(|x| x % 2 == 1));
    blink.put(Counts(1));
    blink.emplace().from_iter((0..3).map(|_| Counts(10)));
    blink.put_slice([Counts(100), Counts(100)]);
    check(text == "shared", "copy_str into a shared adaptor\n");
    check(numbers.len() == 50, "fill_iter into a shared adaptor\n");
    check(
        DROPPED.load(Relaxed) == 0,
        "dropped too early by a shared one\n",
    );
    blink.reset();
    check(
        DROPPED.load(Relaxed) == 231,
        "a shared reset did not drop\n",
    );
    blink.put(Counts(1000));
    let arena = blink.into_allocator();
    check(
        DROPPED.load(Relaxed) == 1231,
        "into_allocator did not drop\n",
    );
    let blink = SyncBlink::new_in(&arena);
    blink.put(Counts(10_000));
    drop(blink);
    check(
        DROPPED.load(Relaxed) == 11_231,
        "the end of a shared one did not drop\n",
    );
}

fn shared_frames() {
    let mut blink = SyncBlink::new_in(SharedArena::new_in(&BUFFER));
    let mut frame = blink.as_frame();
    let kept = frame.put(42);
    let mut settled = 0;
    for round in 0..100 {
        frame.scope(|frame| {
            let mine = frame.fill(1000, round);
            frame.scope(|inner| _ = inner.fill(1000, 7));
            check(mine.iter().all(|&seen| seen == round), "overwritten\n");
        });
        if round == 3 {
            settled = BUFFER.used();
        }
    }
    check(*kept == 42, "a shared frame touched the one around it\n");
    check(BUFFER.used() == settled, "shared frames take memory\n");
}

fn shared_exhaustion() {
    let mut blink = SyncBlink::new_in(SharedArena::new_in(&BUFFER));
    let mut count = 0;
    while blink.try_put([count; 16]).is_ok() {
        count += 1;
        check(count < LEN, "the buffer has no end for a shared one\n");
    }
    check(count > 0, "the buffer is empty for a shared one\n");
    check(
        blink.try_put([7_usize; 16]) == Err([7; 16]),
        "no value back from a shared one\n",
    );
    check(
        blink
            .allocator()
            .local()
            .allocate(Layout::new::<[u8; 512]>())
            .is_err(),
        "a lease found room\n",
    );
    blink.reset();
    check(
        blink.try_put([0_usize; 16]).is_ok(),
        "no room after a shared reset\n",
    );
}

fn in_a_static() {
    let first: &'static mut u64 = STATIC.put(1);
    let second: &'static mut u64 = STATIC.put(2);
    *first += 10;
    check((*first, *second) == (11, 2), "a static adaptor\n");
    check(STATIC_BUFFER.used() > 0, "a static adaptor took no chunk\n");
}

/// What is copied, out of references: there are no owners here.
#[derive(BlinkClone)]
struct Command<'a> {
    name: &'a str,
    arguments: &'a [Option<&'a str>],
    next: Option<&'a Command<'a>>,
}

/// What is copied into another type.
#[derive(BlinkClone)]
#[blink(mirror = Names)]
struct Commands<'a> {
    all: [&'a Command<'a>; 2],
}

/// A copy of commands outlives them; what is too much, or too deep, is an error.
fn deep_copies() {
    let arena = BlinkAlloc::new_in(&BUFFER);
    let blink = Blink::new_in(arena);
    let copy = {
        let mut text = *b"copy";
        text.make_ascii_uppercase();
        let name = core::str::from_utf8(&text).unwrap_or_default();
        let last = Command {
            name: "end",
            arguments: &[],
            next: None,
        };
        let arguments = [Some("from"), None];
        let first = Command {
            name,
            arguments: &arguments,
            next: Some(&last),
        };
        let deep = blink.try_clone_in_to_depth(&first, 0).err();
        check(
            matches!(deep, Some(CloneError::Depth(_))),
            "a copy went too deep\n",
        );
        blink.clone_in(&Commands {
            all: [&first, &last],
        })
    };
    let [first, last] = copy.all;
    check(
        first.name == "COPY" && last.name == "end",
        "a copied name\n",
    );
    check(
        first.arguments == [Some("from"), None],
        "copied arguments\n",
    );
    check(
        first.next.is_some_and(|next| next.name == "end"),
        "a copied reference\n",
    );
    let too_long = [0_u64; LEN / 8];
    check(
        blink.try_clone_in(&too_long[..]) == Err(CloneError::Alloc),
        "a copy had room\n",
    );
}
