//! What becomes of the type.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Type, spanned::Spanned};

use super::{
    ast::{Field, Input},
    attr::FieldHow,
    mirror::{AtBlink, Mirror, mentions},
    names::{self, Names},
};

/// What the copy of the type is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    /// The type itself, bit by bit.
    Copy,
    /// The type itself, which has lifetimes: all of them are the arena's.
    Itself,
    /// The type itself, field by field: nothing of it lives in the arena.
    Same,
    /// A twin.
    Twin,
}

impl Form {
    pub(super) fn of(input: &Input, names: &Names) -> Self {
        let has_lifetimes = !names.lifetimes.is_empty();
        if input.options.copy.is_some() {
            Self::Copy
        } else if has_lifetimes && input.options.mirror.is_none() {
            Self::Itself
        } else if has_lifetimes || input.fields().any(|field| needs_blink(field, names)) {
            Self::Twin
        } else {
            Self::Same
        }
    }
}

fn needs_blink(field: &Field, names: &Names) -> bool {
    match &field.how {
        FieldHow::Copy | FieldHow::Skip => false,
        FieldHow::Put | FieldHow::As(..) => true,
        FieldHow::Plain | FieldHow::Mirror => {
            let mut mirror = Mirror::new(names, true);
            mirror.of(field.ty).is_none() || mirror.needs_blink
        }
    }
}

/// The types of fields that are not known to the derive, as far as bounds can be on them. Whether
/// they can be copied is for the compiler to find out.
///
/// A bound on a type with a lifetime would be taken for one on the same type at `'blink`.
pub(super) fn unknown<'a>(input: &Input<'a>, names: &Names) -> Vec<&'a Type> {
    let fields = input.fields().filter(|field| {
        matches!(field.how, FieldHow::Plain)
            && !mentions(field.ty, &names.lifetimes)
            && Mirror::new(names, false).of(field.ty).is_none()
    });
    fields.map(|field| field.ty).collect()
}

/// The type of a twin's field. `None` where the type's spelling does not say, and there are
/// parameters in it: those of the twin are copied ones already.
pub(super) fn twin_field(field: &Field, names: &Names) -> Option<TokenStream> {
    let Names { blink, krate, .. } = names;
    let ty = AtBlink(names).of(field.ty);
    Some(match &field.how {
        FieldHow::Copy => ty,
        FieldHow::Put => quote!(&#blink #ty),
        FieldHow::Skip => quote!(()),
        FieldHow::As(given, _) => quote!(#given),
        FieldHow::Plain | FieldHow::Mirror => {
            let twins = matches!(field.how, FieldHow::Mirror);
            match Mirror::new(names, twins).of(field.ty) {
                Some(spelled) => {
                    let spelled: Type = syn::parse2(spelled).ok()?;
                    AtBlink(names).of(&spelled)
                }
                None if mentions(field.ty, &names.params) => return None,
                None => {
                    let span = field.ty.span().resolved_at(Span::mixed_site());
                    names::at(quote!(<#ty as #krate::BlinkClone<#blink>>::Cloned), span)
                }
            }
        }
    })
}
