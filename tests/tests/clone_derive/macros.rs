//! Types that `macro_rules!` make, out of fragments of every kind.

use super::*;

macro_rules! structs {
    ($(
        $(#[$attr:meta])*
        $vis:vis struct $name:ident $(<$($lt:lifetime),* ; $($param:ident),* ; $(const $len:ident: $len_ty:ty),*>)? {
            $($field_vis:vis $field:ident: $ty:ty),* $(,)?
        }
    )*) => {$(
        #[derive(BlinkClone)]
        $(#[$attr])*
        $vis struct $name $(<$($lt,)* $($param,)* $(const $len: $len_ty),*>)? {
            $($field_vis $field: $ty),*
        }
    )*};
}

structs! {
    /// Of fragments.
    #[blink(derive(Debug, PartialEq))]
    pub struct Made {
        pub text: String,
        list: Vec<Option<String>>,
        pub(crate) next: Option<Box<Made>>,
        own: Vec<Self>,
        unknown: Box<MadeToo>,
        reference: &'static str,
        tuple: (String, [Box<str>; 2]),
    }

    #[blink(derive(Debug, PartialEq))]
    struct MadeToo {
        text: String,
    }

    #[blink(derive(Debug, PartialEq))]
    struct Generic<; T, U; const N: usize> {
        value: T,
        list: Vec<[U; N]>,
        next: Option<Rc<Generic<T, U, N>>>,
    }

    #[derive(Debug, PartialEq)]
    struct Lifetime<'a; T;> {
        text: &'a str,
        value: T,
    }
}

#[test]
fn structs_of_fragments() {
    let blink = Blink::new();
    let text = || String::from("text");
    let made = |own, next| Made {
        text: text(),
        list: vec![Some(text()), None],
        next,
        own,
        unknown: Box::new(MadeToo { text: text() }),
        reference: "reference",
        tuple: (text(), ["a".into(), "b".into()]),
    };
    let copy = moved(
        &blink,
        made(vec![made(vec![], None)], Some(Box::new(made(vec![], None)))),
    );
    assert_eq!(
        (copy.text, copy.list, copy.own[0].reference),
        ("text", &[Some("text"), None][..], "reference")
    );
    assert_eq!(
        (copy.unknown.text, copy.tuple),
        ("text", ("text", ["a", "b"]))
    );
    assert_eq!(copy.next, Some(&copy.own[0]));
    let next = Some(Rc::new(Generic {
        value: text(),
        list: vec![],
        next: None,
    }));
    let original = Generic {
        value: text(),
        list: vec![[text(), text()]],
        next,
    };
    let copy: BlinkGeneric<'_, &str, &str, 2> = moved(&blink, original);
    assert_eq!(
        (copy.value, copy.list[0], copy.next.unwrap().value),
        ("text", ["text"; 2], "text")
    );
    let copy: Lifetime<'_, &str> = moved(
        &blink,
        Lifetime {
            text: "text",
            value: text(),
        },
    );
    assert_eq!(
        copy,
        Lifetime {
            text: "text",
            value: "text"
        }
    );
}

macro_rules! enums {
    ($name:ident, $twin:ident, $with:path, $given:ty, $len:expr, $derive:path, { $($variant:ident($($ty:ty),*)),* }) => {
        #[derive(BlinkClone)]
        #[blink(mirror = $twin, derive(Debug, $derive))]
        enum $name {
            $($variant($($ty),*),)*
            Length([String; $len]),
            Given(#[blink(as = $given, with = $with)] String),
        }
    };
}

fn length<E>(text: &str, _: &mut impl Sized) -> Result<usize, E> {
    Ok(text.len())
}

enums!(Item, ItemRef, self::length, usize, 1 + 1, ::core::cmp::PartialEq, {
    Word(String),
    Words(Vec<Box<str>>, Option<Box<Item>>),
    Nothing()
});

#[test]
fn enums_of_fragments() {
    let blink = Blink::new();
    let all = vec![
        Item::Word(String::from("word")),
        Item::Words(vec!["a".into()], Some(Box::new(Item::Nothing()))),
        Item::Length(["a", "b"].map(String::from)),
        Item::Given(String::from("given")),
    ];
    let expected = [
        ItemRef::Word("word"),
        ItemRef::Words(&["a"], Some(&ItemRef::Nothing())),
        ItemRef::Length(["a", "b"]),
        ItemRef::Given(5),
    ];
    assert_eq!(moved(&blink, all), expected);
}

/// Names that the macro makes itself, and ones that it is passed.
macro_rules! mixed {
    ($field:ident, $type:ident, $lt:lifetime) => {
        #[derive(BlinkClone, Debug, PartialEq)]
        struct $type<$lt, T> {
            cx: &$lt str,
            $field: T,
            both: Option<&$lt $type<$lt, T>>,
        }

        #[derive(BlinkClone)]
        #[blink(mirror = MixedTwin)]
        struct Owner<$lt> {
            source: Vec<$type<$lt, u8>>,
            $field: String,
        }
    };
}

mixed!(value, Mixed, 'm);

#[test]
fn names_of_the_macro_and_of_its_caller() {
    let blink = Blink::new();
    let inner = Mixed {
        cx: "inner",
        value: String::from("value"),
        both: None,
    };
    let copy = blink.clone_in(&Mixed {
        cx: "outer",
        value: String::from("value"),
        both: Some(&inner),
    });
    assert_eq!(
        copy.both,
        Some(&Mixed {
            cx: "inner",
            value: "value",
            both: None
        })
    );
    let source = vec![Mixed {
        cx: "cx",
        value: 1,
        both: None,
    }];
    let copy: MixedTwin<'_> = moved(
        &blink,
        Owner {
            source,
            value: String::from("value"),
        },
    );
    assert_eq!((copy.source[0].cx, copy.value), ("cx", "value"));
}
