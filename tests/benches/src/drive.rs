//! What calls the counted functions: each in the steady state, with a warm arena, so that
//! every call takes the same path.
//!
//! What prepares a call is not part of the counted function, and so is not counted.

use core::{hint::black_box, mem::MaybeUninit, ptr::NonNull};

use allocator_api2::alloc::Global;
use blink_alloc::{Blink, BlinkAlloc, SyncBlinkAlloc};

use crate::{
    clones::{
        Node,
        foreign::OxcNode,
        graph,
        tree::{ArenaNode, tree_of_1000},
    },
    entry::{self, BlinkAlloc8, LARGE, SMALL},
};

/// Calls in one run of a row.
pub(crate) const CALLS: u64 = 100;

/// Room for all that one run allocates.
pub(crate) const ROOM: usize = 1 << 17;

/// An arena that has settled on one chunk.
pub(crate) fn warm_arena() -> BlinkAlloc {
    let mut arena = BlinkAlloc::with_capacity(ROOM);
    arena.reset();
    arena.reset();
    arena
}

/// [`warm_arena`] with another minimum alignment.
pub(crate) fn warm_arena_min_8() -> BlinkAlloc8 {
    let mut arena = BlinkAlloc8::with_min_align_in(Global);
    arena.reserve(ROOM);
    arena.reset();
    arena.reset();
    arena
}

/// [`warm_arena`] in an adaptor.
pub(crate) fn warm() -> Blink {
    Blink::new_in(warm_arena())
}

/// [`warm_arena`] for several threads.
pub(crate) fn warm_shared() -> SyncBlinkAlloc {
    let mut arena = SyncBlinkAlloc::with_capacity(ROOM);
    arena.reset();
    arena.reset();
    arena
}

/// Calls [`CALLS`] times. Neither the arguments nor the results are known to the compiler.
pub(crate) fn repeat<S, T: Clone, R>(mut state: S, argument: T, call: fn(&mut S, T) -> R) {
    for _ in 0..CALLS {
        black_box(call(black_box(&mut state), black_box(argument.clone())));
    }
}

/// New arenas, with a global allocator that has met the size before.
pub(crate) fn first_put() {
    black_box(Blink::new().put(1));
    for _ in 0..CALLS {
        let mut place = MaybeUninit::uninit();
        entry::first_put(black_box(&mut place), black_box(1));
        // SAFETY: the function has written it.
        drop(black_box(unsafe { place.assume_init() }));
    }
}

/// A block of `SMALL` at the tip.
fn small(arena: &BlinkAlloc) -> NonNull<u8> {
    arena.allocate(SMALL).expect("a warm arena has room").cast()
}

/// A block of `LARGE` at the tip.
fn large(arena: &BlinkAlloc) -> NonNull<u8> {
    arena.allocate(LARGE).expect("a warm arena has room").cast()
}

pub(crate) fn grow_static() {
    repeat(warm_arena(), (), |arena, ()| {
        // SAFETY: a block of `SMALL`.
        unsafe { entry::grow_static(arena, black_box(small(arena))) }
    });
}

pub(crate) fn grow_run_time() {
    repeat(warm_arena(), (SMALL, LARGE), |arena, (old, new)| {
        // SAFETY: a block of `SMALL`, which is not larger than `LARGE`.
        unsafe { entry::grow_run_time(arena, black_box(small(arena)), old, new) }
    });
}

pub(crate) fn grow_elsewhere_static() {
    repeat(warm_arena(), (), |arena, ()| {
        let block = small(arena);
        small(arena);
        // SAFETY: a block of `SMALL`.
        unsafe { entry::grow_static(arena, black_box(block)) }
    });
}

pub(crate) fn grow_elsewhere_run_time() {
    repeat(warm_arena(), (SMALL, LARGE), |arena, (old, new)| {
        let block = small(arena);
        small(arena);
        // SAFETY: a block of `SMALL`, which is not larger than `LARGE`.
        unsafe { entry::grow_run_time(arena, black_box(block), old, new) }
    });
}

pub(crate) fn shrink_tip_static() {
    repeat(warm_arena(), (), |arena, ()| {
        // SAFETY: a block of `LARGE`.
        unsafe { entry::shrink_static(arena, black_box(large(arena))) }
    });
}

pub(crate) fn shrink_tip_run_time() {
    repeat(warm_arena(), (LARGE, SMALL), |arena, (old, new)| {
        // SAFETY: a block of `LARGE`, which is not smaller than `SMALL`.
        unsafe { entry::shrink_run_time(arena, black_box(large(arena)), old, new) }
    });
}

pub(crate) fn shrink_elsewhere_run_time() {
    repeat(warm_arena(), (LARGE, SMALL), |arena, (old, new)| {
        let block = large(arena);
        small(arena);
        // SAFETY: a block of `LARGE`, which is not smaller than `SMALL`.
        unsafe { entry::shrink_run_time(arena, black_box(block), old, new) }
    });
}

pub(crate) fn shrink_elsewhere_static() {
    repeat(warm_arena(), (), |arena, ()| {
        let block = large(arena);
        small(arena);
        // SAFETY: a block of `LARGE`.
        unsafe { entry::shrink_static(arena, black_box(block)) }
    });
}

pub(crate) fn deallocate_tip() {
    repeat(warm_arena(), SMALL, |arena, layout| {
        // SAFETY: a block of `SMALL`, not used afterwards.
        unsafe { entry::deallocate(arena, black_box(small(arena)), layout) }
    });
}

pub(crate) fn deallocate_elsewhere() {
    repeat(warm_arena(), SMALL, |arena, layout| {
        let block = small(arena);
        small(arena);
        // SAFETY: a block of `SMALL`, not used afterwards.
        unsafe { entry::deallocate(arena, black_box(block), layout) }
    });
}

pub(crate) fn shared_deallocate_tip() {
    repeat(warm_shared(), SMALL, |arena, layout| {
        let block = arena.allocate(layout).expect("a warm arena has room");
        // SAFETY: a block of `SMALL`, not used afterwards.
        unsafe { entry::shared_deallocate(arena, black_box(block.cast()), layout) }
    });
}

/// Allocates from local arenas with a lease that has room.
pub(crate) fn local_u64() {
    let shared = warm_shared();
    let local = shared.local();
    local.reserve(CALLS as usize * 8);
    repeat(local, (), |local, ()| entry::local_u64(local));
}

/// [`local_u64`] in an adaptor.
pub(crate) fn local_put_u32() {
    let shared = warm_shared();
    let local = shared.local();
    local.reserve(CALLS as usize * 8);
    repeat(Blink::new_in(local), 1, |blink, value| {
        *entry::local_put_u32(blink, value)
    });
}

/// Local arenas one after the other, with the lease that the first one has left.
pub(crate) fn local_lease() {
    let shared = warm_shared();
    shared.local().reserve(1);
    repeat(shared, (), |shared, ()| entry::local_lease(shared));
}

/// One reset of 1000 strings.
pub(crate) fn reset_strings(string: fn() -> String) {
    let mut blink = warm();
    for _ in 0..1000 {
        blink.put(string());
    }
    entry::reset_blink(black_box(&mut blink));
}

/// One vector that grows at the tip to 1000 elements.
pub(crate) fn push_1000() {
    entry::push_1000(black_box(&warm_arena()));
}

/// Two vectors that are never both at the tip.
pub(crate) fn push_1000_in_turn() {
    entry::push_1000_in_turn(black_box(&warm_arena()));
}

/// One deep copy of a tree.
pub(crate) fn clone_tree<R>(clone: fn(&'static Blink, &Node) -> R) {
    let blink: &Blink = Box::leak(Box::new(warm()));
    let tree = tree_of_1000();
    black_box(clone(black_box(blink), black_box(&tree)));
}

/// One deep copy of a tree that is in an arena.
pub(crate) fn clone_arena_tree() {
    let (from, to) = (warm(), warm());
    let tree = ArenaNode::of(&tree_of_1000(), &from);
    black_box(entry::clone_arena_tree(black_box(&to), black_box(&tree)));
}

/// One copy by oxc_allocator of a tree that is in such an arena.
pub(crate) fn clone_tree_by_oxc() {
    let arena = || oxc_allocator::Allocator::with_capacity(ROOM);
    let (from, to) = (arena(), arena());
    let tree = OxcNode::of(&tree_of_1000(), &from);
    black_box(entry::clone_tree_by_oxc(black_box(&to), black_box(&tree)));
}

/// One deep copy of a graph in which each node is shared.
pub(crate) fn clone_graph() {
    let (blink, graph) = (warm(), graph(10, 100));
    black_box(entry::clone_graph(black_box(&blink), black_box(&graph)));
}
