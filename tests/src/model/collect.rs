//! Operations that run code of the user inside the arena's: closures and iterators, which
//! use the same arena meanwhile, lie about their length, or panic.

use core::slice;
use std::panic::{AssertUnwindSafe, catch_unwind};

use blink_alloc::{Blink, BlinkAllocator};

use super::{
    state::{State, was_planned},
    typed::{self, Plain, with_sample},
    values::{Bytes, Heap, Sample, Wide, WideZero, Zero, planned_panic},
};

/// What an iterator will do.
#[derive(Clone, Copy)]
struct Script {
    len: usize,
    /// The lower bound that it gives, whatever is left.
    hint: usize,
    /// Every so many items it uses the arena; never for 0.
    uses: usize,
    /// The item at which it panics.
    panics: Option<usize>,
}

impl Script {
    /// Up to as many items as the first number says, now and then the second.
    fn new(state: &mut State, longest: [usize; 2]) -> Self {
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

    /// The iterator. `item` makes the items, and is told whether to use the arena.
    fn run<T>(self, mut item: impl FnMut(usize, bool) -> T) -> impl Iterator<Item = T> {
        let mut at = 0;
        let next = move || {
            assert!(at <= self.len, "polled after the end");
            if self.panics == Some(at) {
                planned_panic();
            }
            at += 1;
            let uses = self.uses > 0 && at % self.uses == 0;
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
fn use_arena<A: BlinkAllocator>(state: &mut State, blink: &Blink<A>, owner: usize) {
    match state.input.byte() % 4 {
        0 => typed::put(state, blink, owner),
        1 => typed::put_no_drop(state, blink),
        2 => typed::copy(state, blink),
        _ => from_iter(state, blink, owner),
    }
}

pub(super) fn from_iter<A: BlinkAllocator>(state: &mut State, blink: &Blink<A>, owner: usize) {
    match state.input.byte() % 8 {
        0 => collect_plain::<u8, A>(state, blink, owner),
        1 => collect_plain::<u32, A>(state, blink, owner),
        2 => collect_plain::<[u8; 23], A>(state, blink, owner),
        3 => collect_plain::<[u8; 0], A>(state, blink, owner),
        _ => with_sample!(state, collect(blink, owner)),
    }
}

fn collect_plain<T: Plain, A: BlinkAllocator>(state: &mut State, blink: &Blink<A>, owner: usize) {
    let script = Script::new(state, [40, 1000]);
    let offset = state.new_offset();
    let refused = state.base.refused();
    let reliable = state.is_reliable();
    let mut slice = None;
    let run = || {
        let items = script.run(|at, uses| {
            if uses {
                use_arena(state, blink, owner);
            }
            T::from_text(offset + at * size_of::<T>())
        });
        slice = Some(if reliable {
            Ok(blink.emplace().from_iter(items))
        } else {
            blink.emplace().try_from_iter(items)
        });
    };
    let panicked = was_planned(catch_unwind(AssertUnwindSafe(run)));
    assert_eq!(panicked, slice.is_none());
    match slice {
        None => {}
        Some(Ok(slice)) => typed::add_plain(state, slice, script.len, offset),
        Some(Err((slice, item))) => {
            state.assert_refused(refused);
            assert!(item.is_some());
            let len = slice.len();
            typed::add_plain(state, slice, len, offset);
        }
    }
}

fn collect<T: Sample, A: BlinkAllocator>(state: &mut State, blink: &Blink<A>, owner: usize) {
    let script = Script::new(state, [12, 200]);
    let refused = state.base.refused();
    let reliable = state.is_reliable();
    let mut ids = Vec::new();
    let mut slice = None;
    let run = || {
        let items = script.run(|_, uses| {
            if uses {
                use_arena(state, blink, owner);
            }
            let id = state.new_id();
            ids.push(id);
            T::new(id)
        });
        slice = Some(if reliable {
            Ok(blink.emplace().from_iter(items))
        } else {
            blink.emplace().try_from_iter(items)
        });
    };
    let panicked = was_planned(catch_unwind(AssertUnwindSafe(run)));
    assert_eq!(panicked, slice.is_none());
    match slice {
        None => {
            let logged: Vec<_> = ids.iter().map(|&id| T::logged(id)).collect();
            state.expect_dropped(&logged);
        }
        Some(Ok(slice)) => {
            assert_eq!(slice.len(), script.len);
            add_collected(state, owner, slice, &ids);
        }
        Some(Err((slice, item))) => {
            let id = ids.pop().expect("the item that had no room");
            add_collected(state, owner, slice, &ids);
            let item = item.expect("the item that had no room");
            typed::give_up(state, item, id, refused);
        }
    }
}

/// Adds a slice of values. One without values has no entry.
fn add_collected<T: Sample>(state: &mut State, owner: usize, slice: &mut [T], ids: &[u32]) {
    if ids.is_empty() {
        assert!(slice.is_empty());
    } else {
        state.add_values(owner, slice, ids);
    }
}

pub(super) fn with<A: BlinkAllocator>(state: &mut State, blink: &Blink<A>, owner: usize) {
    with_sample!(state, with_value(blink, owner));
}

/// A value made by a closure.
fn with_value<T: Sample, A: BlinkAllocator>(state: &mut State, blink: &Blink<A>, owner: usize) {
    let script = Script::new(state, [2, 3]);
    let id = state.new_id();
    let refused = state.base.refused();
    let reliable = state.is_reliable();
    let mut called = false;
    let mut value = None;
    let run = || {
        let make = || {
            called = true;
            (0..script.len).for_each(|_| use_arena(state, blink, owner));
            if script.panics.is_some() {
                planned_panic();
            }
            T::new(id)
        };
        value = Some(if reliable {
            Ok(blink.emplace().with(make))
        } else {
            blink.emplace().try_with(make).map_err(drop)
        });
    };
    let panicked = was_planned(catch_unwind(AssertUnwindSafe(run)));
    assert_eq!(panicked, value.is_none());
    match value {
        None => assert!(script.panics.is_some()),
        Some(Ok(value)) => state.add_values(owner, slice::from_mut(value), &[id]),
        Some(Err(())) => {
            assert!(!called, "called without room");
            state.assert_refused(refused);
        }
    }
}
