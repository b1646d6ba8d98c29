//! Parameters: what they become, and what is asked of them.

use std::fmt::{Debug, Display};

use super::*;

#[derive(BlinkClone, Clone, Debug)]
#[blink(derive(Clone, Debug, PartialEq))]
struct Tree<T> {
    value: T,
    children: Vec<Tree<T>>,
}

fn tree<T>(value: T, children: impl Into<Vec<Tree<T>>>) -> Tree<T> {
    Tree {
        value,
        children: children.into(),
    }
}

/// The twin's parameters are copied ones.
#[test]
fn copied_parameters() {
    let blink = Blink::new();
    let original = tree(String::from("root"), [tree(String::from("leaf"), [])]);
    let copy: BlinkTree<'_, &str> = moved(&blink, original);
    let leaf = BlinkTree {
        value: "leaf",
        children: &[],
    };
    assert_eq!(
        copy,
        BlinkTree {
            value: "root",
            children: &[leaf]
        }
    );
    let copy: BlinkTree<'_, u8> = moved(&blink, tree(1_u8, [tree(2, [])]));
    assert_eq!(copy.children[0].value, 2);
    let copy: BlinkTree<'_, &[&str]> = moved(&blink, tree(strings(["a", "b"]), []));
    assert_eq!(copy.value, ["a", "b"]);
    let inner = tree(String::from("inner"), []);
    let copy: BlinkTree<'_, BlinkTree<'_, &str>> = moved(&blink, tree(inner, []));
    assert_eq!(copy.value.value, "inner");
}

/// Several, with bounds in all places. They have to hold for the copies, too.
#[derive(BlinkClone)]
#[blink(mirror = Bounded, derive(Debug))]
struct WithBounds<'x, A: Debug + PartialEq, B, const N: usize, C: Debug = String>
where
    B: Display + Debug,
    Option<A>: Debug,
    for<'y> &'y B: Debug,
    C: PartialEq<C> + 'x,
    [A; N]: Debug,
{
    a: [A; N],
    b: Vec<(A, B)>,
    c: &'x C,
}

#[test]
fn bounds() {
    let blink = Blink::new();
    let copy: Bounded<'_, &str, char, 2, &str> = {
        let c = String::from("c");
        blink.clone_in(&WithBounds {
            a: ["a", "b"].map(String::from),
            b: vec![(String::from("c"), 'd')],
            c: &c,
        })
    };
    assert_eq!(
        (copy.a, copy.b, *copy.c),
        (["a", "b"], &[("c", 'd')][..], "c")
    );
    assert_eq!(
        format!("{copy:?}"),
        r#"Bounded { a: ["a", "b"], b: [("c", 'd')], c: "c" }"#
    );
}

/// Unsized, by either spelling.
#[derive(BlinkClone)]
#[blink(derive(Debug, PartialEq))]
struct Unsized<T: ?Sized, U>
where
    U: ?Sized,
{
    boxed: Box<T>,
    shared: Rc<U>,
}

#[derive(BlinkClone, Debug, PartialEq)]
struct UnsizedRef<'a, T: ?Sized>(&'a T, Option<&'a T>);

#[test]
fn unsized_parameters() {
    let blink = Blink::new();
    let original = Unsized::<str, [String]> {
        boxed: "boxed".into(),
        shared: strings(["a"]).into(),
    };
    let copy: BlinkUnsized<'_, str, [&str]> = moved(&blink, original);
    assert_eq!(
        copy,
        BlinkUnsized {
            boxed: "boxed",
            shared: &["a"][..]
        }
    );
    let original = Unsized {
        boxed: Box::new(String::from("sized")),
        shared: Rc::new(1_u8),
    };
    let copy: BlinkUnsized<'_, &str, u8> = moved(&blink, original);
    assert_eq!(
        copy,
        BlinkUnsized {
            boxed: &"sized",
            shared: &1
        }
    );
    let copy: UnsizedRef<'_, str> = {
        let text = String::from("text");
        blink.clone_in(&UnsizedRef(&*text, Some(&text[1..])))
    };
    assert_eq!(copy, UnsizedRef("text", Some("ext")));
    let copy: UnsizedRef<'_, [&str]> = {
        let words = strings(["to", "be"]);
        blink.clone_in(&UnsizedRef(&words[..], None))
    };
    assert_eq!(copy.0, ["to", "be"]);
}

#[derive(BlinkClone)]
#[blink(derive(Debug))]
struct Lengths<const N: usize, const FLAG: bool, const C: char = 'c'> {
    texts: [String; N],
    more: Box<[[u8; N]]>,
}

#[derive(BlinkClone, Debug, PartialEq)]
struct Plain<T, const N: usize>([T; N]);

#[test]
fn constants() {
    let blink = Blink::new();
    let original = Lengths::<2, true> {
        texts: ["a", "b"].map(String::from),
        more: [[1, 2]].into(),
    };
    let copy: BlinkLengths<'_, 2, true, 'c'> = moved(&blink, original);
    assert_eq!((copy.texts, copy.more), (["a", "b"], &[[1, 2]][..]));
    let copy: Plain<&str, 1> = moved(&blink, Plain([String::from("plain")]));
    assert_eq!(copy, Plain(["plain"]));
    let copy: Plain<&str, 0> = moved(&blink, Plain::<String, 0>([]));
    assert_eq!(copy, Plain([]));
}

/// By default.
#[derive(BlinkClone)]
struct Defaults<T = String, U = Vec<T>, const N: usize = 2> {
    value: T,
    more: U,
    numbers: [u8; N],
    /// The default of both, which is no parameter here.
    next: Option<Box<Defaults>>,
    last: Option<Box<Defaults<u8>>>,
}

#[test]
fn defaults() {
    let blink = Blink::new();
    let one = |next| Defaults {
        value: String::from("a"),
        more: strings(["b"]),
        numbers: [1, 2],
        next,
        last: None,
    };
    let copy: BlinkDefaults<'_, &str, &[&str], 2> = moved(&blink, one(Some(Box::new(one(None)))));
    let next: &BlinkDefaults<'_> = copy.next.unwrap();
    assert_eq!(
        (next.value, next.more, next.numbers),
        ("a", &["b"][..], [1, 2])
    );
    assert!(copy.last.is_none() && next.next.is_none());
}

/// In cells, and behind pointers that count.
#[derive(BlinkClone)]
struct Inside<T, U> {
    shared: Rc<T>,
    weak: Weak<T>,
    arc: Option<Arc<Vec<T>>>,
    arc_weak: std::sync::Weak<(T, u8)>,
    cell: Cell<Option<U>>,
    ref_cell: RefCell<Vec<T>>,
    phantom: PhantomData<(T, U)>,
}

#[test]
fn in_cells_and_behind_counts() {
    let blink = Blink::new();
    let shared = Rc::new(String::from("shared"));
    let original = Inside {
        weak: Rc::downgrade(&shared),
        shared,
        arc: Some(Arc::new(strings(["arc"]))),
        arc_weak: std::sync::Weak::new(),
        cell: Cell::new(Some(1_u8)),
        ref_cell: RefCell::new(strings(["cell"])),
        phantom: PhantomData,
    };
    let copy: BlinkInside<'_, &str, u8> = moved(&blink, original);
    assert_eq!(*copy.shared, "shared");
    assert!(std::ptr::eq(copy.weak.upgrade().unwrap(), copy.shared));
    assert_eq!(*copy.arc.unwrap(), ["arc"]);
    assert!(copy.arc_weak.upgrade().is_none());
    assert_eq!(copy.cell.get(), Some(1));
    assert_eq!(*copy.ref_cell.borrow(), ["cell"]);
    is::<PhantomData<(&str, u8)>>(copy.phantom);
}

/// For the type alone.
#[derive(BlinkClone, Debug)]
struct Marked<T>(u8, PhantomData<T>);

#[derive(BlinkClone)]
#[blink(derive(Debug))]
struct MarkedTwin<T>(String, PhantomData<T>, PhantomData<Vec<T>>);

#[test]
fn phantoms() {
    let blink = Blink::new();
    let copy: Marked<&str> = moved(&blink, Marked::<String>(1, PhantomData));
    assert_eq!(copy.0, 1);
    let copy: BlinkMarkedTwin<'_, &str> = moved(
        &blink,
        MarkedTwin::<String>(String::from("a"), PhantomData, PhantomData),
    );
    is::<PhantomData<Vec<&str>>>(copy.2);
    assert_eq!(copy.0, "a");
}

/// Bounds of one's own: in the place of those that are derived.
#[derive(BlinkClone)]
#[blink(bound(T: BlinkClone<'blink, Cloned = T> + Copy + 'blink))]
struct Unchanged<T> {
    #[blink(copy)]
    value: T,
    more: Vec<T>,
    text: String,
}

trait Service {
    type Item;
}

struct Clock;

impl Service for Clock {
    type Item = String;
}

/// What is copied belongs to the parameter.
#[derive(BlinkClone)]
#[blink(bound(S: Service<Item: BlinkClone<'blink, Cloned = &'blink str>>, S: BlinkClone<'blink, Cloned = S> + 'blink))]
struct Served<S: Service> {
    #[blink(as = &'blink str)]
    item: S::Item,
    service: PhantomData<S>,
}

impl<'blink> BlinkClone<'blink> for Clock {
    type Cloned = Clock;

    fn blink_clone<C: Cloner<'blink>>(&self, _: &mut C) -> Result<Clock, C::Error> {
        Ok(Clock)
    }
}

#[test]
fn bounds_of_ones_own() {
    let blink = Blink::new();
    let original = Unchanged {
        value: 1,
        more: vec![2],
        text: String::from("a"),
    };
    let copy: BlinkUnchanged<'_, i32> = moved(&blink, original);
    assert_eq!((copy.value, copy.more, copy.text), (1, &[2][..], "a"));
    let copy: BlinkServed<'_, Clock> = moved(
        &blink,
        Served::<Clock> {
            item: String::from("item"),
            service: PhantomData,
        },
    );
    assert_eq!(copy.item, "item");
    is::<PhantomData<Clock>>(copy.service);
}

/// What lives for ever has copies that do not.
#[derive(BlinkClone)]
struct Forever<T: 'static + Clone>
where
    T: 'static,
{
    shared: Rc<T>,
    more: Option<Rc<Forever<T>>>,
}

/// No lifetime is left in the twin.
#[derive(BlinkClone)]
#[blink(mirror = Measured)]
struct Measure<'a, 'b: 'a, T: 'a>
where
    T: 'b,
    'b: 'a,
{
    #[blink(as = usize, with = measured)]
    text: &'a str,
    #[blink(skip)]
    _other: &'b str,
    value: T,
}

fn measured<E>(text: &str, _: &mut impl Sized) -> Result<usize, E> {
    Ok(text.len())
}

#[test]
fn lifetimes_in_bounds() {
    let blink = Blink::new();
    let forever = |more| Forever {
        shared: Rc::new(String::from("shared")),
        more,
    };
    let copy: BlinkForever<'_, &str> = moved(&blink, forever(Some(Rc::new(forever(None)))));
    let more: &BlinkForever<'_, &str> = copy.more.unwrap();
    assert_eq!((*copy.shared, *more.shared), ("shared", "shared"));
    assert!(more.more.is_none());
    let measure = Measure {
        text: "text",
        _other: "other",
        value: vec![1_u8],
    };
    let copy: Measured<&[u8]> = moved(&blink, measure);
    assert_eq!((copy.text, copy.value), (4, &[1][..]));
}
