//! Counts of items at the edges of what there is.

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
};

use blink_alloc::{Blink, BlinkAlloc, SyncBlinkAlloc};
use blink_tests::{
    arena::{Arena, Leased},
    base::Base,
    drops::{self, Byte, Counted, Large, NO_ID, Nothing, Wide, Word},
    every_kind,
};

/// What the base allocator here gives at most.
const CEILING: usize = 1 << 20;
const LARGEST: usize = isize::MAX as usize;

/// Counts of items of some size, from the first that is too large for the base allocator.
fn too_many(size: usize) -> impl Iterator<Item = usize> {
    let edges = [
        CEILING / size + 5,
        LARGEST / size,
        usize::MAX / size,
        LARGEST,
        usize::MAX - 4,
    ];
    edges
        .into_iter()
        .flat_map(|edge| (0..9).map(move |k| edge.saturating_add(k).saturating_sub(4)))
        .filter(move |count| count.saturating_mul(size) > CEILING)
}

/// Whether so many items have no layout.
fn overflows<T>(count: usize) -> bool {
    // A slice that is dropped has three words in front of it.
    let front = if mem::needs_drop::<T>() {
        3 * size_of::<usize>()
    } else {
        0
    };
    let bytes = size_of::<T>().checked_mul(count);
    bytes.is_none_or(|bytes| bytes > LARGEST - front.next_multiple_of(align_of::<T>()))
}

/// Every method refuses so many items before it makes one, over each kind of arena.
fn check<T: Clone + 'static>(make: fn() -> T) {
    check_over::<T, BlinkAlloc<_>>(make);
    check_over::<T, SyncBlinkAlloc<_>>(make);
    check_over::<T, Leased<_>>(make);
}

fn check_over<T: Clone + 'static, A: Arena>(make: fn() -> T) {
    drops::restart();
    let base = Base::plain();
    base.set_ceiling(CEILING);
    for before in [0, 1, 500] {
        let mut blink = Blink::new_in(A::over(base.clone()));
        blink.copy_slice(&vec![1_u8; before]);
        let stats = blink.allocator().stats();
        let uncalled = |_: usize| -> T { unreachable!("called before there was room") };
        let mut overflowed = 0;
        for count in too_many(size_of::<T>()) {
            let made = drops::made();
            assert!(blink.try_fill(count, make()).is_err());
            assert!(blink.try_fill_with(count, uncalled).is_err());
            if overflows::<T>(count) {
                overflowed += 1;
                let calls: [&dyn Fn(); 2] = [&|| _ = blink.fill(count, make()), &|| {
                    _ = blink.fill_with(count, uncalled)
                }];
                for call in calls {
                    let payload = catch_unwind(AssertUnwindSafe(call)).unwrap_err();
                    assert_eq!(payload.downcast_ref(), Some(&"capacity overflow"));
                }
            }
            // The value itself, which came back or was dropped by the panic.
            assert!(drops::made() - made <= 2);
            drops::assert_counts();
        }
        assert!(overflowed > 10);
        assert_eq!(blink.allocator().stats(), stats);
        for count in [0, 1, 2, 10] {
            assert_eq!(blink.try_fill(count, make()).ok().unwrap().len(), count);
            assert_eq!(blink.fill_with(count, |_| make()).len(), count);
        }
        blink.reset();
        drops::assert_counts();
    }
}

#[test]
fn too_many_items_are_refused() {
    check(|| 7_u8);
    check(|| [7_u8; 3]);
    check(|| 7_u64);
    check(|| [7_u8; 4096]);
    check(|| Byte::new(7));
    check(|| Word::new(7));
    check(|| Wide::new(7));
    check(|| Large::new(7));
}

#[test]
fn items_without_bytes_have_no_limit() {
    #[derive(Clone, Copy)]
    #[repr(align(64))]
    struct Empty;

    fn check<A: Arena>() {
        let base = Base::plain();
        base.refuse_all();
        let blink = Blink::new_in(A::over(base.clone()));
        // What moves or copies them as a whole.
        const MOST: usize = usize::MAX;
        let boxed = || -> Box<[Empty]> { Box::new([Empty; MOST]) };
        let slices: [&[Empty]; 6] = [
            blink.put_slice([Empty; MOST]),
            blink.try_put_slice([Empty; MOST]).ok().unwrap(),
            blink.put_slice(boxed()),
            blink.put_slice(boxed().into_vec()),
            blink.put_box(boxed()),
            blink.copy_slice(&[Empty; MOST]),
        ];
        for slice in slices {
            assert_eq!(slice.len(), MOST);
            assert!(slice.as_ptr().is_aligned());
        }
        // What makes them one by one takes as long as that takes.
        assert_eq!(blink.fill(10_000, Empty).len(), 10_000);
        assert_eq!(blink.fill_with(10_000, |_| ()).len(), 10_000);
        assert_eq!(blink.clone_slice(&[Empty; 10_000]).len(), 10_000);
        assert_eq!(blink.fill_iter([(); 10_000]).len(), 10_000);
        assert_eq!(base.calls(), 0);
    }
    every_kind!(check());
}

#[test]
fn items_without_bytes_are_dropped_each() {
    drops::restart();
    let mut blink = Blink::new();
    blink.fill(1000, Nothing::new(NO_ID));
    let each = blink.allocator().allocated_bytes();
    blink.fill_with(10_000, |_| Nothing::new(NO_ID));
    assert_eq!(blink.allocator().allocated_bytes(), 2 * each);
    blink.reset();
    assert_eq!(drops::dropped(), 11_000);
    drops::assert_counts();
}
