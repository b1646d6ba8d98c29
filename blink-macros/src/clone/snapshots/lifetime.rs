#[derive(BlinkClone)]
enum Token<'a, T> {
    Word(&'a str),
    Of { value: &'a [T], token: Option<&'a Token<'a, T>> },
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
impl<'blink, 'a, T> ::blink_alloc::BlinkClone<'blink> for Token<'a, T>
where
    T: ::blink_alloc::BlinkClone<'blink>,
{
    type Cloned = Token<'blink, <T as ::blink_alloc::BlinkClone<'blink>>::Cloned>;
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn blink_clone<__BlinkCloner: ::blink_alloc::Cloner<'blink>>(
        &self,
        __blink_cx: &mut __BlinkCloner,
    ) -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
        match self {
            Self::Word { 0: __blink_f0, .. } => {
                (|| -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
                    ::core::result::Result::Ok(Token::Word {
                        0: match <&'a str as ::blink_alloc::BlinkClone<
                            'blink,
                        >>::blink_clone(__blink_f0, __blink_cx) {
                            ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                            ::core::result::Result::Err(__blink_error) => {
                                return ::core::result::Result::Err(__blink_error);
                            }
                        },
                    })
                })()
            }
            Self::Of { value: __blink_f0, token: __blink_f1, .. } => {
                (|| -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
                    ::core::result::Result::Ok(Token::Of {
                        value: match <&'a [T] as ::blink_alloc::BlinkClone<
                            'blink,
                        >>::blink_clone(__blink_f0, __blink_cx) {
                            ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                            ::core::result::Result::Err(__blink_error) => {
                                return ::core::result::Result::Err(__blink_error);
                            }
                        },
                        token: match <Option<
                            &'a Token<'a, T>,
                        > as ::blink_alloc::BlinkClone<
                            'blink,
                        >>::blink_clone(__blink_f1, __blink_cx) {
                            ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                            ::core::result::Result::Err(__blink_error) => {
                                return ::core::result::Result::Err(__blink_error);
                            }
                        },
                    })
                })()
            }
        }
    }
}
