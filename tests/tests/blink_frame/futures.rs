//! `async fn`: finished, dropped half-way, forgotten, sent.

use super::*;

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
