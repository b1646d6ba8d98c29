//! What makes the values of a way: closures and iterators that call a hook, notice damage, and
//! panic when told to.
#![expect(
    clippy::result_large_err,
    reason = "errors are to be larger than values"
)]

use std::{array, cell::Cell, iter, marker::PhantomData, rc::Rc, thread};

use crate::drops::{Counted, naming_clones, panic_as_planned};

/// An error that is larger than most values, and may hold one.
pub(super) struct Error<T>(pub Option<T>, pub [u64; 40]);

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

    pub(super) fn id(&self, at: usize) -> u32 {
        self.0.from + at as u32
    }

    /// A value that is there before the way begins.
    pub(super) fn value<T: Counted>(&self) -> T {
        T::new(self.0.from)
    }

    /// As many of those.
    pub(super) fn vec<T: Counted>(&self, count: usize) -> Vec<T> {
        (0..count).map(|at| T::new(self.id(at))).collect()
    }

    pub(super) fn array<T: Counted, const N: usize>(&self) -> [T; N] {
        array::from_fn(|at| T::new(self.id(at)))
    }

    /// Makes the value by a step of its own.
    pub(super) fn once<T: Counted>(&self) -> impl FnOnce() -> T {
        let mut token = Token::new(self);
        token.bomb = false;
        move || {
            token.check();
            T::new(token.make.id(token.make.step() as usize))
        }
    }

    /// Makes the value with an index by a step.
    pub(super) fn repeated<T: Counted>(&self) -> impl FnMut(usize) -> T {
        let token = Token::new(self);
        move |at| {
            token.check();
            assert_eq!(token.make.step() as usize, at, "indices in order");
            T::new(token.make.id(at))
        }
    }

    /// The values by a step each; the end is a step, too.
    pub(super) fn iter<T: Counted>(&self, count: usize) -> Items<T> {
        Items {
            token: Token::new(self),
            count,
            at: 0,
            values: PhantomData,
        }
    }

    /// The same, and an error at the end if `fails`.
    pub(super) fn results<T: Counted>(
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
    pub(super) fn source<T: Counted>(&self, count: usize) -> Vec<T> {
        (128..).take(count).map(|at| T::new(self.id(at))).collect()
    }

    /// The last of `count` values, which is there before its clones. The first, if there are
    /// none.
    pub(super) fn last<T: Counted>(&self, count: usize) -> T {
        T::new(self.id(count.saturating_sub(1)))
    }

    /// Runs `f`, where each clone is a step and gets the next id.
    pub(super) fn cloning<R>(&self, f: impl FnOnce() -> R) -> R {
        let make = self.clone();
        naming_clones(Rc::new(move || make.id(make.step() as usize)), f)
    }

    /// Nothing of the user's was called.
    #[track_caller]
    pub(super) fn assert_uncalled(&self) {
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
pub(super) struct Items<T> {
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
