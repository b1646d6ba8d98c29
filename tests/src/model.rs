//! Random operations on an arena, against a model that knows every block.
//!
//! [`run`] reads a stream of bytes as a program: which arena over which base allocator, and
//! what is done with it. The model holds the exact content of every block and value. After
//! every operation no two of them overlap, all lie in memory of the base allocator, aligned
//! and unchanged, and the arena's own numbers agree. Every value is dropped once, in its
//! turn, and everything goes back to the base allocator. In a frame the same is done, and more
//! frames entered; at its end the values of just this frame are dropped, and its blocks gone.

use core::mem;

use blink_alloc::{Blink, BlinkAlloc, BlinkAllocator, SyncBlinkAlloc};

use crate::{
    adaptor::Adaptor,
    arena::{ArenaOver, Leased, Renewed},
};

mod base;
mod blocks;
mod boxes;
mod builders;
mod bytes;
mod clones;
mod collect;
mod fallible;
mod frames;
mod growing;
mod input;
mod script;
mod slices;
mod state;
mod typed;
mod values;

use self::{base::Base, input::Input, state::State};

/// An arena over the base allocator of the model.
trait Arena: ArenaOver<Base> {}

impl<R: ArenaOver<Base>> Arena for R {}

/// How an arena is made: from the size of its first chunk, where that can be said.
type Make<R> = fn(usize, Base) -> R;

/// Runs a program. Panics where the arena did wrong.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    match input.byte() % 8 {
        0 => live(input, BlinkAlloc::with_chunk_size_in),
        1 => live::<BlinkAlloc<_, 4>>(input, |_, base| BlinkAlloc::with_min_align_in(base)),
        2 => live::<BlinkAlloc<_, 8>>(input, |_, base| BlinkAlloc::with_min_align_in(base)),
        3 => live::<BlinkAlloc<_, 16>>(input, |_, base| BlinkAlloc::with_min_align_in(base)),
        4 | 5 => live(input, SyncBlinkAlloc::with_chunk_size_in),
        6 => live(input, Leased::with_chunk_size_in),
        _ => live(input, Renewed::with_chunk_size_in),
    }
}

/// One arena after the other, until the input ends.
fn live<R: Arena>(input: Input<'_>, make: Make<R>) {
    let mut state = State::new(input);
    state.direct = R::DIRECT;
    let state = &mut state;
    while !state.input.is_empty() {
        let mut arena = new_arena(state, make);
        while !state.input.is_empty() {
            match state.input.byte() % 4 {
                0 => {
                    epoch(state, [Blink::new_in(&arena), Blink::new_in(&arena)]);
                    arena = between(state, arena);
                }
                1 | 2 => {
                    epoch(state, [Blink::new_in(&mut arena)]);
                    arena = between(state, arena);
                }
                _ if state.blocks.len() == 0 => {
                    epoch(state, [Blink::new_in(arena)]);
                    state.clear();
                    assert_eq!(state.base.live(), 0, "chunks leak");
                    arena = new_arena(state, make);
                }
                _ => {}
            }
        }
        drop(arena);
        state.clear();
        assert_eq!(state.base.live(), 0, "chunks leak");
    }
}

fn new_arena<R: Arena>(state: &mut State, make: Make<R>) -> R {
    let size = match state.input.byte() % 4 {
        0 => state.input.below(130),
        1 => state.input.size(),
        _ => 512,
    };
    let arena = make(size, state.base.clone());
    arena.set_limit(state.limit);
    state.check(&arena);
    arena
}

/// What an adaptor may be over.
trait Handle<R: Arena>: BlinkAllocator {
    /// Whether a reset of the adaptor resets the arena.
    const RESETS: bool;

    fn arena(&self) -> &R;

    /// An operation on an adaptor over it, or on frames of that.
    fn operate(state: &mut State, blink: &mut Blink<Self>, owner: usize, operation: u8)
    where
        Self: Sized,
    {
        operate(state, blink.allocator().arena(), blink, owner, operation);
    }
}

impl<R: Arena> Handle<R> for R {
    const RESETS: bool = true;

    fn arena(&self) -> &R {
        self
    }
}

impl<R: Arena> Handle<R> for &mut R {
    const RESETS: bool = true;

    fn arena(&self) -> &R {
        self
    }

    fn operate(state: &mut State, blink: &mut Blink<Self>, owner: usize, operation: u8) {
        let arena: *const R = blink.allocator().arena();
        // SAFETY: the arena is not in the adaptor, and is borrowed for longer. Frames and the
        // model share it, which does nothing to what is around the innermost frame.
        let arena = unsafe { &*arena };
        frames::operate(state, arena, &mut blink.as_frame(), owner, operation);
    }
}

impl<R: Arena> Handle<R> for &R {
    const RESETS: bool = false;

    fn arena(&self) -> &R {
        self
    }
}

/// Operations on the adaptors of one arena, up to their drop.
fn epoch<H: Handle<R>, R: Arena, const N: usize>(state: &mut State, mut blinks: [Blink<H>; N]) {
    let mut steps: usize = 0;
    while !state.input.is_empty() {
        let owner = state.input.byte() as usize % N;
        match state.input.byte() % OPERATIONS {
            0 => break,
            1 | 2 if steps > 8 && !state.steady => reset(state, &mut blinks[owner], owner),
            operation => H::operate(state, &mut blinks[owner], owner, operation),
        }
        state.check(blinks[owner].allocator().arena());
        steps += 1;
        if steps.is_multiple_of(32) {
            state.blocks.check();
        }
        if state.blocks.len() > 600 {
            break;
        }
    }
    for (owner, blink) in blinks.into_iter().enumerate() {
        if !H::RESETS && !state.owners[owner].leaks() && state.input.one_in(16) {
            state.forget(owner, blink);
        } else {
            state.drop_values(owner, || drop(blink));
        }
    }
}

/// Operations that there are; the last ones are those of frames.
const OPERATIONS: u8 = 104;

fn operate<A: Adaptor, R: Arena>(
    state: &mut State,
    arena: &R,
    blink: &A,
    owner: usize,
    operation: u8,
) {
    match operation {
        0..20 => state.allocate(arena),
        20..27 => state.grow(arena),
        27..33 => state.shrink(arena),
        33..42 => state.deallocate(arena),
        42 => state.reserve(arena),
        43 | 44 if state.steady => state.allocate(arena),
        43 => state.ask_too_much(arena),
        44 => state.restrict(arena),
        45..49 => typed::put(state, blink, owner),
        49..51 => typed::put_no_drop(state, blink),
        51 => typed::uninit(state, blink),
        52..56 => typed::copy(state, blink),
        56..61 => collect::from_iter(state, blink, owner),
        61..64 => collect::with(state, blink, owner),
        64..67 => slices::put_slice(state, blink, owner),
        67..70 => growing::grow(state, blink, owner),
        70..74 => slices::clone_slice(state, blink, owner),
        74..78 => slices::fill(state, blink, owner),
        78..82 => slices::fill_with(state, blink, owner),
        82 if !state.steady => slices::fill_too_many(state, blink),
        82..88 => fallible::with(state, blink, owner),
        88..92 => fallible::from_iter(state, blink, owner),
        _ => boxes::put_box(state, blink, owner),
    }
}

/// Drops an adaptor's values, and resets what it resets.
fn reset<H: Handle<R>, R: Arena>(state: &mut State, blink: &mut Blink<H>, owner: usize) {
    if state.input.one_in(4) {
        return state.drop_values(owner, || blink.drop_all());
    }
    state.drop_values(owner, || blink.reset());
    if H::RESETS {
        state.clear();
        assert_eq!(blink.allocator().arena().allocated_bytes(), 0);
    }
}

/// What is done to an arena without an adaptor.
fn between<R: Arena>(state: &mut State, mut arena: R) -> R {
    // Blocks outlive the adaptors, and moves of the arena.
    arena = *Box::new(arena);
    state.check(&arena);
    state.blocks.check();
    match state.input.byte() % 8 {
        0 if state.blocks.len() < 300 => return arena,
        // SAFETY: the model forgets all blocks below.
        1 => unsafe { arena.reset_unchecked() },
        2 => {
            let bytes = match state.input.byte() % 3 {
                0 => arena.total_capacity().saturating_sub(1),
                1 => arena.total_capacity() / 2 + 1,
                _ => state.input.size(),
            };
            arena.reset_to(bytes);
            assert!(arena.total_capacity() <= bytes);
        }
        3 => {
            arena.reset_final();
            assert_eq!(state.base.live(), 0, "chunks leak");
        }
        4 => equal_cycles(state, &mut arena),
        _ => arena.reset(),
    }
    state.clear();
    assert_eq!(arena.allocated_bytes(), 0);
    state.check(&arena);
    arena
}

/// The same operations again and again, on an arena without chunks: from the third cycle on
/// the base allocator is not called.
fn equal_cycles<R: Arena>(state: &mut State, arena: &mut R) {
    arena.reset_final();
    state.clear();
    state.free(arena);
    let len = state.input.below(1000);
    let cycle = state.input.split(len);
    let rest = mem::replace(&mut state.input, cycle.clone());
    state.steady = true;
    for number in 1..=6 {
        let calls = state.base.calls();
        state.input = cycle.clone();
        epoch(state, [Blink::new_in(&mut *arena)]);
        arena.reset();
        state.clear();
        state.check(arena);
        assert!(number < 3 || state.base.calls() == calls, "cycle {number}");
    }
    state.steady = false;
    state.input = rest;
}
