//! The rows of the table.
#![expect(
    clippy::result_large_err,
    reason = "errors are to be larger than values"
)]

use std::{any::Any, mem::ManuallyDrop, slice};

use allocator_api2::{boxed::Box as ApiBox, vec::Vec as ApiVec};
use blink_alloc::{Blink, BlinkAllocator, Frame, IteratorExt, OwnedSlice, Rewind};

use super::{
    Outcome, Run, Way, assert_ids,
    make::{Error, Make},
};
use crate::{adaptor::Adaptor, base::Base, drops::Counted};

/// The ways of a builder.
macro_rules! builder {
    ($add:ident, $name:literal, $drops:literal, $blink:ident => $builder:expr) => {
        $add($drops, true, concat!($name, ".value"), |$blink, make, _| {
            Outcome::one($builder.value(make.value()))
        });
        $add($drops, true, concat!($name, ".try_value"), |$blink, make, _| {
            match $builder.try_value(make.value()) {
                Ok(value) => Outcome::one(value),
                Err(value) => Outcome::refused(vec![value]),
            }
        });
        $add($drops, true, concat!($name, ".with"), |$blink, make, _| {
            Outcome::one($builder.with(make.once()))
        });
        $add($drops, true, concat!($name, ".try_with"), |$blink, make, _| {
            match $builder.try_with(make.once()) {
                Ok(value) => Outcome::one(value),
                Err(f) => {
                    make.assert_uncalled();
                    Outcome::refused(vec![f()])
                }
            }
        });
        builder!($add, $name, $drops, $blink => $builder, "ok", Ok);
        builder!($add, $name, $drops, $blink => $builder, "err", |value| {
            Err(Error(Some(value), [7; 40]))
        });
        $add($drops, false, concat!($name, ".from_iter"), |$blink, make, count| {
            Outcome::done($builder.from_iter(make.iter(count)))
        });
        $add($drops, false, concat!($name, ".try_from_iter"), |$blink, make, count| {
            match $builder.try_from_iter(make.iter(count)) {
                Ok(items) => Outcome::done(items),
                Err((items, item)) => Outcome::rest((items, item)),
            }
        });
    };
    ($add:ident, $name:literal, $drops:literal, $blink:ident => $builder:expr, $end:literal, $result:expr) => {
        let name = concat!($name, ".from_iter_fallible, ", $end);
        $add($drops, false, name, |$blink, make, count| {
            match $builder.from_iter_fallible(make.results(count, $end == "err")) {
                Ok(items) => Outcome::done(items),
                Err(error) => Outcome::failed(error),
            }
        });
        let name = concat!($name, ".try_from_iter_fallible, ", $end);
        $add($drops, false, name, |$blink, make, count| {
            match $builder.try_from_iter_fallible(make.results(count, $end == "err")) {
                Ok(items) => Outcome::done(items),
                Err(Ok(error)) => Outcome::failed(error),
                Err(Err((items, item))) => Outcome::rest((items, item)),
            }
        });
        let name = concat!($name, ".with_fallible, ", $end);
        $add($drops, true, name, |$blink, make, _| {
            let once = make.once();
            match $builder.with_fallible(|| $result(once())) {
                Ok(value) => Outcome::one(value),
                Err(error) => Outcome::failed(error),
            }
        });
        let name = concat!($name, ".try_with_fallible, ", $end);
        $add($drops, true, name, |$blink, make, _| {
            let once = make.once();
            match $builder.try_with_fallible(|| $result(once())) {
                Ok(value) => Outcome::one(value),
                Err(Ok(error)) => Outcome::failed(error),
                Err(Err(f)) => {
                    make.assert_uncalled();
                    let made: Result<T, Error<T>> = f();
                    Outcome::refused(made.map_err(|error| error.0).map_or_else(
                        |value| value.into_iter().collect(),
                        |value| vec![value],
                    ))
                }
            }
        });
    };
}

/// `put_slice` of a collection.
fn put_slice<C: OwnedSlice<Item: Counted>, B: Adaptor>(
    blink: &B,
    items: C,
) -> Outcome<'_, C::Item> {
    Outcome::done(blink.put_slice(items))
}

/// `try_put_slice` of a collection. `back` takes the items out.
fn try_put_slice<C: OwnedSlice<Item: Counted>, B: Adaptor>(
    blink: &B,
    items: C,
    back: impl FnOnce(C) -> Vec<C::Item>,
) -> Outcome<'_, C::Item> {
    match blink.try_put_slice(items) {
        Ok(items) => Outcome::done(items),
        Err(items) => Outcome::refused(back(items)),
    }
}

/// `put_slice` of an array.
fn put_array<'a, T: Counted, const N: usize, B: Adaptor>(
    tries: bool,
    blink: &'a B,
    make: &Make,
) -> Outcome<'a, T> {
    let array: [T; N] = make.array();
    if tries {
        try_put_slice(blink, array, Vec::from)
    } else {
        put_slice(blink, array)
    }
}

fn put_array_of<'a, T: Counted, B: Adaptor>(
    tries: bool,
    blink: &'a B,
    make: &Make,
    count: usize,
) -> Outcome<'a, T> {
    match count {
        0 => put_array::<T, 0, B>(tries, blink, make),
        1 => put_array::<T, 1, B>(tries, blink, make),
        2 => put_array::<T, 2, B>(tries, blink, make),
        5 => put_array::<T, 5, B>(tries, blink, make),
        33 => put_array::<T, 33, B>(tries, blink, make),
        _ => panic!("no array of this length"),
    }
}

/// A vector over any allocator, with more room than it needs.
fn api_vec<T: Counted, A: allocator_api2::alloc::Allocator>(
    make: &Make,
    count: usize,
    alloc: A,
) -> ApiVec<T, A> {
    let spare = if count == 0 { 0 } else { count + 3 };
    let mut items = ApiVec::with_capacity_in(spare, alloc);
    items.extend(make.vec(count));
    items
}

/// The value of a boxed `dyn Any`.
fn of_any<T: 'static>(value: &mut dyn Any) -> &mut T {
    value.downcast_mut().expect("another type")
}

/// The ways that an adaptor and a frame share.
fn shared_ways<T: Counted, B: Adaptor>() -> Vec<Way<T, B>> {
    let mut ways = Vec::new();
    let mut add = |drops, single, name, run: Run<T, B>| {
        ways.push(Way {
            name,
            drops,
            single,
            run,
        });
    };
    builder!(add, "emplace", true, blink => blink.emplace());
    builder!(add, "emplace_no_drop", false, blink => blink.emplace_no_drop());
    builder!(add, "emplace_shared", false, blink => blink.emplace_shared());
    // SAFETY: the values are `'static`.
    builder!(add, "emplace_unchecked", true, blink => unsafe { blink.emplace_unchecked() });

    add(true, true, "put", |blink, make, _| {
        Outcome::one(blink.put(make.value()))
    });
    add(true, true, "try_put", |blink, make, _| {
        match blink.try_put(make.value()) {
            Ok(value) => Outcome::one(value),
            Err(value) => Outcome::refused(vec![value]),
        }
    });
    add(false, true, "put_no_drop", |blink, make, _| {
        Outcome::one(blink.put_no_drop(make.value()))
    });
    add(
        false,
        true,
        "try_put_no_drop",
        |blink, make, _| match blink.try_put_no_drop(make.value()) {
            Ok(value) => Outcome::one(value),
            Err(value) => Outcome::refused(vec![value]),
        },
    );

    add(true, true, "put_box", |blink, make, _| {
        Outcome::one(blink.put_box(Box::new(make.value())))
    });
    add(true, true, "try_put_box", |blink, make, _| {
        match blink.try_put_box(Box::new(make.value())) {
            Ok(value) => Outcome::one(value),
            Err(value) => Outcome::refused(vec![*value]),
        }
    });
    add(true, true, "put_box, dyn", |blink, make, _| {
        let value: Box<dyn Any> = Box::new(make.value::<T>());
        Outcome::one(of_any(blink.put_box(value)))
    });
    add(true, true, "try_put_box, dyn", |blink, make, _| {
        let value: Box<dyn Any> = Box::new(make.value::<T>());
        match blink.try_put_box(value) {
            Ok(value) => Outcome::one(of_any(value)),
            Err(value) => Outcome::refused(vec![*value.downcast().expect("another type")]),
        }
    });
    add(true, false, "put_box, slice", |blink, make, count| {
        Outcome::done(blink.put_box(make.vec(count).into_boxed_slice()))
    });
    add(
        true,
        false,
        "try_put_box, slice",
        |blink, make, count| match blink.try_put_box(make.vec(count).into_boxed_slice()) {
            Ok(items) => Outcome::done(items),
            Err(items) => Outcome::refused(items.into_vec()),
        },
    );

    add(true, false, "put_slice, vector", |blink, make, count| {
        put_slice(blink, make.vec(count))
    });
    add(
        true,
        false,
        "try_put_slice, vector",
        |blink, make, count| try_put_slice(blink, make.vec(count), |items| items),
    );
    add(true, false, "put_slice, box", |blink, make, count| {
        put_slice(blink, make.vec(count).into_boxed_slice())
    });
    add(true, false, "try_put_slice, box", |blink, make, count| {
        try_put_slice(blink, make.vec(count).into_boxed_slice(), Vec::from)
    });
    add(true, false, "put_slice, array", |blink, make, count| {
        put_array_of(false, blink, make, count)
    });
    add(true, false, "try_put_slice, array", |blink, make, count| {
        put_array_of(true, blink, make, count)
    });
    // Over an allocator that notices a wrong layout.
    add(
        true,
        false,
        "put_slice, other vector",
        |blink, make, count| put_slice(blink, api_vec(make, count, Base::plain())),
    );
    add(
        true,
        false,
        "try_put_slice, other vector",
        |blink, make, count| {
            let items = api_vec(make, count, Base::plain());
            try_put_slice(blink, items, |items| items.into_iter().collect())
        },
    );
    add(true, false, "put_slice, other box", |blink, make, count| {
        let items = api_vec(make, count, Base::plain()).into_boxed_slice();
        put_slice::<ApiBox<[T], Base>, B>(blink, items)
    });
    add(
        true,
        false,
        "try_put_slice, other box",
        |blink, make, count| {
            let items = api_vec(make, count, Base::plain()).into_boxed_slice();
            try_put_slice(blink, items, |items| items.into_vec().into_iter().collect())
        },
    );

    // Over the arena itself.
    add(
        true,
        false,
        "put_slice, vector of the arena",
        |blink, make, count| put_slice(blink, api_vec(make, count, blink.allocator())),
    );
    add(
        true,
        false,
        "try_put_slice, vector of the arena",
        |blink, make, count| {
            let mut items = ApiVec::new_in(blink.allocator());
            if items.try_reserve_exact(count).is_err() {
                return Outcome::refused(make.vec(count));
            }
            items.extend(make.vec(count));
            try_put_slice(blink, items, |items| items.into_iter().collect())
        },
    );
    add(
        true,
        false,
        "put_slice, box of the arena",
        |blink, make, count| {
            let items = api_vec(make, count, blink.allocator()).into_boxed_slice();
            put_slice(blink, items)
        },
    );

    add(true, false, "clone_slice", |blink, make, count| {
        let source = make.source(count);
        Outcome::done(make.cloning(|| blink.clone_slice(&source)))
    });
    add(true, false, "try_clone_slice", |blink, make, count| {
        let source = make.source(count);
        match make.cloning(|| blink.try_clone_slice(&source)) {
            Ok(items) => Outcome::done(items),
            Err(_) => {
                make.assert_uncalled();
                Outcome::refused(Vec::new())
            }
        }
    });
    add(true, false, "fill", |blink, make, count| {
        let last = make.last(count);
        Outcome::done(make.cloning(|| blink.fill(count, last)))
    });
    add(true, false, "try_fill", |blink, make, count| {
        let last = make.last(count);
        match make.cloning(|| blink.try_fill(count, last)) {
            Ok(items) => Outcome::done(items),
            Err(last) => {
                make.assert_uncalled();
                assert_ids(slice::from_ref(&last), make.id(count - 1));
                Outcome::refused(Vec::new())
            }
        }
    });
    add(true, false, "fill_with", |blink, make, count| {
        Outcome::done(blink.fill_with(count, make.repeated()))
    });
    add(
        true,
        false,
        "try_fill_with",
        |blink, make, count| match blink.try_fill_with(count, make.repeated()) {
            Ok(items) => Outcome::done(items),
            Err(f) => {
                make.assert_uncalled();
                Outcome::refused((0..count).map(f).collect())
            }
        },
    );
    add(true, false, "fill_iter", |blink, make, count| {
        Outcome::done(blink.fill_iter(make.iter(count)))
    });
    add(
        true,
        false,
        "try_fill_iter",
        |blink, make, count| match blink.try_fill_iter(make.iter(count)) {
            Ok(items) => Outcome::done(items),
            Err(rest) => Outcome::rest((rest.0, rest.1)),
        },
    );
    add(
        true,
        false,
        "fill_iter_fallible, ok",
        |blink, make, count| fill_iter_fallible(blink, make, count, false),
    );
    add(
        true,
        false,
        "fill_iter_fallible, err",
        |blink, make, count| fill_iter_fallible(blink, make, count, true),
    );
    add(
        true,
        false,
        "try_fill_iter_fallible, ok",
        |blink, make, count| try_fill_iter_fallible(blink, make, count, false),
    );
    add(
        true,
        false,
        "try_fill_iter_fallible, err",
        |blink, make, count| try_fill_iter_fallible(blink, make, count, true),
    );

    // Vectors that grow where they stay.
    add(
        true,
        false,
        "into_slice, vector of the arena",
        |blink, make, count| Outcome::done(blink.vector(make.iter(count))),
    );
    add(
        true,
        false,
        "try_into_slice, vector of the arena",
        |blink, make, count| match blink.try_vector(make.iter(count)) {
            Ok(items) => Outcome::done(items),
            Err(items) => Outcome::refused(items),
        },
    );
    add(
        false,
        false,
        "into_slice_no_drop, vector of the arena",
        |blink, make, count| Outcome::done(blink.vector_no_drop(make.iter(count))),
    );

    ways
}

/// All ways into an adaptor.
#[must_use]
pub fn ways<T: Counted, A: BlinkAllocator>() -> Vec<Way<T, Blink<A>>> {
    let mut ways = shared_ways();
    let mut add = |drops, single, name, run: Run<T, Blink<A>>| {
        ways.push(Way {
            name,
            drops,
            single,
            run,
        });
    };
    add(true, false, "collect_to_blink", |blink, make, count| {
        Outcome::done(make.iter(count).collect_to_blink(blink))
    });
    add(
        false,
        false,
        "collect_to_blink_shared",
        |blink, make, count| Outcome::done(make.iter(count).collect_to_blink_shared(blink)),
    );
    add(
        false,
        false,
        "collect_to_blink_no_drop",
        |blink, make, count| Outcome::done(make.iter(count).collect_to_blink_no_drop(blink)),
    );
    add(
        true,
        false,
        "try_collect_to_blink",
        |blink, make, count| match make.iter(count).try_collect_to_blink(blink) {
            Ok(items) => Outcome::done(items),
            Err(rest) => Outcome::rest((rest.0, rest.1)),
        },
    );
    add(
        false,
        false,
        "try_collect_to_blink_shared",
        |blink, make, count| match make.iter(count).try_collect_to_blink_shared(blink) {
            Ok(items) => Outcome::done(items),
            Err(rest) => Outcome::rest(rest),
        },
    );
    add(
        false,
        false,
        "try_collect_to_blink_no_drop",
        |blink, make, count| match make.iter(count).try_collect_to_blink_no_drop(blink) {
            Ok(items) => Outcome::done(items),
            Err(rest) => Outcome::rest((rest.0, rest.1)),
        },
    );
    ways
}

/// All ways into a frame.
#[must_use]
pub fn frame_ways<'f, T: Counted, A: Rewind>() -> Vec<Way<T, Frame<'f, A>>> {
    let mut ways = shared_ways();
    let mut add = |single, name, run: Run<T, Frame<'f, A>>| {
        ways.push(Way {
            name,
            drops: false,
            single,
            run,
        });
    };
    add(true, "slot", |frame, make, _| {
        let place: &mut ManuallyDrop<T> = frame.slot().fill(ManuallyDrop::new(make.value()));
        Outcome::one(place)
    });
    add(true, "try_slot", |frame, make, _| match frame.try_slot() {
        Some(slot) => Outcome::one(&**slot.fill(ManuallyDrop::new(make.value::<T>()))),
        None => Outcome::refused(vec![make.value()]),
    });
    add(false, "keep", |frame, make, count| {
        let mut items = ApiVec::new_in(&*frame);
        items.extend(make.iter(count));
        Outcome::done(Frame::keep(items))
    });
    ways
}

fn fill_iter_fallible<'a, T: Counted, B: Adaptor>(
    blink: &'a B,
    make: &Make,
    count: usize,
    fails: bool,
) -> Outcome<'a, T> {
    match blink.fill_iter_fallible(make.results(count, fails)) {
        Ok(items) => Outcome::done(items),
        Err(error) => Outcome::failed(error),
    }
}

fn try_fill_iter_fallible<'a, T: Counted, B: Adaptor>(
    blink: &'a B,
    make: &Make,
    count: usize,
    fails: bool,
) -> Outcome<'a, T> {
    match blink.try_fill_iter_fallible(make.results(count, fails)) {
        Ok(items) => Outcome::done(items),
        Err(Ok(error)) => Outcome::failed(error),
        Err(Err(rest)) => Outcome::rest((rest.0, rest.1)),
    }
}
