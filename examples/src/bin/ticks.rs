//! A loop of ticks, with a frame for each: after a warm-up the system's allocator is not called
//! any more.
//!
//! ```text
//! cargo run --release -p blink-examples --bin ticks [OPTIONS]
//! ```
//!
//! The tick itself is [`World::tick`].

use std::{
    env,
    ffi::OsString,
    fmt,
    io::{self, Write},
    process::ExitCode,
    time::{Duration, Instant},
};

use blink_alloc::{Blink, Stats};
use blink_examples::{
    counting::Counting,
    program::{exit_code, number},
    ticks::world::{Events, World},
};

#[global_allocator]
static GLOBAL: Counting = Counting;

const HELP: &str = "\
Moves discs in a box, tick by tick, with the lists of a tick in a frame of an arena.

usage: ticks [OPTIONS]

    --ticks N  ticks after the warm-up (1000)
    --discs N  discs in the box (2000)
    --seed N   where they are at the beginning, and where they go (1)
    --help     print this

The exit code is 0 when the system's allocator was not called after the warm-up, 1 when it was,
and 2 for arguments that make no sense.
";

/// Ticks that are done before the calls of the system's allocator are counted.
const WARM_UP: u32 = 10;

/// More discs could not be numbered, or have no memory.
const MOST_DISCS: u64 = 10_000_000;

fn main() -> ExitCode {
    let done = match Options::parse(env::args_os().skip(1)) {
        Ok(Options { help: true, .. }) => io::stdout().write_all(HELP.as_bytes()).map(|()| true),
        Ok(options) => show(&Run::new(&options)),
        Err(problem) => {
            eprintln!("ticks: {problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    exit_code("ticks", done)
}

/// What the arguments ask for.
struct Options {
    help: bool,
    ticks: u64,
    discs: usize,
    seed: u64,
}

impl Options {
    fn parse(mut args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self {
            help: false,
            ticks: 1000,
            discs: 2000,
            seed: 1,
        };
        while let Some(arg) = args.next() {
            match arg.as_encoded_bytes() {
                b"--help" | b"-h" => options.help = true,
                b"--ticks" => options.ticks = number("--ticks", args.next(), 0..=u64::MAX)?,
                b"--discs" => {
                    options.discs = number("--discs", args.next(), 0..=MOST_DISCS)? as usize;
                }
                b"--seed" => options.seed = number("--seed", args.next(), 0..=u64::MAX)?,
                _ => return Err(format!("no option {}", arg.display())),
            }
        }
        Ok(options)
    }
}

/// What happened in all ticks, and what they took.
struct Run {
    discs: usize,
    ticks: u64,
    events: Events,
    /// The most pairs that hit each other in one tick.
    most_hits: u64,
    /// Before and after.
    energy: [f64; 2],
    /// Calls of the system's allocator in the warm-up.
    first_calls: usize,
    /// Those after it.
    calls: usize,
    time: Duration,
    arena: Stats,
}

impl Run {
    fn new(options: &Options) -> Self {
        let mut blink = Blink::new();
        let mut world = World::new(options.discs, options.seed);
        let energy = world.energy();
        let first_calls = Counting::calls_during(|| warm_up(&mut blink, &mut world));

        let (mut events, mut most_hits) = (Events::default(), 0);
        let start = Instant::now();
        let calls = Counting::calls_during(|| {
            for _ in 0..options.ticks {
                let tick = world.tick(&mut blink.as_frame());
                events += tick;
                most_hits = most_hits.max(tick.hits);
            }
        });
        Self {
            discs: options.discs,
            ticks: options.ticks,
            events,
            most_hits,
            energy: [energy, world.energy()],
            first_calls,
            calls,
            time: start.elapsed(),
            arena: blink.allocator().stats(),
        }
    }
}

/// The first ticks, from which the arena learns what a tick takes.
fn warm_up(blink: &mut Blink, world: &mut World) {
    for _ in 0..WARM_UP {
        world.tick(&mut blink.as_frame());
    }
    // One chunk in place of some. It has room to spare, so that a tick of more hits than any so
    // far is served as well.
    blink.reset();
}

/// Prints a run, and says whether it was served without the system's allocator.
fn show(run: &Run) -> io::Result<bool> {
    writeln!(io::stdout(), "{run}")?;
    Ok(run.calls == 0)
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            discs,
            ticks,
            events: Events { hits, bounces },
            most_hits,
            energy: [before, after],
            first_calls,
            calls,
            time,
            arena,
        } = self;
        writeln!(
            f,
            "{discs} discs, {ticks} ticks in {time:.1?} after {WARM_UP} of warm-up"
        )?;
        writeln!(
            f,
            "{hits} hits, {most_hits} in one tick at most, and {bounces} bounces"
        )?;
        writeln!(f, "Energy: {before:.6} before, {after:.6} after")?;
        writeln!(f, "The arena between ticks: {arena}")?;
        write!(
            f,
            "Calls of the system's allocator: {first_calls} in the warm-up, then {calls}"
        )
    }
}
