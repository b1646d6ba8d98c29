//! Tells memory checkers what of a chunk may be touched.
//!
//! A checker sees one chunk as one live block: without help it notices neither a use after
//! reset nor an overrun into the neighbour. Under `--cfg blink_asan` (AddressSanitizer),
//! `--cfg blink_msan` (MemorySanitizer) or `--cfg blink_valgrind` (memcheck) the arenas say
//! what is theirs; without these flags nothing of this file is left in the program.
//!
//! Marking memory changes no byte of it.

use core::ptr::NonNull;

/// Bytes that no block owns, behind each block, so that an overrun is seen.
pub(crate) const RED_ZONE: usize = if ENABLED { 8 } else { 0 };

/// Blocks start at multiples of this, the granularity of AddressSanitizer.
pub(crate) const MIN_ALIGN: usize = if ENABLED { 8 } else { 1 };

/// Whether a checker listens.
pub(crate) const ENABLED: bool = cfg!(any(blink_asan, blink_msan, blink_valgrind));

/// Nobody may touch these bytes.
#[inline(always)]
pub(crate) fn no_access(start: NonNull<u8>, len: usize) {
    checker::no_access(start, len);
}

/// These bytes may be written, and read once they have been written.
#[inline(always)]
pub(crate) fn undefined(start: NonNull<u8>, len: usize) {
    checker::undefined(start, len);
}

#[cfg(not(any(blink_asan, blink_msan, blink_valgrind)))]
mod checker {
    use core::ptr::NonNull;

    #[inline(always)]
    pub(super) fn no_access(_: NonNull<u8>, _: usize) {}
    #[inline(always)]
    pub(super) fn undefined(_: NonNull<u8>, _: usize) {}
}

#[cfg(blink_asan)]
mod checker {
    use core::{ffi::c_void, ptr::NonNull};

    unsafe extern "C" {
        fn __asan_poison_memory_region(start: *const c_void, len: usize);
        fn __asan_unpoison_memory_region(start: *const c_void, len: usize);
    }

    pub(super) fn no_access(start: NonNull<u8>, len: usize) {
        // SAFETY: the runtime marks shadow memory; the range lies in a chunk of the arena.
        unsafe { __asan_poison_memory_region(start.as_ptr().cast(), len) }
    }

    pub(super) fn undefined(start: NonNull<u8>, len: usize) {
        // SAFETY: as above.
        unsafe { __asan_unpoison_memory_region(start.as_ptr().cast(), len) }
    }
}

#[cfg(all(blink_msan, not(blink_asan)))]
mod checker {
    use core::{ffi::c_void, ptr::NonNull};

    unsafe extern "C" {
        fn __msan_poison(start: *const c_void, len: usize);
    }

    // MemorySanitizer knows defined and undefined only: a use after reset is a read of
    // undefined bytes.
    pub(super) fn no_access(start: NonNull<u8>, len: usize) {
        // SAFETY: the runtime marks shadow memory; the range lies in a chunk of the arena.
        unsafe { __msan_poison(start.as_ptr().cast(), len) }
    }

    pub(super) fn undefined(start: NonNull<u8>, len: usize) {
        no_access(start, len);
    }
}

#[cfg(all(blink_valgrind, not(any(blink_asan, blink_msan))))]
mod checker {
    use core::ptr::NonNull;

    // Requests of memcheck, numbered from the letters of its name: 'M' and 'C' in the two
    // high bytes. See valgrind's manual, "Client Requests".
    const MAKE_MEM_NOACCESS: usize = 0x4d43_0000;
    const MAKE_MEM_UNDEFINED: usize = 0x4d43_0001;

    pub(super) fn no_access(start: NonNull<u8>, len: usize) {
        request(MAKE_MEM_NOACCESS, start, len);
    }

    pub(super) fn undefined(start: NonNull<u8>, len: usize) {
        request(MAKE_MEM_UNDEFINED, start, len);
    }

    /// A sequence of rotations that adds up to nothing on a processor, and that valgrind
    /// recognizes. Does nothing on other architectures than x86-64.
    fn request(code: usize, start: NonNull<u8>, len: usize) {
        #[cfg(target_arch = "x86_64")]
        {
            let request = [code, start.addr().get(), len, 0, 0, 0];
            // SAFETY: `rdi` turns by 64 bits in all, `rbx` is exchanged with itself, and
            // valgrind reads the array and writes `rdx`.
            unsafe {
                core::arch::asm!(
                    "rol rdi, 3",
                    "rol rdi, 13",
                    "rol rdi, 61",
                    "rol rdi, 51",
                    "xchg rbx, rbx",
                    inout("rdi") 0_usize => _,
                    in("rax") request.as_ptr(),
                    inout("rdx") 0_usize => _,
                    options(nostack),
                );
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        let _ = (code, start, len);
    }
}
