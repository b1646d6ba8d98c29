//! Random trees: the copy equals the original when that is gone, wherever it was made.

use blink_alloc::{BlinkAlloc, Frame};
use blink_tests::{base::Base, random::Random};

use super::*;

/// What trees consist of.
#[derive(BlinkClone, Debug, Clone)]
#[blink(derive(Debug, Clone, Copy, PartialEq, BlinkClone), mirror = TreeRef)]
enum Tree {
    Leaf,
    Text(String),
    Number(u64, f64),
    List(Vec<Tree>),
    Named {
        name: Box<str>,
        value: Option<Box<Tree>>,
    },
    Pair(Box<(Tree, Tree)>),
    Bytes(Result<Vec<u8>, String>),
    Words([Option<String>; 2], Vec<Vec<Box<[u16]>>>),
    Other(#[blink(mirror)] Box<Other>),
    Unknown(Unknown),
}

#[derive(BlinkClone, Debug, Clone)]
#[blink(derive(Debug, Clone, Copy, PartialEq, BlinkClone))]
struct Other {
    flag: bool,
    #[blink(as = &'blink [TreeRef<'blink>])]
    trees: Vec<Tree>,
    #[blink(as = Generic<&'blink str, Option<char>>)]
    of: Generic<String, Option<char>>,
}

#[derive(BlinkClone, Debug, Clone, Copy, PartialEq)]
struct Generic<T, U>(T, U);

#[derive(BlinkClone, Debug, Clone)]
#[blink(derive(Debug, Clone, Copy, PartialEq, BlinkClone))]
struct Unknown(Vec<String>);

fn text(random: &mut Random) -> String {
    let len = random.below(30);
    (0..len)
        .map(|_| random.pick(&['a', 'ß', '→', '\0', '🦀']))
        .collect()
}

fn tree(random: &mut Random, depth: usize) -> Tree {
    let many = |random: &mut Random| random.below(4);
    let below = |random: &mut Random| tree(random, depth - 1);
    match random.below(if depth == 0 { 5 } else { 10 }) {
        0 => Tree::Leaf,
        1 => Tree::Text(text(random)),
        2 => Tree::Number(random.number(), f64::from(random.below(1000) as u32) / 8.0),
        3 => Tree::Bytes(match random.once_in(2) {
            true => Ok((0..random.scaled(300)).map(|at| at as u8).collect()),
            false => Err(text(random)),
        }),
        4 => {
            let words = [random.once_in(2).then(|| text(random)), Some(text(random))];
            let rows = (0..many(random)).map(|row| vec![vec![row as u16; row].into(); row]);
            Tree::Words(words, rows.collect())
        }
        5 => Tree::List((0..many(random)).map(|_| below(random)).collect()),
        6 => Tree::Named {
            name: text(random).into(),
            value: (!random.once_in(3)).then(|| Box::new(below(random))),
        },
        7 => Tree::Pair(Box::new((below(random), below(random)))),
        8 => Tree::Unknown(Unknown((0..many(random)).map(|_| text(random)).collect())),
        _ => Tree::Other(Box::new(Other {
            flag: random.once_in(2),
            trees: (0..many(random)).map(|_| below(random)).collect(),
            of: Generic(text(random), random.once_in(2).then_some('x')),
        })),
    }
}

/// What both say, but for the names of their types.
fn shown(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
        .replace("Blink", "")
        .replace("TreeRef", "Tree")
}

fn seeds() -> impl Iterator<Item = u64> {
    0..40
}

#[test]
fn trees_in_an_arena() {
    for base in Base::all() {
        for seed in seeds() {
            let original = tree(&mut Random::new(seed), 5);
            let expected = shown(&original);
            let blink = Blink::new_in(BlinkAlloc::with_chunk_size_in(
                1 << (seed % 12),
                base.again(),
            ));
            let copies: Vec<TreeRef<'_>> = (0..3).map(|_| blink.clone_in(&original)).collect();
            drop(original);
            blink.fill(1000, 0xee_u8);
            for copy in &copies {
                assert_eq!(shown(copy), expected, "{:?}, seed {seed}", base.shape());
            }
            assert_eq!(copies[0], copies[1]);
        }
    }
}

/// A twin has a lifetime, and becomes itself in a second arena.
#[test]
fn copies_of_copies() {
    for seed in seeds() {
        let original = tree(&mut Random::new(seed), 5);
        let expected = shown(&original);
        let last = Blink::new();
        let copy: TreeRef<'_> = {
            let first = Blink::new();
            let copy = first.clone_in(&original);
            drop(original);
            last.clone_in(&copy)
        };
        assert_eq!(shown(&copy), expected, "seed {seed}");
        assert_eq!(last.clone_in(&copy), copy);
    }
}

/// A copy on every level, and no byte left of the inner ones.
fn nested(frame: &mut Frame<'_, BlinkAlloc<Base>>, seed: u64, depth: usize) {
    let original = tree(&mut Random::new(seed), 4);
    let expected = shown(&original);
    let copy = frame.clone_in(&original);
    drop(original);
    if depth > 0 {
        for below in 0..2 {
            frame.scope(|frame| nested(frame, seed * 2 + below, depth - 1));
        }
    }
    assert_eq!(shown(&copy), expected, "seed {seed}");
}

#[test]
fn trees_in_frames() {
    for base in Base::all() {
        for seed in seeds() {
            let mut root = Blink::new_in(BlinkAlloc::new_in(base.again()));
            nested(&mut root.as_frame(), seed, 3);
            root.scope(|frame| nested(frame, seed + 1, 2));
        }
    }
}

#[test]
fn trees_in_arenas_that_are_sent_and_shared() {
    let mut sent = SendBlink::new(Blink::new());
    let shared = SyncBlink::new();
    for seed in seeds() {
        let original = tree(&mut Random::new(seed), 5);
        let expected = shown(&original);
        let (a, b) = (sent.clone_in(&original), shared.clone_in(&original));
        drop(original);
        assert_eq!(
            (shown(&a), shown(&b)),
            (expected.clone(), expected.clone()),
            "seed {seed}"
        );
        sent.reset();
        let frame = sent.as_frame();
        assert_eq!(shown(&frame.clone_in(&b)), expected);
    }
}
