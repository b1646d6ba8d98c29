//! Fields of the other types of the standard library.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque},
    ffi::{CStr, CString, OsStr, OsString},
    hash::{BuildHasherDefault, DefaultHasher},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::{NonZero, NonZeroU8, Wrapping},
    ops::{Bound, Range, RangeInclusive},
    path::{Path, PathBuf},
    sync::{
        Mutex, OnceLock, RwLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use super::*;

#[derive(BlinkClone)]
struct Lists<T> {
    deque: VecDeque<T>,
    linked: LinkedList<String>,
    heap: BinaryHeap<u8>,
    next: VecDeque<Lists<T>>,
}

#[test]
fn lists() {
    let blink = Blink::new();
    let mut deque = VecDeque::from(strings(["b", "c"]));
    deque.push_front(String::from("a"));
    let original = Lists {
        deque,
        linked: strings(["d"]).into_iter().collect(),
        heap: BinaryHeap::from([1, 3, 2]),
        next: VecDeque::new(),
    };
    let copy: BlinkLists<'_, &str> = moved(&blink, original);
    assert_eq!(
        (copy.deque, copy.linked, copy.next.len()),
        (&["a", "b", "c"][..], &["d"][..], 0)
    );
    let mut heap = copy.heap.to_vec();
    heap.sort_unstable();
    assert_eq!(heap, [1, 2, 3]);
}

#[derive(BlinkClone)]
#[blink(derive(Debug, PartialEq))]
struct Strings {
    path: PathBuf,
    boxed_path: Box<Path>,
    os: OsString,
    rc_os: Rc<OsStr>,
    c: CString,
    boxed_c: Box<CStr>,
    cow: Cow<'static, str>,
    cow_slice: Cow<'static, [u8]>,
    full: std::path::PathBuf,
}

#[test]
fn texts() {
    let blink = Blink::new();
    let original = Strings {
        path: PathBuf::from("path"),
        boxed_path: PathBuf::from("boxed").into(),
        os: OsString::from("os"),
        rc_os: OsString::from("rc").into(),
        c: CString::from(c"c"),
        boxed_c: CString::from(c"boxed").into(),
        cow: Cow::Owned(String::from("cow")),
        cow_slice: Cow::Owned(vec![1, 2]),
        full: PathBuf::from("full"),
    };
    let expected = BlinkStrings {
        path: Path::new("path"),
        boxed_path: Path::new("boxed"),
        os: OsStr::new("os"),
        rc_os: OsStr::new("rc"),
        c: c"c",
        boxed_c: c"boxed",
        cow: "cow",
        cow_slice: &[1, 2],
        full: Path::new("full"),
    };
    assert_eq!(moved(&blink, original), expected);
}

#[derive(BlinkClone)]
struct Maps<K: Ord + std::hash::Hash, V> {
    ordered: BTreeMap<K, V>,
    set: BTreeSet<K>,
    hashed: HashMap<K, Vec<V>>,
    hash_set: HashSet<(K, u8)>,
    with_hasher: HashMap<K, V, BuildHasherDefault<DefaultHasher>>,
    set_with_hasher: HashSet<String, BuildHasherDefault<DefaultHasher>>,
    nested: BTreeMap<String, Maps2>,
    of_both: HashMap<K, Vec<(V, Key)>>,
}

#[derive(BlinkClone)]
struct Maps2 {
    map: std::collections::BTreeMap<Option<Box<str>>, Vec<Maps2>>,
    #[blink(mirror)]
    twins: HashMap<Key, Key>,
}

#[derive(BlinkClone, PartialEq, Eq, Hash)]
#[blink(derive(PartialEq, Eq, Hash, Debug))]
struct Key(String);

#[derive(BlinkClone)]
#[blink(derive(Debug))]
struct Values {
    atomic: Vec<AtomicOf>,
    mutex: Mutex<String>,
    lock: RwLock<Vec<String>>,
    once: OnceLock<String>,
    duration: Duration,
    non_zero: Option<NonZeroU8>,
    generic_non_zero: Option<NonZero<u16>>,
    wrapping: Wrapping<u8>,
    range: Range<usize>,
}

#[derive(BlinkClone, Debug)]
struct AtomicOf(AtomicU32);

#[derive(BlinkClone)]
struct More {
    ip: IpAddr,
    socket: Option<SocketAddr>,
    bound: Bound<String>,
    inclusive: RangeInclusive<u8>,
    ordering: std::cmp::Ordering,
}

#[test]
fn values() {
    let blink = Blink::new();
    let original = Values {
        atomic: vec![AtomicOf(AtomicU32::new(1))],
        mutex: Mutex::new(String::from("mutex")),
        lock: RwLock::new(strings(["lock"])),
        once: OnceLock::from(String::from("once")),
        duration: Duration::from_secs(1),
        non_zero: NonZeroU8::new(2),
        generic_non_zero: NonZero::new(3),
        wrapping: Wrapping(4),
        range: 5..6,
    };
    let copy = moved(&blink, original);
    assert_eq!(
        (copy.mutex, copy.lock, copy.once),
        ("mutex", &["lock"][..], Some("once"))
    );
    assert_eq!(copy.atomic[0].0.load(Ordering::Relaxed), 1);
    assert_eq!(
        (copy.duration.as_secs(), copy.non_zero.map(NonZero::get)),
        (1, Some(2))
    );
    assert_eq!(
        (
            copy.generic_non_zero.map(NonZero::get),
            copy.wrapping.0,
            copy.range
        ),
        (Some(3), 4, 5..6)
    );
    let more = More {
        ip: Ipv4Addr::LOCALHOST.into(),
        socket: None,
        bound: Bound::Included(String::from("bound")),
        inclusive: 1..=2,
        ordering: std::cmp::Ordering::Less,
    };
    let copy = moved(&blink, more);
    assert_eq!(
        (copy.bound, copy.inclusive),
        (Bound::Included("bound"), 1..=2)
    );
    assert!(copy.ip.is_loopback() && copy.socket.is_none() && copy.ordering.is_lt());
}

#[test]
fn maps() {
    let blink = Blink::new();
    let key = |key: &str| String::from(key);
    let inner = || Maps2 {
        map: BTreeMap::from([(Some("b".into()), vec![]), (None, vec![])]),
        twins: HashMap::from([(Key(key("k")), Key(key("v")))]),
    };
    let original = Maps::<String, String> {
        ordered: BTreeMap::from([(key("b"), key("2")), (key("a"), key("1"))]),
        set: BTreeSet::from([key("c")]),
        hashed: HashMap::from([(key("d"), strings(["e"]))]),
        hash_set: HashSet::from([(key("f"), 1)]),
        with_hasher: HashMap::from_iter([(key("g"), key("h"))]),
        of_both: HashMap::from([(key("j"), vec![(key("k"), Key(key("l")))])]),
        set_with_hasher: HashSet::from_iter([key("i")]),
        nested: BTreeMap::from([(key("n"), inner())]),
    };
    let copy = moved(&blink, original);
    assert_eq!(copy.ordered.get("a"), Some(&"1"));
    assert!(copy.set.contains("c"));
    assert_eq!(copy.hashed.get("d"), Some(&&["e"][..]));
    assert!(copy.hash_set.contains(&("f", 1)));
    assert_eq!(copy.with_hasher.get("g"), Some(&"h"));
    assert!(copy.set_with_hasher.contains("i"));
    assert_eq!(copy.of_both["j"][0].1, BlinkKey("l"));
    let nested = copy.nested.get("n").unwrap();
    assert_eq!(nested.map.len(), 2);
    assert_eq!(nested.twins.get(&BlinkKey("k")), Some(&BlinkKey("v")));
}
