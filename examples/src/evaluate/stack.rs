//! The stack that an evaluation may need.

use std::{io, thread};

/// Calls and operations that may be in each other.
pub(super) const DEPTH: usize = 10_000;

/// Bytes of the stack that each of them may take. In a debug build, where most is needed, a call
/// takes about half of it.
const EACH: usize = 10 * 1024;

/// Runs a job with a stack that is large enough for every evaluation. The system gives the
/// memory of a stack when it is used.
///
/// # Errors
///
/// When there is no memory for the stack.
///
/// # Panics
///
/// When the job does.
pub fn with_stack<R: Send>(job: impl FnOnce() -> R + Send) -> io::Result<R> {
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(DEPTH * EACH);
        let thread = builder.spawn_scoped(scope, job)?;
        Ok(thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}
