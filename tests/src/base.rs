//! A base allocator that is as awkward as the trait allows, and watches its caller.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    process,
    ptr::NonNull,
    rc::Rc,
    thread,
};

use allocator_api2::alloc::{AllocError, Allocator, Global, Layout};

use crate::drops::panic_as_planned;

/// Where blocks lie, and how large they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As asked.
    Plain,
    /// More bytes than asked: odd amounts, others with each call.
    Generous,
    /// At multiples of 4096.
    Aligned,
    /// 16 bytes behind a multiple of 4096: aligned for nothing above 16.
    Crooked,
    /// At another multiple of 16 with each call.
    Shifting,
}

const SHAPES: [Shape; 5] = [
    Shape::Plain,
    Shape::Generous,
    Shape::Aligned,
    Shape::Crooked,
    Shape::Shifting,
];

/// Single requests above this are refused unless a test asks for them: checkers end the
/// program when they see absurd ones.
const CEILING: usize = 1 << 30;
const PAGE: usize = 4096;
/// Bytes behind a block that the caller must leave alone, and what they hold.
const TAIL: usize = 64;
const GUARD: u8 = 0xa5;
/// What new memory holds.
const DIRT: u8 = 0xcd;

/// A handle to a base allocator; clones share it.
///
/// It counts calls and bytes, refuses when told to, and panics if a block comes back with a
/// wrong pointer or layout, was written beyond its ends, or never comes back.
#[derive(Clone, Debug)]
pub struct Base(Rc<State>);

#[derive(Debug)]
struct State {
    shape: Shape,
    blocks: RefCell<HashMap<usize, Block>>,
    calls: Cell<usize>,
    refused: Cell<usize>,
    live: Cell<usize>,
    peak: Cell<usize>,
    ceiling: Cell<usize>,
    /// Allocations that still succeed, and how many fail after that.
    refusal: Cell<(usize, usize)>,
    /// Calls until one panics.
    fuse: Cell<Option<usize>>,
}

#[derive(Debug)]
struct Block {
    asked: Layout,
    given: usize,
    raw: NonNull<u8>,
    raw_layout: Layout,
    /// Bytes between `raw` and the block.
    front: usize,
}

impl Base {
    /// A base allocator of this shape.
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        Self(Rc::new(State {
            shape,
            blocks: RefCell::default(),
            calls: Cell::new(0),
            refused: Cell::new(0),
            live: Cell::new(0),
            peak: Cell::new(0),
            ceiling: Cell::new(CEILING),
            refusal: Cell::new((usize::MAX, 0)),
            fuse: Cell::new(None),
        }))
    }

    /// One that does what it is asked.
    #[must_use]
    pub fn plain() -> Self {
        Self::new(Shape::Plain)
    }

    /// One of each shape.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        SHAPES.into_iter().map(Self::new)
    }

    /// Another one of the same shape.
    #[must_use]
    pub fn again(&self) -> Self {
        Self::new(self.0.shape)
    }

    /// Its shape.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.0.shape
    }

    /// Calls so far of either method, refused ones too.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.0.calls.get()
    }

    /// Allocations refused so far.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.0.refused.get()
    }

    /// Bytes that were asked for and have not come back.
    #[must_use]
    pub fn live(&self) -> usize {
        self.0.live.get()
    }

    /// The most there ever was of [`live`](Self::live).
    #[must_use]
    pub fn peak(&self) -> usize {
        self.0.peak.get()
    }

    /// Blocks that have not come back.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.0.blocks.borrow().len()
    }

    /// After `after` more allocations, refuses the next `times`.
    pub fn refuse(&self, after: usize, times: usize) {
        self.0.refusal.set((after, times));
    }

    /// Refuses everything from now on.
    pub fn refuse_all(&self) {
        self.refuse(0, usize::MAX);
    }

    /// Refuses nothing any more that is below the ceiling, and does not panic.
    pub fn obey(&self) {
        self.refuse(usize::MAX, 0);
        self.0.fuse.set(None);
    }

    /// After `after` more calls of either method one panics, once: an allocation before it is
    /// made, a deallocation when it is done.
    pub fn panic_after(&self, after: usize) {
        self.0.fuse.set(Some(after));
    }

    /// Takes back what was leaked. This must be the last handle.
    pub fn reclaim(self) {
        let mut state = Rc::try_unwrap(self.0).expect("another handle is in use");
        for (_, block) in state.blocks.get_mut().drain() {
            block.give_back();
        }
    }

    /// Refuses single requests above this many bytes.
    pub fn set_ceiling(&self, bytes: usize) {
        self.0.ceiling.set(bytes);
    }
}

impl State {
    /// Counts a call; panics if it is the one.
    fn call(&self) {
        self.calls.set(self.calls.get() + 1);
        let fuse = self.fuse.get();
        self.fuse.set(fuse.and_then(|after| after.checked_sub(1)));
        if fuse == Some(0) {
            panic_as_planned();
        }
    }

    /// Whether this call is to fail; counts it.
    fn refuses(&self, layout: Layout) -> bool {
        let (after, times) = self.refusal.get();
        let due = after == 0 && times > 0;
        if after > 0 {
            self.refusal.set((after - 1, times));
        } else if due && times < usize::MAX {
            self.refusal.set((0, times - 1));
        }
        due || layout.size() > self.ceiling.get()
    }

    /// Bytes more than asked.
    fn extra(&self, size: usize) -> usize {
        match self.shape {
            Shape::Generous => {
                let odd = [1, 7, 13, 47, 101, 1001, 4095, 2 * size + 1];
                odd[self.calls.get() % odd.len()]
            }
            _ => 0,
        }
    }

    /// Bytes between a page's start and the block.
    fn front(&self, align: usize) -> usize {
        let front = match self.shape {
            Shape::Plain | Shape::Generous | Shape::Aligned => 0,
            Shape::Crooked => 16,
            Shape::Shifting => (self.calls.get() * 7 * 16) % PAGE,
        };
        front.next_multiple_of(align)
    }

    fn plan(&self, asked: Layout) -> Result<(usize, usize, Layout), AllocError> {
        let given = asked.size() + self.extra(asked.size());
        let front = self.front(asked.align());
        let page = match self.shape {
            Shape::Plain | Shape::Generous => asked.align(),
            _ => asked.align().max(PAGE),
        };
        let raw = Layout::from_size_align(front + given + TAIL, page).map_err(|_| AllocError)?;
        Ok((given, front, raw))
    }
}

impl Block {
    /// The bytes around the block, which nobody may touch.
    fn guards(&self) -> [NonNull<[u8]>; 2] {
        // SAFETY: front, block and tail are the raw block.
        let tail = unsafe { self.raw.add(self.front + self.given) };
        [
            NonNull::slice_from_raw_parts(self.raw, self.front),
            NonNull::slice_from_raw_parts(tail, TAIL),
        ]
    }

    fn start(&self) -> NonNull<u8> {
        // SAFETY: the front is a part of the raw block.
        unsafe { self.raw.add(self.front) }
    }

    fn paint(&self) {
        // Enough to meet whoever takes new memory for zeroed.
        let dirty = self.given.min(1 << 14);
        // SAFETY: the block is new and not handed out yet.
        unsafe { self.start().write_bytes(DIRT, dirty) };
        for guard in self.guards() {
            // SAFETY: these bytes are ours for good.
            unsafe { guard.cast::<u8>().write_bytes(GUARD, guard.len()) };
        }
    }

    fn is_intact(&self) -> bool {
        self.guards().iter().all(|guard| {
            // SAFETY: painted when the block was made, and ours.
            let bytes = unsafe { guard.as_ref() };
            bytes.iter().all(|&byte| byte == GUARD)
        })
    }

    fn give_back(self) {
        // SAFETY: allocated with this layout, and the one record of the block ends here.
        unsafe { Global.deallocate(self.raw, self.raw_layout) };
    }

    /// Whether the block may come back with this layout.
    fn fits(&self, layout: Layout) -> bool {
        layout.align() == self.asked.align()
            && (self.asked.size()..=self.given).contains(&layout.size())
    }
}

// SAFETY: blocks come from `Global` with room for what is promised, and stay until they are
// deallocated; all handles share them.
unsafe impl Allocator for Base {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        let state = &*self.0;
        state.call();
        if state.refuses(layout) {
            state.refused.set(state.refused.get() + 1);
            return Err(AllocError);
        }
        let (given, front, raw_layout) = state.plan(layout)?;
        let block = Block {
            asked: layout,
            given,
            raw: Global.allocate(raw_layout)?.cast(),
            raw_layout,
            front,
        };
        block.paint();
        let start = block.start();
        state.live.set(state.live.get() + layout.size());
        state.peak.set(state.peak.get().max(state.live.get()));
        let old = state.blocks.borrow_mut().insert(start.addr().get(), block);
        assert!(old.is_none(), "an address was given twice");
        Ok(NonNull::slice_from_raw_parts(start, given))
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        let state = &*self.0;
        let Some(block) = state.blocks.borrow_mut().remove(&ptr.addr().get()) else {
            return complain("a block came back that was never given");
        };
        if !block.fits(layout) {
            complain("a block came back with a wrong layout");
        }
        if !block.is_intact() {
            complain("bytes around a block were written");
        }
        state.live.set(state.live.get() - block.asked.size());
        block.give_back();
        state.call();
    }
}

impl Drop for State {
    fn drop(&mut self) {
        if !self.blocks.borrow().is_empty() {
            complain("blocks never came back");
        }
    }
}

/// Fails the test, also while another failure unwinds.
fn complain(what: &str) {
    if thread::panicking() {
        eprintln!("{what}");
        process::abort();
    }
    panic!("{what}");
}
