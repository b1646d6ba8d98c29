//! What the attribute stands on.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{
    Attribute, Error, FnArg, Ident, LitStr, Pat, PatIdent, Result, Signature, Token, Visibility,
    parse::{Parse, ParseStream},
};

/// A function, method, or declaration of a method. The body stays tokens: what is half typed
/// still expands in an editor.
pub(super) struct Function {
    pub(super) attrs: Vec<Attribute>,
    pub(super) vis: Visibility,
    pub(super) defaultness: Option<Token![default]>,
    pub(super) sig: Signature,
    /// `None` for a declaration.
    pub(super) body: Option<Body>,
}

/// The braces of a function and what is in them, apart from the attributes at its start.
pub(super) struct Body {
    pub(super) braces: Group,
    pub(super) attrs: Vec<Attribute>,
    pub(super) rest: TokenStream,
}

impl Function {
    /// The parameter of that name.
    pub(super) fn parameter(&self, name: &Ident) -> Option<&PatIdent> {
        self.sig.inputs.iter().find_map(|input| match input {
            FnArg::Typed(typed) => match &*typed.pat {
                Pat::Ident(pattern) if pattern.ident == *name => Some(pattern),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        })
    }

    /// [`parameter`](Self::parameter), to be changed.
    pub(super) fn parameter_mut(&mut self, name: &Ident) -> Option<&mut PatIdent> {
        self.sig.inputs.iter_mut().find_map(|input| match input {
            FnArg::Typed(typed) => match &mut *typed.pat {
                Pat::Ident(pattern) if pattern.ident == *name => Some(pattern),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        })
    }
}

impl Parse for Function {
    fn parse(input: ParseStream) -> Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let is_default = input.peek(Token![default]) && !input.peek2(Token![!]);
        let defaultness = is_default.then(|| input.parse()).transpose()?;
        if !is_function(&input.fork()) {
            return Err(Error::new(
                input.span(),
                "`#[blink_frame]` is for functions",
            ));
        }
        let sig = input.parse()?;
        let body = if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            None
        } else {
            Some(input.parse()?)
        };
        Ok(Self {
            attrs,
            vis,
            defaultness,
            sig,
            body,
        })
    }
}

/// Whether a signature follows.
fn is_function(input: ParseStream) -> bool {
    // Whether each is there, and in this order, is for the parser of signatures.
    let _ = input.parse::<Option<Token![const]>>();
    let _ = input.parse::<Option<Token![async]>>();
    let _ = input.parse::<Option<Token![unsafe]>>();
    if let Ok(Some(_)) = input.parse::<Option<Token![extern]>>() {
        let _ = input.parse::<Option<LitStr>>();
    }
    input.peek(Token![fn])
}

impl Parse for Body {
    fn parse(input: ParseStream) -> Result<Self> {
        let braces = braces(input)?;
        let split = |input: ParseStream| Ok((input.call(Attribute::parse_inner)?, input.parse()?));
        let (attrs, rest) = syn::parse::Parser::parse2(split, braces.stream())?;
        Ok(Self {
            braces,
            attrs,
            rest,
        })
    }
}

/// A block. One that was an argument of a `macro_rules!` comes in a group of its own.
fn braces(input: ParseStream) -> Result<Group> {
    let span = input.span();
    let mut tree: TokenTree = input.parse()?;
    loop {
        tree = match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return Ok(group),
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                syn::parse2(group.stream())?
            }
            _ => return Err(Error::new(span, "expected the body of a function")),
        };
    }
}
