//! Several threads that allocate at the same time, as ratios to named peers.
//!
//! ```text
//! cargo run --release -p blink-benches --bin threads [-- NAME..]
//! cargo run --release -p blink-benches --bin threads -- --write
//! cargo run --release -p blink-benches --bin threads -- --model
//! ```
//!
//! Contenders take turns in one process. A turn is some rounds of all threads: they start
//! together, and a round ends when the last one is done and everything is freed. The threads
//! live on from round to round. Where there are processors for all threads, only rounds in which
//! they ran at the same time count; "busy" where that are hardly any. `--write` writes
//! `results/threads.md` and a chart. `--model` measures what sharing costs here, and computes
//! what more processors would make of it.

mod contenders;
mod model;
mod team;
mod work;

use std::{env, process::ExitCode, sync::RwLock};

use blink_benches::{
    measure::{median, verdict, whose_turn},
    results::{self, head, row},
};
use blink_chart::Bars;

use contenders::{
    Direct, Herded, Job, Locked, Make, Pooled, Private, PublishedDirect, PublishedPrivate, System,
    job,
};
use team::{Plan, processors, times};
use work::{Objects, Pairs, Pushes, Seat, Work};

/// Turns of each contender.
const TURNS: usize = 81;

/// Rounds in a turn. In all but the first the memory is in the caches, as it is for somebody
/// who has no peers.
const ROUNDS: usize = 5;

/// Numbers of threads.
const THREADS: [usize; 3] = [1, 2, 4];

/// The columns.
const PEERS: [&str; 5] = [
    "blink-alloc 0.4.0",
    "`Mutex<Bump>`",
    "bumpalo-herd",
    "`BumpPool`",
    "malloc",
];

/// One work of all who can do it.
#[derive(Clone, Copy)]
struct Race {
    /// What the table says.
    name: &'static str,
    /// Operations of one thread in a round.
    operations: usize,
    ours: Make,
    /// In the order of the columns.
    peers: [Option<Make>; 5],
    /// Our time over that of blink-alloc 0.4 is meant to be at most this.
    target: Option<f64>,
}

impl Race {
    /// All threads allocate from one arena.
    fn direct<W: Work>(name: &'static str) -> Self {
        Self {
            name,
            operations: W::TIMES * W::OPERATIONS,
            ours: job::<Direct, W>,
            peers: [
                Some(job::<PublishedDirect, W>),
                Some(job::<Locked, W>),
                None,
                None,
                Some(job::<System, W>),
            ],
            target: None,
        }
    }

    /// Every thread has arenas of its own, which take their memory from a common place.
    fn private<W: Work>(name: &'static str) -> Self {
        Self {
            name,
            operations: W::TIMES * W::OPERATIONS,
            ours: job::<Private, W>,
            peers: [
                Some(job::<PublishedPrivate, W>),
                None,
                Some(job::<Herded, W>),
                Some(job::<Pooled, W>),
                Some(job::<System, W>),
            ],
            target: None,
        }
    }

    fn at_most(self, target: f64) -> Self {
        Self {
            target: Some(target),
            ..self
        }
    }
}

/// All works, in the order of the table.
fn races() -> [Race; 10] {
    [
        Race::direct::<Pairs<20_000>>("direct, 20 000 pairs").at_most(0.4),
        Race::direct::<Objects<10_000, 1>>("direct, 10 000 objects").at_most(0.4),
        Race::direct::<Pushes<500>>("direct, 500 vectors"),
        Race::private::<Pairs<20_000>>("private, 20 000 pairs").at_most(0.7),
        Race::private::<Objects<10_000, 1>>("private, 10 000 objects").at_most(0.7),
        Race::private::<Objects<50_000, 1>>("private, 50 000 objects").at_most(0.7),
        Race::private::<Objects<1000, 50>>("private, 50 arenas of 1000").at_most(0.7),
        Race::private::<Objects<100, 500>>("private, 500 arenas of 100").at_most(0.7),
        Race::private::<Objects<1000, 500>>("private, 500 arenas of 1000").at_most(0.7),
        Race::private::<Pushes<2500>>("private, 2500 vectors"),
    ]
}

fn main() -> ExitCode {
    let names: Vec<String> = env::args().skip(1).collect();
    if names == ["--model"] {
        println!("On {} processors.\n", processors());
        model::print();
        return ExitCode::SUCCESS;
    }
    if names == ["--write"] {
        let rows = run_all(&[]);
        return results::write("threads", &report(&rows), &chart(&rows));
    }
    println!("On {} processors.\n", processors());
    run_all(&names);
    ExitCode::SUCCESS
}

/// A work that has been done by some threads.
struct Row {
    race: Race,
    threads: usize,
    /// Nanoseconds of one of our operations.
    ours: f64,
    /// Our time over that of each peer, in the order of the columns.
    ratios: Vec<Option<f64>>,
}

/// Runs the races that have one of the names in theirs, all if there are none, and prints each.
fn run_all(names: &[String]) -> Vec<Row> {
    print!("{}", titles());
    let is_named = |race: &Race| names.iter().any(|name| race.name.contains(name.as_str()));
    let races = races().into_iter();
    let races = races.filter(|race| names.is_empty() || is_named(race));
    let runs = races.flat_map(|race| THREADS.map(|threads| (race, threads)));
    let run = |(race, threads)| {
        let row = Row::of(race, threads);
        print!("{}", row.markdown());
        row
    };
    runs.map(run).collect()
}

fn titles() -> String {
    head(&[&["work", "threads", "ours, ns"][..], &PEERS].concat())
}

impl Row {
    fn of(race: Race, threads: usize) -> Self {
        let mut times = run(&race, threads).into_iter();
        let ours = times.next().expect("we are in each race");
        let ratios = race.peers.iter().map(|peer| {
            let time = peer.and_then(|_| times.next());
            time.map(|time| ours / time)
        });
        Self {
            race,
            threads,
            ours: ours * 1e9 / race.operations as f64,
            ratios: ratios.collect(),
        }
    }

    fn markdown(&self) -> String {
        let name = self.race.name.to_owned();
        let mut cells = vec![name, self.threads.to_string(), number(self.ours)];
        for (column, ratio) in self.ratios.iter().enumerate() {
            let target = self.race.target.filter(|_| column == 0);
            cells.push(ratio.map_or("-".to_owned(), |ratio| cell(ratio, target)));
        }
        row(&cells)
    }
}

/// What is committed.
fn report(rows: &[Row]) -> String {
    let processors = processors();
    let rows: String = rows.iter().map(Row::markdown).collect();
    format!(
        "# Threads\n\n{WRITTEN}\nOn {processors} processors.\n\n{}{rows}",
        titles()
    )
}

const WRITTEN: &str = "\
Written by `cargo run --release -p blink-benches --bin threads -- --write`; what is measured stands
in the README above this folder. A number is our time over the peer's, below 1 we are faster, and
in brackets what it is meant to be at most.

![The ratios as bars](threads.svg)
";

/// The ratios as bars.
fn chart(rows: &[Row]) -> Bars {
    let group = |row: &Row| {
        let name = format!("{}, {}", row.race.name, row.threads);
        let counted = |ratio: &Option<f64>| ratio.filter(|ratio| !ratio.is_nan());
        (name, row.ratios.iter().map(counted).collect())
    };
    Bars {
        title: "Time of blink-alloc over that of its peers, by threads".to_owned(),
        unit: "ratio of times: left of the line blink-alloc is faster".to_owned(),
        series: PEERS.map(str::to_owned).to_vec(),
        groups: rows.iter().map(group).collect(),
        reference: Some(1.0),
        cut: Some(1.6),
    }
}

fn number(number: f64) -> String {
    if number.is_nan() {
        "busy".to_owned()
    } else {
        format!("{number:.2}")
    }
}

fn cell(ratio: f64, target: Option<f64>) -> String {
    let target = target.filter(|_| !ratio.is_nan());
    let verdict = verdict(ratio, target).map_or(String::new(), |words| format!(" ({words})"));
    number(ratio) + &verdict
}

/// The median time of a round of each contender, in seconds; ours first.
fn run(race: &Race, threads: usize) -> Vec<f64> {
    let makers = [race.ours]
        .into_iter()
        .chain(race.peers.into_iter().flatten());
    let jobs: Vec<RwLock<Box<dyn Job>>> = makers.map(|make| RwLock::new(make())).collect();
    let who = |round| whose_turn(round / ROUNDS, jobs.len());
    let rounds = Plan {
        threads,
        rounds: TURNS * ROUNDS * jobs.len(),
        make: Seat::new,
        work: |round, seat: &mut Seat| jobs[who(round)].read().unwrap().run(seat),
        end: |round| jobs[who(round)].write().unwrap().reset(),
    }
    .run();
    let mut sorted = vec![Vec::with_capacity(TURNS * ROUNDS); jobs.len()];
    for (round, took) in rounds.into_iter().enumerate() {
        sorted[who(round)].push(took);
    }
    let median_time = |rounds| median(times(rounds, threads));
    sorted.into_iter().map(median_time).collect()
}
