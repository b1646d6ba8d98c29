//! `#[blink_frame]`: functions of every kind with a frame of their own, which leaves no trace.

use std::{
    any::Any,
    cell::RefCell,
    fmt::Display,
    future::poll_fn,
    mem::ManuallyDrop,
    pin::{Pin, pin},
    rc::Rc,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    thread,
};

use allocator_api2::alloc::System;
use blink_alloc::{Blink, BlinkAlloc, Frame, SendBlink, Sendable, Slot, blink_frame};
use blink_tests::drops::{self, Counted, Word, panic_as_planned, planned};

/// Calls `f` a few times with a frame of an arena that is in use. It leaves neither bytes nor
/// values.
#[track_caller]
fn traceless<R>(mut f: impl FnMut(&mut Frame<'_>) -> R) -> R {
    let mut root = Blink::new();
    root.copy_str("of the caller");
    let used = root.allocator().allocated_bytes();
    for _ in 0..3 {
        drops::restart();
        f(&mut root.as_frame());
        assert_eq!(root.allocator().allocated_bytes(), used);
        drops::assert_counts();
    }
    f(&mut root.as_frame())
}

/// Whether `f` ends by a planned panic, each time, and leaves no trace.
#[track_caller]
fn panics(mut f: impl FnMut(&mut Frame<'_>)) {
    traceless(|frame| assert!(planned(|| f(frame))));
}

/// Is pending once.
async fn pause() {
    let mut polled = false;
    poll_fn(|_| {
        if std::mem::replace(&mut polled, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

fn poll<F: Future + ?Sized>(future: &mut Pin<&mut F>) -> Poll<F::Output> {
    future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls until it is ready. Returns how often that was, too.
fn finish<F: Future>(future: F) -> (F::Output, usize) {
    let mut future = pin!(future);
    let mut polls = 0;
    loop {
        polls += 1;
        if let Poll::Ready(output) = poll(&mut future) {
            return (output, polls);
        }
    }
}

// Functions

#[blink_frame]
fn sum(numbers: &[u32]) -> u32 {
    blink.put(Word::new(1));
    blink.copy_slice(numbers).iter().sum()
}

#[blink_frame]
fn nothing() {}

#[test]
fn a_function_leaves_no_trace() {
    assert_eq!(traceless(|frame| sum(frame, &[1, 2, 3])), 6);
    traceless(nothing);
}

#[test]
fn it_is_called_again_and_again_with_one_handle() {
    #[blink_frame]
    fn twice(numbers: &[u32]) -> u32 {
        let first = sum(blink, numbers);
        let copy = blink.copy_slice(numbers);
        let second = sum(blink, copy);
        assert_eq!(copy, numbers);
        first + second
    }
    assert_eq!(traceless(|frame| twice(frame, &[1, 2])), 6);
}

#[test]
fn values_are_dropped_newest_first_before_the_caller_goes_on() {
    #[blink_frame]
    fn values() {
        blink.put(Word::new(0));
        blink.fill_with(3, |at| Word::new(10 + at as u32));
        let _local = Word::new(20);
        blink.put(Word::new(1));
    }

    #[blink_frame]
    fn caller() {
        blink.put(Word::new(100));
        values(blink);
        assert_eq!(drops::order(), [20, 1, 10, 11, 12, 0]);
        values(blink);
        assert_eq!(drops::order(), [20, 1, 10, 11, 12, 0]);
        blink.put(Word::new(101));
    }

    drops::restart();
    let mut root = Blink::new();
    caller(&mut root.as_frame());
    assert_eq!(drops::order(), [101, 100]);
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

#[test]
fn parameters_are_dropped_after_the_frame() {
    #[blink_frame]
    fn f(_kept: Word, _: Word) {
        blink.put(Word::new(1));
    }
    drops::restart();
    f(&mut Blink::new().as_frame(), Word::new(2), Word::new(3));
    assert_eq!(drops::order(), [1, 3, 2]);
}

#[test]
fn a_panic_ends_the_frame_before_it_goes_on() {
    #[blink_frame]
    fn f(deep: u32) {
        blink.put(Word::new(deep));
        blink.fill(1000, 0_u8);
        if deep == 0 {
            panic_as_planned()
        }
        f(blink, deep - 1);
    }
    panics(|frame| f(frame, 5));

    drops::restart();
    let mut root = Blink::new();
    assert!(planned(|| f(&mut root.as_frame(), 3)));
    assert_eq!(drops::order(), [0, 1, 2, 3]);
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

#[test]
fn a_panic_of_a_destructor_ends_the_frame_too() {
    #[blink_frame]
    fn f() {
        blink.fill_with(4, |at| Word::new(at as u32));
        blink.put(Word::new(4));
    }
    for n in 0..6 {
        drops::restart();
        let mut root = Blink::new();
        drops::panic_after(n);
        assert_eq!(planned(|| f(&mut root.as_frame())), n < 5);
        drops::assert_all_dropped();
        assert_eq!(root.allocator().allocated_bytes(), 0);
    }
}

#[test]
fn never() {
    #[blink_frame]
    fn fails(id: u32) -> ! {
        blink.put(Word::new(id));
        panic_as_planned()
    }
    #[blink_frame]
    fn spins() -> ! {
        let mut rounds = 0;
        loop {
            blink.put(Word::new(rounds));
            rounds += 1;
            if rounds == 10 {
                fails(blink, rounds)
            }
        }
    }
    panics(|frame| fails(frame, 1));
    panics(|frame| spins(frame));
}

#[test]
fn every_way_out() {
    #[blink_frame]
    fn out(way: u32) -> Result<u32, std::num::ParseIntError> {
        blink.put(Word::new(way));
        if way == 0 {
            return Ok(0);
        }
        let parsed: u32 = blink.copy_str(if way == 1 { "one" } else { "1" }).parse()?;
        let found = 'outer: loop {
            for number in blink.fill_iter([1, 2, 3]).iter() {
                if way == 2 {
                    break 'outer 20;
                }
                if *number == 2 {
                    continue;
                }
                if way == 3 && *number == 3 {
                    return Ok(30);
                }
            }
            let block = 'block: {
                if way == 4 {
                    break 'block 40;
                }
                50
            };
            if block > 0 {
                break block;
            }
        };
        Ok(found + parsed)
    }
    let results = [Some(0), None, Some(21), Some(30), Some(41), Some(51)];
    for (way, result) in (0..).zip(results) {
        assert_eq!(traceless(|frame| out(frame, way).ok()), result);
    }
}

#[test]
fn recursion() {
    /// The sum of the numbers up to `n`, and of what each level holds.
    #[blink_frame]
    fn deep(n: u32) -> u64 {
        let mine = blink.put_no_drop(u64::from(n));
        blink.put(Word::new(n));
        let below = if n == 0 { 0 } else { deep(blink, n - 1) };
        assert_eq!(*mine, u64::from(n));
        below + *mine
    }
    // Without optimization a level takes some kilobytes of the stack.
    let roomy = thread::Builder::new().stack_size(1 << 25);
    let worker = roomy.spawn(|| traceless(|frame| deep(frame, 1000)));
    assert_eq!(worker.unwrap().join().unwrap(), 500_500);
}

#[test]
fn two_functions_that_call_each_other() {
    #[blink_frame]
    fn even(n: u32) -> bool {
        let n = blink.put_no_drop(n);
        *n == 0 || odd(blink, *n - 1)
    }
    #[blink_frame(mem)]
    fn odd(n: u32) -> bool {
        let n = mem.put_no_drop(n);
        *n != 0 && even(mem, *n - 1)
    }
    assert!(traceless(|frame| even(frame, 100)));
    assert!(!traceless(|frame| even(frame, 33)));
}

#[test]
fn it_is_a_function_like_any_other() {
    let f: fn(&mut Frame<'_>, &[u32]) -> u32 = sum;
    assert_eq!(traceless(|frame| f(frame, &[4])), 4);
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    let sums: Vec<u32> = [[1, 2], [3, 4]]
        .iter()
        .map(|numbers| sum(&mut frame, numbers))
        .collect();
    assert_eq!(sums, [3, 7]);
    assert_eq!(frame.scope(|frame| sum(frame, &[5])), 5);
    assert_eq!(sum(frame.enter().frame(), &[6]), 6);
}

// Parameters

#[test]
fn generics_and_patterns() {
    #[blink_frame]
    fn largest<T, const N: usize>(numbers: [T; N]) -> Option<T>
    where
        T: Ord + Copy + 'static,
    {
        let sorted = blink.copy_slice(&numbers);
        sorted.sort();
        sorted.last().copied()
    }
    assert_eq!(traceless(|frame| largest(frame, [2, 3, 1])), Some(3));
    assert_eq!(traceless(|frame| largest::<u8, 0>(frame, [])), None);

    struct Pair {
        left: u32,
        right: u32,
    }
    #[blink_frame]
    fn patterns(
        (a, mut b): (u32, u32),
        Pair { left, right: c }: Pair,
        [first, .., last]: [u32; 4],
        _: &str,
        &d: &u32,
    ) -> u32 {
        b += a;
        blink
            .fill_iter([a, b, left, c, first, last, d])
            .iter()
            .sum()
    }
    let pair = || Pair { left: 4, right: 8 };
    let total = traceless(|frame| patterns(frame, (1, 2), pair(), [16, 0, 0, 32], "", &64));
    assert_eq!(total, 1 + 3 + 4 + 8 + 16 + 32 + 64);

    #[blink_frame]
    fn called(mut f: impl FnMut(&mut Frame<'_>) -> u32, by: &dyn Fn(u32) -> u32) -> u32 {
        let mine = f(blink);
        by(*blink.put_no_drop(mine))
    }
    let doubled = traceless(|frame| called(frame, |frame| sum(frame, &[1, 2]), &|n| 2 * n));
    assert_eq!(doubled, 6);
}

#[test]
fn declared_parameters() {
    #[blink_frame]
    fn plain(text: &str, blink: &mut Frame<'_>) -> usize {
        blink.put(Word::new(1));
        blink.copy_str(text).len()
    }
    assert_eq!(traceless(|frame| plain("text", frame)), 4);

    #[blink_frame]
    fn with_lifetime<'f>(blink: &mut Frame<'f>, out: Slot<'f, usize>) -> &'f mut usize {
        let length = blink.copy_str("four").len();
        out.fill(length)
    }
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    let slot = frame.slot();
    assert_eq!(*with_lifetime(&mut frame, slot), 4);

    #[blink_frame(mem)]
    fn two(blink: &mut Frame<'_>, mem: &mut Frame<'_>) -> u32 {
        let kept = blink.put_no_drop(1);
        let gone = mem.put_no_drop(2);
        blink.put(Word::new(3));
        mem.put(Word::new(4));
        *kept + *gone
    }
    drops::restart();
    let (mut a, mut b) = (Blink::new(), Blink::new());
    assert_eq!(two(&mut a.as_frame(), &mut b.as_frame()), 3);
    assert_eq!(drops::order(), [4]);
    assert!(a.allocator().allocated_bytes() > 0);
    assert_eq!(b.allocator().allocated_bytes(), 0);
}

#[test]
fn frames_of_other_arenas() {
    #[blink_frame]
    fn of_system(blink: &mut Frame<'_, BlinkAlloc<System>>) -> usize {
        blink.put(Word::new(1));
        blink.copy_str("system").len()
    }
    #[blink_frame]
    fn aligned(blink: &mut Frame<'_, BlinkAlloc<System, 8>>) -> usize {
        blink.put(Word::new(1));
        blink.put_no_drop(1_u8);
        blink.copy_str("eight").len()
    }
    #[blink_frame]
    fn borrowed(blink: &mut Frame<'_, &mut BlinkAlloc>) -> usize {
        blink.put(Word::new(1));
        blink.copy_str("borrowed").len()
    }
    #[blink_frame]
    fn any<A: blink_alloc::Rewind, M>(blink: &mut Frame<'_, A, M>, deep: u32) -> u32 {
        let mine = blink.put_no_drop(deep);
        let below = if *mine == 0 { 0 } else { any(blink, *mine - 1) };
        below + *mine
    }
    drops::restart();
    let mut root = Blink::new_in(BlinkAlloc::new_in(System));
    assert_eq!(of_system(&mut root.as_frame()), 6);
    assert_eq!(any(&mut root.as_frame(), 10), 55);
    assert_eq!(root.allocator().allocated_bytes(), 0);

    let mut root = Blink::new_in(BlinkAlloc::<_, 8>::with_min_align_in(System));
    assert_eq!(aligned(&mut root.as_frame()), 5);
    assert_eq!(any(&mut root.as_frame(), 10), 55);
    assert_eq!(root.allocator().allocated_bytes(), 0);

    let mut arena = BlinkAlloc::new();
    let mut root = Blink::new_in(&mut arena);
    assert_eq!(borrowed(&mut root.as_frame()), 8);
    assert_eq!(any(&mut root.as_frame(), 10), 55);
    drop(root);
    assert_eq!(arena.allocated_bytes(), 0);

    let mut root = SendBlink::new(Blink::new());
    assert_eq!(any(&mut root.as_frame(), 10), 55);
    assert_eq!(root.allocator().allocated_bytes(), 0);
    assert_eq!(drops::order(), [1, 1, 1]);
}

#[test]
fn frames_that_are_found_by_deref() {
    #[blink_frame]
    fn in_scope(blink: &mut blink_alloc::FrameIn<'_, '_>) -> u32 {
        *blink.put(1)
    }
    #[blink_frame]
    fn boxed(blink: &mut Box<Frame<'_>>) -> u32 {
        *blink.put(2)
    }
    let mut root = Blink::new();
    assert_eq!(root.scope(|frame| in_scope(frame)), 1);
    assert_eq!(boxed(&mut Box::new(root.as_frame())), 2);
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

#[test]
fn two_frames_of_one_function() {
    #[blink_frame(first)]
    #[blink_frame(second)]
    fn zip(text: &str) -> String {
        let one = first.copy_str(text);
        second.put(Word::new(2));
        let two = second.copy_str(text);
        first.put(Word::new(1));
        one.make_ascii_uppercase();
        format!("{one}{two}")
    }
    #[blink_frame(first)]
    #[blink_frame(second)]
    fn elided(text: &str) -> &str {
        first.copy_str(text);
        second.copy_str(text);
        text
    }
    drops::restart();
    let (mut a, mut b) = (Blink::new(), Blink::new());
    assert_eq!(elided(&mut a.as_frame(), &mut b.as_frame(), "ab"), "ab");
    // The lower attribute is expanded last, and so has the first parameter.
    let zipped = zip(&mut a.as_frame(), &mut b.as_frame(), "ab");
    assert_eq!(zipped, "ABab");
    drops::assert_all_dropped();
    assert_eq!(a.allocator().allocated_bytes(), 0);
    assert_eq!(b.allocator().allocated_bytes(), 0);
}

// Methods

struct Named {
    name: String,
    scratch: Blink,
}

impl Named {
    fn new() -> Self {
        Self {
            name: "name".to_owned(),
            scratch: Blink::new(),
        }
    }

    #[blink_frame]
    fn associated(name: &str) -> Self {
        let name = blink.copy_str(name).to_owned();
        Self {
            name,
            ..Self::new()
        }
    }

    #[blink_frame]
    fn by_ref(&self, other: &str) -> &str {
        blink.copy_str(other);
        &self.name
    }

    #[blink_frame]
    fn by_mut(&mut self, other: &str) -> &mut str {
        self.name.push_str(blink.copy_str(other));
        &mut self.name
    }

    #[blink_frame]
    fn by_value(mut self, other: &str) -> String {
        self.name.push_str(blink.copy_str(other));
        self.name
    }

    #[expect(clippy::boxed_local, reason = "it is a receiver")]
    #[blink_frame]
    fn boxed(self: Box<Self>, other: &str) -> &str {
        blink.copy_str(&self.name);
        other
    }

    #[blink_frame]
    fn counted(self: Rc<Self>) -> usize {
        blink.put(self.clone());
        Rc::strong_count(&self)
    }

    #[blink_frame]
    fn pinned(self: Pin<&mut Self>, other: &str) -> &mut str {
        let this = self.get_mut();
        this.name.push_str(blink.copy_str(other));
        &mut this.name
    }

    #[blink_frame]
    fn spelled(self: &Named, _other: &str) -> &str {
        blink.copy_str(&self.name);
        &self.name
    }

    #[blink_frame(in = self.scratch)]
    fn scratched(&mut self, other: &str) -> &mut str {
        blink.put(Word::new(1));
        self.name.push_str(blink.copy_str(other));
        &mut self.name
    }
}

#[test]
fn methods() {
    assert_eq!(traceless(|frame| Named::associated(frame, "x").name), "x");
    let named = Named::new();
    assert_eq!(traceless(|frame| named.by_ref(frame, "x").len()), 4);
    assert_eq!(traceless(|frame| named.spelled(frame, "x").len()), 4);
    let by_mut = |frame: &mut Frame<'_>| Named::new().by_mut(frame, "s").to_owned();
    assert_eq!(traceless(by_mut), "names");
    assert_eq!(
        traceless(|frame| Named::new().by_value(frame, "d")),
        "named"
    );
    let boxed = |frame: &mut Frame<'_>| Box::new(Named::new()).boxed(frame, "ab").len();
    assert_eq!(traceless(boxed), 2);
    assert_eq!(traceless(|frame| Rc::new(Named::new()).counted(frame)), 2);
    let mut named = Named::new();
    assert_eq!(named.scratched("s"), "names");
    assert_eq!(named.scratch.allocator().allocated_bytes(), 0);
    let pinned = |frame: &mut Frame<'_>| Pin::new(&mut Named::new()).pinned(frame, "s").to_owned();
    assert_eq!(traceless(pinned), "names");
}

trait Shape {
    #[blink_frame]
    fn area(&self) -> u32;

    #[blink_frame]
    fn twice(&self, text: &str) -> u32 {
        let text = blink.copy_str(text);
        let area = self.area(blink);
        area * 2 + text.len() as u32
    }

    /// Has a frame in some implementations, which is nobody's business.
    fn scratched(&mut self) -> u32;

    #[blink_frame]
    fn generic<T: Copy>(&self, value: T) -> T
    where
        Self: Sized,
    {
        *blink.put_no_drop(value)
    }
}

struct Square(u32, Blink);

impl Shape for Square {
    #[blink_frame]
    fn area(&self) -> u32 {
        blink.put(Word::new(7));
        let sides = blink.fill(2, self.0);
        sides.iter().product()
    }

    #[blink_frame(in = self.1)]
    fn scratched(&mut self) -> u32 {
        *blink.put(self.0)
    }
}

#[test]
fn methods_of_traits_and_of_trait_objects() {
    let mut square = Square(3, Blink::new());
    assert_eq!(traceless(|frame| square.area(frame)), 9);
    assert_eq!(traceless(|frame| square.generic(frame, 'x')), 'x');
    let shape: &mut dyn Shape = &mut square;
    assert_eq!(traceless(|frame| shape.area(frame)), 9);
    assert_eq!(traceless(|frame| shape.twice(frame, "ab")), 20);
    assert_eq!(shape.scratched(), 3);
    assert_eq!(square.1.allocator().allocated_bytes(), 0);
}

// Elision

#[test]
fn the_result_borrows_from_what_it_borrowed_from() {
    #[blink_frame]
    fn bare(text: &str) -> &str {
        let copy = blink.copy_str(text);
        &text[..copy.len() / 2]
    }
    #[blink_frame]
    fn underscore(text: std::str::Chars<'_>) -> std::str::Chars<'_> {
        blink.put(1);
        text
    }
    #[blink_frame]
    fn named<'t>(text: &'t str, number: usize) -> &str {
        blink.put(number);
        &text[number..]
    }
    #[blink_frame]
    fn mutable(text: &mut [u8]) -> &mut u8 {
        let at = *blink.put(1);
        &mut text[at]
    }
    #[blink_frame]
    fn nested(texts: Option<Vec<&str>>) -> Result<(Option<&str>, [&str; 1]), ()> {
        blink.put(1);
        Ok(texts.map(|texts| (Some(texts[0]), [texts[1]])).unwrap())
    }
    #[blink_frame]
    fn with_functions(text: &str, f: fn(&str) -> &str, g: impl Fn(&str) -> &str) -> &str {
        blink.copy_str(text);
        g(f(text))
    }
    #[blink_frame]
    fn higher<F>(f: F, text: &str) -> &str
    where
        F: for<'x> Fn(&'x str) -> &'x str,
    {
        blink.copy_str(text);
        f(text)
    }
    #[blink_frame]
    fn object(text: &str) -> Box<dyn Display + '_> {
        blink.copy_str(text);
        Box::new(text)
    }
    #[blink_frame]
    fn function(text: &str) -> Box<dyn Fn(&str) -> &str + '_> {
        blink.copy_str(text);
        Box::new(move |other| &other[text.len()..])
    }
    #[blink_frame]
    fn words(text: &str) -> impl Iterator<Item = &str> + use<'_> {
        blink.copy_str(text);
        text.split(' ')
    }
    #[blink_frame]
    fn references_of(any: &dyn Any) -> &dyn Any {
        blink.put(1);
        any
    }
    #[blink_frame]
    fn of_everywhere(text: &'static str) -> &str {
        blink.copy_str(text);
        text
    }

    let mut root = Blink::new();
    let mut frame = root.as_frame();
    let text = "to be".to_owned();
    // Each result stays while the frame is used by others.
    let a = bare(&mut frame, &text);
    let b = underscore(&mut frame, text.chars());
    let c = named(&mut frame, &text, 3);
    let mut bytes = [1, 2];
    let d = mutable(&mut frame, &mut bytes);
    let e = nested(&mut frame, Some(vec![&text, &text])).unwrap();
    let f = with_functions(&mut frame, &text, |text| &text[1..], |text| &text[1..]);
    let g = higher(&mut frame, |text| &text[4..], &text);
    let h = object(&mut frame, &text);
    let i = function(&mut frame, &text);
    let j = words(&mut frame, &text);
    let k = references_of(&mut frame, &text);
    let l: &'static str = of_everywhere(&mut frame, "ever");
    nothing(&mut frame);
    assert_eq!((a, b.count(), c, *d), ("to", 5, "be", 2));
    assert_eq!(e, (Some("to be"), ["to be"]));
    assert_eq!((f, g, h.to_string().len()), (" be", "e", 5));
    assert_eq!((i("12345six"), j.count(), l), ("six", 2, "ever"));
    assert!(k.is::<String>());
    drop((h, i));
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

#[test]
fn results_without_names() {
    #[blink_frame]
    fn numbers(to: u32) -> impl Iterator<Item = u32> + Clone + use<> {
        let numbers = blink.fill_iter(0..to);
        let sum: u32 = numbers.iter().sum();
        (0..to).chain([sum])
    }
    /// Borrows from the caller's handle, in edition 2024.
    #[blink_frame]
    fn captures(to: u32) -> impl Iterator<Item = u32> {
        blink.put(Word::new(1));
        0..to
    }
    let numbers = traceless(|frame| numbers(frame, 3));
    assert_eq!(numbers.clone().collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(traceless(|frame| captures(frame, 3).count()), 3);
}

// Futures

#[blink_frame]
async fn delayed(text: &str) -> &str {
    let copy = blink.copy_str(text);
    blink.put(Word::new(1));
    pause().await;
    let more = blink.put(Word::new(2));
    pause().await;
    assert_eq!((copy, more.id()), (&mut *text.to_owned(), 2));
    text
}

#[test]
fn futures() {
    assert_eq!(traceless(|frame| finish(delayed(frame, "text")).1), 3);
    let text = "text".to_owned();
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    let (text, _) = finish(delayed(&mut frame, &text));
    nothing(&mut frame);
    assert_eq!(text, "text");

    #[blink_frame]
    async fn nested(deep: u32) -> u32 {
        let mine = blink.put_no_drop(deep);
        pause().await;
        let below = if deep == 0 {
            0
        } else {
            Box::pin(nested(blink, deep - 1)).await
        };
        pause().await;
        below + *mine
    }
    assert_eq!(traceless(|frame| finish(nested(frame, 20))), (210, 43));
}

#[test]
fn a_future_that_is_dropped_half_way_ends_its_frame() {
    traceless(|frame| {
        for polls in 0..3 {
            drops::restart();
            let mut future = Box::pin(delayed(frame, "text"));
            for _ in 0..polls {
                assert!(poll(&mut future.as_mut()).is_pending());
            }
            assert_eq!((drops::made(), drops::dropped()), (polls, 0));
            drop(future);
            let newest_first: &[u32] = &[2, 1][2 - polls..];
            assert_eq!(drops::order_from(0), newest_first);
        }
    });
}

#[test]
fn a_future_that_is_forgotten_leaves_its_values_to_the_frame_around_it() {
    drops::restart();
    let mut root = Blink::new();
    let mut frame = root.as_frame();
    frame.scope(|frame| {
        let before = frame.put(Word::new(0));
        let future = pin!(ManuallyDrop::new(delayed(frame, "text")));
        // SAFETY: the future is pinned with what is around it, and never moved.
        let mut future = unsafe { future.map_unchecked_mut(|future| &mut **future) };
        assert!(poll(&mut future).is_pending());
        assert!(poll(&mut future).is_pending());
        let after = frame.put(Word::new(3));
        assert_eq!((before.id(), after.id()), (0, 3));
        assert_eq!(drops::dropped(), 0);
    });
    assert_eq!(drops::order(), [3, 2, 1, 0]);
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

#[blink_frame]
async fn sent(blink: &mut Frame<'_, BlinkAlloc, Sendable>, log: Log, deep: u32) -> u32 {
    let mine = blink.put_no_drop(deep);
    blink.put(Noted(deep, log.clone()));
    pause().await;
    let below = match deep.checked_sub(1) {
        Some(deep) => boxed(blink, log, deep).await,
        None => 0,
    };
    pause().await;
    below + *mine
}

/// The same, behind a type, so that it can call itself.
fn boxed<'a>(
    frame: &'a mut Frame<'_, BlinkAlloc, Sendable>,
    log: Log,
    deep: u32,
) -> Pin<Box<dyn Future<Output = u32> + Send + 'a>> {
    Box::pin(sent(frame, log, deep))
}

type Log = Arc<Mutex<Vec<u32>>>;

/// A value that may be sent, and says when it is dropped.
struct Noted(u32, Log);

impl Drop for Noted {
    fn drop(&mut self) {
        self.1.lock().unwrap().push(self.0);
    }
}

#[test]
fn a_future_goes_from_thread_to_thread() {
    let log = Log::default();
    let mut root = SendBlink::new(Blink::new());
    let mut frame = root.as_frame();
    let mut future = Box::pin(sent(&mut frame, log.clone(), 3));
    let mut polls = 0;
    let total = loop {
        polls += 1;
        let polled = thread::scope(|scope| {
            let worker = scope.spawn(|| poll(&mut future.as_mut()));
            worker.join().unwrap()
        });
        if let Poll::Ready(total) = polled {
            break total;
        }
    };
    assert_eq!((total, polls), (6, 9));
    assert_eq!(*log.lock().unwrap(), [0, 1, 2, 3]);
    drop(future);
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

#[test]
fn a_future_is_dropped_half_way_in_another_thread() {
    let log = Log::default();
    let mut root = SendBlink::new(Blink::new());
    thread::scope(|scope| {
        let mut frame = root.as_frame();
        let log = log.clone();
        scope.spawn(move || {
            let mut future = Box::pin(sent(&mut frame, log, 5));
            for _ in 0..3 {
                assert!(poll(&mut future.as_mut()).is_pending());
            }
            thread::scope(|scope| {
                scope.spawn(move || drop(future));
            });
        });
    });
    assert_eq!(*log.lock().unwrap(), [3, 4, 5]);
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

// What is around a function

mod attributes {
    #![deny(warnings, clippy::all)]
    #![expect(clippy::mixed_attributes_style, reason = "attributes everywhere")]

    use super::*;

    /// A comment above.
    #[blink_frame]
    /// And one below.
    #[inline]
    #[must_use]
    #[allow(clippy::let_and_return)]
    #[cfg(not(any()))]
    pub fn above(number: u32) -> u32 {
        #![allow(non_snake_case)]
        //! And one inside.
        let NUMBER = *blink.put(number);
        NUMBER
    }

    #[inline(always)]
    #[must_use = "it is the number"]
    #[cfg(not(any()))]
    #[expect(clippy::let_and_return, reason = "it is looked for")]
    #[deprecated = "not really"]
    #[blink_frame]
    pub fn below(number: u32) -> u32 {
        let number = *blink.put(number);
        number
    }

    #[blink_frame]
    #[cfg(any())]
    pub fn gone(number: Nothing) -> Nothing {}

    #[cfg(any())]
    #[blink_frame]
    pub fn gone(number: Nothing) -> Nothing {}

    #[cfg_attr(all(), blink_frame)]
    #[cfg_attr(any(), blink_frame(twice))]
    pub fn conditional(#[cfg(not(any()))] number: u32, #[cfg(any())] number: Nothing) -> u32 {
        *blink.put(number)
    }

    #[track_caller]
    #[blink_frame]
    pub fn caller_above() -> u32 {
        *blink.put(std::panic::Location::caller().line())
    }

    #[blink_frame]
    #[track_caller]
    pub fn caller_below() -> u32 {
        *blink.put(std::panic::Location::caller().line())
    }

    /// Of seven parameters one too many is made.
    #[blink_frame]
    #[allow(clippy::too_many_arguments)]
    pub fn eight(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8) -> usize {
        blink.copy_slice(&[a, b, c, d, e, f, g]).len()
    }

    #[blink_frame]
    pub fn unused() {}

    #[blink_frame(mem)]
    pub(in crate::attributes) fn visible(r#type: u8) -> u8 {
        *mem.put(r#type)
    }

    #[blink_frame(r#in)]
    pub fn r#fn() -> u8 {
        let number = visible(r#in, 1);
        *r#in.put(number)
    }

    #[test]
    fn stay_what_they_are() {
        let mut root = Blink::new();
        let frame = &mut root.as_frame();
        assert_eq!(above(frame, 1), 1);
        #[expect(deprecated)]
        let two = below(frame, 2);
        assert_eq!(two, 2);
        assert_eq!(conditional(frame, 3), 3);
        assert_eq!(caller_above(frame), line!());
        assert_eq!(caller_below(frame), line!());
        assert_eq!(eight(frame, 1, 2, 3, 4, 5, 6, 7), 7);
        unused(frame);
        assert_eq!(r#fn(frame), 1);
    }
}

#[test]
fn unsafe_and_foreign_functions() {
    /// # Safety
    ///
    /// The pointer is good to read from.
    #[blink_frame]
    unsafe fn read(pointer: *const u32) -> u32 {
        // SAFETY: the caller's promise.
        *blink.put(unsafe { *pointer })
    }
    #[blink_frame]
    extern "C" fn foreign(blink: &mut Frame<'_>, number: u32) -> u32 {
        *blink.put(number)
    }
    #[blink_frame]
    extern "Rust" fn own(number: u32) -> u32 {
        *blink.put(number)
    }
    #[blink_frame(thread_local)]
    unsafe extern "C" fn called_by_others(number: u32) -> u32 {
        *blink.put(number)
    }
    // SAFETY: a reference is good to read from.
    assert_eq!(traceless(|frame| unsafe { read(frame, &7) }), 7);
    assert_eq!(traceless(|frame| foreign(frame, 8)), 8);
    assert_eq!(traceless(|frame| own(frame, 9)), 9);
    // SAFETY: it asks for nothing.
    assert_eq!(unsafe { called_by_others(10) }, 10);
}

#[blink_frame(thread_local)]
#[test]
fn a_test_above() {
    assert_eq!(*blink.put(42), 42);
}

#[test]
#[blink_frame(thread_local)]
fn a_test_below() {
    assert_eq!(*blink.put(42), 42);
}

#[test]
#[should_panic = "as it should"]
#[blink_frame(in = Blink::new())]
fn a_test_that_panics() {
    blink.put(1);
    panic!("as it should")
}

// `in`

struct Places<'f> {
    root: Blink,
    shared: RefCell<Blink>,
    locked: Mutex<SendBlink>,
    frame: Frame<'f>,
    many: [Blink; 2],
}

impl<'f> Places<'f> {
    fn new(frame: Frame<'f>) -> Self {
        Self {
            root: Blink::new(),
            shared: RefCell::default(),
            locked: Mutex::default(),
            frame,
            many: [Blink::new(), Blink::new()],
        }
    }

    #[blink_frame(in = self.root)]
    fn field(&mut self, count: &mut u32) -> &mut Frame<'f> {
        blink.put(Word::new(1));
        *count += *blink.put(1);
        &mut self.frame
    }

    #[blink_frame(in = self.shared.borrow_mut())]
    fn guard(&self, count: &mut u32) {
        blink.put(Word::new(2));
        *count += *blink.put(1);
        assert!(self.shared.try_borrow().is_err());
    }

    #[blink_frame(in = self.locked.lock().unwrap())]
    fn locked(&self, count: &mut u32) {
        blink.put(Word::new(3));
        *count += *blink.put(1);
        assert!(self.locked.try_lock().is_err());
    }

    #[blink_frame(mem, in = self.frame)]
    fn handle(&mut self, count: &mut u32) {
        mem.put(Word::new(4));
        *count += *mem.put(1);
        nothing(mem);
    }

    #[blink_frame(in = self.many[at])]
    fn index(&mut self, at: usize, count: &mut u32) {
        blink.put(Word::new(5));
        *count += *blink.put(1);
    }

    #[blink_frame(in = *self.locked.get_mut().unwrap())]
    fn deref(&mut self, count: &mut u32) {
        blink.put(Word::new(6));
        *count += *blink.put(1);
    }
}

#[blink_frame(in = (*arena))]
fn reference(arena: &mut Blink, count: &mut u32) {
    blink.put(Word::new(7));
    *count += *blink.put(1);
}

#[blink_frame(in = arena)]
fn parameter(mut arena: Blink, count: &mut u32) {
    blink.put(Word::new(8));
    *count += *blink.put(1);
}

#[blink_frame(in = { let mut arena = Blink::new(); arena.put(Word::new(10)); arena })]
fn block(count: &mut u32) {
    blink.put(Word::new(9));
    *count += *blink.put(1);
}

thread_local! {
    static ARENA: RefCell<Blink> = RefCell::default();
}

#[blink_frame(in = arena.borrow_mut())]
fn borrowed(arena: &RefCell<Blink>, count: &mut u32) {
    blink.put(Word::new(11));
    *count += *blink.put(1);
}

#[blink_frame(in = lock(), crate = blink_alloc)]
fn of_everywhere(count: &mut u32) {
    blink.put(Word::new(12));
    *count += *blink.put(1);
}

fn lock() -> std::sync::MutexGuard<'static, SendBlink> {
    static ARENA: Mutex<Option<&'static Mutex<SendBlink>>> = Mutex::new(None);
    let mut arena = ARENA.lock().unwrap();
    let arena = arena.get_or_insert_with(|| Box::leak(Box::default()));
    arena.lock().unwrap()
}

#[test]
fn in_places() {
    drops::restart();
    let mut root = Blink::new();
    let mut places = Places::new(root.as_frame());
    let count = &mut 0;
    for round in 1..4 {
        nothing(places.field(count));
        places.guard(count);
        places.locked(count);
        places.handle(count);
        places.index(0, count);
        places.index(1, count);
        places.deref(count);
        reference(&mut places.root, count);
        parameter(std::mem::take(&mut places.root), count);
        block(count);
        ARENA.with(|arena| borrowed(arena, count));
        of_everywhere(count);
        assert_eq!(drops::order(), [1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12]);
        assert_eq!(*count, 12 * round);
    }
    assert_eq!(places.root.allocator().allocated_bytes(), 0);
    assert_eq!(places.shared.borrow().allocator().allocated_bytes(), 0);
    drop(places);
    assert_eq!(root.allocator().allocated_bytes(), 0);
}

#[test]
fn in_an_arena_over_an_await() {
    struct Actor {
        scratch: SendBlink,
        seen: usize,
    }
    impl Actor {
        #[blink_frame(in = self.scratch)]
        async fn receive(&mut self, text: &str) -> &mut usize {
            let text = blink.copy_str(text);
            pause().await;
            blink.put(text.to_owned());
            pause().await;
            self.seen += text.len();
            &mut self.seen
        }
    }
    fn is_send<T: Send>(future: T) -> T {
        future
    }
    let mut actor = Actor {
        scratch: SendBlink::default(),
        seen: 0,
    };
    assert_eq!(finish(is_send(actor.receive("text"))), (&mut 4, 3));
    drop(actor.receive("never polled"));
    assert_eq!(finish(actor.receive("text")), (&mut 8, 3));
    assert_eq!(actor.scratch.allocator().allocated_bytes(), 0);
}

// Hygiene

/// What else could be called `blink_alloc`.
mod reexport {
    pub mod deep {
        pub use ::blink_alloc::*;
    }
}

mod elsewhere {
    //! Everything that the expansion could mean by mistake has another meaning here.
    #![allow(non_upper_case_globals, non_camel_case_types, dead_code)]

    pub mod core {}
    pub mod std {}
    pub mod alloc {}
    pub mod blink_alloc {}
    pub mod __private {}

    pub struct Frame;
    pub struct Option;
    pub struct Result;
    pub fn handle() {}
    pub fn guard() {}
    pub fn _tip() {}
    pub fn frame_of_f() {}
    pub fn enter_body() {}
    pub fn scratch() {}

    pub trait Handle {
        fn handle(&mut self) -> u32 {
            1
        }
        fn __enter(&mut self) -> u32 {
            2
        }
        fn frame(&mut self) -> u32 {
            3
        }
    }
    impl<T: ?Sized> Handle for T {}

    #[super::blink_frame(crate = crate::reexport::deep)]
    pub fn f(number: u32) -> u32 {
        let (handle, guard, _tip, frame_of_f) = (1, 2, 4, 8);
        *blink.put(number + handle + guard + _tip + frame_of_f)
    }

    #[super::blink_frame(handle)]
    pub fn g(number: u32) -> u32 {
        *handle.put(number)
    }

    #[super::blink_frame(guard, in = guard)]
    pub fn h(mut guard: ::blink_alloc::Blink) -> u32 {
        *guard.put(4)
    }

    #[super::blink_frame(guard, in = { let mut handle = ::blink_alloc::Blink::new(); handle.reset(); handle })]
    pub fn i() -> u32 {
        *guard.put(5)
    }

    #[super::blink_frame(_tip, thread_local, crate = ::blink_alloc)]
    pub fn j(handle: u32) -> u32 {
        *_tip.put(handle)
    }

    #[super::blink_frame(frame_of_k)]
    pub fn k(handle: u32, guard: u32) -> u32 {
        let values = frame_of_k.fill_iter([handle, guard]);
        values[0] + values[1]
    }

    #[super::blink_frame(crate = super::reexport::deep, thread_local, scratch)]
    pub fn l<T>(scratched: &T) -> &T {
        scratch.put(1);
        scratched
    }
}

#[test]
fn names_of_the_user_are_the_users() {
    assert_eq!(traceless(|frame| elsewhere::f(frame, 16)), 31);
    assert_eq!(traceless(|frame| elsewhere::g(frame, 3)), 3);
    assert_eq!(elsewhere::h(Blink::new()), 4);
    assert_eq!(elsewhere::i(), 5);
    assert_eq!(elsewhere::j(6), 6);
    assert_eq!(traceless(|frame| elsewhere::k(frame, 3, 4)), 7);
    assert_eq!(*elsewhere::l(&1), 1);
}

#[test]
fn the_body_may_hide_the_handle() {
    #[blink_frame]
    fn hides(numbers: &[u32]) -> u32 {
        let total = sum(blink, numbers);
        let numbers = blink.copy_slice(numbers);
        let blink = 5;
        let inner = {
            let blink = blink + 1;
            move |other: u32| blink + other
        };
        numbers.len() as u32 + inner(blink) + total
    }
    assert_eq!(traceless(|frame| hides(frame, &[1, 2])), 2 + 11 + 3);

    #[blink_frame]
    fn has_its_own() -> u32 {
        #[blink_frame]
        fn inner() -> u32 {
            *blink.put(3)
        }
        let kept = blink.put_no_drop(4);
        let mut root = Blink::new();
        let mut blink = root.as_frame();
        inner(&mut blink) + *kept
    }
    assert_eq!(traceless(has_its_own), 7);
}

#[test]
fn handles_that_are_swapped_do_no_harm() {
    #[blink_frame]
    fn swaps() {
        let mut root = Blink::new();
        let mut other = root.as_frame();
        blink.put(Word::new(1));
        other.put(Word::new(2));
        std::mem::swap(blink, &mut other);
        let in_root = blink.put(Word::new(3));
        let in_frame = other.put(Word::new(4));
        nothing(blink);
        nothing(&mut other);
        assert_eq!((in_root.id(), in_frame.id()), (3, 4));
    }
    traceless(swaps);
    drops::restart();
    swaps(&mut Blink::new().as_frame());
    assert_eq!(drops::order(), [3, 2, 4, 1]);
}

// Macros

macro_rules! whole {
    ($name:ident) => {
        #[blink_frame]
        fn $name(text: &str) -> &str {
            let handle = blink.copy_str(text);
            &text[..handle.len()]
        }
    };
}

macro_rules! named {
    ($name:ident, $handle:ident, $($field:ident: $type:ty),* => $result:ty, $body:block) => {
        #[blink_frame($handle)]
        fn $name($($field: $type),*) -> $result $body
    };
}

macro_rules! default_name {
    ($name:ident $body:block) => {
        #[blink_frame]
        fn $name() -> u32 $body
    };
}

macro_rules! described {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($($args:tt)*) -> $result:ty { $($body:tt)* }) => {
        $(#[$meta])*
        $vis fn $name($($args)*) -> $result { $($body)* }
    };
}

macro_rules! mixed {
    ($outer:ident) => {
        #[blink_frame]
        fn two_of_a_name(blink: &mut Frame<'_>, $outer: &mut Frame<'_>) -> (u32, u32) {
            (*blink.put_no_drop(1), *$outer.put_no_drop(2))
        }
    };
}

macro_rules! place {
    ($name:ident, $place:expr, $body:expr) => {
        #[blink_frame(mem, in = $place)]
        fn $name() -> u32 {
            *mem.put_no_drop($body)
        }
    };
}

macro_rules! in_parts {
    ($attribute:meta; $lifetime:lifetime, $pattern:pat, $type:ty, $path:path => $value:expr) => {
        #[$attribute]
        fn in_parts<$lifetime>($pattern: $type) -> $path {
            let mem = blink;
            mem.put(1);
            $value
        }
    };
}

#[test]
fn inside_of_macros() {
    whole!(whole);
    assert_eq!(traceless(|frame| whole(frame, "text").len()), 4);

    named!(parts, mem, text: &str, number: u32 => u32, {
        mem.put(Word::new(1));
        mem.copy_str(text).len() as u32 + number
    });
    assert_eq!(traceless(|frame| parts(frame, "text", 3)), 7);

    named!(elided, mem, text: &str => &str, { mem.put(1); text });
    assert_eq!(traceless(|frame| elided(frame, "text").len()), 4);

    named!(declared, mem, mem: &mut Frame<'_>, number: u32 => u32, { *mem.put(number) });
    assert_eq!(traceless(|frame| declared(frame, 5)), 5);

    default_name!(from_outside { *blink.put(6) });
    assert_eq!(traceless(from_outside), 6);

    described! {
        /// A comment.
        #[blink_frame(mem)]
        #[must_use]
        pub(crate) fn attributed(text: &str) -> &str {
            mem.put(Word::new(1));
            text
        }
    }
    assert_eq!(traceless(|frame| attributed(frame, "text").len()), 4);

    mixed!(blink);
    drops::restart();
    let (mut a, mut b) = (Blink::new(), Blink::new());
    let both = two_of_a_name(&mut a.as_frame(), &mut b.as_frame());
    assert_eq!(both, (1, 2));
    assert_eq!(a.allocator().allocated_bytes(), 0);
    assert!(b.allocator().allocated_bytes() > 0);

    place!(in_place, Blink::new(), 8);
    assert_eq!(in_place(), 8);

    in_parts!(blink_frame; 'x, (text, _), (&str, &'x str), Option<usize> => Some(text.len()));
    assert_eq!(traceless(|frame| in_parts(frame, ("text", ""))), Some(4));
}

// Temporaries of the last expression

#[test]
fn temporaries_are_dropped_before_the_frame() {
    #[blink_frame]
    fn guard_of_a_local() -> u32 {
        let cell = blink.put(RefCell::new(1));
        *cell.borrow()
    }
    #[blink_frame]
    fn guard_of_the_frame() -> u32 {
        blink.put(Word::new(1));
        (Word::new(2), blink.put(Word::new(3))).0.id()
    }
    #[blink_frame]
    fn lock() -> usize {
        let list = &*blink.put(Mutex::new(vec![1, 2, 3]));
        list.lock().unwrap().len()
    }
    #[blink_frame]
    fn builder() -> usize {
        blink.emplace().from_iter(1..4).len()
    }
    #[blink_frame]
    fn in_a_match() -> usize {
        match blink
            .emplace_no_drop()
            .from_iter(1..4)
            .iter()
            .peekable()
            .peek()
        {
            Some(first) => **first,
            None => 0,
        }
    }
    #[blink_frame]
    fn in_an_if() -> u32 {
        if let Some(number) = blink.put(RefCell::new(Some(5))).borrow().as_ref() {
            *number
        } else {
            0
        }
    }
    assert_eq!(traceless(guard_of_a_local), 1);
    assert_eq!(traceless(guard_of_the_frame), 2);
    assert_eq!(traceless(lock), 3);
    assert_eq!(traceless(builder), 3);
    assert_eq!(traceless(in_a_match), 1);
    assert_eq!(traceless(in_an_if), 5);
    drops::restart();
    guard_of_the_frame(&mut Blink::new().as_frame());
    assert_eq!(drops::order(), [2, 3, 1]);
}
