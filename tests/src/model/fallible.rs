//! Operations whose closure or iterator may fail: what was made before goes, and so does its
//! room.

use core::slice;
use std::panic::{AssertUnwindSafe, catch_unwind};

use allocator_api2::alloc::Allocator;

use crate::adaptor::Adaptor;

use super::{
    builders::Builder,
    bytes::cursor,
    collect::{add_collected, logged},
    script::{Script, use_arena},
    state::{State, was_planned},
    typed::give_up,
    values::{Bytes, Heap, Sample, Wide, WideZero, Zero, planned_panic},
};

/// Calls a function with a type and the type of an error, which the input chooses: errors are
/// larger and smaller than the values, and aligned more and less.
macro_rules! with_samples {
    ($state:ident, $function:ident($($argument:expr),*)) => {
        match $state.input.byte() % 4 {
            0 => $function::<Bytes<0>, Bytes<300>, _>($state, $($argument),*),
            1 => $function::<Heap, Wide, _>($state, $($argument),*),
            2 => $function::<Wide, Zero, _>($state, $($argument),*),
            _ => $function::<WideZero, Heap, _>($state, $($argument),*),
        }
    };
}

/// Looks that an error is the one that was made, and drops it.
fn check_error<E: Sample>(state: &State, error: E, id: u32) {
    assert!(error.is(id), "another error");
    drop(error);
    state.expect_dropped(&[E::logged(id)]);
}

/// Looks that the cursor is where it was, but for padding, if it is in the same chunk: nothing
/// but values of type `T` was allocated meanwhile, and they are gone.
fn assert_given_back<T>(state: &State, arena: &impl Allocator, before: Option<usize>) {
    if !state.direct {
        // Where one lease ends and the next begins nobody knows.
        return;
    }
    let chunk = |cursor: usize| state.base.around(cursor, 0);
    if let (Some(before), Some(after)) = (before, cursor(arena)) {
        let padding = before..before + align_of::<T>().max(16);
        let same = chunk(before) == chunk(after);
        assert!(!same || padding.contains(&after), "room is lost");
    }
}

pub(super) fn with<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    with_samples!(state, with_result(blink, owner));
}

fn with_result<T: Sample, E: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let script = Script::new(state, [2, 3]);
    let fails = state.input.one_in(2);
    let builder = Builder::some::<T>(state);
    let id = state.new_id();
    let refused = state.base.refused();
    let reliable = state.is_reliable();
    let before = cursor(&blink.allocator());
    let mut called = false;
    let mut value = None;
    let run = || {
        let make = || {
            called = true;
            (0..script.len).for_each(|_| use_arena(state, blink, owner));
            if script.panics.is_some() {
                planned_panic();
            }
            if fails {
                return Err(E::new(id));
            }
            Ok(T::new(id))
        };
        let made = builder.with_fallible(blink, make, reliable);
        value = Some(made.map_err(|error| error.map_err(drop)));
    };
    let panicked = was_planned(catch_unwind(AssertUnwindSafe(run)));
    assert_eq!(panicked, value.is_none());
    if called && script.len == 0 && (panicked || fails) {
        assert_given_back::<T>(state, &blink.allocator(), before);
    }
    match value {
        None => assert!(script.panics.is_some()),
        Some(Ok(value)) => {
            assert!(!fails);
            state.add_values(builder.owner(owner), slice::from_ref(value), &[id]);
        }
        Some(Err(Ok(error))) => {
            assert!(fails);
            check_error(state, error, id);
        }
        Some(Err(Err(()))) => {
            assert!(!called, "called without room");
            state.assert_refused(refused);
        }
    }
}

pub(super) fn from_iter<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    with_samples!(state, collect_results(blink, owner));
}

fn collect_results<T: Sample, E: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let script = Script::new(state, [12, 200]);
    let builder = Builder::some::<T>(state);
    let error_at = state.input.below(2 * script.len + 1);
    let error_id = state.new_id();
    let refused = state.base.refused();
    let reliable = state.is_reliable();
    let before = cursor(&blink.allocator());
    let (mut ids, mut used, mut failed) = (Vec::new(), false, false);
    let mut slice = None;
    let run = || {
        let mut items = script.run(|at, uses| {
            assert!(!failed, "polled after the error");
            if uses {
                used = true;
                use_arena(state, blink, owner);
            }
            if at == error_at {
                failed = true;
                return Err(E::new(error_id));
            }
            let id = state.new_id();
            ids.push(id);
            Ok(T::new(id))
        });
        slice = Some(builder.collect_fallible(blink, &mut items, reliable));
    };
    let panicked = was_planned(catch_unwind(AssertUnwindSafe(run)));
    assert_eq!(panicked, slice.is_none());
    if !used && (panicked || failed) {
        assert_given_back::<T>(state, &blink.allocator(), before);
    }
    match slice {
        None => state.expect_dropped(&logged::<T>(&ids)),
        Some(Ok(slice)) => {
            assert!(!failed);
            assert_eq!(slice.len(), script.len);
            add_collected(state, builder.owner(owner), slice, &ids);
        }
        Some(Err(Ok(error))) => {
            state.expect_dropped(&logged::<T>(&ids));
            check_error(state, error, error_id);
        }
        Some(Err(Err((slice, item)))) => {
            let id = ids.pop().expect("the item that had no room");
            add_collected(state, builder.owner(owner), slice, &ids);
            let item = item.expect("the item that had no room");
            give_up(state, item, id, refused);
        }
    }
}
