//! Every name and path of the expansion, made once.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{GenericParam, Lifetime};

use super::ast::Input;

/// The lifetime of what the arena holds, as users write it in `as = <type>`.
pub(super) const BLINK: &str = "'blink";

pub(super) struct Names {
    /// `::blink_alloc`, or where that is.
    pub(super) krate: TokenStream,
    /// The lifetime of the copy.
    pub(super) blink: Lifetime,
    /// The type of the cloner.
    pub(super) cloner: Ident,
    /// The variable that is the cloner. Constants are no harm to a name that nobody has.
    pub(super) cx: Ident,
    /// The type's name.
    pub(super) ident: Ident,
    /// The twin's name, if there is one.
    pub(super) twin: Ident,
    /// The lifetimes of the type.
    pub(super) lifetimes: Vec<Ident>,
    /// The type parameters.
    pub(super) params: Vec<Ident>,
    /// The arguments of the twin, behind its lifetime: the type and const parameters.
    pub(super) arguments: Vec<Ident>,
}

impl Names {
    pub(super) fn new(input: &Input) -> Self {
        let mut lifetimes = Vec::new();
        let mut params = Vec::new();
        let mut arguments = Vec::new();
        for param in &input.generics.params {
            match param {
                GenericParam::Lifetime(param) => lifetimes.push(param.lifetime.ident.clone()),
                GenericParam::Type(param) => {
                    params.push(param.ident.clone());
                    arguments.push(param.ident.clone());
                }
                GenericParam::Const(param) => arguments.push(param.ident.clone()),
            }
        }
        Self {
            krate: match &input.options.krate {
                Some(path) => quote!(#path),
                None => quote_spanned!(Span::mixed_site()=> ::blink_alloc),
            },
            blink: Lifetime::new(BLINK, Span::call_site()),
            cloner: Ident::new("__BlinkCloner", Span::mixed_site()),
            cx: Ident::new("__blink_cx", Span::mixed_site()),
            ident: input.ident.clone(),
            twin: match &input.options.mirror {
                Some(name) => name.clone(),
                None => twin(input.ident),
            },
            lifetimes,
            params,
            arguments,
        }
    }

    /// The variable for a field of a variant.
    pub(super) fn binding(&self, at: usize) -> Ident {
        format_ident!("__blink_f{}", at, span = Span::mixed_site())
    }
}

/// What the twin of a type is called.
pub(super) fn twin(ident: &Ident) -> Ident {
    format_ident!("Blink{}", ident, span = ident.span())
}
