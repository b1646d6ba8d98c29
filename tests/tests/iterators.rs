//! Iterators and closures that lie, fail to stop, and use the arena themselves.

use std::{
    cell::Cell,
    collections::HashSet,
    iter::{self, from_fn},
};

use blink_alloc::{Blink, BlinkAlloc, BlinkAllocator};
use blink_tests::{
    base::Base,
    drops::{self, Counted, Word},
    every_counted, taken,
};

/// An iterator with a size hint of its own.
struct Hinted<I> {
    items: I,
    hint: Hint,
    polled: usize,
}

impl<I: Iterator> Iterator for Hinted<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.polled += 1;
        self.items.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.hint)(self.polled)
    }
}

/// From the number of items asked for so far.
type Hint = fn(usize) -> (usize, Option<usize>);

const HINTS: [Hint; 9] = [
    |_| (0, Some(0)),
    |_| (0, None),
    |_| (1, Some(1)),
    |_| (10_000, Some(5)),
    |_| (isize::MAX as usize, None),
    |_| (usize::MAX, Some(usize::MAX)),
    |_| (usize::MAX - 1, None),
    // Shrinks, and grows, while it is asked.
    |polled| (1_000_usize.saturating_sub(polled * 37), None),
    |polled| (polled * polled, Some(0)),
];

/// A typed adaptor over a base allocator that refuses what no machine has.
fn adaptor(base: Base) -> Blink<BlinkAlloc<Base>> {
    base.set_ceiling(1 << 24);
    Blink::new_in(BlinkAlloc::new_in(base))
}

#[test]
fn lengths_that_lie_change_nothing() {
    fn check<T: Counted>() {
        for hint in HINTS {
            for count in [0, 1, 2, 4, 5, 9, 100] {
                drops::restart();
                let mut blink = adaptor(Base::plain());
                let numbers = || Hinted {
                    items: 0..count,
                    hint,
                    polled: 0,
                };
                let before = blink.put(1_u64);
                let counted = blink.emplace().from_iter(numbers().map(T::new));
                let plain = blink.emplace().from_iter(numbers());
                let tried = blink.emplace().try_from_iter(numbers()).unwrap();
                let after = blink.put(2_u64);
                assert_eq!((*before, *after), (1, 2));
                assert_eq!(counted.len(), count as usize);
                assert!(plain.iter().copied().eq(0..count));
                assert!(tried.iter().copied().eq(0..count));
                blink.reset();
                assert_eq!(drops::dropped(), count as usize);
            }
        }
    }
    every_counted!(check);
}

#[test]
fn room_for_a_lie_goes_back() {
    let blink = adaptor(Base::plain());
    blink.allocator().reserve(200_000);
    let slice = blink.emplace().from_iter(Hinted {
        items: 0..10_u64,
        hint: |_| (10_000, None),
        polled: 0,
    });
    assert!(slice.iter().copied().eq(0..10));
    assert!(blink.allocator().allocated_bytes() < 200);
    assert_eq!(blink.allocator().stats().chunks(), 1);
}

#[test]
fn lists_of_what_their_iterators_put_waste_little() {
    let blink = adaptor(Base::plain());
    let mut requested = 0;
    for count in (0..1000_u64).map(|number| number % 7) {
        let puts = (0..count).filter(|_| true).map(|number| blink.put(number));
        let list = blink.emplace_no_drop().from_iter(puts);
        assert!(list.iter().map(|number| **number).eq(0..count));
        // A reference and a number for each item.
        requested += list.len() * 2 * taken(8, 1);
    }
    let used = blink.allocator().allocated_bytes();
    assert!(used <= 3 * requested, "{used} for {requested}");
}

#[test]
fn no_more_room_is_taken_than_an_iterator_can_need() {
    let blink = adaptor(Base::plain());
    for count in [1_u8, 2, 5, 9, 40] {
        // Allocates behind the list at the last moment.
        let items = || {
            (0..count).filter(|_| true).inspect(|&index| {
                if index == count - 1 {
                    blink.put(index);
                }
            })
        };
        blink.allocator().reserve(10_000);
        let before = blink.allocator().allocated_bytes();
        let list = blink.fill_iter(items());
        let same = blink.fill_iter_fallible(items().map(Ok::<_, ()>)).unwrap();
        assert_eq!(list, same);
        let used = blink.allocator().allocated_bytes() - before;
        let most = 2 * (taken(usize::from(count), 1) + taken(1, 1));
        assert!(used <= most, "{used} for {count}");
    }
}

#[test]
fn under_a_limit_a_list_leaves_room_for_what_its_iterator_puts() {
    let mut arena = BlinkAlloc::with_capacity_in(64 << 10, Base::plain());
    arena.reset();
    arena.set_limit(Some(0));
    for at in [100, 1000, 8500] {
        let blink = Blink::new_in(&mut arena);
        let list = blink
            .emplace()
            .from_iter((0..9000_u32).filter(|_| true).map(|index| {
                if index == at {
                    blink.try_put(1_u8).expect("most of the pool is free");
                }
                index as u8
            }));
        assert!(
            list.iter()
                .copied()
                .eq((0..9000_u32).map(|index| index as u8))
        );
        drop(blink);
        arena.reset();
    }
}

#[test]
fn an_iterator_that_allocates_nothing_moves_nothing() {
    let blink = adaptor(Base::plain());
    for count in [1, 10, 100, 1000, 10_000] {
        let before = blink.allocator().allocated_bytes();
        blink.allocator().reserve(count * 8 + 100);
        let list = blink
            .emplace()
            .from_iter((0..count as u64).filter(|_| true));
        assert!(list.iter().copied().eq(0..count as u64));
        let used = blink.allocator().allocated_bytes() - before;
        assert!(used < taken(count * 8, 1) + 8, "{used} for {count} items");
    }
}

#[test]
fn an_iterator_is_not_asked_after_its_end() {
    fn check<T: Counted>() {
        drops::restart();
        let blink = Blink::new();
        for ends_after in [0, 1, 4, 5, 8, 50] {
            let calls = Cell::new(0);
            let items = from_fn(|| {
                calls.set(calls.get() + 1);
                // One `None`, and then items for ever.
                (calls.get() != ends_after + 1).then(|| T::new(calls.get()))
            });
            let slice = blink.emplace().from_iter(items);
            assert_eq!(slice.len(), ends_after as usize);
            assert_eq!(calls.get(), ends_after + 1);
        }
        drop(blink);
        drops::assert_counts();
    }
    every_counted!(check);
}

#[test]
fn an_iterator_that_allocates_gets_other_memory() {
    fn check<T: Counted>() {
        for base in Base::all() {
            drops::restart();
            let blink = adaptor(base);
            let items = (0..100_u32).map(|id| {
                let text = blink.copy_str("some text");
                let inner = blink.emplace().from_iter((0..id % 5).map(|_| T::new(200)));
                let number = blink.put(u64::from(id));
                (T::new(id), text, inner, number)
            });
            // The items borrow from the arena: they stay outside.
            let items: Vec<_> = items.collect();
            let again = (0..100_u8).inspect(|&at| {
                blink.put(T::new(201));
                blink.copy_slice(&[at; 9]);
            });
            let slice = blink.emplace().from_iter(again);
            assert!(slice.iter().copied().eq(0..100));
            for (id, (value, text, inner, number)) in (0..).zip(&items) {
                assert!(!T::HAS_ID || value.id() == id);
                assert_eq!((&**text, **number), ("some text", u64::from(id)));
                assert_eq!(inner.len(), id as usize % 5);
            }
            drop(items);
            drop(blink);
            drops::assert_counts();
        }
    }
    every_counted!(check);
}

#[test]
fn slices_filled_while_others_are_filled() {
    fn level(blink: &Blink<impl BlinkAllocator>, depth: u32) -> u32 {
        if depth == 0 {
            return 1;
        }
        let slice = blink.emplace().from_iter((0..7).map(|at| {
            blink.put(Word::new(at));
            (at, level(blink, depth - 1), Word::new(depth))
        }));
        let in_place = (0..).zip(&*slice);
        for (expected, (at, _, word)) in in_place {
            assert_eq!((*at, word.id()), (expected, depth));
        }
        slice.iter().map(|(_, below, _)| below).sum()
    }

    for base in Base::all() {
        drops::restart();
        let mut blink = adaptor(base);
        for _ in 0..3 {
            assert_eq!(level(&blink, 4), 7_u32.pow(4));
            blink.reset();
        }
        assert_eq!(drops::dropped(), drops::made());
    }
}

/// The addresses of three values that were put while the one around them was made.
fn nested<T: Counted>(blink: &Blink<impl BlinkAllocator>) -> [*const T; 3] {
    let inner = Cell::new([std::ptr::null(); 2]);
    let outer: *const T = blink.emplace().with(|| {
        let middle: *const T = blink.emplace().with(|| {
            let [_, middle] = inner.get();
            inner.set([&raw const *blink.emplace().with(|| T::new(3)), middle]);
            blink.put(T::new(13));
            T::new(2)
        });
        let [innermost, _] = inner.get();
        inner.set([innermost, middle]);
        blink.put(T::new(12));
        T::new(1)
    });
    let [innermost, middle] = inner.get();
    [outer, middle, innermost]
}

#[test]
fn closures_three_deep_get_addresses_of_their_own() {
    fn check<T: Counted>() {
        for base in Base::all() {
            drops::restart();
            let mut blink = adaptor(base);
            for _ in 0..3 {
                let all: Vec<_> = (0..20).flat_map(|_| nested::<T>(&blink)).collect();
                for (value, id) in all.iter().zip((1..=3).cycle()) {
                    // SAFETY: put into the arena above, and not dropped yet.
                    let value = unsafe { &**value };
                    assert!(!T::HAS_ID || value.id() == id);
                }
                let distinct: HashSet<_> = all.iter().collect();
                assert!(!T::HAS_ID || distinct.len() == all.len());
                blink.reset();
            }
            assert_eq!(drops::dropped(), drops::made());
        }
    }
    every_counted!(check);
}

#[test]
fn a_closure_that_fills_the_chunk_keeps_its_place() {
    for base in Base::all() {
        drops::restart();
        let blink = adaptor(base);
        for size in [1, 100, 400, 1000, 20_000] {
            let value = blink.emplace().with(|| {
                for _ in 0..10 {
                    blink.emplace().from_iter(iter::repeat_n(0xff_u8, size));
                }
                [size; 10]
            });
            blink.emplace().from_iter(iter::repeat_n(0xee_u8, size));
            assert_eq!(*value, [size; 10]);
        }
    }
}
