#[derive(BlinkClone)]
struct Tree<T: Debug, U: ?Sized, const N: usize = 2>
where
    Option<T>: PartialEq,
{
    values: [T; N],
    shared: Rc<U>,
    children: Vec<Tree<T, U, N>>,
    marker: PhantomData<T>,
}

// ---- expands to ----

#[allow(dead_code, clippy::type_complexity, clippy::large_enum_variant)]
struct BlinkTree<'blink, T: Debug, U: ?Sized, const N: usize = 2>
where
    Option<T>: PartialEq,
{
    values: [T; N],
    shared: &'blink U,
    children: &'blink [BlinkTree<'blink, T, U, N>],
    marker: PhantomData<T>,
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
impl<'blink, T: Debug, U: ?Sized, const N: usize> ::blink_alloc::BlinkClone<'blink>
for Tree<T, U, N>
where
    Option<T>: PartialEq,
    T: ::blink_alloc::BlinkClone<'blink>,
    U: ::blink_alloc::__private::BlinkCloneRef<'blink>,
    <T as ::blink_alloc::BlinkClone<'blink>>::Cloned: Debug,
    Option<<T as ::blink_alloc::BlinkClone<'blink>>::Cloned>: PartialEq,
    U: 'static,
{
    type Cloned = BlinkTree<
        'blink,
        <T as ::blink_alloc::BlinkClone<'blink>>::Cloned,
        <U as ::blink_alloc::__private::BlinkCloneRef<'blink>>::Target,
        N,
    >;
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
        ::core::result::Result::Ok(BlinkTree {
            values: match <[T; N] as ::blink_alloc::BlinkClone<
                'blink,
            >>::blink_clone(&self.values, __blink_cx) {
                ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                ::core::result::Result::Err(__blink_error) => {
                    return ::core::result::Result::Err(__blink_error);
                }
            },
            shared: match <Rc<
                U,
            > as ::blink_alloc::BlinkClone<
                'blink,
            >>::blink_clone(&self.shared, __blink_cx) {
                ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                ::core::result::Result::Err(__blink_error) => {
                    return ::core::result::Result::Err(__blink_error);
                }
            },
            children: match <Vec<
                Tree<T, U, N>,
            > as ::blink_alloc::BlinkClone<
                'blink,
            >>::blink_clone(&self.children, __blink_cx) {
                ::core::result::Result::Ok(__blink_copy) => __blink_copy,
                ::core::result::Result::Err(__blink_error) => {
                    return ::core::result::Result::Err(__blink_error);
                }
            },
            marker: ::core::marker::PhantomData,
        })
    }
}
