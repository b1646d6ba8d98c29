//! Values that are moved out of their boxes.

use core::{any::Any, slice};

use crate::adaptor::Adaptor;

use super::{
    blocks::text,
    collect::{add_collected, logged},
    state::State,
    typed::{add_plain, give_up, with_some_sample},
    values::{Bytes, Heap, Sample, Wide, WideZero},
};

pub(super) fn put_box<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    match state.input.byte() % 8 {
        0 => put_str(state, blink),
        1 => put_boxed_slice::<Wide, A>(state, blink, owner),
        2 => put_boxed_slice::<Heap, A>(state, blink, owner),
        3 => put_boxed::<Heap, A>(state, blink, owner),
        _ => with_some_sample!(state, put_dyn(blink, owner)),
    }
}

/// The box comes back if there is no room.
fn moved<'a, T: ?Sized + 'static, A: Adaptor>(
    state: &State,
    blink: &'a A,
    value: Box<T>,
) -> Result<&'a mut T, Box<T>> {
    if state.is_reliable() {
        Ok(blink.put_box(value))
    } else {
        blink.try_put_box(value)
    }
}

fn put_boxed<T: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let id = state.new_id();
    let refused = state.base.refused();
    match moved(state, blink, Box::new(T::new(id))) {
        Ok(value) => state.add_values(owner, slice::from_ref(value), &[id]),
        Err(value) => give_up(state, *value, id, refused),
    }
}

fn put_dyn<T: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let id = state.new_id();
    let refused = state.base.refused();
    let value: Box<dyn Any> = Box::new(T::new(id));
    match moved(state, blink, value) {
        Ok(value) => {
            let value = value.downcast_ref::<T>().expect("the type that it had");
            state.add_values(owner, slice::from_ref(value), &[id]);
        }
        Err(value) => {
            let value = value.downcast::<T>().expect("the type that it had");
            give_up(state, *value, id, refused);
        }
    }
}

fn put_boxed_slice<T: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let len = state.input.below(8);
    let ids: Vec<_> = (0..len).map(|_| state.new_id()).collect();
    let refused = state.base.refused();
    let values: Box<[T]> = ids.iter().map(|&id| T::new(id)).collect();
    match moved(state, blink, values) {
        Ok(values) => add_collected(state, owner, values, &ids),
        Err(values) => {
            state.assert_refused(refused);
            drop(values);
            state.expect_dropped(&logged::<T>(&ids));
        }
    }
}

fn put_str<A: Adaptor>(state: &mut State, blink: &A) {
    let (offset, len) = (state.new_offset(), state.input.size());
    let string = str::from_utf8(&text()[offset..][..len]).expect("the text is a string");
    let refused = state.base.refused();
    match moved(state, blink, Box::<str>::from(string)) {
        // SAFETY: the text is ASCII, and so is everything that is written here later.
        Ok(moved) => add_plain(state, unsafe { moved.as_bytes_mut() }, len, offset),
        Err(back) => {
            assert_eq!(*back, *string);
            state.assert_refused(refused);
        }
    }
}
