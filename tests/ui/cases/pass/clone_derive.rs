//! What is derived brings no warnings and no `unsafe` into a module that has none.

#![deny(warnings, missing_docs, unused_qualifications)]
#![forbid(unsafe_code)]

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use blink_alloc::{Blink, BlinkClone, BlinkWeak, Cloner};

/// Public things, with their twins, as documented.
pub mod api {
    use blink_alloc::BlinkClone;

    /// A type that becomes itself.
    #[derive(BlinkClone, Clone, Copy, Debug, PartialEq)]
    #[blink(copy)]
    pub struct Color {
        /// Of three bytes.
        pub rgb: [u8; 3],
    }

    /// A type with a twin.
    #[derive(BlinkClone)]
    #[blink(derive(Clone, Copy, Debug, PartialEq))]
    #[non_exhaustive]
    pub struct Pixel {
        /// A string.
        pub name: String,
        /// A type that nothing is known of.
        pub color: Option<Color>,
        hidden: Vec<Box<str>>,
    }

    impl Pixel {
        /// A pixel with a secret.
        pub fn new(name: &str) -> Self {
            Self {
                name: name.to_string(),
                color: Some(Color { rgb: [1, 2, 3] }),
                hidden: vec!["secret".into()],
            }
        }
    }

    impl BlinkPixel<'_> {
        /// How many secrets there are.
        pub fn hidden(&self) -> usize {
            self.hidden.len()
        }
    }
}

use api::{Color, Pixel};

/// The derive does not know that this is a string, as another field is.
type Alias = String;

/// Types that lead to each other.
#[derive(BlinkClone)]
#[blink(derive(Debug))]
struct Folder {
    name: String,
    alias: Alias,
    entries: Vec<Entry>,
}

#[derive(BlinkClone)]
#[blink(derive(Debug))]
enum Entry {
    Empty,
    File { pixel: Pixel, size: u64 },
    Folder(Box<Folder>),
}

/// A type with a lifetime, and fields of other types.
#[derive(BlinkClone, Clone, Copy, Debug)]
struct Token<'a> {
    text: &'a str,
    color: Color,
    colors: &'a [Option<Color>],
    next: Option<&'a Token<'a>>,
}

#[derive(BlinkClone)]
#[blink(mirror = Sentence, derive(Clone, Copy))]
struct Line<'a, T, const N: usize> {
    tokens: Vec<Token<'a>>,
    values: [T; N],
    #[blink(copy)]
    first: Option<&'static str>,
    #[blink(skip)]
    #[expect(dead_code, reason = "for those who count")]
    skipped: fn(),
}

#[derive(BlinkClone)]
struct Node {
    count: Cell<u32>,
    parent: RefCell<Weak<Node>>,
    children: RefCell<Vec<Rc<Node>>>,
    #[blink(put)]
    kept: String,
    #[blink(as = usize, with = length)]
    length: String,
    #[blink(as = &'blink [&'blink str])]
    words: Vec<String>,
}

fn length<'blink, C: Cloner<'blink>>(text: &str, _: &mut C) -> Result<usize, C::Error> {
    Ok(text.len())
}

fn main() {
    let blink = Blink::new();
    let folder = Folder {
        name: "a".to_string(),
        alias: "other".to_string(),
        entries: vec![
            Entry::Empty,
            Entry::File {
                pixel: Pixel::new("b"),
                size: 1,
            },
            Entry::Folder(Box::new(Folder {
                name: "c".to_string(),
                alias: Alias::new(),
                entries: Vec::new(),
            })),
        ],
    };
    let copy = blink.clone_in(&folder);
    assert_eq!((copy.name, copy.alias), ("a", "other"));
    match copy.entries {
        [
            BlinkEntry::Empty,
            BlinkEntry::File { pixel, size: 1 },
            BlinkEntry::Folder(folder),
        ] => {
            assert_eq!(folder.name, "c");
            assert_eq!((pixel.name, pixel.hidden()), ("b", 1));
            assert_eq!(*pixel, { *pixel });
            assert_eq!(pixel.color, Some(Color { rgb: [1, 2, 3] }));
        }
        other => panic!("{other:?}"),
    }

    let color = Color { rgb: [0; 3] };
    let token = |text, next| Token {
        text,
        color,
        colors: &[None],
        next,
    };
    let last = token("b", None);
    let line = Line {
        tokens: vec![token("a", Some(&last))],
        values: [String::from("x")],
        first: Some("first"),
        skipped: || (),
    };
    let copy = blink.clone_in(&line);
    assert_eq!(copy.tokens[0].next.map(|token| token.text), Some("b"));
    assert_eq!(
        (copy.tokens[0].color, copy.tokens[0].colors.len()),
        (color, 1)
    );
    assert_eq!((copy.values, copy.first), (["x"], Some("first")));

    let node = |parent| Node {
        count: Cell::new(1),
        parent: RefCell::new(parent),
        children: RefCell::default(),
        kept: String::from("kept"),
        length: String::from("four"),
        words: vec![String::from("word")],
    };
    let root = Rc::new(node(Weak::new()));
    let child = Rc::new(node(Rc::downgrade(&root)));
    root.children.borrow_mut().push(child);
    let copy = blink.clone_in(&root);
    copy.count.set(2);
    let children = copy.children.borrow();
    let parent: BlinkWeak<'_, BlinkNode<'_>> = *children[0].parent.borrow();
    assert_eq!(parent.upgrade().map(|parent| parent.count.get()), Some(2));
    assert_eq!(
        (copy.kept.as_str(), copy.length, copy.words),
        ("kept", 4, &["word"][..])
    );
}
