//! Who gives threads their memory: all by the `Allocator` trait of allocator-api2 0.4.

use std::{
    alloc::Layout,
    marker::PhantomData,
    ptr::NonNull,
    sync::{Mutex, MutexGuard},
};

use allocator_api2::alloc::{AllocError, Allocator, Global};
use blink_alloc::SyncBlinkAlloc;
use blink_benches::of02::Of02;
use bump_scope::BumpPool;
use bumpalo::Bump;
use bumpalo_herd::Herd;
use published::SyncBlinkAlloc as Published;

use crate::work::{Seat, Work, check};

/// One contender with its work.
pub trait Job: Send + Sync {
    /// One thread's part of a round.
    fn run(&self, seat: &mut Seat);
    /// Frees all that was allocated in a round.
    fn reset(&mut self);
}

/// Makes a [`Job`].
pub type Make = fn() -> Box<dyn Job>;

/// A [`Job`] of a contender `C`.
pub fn job<C: Contender, W: Work>() -> Box<dyn Job> {
    Box::new(Pair::<C, W>(C::default(), PhantomData))
}

struct Pair<C, W>(C, PhantomData<fn() -> W>);

impl<C: Contender, W: Work> Job for Pair<C, W> {
    fn run(&self, seat: &mut Seat) {
        let right = W::sum(seat.thread);
        for _ in 0..W::TIMES {
            check(self.0.run::<W>(seat), right);
        }
    }

    fn reset(&mut self) {
        self.0.reset();
    }
}

/// Somebody who gives threads their memory.
pub trait Contender: Default + Send + Sync + 'static {
    /// Does some work with its memory.
    fn run<W: Work>(&self, seat: &mut Seat) -> u64;
    /// Frees everything.
    fn reset(&mut self);
}

/// Contenders: what they have, and what they pass to the work.
macro_rules! contenders {
    ($($(#[$doc:meta])* $Name:ident($Type:ty), |$own:ident| $arena:expr, $reset:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Default)]
        pub struct $Name($Type);

        impl Contender for $Name {
            fn run<W: Work>(&self, seat: &mut Seat) -> u64 {
                let $own = &self.0;
                W::run($arena, false, seat)
            }

            fn reset(&mut self) {
                $reset(&mut self.0);
            }
        }
    )*};
}

contenders! {
    /// Our shared arena.
    Direct(SyncBlinkAlloc), |arena| arena, SyncBlinkAlloc::reset;
    /// Our local arenas.
    Private(SyncBlinkAlloc), |arena| &arena.local(), SyncBlinkAlloc::reset;
    /// The shared arena of blink-alloc 0.4.
    PublishedDirect(Published), |arena| arena, Published::reset;
    /// The local arenas of blink-alloc 0.4.
    PublishedPrivate(Published), |arena| &arena.local(), Published::reset;
    /// One of bumpalo's arenas behind a lock.
    Locked(Mutex<Bump>), |bump| Lock(bump), reset_locked;
    /// bumpalo-herd's arenas.
    Herded(Herd), |herd| Of02(herd.get().as_bump()), Herd::reset;
    /// bump-scope's arenas.
    Pooled(BumpPool), |pool| &*pool.get(), BumpPool::reset;
}

/// The system's allocator. Every block is freed on its own.
#[derive(Default)]
pub struct System;

impl Contender for System {
    fn run<W: Work>(&self, seat: &mut Seat) -> u64 {
        W::run(Global, true, seat)
    }

    fn reset(&mut self) {}
}

fn reset_locked(bump: &mut Mutex<Bump>) {
    bump.get_mut().expect(UNPOISONED).reset();
}

const UNPOISONED: &str = "no thread has panicked";

/// An arena behind a lock, which is taken for each request.
#[derive(Clone, Copy)]
struct Lock<'a>(&'a Mutex<Bump>);

impl Lock<'_> {
    fn take(&self) -> MutexGuard<'_, Bump> {
        self.0.lock().expect(UNPOISONED)
    }
}

// SAFETY: everything is done by the arena, one thread at a time.
unsafe impl Allocator for Lock<'_> {
    #[inline(always)]
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        Of02(&*self.take()).allocate(layout)
    }

    #[inline(always)]
    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { Of02(&*self.take()).deallocate(ptr, layout) }
    }

    #[inline(always)]
    unsafe fn grow(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the caller's promise.
        unsafe { Of02(&*self.take()).grow(ptr, old, new) }
    }

    #[inline(always)]
    unsafe fn shrink(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the caller's promise.
        unsafe { Of02(&*self.take()).shrink(ptr, old, new) }
    }
}
