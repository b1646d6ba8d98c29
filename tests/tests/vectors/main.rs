//! Vectors in an arena: as those of std, and their items are dropped once, whatever becomes of
//! them.

mod random;
mod slices;

use std::{
    borrow::{Borrow, BorrowMut},
    cell::Cell,
    cmp::Ordering,
    collections::{BTreeSet, HashMap, HashSet},
    io::{self, Write},
    iter, mem,
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
    sync::Mutex,
    thread,
};

use allocator_api2::{alloc::Allocator, vec::Vec as ApiVec};
use blink_alloc::{
    Blink, BlinkAlloc, BlinkVec, Handle, SendBlink, SyncBlink, SyncBlinkAlloc, blink_vec,
};
use blink_tests::{
    arena::Arena,
    base::Base,
    counting::Counting,
    drops::{self, Byte, Counted, Large, NO_ID, Nothing, Wide, WideNothing, Word},
    every_arena, every_counted,
    random::Random,
    ways::assert_ids,
};

/// Values with the ids from `from` on.
fn values<T: Counted>(from: u32, count: usize) -> impl Iterator<Item = T> {
    (from..).take(count).map(T::new)
}

/// A vector of such values.
fn some<T: Counted, H: Allocator>(handle: H, from: u32, count: usize) -> BlinkVec<T, H> {
    BlinkVec::from_iter_in(values(from, count), handle)
}

fn ids<T: Counted>(items: &[T]) -> Vec<u32> {
    items.iter().map(T::id).collect()
}

#[test]
fn a_dropped_vector_drops_its_items_and_gives_the_room_back() {
    fn check<A: Arena>(arena: A) {
        fn of<T: Counted, A: Arena>(blink: &Blink<A>) {
            drops::restart();
            let before = blink.allocator().allocated_bytes();
            let items = some::<T, _>(blink, 1, 7);
            assert_eq!(drops::dropped(), 0);
            drop(items);
            assert_eq!(blink.allocator().allocated_bytes(), before);
            drops::assert_all_dropped();
        }

        arena.reserve(20_000);
        let blink = Blink::new_in(arena);
        of::<Nothing, A>(&blink);
        of::<Byte, A>(&blink);
        of::<Large, A>(&blink);
    }
    every_arena!(check);
}

#[test]
fn a_slice_is_dropped_once_however_the_arena_ends() {
    fn check<T: Counted>() {
        let ends: [fn(Blink<BlinkAlloc<Base>>); 5] = [
            |mut blink| blink.reset(),
            |mut blink| {
                blink.drop_all();
                blink.drop_all();
            },
            drop,
            |blink| drop(blink.into_allocator()),
            |blink| drop(SendBlink::new(blink)),
        ];
        for (base, end) in Base::all().zip(ends) {
            for count in [0, 1, 2, 33] {
                drops::restart();
                let blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
                let slices = [
                    some::<T, _>(&blink, 0, count).into_slice(),
                    some::<T, _>(&blink, 40, count)
                        .try_into_slice()
                        .ok()
                        .unwrap(),
                    blink.vec().into_slice(),
                    some::<T, _>(&blink, 80, count).into_slice(),
                ];
                for (slice, from) in slices.iter().zip([0, 40, 0, 80]) {
                    assert_ids(slice, from);
                    assert!(slice.as_ptr().is_aligned());
                }
                // Newest first, and each slice in its order.
                let due: Vec<u32> = slices.iter().rev().flat_map(|slice| ids(slice)).collect();
                assert_eq!((due.len(), drops::dropped()), (3 * count, 0));
                end(blink);
                assert_eq!(drops::order_from(0), due);
                drops::assert_counts();
                assert_eq!(base.live(), 0);
            }
        }
    }
    every_counted!(check);
}

#[test]
fn slices_of_a_frame_are_dropped_with_it() {
    fn check<T: Counted>() {
        drops::restart();
        let mut blink = Blink::new();
        let mut root = blink.as_frame();
        let outer = some::<T, _>(&root, 1, 3).into_slice();
        root.scope(|frame| {
            let mut middle = frame.vec();
            middle.extend(values::<T>(10, 2));
            // The handle is free again, while the slice lives.
            let middle: &mut [T] = middle.into_slice();
            frame.scope(|frame| {
                assert_ids(middle, 10);
                let inner = some::<T, _>(&**frame, 20, 4).into_slice();
                outer.swap(0, 2);
                mem::swap(&mut inner[0], &mut outer[1]);
                assert_eq!(drops::dropped(), 0);
            });
            assert_eq!(drops::dropped(), 4);
            drop(some::<T, _>(&**frame, 30, 2));
            assert_eq!(drops::dropped(), 6);
            assert_ids(middle, 10);
        });
        assert_eq!(drops::dropped(), 8);
        // What was swapped in is dropped with the place where it stands.
        assert_eq!(ids(outer), if T::HAS_ID { [3, 20, 1] } else { [NO_ID; 3] });
        blink.reset();
        drops::assert_all_dropped();
    }

    every_counted!(check);
}

#[test]
fn a_function_makes_slices_of_any_handle() {
    fn upper<'a, H: Handle<'a>>(words: &[&str], handle: H) -> &'a mut [String]
    where
        H::Mode: blink_alloc::Holds<String>,
    {
        let words = words.iter().map(|word| word.to_uppercase());
        BlinkVec::from_iter_in(words, handle).into_slice()
    }

    let mut blink = Blink::new();
    assert_eq!(upper(&["a"], &blink), ["A"]);
    assert_eq!(upper(&["b"], &*SendBlink::new(Blink::new())), ["B"]);
    assert_eq!(upper(&["c"], &*SyncBlink::new()), ["C"]);
    let mut frame = blink.as_frame();
    let kept = upper(&["d", "e"], &frame);
    frame.scope(|frame| assert_eq!(upper(&["f"], &**frame), ["F"]));
    assert_eq!(kept, ["D", "E"]);
}

#[test]
fn items_without_bytes_are_dropped_once() {
    fn check<T: Counted>() {
        for count in [0, 1, 5, 1000] {
            drops::restart();
            let base = Base::plain();
            let blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
            let items = some::<T, _>(&blink, 0, count);
            assert_eq!(items.capacity(), usize::MAX);
            assert_eq!(
                some::<T, _>(&blink, 0, count).into_slice_no_drop().len(),
                count
            );
            assert_eq!(base.calls(), 0);
            base.refuse_all();
            let Err(items) = items.try_into_slice() else {
                assert_eq!(count, 0);
                continue;
            };
            base.obey();
            // The entry alone takes room.
            let slice = items.into_slice();
            assert!(slice.as_ptr().is_aligned());
            assert_eq!((slice.len(), drops::dropped()), (count, 0));
            assert!(blink.allocator().allocated_bytes() <= size_of::<[usize; 8]>());
            drop(blink);
            assert_eq!(drops::dropped(), count);
        }
    }
    check::<Nothing>();
    check::<WideNothing>();
}

#[test]
fn items_without_bytes_are_iterated() {
    fn check<T: Counted>() {
        let blink = Blink::new();
        drops::restart();
        let mut items = some::<T, _>(&blink, 0, 9).into_iter();
        assert!(items.next().is_some() && items.nth(1).is_some());
        assert_eq!((items.len(), drops::dropped()), (6, 3));
        assert!(items.as_slice().as_ptr().is_aligned());
        assert!(items.next_back().is_some());
        assert_eq!((items.len(), drops::dropped()), (5, 4));
        drop(items);
        drops::assert_counts();
        assert_eq!(
            some::<T, _>(&blink, 0, 9)
                .into_iter()
                .rev()
                .take(20)
                .count(),
            9
        );
    }
    check::<Nothing>();
    check::<WideNothing>();
}

#[test]
fn an_empty_vector_gives_its_room_back() {
    fn check<A: Arena>(arena: A) {
        let mut blink = Blink::new_in(arena);
        assert!(blink.vec::<Word>().into_slice().is_empty());
        assert!(blink.vec::<u8>().into_slice_no_drop().is_empty());
        assert_eq!(blink.allocator().own_calls(), 0);
        blink.allocator().reserve(10_000);
        let before = blink.allocator().allocated_bytes();
        let mut items = BlinkVec::with_capacity_in(100, &blink);
        items.push(1_u64);
        items.clear();
        assert!(items.into_slice().is_empty());
        assert_eq!(blink.allocator().allocated_bytes(), before);
        drops::restart();
        let mut items = BlinkVec::with_capacity_in(100, &blink);
        items.push(Word::new(1));
        items.pop();
        assert!(items.into_slice().is_empty());
        assert_eq!(blink.allocator().allocated_bytes(), before);
        let items: BlinkVec<Wide, _> = BlinkVec::with_capacity_in(100, &blink);
        assert!(items.try_into_slice().is_ok_and(|slice| slice.is_empty()));
        let items: BlinkVec<Wide, _> = BlinkVec::with_capacity_in(100, &blink);
        assert!(items.into_slice_no_drop().is_empty());
        // What is padding for the large alignment may stay.
        assert!(blink.allocator().allocated_bytes() < before + 64);
        blink.reset();
        drops::assert_counts();
    }
    every_arena!(check);
}

#[test]
fn a_slice_takes_no_more_than_its_items_and_an_entry() {
    fn check<A: Arena>(arena: A) {
        arena.reserve(20_000);
        let blink = Blink::new_in(arena);
        let used = || blink.allocator().allocated_bytes();
        let before = used();
        let mut numbers = BlinkVec::with_capacity_in(1000, &blink);
        numbers.extend(0..10_u64);
        assert!(used() >= before + 8000);
        numbers.into_slice();
        assert_eq!(used() - before, blink_tests::taken(80, A::MIN));
        let before = used();
        let mut words = BlinkVec::with_capacity_in(500, &blink);
        words.extend(values::<Word>(1, 3));
        words.into_slice();
        let entry = 4 * size_of::<usize>();
        let least = 3 * size_of::<Word>() + entry;
        assert!((least..least + 64).contains(&(used() - before)));
    }
    every_arena!(check);
}

#[test]
fn a_forgotten_vector_leaks_and_nothing_else() {
    drops::restart();
    let mut blink = Blink::new();
    // No blocks of the heap in them: a leak checker would see that.
    mem::forget(some::<Byte, _>(&blink, 1, 5));
    let kept = some::<Byte, _>(&blink, 10, 2).into_slice();
    let mut items = some::<Byte, _>(&blink, 20, 4);
    mem::forget(items.drain(1..3));
    assert_eq!(ids(&items), [20]);
    drop(items);
    mem::forget(some::<Byte, _>(&blink, 30, 3).into_iter());
    assert_ids(kept, 10);
    blink.reset();
    assert_eq!(drops::order(), [20, 10, 11]);
}

#[test]
fn swapped_vectors_are_dropped_with_the_arena_in_which_they_stand() {
    fn swapped<T: Counted>(swap: for<'b> fn(&mut Ours<'b, T>, &mut Ours<'b, T>)) {
        drops::restart();
        let [mut first, mut second] =
            [0; 2].map(|_| Blink::new_in(BlinkAlloc::new_in(Base::plain())));
        let mut one = some(&first, 1, 3);
        let mut two = some(&second, 10, 2);
        swap(&mut one, &mut two);
        // Each of them grows where it stands.
        let (of_first, of_second) = (
            first.allocator().allocated_bytes(),
            second.allocator().allocated_bytes(),
        );
        one.extend(values(12, 100));
        assert_eq!(first.allocator().allocated_bytes(), of_first);
        assert!(second.allocator().allocated_bytes() > of_second);
        let (one, two) = (one.into_slice(), two.into_slice());
        assert_eq!((one.len(), two.len()), (102, 3));
        assert_ids(one, 10);
        assert_ids(two, 1);
        // What the first adaptor holds is gone with it, and nothing else.
        first.reset();
        assert_eq!(
            drops::order(),
            if T::HAS_ID {
                vec![1, 2, 3]
            } else {
                vec![NO_ID; 3]
            }
        );
        second.reset();
        assert_eq!(drops::order().len(), 102);
        drops::restart();
    }

    fn check<T: Counted>() {
        if !T::HAS_ID {
            return;
        }
        swapped::<T>(|one, two| mem::swap(one, two));
        swapped::<T>(|one, two| mem::swap(&mut **one, &mut **two));
        swapped::<T>(|one, two| {
            let taken = mem::replace(&mut **one, ApiVec::new_in(*two.allocator()));
            *one = mem::replace(two, taken.into());
        });
    }

    type Ours<'b, T> = BlinkVec<T, &'b Blink<BlinkAlloc<Base>>>;
    every_counted!(check);
}

#[test]
fn the_vector_of_allocator_api2_goes_in_and_out() {
    drops::restart();
    let mut blink = Blink::new();
    let mut items: ApiVec<Word, _> = some(&blink, 1, 3).into_vec();
    items.push(Word::new(4));
    let items = BlinkVec::from(items).into_slice();
    assert_ids(items, 1);
    let items: ApiVec<Word, &Blink> = some(&blink, 5, 2).into();
    let items: BlinkVec<_, _> = items.into_boxed_slice().into_vec().into();
    items.into_slice();
    blink.reset();
    assert_eq!(drops::order(), [5, 6, 1, 2, 3, 4]);
}

#[test]
fn the_vector_comes_back_where_its_entry_has_no_room() {
    fn check<A: Arena>(arena: A) {
        drops::restart();
        let mut blink = Blink::new_in(arena);
        let base = blink.allocator().inner().clone();
        for id in 0..9 {
            base.obey();
            let mut items = some::<Word, _>(&blink, id * 10, 4);
            // All room that is left.
            base.refuse_all();
            while blink.try_copy_slice(&[0_u8; 8]).is_some() {}
            while blink.try_copy_slice(&[0_u8]).is_some() {}
            let (first, dropped) = (items.as_ptr(), drops::dropped());
            items = items.try_into_slice().err().unwrap();
            assert_ids(&items, id * 10);
            assert_eq!((items.as_ptr(), drops::dropped()), (first, dropped));
            if id % 3 == 0 {
                drop(items);
                assert_eq!(drops::dropped(), dropped + 4);
                continue;
            }
            base.obey();
            let items = items.try_into_slice().ok().unwrap();
            assert_eq!((items.as_ptr(), drops::dropped()), (first, dropped));
        }
        blink.reset();
        drops::assert_all_dropped();
    }
    every_arena!(check, [Base::plain()]);
}

#[test]
fn what_is_refused_comes_back() {
    let base = Base::plain();
    let blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
    base.refuse_all();
    drops::restart();
    let mut items = blink.vec();
    assert_ids(&[items.try_push(Word::new(1)).err().unwrap()], 1);
    assert_ids(&[items.try_insert(0, Word::new(2)).err().unwrap()], 2);
    assert_ids(&[items.try_resize(7, Word::new(3)).err().unwrap()], 3);
    assert_ids(&[items.try_extend(values(4, 9)).err().unwrap()], 4);
    let source: Vec<Word> = values(20, 3).collect();
    assert!(items.try_extend_from_slice(&source).is_err());
    assert_eq!(items.len(), 0);
    let (items, item) = BlinkVec::try_from_iter_in(values::<Word>(5, 9), &blink)
        .err()
        .unwrap();
    assert_ids(&[item], 5);
    assert!(items.is_empty());
    assert_ids(
        &blink_vec![try in &blink; Word::new(6), Word::new(7)]
            .err()
            .unwrap(),
        6,
    );
    assert_ids(
        &[blink_vec![try in &blink; Word::new(8); 3].err().unwrap()],
        8,
    );
    assert!(BlinkVec::<Word, _>::try_with_capacity_in(1, &blink).is_err());
    // None need no room.
    assert!(blink_vec![try in &blink; Word::new(9); 0].is_ok_and(|items| items.is_empty()));
    assert!(BlinkVec::<Word, _>::try_from_array_in([], &blink).is_ok());
    assert!(BlinkVec::<Word, _>::try_with_capacity_in(0, &blink).is_ok());
    assert!(BlinkVec::try_from_iter_in(values::<Nothing>(0, 9), &blink).is_ok());
    drop(source);
    drops::assert_counts();
}

#[test]
fn counts_without_a_layout_are_errors() {
    let blink = Blink::new();
    let most = isize::MAX as usize;
    for count in [usize::MAX, usize::MAX - 1, most + 1, most / 4 + 1] {
        assert!(BlinkVec::<u32, _>::try_with_capacity_in(count, &blink).is_err());
        assert_eq!(
            BlinkVec::try_from_elem_in(7_u32, count, &blink).unwrap_err(),
            7
        );
        let mut items = blink_vec![in &blink; 1_u32, 2];
        assert_eq!(items.try_resize(count, 5), Err(5));
        assert!(catch_unwind(AssertUnwindSafe(|| items.reserve(count))).is_err());
        assert_eq!(items, [1, 2]);
        let with_capacity = || drop(BlinkVec::<u32, _>::with_capacity_in(count, &blink));
        assert!(catch_unwind(AssertUnwindSafe(with_capacity)).is_err());
    }
    // Without bytes any number has room; one more than any has none.
    let mut items = blink.vec();
    // SAFETY: no item has any bytes.
    unsafe { items.set_len(usize::MAX) };
    assert_eq!((items.len(), items.try_push(())), (usize::MAX, Err(())));
    assert_eq!(items.try_insert(5, ()), Err(()));
    assert!(items.try_extend_from_slice(&[()]).is_err());
    assert_eq!(items.into_slice().len(), usize::MAX);
}

#[test]
#[should_panic(expected = "no place 4 to insert at")]
fn no_item_is_inserted_behind_the_end() {
    let blink = Blink::new();
    // Also where there is no room.
    blink.allocator().set_limit(Some(0));
    let mut items = BlinkVec::<(), _>::new_in(&blink);
    items.extend([(); 3]);
    let _ = items.try_insert(4, ());
}

/// An iterator that says what it likes about its length.
struct Lying<I>(I, (usize, Option<usize>));

impl<I: Iterator> Iterator for Lying<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.1
    }
}

#[test]
fn a_length_hint_is_a_hint() {
    for hint in [
        (0, Some(0)),
        (0, None),
        (1, Some(1)),
        (7, None),
        (5000, Some(0)),
    ] {
        for count in [0, 1, 5, 300] {
            drops::restart();
            let mut blink = Blink::new();
            let lying = |from| Lying(values::<Word>(from, count), hint);
            let mut items = BlinkVec::from_iter_in(lying(0), &blink);
            assert!(items.try_extend(lying(1000)).is_ok());
            items.extend(lying(2000));
            assert_eq!(items.len(), 3 * count);
            items.into_slice();
            blink.reset();
            drops::assert_all_dropped();
        }
    }
    // One that cannot be had stops nobody who tries.
    for hint in [
        usize::MAX,
        usize::MAX - 1,
        isize::MAX as usize,
        usize::MAX / 8,
    ] {
        let blink = Blink::new_in(BlinkAlloc::new_in(Base::plain()));
        let lying = || Lying(0..100_u64, (hint, None));
        let mut items = BlinkVec::try_from_iter_in(lying(), &blink).unwrap();
        assert_eq!(items.try_extend(lying()), Ok(()));
        assert!(items.iter().copied().eq((0..100).chain(0..100)));
    }
}

#[test]
fn a_panic_of_the_users_code_drops_everything_once() {
    type Run<'r> = (&'r str, fn(&Blink, &dyn Fn()));

    /// Steps of some code of the user, one of which panics.
    fn check(at: usize, (name, run): Run<'_>) -> bool {
        drops::restart();
        let mut blink = Blink::new();
        blink.put(Word::new(1000));
        let steps = Cell::new(0);
        let step = || {
            if steps.replace(steps.get() + 1) == at {
                drops::panic_as_planned();
            }
        };
        let panicked = drops::planned(|| run(&blink, &step));
        assert_eq!(panicked, steps.get() > at, "{name}");
        blink.put(Word::new(1001));
        blink.reset();
        drops::assert_all_dropped();
        panicked
    }

    fn stepping<'s>(
        step: &'s dyn Fn(),
        from: u32,
        count: usize,
    ) -> impl Iterator<Item = Word> + 's {
        values(from, count).inspect(move |_| step())
    }

    /// Clones with the ids from 100 on, each of which is a step.
    fn cloning(step: &dyn Fn(), f: impl FnOnce()) {
        let next = Rc::new(Cell::new(100));
        // SAFETY: forgotten when `f` has ended, before what it borrows ends.
        let step: &'static dyn Fn() = unsafe { mem::transmute(step) };
        let namer = Rc::new(move || {
            step();
            next.replace(next.get() + 1)
        });
        drops::naming_clones(namer, f);
    }

    let runs: [Run<'_>; 12] = [
        ("from_iter_in", |blink, step| {
            BlinkVec::from_iter_in(stepping(step, 0, 9), blink).into_slice();
        }),
        ("extend", |blink, step| {
            let mut items = some(blink, 0, 5);
            items.extend(stepping(step, 10, 20));
            items.into_slice();
        }),
        ("try_extend", |blink, step| {
            let mut items = some(blink, 0, 5);
            assert!(items.try_extend(stepping(step, 10, 20)).is_ok());
        }),
        ("clone", |blink, step| {
            let items = some::<Word, _>(blink, 0, 5);
            cloning(step, || {
                items.clone().into_slice();
            });
            items.into_slice();
        }),
        ("clone_from", |blink, step| {
            let (items, mut other) = (some::<Word, _>(blink, 0, 9), some(blink, 20, 4));
            cloning(step, || other.clone_from(&items));
            other.into_slice();
        }),
        ("from_elem_in", |blink, step| {
            cloning(step, || {
                BlinkVec::from_elem_in(Word::new(1), 7, blink).into_slice();
            });
        }),
        ("try_resize", |blink, step| {
            let mut items = some(blink, 10, 5);
            cloning(step, || assert!(items.try_resize(12, Word::new(1)).is_ok()));
            items.into_slice();
        }),
        ("try_extend_from_slice", |blink, step| {
            let mut items = some::<Word, _>(blink, 10, 5);
            let source: Vec<Word> = values(20, 5).collect();
            cloning(step, || {
                assert!(items.try_extend_from_slice(&source).is_ok())
            });
            items.into_slice();
        }),
        ("retain", |blink, step| {
            let mut items = some::<Word, _>(blink, 10, 9);
            // The vector is used after the panic, and dropped with the arena.
            let retain = || {
                items.retain(|item| {
                    step();
                    item.id() % 3 > 0
                });
            };
            let result = catch_unwind(AssertUnwindSafe(retain));
            assert!(ids(&items).is_sorted());
            items.into_slice();
            result.unwrap_or_else(|payload| std::panic::resume_unwind(payload));
        }),
        ("drain", |blink, step| {
            let mut items = some::<Word, _>(blink, 10, 9);
            let drain = || items.drain(2..7).for_each(|_item| step());
            let result = catch_unwind(AssertUnwindSafe(drain));
            assert_eq!(ids(&items), [10, 11, 17, 18]);
            items.into_slice();
            result.unwrap_or_else(|payload| std::panic::resume_unwind(payload));
        }),
        ("dedup_by", |blink, step| {
            let mut items = some::<Word, _>(blink, 10, 9);
            items.dedup_by(|one, _| {
                step();
                one.id() % 2 == 0
            });
            items.into_slice();
        }),
        ("into_iter", |blink, step| {
            some::<Word, _>(blink, 10, 9)
                .into_iter()
                .for_each(|_item| step());
        }),
    ];
    for run in runs {
        assert!(check(0, run) && !check(100, run));
        (1..30).for_each(|at| _ = check(at, run));
    }
}

#[test]
fn a_destructor_that_panics_does_not_keep_the_others() {
    fn check<T: Counted>() {
        for at in 0..9 {
            drops::restart();
            let mut blink = Blink::new();
            some::<T, _>(&blink, 0, 4).into_slice();
            some::<T, _>(&blink, 10, 5).into_slice();
            drops::panic_after(at);
            assert!(drops::planned(|| blink.reset()));
            drops::assert_all_dropped();
            assert_eq!(blink.allocator().allocated_bytes(), 0);

            drops::restart();
            let mut items = some::<T, _>(&blink, 0, 9);
            drops::panic_after(at);
            assert!(drops::planned(|| items.clear()));
            items.into_slice();
            blink.reset();
            drops::assert_all_dropped();
        }
    }
    every_counted!(check);
}

#[test]
fn a_panic_of_the_base_allocator_loses_no_item() {
    let base = Base::plain();
    for after in 0..12 {
        drops::restart();
        let mut blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
        base.panic_after(after);
        let mut items = blink.vec();
        let grown = drops::planned(|| {
            for id in 0..2000 {
                items.push(Word::new(id));
                if id % 50 == 0 {
                    some::<Word, _>(&blink, 10_000 + id * 10, 2).into_slice();
                }
            }
        });
        assert_ids(&items, 0);
        let moved = drops::planned(|| {
            items.into_slice();
        });
        assert!(!(grown && moved));
        base.obey();
        blink.reset();
        drops::assert_all_dropped();
    }
}

#[test]
fn a_panic_under_the_entry_drops_the_items() {
    let base = Base::plain();
    drops::restart();
    let mut blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
    let items = some::<Word, _>(&blink, 0, 5);
    base.refuse_all();
    while blink.try_copy_slice(&[0_u8]).is_some() {}
    base.obey();
    base.panic_after(0);
    assert!(drops::planned(|| {
        items.into_slice();
    }));
    assert_eq!(drops::dropped(), 5);
    blink.reset();
    drops::assert_all_dropped();
}

#[test]
fn an_iterator_may_use_the_arena() {
    fn check<A: Arena>(arena: A) {
        drops::restart();
        let mut blink = Blink::new_in(arena);
        let mut items = blink.vec();
        items.extend(values::<Word>(0, 50).inspect(|item| {
            some::<Word, _>(&blink, 1000 + item.id() * 10, 3).into_slice();
            blink.copy_slice(&[0xff_u8; 40]);
        }));
        let slice = items.into_slice();
        assert_ids(slice, 0);
        blink.reset();
        assert_eq!(drops::dropped(), 50 + 150);
        drops::assert_all_dropped();
    }
    every_arena!(check);
}

#[test]
fn items_that_borrow_from_the_arena() {
    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    let mut words = frame.vec();
    for number in 0..100 {
        let word: &str = blink_alloc::blink_format!(in frame, "word {number}");
        words.push(word);
    }
    words.sort_unstable();
    let words: &mut [&str] = words.into_slice_no_drop();
    frame.scope(|frame| {
        let mut long = frame.vec();
        long.extend(words.iter().copied().filter(|word| word.len() > 6));
        let long = long.into_slice_no_drop();
        assert_eq!((long.len(), long[0]), (90, "word 10"));
    });
    assert_eq!((words[0], words[99]), ("word 0", "word 99"));
}

#[test]
fn several_threads_fill_vectors_of_one_arena() {
    let base = Counting::new();
    let mut blink = SyncBlink::new_in(SyncBlinkAlloc::new_in(base.clone()));
    // Every value holds one of these.
    let counted = std::sync::Arc::new(());
    for round in 0..5 {
        let slices = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for worker in 0..4 {
                let (blink, slices, counted) = (&*blink, &slices, &counted);
                scope.spawn(move || {
                    for n in 0..40 {
                        let mut items = blink.vec();
                        for item in 0..n {
                            items.push((worker, n, item, counted.clone()));
                        }
                        let slice: &[_] = items.into_slice();
                        slices.lock().unwrap().push(slice);
                        drop(blink_vec![in blink; counted.clone(); n]);
                    }
                });
            }
        });
        let slices = slices.into_inner().unwrap();
        assert_eq!(slices.len(), 160);
        for slice in &slices {
            for (index, (worker, n, item, _)) in slice.iter().enumerate() {
                assert_eq!((*worker, *n, *item), (slice[0].0, slice.len(), index));
            }
        }
        let all: usize = slices.iter().map(|slice| slice.len()).sum();
        assert_eq!(std::sync::Arc::strong_count(&counted), 1 + all);
        if round == 2 {
            blink.drop_all();
        } else {
            blink.reset();
        }
        assert_eq!(std::sync::Arc::strong_count(&counted), 1);
    }
    drop(blink);
    assert_eq!(base.live(), 0);
}

#[test]
fn a_vector_is_sent_to_a_thread_and_becomes_a_slice_there() {
    let mut blink = SyncBlink::new();
    let counted = std::sync::Arc::new(());
    let mut items = blink_vec![in &*blink; counted.clone()];
    let kept = thread::scope(|scope| {
        let worker = scope.spawn(|| {
            items.extend(iter::repeat_n(counted.clone(), 99));
            items.into_slice()
        });
        worker.join().unwrap()
    });
    assert_eq!(
        (kept.len(), std::sync::Arc::strong_count(&counted)),
        (100, 101)
    );
    blink.scope(|frame| {
        let frame = &**frame;
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| blink_vec![in frame; counted.clone(); 20].into_slice().len());
            }
        });
        assert_eq!(std::sync::Arc::strong_count(&counted), 161);
    });
    assert_eq!(std::sync::Arc::strong_count(&counted), 101);
    blink.reset();
    assert_eq!(std::sync::Arc::strong_count(&counted), 1);
}

#[test]
fn the_macro_takes_what_vec_takes() {
    let blink = Blink::new();
    let none: BlinkVec<u32, _> = blink_vec![in &blink];
    let tried: Result<BlinkVec<u32, _>, _> = blink_vec![try in &blink;];
    assert_eq!((none.len(), tried.unwrap().len()), (0, 0));
    assert_eq!(blink_vec![in &blink; 1, 2,], [1, 2]);
    assert_eq!(blink_vec![try in &blink; 1, 2,].unwrap(), [1, 2]);
    assert_eq!(blink_vec![in &blink; vec![1]; 2], [[1], [1]]);
    assert_eq!(blink_vec![try in &blink; 7; 0].unwrap().len(), 0);
}
