//! How far a long file is read, on standard error.

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// Bytes from which on a file is long. Others are read before a bar could be looked at.
const LONG: u64 = 1 << 20;

/// A bar, or nothing. It is gone when this is dropped.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    records: Arc<AtomicU64>,
    shown: bool,
}

impl Progress {
    /// Nothing is drawn before the file is known to be long, and never without `wanted`.
    /// `size` is not known of a pipe.
    pub(crate) fn new(size: Option<u64>, wanted: bool) -> Self {
        let records = Arc::new(AtomicU64::new(0));
        let bar = wanted.then(|| {
            let bar = ProgressBar::with_draw_target(size, ProgressDrawTarget::hidden());
            bar.with_style(style(size.is_some(), Arc::clone(&records)))
        });
        let mut progress = Self {
            bar,
            records,
            shown: false,
        };
        if size.is_some_and(|size| size >= LONG) {
            progress.show();
        }
        progress
    }

    /// Tells it how far the file is read.
    pub(crate) fn set(&mut self, bytes: u64, records: u64) {
        if !self.shown && bytes >= LONG {
            self.show();
        }
        self.records.store(records, Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.set_position(bytes);
        }
    }

    /// Runs something that prints to standard error.
    pub(crate) fn suspend(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    fn show(&mut self) {
        self.shown = true;
        if let Some(bar) = &self.bar {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style(size_is_known: bool, records: Arc<AtomicU64>) -> ProgressStyle {
    let template = if size_is_known {
        "[{bar:40}] {bytes} of {total_bytes}, {bytes_per_sec}, {records} records"
    } else {
        "{spinner} {bytes}, {bytes_per_sec}, {records} records"
    };
    let records = move |_: &ProgressState, f: &mut dyn Write| {
        // There is no way to tell that a terminal is gone.
        let _ = write!(f, "{}", records.load(Ordering::Relaxed));
    };
    ProgressStyle::with_template(template)
        .expect("a template without mistakes")
        .progress_chars("#> ")
        .with_key("records", records)
}
