//! Every way to put values into an adaptor, as one table.
//!
//! A way makes values with ids that follow each other. Those that run code of the user call a
//! hook at each step of it: a call of a closure, a `next`, a clone.
#![expect(
    clippy::result_large_err,
    reason = "errors are to be larger than values"
)]

use std::{any::Any, array, cell::Cell, iter, marker::PhantomData, ptr, rc::Rc, slice, thread};

use allocator_api2::{boxed::Box as ApiBox, vec::Vec as ApiVec};
use blink_alloc::{Blink, BlinkAllocator, IteratorExt, OwnedSlice};

use crate::{
    base::Base,
    drops::{Counted, NO_ID, naming_clones, panic_as_planned},
};

/// Numbers of items that ways are tried with; arrays have one of these lengths.
pub const COUNTS: [usize; 5] = [0, 1, 2, 5, 33];

/// How a way ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All values were put.
    Done,
    /// The user's code returned an error.
    Failed,
    /// Memory could not be had.
    Refused,
}

/// What became of the values.
pub struct Outcome<'a, T> {
    /// How it ended.
    pub end: End,
    /// Those in the arena.
    put: &'a [T],
    /// Those that came back, which follow the others.
    back: Vec<T>,
    drops: bool,
}

impl<'a, T: Counted> Outcome<'a, T> {
    fn new(end: End, put: &'a [T], back: Vec<T>) -> Self {
        Self {
            end,
            put,
            back,
            drops: true,
        }
    }

    fn one(put: &'a T) -> Self {
        Self::done(slice::from_ref(put))
    }

    fn done(put: &'a [T]) -> Self {
        Self::new(End::Done, put, Vec::new())
    }

    fn refused(back: Vec<T>) -> Self {
        Self::new(End::Refused, &[], back)
    }

    fn rest((put, back): (&'a [T], Option<T>)) -> Self {
        assert!(back.is_some(), "the item that had no room is lost");
        Self::new(End::Refused, put, back.into_iter().collect())
    }

    fn failed(error: Error<T>) -> Self {
        assert_eq!(error.1, [7; 40], "a damaged error");
        Self::new(End::Failed, &[], error.0.into_iter().collect())
    }

    /// The values in the arena.
    #[must_use]
    pub fn put(&self) -> &'a [T] {
        self.put
    }

    /// Panics unless the values have the ids from `from` on, and there are `count` of them if
    /// all were put.
    #[track_caller]
    pub fn check(&self, from: u32, count: usize) {
        assert!(self.end != End::Done || self.put.len() == count);
        assert_ids(self.put, from);
        assert_ids(&self.back, from + self.put.len() as u32);
    }

    /// Those in the arena, and those that came back. Where the arena does not drop them, that is
    /// up to the caller.
    #[must_use]
    pub fn into_parts(self) -> (&'a [T], Vec<T>) {
        (self.put, self.back)
    }

    /// The values that the arena does not drop: they have come back, or were put without a
    /// destructor.
    #[must_use]
    pub fn into_owned(self) -> Vec<T> {
        let mut owned = self.back;
        if !self.drops {
            // SAFETY: initialized, dropped by nobody else, and this is the last reference.
            owned.extend(self.put.iter().map(|value| unsafe { ptr::read(value) }));
        }
        owned
    }
}

/// Panics unless these are the values with the ids from `from` on.
#[track_caller]
pub fn assert_ids<T: Counted>(values: &[T], from: u32) {
    for (value, id) in values.iter().zip(from..) {
        assert_eq!(value.id(), if T::HAS_ID { id } else { NO_ID });
    }
}

/// An error that is larger than most values, and may hold one.
struct Error<T>(Option<T>, [u64; 40]);

/// What makes the values of a way.
#[derive(Clone)]
pub struct Make(Rc<State>);

struct State {
    from: u32,
    steps: Cell<u32>,
    hook: Box<dyn Fn(u32)>,
    bomb: bool,
}

impl Make {
    /// Values with the ids from `from` on.
    #[must_use]
    pub fn new(from: u32) -> Self {
        Self::with_hook(from, |_| {})
    }

    /// Before the n-th step, `hook` is called with `n`.
    #[must_use]
    pub fn with_hook(from: u32, hook: impl Fn(u32) + 'static) -> Self {
        Self::build(from, Box::new(hook), false)
    }

    /// Iterators, and closures that are called repeatedly, panic when they are dropped.
    #[must_use]
    pub fn with_bomb(from: u32) -> Self {
        Self::build(from, Box::new(|_| {}), true)
    }

    fn build(from: u32, hook: Box<dyn Fn(u32)>, bomb: bool) -> Self {
        Self(Rc::new(State {
            from,
            steps: Cell::new(0),
            hook,
            bomb,
        }))
    }

    /// Steps so far.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.0.steps.get()
    }

    /// A step; its number.
    fn step(&self) -> u32 {
        let now = self.steps();
        self.0.steps.set(now + 1);
        (self.0.hook)(now);
        now
    }

    fn id(&self, at: usize) -> u32 {
        self.0.from + at as u32
    }

    /// A value that is there before the way begins.
    fn value<T: Counted>(&self) -> T {
        T::new(self.0.from)
    }

    /// As many of those.
    fn vec<T: Counted>(&self, count: usize) -> Vec<T> {
        (0..count).map(|at| T::new(self.id(at))).collect()
    }

    fn array<T: Counted, const N: usize>(&self) -> [T; N] {
        array::from_fn(|at| T::new(self.id(at)))
    }

    /// Makes the value by a step of its own.
    fn once<T: Counted>(&self) -> impl FnOnce() -> T {
        let mut token = Token::new(self);
        token.bomb = false;
        move || {
            token.check();
            T::new(token.make.id(token.make.step() as usize))
        }
    }

    /// Makes the value with an index by a step.
    fn repeated<T: Counted>(&self) -> impl FnMut(usize) -> T {
        let token = Token::new(self);
        move |at| {
            token.check();
            assert_eq!(token.make.step() as usize, at, "indices in order");
            T::new(token.make.id(at))
        }
    }

    /// The values by a step each; the end is a step, too.
    fn iter<T: Counted>(&self, count: usize) -> Items<T> {
        Items {
            token: Token::new(self),
            count,
            at: 0,
            values: PhantomData,
        }
    }

    /// The same, and an error at the end if `fails`.
    fn results<T: Counted>(
        &self,
        count: usize,
        fails: bool,
    ) -> impl Iterator<Item = Result<T, Error<T>>> {
        let mut items = self.iter(count);
        iter::from_fn(move || match items.next() {
            Some(item) => Some(Ok(item)),
            None => fails.then(|| Err(Error(None, [7; 40]))),
        })
    }

    /// What is cloned, with ids of their own.
    fn source<T: Counted>(&self, count: usize) -> Vec<T> {
        (128..).take(count).map(|at| T::new(self.id(at))).collect()
    }

    /// The last of `count` values, which is there before its clones. The first, if there are
    /// none.
    fn last<T: Counted>(&self, count: usize) -> T {
        T::new(self.id(count.saturating_sub(1)))
    }

    /// Runs `f`, where each clone is a step and gets the next id.
    fn cloning<R>(&self, f: impl FnOnce() -> R) -> R {
        let make = self.clone();
        naming_clones(Rc::new(move || make.id(make.step() as usize)), f)
    }

    /// Nothing of the user's was called.
    #[track_caller]
    fn assert_uncalled(&self) {
        assert_eq!(self.steps(), 0, "called before there was room");
    }
}

/// The part of closures and iterators that has to come back intact.
struct Token {
    make: Make,
    heap: Box<u32>,
    bomb: bool,
}

impl Token {
    fn new(make: &Make) -> Self {
        Self {
            make: make.clone(),
            heap: Box::new(!make.0.from),
            bomb: make.0.bomb,
        }
    }

    fn check(&self) {
        assert_eq!(*self.heap, !self.make.0.from, "a damaged closure");
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        self.check();
        if self.bomb && !thread::panicking() {
            panic_as_planned();
        }
    }
}

/// See [`Make::iter`]. Odd lengths are known beforehand.
struct Items<T> {
    token: Token,
    count: usize,
    at: usize,
    values: PhantomData<T>,
}

impl<T: Counted> Iterator for Items<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.token.check();
        let at = self.token.make.step() as usize;
        assert_eq!(at, self.at, "asked after the end, or out of turn");
        self.at += 1;
        (at < self.count).then(|| T::new(self.token.make.id(at)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.count.is_multiple_of(2) {
            return (0, None);
        }
        let left = self.count.saturating_sub(self.at);
        (left, Some(left))
    }
}

type Run<T, A> = for<'a> fn(&'a mut Blink<A>, &Make, usize) -> Outcome<'a, T>;

/// A way to put values.
pub struct Way<T: 'static, A: 'static> {
    /// The method.
    pub name: &'static str,
    /// Whether the arena drops the values.
    pub drops: bool,
    /// Whether it puts one value, not a slice.
    pub single: bool,
    run: Run<T, A>,
}

impl<T: Counted, A: BlinkAllocator> Way<T, A> {
    /// Puts `count` values.
    pub fn run<'a>(&self, blink: &'a mut Blink<A>, make: &Make, count: usize) -> Outcome<'a, T> {
        let outcome = (self.run)(blink, make, count);
        Outcome {
            drops: self.drops,
            ..outcome
        }
    }

    /// Numbers of values to try.
    #[must_use]
    pub fn counts(&self) -> &'static [usize] {
        if self.single { &[1] } else { &COUNTS }
    }

    /// Whether it returns where memory cannot be had.
    #[must_use]
    pub fn tries(&self) -> bool {
        self.name.contains("try_")
    }
}

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
fn put_slice<C: OwnedSlice<Item: Counted>, A: BlinkAllocator>(
    blink: &Blink<A>,
    items: C,
) -> Outcome<'_, C::Item> {
    Outcome::done(blink.put_slice(items))
}

/// `try_put_slice` of a collection. `back` takes the items out.
fn try_put_slice<C: OwnedSlice<Item: Counted>, A: BlinkAllocator>(
    blink: &Blink<A>,
    items: C,
    back: impl FnOnce(C) -> Vec<C::Item>,
) -> Outcome<'_, C::Item> {
    match blink.try_put_slice(items) {
        Ok(items) => Outcome::done(items),
        Err(items) => Outcome::refused(back(items)),
    }
}

/// `put_slice` of an array.
fn put_array<'a, T: Counted, const N: usize, A: BlinkAllocator>(
    tries: bool,
    blink: &'a Blink<A>,
    make: &Make,
) -> Outcome<'a, T> {
    let array: [T; N] = make.array();
    if tries {
        try_put_slice(blink, array, Vec::from)
    } else {
        put_slice(blink, array)
    }
}

fn put_array_of<'a, T: Counted, A: BlinkAllocator>(
    tries: bool,
    blink: &'a Blink<A>,
    make: &Make,
    count: usize,
) -> Outcome<'a, T> {
    match count {
        0 => put_array::<T, 0, A>(tries, blink, make),
        1 => put_array::<T, 1, A>(tries, blink, make),
        2 => put_array::<T, 2, A>(tries, blink, make),
        5 => put_array::<T, 5, A>(tries, blink, make),
        33 => put_array::<T, 33, A>(tries, blink, make),
        _ => panic!("no array of this length"),
    }
}

/// A vector over any allocator, with more room than it needs.
fn api_vec<T: Counted, B: allocator_api2::alloc::Allocator>(
    make: &Make,
    count: usize,
    alloc: B,
) -> ApiVec<T, B> {
    let spare = if count == 0 { 0 } else { count + 3 };
    let mut items = ApiVec::with_capacity_in(spare, alloc);
    items.extend(make.vec(count));
    items
}

/// The value of a boxed `dyn Any`.
fn of_any<T: 'static>(value: &mut dyn Any) -> &mut T {
    value.downcast_mut().expect("another type")
}

/// All ways there are.
#[must_use]
pub fn ways<T: Counted, A: BlinkAllocator>() -> Vec<Way<T, A>> {
    let mut ways = Vec::new();
    let mut add = |drops, single, name, run: Run<T, A>| {
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
        put_slice::<ApiBox<[T], Base>, A>(blink, items)
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

fn fill_iter_fallible<'a, T: Counted, A: BlinkAllocator>(
    blink: &'a Blink<A>,
    make: &Make,
    count: usize,
    fails: bool,
) -> Outcome<'a, T> {
    match blink.fill_iter_fallible(make.results(count, fails)) {
        Ok(items) => Outcome::done(items),
        Err(error) => Outcome::failed(error),
    }
}

fn try_fill_iter_fallible<'a, T: Counted, A: BlinkAllocator>(
    blink: &'a Blink<A>,
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
