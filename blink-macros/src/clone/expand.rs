//! The implementation, behind the twin.
//!
//! Paths are absolute and variables are hidden from the user's items; a call stands where the
//! field's type does, so that what is wrong with it is said there.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Type, spanned::Spanned};

use super::{
    ast::{Field, Group, Input, Shape, Variant},
    attr::FieldHow,
    bounds,
    form::{self, Form},
    mirror::{Mirror, mentions},
    names::{self, Names},
    twin::{Twin, is_left_out},
};

pub(super) fn expand(input: &Input, names: &Names, form: Form) -> TokenStream {
    let unknown = match form {
        Form::Copy => Vec::new(),
        _ => form::unknown(input, names),
    };
    let twin = (form == Form::Twin).then(|| Twin::new(input, names, &unknown));
    let there = match &*unknown {
        [] => None,
        [(_, span)] => Some(*span),
        _ => Some(input.ident.span()),
    };
    let there = there.map(|span| names.at(span.resolved_at(Span::mixed_site())));
    let names = there.as_ref().unwrap_or(names);
    let implementation = implementation(input, names, form, twin.as_ref(), &unknown);
    let definition = twin.map(|twin| twin.definition);
    quote!(#definition #implementation)
}

fn implementation(
    input: &Input,
    names: &Names,
    form: Form,
    twin: Option<&Twin>,
    unknown: &[(Type, Span)],
) -> TokenStream {
    let Names {
        krate,
        blink,
        cloner,
        cx,
        ..
    } = names;
    let (span, ident) = (names.span, input.ident);
    let generics = bounds::of_impl(input, names, form);
    let (impl_generics, _, clause) = generics.split_for_impl();
    let (_, arguments, _) = input.generics.split_for_impl();
    let there = |tokens: &dyn ToTokens| match unknown {
        [] => tokens.to_token_stream(),
        _ => names::at(tokens.to_token_stream(), span),
    };
    let (impl_generics, clause) = (there(&impl_generics), there(&clause));
    let cloned = cloned_type(input, names, form, twin);
    // What is required for an implementation that seems to be the user's is told without advice to
    // write it by hand.
    let krate_there = match &input.options.krate {
        Some(path) => path.to_token_stream(),
        None => quote_spanned!(ident.span()=> ::blink_alloc),
    };
    let blink_clone = quote_spanned!(ident.span()=> #krate_there::BlinkClone<#blink>);
    let fields = quote_spanned!(ident.span()=> #krate_there::__private::Fields<#blink>);
    let body = match form {
        Form::Copy => quote_spanned!(span=> ::core::result::Result::Ok(*self)),
        _ => body(input, names, form),
    };
    let slice = (form == Form::Copy).then(|| copy_slice(names));
    let no_drop = twin.map(|_| no_drop(span));
    let method = quote_spanned! {span=>
        <#cloner: #krate::Cloner<#blink>>(
            &self,
            #cx: &mut #cloner,
        ) -> ::core::result::Result<Self::Cloned, #cloner::Error>
    };
    // Up to where pointers are followed: what is made by value is then written where it belongs.
    let inline = quote_spanned! {span=>
        #[cfg_attr(debug_assertions, inline)]
        #[cfg_attr(not(debug_assertions), inline(always))]
    };
    let head = head(span);
    if unknown.is_empty() {
        return quote_spanned! {span=>
            #head
            impl #impl_generics #blink_clone for #ident #arguments #clause {
                type Cloned = #cloned;

                #inline
                fn blink_clone #method {
                    #no_drop
                    #body
                }

                #slice
            }
        };
    }
    // Bounds on the types of fields would be proven in circles, for types that lead to each other,
    // if they were bounds of this trait. Those of another trait end where they begin.
    let mut inner = generics.clone();
    let wanted = unknown.iter().map(|ty| bounds::copied(ty, names, form));
    inner.make_where_clause().predicates.extend(wanted);
    let inner = &inner.where_clause;
    quote_spanned! {span=>
        #head
        impl #impl_generics #fields for #ident #arguments #inner {
            type Cloned = #cloned;

            #inline
            fn clone_fields #method {
                #no_drop
                #body
            }
        }

        #head
        impl #impl_generics #blink_clone for #ident #arguments #clause {
            type Cloned = <Self as #krate::__private::Fields<#blink>>::Cloned;

            #inline
            fn blink_clone #method {
                <Self as #krate::__private::Fields<#blink>>::clone_fields(self, #cx)
            }
        }
    }
}

/// Attributes of an implementation.
fn head(span: Span) -> TokenStream {
    quote_spanned! {span=>
        #[automatically_derived]
        #[allow(
            deprecated, unused_qualifications, clippy::clone_on_copy, clippy::inline_always,
            clippy::redundant_closure_call, clippy::restriction, clippy::type_complexity
        )]
    }
}

/// A slice of what is copied bit by bit.
fn copy_slice(names: &Names) -> TokenStream {
    let Names {
        span,
        krate,
        blink,
        cloner,
        cx,
        source,
        ..
    } = names;
    quote_spanned! {*span=>
        #[inline]
        fn blink_clone_slice<#cloner: #krate::Cloner<#blink>>(
            #source: &[Self],
            #cx: &mut #cloner,
        ) -> ::core::result::Result<&#blink [Self], #cloner::Error> {
            ::core::result::Result::Ok(#krate::Cloner::copy_slice(#cx, #source)?)
        }
    }
}

/// Refuses a twin that has to be dropped.
fn no_drop(span: Span) -> TokenStream {
    quote_spanned! {span=>
        const {
            ::core::assert!(
                !::core::mem::needs_drop::<Self::Cloned>(),
                "a copy in an arena is not dropped, and this twin needs to be: `#[blink(put)]` of \
                 a field has the arena drop its value"
            )
        };
    }
}

/// The type of the copy, with what its parameters become.
fn cloned_type(input: &Input, names: &Names, form: Form, twin: Option<&Twin>) -> TokenStream {
    let blink = &names.blink;
    let own = input.generics.params.iter().map(|param| match param {
        syn::GenericParam::Lifetime(_) => blink.to_token_stream(),
        syn::GenericParam::Type(param) => bounds::cloned(&param.ident, input, names),
        syn::GenericParam::Const(param) => param.ident.to_token_stream(),
    });
    match (form, twin) {
        (Form::Copy, _) => quote!(Self),
        (_, None) => {
            let ident = &names.ident;
            names::at(quote!(#ident<#(#own),*>), names.span)
        }
        (_, Some(twin)) => {
            let name = &names.twin;
            let lifetime = twin.has_lifetime.then_some(blink).into_iter();
            let params = input.generics.params.iter().zip(own);
            let params = params
                .filter(|(param, _)| !matches!(param, syn::GenericParam::Lifetime(_)))
                .map(|(_, copy)| copy);
            let lifetime = lifetime.map(ToTokens::to_token_stream);
            let all = lifetime.chain(params);
            names::at(quote!(#name<#(#all),*>), names.span)
        }
    }
}

/// Makes the copy, field by field in their order.
fn body(input: &Input, names: &Names, form: Form) -> TokenStream {
    let Names { span, cloner, .. } = names;
    let span = *span;
    let path = match form {
        Form::Twin => &names.twin,
        _ => &names.ident,
    };
    match &input.shape {
        Shape::Struct(group) => {
            let places = group
                .fields
                .iter()
                .map(|Field { member, .. }| quote_spanned!(span=> &self.#member));
            let fields = copies(group, places, names, form);
            quote_spanned!(span=> ::core::result::Result::Ok(#path { #(#fields),* }))
        }
        Shape::Enum(variants) if variants.is_empty() => {
            quote_spanned!(span=> match *self {})
        }
        Shape::Enum(variants) => {
            let arms = variants.iter().map(|Variant { ident, group, .. }| {
                let bindings = (0..group.fields.len()).map(|at| names.binding(at));
                let fields = group.fields.iter().zip(bindings.clone());
                let pattern = fields
                    .filter(|(field, _)| !matches!(field.how, FieldHow::Skip))
                    .map(|(Field { member, .. }, binding)| quote!(#member: #binding,));
                let pattern = quote_spanned!(span=> Self::#ident { #(#pattern)* .. });
                let places = bindings.map(|binding| quote!(#binding));
                let fields = copies(group, places, names, form);
                let copy = quote_spanned! {span=>
                    ::core::result::Result::Ok(#path::#ident { #(#fields),* })
                };
                if fields.is_empty() {
                    return quote_spanned!(span=> #pattern => #copy);
                }
                // Without optimization a function has the variables of all its variants on the
                // stack, and a copy goes as deep as that allows.
                quote_spanned! {span=>
                    #pattern => (|| -> ::core::result::Result<Self::Cloned, #cloner::Error> {
                        #copy
                    })()
                }
            });
            quote_spanned! {span=>
                match self {
                    #(#arms,)*
                }
            }
        }
    }
}

/// `field: copy` for each, from where the fields are.
fn copies(
    group: &Group,
    places: impl Iterator<Item = TokenStream>,
    names: &Names,
    form: Form,
) -> Vec<TokenStream> {
    let fields = group.fields.iter().zip(places);
    fields
        .filter(|(field, _)| form != Form::Twin || !is_left_out(field, group.kind))
        .map(|(field, place)| {
            let (member, copy) = (&field.member, copy(field, place, names, form));
            quote_spanned!(names.span=> #member: #copy)
        })
        .collect()
}

fn copy(field: &Field, place: TokenStream, names: &Names, form: Form) -> TokenStream {
    let span = field.ty.span().resolved_at(Span::mixed_site());
    let ty = names::at(field.ty.to_token_stream(), span);
    let Names {
        krate, blink, cx, ..
    } = &names.at(span);
    let place = names::at(place, span);
    match &field.how {
        FieldHow::Copy => quote_spanned!(span=> #krate::__private::copied::<#ty>(#place)),
        FieldHow::Put => quote_spanned! {span=>
            #krate::Cloner::put_drop::<#ty>(#cx, <#ty as ::core::clone::Clone>::clone(#place))?
        },
        FieldHow::Skip if form == Form::Twin => quote_spanned!(span=> ()),
        FieldHow::Skip => {
            quote_spanned!(span=> ::core::default::Default::default())
        }
        FieldHow::As(given, Some(path)) => {
            let span = path.span().resolved_at(Span::mixed_site());
            let place = names::at(place, span);
            // A parameter is another one here than in the twin.
            let given = match mentions(given, &names.params) {
                true => quote!(_),
                false => quote!(#given),
            };
            let krate = names::at(krate.clone(), span);
            quote_spanned!(span=> #krate::__private::made::<#given>(#path(#place, #cx)?))
        }
        FieldHow::As(_, None) => {
            quote_spanned!(span=> #krate::__private::cloned::<#ty, _, _>(#place, #cx)?)
        }
        FieldHow::Phantom => quote_spanned!(span=> ::core::marker::PhantomData),
        FieldHow::Plain if Mirror::new(names, false).of(field.ty).is_none() => {
            let private = quote_spanned!(span=> #krate::__private);
            let field = quote_spanned!(span=> <#private::Field as #private::FieldOf<#blink, #ty>>);
            made(
                quote_spanned!(span=> #field::clone_field(#place, #cx)),
                span,
            )
        }
        FieldHow::Plain | FieldHow::Mirror => {
            let field = quote_spanned!(span=> <#ty as #krate::BlinkClone<#blink>>);
            made(
                quote_spanned!(span=> #field::blink_clone(#place, #cx)),
                span,
            )
        }
    }
}

/// `call?`. Without optimization that has a variable more on the stack, and another one for each
/// field.
fn made(call: TokenStream, span: Span) -> TokenStream {
    quote_spanned! {span=>
        match #call {
            ::core::result::Result::Ok(__blink_copy) => __blink_copy,
            ::core::result::Result::Err(__blink_error) => {
                return ::core::result::Result::Err(__blink_error);
            }
        }
    }
}
