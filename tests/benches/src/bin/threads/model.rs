//! What sharing costs on this machine, and what more processors would make of it.
//!
//! What is measured takes one or two threads. The table for up to 64 processors is computed
//! from it, and from how long a cache line takes from one processor to another on larger
//! machines.

use std::{
    alloc::Layout,
    hint::{self, black_box},
    sync::atomic::{AtomicUsize, Ordering},
};

use blink_alloc::{LocalBlinkAlloc, SyncBlinkAlloc};
use blink_benches::measure::median;

use crate::team::{Plan, processors, times};

const ROUNDS: usize = 401;

/// What is allocated: the average of the objects of the races.
const OBJECT: Layout = Layout::new::<[u64; 5]>();

/// Bytes of a lease.
const LEASE: usize = 64 << 10;

/// Objects in a lease, whose records take 64 bytes.
const OBJECTS: usize = (LEASE - 64) / OBJECT.size();

/// Cache lines that travel for one lease, when others lease too: that of the lock, that of the
/// shared cursor, and twice that of the list of what came back, for taking and giving.
const LINES: f64 = 4.0;

/// Nanoseconds that a cache line may take on larger machines, see the README.
const NEAR: f64 = 50.0;
const FAR: f64 = 150.0;

/// Nanoseconds, measured.
struct Measured {
    /// An addition, one thread and two.
    addition: [f64; 2],
    /// An addition behind a load, as in a direct allocation, two threads.
    load_and_addition: f64,
    /// From a write to its being seen and answered by another thread.
    handover: f64,
    /// A direct allocation, one thread and two.
    direct: [f64; 2],
    /// An allocation in a local arena, leases aside.
    private: f64,
    /// A lease of new memory, and giving it back, one thread and two.
    lease: [f64; 2],
    /// A lease of what came back, and giving it back, one thread and two.
    lease_again: [f64; 2],
}

/// Prints what is measured, and what is computed.
pub fn print() {
    if processors() < 2 {
        println!("On one processor nothing travels.");
        return;
    }
    let measured = measure();
    measured.print();
    if measured.numbers().iter().any(|number| number.is_nan()) {
        println!("\nThe processors are busy: threads hardly run at the same time.");
        return;
    }
    Model::new(&measured).print();
}

/// Nanoseconds of one operation of a team: its rounds, divided by what all threads did.
fn cost<S>(
    threads: usize,
    operations: usize,
    make: impl Fn(usize) -> S + Sync,
    work: impl Fn(&mut S) + Sync,
    mut end: impl FnMut(),
) -> f64 {
    let rounds = Plan {
        threads,
        rounds: ROUNDS,
        make,
        work: |_, state: &mut S| work(state),
        end: |_| end(),
    }
    .run();
    median(times(rounds, threads)) * 1e9 / (threads * operations) as f64
}

/// A word with a cache line of its own, or two.
#[repr(align(128))]
struct Word(AtomicUsize);

const OPERATIONS: usize = 20_000;

/// A cursor that is moved by additions, after a look at it or not.
fn additions(threads: usize, load: bool) -> f64 {
    let word = Word(AtomicUsize::new(0));
    let work = |_: &mut ()| {
        for _ in 0..OPERATIONS {
            if load && word.0.load(Ordering::Relaxed) == usize::MAX {
                return;
            }
            black_box(word.0.fetch_add(1, Ordering::Acquire));
        }
    };
    cost(threads, OPERATIONS, |_| (), work, || {})
}

/// Two threads write to a word in turns.
fn handovers() -> f64 {
    let word = Word(AtomicUsize::new(0));
    let work = |&mut thread: &mut usize| {
        for turn in 0..OPERATIONS {
            let mine = 2 * turn + thread;
            while word.0.load(Ordering::Acquire) != mine {
                hint::spin_loop();
            }
            word.0.store(mine + 1, Ordering::Release);
        }
    };
    let end = || word.0.store(0, Ordering::Release);
    cost(2, OPERATIONS, |thread| thread, work, end)
}

/// Resets an arena between two rounds.
fn reset(arena: &SyncBlinkAlloc) {
    // SAFETY: all threads have ended the round: nothing that was allocated is used, and there
    // is no local arena with a lease.
    unsafe { arena.reset_unchecked() }
}

fn direct(threads: usize) -> f64 {
    let arena = SyncBlinkAlloc::new();
    let work = |_: &mut ()| {
        for _ in 0..OPERATIONS {
            black_box(arena.allocate(black_box(OBJECT)).expect("memory"));
        }
    };
    cost(threads, OPERATIONS, |_| (), work, || reset(&arena))
}

fn private() -> f64 {
    let shared = SyncBlinkAlloc::new();
    shared.update_max_local_alloc(LEASE);
    let work = |local: &mut LocalBlinkAlloc| {
        for _ in 0..20 {
            for _ in 0..OBJECTS {
                black_box(local.allocate(black_box(OBJECT)).expect("memory"));
            }
            local.reset();
        }
    };
    cost(1, 20 * OBJECTS, |_| shared.local(), work, || {})
}

/// Arenas that a thread has at the same time.
const ARENAS: usize = 64;

fn lease<'a>(shared: &'a SyncBlinkAlloc) -> LocalBlinkAlloc<'a> {
    let local = shared.local();
    black_box(local.allocate(black_box(OBJECT)).expect("memory"));
    local
}

/// Leases of memory that was not leased since the last reset.
fn leases(threads: usize) -> f64 {
    let shared = SyncBlinkAlloc::new();
    shared.update_max_local_alloc(LEASE);
    let work = |_: &mut ()| {
        let locals: [_; ARENAS] = std::array::from_fn(|_| lease(&shared));
        drop(black_box(locals));
    };
    cost(threads, ARENAS, |_| (), work, || reset(&shared))
}

/// Leases of what came back just before.
fn leases_again(threads: usize) -> f64 {
    let shared = SyncBlinkAlloc::new();
    let work = |_: &mut ()| (0..OPERATIONS).for_each(|_| drop(lease(&shared)));
    cost(threads, OPERATIONS, |_| (), work, || {})
}

fn measure() -> Measured {
    Measured {
        addition: [1, 2].map(|threads| additions(threads, false)),
        load_and_addition: additions(2, true),
        handover: handovers(),
        direct: [1, 2].map(direct),
        private: private(),
        lease: [1, 2].map(leases),
        lease_again: [1, 2].map(leases_again),
    }
}

impl Measured {
    /// What the model takes.
    fn numbers(&self) -> [f64; 4] {
        [self.handover, self.direct[0], self.private, self.lease[0]]
    }

    fn print(&self) {
        println!("| measured, ns | one thread | two threads |");
        println!("|---|---|---|");
        let both = |name, [one, two]: [f64; 2]| println!("| {name} | {one:.1} | {two:.1} |");
        let two = |name, two: f64| println!("| {name} | - | {two:.1} |");
        both("an atomic addition", self.addition);
        two("an atomic addition behind a load", self.load_and_addition);
        two("a cache line from one to the other", self.handover);
        both("a direct allocation", self.direct);
        println!("| a local allocation | {:.1} | - |", self.private);
        both("a lease of 64 KiB, new", self.lease);
        both("a lease that came back", self.lease_again);
    }
}

/// Allocations of `n` processors that do nothing else: as many as they would do alone, until
/// the cache lines that travel between them take all the time.
struct Model<'a> {
    measured: &'a Measured,
    /// Nanoseconds that a cache line takes.
    lines: [f64; 3],
}

/// What processors do in a nanosecond of something that takes one of them `alone` nanoseconds,
/// `shared` of which only one can have at a time, if there are several.
fn bounded(processors: f64, alone: f64, shared: f64) -> f64 {
    let all = processors / alone;
    if processors > 1.0 {
        all.min(1.0 / shared)
    } else {
        all
    }
}

impl<'a> Model<'a> {
    fn new(measured: &'a Measured) -> Self {
        let lines = [measured.handover, NEAR, FAR];
        Self { measured, lines }
    }

    /// Nanoseconds of a lease and all its objects, done alone.
    fn whole_lease(&self) -> f64 {
        OBJECTS as f64 * self.measured.private + self.measured.lease[0]
    }

    /// Direct allocations in a nanosecond.
    fn direct(&self, processors: f64, line: f64) -> f64 {
        bounded(processors, self.measured.direct[0], line)
    }

    /// Local allocations in a nanosecond.
    fn leased(&self, processors: f64, line: f64) -> f64 {
        OBJECTS as f64 * bounded(processors, self.whole_lease(), LINES * line)
    }

    /// Processors that do all the leases that can be done, if each has `work` nanoseconds to do
    /// with an object.
    fn enough(&self, line: f64, work: f64) -> f64 {
        (self.whole_lease() + OBJECTS as f64 * work) / (LINES * line)
    }

    fn print(&self) {
        let [here, ..] = self.lines;
        let cells = |f: &dyn Fn(f64) -> f64| self.lines.map(|line| format!("{:.0}", f(line)));
        println!("\nComputed, not measured: million allocations in a second, all together.\n");
        println!(
            "| processors | direct, {here:.0} ns | {NEAR} ns | {FAR} ns | leased, {here:.0} ns | {NEAR} ns | {FAR} ns |"
        );
        println!("|---|---|---|---|---|---|---|");
        for processors in [1, 2, 4, 8, 16, 32, 64] {
            let direct = cells(&|line| 1e3 * self.direct(f64::from(processors), line));
            let leased = cells(&|line| 1e3 * self.leased(f64::from(processors), line));
            println!(
                "| {processors} | {} | {} |",
                direct.join(" | "),
                leased.join(" | ")
            );
        }
        println!("\nComputed, not measured: processors that leasing is enough for.\n");
        println!("| work with each object | {here:.0} ns | {NEAR} ns | {FAR} ns |");
        println!("|---|---|---|---|");
        for work in [0.0, 10.0, 100.0] {
            let enough = cells(&|line| self.enough(line, work));
            println!("| {work} ns | {} |", enough.join(" | "));
        }
    }
}
