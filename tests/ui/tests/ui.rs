//! What the types forbid, and what they allow.
//!
//! `cases/fail` holds programs that must not compile, each with the compiler's words beside
//! it. To write these anew: `TRYBUILD=overwrite cargo test -p blink-ui`, with the compiler
//! that [`SNAPSHOTS`] names.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use trybuild::TestCases;

/// The compiler whose words the snapshots are. Others say the same differently: with them the
/// programs only have to fail.
const SNAPSHOTS: &str = "rustc 1.95.0 ";

#[test]
fn cases() {
    let tests = TestCases::new();
    // Programs that run make trybuild generate code, and only then constants are evaluated.
    tests.pass("cases/pass/*.rs");
    if compiler().starts_with(SNAPSHOTS) {
        tests.compile_fail("cases/fail/*.rs");
    } else {
        let cases = without_snapshots().expect("a copy of the cases");
        tests.compile_fail(cases.join("*.rs"));
        // SAFETY: whoever else uses the environment of this process does so through std, which
        // has a lock for it.
        unsafe { env::set_var("TRYBUILD", "overwrite") };
    }
}

/// What the compiler says about itself.
fn compiler() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output();
    String::from_utf8(output.expect("a compiler").stdout).expect("a version in UTF-8")
}

/// A copy of the programs where trybuild finds no snapshot, and may write one.
fn without_snapshots() -> io::Result<PathBuf> {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    match fs::remove_dir_all(&copy) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => fs::create_dir_all(&copy)?,
    }
    for case in fs::read_dir("cases/fail")? {
        let case = case?.path();
        if let (Some("rs"), Some(name)) = (
            case.extension().and_then(|extension| extension.to_str()),
            case.file_name(),
        ) {
            fs::copy(&case, copy.join(name))?;
        }
    }
    Ok(copy)
}
