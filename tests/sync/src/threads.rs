//! Threads that start at once.

use std::{sync::Barrier, thread};

/// Threads of most tests: more than processors, so that they are preempted too.
pub const THREADS: usize = 4;

/// Runs `f` with the numbers below `count`, each in a thread of its own, all at once.
///
/// Panics as the first thread of those that panic.
pub fn at_once<R: Send>(count: usize, f: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let barrier = Barrier::new(count);
    let (barrier, f) = (&barrier, &f);
    let run = move |number| {
        barrier.wait();
        f(number)
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..count)
            .map(|number| scope.spawn(move || run(number)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join())
            .collect::<Vec<_>>()
    })
    .into_iter()
    .map(|result| result.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    .collect()
}
