//! Frames next to the scopes of peers: calls that nest, and calls at the end of a chunk.
//!
//! The contenders do the same: every call has a frame and puts one value into it. All chunks
//! are there before.

use core::hint::black_box;

use blink_alloc::{Blink, BlinkAlloc, Frame, blink_frame};
use bump_scope::{Bump, BumpScope};
use stumpalo::{Arena, ArenaRef};

/// Depth of the nested calls, and number of the calls in a row.
const CALLS: u32 = 1000;

/// Room for all values of the nested calls, in one chunk.
const ROOM: usize = 1 << 17;

/// Bytes that a call in a row puts, and that the chunk in use has no room for.
type Block = [u64; 16];

#[inline(never)]
#[blink_frame]
fn dive(depth: u32) -> u32 {
    let value = black_box(blink.put(depth));
    if depth > 0 {
        dive(blink, depth - 1) + *value
    } else {
        *value
    }
}

#[inline(never)]
fn dive_scoped(scope: &mut BumpScope, depth: u32) -> u32 {
    scope.scoped(|scope| {
        let value = black_box(scope.alloc(depth).into_mut());
        if depth > 0 {
            dive_scoped(scope, depth - 1) + *value
        } else {
            *value
        }
    })
}

#[inline(never)]
fn dive_with_scope(arena: &mut ArenaRef, depth: u32) -> u32 {
    arena.with_scope(|scope| {
        let value = black_box(scope.alloc(depth));
        if depth > 0 {
            dive_with_scope(scope, depth - 1) + *value
        } else {
            *value
        }
    })
}

#[inline(never)]
#[blink_frame]
fn call(block: &Block) {
    black_box(blink.put(*block));
}

#[inline(never)]
fn call_scoped(scope: &mut BumpScope, block: &Block) {
    scope.scoped(|scope| {
        black_box(scope.alloc(*block).into_mut());
    });
}

#[inline(never)]
fn call_with_scope(arena: &mut ArenaRef, block: &Block) {
    arena.with_scope(|scope| {
        black_box(scope.alloc(*block));
    });
}

/// Functions that are counted. Not those that call themselves: collecting would stop and
/// start with each call.
macro_rules! entries {
    ($($name:ident($arena:ident: $type:ty) $body:block)*) => {$(
        #[inline(never)]
        #[unsafe(no_mangle)]
        fn $name($arena: &mut $type) -> u32 $body
    )*};
}

entries! {
    frames_deep(frame: Frame<'_>) { dive(frame, CALLS) }
    frames_deep_bump_scope(scope: BumpScope<'_>) { dive_scoped(scope, CALLS) }
    frames_deep_stumpalo(arena: ArenaRef<'_>) { dive_with_scope(arena, CALLS) }
    frames_in_row(frame: Frame<'_>) {
        (0..CALLS).for_each(|_| call(frame, &[1; 16]));
        CALLS
    }
    frames_in_row_bump_scope(scope: BumpScope<'_>) {
        (0..CALLS).for_each(|_| call_scoped(scope, &[1; 16]));
        CALLS
    }
    frames_in_row_stumpalo(arena: ArenaRef<'_>) {
        (0..CALLS).for_each(|_| call_with_scope(arena, &[1; 16]));
        CALLS
    }
}

/// How many values fit into one chunk, by where they are put.
fn one_chunk(mut put: impl FnMut() -> *mut u64) -> usize {
    let mut last = put().addr();
    let mut count = 1;
    loop {
        let next = put().addr();
        if last.abs_diff(next) != size_of::<u64>() {
            return count;
        }
        (last, count) = (next, count + 1);
    }
}

pub(crate) fn deep() {
    let mut blink = Blink::new_in(BlinkAlloc::with_capacity(ROOM));
    let mut frame = blink.as_frame();
    black_box(frames_deep(black_box(&mut frame)));
}

pub(crate) fn deep_bump_scope() {
    let mut bump: Bump = Bump::with_size(ROOM);
    let scope = bump.as_mut_scope();
    black_box(frames_deep_bump_scope(black_box(scope)));
}

pub(crate) fn deep_stumpalo() {
    let mut arena = Arena::with_capacity(ROOM);
    let arena = arena.as_arena_ref_mut();
    black_box(frames_deep_stumpalo(black_box(arena)));
}

pub(crate) fn in_row() {
    let blink = Blink::new();
    let fit = one_chunk(|| blink.put(1));
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    (0..fit).for_each(|_| *frame.put(1_u64) = 2);
    call(&mut frame, &[1; 16]);
    black_box(frames_in_row(black_box(&mut frame)));
}

pub(crate) fn in_row_bump_scope() {
    let bump: Bump = Bump::new();
    let fit = one_chunk(|| bump.alloc(1).into_mut());
    let mut bump: Bump = Bump::new();
    let scope = bump.as_mut_scope();
    (0..fit).for_each(|_| *scope.alloc(1_u64) = 2);
    call_scoped(scope, &[1; 16]);
    black_box(frames_in_row_bump_scope(black_box(scope)));
}

pub(crate) fn in_row_stumpalo() {
    let arena = Arena::new();
    let fit = one_chunk(|| arena.alloc(1));
    let mut arena = Arena::new();
    let arena = arena.as_arena_ref_mut();
    (0..fit).for_each(|_| *arena.alloc(1_u64) = 2);
    call_with_scope(arena, &[1; 16]);
    black_box(frames_in_row_stumpalo(black_box(arena)));
}
