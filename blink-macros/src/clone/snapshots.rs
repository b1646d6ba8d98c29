//! What the derive writes, compared with what it wrote before.
//!
//! Each file in `snapshots` is a type, and behind a line of dashes its expansion. With the
//! environment variable `BLINK_SNAPSHOTS=overwrite` the expansions are written anew.

use std::{env, fs, path::Path};

/// The line between a type and its expansion.
const BETWEEN: &str = "\n// ---- expands to ----\n\n";

#[test]
fn expansions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/clone/snapshots");
    let overwrite = env::var("BLINK_SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the folder of snapshots") {
        let path = entry.expect("a snapshot").path();
        let text = fs::read_to_string(&path).expect("a snapshot in UTF-8");
        let (source, stored) = text.split_once(BETWEEN).unwrap_or((&text, ""));
        let source = source.trim_end();
        let expansion = expansion(source);
        if overwrite {
            let text = format!("{source}\n{BETWEEN}{expansion}");
            fs::write(&path, text).expect("a snapshot that can be written");
        } else {
            assert_eq!(expansion, stored, "{}", path.display());
        }
        count += 1;
    }
    assert!(count > 0, "no snapshots");
}

/// The expansion of a type, formatted.
fn expansion(source: &str) -> String {
    let mut input: syn::DeriveInput = syn::parse_str(source).expect("a type");
    // What the compiler hands to a derive is without it.
    input.attrs.retain(|attr| !attr.path().is_ident("derive"));
    let expansion = super::derive(quote::quote!(#input));
    prettyplease::unparse(&syn::parse2(expansion).expect("items"))
}
