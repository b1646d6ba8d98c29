//! The builders, any of them.

use crate::adaptor::Adaptor;

use super::{
    state::{NOBODY, State},
    values::Sample,
};

/// What there is of a slice, and the item that had no room.
type Rest<'a, T> = (&'a [T], Option<T>);

#[derive(Clone, Copy)]
pub(super) enum Builder {
    Drops,
    Unchecked,
    NoDrop,
    Shares,
}

/// Runs what may fail, or what cannot where memory is reliable, with the builder that it is.
/// One that shares has a type of its own, and may always fail: there is code enough to compile.
macro_rules! with_builder {
    ($self:ident, $blink:ident, $builder:ident => if $reliable:ident $run:block else $try:block) => {
        if let Self::Shares = $self {
            let $builder = $blink.emplace_shared();
            $try
        } else {
            let $builder = match $self {
                Self::Drops => $blink.emplace(),
                // SAFETY: samples borrow nothing, and the adaptor is not sent.
                Self::Unchecked => unsafe { $blink.emplace_unchecked() },
                Self::NoDrop | Self::Shares => $blink.emplace_no_drop(),
            };
            if $reliable $run else $try
        }
    };
}

impl Builder {
    /// One for values of this type: what has memory elsewhere is dropped.
    pub(super) fn some<T: Sample>(state: &mut State) -> Self {
        match state.input.byte() % 4 {
            0 if !T::LEAKS => Self::NoDrop,
            1 if !T::LEAKS => Self::Shares,
            2 => Self::Unchecked,
            _ => Self::Drops,
        }
    }

    /// Who drops what is put into the adaptor of `owner`.
    pub(super) fn owner(self, owner: usize) -> usize {
        match self {
            Self::Drops | Self::Unchecked => owner,
            Self::NoDrop | Self::Shares => NOBODY,
        }
    }

    pub(super) fn with<T: Sample, A: Adaptor, F: FnOnce() -> T>(
        self,
        blink: &A,
        f: F,
        reliable: bool,
    ) -> Result<&T, F> {
        with_builder!(self, blink, builder => if reliable {
            let value: &T = builder.with(f);
            Ok(value)
        } else {
            builder.try_with(f).map(|value| -> &T { value })
        })
    }

    pub(super) fn with_fallible<T: Sample, E, A: Adaptor, F: FnOnce() -> Result<T, E>>(
        self,
        blink: &A,
        f: F,
        reliable: bool,
    ) -> Result<&T, Result<E, F>> {
        with_builder!(self, blink, builder => if reliable {
            let value = builder.with_fallible(f).map_err(Ok);
            value.map(|value| -> &T { value })
        } else {
            let value = builder.try_with_fallible(f);
            value.map(|value| -> &T { value })
        })
    }

    pub(super) fn collect<'a, T: Sample, A: Adaptor>(
        self,
        blink: &'a A,
        items: &mut dyn Iterator<Item = T>,
        reliable: bool,
    ) -> Result<&'a [T], Rest<'a, T>> {
        with_builder!(self, blink, builder => if reliable {
            let slice: &[T] = builder.from_iter(items);
            Ok(slice)
        } else {
            match builder.try_from_iter(items) {
                Ok(slice) => Ok(slice),
                Err((slice, item)) => Err((slice, item)),
            }
        })
    }

    pub(super) fn collect_fallible<'a, T: Sample, E, A: Adaptor>(
        self,
        blink: &'a A,
        items: &mut dyn Iterator<Item = Result<T, E>>,
        reliable: bool,
    ) -> Result<&'a [T], Result<E, Rest<'a, T>>> {
        with_builder!(self, blink, builder => if reliable {
            let collected = builder.from_iter_fallible(items).map_err(Ok);
            collected.map(|slice| -> &[T] { slice })
        } else {
            match builder.try_from_iter_fallible(items) {
                Ok(slice) => Ok(slice),
                Err(Ok(error)) => Err(Ok(error)),
                Err(Err((slice, item))) => Err(Err((slice, item))),
            }
        })
    }
}
