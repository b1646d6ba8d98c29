//! What is printed and drawn of measurements. It is Markdown, with columns for those who read it
//! as it is.

use std::{fmt, time::Duration};

use blink_chart::Bars;

use super::compare::Comparison;

/// What was measured of the documents of a file.
pub struct Report {
    /// What the file is called.
    pub name: String,
    /// Its bytes.
    pub bytes: usize,
    /// How often it was read.
    pub copies: usize,
    /// What was measured.
    pub compared: Comparison,
}

/// A line of a table: a name, both forms, and the ratio of the copy to the original.
type Row = [String; 4];

impl Report {
    fn rows(&self) -> Vec<Row> {
        let Comparison { steps, arena, .. } = &self.compared;
        let mut rows = vec![["", "owned", "in an arena", "ratio"].map(str::to_owned)];
        rows.extend(steps.iter().map(|step| {
            let [owned, copied] = [step.owned.time, step.copied.time];
            let texts = [owned, copied].map(|time| format!("{time:.1?}"));
            row(step.name, texts, ratio(copied, owned))
        }));
        // To read makes the same calls in both forms.
        let steps = steps.iter();
        let steps = steps.filter(|step| step.owned.calls != step.copied.calls);
        rows.extend(steps.map(|step| {
            let [owned, copied] = [step.owned.calls, step.copied.calls];
            let name = format!("calls to {}", step.name);
            row(&name, [owned, copied].map(|it| it.to_string()), None)
        }));
        let used = arena.used() as f64;
        for (name, owned) in [
            ("bytes of a copy", self.compared.cloned_bytes),
            ("bytes as it was read", self.compared.read_bytes),
        ] {
            let texts = [owned.to_string(), used.to_string()];
            rows.push(row(name, texts, divide(used, owned as f64)));
        }
        rows
    }

    /// The ratios of the chart, in the order of [`chart`].
    fn ratios(&self) -> Vec<Option<f64>> {
        let Comparison { steps, arena, .. } = &self.compared;
        let times = steps.iter();
        let times = times.map(|step| ratio(step.copied.time, step.owned.time));
        let bytes = divide(arena.used() as f64, self.compared.cloned_bytes as f64);
        times.chain([bytes]).collect()
    }
}

fn row(name: &str, [owned, copied]: [String; 2], ratio: Option<f64>) -> Row {
    let ratio = ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
    [name.to_owned(), owned, copied, ratio]
}

fn ratio(copied: Duration, owned: Duration) -> Option<f64> {
    divide(copied.as_secs_f64(), owned.as_secs_f64())
}

/// A number has no strings or collections that would take anything.
fn divide(a: f64, b: f64) -> Option<f64> {
    (b > 0.0).then(|| a / b)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Comparison {
            sum,
            answers,
            equal,
            parse,
            arena,
            first_calls: [first, second, third],
            ..
        } = &self.compared;
        let Self {
            name,
            bytes,
            copies,
            ..
        } = self;
        writeln!(f, "## {name}\n")?;
        writeln!(
            f,
            "{bytes} bytes, read {copies} times in {parse:.1?}: {} values.\n",
            sum.values
        )?;
        writeln!(f, "```text\n{answers}\n```\n")?;
        write_table(f, &self.rows())?;
        let (chunks, capacity) = (arena.chunks(), arena.capacity());
        writeln!(
            f,
            "\nCalls of the system's allocator for the first copies into one arena: {first}, then \
             {second}, then {third}. Its memory when it is warm: {capacity} bytes in {chunks} {}.",
            if chunks == 1 { "chunk" } else { "chunks" }
        )?;
        let not = if *equal { "" } else { " not" };
        writeln!(f, "The copy is{not} equal to the original.")
    }
}

/// Numbers are to the right.
fn write_table(f: &mut fmt::Formatter<'_>, rows: &[Row]) -> fmt::Result {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let [first, others @ ..] = [0, 1, 2, 3].map(width);
    for (index, [name, cells @ ..]) in rows.iter().enumerate() {
        write!(f, "| {name:<first$} |")?;
        for (cell, width) in cells.iter().zip(others) {
            write!(f, " {cell:>width$} |")?;
        }
        writeln!(f)?;
        if index == 0 {
            write!(f, "|{:-<1$}|", "", first + 2)?;
            for width in others {
                write!(f, "{:->1$}|", ":", width + 2)?;
            }
            writeln!(f)?;
        }
    }
    Ok(())
}

/// The ratios as bars: of each file, for each step.
pub fn chart(reports: &[Report]) -> Bars {
    let ratios: Vec<_> = reports.iter().map(Report::ratios).collect();
    let steps = reports.first().map(|report| &report.compared.steps);
    let names = steps.into_iter().flatten().map(|step| step.name);
    let groups = names.chain(["bytes of a copy"]).enumerate();
    Bars {
        title: "A graph that is copied into an arena".to_owned(),
        unit: "time or memory of the copy, for each of the owned graph: below 1 the arena is \
               better"
            .to_owned(),
        series: reports.iter().map(|report| report.name.clone()).collect(),
        groups: groups
            .map(|(step, name)| {
                let ratios = ratios.iter().map(|ratios| ratios[step]);
                (name.to_owned(), ratios.collect())
            })
            .collect(),
        reference: Some(1.0),
        cut: Some(2.0),
    }
}
