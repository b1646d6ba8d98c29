//! Leases: blocks of a shared arena that one thread fills on its own, and gives back whole.
//!
//! A lease begins with its record; the rest is what a [`LocalBlinkAlloc`](super::LocalBlinkAlloc)
//! has as a chunk. One that comes back waits for the next who wants one, until the shared arena
//! is reset or rewound.
//!
//! Giving back never waits: leases are pushed to a list from which they are taken all at once,
//! never one by one, so that no list element can come back while somebody looks at it. Who
//! takes a lease sorts what has come back by size. That is under a lock: were the others told
//! that there is none while one thread looks, they would lease more and more.

use core::{
    alloc::Layout,
    ptr::{self, NonNull},
};

use allocator_api2::alloc::{AllocError, Allocator};

use super::SyncBlinkAlloc;
use crate::{
    atomic::{AtomicPtr, Ordering, const_fn},
    bump::{self, CHUNK_ALIGN},
    lock::Lock,
    poison,
};

/// What a local arena leases first, in bytes.
pub(crate) const SMALLEST: usize = 16 << 10;

/// What it leases at a time in the end. A single block may need more.
pub(crate) const USUAL: usize = 64 << 10;

/// The front of a lease.
#[repr(C, align(16))]
struct Record {
    /// The next one in a list of leases.
    next: *mut Record,
    /// Bytes of the lease, the record included.
    size: usize,
}

/// Bytes that the record of a lease takes.
const RECORD: usize = size_of::<Record>();

const _: () = assert!(RECORD % CHUNK_ALIGN == 0 && align_of::<Record>() == CHUNK_ALIGN);

/// A lease that nobody fills.
///
/// Type invariant: its record is initialized, and it is the one handle to the lease, or was
/// the one until the shared arena was reset or rewound.
struct Lease(NonNull<Record>);

impl Lease {
    /// # Safety
    ///
    /// `start` is a new block of `size` bytes, aligned to [`CHUNK_ALIGN`] and larger than a
    /// record.
    unsafe fn write(start: NonNull<u8>, size: usize) -> Self {
        let record = start.cast::<Record>();
        let next = ptr::null_mut();
        // SAFETY: the caller's promise.
        unsafe { record.write(Record { next, size }) };
        Self(record)
    }

    /// The lease behind whose record a block starts.
    ///
    /// # Safety
    ///
    /// `start` is that of [`block`](Self::block), which is not used any more, with its
    /// provenance.
    unsafe fn of_block(start: NonNull<u8>) -> Self {
        // SAFETY: the record is in front of the block (caller's promise).
        Self(unsafe { start.sub(RECORD) }.cast())
    }

    fn size(&self) -> usize {
        // SAFETY: initialized (type invariant).
        unsafe { (*self.0.as_ptr()).size }
    }

    fn next(&self) -> *mut Record {
        // SAFETY: initialized (type invariant).
        unsafe { (*self.0.as_ptr()).next }
    }

    fn set_next(&mut self, next: *mut Record) {
        // SAFETY: initialized, and nobody else uses it (type invariant).
        unsafe { (*self.0.as_ptr()).next = next };
    }

    /// What there is behind the record. The lease is used until the block comes back.
    fn block(self) -> NonNull<[u8]> {
        let len = self.size() - RECORD;
        // SAFETY: a lease is larger than its record.
        let start = unsafe { self.0.cast::<u8>().add(RECORD) };
        poison::undefined(start, len);
        NonNull::slice_from_raw_parts(start, len)
    }
}

/// A list of leases.
///
/// Type invariant: every lease that can be reached is in no other list, and nobody fills it.
struct List(*mut Record);

// SAFETY: the leases go with the list (type invariant), as memory of the shared arena.
unsafe impl Send for List {}

impl List {
    const EMPTY: Self = Self(ptr::null_mut());

    fn push(&mut self, mut lease: Lease) {
        lease.set_next(self.0);
        self.0 = lease.0.as_ptr();
    }

    fn pop(&mut self) -> Option<Lease> {
        let lease = Lease(NonNull::new(self.0)?);
        self.0 = lease.next();
        Some(lease)
    }

    /// Takes the first lease that has `size` bytes, and not more than twice as many.
    fn take(&mut self, size: usize) -> Option<Lease> {
        let mut passed = Self::EMPTY;
        let found = loop {
            match self.pop() {
                Some(lease) if lease.size() < size || lease.size() / 2 > size => passed.push(lease),
                other => break other,
            }
        };
        while let Some(lease) = passed.pop() {
            self.push(lease);
        }
        found
    }
}

/// Leases that wait, by size: from 16, 32, 64 and 128 KiB on.
struct Waiting([List; 4]);

impl Waiting {
    fn group(size: usize) -> usize {
        let doublings = (size / SMALLEST).checked_ilog2().unwrap_or(0);
        (doublings as usize).min(3)
    }

    fn put(&mut self, lease: Lease) {
        self.0[Self::group(lease.size())].push(lease);
    }

    fn take(&mut self, size: usize) -> Option<Lease> {
        // Twice the size is in the next group at most.
        self.0[Self::group(size)..]
            .iter_mut()
            .take(2)
            .find_map(|list| list.take(size))
    }
}

/// The leases of a shared arena that nobody fills.
pub(crate) struct Leases {
    /// What has come back since somebody looked.
    returned: AtomicPtr<Record>,
    waiting: Lock<Waiting>,
}

impl Leases {
    const_fn! {
        pub(crate) const fn new() -> Self {
            Self {
                returned: AtomicPtr::new(ptr::null_mut()),
                waiting: Lock::new(Waiting([const { List::EMPTY }; 4])),
            }
        }
    }

    fn give_back(&self, mut lease: Lease) {
        let record = lease.0.as_ptr();
        let mut head = self.returned.load(Ordering::Relaxed);
        loop {
            lease.set_next(head);
            match self.returned.compare_exchange_weak(
                head,
                record,
                Ordering::Release,
                Ordering::Relaxed,
            ) {
                Ok(_) => return,
                Err(seen) => head = seen,
            }
        }
    }

    /// All that has come back.
    fn returned(&self) -> List {
        List(self.returned.swap(ptr::null_mut(), Ordering::Acquire))
    }

    fn take(&self, size: usize) -> Option<Lease> {
        self.waiting.with(|waiting| {
            let mut returned = self.returned();
            while let Some(lease) = returned.pop() {
                waiting.put(lease);
            }
            waiting.take(size)
        })
    }

    /// Forgets all leases that wait, before their memory is used otherwise.
    pub(crate) fn forget(&self) {
        self.returned();
        self.waiting
            .with(|waiting| waiting.0 = [const { List::EMPTY }; 4]);
    }
}

/// The base allocator of a local arena: what it gives is leased.
pub(crate) struct Lessor<'a, A: Allocator>(pub(crate) &'a SyncBlinkAlloc<A>);

// SAFETY: a lease is a block of the shared arena, which is borrowed as long as this lives. It
// is in no list while it is out, and a reset or rewind of the shared arena needs its borrow to
// have ended.
unsafe impl<A: Allocator> Allocator for Lessor<'_, A> {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        debug_assert!(layout.align() <= CHUNK_ALIGN);
        let size = layout.size().checked_add(RECORD).ok_or(AllocError)?;
        let size = bump::round_up(size, CHUNK_ALIGN);
        if let Some(lease) = self.0.leases().take(size) {
            return Ok(lease.block());
        }
        let layout = Layout::from_size_align(size, CHUNK_ALIGN).map_err(|_| AllocError)?;
        let start = self.0.allocate(layout)?.cast();
        // SAFETY: a new block of this layout, which is larger than a record.
        Ok(unsafe { Lease::write(start, size) }.block())
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, _: Layout) {
        // SAFETY: what `allocate` has returned, by the chunk that was made of it.
        let lease = unsafe { Lease::of_block(ptr) };
        poison::no_access(ptr, lease.size() - RECORD);
        self.0.leases().give_back(lease);
    }
}
