//! Frames: entered and left in every way, with operations and more frames in them.

use core::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use allocator_api2::vec::Vec as ArenaVec;
use blink_alloc::{Frame, Rewind, Slot};

use super::{
    Arena,
    blocks::text,
    state::{Level, State, was_planned},
    typed::add_plain,
    values::{self, planned_panic},
};

/// Frames in each other.
const DEEPEST: usize = 6;

/// An operation on a frame.
pub(super) fn operate<A: Rewind, R: Arena>(
    state: &mut State,
    arena: &R,
    frame: &mut Frame<'_, A>,
    owner: usize,
    operation: u8,
) {
    match operation {
        95 => keep(state, frame),
        96..102 if state.depth < DEEPEST => nested(state, arena, frame, owner),
        102..104 if state.depth < DEEPEST => equal_frames(state, arena, frame, owner),
        _ => super::operate(state, arena, frame, owner, operation),
    }
}

/// How a frame ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// With its closure.
    Scope,
    /// With its guard.
    Guard,
    /// With the guard of the frame around it, which has nothing else in it; its own is
    /// forgotten.
    Outer,
    /// By a panic that goes through a closure.
    Panic,
    /// Not at all: the guard is forgotten.
    Forgotten,
}

fn nested<A: Rewind, R: Arena>(
    state: &mut State,
    arena: &R,
    frame: &mut Frame<'_, A>,
    owner: usize,
) {
    let end = match state.input.byte() % 8 {
        0..3 => End::Scope,
        3 | 4 => End::Guard,
        5 => End::Outer,
        6 => End::Panic,
        _ => End::Forgotten,
    };
    let slot = frame.try_slot::<[u8; 40]>();
    state.check(arena);
    let offset = state.new_offset();
    let place = slot.map(|slot| fill(slot, offset));
    within(state, arena, frame, owner, end);
    if let Some(place) = place {
        add_plain(state, place, 40, offset);
    }
}

/// Fills a place of a frame with text, so that what is put into a frame inside must not lie there.
fn fill(slot: Slot<'_, [u8; 40]>, offset: usize) -> &mut [u8] {
    slot.fill(*text()[offset..].first_chunk().expect("enough text"))
}

/// A frame, from its beginning to its end.
fn within<A: Rewind, R: Arena>(
    state: &mut State,
    arena: &R,
    frame: &mut Frame<'_, A>,
    owner: usize,
    end: End,
) {
    let level = state.enter(owner, arena.allocated_bytes());
    let run = || {
        let mut body = |frame: &mut Frame<'_, A>| body(state, arena, frame, owner, end);
        match end {
            End::Scope | End::Panic => frame.scope(|frame| body(frame)),
            End::Guard => body(frame.enter().frame()),
            End::Outer => {
                let mut outer = frame.enter();
                let mut guard = outer.frame().enter();
                body(guard.frame());
                mem::forget(guard);
            }
            End::Forgotten => {
                let mut guard = frame.enter();
                body(guard.frame());
                mem::forget(guard);
            }
        }
    };
    let result = catch_unwind(AssertUnwindSafe(run));
    values::arm(false);
    finish(state, arena, owner, end, level, was_planned(result));
    state.check(arena);
}

/// What is done in a frame. Its values are dropped next.
fn body<A: Rewind, R: Arena>(
    state: &mut State,
    arena: &R,
    frame: &mut Frame<'_, A>,
    owner: usize,
    end: End,
) {
    while !state.input.is_empty() && state.blocks.len() <= 600 {
        match state.input.byte() % super::OPERATIONS {
            0..8 => break,
            operation => operate(state, arena, frame, owner, operation),
        }
        state.check(arena);
    }
    state.blocks.check();
    match end {
        End::Panic => planned_panic(),
        End::Forgotten => {}
        _ => values::arm(true),
    }
}

fn finish<R: Arena>(
    state: &mut State,
    arena: &R,
    owner: usize,
    end: End,
    level: Level,
    panicked: bool,
) {
    match end {
        End::Forgotten => {
            assert!(!panicked);
            return state.merge(level);
        }
        End::Panic => {
            assert!(panicked);
            state.leave(owner, level, None);
        }
        _ => state.leave(owner, level, Some(panicked)),
    }
    assert_eq!(arena.allocated_bytes(), level.used, "{end:?}");
}

/// The same frame again and again: from the third on the base allocator is not called.
fn equal_frames<A: Rewind, R: Arena>(
    state: &mut State,
    arena: &R,
    frame: &mut Frame<'_, A>,
    owner: usize,
) {
    if !state.is_reliable() {
        return;
    }
    let len = state.input.below(300);
    let script = state.input.split(len);
    let rest = mem::replace(&mut state.input, script.clone());
    let steady = mem::replace(&mut state.steady, true);
    for number in 1..=4 {
        let calls = state.base.calls();
        state.input = script.clone();
        within(state, arena, frame, owner, End::Guard);
        assert!(number < 3 || state.base.calls() == calls, "frame {number}");
    }
    state.steady = steady;
    state.input = rest;
}

/// A collection on the handle, whose items stay.
fn keep<A: Rewind>(state: &mut State, frame: &Frame<'_, A>) {
    let (offset, len) = (state.new_offset(), state.input.size());
    let refused = state.base.refused();
    let mut items = ArenaVec::new_in(frame);
    for piece in text()[offset..][..len].chunks(1 + len / 3) {
        if items.try_reserve(piece.len()).is_err() {
            return state.assert_refused(refused);
        }
        items.extend_from_slice(piece);
    }
    add_plain(state, Frame::keep(items), len, offset);
}
