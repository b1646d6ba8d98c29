//! What is printed and drawn of the races.

use blink_benches::{
    measure::verdict,
    results::{head, row},
};
use blink_chart::Bars;

use crate::{
    race::{Outcome, Ratio},
    races::{Race, Table},
};

/// A race that has been run.
pub type Result = (&'static Race, Outcome);

/// The first lines of the table of ratios.
pub fn titles(table: &Table) -> String {
    head(&[&["job", "ours"][..], table.peers].concat())
}

/// A row of it: our time, and the ratio to each peer.
pub fn ratios(table: &Table, (race, outcome): &Result) -> String {
    let name = race.name.to_owned();
    let ours = time(outcome.ours);
    let ratios = by_peer(table, race, outcome);
    let cells = ratios.map(|ratio| ratio.map_or("-".to_owned(), cell));
    row(&[name, ours].into_iter().chain(cells).collect::<Vec<_>>())
}

fn time(seconds: f64) -> String {
    match seconds * 1e9 {
        nanoseconds if nanoseconds < 1e3 => format!("{nanoseconds:.0} ns"),
        nanoseconds if nanoseconds < 1e6 => format!("{:.1} µs", nanoseconds / 1e3),
        nanoseconds => format!("{:.1} ms", nanoseconds / 1e6),
    }
}

fn cell(ratio: Ratio) -> String {
    let Ratio {
        median,
        least,
        most,
    } = ratio;
    format!("{median:.2} ({least:.2} to {most:.2})")
}

/// Ratios in the order of the columns.
fn by_peer(table: &Table, race: &Race, outcome: &Outcome) -> impl Iterator<Item = Option<Ratio>> {
    table.peers.iter().map(|name| {
        let index = race.peers.iter().position(|peer| peer.name == *name);
        index.map(|index| outcome.ratios[index])
    })
}

/// The table of targets.
pub fn targets(results: &[Result]) -> String {
    let rows = results.iter().flat_map(|(race, outcome)| {
        let peers = race.peers.iter().zip(&outcome.ratios);
        peers.filter_map(|(peer, ratio)| {
            let verdict = verdict(ratio.median, peer.target)?;
            let ratio = format!("{:.2}", ratio.median);
            Some(row(&[
                race.name.to_owned(),
                peer.name.to_owned(),
                ratio,
                verdict,
            ]))
        })
    });
    head(&["job", "peer", "ratio", "target"]) + &rows.collect::<String>()
}

/// The ratios as bars.
pub fn chart(table: &Table, results: &[Result]) -> Bars {
    let group = |(race, outcome): &Result| {
        let ratios = by_peer(table, race, outcome).map(|ratio| Some(ratio?.median));
        (race.name.to_owned(), ratios.collect())
    };
    Bars {
        title: "Time of blink-alloc over that of its peers".to_owned(),
        unit: "ratio of times: left of the line blink-alloc is faster".to_owned(),
        series: table.peers.iter().map(|&name| name.to_owned()).collect(),
        groups: results.iter().map(group).collect(),
        reference: Some(1.0),
        cut: Some(1.6),
    }
}
