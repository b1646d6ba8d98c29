//! How much to try, and when to give up.

use std::{env, sync::mpsc, thread, time::Duration};

/// `count` times the multiplier `BLINK_TEST_BUDGET`; little under an interpreter.
#[must_use]
pub fn budget(count: usize) -> usize {
    let multiplier = env::var("BLINK_TEST_BUDGET")
        .ok()
        .and_then(|text| text.parse::<f64>().ok())
        .unwrap_or(1.0);
    let count = if cfg!(miri) { count / 200 } else { count };
    ((count as f64 * multiplier) as usize).max(1)
}

/// Runs `f`, and panics if it seems not to end. The limit is far above what any machine needs:
/// it detects endless loops and measures nothing.
pub fn ends(f: impl FnOnce() + Send + 'static) {
    let (done, wait) = mpsc::channel();
    let worker = thread::spawn(move || {
        f();
        // The receiver may be gone; then this test has failed already.
        let _ = done.send(());
    });
    match wait.recv_timeout(Duration::from_secs(300)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("an endless loop"),
        Ok(()) | Err(mpsc::RecvTimeoutError::Disconnected) => {
            worker.join().expect("the test has failed in its thread");
        }
    }
}
