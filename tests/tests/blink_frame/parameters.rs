//! The parameter, injected or declared, beside others.

use super::*;

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
    fn any<A: blink_alloc::Rewind, M: blink_alloc::Sharing>(
        blink: &mut Frame<'_, A, M>,
        deep: u32,
    ) -> u32 {
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
