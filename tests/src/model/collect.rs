//! Operations that run code of the user inside the arena's: closures and iterators, which
//! use the same arena meanwhile, lie about their length, or panic.

use core::slice;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::adaptor::Adaptor;

use super::{
    builders::Builder,
    script::{Script, use_arena},
    state::{State, was_planned},
    typed::{self, Plain, with_sample},
    values::{Bytes, Heap, Sample, Wide, WideZero, Zero, planned_panic},
};

pub(super) fn from_iter<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    match state.input.byte() % 8 {
        0 => collect_plain::<u8, A>(state, blink, owner),
        1 => collect_plain::<u32, A>(state, blink, owner),
        2 => collect_plain::<[u8; 23], A>(state, blink, owner),
        3 => collect_plain::<[u8; 0], A>(state, blink, owner),
        _ => with_sample!(state, collect(blink, owner)),
    }
}

fn collect_plain<T: Plain, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
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

fn collect<T: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let script = Script::new(state, [12, 200]);
    let builder = Builder::some::<T>(state);
    let owner_of_items = builder.owner(owner);
    let refused = state.base.refused();
    let reliable = state.is_reliable();
    let mut ids = Vec::new();
    let mut slice = None;
    let run = || {
        let mut items = script.run(|_, uses| {
            if uses {
                use_arena(state, blink, owner);
            }
            let id = state.new_id();
            ids.push(id);
            T::new(id)
        });
        slice = Some(builder.collect(blink, &mut items, reliable));
    };
    let panicked = was_planned(catch_unwind(AssertUnwindSafe(run)));
    assert_eq!(panicked, slice.is_none());
    match slice {
        None => {
            state.expect_dropped(&logged::<T>(&ids));
        }
        Some(Ok(slice)) => {
            assert_eq!(slice.len(), script.len);
            add_collected(state, owner_of_items, slice, &ids);
        }
        Some(Err((slice, item))) => {
            let id = ids.pop().expect("the item that had no room");
            add_collected(state, owner_of_items, slice, &ids);
            let item = item.expect("the item that had no room");
            typed::give_up(state, item, id, refused);
        }
    }
}

/// What values with these numbers log.
pub(super) fn logged<T: Sample>(ids: &[u32]) -> Vec<u32> {
    ids.iter().map(|&id| T::logged(id)).collect()
}

/// Adds a slice of values. One without values has no entry.
pub(super) fn add_collected<T: Sample>(state: &mut State, owner: usize, slice: &[T], ids: &[u32]) {
    if ids.is_empty() {
        assert!(slice.is_empty());
    } else {
        state.add_values(owner, slice, ids);
    }
}

pub(super) fn with<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    with_sample!(state, with_value(blink, owner));
}

/// A value made by a closure.
fn with_value<T: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let script = Script::new(state, [2, 3]);
    let builder = Builder::some::<T>(state);
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
        value = Some(builder.with(blink, make, reliable).map_err(drop));
    };
    let panicked = was_planned(catch_unwind(AssertUnwindSafe(run)));
    assert_eq!(panicked, value.is_none());
    match value {
        None => assert!(script.panics.is_some()),
        Some(Ok(value)) => state.add_values(builder.owner(owner), slice::from_ref(value), &[id]),
        Some(Err(())) => {
            assert!(!called, "called without room");
            state.assert_refused(refused);
        }
    }
}
