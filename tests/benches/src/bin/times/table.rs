//! What is printed and drawn of the races.

use blink_benches::{
    measure::verdict,
    results::{head, row},
};
use blink_chart::Bars;

use crate::{
    race::{Outcome, Ratio},
    races::{PEERS, Race},
};

/// A race that has been run.
pub type Result<'a> = (&'a Race, Outcome);

/// The first lines of the table of ratios.
pub fn titles() -> String {
    head(&[&["job", "ours"][..], &PEERS].concat())
}

/// A row of it: our time, and the ratio to each peer.
pub fn ratios((race, outcome): &Result) -> String {
    let name = race.name.to_owned();
    let ours = time(outcome.ours);
    let cells = by_peer(race, outcome).map(|ratio| ratio.map_or("-".to_owned(), cell));
    row(&[vec![name, ours], cells.to_vec()].concat())
}

fn time(seconds: f64) -> String {
    match seconds * 1e9 {
        nanoseconds if nanoseconds < 1e3 => format!("{nanoseconds:.0} ns"),
        nanoseconds => format!("{:.1} µs", nanoseconds / 1e3),
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
fn by_peer(race: &Race, outcome: &Outcome) -> [Option<Ratio>; PEERS.len()] {
    PEERS.map(|name| {
        let index = race.peers.iter().position(|peer| peer.name == name);
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
pub fn chart(results: &[Result]) -> Bars {
    let group = |(race, outcome): &Result| {
        let ratios = by_peer(race, outcome).map(|ratio| Some(ratio?.median));
        (race.name.to_owned(), ratios.to_vec())
    };
    Bars {
        title: "Time of blink-alloc over that of its peers".to_owned(),
        unit: "ratio of times: left of the line blink-alloc is faster".to_owned(),
        series: PEERS.map(str::to_owned).to_vec(),
        groups: results.iter().map(group).collect(),
        reference: Some(1.0),
        cut: Some(1.6),
    }
}
