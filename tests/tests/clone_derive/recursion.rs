//! Types that contain themselves: by name, by `Self`, by an alias, and by way of each other.

use super::*;

#[derive(BlinkClone)]
#[blink(derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord))]
struct Node {
    name: String,
    next: Option<Box<Node>>,
    list: Vec<Self>,
    pair: (Option<Rc<Node>>, [Option<Box<Self>>; 2]),
}

fn node(name: &str, list: Vec<Node>) -> Node {
    Node {
        name: String::from(name),
        next: None,
        list,
        pair: (None, [None, None]),
    }
}

#[test]
fn by_name_and_by_self() {
    let blink = Blink::new();
    let mut root = node("root", vec![node("first", vec![node("inner", vec![])])]);
    root.next = Some(Box::new(node("next", vec![])));
    root.pair = (
        Some(Rc::new(node("shared", vec![]))),
        [Some(Box::new(node("own", vec![]))), None],
    );
    let copy: BlinkNode<'_> = moved(&blink, root);
    assert_eq!(copy.list[0].list[0].name, "inner");
    assert_eq!(copy.next.unwrap().name, "next");
    assert_eq!(copy.pair.0.unwrap().name, "shared");
    assert_eq!(copy.pair.1[0].unwrap().name, "own");
    assert_eq!(copy, { copy });
    assert!(copy.list[0] < copy && format!("{copy:?}").starts_with("BlinkNode"));
}

type Link<T> = Option<Box<T>>;
type Next = Link<Aliased>;

/// Several spellings of one type are the same type.
#[derive(BlinkClone)]
#[blink(derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord))]
struct Aliased {
    name: String,
    alias: Next,
    parameter: Link<Aliased>,
    of_self: Link<Self>,
    spelled: Option<Box<Aliased>>,
    #[blink(as = Option<&'blink BlinkAliased<'blink>>)]
    given: Next,
}

#[derive(BlinkClone)]
#[blink(derive(Debug))]
enum AliasedList {
    Cons(String, Cons),
    Nil,
}

type Cons = Box<AliasedList>;

#[test]
fn by_an_alias() {
    let aliased = |name: &str| Aliased {
        name: String::from(name),
        alias: None,
        parameter: None,
        of_self: None,
        spelled: None,
        given: None,
    };
    let blink = Blink::new();
    let copy: BlinkAliased<'_> = moved(
        &blink,
        Aliased {
            alias: Some(Box::new(aliased("alias"))),
            parameter: Some(Box::new(aliased("parameter"))),
            of_self: Some(Box::new(aliased("of_self"))),
            spelled: Some(Box::new(aliased("spelled"))),
            given: Some(Box::new(aliased("given"))),
            ..aliased("root")
        },
    );
    let all = [
        copy.alias,
        copy.parameter,
        copy.of_self,
        copy.spelled,
        copy.given,
    ];
    let names = all.map(|next: Option<&BlinkAliased<'_>>| next.unwrap().name);
    assert_eq!(names, ["alias", "parameter", "of_self", "spelled", "given"]);
    assert_eq!(copy, { copy });
    let list = AliasedList::Cons(String::from("a"), Box::new(AliasedList::Nil));
    let BlinkAliasedList::Cons("a", BlinkAliasedList::Nil) = moved(&blink, list) else {
        panic!("another list")
    };
}

/// With parameters; calls itself with its own and with others.
#[derive(BlinkClone)]
#[blink(derive(Debug, PartialEq))]
enum Rose<K, V: ?Sized, const N: usize> {
    Leaf(Box<V>),
    Inner {
        keys: [K; N],
        children: Vec<Self>,
        other: Option<Box<Rose<K, V, N>>>,
    },
    Swapped(Option<Box<Rose<u8, str, 1>>>),
}

#[test]
fn with_parameters() {
    let blink = Blink::new();
    let leaf = || Rose::<String, str, 2>::Leaf("leaf".into());
    let inner = Rose::Inner {
        keys: ["a", "b"].map(String::from),
        children: vec![
            leaf(),
            Rose::Swapped(Some(Box::new(Rose::Leaf("other".into())))),
        ],
        other: Some(Box::new(leaf())),
    };
    let copy: BlinkRose<'_, &str, str, 2> = moved(&blink, inner);
    let expected = BlinkRose::Inner {
        keys: ["a", "b"],
        children: &[
            BlinkRose::Leaf("leaf"),
            BlinkRose::Swapped(Some(&BlinkRose::Leaf("other"))),
        ],
        other: Some(&BlinkRose::Leaf("leaf")),
    };
    assert_eq!(copy, expected);
}

/// Two that have each other, known by the trait alone.
#[derive(BlinkClone)]
#[blink(derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord))]
struct File {
    name: String,
    parent: Option<Box<Folder>>,
}

#[derive(BlinkClone)]
#[blink(derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord))]
struct Folder {
    name: String,
    files: Vec<File>,
    main: Option<Box<File>>,
}

/// The same, known by name.
#[derive(BlinkClone)]
#[blink(derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord))]
enum Expr<T> {
    Value(T),
    #[allow(dead_code)]
    Block(#[blink(mirror)] Vec<Stmt<T>>),
    Call {
        name: String,
        #[blink(mirror)]
        arguments: Box<[Expr<T>]>,
    },
}

#[derive(BlinkClone)]
#[blink(derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord))]
struct Stmt<T>(
    #[blink(mirror)] Expr<T>,
    #[blink(mirror)] Option<Box<Stmt<T>>>,
);

#[test]
fn two_that_have_each_other() {
    let blink = Blink::new();
    let file = |name: &str| File {
        name: String::from(name),
        parent: None,
    };
    let folder = Folder {
        name: String::from("folder"),
        files: vec![
            file("a"),
            File {
                parent: Some(Box::new(Folder {
                    name: String::from("parent"),
                    files: vec![],
                    main: None,
                })),
                ..file("b")
            },
        ],
        main: Some(Box::new(file("main"))),
    };
    let copy: BlinkFolder<'_> = moved(&blink, folder);
    let names: Vec<_> = copy.files.iter().map(|file| file.name).collect();
    assert_eq!((copy.name, names), ("folder", vec!["a", "b"]));
    let parent: &BlinkFolder<'_> = copy.files[1].parent.unwrap();
    assert_eq!((parent.name, copy.main.unwrap().name), ("parent", "main"));
    assert_eq!(copy, { copy });
    assert!(parent > &copy && format!("{copy:?}").contains("parent: None"));
    let value = |value: &str| Expr::Value(String::from(value));
    let call = Expr::Call {
        name: String::from("f"),
        arguments: [value("a"), value("b")].into(),
    };
    let block = Expr::Block(vec![Stmt(call, Some(Box::new(Stmt(value("c"), None))))]);
    let copy: BlinkExpr<'_, &str> = moved(&blink, block);
    let arguments = &[BlinkExpr::Value("a"), BlinkExpr::Value("b")];
    let call = BlinkExpr::Call {
        name: "f",
        arguments,
    };
    let last = BlinkStmt(BlinkExpr::Value("c"), None);
    assert_eq!(copy, BlinkExpr::Block(&[BlinkStmt(call, Some(&last))]));
}

/// Three, in a circle, where one is known by name and one is an enum.
#[derive(BlinkClone)]
#[blink(derive(Clone, Copy, Debug, PartialEq))]
struct One {
    two: Vec<Two>,
    #[blink(mirror)]
    three: Option<Rc<Three>>,
}

#[derive(BlinkClone)]
#[blink(derive(Clone, Copy, Debug, PartialEq))]
enum Two {
    Three(Three),
    None,
}

#[derive(BlinkClone)]
#[blink(derive(Clone, Copy, Debug, PartialEq))]
struct Three(Option<Box<One>>, Option<Box<Two>>, Box<str>);

#[test]
fn three_in_a_circle() {
    let blink = Blink::new();
    let three = |name: &str, one| Three(one, None, name.into());
    let inner = One {
        two: vec![Two::None],
        three: None,
    };
    let outer = One {
        two: vec![Two::Three(three("first", Some(Box::new(inner))))],
        three: Some(Rc::new(Three(
            None,
            Some(Box::new(Two::None)),
            "second".into(),
        ))),
    };
    let copy: BlinkOne<'_> = moved(&blink, outer);
    let BlinkTwo::Three(first) = copy.two[0] else {
        panic!("another variant")
    };
    assert_eq!(
        (first.2, first.0.unwrap().two),
        ("first", &[BlinkTwo::None][..])
    );
    assert_eq!(copy.three.unwrap().1, Some(&BlinkTwo::None));
}

/// With a lifetime, in a circle.
#[derive(BlinkClone, Clone, Copy)]
struct Left<'a> {
    name: &'a str,
    right: Option<&'a Right<'a>>,
}

#[derive(BlinkClone, Clone, Copy)]
struct Right<'a>(&'a [Left<'a>]);

#[test]
fn with_lifetimes() {
    let blink = Blink::new();
    let copy: Left<'_> = {
        let (a, b) = (String::from("a"), String::from("b"));
        let last = [Left {
            name: &a,
            right: None,
        }];
        blink.clone_in(&Left {
            name: &b,
            right: Some(&Right(&last)),
        })
    };
    assert_eq!((copy.name, copy.right.unwrap().0[0].name), ("b", "a"));
}

/// A graph: children that know their parent.
#[derive(BlinkClone)]
struct Member {
    name: String,
    parent: RefCell<Weak<Member>>,
    #[blink(mirror)]
    group: Option<Rc<Group>>,
    children: RefCell<Vec<Rc<Self>>>,
}

#[derive(BlinkClone)]
struct Group {
    #[blink(mirror)]
    members: RefCell<Vec<Weak<Member>>>,
}

#[test]
fn graphs() {
    let blink = Blink::new();
    let group = Rc::new(Group {
        members: RefCell::default(),
    });
    let member = |name: &str| {
        Rc::new(Member {
            name: String::from(name),
            parent: RefCell::default(),
            group: Some(group.clone()),
            children: RefCell::default(),
        })
    };
    let (root, leaf) = (member("root"), member("leaf"));
    leaf.parent.replace(Rc::downgrade(&root));
    root.children
        .borrow_mut()
        .extend([leaf.clone(), leaf.clone()]);
    group
        .members
        .replace([&root, &leaf].map(Rc::downgrade).to_vec());
    drop((group, leaf));
    let copy: &BlinkMember<'_> = moved(&blink, root);
    let children = copy.children.borrow();
    let [one, same] = **children else {
        panic!("other children")
    };
    assert!(std::ptr::eq(one, same));
    assert!(std::ptr::eq(one.parent.borrow().upgrade().unwrap(), copy));
    let group: &BlinkGroup<'_> = copy.group.unwrap();
    assert!(std::ptr::eq(group, one.group.unwrap()));
    let members = group.members.borrow();
    let names: Vec<_> = members
        .iter()
        .map(|member| member.upgrade().unwrap().name)
        .collect();
    assert_eq!(names, ["root", "leaf"]);
    is::<BlinkWeak<'_, BlinkMember<'_>>>(members[0]);
}
