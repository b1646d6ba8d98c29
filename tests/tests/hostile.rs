//! Base allocators that panic, and one that uses the arena it serves.

use std::{
    cell::{Cell, RefCell},
    ptr::NonNull,
};

use allocator_api2::{
    alloc::{AllocError, Allocator, Global, Layout},
    vec::Vec as ApiVec,
};
use blink_alloc::{Blink, BlinkAlloc};
use blink_tests::{
    arena::Arena,
    base::Base,
    block::{Block, assert_disjoint, layout},
    drops::{self, Byte, Counted, planned},
    every_arena,
};

fn put_all<A: Arena>(arena: &A, sizes: &[usize]) {
    for &size in sizes {
        Block::new(arena, layout(size, 8), 1).unwrap();
    }
}

/// What chunks are added for, in one cycle and the next.
const CYCLES: [&[usize]; 3] = [
    &[100, 1000, 3000, 50_000, 10],
    &[60_000, 60_000, 300_000, 10],
    &[10],
];

#[test]
fn a_panic_of_allocate_changes_nothing() {
    fn check<A: Arena>(arena: A) {
        let mut block = Block::new(&arena, layout(100, 1), 1).unwrap();
        for _ in 0..3 {
            let before = arena.stats();
            // More than any chunk has.
            let large = layout(arena.inner().live() + 10_000, 1);
            arena.inner().panic_after(0);
            assert!(planned(|| _ = arena.allocate(large)));
            arena.inner().panic_after(0);
            assert!(planned(|| arena.reserve(large.size())));
            arena.inner().panic_after(0);
            assert!(planned(|| _ = block.grow(large)));
            assert_eq!(arena.stats(), before);
            block.check();
            block.grow(large).unwrap();
        }
    }
    every_arena!(check);
}

#[test]
fn a_panic_of_allocate_drops_no_value_twice() {
    fn check<A: Arena>(arena: A) {
        let base = arena.inner().clone();
        let operations: [fn(&Blink<A>); 4] = [
            |blink| _ = blink.put(Byte::new(1)),
            |blink| _ = blink.emplace().value(Byte::new(2)),
            |blink| {
                let captured = Byte::new(3);
                _ = blink.emplace().with(move || captured);
            },
            |blink| _ = blink.emplace().from_iter((4..9).map(Byte::new)),
        ];
        for operation in operations {
            drops::restart();
            let mut blink = Blink::new_in(A::over(base.clone()));
            base.panic_after(0);
            assert!(planned(|| operation(&blink)));
            assert!(drops::dropped() <= drops::made());
            let before = drops::made() - drops::dropped();
            operation(&blink);
            blink.reset();
            assert_eq!(drops::made() - drops::dropped(), before);
        }
    }
    every_arena!(check, [Base::plain()]);
}

#[test]
fn a_panic_of_the_allocator_that_held_the_items_drops_them_once() {
    // The items have moved when what held them is freed.
    type Take<A> = fn(&Blink<A>, ApiVec<Byte, Base>);
    fn check<A: Arena>(arena: A) {
        let operations: [Take<A>; 4] = [
            |blink, items| _ = blink.put_slice(items),
            |blink, items| _ = blink.try_put_slice(items),
            |blink, items| _ = blink.put_slice(items.into_boxed_slice()),
            |blink, items| _ = blink.try_put_slice(items.into_boxed_slice()),
        ];
        for operation in operations {
            let mut blink = Blink::new_in(arena.again());
            blink.allocator().reserve(1000);
            let used = blink.allocator().allocated_bytes();
            for _ in 0..3 {
                drops::restart();
                let base = Base::plain();
                let mut items = ApiVec::with_capacity_in(9, base.clone());
                items.extend((0..9).map(Byte::new));
                base.panic_after(0);
                assert!(planned(|| operation(&blink, items)));
                assert_eq!(drops::order(), (0..9).collect::<Vec<_>>());
                assert_eq!(base.blocks(), 0);
                assert_eq!(blink.allocator().allocated_bytes(), used);
            }
            blink.put(Byte::new(9));
            blink.reset();
            assert_eq!(drops::order(), [9]);
        }
    }
    every_arena!(check, [Base::plain()]);
}

/// Runs the cycles, with a panic at the n-th call; then some more. Whether there was a panic.
fn run<A: Arena>(base: &Base, n: usize, reset: fn(&mut A)) -> bool {
    let mut arena = A::over(base.clone());
    let mut panicked = false;
    base.panic_after(n);
    for sizes in CYCLES.iter().chain(&CYCLES) {
        panicked |= planned(|| put_all(&arena, sizes));
        panicked |= planned(|| reset(&mut arena));
        for chunk in arena.stats().iter() {
            assert!(chunk.used <= chunk.capacity);
        }
    }
    base.obey();
    arena.reset();
    assert_eq!(arena.allocated_bytes(), 0);
    panicked
}

#[test]
fn a_panic_at_the_nth_call_leaves_the_arena_usable() {
    fn check<A: Arena>(arena: A) {
        let resets: [fn(&mut A); 3] = [A::reset, A::reset_final, |arena| arena.reset_to(5000)];
        for reset in resets {
            let mut n = 0;
            loop {
                let base = arena.inner().again();
                let panicked = run(&base, n, reset);
                // What was to be freed behind the panic has leaked, and nothing else.
                base.reclaim();
                if !panicked {
                    break;
                }
                n += 1;
            }
            assert!(n > 5, "otherwise nothing is tested");
        }
    }
    every_arena!(check);
}

/// A base allocator that allocates from its arena before it gives it a chunk.
#[derive(Default)]
struct Nested {
    arena: Cell<Option<&'static BlinkAlloc<Nested>>>,
    /// Sizes of the blocks that it takes.
    takes: RefCell<Vec<usize>>,
    blocks: RefCell<Vec<Block<'static, BlinkAlloc<Nested>>>>,
}

// SAFETY: blocks are those of `Global`.
unsafe impl Allocator for Nested {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        let size = self.takes.borrow_mut().pop();
        if let (Some(size), Some(arena)) = (size, self.arena.get()) {
            let own = blink_tests::block::layout(size, 8);
            let block = Block::new(arena, own, size as u8)?;
            self.blocks.borrow_mut().push(block);
        }
        Global.allocate(layout)
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { Global.deallocate(ptr, layout) };
    }
}

#[test]
fn a_base_allocator_may_use_the_arena() {
    let leaked = Box::into_raw(Box::new(BlinkAlloc::new_in(Nested::default())));
    // SAFETY: freed at the end, when no reference is left.
    let arena: &'static BlinkAlloc<Nested> = unsafe { &*leaked };
    let nested = arena.inner();
    nested.arena.set(Some(arena));

    let mut ours = Vec::new();
    for (round, takes) in [
        &[10][..],
        &[5000],
        &[400, 3000, 100_000],
        &[1 << 20, 10, 1 << 20],
    ]
    .into_iter()
    .cycle()
    .take(12)
    .enumerate()
    {
        nested.takes.replace(takes.to_vec());
        let beyond = arena.total_capacity() + 1;
        ours.push(Block::new(arena, layout(beyond.min(1 << 20), 16), round as u8).unwrap());
        nested.takes.replace(takes.to_vec());
        arena.reserve(1000 * round);
        ours.push(Block::new(arena, layout(100, 1), 200).unwrap());
        let mut all = nested.blocks.take();
        all.append(&mut ours);
        all.iter().for_each(Block::check);
        assert_disjoint(&all);
        ours = all;
    }
    for chunk in arena.stats().iter() {
        assert!(chunk.used <= chunk.capacity);
    }
    drop(ours);
    // SAFETY: from `Box::into_raw`, and the references are not used any more.
    drop(unsafe { Box::from_raw(leaked) });
}
