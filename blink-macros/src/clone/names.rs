//! Every name and path of the expansion, made once.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::{GenericParam, Lifetime};

use super::ast::Input;

/// The lifetime of what the arena holds, as users write it in `as = <type>`.
pub(super) const BLINK: &str = "'blink";

pub(super) struct Names {
    /// `::blink_alloc`, or where that is.
    pub(super) krate: TokenStream,
    /// Where the expansion stands. What a type that is not known to the derive lacks is found
    /// missing in many places of it, which the compiler reports once if they are one place.
    pub(super) span: Span,
    /// The lifetime of the copy.
    pub(super) blink: Lifetime,
    /// The type of the cloner.
    pub(super) cloner: Ident,
    /// The variable that is the cloner. Constants are no harm to a name that nobody has.
    pub(super) cx: Ident,
    /// The variable that is the slice to copy.
    pub(super) source: Ident,
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
            span: Span::mixed_site(),
            krate: match &input.options.krate {
                Some(path) => quote!(#path),
                None => quote_spanned!(Span::mixed_site()=> ::blink_alloc),
            },
            blink: Lifetime::new(lifetime(&lifetimes, input), Span::call_site()),
            cloner: Ident::new("__BlinkCloner", Span::mixed_site()),
            cx: Ident::new("__blink_cx", Span::mixed_site()),
            source: Ident::new("__blink_source", Span::mixed_site()),
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

    /// The names as if they were written at another place.
    pub(super) fn at(&self, span: Span) -> Self {
        let ident = |ident: &Ident| {
            let mut moved = ident.clone();
            moved.set_span(span.resolved_at(ident.span()));
            moved
        };
        Self {
            span,
            krate: at(self.krate.clone(), span),
            blink: Lifetime {
                apostrophe: span.resolved_at(self.blink.apostrophe),
                ident: ident(&self.blink.ident),
            },
            cloner: ident(&self.cloner),
            cx: ident(&self.cx),
            source: ident(&self.source),
            ident: ident(&self.ident),
            twin: ident(&self.twin),
            lifetimes: self.lifetimes.clone(),
            params: self.params.clone(),
            arguments: self.arguments.clone(),
        }
    }

    /// The variable for a field of a variant.
    pub(super) fn binding(&self, at: usize) -> Ident {
        format_ident!("__blink_f{}", at, span = Span::mixed_site())
    }
}

/// What the lifetime of the copy is called. Where no twin has it, it makes way for a lifetime of
/// the type: a twin can be derived for in its turn.
fn lifetime(lifetimes: &[Ident], input: &Input) -> &'static str {
    let is_taken = lifetimes.iter().any(|ident| *ident == BLINK[1..]);
    if is_taken && input.options.mirror.is_none() {
        "'__blink"
    } else {
        BLINK
    }
}

/// Tokens as if they were written at another place. They mean what they meant.
pub(super) fn at(tokens: TokenStream, span: Span) -> TokenStream {
    let tokens = tokens.into_iter().map(|tree| match tree {
        TokenTree::Group(group) => {
            let mut moved = Group::new(group.delimiter(), at(group.stream(), span));
            moved.set_span(span.resolved_at(group.span()));
            TokenTree::Group(moved)
        }
        mut tree => {
            tree.set_span(span.resolved_at(tree.span()));
            tree
        }
    });
    tokens.collect()
}

/// What the twin of a type is called.
pub(super) fn twin(ident: &Ident) -> Ident {
    format_ident!("Blink{}", ident, span = ident.span())
}
