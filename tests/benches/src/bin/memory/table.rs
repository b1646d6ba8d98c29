//! What is printed and drawn of the shapes.

use blink_benches::results::{head, row};
use blink_chart::Bars;

use crate::{
    cycles::Measured,
    shapes::{CONTENDERS, Shape},
};

/// A shape that all contenders have held.
pub struct Result {
    pub shape: &'static Shape,
    /// In the order of [`CONTENDERS`].
    pub measured: [Measured; CONTENDERS.len()],
}

impl Result {
    /// Has all contenders hold a shape.
    pub fn of(shape: &'static Shape) -> Self {
        let measured = shape.runs.map(|run| run());
        Self { shape, measured }
    }

    /// Bytes of the live data: what malloc was asked for, block by block.
    fn live(&self) -> usize {
        let [.., malloc] = &self.measured;
        malloc.full
    }
}

/// A table of each shape.
pub fn tables(results: &[Result]) -> String {
    results.iter().map(table).collect()
}

fn table(result: &Result) -> String {
    let name = result.shape.name;
    let live = kibibytes(result.live());
    let rows = CONTENDERS.iter().zip(&result.measured);
    let rows = rows.map(|(name, measured)| contender(name, measured));
    format!("\n## {name}\n\n{live} KiB are alive.\n\n")
        + &head(&[
            "",
            "cycle 1, KiB",
            "peak, KiB",
            "kept, KiB",
            "calls in cycle 1",
            "2",
            "3",
            "10",
        ])
        + &rows.collect::<String>()
}

fn contender(name: &str, measured: &Measured) -> String {
    let sizes = [measured.full, measured.peak, measured.kept].map(kibibytes);
    let calls = [1, 2, 3, 10].map(|cycle: usize| measured.calls[cycle - 1].to_string());
    row(&[&[name.to_owned()], &sizes[..], &calls[..]].concat())
}

fn kibibytes(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / 1024.0)
}

/// The most that was taken for each live byte, as bars.
pub fn chart(results: &[Result]) -> Bars {
    let group = |result: &Result| {
        let ratio = |measured: &Measured| Some(measured.peak as f64 / result.live() as f64);
        let ratios = result.measured.iter().map(ratio);
        (result.shape.name.to_owned(), ratios.collect())
    };
    Bars {
        title: "Memory taken for live data".to_owned(),
        unit: "most bytes that were ever taken in ten cycles, for each live byte".to_owned(),
        series: CONTENDERS.map(str::to_owned).to_vec(),
        groups: results.iter().map(group).collect(),
        reference: Some(1.0),
        cut: Some(6.0),
    }
}
