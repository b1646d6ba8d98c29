//! The table: writes it, reads it back, compares.

use std::collections::BTreeMap;

use blink_benches::Row;

use crate::callgrind::Count;

/// A row that has been counted.
pub struct Counted {
    pub row: Row,
    pub count: Count,
}

impl Counted {
    fn target(&self) -> String {
        match (self.row.instructions, self.row.branches) {
            (Some(instructions), Some(branches)) => format!("{instructions}, {branches}"),
            (Some(instructions), None) => instructions.to_string(),
            _ => "-".to_owned(),
        }
    }

    /// Whether the target is met, and otherwise by how much it is missed.
    fn verdict(&self) -> String {
        let over = |count: u64, target: Option<u64>| count.saturating_sub(target.unwrap_or(count));
        let instructions = over(self.count.instructions, self.row.instructions);
        let branches = over(self.count.branches, self.row.branches);
        match (self.row.instructions, instructions, branches) {
            (None, ..) => "-".to_owned(),
            (_, 0, 0) => "yes".to_owned(),
            (_, _, 0) => format!("**+{instructions}**"),
            _ => format!("**+{instructions}, +{branches}**"),
        }
    }
}

/// The table as Markdown.
pub fn markdown(counted: &[Counted]) -> String {
    let mut text =
        String::from("| row | instructions | branches | target | met |\n|---|---|---|---|---|\n");
    for entry in counted {
        text += &format!(
            "| {} | {} | {} | {} | {} |\n",
            entry.row.name,
            entry.count.instructions,
            entry.count.branches,
            entry.target(),
            entry.verdict(),
        );
    }
    text
}

/// Reads a table back: counts by row.
pub fn parse(text: &str) -> Result<BTreeMap<String, Count>, String> {
    let rows = text.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|line| parse_row(line).ok_or_else(|| format!("not a row: {line}")))
        .collect()
}

fn parse_row(line: &str) -> Option<(String, Count)> {
    let mut cells = line.split('|').map(str::trim).skip(1);
    let name = cells.next()?.to_owned();
    let count = Count {
        instructions: cells.next()?.parse().ok()?,
        branches: cells.next()?.parse().ok()?,
    };
    Some((name, count))
}

/// What a comparison found, in words.
#[derive(Default)]
pub struct Difference {
    pub grew: Vec<String>,
    pub fell: Vec<String>,
}

/// Compares with the committed counts. A row that is missing on one side has been compared
/// with nothing, and counts as grown.
pub fn compare(committed: &BTreeMap<String, Count>, counted: &[Counted]) -> Difference {
    let mut difference = Difference::default();
    for Counted { row, count } in counted {
        let Some(before) = committed.get(row.name) else {
            difference
                .grew
                .push(format!("{}: not in counts.md", row.name));
            continue;
        };
        let words = format!(
            "{}: {}, {} before; {}, {} now",
            row.name, before.instructions, before.branches, count.instructions, count.branches
        );
        if count.instructions > before.instructions || count.branches > before.branches {
            difference.grew.push(words);
        } else if count != before {
            difference.fell.push(words);
        }
    }
    for name in committed.keys() {
        if !counted.iter().any(|counted| counted.row.name == name) {
            difference.grew.push(format!("{name}: only in counts.md"));
        }
    }
    difference
}
