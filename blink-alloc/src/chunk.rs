//! A chunk, and the list of an arena's chunks.
//!
//! A chunk is one block of the base allocator. It is filled from its start upwards and ends
//! in a [`Footer`], its record, so that one pointer is both the chunk and the end of its
//! room. Where there is no chunk, a handle points to a static record without room: the fast
//! paths need no test for it.
//!
//! This file makes, reads, links and frees records. It never touches the room between a
//! chunk's start and its record.

use core::{alloc::Layout, cell::Cell, mem, ops::RangeInclusive, ptr::NonNull};

use allocator_api2::alloc::{AllocError, Allocator};

use crate::{
    bump::CHUNK_ALIGN,
    growth::{Cycle, Holding},
    poison,
};

/// The record at the top of a chunk.
#[derive(Clone, Copy)]
#[repr(C, align(16))]
struct Footer {
    start: NonNull<u8>,
    /// The chunk that was added after this one.
    next: Chunk,
    /// What was asked of the base allocator, in bytes.
    asked: usize,
    /// Bytes below the cursor when the chunk was left for another one. Means something for
    /// chunks in use only.
    used: usize,
    /// The most bytes that were below the cursor since the last reset, as far as is known:
    /// the capacity of a chunk that was left by a rewind, 0 of one that was not used.
    most: usize,
    /// Made for one large request, which fills it.
    own: bool,
}

/// Bytes that a chunk needs beside its room.
pub(crate) const FOOTER: usize = size_of::<Footer>();

const _: () = assert!(align_of::<Footer>() == CHUNK_ALIGN);

/// The record of no chunk. Room starts and ends at its own address.
///
/// A `static`, because its address has to be unique, and without interior mutability: it is
/// compared by address before every write (section 4a, rule 3).
static NONE: Shared = Shared(Footer {
    start: Chunk::NONE_START,
    next: Chunk::NONE,
    asked: 0,
    used: 0,
    most: 0,
    own: false,
});

struct Shared(Footer);

// SAFETY: nobody writes to `NONE`, and what its pointers point to is `NONE`.
unsafe impl Sync for Shared {}

/// A handle to a chunk: the address of its record, which is also the end of its room.
///
/// Type invariant: the record is alive and only this file reads or writes it. `release` is
/// the one way to end it and asks that no handle is used afterwards. Therefore the reads
/// below are safe functions. The pointer is derived from the pointer that the base allocator
/// returned, so it is good for the whole chunk (I12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk(NonNull<Footer>);

impl Chunk {
    /// No chunk.
    pub(crate) const NONE: Self = {
        let footer = &raw const NONE.0;
        // SAFETY: the address of a static is not null.
        Self(unsafe { NonNull::new_unchecked(footer.cast_mut()) })
    };

    /// The start and the end of its room.
    pub(crate) const NONE_START: NonNull<u8> = Self::NONE.0.cast();

    /// Asks `base` for a chunk of `total` bytes, a multiple of [`CHUNK_ALIGN`] that holds at
    /// least a record.
    #[inline]
    pub(crate) fn new(base: &impl Allocator, total: usize, own: bool) -> Result<Self, AllocError> {
        debug_assert!(total >= FOOTER && total % CHUNK_ALIGN == 0);
        let layout = Layout::from_size_align(total, CHUNK_ALIGN).map_err(|_| AllocError)?;
        let block = base.allocate(layout)?;
        let start: NonNull<u8> = block.cast();
        // The base allocator may give more than it was asked for; all of it is used.
        let at = (block.len() - FOOTER) & !(CHUNK_ALIGN - 1);
        // SAFETY: an `Allocator` gives at least what it was asked for, so `at + FOOTER` is at
        // most `block.len()` and this stays within the block.
        let footer = unsafe { start.add(at) }.cast::<Footer>();
        // SAFETY: the block is ours, `at` leaves room for the record, and block and `at` are
        // multiples of the record's alignment.
        unsafe {
            footer.write(Footer {
                start,
                next: Self::NONE,
                asked: total,
                used: 0,
                most: 0,
                own,
            });
        }
        poison::no_access(start, at);
        Ok(Self(footer))
    }

    /// Gives the chunk back to `base`.
    ///
    /// # Safety
    ///
    /// The chunk came from `base`, nobody uses memory of it, and no handle to it is used
    /// after this call.
    unsafe fn release(self, base: &impl Allocator) {
        if self.is_none() {
            return;
        }
        let (start, asked) = (self.start(), self.record().asked);
        poison::undefined(start, self.capacity());
        // SAFETY: the same numbers made a layout in `new`.
        let layout = unsafe { Layout::from_size_align_unchecked(asked, CHUNK_ALIGN) };
        // SAFETY: allocated from `base` with this layout; the caller promises the rest.
        unsafe { base.deallocate(start, layout) };
    }

    pub(crate) fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// A copy of the record. No reference to it is formed (section 4a, rule 2).
    #[inline(always)]
    fn record(self) -> Footer {
        // SAFETY: the record is alive and initialized, and nobody holds a reference into it
        // (type invariant).
        unsafe { self.0.read() }
    }

    /// Where the record can be written; `None` for the static one.
    fn record_mut(self) -> Option<*mut Footer> {
        (!self.is_none()).then_some(self.0.as_ptr())
    }

    /// The first byte of the chunk's room, with provenance for the whole chunk.
    #[inline(always)]
    pub(crate) fn start(self) -> NonNull<u8> {
        self.record().start
    }

    /// The address behind the chunk's room.
    #[inline(always)]
    pub(crate) fn end(self) -> usize {
        self.0.addr().get()
    }

    /// Bytes of room.
    pub(crate) fn capacity(self) -> usize {
        self.end() - self.start().addr().get()
    }

    /// Bytes of room and record.
    fn total(self) -> usize {
        self.capacity() + FOOTER
    }

    /// Whether the chunk was made for one large request.
    pub(crate) fn is_own(self) -> bool {
        self.record().own
    }

    /// Bytes below the cursor when the chunk was left.
    pub(crate) fn used(self) -> usize {
        self.record().used
    }

    /// Leaves the chunk with `used` bytes in it.
    pub(crate) fn set_used(self, used: usize) {
        if let Some(record) = self.record_mut() {
            // SAFETY: alive, not the static, and unobserved (type invariant).
            unsafe { (*record).used = used };
            self.set_most(self.record().most.max(used));
        }
    }

    fn set_most(self, most: usize) {
        if let Some(record) = self.record_mut() {
            // SAFETY: alive, not the static, and unobserved (type invariant).
            unsafe { (*record).most = most };
        }
    }

    fn set_empty(self) {
        if let Some(record) = self.record_mut() {
            // SAFETY: alive, not the static, and unobserved (type invariant).
            unsafe { (*record).used = 0 };
        }
    }

    /// As if it had never been used.
    fn clear(self) {
        self.set_empty();
        self.set_most(0);
    }

    fn set_own(self, own: bool) {
        if let Some(record) = self.record_mut() {
            // SAFETY: alive, not the static, and unobserved (type invariant).
            unsafe { (*record).own = own };
        }
    }

    fn set_next(self, next: Self) {
        if let Some(record) = self.record_mut() {
            // SAFETY: alive, not the static, and unobserved (type invariant).
            unsafe { (*record).next = next };
        }
    }

    /// Whether a request that needs `need` bytes may have this chunk. One that was made for a
    /// large request waits for another large one, measured by what was asked for: the base
    /// allocator may have given more.
    pub(crate) fn suits(self, need: usize) -> bool {
        let record = self.record();
        need <= self.capacity() && !(record.own && need + FOOTER <= record.asked / 2)
    }
}

/// An arena's chunks in the order in which they were added.
///
/// Those up to `tail` are in use, or were passed over; the others wait. A request takes the
/// first waiting chunk that suits it and passes over those before it, so that the same requests
/// find the same chunks again after a rewind. Whatever takes or adds a chunk moves `tail`.
pub(crate) struct ChunkList {
    first: Cell<Chunk>,
    /// The chunk that was taken or added last; none where all chunks wait.
    tail: Cell<Chunk>,
    last: Cell<Chunk>,
    /// Sums over all chunks.
    holding: Cell<Holding>,
}

impl ChunkList {
    pub(crate) const fn new() -> Self {
        Self {
            first: Cell::new(Chunk::NONE),
            tail: Cell::new(Chunk::NONE),
            last: Cell::new(Chunk::NONE),
            holding: Cell::new(Holding::NONE),
        }
    }

    /// All chunks.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Chunk> + use<> {
        row(self.first.get(), Chunk::NONE)
    }

    /// The chunks in use.
    pub(crate) fn in_use(&self) -> impl Iterator<Item = Chunk> + use<> {
        self.up_to(self.tail.get())
    }

    /// The chunks that were in use when `tail` was the tail.
    pub(crate) fn up_to(&self, tail: Chunk) -> impl Iterator<Item = Chunk> + use<> {
        row(self.first.get(), self.behind(tail))
    }

    /// The chunks that wait.
    pub(crate) fn spare(&self) -> impl Iterator<Item = Chunk> + use<> {
        row(self.behind(self.tail.get()), Chunk::NONE)
    }

    /// Where the list goes on behind a tail.
    fn behind(&self, tail: Chunk) -> Chunk {
        if tail.is_none() {
            self.first.get()
        } else {
            tail.record().next
        }
    }

    /// The chunk that was taken or added last.
    #[inline(always)]
    pub(crate) fn tail(&self) -> Chunk {
        self.tail.get()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first.get().is_none()
    }

    /// Bytes of room in all chunks.
    pub(crate) fn capacity(&self) -> usize {
        self.iter().map(Chunk::capacity).sum()
    }

    /// What the growth policy wants to know.
    pub(crate) fn holding(&self) -> Holding {
        self.holding.get()
    }

    /// What the cycle took; `current` is filled up to `used`.
    pub(crate) fn cycle(&self, current: Chunk, used: usize) -> Cycle {
        // What it may have had above that is its slack.
        current.set_most(used);
        let last = self.last.get();
        let start = Cycle {
            first: self.first.get().capacity(),
            spare: last != current && last.record().most == 0,
            ..Cycle::default()
        };
        self.iter().fold(start, |mut sum, chunk| {
            sum.chunks += 1;
            sum.used += chunk.record().most;
            if chunk == current {
                sum.slack = chunk.capacity() - used;
            }
            sum
        })
    }

    /// Takes the next spare chunk that suits a request.
    #[inline]
    pub(crate) fn take_spare(&self, mut suits: impl FnMut(&Chunk) -> bool) -> Option<Chunk> {
        if self.tail() == self.last.get() {
            return None;
        }
        let chunk = self.spare().find(|chunk| {
            // Perhaps in use in a frame that has ended: it is passed over, and empty.
            chunk.set_empty();
            suits(chunk)
        })?;
        self.tail.set(chunk);
        Some(chunk)
    }

    /// Takes the next waiting chunk, unless it was made for one large request.
    pub(crate) fn take_next_of_row(&self) -> Option<Chunk> {
        let chunk = self.spare().next().filter(|chunk| !chunk.is_own())?;
        self.tail.set(chunk);
        Some(chunk)
    }

    /// Adds a new chunk, in use at once.
    #[inline]
    pub(crate) fn push(&self, chunk: Chunk) {
        if self.is_empty() {
            self.first.set(chunk);
        } else {
            self.last.get().set_next(chunk);
        }
        self.last.set(chunk);
        self.tail.set(chunk);
        self.holding
            .set(self.holding.get().with(chunk.total(), chunk.is_own()));
    }

    /// Makes all chunks wait that were taken or added since `tail` was the tail. `current` is
    /// the chunk in use.
    ///
    /// What they have had in them stays in their records, for the next reset. Of `current`
    /// nobody knows: it may have been filled and rewound before.
    #[inline]
    pub(crate) fn rewind_to(&self, tail: Chunk, current: Chunk) {
        current.set_most(current.capacity());
        self.tail.set(tail);
        if poison::ENABLED {
            for chunk in self.spare() {
                poison::no_access(chunk.start(), chunk.capacity());
            }
        }
    }

    /// The chunk whose room an address lies in, or at whose end.
    #[inline]
    pub(crate) fn around(&self, addr: usize) -> Option<Chunk> {
        self.iter()
            .find(|chunk| addr <= chunk.end() && chunk.start().addr().get() <= addr)
    }

    /// Makes all chunks wait, except a first one of the row, which is returned as the
    /// current one. Where the first was made for one request, or there is none, the arena
    /// starts without a chunk.
    pub(crate) fn rewind(&self) -> Chunk {
        for chunk in self.iter() {
            chunk.clear();
            poison::no_access(chunk.start(), chunk.capacity());
        }
        let first = self.first.get();
        let start = if first.is_own() { Chunk::NONE } else { first };
        self.tail.set(start);
        start
    }

    /// Lets all chunks leave the list, as a chain that [`free`] takes. Call
    /// [`rewind`](Self::rewind) next.
    #[must_use]
    pub(crate) fn take_all(&self) -> Chunk {
        self.last.set(Chunk::NONE);
        self.tail.set(Chunk::NONE);
        self.holding.set(Holding::NONE);
        self.first.replace(Chunk::NONE)
    }

    /// Keeps the largest chunk if it has as much room as `sizes` say, and none otherwise.
    ///
    /// The others leave the list as a chain that [`free`] takes. Call [`rewind`](Self::rewind)
    /// next: what was the current chunk may have gone.
    #[must_use]
    pub(crate) fn keep_largest(&self, sizes: RangeInclusive<usize>) -> Chunk {
        let kept = self
            .iter()
            .filter(|chunk| sizes.contains(&chunk.capacity()))
            .max_by_key(|chunk| chunk.capacity());
        let chain = self.take_all();
        let Some(kept) = kept else {
            return chain;
        };
        let next = kept.record().next;
        let rest = match row(chain, kept).last() {
            Some(before) => {
                before.set_next(next);
                chain
            }
            None => next,
        };
        kept.set_next(Chunk::NONE);
        kept.set_own(false);
        self.push(kept);
        rest
    }
}

/// Frees a chain of chunks. If the base allocator panics the others are freed still, and then the
/// panic goes on.
///
/// # Safety
///
/// As [`Chunk::release`], for every chunk of the chain.
pub(crate) unsafe fn free(chain: Chunk, base: &impl Allocator) {
    /// The chunks that are left. Its destructor goes on where a panic has stopped.
    struct Rest<'a, A: Allocator>(Chunk, &'a A);

    impl<A: Allocator> Rest<'_, A> {
        fn free(&mut self) {
            while !self.0.is_none() {
                let next = self.0.record().next;
                let chunk = mem::replace(&mut self.0, next);
                // SAFETY: stepped past; the caller of `free` promises the rest.
                unsafe { chunk.release(self.1) };
            }
        }
    }

    impl<A: Allocator> Drop for Rest<'_, A> {
        fn drop(&mut self) {
            self.free();
        }
    }

    Rest(chain, base).free();
}

/// The chunks from `first` up to `end`. Steps before it yields, so that what it yields may be
/// linked elsewhere.
fn row(first: Chunk, end: Chunk) -> impl Iterator<Item = Chunk> {
    let mut at = first;
    core::iter::from_fn(move || {
        if at == end {
            return None;
        }
        let chunk = at;
        at = chunk.record().next;
        Some(chunk)
    })
}
