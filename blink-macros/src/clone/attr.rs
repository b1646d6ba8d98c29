//! The attribute `#[blink(..)]`, of the type and of a field.

use proc_macro2::Span;
use syn::{
    Attribute, Error, Ident, Meta, Path, Result, Token, Type, WherePredicate,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
};

/// What is said of the type. Each key at most once.
#[derive(Default)]
pub(super) struct Container {
    pub(super) copy: Option<Span>,
    pub(super) mirror: Option<Ident>,
    pub(super) derive: Option<(Span, Vec<Path>)>,
    pub(super) attr: Option<(Span, Vec<Meta>)>,
    pub(super) bound: Option<(Span, Vec<WherePredicate>)>,
    pub(super) krate: Option<Path>,
}

impl Container {
    pub(super) fn read(attrs: &[Attribute]) -> Result<Self> {
        let mut container = Self::default();
        for_each_key(attrs, |key, input| container.key(key, input))?;
        Ok(container)
    }

    fn key(&mut self, key: &Ident, input: ParseStream) -> Result<()> {
        let span = key.span();
        match key.to_string().as_str() {
            "copy" => once(&mut self.copy, key, flag(key, input)?),
            "mirror" => once(&mut self.mirror, key, value(key, input, "a name")?),
            "crate" => {
                equals(key, input)?;
                once(&mut self.krate, key, input.call(Path::parse_mod_style)?)
            }
            "derive" => once(&mut self.derive, key, (span, list(key, input)?)),
            "attr" => once(&mut self.attr, key, (span, list(key, input)?)),
            "bound" => once(&mut self.bound, key, (span, list(key, input)?)),
            other => Err(Error::new(
                span,
                format!(
                    "unknown attribute `{other}` of a type: expected `copy`, `mirror = <name>`, \
                     `derive(..)`, `attr(..)`, `bound(..)` or `crate = <path to blink_alloc>`"
                ),
            )),
        }
    }
}

/// What is said of a field.
#[derive(Default)]
pub(super) enum FieldHow {
    /// Nothing: it is copied by its type's `BlinkClone`.
    #[default]
    Plain,
    /// The value itself, which is `Copy`.
    Copy,
    /// A clone, which the arena drops.
    Put,
    /// Nothing: a `PhantomData`.
    Phantom,
    /// Not copied.
    Skip,
    /// As `Plain`, and the twins of other types are called by their names.
    Mirror,
    /// As a type that is given, made by a function or by the field's `BlinkClone`.
    As(Box<Type>, Option<Path>),
}

impl FieldHow {
    pub(super) fn read(attrs: &[Attribute]) -> Result<Self> {
        let mut keys = FieldKeys::default();
        for_each_key(attrs, |key, input| keys.key(key, input))?;
        keys.how()
    }
}

/// What stands in the attributes of a field.
#[derive(Default)]
struct FieldKeys {
    word: Option<(Ident, FieldHow)>,
    as_type: Option<(Ident, Box<Type>)>,
    with: Option<(Ident, Path)>,
}

impl FieldKeys {
    fn key(&mut self, key: &Ident, input: ParseStream) -> Result<()> {
        let how = match key.to_string().as_str() {
            "copy" => FieldHow::Copy,
            "put" => FieldHow::Put,
            "skip" => FieldHow::Skip,
            "mirror" => FieldHow::Mirror,
            "as" => {
                let ty = value(key, input, "a type")?;
                return once(&mut self.as_type, key, (key.clone(), Box::new(ty)));
            }
            "with" => {
                let path = value(key, input, "the path of a function")?;
                return once(&mut self.with, key, (key.clone(), path));
            }
            other => {
                return Err(Error::new(
                    key.span(),
                    format!(
                        "unknown attribute `{other}` of a field: expected `copy`, `put`, `skip`, \
                         `mirror`, `as = <type>` or `with = <function>`"
                    ),
                ));
            }
        };
        flag(key, input)?;
        match &self.word {
            Some((first, _)) if first != key => Err(exclusive(first, key)),
            _ => once(&mut self.word, key, (key.clone(), how)),
        }
    }

    fn how(self) -> Result<FieldHow> {
        match (self.word, self.as_type, self.with) {
            (Some((word, _)), Some((key, _)), _) | (Some((word, _)), _, Some((key, _))) => {
                Err(exclusive(&word, &key))
            }
            (Some((_, how)), None, None) => Ok(how),
            (None, None, Some((key, _))) => Err(Error::new(
                key.span(),
                "`with` needs to know what the function makes: `as = <type>, with = <function>`",
            )),
            (None, Some((_, ty)), with) => Ok(FieldHow::As(ty, with.map(|(_, path)| path))),
            (None, None, None) => Ok(FieldHow::Plain),
        }
    }
}

/// Refuses attributes of the derive at a variant.
pub(super) fn none_on_variant(attrs: &[Attribute]) -> Result<()> {
    for_each_key(attrs, |key, _| {
        Err(Error::new(
            key.span(),
            "the attribute belongs to the type or to a field, not to a variant",
        ))
    })
}

/// Calls a closure with each key in the `#[blink(..)]` attributes, to parse what belongs to it.
fn for_each_key(
    attrs: &[Attribute],
    mut f: impl FnMut(&Ident, ParseStream) -> Result<()>,
) -> Result<()> {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("blink")) {
        attr.parse_args_with(|input: ParseStream| {
            while !input.is_empty() {
                let key = expect(input.call(Ident::parse_any), "a word as `copy`")?;
                f(&key, input)?;
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn once<T>(place: &mut Option<T>, key: &Ident, value: T) -> Result<()> {
    match place.replace(value) {
        Some(_) => Err(Error::new(key.span(), format!("`{key}` is given twice"))),
        None => Ok(()),
    }
}

fn exclusive(first: &Ident, second: &Ident) -> Error {
    let message = format!("`{first}` and `{second}` exclude each other");
    Error::new(second.span(), message)
}

/// A key without a value.
fn flag(key: &Ident, input: ParseStream) -> Result<Span> {
    if input.peek(Token![=]) || input.peek(syn::token::Paren) {
        return Err(input.error(format!("`{key}` has no value")));
    }
    Ok(key.span())
}

/// `key = value`.
fn value<T: Parse>(key: &Ident, input: ParseStream, what: &str) -> Result<T> {
    equals(key, input)?;
    expect(input.parse(), what)
}

fn equals(key: &Ident, input: ParseStream) -> Result<()> {
    if !input.peek(Token![=]) {
        return Err(Error::new(key.span(), format!("expected `{key} = ..`")));
    }
    input.parse::<Token![=]>()?;
    Ok(())
}

/// What should have been there, instead of all that it could have begun with.
fn expect<T>(result: Result<T>, what: &str) -> Result<T> {
    result.map_err(|error| Error::new(error.span(), format!("expected {what}")))
}

/// `key(item, ..)`.
fn list<T: Parse>(key: &Ident, input: ParseStream) -> Result<Vec<T>> {
    if !input.peek(syn::token::Paren) {
        return Err(Error::new(key.span(), format!("expected `{key}(..)`")));
    }
    let content;
    parenthesized!(content in input);
    let items = Punctuated::<T, Token![,]>::parse_terminated(&content)?;
    Ok(items.into_iter().collect())
}
