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

/// Implements `BlinkClone` for a struct or an enum: how it is copied into an arena, with all that
/// it owns.
///
/// A copy cannot be of the type itself where that owns memory. So the derive makes a *twin*: a
/// type with the same fields and variants, called as the type with `Blink` in front, in which a
/// `String` is a `&'blink str`, a `Vec` a slice, a `Box` a reference.
///
/// ```
/// use blink_alloc::{Blink, BlinkClone};
///
/// #[derive(BlinkClone)]
/// #[blink(derive(Debug, PartialEq))]
/// enum Json {
///     Null,
///     Number(f64),
///     Text(String),
///     Array(Vec<Json>),
///     Object(Vec<(String, Json)>),
/// }
///
/// // What was made beside it:
/// // enum BlinkJson<'blink> {
/// //     Null,
/// //     Number(f64),
/// //     Text(&'blink str),
/// //     Array(&'blink [BlinkJson<'blink>]),
/// //     Object(&'blink [(&'blink str, BlinkJson<'blink>)]),
/// // }
///
/// let owned = Json::Object(vec![
///     (String::from("name"), Json::Text(String::from("value"))),
///     (String::from("items"), Json::Array(vec![Json::Number(1.0), Json::Null])),
/// ]);
/// let blink = Blink::new();
/// let copy: BlinkJson = blink.clone_in(&owned);
/// drop(owned);
///
/// let BlinkJson::Object([(name, value), _]) = copy else { panic!() };
/// assert_eq!((*name, value), ("name", &BlinkJson::Text("value")));
/// ```
///
/// # What the copy is
///
/// | the type | its copy |
/// | --- | --- |
/// | has `#[blink(copy)]` | the type itself, in one copy of bytes; it has to be `Copy` |
/// | has a lifetime | the type itself, with the arena's lifetime in the place of each of its own, and what its parameters become |
/// | has no field that needs the arena, as a struct of numbers | the type itself, field by field, with what its parameters become |
/// | is any other, as one with a field of another type of yours | its twin |
///
/// The twin has the visibility, the documentation and the parameters of the type, and
/// `'blink` in front of them; its parameters are copied types, so that `Tree<String>` becomes
/// `BlinkTree<'blink, &'blink str>`. It is covariant in all of them where its fields are, and has no
/// destructor.
///
/// | a field's type | becomes |
/// | --- | --- |
/// | numbers, `bool`, `char`, times, addresses, atomics, plain `fn` of up to six parameters | itself |
/// | `String`, `CString`, `OsString`, `PathBuf` | `&str`, `&CStr`, `&OsStr`, `&Path` |
/// | `Vec<T>`, `VecDeque<T>`, `LinkedList<T>`, `BinaryHeap<T>` | a slice of copies |
/// | `Box<T>`, `&T`, `Cow<T>` | a reference to a copy |
/// | `Rc<T>`, `Arc<T>` of a type that is `'static` | the same; a value that several lead to is copied once |
/// | `Weak<T>` | `BlinkWeak<T>`, which leads to the copy of the same value |
/// | `Option`, `Result`, tuples, arrays, `Cell` (of what is `Copy`), `RefCell`, `OnceCell`, ranges | itself, around copies |
/// | `PhantomData` | itself |
/// | `Mutex<T>`, `RwLock<T>` | the copy of what is locked; `OnceLock<T>`: an `Option` of it |
/// | `BTreeMap`, `BTreeSet`, `HashMap`, `HashSet` | `BlinkOrderedMap` and so on: maps to read |
/// | the type that is being derived, a parameter | its twin, what the parameter becomes |
/// | any other type `X` | `<X as BlinkClone<'blink>>::Cloned`, which need not be covariant |
///
/// The types of the standard library are recognized by their names, with or without a path that
/// begins with `std`, `core`, `alloc` or a module of these. A type of yours with such a name has
/// `self::` or another path in front.
///
/// # Attributes of the type
///
/// `#[blink(..)]`, with these, each at most once:
///
/// | | |
/// | --- | --- |
/// | `copy` | the copy is the type itself |
/// | `mirror = Name` | calls the twin so, and makes one of a type with a lifetime |
/// | `derive(Debug, ..)` | derives for the twin |
/// | `attr(serde(untagged), ..)` | other attributes of the twin |
/// | `bound(T: Clone, ..)` | bounds of the implementation, in the place of those that follow from the fields, and of `T: BlinkClone<'blink>`, which had better be among them |
/// | `crate = path` | where `blink_alloc` is, if not at `::blink_alloc` |
///
/// # Attributes of a field
///
/// | | |
/// | --- | --- |
/// | `copy` | copies the value as it is: a `&'static str`, a pointer, a type that is `Copy` |
/// | `put` | clones the value, and the arena drops the clone: the field becomes `&'blink X`. It has to be `Clone`, `Send` and `'static` |
/// | `skip` | leaves the field out of the twin; in a tuple it is `()`, and in a type that becomes itself `Default::default()` |
/// | `mirror` | other types in this field have twins, which are called as they are by default: this keeps the twin covariant |
/// | `as = Type` | what the field becomes, where `'blink` is the arena's lifetime |
/// | `as = Type, with = function` | the same, made by a function: `fn(&X, &mut impl Cloner<'blink>) -> Result<Type, _>` |
///
/// ```
/// use std::{borrow::Cow, sync::Arc};
/// use blink_alloc::{Blink, BlinkClone, Cloner};
///
/// #[derive(BlinkClone)]
/// #[blink(mirror = PageRef)]
/// struct Page {
///     title: String,
///     #[blink(as = &'blink str, with = lower_case)]
///     key: String,
///     #[blink(copy)]
///     language: &'static str,
///     #[blink(put)]
///     source: Arc<[u8]>,
///     #[blink(skip)]
///     cache: Option<Box<Page>>,
///     #[blink(mirror)]
///     links: Vec<Link>,
/// }
///
/// #[derive(BlinkClone)]
/// struct Link {
///     target: Option<Box<Page>>,
/// }
///
/// fn lower_case<'blink, C: Cloner<'blink>>(
///     text: &String,
///     cx: &mut C,
/// ) -> Result<&'blink str, C::Error> {
///     let text = cx.str(text)?;
///     text.make_ascii_lowercase();
///     Ok(text)
/// }
///
/// let page = Page {
///     title: String::from("Home"),
///     key: String::from("Home"),
///     language: "en",
///     source: Arc::new([1, 2, 3]),
///     cache: None,
///     links: vec![Link { target: None }],
/// };
/// let mut blink = Blink::new();
/// let copy: PageRef = blink.clone_in(&page);
/// assert_eq!((copy.title, copy.key, copy.language), ("Home", "home", "en"));
/// assert_eq!(copy.links.len(), 1);
/// assert!(Arc::ptr_eq(copy.source, &page.source));
/// blink.reset();
/// assert_eq!(Arc::strong_count(&page.source), 1);
/// ```
///
/// # Graphs
///
/// An `Rc` or `Arc` that several pointers lead to is copied once, so that the copy has the shape of
/// the original. What leads back is a `Weak`; values that own themselves in a circle cannot be
/// copied, and neither can what is deeper than 512 pointers, if nothing else is said: see
/// `CloneError`, `clone_in_to_depth`, and feature `deep`. What is behind
/// a plain reference is copied as often as references lead there.
///
/// ```
/// use std::{cell::RefCell, rc::{Rc, Weak}};
/// use blink_alloc::{Blink, BlinkClone};
///
/// #[derive(BlinkClone)]
/// struct Node {
///     name: String,
///     parent: RefCell<Weak<Node>>,
///     children: RefCell<Vec<Rc<Node>>>,
/// }
///
/// let node = |name: &str| Rc::new(Node {
///     name: name.to_string(),
///     parent: RefCell::default(),
///     children: RefCell::default(),
/// });
/// let (root, leaf) = (node("root"), node("leaf"));
/// leaf.parent.replace(Rc::downgrade(&root));
/// root.children.borrow_mut().extend([leaf.clone(), leaf]);
///
/// let blink = Blink::new();
/// let copy = blink.clone_in(&root);
/// let [one, same] = *copy.children.borrow() else { panic!() };
/// assert!(std::ptr::eq(*one, *same));
/// assert_eq!(one.parent.borrow().upgrade().unwrap().name, "root");
/// ```
#[proc_macro_derive(BlinkClone, attributes(blink))]
pub fn derive_blink_clone(item: TokenStream) -> TokenStream {
    clone::derive(item.into()).into()
}
