//! The arguments of the attribute.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    Error, Expr, Ident, Path, Result, Token,
    parse::{Parse, ParseStream},
};

use super::function::Function;

/// `#[blink_frame(name, thread_local | in = place, crate = path)]`, each at most once.
#[derive(Default)]
pub(super) struct Arguments {
    name: Option<Ident>,
    pub(super) source: Source,
    pub(super) krate: Option<Path>,
}

/// Where the function has its arena from.
#[derive(Default)]
pub(super) enum Source {
    /// A handle that is passed to it.
    #[default]
    Parameter,
    /// The pool of its thread. With the place of the word.
    ThreadLocal(Span),
    /// An adaptor or a handle that it can name. With the place of the word.
    In(Span, Box<Expr>),
}

impl Arguments {
    /// The name of the handle in the body.
    pub(super) fn name(&self, function: &Function) -> Ident {
        if let Some(name) = &self.name {
            return name.clone();
        }
        // Where the attribute is, but as if it were written in the body: the two can come from
        // different macros.
        let attribute = Span::call_site();
        let span = match &function.body {
            Some(body) => {
                let used = first_use(NAME, body.rest.clone());
                attribute.resolved_at(used.unwrap_or_else(|| body.braces.span()))
            }
            None => attribute,
        };
        Ident::new(NAME, span)
    }

    fn set_name(&mut self, name: Ident) -> Result<()> {
        match &self.name {
            Some(first) => {
                let message = format!("the frame has a name already: `{first}`");
                Err(Error::new(name.span(), message))
            }
            None => {
                self.name = Some(name);
                Ok(())
            }
        }
    }

    fn set_source(&mut self, span: Span, source: Source) -> Result<()> {
        let message = match (&self.source, &source) {
            (Source::Parameter, _) => {
                self.source = source;
                return Ok(());
            }
            (Source::ThreadLocal(_), Source::ThreadLocal(_)) => "`thread_local` is given twice",
            (Source::In(..), Source::In(..)) => "`in` is given twice",
            _ => "`thread_local` and `in` exclude each other: a frame is in one arena",
        };
        Err(Error::new(span, message))
    }

    fn set_crate(&mut self, span: Span, path: Path) -> Result<()> {
        if self.krate.replace(path).is_some() {
            return Err(Error::new(span, "`crate` is given twice"));
        }
        Ok(())
    }

    fn argument(&mut self, input: ParseStream) -> Result<()> {
        let span = input.span();
        if input.peek(Token![in]) {
            input.parse::<Token![in]>()?;
            input.parse::<Token![=]>()?;
            return self.set_source(span, Source::In(span, input.parse()?));
        }
        if input.peek(Token![crate]) {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            return self.set_crate(span, input.call(Path::parse_mod_style)?);
        }
        let Ok(word) = input.parse::<Ident>() else {
            return Err(Error::new(span, EXPECTED));
        };
        let has_value = input.peek(Token![=]) || input.peek(syn::token::Paren);
        if has_value && word == "thread_local" {
            Err(Error::new(input.span(), "`thread_local` has no value"))
        } else if has_value {
            let message = format!("unknown argument `{word}`: {EXPECTED}");
            Err(Error::new(span, message))
        } else if word == "thread_local" {
            self.set_source(span, Source::ThreadLocal(span))
        } else {
            self.set_name(word)
        }
    }
}

/// What a handle without a name is called.
const NAME: &str = "blink";

/// Where a name is used first. The braces around it can come from another macro.
fn first_use(name: &str, tokens: TokenStream) -> Option<Span> {
    tokens.into_iter().find_map(|tree| match tree {
        TokenTree::Group(group) => first_use(name, group.stream()),
        TokenTree::Ident(ident) if ident == name => Some(ident.span()),
        _ => None,
    })
}

const EXPECTED: &str = "expected a name for the frame, `thread_local`, `in = <an arena>` or \
                        `crate = <path to blink_alloc>`";

impl Parse for Arguments {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut arguments = Self::default();
        while !input.is_empty() {
            arguments.argument(input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(arguments)
    }
}
