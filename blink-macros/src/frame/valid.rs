//! What is refused, each with one message where the mistake is.

use syn::{Error, PatIdent, Path, Result};

use super::{
    attr::{Arguments, Source},
    function::Function,
};

/// Whose handle the body gets.
pub(super) enum Parameter {
    /// A parameter that is declared.
    Declared,
    /// One that is to be added.
    Injected,
    /// None: the arena is not passed.
    None,
}

/// Says which parameter the frame is entered by.
pub(super) fn check(arguments: &Arguments, function: &Function) -> Result<Parameter> {
    let sig = &function.sig;
    if let Some(token) = sig.constness {
        return Err(Error::new(token.span, "a `const fn` cannot have a frame"));
    }
    let declared = function.parameter(&arguments.name(function));
    match (&arguments.source, declared) {
        (Source::Parameter, Some(pattern)) => declared_parameter(pattern),
        (Source::Parameter, None) => {
            injectable(function)?;
            Ok(Parameter::Injected)
        }
        (Source::ThreadLocal(_), Some(pattern)) => {
            let message = format!(
                "the frame would hide this parameter: give it another name, \
                 `#[blink_frame(<name>, thread_local)]`, or pass `{}` without `thread_local`",
                pattern.ident
            );
            Err(Error::new(pattern.ident.span(), message))
        }
        (Source::ThreadLocal(span) | Source::In(span, _), _) if function.body.is_none() => {
            let message = "there is no body to have a frame: the attribute belongs to the \
                           implementations";
            Err(Error::new(*span, message))
        }
        (Source::ThreadLocal(_) | Source::In(..), _) => Ok(Parameter::None),
    }
}

fn declared_parameter(pattern: &PatIdent) -> Result<Parameter> {
    if pattern.by_ref.is_some() || pattern.subpat.is_some() {
        let message = format!(
            "the frame is entered by this parameter, which has to be plain: `{}: &mut Frame<'_>`",
            pattern.ident
        );
        return Err(Error::new_spanned(pattern, message));
    }
    Ok(Parameter::Declared)
}

/// Whether somebody can pass one parameter more.
fn injectable(function: &Function) -> Result<()> {
    const INSTEAD: &str = "take the arena from elsewhere, `#[blink_frame(thread_local)]` or \
                           `#[blink_frame(in = <an arena>)]`";
    let sig = &function.sig;
    if let Some(abi) = &sig.abi {
        if abi.name.as_ref().is_none_or(|name| name.value() != "Rust") {
            let message = format!("other languages cannot pass a frame: {INSTEAD}");
            return Err(Error::new_spanned(abi, message));
        }
    }
    if let Some(test) = function.attrs.iter().find(|attr| is_test(attr.path())) {
        let message = format!("a test takes no parameter: {INSTEAD}");
        return Err(Error::new_spanned(test, message));
    }
    if sig.ident == "main" && sig.inputs.is_empty() {
        let message = format!("`main` takes no parameter: {INSTEAD}");
        return Err(Error::new(sig.ident.span(), message));
    }
    Ok(())
}

/// `#[test]`, and what runtimes have in its place.
fn is_test(path: &Path) -> bool {
    path.segments
        .last()
        .is_some_and(|last| last.ident == "test")
}
