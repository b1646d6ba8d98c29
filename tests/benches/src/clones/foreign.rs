//! The trees of peers that copy to nodes of their own types.

use core::{alloc::Layout, ptr::NonNull};
use std::alloc::GlobalAlloc;

use allocator_api2::{
    alloc::{AllocError, Allocator},
    vec::Vec as VecIn,
};
use mimalloc::MiMalloc;
use oxc_allocator::{CloneIn, CloneInSemanticIds, Vec as OxcVec};

use crate::clones::{Node, tree::walks};

/// A [`Node`] with its memory from an allocator, and a `Clone` that does what that of the
/// standard library's types does.
#[derive(Clone)]
pub struct NodeIn<A: Allocator + Clone> {
    id: u64,
    name: VecIn<u8, A>,
    children: VecIn<NodeIn<A>, A>,
}

impl<A: Allocator + Copy> NodeIn<A> {
    /// A tree like another one.
    pub fn of(node: &Node, allocator: A) -> Self {
        let mut name = VecIn::with_capacity_in(node.name.len(), allocator);
        name.extend_from_slice(node.name.as_bytes());
        let mut children = VecIn::with_capacity_in(node.children.len(), allocator);
        children.extend(node.children.iter().map(|child| Self::of(child, allocator)));
        Self {
            id: node.id,
            name,
            children,
        }
    }
}

walks!(
    /// Walks such a tree.
    walk_in [A: Allocator + Clone], NodeIn<A>
);

/// mimalloc, as an allocator that values are passed.
#[derive(Clone, Copy, Debug)]
pub struct Mi;

// SAFETY: blocks are mimalloc's own, and live until they are deallocated, whoever has an `Mi`.
unsafe impl Allocator for Mi {
    #[inline]
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        if layout.size() == 0 {
            let place = NonNull::dangling();
            return Ok(NonNull::slice_from_raw_parts(place, 0));
        }
        // SAFETY: the size is not zero.
        let block = unsafe { MiMalloc.alloc(layout) };
        let block = NonNull::new(block).ok_or(AllocError)?;
        Ok(NonNull::slice_from_raw_parts(block, layout.size()))
    }

    #[inline]
    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        if layout.size() != 0 {
            // SAFETY: the caller's promise: the block comes from `alloc` with this layout.
            unsafe { MiMalloc.dealloc(block.as_ptr(), layout) };
        }
    }
}

/// A [`Node`] in an arena of oxc_allocator.
pub struct OxcNode<'a> {
    id: u64,
    name: &'a str,
    children: OxcVec<'a, OxcNode<'a>>,
}

impl<'a> OxcNode<'a> {
    /// A tree like another one.
    pub fn of(node: &Node, arena: &'a oxc_allocator::Allocator) -> Self {
        let children = node.children.iter().map(|child| Self::of(child, arena));
        Self {
            id: node.id,
            name: arena.alloc_str(&node.name),
            children: OxcVec::from_iter_in(children, &arena),
        }
    }
}

impl<'a> CloneIn<'a> for OxcNode<'_> {
    type Cloned = OxcNode<'a>;

    fn clone_in_impl(
        &self,
        ids: CloneInSemanticIds,
        arena: &'a oxc_allocator::Allocator,
    ) -> OxcNode<'a> {
        OxcNode {
            id: self.id.clone_in_impl(ids, arena),
            name: self.name.clone_in_impl(ids, arena),
            children: self.children.clone_in_impl(ids, arena),
        }
    }
}

walks!(
    /// Walks such a tree.
    walk_oxc, OxcNode<'_>
);
