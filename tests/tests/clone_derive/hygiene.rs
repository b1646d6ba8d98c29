//! Where the derive stands, and what names there are.

use blink_alloc::Blink;

/// Everything that the expansion could name is something else here.
mod shadowed {
    #![allow(
        dead_code,
        non_snake_case,
        non_camel_case_types,
        non_upper_case_globals,
        unused_macros,
        unused_imports
    )]

    use ::std::{rc::Rc, string::String as Text, vec::Vec};

    pub struct Option;
    pub struct Some;
    pub struct None;
    pub struct Ok;
    pub struct Err;
    pub struct Result;
    pub struct Box;
    pub struct str;
    pub struct u8;
    pub struct usize;
    pub struct bool;
    pub trait Copy {}
    pub trait Clone {}
    pub trait Send {}
    pub trait Sync {}
    pub trait Sized {}
    pub trait Drop {}
    pub trait Default {}
    pub trait Into {}
    pub trait From {}
    pub trait Cloner {}
    pub trait BlinkClone {}
    pub struct Blink;
    pub struct C;
    pub struct T;
    pub struct BlinkWeak;

    pub mod core {}
    pub mod std {}
    pub mod alloc {}
    pub mod blink_alloc {}

    pub const cx: i32 = 1;
    pub const f0: i32 = 2;
    pub static source: i32 = 3;
    pub static value: i32 = 4;
    pub const blink: i32 = 5;

    pub fn copied() {}
    pub fn needs_drop() {}
    pub fn put() {}

    macro_rules! assert {
        ($($token:tt)*) => {
            compile_error!("not this one")
        };
    }
    macro_rules! matches {
        ($($token:tt)*) => {
            compile_error!("not this one")
        };
    }
    pub(crate) use {assert, matches};

    #[derive(::blink_alloc::BlinkClone)]
    #[blink(derive(Debug))]
    pub struct Twin {
        pub text: ::std::string::String,
        pub cx: (i32, [i64; 2]),
        pub f0: Vec<::std::option::Option<Twin>>,
        pub source: Rc<Twin2>,
        #[blink(copy)]
        pub value: &'static i32,
        #[blink(put)]
        pub blink: ::std::vec::Vec<char>,
        #[blink(skip)]
        pub C: Option,
        #[blink(as = i32, with = count)]
        pub r#type: Text,
        pub self_: Unknown,
    }

    fn count<'blink, C: ::blink_alloc::Cloner<'blink>>(
        text: &Text,
        _: &mut C,
    ) -> ::core::result::Result<i32, C::Error> {
        ::core::result::Result::Ok(text.len() as i32)
    }

    #[derive(::blink_alloc::BlinkClone)]
    #[blink(derive(Debug), crate = ::blink_alloc)]
    pub enum Twin2 {
        cx(i32, ::std::boxed::Box<::core::primitive::str>),
        Some {
            cx: Vec<i32>,
            f0: i32,
            value: Unknown,
        },
        None,
    }

    #[derive(::blink_alloc::BlinkClone, ::core::clone::Clone, ::core::marker::Copy)]
    #[blink(copy)]
    pub struct Bits<T>(pub T, pub i32);

    #[derive(::blink_alloc::BlinkClone)]
    pub struct Itself<'a, T>(pub &'a T, pub &'a [i32], #[blink(skip)] pub i32);

    #[derive(::blink_alloc::BlinkClone)]
    #[blink(derive(Debug))]
    pub struct Unknown(pub Text2);

    type Text2 = ::std::string::String;

    #[derive(::blink_alloc::BlinkClone)]
    pub enum Never {}
}

#[test]
fn other_items() {
    use shadowed::{Bits, BlinkTwin, BlinkTwin2, Itself, Twin, Twin2, Unknown};
    let blink = Blink::new();
    let unknown = || Unknown(String::from("unknown"));
    let twin = |f0| Twin {
        text: String::from("text"),
        cx: (1, [2, 3]),
        f0,
        source: Twin2::cx(4, "four".into()).into(),
        value: &5,
        blink: vec!['6'],
        C: shadowed::Option,
        r#type: String::from("type"),
        self_: unknown(),
    };
    let copy = super::moved(&blink, twin(vec![Some(twin(vec![])), None]));
    let BlinkTwin {
        text,
        cx,
        f0,
        source,
        value,
        blink: put,
        r#type,
        self_,
    } = copy;
    assert_eq!(
        (text, cx, f0.len(), *value, &put[..], r#type),
        ("text", (1, [2, 3]), 2, 5, &['6'][..], 4)
    );
    assert_eq!(self_.0, "unknown");
    assert!(matches!(source, BlinkTwin2::cx(4, "four")));
    let all = vec![
        Twin2::Some {
            cx: vec![1],
            f0: 2,
            value: unknown(),
        },
        Twin2::None,
    ];
    let [
        BlinkTwin2::Some {
            cx: [1],
            f0: 2,
            value,
        },
        BlinkTwin2::None,
    ] = super::moved(&blink, all)
    else {
        panic!("other variants")
    };
    assert_eq!(value.0, "unknown");
    let bits = super::moved(&blink, vec![Bits(1, 2)]);
    assert_eq!((bits[0].0, bits[0].1), (1, 2));
    let Itself(text, list, number) = super::moved(&blink, Itself(&String::from("text"), &[1], 2));
    assert_eq!((*text, list, number), ("text", &[1][..], 0));
    assert!(super::moved(&blink, None::<shadowed::Never>).is_none());
}

/// Fields, parameters and types with the names of the expansion, raw ones too.
mod named {
    #![allow(non_snake_case, non_camel_case_types)]

    use blink_alloc::BlinkClone;

    #[derive(BlinkClone)]
    pub struct r#Type<C, Error, cx> {
        pub r#type: Option<String>,
        pub r#enum: Vec<r#Type<C, Error, cx>>,
        pub cx: C,
        pub this: Error,
        pub C: cx,
        pub Cloned: u8,
        pub BlinkClone: u8,
    }

    #[derive(BlinkClone)]
    pub enum r#enum<r#fn> {
        r#struct(r#fn),
        r#match { r#if: String },
        r#else,
    }

    #[derive(BlinkClone)]
    pub struct Cloned<'C, Target>(pub &'C Target);

    /// Called as what it is not.
    #[derive(BlinkClone)]
    pub struct Cell<T> {
        pub value: T,
        pub next: Option<Box<Cell<T>>>,
    }

    #[derive(BlinkClone)]
    pub struct Rc<T> {
        pub value: T,
        pub more: Vec<Rc<T>>,
    }

    #[derive(BlinkClone)]
    pub enum Option2<Vec, String> {
        Some(Vec),
        None(String),
    }

    #[derive(BlinkClone)]
    pub struct Path(pub std::string::String);

    #[derive(BlinkClone)]
    pub struct Route {
        pub path: Path,
        pub paths: Vec<self::Path>,
    }
}

#[test]
fn names_of_ones_own() {
    use named::{BlinkCell, BlinkRc, BlinkType, Blinkenum, Cell, Cloned, Option2, Path, Rc, Route};
    let blink = Blink::new();
    let text = || String::from("text");
    let original = named::Type {
        r#type: Some(text()),
        r#enum: vec![],
        cx: text(),
        this: vec![1_u8],
        C: 2_u8,
        Cloned: 3,
        BlinkClone: 4,
    };
    let copy: BlinkType<'_, &str, &[u8], u8> = super::moved(&blink, original);
    assert_eq!(
        (copy.r#type, copy.cx, copy.this, copy.C),
        (Some("text"), "text", &[1][..], 2)
    );
    assert_eq!((copy.Cloned, copy.BlinkClone, copy.r#enum.len()), (3, 4, 0));
    let all = vec![
        named::r#enum::r#struct(text()),
        named::r#enum::r#match { r#if: text() },
        named::r#enum::r#else,
    ];
    let [
        Blinkenum::r#struct("text"),
        Blinkenum::r#match { r#if: "text" },
        Blinkenum::r#else,
    ] = super::moved(&blink, all)
    else {
        panic!("other variants")
    };
    let copy: Cloned<'_, &str> = super::moved(&blink, Cloned(&text()));
    assert_eq!(*copy.0, "text");
    let next = Some(Box::new(Cell {
        value: text(),
        next: None,
    }));
    let copy: BlinkCell<'_, &str> = super::moved(
        &blink,
        Cell {
            value: text(),
            next,
        },
    );
    assert_eq!((copy.value, copy.next.unwrap().value), ("text", "text"));
    let copy: BlinkRc<'_, &str> = {
        let borrowed = text();
        blink.clone_in(&Rc {
            value: &*borrowed,
            more: vec![],
        })
    };
    assert_eq!((copy.value, copy.more.len()), ("text", 0));
    let all = vec![Option2::Some(text()), Option2::None(1_u8)];
    assert!(matches!(
        super::moved(&blink, all),
        [Option2::Some("text"), Option2::None(1)]
    ));
    let copy = super::moved(
        &blink,
        Route {
            path: Path(text()),
            paths: vec![Path(text())],
        },
    );
    assert_eq!((copy.path.0, copy.paths[0].0), ("text", "text"));
}

/// Without the prelude.
mod bare {
    #![no_implicit_prelude]

    #[derive(::blink_alloc::BlinkClone)]
    #[blink(derive(::core::fmt::Debug, ::core::cmp::PartialEq))]
    pub struct Bare<T> {
        pub text: ::std::string::String,
        pub option: ::core::option::Option<T>,
        pub list: ::std::vec::Vec<Bare<T>>,
        pub bare: Bare2,
        #[blink(put)]
        pub put: ::std::string::String,
        #[blink(copy)]
        pub copy: &'static str,
    }

    #[derive(::blink_alloc::BlinkClone)]
    #[blink(derive(::core::fmt::Debug, ::core::cmp::PartialEq))]
    pub enum Bare2 {
        Text(::std::string::String),
    }

    #[derive(::blink_alloc::BlinkClone, ::core::clone::Clone, ::core::marker::Copy)]
    #[blink(copy)]
    pub struct Bits(pub u8);

    #[derive(::blink_alloc::BlinkClone)]
    pub struct Itself<'a>(pub &'a str, #[blink(skip)] pub u8);
}

#[test]
fn without_a_prelude() {
    let blink = Blink::new();
    let original = bare::Bare {
        text: String::from("text"),
        option: Some(1_u8),
        list: vec![],
        bare: bare::Bare2::Text(String::from("bare")),
        put: String::from("put"),
        copy: "copy",
    };
    let copy = super::moved(&blink, original);
    assert_eq!(
        (copy.text, copy.option, &**copy.put, copy.copy),
        ("text", Some(1), "put", "copy")
    );
    assert_eq!(copy.bare, bare::BlinkBare2::Text("bare"));
    assert_eq!(super::moved(&blink, bare::Bits(1)).0, 1);
    let bare::Itself(text, number) = super::moved(&blink, bare::Itself("text", 1));
    assert_eq!((text, number), ("text", 0));
}

/// In bodies of functions, methods, constants and closures, with items of the body.
#[test]
fn in_bodies() {
    use blink_alloc::BlinkClone;

    #[derive(BlinkClone)]
    struct Local {
        text: String,
        next: Option<Box<Local>>,
    }

    #[derive(BlinkClone)]
    struct Of {
        #[blink(mirror)]
        local: Local,
        all: Vec<Local>,
    }

    let local = || Local {
        text: String::from("text"),
        next: None,
    };
    let blink = Blink::new();
    let copy = super::moved(
        &blink,
        Of {
            local: local(),
            all: vec![local()],
        },
    );
    assert_eq!((copy.local.text, copy.all[0].text), ("text", "text"));
    assert!(copy.local.next.is_none());
    let inner = || {
        #[derive(BlinkClone)]
        enum Local {
            Text(String),
        }
        let BlinkLocal::Text(text) = super::moved(&blink, Local::Text(String::from("inner")));
        text
    };
    assert_eq!(inner(), "inner");
    const _: () = {
        #[derive(BlinkClone)]
        #[expect(dead_code, reason = "the derive is what is tested")]
        struct InConst(String);
    };
}
