//! Writes a copy of each published program that a test can include as a module and run.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../build.rs");
    println!("cargo::rerun-if-changed=../programs");
    let out = env::var("OUT_DIR")?;
    for program in [
        "blink",
        "collections",
        "builders",
        "iterators",
        "send",
        "sync",
    ] {
        let name = format!("{program}.rs");
        let text = fs::read_to_string(Path::new("../programs").join(&name))?;
        fs::write(Path::new(&out).join(&name), module(&text))?;
    }
    Ok(())
}

/// The program without the attributes and the comment of its crate, and with a function that runs it.
fn module(program: &str) -> String {
    let of_the_crate = |line: &&str| line.starts_with("#![") || line.starts_with("//!");
    let lines = program.lines().filter(|line| !of_the_crate(line));
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    text + "pub fn run() { main() }\n"
}
