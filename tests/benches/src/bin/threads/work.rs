//! What a thread does with the memory it gets, whoever gives it.

use std::{alloc::Layout, hint::black_box, process, ptr::NonNull};

use allocator_api2::{alloc::Allocator, vec::Vec as ArenaVec};

/// What a thread has for itself.
pub struct Seat {
    /// Its number.
    pub thread: u64,
    /// The blocks it has.
    blocks: Vec<NonNull<u64>>,
}

impl Seat {
    pub fn new(thread: usize) -> Self {
        Self {
            thread: thread as u64,
            blocks: Vec::with_capacity(1 << 16),
        }
    }
}

/// Something to do with an arena.
pub trait Work: 'static {
    /// How often a thread does it in a round, with an arena of its own each time where threads
    /// have such.
    const TIMES: usize;
    /// Operations each time.
    const OPERATIONS: usize;

    /// Does it, and returns the sum of all that was written. Blocks are freed if `frees`.
    fn run<A: Allocator + Copy>(arena: A, frees: bool, seat: &mut Seat) -> u64;

    /// What [`run`](Self::run) is to return.
    fn sum(thread: u64) -> u64;
}

/// The sum of the first numbers.
const fn sum_below(count: u64) -> u64 {
    count * (count - 1) / 2
}

/// Says so and ends the program if a sum is wrong. A panic would leave the other threads
/// waiting.
pub fn check(sum: u64, right: u64) {
    if sum != right {
        eprintln!("a sum is {sum} instead of {right}: blocks have been overwritten");
        process::exit(1);
    }
}

/// Puts `OBJECTS` objects of 16 to 64 bytes, then reads all of them.
pub struct Objects<const OBJECTS: usize, const TIMES: usize>;

/// Words of an object: 2 to 8, 5 on average.
fn words(index: usize) -> usize {
    [2, 8, 3, 6, 4, 7, 2, 8][index % 8]
}

fn layout(words: usize) -> Layout {
    Layout::array::<u64>(words).expect("a small array")
}

impl<const OBJECTS: usize, const TIMES: usize> Work for Objects<OBJECTS, TIMES> {
    const TIMES: usize = TIMES;
    const OPERATIONS: usize = OBJECTS;

    fn run<A: Allocator + Copy>(arena: A, frees: bool, seat: &mut Seat) -> u64 {
        seat.blocks.clear();
        for index in 0..OBJECTS {
            let words = words(index);
            let block = arena.allocate(layout(words)).expect("memory").cast::<u64>();
            // SAFETY: the block has that many words.
            let last = unsafe { block.add(words - 1) };
            // SAFETY: a new block.
            unsafe { last.write(0) };
            // SAFETY: as above. The block has two words at least.
            unsafe { block.write((seat.thread << 32) + index as u64) };
            seat.blocks.push(block);
        }
        // SAFETY: written above.
        let values = seat.blocks.iter().map(|block| unsafe { block.read() });
        let sum = values.sum();
        if frees {
            for (index, block) in seat.blocks.drain(..).enumerate() {
                // SAFETY: from this allocator, and not used afterwards.
                unsafe { arena.deallocate(block.cast(), layout(words(index))) };
            }
        }
        sum
    }

    fn sum(thread: u64) -> u64 {
        (OBJECTS as u64) * (thread << 32) + sum_below(OBJECTS as u64)
    }
}

/// Puts `PAIRS` pairs of words, and reads each at once: hardly more than allocating.
pub struct Pairs<const PAIRS: usize>;

impl<const PAIRS: usize> Work for Pairs<PAIRS> {
    const TIMES: usize = 1;
    const OPERATIONS: usize = PAIRS;

    fn run<A: Allocator + Copy>(arena: A, frees: bool, seat: &mut Seat) -> u64 {
        let layout = Layout::new::<[u64; 2]>();
        let pair = |index| {
            let block = arena.allocate(layout).expect("memory").cast::<u64>();
            // SAFETY: a new block of two words.
            unsafe { block.write((seat.thread << 32) + index) };
            // SAFETY: written above.
            let value = unsafe { black_box(block).read() };
            if frees {
                // SAFETY: from this allocator, and not used afterwards.
                unsafe { arena.deallocate(block.cast(), layout) };
            }
            value
        };
        (0..PAIRS as u64).map(pair).sum()
    }

    fn sum(thread: u64) -> u64 {
        (PAIRS as u64) * (thread << 32) + sum_below(PAIRS as u64)
    }
}

/// Pushes 20 numbers to each of `VECTORS` vectors, one after the other, and adds them up.
pub struct Pushes<const VECTORS: usize>;

/// Numbers in a vector.
const PUSHES: usize = 20;

impl<const VECTORS: usize> Work for Pushes<VECTORS> {
    const TIMES: usize = 1;
    const OPERATIONS: usize = VECTORS * PUSHES;

    fn run<A: Allocator + Copy>(arena: A, _: bool, seat: &mut Seat) -> u64 {
        let vector = |_| {
            let mut numbers = ArenaVec::new_in(arena);
            for number in 0..PUSHES {
                numbers.push(seat.thread as u32 + number as u32);
            }
            numbers.iter().map(|&number| u64::from(number)).sum::<u64>()
        };
        (0..VECTORS).map(vector).sum()
    }

    fn sum(thread: u64) -> u64 {
        VECTORS as u64 * (PUSHES as u64 * thread + sum_below(PUSHES as u64))
    }
}
