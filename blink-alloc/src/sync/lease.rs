//! Leases: blocks of a shared arena that one thread fills on its own, and gives back whole.
//!
//! A lease begins with its record; the rest is what a [`LocalBlinkAlloc`](super::LocalBlinkAlloc)
//! has as a chunk. One that comes back waits for the next who wants one, until the shared arena
//! is reset, or rewound to before the lease.
//!
//! Giving back never waits: leases are pushed to a list from which they are taken all at once,
//! never one by one, so that no list element can come back while somebody looks at it. Who
//! takes a lease sorts what has come back by size. That is under a lock: were the others told
//! that there is none while one thread looks, they would lease more and more.
//!
//! There are four sizes from one power of two to the next: of each there are as many leases as
//! were out at one time, and a request that grows a little each time mostly finds the last one
//! again. At most a quarter is too much.

use core::{
    alloc::Layout,
    mem,
    ops::Range,
    ptr::{self, NonNull},
};

use allocator_api2::alloc::{AllocError, Allocator};

use super::SyncBlinkAlloc;
use crate::{
    atomic::{AtomicPtr, AtomicUsize, Ordering, const_fn},
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
    /// Bytes behind the record.
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
    /// `start` is a new block of a record and `size` bytes, aligned to [`CHUNK_ALIGN`].
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
        // SAFETY: the block is behind the record.
        let start = unsafe { self.0.cast::<u8>().add(RECORD) };
        poison::undefined(start, self.size());
        NonNull::slice_from_raw_parts(start, self.size())
    }

    /// Where it lies, with its record.
    fn addrs(&self) -> Range<usize> {
        let start = self.0.addr().get();
        start..start + RECORD + self.size()
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

    /// Takes the first lease of at least `size` bytes. In most lists that is the first.
    fn take(&mut self, size: usize) -> Option<Lease> {
        let mut passed = Self::EMPTY;
        let found = loop {
            match self.pop() {
                Some(lease) if lease.size() < size => passed.push(lease),
                other => break other,
            }
        };
        while let Some(lease) = passed.pop() {
            self.push(lease);
        }
        found
    }
}

/// The size of a lease for `size` bytes.
const fn lease_size(size: usize) -> usize {
    if size <= SMALLEST {
        return SMALLEST;
    }
    let step = 1 << (size.ilog2() - 2);
    bump::round_up(size, step)
}

/// The group of leases of `size` bytes: a size of [`lease_size`], or above one and below the next.
/// First those that are smaller than all, and last those that are larger than most.
const fn group(size: usize) -> usize {
    if size < SMALLEST {
        return 0;
    }
    let doublings = size.ilog2() as usize;
    let quarters = (size >> (doublings - 2)) % 4;
    let group = 1 + 4 * (doublings - SMALLEST.ilog2() as usize) + quarters;
    if group < GROUPS { group } else { GROUPS - 1 }
}

const GROUPS: usize = 64;

/// Leases that wait, by size. In all groups but the first and the last each serves the requests
/// of that group.
struct Waiting([List; GROUPS]);

impl Waiting {
    const NONE: Self = Self([const { List::EMPTY }; GROUPS]);

    fn put(&mut self, lease: Lease) {
        self.0[group(lease.size())].push(lease);
    }

    /// Takes a lease of `size` bytes, a size of leases.
    fn take(&mut self, size: usize) -> Option<Lease> {
        self.0[group(size)].take(size)
    }

    /// Takes any lease of at least `size` bytes.
    fn take_any(&mut self, size: usize) -> Option<Lease> {
        self.0[group(size)..]
            .iter_mut()
            .find_map(|list| list.take(size))
    }

    /// Keeps the leases at addresses that are to be kept, and says how many these are.
    fn retain(&mut self, keep: impl Fn(Range<usize>) -> bool) -> usize {
        let mut kept = 0;
        for mut list in mem::replace(self, Self::NONE).0 {
            while let Some(lease) = list.pop() {
                if keep(lease.addrs()) {
                    self.put(lease);
                    kept += 1;
                }
            }
        }
        kept
    }
}

/// The leases of a shared arena that nobody fills.
pub(crate) struct Leases {
    /// How many there are. Where there are none nobody needs the lock.
    count: AtomicUsize,
    /// What has come back since somebody looked.
    returned: AtomicPtr<Record>,
    waiting: Lock<Waiting>,
}

impl Leases {
    const_fn! {
        pub(crate) const fn new() -> Self {
            Self {
                count: AtomicUsize::new(0),
                returned: AtomicPtr::new(ptr::null_mut()),
                waiting: Lock::new(Waiting::NONE),
            }
        }
    }

    fn give_back(&self, mut lease: Lease) {
        // First, so that it counts when it can be taken.
        self.count.fetch_add(1, Ordering::Relaxed);
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

    /// Sorts what has come back, and uses what waits.
    fn with<R>(&self, f: impl FnOnce(&mut Waiting) -> R) -> R {
        self.waiting.with(|waiting| {
            let mut returned = List(self.returned.swap(ptr::null_mut(), Ordering::Acquire));
            while let Some(lease) = returned.pop() {
                waiting.put(lease);
            }
            f(waiting)
        })
    }

    /// Takes a lease out of those that wait, if there are any.
    fn take(&self, take: impl FnOnce(&mut Waiting) -> Option<Lease>) -> Option<Lease> {
        if self.count.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let lease = self.with(take)?;
        self.count.fetch_sub(1, Ordering::Relaxed);
        Some(lease)
    }

    /// Forgets the leases that wait, before their memory is used otherwise. Nobody gives one back
    /// or takes one meanwhile.
    pub(crate) fn forget(&self) {
        if self.count.swap(0, Ordering::Relaxed) > 0 {
            self.returned.store(ptr::null_mut(), Ordering::Relaxed);
            self.waiting.with(|waiting| *waiting = Waiting::NONE);
        }
    }

    /// [`forget`](Self::forget), but for those at addresses that are to be kept.
    pub(crate) fn retain(&self, keep: impl Fn(Range<usize>) -> bool) {
        if self.count.load(Ordering::Relaxed) > 0 {
            let kept = self.with(|waiting| waiting.retain(keep));
            self.count.store(kept, Ordering::Relaxed);
        }
    }
}

/// The base allocator of a local arena: what it gives is leased.
pub(crate) struct Lessor<'a, A: Allocator>(pub(crate) &'a SyncBlinkAlloc<A>);

impl<A: Allocator> Lessor<'_, A> {
    /// Gets a new lease with `size` bytes from the shared arena.
    fn new_lease(&self, size: usize) -> Result<Lease, AllocError> {
        let total = size.checked_add(RECORD).ok_or(AllocError)?;
        let layout = Layout::from_size_align(total, CHUNK_ALIGN).map_err(|_| AllocError)?;
        let start = self.0.allocate(layout)?.cast();
        // SAFETY: a new block of this layout.
        Ok(unsafe { Lease::write(start, size) })
    }

    /// A lease of at least `size` bytes: one that waits or a new one, a larger one that waits
    /// where that is refused, and last a new one of just this size.
    fn lease(&self, size: usize) -> Result<Lease, AllocError> {
        let (leases, rounded) = (self.0.leases(), lease_size(size));
        if let Some(lease) = leases.take(|waiting| waiting.take(rounded)) {
            return Ok(lease);
        }
        self.new_lease(rounded).or_else(|_| {
            let any = leases.take(|waiting| waiting.take_any(size));
            any.map_or_else(|| self.new_lease(size), Ok)
        })
    }
}

// SAFETY: a lease is a block of the shared arena, which is borrowed as long as this lives. It
// is in no list while it is out, and a reset or rewind of the shared arena needs its borrow to
// have ended.
unsafe impl<A: Allocator> Allocator for Lessor<'_, A> {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        debug_assert!(layout.align() <= CHUNK_ALIGN && layout.size() > 0);
        Ok(self.lease(layout.size())?.block())
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, _: Layout) {
        // SAFETY: what `allocate` has returned, by the chunk that was made of it.
        let lease = unsafe { Lease::of_block(ptr) };
        poison::no_access(ptr, lease.size());
        self.0.leases().give_back(lease);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_serves_all_requests_of_its_group() {
        let mut size = 1;
        while size < usize::MAX / 4 {
            let lease = lease_size(size);
            assert!(size <= lease && lease % CHUNK_ALIGN == 0);
            assert!(lease == SMALLEST || lease - size < size / 4, "{size}");
            assert_eq!(lease_size(lease), lease);
            // A larger request of this group has the same lease.
            if group(lease) < GROUPS - 1 {
                assert!(group(lease - 1) < group(lease));
                assert_eq!(group(lease), group(lease + lease / 8));
            }
            size += size / 7 + 1;
        }
        assert_eq!(group(SMALLEST - 1), 0);
        assert_eq!(group(usize::MAX), GROUPS - 1);
        assert_eq!(lease_size(100 << 10), 112 << 10);
    }
}
