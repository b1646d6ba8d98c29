//! What becomes of the type.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Ident, Type, parse_quote, spanned::Spanned, visit_mut::VisitMut};

use super::{
    ast::{Field, Input},
    attr::FieldHow,
    bounds::is_unsized,
    mirror::{AtBlink, Mirror, Original, mentions},
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
        FieldHow::Copy | FieldHow::Phantom | FieldHow::Skip => false,
        FieldHow::Put | FieldHow::As(..) => true,
        FieldHow::Plain | FieldHow::Mirror => {
            let mut mirror = Mirror::new(names, true);
            mirror.of(field.ty).is_none() || mirror.needs_blink
        }
    }
}

/// The types of fields that are not known to the derive, as far as bounds can be on them, and
/// where there is what is not known. Whether they can be copied is for the compiler to find out.
///
/// A bound on a type with a lifetime would be taken for one on the same type at `'blink`, and one
/// on a type with a parameter would hide what its copy is.
pub(super) fn unknown(input: &Input, names: &Names) -> Vec<(Type, Span)> {
    let mut unknown: Vec<(Type, Span)> = Vec::new();
    for Field { how, ty, .. } in input.fields() {
        let mut mirror = Mirror::new(names, false);
        let is_unknown = matches!(how, FieldHow::Plain) && mirror.of(ty).is_none();
        let varies = mentions(ty, &names.lifetimes) || mentions(ty, &names.params);
        let is_new = unknown
            .iter()
            .all(|(known, _)| spelling(known) != spelling(ty));
        if is_unknown && is_new && !varies {
            let innermost = mirror.unknown.first().unwrap_or(ty);
            unknown.push(((*ty).clone(), innermost.span()));
        }
    }
    unknown
}

fn spelling(ty: &Type) -> String {
    ty.to_token_stream().to_string()
}

/// The type of a twin's field. `None` where the type's spelling does not say, and there are
/// parameters in it: those of the twin are copied ones already.
pub(super) fn twin_field(field: &Field, names: &Names) -> Option<TokenStream> {
    let Names { blink, krate, .. } = names;
    let ty = AtBlink(names).of(field.ty);
    Some(match &field.how {
        FieldHow::Copy | FieldHow::Phantom => ty,
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
                None => {
                    let mut ty: Type = syn::parse2(ty).ok()?;
                    Original(names).visit_type_mut(&mut ty);
                    if mentions(&ty, &names.params) {
                        return Mirror::new(names, twins).projecting().of(&ty);
                    }
                    let span = field.ty.span().resolved_at(Span::mixed_site());
                    let private = quote!(#krate::__private);
                    let field = quote!(<#private::Field as #private::FieldOf<#blink, #ty>>);
                    names::at(quote!(#field::Cloned), span)
                }
            }
        }
    })
}

/// The default of a twin's parameter: what that of the type becomes.
pub(super) fn twin_default(param: &Ident, default: &Type, input: &Input, names: &Names) -> Type {
    let Names { blink, krate, .. } = names;
    let mut mirror = Mirror::new(names, false);
    let spelled = if is_unsized(param, input.generics) {
        mirror.pointee(default)
    } else {
        mirror.of(default)
    };
    match spelled {
        Some(spelled) => parse_quote!(#spelled),
        // The compiler says that this is another type, if anybody uses it.
        None if mentions(default, &names.params) => default.clone(),
        None => parse_quote!(<#default as #krate::BlinkClone<#blink>>::Cloned),
    }
}
