//! Programs that try to misuse frames from safe code, at least one for each rule that makes
//! them sound (numbers are those of the design). Values count their drops and bytes are
//! compared; what else goes wrong is seen by AddressSanitizer, which knows the marks.

use std::{
    cell::{Cell, RefCell},
    future::{Future, poll_fn},
    mem,
    pin::pin,
    rc::Rc,
    sync::{Arc, Mutex, mpsc},
    task::{Context, Poll, Waker},
    thread,
};

use allocator_api2::{boxed::Box as ApiBox, vec::Vec as ApiVec};
use blink_alloc::{
    Blink, BlinkAlloc, Frame, FrameGuard, Rewind, SendBlink, Sendable, Sharing, Slot,
};
use blink_tests::{
    base::Base,
    drops::{self, Byte, Counted, Large, Nothing, Wide, WideNothing, Word, planned},
    every_counted,
};

/// Overwrites what is free behind the cursor, and gives it back.
fn scribble<A: Rewind, M: Sharing>(frame: &mut Frame<'_, A, M>) {
    frame.scope(|frame| {
        for size in [1, 7, 64, 1000, 5000] {
            frame.copy_slice(&vec![0xee_u8; size]);
        }
    });
}

// Rule 1: references of a caller live over the frames of its callees.

/// A list that goes through the frames of all callers.
struct Node<'a> {
    number: usize,
    next: Option<&'a Node<'a>>,
}

fn sum(node: &Node<'_>) -> usize {
    node.number + node.next.map_or(0, sum)
}

fn descend<A: Rewind>(frame: &mut Frame<'_, A>, caller: &Node<'_>, depth: usize) -> usize {
    let mut guard = frame.enter();
    let mine = guard.frame();
    let padding = mine.fill(depth * 37 % 300, depth as u8);
    let next = Some(caller);
    let number = depth;
    let node = mine.put_no_drop(Node { number, next });
    if depth == 0 {
        return sum(node);
    }
    let (one, other) = (
        descend(mine, node, depth - 1),
        descend(mine, node, depth - 1),
    );
    assert_eq!(one, other);
    assert!(padding.iter().all(|&byte| byte == depth as u8));
    one
}

#[test]
fn rule_1_callers_values_stay_while_callees_have_frames() {
    for base in Base::all() {
        let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
        let root = Node {
            number: 1,
            next: None,
        };
        assert_eq!(descend(&mut blink.as_frame(), &root, 9), 46);
        assert_eq!(blink.allocator().allocated_bytes(), 0);
    }
}

#[test]
fn rule_1_slots_of_callers_are_filled_from_frames_of_callees() {
    fn fill<'o>(frame: &mut Frame<'_>, slot: Slot<'o, [u64; 9]>, depth: u64) -> &'o mut [u64; 9] {
        let mut guard = frame.enter();
        let mine = guard.frame();
        let scratch = mine.fill(depth as usize * 100, 7_u8);
        match depth {
            0 => slot.fill([scratch.len() as u64 + 5; 9]),
            _ => fill(mine, slot, depth - 1),
        }
    }

    let mut blink = Blink::new();
    let mut frame = blink.as_frame();
    let (one, unused) = (frame.slot(), frame.slot::<u64>());
    let numbers = fill(&mut frame, one, 20);
    scribble(&mut frame);
    assert_eq!(*numbers, [5; 9]);
    // Never filled, or filled with nothing.
    drop(unused);
    let nothing: &mut () = frame.slot().fill(());
    assert_eq!(*nothing, ());
}

// Rule 2: a guard ends its own frame, whatever became of its handle.

#[test]
fn rule_2_swapped_handles_of_two_arenas() {
    drops::restart();
    let (mut one, mut other) = (Blink::new(), Blink::new());
    {
        let mut first = one.enter();
        let mut second = other.enter();
        let (a, b) = (first.frame(), second.frame());
        mem::swap(a, b);
        let text = a.copy_str("in the second arena");
        let word = b.put(Word::new(1));
        scribble(a);
        scribble(b);
        assert_eq!((&*text, word.id()), ("in the second arena", 1));
        // Fresh handles: each is that of its guard.
        first.frame().put(Word::new(2));
        second.frame().put(Word::new(3));
        drop(second);
        assert_eq!(drops::order_from(0), [3]);
        scribble(first.frame());
    }
    assert_eq!(drops::order(), [3, 2, 1]);
    assert_eq!(one.allocator().allocated_bytes(), 0);
    assert_eq!(other.allocator().allocated_bytes(), 0);
}

#[test]
fn rule_2_a_handle_taken_out_of_its_guard() {
    drops::restart();
    let (mut one, mut other) = (Blink::new(), Blink::new());
    {
        let mut guard = one.enter();
        let mut taken = mem::replace(guard.frame(), other.as_frame());
        taken.put(Word::new(1));
        taken.scope(|frame| _ = frame.put(Word::new(2)));
        assert_eq!(drops::dropped(), 1);
        // Not that of the other arena, though it was put here.
        guard.frame().put(Word::new(3));
    }
    assert_eq!(drops::order(), [2, 3, 1]);
    assert_eq!(other.allocator().total_capacity(), 0);
}

#[test]
fn rule_2_roots_that_were_swapped_end_with_their_arenas() {
    drops::restart();
    let (mut one, mut other) = (Blink::new(), Blink::new());
    {
        let (mut a, mut b) = (one.as_frame(), other.as_frame());
        mem::swap(&mut a, &mut b);
        a.put(Byte::new(0));
        a.scope(|frame| _ = frame.put(Word::new(1)));
        b.scope(|frame| _ = frame.put(Word::new(4)));
    }
    assert_eq!(drops::order_from(0), [1, 4]);
    one.put(Word::new(2));
    other.put(Word::new(3));
    drop(one);
    assert_eq!(drops::order_from(2), [2]);
    drop(other);
    assert_eq!(drops::order(), [1, 4, 2, 3, 0]);
}

#[test]
fn rule_2_guards_that_moved_end_their_frames() {
    drops::restart();
    let mut blink = Blink::new();
    let mut guard = Box::new(Some(blink.enter()));
    let text = Option::as_mut(&mut guard)
        .unwrap()
        .frame()
        .copy_str("first");
    assert_eq!(text, "first");
    let mut guard = guard.take().unwrap();
    guard.frame().put(Word::new(1));
    let mut guards = vec![guard];
    guards[0].frame().put(Word::new(2));
    drop(guards);
    assert_eq!(drops::order(), [2, 1]);
}

// Rule 3: a forgotten guard leaves everything to the frame around it.

fn forgotten<T: Counted>() {
    drops::restart();
    for base in Base::all() {
        let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
        let mut root = blink.as_frame();
        let kept = root.put(T::new(0));
        {
            let mut outer = root.enter();
            outer.frame().put(T::new(1));
            for id in 2..5 {
                let mut inner = outer.frame().enter();
                inner.frame().put(T::new(id));
                inner
                    .frame()
                    .clone_slice(&[T::new(10 + id), T::new(20 + id)]);
                mem::forget(inner);
                scribble(outer.frame());
            }
            // The last drops what was cloned from, and nothing of the forgotten.
            assert_eq!(drops::made() - drops::dropped(), 2 + 3 * 3);
        }
        assert_eq!(drops::made() - drops::dropped(), 1);
        scribble(&mut root);
        kept.id();
        drop(blink);
        drops::assert_counts();
        drops::restart();
    }
}

#[test]
fn rule_3_values_of_forgotten_guards_are_dropped_once() {
    every_counted!(forgotten);
}

#[test]
fn rule_3_newest_first_over_forgotten_frames() {
    drops::restart();
    let mut blink = Blink::new();
    let mut outer = blink.enter();
    let frame = outer.frame();
    frame.put(Word::new(0));
    let mut inner = frame.enter();
    inner.frame().put(Word::new(1));
    let mut innermost = inner.frame().enter();
    innermost.frame().put(Word::new(2));
    mem::forget(innermost);
    inner.frame().put(Word::new(3));
    mem::forget(inner);
    frame.put(Word::new(4));
    drop(outer);
    assert_eq!(drops::order(), [4, 3, 2, 1, 0]);
    // At the root, too.
    let mut guard = blink.enter();
    guard.frame().put(Word::new(5));
    mem::forget(guard);
    blink.put(Word::new(6));
    blink.reset();
    assert_eq!(drops::order(), [6, 5]);
}

#[test]
fn rule_3_frames_for_ever() {
    // Where the adaptor is leaked everything is `'static`: guards and handles can be put.
    drops::restart();
    let boxes = (
        Box::into_raw(Box::<Blink>::default()),
        Box::into_raw(Box::new(None)),
    );
    // SAFETY: the boxes are freed at the end, when nobody uses them.
    let leaked: &'static mut Blink = unsafe { &mut *boxes.0 };
    // SAFETY: as above.
    let root: &'static mut Option<Frame<'static>> = unsafe { &mut *boxes.1 };
    let root: &'static mut Frame<'static> = root.insert(leaked.as_frame());
    let guard: FrameGuard<'static> = root.enter();

    // A guard whose frame holds a way back to it.
    let own = Rc::new(RefCell::new(Some(guard)));
    let back = own.clone();
    own.borrow_mut().as_mut().unwrap().frame().put(back);
    own.borrow_mut().as_mut().unwrap().frame().put(Word::new(1));

    // The guard as a value of another arena, dropped there.
    let guard = own.borrow_mut().take().unwrap();
    let mut holder = Blink::new();
    holder.put(guard).frame().put(Word::new(2));
    holder.put(Word::new(3));
    holder.reset();
    assert_eq!(drops::order(), [3, 2, 1]);
    assert_eq!(Rc::strong_count(&own), 1);
    // SAFETY: the guard has ended, and the handle is not used.
    drop(unsafe { Box::from_raw(boxes.1) });
    // SAFETY: as above.
    drop(unsafe { Box::from_raw(boxes.0) });
}

// Rule 4: destructors before the cursor, whatever panics.

fn panics<T: Counted>() {
    for base in Base::all() {
        for fuse in 0..8 {
            drops::restart();
            let mut blink = Blink::new_in(BlinkAlloc::new_in(base.again()));
            let mut root = blink.as_frame();
            let kept = root.put(T::new(1));
            let mark = root.copy_slice(&[1_u8; 33]);
            drops::panic_after(fuse);
            let panicked = planned(|| {
                let mut guard = root.enter();
                let frame = guard.frame();
                frame.fill_with(3, |id| T::new(2 + id as u32));
                frame.scope(|frame| {
                    frame.put(T::new(5));
                    frame.put(T::new(6));
                });
                frame.put(T::new(7));
            });
            assert_eq!(panicked, fuse < 6);
            // Not one is left or was dropped twice. Where the inner frame panicked the last
            // was never made.
            assert_eq!(drops::made() - drops::dropped(), 1);
            drops::panic_after(usize::MAX);
            scribble(&mut root);
            kept.id();
            assert_eq!(mark, [1; 33]);
            drop(blink);
            drops::assert_counts();
        }
    }
}

#[test]
fn rule_4_a_panic_of_a_destructor_drops_the_rest_and_rewinds() {
    every_counted!(panics);
}

#[test]
fn rule_4_a_panic_of_the_body_drops_and_rewinds() {
    drops::restart();
    let mut blink = Blink::new();
    let ended = planned(|| {
        blink.scope(|frame| {
            frame.put(Large::new(1));
            let mut guard = frame.enter();
            guard.frame().put(Wide::new(2));
            guard.frame().fill_iter((3..9).map(|id| {
                if id == 7 {
                    drops::panic_as_planned();
                }
                Byte::new(id)
            }));
        });
    });
    assert!(ended);
    // What had not become a slice yet goes first.
    assert_eq!(drops::order(), [3, 4, 5, 6, 2, 1]);
    assert_eq!(blink.allocator().allocated_bytes(), 0);
}

/// When it is dropped, uses an adaptor of the thread, and frames there.
struct Reenters(u32);

thread_local! {
    static SCRATCH: RefCell<Blink> = RefCell::default();
    static REENTERED: Cell<usize> = const { Cell::new(0) };
}

impl Drop for Reenters {
    fn drop(&mut self) {
        SCRATCH.with(|scratch| {
            // Borrowed where the frame that ends is one of it.
            let Ok(mut scratch) = scratch.try_borrow_mut() else {
                return;
            };
            scratch.scope(|frame| {
                REENTERED.set(REENTERED.get() + 1);
                assert_eq!(frame.fill(100, self.0), [self.0; 100]);
                if self.0 > 0 {
                    frame.put(Reenters(self.0 - 1));
                }
            });
        });
    }
}

#[test]
fn rule_4_destructors_that_use_frames() {
    let mut blink = Blink::new();
    blink.scope(|frame| {
        frame.put(Reenters(3));
        let mut guard = frame.enter();
        guard.frame().fill_with(2, |_| Reenters(2));
    });
    // Each of the three; those within find the adaptor borrowed.
    assert_eq!(REENTERED.get(), 3);
    SCRATCH.with_borrow_mut(|scratch| {
        scratch.scope(|frame| _ = frame.put(Reenters(1)));
        assert_eq!(scratch.allocator().allocated_bytes(), 0);
    });
    assert_eq!(REENTERED.get(), 3);
}

#[test]
fn rule_4_destructors_that_drop_others_of_the_same_frame() {
    /// Takes another value with it.
    struct Takes(Rc<RefCell<Vec<Word>>>);

    impl Drop for Takes {
        fn drop(&mut self) {
            self.0.borrow_mut().pop();
        }
    }

    drops::restart();
    let shared = Rc::new(RefCell::new(vec![Word::new(1), Word::new(2), Word::new(3)]));
    let mut blink = Blink::new();
    blink.scope(|frame| {
        frame.put(Takes(shared.clone()));
        frame.put(shared);
        frame.scope(|frame| _ = frame.put(Takes(frame_owner(frame))));
        frame.put_no_drop(());
    });
    drops::assert_all_dropped();

    fn frame_owner(frame: &Frame<'_>) -> Rc<RefCell<Vec<Word>>> {
        frame.put(Rc::new(RefCell::new(vec![Word::new(4)]))).clone()
    }
}

// Rules 5 and 9: builders and collections borrow the handle.

#[test]
fn rule_5_builders_whose_code_uses_the_same_frame() {
    for base in Base::all() {
        drops::restart();
        let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
        blink.scope(|frame| {
            let frame: &Frame<'_, _> = frame;
            let outer = frame.emplace().from_iter((0..40).map(|id| {
                let inner = frame.emplace().from_iter((0..id % 7).map(|_| {
                    frame.fill(3, 0xaa_u8);
                    Byte::new(9)
                }));
                assert!(inner.iter().all(|byte| byte.id() == 9));
                Large::new(id)
            }));
            for (id, large) in outer.iter().enumerate() {
                assert_eq!(large.id(), id as u32);
            }
            let failed: Result<_, &mut [u8]> = frame
                .emplace::<Word>()
                .with_fallible(|| Err(frame.fill(50, 3)));
            assert_eq!(failed.err().unwrap(), [3; 50]);
        });
        drops::assert_counts();
        assert_eq!(blink.allocator().allocated_bytes(), 0);
    }
}

#[test]
fn rule_9_kept_slices_stay_over_frames_of_callees() {
    for base in Base::all() {
        let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
        let mut root = blink.as_frame();
        let mut outer = root.enter();
        let frame = outer.frame();
        let mut kept: Vec<&mut [usize]> = Vec::new();
        for count in [0, 1, 10, 1000, 3] {
            let mut numbers = ApiVec::with_capacity_in(count / 2, &*frame);
            let mut between = ApiVec::new_in(&*frame);
            for number in 0..count {
                numbers.push(number);
                between.push(number as u8);
            }
            drop(between);
            kept.push(Frame::keep(numbers));
            scribble(frame);
            frame.put([1_u8; 3]);
        }
        let counts: Vec<_> = kept.iter().map(|numbers| numbers.len()).collect();
        assert_eq!(counts, [0, 1, 10, 1000, 3]);
        for numbers in kept {
            assert!(numbers.iter().enumerate().all(|(at, &number)| at == number));
        }
    }
}

#[test]
fn rule_9_kept_items_are_never_dropped() {
    fn kept<T: Counted>() {
        drops::restart();
        let mut blink = Blink::new();
        blink.scope(|frame| {
            let mut values = ApiVec::new_in(&**frame);
            values.extend((0..5).map(T::new));
            values.truncate(4);
            assert_eq!(Frame::keep(values).len(), 4);
        });
        assert_eq!((drops::made(), drops::dropped()), (5, 1));
    }

    // Those without blocks of the heap, which would leak.
    kept::<Nothing>();
    kept::<WideNothing>();
    kept::<Byte>();
}

#[test]
fn rule_5_an_arena_over_a_handle() {
    drops::restart();
    let mut blink = Blink::new();
    let mut root = blink.as_frame();
    let text = root.copy_str("below");
    {
        let mut guard = root.enter();
        let frame = guard.frame();
        // Chunks that are blocks of a frame.
        let mut inner = Blink::new_in(BlinkAlloc::new_in(&*frame));
        for id in 0..4 {
            inner.put(Word::new(id));
            inner.scope(|deeper| {
                deeper.put(Large::new(10 + id));
                let innermost = Blink::new_in(BlinkAlloc::new_in(&**deeper));
                innermost.fill(1000, 1_u8);
                // Leaks its chunks to the frame, which takes them back.
                mem::forget(innermost);
            });
        }
        let boxed = ApiBox::leak(ApiBox::new_in([4_u8; 100], &*frame));
        drop(inner);
        assert_eq!(*boxed, [4; 100]);
        scribble(frame);
    }
    assert_eq!(text, "below");
    drops::assert_all_dropped();
}

// Rule 6: a rewind frees nothing; only the root's reset does.

#[test]
fn rule_6_rewinds_do_not_call_the_base_allocator() {
    for base in Base::all() {
        let mut blink = Blink::new_in(BlinkAlloc::new_in(base.again()));
        let mut calls = 0;
        for round in 0..50 {
            let mut guard = blink.enter();
            let frame = guard.frame();
            for size in [10, 10_000, 10, 100_000, 700] {
                let bytes = frame.fill(size, size as u8);
                frame.scope(|frame| _ = frame.fill(3 * size, 0_u8));
                assert!(bytes.iter().all(|&byte| byte == size as u8));
            }
            drop(guard);
            let now = blink.allocator().inner().calls();
            assert!(round == 0 || now == calls, "round {round}");
            calls = now;
        }
        assert_eq!(blink.allocator().allocated_bytes(), 0);
    }
}

// Rule 7: frames need exclusive access.

#[test]
fn rule_7_frames_over_a_borrowed_arena() {
    drops::restart();
    let mut arena = BlinkAlloc::new();
    for id in 0..3 {
        let mut blink = Blink::new_in(&mut arena);
        // The arena through the adaptor, as long as that is not borrowed otherwise.
        let mut numbers = ApiVec::new_in(blink.allocator());
        numbers.extend(0..100);
        let second = Blink::new_in(blink.allocator());
        assert_eq!(second.put(Word::new(id)).id(), id);
        drop((numbers, second));

        blink.scope(|frame| {
            frame.put(Word::new(10 + id));
            mem::forget(frame.enter());
        });
    }
    drops::assert_all_dropped();
}

#[test]
fn rule_7_an_adaptor_that_is_forgotten_in_a_frame() {
    drops::restart();
    let mut arena = BlinkAlloc::new();
    let mut blink = Blink::new_in(&mut arena);
    blink.as_frame().put(Byte::new(1));
    let mut guard = blink.enter();
    guard.frame().put(Byte::new(2));
    mem::forget(guard);
    mem::forget(blink);
    // What was held is never dropped, and the arena may be used for other values.
    arena.reset();
    let mut blink = Blink::new_in(&mut arena);
    scribble(&mut blink.as_frame());
    blink.put(Byte::new(3));
    drop(blink);
    assert_eq!(drops::order(), [3]);
}

// Rule 8: sendable frames.

fn work(frame: &mut Frame<'_, BlinkAlloc, Sendable>, dropped: &Arc<Mutex<Vec<u32>>>, id: u32) {
    frame.put(Logs(dropped.clone(), id));
}

/// Says where it was dropped.
struct Logs(Arc<Mutex<Vec<u32>>>, u32);

impl Drop for Logs {
    fn drop(&mut self) {
        self.0.lock().unwrap().push(self.1);
    }
}

#[test]
fn rule_8_handles_and_guards_go_to_other_threads() {
    let dropped = Arc::new(Mutex::new(Vec::new()));
    let mut blink = SendBlink::new(Blink::new());
    let mut root = blink.as_frame();
    work(&mut root, &dropped, 0);
    // Bound to this thread, never dropped, and not in the way of the others.
    let here = root.put_no_drop(mem::ManuallyDrop::new(Cell::new(1)));
    for round in 1..20 {
        let mut guard = root.enter();
        work(guard.frame(), &dropped, round);
        let (send, receive) = mpsc::channel();
        thread::scope(|scope| {
            scope.spawn(|| {
                let frame = guard.frame();
                work(frame, &dropped, 100 + round);
                frame.scope(|frame| {
                    work(frame, &dropped, 200 + round);
                    thread::scope(|scope| {
                        scope.spawn(|| work(frame, &dropped, 300 + round));
                    });
                });
                send.send(frame.copy_str("sent").len()).unwrap();
            });
            here.set(here.get() + 1);
        });
        assert_eq!(receive.recv(), Ok(4));
        // The guard ends in another thread, or is forgotten there.
        thread::scope(|scope| {
            scope.spawn(move || match round % 5 {
                0 => mem::forget(guard),
                _ => drop(guard),
            });
        });
    }
    assert_eq!(here.get(), 20);
    drop(thread::spawn(move || drop(blink)).join());
    let mut dropped = mem::take(&mut *dropped.lock().unwrap());
    assert_eq!(dropped.pop(), Some(0));
    dropped.sort_unstable();
    let all: Vec<_> = (0..4)
        .flat_map(|hundred| (1..20).map(move |round| 100 * hundred + round))
        .collect();
    assert_eq!(dropped, all);
}

/// Is pending once.
async fn pause() {
    let mut polled = false;
    poll_fn(|_| {
        if mem::replace(&mut polled, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

async fn request(frame: &mut Frame<'_, BlinkAlloc, Sendable>, depth: u32) -> u32 {
    let mut guard = frame.enter();
    let mine = guard.frame();
    let value = mine.put(vec![depth; 10]);
    pause().await;
    let inner = match depth {
        0 => 0,
        _ => Box::pin(request_again(mine, depth - 1)).await,
    };
    scribble(mine);
    pause().await;
    value.iter().sum::<u32>() + inner
}

fn request_again<'a>(
    frame: &'a mut Frame<'_, BlinkAlloc, Sendable>,
    depth: u32,
) -> std::pin::Pin<Box<dyn Future<Output = u32> + Send + 'a>> {
    Box::pin(request(frame, depth))
}

#[test]
fn rule_8_guards_in_futures_that_change_threads_or_are_cancelled() {
    for polls in [1, 2, 5, 7, 9] {
        let mut blink = SendBlink::new(Blink::new());
        let mut root = blink.as_frame();
        let before = root.put(String::from("before"));
        {
            let mut future = pin!(request(&mut root, 3));
            for poll in 0..polls {
                thread::scope(|scope| {
                    scope.spawn(|| {
                        let mut context = Context::from_waker(Waker::noop());
                        let done = future.as_mut().poll(&mut context);
                        let expected = if poll == 8 {
                            Poll::Ready(60)
                        } else {
                            Poll::Pending
                        };
                        assert_eq!(done, expected);
                    });
                });
            }
            // Cancelled, but for the last.
        }
        scribble(&mut root);
        assert_eq!(before, "before");
        blink.reset();
        assert_eq!(blink.allocator().allocated_bytes(), 0);
    }
}

// Sizes and alignments.

fn shapes<T: Counted>() {
    for base in Base::all() {
        drops::restart();
        let mut blink = Blink::new_in(BlinkAlloc::new_in(base));
        // Over the end of chunks, with equal values in parent and child.
        for padding in 0..120 {
            let mut guard = blink.enter();
            let frame = guard.frame();
            frame.fill(padding * 17, 1_u8);
            let parent = frame.put(T::new(1));
            frame.scope(|frame| {
                let child = frame.put(T::new(2));
                frame.emplace().with(|| T::new(3));
                frame.put_slice([T::new(4), T::new(5)]);
                frame.put_box(Box::new(T::new(6)));
                child.id();
            });
            scribble(frame);
            parent.id();
        }
        drops::assert_counts();
        assert_eq!(blink.allocator().allocated_bytes(), 0);
    }
}

#[test]
fn values_of_every_shape_in_frames_over_the_ends_of_chunks() {
    every_counted!(shapes);
}
