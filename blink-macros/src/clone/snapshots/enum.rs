#[derive(BlinkClone)]
enum Json {
    Null,
    Number(f64),
    Text(String),
    Array(Vec<Json>),
    Object { entries: Vec<(String, Self)>, shared: Rc<str> },
}

// ---- expands to ----

#[allow(dead_code, clippy::type_complexity, clippy::large_enum_variant)]
enum BlinkJson<'blink> {
    Null,
    Number(f64),
    Text(&'blink ::core::primitive::str),
    Array(&'blink [BlinkJson<'blink>]),
    Object {
        entries: &'blink [(&'blink ::core::primitive::str, BlinkJson<'blink>)],
        shared: &'blink ::core::primitive::str,
    },
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
impl<'blink> ::blink_alloc::BlinkClone<'blink> for Json {
    type Cloned = BlinkJson<'blink>;
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
        match self {
            Self::Null { .. } => ::core::result::Result::Ok(BlinkJson::Null {}),
            Self::Number { 0: __blink_f0, .. } => {
                (|| -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
                    ::core::result::Result::Ok(BlinkJson::Number {
                        0: match <f64 as ::blink_alloc::BlinkClone<
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
            Self::Text { 0: __blink_f0, .. } => {
                (|| -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
                    ::core::result::Result::Ok(BlinkJson::Text {
                        0: match <String as ::blink_alloc::BlinkClone<
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
            Self::Array { 0: __blink_f0, .. } => {
                (|| -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
                    ::core::result::Result::Ok(BlinkJson::Array {
                        0: match <Vec<
                            Json,
                        > as ::blink_alloc::BlinkClone<
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
            Self::Object { entries: __blink_f0, shared: __blink_f1, .. } => {
                (|| -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
                    ::core::result::Result::Ok(BlinkJson::Object {
                        entries: match <Vec<
                            (String, Self),
                        > as ::blink_alloc::BlinkClone<
                            'blink,
                        >>::blink_clone(__blink_f0, __blink_cx) {
                            ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                            ::core::result::Result::Err(__blink_error) => {
                                return ::core::result::Result::Err(__blink_error);
                            }
                        },
                        shared: match <Rc<
                            str,
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
