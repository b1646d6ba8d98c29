//! What the copy is: the type itself bit by bit, at another lifetime, field by field, or a twin.

use super::*;

/// Bit by bit.
#[derive(BlinkClone, Clone, Copy, Debug, PartialEq)]
#[blink(copy)]
struct Point {
    x: i32,
    y: f64,
}

#[derive(BlinkClone, Clone, Copy, Debug, PartialEq)]
#[blink(copy)]
enum Side<T> {
    Left(T),
    Right { at: T },
    Neither,
}

#[derive(BlinkClone, Clone, Copy, Debug, PartialEq)]
#[blink(copy)]
#[repr(C, packed)]
struct Packed(u8, u32);

/// A pointer with it, where the pointee outlives the arena.
#[derive(BlinkClone, Clone, Copy)]
#[blink(copy)]
struct Leaked {
    name: &'static str,
    call: fn(i32) -> i32,
    raw: *const u8,
}

#[test]
fn bit_by_bit() {
    let blink = Blink::new();
    let point = Point { x: 1, y: 2.5 };
    assert_eq!(moved(&blink, point), point);
    let copy: &[Point] = moved(&blink, vec![point; 3]);
    assert_eq!(copy, [point; 3]);
    let copy: Side<u8> = moved(&blink, Side::Left(1));
    assert_eq!(copy, Side::Left(1));
    let copy: &[Side<char>] = blink.clone_in(&[Side::Right { at: 'x' }, Side::Neither][..]);
    assert_eq!(copy, [Side::Right { at: 'x' }, Side::Neither]);
    let Packed(a, b) = moved(&blink, Packed(1, 2));
    assert_eq!((a, b), (1, 2));
    let leaked = Leaked {
        name: "name",
        call: |n| n + 1,
        raw: std::ptr::null(),
    };
    let copy: Leaked = moved(&blink, leaked);
    assert_eq!(
        (copy.name, (copy.call)(1), copy.raw.is_null()),
        ("name", 2, true)
    );
}

/// `blink_clone_slice` of such a type copies all at once, into one block without gaps.
#[test]
fn slices_bit_by_bit() {
    let blink = Blink::new();
    let points: Vec<Point> = (0..1000).map(|x| Point { x, y: 0.5 }).collect();
    let before = blink.allocator().allocated_bytes();
    let copy = blink.clone_in(&points);
    assert_eq!(copy, points);
    let bytes = blink.allocator().allocated_bytes() - before;
    assert!(bytes < size_of_val(&points[..]) + 64);
}

/// With lifetimes: itself, and so is what it consists of.
#[derive(BlinkClone, Clone, Debug, Default, PartialEq)]
struct Command<'a, 'b> {
    name: &'a str,
    arguments: &'b [Option<&'a str>],
    next: Option<&'b Command<'a, 'b>>,
    number: (u8, [i64; 2]),
}

#[derive(BlinkClone, Clone, Debug, PartialEq)]
enum Token<'text> {
    Word(&'text str),
    Quoted { quote: char, text: &'text str },
    Bytes(&'text [u8]),
    End,
}

#[derive(BlinkClone, Clone, Copy, Debug, PartialEq)]
struct Span<'a>(&'a str, usize);

/// Of other types with lifetimes, without a parameter and with one.
#[derive(BlinkClone, Clone, Debug, PartialEq)]
struct Parsed<'a, T> {
    tokens: &'a [Token<'a>],
    span: Span<'a>,
    spans: Option<(Span<'a>, Span<'a>)>,
    value: T,
}

/// Its lifetime is bound to another.
#[derive(BlinkClone, Debug)]
struct Bound<'a, 'b: 'a, T: 'b>
where
    'b: 'a,
{
    outer: &'a &'b str,
    value: &'b T,
}

#[test]
fn itself() {
    let blink = Blink::new();
    let copy = {
        let (one, two) = (String::from("one"), String::from("two"));
        let arguments = vec![Some(&*one), None];
        let last = Command {
            name: &two,
            ..Command::default()
        };
        let first = Command {
            name: &one,
            arguments: &arguments,
            next: Some(&last),
            number: (1, [2, 3]),
        };
        let copy: Command<'_, '_> = blink.clone_in(&first);
        assert_eq!(copy, first);
        copy
    };
    assert_eq!(copy.arguments, [Some("one"), None]);
    assert_eq!(copy.next.unwrap().name, "two");
}

#[test]
fn itself_of_others() {
    let blink = Blink::new();
    let copy: Parsed<'_, &str> = {
        let text = String::from("a 'b'");
        let tokens = vec![
            Token::Word(&text[..1]),
            Token::Quoted {
                quote: '\'',
                text: &text[3..4],
            },
            Token::Bytes(text.as_bytes()),
            Token::End,
        ];
        let span = Span(&text, 7);
        moved(
            &blink,
            Parsed {
                tokens: &tokens,
                span,
                spans: Some((span, span)),
                value: text.clone(),
            },
        )
    };
    assert_eq!(copy.tokens[0], Token::Word("a"));
    assert_eq!(
        copy.tokens[1],
        Token::Quoted {
            quote: '\'',
            text: "b"
        }
    );
    assert_eq!(copy.tokens[2..], [Token::Bytes(b"a 'b'"), Token::End]);
    assert_eq!((copy.span, copy.value), (Span("a 'b'", 7), "a 'b'"));
    assert_eq!(copy.spans, Some((copy.span, copy.span)));
    let copy: Bound<'_, '_, &str> = {
        let (text, value) = (String::from("text"), String::from("value"));
        blink.clone_in(&Bound {
            outer: &&*text,
            value: &value,
        })
    };
    assert_eq!((*copy.outer, *copy.value), ("text", "value"));
}

/// Nothing of it lives in the arena.
#[derive(BlinkClone, Debug, Default, PartialEq)]
struct Numbers<T> {
    flag: bool,
    both: (T, [T; 2]),
    cell: Cell<u8>,
    maybe: RefCell<Option<T>>,
    result: Option<Result<char, ()>>,
    #[blink(skip)]
    skipped: Option<String>,
    nothing: PhantomData<T>,
}

#[derive(BlinkClone, Debug, PartialEq)]
struct Wrapper<T>(T, #[blink(copy)] &'static str);

#[derive(BlinkClone, Debug, PartialEq)]
enum Either<A, B> {
    A(A),
    B { b: B },
    Both(A, B),
    Neither,
}

#[test]
fn the_same() {
    let blink = Blink::new();
    let numbers = Numbers {
        both: (1_u8, [2, 3]),
        cell: Cell::new(4),
        maybe: RefCell::new(Some(5)),
        ..Numbers::default()
    };
    let skipped = Some(String::from("skipped"));
    let copy: Numbers<u8> = blink.clone_in(&Numbers {
        skipped,
        ..numbers.clone()
    });
    assert_eq!(copy, numbers);
    // What its parameters become may live there.
    let copy: Wrapper<&[&str]> = moved(&blink, Wrapper(strings(["to", "be"]), "copied"));
    assert_eq!(copy, Wrapper(&["to", "be"][..], "copied"));
    let copy: &[Either<&str, &u8>] = moved(
        &blink,
        vec![
            Either::A(String::from("a")),
            Either::B { b: Box::new(1_u8) },
            Either::Both(String::from("b"), Box::new(2)),
            Either::Neither,
        ],
    );
    let expected = [
        Either::A("a"),
        Either::B { b: &1 },
        Either::Both("b", &2),
        Either::Neither,
    ];
    assert_eq!(copy, expected);
}

impl<T: Clone> Clone for Numbers<T> {
    fn clone(&self) -> Self {
        Self {
            flag: self.flag,
            both: self.both.clone(),
            cell: self.cell.clone(),
            maybe: self.maybe.clone(),
            result: self.result,
            skipped: self.skipped.clone(),
            nothing: PhantomData,
        }
    }
}

#[derive(BlinkClone, Clone, Copy, Debug, PartialEq)]
struct Unit;

#[derive(BlinkClone, Debug, PartialEq)]
struct NoFields {}

#[derive(BlinkClone, Debug, PartialEq)]
struct NoItems();

#[derive(BlinkClone, Debug)]
enum Never {}

#[derive(BlinkClone)]
enum NeverOf<'a, T> {
    Of(&'a T, Never),
}

/// Values that its discriminants have do not get lost.
#[derive(BlinkClone, Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
enum Level {
    Low = 10,
    High = 20,
}

#[test]
fn without_fields() {
    let blink = Blink::new();
    let units: &[Unit] = moved(&blink, vec![Unit; 3]);
    assert_eq!(units, [Unit; 3]);
    assert_eq!(moved(&blink, NoFields {}), NoFields {});
    assert_eq!(moved(&blink, NoItems()), NoItems());
    let none: Option<Never> = moved(&blink, None::<Never>);
    assert!(none.is_none());
    let none: &[Never] = moved(&blink, Vec::<Never>::new());
    assert!(none.is_empty());
    let none: Option<NeverOf<'_, &str>> = blink.clone_in(&None::<NeverOf<'_, String>>);
    assert!(none.is_none());
    let levels: &[Level] = moved(&blink, vec![Level::Low, Level::High]);
    assert_eq!(levels.iter().map(|&level| level as u8).sum::<u8>(), 30);
}

/// Twins of every shape.
#[derive(BlinkClone)]
#[blink(derive(Debug, PartialEq))]
struct Named {
    text: String,
    list: Vec<(u8, String)>,
    boxed: Box<[Option<String>]>,
    text_behind: (Box<str>, Rc<str>, Arc<str>, &'static str),
    result: Result<Box<u8>, String>,
    nested: [[Option<Vec<Box<str>>>; 2]; 1],
    unit: (),
}

#[derive(BlinkClone)]
#[blink(derive(Debug, PartialEq))]
struct Tuple(String, u8, Vec<Vec<String>>);

#[derive(BlinkClone)]
#[blink(derive(Debug, PartialEq))]
enum Message {
    Text(String),
    Pair(String, Vec<u8>),
    Move { to: Box<str>, by: i8 },
    Empty {},
    Nothing(),
    Quit,
}

#[derive(BlinkClone)]
#[blink(mirror = OwnName, derive(Debug, PartialEq))]
struct Renamed(Vec<u8>);

/// With a lifetime, and yet a twin.
#[derive(BlinkClone)]
#[blink(mirror = Words, derive(Debug, PartialEq))]
struct Mixed<'a, 'b: 'a, T: 'a>
where
    T: 'b,
{
    owned: String,
    borrowed: &'a str,
    both: Vec<&'b T>,
    value: T,
}

#[test]
fn twins() {
    let blink = Blink::new();
    let copy: BlinkNamed<'_> = moved(
        &blink,
        Named {
            text: String::from("text"),
            list: vec![(1, String::from("one"))],
            boxed: Box::new([Some(String::from("boxed")), None]),
            text_behind: ("box".into(), "rc".into(), "arc".into(), "static"),
            result: Err(String::from("error")),
            nested: [[Some(vec!["nested".into()]), None]],
            unit: (),
        },
    );
    let expected = BlinkNamed {
        text: "text",
        list: &[(1, "one")],
        boxed: &[Some("boxed"), None],
        text_behind: ("box", "rc", "arc", "static"),
        result: Err("error"),
        nested: [[Some(&["nested"]), None]],
        unit: (),
    };
    assert_eq!(copy, expected);
    let copy = moved(
        &blink,
        Tuple(String::from("a"), 1, vec![strings(["b"]), vec![]]),
    );
    assert_eq!(copy, BlinkTuple("a", 1, &[&["b"], &[]]));
    let messages = vec![
        Message::Text(String::from("text")),
        Message::Pair(String::from("pair"), vec![1, 2]),
        Message::Move {
            to: "to".into(),
            by: -1,
        },
        Message::Empty {},
        Message::Nothing(),
        Message::Quit,
    ];
    let expected = [
        BlinkMessage::Text("text"),
        BlinkMessage::Pair("pair", &[1, 2]),
        BlinkMessage::Move { to: "to", by: -1 },
        BlinkMessage::Empty {},
        BlinkMessage::Nothing(),
        BlinkMessage::Quit,
    ];
    assert_eq!(moved(&blink, messages), expected);
    assert_eq!(moved(&blink, Renamed(vec![1])), OwnName(&[1]));
    let copy: Words<'_, &[u8]> = {
        let (text, value) = (String::from("text"), vec![1_u8, 2]);
        blink.clone_in(&Mixed {
            owned: text.clone(),
            borrowed: &text,
            both: vec![&value],
            value: value.clone(),
        })
    };
    let expected = Words {
        owned: "text",
        borrowed: "text",
        both: &[&&[1, 2][..]],
        value: &[1, 2][..],
    };
    assert_eq!(copy, expected);
}

/// A type that is copied by hand, of a type that is not.
struct ByHand(Vec<u8>);

impl<'blink> BlinkClone<'blink> for ByHand {
    type Cloned = &'blink [u8];

    fn blink_clone<C: Cloner<'blink>>(&self, cx: &mut C) -> Result<&'blink [u8], C::Error> {
        let copy = cx.copy_slice(&self.0)?;
        copy.reverse();
        Ok(copy)
    }
}

#[derive(BlinkClone)]
#[blink(derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord))]
struct OfOthers {
    hand: ByHand,
    hands: Vec<ByHand>,
    tuple: Option<(Box<ByHand>, Rc<ByHand>)>,
    twin: Vec<Tiny>,
    same: Level,
}

#[derive(BlinkClone)]
#[blink(derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord))]
struct Tiny(String);

impl Eq for Level {}

impl std::hash::Hash for Level {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (*self as u8).hash(state);
    }
}

impl PartialOrd for Level {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Level {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (*self as u8).cmp(&(*other as u8))
    }
}

#[test]
fn of_others() {
    let blink = Blink::new();
    let copy = moved(
        &blink,
        OfOthers {
            hand: ByHand(vec![1, 2]),
            hands: vec![ByHand(vec![3, 4]), ByHand(vec![])],
            tuple: Some((Box::new(ByHand(vec![5, 6])), Rc::new(ByHand(vec![7, 8])))),
            twin: vec![Tiny(String::from("tiny"))],
            same: Level::High,
        },
    );
    let expected = BlinkOfOthers {
        hand: &[2, 1],
        hands: &[&[4, 3], &[]],
        tuple: Some((&&[6, 5][..], &&[8, 7][..])),
        twin: &[BlinkTiny("tiny")],
        same: Level::High,
    };
    assert_eq!(copy, expected);
}

/// What can be borrowed only as it is.
trait Speaks {
    fn word(&self) -> &'static str;
}

impl Speaks for u8 {
    fn word(&self) -> &'static str {
        "eight"
    }
}

#[derive(BlinkClone)]
struct Borrowing<'a> {
    #[blink(copy)]
    speaker: &'a dyn Speaks,
    name: &'a str,
}

#[derive(BlinkClone)]
#[blink(mirror = BorrowingTwin)]
struct BorrowingToo<'a> {
    #[blink(copy)]
    speaker: &'a dyn Speaks,
    name: String,
}

#[test]
fn what_is_copied_as_it_is_may_borrow() {
    let speaker = 8_u8;
    let blink = Blink::new();
    let copy = blink.clone_in(&Borrowing {
        speaker: &speaker,
        name: "name",
    });
    assert_eq!((copy.speaker.word(), copy.name), ("eight", "name"));
    let copy = blink.clone_in(&BorrowingToo {
        speaker: &speaker,
        name: "name".to_string(),
    });
    assert_eq!((copy.speaker.word(), copy.name), ("eight", "name"));
}

#[derive(BlinkClone)]
struct Phantoms<'a, T: ?Sized> {
    of: PhantomData<T>,
    made: PhantomData<fn() -> Box<T>>,
    pointed: core::marker::PhantomData<*const T>,
    borrowed: PhantomData<&'a mut dyn Fn()>,
}

#[test]
fn nothing_is_copied_of_a_phantom() {
    let blink = Blink::new();
    let phantoms = Phantoms::<[String]> {
        of: PhantomData,
        made: PhantomData,
        pointed: PhantomData,
        borrowed: PhantomData,
    };
    let copy: Phantoms<'_, [&str]> = blink.clone_in(&phantoms);
    let Phantoms {
        of: PhantomData,
        made: PhantomData,
        pointed: PhantomData,
        borrowed: PhantomData,
    } = copy;
}

/// A type with many small fields takes the stack of a larger one, without optimization.
#[derive(BlinkClone, Default)]
struct Flags {
    flags: (
        bool,
        bool,
        bool,
        bool,
        bool,
        bool,
        bool,
        bool,
        bool,
        bool,
        bool,
        bool,
    ),
    a: bool,
    b: bool,
    c: bool,
    d: bool,
    e: bool,
    f: bool,
    g: bool,
    h: bool,
    i: bool,
    j: bool,
    k: bool,
    l: bool,
    m: bool,
    n: bool,
    o: bool,
    p: bool,
    q: bool,
    r: bool,
    s: bool,
    t: bool,
    u: bool,
    v: bool,
    w: bool,
    x: bool,
    y: bool,
    z: bool,
    aa: bool,
    ab: bool,
    ac: bool,
    ad: bool,
    ae: bool,
    af: bool,
    ag: bool,
    ah: bool,
    ai: bool,
    aj: bool,
    ak: bool,
    al: bool,
    next: Option<Box<Flags>>,
}

#[cfg(not(feature = "deep"))]
#[test]
fn many_small_fields_fit_the_stack() {
    let size = if blink_tests::CHECKED { 16 } else { 2 } << 20;
    let follow = || {
        let list = |length: usize| {
            (0..length).fold(Flags::default(), |next, _| Flags {
                next: Some(Box::new(next)),
                ..Flags::default()
            })
        };
        let blink = Blink::new();
        let mut longest = 0;
        while blink.try_clone_in(&list(longest + 1)).is_ok() {
            longest += 1;
        }
        assert!(longest >= 100, "{longest}");
    };
    let thread = std::thread::Builder::new().stack_size(size).spawn(follow);
    thread.unwrap().join().unwrap();
}
