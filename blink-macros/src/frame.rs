//! `#[blink_frame]`: a frame of an arena around the body of a function.
//!
//! `attr` reads the arguments, `function` what the attribute stands on; `valid` refuses what
//! cannot have a frame, `elision` writes out a lifetime that the new parameter would make
//! ambiguous, and `expand` writes the function.

mod attr;
mod elision;
mod expand;
mod function;
mod valid;

use proc_macro2::TokenStream;
use syn::Result;

use self::{attr::Arguments, function::Function};

/// The function with its frame. On a mistake the item as it was, so that nothing else fails for
/// want of it, and the message.
pub(crate) fn blink_frame(arguments: TokenStream, item: TokenStream) -> TokenStream {
    match framed(arguments, item.clone()) {
        Ok(framed) => framed,
        Err(error) => {
            let message = error.into_compile_error();
            quote::quote!(#item #message)
        }
    }
}

fn framed(arguments: TokenStream, item: TokenStream) -> Result<TokenStream> {
    // The item first: whoever has put the attribute on a struct is not helped by a message
    // about its arguments.
    let function: Function = syn::parse2(item)?;
    let arguments: Arguments = syn::parse2(arguments)?;
    let parameter = valid::check(&arguments, &function)?;
    Ok(expand::expand(arguments, function, parameter))
}
