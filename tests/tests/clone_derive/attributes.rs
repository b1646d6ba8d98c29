//! The attributes of types and fields, and what the twin has of the type's own.

use super::*;

/// The crate by another path.
mod reexported {
    pub mod deep {
        pub use blink_alloc as arena;
    }
}

#[derive(BlinkClone)]
#[blink(crate = crate::attributes::reexported::deep::arena, derive(Debug))]
struct Elsewhere<T> {
    text: String,
    weak: Weak<Elsewhere<T>>,
    own: Option<Rc<T>>,
    #[blink(put)]
    put: Vec<u8>,
    #[blink(copy)]
    copy: &'static str,
    other: Box<OtherTwin>,
}

#[derive(BlinkClone)]
#[blink(crate = self::reexported::deep::arena)]
#[blink(copy)]
#[derive(Clone, Copy, PartialEq, Debug)]
struct CopyElsewhere(u8);

#[derive(BlinkClone, Debug)]
#[blink(crate = self::reexported::deep::arena)]
struct RefElsewhere<'a>(&'a str, CopyElsewhere);

#[test]
fn crate_elsewhere() {
    let blink = Blink::new();
    let copy: BlinkElsewhere<'_, u8> = moved(
        &blink,
        Elsewhere {
            text: String::from("text"),
            weak: Weak::new(),
            own: Some(Rc::new(1_u8)),
            put: vec![1],
            copy: "copy",
            other: Box::new(OtherTwin {
                name: String::from("other"),
            }),
        },
    );
    assert_eq!(
        (copy.text, copy.own, &copy.put[..], copy.copy),
        ("text", Some(&1), &[1][..], "copy")
    );
    assert!(copy.weak.upgrade().is_none());
    assert_eq!(copy.other.name, "other");
    let RefElsewhere(text, byte) = moved(&blink, RefElsewhere("text", CopyElsewhere(1)));
    assert_eq!((text, byte), ("text", CopyElsewhere(1)));
}

/// Each way of a field, in each kind of group.
#[derive(BlinkClone)]
#[blink(derive(Debug))]
struct Ways {
    #[blink(copy)]
    copied: &'static str,
    #[blink(put)]
    put: Arc<str>,
    #[blink(skip)]
    #[expect(dead_code, reason = "left out")]
    skipped: NotCopied,
    #[blink(mirror)]
    mirrored: Vec<OtherTwin>,
    #[blink(as = &'blink [BlinkOtherTwin<'blink>])]
    known: Vec<OtherTwin>,
    #[blink(as = (usize, &'blink str), with = self::count)]
    made: String,
    #[blink(as = u8, with = Ways::constant)]
    number: NotCopied,
}

/// Has no copy.
#[derive(Debug, Default)]
struct NotCopied;

#[derive(BlinkClone)]
#[blink(derive(Debug))]
struct OtherTwin {
    name: String,
}

impl Ways {
    fn constant<E>(_: &NotCopied, _: &mut impl Sized) -> Result<u8, E> {
        Ok(7)
    }
}

fn count<'blink, C: Cloner<'blink>>(
    text: &str,
    cx: &mut C,
) -> Result<(usize, &'blink str), C::Error> {
    Ok((text.len(), cx.str(text)?))
}

#[derive(BlinkClone)]
struct TupleWays(
    #[blink(copy)] &'static str,
    #[blink(skip)] NotCopied,
    #[blink(put)] Box<[u8]>,
    #[blink(mirror)] OtherTwin,
    #[blink(as = &'blink str)] String,
    #[blink(as = (usize, &'blink str), with = count)] String,
    u8,
);

#[derive(BlinkClone)]
enum EnumWays {
    Tuple(
        #[blink(copy)] &'static str,
        #[blink(skip)] NotCopied,
        #[blink(put)] Box<[u8]>,
        #[blink(mirror)] Option<Box<EnumWays>>,
        #[blink(as = &'blink str)] String,
        #[blink(as = (usize, &'blink str), with = count)] String,
        #[blink(skip)] NotCopied,
    ),
    Named {
        #[blink(skip)]
        #[expect(dead_code, reason = "left out")]
        skipped: NotCopied,
        #[blink(put)]
        put: Box<[u8]>,
        #[blink(as = (usize, &'blink str), with = count)]
        made: String,
    },
    Only {
        #[blink(skip)]
        #[expect(dead_code, reason = "left out")]
        skipped: NotCopied,
    },
    OnlyTuple(#[blink(skip)] NotCopied),
}

#[test]
fn of_fields() {
    let blink = Blink::new();
    let put: Arc<str> = "put".into();
    let other = |name: &str| OtherTwin {
        name: String::from(name),
    };
    let copy = moved(
        &blink,
        Ways {
            copied: "copied",
            put: put.clone(),
            skipped: NotCopied,
            mirrored: vec![other("mirrored")],
            known: vec![other("known")],
            made: String::from("made"),
            number: NotCopied,
        },
    );
    let BlinkWays {
        copied,
        put: same,
        mirrored,
        known,
        made,
        number,
    } = copy;
    assert!(Arc::ptr_eq(same, &put));
    assert_eq!(
        (copied, mirrored[0].name, known[0].name),
        ("copied", "mirrored", "known")
    );
    assert_eq!((made, number), ((4, "made"), 7));
    let bytes = || -> Box<[u8]> { Box::new([1, 2]) };
    let text = || String::from("text");
    let tuple = TupleWays(
        "copied",
        NotCopied,
        bytes(),
        other("other"),
        text(),
        text(),
        1,
    );
    let BlinkTupleWays(
        "copied",
        (),
        boxed,
        BlinkOtherTwin { name: "other" },
        "text",
        (4, "text"),
        1,
    ) = moved(&blink, tuple)
    else {
        panic!("another tuple")
    };
    assert_eq!(**boxed, [1, 2]);
    let only = EnumWays::Only { skipped: NotCopied };
    let tuple = |inner| EnumWays::Tuple("a", NotCopied, bytes(), inner, text(), text(), NotCopied);
    let named = EnumWays::Named {
        skipped: NotCopied,
        put: bytes(),
        made: text(),
    };
    let all = vec![
        only,
        tuple(Some(Box::new(tuple(None)))),
        named,
        EnumWays::OnlyTuple(NotCopied),
    ];
    let [
        BlinkEnumWays::Only {},
        BlinkEnumWays::Tuple("a", (), first, Some(inner), "text", (4, "text"), ()),
        BlinkEnumWays::Named {
            put: second,
            made: (4, "text"),
        },
        BlinkEnumWays::OnlyTuple(()),
    ] = moved(&blink, all)
    else {
        panic!("other variants")
    };
    assert_eq!([&***first, &***second], [[1, 2], [1, 2]]);
    assert!(matches!(inner, BlinkEnumWays::Tuple(.., None, _, _, ())));
}

/// In a type that becomes itself, what is skipped is made anew.
#[derive(BlinkClone, Debug, PartialEq)]
struct Cached<'a> {
    text: &'a str,
    #[blink(skip)]
    cache: Cell<Option<u32>>,
    #[blink(copy)]
    name: &'static str,
}

#[derive(BlinkClone, Debug, PartialEq)]
enum SkippedSame {
    Tuple(#[blink(skip)] Vec<u8>, u8),
}

#[test]
fn skipped_in_itself() {
    let blink = Blink::new();
    let cached = Cached {
        text: "text",
        cache: Cell::new(Some(1)),
        name: "name",
    };
    let copy: Cached<'_> = moved(&blink, cached);
    assert_eq!(
        copy,
        Cached {
            text: "text",
            cache: Cell::new(None),
            name: "name"
        }
    );
    let copy: SkippedSame = moved(&blink, SkippedSame::Tuple(vec![1], 2));
    assert_eq!(copy, SkippedSame::Tuple(vec![], 2));
}

/// Of the container: `derive` and `attr`, which see the twin.
#[derive(BlinkClone)]
#[blink(mirror = Attributed, derive(Debug, ::core::default::Default, Clone), attr(repr(C), derive(PartialEq), doc = "More."))]
#[allow(non_snake_case)]
struct WithAttributes {
    Text: String,
    number: u8,
}

#[derive(BlinkClone)]
#[blink(attr(derive(Clone, Copy), repr(u8)))]
#[blink(derive(Debug))]
#[blink(mirror = Lower)]
#[allow(non_camel_case_types)]
enum lower {
    text(String),
    nothing,
}

#[test]
fn of_the_twin() {
    let blink = Blink::new();
    let copy = moved(
        &blink,
        WithAttributes {
            Text: String::from("text"),
            number: 1,
        },
    );
    assert_eq!(
        copy.clone(),
        Attributed {
            Text: "text",
            number: 1
        }
    );
    assert_eq!(
        Attributed::default(),
        Attributed {
            Text: "",
            number: 0
        }
    );
    let (Lower::text("text"), Lower::nothing) =
        moved(&blink, (lower::text("text".into()), lower::nothing))
    else {
        panic!("other variants")
    };
}

/// Seen from as far as the type, and fields as far as its fields.
mod places {
    pub mod inner {
        use blink_alloc::BlinkClone;

        #[derive(BlinkClone)]
        pub struct Open {
            pub all: String,
            pub(crate) here: String,
            pub(super) above: String,
            pub(in crate::attributes::places) there: String,
            private: Hidden,
            pub(self) own: Vec<Hidden>,
        }

        #[derive(BlinkClone, Default)]
        struct Hidden(String);

        #[derive(BlinkClone)]
        pub(in crate::attributes) enum Narrow {
            Of(String),
        }

        impl Open {
            pub fn new() -> Self {
                Self {
                    all: "all".into(),
                    here: "here".into(),
                    above: "above".into(),
                    there: "there".into(),
                    private: Hidden("private".into()),
                    own: vec![Hidden("own".into())],
                }
            }
        }

        impl BlinkOpen<'_> {
            pub fn hidden(&self) -> (&str, &str) {
                (self.private.0, self.own[0].0)
            }
        }
    }

    pub fn check(open: &inner::BlinkOpen<'_>) {
        assert_eq!((open.above, open.there), ("above", "there"));
    }
}

#[test]
fn visibility() {
    let blink = Blink::new();
    let copy: places::inner::BlinkOpen<'_> = moved(&blink, places::inner::Open::new());
    assert_eq!(
        (copy.all, copy.here, copy.hidden()),
        ("all", "here", ("private", "own"))
    );
    places::check(&copy);
    let places::inner::BlinkNarrow::Of(text) =
        moved(&blink, places::inner::Narrow::Of(String::from("narrow")));
    assert_eq!(text, "narrow");
}
