//! The lifetime of the result.
//!
//! `fn(&str) -> &str` says by elision what the result borrows from. With one parameter more
//! that is ambiguous, and so it is written out first. Where it was ambiguous before, or cannot
//! be seen (`Chars` for `Chars<'_>`), nothing is done, and the compiler says so in its words.

use proc_macro2::{Ident, Span};
use syn::{
    BoundLifetimes, Expr, FnArg, GenericParam, Lifetime, LifetimeParam,
    ParenthesizedGenericArguments, ReturnType, Signature, Type, TypeBareFn, TypeReference,
    visit_mut::{self, VisitMut},
};

/// Writes out the lifetime of the result, if elision takes it from one of the parameters that
/// are there, and could not any more with another one.
pub(super) fn write_out(sig: &mut Signature) {
    if sig.inputs.iter_mut().any(borrows_self) {
        return; // Elision takes it from `self`, whatever else there is.
    }
    let ReturnType::Type(_, output) = &mut sig.output else {
        return;
    };
    if !lifetimes(output).iter().any(is_elided) {
        return;
    }
    let inputs = sig.inputs.iter_mut().map(type_of);
    let mut with_lifetimes = inputs.filter_map(|ty| (!lifetimes(ty).is_empty()).then_some(ty));
    let (Some(input), None) = (with_lifetimes.next(), with_lifetimes.next()) else {
        return;
    };
    match &lifetimes(input)[..] {
        [elided] if is_elided(elided) => {
            let lifetime = Lifetime::new("'__blink_elided", Span::mixed_site());
            replace_elided(input, &lifetime);
            replace_elided(output, &lifetime);
            let parameter = GenericParam::from(LifetimeParam::new(lifetime));
            sig.generics.params.insert(0, parameter);
        }
        [Some(named), rest @ ..] if rest.iter().all(|other| other.as_ref() == Some(named)) => {
            replace_elided(output, named);
        }
        _ => {}
    }
}

fn type_of(input: &mut FnArg) -> &mut Type {
    match input {
        FnArg::Receiver(receiver) => &mut receiver.ty,
        FnArg::Typed(typed) => &mut typed.ty,
    }
}

/// `&self`, and `self` of a type that holds a reference to `Self`.
fn borrows_self(input: &mut FnArg) -> bool {
    struct Finds(bool);

    impl VisitMut for Finds {
        fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
            self.0 |= matches!(&*reference.elem, Type::Path(ty) if ty.path.is_ident("Self"));
            visit_mut::visit_type_reference_mut(self, reference);
        }
    }

    let FnArg::Receiver(receiver) = input else {
        return false;
    };
    let mut finds = Finds(false);
    finds.visit_type_mut(&mut receiver.ty);
    finds.0
}

/// Whether a lifetime is left to elision: `None` is that of a bare `&`.
fn is_elided(lifetime: &Option<Lifetime>) -> bool {
    lifetime.as_ref().is_none_or(|named| named.ident == "_")
}

/// The lifetimes of a type that count for elision.
fn lifetimes(ty: &mut Type) -> Vec<Option<Lifetime>> {
    let mut met = Vec::new();
    visit(ty, &mut |lifetime| met.push(lifetime.clone()));
    met
}

fn replace_elided(ty: &mut Type, by: &Lifetime) {
    visit(ty, &mut |lifetime| {
        if is_elided(lifetime) {
            *lifetime = Some(by.clone());
        }
    });
}

fn visit(ty: &mut Type, meet: &mut dyn FnMut(&mut Option<Lifetime>)) {
    let bound = Vec::new();
    Visitor { meet, bound }.visit_type_mut(ty);
}

/// Meets the lifetimes of a type, but not those of function types and `Fn(..)` bounds, where
/// elision starts anew, nor those that a `for<'a>` binds.
struct Visitor<'v> {
    meet: &'v mut dyn FnMut(&mut Option<Lifetime>),
    bound: Vec<Ident>,
}

impl Visitor<'_> {
    fn meet(&mut self, lifetime: &mut Option<Lifetime>) {
        let is_bound = |named: &Lifetime| self.bound.contains(&named.ident);
        if !lifetime.as_ref().is_some_and(is_bound) {
            (self.meet)(lifetime);
        }
    }
}

impl VisitMut for Visitor<'_> {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        self.meet(&mut reference.lifetime);
        self.visit_type_mut(&mut reference.elem);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        let mut met = Some(lifetime.clone());
        self.meet(&mut met);
        if let Some(met) = met {
            *lifetime = met;
        }
    }

    fn visit_bound_lifetimes_mut(&mut self, names: &mut BoundLifetimes) {
        self.bound
            .extend(names.lifetimes.iter().filter_map(|name| match name {
                GenericParam::Lifetime(name) => Some(name.lifetime.ident.clone()),
                _ => None,
            }));
    }

    fn visit_type_bare_fn_mut(&mut self, _: &mut TypeBareFn) {}

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut ParenthesizedGenericArguments) {
    }

    fn visit_expr_mut(&mut self, _: &mut Expr) {}
}
