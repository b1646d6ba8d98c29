//! The twin: the type of the copy, where that is another one.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, Lifetime, Type, visit_mut::VisitMut};

use super::{
    ast::{Field, Group, Input, Kind, Shape, Variant},
    attr::FieldHow,
    bounds,
    form::{self, Form, twin_field},
    mirror::AtBlink,
    names::Names,
};

/// The type of the copy.
pub(super) struct Twin {
    pub(super) definition: TokenStream,
    /// Whether anything of it lives in the arena. What a function makes need not.
    pub(super) has_lifetime: bool,
}

impl Twin {
    pub(super) fn new(input: &Input, names: &Names, unknown: &[(Type, Span)]) -> Self {
        let Input { attrs, vis, .. } = input;
        let (name, blink) = (&names.twin, &names.blink);
        let attrs = copied_attrs(attrs);
        let derives = input
            .options
            .derive
            .as_ref()
            .map(|(_, paths)| quote!(#[derive(#(#paths),*)]));
        let extra = input.options.attr.iter().flat_map(|(_, attrs)| attrs);
        let fields = |group: &Group, in_struct| twin_fields(group, names, in_struct);
        let (keyword, body) = match &input.shape {
            Shape::Struct(group) => (quote!(struct), fields(group, true)),
            Shape::Enum(variants) => {
                let variants = variants.iter().map(
                    |Variant {
                         attrs,
                         ident,
                         group,
                     }| {
                        let (attrs, fields) = (copied_attrs(attrs), fields(group, false));
                        quote!(#(#attrs)* #ident #fields)
                    },
                );
                (quote!(enum), quote!({ #(#variants),* }))
            }
        };
        let has_lifetime = mentions_lifetime(&body, blink);
        let mut generics = input.generics.clone();
        generics.params = generics
            .params
            .into_iter()
            .filter(|param| !matches!(param, syn::GenericParam::Lifetime(_)))
            .collect();
        if has_lifetime {
            for param in generics.type_params_mut() {
                if let Some(default) = &mut param.default {
                    *default = form::twin_default(&param.ident, default, input, names);
                }
            }
            generics.params.insert(0, syn::parse_quote!(#blink));
        }
        // Derives would take what these say for all there is to know.
        let is_derived = derives.is_some() || input.options.attr.is_some();
        if !unknown.is_empty() && !is_derived {
            let copied = |ty| bounds::copied(ty, names, Form::Twin);
            let wanted = unknown.iter().map(copied);
            generics.make_where_clause().predicates.extend(wanted);
        }
        bounds::Outlives.visit_generics_mut(&mut generics);
        AtBlink(names).visit_generics_mut(&mut generics);
        let clause = &generics.where_clause;
        let (clause, body) = match &input.shape {
            Shape::Struct(Group {
                kind: Kind::Named, ..
            })
            | Shape::Enum(_) => (quote!(#clause), body),
            Shape::Struct(_) => (quote!(), quote!(#body #clause;)),
        };
        let definition = quote! {
            #(#attrs)*
            #derives
            #(#[#extra])*
            #[allow(dead_code, clippy::type_complexity, clippy::large_enum_variant)]
            #vis #keyword #name #generics #clause #body
        };
        Self {
            definition,
            has_lifetime,
        }
    }
}

/// The attributes that the twin has, too.
fn copied_attrs(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(|attr| {
        let names = ["doc", "deprecated", "non_exhaustive", "allow"];
        names.iter().any(|name| attr.path().is_ident(name))
    })
}

/// The fields of the twin with their braces.
fn twin_fields(group: &Group, names: &Names, in_struct: bool) -> TokenStream {
    let fields = group.fields.iter();
    let fields = fields
        .filter(|field| !is_left_out(field, group.kind))
        .map(|field| {
            let attrs = copied_attrs(field.attrs);
            let vis = in_struct.then_some(field.vis);
            let ty = twin_field(field, names);
            match &field.member {
                syn::Member::Named(name) => quote!(#(#attrs)* #vis #name: #ty),
                syn::Member::Unnamed(_) => quote!(#(#attrs)* #vis #ty),
            }
        });
    match group.kind {
        Kind::Named => quote!({ #(#fields),* }),
        Kind::Tuple => quote!((#(#fields),*)),
        Kind::Unit => quote!(),
    }
}

/// Whether the twin does not have a field. Those without names keep their places.
pub(super) fn is_left_out(field: &Field, kind: Kind) -> bool {
    matches!(field.how, FieldHow::Skip) && kind == Kind::Named
}

fn mentions_lifetime(tokens: &TokenStream, lifetime: &Lifetime) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Group(group) => mentions_lifetime(&group.stream(), lifetime),
        TokenTree::Ident(ident) => ident == lifetime.ident,
        _ => false,
    })
}
