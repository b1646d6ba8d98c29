//! Arenas in places that the function can name.

use super::*;

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
