//! How long the derive takes to compile: a crate of 100 types without a derive, with
//! `#[derive(Clone)]` and with `#[derive(BlinkClone)]`.
//!
//! ```text
//! cargo run --release -p blink-benches --bin compile [-- ROUNDS]
//! ```
//!
//! The crates are made next to this program, and built by cargo, in turns. What they depend on is
//! built before. Each type is copied once, since what is generic and not used is not compiled.

mod types;

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use blink_benches::{
    measure::median,
    results::{head, row},
};

use types::{COUNT, Derive};

/// How often each crate is compiled in each way, if nothing else is said.
const ROUNDS: usize = 9;

/// How a crate is compiled.
const WAYS: [&[&str]; 3] = [&["check"], &["build"], &["build", "--release"]];

fn main() -> ExitCode {
    let rounds = env::args()
        .nth(1)
        .map_or(Ok(ROUNDS), |rounds| rounds.parse());
    let Ok(rounds) = rounds else {
        eprintln!("usage: compile [ROUNDS]");
        return ExitCode::from(2);
    };
    match measure(rounds) {
        Ok(table) => {
            print!("{table}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Compiles all crates in all ways, and makes the table.
fn measure(rounds: usize) -> Result<String, String> {
    let crates = Derive::ALL.map(|derive| create(derive).map_err(|error| error.to_string()));
    let mut rows: Vec<Vec<String>> = Derive::ALL.map(|derive| vec![derive.words()]).to_vec();
    for way in WAYS {
        let mut times = Derive::ALL.map(|_| Vec::new());
        for round in 0..=rounds {
            for (folder, times) in crates.iter().zip(&mut times) {
                let time = compile(folder.as_ref()?, way)?;
                // The first one builds what the crate depends on.
                if round > 0 {
                    times.push(time);
                }
            }
        }
        let medians = times.map(median);
        for (row, time) in rows.iter_mut().zip(medians) {
            let each = (time - medians[0]) * 1e3 / COUNT as f64;
            row.push(format!("{time:.2} s, {each:+.1} ms a type"));
        }
    }
    let rows: String = rows.iter().map(|cells| row(cells)).collect();
    Ok(head(&["100 types", "check", "build", "build --release"]) + &rows)
}

/// Writes a crate, with the versions that this workspace has.
fn create(derive: Derive) -> io::Result<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = folder()?.join(derive.name());
    fs::create_dir_all(folder.join("src"))?;
    fs::copy(own.join("../../Cargo.lock"), folder.join("Cargo.lock"))?;
    let library = own.join("../../blink-alloc").canonicalize()?;
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"compile-{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
            [dependencies]\nblink-alloc = {{ path = {library:?} }}\n\n[workspace]\n",
            derive.name()
        ),
    )?;
    fs::write(folder.join("src/lib.rs"), derive.source())?;
    Ok(folder)
}

/// Where the crates are.
fn folder() -> io::Result<PathBuf> {
    Ok(env::current_exe()?.with_file_name("compile-times"))
}

/// Seconds that cargo takes to compile a crate that has been touched.
fn compile(folder: &Path, way: &[&str]) -> Result<f64, String> {
    let say = |error: io::Error| format!("{}: {error}", folder.display());
    let source = folder.join("src/lib.rs");
    fs::write(&source, fs::read(&source).map_err(say)?).map_err(say)?;
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo
        .args(way)
        .args(["--offline", "--quiet"])
        .current_dir(folder);
    // One folder for all, and nothing left over from the round before.
    cargo.env("CARGO_TARGET_DIR", folder.with_file_name("target"));
    cargo.env("CARGO_INCREMENTAL", "0").stdout(Stdio::null());
    let start = Instant::now();
    let status = cargo.status().map_err(say)?;
    let time = start.elapsed().as_secs_f64();
    match status.success() {
        true => Ok(time),
        false => Err(format!("{}: cargo {way:?}: {status}", folder.display())),
    }
}
