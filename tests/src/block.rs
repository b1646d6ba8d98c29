//! Blocks of an allocator that know what they hold.

use std::ptr::NonNull;

use allocator_api2::alloc::{AllocError, Allocator, Layout};

/// Fills and compares blocks: any 256 bytes from a seed on.
static PATTERN: [u8; 512] = {
    let mut bytes = [0; 512];
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = (at % 251) as u8;
        at += 1;
    }
    bytes
};

/// A layout that exists.
#[must_use]
pub fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).expect("a test asks for a layout that does not exist")
}

/// A block, filled with a pattern. It borrows its allocator, which therefore is not reset.
#[derive(Debug)]
pub struct Block<'a, A: Allocator> {
    alloc: &'a A,
    start: NonNull<u8>,
    layout: Layout,
    seed: u8,
}

impl<'a, A: Allocator> Block<'a, A> {
    /// Allocates and fills.
    pub fn new(alloc: &'a A, layout: Layout, seed: u8) -> Result<Self, AllocError> {
        let block = alloc.allocate(layout)?;
        Ok(Self::at(alloc, block, layout, seed))
    }

    /// Allocates, checks for zeros and fills.
    pub fn zeroed(alloc: &'a A, layout: Layout, seed: u8) -> Result<Self, AllocError> {
        let block = alloc.allocate_zeroed(layout)?;
        // SAFETY: a new block, initialized by contract.
        assert!(is_zero(unsafe { block.as_ref() }));
        Ok(Self::at(alloc, block, layout, seed))
    }

    fn at(alloc: &'a A, block: NonNull<[u8]>, layout: Layout, seed: u8) -> Self {
        let mut this = Self {
            alloc,
            start: block.cast(),
            layout,
            seed,
        };
        this.accept(block, layout);
        this.fill();
        this
    }

    /// Takes the result of a successful call.
    fn accept(&mut self, block: NonNull<[u8]>, layout: Layout) {
        self.start = block.cast();
        self.layout = layout;
        assert!(block.len() >= layout.size(), "too short for {layout:?}");
        assert_eq!(self.addr() % layout.align(), 0, "misaligned for {layout:?}");
    }

    /// The first byte's address.
    #[must_use]
    pub fn addr(&self) -> usize {
        self.start.addr().get()
    }

    /// The address behind the block.
    #[must_use]
    pub fn end(&self) -> usize {
        self.addr() + self.layout.size()
    }

    /// The block's layout.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    fn bytes(&self) -> &[u8] {
        // SAFETY: initialized by `fill`, and ours.
        unsafe { NonNull::slice_from_raw_parts(self.start, self.layout.size()).as_ref() }
    }

    fn fill(&mut self) {
        let seed = usize::from(self.seed);
        for at in (0..self.layout.size()).step_by(256) {
            let len = (self.layout.size() - at).min(256);
            // SAFETY: `at` is below the size.
            let piece = unsafe { self.start.add(at) };
            // SAFETY: `len` more bytes belong to the block, and the pattern is elsewhere.
            unsafe {
                piece
                    .copy_from_nonoverlapping(NonNull::from(&PATTERN[seed..seed + len]).cast(), len)
            };
        }
    }

    /// Whether the first `size` bytes are what was filled in.
    fn holds(&self, size: usize) -> bool {
        let seed = usize::from(self.seed);
        let mut pieces = self.bytes()[..size].chunks(256);
        pieces.all(|piece| piece == &PATTERN[seed..seed + piece.len()])
    }

    /// Panics unless the block holds what was filled in.
    pub fn check(&self) {
        assert!(self.holds(self.layout.size()), "damaged: {:?}", self.layout);
    }

    /// Grows, checks what was there and fills the rest.
    pub fn grow(&mut self, to: Layout) -> Result<(), AllocError> {
        let from = self.layout;
        // SAFETY: the block is ours and has this layout; the new one is not smaller.
        let block = unsafe { self.alloc.grow(self.start, from, to) }?;
        self.grown(block, to);
        Ok(())
    }

    /// Grows, checks what was there and that the rest is zeros, and fills it.
    pub fn grow_zeroed(&mut self, to: Layout) -> Result<(), AllocError> {
        let from = self.layout;
        // SAFETY: the block is ours and has this layout; the new one is not smaller.
        let block = unsafe { self.alloc.grow_zeroed(self.start, from, to) }?;
        // SAFETY: old bytes are filled, new ones zeroed, and the block is ours.
        let bytes = unsafe { block.as_ref() };
        assert!(is_zero(&bytes[from.size()..]));
        self.grown(block, to);
        Ok(())
    }

    fn grown(&mut self, block: NonNull<[u8]>, to: Layout) {
        let kept = Self {
            layout: self.layout,
            start: block.cast(),
            ..*self
        };
        kept.check();
        self.accept(block, to);
        self.fill();
    }

    /// Shrinks and checks what is left.
    pub fn shrink(&mut self, to: Layout) -> Result<(), AllocError> {
        // SAFETY: the block is ours and has this layout; the new one is not larger.
        let block = unsafe { self.alloc.shrink(self.start, self.layout, to) }?;
        self.accept(block, to);
        self.check();
        Ok(())
    }

    /// Checks and frees.
    pub fn free(self) {
        self.check();
        // SAFETY: the block is ours, has this layout, and ends here.
        unsafe { self.alloc.deallocate(self.start, self.layout) };
    }
}

/// Whether all bytes are 0.
#[must_use]
pub fn is_zero(bytes: &[u8]) -> bool {
    static ZEROS: [u8; 4096] = [0; 4096];
    bytes
        .chunks(ZEROS.len())
        .all(|piece| piece == &ZEROS[..piece.len()])
}

/// Panics if two of the blocks overlap.
pub fn assert_disjoint<A: Allocator>(blocks: &[Block<'_, A>]) {
    let mut ranges: Vec<_> = blocks
        .iter()
        .filter(|block| block.layout.size() > 0)
        .map(|block| (block.addr(), block.end()))
        .collect();
    ranges.sort_unstable();
    for pair in ranges.windows(2) {
        assert!(pair[0].1 <= pair[1].0, "overlap: {pair:x?}");
    }
}
