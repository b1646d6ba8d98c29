//! Which types may be sent to another thread, and which may be shared by threads.
//!
//! The table says both what must be possible and what would be unsound.

use std::{
    cell::Cell,
    marker::PhantomData,
    ptr::NonNull,
    rc::Rc,
    sync::{Mutex, MutexGuard},
};

use allocator_api2::alloc::{AllocError, Allocator, Layout};
use blink_alloc::{
    Blink, BlinkAlloc, BlinkAllocCache, BlinkAllocator, BlinkString, BlinkVec, Cached, ChunkStats,
    Emplace, Frame, FrameGuard, FrameIn, IntoItems, Local, LocalBlinkAlloc, Mark, Rewind,
    SendBlink, Sendable, Shared, Slot, Stats, SyncBlink, SyncBlinkAlloc, SyncMark,
};

/// A base allocator with the auto traits of `T`.
struct Base<T>(PhantomData<T>);

// SAFETY: there are no blocks.
unsafe impl<T> Allocator for Base<T> {
    fn allocate(&self, _: Layout) -> Result<NonNull<[u8]>, AllocError> {
        Err(AllocError)
    }

    unsafe fn deallocate(&self, _: NonNull<u8>, _: Layout) {}
}

// SAFETY: as above.
unsafe impl<T> BlinkAllocator for Base<T> {
    fn reset(&mut self) {}
}

// SAFETY: as above.
unsafe impl<T> Rewind for Base<T> {
    type Mark = ();

    fn mark(&self) {}

    unsafe fn rewind(&self, (): ()) {}
}

/// Has the constants below for every type, and first those of its own, which say that the type
/// has the trait and are there only if it has.
struct Probe<T>(PhantomData<T>);

impl<T: Send> Probe<T> {
    const SEND: bool = true;
}

impl<T: Sync> Probe<T> {
    const SYNC: bool = true;
}

trait Otherwise {
    const SEND: bool = false;
    const SYNC: bool = false;
}

impl<T> Otherwise for Probe<T> {}

/// Whether a type is `Send`, and whether it is `Sync`.
type Found = (bool, bool);

const BOTH: Found = (true, true);
const SEND: Found = (true, false);
const SYNC: Found = (false, true);
const NONE: Found = (false, false);

macro_rules! found {
    ($type:ty) => {
        (<Probe<$type>>::SEND, <Probe<$type>>::SYNC)
    };
}

/// What is found for a type over four parameters, which have both traits, one, the other, and
/// neither.
macro_rules! row {
    ($type:ident) => {
        (
            stringify!($type),
            [
                found!($type<Mutex<u8>>),
                found!($type<Cell<u8>>),
                found!($type<MutexGuard<'static, u8>>),
                found!($type<Rc<u8>>),
            ],
        )
    };
}

type Arena<T> = BlinkAlloc<Base<T>>;
type AlignedArena<T> = BlinkAlloc<Base<T>, 16>;
type SharedArena<T> = &'static Arena<T>;
type LentArena<T> = &'static mut Arena<T>;

type BlinkOverArena<T> = Blink<Arena<T>>;
type BlinkOverShared<T> = Blink<SharedArena<T>>;
type BlinkOverLent<T> = Blink<LentArena<T>>;
type BlinkOverBase<T> = Blink<Base<T>>;

type SendBlinkOverArena<T> = SendBlink<Arena<T>>;
type SendBlinkOverShared<T> = SendBlink<SharedArena<T>>;
type SendBlinkOverLent<T> = SendBlink<LentArena<T>>;
type SendBlinkOverBase<T> = SendBlink<Base<T>>;
type SendableBlink<T> = Blink<Arena<T>, Sendable>;
type LentSendableBlink<T> = &'static mut Blink<Arena<T>, Sendable>;

type SyncBlinkOverArena<T> = SyncBlink<Arena<T>>;
type SyncBlinkOverShared<T> = SyncBlink<SharedArena<T>>;
type SyncBlinkOverBase<T> = SyncBlink<Base<T>>;
type SyncBlinkOverLentBase<T> = SyncBlink<&'static mut Base<T>>;
type SyncBlinkOverSharedBase<T> = SyncBlink<&'static Base<T>>;
type SharedBlink<T> = Blink<Base<T>, Shared>;
type LentSharedBlink<T> = &'static mut Blink<Base<T>, Shared>;

type Builder<T> = Emplace<'static, Arena<T>, u8>;
type BuilderOverBase<T> = Emplace<'static, Base<T>, u8>;
type BuilderOf<T> = Emplace<'static, BlinkAlloc, T>;
type SharingBuilderOf<T> = Emplace<'static, BlinkAlloc, T, &'static T, &'static [T]>;
type ModeBuilder<T, M> = Emplace<'static, Base<T>, u8, &'static u8, &'static [u8], &'static (), M>;
type SendableBuilder<T> = ModeBuilder<T, Sendable>;
type SharedBuilder<T> = ModeBuilder<T, Shared>;
type SharedBuilderOf<T> =
    Emplace<'static, Base<u8>, T, &'static T, &'static [T], &'static (), Shared>;

type LocalFrame<T> = Frame<'static, Arena<T>>;
type LocalGuard<T> = FrameGuard<'static, Arena<T>>;
type LocalFrameIn<T> = FrameIn<'static, 'static, Arena<T>>;
type SendableFrame<T> = Frame<'static, Arena<T>, Sendable>;
type SendableGuard<T> = FrameGuard<'static, Arena<T>, Sendable>;
type SendableFrameIn<T> = FrameIn<'static, 'static, Arena<T>, Sendable>;
type FrameOverLent<T> = Frame<'static, LentArena<T>, Sendable>;
type FrameOverShared<T> = Frame<'static, SharedArena<T>, Sendable>;
type SharedFrame<T> = &'static SendableFrame<T>;
type SharedModeFrame<T> = Frame<'static, Base<T>, Shared>;
type SharedModeFrameOverArena<T> = Frame<'static, Arena<T>, Shared>;
type SharedModeFrameIn<T> = FrameIn<'static, 'static, Base<T>, Shared>;
type SharedModeGuard<T> = FrameGuard<'static, Base<T>, Shared>;
type SlotOf<T> = Slot<'static, T>;

type SyncArena<T> = SyncBlinkAlloc<Base<T>>;
type SharedSyncArena<T> = &'static SyncArena<T>;
type LentSyncArena<T> = &'static mut SyncArena<T>;
type LocalArena<T> = LocalBlinkAlloc<'static, Base<T>>;
type SharedLocalArena<T> = &'static LocalArena<T>;
type LentLocalArena<T> = &'static mut LocalArena<T>;

type BlinkOverSync<T> = Blink<SyncArena<T>>;
type SendBlinkOverSync<T> = SendBlink<SyncArena<T>>;
type SendBlinkOverSharedSync<T> = SendBlink<SharedSyncArena<T>>;
type SendBlinkOverLocalArena<T> = SendBlink<LocalArena<T>>;
type SyncBlinkOverSync<T> = SyncBlink<SyncArena<T>>;
type SyncBlinkOverSharedSync<T> = SyncBlink<SharedSyncArena<T>>;
type SyncBlinkOverLentSync<T> = SyncBlink<LentSyncArena<T>>;
type SyncBlinkOverLocalArena<T> = SyncBlink<LocalArena<T>>;

type SyncFrame<T> = Frame<'static, SyncArena<T>, Shared>;
type SyncFrameIn<T> = FrameIn<'static, 'static, SyncArena<T>, Shared>;
type SyncGuard<T> = FrameGuard<'static, SyncArena<T>, Shared>;
type SyncFrameOverLocalArena<T> = Frame<'static, LocalArena<T>, Shared>;
type SendableFrameOverSync<T> = Frame<'static, SyncArena<T>, Sendable>;
type LocalFrameOverSync<T> = Frame<'static, SyncArena<T>>;
type SyncBuilder<T> =
    Emplace<'static, SyncArena<T>, u8, &'static u8, &'static [u8], &'static (), Shared>;

type Cache<T> = BlinkAllocCache<Base<T>>;
type SharedCache<T> = &'static Cache<T>;
type CachedArena<T> = Cached<'static, Arena<T>>;
type CachedBlink<T> = Cached<'static, BlinkOverArena<T>>;
type CachedSendBlink<T> = Cached<'static, SendBlinkOverArena<T>>;
type SharedCachedSendBlink<T> = &'static CachedSendBlink<T>;

type VecOnLocal<T> = BlinkVec<T, &'static Blink>;
type VecOnSendable<T> = BlinkVec<u8, &'static Blink<Arena<T>, Sendable>>;
type VecOnShared<T> = BlinkVec<T, &'static Blink<SyncBlinkAlloc, Shared>>;
type StringOnShared<T> = BlinkString<&'static Blink<SyncArena<T>, Shared>>;
type StringOnSharedFrame<T> = BlinkString<&'static SyncFrame<T>>;
type ItemsOfLocal<T> = IntoItems<T, &'static Blink>;
type ItemsOfShared<T> = IntoItems<T, &'static Blink<SyncBlinkAlloc, Shared>>;

#[test]
fn types_with_a_parameter() {
    #[rustfmt::skip]
    let table = [
        // Of the parameter:         both  Send  Sync  none
        (row!(Base),                [BOTH, SEND, SYNC, NONE]),
        // An arena moves its cursor without synchronization, and goes where its base may.
        (row!(Arena),               [SEND, SEND, NONE, NONE]),
        (row!(AlignedArena),        [SEND, SEND, NONE, NONE]),
        (row!(SharedArena),         [NONE, NONE, NONE, NONE]),
        (row!(LentArena),           [SEND, SEND, NONE, NONE]),
        // A `Blink` may have to drop what is bound to its thread.
        (row!(BlinkOverArena),      [NONE, NONE, NONE, NONE]),
        (row!(BlinkOverShared),     [NONE, NONE, NONE, NONE]),
        (row!(BlinkOverLent),       [NONE, NONE, NONE, NONE]),
        // Whatever it is over: its list of destructors is not synchronized either.
        (row!(BlinkOverBase),       [NONE, NONE, NONE, NONE]),
        // A `SendBlink` has nothing of the kind, and goes where its arena may.
        (row!(SendBlinkOverArena),  [SEND, SEND, NONE, NONE]),
        (row!(SendBlinkOverShared), [NONE, NONE, NONE, NONE]),
        (row!(SendBlinkOverLent),   [SEND, SEND, NONE, NONE]),
        (row!(SendBlinkOverBase),   [SEND, SEND, NONE, NONE]),
        (row!(SendableBlink),       [SEND, SEND, NONE, NONE]),
        (row!(LentSendableBlink),   [SEND, SEND, NONE, NONE]),
        // A `SyncBlink` adds to its list by an atomic: threads share it where they may share its
        // arena, which no `BlinkAlloc` is for.
        (row!(SyncBlinkOverArena),  [SEND, SEND, NONE, NONE]),
        (row!(SyncBlinkOverShared), [NONE, NONE, NONE, NONE]),
        (row!(SyncBlinkOverBase),   [BOTH, SEND, SYNC, NONE]),
        (row!(SyncBlinkOverLentBase),   [BOTH, SEND, SYNC, NONE]),
        (row!(SyncBlinkOverSharedBase), [BOTH, NONE, BOTH, NONE]),
        (row!(SharedBlink),         [BOTH, SEND, SYNC, NONE]),
        (row!(LentSharedBlink),     [BOTH, SEND, SYNC, NONE]),
        // A builder allocates from the adaptor, and adds to its list, while the adaptor itself
        // is in use where it was made.
        (row!(Builder),             [NONE, NONE, NONE, NONE]),
        (row!(BuilderOverBase),     [NONE, NONE, NONE, NONE]),
        (row!(BuilderOf),           [NONE, NONE, NONE, NONE]),
        (row!(SharingBuilderOf),    [NONE, NONE, NONE, NONE]),
        (row!(SendableBuilder),     [NONE, NONE, NONE, NONE]),
        // That of a shared adaptor is a reference to it. It holds no values.
        (row!(SharedBuilder),       [BOTH, NONE, BOTH, NONE]),
        (row!(SharedBuilderOf),     [BOTH, BOTH, BOTH, BOTH]),
        // A frame goes where its adaptor may, and is never shared: nor is a reference to it.
        (row!(LocalFrame),          [NONE, NONE, NONE, NONE]),
        (row!(LocalGuard),          [NONE, NONE, NONE, NONE]),
        (row!(LocalFrameIn),        [NONE, NONE, NONE, NONE]),
        (row!(SendableFrame),       [SEND, SEND, NONE, NONE]),
        (row!(SendableGuard),       [SEND, SEND, NONE, NONE]),
        (row!(SendableFrameIn),     [SEND, SEND, NONE, NONE]),
        (row!(FrameOverLent),       [SEND, SEND, NONE, NONE]),
        (row!(FrameOverShared),     [NONE, NONE, NONE, NONE]),
        (row!(SharedFrame),         [NONE, NONE, NONE, NONE]),
        // That of a shared adaptor is shared where that is, too. A guard need not be: it does
        // nothing by `&self`.
        (row!(SharedModeFrame),     [BOTH, SEND, SYNC, NONE]),
        (row!(SharedModeFrameIn),   [BOTH, SEND, SYNC, NONE]),
        (row!(SharedModeFrameOverArena), [SEND, SEND, NONE, NONE]),
        (row!(SharedModeGuard),     [SEND, SEND, NONE, NONE]),
        // A slot is a reference to its place.
        (row!(SlotOf),              [BOTH, SEND, SYNC, NONE]),
        // A shared arena calls its base from all threads, by reference.
        (row!(SyncArena),           [BOTH, SEND, SYNC, NONE]),
        (row!(SharedSyncArena),     [BOTH, NONE, BOTH, NONE]),
        (row!(LentSyncArena),       [BOTH, SEND, SYNC, NONE]),
        // A local arena is a reference to that, and a cursor without synchronization.
        (row!(LocalArena),          [SEND, NONE, SEND, NONE]),
        (row!(SharedLocalArena),    [NONE, NONE, NONE, NONE]),
        (row!(LentLocalArena),      [SEND, NONE, SEND, NONE]),
        (row!(BlinkOverSync),       [NONE, NONE, NONE, NONE]),
        (row!(SendBlinkOverSync),   [SEND, SEND, NONE, NONE]),
        (row!(SendBlinkOverSharedSync), [SEND, NONE, SEND, NONE]),
        (row!(SendBlinkOverLocalArena), [SEND, NONE, SEND, NONE]),
        (row!(SyncBlinkOverSync),   [BOTH, SEND, SYNC, NONE]),
        (row!(SyncBlinkOverSharedSync), [BOTH, NONE, BOTH, NONE]),
        (row!(SyncBlinkOverLentSync),   [BOTH, SEND, SYNC, NONE]),
        (row!(SyncBlinkOverLocalArena), [SEND, NONE, SEND, NONE]),
        (row!(SyncFrame),           [BOTH, SEND, SYNC, NONE]),
        (row!(SyncFrameIn),         [BOTH, SEND, SYNC, NONE]),
        (row!(SyncGuard),           [SEND, SEND, NONE, NONE]),
        (row!(SyncFrameOverLocalArena), [SEND, NONE, SEND, NONE]),
        (row!(SendableFrameOverSync),   [SEND, SEND, NONE, NONE]),
        (row!(LocalFrameOverSync),  [NONE, NONE, NONE, NONE]),
        (row!(SyncBuilder),         [BOTH, NONE, BOTH, NONE]),
        // A vector is its items and a reference to what it allocates from.
        (row!(VecOnLocal),          [NONE, NONE, NONE, NONE]),
        (row!(VecOnSendable),       [NONE, NONE, NONE, NONE]),
        (row!(VecOnShared),         [BOTH, SEND, SYNC, NONE]),
        (row!(StringOnShared),      [BOTH, NONE, BOTH, NONE]),
        (row!(StringOnSharedFrame), [BOTH, NONE, BOTH, NONE]),
        (row!(ItemsOfLocal),        [NONE, NONE, NONE, NONE]),
        (row!(ItemsOfShared),       [BOTH, SEND, SYNC, NONE]),
        // Arenas go through a cache from thread to thread: it never lends one to two.
        (row!(Cache),               [BOTH, BOTH, NONE, NONE]),
        (row!(SharedCache),         [BOTH, BOTH, NONE, NONE]),
        (row!(CachedArena),         [SEND, SEND, NONE, NONE]),
        (row!(CachedBlink),         [NONE, NONE, NONE, NONE]),
        (row!(CachedSendBlink),     [SEND, SEND, NONE, NONE]),
        (row!(SharedCachedSendBlink), [NONE, NONE, NONE, NONE]),
    ];
    for ((name, found), expected) in table {
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn types_without_a_parameter() {
    #[rustfmt::skip]
    let table = [
        ("Stats",      found!(Stats),      BOTH),
        ("ChunkStats", found!(ChunkStats), BOTH),
        ("Local",      found!(Local),      BOTH),
        ("Mark",       found!(Mark),       BOTH),
        ("Sendable",   found!(Sendable),   BOTH),
        ("Shared",     found!(Shared),     BOTH),
        // The defaults of the parameters are those of the published crate.
        ("BlinkAlloc", found!(BlinkAlloc), SEND),
        ("Blink",      found!(Blink),      NONE),
        ("SendBlink",  found!(SendBlink),  SEND),
        ("SyncMark",   found!(SyncMark),   BOTH),
        ("SyncBlink",  found!(SyncBlink),  BOTH),
        ("SyncBlinkAlloc",  found!(SyncBlinkAlloc),  BOTH),
        ("LocalBlinkAlloc", found!(LocalBlinkAlloc<'_>), SEND),
        ("BlinkAllocCache", found!(BlinkAllocCache), BOTH),
    ];
    for (name, found, expected) in table {
        assert_eq!(found, expected, "{name}");
    }
}
