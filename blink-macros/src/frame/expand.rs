//! The function with its frame.
//!
//! No closure: `return`, `?`, `break` and `.await` in the body mean what they did. What the
//! expansion declares is `mixed_site`, so that the body cannot name it, but for the handle.

use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, FnArg, Token, UnOp, parse_quote_spanned, spanned::Spanned};

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
        Parameter::Declared => {
            // The handle is what the body may write to, and not the parameter.
            if let Some(pattern) = function.parameter_mut(&names.handle) {
                names.mutability = pattern.mutability.take();
                names.handle = pattern.ident.clone();
            }
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
    krate: TokenStream,
}

impl Names {
    fn new(arguments: &Arguments, function: &Function) -> Self {
        let krate = match &arguments.krate {
            Some(path) => quote!(#path),
            None => quote_spanned!(Span::mixed_site()=> ::blink_alloc),
        };
        Self {
            handle: arguments.name(function),
            mutability: None,
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
    if inputs.len() == 7 {
        // The one too many is not the user's.
        let allow = parse_quote_spanned!(Span::mixed_site()=> #[allow(clippy::too_many_arguments)]);
        function.attrs.push(allow);
    }
    inputs.insert(at, parameter);
}

/// Statements that enter a frame and make its handle, a `&mut Frame`.
///
/// Items have no hygiene, and what a `let` declares must not have the name of one: hence the long
/// names.
fn enter(source: Source, names: &Names) -> TokenStream {
    let Names { handle, krate, .. } = names;
    match source {
        // SAFETY, of the block in the expansion: the handle of the frame around this one is
        // used here for the last time, since the parameter is hidden from the body; the guards
        // are hidden by their names, and are dropped in the order in which they have to be. The
        // block calls a method of the handle, not a function by its path: `crate = path` could
        // lead to any.
        Source::Parameter => quote_spanned! {Span::mixed_site()=>
            let __blink_outer: &mut #krate::Frame<'_, _, _> = #handle;
            let (__blink_tip, mut __blink_frame) = unsafe { __blink_outer.__enter_body() };
            let __blink_handle = &mut __blink_frame.handle();
        },
        Source::ThreadLocal(_) => quote_spanned! {Span::mixed_site()=>
            let mut __blink_frame = #krate::__private::scratch();
            let __blink_handle = &mut __blink_frame.handle();
        },
        Source::In(_, arena) => {
            // What is no arena has no such method, which is said where it stands.
            let enter = quote_spanned!(arena.span().resolved_at(Span::mixed_site())=> enter());
            let frame = if is_own_place(&arena) {
                quote_spanned!(Span::mixed_site()=> let mut __blink_frame = (#arena).#enter;)
            } else {
                quote_spanned! {Span::mixed_site()=>
                    let __blink_arena = &mut #arena;
                    let mut __blink_frame = __blink_arena.#enter;
                }
            };
            quote_spanned! {Span::mixed_site()=>
                #frame
                let __blink_handle = __blink_frame.frame();
            }
        }
    }
}

/// Whether an expression is a place, and not in a value that it makes. It is borrowed where it
/// is then. Otherwise the value is held until the frame has ended.
fn is_own_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) => true,
        Expr::Field(field) => is_own_place(&field.base),
        Expr::Index(index) => is_own_place(&index.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)) && is_own_place(&unary.expr),
        Expr::Paren(paren) => is_own_place(&paren.expr),
        Expr::Group(group) => is_own_place(&group.expr),
        _ => false,
    }
}

/// The body in its frame.
///
/// Its braces are where they were, and of this crate's edition: what the last expression has
/// made on the way is dropped before the frame ends, in a crate of edition 2021 too.
fn framed(body: Body, enter: TokenStream, names: &Names) -> TokenStream {
    let Names {
        mutability, handle, ..
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
        #[allow(unused_variables, unused_mut)]
        let #mutability #handle = __blink_handle;
        #inner
    };
    let mut outer = Group::new(braces.delimiter(), statements);
    outer.set_span(span);
    quote!(#outer)
}
