//! What is refused, each with one message where the mistake is.

use proc_macro2::Span;
use syn::{Error, Lifetime, LifetimeParam, Path, Result, Type, spanned::Spanned, visit::Visit};

use super::{
    ast::{Errors, Field, Input},
    attr::FieldHow,
    form::{Form, twin_field},
    known::{Known, known_to},
    mirror::{Mirror, mentions, types},
    names::{BLINK, Names},
};

pub(super) fn check(input: &Input, names: &Names, form: Form) -> Result<()> {
    let mut errors = Errors::default();
    errors.take(packed(input));
    errors.take(lifetime(input, names));
    errors.take(twin(input, names, form));
    for field in input.fields() {
        errors.take(check_field(input, field, names, form));
    }
    errors.finish()
}

/// There is no reference to a field of a packed type.
fn packed(input: &Input) -> Result<()> {
    if input.options.copy.is_some() {
        return Ok(());
    }
    for attr in input
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("repr"))
    {
        let mut packed = None;
        // Whether it is right otherwise is for the compiler.
        let _ = attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("packed") {
                packed = Some(meta.path.span());
            }
            if meta.input.peek(syn::token::Paren) {
                meta.input.parse::<proc_macro2::TokenTree>()?;
            }
            Ok(())
        });
        if let Some(span) = packed {
            let message = "the fields of a packed type cannot be borrowed: make it `Copy` and say \
                           `#[blink(copy)]`, or implement `BlinkClone` by hand";
            return Err(Error::new(span, message));
        }
    }
    Ok(())
}

/// The name of the copy's lifetime is free, in `for<..>` too.
fn lifetime(input: &Input, names: &Names) -> Result<()> {
    struct Search(Option<Span>);

    impl<'ast> Visit<'ast> for Search {
        fn visit_lifetime_param(&mut self, param: &'ast LifetimeParam) {
            if param.lifetime.to_string() == BLINK {
                self.0.get_or_insert(param.lifetime.span());
            }
        }
    }

    if names.blink.to_string() != BLINK {
        return Ok(());
    }
    let mut search = Search(None);
    search.visit_generics(input.generics);
    for field in input.fields() {
        search.visit_type(field.ty);
    }
    match search.0 {
        Some(span) => Err(Error::new(
            span,
            "`'blink` is the lifetime of the copy in what is derived: call this one otherwise",
        )),
        None => Ok(()),
    }
}

/// What is said of a twin where there is none, or cannot be one.
fn twin(input: &Input, names: &Names, form: Form) -> Result<()> {
    let options = &input.options;
    let key = options.mirror.as_ref().map(|name| ("mirror", name.span()));
    let key = key.or(options.derive.as_ref().map(|(span, _)| ("derive", *span)));
    let key = key.or(options.attr.as_ref().map(|(span, _)| ("attr", *span)));
    let Some((key, span)) = key else {
        return Ok(());
    };
    let why = match form {
        Form::Twin if names.twin == names.ident => {
            return Err(Error::new(span, "the twin needs a name of its own"));
        }
        Form::Twin => return Ok(()),
        Form::Copy => "`copy` makes the copy the type itself".to_string(),
        Form::Itself => format!(
            "a type with a lifetime becomes itself: `mirror = <name>` makes a twin of `{}`",
            names.ident
        ),
        Form::Same => format!(
            "nothing of `{}` lives in the arena, and so its copy is the type itself",
            names.ident
        ),
    };
    Err(Error::new(
        span,
        format!("there is no twin for `{key}`: {why}"),
    ))
}

fn check_field(input: &Input, field: &Field, names: &Names, form: Form) -> Result<()> {
    if form == Form::Copy {
        return no_attribute(field);
    }
    let other = match &field.how {
        FieldHow::As(given, _) => Some(given.span()),
        FieldHow::Put => Some(field.ty.span()),
        _ => None,
    };
    if let (Some(span), Form::Itself) = (other, form) {
        let message = format!(
            "a type with a lifetime becomes itself, and so do its fields: \
             `#[blink(mirror = <name>)]` on `{}` makes a twin of it",
            names.ident
        );
        return Err(Error::new(span, message));
    }
    stays(input, field, names)?;
    if !matches!(field.how, FieldHow::Plain | FieldHow::Mirror) {
        return Ok(());
    }
    let mut refused = Refused {
        input,
        names,
        error: None,
    };
    refused.visit_type(field.ty);
    if let Some(error) = refused.error {
        return Err(error);
    }
    match form {
        Form::Itself => unchanged(field, names),
        Form::Twin if twin_field(field, names).is_none() => Err(Error::new(
            unnamed(field, names).span(),
            "the copy of this type cannot be named: it has parameters, and the type is not known \
             to the derive. If its twin is called by its name with `Blink` in front, say \
             `#[blink(mirror)]`; otherwise `#[blink(as = <type of the copy>)]`",
        )),
        _ => Ok(()),
    }
}

/// What is copied or put stays what it is, and a parameter does not.
fn stays(input: &Input, field: &Field, names: &Names) -> Result<()> {
    let key = match field.how {
        FieldHow::Copy => "copy",
        FieldHow::Put => "put",
        _ => return Ok(()),
    };
    if input.options.bound.is_some() || !mentions(field.ty, &names.params) {
        return Ok(());
    }
    let message = format!(
        "a parameter becomes its copy, and with `{key}` this field stays what it is: leave \
         `{key}` out, or say by `#[blink(bound(..))]` on `{}` that both are the same type",
        names.ident
    );
    Err(Error::new(field.ty.span(), message))
}

/// The type in a field whose copy cannot be named.
fn unnamed(field: &Field, names: &Names) -> Type {
    let mut mirror = Mirror::new(names, matches!(field.how, FieldHow::Mirror));
    mirror.of(field.ty);
    let mut unknown = mirror.unknown.into_iter();
    let unnamed = unknown.find(|ty| mentions(ty, &names.params));
    unnamed.unwrap_or_else(|| field.ty.clone())
}

fn no_attribute(field: &Field) -> Result<()> {
    if matches!(field.how, FieldHow::Plain) {
        return Ok(());
    }
    let attr = field
        .attrs
        .iter()
        .find(|attr| attr.path().is_ident("blink"));
    let message = "`copy` of the type leaves nothing to be said of a field";
    Err(Error::new(
        attr.map_or(field.ty.span(), |attr| attr.path().span()),
        message,
    ))
}

/// The fields of a type that becomes itself have to become themselves.
fn unchanged(field: &Field, names: &Names) -> Result<()> {
    let mut mirror = Mirror::new(names, false);
    mirror.of(field.ty);
    let Some(changed) = mirror.changed else {
        return Ok(());
    };
    let message = format!(
        "a type with a lifetime becomes itself, but what owns memory becomes a reference: make \
         this one, `&'a str` for `String`, or say `#[blink(mirror = <name>)]` on `{}` for a twin",
        names.ident
    );
    Err(Error::new(changed.span(), message))
}

/// Looks for types that have no copy.
struct Refused<'a> {
    input: &'a Input<'a>,
    names: &'a Names,
    error: Option<Error>,
}

impl Refused<'_> {
    /// Says what cannot be copied, and what can be done that cannot be done with other types.
    fn refuse(&mut self, at: &impl Spanned, what: &str, instead: &str) {
        let message = format!(
            "{what} cannot be copied into an arena: {instead}, `#[blink(as = .., with = ..)]` \
             calls a function of yours, `#[blink(skip)]` leaves the field out"
        );
        self.error.get_or_insert(Error::new(at.span(), message));
    }
}

impl<'ast> Visit<'ast> for Refused<'_> {
    fn visit_type(&mut self, ty: &'ast Type) {
        match ty {
            Type::TraitObject(_) => self.refuse(
                ty,
                "a `dyn Trait`",
                "`#[blink(put)]` clones a pointer that owns it and has the arena drop the clone, \
                 `#[blink(copy)]` copies a reference",
            ),
            Type::Ptr(_) => self.refuse(
                ty,
                "what a raw pointer leads to",
                "`#[blink(copy)]` copies the pointer",
            ),
            Type::Reference(reference) if reference.mutability.is_some() => {
                self.refuse(ty, "a `&mut`", "a `&` can be");
            }
            Type::BareFn(_) => {}
            _ => syn::visit::visit_type(self, ty),
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if matches!(
            known_to(self.names, path),
            Some(Known::Shared | Known::Weak)
        ) {
            for ty in types(path) {
                if let Some(lifetime) = borrowed(ty, self.input) {
                    let message = "what is shared is told apart by its type, which must not have \
                                   a lifetime but `'static`: make this an `Rc` or `Arc` of an \
                                   owned value, or a reference";
                    self.error
                        .get_or_insert(Error::new(lifetime.span(), message));
                }
            }
        }
        syn::visit::visit_path(self, path);
    }
}

/// A lifetime of the type's own, or none where one has to be.
fn borrowed(ty: &Type, input: &Input) -> Option<Lifetime> {
    struct Search<'a>(&'a Input<'a>, Option<Lifetime>);

    impl<'ast> Visit<'ast> for Search<'_> {
        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            let mut own = self.0.generics.lifetimes();
            if own.any(|param| param.lifetime == *lifetime) {
                self.1.get_or_insert(lifetime.clone());
            }
        }

        fn visit_type_bare_fn(&mut self, _: &'ast syn::TypeBareFn) {}
    }

    let mut search = Search(input, None);
    search.visit_type(ty);
    search.1
}
