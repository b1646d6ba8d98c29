//! Values that become themselves, and shapes around what is copied.

use std::{
    alloc::Layout,
    any::TypeId,
    cell::{Cell, OnceCell, RefCell},
    cmp::{self, Reverse},
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    convert::Infallible,
    fmt::{self, Debug},
    io,
    marker::{PhantomData, PhantomPinned},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::{FpCategory, NonZero, Saturating, Wrapping},
    ops::{Bound, ControlFlow},
    sync::{
        OnceLock,
        atomic::{
            self, AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8,
            AtomicU16, AtomicU32, AtomicU64, AtomicUsize,
        },
    },
    task::Poll,
    thread,
    time::{Duration, Instant, SystemTime},
};

use blink_alloc::{BlinkClone, CloneError};

use crate::{arena, copy_of};

/// A value is itself, alone and in a slice.
#[track_caller]
fn same<T>(value: T)
where
    T: for<'b> BlinkClone<'b, Cloned = T> + Clone + PartialEq + Debug,
{
    let (blink, _) = arena();
    assert_eq!(blink.clone_in(&value), value);
    let several = vec![value; 5];
    assert_eq!(*blink.clone_in(&several), *several);
    let taken = blink.allocator().allocated_bytes();
    assert!(taken <= blink_tests::taken(size_of_val(&*several), 1) + align_of::<T>());
}

macro_rules! same {
    ($($value:expr),* $(,)?) => { $(same($value);)* };
}

#[test]
fn plain_values_are_themselves() {
    same!((), true, 'ä', 1_u8, 2_u16, 3_u32, 4_u64, 5_u128, 6_usize);
    same!(
        -1_i8, -2_i16, -3_i32, -4_i64, -5_i128, -6_isize, 0.5_f32, 0.25_f64
    );
    same!(PhantomPinned, .., Duration::from_nanos(1_000_000_007));

    let (four, six) = (Ipv4Addr::LOCALHOST, Ipv6Addr::LOCALHOST);
    let (four_at, six_at) = (
        SocketAddrV4::new(four, 80),
        SocketAddrV6::new(six, 443, 1, 2),
    );
    same!(
        four,
        six,
        IpAddr::V4(four),
        IpAddr::V6(six),
        four_at,
        six_at
    );
    same!(SocketAddr::V4(four_at), SocketAddr::V6(six_at));

    same!(FpCategory::Nan, Layout::new::<u64>(), TypeId::of::<str>());
    same!(atomic::Ordering::AcqRel, cmp::Ordering::Less);
    same!(Instant::now(), SystemTime::now(), thread::current().id());
}

#[test]
fn numbers_that_are_not_zero_are_themselves() {
    macro_rules! non_zero {
        ($($type:ty)*) => {$(
            same(NonZero::<$type>::MAX);
            same(NonZero::<$type>::new(1));
        )*};
    }

    non_zero!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);
}

#[test]
fn errors_are_themselves() {
    same!(Ok::<u8, Infallible>(1), fmt::Error, CloneError::Cycle("x"));
    same!(u8::try_from(256), char::try_from(0xd800_u32));
    same!(
        str::from_utf8(&[[0xff]].concat()).unwrap_err(),
        io::ErrorKind::NotFound
    );
}

#[test]
fn functions_are_themselves() {
    fn six(a: u8, b: u16, c: u32, d: u64, e: &'static str, f: ()) -> String {
        format!("{a}{b}{c}{d}{e}{f:?}")
    }

    let (blink, _) = arena();
    let functions = vec![str::len as fn(&'static str) -> usize, |_| 7];
    let copies: &[fn(&'static str) -> usize] = copy_of(&blink, functions);
    assert_eq!((copies[0]("four"), copies[1]("four")), (4, 7));
    type Six = fn(u8, u16, u32, u64, &'static str, ()) -> String;
    let copy = blink.clone_in(&(six as Six, String::new as fn() -> String));
    assert_eq!((copy.0)(1, 2, 3, 4, "5", ()), "12345()");
    assert_eq!((copy.1)(), "");
}

/// A copy that is of this type.
fn typed<T: PartialEq + Debug>(copy: T, expected: T) {
    assert_eq!(copy, expected);
}

#[test]
fn shapes_stay_around_what_they_hold() {
    let text = || String::from("text");
    let (blink, _) = arena();

    macro_rules! shapes {
        ($($shape:path),* $(,)?) => { $(typed(copy_of(&blink, $shape(text())), $shape("text"));)* };
    }

    shapes!(
        Some,
        Wrapping,
        Saturating,
        Reverse,
        Bound::Included,
        Bound::Excluded,
        Poll::Ready
    );
    typed(
        copy_of(&blink, Bound::<String>::Unbounded),
        Bound::Unbounded,
    );
    typed(copy_of(&blink, Poll::<String>::Pending), Poll::Pending);

    type Flow<T> = ControlFlow<T, Vec<T>>;
    typed(
        copy_of(&blink, Flow::Break(text())),
        ControlFlow::Break("text"),
    );
    typed(
        copy_of(&blink, Flow::Continue(vec![text()])),
        ControlFlow::Continue(&["text"][..]),
    );
    typed(
        copy_of(&blink, Err::<u8, _>((text(), [text(), text()]))),
        Err(("text", ["text"; 2])),
    );
    typed(copy_of(&blink, PhantomData::<String>), PhantomData::<&str>);
    typed(copy_of(&blink, PhantomData::<str>), PhantomData::<str>);
    typed(
        copy_of(&blink, PhantomData::<[String]>),
        PhantomData::<[&str]>,
    );
}

#[test]
fn ranges_keep_their_bounds() {
    let (blink, _) = arena();
    let text = |text: &str| String::from(text);
    typed(copy_of(&blink, text("a")..text("b")), "a".."b");
    typed(copy_of(&blink, text("a")..=text("b")), "a"..="b");
    typed(copy_of(&blink, text("a")..), "a"..);
    typed(copy_of(&blink, ..text("b")), .."b");
    typed(copy_of(&blink, ..=text("b")), ..="b");

    let mut numbers = 1..=3;
    numbers.next();
    assert!(blink.clone_in(&numbers).eq([2, 3]));
    // That it is at its end is not seen.
    assert_eq!(numbers.by_ref().last(), Some(3));
    assert!(numbers.is_empty());
    assert!(blink.clone_in(&numbers).eq([3]));
}

#[test]
fn cells_hold_copies() {
    let (blink, _) = arena();
    typed(copy_of(&blink, Cell::new("text")), Cell::new("text"));
    let cell: RefCell<&str> = copy_of(&blink, RefCell::new(String::from("text")));
    assert_eq!(cell.replace("other"), "text");
    let cell: OnceCell<&str> = copy_of(&blink, OnceCell::from(String::from("text")));
    assert_eq!(cell.get(), Some(&"text"));
    let cell: OnceCell<&str> = copy_of(&blink, OnceCell::<String>::new());
    assert_eq!(cell.get_or_init(|| "later"), &"later");
    typed(
        copy_of(&blink, OnceLock::from(String::from("text"))),
        Some("text"),
    );
    typed(copy_of(&blink, OnceLock::<String>::new()), None);
}

#[test]
fn atomics_are_new_ones() {
    let (blink, _) = arena();

    macro_rules! atomics {
        ($($atomic:ident: $value:expr),* $(,)?) => {$(
            let original = $atomic::new($value);
            let copy: $atomic = blink.clone_in(&original);
            original.store(Default::default(), atomic::Ordering::Relaxed);
            assert_eq!(copy.into_inner(), $value);
        )*};
    }

    atomics!(
        AtomicBool: true,
        AtomicU8: u8::MAX, AtomicI8: i8::MIN,
        AtomicU16: u16::MAX, AtomicI16: i16::MIN,
        AtomicU32: u32::MAX, AtomicI32: i32::MIN,
        AtomicU64: u64::MAX, AtomicI64: i64::MIN,
        AtomicUsize: usize::MAX, AtomicIsize: isize::MIN,
    );
}

/// What is read from text is written as it was, after it was copied.
#[test]
fn copies_of_maps_and_sets_are_serialized() {
    let blink = blink_alloc::Blink::new();
    let ordered = BTreeMap::from([
        ("a".to_string(), BTreeSet::from([2, 1])),
        (String::new(), BTreeSet::new()),
    ]);
    let text = serde_json::to_string(&blink.clone_in(&ordered)).unwrap();
    assert_eq!(text, serde_json::to_string(&ordered).unwrap());
    let hashed = HashMap::from([("a".to_string(), HashSet::from([1]))]);
    let text = serde_json::to_string(&blink.clone_in(&hashed)).unwrap();
    assert_eq!(text, r#"{"a":[1]}"#);
}
