//! The parameters of the implementation.
//!
//! Bounds are on type parameters only: on the types of fields they would be proven by going
//! round in circles, for types that contain themselves.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    GenericParam, Generics, Ident, Path, PredicateType, Token, Type, TypeParam, TypeParamBound,
    TypePath, WhereClause, WherePredicate, parse_quote, punctuated::Punctuated, visit::Visit,
    visit_mut::VisitMut,
};

use super::{
    ast::Input,
    attr::FieldHow,
    form::Form,
    known::{Known, known_to},
    mirror::{AtBlink, mentions, types},
    names::{self, Names},
};

/// The generics of the implementation: those of the type, `'blink`, and what has to hold for the
/// parameters.
pub(super) fn of_impl(input: &Input, names: &Names, form: Form) -> Generics {
    let blink = &names.blink;
    let mut generics = input.generics.clone();
    for param in &mut generics.params {
        match param {
            GenericParam::Type(param) => (param.eq_token, param.default) = (None, None),
            GenericParam::Const(param) => (param.eq_token, param.default) = (None, None),
            GenericParam::Lifetime(_) => {}
        }
    }
    let mut wanted = match (&input.options.bound, form) {
        (Some((_, bounds)), _) => bounds.clone(),
        (None, Form::Copy) => Vec::new(),
        (None, _) => {
            let mut wanted = copied_params(input, names);
            wanted.extend(substituted(input, names, form));
            wanted.extend(of_fields(input, names));
            wanted
        }
    };
    if let Some(span) = input.options.copy {
        let (ident, arguments) = (input.ident, input.generics.split_for_impl().1);
        let predicate = quote!(#ident #arguments: ::core::marker::Copy + #blink);
        wanted.push(syn::parse2(names::at(predicate, span)).expect("a bound"));
    }
    if form != Form::Copy {
        wanted.extend(borrowed(input, names));
    }
    generics.params.insert(0, parse_quote!(#blink));
    generics.make_where_clause().predicates.extend(wanted);
    generics
}

/// That a type can be copied, and in a type that becomes itself: to what it is.
pub(super) fn copied((ty, span): &(Type, Span), names: &Names, form: Form) -> WherePredicate {
    let Names { blink, krate, .. } = names;
    let cloned = (form == Form::Itself).then(|| quote!(, Cloned = #ty));
    let private = quote!(#krate::__private);
    let predicate = quote!(#private::Field: #private::FieldOf<#blink, #ty #cloned>);
    let predicate = names::at(predicate, *span);
    syn::parse2(predicate).expect("a bound")
}

/// What is copied as it is, and borrows, lives as long as the copy.
fn borrowed(input: &Input, names: &Names) -> Vec<WherePredicate> {
    let blink = &names.blink;
    let fields = input.fields().filter(|field| {
        matches!(field.how, FieldHow::Copy) && mentions(field.ty, &names.lifetimes)
    });
    let wanted = fields.map(|field| {
        let ty = field.ty;
        parse_quote!(#ty: #blink)
    });
    wanted.collect()
}

/// What a parameter becomes in the copy.
pub(super) fn cloned(param: &Ident, input: &Input, names: &Names) -> TokenStream {
    let Names { blink, krate, .. } = names;
    if is_unsized(param, input.generics) {
        quote!(<#param as #krate::__private::BlinkCloneRef<#blink>>::Target)
    } else {
        quote!(<#param as #krate::BlinkClone<#blink>>::Cloned)
    }
}

/// Whether a parameter may be of an unsized type.
pub(super) fn is_unsized(param: &Ident, generics: &Generics) -> bool {
    let maybe = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(bound) => matches!(bound.modifier, syn::TraitBoundModifier::Maybe(_)),
        _ => false,
    };
    let declared = generics
        .type_params()
        .filter(|declared| declared.ident == *param);
    let mut declared = declared.flat_map(|declared| &declared.bounds);
    let clause = generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    declared.any(maybe)
        || clause.into_iter().any(|predicate| match predicate {
            WherePredicate::Type(predicate) => {
                is_param(&predicate.bounded_ty, param) && predicate.bounds.iter().any(maybe)
            }
            _ => false,
        })
}

fn is_param(ty: &Type, param: &Ident) -> bool {
    matches!(ty, Type::Path(TypePath { qself: None, path }) if path.is_ident(param))
}

/// Every parameter is copied.
fn copied_params(input: &Input, names: &Names) -> Vec<WherePredicate> {
    let Names { blink, krate, .. } = names;
    let params = input.generics.type_params();
    params
        .map(|TypeParam { ident, .. }| {
            if is_unsized(ident, input.generics) {
                parse_quote!(#ident: #krate::__private::BlinkCloneRef<#blink>)
            } else {
                parse_quote!(#ident: #krate::BlinkClone<#blink>)
            }
        })
        .collect()
}

/// What the type asks of its parameters it asks of their copies, too.
fn substituted(input: &Input, names: &Names, form: Form) -> Vec<WherePredicate> {
    let mut substitute = Substitute { input, names };
    let mut wanted = Vec::new();
    for TypeParam { ident, bounds, .. } in input.generics.type_params() {
        let bounds = bounds.iter().filter(|bound| !is_maybe(bound));
        let bounds: Vec<_> = bounds.collect();
        if !bounds.is_empty() {
            wanted.push(parse_quote!(#ident: #(#bounds)+*));
        }
    }
    if let Some(clause) = &input.generics.where_clause {
        let predicates = clause
            .predicates
            .iter()
            .filter_map(|predicate| match predicate {
                WherePredicate::Type(predicate) => {
                    let mut predicate = predicate.clone();
                    let bounds = predicate
                        .bounds
                        .into_iter()
                        .filter(|bound| !is_maybe(bound));
                    predicate.bounds = bounds.collect();
                    let is_empty = predicate.bounds.is_empty();
                    (!is_empty).then_some(WherePredicate::Type(predicate))
                }
                _ => None,
            });
        wanted.extend(predicates);
    }
    for predicate in &mut wanted {
        if form == Form::Twin {
            Outlives.visit_where_predicate_mut(predicate);
        }
        substitute.visit_where_predicate_mut(predicate);
        AtBlink(names).visit_where_predicate_mut(predicate);
    }
    wanted
}

fn is_maybe(bound: &TypeParamBound) -> bool {
    match bound {
        TypeParamBound::Trait(bound) => matches!(bound.modifier, syn::TraitBoundModifier::Maybe(_)),
        _ => false,
    }
}

/// Takes away how long parameters live: what they become in a twin lives as long as the arena,
/// and so does the twin.
pub(super) struct Outlives;

impl VisitMut for Outlives {
    fn visit_type_param_mut(&mut self, param: &mut TypeParam) {
        param.bounds = without_lifetimes(&param.bounds);
    }

    fn visit_predicate_type_mut(&mut self, predicate: &mut PredicateType) {
        predicate.bounds = without_lifetimes(&predicate.bounds);
    }

    fn visit_where_clause_mut(&mut self, clause: &mut WhereClause) {
        let predicates = clause.predicates.iter();
        let predicates =
            predicates.filter(|predicate| !matches!(predicate, WherePredicate::Lifetime(_)));
        clause.predicates = predicates.cloned().collect();
        syn::visit_mut::visit_where_clause_mut(self, clause);
    }
}

fn without_lifetimes(bounds: &Bounds) -> Bounds {
    let bounds = bounds.iter();
    let bounds = bounds.filter(|bound| !matches!(bound, TypeParamBound::Lifetime(_)));
    bounds.cloned().collect()
}

type Bounds = Punctuated<TypeParamBound, Token![+]>;

/// Puts what parameters become in their place.
struct Substitute<'a> {
    input: &'a Input<'a>,
    names: &'a Names,
}

impl VisitMut for Substitute<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Path(TypePath { qself: None, path }) = ty {
            if let Some(ident) = path.get_ident() {
                if self.names.params.contains(ident) {
                    *ty = syn::parse2(cloned(ident, self.input, self.names)).expect("a type");
                    return;
                }
            }
        }
        syn::visit_mut::visit_type_mut(self, ty);
    }
}

/// What the implementations for the standard library ask for, of parameters in such a field.
fn of_fields(input: &Input, names: &Names) -> Vec<WherePredicate> {
    let mut asked = Asked {
        input,
        names,
        wanted: Vec::new(),
    };
    for field in input.fields() {
        if matches!(field.how, FieldHow::Plain | FieldHow::Mirror) {
            asked.visit_type(field.ty);
        }
    }
    asked.wanted
}

struct Asked<'a> {
    input: &'a Input<'a>,
    names: &'a Names,
    wanted: Vec<WherePredicate>,
}

impl Asked<'_> {
    /// The parameters in a type.
    fn params(&self, ty: &Type) -> Vec<Ident> {
        let params = self.names.params.iter();
        let params = params.filter(|param| mentions(ty, std::slice::from_ref(param)));
        params.cloned().collect()
    }
}

impl<'ast> Visit<'ast> for Asked<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        syn::visit::visit_path(self, path);
        let (Some(known), Some(first)) = (known_to(self.names, path), types(path).first().copied())
        else {
            return;
        };
        for param in self.params(first) {
            let copy = cloned(&param, self.input, self.names);
            self.wanted.push(match known {
                Known::Shared | Known::Weak => parse_quote!(#param: 'static),
                Known::CopyCell => parse_quote!(#param: ::core::marker::Copy),
                Known::Ordered(_) => parse_quote!(#copy: ::core::cmp::Ord),
                Known::Hashed(..) => parse_quote!(#copy: ::core::cmp::Eq + ::core::hash::Hash),
                _ => continue,
            });
        }
    }
}
