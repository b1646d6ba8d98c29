//! `#[derive(BlinkClone)]` without a warning, of whatever lint there is.

#![deny(
    missing_docs,
    clippy::pedantic,
    clippy::nursery,
    single_use_lifetimes,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    missing_debug_implementations,
    variant_size_differences,
    explicit_outlives_requirements,
    redundant_lifetimes,
    let_underscore_drop,
    meta_variable_misuse,
    let_underscore,
    nonstandard_style,
    unused
)]

use std::{
    cell::{Cell, RefCell},
    fmt::Debug,
    marker::PhantomData,
    rc::{Rc, Weak},
};

use blink_alloc::{BlinkClone, Cloner};

/// Of every kind of field.
#[derive(BlinkClone, Debug)]
#[blink(derive(Debug))]
pub struct Page {
    /// Of letters.
    pub title: String,
    /// Of others.
    pub links: Vec<Link>,
    /// Called by its name.
    #[blink(mirror)]
    pub first: Option<Box<Link>>,
    /// Copied.
    #[blink(copy)]
    pub language: &'static str,
    /// Put.
    #[blink(put)]
    pub source: String,
    /// Skipped.
    #[blink(skip)]
    pub cache: Option<u32>,
    /// Made.
    #[blink(as = &'blink str, with = lower_case)]
    pub key: String,
    /// Shared.
    pub shared: RefCell<Vec<Rc<Self>>>,
    /// Back.
    pub back: Weak<Self>,
    /// Counted.
    pub count: Cell<u32>,
    hidden: Hidden,
    more: Vec<(u8, Option<Hidden>)>,
}

/// Belongs to a page.
#[derive(BlinkClone, Debug)]
#[blink(derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord))]
pub enum Link {
    /// To a name.
    Name(String),
    /// To a place.
    Place {
        /// Where.
        x: u8,
        /// And where.
        y: Vec<Self>,
    },
    /// To nothing.
    Nothing,
}

#[derive(BlinkClone, Debug)]
#[blink(derive(Debug))]
struct Hidden {
    name: String,
}

/// With parameters.
#[derive(BlinkClone, Debug)]
#[blink(derive(Debug))]
pub struct Tree<K, V: ?Sized, const N: usize>
where
    K: Debug,
{
    /// Keys.
    pub keys: [K; N],
    /// Values.
    pub value: Rc<V>,
    /// Below.
    pub children: Vec<Self>,
    marker: PhantomData<K>,
}

/// Becomes itself.
#[derive(BlinkClone, Clone, Copy, Debug)]
pub struct Word<'a, T> {
    /// The word.
    pub text: &'a str,
    /// The next one.
    pub next: Option<&'a Self>,
    /// With it.
    pub value: &'a [T],
}

/// As well.
#[derive(BlinkClone, Clone, Debug)]
pub enum Token<'a> {
    /// A word.
    Word(Word<'a, u8>),
    /// A text.
    Text(&'a str),
}

/// A twin of what has a lifetime.
#[derive(BlinkClone, Debug)]
#[blink(mirror = SentenceRef, derive(Debug))]
pub struct Sentence<'a> {
    /// Its words.
    pub words: Vec<Word<'a, u8>>,
    /// Of it.
    pub text: &'a str,
}

/// Bit by bit.
#[derive(BlinkClone, Clone, Copy, Debug)]
#[blink(copy)]
pub struct Point<T> {
    /// Right.
    pub x: T,
    /// Up.
    pub y: T,
}

/// Field by field.
#[derive(BlinkClone, Debug)]
pub struct Sizes<T>(pub T, pub Option<[u64; 4]>);

/// Nothing.
#[derive(BlinkClone, Debug)]
pub struct Nothing;

/// No value.
#[derive(BlinkClone, Debug)]
pub enum Never {}

/// Of the past.
#[deprecated = "for the lint"]
#[derive(BlinkClone, Debug)]
#[blink(derive(Debug))]
pub struct Old {
    /// As old.
    #[deprecated]
    pub name: String,
    /// Older.
    pub next: Option<Box<Self>>,
}

/// Has the old in it.
#[derive(BlinkClone, Debug)]
#[blink(derive(Debug))]
pub struct New {
    /// The old.
    #[allow(deprecated)]
    pub old: Vec<Old>,
}

/// More to come.
#[derive(BlinkClone, Debug)]
#[blink(derive(Debug))]
#[non_exhaustive]
pub enum Open {
    /// One.
    #[deprecated]
    One(String),
    /// Two.
    #[non_exhaustive]
    Two {
        /// Of it.
        name: String,
    },
}

/// Bools, large variants, names, all of which a lint minds.
#[derive(BlinkClone, Debug)]
#[blink(derive(Debug))]
#[allow(
    clippy::struct_excessive_bools,
    clippy::struct_field_names,
    non_snake_case,
    missing_docs
)]
pub struct Allowed {
    pub allowed_a: bool,
    pub allowed_b: bool,
    pub allowed_c: bool,
    pub allowed_d: bool,
    pub allowed_E: String,
}

/// The same of an enum.
#[derive(BlinkClone, Debug)]
#[blink(derive(Debug))]
#[allow(
    missing_docs,
    clippy::enum_variant_names,
    clippy::upper_case_acronyms,
    clippy::large_enum_variant,
    variant_size_differences
)]
pub enum Large {
    LargeHTML(String),
    LargeCSS([u64; 100]),
    LargeTXT,
}

/// In lower case.
fn lower_case<'blink, C: Cloner<'blink>>(text: &str, cx: &mut C) -> Result<&'blink str, C::Error> {
    let text = cx.str(text)?;
    text.make_ascii_lowercase();
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use blink_alloc::Blink;

    #[test]
    fn copies() {
        let blink = Blink::new();
        let page = Page {
            title: String::from("Title"),
            links: vec![Link::Place {
                x: 1,
                y: vec![Link::Nothing],
            }],
            first: Some(Box::new(Link::Name(String::from("name")))),
            language: "en",
            source: String::from("source"),
            cache: Some(1),
            key: String::from("KEY"),
            shared: RefCell::default(),
            back: Weak::new(),
            count: Cell::new(1),
            hidden: Hidden {
                name: String::from("hidden"),
            },
            more: vec![(
                1,
                Some(Hidden {
                    name: String::from("more"),
                }),
            )],
        };
        let copy = blink.clone_in(&page);
        drop(page);
        let nothing = [BlinkLink::Nothing];
        assert_eq!(copy.links, [BlinkLink::Place { x: 1, y: &nothing }]);
        assert_eq!(copy.first, Some(&BlinkLink::Name("name")));
        assert_eq!(
            (copy.title, copy.key, &**copy.source),
            ("Title", "key", "source")
        );
        assert_eq!(
            (copy.hidden.name, copy.language, copy.count.get()),
            ("hidden", "en", 1)
        );
        assert_eq!(
            copy.more[0].1.as_ref().map(|hidden| hidden.name),
            Some("more")
        );
        assert!(copy.shared.borrow().is_empty() && copy.back.upgrade().is_none());
    }

    #[test]
    fn copies_with_parameters() {
        let blink = Blink::new();
        let value: Rc<str> = Rc::from("value");
        let tree = Tree {
            keys: [String::from("key")],
            value,
            children: vec![],
            marker: PhantomData,
        };
        let copy: BlinkTree<'_, &str, str, 1> = blink.clone_in(&tree);
        drop(tree);
        assert_eq!(
            (copy.keys, copy.value, copy.children.len()),
            (["key"], "value", 0)
        );
        let words = vec![Word {
            text: "word",
            next: None,
            value: &[1],
        }];
        let copy = blink.clone_in(&Sentence {
            words,
            text: "text",
        });
        assert_eq!(
            (copy.words[0].text, copy.words[0].value, copy.text),
            ("word", &[1][..], "text")
        );
        let copy = blink.clone_in(&Sizes(String::from("size"), None));
        assert_eq!(copy.0, "size");
        let copy = blink.clone_in(&[Point { x: 1, y: 2 }][..]);
        assert_eq!((copy[0].x, copy[0].y), (1, 2));
    }
}
