#[derive(BlinkClone)]
#[blink(copy, crate = crate::arena)]
struct Point<T> {
    x: T,
    y: T,
}

// ---- expands to ----

#[automatically_derived]
#[allow(
    deprecated,
    unused_qualifications,
    clippy::clone_on_copy,
    clippy::inline_always,
    clippy::redundant_closure_call,
    clippy::restriction,
    clippy::type_complexity
)]
impl<'blink, T> crate::arena::BlinkClone<'blink> for Point<T>
where
    Point<T>: ::core::marker::Copy + 'blink,
{
    type Cloned = Self;
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn blink_clone<__BlinkCloner: crate::arena::Cloner<'blink>>(
        &self,
        __blink_cx: &mut __BlinkCloner,
    ) -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
        ::core::result::Result::Ok(*self)
    }
    #[inline]
    fn blink_clone_slice<__BlinkCloner: crate::arena::Cloner<'blink>>(
        __blink_source: &[Self],
        __blink_cx: &mut __BlinkCloner,
    ) -> ::core::result::Result<&'blink [Self], __BlinkCloner::Error> {
        ::core::result::Result::Ok(
            crate::arena::Cloner::copy_slice(__blink_cx, __blink_source)?,
        )
    }
}
