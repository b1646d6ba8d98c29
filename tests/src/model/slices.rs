//! Operations that make a slice of a length that is known: moved in, cloned, filled.

use std::panic::{AssertUnwindSafe, catch_unwind};

use allocator_api2::vec;
use blink_alloc::OwnedSlice;

use crate::adaptor::Adaptor;

use super::{
    clones,
    collect::{add_collected, logged},
    script::{Script, use_arena},
    state::{State, was_planned},
    typed::{give_up, with_some_sample},
    values::{Bytes, Heap, Sample, Wide, WideZero},
};

/// Numbers for new values.
fn new_ids(state: &mut State, len: usize) -> Vec<u32> {
    (0..len).map(|_| state.new_id()).collect()
}

/// New values.
fn new_values<T: Sample>(ids: &[u32]) -> impl Iterator<Item = T> {
    ids.iter().map(|&id| T::new(id))
}

/// Moves items out of every kind of collection.
pub(super) fn put_slice<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    match state.input.byte() % 8 {
        0 => {
            let ids = new_ids(state, 3);
            let array = [0, 1, 2].map(|at| Heap::new(ids[at]));
            move_in(state, blink, owner, array, &ids);
        }
        1 => put_collected::<Bytes<7>, Vec<_>, A>(state, blink, owner),
        2 => put_collected::<WideZero, Vec<_>, A>(state, blink, owner),
        3 => put_collected::<Wide, Box<[_]>, A>(state, blink, owner),
        4 => put_collected::<Heap, vec::Vec<_>, A>(state, blink, owner),
        5 => put_from_arena::<Wide, A>(state, blink, owner),
        _ => put_from_arena::<Heap, A>(state, blink, owner),
    }
}

fn put_collected<T, C, A>(state: &mut State, blink: &A, owner: usize)
where
    T: Sample,
    C: OwnedSlice<Item = T> + FromIterator<T>,
    A: Adaptor,
{
    let len = state.input.below(20);
    let ids = new_ids(state, len);
    let source = new_values(&ids).collect::<C>();
    move_in(state, blink, owner, source, &ids);
}

/// From the arena into the same arena.
fn put_from_arena<T: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let len = state.input.below(20);
    let refused = state.base.refused();
    let mut source = vec::Vec::<T, _>::new_in(blink.allocator());
    if source.try_reserve(len).is_err() {
        return state.assert_refused(refused);
    }
    let ids = new_ids(state, len);
    source.extend(new_values::<T>(&ids));
    if state.input.one_in(2) {
        move_in(state, blink, owner, source.into_boxed_slice(), &ids);
    } else {
        move_in(state, blink, owner, source, &ids);
    }
}

fn move_in<T: Sample, A: Adaptor>(
    state: &mut State,
    blink: &A,
    owner: usize,
    source: impl OwnedSlice<Item = T>,
    ids: &[u32],
) {
    let refused = state.base.refused();
    let moved = if state.is_reliable() {
        Ok(blink.put_slice(source))
    } else {
        blink.try_put_slice(source)
    };
    match moved {
        Ok(slice) => add_collected(state, owner, slice, ids),
        Err(source) => {
            state.assert_refused(refused);
            drop(source);
            state.expect_dropped(&logged::<T>(ids));
        }
    }
}

pub(super) fn clone_slice<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    with_some_sample!(state, clone_values(blink, owner));
}

fn clone_values<T, A>(state: &mut State, blink: &A, owner: usize)
where
    T: Sample + Clone,
    A: Adaptor,
{
    let script = Script::new(state, [12, 200]);
    let ids = new_ids(state, script.len);
    let source: Vec<T> = new_values(&ids).collect();
    let refused = state.base.refused();
    let reliable = state.is_reliable();
    let mut slice = None;
    clones::start(script.panics);
    let run = || {
        slice = Some(if reliable {
            Ok(blink.clone_slice(&source))
        } else {
            blink.try_clone_slice(&source)
        });
    };
    let panicked = was_planned(catch_unwind(AssertUnwindSafe(run)));
    assert_eq!(panicked, slice.is_none());
    match slice {
        None => state.expect_dropped(&logged::<T>(&ids[..clones::made()])),
        Some(Ok(slice)) => add_collected(state, owner, slice, &ids),
        Some(Err(_)) => {
            assert_eq!(clones::made(), 0, "cloned without room");
            state.assert_refused(refused);
        }
    }
    drop(source);
    state.expect_dropped(&logged::<T>(&ids));
}

pub(super) fn fill<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    with_some_sample!(state, fill_values(blink, owner));
}

fn fill_values<T, A>(state: &mut State, blink: &A, owner: usize)
where
    T: Sample + Clone,
    A: Adaptor,
{
    let script = Script::new(state, [12, 200]);
    let id = state.new_id();
    let refused = state.base.refused();
    let reliable = state.is_reliable();
    let value = T::new(id);
    let mut slice = None;
    clones::start(script.panics);
    let run = || {
        slice = Some(if reliable {
            Ok(blink.fill(script.len, value))
        } else {
            blink.try_fill(script.len, value)
        });
    };
    let panicked = was_planned(catch_unwind(AssertUnwindSafe(run)));
    assert_eq!(panicked, slice.is_none());
    match slice {
        // The clones, and the value itself.
        None => state.expect_dropped(&vec![T::logged(id); clones::made() + 1]),
        Some(Ok(slice)) => {
            assert_eq!(clones::made(), script.len.saturating_sub(1));
            if script.len == 0 {
                state.expect_dropped(&[T::logged(id)]);
            }
            add_collected(state, owner, slice, &vec![id; script.len]);
        }
        Some(Err(value)) => {
            assert_eq!(clones::made(), 0, "cloned without room");
            give_up(state, value, id, refused);
        }
    }
}

pub(super) fn fill_with<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    with_some_sample!(state, fill_with_values(blink, owner));
}

fn fill_with_values<T: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let script = Script::new(state, [12, 200]);
    let refused = state.base.refused();
    let reliable = state.is_reliable();
    let mut ids = Vec::new();
    let mut slice = None;
    let run = || {
        let make = |at| {
            assert_eq!(at, ids.len(), "another index");
            if script.step(at) {
                use_arena(state, blink, owner);
            }
            let id = state.new_id();
            ids.push(id);
            T::new(id)
        };
        slice = Some(if reliable {
            Ok(blink.fill_with(script.len, make))
        } else {
            blink.try_fill_with(script.len, make).map_err(drop)
        });
    };
    let panicked = was_planned(catch_unwind(AssertUnwindSafe(run)));
    assert_eq!(panicked, slice.is_none());
    match slice {
        None => state.expect_dropped(&logged::<T>(&ids)),
        Some(Ok(slice)) => {
            assert_eq!(slice.len(), script.len);
            add_collected(state, owner, slice, &ids);
        }
        Some(Err(())) => {
            assert!(ids.is_empty(), "called without room");
            state.assert_refused(refused);
        }
    }
}

/// A slice of more bytes than there are.
pub(super) fn fill_too_many<A: Adaptor>(state: &mut State, blink: &A) {
    let count = match state.input.byte() % 4 {
        0 => usize::MAX,
        1 => usize::MAX / size_of::<Wide>() + 1,
        _ => state.input.huge_size(64) / size_of::<Wide>(),
    };
    let id = state.new_id();
    let value = blink.try_fill(count, Wide::new(id)).err();
    assert!(value.expect("no room").is(id));
    state.expect_dropped(&[id]);
    assert!(blink.try_fill_with(count, |_| Wide::new(id)).is_err());
    state.expect_dropped(&[]);
}
