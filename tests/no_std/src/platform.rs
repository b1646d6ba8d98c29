//! What an operating system's library would do: the entry point, exit and output, the memory
//! functions that the compiler calls, and the end of a panic. For Linux on x86-64.

use core::{
    arch::{asm, global_asm},
    panic::PanicInfo,
};

// The stack is aligned as the ABI asks before the call.
global_asm!(
    ".globl _start",
    "_start:",
    "xor ebp, ebp",
    "and rsp, -16",
    "call program",
    "ud2",
);

const WRITE: usize = 1;
const EXIT_GROUP: usize = 231;
const STANDARD_ERROR: usize = 2;

/// Ends the program.
pub fn exit(code: usize) -> ! {
    // SAFETY: the kernel ends the process and touches no memory of it.
    unsafe {
        asm!("syscall", in("rax") EXIT_GROUP, in("rdi") code, options(noreturn, nostack));
    }
}

/// Says what is wrong and ends the program.
pub fn fail(message: &str) -> ! {
    // SAFETY: the kernel reads the bytes of the message; it overwrites `rcx` and `r11`.
    unsafe {
        asm!(
            "syscall",
            inout("rax") WRITE => _,
            in("rdi") STANDARD_ERROR,
            in("rsi") message.as_ptr(),
            in("rdx") message.len(),
            out("rcx") _,
            out("r11") _,
            options(nostack, readonly),
        );
    }
    exit(1)
}

#[panic_handler]
fn panicked(_: &PanicInfo<'_>) -> ! {
    fail("panicked\n")
}

/// Named by the unwinding tables of `core`. Nothing unwinds here.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

/// # Safety
///
/// As C's `memcpy`.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, len: usize) -> *mut u8 {
    // SAFETY: the caller's promise. An instruction, because the compiler would make a call of
    // `memcpy` of a loop.
    unsafe {
        asm!(
            "rep movsb",
            inout("rdi") to => _,
            inout("rsi") from => _,
            inout("rcx") len => _,
            options(nostack, preserves_flags),
        );
    }
    to
}

/// # Safety
///
/// As C's `memmove`.
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, len: usize) -> *mut u8 {
    if to.addr().wrapping_sub(from.addr()) >= len {
        // SAFETY: going up, nothing is overwritten before it is read.
        return unsafe { memcpy(to, from, len) };
    }
    // SAFETY: the caller's promise: going down from the last byte, nothing is overwritten
    // before it is read. The direction is set back, as the ABI asks.
    unsafe {
        asm!(
            "std",
            "rep movsb",
            "cld",
            inout("rdi") to.wrapping_add(len).wrapping_sub(1) => _,
            inout("rsi") from.wrapping_add(len).wrapping_sub(1) => _,
            inout("rcx") len => _,
            options(nostack),
        );
    }
    to
}

/// # Safety
///
/// As C's `memset`.
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, byte: i32, len: usize) -> *mut u8 {
    // SAFETY: the caller's promise.
    unsafe {
        asm!(
            "rep stosb",
            inout("rdi") to => _,
            in("eax") byte,
            inout("rcx") len => _,
            options(nostack, preserves_flags),
        );
    }
    to
}

/// # Safety
///
/// As C's `memcmp`.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, len: usize) -> i32 {
    for index in 0..len {
        // SAFETY: the caller's promise.
        let from_left = unsafe { left.wrapping_add(index).read() };
        // SAFETY: the caller's promise.
        let from_right = unsafe { right.wrapping_add(index).read() };
        if from_left != from_right {
            return i32::from(from_left) - i32::from(from_right);
        }
    }
    0
}

/// # Safety
///
/// As `memcmp`, of which it is a shorter name for "are they equal".
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(left: *const u8, right: *const u8, len: usize) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { memcmp(left, right, len) }
}
