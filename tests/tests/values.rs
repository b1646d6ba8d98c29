//! Values in an arena: each is what was put in, and is dropped once.

use std::{
    cell::Cell,
    fmt::Debug,
    mem::{self, MaybeUninit},
};

use blink_alloc::{Blink, BlinkAlloc, SendBlink};
use blink_tests::{
    RED_ZONE,
    base::Base,
    drops::{self, Byte, Counted, Large, NO_ID, Nothing, Word},
    every_counted,
    ways::{Make, ways},
};

/// Makes and checks values with the ids from `from` on.
fn values<T: Counted>(from: u32, count: usize) -> impl Iterator<Item = T> {
    (from..).take(count).map(T::new)
}

fn assert_ids<T: Counted>(values: &[T], from: u32) {
    for (value, id) in values.iter().zip(from..) {
        assert_eq!(value.id(), if T::HAS_ID { id } else { NO_ID });
    }
}

const COUNTS: [usize; 6] = [0, 1, 2, 5, 33, 200];

/// Every way to put values that are dropped, one after the other. Returns how many.
fn put_all<T: Counted>(blink: &Blink<impl blink_alloc::BlinkAllocator>) -> usize {
    let ones = [
        &*blink.put(T::new(0)),
        &*blink.try_put(T::new(1)).ok().unwrap(),
        &*blink.emplace().value(T::new(2)),
        &*blink.emplace().try_value(T::new(3)).ok().unwrap(),
        &*blink.emplace().with(|| T::new(4)),
        &*blink.emplace().try_with(|| T::new(5)).ok().unwrap(),
    ];
    let three = blink.emplace().from_iter(values::<T>(6, 3));
    let four = blink.emplace().try_from_iter(values::<T>(9, 4));
    let none = blink.emplace().from_iter(values::<T>(0, 0));
    for (value, id) in ones.into_iter().zip(0..) {
        assert_ids(std::slice::from_ref(value), id);
    }
    assert_ids(three, 6);
    assert_ids(four.ok().unwrap(), 9);
    assert!(none.is_empty());
    13
}

#[test]
fn every_way_in_drops_once_at_reset() {
    fn check<T: Counted>() {
        for base in Base::all() {
            let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
            for _ in 0..4 {
                drops::restart();
                let put = put_all::<T>(&blink);
                assert_eq!(drops::dropped(), 0);
                blink.reset();
                assert_eq!(drops::dropped(), put);
                drops::assert_all_dropped();
            }
        }
    }
    every_counted!(check);
}

#[test]
fn every_way_in_drops_once_with_the_adaptor() {
    fn check<T: Counted>() {
        drops::restart();
        let blink = Blink::new();
        let put = put_all::<T>(&blink);
        assert_eq!(drops::dropped(), 0);
        drop(blink);
        assert_eq!(drops::dropped(), put);
        drops::assert_all_dropped();
    }
    every_counted!(check);
}

#[test]
fn drop_all_then_reset_drops_once() {
    fn check<T: Counted>() {
        drops::restart();
        let mut blink = Blink::new();
        let put = put_all::<T>(&blink);
        let used = blink.allocator().allocated_bytes();
        blink.drop_all();
        assert_eq!(drops::dropped(), put);
        assert_eq!(blink.allocator().allocated_bytes(), used);
        blink.drop_all();
        blink.put(T::new(100));
        blink.reset();
        assert_eq!(drops::dropped(), put + 1);
        assert_eq!(blink.allocator().allocated_bytes(), 0);
        drop(blink);
        drops::assert_all_dropped();
    }
    every_counted!(check);
}

#[test]
fn newest_first_and_slices_in_index_order() {
    fn check<T: Counted>() {
        if !T::HAS_ID {
            return;
        }
        drops::restart();
        let mut blink = Blink::new();
        put_all::<T>(&blink);
        blink.reset();
        let expected = [9, 10, 11, 12, 6, 7, 8, 5, 4, 3, 2, 1, 0];
        assert_eq!(drops::order(), expected);
    }
    every_counted!(check);
}

#[test]
fn every_way_drops_once_newest_first() {
    fn check<T: Counted>() {
        let ends: [fn(Blink<BlinkAlloc<Base>>); 4] = [
            |mut blink| {
                blink.reset();
                assert_eq!(blink.allocator().allocated_bytes(), 0);
            },
            |mut blink| {
                blink.drop_all();
                blink.drop_all();
            },
            drop,
            |blink| drop(SendBlink::new(blink)),
        ];
        for (base, end) in Base::all().zip(ends.into_iter().cycle()) {
            for way in ways::<T, _>() {
                for &count in way.counts() {
                    drops::restart();
                    let mut blink = Blink::new_in(BlinkAlloc::new_in(base.again()));
                    let mut owned = Vec::new();
                    let mut expected: Vec<u32> = Vec::new();
                    for from in [0, 40, 80] {
                        blink.put(1_u8);
                        let outcome = way.run(&mut blink, &Make::new(from), count);
                        outcome.check(from, count);
                        if way.drops {
                            let ids = outcome.put().iter().map(T::id);
                            expected.splice(0..0, ids);
                        }
                        owned.append(&mut outcome.into_owned());
                    }
                    let dropped = drops::dropped();
                    end(blink);
                    assert_eq!(drops::order_from(dropped), expected, "{}", way.name);
                    drop(owned);
                    drops::assert_all_dropped();
                }
            }
        }
    }
    every_counted!(check);
}

#[test]
fn every_way_takes_what_its_values_need() {
    fn check<T: Counted>() {
        for way in ways::<T, _>() {
            for &count in way.counts() {
                let mut blink = Blink::new_in(BlinkAlloc::new_in(Base::plain()));
                blink.allocator().reserve(200_000);
                let outcome = way.run(&mut blink, &Make::new(0), count);
                let mut need = size_of_val(outcome.put());
                drop(outcome.into_owned());
                if way.name.contains("of the arena") {
                    // The vector, with some room to spare, stays before its items.
                    need += (count + 3) * size_of::<T>() + RED_ZONE;
                }
                // An entry in front, and padding before each block and behind the front.
                let most = need + 64 + 3 * align_of::<T>().max(16) + RED_ZONE;
                let used = blink.allocator().allocated_bytes();
                assert!(used <= most, "{}, {count}: {used} of {most}", way.name);
            }
        }
    }
    every_counted!(check);
}

#[test]
fn no_items_take_no_chunk() {
    fn check<T: Counted>() {
        let base = Base::plain();
        base.refuse_all();
        // An empty slice in a box cannot be told from another value without bytes.
        let boxed = |name: &str| name.contains("put_box, slice");
        for way in ways::<T, _>().iter().filter(|way| !boxed(way.name)) {
            // Without bytes and without a destructor to run, nothing is kept of any number.
            let free = !way.drops && !T::HAS_ID;
            for &count in way.counts().iter().filter(|&&count| free || count == 0) {
                drops::restart();
                let mut blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
                let outcome = way.run(&mut blink, &Make::new(0), count);
                outcome.check(0, count);
                drop(outcome.into_owned());
                drops::assert_counts();
                assert_eq!(base.calls(), 0, "{}", way.name);
            }
        }
    }
    every_counted!(check);
}

#[test]
fn slices_of_every_length() {
    fn check<T: Counted>() {
        for base in Base::all() {
            drops::restart();
            let blink = Blink::new_in(BlinkAlloc::new_in(base));
            let slices = COUNTS.map(|count| {
                let slice = blink
                    .emplace()
                    .from_iter(values::<T>(255 - count as u32, count));
                assert_eq!(slice.len(), count);
                blink.put(1_u8);
                slice
            });
            for slice in slices {
                assert_ids(slice, 255 - slice.len() as u32);
            }
            drop(blink);
            assert_eq!(drops::dropped(), COUNTS.iter().sum());
        }
    }
    every_counted!(check);
}

#[test]
fn put_no_drop_and_uninit_never_drop() {
    fn check<T: Counted>() {
        drops::restart();
        let mut blink = Blink::new();
        let value = blink.put_no_drop(T::new(1));
        // SAFETY: the arena does not drop it, and it is not used again.
        unsafe { (&raw mut *value).drop_in_place() };
        let value = blink.try_put_no_drop(T::new(2)).ok().unwrap();
        // SAFETY: as above.
        unsafe { (&raw mut *value).drop_in_place() };
        let place = blink.uninit::<T>();
        assert_ids(std::slice::from_ref(place.write(T::new(3))), 3);
        // SAFETY: written above, and not used again.
        unsafe { place.assume_init_drop() };
        blink.try_uninit::<T>().unwrap();
        assert_eq!(drops::dropped(), 3);
        blink.reset();
        drop(blink);
        drops::assert_all_dropped();
    }
    every_counted!(check);
}

#[test]
fn a_forgotten_adaptor_leaks_and_nothing_else() {
    drops::restart();
    let arena = BlinkAlloc::new();
    let blink = Blink::new_in(&arena);
    let kept = blink.put_no_drop(7);
    // No block of the heap in it: a leak checker would see that.
    blink.put(Byte::new(1));
    let place: *mut i32 = kept;
    mem::forget(blink);
    assert_eq!(drops::dropped(), 0);

    // The values of the second adaptor do not touch those of the first.
    let mut second = Blink::new_in(&arena);
    let other = second.put(8);
    assert_ne!(&raw mut *other, place);
    second.put(Word::new(2));
    second.reset();
    drop(second);
    assert_eq!(drops::order(), [2]);
    // SAFETY: the arena is not reset, so the value is still there.
    assert_eq!(unsafe { place.read() }, 7);

    let base = Base::plain();
    let mut owner = BlinkAlloc::new_in(base.clone());
    mem::forget(Blink::new_in(&mut owner));
    owner.reset();
    drop(owner);
    assert_eq!(base.live(), 0);
}

#[test]
fn two_adaptors_share_an_arena() {
    fn check<T: Counted>() {
        let mut arena = BlinkAlloc::new();
        for _ in 0..3 {
            drops::restart();
            let first = Blink::new_in(&arena);
            let mut second = Blink::new_in(&arena);
            let mut of_second = 0;
            for _ in 0..3 {
                put_all::<T>(&first);
                let kept = first.copy_slice(&[1, 2, 3]);
                of_second += put_all::<T>(&second);
                let used = arena.allocated_bytes();
                // Over a shared reference a reset leaves the memory alone.
                second.reset();
                assert_eq!(drops::dropped(), of_second);
                assert_eq!(arena.allocated_bytes(), used);
                assert_eq!(kept, [1, 2, 3]);
            }
            drop((second, first));
            assert_eq!(drops::dropped(), 2 * of_second);
            arena.reset();
        }
    }
    every_counted!(check);
}

#[test]
fn over_a_mutable_reference_a_reset_frees() {
    let mut arena = BlinkAlloc::new();
    for _ in 0..3 {
        drops::restart();
        let mut blink = Blink::new_in(&mut arena);
        put_all::<Word>(&blink);
        blink.reset();
        assert_eq!(blink.allocator().allocated_bytes(), 0);
        put_all::<Large>(&blink);
        drop(blink);
        assert!(arena.allocated_bytes() > 0);
        drops::assert_counts();
    }
}

trait Named {
    fn name(&self) -> u32;
}

impl<T: Counted> Named for T {
    fn name(&self) -> u32 {
        self.id()
    }
}

#[test]
fn values_behind_a_trait_are_dropped() {
    drops::restart();
    let mut blink = Blink::new();
    let all: [&mut dyn Named; 3] = [
        blink.put(Byte::new(1)),
        blink.put(Word::new(2)),
        blink.emplace().with(|| Large::new(3)),
    ];
    assert_eq!(all.map(|value| value.name()), [1, 2, 3]);
    blink.reset();
    assert_eq!(drops::order(), [3, 2, 1]);
}

#[test]
fn a_destructor_may_use_the_arena() {
    /// Allocates from its arena when it is dropped, which for `'static` values is one that is
    /// never reset.
    struct Late(&'static BlinkAlloc, Box<u32>);

    impl Drop for Late {
        fn drop(&mut self) {
            let inner = Blink::new_in(self.0);
            inner.put(Word::new(*self.1));
            let bytes = inner.copy_slice(&[0xff; 100]);
            assert_eq!(bytes, [0xff; 100]);
        }
    }

    // A static reference that ends with the test, so that nothing leaks.
    let arena = Box::into_raw(Box::new(BlinkAlloc::with_chunk_size(64)));
    drops::restart();
    {
        // SAFETY: freed below, when no reference is left.
        let arena: &'static BlinkAlloc = unsafe { &*arena };
        let mut blink = Blink::new_in(arena);
        for round in 0..3 {
            for id in 0..20 {
                blink.put(Late(arena, Box::new(id)));
                blink.put(allocator_api2::vec::Vec::<u32, _>::with_capacity_in(
                    5, arena,
                ));
            }
            blink.reset();
            assert_eq!(drops::dropped(), 20 * (round + 1));
        }
    }
    // SAFETY: from `Box::into_raw`, and the last use.
    drop(unsafe { Box::from_raw(arena) });
}

#[test]
fn copies_of_every_length() {
    fn check<T: Copy + Debug + PartialEq>(make: fn(usize) -> T) {
        for base in Base::all() {
            let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
            let source: Vec<T> = (0..1000).map(make).collect();
            for _ in 0..2 {
                let copies: Vec<&mut [T]> = (0..100)
                    .chain([255, 256, 1000])
                    .map(|len| blink.copy_slice(&source[..len]))
                    .collect();
                for copy in copies {
                    assert_eq!(copy, &source[..copy.len()]);
                }
                let copy = blink.try_copy_slice(&source).unwrap();
                assert_eq!(copy, source);
                blink.reset();
            }
        }
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    #[repr(align(64))]
    struct Aligned(usize);

    check(|at| at as u8);
    check(|at| at as u16);
    check(|at| [at as u8; 3]);
    check(|at| at as u64);
    check(|at| (at as u8, at as u32));
    check(Aligned);
    check(|_| ());
    check(|_| [0_u64; 0]);
}

#[test]
fn copies_of_strings() {
    let blink = Blink::new();
    let text = "Grüße, 世界, 👋 ".repeat(20);
    let ends = (0..=text.len()).filter(|&end| text.is_char_boundary(end));
    let copies: Vec<_> = ends.map(|end| blink.copy_str(&text[..end])).collect();
    for copy in copies {
        assert_eq!(copy, &text[..copy.len()]);
    }
    assert_eq!(&*blink.try_copy_str(&text).unwrap(), text);
    assert_eq!(blink.try_copy_str("").unwrap(), "");
}

#[test]
fn bytes_that_are_not_initialized_can_be_copied() {
    let blink = Blink::new();
    for len in 0..70 {
        let source = vec![MaybeUninit::<u8>::uninit(); len];
        assert_eq!(blink.copy_slice(&source).len(), len);
    }
}

#[test]
fn over_aligned_values_are_aligned() {
    #[repr(align(4096))]
    struct Page(#[expect(dead_code, reason = "gives it a size")] u8);

    impl Drop for Page {
        fn drop(&mut self) {
            assert!((&raw const *self).addr().is_multiple_of(4096));
            DROPPED.set(DROPPED.get() + 1);
        }
    }

    thread_local!(static DROPPED: Cell<usize> = const { Cell::new(0) });

    for (round, base) in Base::all().enumerate() {
        let blink = Blink::new_in(BlinkAlloc::<_, 8>::with_min_align_in(base));
        let mut addrs = Vec::new();
        for _ in 0..3 {
            addrs.push((&raw mut *blink.put(Page(1))).addr());
            addrs.push((&raw mut *blink.emplace().with(|| Page(2))).addr());
            addrs.push((&raw mut *blink.uninit::<Page>()).addr());
            let many = blink.emplace().from_iter((0..5).map(Page));
            addrs.extend(many.iter().map(|page| (&raw const *page).addr()));
        }
        assert!(addrs.iter().all(|addr| addr.is_multiple_of(4096)));
        addrs.sort_unstable();
        addrs.dedup();
        assert_eq!(addrs.len(), 24);
        drop(blink);
        assert_eq!(DROPPED.get(), 21 * (round + 1));
    }
}

#[test]
fn values_without_bytes_and_destructor_touch_no_chunk() {
    #[derive(Clone, Copy)]
    #[repr(align(64))]
    struct Empty;

    let base = Base::plain();
    base.refuse_all();
    let mut blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
    blink.put(());
    blink.put(Empty);
    assert!(blink.try_put([0_u64; 0]).is_ok());
    blink.uninit::<Empty>();
    assert!(blink.copy_slice::<u64>(&[]).is_empty());
    assert_eq!(blink.copy_slice(&[Empty; 9]).len(), 9);
    assert_eq!(blink.copy_str(""), "");
    assert_eq!(blink.emplace().from_iter([(); 1000]).len(), 1000);
    assert_eq!(blink.emplace().from_iter([Empty; 1000]).len(), 1000);
    assert!(blink.emplace().from_iter(None::<u64>).is_empty());
    assert!(blink.emplace().from_iter(None::<Word>).is_empty());
    assert!(blink.emplace().from_iter(None::<Nothing>).is_empty());
    blink.emplace().with(|| Empty);
    blink.reset();
    assert_eq!(base.calls(), 0);
}

#[test]
fn values_without_bytes_pay_for_their_entry_only() {
    let blink = Blink::new();
    drops::restart();
    blink.put(Nothing::new(0));
    let one = blink.allocator().allocated_bytes();
    assert!(one > 0 && one <= 2 * size_of::<usize>() + 16);
    blink.emplace().from_iter(values::<Nothing>(0, 10_000));
    let many = blink.allocator().allocated_bytes() - one;
    assert!(many > 0 && many <= 3 * size_of::<usize>() + 16);
    drop(blink);
    assert_eq!(drops::dropped(), 10_001);
}

#[test]
fn default_adaptors_are_empty_ones() {
    let blink = Blink::<BlinkAlloc>::default();
    assert_eq!(blink.allocator().total_capacity(), 0);
    assert_eq!(*blink.put(1), 1);
    assert!(format!("{blink:?}").starts_with("Blink {"));

    let wide = Blink::<BlinkAlloc<allocator_api2::alloc::Global, 16>>::default();
    for _ in 0..3 {
        assert!((&raw mut *wide.put(1_u8)).addr().is_multiple_of(16));
    }
}
