//! Where results are committed.

use std::{fs, path::Path, process::ExitCode};

use blink_chart::Bars;

/// Writes `NAME.md`, and the chart `NAME.svg` next to it, into the folder of results.
pub fn write(name: &str, table: &str, chart: &Bars) -> ExitCode {
    let files = [("md", table), ("svg", &chart.svg())];
    for (kind, text) in files {
        let file = format!("results/{name}.{kind}");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        if let Err(error) = fs::write(path, text) {
            eprintln!("{file}: {error}");
            return ExitCode::FAILURE;
        }
        println!("written: {file}");
    }
    ExitCode::SUCCESS
}

/// A row of a Markdown table.
pub fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// The two first lines of a Markdown table.
pub fn head(titles: &[&str]) -> String {
    format!(
        "| {} |\n|{}\n",
        titles.join(" | "),
        "---|".repeat(titles.len())
    )
}
