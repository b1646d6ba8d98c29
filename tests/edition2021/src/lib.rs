//! `#[blink_frame]` in a crate of edition 2021 that forbids `unsafe`, without a warning.
//!
//! The temporaries of a function's last expression are dropped after its variables in this
//! edition. With the attribute they are dropped before the frame ends, as in edition 2024, or
//! most of this would not compile.

#![forbid(unsafe_code)]
#![deny(warnings, clippy::all, rust_2018_idioms)]

pub mod clones;

use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    rc::Rc,
    sync::{Mutex, MutexGuard},
    task::{Context, Poll, Wake},
};

use blink_alloc::{blink_frame, Blink, BlinkAlloc, Frame, SendBlink, Sendable, Slot};

/// What happened, in its order.
pub type Log = Rc<RefCell<Vec<&'static str>>>;

/// Says when it is dropped.
#[derive(Clone, Debug)]
pub struct Noted(pub Log, pub &'static str);

impl Noted {
    /// What it says.
    pub fn words(&self) -> usize {
        self.1.len()
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        self.0.borrow_mut().push(self.1);
    }
}

/// A guard of a value in the frame, at the end.
#[blink_frame]
pub fn tail_guard() -> u32 {
    let cell = blink.put(RefCell::new(7));
    *cell.borrow()
}

/// A guard of a lock in the frame.
#[blink_frame]
pub fn tail_lock() -> usize {
    let list = &*blink.put(Mutex::new(vec![1, 2, 3]));
    list.lock().unwrap().len()
}

/// A builder, which borrows the handle.
#[blink_frame]
pub fn tail_builder() -> usize {
    blink.emplace().from_iter(1..4).len()
}

/// Borrows from the frame and is dropped at the end.
#[blink_frame]
pub fn tail_order(log: &Log) -> usize {
    let in_frame = blink.put(Noted(log.clone(), "frame"));
    (Noted(log.clone(), "temporary"), in_frame).0.words()
}

/// The same in a `match` and an `if let`.
#[blink_frame]
pub fn tail_match(log: &Log) -> usize {
    match (
        Noted(log.clone(), "matched"),
        blink.put(Noted(log.clone(), "frame")),
    )
        .0
        .words()
    {
        0 => 0,
        words => {
            if let Some(first) = blink.put(RefCell::new(Some(words))).borrow().as_ref() {
                *first
            } else {
                panic!("there are words")
            }
        }
    }
}

/// The same with an arena of the thread.
#[blink_frame(thread_local)]
pub fn tail_thread_local(log: &Log) -> usize {
    let in_frame = blink.put(RefCell::new(Noted(log.clone(), "frame")));
    (Noted(log.clone(), "temporary"), in_frame.borrow())
        .1
        .words()
}

/// The same with an arena behind a guard.
#[blink_frame(in = arena.borrow_mut())]
pub fn tail_in(arena: &RefCell<Blink>, log: &Log) -> usize {
    let in_frame = blink.put(RefCell::new(Noted(log.clone(), "frame")));
    (Noted(log.clone(), "temporary"), in_frame.borrow())
        .1
        .words()
}

/// Of a reference without a name.
#[blink_frame]
pub fn elided(text: &str) -> &str {
    let half = blink.copy_str(text).len() / 2;
    &text[..half]
}

/// Of a lifetime without a name.
#[blink_frame]
pub fn elided_path(text: std::str::Chars<'_>) -> std::str::Chars<'_> {
    blink.put(1);
    text
}

/// In this edition a result without a name captures no lifetime but those that it names.
#[blink_frame]
pub fn opaque(text: &str) -> impl Iterator<Item = &str> {
    blink.copy_str(text);
    text.split(' ')
}

/// Captures what it says.
#[blink_frame]
pub fn captures(text: &str) -> impl Iterator<Item = char> + use<'_> {
    blink.copy_str(text);
    text.chars()
}

/// With the frame it has all the parameters that clippy thinks are good for it.
#[blink_frame]
pub fn seven(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8) -> usize {
    blink.copy_slice(&[a, b, c, d, e, f]).len()
}

/// Nothing in it.
#[blink_frame]
pub fn unused(_: &str) {}

/// A future that may be sent. The result says what it borrows from: the frame is a parameter
/// like the others where it is declared.
#[blink_frame]
pub async fn later<'t>(blink: &mut Frame<'_, BlinkAlloc, Sendable>, text: &'t str) -> &'t str {
    let half = blink.copy_str(text).len() / 2;
    std::future::ready(()).await;
    &text[half..]
}

/// Has its arena, and results for the caller.
pub struct Search {
    /// Of each search.
    pub scratch: Blink,
    /// Of several threads.
    pub shared: Mutex<SendBlink>,
    found: Vec<String>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            scratch: Blink::new(),
            shared: Mutex::new(SendBlink::new(Blink::new())),
            found: Vec::new(),
        }
    }
}

impl Search {
    fn lock(&self) -> MutexGuard<'_, SendBlink> {
        self.shared.lock().unwrap()
    }

    /// In a field.
    #[blink_frame(in = self.scratch)]
    pub fn run(&mut self, text: &str) -> &str {
        let copy = blink.copy_str(text);
        copy.make_ascii_lowercase();
        self.found.push(copy.to_owned());
        &self.found[self.found.len() - 1]
    }

    /// In a locked one.
    #[blink_frame(in = self.lock())]
    pub fn run_shared(&self, text: &str) -> usize {
        let length = &*blink.put(Mutex::new(text.len()));
        length.lock().map(|length| *length).unwrap()
    }

    /// Into a place of the caller's.
    #[blink_frame]
    pub fn into_slot<'o>(&self, slot: Slot<'o, usize>, text: &str) -> &'o mut usize {
        let copy = blink.copy_str(text);
        slot.fill(copy.len() + self.found.len())
    }
}

/// Declared with a frame, implemented with one.
pub trait Count {
    /// How many.
    #[blink_frame]
    fn count(&self, text: &str) -> usize;

    /// How many twice.
    #[blink_frame]
    fn twice(&self, text: &str) -> usize {
        let text = blink.copy_str(text);
        2 * self.count(blink, text)
    }
}

impl Count for char {
    #[blink_frame]
    fn count(&self, text: &str) -> usize {
        let chars = blink.emplace_no_drop().from_iter(text.chars());
        chars.iter().filter(|&char| char == self).count()
    }
}

macro_rules! make {
    ($name:ident $body:block) => {
        /// Made by a macro.
        #[blink_frame]
        pub fn $name(text: &str) -> &str {
            let text = blink.copy_str(text).len();
            let rest: &str = $body;
            &rest[..rest.len().min(text)]
        }
    };
}
make!(made { "made by a macro" });

/// A thread's own.
#[blink_frame(scratch, thread_local)]
pub fn median(numbers: &[f64]) -> f64 {
    let numbers = scratch.copy_slice(numbers);
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// A future of one, which stays in its thread.
#[blink_frame(thread_local)]
pub async fn later_here(text: &str) -> &str {
    let half = blink.put(text.len() / 2);
    std::future::ready(()).await;
    &text[*half..]
}

/// The future's value. It is ready.
pub fn ready<T>(future: impl Future<Output = T>) -> T {
    struct Never;

    impl Wake for Never {
        fn wake(self: std::sync::Arc<Self>) {}
    }

    let mut future: Pin<Box<dyn Future<Output = T> + '_>> = Box::pin(future);
    let waker = std::sync::Arc::new(Never).into();
    match future.as_mut().poll(&mut Context::from_waker(&waker)) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged(f: impl FnOnce(&Log)) -> Vec<&'static str> {
        let log = Log::default();
        f(&log);
        log.take()
    }

    #[test]
    fn temporaries_of_the_tail_are_dropped_before_the_frame() {
        let mut root = Blink::new();
        assert_eq!(tail_guard(&mut root.as_frame()), 7);
        assert_eq!(tail_lock(&mut root.as_frame()), 3);
        assert_eq!(tail_builder(&mut root.as_frame()), 3);
        let order = logged(|log| assert_eq!(tail_order(&mut root.as_frame(), log), 9));
        assert_eq!(order, ["temporary", "frame"]);
        let order = logged(|log| assert_eq!(tail_match(&mut root.as_frame(), log), 7));
        assert_eq!(order, ["matched", "frame"]);
        let order = logged(|log| assert_eq!(tail_thread_local(log), 5));
        assert_eq!(order, ["temporary", "frame"]);
        let arena = RefCell::new(Blink::new());
        let order = logged(|log| assert_eq!(tail_in(&arena, log), 5));
        assert_eq!(order, ["temporary", "frame"]);
        assert_eq!(root.allocator().allocated_bytes(), 0);
        assert_eq!(arena.borrow().allocator().allocated_bytes(), 0);
    }

    #[test]
    fn results_borrow_from_the_text() {
        let mut root = Blink::new();
        let mut frame = root.as_frame();
        let text = "to be".to_owned();
        let a = elided(&mut frame, &text);
        let b = elided_path(&mut frame, text.chars());
        let c = opaque(&mut frame, &text);
        let d = captures(&mut frame, &text);
        let e = made(&mut frame, &text);
        unused(&mut frame, &text);
        assert_eq!(
            (a, b.count(), c.count(), d.count(), e),
            ("to", 5, 2, 5, "made ")
        );
        assert_eq!(seven(&mut frame, 1, 2, 3, 4, 5, 6), 6);
    }

    #[test]
    fn futures() {
        fn is_send<T: Send>(future: T) -> T {
            future
        }
        let mut root = SendBlink::new(Blink::new());
        let mut frame = root.as_frame();
        assert_eq!(ready(is_send(later(&mut frame, "text"))), "xt");
        assert_eq!(ready(later_here("text")), "xt");
        assert_eq!(root.allocator().allocated_bytes(), 0);
    }

    #[test]
    fn arenas_from_elsewhere() {
        let mut search = Search::default();
        assert_eq!(search.run("TEXT"), "text");
        assert_eq!(search.run_shared("text"), 4);
        assert_eq!(search.lock().allocator().allocated_bytes(), 0);
        assert_eq!(search.scratch.allocator().allocated_bytes(), 0);
        let mut root = Blink::new();
        let mut frame = root.as_frame();
        let slot = frame.slot();
        assert_eq!(*search.into_slot(&mut frame, slot, "text"), 5);
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
    }

    #[test]
    fn methods_of_traits() {
        let mut root = Blink::new();
        let any: &dyn Count = &'t';
        assert_eq!(any.twice(&mut root.as_frame(), "text"), 4);
        assert_eq!(root.allocator().allocated_bytes(), 0);
    }
}
