//! Types that keep their shape, around copies of what they hold: options, results, tuples,
//! wrappers.

use core::{
    cmp::Reverse,
    marker::PhantomData,
    num::{Saturating, Wrapping},
    ops::{Bound, ControlFlow},
    task::Poll,
};

use crate::clone::{BlinkClone, BlinkCloneRef, Cloner};

impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for Option<T> {
    type Cloned = Option<T::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(match self {
            Some(value) => Some(value.blink_clone(cx)?),
            None => None,
        })
    }
}

impl<'blink, T: BlinkClone<'blink>, E: BlinkClone<'blink>> BlinkClone<'blink> for Result<T, E> {
    type Cloned = Result<T::Cloned, E::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(match self {
            Ok(value) => Ok(value.blink_clone(cx)?),
            Err(error) => Err(error.blink_clone(cx)?),
        })
    }
}

impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for Bound<T> {
    type Cloned = Bound<T::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(match self {
            Bound::Included(value) => Bound::Included(value.blink_clone(cx)?),
            Bound::Excluded(value) => Bound::Excluded(value.blink_clone(cx)?),
            Bound::Unbounded => Bound::Unbounded,
        })
    }
}

impl<'blink, B: BlinkClone<'blink>, T: BlinkClone<'blink>> BlinkClone<'blink>
    for ControlFlow<B, T>
{
    type Cloned = ControlFlow<B::Cloned, T::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(match self {
            ControlFlow::Break(value) => ControlFlow::Break(value.blink_clone(cx)?),
            ControlFlow::Continue(value) => ControlFlow::Continue(value.blink_clone(cx)?),
        })
    }
}

impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for Poll<T> {
    type Cloned = Poll<T::Cloned>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(match self {
            Poll::Ready(value) => Poll::Ready(value.blink_clone(cx)?),
            Poll::Pending => Poll::Pending,
        })
    }
}

/// Implements the trait for a type that is a name around a value.
macro_rules! wrappers {
    ($($wrapper:ident)*) => {$(
        impl<'blink, T: BlinkClone<'blink>> BlinkClone<'blink> for $wrapper<T> {
            type Cloned = $wrapper<T::Cloned>;

            #[inline]
            fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<Self::Cloned, C::Error> {
                Ok($wrapper(self.0.blink_clone(cx)?))
            }
        }
    )*};
}

wrappers!(Reverse Saturating Wrapping);

impl<'blink, T: BlinkCloneRef<'blink> + ?Sized> BlinkClone<'blink> for PhantomData<T> {
    type Cloned = PhantomData<T::Target>;

    #[inline]
    fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<Self::Cloned, C::Error> {
        Ok(PhantomData)
    }
}

/// Implements the trait for tuples of this length and of all shorter ones.
macro_rules! tuples {
    () => {};
    ($first:ident $($rest:ident)*) => {
        impl<'blink, $first: BlinkClone<'blink>, $($rest: BlinkClone<'blink>),*> BlinkClone<'blink>
            for ($first, $($rest),*)
        {
            type Cloned = ($first::Cloned, $($rest::Cloned),*);

            #[inline]
            #[expect(non_snake_case, reason = "named as the types")]
            fn blink_clone<Cx: Cloner<'blink>>(
                &self,
                cx: &mut Cx,
            ) -> Result<Self::Cloned, Cx::Error> {
                let ($first, $($rest),*) = self;
                Ok(($first.blink_clone(cx)?, $($rest.blink_clone(cx)?),*))
            }
        }
        tuples!($($rest)*);
    };
}

tuples!(A B C D E F G H I J K L);
