//! Deep copies of a tree and of a graph, into an arena and by `Clone`.

use std::hint::black_box;

use blink_alloc::Blink;
use blink_benches::clones::{
    BlinkNode, Node,
    foreign::{Mi, NodeIn, OxcNode, walk_in, walk_oxc},
    graph::{self, graph_of_100_000},
    tree::{
        self, ArenaNode, copy_by_hand, tree_of_989_001, tree_of_1000, walk, walk_arena, walk_copy,
    },
};
use bumpalo::Bump;
use oxc_allocator::CloneIn;

use crate::{
    jobs::Job,
    race::untimed,
    races::{Contender, MALLOC, Race},
};

const BY_HAND: &str = "by hand";
const BUMPALO: &str = "bumpalo, by hand";
const OXC: &str = "oxc_allocator";
const MIMALLOC: &str = "mimalloc";

/// All peers, in the order of the columns.
pub const PEERS: &[&str] = &[BY_HAND, BUMPALO, OXC, MALLOC, MIMALLOC];

/// A tree, as it is copied from by all.
struct Sources {
    node: Node,
    /// The same with its memory from mimalloc.
    mi: NodeIn<Mi>,
    /// The same in an arena of this crate.
    arena: ArenaNode<'static>,
    /// The same in an arena of oxc.
    oxc: OxcNode<'static>,
    /// What a walk adds up to.
    sum: u64,
}

impl Sources {
    fn leak(node: Node) -> &'static Self {
        let mi = NodeIn::of(&node, Mi);
        let arena = ArenaNode::of(&node, Box::leak(Box::default()));
        let oxc = OxcNode::of(&node, Box::leak(Box::default()));
        let sum = walk(&node);
        Box::leak(Box::new(Self {
            node,
            mi,
            arena,
            oxc,
            sum,
        }))
    }
}

/// Which tree a job is about.
type Which = fn() -> &'static Sources;

fn small() -> &'static Sources {
    thread_local!(static SMALL: &'static Sources = Sources::leak(tree_of_1000()));
    SMALL.with(|small| *small)
}

fn large() -> &'static Sources {
    thread_local!(static LARGE: &'static Sources = Sources::leak(tree_of_989_001()));
    LARGE.with(|large| *large)
}

/// A way to copy a tree.
trait Copies: 'static {
    type Arena: Default;
    type Copy<'a>;
    fn copy<'a>(arena: &'a Self::Arena, sources: &'static Sources) -> Self::Copy<'a>;
    fn walk(copy: &Self::Copy<'_>) -> u64;
    fn reset(arena: &mut Self::Arena);
}

macro_rules! copies {
    ($($(#[$doc:meta])* $Name:ident, $Arena:ty, $Copy:ty,
        |$arena:ident, $sources:ident| $copy:expr, $walk:expr, $reset:expr;)*) => {$(
        $(#[$doc])*
        struct $Name;

        impl Copies for $Name {
            type Arena = $Arena;
            type Copy<'a> = $Copy;

            fn copy<'a>($arena: &'a $Arena, $sources: &'static Sources) -> Self::Copy<'a> { $copy }
            fn walk(copy: &Self::Copy<'_>) -> u64 { $walk(copy) }
            fn reset(arena: &mut $Arena) { $reset(arena) }
        }
    )*};
}

copies! {
    /// This crate.
    Ours, Blink, BlinkNode<'a>,
    |blink, sources| blink.clone_in(&sources.node), walk_copy, Blink::reset;

    /// This crate's methods, without the trait.
    ByHand, Blink, BlinkNode<'a>,
    |blink, sources| copy_by_hand(blink, &sources.node), walk_copy, Blink::reset;

    /// This crate, from one arena into another.
    FromArena, Blink, ArenaNode<'a>,
    |blink, sources| blink.clone_in(&sources.arena), walk_arena, Blink::reset;

    /// The same nodes in bumpalo.
    InBumpalo, Bump, BlinkNode<'a>,
    |bump, sources| tree::copy_in_bumpalo(bump, &sources.node), walk_copy, Bump::reset;

    /// From one arena into another, by the trait of oxc.
    InOxc, oxc_allocator::Allocator, OxcNode<'a>,
    |arena, sources| sources.oxc.clone_in(arena), walk_oxc, oxc_allocator::Allocator::reset;

    /// The standard library's types, and `Clone`.
    OnMalloc, (), Node,
    |_arena, sources| sources.node.clone(), walk, drop_unit;

    /// Vectors in mimalloc, and `Clone`.
    OnMimalloc, (), NodeIn<Mi>,
    |_arena, sources| sources.mi.clone(), walk_in, drop_unit;
}

/// Nothing is left to reset where copies are dropped.
fn drop_unit((): &mut ()) {}

/// Copies and releases what was copied.
fn whole<C: Copies>(which: Which) -> Job {
    let (mut arena, sources) = (C::Arena::default(), which());
    Box::new(move || {
        drop(black_box(C::copy(&arena, sources)));
        C::reset(&mut arena);
    })
}

/// The same in an arena that is new, and dropped.
fn in_new_arena<C: Copies>(which: Which) -> Job {
    let sources = which();
    Box::new(move || {
        drop(black_box(C::copy(&C::Arena::default(), sources)));
    })
}

/// Copies. What was copied is released, too, but that is not timed.
fn alone<C: Copies>(which: Which) -> Job {
    let (mut arena, sources) = (C::Arena::default(), which());
    Box::new(move || {
        let copy = black_box(C::copy(&arena, sources));
        untimed(|| drop(copy));
        untimed(|| C::reset(&mut arena));
    })
}

/// Walks a copy for the second time.
fn walked<C: Copies>(which: Which) -> Job {
    let (mut arena, sources) = (C::Arena::default(), which());
    Box::new(move || {
        let copy = untimed(|| {
            let copy = black_box(C::copy(&arena, sources));
            black_box(C::walk(&copy));
            copy
        });
        assert_eq!(C::walk(black_box(&copy)), sources.sum, "the copy differs");
        untimed(|| drop(copy));
        untimed(|| C::reset(&mut arena));
    })
}

/// Walks the tree that the copies are made of, as it was built, for the second time.
fn original_walked() -> Job {
    let sources = large();
    Box::new(move || {
        untimed(|| black_box(walk(black_box(&sources.node))));
        assert_eq!(walk(black_box(&sources.node)), sources.sum);
    })
}

/// A job that all do, with targets for malloc and mimalloc.
macro_rules! race {
    ($name:literal, $job:ident, $which:ident $(, $malloc:literal $(, $mimalloc:literal)?)?) => {
        Race {
            name: $name,
            ours: || $job::<Ours>($which),
            peers: &[
                Contender::new(BY_HAND, || $job::<ByHand>($which)),
                Contender::new(BUMPALO, || $job::<InBumpalo>($which)),
                Contender::new(OXC, || $job::<InOxc>($which)),
                Contender::new(MALLOC, || $job::<OnMalloc>($which))$(.at_most($malloc))?,
                Contender::new(MIMALLOC, || $job::<OnMimalloc>($which))$($(.at_most($mimalloc))?)?,
            ],
        }
    };
}

/// All races, in the order of the table.
pub const RACES: &[Race] = &[
    race!(
        "a tree of 989 001 nodes, cloned and released",
        whole,
        large,
        0.23,
        0.5
    ),
    race!("the same in a new arena", in_new_arena, large),
    race!("the tree of 989 001 nodes, cloned", alone, large, 0.35),
    race!("a copy of it, walked", walked, large, 0.95),
    Race {
        name: "a copy of it, walked, next to the original",
        ours: || walked::<Ours>(large),
        peers: &[Contender::new(MALLOC, original_walked).at_most(0.95)],
    },
    race!("a tree of 1000 nodes, cloned and released", whole, small),
    Race {
        name: "an arena's tree of 989 001 nodes, into another arena",
        ours: || whole::<FromArena>(large),
        peers: &[Contender::new(OXC, || whole::<InOxc>(large))],
    },
    Race {
        name: "an arena's tree of 1000 nodes, into another arena",
        ours: || whole::<FromArena>(small),
        peers: &[Contender::new(OXC, || whole::<InOxc>(small))],
    },
    Race {
        name: "a graph of 100 000 shared nodes, cloned and released",
        ours: graph_cloned,
        peers: &[Contender::new(BUMPALO, graph_in_bumpalo)],
    },
];

/// A graph in which each node is reached three times.
fn graph_cloned() -> Job {
    let (mut blink, graph) = (Blink::new(), graph_of_100_000());
    Box::new(move || {
        black_box(blink.clone_in(&graph[..]));
        blink.reset();
    })
}

/// The same by hand, with a map of the standard library.
fn graph_in_bumpalo() -> Job {
    let (mut bump, graph) = (Bump::new(), graph_of_100_000());
    Box::new(move || {
        black_box(graph::copy_in_bumpalo(
            &bump,
            &graph,
            &mut Default::default(),
        ));
        bump.reset();
    })
}
