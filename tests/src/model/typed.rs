//! Operations of the typed adaptor that move or copy values in.

use core::{alloc::Layout, mem, ptr::NonNull, slice};

use crate::adaptor::Adaptor;

use super::{
    blocks::text,
    state::{NOBODY, State},
    values::{Bomb, Bytes, Heap, Sample, Wide, WideZero, Zero},
};

/// Calls a function with a type that the input chooses.
macro_rules! with_sample {
    ($state:ident, $function:ident($($argument:expr),*)) => {
        match $state.input.byte() % 8 {
            0 => $function::<Bytes<0>, _>($state, $($argument),*),
            1 => $function::<Bytes<7>, _>($state, $($argument),*),
            2 => $function::<Bytes<300>, _>($state, $($argument),*),
            3 => $function::<Wide, _>($state, $($argument),*),
            4 => $function::<Zero, _>($state, $($argument),*),
            5 => $function::<WideZero, _>($state, $($argument),*),
            _ => $function::<Heap, _>($state, $($argument),*),
        }
    };
}
pub(super) use with_sample;

/// The same with fewer types, where the code for more would take long to compile.
macro_rules! with_some_sample {
    ($state:ident, $function:ident($($argument:expr),*)) => {
        match $state.input.byte() % 4 {
            0 => $function::<Bytes<7>, _>($state, $($argument),*),
            1 => $function::<Wide, _>($state, $($argument),*),
            2 => $function::<WideZero, _>($state, $($argument),*),
            _ => $function::<Heap, _>($state, $($argument),*),
        }
    };
}
pub(super) use with_some_sample;

pub(super) fn put<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    if state.input.one_in(16) && !state.owners[owner].has_bomb() {
        return put_value::<Bomb, A>(state, blink, owner);
    }
    with_sample!(state, put_value(blink, owner));
}

fn put_value<T: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let id = state.new_id();
    let refused = state.base.refused();
    let value = T::new(id);
    let put = match state.input.byte() % 4 {
        0 if state.is_reliable() => Ok(blink.put(value)),
        1 if state.is_reliable() => Ok(blink.emplace().value(value)),
        2 => blink.emplace().try_value(value),
        _ => blink.try_put(value),
    };
    match put {
        Ok(value) => state.add_values(owner, slice::from_ref(value), &[id]),
        Err(value) => give_up(state, value, id, refused),
    }
}

/// Drops a value that had no room.
pub(super) fn give_up<T: Sample>(state: &mut State, value: T, id: u32, refused: usize) {
    state.assert_refused(refused);
    assert!(value.is(id));
    drop(value);
    state.expect_dropped(&[T::logged(id)]);
}

pub(super) fn put_no_drop<A: Adaptor>(state: &mut State, blink: &A) {
    match state.input.byte() % 5 {
        0 => put_no_drop_value::<Bytes<0>, A>(state, blink),
        1 => put_no_drop_value::<Bytes<50>, A>(state, blink),
        2 => put_no_drop_value::<Bytes<5000>, A>(state, blink),
        3 => put_no_drop_value::<Wide, A>(state, blink),
        _ => put_no_drop_value::<WideZero, A>(state, blink),
    }
}

fn put_no_drop_value<T: Sample, A: Adaptor>(state: &mut State, blink: &A) {
    let id = state.new_id();
    let refused = state.base.refused();
    let put = if state.is_reliable() {
        Ok(blink.put_no_drop(T::new(id)))
    } else {
        blink.try_put_no_drop(T::new(id))
    };
    match put {
        Ok(value) => state.add_values(NOBODY, slice::from_ref(value), &[id]),
        Err(value) => give_up(state, value, id, refused),
    }
}

/// A place that is filled by hand.
pub(super) fn uninit<A: Adaptor>(state: &mut State, blink: &A) {
    match state.input.byte() % 4 {
        0 => uninit_place::<u8, A>(state, blink),
        1 => uninit_place::<[u64; 9], A>(state, blink),
        2 => uninit_place::<Wide, A>(state, blink),
        _ => uninit_place::<(), A>(state, blink),
    }
}

fn uninit_place<T: 'static, A: Adaptor>(state: &mut State, blink: &A) {
    let refused = state.base.refused();
    match blink.try_uninit::<T>() {
        Some(place) => state.add_block(NonNull::from(place).cast(), Layout::new::<T>()),
        None => state.assert_refused(refused),
    }
}

/// Values that are made of bytes of the text.
pub(super) trait Plain: Copy + 'static {
    fn from_text(offset: usize) -> Self;
}

macro_rules! impl_plain {
    ($($number:ty)*) => {$(
        impl Plain for $number {
            fn from_text(offset: usize) -> Self {
                let (bytes, _) = text()[offset..].split_first_chunk().expect("enough text");
                Self::from_ne_bytes(*bytes)
            }
        }
    )*};
}
impl_plain!(u8 u16 u32 u64 u128);

impl<const N: usize> Plain for [u8; N] {
    fn from_text(offset: usize) -> Self {
        *text()[offset..].first_chunk().expect("enough text")
    }
}

pub(super) fn copy<A: Adaptor>(state: &mut State, blink: &A) {
    match state.input.byte() % 8 {
        0 | 1 => copy_slice::<u8, A>(state, blink),
        2 => copy_slice::<u16, A>(state, blink),
        3 => copy_slice::<u64, A>(state, blink),
        4 => copy_slice::<u128, A>(state, blink),
        5 => copy_slice::<[u8; 3], A>(state, blink),
        6 => copy_slice::<[u8; 0], A>(state, blink),
        _ => copy_str(state, blink),
    }
}

fn copy_slice<T: Plain, A: Adaptor>(state: &mut State, blink: &A) {
    let offset = state.new_offset();
    let len = state.input.size() / size_of::<T>().max(1);
    let values = (0..len).map(|at| T::from_text(offset + at * size_of::<T>()));
    let values: Vec<T> = values.collect();
    let refused = state.base.refused();
    let copy = if state.is_reliable() {
        Some(blink.copy_slice(&values))
    } else {
        blink.try_copy_slice(&values)
    };
    match copy {
        Some(copy) => add_plain(state, copy, len, offset),
        None => state.assert_refused(refused),
    }
}

fn copy_str<A: Adaptor>(state: &mut State, blink: &A) {
    let (offset, len) = (state.new_offset(), state.input.size());
    let string = str::from_utf8(&text()[offset..][..len]).expect("the text is a string");
    let refused = state.base.refused();
    let copy = if state.is_reliable() {
        Some(blink.copy_str(string))
    } else {
        blink.try_copy_str(string)
    };
    match copy {
        // SAFETY: the text is ASCII, and so is everything that is written here later.
        Some(copy) => add_plain(state, unsafe { copy.as_bytes_mut() }, len, offset),
        None => state.assert_refused(refused),
    }
}

/// Adds a slice of `len` pieces of the text. One without bytes is no block of the arena.
pub(super) fn add_plain<T: Plain>(state: &mut State, slice: &mut [T], len: usize, offset: usize) {
    assert_eq!(slice.len(), len);
    let layout = Layout::for_value(slice);
    let start = NonNull::from(slice).cast::<u8>();
    if layout.size() > 0 {
        state.add_text(start, layout, offset);
    } else {
        assert_eq!(start.addr().get() % mem::align_of::<T>(), 0);
    }
}
