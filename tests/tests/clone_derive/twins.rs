//! What twins are good for: lifetimes that shorten, the derives of the standard library, threads.

use std::{collections::HashSet, thread};

use super::*;

#[derive(BlinkClone)]
#[blink(derive(Clone, Copy))]
struct Covariant<T> {
    text: String,
    value: T,
    next: Option<Box<Covariant<T>>>,
    all: Vec<Option<Rc<T>>>,
    weak: Weak<Covariant<T>>,
    #[blink(mirror)]
    others: Vec<Other>,
    #[blink(put)]
    put: String,
    marker: PhantomData<T>,
    array: [Result<Box<str>, Arc<[String]>>; 1],
}

#[derive(BlinkClone)]
#[blink(derive(Clone, Copy))]
enum Other {
    Text(String),
    #[allow(dead_code)]
    More(#[blink(mirror)] Vec<Covariant<String>>),
}

/// Shorter in each parameter.
fn shorten<'short, 'long: 'short, T>(
    twin: BlinkCovariant<'long, &'long T>,
) -> BlinkCovariant<'short, &'short T> {
    twin
}

fn shorten_enum<'short, 'long: 'short>(twin: BlinkOther<'long>) -> BlinkOther<'short> {
    twin
}

#[derive(BlinkClone)]
struct Borrowing<'a>(&'a str, Option<&'a Borrowing<'a>>);

fn longest<'a>(one: Borrowing<'a>, two: Borrowing<'a>) -> &'a str {
    if one.0.len() > two.0.len() {
        one.0
    } else {
        two.0
    }
}

#[test]
fn lifetimes_shorten() {
    let blink = Blink::new();
    let covariant = Covariant {
        text: String::from("text"),
        value: Box::new(1_u8),
        next: None,
        all: vec![],
        weak: Weak::new(),
        others: vec![Other::Text(String::from("other"))],
        put: String::from("put"),
        marker: PhantomData,
        array: [Ok("array".into())],
    };
    let copy: BlinkCovariant<'_, &u8> = moved(&blink, covariant);
    let other = shorten_enum(copy.others[0]);
    let local = 2;
    let copy = BlinkCovariant {
        value: &local,
        ..shorten(copy)
    };
    assert_eq!((copy.text, *copy.value, &**copy.put), ("text", 2, "put"));
    assert!(matches!(other, BlinkOther::Text("other")));
    let text = String::from("longer text");
    let copy = blink.clone_in(&Borrowing(&text, Some(&Borrowing("inner", None))));
    assert_eq!(copy.1.unwrap().0, "inner");
    let other = String::from("text");
    assert_eq!(longest(copy, Borrowing(&other, None)), "longer text");
}

/// All that the standard library derives, with itself and others inside.
#[derive(BlinkClone, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[blink(derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord))]
struct Derived<T> {
    name: String,
    value: T,
    list: Vec<Derived<T>>,
    boxed: Option<Box<Derived<T>>>,
    deriving: Option<Box<Deriving>>,
}

#[derive(BlinkClone, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[blink(derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord))]
enum Deriving {
    #[allow(dead_code)]
    Of(Derived<u8>),
    Nothing,
}

#[test]
fn derives() {
    let blink = Blink::new();
    let derived = |name: &str, value, list| Derived {
        name: String::from(name),
        value,
        list,
        boxed: None,
        deriving: Some(Box::new(Deriving::Nothing)),
    };
    let small = derived("a", 1, vec![derived("x", 2, vec![])]);
    let large = derived("a", 1, vec![derived("x", 3, vec![])]);
    let (a, b) = (blink.clone_in(&small), blink.clone_in(&large));
    assert_eq!(small.cmp(&large), a.cmp(&b));
    assert_eq!(small.partial_cmp(&large), a.partial_cmp(&b));
    assert_eq!(a, blink.clone_in(&small));
    assert_ne!(a, b);
    assert_eq!(HashSet::from([a, a, b]).len(), 2);
    let rendered = format!("{small:#?}").replace("Deriv", "BlinkDeriv");
    assert_eq!(format!("{a:#?}"), rendered);
    assert_eq!(BlinkDerived::<u8>::default().name, "");
}

#[derive(BlinkClone)]
struct Sent {
    text: String,
    more: Vec<Rc<Sent>>,
    weak: Weak<Sent>,
    #[blink(put)]
    put: Arc<str>,
    #[blink(mirror)]
    other: Option<Box<SentToo>>,
}

#[derive(BlinkClone)]
enum SentToo {
    #[allow(dead_code)]
    Sent(Sent),
    Cell(Cell<u8>),
}

#[derive(BlinkClone)]
struct Shared {
    text: String,
    all: Vec<Rc<Shared>>,
    weak: Weak<Shared>,
    unknown: Vec<Tag>,
}

#[derive(BlinkClone)]
struct Tag(Rc<str>);

fn is_send<T: Send>(value: T) -> T {
    value
}

fn is_sync<T: Sync>(value: T) -> T {
    value
}

/// An original that belongs to its thread has a copy that does not.
#[test]
fn threads() {
    let blink = SendBlink::new(Blink::new());
    let shared = Rc::new_cyclic(|weak: &Weak<Shared>| {
        let last = Shared {
            text: "last".into(),
            all: vec![],
            weak: weak.clone(),
            unknown: vec![],
        };
        let unknown = vec![Tag("tag".into())];
        Shared {
            text: "text".into(),
            all: vec![Rc::new(last)],
            weak: Weak::new(),
            unknown,
        }
    });
    let copy = is_sync(is_send(blink.clone_in(&shared)));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(move || {
                let back = copy.all[0].weak.upgrade().unwrap();
                assert_eq!((back.text, back.unknown[0].0), ("text", "tag"));
            });
        }
    });
    let sent = Sent {
        text: "text".into(),
        more: vec![],
        weak: Weak::new(),
        put: "put".into(),
        other: Some(Box::new(SentToo::Cell(Cell::new(1)))),
    };
    let copy = blink.clone_in(&sent);
    assert!(copy.more.is_empty() && copy.weak.upgrade().is_none());
    assert_eq!((copy.text, &**copy.put), ("text", "put"));
    assert!(matches!(copy.other, Some(BlinkSentToo::Cell(cell)) if cell.get() == 1));
    let shared = SyncBlink::new();
    let copy = is_send(shared.clone_in(&Tag("tag".into())));
    assert_eq!(copy.0, "tag");
}
