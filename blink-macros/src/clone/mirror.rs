//! What a field's type becomes, by its spelling.
//!
//! The twin of a type names the types of the copy outright: a `Vec<String>` is
//! `&'blink [&'blink str]` in it. So the twin is covariant and std's derives understand it, which
//! a projection, `<Vec<String> as BlinkClone<'blink>>::Cloned`, would prevent. A type whose
//! spelling says nothing gets that.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    GenericArgument, Ident, Lifetime, Path, PathArguments, Type, TypePath, TypeReference,
    parse_quote, visit::Visit, visit_mut::VisitMut,
};

use super::{
    known::{Known, known_to},
    names::{self, Names},
};

/// Spells out the types of a copy.
pub(super) struct Mirror<'a> {
    names: &'a Names,
    /// Whether types that nobody knows are called by the names of their twins.
    twins: bool,
    /// Whether a type that nobody knows, and in which there is no parameter, is a projection.
    projects: bool,
    /// Whether something lives in the arena.
    pub(super) needs_blink: bool,
    /// What has become another type than it was.
    pub(super) changed: Option<Type>,
    /// The types whose spelling says nothing.
    pub(super) unknown: Vec<Type>,
}

impl<'a> Mirror<'a> {
    pub(super) fn new(names: &'a Names, twins: bool) -> Self {
        Self {
            names,
            twins,
            projects: false,
            needs_blink: false,
            changed: None,
            unknown: Vec::new(),
        }
    }

    /// The same, which takes projections for types that nobody knows.
    pub(super) fn projecting(self) -> Self {
        Self {
            projects: true,
            ..self
        }
    }

    /// What a type becomes, or `None` where its spelling does not say.
    pub(super) fn of(&mut self, ty: &Type) -> Option<TokenStream> {
        let Names { blink, .. } = self.names;
        match ty {
            Type::Paren(inner) => self.of(&inner.elem),
            Type::Group(inner) => self.of(&inner.elem),
            Type::Tuple(tuple) => {
                let items = self.all(&tuple.elems)?;
                Some(quote!((#(#items,)*)))
            }
            Type::Array(array) => {
                let (item, len) = (self.of(&array.elem)?, &array.len);
                Some(quote!([#item; #len]))
            }
            Type::Reference(TypeReference {
                mutability: None,
                elem,
                ..
            }) => {
                self.needs_blink = true;
                let target = self.pointee(elem)?;
                Some(quote!(&#blink #target))
            }
            Type::BareFn(_) => Some(quote!(#ty)),
            Type::Path(TypePath { qself: None, path }) => self.path(ty, path),
            _ => self.unknown(ty),
        }
    }

    /// [`of`](Self::of) several, each of which is looked at.
    fn all<'t>(&mut self, types: impl IntoIterator<Item = &'t Type>) -> Option<Vec<TokenStream>> {
        let all: Vec<_> = types.into_iter().map(|ty| self.of(ty)).collect();
        all.into_iter().collect()
    }

    fn unknown(&mut self, ty: &Type) -> Option<TokenStream> {
        self.unknown.push(ty.clone());
        let is_fixed = self.projects && !mentions(ty, &self.names.params);
        is_fixed.then(|| {
            self.needs_blink = true;
            let Names { blink, krate, .. } = self.names;
            quote!(<#ty as #krate::BlinkClone<#blink>>::Cloned)
        })
    }

    /// [`of`](Self::of) what stands behind a pointer.
    pub(super) fn pointee(&mut self, ty: &Type) -> Option<TokenStream> {
        match ty {
            Type::Paren(inner) => self.pointee(&inner.elem),
            Type::Group(inner) => self.pointee(&inner.elem),
            Type::Slice(slice) => {
                let item = self.of(&slice.elem)?;
                Some(quote!([#item]))
            }
            Type::Path(TypePath { qself: None, path }) => match known_to(self.names, path) {
                Some(Known::Unsized(name)) => Some(absolute(name)),
                _ => self.of(ty),
            },
            _ => self.of(ty),
        }
    }

    fn path(&mut self, ty: &Type, path: &Path) -> Option<TokenStream> {
        if path.is_ident("Self") {
            return Some(self.myself());
        }
        if let Some(ident) = path.get_ident() {
            if self.names.params.contains(ident) {
                return Some(quote!(#ident));
            }
        }
        if path.segments.len() == 1 && path.segments[0].ident == self.names.ident {
            return self.twin(path, self.names.twin.clone());
        }
        match known_to(self.names, path) {
            Some(known) => self.known_path(ty, path, known),
            None if self.twins => {
                let name = names::twin(&path.segments.last()?.ident);
                self.twin(path, name)
            }
            None => self.unknown(ty),
        }
    }

    /// The twin itself, with its own parameters.
    fn myself(&mut self) -> TokenStream {
        self.needs_blink = true;
        let Names {
            twin,
            blink,
            arguments,
            ..
        } = self.names;
        quote!(#twin<#blink #(, #arguments)*>)
    }

    /// The twin of that name, of a type that is spelled by this path.
    fn twin(&mut self, path: &Path, name: Ident) -> Option<TokenStream> {
        self.needs_blink = true;
        let mut path = path.clone();
        let last = path.segments.last_mut()?;
        let arguments = self.arguments(&last.arguments)?;
        let blink = &self.names.blink;
        last.ident = name;
        last.arguments = PathArguments::AngleBracketed(parse_quote!(<#blink #(, #arguments)*>));
        Some(quote!(#path))
    }

    /// What the arguments become. Lifetimes are left out.
    fn arguments(&mut self, arguments: &PathArguments) -> Option<Vec<TokenStream>> {
        let PathArguments::AngleBracketed(arguments) = arguments else {
            return arguments.is_none().then(Vec::new);
        };
        let arguments = arguments.args.iter();
        let all: Vec<_> = arguments
            .filter(|argument| !matches!(argument, GenericArgument::Lifetime(_)))
            .map(|argument| match argument {
                GenericArgument::Type(ty) if self.is_constant(ty) => Some(quote!(#ty)),
                GenericArgument::Type(ty) => self.of(ty),
                GenericArgument::Const(_) => Some(quote!(#argument)),
                _ => None,
            })
            .collect();
        all.into_iter().collect()
    }

    /// Whether what could be a type is a parameter that is none.
    fn is_constant(&self, ty: &Type) -> bool {
        let Names {
            params, arguments, ..
        } = self.names;
        let ident = match ty {
            Type::Path(TypePath { qself: None, path }) => path.get_ident(),
            _ => None,
        };
        ident.is_some_and(|ident| arguments.contains(ident) && !params.contains(ident))
    }

    fn known_path(&mut self, ty: &Type, path: &Path, known: Known) -> Option<TokenStream> {
        let Names { blink, krate, .. } = self.names;
        let types = types(path);
        if !matches!(known, Known::Same | Known::Shape | Known::CopyCell) {
            self.changed.get_or_insert_with(|| ty.clone());
        }
        match known {
            Known::Same => return Some(quote!(#ty)),
            Known::Shape | Known::CopyCell => {
                let last = &path.segments.last()?.arguments;
                let arguments = self.arguments(last)?;
                let mut path = path.clone();
                path.segments.last_mut()?.arguments =
                    PathArguments::AngleBracketed(parse_quote!(<#(#arguments),*>));
                return Some(quote!(#path));
            }
            Known::Inner => return self.of(types[0]),
            Known::Maybe => {
                let value = self.of(types[0])?;
                return Some(quote!(::core::option::Option<#value>));
            }
            _ => self.needs_blink = true,
        }
        Some(match known {
            Known::Text(name) => {
                let name = absolute(name);
                quote!(&#blink #name)
            }
            Known::Slice => {
                let item = self.of(types[0])?;
                quote!(&#blink [#item])
            }
            Known::Pointer | Known::Shared => {
                let target = self.pointee(types[0])?;
                quote!(&#blink #target)
            }
            Known::Weak => {
                let target = self.pointee(types[0])?;
                quote!(#krate::BlinkWeak<#blink, #target>)
            }
            Known::Ordered(name) => {
                let name = Ident::new(name, proc_macro2::Span::mixed_site());
                let items = self.all(types)?;
                quote!(#krate::#name<#blink, #(#items),*>)
            }
            Known::Hashed(name, items) => {
                let Some(hasher) = self.hasher(path, items) else {
                    return self.unknown(ty);
                };
                let name = Ident::new(name, proc_macro2::Span::mixed_site());
                let items = self.all(types[..items].iter().copied())?;
                quote!(#krate::#name<#blink, #(#items),*, #hasher>)
            }
            // Not behind a pointer: a type of the user's.
            _ => return self.unknown(ty),
        })
    }

    /// The hasher of a map or set, which may be the one that it has by default. It stays what it
    /// is, as a parameter would not.
    fn hasher(&self, path: &Path, items: usize) -> Option<TokenStream> {
        let krate = &self.names.krate;
        if let Some(hasher) = types(path).get(items) {
            return (!mentions(hasher, &self.names.params)).then(|| quote!(#hasher));
        }
        let mut path = path.clone();
        let nothing = vec![quote!(()); items];
        if let Some(last) = path.segments.last_mut() {
            last.arguments = PathArguments::AngleBracketed(parse_quote!(<#(#nothing),*>));
        }
        Some(quote!(<#path as #krate::__private::HasherOf>::Hasher))
    }
}

/// The types between the angle brackets at the end of a path.
pub(super) fn types(path: &Path) -> Vec<&Type> {
    let Some(last) = path.segments.last() else {
        return Vec::new();
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return Vec::new();
    };
    let arguments = arguments.args.iter();
    arguments
        .filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
        .collect()
}

/// A path that is written down here.
fn absolute(path: &str) -> TokenStream {
    let path: Path = syn::parse_str(path).expect("a path");
    quote!(#path)
}

/// Whether a type mentions one of the parameters.
pub(super) fn mentions(ty: &Type, params: &[Ident]) -> bool {
    struct Search<'a>(&'a [Ident], bool);

    impl<'ast> Visit<'ast> for Search<'_> {
        fn visit_ident(&mut self, ident: &'ast Ident) {
            self.1 |= self.0.contains(ident);
        }
    }

    let mut search = Search(params, false);
    search.visit_type(ty);
    search.1
}

/// Puts the type in the place of `Self`, which is the twin in what the twin consists of.
pub(super) struct Original<'a>(pub(super) &'a Names);

impl VisitMut for Original<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if matches!(ty, Type::Path(TypePath { qself: None, path }) if path.is_ident("Self")) {
            let Names {
                ident,
                lifetimes,
                blink,
                arguments,
                ..
            } = self.0;
            let lifetimes = lifetimes.iter().map(|_| blink);
            *ty = parse_quote!(#ident<#(#lifetimes,)* #(#arguments),*>);
        } else {
            syn::visit_mut::visit_type_mut(self, ty);
        }
    }
}

/// Puts `'blink` in the place of the type's own lifetimes.
pub(super) struct AtBlink<'a>(pub(super) &'a Names);

impl AtBlink<'_> {
    pub(super) fn of(&mut self, ty: &Type) -> TokenStream {
        let mut ty = ty.clone();
        self.visit_type_mut(&mut ty);
        ty.into_token_stream()
    }
}

impl VisitMut for AtBlink<'_> {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if self.0.lifetimes.contains(&lifetime.ident) {
            *lifetime = self.0.blink.clone();
        }
    }
}
