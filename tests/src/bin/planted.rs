//! Programs with one deliberate bug each, inside a chunk that is in use: the memory checkers
//! have to find them. `planted NAME` runs one, and tells when it comes to its end; `planted list` lists
//! the names.

use core::{alloc::Layout, hint::black_box, ptr::NonNull};
use std::{env, process::ExitCode};

use allocator_api2::alloc::Allocator;
use blink_alloc::{Blink, BlinkAlloc};

const CASES: &[(&str, fn())] = &[
    ("control", control),
    ("read-after-first-reset", read_after_first_reset),
    ("read-after-second-reset", read_after_second_reset),
    ("write-after-reset", write_after_reset),
    ("value-after-reset", value_after_reset),
    ("read-after-frame", read_after_frame),
    ("write-after-frame", write_after_frame),
    ("value-after-frame", value_after_frame),
    ("read-after-inner-frame", read_after_inner_frame),
    (
        "read-after-frame-that-added-a-chunk",
        read_after_added_chunk,
    ),
    ("write-after-frame-with-a-large-block", write_after_large),
    ("read-after-rewind", read_after_rewind),
    ("overrun-into-neighbour", overrun_into_neighbour),
    ("overrun-of-odd-size", overrun_of_odd_size),
    ("overrun-of-tip", overrun_of_tip),
    ("overrun-of-grown", overrun_of_grown),
    ("overrun-of-large", overrun_of_large),
    ("underrun", underrun),
    ("read-after-free-of-tip", read_after_free_of_tip),
    ("write-after-free-of-tip", write_after_free_of_tip),
    ("read-after-free", read_after_free),
    ("read-after-move", read_after_move),
    ("read-shrunk-tip", read_shrunk_tip),
    ("read-shrunk", read_shrunk),
    ("write-shrunk", write_shrunk),
    ("uninitialized-fresh", uninitialized_fresh),
    ("uninitialized-grown", uninitialized_grown),
    ("uninitialized-recycled", uninitialized_recycled),
    ("uninitialized-after-frame", uninitialized_after_frame),
];

fn main() -> ExitCode {
    let name = env::args().nth(1).unwrap_or_default();
    if name == "list" {
        CASES.iter().for_each(|(case, _)| println!("{case}"));
        return ExitCode::SUCCESS;
    }
    let Some((_, case)) = CASES.iter().find(|(case, _)| *case == name) else {
        eprintln!("no such case: {name:?}");
        return ExitCode::from(2);
    };
    case();
    println!("{name} came to its end");
    ExitCode::SUCCESS
}

/// An arena with one chunk for all that follows.
fn arena() -> BlinkAlloc {
    BlinkAlloc::with_capacity(4000)
}

fn bytes(size: usize) -> Layout {
    Layout::array::<u8>(size).expect("a small layout")
}

/// A block that nobody has written to.
fn fresh(arena: &BlinkAlloc, size: usize) -> NonNull<u8> {
    arena.allocate(bytes(size)).expect("memory").cast()
}

/// A block of sevens.
fn block(arena: &BlinkAlloc, size: usize) -> NonNull<u8> {
    let block = fresh(arena, size);
    // SAFETY: the block has these bytes.
    unsafe { block.write_bytes(7, size) };
    block
}

/// Reads a byte and decides by it: some checkers look at decisions only.
#[inline(never)]
fn read(block: NonNull<u8>, at: usize) {
    let place = block.as_ptr().wrapping_add(at);
    // SAFETY: there is none where this is the bug; the checker has to stop it.
    let byte = unsafe { black_box(place).read_volatile() };
    if byte == 7 {
        println!("a seven");
    }
}

#[inline(never)]
fn write(block: NonNull<u8>, at: usize) {
    let place = block.as_ptr().wrapping_add(at);
    // SAFETY: there is none where this is the bug; the checker has to stop it.
    unsafe { black_box(place).write_volatile(9) };
}

fn free(arena: &BlinkAlloc, block: NonNull<u8>, size: usize) {
    // SAFETY: the block has this size; what is done to it later is the bug.
    unsafe { arena.deallocate(block, size) };
}

fn grow(arena: &BlinkAlloc, block: NonNull<u8>, from: usize, to: usize) -> NonNull<u8> {
    // SAFETY: the block has the old size, and the new one is not smaller.
    let block = unsafe { arena.grow(block, bytes(from), bytes(to)) };
    block.expect("memory").cast()
}

fn shrink(arena: &BlinkAlloc, block: NonNull<u8>, from: usize, to: usize) {
    // SAFETY: the block has the old size, and the new one is not larger.
    let block = unsafe { arena.shrink(block, bytes(from), bytes(to)) };
    block.expect("in place");
}

/// No bug: every operation, three times over, and again in the memory that was freed.
fn control() {
    let mut blink = Blink::new_in(arena());
    for _ in 0..3 {
        use_all_bytes(blink.allocator());
        let text = blink.copy_str("as it should be");
        assert!(text.ends_with("be"));
        let boxed = blink.put(Box::new(7));
        assert_eq!(**boxed, 7);
        let items = blink.emplace().from_iter((0..500).filter(|n| n % 3 == 0));
        assert_eq!(items.len(), 167);
        for _ in 0..3 {
            blink.scope(|frame| {
                let outer = frame.copy_str("stays");
                frame.scope(|frame| frame.fill(20_000, 7_u8)[0] = 9);
                frame.put(vec![7; 10]);
                assert_eq!(outer, "stays");
            });
        }
        blink.reset();
    }
    drop(blink);
    let heap = vec![7_u8; 4000];
    assert!(black_box(heap).iter().all(|&byte| byte == 7));
}

fn use_all_bytes(arena: &BlinkAlloc) {
    let sizes = [1, 5, 8, 13, 100, 10_000];
    for size in sizes {
        let first = block(arena, size);
        let second = block(arena, size);
        (0..size).for_each(|at| write(first, at));
        let second = grow(arena, second, size, 2 * size);
        (0..size).for_each(|at| read(second, at));
        (size..2 * size).for_each(|at| write(second, at));
        shrink(arena, first, size, size / 2);
        let first = grow(arena, first, size / 2, size);
        (size / 2..size).for_each(|at| write(first, at));
        (0..size).for_each(|at| read(first, at));
        free(arena, first, size);
        shrink(arena, second, 2 * size, size);
        free(arena, second, size);
    }
}

fn read_after_first_reset() {
    let mut arena = arena();
    let block = block(&arena, 64);
    arena.reset();
    read(block, 10);
}

/// The second reset takes another way: it moves the cursor and nothing else.
fn read_after_second_reset() {
    let mut arena = arena();
    arena.reset();
    let block = block(&arena, 64);
    arena.reset();
    read(block, 10);
}

fn write_after_reset() {
    let mut arena = arena();
    let block = block(&arena, 64);
    arena.reset();
    write(block, 10);
}

fn value_after_reset() {
    let mut blink = Blink::new_in(arena());
    let value = NonNull::from(blink.put([7_u8; 50])).cast();
    blink.put(String::from("to be dropped"));
    blink.reset();
    read(value, 10);
}

/// Where a value was that a frame has had.
fn of_frame<const N: usize>(blink: &mut Blink) -> NonNull<u8> {
    blink.scope(|frame| NonNull::from(frame.put([7_u8; N])).cast())
}

/// An adaptor with something in its chunk.
fn begun() -> Blink {
    let blink = Blink::new_in(arena());
    blink.copy_str("from before the frame");
    blink
}

fn read_after_frame() {
    let mut blink = begun();
    let block = of_frame::<64>(&mut blink);
    read(block, 10);
}

fn write_after_frame() {
    let mut blink = begun();
    let block = of_frame::<64>(&mut blink);
    write(block, 10);
}

fn value_after_frame() {
    let mut blink = begun();
    let mut guard = blink.enter();
    let frame = guard.frame();
    let value = NonNull::from(frame.put([7_u8; 50])).cast();
    frame.put(String::from("to be dropped"));
    drop(guard);
    read(value, 10);
}

fn read_after_inner_frame() {
    let mut blink = begun();
    blink.scope(|frame| {
        frame.put([7_u8; 64]);
        let inner = frame.scope(|frame| NonNull::from(frame.put([7_u8; 64])).cast());
        read(inner, 10);
    });
}

/// Of the row: the first one has room for half of it.
fn read_after_added_chunk() {
    let mut blink = begun();
    let block = blink.scope(|frame| {
        frame.put([7_u8; 2000]);
        NonNull::from(frame.put([7_u8; 3000])).cast()
    });
    read(block, 10);
}

/// In a chunk of its own.
fn write_after_large() {
    let mut blink = begun();
    let block = of_frame::<100_000>(&mut blink);
    write(block, 10);
}

fn read_after_rewind() {
    let arena = arena();
    block(&arena, 64);
    let mark = arena.mark();
    let block = block(&arena, 64);
    // SAFETY: a mark of this arena; what is done to the block later is the bug.
    unsafe { arena.rewind(mark) };
    read(block, 10);
}

fn overrun_into_neighbour() {
    let arena = arena();
    let first = block(&arena, 8);
    let _second = block(&arena, 8);
    write(first, 8);
}

fn overrun_of_odd_size() {
    let arena = arena();
    let first = block(&arena, 13);
    let _second = block(&arena, 8);
    write(first, 13);
}

fn overrun_of_tip() {
    let arena = arena();
    let block = block(&arena, 8);
    write(block, 8);
}

fn overrun_of_grown() {
    let arena = arena();
    let first = block(&arena, 8);
    let first = grow(&arena, first, 8, 20);
    let _second = block(&arena, 8);
    write(first, 20);
}

/// A chunk of its own, which the block and its surroundings fill.
fn overrun_of_large() {
    let arena = BlinkAlloc::new();
    let block = block(&arena, 100_000);
    write(block, 100_000);
}

fn underrun() {
    let arena = arena();
    let _first = block(&arena, 8);
    let second = block(&arena, 8);
    write(second, 0_usize.wrapping_sub(1));
}

fn read_after_free_of_tip() {
    let arena = arena();
    let block = block(&arena, 64);
    free(&arena, block, 64);
    read(block, 10);
}

fn write_after_free_of_tip() {
    let arena = arena();
    let block = block(&arena, 64);
    free(&arena, block, 64);
    write(block, 10);
}

fn read_after_free() {
    let arena = arena();
    let first = block(&arena, 64);
    let _second = block(&arena, 64);
    free(&arena, first, 64);
    read(first, 10);
}

fn read_after_move() {
    let arena = arena();
    let first = block(&arena, 64);
    let _second = block(&arena, 64);
    let _moved = grow(&arena, first, 64, 128);
    read(first, 10);
}

fn read_shrunk_tip() {
    let arena = arena();
    let block = block(&arena, 64);
    shrink(&arena, block, 64, 20);
    read(block, 20);
}

fn read_shrunk() {
    let arena = arena();
    let first = block(&arena, 64);
    let _second = block(&arena, 64);
    shrink(&arena, first, 64, 20);
    read(first, 63);
}

fn write_shrunk() {
    let arena = arena();
    let first = block(&arena, 64);
    let _second = block(&arena, 64);
    shrink(&arena, first, 64, 20);
    write(first, 40);
}

fn uninitialized_fresh() {
    let arena = arena();
    let block = fresh(&arena, 64);
    read(block, 10);
}

fn uninitialized_grown() {
    let arena = arena();
    let block = block(&arena, 64);
    let block = grow(&arena, block, 64, 128);
    read(block, 100);
}

/// The memory was written to in the cycle before.
fn uninitialized_recycled() {
    let mut arena = arena();
    block(&arena, 64);
    arena.reset();
    let block = fresh(&arena, 64);
    read(block, 10);
}

/// The memory was written to in a frame before.
fn uninitialized_after_frame() {
    let mut blink = begun();
    of_frame::<64>(&mut blink);
    let block = fresh(blink.allocator(), 64);
    read(block, 10);
}
