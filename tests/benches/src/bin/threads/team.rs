//! Threads that live long and do their rounds at the same time.

use std::{
    hint,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

/// Looks at the line before a thread gives up its time slice.
const SPINS: usize = 1000;

/// Where threads wait for each other. They spin: waking a thread takes longer than some rounds.
pub struct Line {
    threads: usize,
    arrived: AtomicUsize,
}

impl Line {
    pub fn new(threads: usize) -> Self {
        let arrived = AtomicUsize::new(0);
        Self { threads, arrived }
    }

    /// Returns when all threads are here.
    pub fn wait(&self) {
        let turn = self.arrived.fetch_add(1, Ordering::AcqRel) / self.threads;
        let mut spins = 0;
        while self.arrived.load(Ordering::Acquire) / self.threads == turn {
            if spins < SPINS {
                spins += 1;
                hint::spin_loop();
            } else {
                thread::yield_now();
            }
        }
    }
}

/// How long a round took.
#[derive(Clone, Copy)]
pub struct Round {
    /// From the first thread's start to the end of all.
    pub seconds: f64,
    /// The share of it in which all threads were at work.
    pub together: f64,
}

/// The times of the rounds in which the threads ran at the same time, as far as there are
/// processors for them: next to other programs they often take turns. None if that are hardly
/// any.
pub fn times(rounds: impl IntoIterator<Item = Round>, threads: usize) -> Vec<f64> {
    let rounds: Vec<Round> = rounds.into_iter().collect();
    let together = if threads <= processors() { 0.5 } else { 0.0 };
    let counted = rounds.iter().filter(|round| round.together >= together);
    let times: Vec<f64> = counted.map(|round| round.seconds).collect();
    if times.len() < rounds.len() / 20 {
        return Vec::new();
    }
    times
}

/// Processors that this program may use.
pub fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// What all threads of a team do in a round. `S` is what a thread has for itself.
pub struct Plan<M, W, E> {
    pub threads: usize,
    pub rounds: usize,
    /// Makes what a thread has for itself, by its number.
    pub make: M,
    /// One thread's part of a round.
    pub work: W,
    /// Ends a round, when all have done their parts. The time it takes is the round's.
    pub end: E,
}

/// When a thread was at work in a round.
type Span = Mutex<[Instant; 2]>;

impl<S, M, W, E> Plan<M, W, E>
where
    M: Fn(usize) -> S + Sync,
    W: Fn(usize, &mut S) + Sync,
    E: FnMut(usize),
{
    /// Does all rounds.
    pub fn run(mut self) -> Vec<Round> {
        let line = Line::new(self.threads);
        let now = Instant::now();
        let spans: Vec<Span> = (0..self.threads).map(|_| Mutex::new([now; 2])).collect();
        let (work, make, rounds) = (&self.work, &self.make, self.rounds);
        let part = |round, thread: usize, state: &mut S| {
            line.wait();
            let start = Instant::now();
            work(round, state);
            *spans[thread].lock().unwrap() = [start, Instant::now()];
            line.wait();
        };
        let part = &part;
        thread::scope(|scope| {
            for thread in 1..self.threads {
                scope.spawn(move || {
                    let mut state = make(thread);
                    (0..rounds).for_each(|round| part(round, thread, &mut state));
                });
            }
            // This thread is one of them, and ends the rounds.
            let mut state = make(0);
            let mut round = |round| {
                part(round, 0, &mut state);
                (self.end)(round);
                took(&spans, Instant::now())
            };
            (0..rounds).map(&mut round).collect()
        })
    }
}

/// How long a round took that ended just now.
fn took(spans: &[Span], end: Instant) -> Round {
    let [starts, ends] = [0, 1].map(|which| {
        let spans = spans.iter().map(move |span| span.lock().unwrap()[which]);
        spans.collect::<Vec<Instant>>()
    });
    let first = |times: &[Instant]| times.iter().copied().min().unwrap_or(end);
    let last = |times: &[Instant]| times.iter().copied().max().unwrap_or(end);
    let together = first(&ends).saturating_duration_since(last(&starts));
    let working = last(&ends) - first(&starts);
    Round {
        seconds: (end - first(&starts)).as_secs_f64(),
        together: together.as_secs_f64() / working.as_secs_f64(),
    }
}
