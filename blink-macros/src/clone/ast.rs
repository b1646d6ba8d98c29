//! What the user wrote: a struct or an enum, with the attributes of the derive read.

use syn::{
    Attribute, Data, DeriveInput, Error, Fields, Generics, Ident, Index, Member, Result, Type,
    TypePath, Visibility, spanned::Spanned,
};

use super::attr::{Container, FieldHow};

/// A struct or an enum.
pub(super) struct Input<'a> {
    pub(super) attrs: &'a [Attribute],
    pub(super) options: Container,
    pub(super) vis: &'a Visibility,
    pub(super) ident: &'a Ident,
    pub(super) generics: &'a Generics,
    pub(super) shape: Shape<'a>,
}

pub(super) enum Shape<'a> {
    Struct(Group<'a>),
    Enum(Vec<Variant<'a>>),
}

pub(super) struct Variant<'a> {
    pub(super) attrs: &'a [Attribute],
    pub(super) ident: &'a Ident,
    pub(super) group: Group<'a>,
}

/// The fields of a struct or of a variant.
pub(super) struct Group<'a> {
    pub(super) kind: Kind,
    pub(super) fields: Vec<Field<'a>>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Named,
    Tuple,
    Unit,
}

pub(super) struct Field<'a> {
    pub(super) attrs: &'a [Attribute],
    pub(super) how: FieldHow,
    pub(super) vis: &'a Visibility,
    pub(super) member: Member,
    pub(super) ty: &'a Type,
}

impl<'a> Input<'a> {
    /// Reads what the derive stands on. Mistakes in several attributes are reported together.
    pub(super) fn new(input: &'a DeriveInput) -> Result<Self> {
        let mut errors = Errors::default();
        let options = errors.take(Container::read(&input.attrs));
        let shape = match &input.data {
            Data::Struct(data) => Shape::Struct(Group::new(&data.fields, &mut errors)),
            Data::Enum(data) => Shape::Enum(
                data.variants
                    .iter()
                    .map(|variant| {
                        errors.take(super::attr::none_on_variant(&variant.attrs));
                        Variant {
                            attrs: &variant.attrs,
                            ident: &variant.ident,
                            group: Group::new(&variant.fields, &mut errors),
                        }
                    })
                    .collect(),
            ),
            Data::Union(data) => {
                return Err(Error::new(
                    data.union_token.span(),
                    "a union does not say which of its fields there is: implement `BlinkClone` \
                     by hand",
                ));
            }
        };
        errors.finish()?;
        Ok(Self {
            attrs: &input.attrs,
            options: options.unwrap_or_default(),
            vis: &input.vis,
            ident: &input.ident,
            generics: &input.generics,
            shape,
        })
    }

    /// The fields, those of all variants.
    pub(super) fn fields(&self) -> impl Iterator<Item = &Field<'a>> {
        let groups: Vec<&Group> = match &self.shape {
            Shape::Struct(group) => vec![group],
            Shape::Enum(variants) => variants.iter().map(|variant| &variant.group).collect(),
        };
        groups.into_iter().flat_map(|group| &group.fields)
    }
}

impl<'a> Group<'a> {
    fn new(fields: &'a Fields, errors: &mut Errors) -> Self {
        let kind = match fields {
            Fields::Named(_) => Kind::Named,
            Fields::Unnamed(_) => Kind::Tuple,
            Fields::Unit => Kind::Unit,
        };
        let fields = fields.iter().enumerate().map(|(at, field)| Field {
            attrs: &field.attrs,
            how: how(field, errors),
            vis: &field.vis,
            member: match &field.ident {
                Some(ident) => Member::Named(ident.clone()),
                None => Member::Unnamed(Index {
                    index: at as u32,
                    span: field.ty.span(),
                }),
            },
            ty: &field.ty,
        });
        Self {
            kind,
            fields: fields.collect(),
        }
    }
}

/// What becomes of a field.
fn how(field: &syn::Field, errors: &mut Errors) -> FieldHow {
    let how = errors
        .take(FieldHow::read(&field.attrs))
        .unwrap_or_default();
    match (&how, &field.ty) {
        (FieldHow::Plain, Type::Path(ty)) if is_phantom(ty) => FieldHow::Phantom,
        _ => how,
    }
}

/// Whether a type is a `PhantomData`, by its name alone or in `marker`: of anything, a pointer for
/// instance, which could not be copied itself.
fn is_phantom(ty: &TypePath) -> bool {
    let mut segments = ty.path.segments.iter().rev();
    segments
        .next()
        .is_some_and(|last| last.ident == "PhantomData")
        && segments
            .next()
            .is_none_or(|module| module.ident == "marker")
}

/// Errors of several places, to be reported together.
#[derive(Default)]
pub(super) struct Errors(Option<Error>);

impl Errors {
    pub(super) fn push(&mut self, error: Error) {
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            None => self.0 = Some(error),
        }
    }

    pub(super) fn take<T>(&mut self, result: Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.push(error);
                None
            }
        }
    }

    pub(super) fn finish(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}
