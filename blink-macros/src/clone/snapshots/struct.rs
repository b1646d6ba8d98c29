/// A type that owns.
#[derive(BlinkClone)]
#[blink(derive(Debug))]
pub struct Page {
    /// What is above.
    pub title: String,
    links: Vec<Link>,
    #[blink(copy)]
    language: &'static str,
    #[blink(put)]
    source: Arc<[u8]>,
    #[blink(skip)]
    cache: Option<u32>,
    #[blink(as = &'blink str, with = lower_case)]
    key: String,
    next: Option<Box<Page>>,
}

// ---- expands to ----

/// A type that owns.
#[derive(Debug)]
#[allow(dead_code, clippy::type_complexity, clippy::large_enum_variant)]
pub struct BlinkPage<'blink> {
    /// What is above.
    pub title: &'blink ::core::primitive::str,
    links: <::blink_alloc::__private::Field as ::blink_alloc::__private::FieldOf<
        'blink,
        Vec<Link>,
    >>::Cloned,
    language: &'static str,
    source: &'blink Arc<[u8]>,
    key: &'blink str,
    next: Option<&'blink BlinkPage<'blink>>,
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
impl<'blink> ::blink_alloc::__private::Fields<'blink> for Page
where
    ::blink_alloc::__private::Field: ::blink_alloc::__private::FieldOf<
        'blink,
        Vec<Link>,
    >,
{
    type Cloned = BlinkPage<'blink>;
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn clone_fields<__BlinkCloner: ::blink_alloc::Cloner<'blink>>(
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
        ::core::result::Result::Ok(BlinkPage {
            title: match <String as ::blink_alloc::BlinkClone<
                'blink,
            >>::blink_clone(&self.title, __blink_cx) {
                ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                ::core::result::Result::Err(__blink_error) => {
                    return ::core::result::Result::Err(__blink_error);
                }
            },
            links: match <::blink_alloc::__private::Field as ::blink_alloc::__private::FieldOf<
                'blink,
                Vec<Link>,
            >>::clone_field(&self.links, __blink_cx) {
                ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                ::core::result::Result::Err(__blink_error) => {
                    return ::core::result::Result::Err(__blink_error);
                }
            },
            language: ::blink_alloc::__private::copied::<&'static str>(&self.language),
            source: ::blink_alloc::Cloner::put_drop::<
                Arc<[u8]>,
            >(__blink_cx, <Arc<[u8]> as ::core::clone::Clone>::clone(&self.source))?,
            key: ::blink_alloc::__private::made::<
                &'blink str,
            >(lower_case(&self.key, __blink_cx)?),
            next: match <Option<
                Box<Page>,
            > as ::blink_alloc::BlinkClone<
                'blink,
            >>::blink_clone(&self.next, __blink_cx) {
                ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                ::core::result::Result::Err(__blink_error) => {
                    return ::core::result::Result::Err(__blink_error);
                }
            },
        })
    }
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
impl<'blink> ::blink_alloc::BlinkClone<'blink> for Page {
    type Cloned = <Self as ::blink_alloc::__private::Fields<'blink>>::Cloned;
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn blink_clone<__BlinkCloner: ::blink_alloc::Cloner<'blink>>(
        &self,
        __blink_cx: &mut __BlinkCloner,
    ) -> ::core::result::Result<Self::Cloned, __BlinkCloner::Error> {
        <Self as ::blink_alloc::__private::Fields<
            'blink,
        >>::clone_fields(self, __blink_cx)
    }
}
