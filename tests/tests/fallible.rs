//! `with_fallible`, for values and errors of every relation of size and alignment.

use std::{array, cell::RefCell};

use blink_alloc::{Blink, BlinkAlloc, SyncBlinkAlloc};
use blink_tests::{
    RED_ZONE,
    arena::Arena,
    base::Base,
    drops::{self, Counted, Nothing},
};

/// Bytes that are aligned like an `A`.
#[repr(C)]
struct Bytes<A, const N: usize> {
    align: [A; 0],
    bytes: [u8; N],
}

#[repr(align(64))]
struct Wide;

trait Pattern: 'static {
    fn new(seed: u8) -> Self;
    fn check(&self, seed: u8);
}

impl<A: 'static, const N: usize> Pattern for Bytes<A, N> {
    fn new(seed: u8) -> Self {
        Self {
            align: [],
            bytes: array::from_fn(|at| seed ^ at as u8),
        }
    }

    fn check(&self, seed: u8) {
        assert!((&raw const *self).addr().is_multiple_of(align_of::<A>()));
        assert_eq!(self.bytes, Self::new(seed).bytes);
    }
}

/// The same, with a destructor that counts.
impl<P: Pattern> Pattern for (P, Nothing) {
    fn new(seed: u8) -> Self {
        (P::new(seed), Nothing::new(0))
    }

    fn check(&self, seed: u8) {
        self.0.check(seed);
    }
}

/// Fails by each builder, with something put meanwhile or without.
fn fail<T: Pattern, E: Pattern, A: Arena>(blink: &Blink<A>, meanwhile: impl Fn()) {
    let error = || -> Result<T, E> {
        meanwhile();
        Err(E::new(9))
    };
    // SAFETY: the values are `'static`.
    let unchecked = unsafe { blink.emplace_unchecked() };
    let errors = [
        blink.emplace().with_fallible(error).err(),
        blink.emplace_no_drop().with_fallible(error).err(),
        blink.emplace_shared().with_fallible(error).err(),
        unchecked.with_fallible(error).err(),
        (blink.emplace().try_with_fallible(error)).map_or_else(Result::ok, |_| None),
        (blink.emplace_no_drop().try_with_fallible(error)).map_or_else(Result::ok, |_| None),
    ];
    for error in errors {
        error.expect("an error was returned").check(9);
    }
}

/// Values between bytes; each is put by a closure that may fail.
fn check<T: Pattern, E: Pattern>() {
    check_over::<T, E, BlinkAlloc<_>>();
    check_over::<T, E, SyncBlinkAlloc<_>>();
}

fn check_over<T: Pattern, E: Pattern, A: Arena>() {
    for base in [Base::plain(), Base::all().last().unwrap()] {
        drops::restart();
        let mut blink = Blink::new_in(A::over(base));
        let ok = |seed| move || Ok::<T, E>(T::new(seed));
        let before = blink.copy_slice(&[0xaa_u8; 13]);
        let first = blink.emplace().with_fallible(ok(1)).ok().unwrap();
        let next = blink.copy_slice(&[0xbb_u8; 7]);

        fail::<T, E, A>(&blink, || {});
        let meanwhile = RefCell::new(Vec::new());
        fail::<T, E, A>(&blink, || {
            let bytes = blink.copy_slice(&[0xcc_u8; 29]);
            meanwhile.borrow_mut().push((blink.put(T::new(3)), bytes));
        });
        let second = blink.emplace().try_with_fallible(ok(2)).ok().unwrap();
        let after = blink.copy_slice(&[0xff_u8; 100]);
        blink.emplace().from_iter((0..20).map(|_| E::new(0xee)));

        first.check(1);
        second.check(2);
        for (value, bytes) in meanwhile.take() {
            value.check(3);
            assert_eq!(bytes, [0xcc; 29]);
        }
        assert_eq!((&*before, &*next), (&[0xaa; 13][..], &[0xbb; 7][..]));
        assert_eq!(after, [0xff; 100]);
        blink.reset();
        drops::assert_counts();

        // The room goes back, up to the padding in front of it.
        blink.allocator().reserve(10_000);
        blink.put(1_u8);
        let used = blink.allocator().allocated_bytes();
        for _ in 0..3 {
            fail::<T, E, A>(&blink, || {});
            assert!(blink.allocator().allocated_bytes() - used < 64 + RED_ZONE);
        }
    }
}

fn every_error<T: Pattern>() {
    check::<T, Bytes<u8, 0>>();
    check::<T, Bytes<u8, 1>>();
    check::<T, Bytes<u64, 8>>();
    check::<T, Bytes<u64, 24>>();
    check::<T, Bytes<u8, 1000>>();
    check::<T, Bytes<Wide, 0>>();
    check::<T, Bytes<Wide, 1000>>();
    check::<T, (Bytes<u8, 1>, Nothing)>();
    check::<T, (Bytes<u64, 24>, Nothing)>();
    check::<T, (Bytes<Wide, 1>, Nothing)>();
}

/// For values with a destructor and without.
fn every_drop<P: Pattern>() {
    every_error::<P>();
    every_error::<(P, Nothing)>();
}

#[test]
fn no_value_and_no_error_touches_another() {
    every_drop::<Bytes<u8, 0>>();
    every_drop::<Bytes<u8, 1>>();
    every_drop::<Bytes<u64, 0>>();
    every_drop::<Bytes<u64, 8>>();
    every_drop::<Bytes<u64, 24>>();
    every_drop::<Bytes<u8, 24>>();
    every_drop::<Bytes<u8, 1000>>();
    every_drop::<Bytes<u64, 1000>>();
    every_drop::<Bytes<Wide, 0>>();
    every_drop::<Bytes<Wide, 1>>();
    every_drop::<Bytes<Wide, 1000>>();
}
