#[derive(BlinkClone)]
struct Sizes<T>(u8, [Option<T>; 2], #[blink(skip)] usize);

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
impl<'blink, T> ::blink_alloc::BlinkClone<'blink> for Sizes<T>
where
    T: ::blink_alloc::BlinkClone<'blink>,
{
    type Cloned = Sizes<<T as ::blink_alloc::BlinkClone<'blink>>::Cloned>;
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn blink_clone<__BlinkCloner: ::blink_alloc::Cloner<'blink>>(
        &self,
        __blink_cx: &mut __BlinkCloner,
    ) -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
        ::core::result::Result::Ok(Sizes {
            0: match <u8 as ::blink_alloc::BlinkClone<
                'blink,
            >>::blink_clone(&self.0, __blink_cx) {
                ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                ::core::result::Result::Err(__blink_error) => {
                    return ::core::result::Result::Err(__blink_error);
                }
            },
            1: match <[Option<
                T,
            >; 2] as ::blink_alloc::BlinkClone<
                'blink,
            >>::blink_clone(&self.1, __blink_cx) {
                ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                ::core::result::Result::Err(__blink_error) => {
                    return ::core::result::Result::Err(__blink_error);
                }
            },
            2: ::core::default::Default::default(),
        })
    }
}
