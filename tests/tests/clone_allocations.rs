//! What a deep copy takes from the global allocator: nothing, unless values are shared.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    rc::Rc,
    sync::Arc,
};

use blink_alloc::{Blink, BlinkAlloc, BlinkClone};

thread_local! {
    /// Allocations of this thread so far.
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: that of the system.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.set(CALLS.get() + 1);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Allocations for a copy of the value, beside those of the arena, which has room.
fn calls<T: for<'blink> BlinkClone<'blink> + ?Sized>(value: &T) -> usize {
    let blink = Blink::new_in(BlinkAlloc::with_capacity(1 << 16));
    let before = CALLS.get();
    let copy = blink.clone_in(value);
    let calls = CALLS.get() - before;
    drop(copy);
    let copy = blink.try_clone_in(value);
    assert_eq!(CALLS.get() - before, 2 * calls);
    drop(copy.ok().unwrap());
    calls
}

#[test]
fn unique_pointers_take_none() {
    let text = String::from("text");
    let many = vec![(Box::new(text.clone()), Some(Box::new([1_u8; 100]))); 100];
    assert_eq!(calls(&many), 0);
    assert_eq!(calls("text"), 0);
    assert_eq!(calls(&[&text; 20]), 0);
    let unique: Vec<_> = (0..100)
        .map(|n| (Rc::new(n), Arc::new(n), Rc::new([n])))
        .collect();
    assert_eq!(calls(&unique), 0);
    let slices: Vec<(Rc<[u32]>, Arc<str>)> = vec![(Rc::from([1, 2]), Arc::from("text"))];
    assert_eq!(calls(&slices), 0);
    assert_eq!(calls(&Box::new(Rc::new(Box::new(Arc::new(1))))), 0);
}

/// What points to nothing, or to nothing any more, is not remembered.
#[test]
fn dead_weak_pointers_take_none() {
    let dead = Rc::downgrade(&Rc::new(1));
    assert_eq!(calls(&(dead, std::sync::Weak::<u8>::new())), 0);
}

#[test]
fn shared_ones_take_a_memo() {
    let (rc, arc) = (Rc::new(1), Arc::new(1));
    assert!(calls(&[rc.clone(), rc.clone()]) > 0);
    assert!(calls(&[arc.clone(), arc.clone()]) > 0);
    assert!(calls(&Rc::downgrade(&rc)) > 0);
    drop(arc);
}
