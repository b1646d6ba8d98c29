//! The function with its frame.
//!
//! No closure: `return`, `?`, `break` and `.await` in the body mean what they did. What the
//! expansion declares is `mixed_site`, so that the body cannot name it, but for the handle.

use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Expr, FnArg, PatIdent, Token, ext::IdentExt, parse_quote_spanned, spanned::Spanned};

use super::{
    attr::{Arguments, Source},
    elision,
    function::{Body, Function},
    valid::Parameter,
};

pub(super) fn expand(
    arguments: Arguments,
    mut function: Function,
    parameter: Parameter,
) -> TokenStream {
    let mut names = Names::new(&arguments, &function);
    match parameter {
        Parameter::Injected => {
            elision::write_out(&mut function.sig);
            inject(&mut function, &names);
        }
        Parameter::Declared(PatIdent {
            mutability, ident, ..
        }) => {
            names.mutability = mutability;
            names.handle = ident;
        }
        Parameter::None => {}
    }
    let Function {
        attrs,
        vis,
        defaultness,
        sig,
        body,
    } = function;
    let body = match body {
        Some(body) => {
            let frame = enter(arguments.source, &names);
            framed(body, frame, &names)
        }
        None => quote!(;),
    };
    quote!(#(#attrs)* #vis #defaultness #sig #body)
}

/// Every name and path of the expansion, made once.
struct Names {
    /// The handle, as the body calls it.
    handle: Ident,
    mutability: Option<Token![mut]>,
    /// What is borrowed by the handle. The compiler names it where a reference leaves the
    /// frame.
    frame: Ident,
    krate: TokenStream,
}

impl Names {
    fn new(arguments: &Arguments, function: &Function) -> Self {
        let name = function.sig.ident.unraw();
        let krate = match &arguments.krate {
            Some(path) => quote!(#path),
            None => quote_spanned!(Span::mixed_site()=> ::blink_alloc),
        };
        Self {
            handle: arguments.name(function),
            mutability: None,
            frame: format_ident!("frame_of_{name}", span = Span::mixed_site()),
            krate,
        }
    }
}

/// Adds the parameter, behind `self`.
fn inject(function: &mut Function, Names { handle, krate, .. }: &Names) {
    let inputs = &mut function.sig.inputs;
    let at = usize::from(matches!(inputs.first(), Some(FnArg::Receiver(_))));
    let parameter: FnArg = parse_quote_spanned!(Span::mixed_site()=>
        #handle: &mut #krate::Frame<'_>
    );
    inputs.insert(at, parameter);
}

/// Statements that enter a frame.
fn enter(source: Source, names: &Names) -> TokenStream {
    let Names {
        handle,
        frame,
        krate,
        ..
    } = names;
    match source {
        // The parameter is hidden from the body by the handle, and the guards by their names:
        // nobody uses the frame around this one.
        Source::Parameter => quote_spanned! {Span::mixed_site()=>
            let (_tip, mut #frame) = unsafe { #krate::__private::enter_body(#handle) };
        },
        Source::ThreadLocal(_) => quote_spanned! {Span::mixed_site()=>
            let mut #frame = #krate::__private::scratch();
        },
        // What is no arena has no such method, which is said where it stands.
        Source::In(_, arena) => {
            let span = arena.span().resolved_at(Span::mixed_site());
            let enter = quote_spanned!(span=> __enter_frame());
            if is_place(&arena) {
                return quote_spanned!(Span::mixed_site()=> let (_tip, mut #frame) = (#arena).#enter;);
            }
            quote_spanned! {Span::mixed_site()=>
                #[allow(unused_mut)]
                let mut guard = #arena;
                let (_tip, mut #frame) = guard.#enter;
            }
        }
    }
}

/// Whether an expression is a place: it is borrowed then where it is. Of others the value is
/// held until the frame has ended.
fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Field(_) | Expr::Index(_) => true,
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)),
        Expr::Paren(paren) => is_place(&paren.expr),
        Expr::Group(group) => is_place(&group.expr),
        _ => false,
    }
}

/// The body in its frame.
///
/// Its braces are where they were, and of this crate's edition: what the last expression has
/// made on the way is dropped before the frame ends, in a crate of edition 2021 too.
fn framed(body: Body, enter: TokenStream, names: &Names) -> TokenStream {
    let Names {
        mutability,
        handle,
        frame,
        ..
    } = names;
    let Body {
        braces,
        attrs,
        rest,
    } = body;
    let span = braces.span().resolved_at(Span::mixed_site());
    let mut inner = Group::new(braces.delimiter(), rest);
    inner.set_span(span);
    let statements = quote_spanned! {Span::mixed_site()=>
        #(#attrs)*
        #enter
        let mut handle = #frame.handle();
        #[allow(unused_variables, unused_mut)]
        let #mutability #handle = &mut handle;
        #inner
    };
    let mut outer = Group::new(braces.delimiter(), statements);
    outer.set_span(span);
    quote!(#outer)
}
