#[derive(BlinkClone)]
#[blink(mirror = Words)]
struct Mixed<'a, T: 'a = String> {
    owned: Vec<T>,
    borrowed: &'a str,
}

// ---- expands to ----

#[allow(dead_code, clippy::type_complexity, clippy::large_enum_variant)]
struct Words<'blink, T = &'blink ::core::primitive::str> {
    owned: &'blink [T],
    borrowed: &'blink ::core::primitive::str,
}
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
impl<'blink, 'a, T: 'a> ::blink_alloc::BlinkClone<'blink> for Mixed<'a, T>
where
    T: ::blink_alloc::BlinkClone<'blink>,
    <T as ::blink_alloc::BlinkClone<'blink>>::Cloned:,
{
    type Cloned = Words<'blink, <T as ::blink_alloc::BlinkClone<'blink>>::Cloned>;
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn blink_clone<__BlinkCloner: ::blink_alloc::Cloner<'blink>>(
        &self,
        __blink_cx: &mut __BlinkCloner,
    ) -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
        const {
            ::core::assert!(
                ! ::core::mem::needs_drop:: < Self::Cloned > (),
                "a copy in an arena is not dropped, and this twin needs to be: `#[blink(put)]` of \
                 a field has the arena drop its value"
            )
        };
        ::core::result::Result::Ok(Words {
            owned: match <Vec<
                T,
            > as ::blink_alloc::BlinkClone<
                'blink,
            >>::blink_clone(&self.owned, __blink_cx) {
                ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                ::core::result::Result::Err(__blink_error) => {
                    return ::core::result::Result::Err(__blink_error);
                }
            },
            borrowed: match <&'a str as ::blink_alloc::BlinkClone<
                'blink,
            >>::blink_clone(&self.borrowed, __blink_cx) {
                ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                ::core::result::Result::Err(__blink_error) => {
                    return ::core::result::Result::Err(__blink_error);
                }
            },
        })
    }
}
