//! The functions that are counted: one operation each, as a caller that knows nothing else
//! would compile it.
//!
//! Their symbols are what callgrind looks for. They stay whole: never inlined, and visible
//! from outside, so that no constant of a caller gets in.

use core::{alloc::Layout, iter, mem::MaybeUninit, ptr::NonNull};
use std::rc::Rc;

use allocator_api2::{
    alloc::{AllocError, Allocator, Global},
    vec::Vec,
};
use blink_alloc::{Blink, BlinkAlloc, Frame, LocalBlinkAlloc, SyncBlinkAlloc, blink_frame};
use oxc_allocator::CloneIn;

use crate::clones::{
    BlinkNode, GraphNode, Node,
    foreign::OxcNode,
    graph::BlinkGraphNode,
    tree::{ArenaNode, copy_by_hand},
};

/// An arena whose blocks start at multiples of 8.
pub(crate) type BlinkAlloc8 = BlinkAlloc<Global, 8>;

type Block = Result<NonNull<[u8]>, AllocError>;

/// The layouts of the rows with a layout that is known at compile time.
pub(crate) const SMALL: Layout = Layout::new::<[u32; 5]>();
pub(crate) const LARGE: Layout = Layout::new::<[u32; 10]>();
const U64: Layout = Layout::new::<u64>();

/// A struct of 48 bytes.
pub(crate) type Bytes48 = [u64; 6];
/// A struct of 56 bytes.
pub(crate) type Bytes56 = [u64; 7];

/// A node of a tree.
pub(crate) struct TreeNode<'a> {
    pub(crate) left: Option<&'a TreeNode<'a>>,
    pub(crate) right: Option<&'a TreeNode<'a>>,
    pub(crate) value: u64,
}

/// Builds a tree whose nodes `put` places: a closure that is optimized before it is inlined.
fn build<'a>(put: &impl Fn(TreeNode<'a>) -> &'a TreeNode<'a>, depth: u32) -> &'a TreeNode<'a> {
    let child = || (depth > 0).then(|| build(put, depth - 1));
    let (left, right) = (child(), child());
    let value = u64::from(depth);
    put(TreeNode { left, right, value })
}

/// Functions whose one expression is the operation.
macro_rules! entries {
    ($($(#[$attr:meta])* fn $name:ident $(<$life:lifetime>)? ($($arg:ident: $type:ty),*) $(-> $out:ty)? $body:block)*) => {$(
        $(#[$attr])*
        #[inline(never)]
        #[unsafe(no_mangle)]
        pub(crate) fn $name $(<$life>)? ($($arg: $type),*) $(-> $out)? $body
    )*};
}

entries! {
    fn put_u8(blink: &Blink, value: u8) -> &mut u8 { blink.put(value) }
    fn put_u32(blink: &Blink, value: u32) -> &mut u32 { blink.put(value) }
    fn put_u64(blink: &Blink, value: u64) -> &mut u64 { blink.put(value) }
    fn put_48(blink: &Blink, value: Bytes48) -> &mut Bytes48 { blink.put(value) }
    fn put_56(blink: &Blink, value: Bytes56) -> &mut Bytes56 { blink.put(value) }
    fn put_string(blink: &Blink, value: String) -> &mut String { blink.put(value) }

    fn try_put_u8(blink: &Blink, value: u8) -> Result<&mut u8, u8> { blink.try_put(value) }
    fn try_put_u32(blink: &Blink, value: u32) -> Result<&mut u32, u32> { blink.try_put(value) }
    fn try_put_u64(blink: &Blink, value: u64) -> Result<&mut u64, u64> { blink.try_put(value) }
    fn try_put_48(blink: &Blink, value: Bytes48) -> Result<&mut Bytes48, Bytes48> {
        blink.try_put(value)
    }
    fn try_put_56(blink: &Blink, value: Bytes56) -> Result<&mut Bytes56, Bytes56> {
        blink.try_put(value)
    }
    fn try_put_u32_matched(blink: &Blink, value: u32) -> Option<&mut u32> {
        blink.try_put(value).ok()
    }
    fn try_put_u8_matched(blink: &Blink, value: u8) -> Option<&mut u8> {
        blink.try_put(value).ok()
    }
    fn try_put_u64_matched(blink: &Blink, value: u64) -> Option<&mut u64> {
        blink.try_put(value).ok()
    }
    fn try_put_56_matched(blink: &Blink, value: Bytes56) -> Option<&mut Bytes56> {
        blink.try_put(value).ok()
    }
    fn try_put_48_matched(blink: &Blink, value: Bytes48) -> Option<&mut Bytes48> {
        blink.try_put(value).ok()
    }

    fn uninit_u64(blink: &Blink) -> &mut MaybeUninit<u64> { blink.uninit() }
    fn emplace_with_u64<'a>(blink: &'a Blink, value: &u64) -> &'a mut u64 {
        blink.emplace().with(|| *value)
    }
    fn copy_slice_u8<'a>(blink: &'a Blink, slice: &[u8]) -> &'a mut [u8] {
        blink.copy_slice(slice)
    }
    fn copy_slice_u32<'a>(blink: &'a Blink, slice: &[u32]) -> &'a mut [u32] {
        blink.copy_slice(slice)
    }
    fn copy_str<'a>(blink: &'a Blink, string: &str) -> &'a mut str { blink.copy_str(string) }
    fn try_copy_slice_u8<'a>(blink: &'a Blink, slice: &[u8]) -> Option<&'a mut [u8]> {
        blink.try_copy_slice(slice)
    }
    fn try_copy_slice_u32<'a>(blink: &'a Blink, slice: &[u32]) -> Option<&'a mut [u32]> {
        blink.try_copy_slice(slice)
    }
    fn try_copy_str<'a>(blink: &'a Blink, string: &str) -> Option<&'a mut str> {
        blink.try_copy_str(string)
    }
    fn try_from_iter_unknown_length(blink: &Blink, count: u64) -> Option<&mut [u64]> {
        let mut next = 0;
        let numbers = iter::from_fn(move || {
            next += 1;
            (next <= count).then_some(next)
        });
        blink.emplace().try_from_iter(numbers).ok()
    }
    fn from_iter_unknown_length(blink: &Blink, count: u64) -> &mut [u64] {
        let mut next = 0;
        blink.emplace().from_iter(iter::from_fn(move || {
            next += 1;
            (next <= count).then_some(next)
        }))
    }

    fn first_put(place: &mut MaybeUninit<Blink>, value: u32) {
        place.write(Blink::new()).put(value);
    }
    fn frame_empty(blink: &mut Blink) { drop(blink.enter()) }
    fn frame_put_u32(blink: &mut Blink, value: u32) { blink.enter().frame().put(value); }
    fn scope_put_u32(blink: &mut Blink, value: u32) {
        blink.scope(|frame| { frame.put(value); })
    }
    fn frame_in_frame_put_u32(frame: &mut Frame<'_>, value: u32) {
        frame.enter().frame().put(value);
    }
    fn frame_put_string(blink: &mut Blink, value: String) { blink.enter().frame().put(value); }

    #[blink_frame]
    fn attribute_put_u32(value: u32) { blink.put(value); }

    fn reset_arena(arena: &mut BlinkAlloc) { arena.reset() }
    fn reset_blink(blink: &mut Blink) { blink.reset() }

    fn allocate_static(arena: &BlinkAlloc) -> Block { Allocator::allocate(arena, SMALL) }
    fn allocate_run_time(arena: &BlinkAlloc, layout: Layout) -> Block {
        Allocator::allocate(arena, layout)
    }

    fn shared_u64(arena: &SyncBlinkAlloc) -> Block { Allocator::allocate(arena, U64) }
    fn shared_run_time(arena: &SyncBlinkAlloc, layout: Layout) -> Block {
        Allocator::allocate(arena, layout)
    }
    fn shared_reset(arena: &mut SyncBlinkAlloc) { arena.reset() }
    fn arena_u64(arena: &BlinkAlloc) -> Block { Allocator::allocate(arena, U64) }
    fn local_u64(arena: &LocalBlinkAlloc<'_>) -> Block { Allocator::allocate(arena, U64) }
    fn local_put_u32<'a>(blink: &'a Blink<LocalBlinkAlloc<'_>>, value: u32) -> &'a mut u32 {
        blink.put(value)
    }
    fn local_lease(arena: &SyncBlinkAlloc) -> usize {
        let local = arena.local();
        let block = Allocator::allocate(&local, U64);
        block.map_or(0, |block| block.len())
    }

    fn put_tree(blink: &Blink, depth: u32) -> &TreeNode<'_> {
        build(&|node| blink.put_no_drop(node), depth)
    }

    fn clone_tree<'a>(blink: &'a Blink, tree: &Node) -> BlinkNode<'a> { blink.clone_in(tree) }
    fn try_clone_tree<'a>(blink: &'a Blink, tree: &Node) -> Option<BlinkNode<'a>> {
        blink.try_clone_in(tree).ok()
    }
    fn clone_tree_by_hand<'a>(blink: &'a Blink, tree: &Node) -> BlinkNode<'a> {
        copy_by_hand(blink, tree)
    }
    fn clone_arena_tree<'a>(blink: &'a Blink, tree: &ArenaNode<'_>) -> ArenaNode<'a> {
        blink.clone_in(tree)
    }
    fn clone_tree_by_oxc<'a>(
        arena: &'a oxc_allocator::Allocator,
        tree: &OxcNode<'_>
    ) -> OxcNode<'a> {
        tree.clone_in(arena)
    }
    fn clone_graph<'a>(blink: &'a Blink, graph: &[Rc<GraphNode>]) -> &'a [&'a BlinkGraphNode<'a>] {
        blink.clone_in(graph)
    }

    fn push_1000(arena: &BlinkAlloc) {
        let mut vec = Vec::new_in(arena);
        for value in 0..1000_u32 {
            vec.push(value);
        }
    }
    fn push_1000_in_turn(arena: &BlinkAlloc) {
        let mut vec = Vec::new_in(arena);
        let mut other = Vec::new_in(arena);
        for value in 0..1000_u32 {
            vec.push(value);
            other.push(value);
        }
    }
}

/// # Safety
///
/// `block` is a block of the arena with layout `SMALL`.
#[inline(never)]
#[unsafe(no_mangle)]
pub(crate) unsafe fn grow_static(arena: &BlinkAlloc, block: NonNull<u8>) -> Block {
    // SAFETY: the caller's promise.
    unsafe { arena.grow(block, SMALL, LARGE) }
}

/// # Safety
///
/// As `Allocator::grow`.
#[inline(never)]
#[unsafe(no_mangle)]
pub(crate) unsafe fn grow_run_time(
    arena: &BlinkAlloc,
    block: NonNull<u8>,
    old: Layout,
    new: Layout,
) -> Block {
    // SAFETY: the caller's promise.
    unsafe { arena.grow(block, old, new) }
}

/// # Safety
///
/// `block` is a block of the arena with layout `LARGE`.
#[inline(never)]
#[unsafe(no_mangle)]
pub(crate) unsafe fn shrink_static(arena: &BlinkAlloc, block: NonNull<u8>) -> Block {
    // SAFETY: the caller's promise.
    unsafe { arena.shrink(block, LARGE, SMALL) }
}

/// # Safety
///
/// As `Allocator::shrink`.
#[inline(never)]
#[unsafe(no_mangle)]
pub(crate) unsafe fn shrink_run_time(
    arena: &BlinkAlloc,
    block: NonNull<u8>,
    old: Layout,
    new: Layout,
) -> Block {
    // SAFETY: the caller's promise.
    unsafe { arena.shrink(block, old, new) }
}

/// # Safety
///
/// As `Allocator::deallocate`.
#[inline(never)]
#[unsafe(no_mangle)]
pub(crate) unsafe fn deallocate(arena: &BlinkAlloc, block: NonNull<u8>, layout: Layout) {
    // SAFETY: the caller's promise.
    unsafe { Allocator::deallocate(arena, block, layout) }
}

/// # Safety
///
/// As `Allocator::deallocate`.
#[inline(never)]
#[unsafe(no_mangle)]
pub(crate) unsafe fn shared_deallocate(arena: &SyncBlinkAlloc, block: NonNull<u8>, layout: Layout) {
    // SAFETY: the caller's promise.
    unsafe { Allocator::deallocate(arena, block, layout) }
}
