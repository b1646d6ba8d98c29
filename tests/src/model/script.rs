//! What the user's code does while it runs inside the arena's: makes values, uses the same
//! arena, lies about its length, panics.

use crate::adaptor::Adaptor;

use super::{boxes, collect, slices, state::State, typed, values::planned_panic};

/// What an iterator will do, or a closure.
#[derive(Clone, Copy)]
pub(super) struct Script {
    pub len: usize,
    /// The lower bound that it gives, whatever is left.
    hint: usize,
    /// Every so many items it uses the arena; never for 0.
    uses: usize,
    /// The item at which it panics.
    pub panics: Option<usize>,
}

impl Script {
    /// Up to as many items as the first number says, now and then the second.
    pub(super) fn new(state: &mut State, longest: [usize; 2]) -> Self {
        let longest = longest[usize::from(state.input.one_in(8))];
        let len = state.input.below(longest + 1);
        let hint = match state.input.byte() % 8 {
            0 => 1,
            1 => usize::MAX,
            2 => len + 3,
            3 | 4 => len,
            _ => 0,
        };
        let uses = state.input.below(7);
        let panics = state.input.one_in(8).then(|| state.input.below(len + 1));
        Self {
            len,
            hint,
            uses,
            panics,
        }
    }

    /// Panics at the item where it should. Says whether to use the arena before it is made.
    pub(super) fn step(self, at: usize) -> bool {
        if self.panics == Some(at) {
            planned_panic();
        }
        self.uses > 0 && (at + 1).is_multiple_of(self.uses)
    }

    /// The iterator. `item` makes the items, and is told whether to use the arena.
    pub(super) fn run<T>(self, mut item: impl FnMut(usize, bool) -> T) -> impl Iterator<Item = T> {
        let mut at = 0;
        let next = move || {
            assert!(at <= self.len, "polled after the end");
            let uses = self.step(at);
            at += 1;
            (at <= self.len).then(|| item(at - 1, uses))
        };
        Hinted {
            next,
            hint: self.hint,
        }
    }
}

struct Hinted<F> {
    next: F,
    hint: usize,
}

impl<T, F: FnMut() -> Option<T>> Iterator for Hinted<F> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        (self.next)()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.hint, None)
    }
}

/// Something small in the same arena.
pub(super) fn use_arena<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    match state.input.byte() % 8 {
        0 | 1 => typed::put(state, blink, owner),
        2 => typed::put_no_drop(state, blink),
        3 | 4 => typed::copy(state, blink),
        5 => slices::put_slice(state, blink, owner),
        6 => boxes::put_box(state, blink, owner),
        _ => collect::from_iter(state, blink, owner),
    }
}
