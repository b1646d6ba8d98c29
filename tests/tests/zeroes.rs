//! Values and slices that begin as zeroes.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    thread,
};

use blink_alloc::{Blink, BlinkAlloc, SendBlink, SyncBlink};
use blink_tests::{arena::Arena, base::Base, every_arena};
use zerocopy::FromZeros;

thread_local! {
    /// Destructors that ran in this thread.
    static DROPS: Cell<usize> = const { Cell::new(0) };
}

/// Destructors that ran since the last call.
fn dropped() -> usize {
    DROPS.take()
}

/// A type of zeroes that counts its drops.
macro_rules! dropping {
    ($($(#[$attribute:meta])* $name:ident($($field:ty),*);)*) => {$(
        $(#[$attribute])*
        #[derive(FromZeros)]
        #[repr(C)]
        struct $name($($field),*);

        impl Drop for $name {
            fn drop(&mut self) {
                DROPS.set(DROPS.get() + 1);
            }
        }
    )*};
}

dropping! {
    Nothing();
    #[repr(align(64))]
    WideNothing();
    Byte(u8);
    #[repr(align(64))]
    Wide(u32);
    Large([u64; 100]);
}

/// Whether all of these bytes are zero.
fn is_zero<T: ?Sized>(value: &T) -> bool {
    let bytes = (&raw const *value).cast::<u8>();
    (0..size_of_val(value)).all(|at| {
        // SAFETY: within the value.
        let byte = unsafe { bytes.add(at) };
        // SAFETY: as above; the types here have no padding, or it was written as zeroes.
        unsafe { byte.read() == 0 }
    })
}

/// Leaves memory that holds ones, where zeroes go next.
fn soil<A: Arena>(blink: &mut Blink<A>) {
    for _ in 0..20 {
        blink.copy_slice(&[0xff_u8; 3000]);
    }
    blink.reset();
}

#[test]
fn every_number_of_zeroes() {
    fn of<T: FromZeros + 'static, A: Arena>(blink: &Blink<A>, droppable: bool) -> usize {
        let mut all = vec![
            std::slice::from_mut(blink.zeroed::<T>()),
            std::slice::from_mut(blink.try_zeroed::<T>().ok().unwrap()),
        ];
        for count in [0, 1, 2, 5, 33, 300] {
            all.push(blink.zeroed_slice::<T>(count));
            assert_eq!(all[all.len() - 1].len(), count);
            blink.copy_slice(&[0xff_u8; 3]);
            all.push(blink.try_zeroed_slice::<T>(count).ok().unwrap());
            assert_eq!(all[all.len() - 1].len(), count);
        }
        for slice in &all {
            assert!(slice.as_ptr().is_aligned());
            assert!(is_zero::<[T]>(slice));
        }
        if droppable { 2 + 2 * 341 } else { 0 }
    }

    fn check<A: Arena>(arena: A) {
        let mut blink = Blink::new_in(arena);
        for _ in 0..2 {
            soil(&mut blink);
            dropped();
            let mut due = of::<Byte, A>(&blink, true);
            due += of::<Nothing, A>(&blink, true);
            due += of::<WideNothing, A>(&blink, true);
            due += of::<Wide, A>(&blink, true);
            due += of::<Large, A>(&blink, true);
            due += of::<u8, A>(&blink, false);
            due += of::<[u128; 3], A>(&blink, false);
            due += of::<(), A>(&blink, false);
            due += of::<Option<Box<String>>, A>(&blink, false);
            due += of::<(u8, u64), A>(&blink, false);
            assert_eq!(dropped(), 0);
            blink.reset();
            assert_eq!(dropped(), due);
        }
    }
    every_arena!(check);
}

#[test]
fn zeroes_can_be_filled() {
    let mut blink = Blink::new();
    let boxes = blink.zeroed_slice::<Option<Box<u32>>>(100);
    for (number, place) in (0..).zip(boxes.iter_mut()) {
        assert!(place.is_none());
        *place = Some(Box::new(number));
    }
    let numbers = boxes.iter().flatten().map(|number| **number);
    assert_eq!(numbers.sum::<u32>(), 99 * 50);
    // The boxes are freed here, or a leak checker sees them.
    blink.reset();

    let counts = blink.zeroed_slice::<AtomicU32>(10);
    counts[3].fetch_add(4, Relaxed);
    assert_eq!(
        counts.iter().map(|count| count.load(Relaxed)).max(),
        Some(4)
    );
}

#[test]
fn zeroes_are_dropped_with_their_frame() {
    let mut blink = Blink::new();
    dropped();
    let mut frame = blink.as_frame();
    let kept = frame.zeroed_slice::<Wide>(2);
    frame.scope(|frame| {
        let inner = frame.zeroed::<Wide>();
        inner.0 = 7;
        frame.zeroed_slice::<Nothing>(5);
        assert!(frame.try_zeroed_slice::<Byte>(3).is_ok());
        assert_eq!(dropped(), 0);
    });
    assert_eq!(dropped(), 1 + 5 + 3);
    assert_eq!((kept[0].0, kept[1].0), (0, 0));
    blink.drop_all();
    assert_eq!(dropped(), 2);
    drop(blink);
    assert_eq!(dropped(), 0);
}

#[test]
fn large_values_are_never_on_the_stack() {
    const BYTES: usize = 8 << 20;

    let thread = thread::Builder::new().stack_size(256 << 10);
    let run = || {
        let blink = Blink::new();
        let table = blink.zeroed::<[[u8; 1024]; BYTES / 1024]>();
        table[BYTES / 1024 - 1][1023] = 1;
        assert_eq!(
            table
                .as_flattened()
                .iter()
                .map(|&byte| usize::from(byte))
                .sum::<usize>(),
            1
        );
        let again = blink.try_zeroed::<[u64; BYTES / 8]>().unwrap();
        assert!(again.iter().all(|&word| word == 0));
        let many = blink.zeroed_slice::<[u64; BYTES / 64]>(8);
        assert!(is_zero(many));
        let mut shared = SyncBlink::new();
        let frame = shared.as_frame();
        assert!(is_zero(frame.zeroed::<[u64; BYTES / 8]>()));
    };
    thread.spawn(run).unwrap().join().unwrap();
}

#[test]
fn over_aligned_zeroes_are_aligned() {
    #[derive(FromZeros)]
    #[repr(C, align(4096))]
    struct Page([u8; 4096]);

    fn check<A: Arena>(arena: A) {
        let mut blink = Blink::new_in(arena);
        soil(&mut blink);
        for count in 0..4 {
            blink.put_no_drop(0xff_u8);
            let one: &mut Page = blink.zeroed();
            let many = blink.zeroed_slice::<Page>(count);
            assert!((&raw const *one).is_aligned() && many.as_ptr().is_aligned());
            assert!(is_zero(one) && is_zero(many) && one.0.len() == 4096);
        }
    }
    every_arena!(check);
}

#[test]
fn no_zeroes_touch_no_chunk() {
    let base = Base::plain();
    base.refuse_all();
    let mut blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
    dropped();
    assert_eq!(blink.zeroed_slice::<u64>(0).len(), 0);
    assert_eq!(blink.zeroed_slice::<Large>(0).len(), 0);
    assert_eq!(blink.zeroed_slice::<WideNothing>(0).len(), 0);
    // As many as there may be: without bytes and without a destructor they are nothing.
    assert_eq!(blink.zeroed_slice::<()>(usize::MAX).len(), usize::MAX);
    assert_eq!(
        blink
            .try_zeroed_slice::<[u64; 0]>(usize::MAX)
            .unwrap()
            .len(),
        usize::MAX
    );
    *blink.zeroed::<()>() = ();
    // An entry needs room.
    assert!(blink.try_zeroed::<Nothing>().is_err());
    assert!(blink.try_zeroed_slice::<WideNothing>(3).is_err());
    assert_eq!(base.calls(), base.refused());
    blink.reset();
    assert_eq!((dropped(), base.live()), (0, 0));
}

#[test]
fn too_many_zeroes_are_an_error() {
    fn refused<T: FromZeros + 'static>(blink: &Blink<BlinkAlloc<Base>>) {
        let most = isize::MAX as usize / size_of::<T>();
        for count in [
            most,
            most - 1,
            most + 1,
            usize::MAX / size_of::<T>(),
            usize::MAX - 1,
            usize::MAX,
        ] {
            assert!(blink.try_zeroed_slice::<T>(count).is_err(), "{count}");
        }
        let overflows = || _ = blink.zeroed_slice::<T>(usize::MAX);
        if size_of::<T>() > 1 {
            let payload = catch_unwind(AssertUnwindSafe(overflows)).unwrap_err();
            assert_eq!(payload.downcast_ref(), Some(&"capacity overflow"));
        }
    }

    let base = Base::plain();
    let blink = Blink::new_in(BlinkAlloc::new_in(base.clone()));
    dropped();
    blink.put_no_drop(1_u8);
    let used = blink.allocator().allocated_bytes();
    refused::<u8>(&blink);
    refused::<u64>(&blink);
    refused::<Byte>(&blink);
    refused::<Wide>(&blink);
    refused::<[Large; 7]>(&blink);
    assert_eq!(blink.allocator().allocated_bytes(), used);
    drop(blink);
    assert_eq!(dropped(), 0);
}

#[test]
fn refusals_of_zeroes_are_errors() {
    fn check<A: Arena>(arena: A) {
        let mut blink = Blink::new_in(arena);
        dropped();
        let mut due = 0;
        for after in [0, 0, 1, 2, 0] {
            blink.allocator().inner().refuse(after, usize::MAX);
            let refused = blink.allocator().inner().refused();
            while blink.try_zeroed::<Large>().is_ok() {
                due += 1;
            }
            while blink.try_zeroed_slice::<Wide>(3).is_ok() {
                due += 3;
            }
            assert!(blink.try_zeroed_slice::<u8>(10_000_000).is_err());
            let used = blink.allocator().allocated_bytes();
            assert!(blink.try_zeroed::<Large>().is_err());
            assert_eq!(blink.allocator().allocated_bytes(), used);
            assert!(blink.allocator().inner().refused() > refused);
        }
        blink.allocator().inner().obey();
        due += blink.zeroed_slice::<Large>(6).len() + 1;
        blink.zeroed::<Byte>();
        assert_eq!(dropped(), 0);
        blink.reset();
        assert_eq!(dropped(), due);
    }
    every_arena!(check);
}

#[test]
fn zeroes_that_are_sent_are_dropped_there() {
    dropped();
    let blink = SendBlink::new(Blink::new());
    blink.zeroed_slice::<Byte>(4)[2].0 = 9;
    blink.zeroed::<Wide>();
    let worker = thread::spawn(move || {
        drop(blink);
        dropped()
    });
    assert_eq!((worker.join().unwrap(), dropped()), (5, 0));
}

#[test]
fn several_threads_put_zeroes_at_once() {
    let mut blink = SyncBlink::new();
    for _ in 0..3 {
        dropped();
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    for count in 0..50 {
                        assert!(is_zero(blink.zeroed_slice::<Wide>(count)));
                        blink.zeroed_slice::<u64>(count).fill(u64::MAX);
                    }
                });
            }
        });
        blink.reset();
        assert_eq!(dropped(), 3 * 49 * 25);
    }
}
