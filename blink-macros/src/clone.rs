//! `#[derive(BlinkClone)]`.
//!
//! What the user wrote is in `ast`, with the attributes that `attr` reads. `valid` has all that is
//! refused. What becomes of the type is decided in `form`, what becomes of a field's type in
//! `mirror` (by the types that `known` knows), and which parameters have to be copied in `bounds`.
//! `twin` and `expand` write it down, with the names and paths of `names`.

mod ast;
mod attr;
mod bounds;
mod expand;
mod form;
mod known;
mod mirror;
mod names;
#[cfg(test)]
mod snapshots;
mod twin;
mod valid;

use proc_macro2::TokenStream;
use syn::{DeriveInput, Result};

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    match try_derive(input) {
        Ok(expansion) => expansion,
        Err(error) => error.into_compile_error(),
    }
}

fn try_derive(input: TokenStream) -> Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    let input = ast::Input::new(&input)?;
    let names = names::Names::new(&input);
    let form = form::Form::of(&input, &names);
    valid::check(&input, &names, form)?;
    Ok(expand::expand(&input, &names, form))
}
