//! A program without an operating system's library, `std` or `alloc`, that uses blink-alloc.
//!
//! Whether it links is the first thing that is tested: any call into `std`, `alloc` or libc
//! would be an undefined symbol. Then it runs, and exits with 0 when all checks hold and with
//! 1 otherwise.

#![no_std]
#![no_main]

mod buffer;
mod checks;
mod platform;

/// Called by the entry point in `platform`.
#[unsafe(no_mangle)]
extern "C" fn program() -> ! {
    checks::all();
    platform::exit(0)
}
