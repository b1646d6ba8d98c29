//! Procedural macros of `blink-alloc`.
//!
//! Do not depend on this crate directly: `blink-alloc` re-exports what is here under its
//! feature `macros`.

mod clone;
mod frame;

use proc_macro::TokenStream;

/// Gives a function a frame of an arena: what it puts there lives until it returns.
///
/// The function gets one parameter more, a handle to the caller's frame. The body sees a handle
/// of the same name to a frame of its own, which ends with the function, however it ends: by
/// the last expression, `return`, `?`, a panic, or by dropping the future of an `async fn`.
/// Entering and leaving costs a few instructions, and no memory that was not there.
///
/// ```
/// use blink_alloc::{Blink, blink_frame};
///
/// #[blink_frame]
/// fn is_anagram(a: &str, b: &str) -> bool {
///     let sorted = |text: &str| {
///         let letters = blink.fill_iter(text.chars());
///         letters.sort();
///         letters
///     };
///     sorted(a) == sorted(b)
/// }
///
/// let mut blink = Blink::new();
/// let mut frame = blink.as_frame();
/// assert!(is_anagram(&mut frame, "listen", "silent"));
/// assert!(!is_anagram(&mut frame, "listen", "listens"));
/// drop(frame);
/// assert_eq!(blink.allocator().allocated_bytes(), 0);
/// ```
///
/// # Arguments
///
/// | | |
/// | --- | --- |
/// | `#[blink_frame]` | adds the parameter `blink: &mut blink_alloc::Frame<'_>`, first after `self` |
/// | `#[blink_frame(mem)]` | with another name |
/// | `#[blink_frame(thread_local)]` | no parameter: an arena of this thread |
/// | `#[blink_frame(in = self.scratch)]` | no parameter: a `Blink`, a `SendBlink` or a `Frame` that the function can name, or a guard that derefs to one |
/// | `#[blink_frame(crate = path)]` | where `blink_alloc` is, if not at `::blink_alloc` |
///
/// A name and a source can be given together. If a parameter of the name is declared, that is
/// used and none is added, so that other types of frame can be passed:
///
/// ```
/// use blink_alloc::{BlinkAlloc, Blink, Frame, Sendable, SendBlink, blink_frame};
///
/// #[blink_frame]
/// async fn total(blink: &mut Frame<'_, BlinkAlloc, Sendable>, numbers: &[u64]) -> u64 {
///     let numbers = blink.copy_slice(numbers);
///     std::future::ready(()).await;
///     numbers.iter().sum()
/// }
///
/// fn sendable<T: Send>(future: T) -> T { future }
///
/// let mut blink = SendBlink::new(Blink::new());
/// let mut frame = blink.as_frame();
/// let future = sendable(total(&mut frame, &[1, 2, 3]));
/// # let future = std::pin::pin!(future);
/// # let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert_eq!(future.poll(&mut cx), std::task::Poll::Ready(6));
/// ```
///
/// ## `thread_local`
///
/// The function takes an arena from the pool of its thread, and gives it back, reset. Each call
/// that runs has one of its own. A thread keeps at most 8 of them, of at most a MiB each; what
/// is above goes back to the global allocator. Needs feature `std`. A function that calls
/// itself had better pass a frame.
///
/// ```
/// use blink_alloc::blink_frame;
///
/// #[blink_frame(scratch, thread_local)]
/// fn median(numbers: &[f64]) -> f64 {
///     let numbers = scratch.copy_slice(numbers);
///     numbers.sort_by(f64::total_cmp);
///     numbers[numbers.len() / 2]
/// }
///
/// assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
/// ```
///
/// ## `in`
///
/// ```
/// use blink_alloc::{Blink, blink_frame};
///
/// struct Search {
///     scratch: Blink,
///     found: usize,
/// }
///
/// impl Search {
///     #[blink_frame(in = self.scratch)]
///     fn count(&mut self, text: &str, word: &str) {
///         let text = blink.copy_str(text);
///         text.make_ascii_lowercase();
///         self.found += text.matches(word).count();
///     }
/// }
///
/// let mut search = Search { scratch: Blink::new(), found: 0 };
/// search.count("To be or not to be", "to");
/// assert_eq!(search.found, 2);
/// ```
///
/// # Results
///
/// What the function puts into its frame does not leave it:
///
/// ```compile_fail,E0515
/// # use blink_alloc::blink_frame;
/// #[blink_frame]
/// fn shout(text: &str) -> &str {
///     let copy = blink.copy_str(text);
///     copy.make_ascii_uppercase();
///     copy
/// }
/// ```
///
/// Results for the caller go into a place that the caller has reserved (`Slot`), or into a
/// frame that is passed beside:
///
/// ```
/// use blink_alloc::{Blink, Frame, blink_frame};
///
/// /// The words in another order. The list of them is gone afterwards.
/// #[blink_frame(scratch, thread_local)]
/// fn reversed<'o>(out: &mut Frame<'o>, text: &str) -> &'o str {
///     let words = scratch.emplace_no_drop().from_iter(text.split(' '));
///     words.reverse();
///     let length = text.len();
///     let joined = out.fill(length, b' ');
///     let mut at = 0;
///     for word in words {
///         joined[at..at + word.len()].copy_from_slice(word.as_bytes());
///         at += word.len() + 1;
///     }
///     std::str::from_utf8(joined).unwrap()
/// }
///
/// let mut blink = Blink::new();
/// let mut frame = blink.as_frame();
/// let text = reversed(&mut frame, "to be or not");
/// assert_eq!(reversed(&mut frame, text), "to be or not");
/// ```
///
/// Two arenas can alternate down a stack of calls: what a function returns goes into `out`, what
/// it works with into `mine`, and it passes them on the other way round, so that the results of
/// its callees are gone when it returns.
///
/// ```
/// use blink_alloc::{Blink, Frame, blink_frame};
///
/// /// All sums of some of the numbers.
/// #[blink_frame(mine)]
/// fn sums<'o>(mine: &mut Frame<'_>, out: &mut Frame<'o>, numbers: &[u32]) -> &'o [u32] {
///     let Some((first, rest)) = numbers.split_first() else {
///         return out.fill(1, 0);
///     };
///     let without = sums(out, mine, rest);
///     let with = without.iter().map(|sum| sum + first);
///     out.fill_iter(without.iter().copied().chain(with))
/// }
///
/// let (mut a, mut b) = (Blink::new(), Blink::new());
/// assert_eq!(sums(&mut a.as_frame(), &mut b.as_frame(), &[1, 2]), [0, 2, 1, 3]);
/// ```
///
/// # What to know
///
/// - A call passes the handle first: `f(blink, ..)` in a function with a frame, again and
///   again, since `&mut` is borrowed anew for each call; `f(&mut root.as_frame(), ..)` outside.
/// - References from the caller's frame are as good in the body as any others.
/// - The allocator of a collection is `&*blink`, a shared reference. The collection cannot live
///   over a call that takes the handle: see `Frame::keep`.
/// - Nor can a closure take the handle while a method of it runs. A slice that is filled by calls
///   with frames is made first, `let items = blink.fill(n, 0);`, and its items are set in a loop.
/// - In edition 2024 a result `impl Trait` borrows from everything that is passed, from the
///   frame too. `impl Trait + use<..>` says from what it does.
/// - A trait's method has the attribute on its declaration too, where it only adds the
///   parameter.
/// - The elided lifetime of a result is that of the one parameter with a lifetime, as without
///   the attribute. Where that is hidden (`Chars` for `Chars<'_>`), write it out.
#[proc_macro_attribute]
pub fn blink_frame(arguments: TokenStream, item: TokenStream) -> TokenStream {
    frame::blink_frame(arguments.into(), item.into()).into()
}

/// Implements `BlinkClone` for a struct or an enum.
#[proc_macro_derive(BlinkClone, attributes(blink))]
pub fn derive_blink_clone(item: TokenStream) -> TokenStream {
    clone::derive(item.into()).into()
}
