//! Who does which job against whom: each contender has an arena of its own, warm, and resets
//! it at the end of every job.

use std::hint::black_box;

use blink_benches::arenas::{Arena, BumpScope, Bumpalo, Ours, Published, Published03, Stumpalo};

use crate::{
    clones,
    frames::{frames, frames_in_bump_scope, frames_in_stumpalo},
    jobs::{
        Job, built, built_by_closures, built_on_malloc, closures, collatz, count_to, large, mixed,
        objects, objects_on_malloc, pushes, pushes_in_turn, pushes_in_turn_on_malloc,
        pushes_on_malloc, strings, strings_on_malloc,
    },
    trees::{tree, tree_in_scoped_arena, tree_in_typed_arena, tree_of_boxes},
};

/// One job, ours and the peers'.
pub struct Race {
    /// What the table says.
    pub name: &'static str,
    /// The job as blink-alloc does it.
    pub ours: fn() -> Job,
    /// Whom it is compared with.
    pub peers: &'static [Contender],
}

/// A peer.
pub struct Contender {
    /// The package, one of those of the table.
    pub name: &'static str,
    /// The job as the peer does it.
    pub make: fn() -> Job,
    /// Our time over the peer's is meant to be at most this.
    pub target: Option<f64>,
}

impl Contender {
    pub const fn new(name: &'static str, make: fn() -> Job) -> Self {
        let target = None;
        Self { name, make, target }
    }

    pub const fn at_most(self, target: f64) -> Self {
        Self {
            target: Some(target),
            ..self
        }
    }
}

const TYPED_ARENA: &str = "typed-arena";
const SCOPED_ARENA: &str = "scoped-arena";
pub const MALLOC: &str = "malloc";

/// A table of races, and its file of results.
pub struct Table {
    /// What the files are called, and the argument that picks this one.
    pub name: &'static str,
    /// What stands above the table.
    pub title: &'static str,
    /// All peers, in the order of the columns.
    pub peers: &'static [&'static str],
    /// All jobs, in the order of the rows.
    pub races: &'static [Race],
}

/// All tables.
pub const TABLES: &[Table] = &[
    Table {
        name: "times",
        title: "Times of whole jobs",
        peers: PEERS,
        races: RACES,
    },
    Table {
        name: "clones",
        title: "Times of deep copies",
        peers: clones::PEERS,
        races: clones::RACES,
    },
];

/// The arenas, in the order of the columns.
const PEERS: &[&str] = &[
    Bumpalo::NAME,
    BumpScope::NAME,
    Stumpalo::NAME,
    Published::NAME,
    Published03::NAME,
    TYPED_ARENA,
    SCOPED_ARENA,
    MALLOC,
];

/// A job that all arenas do. Peers may have a target, others may come behind them.
macro_rules! race {
    (
        $name:literal, $job:ident, [$($Peer:ident $(<= $target:literal)?),*]
        $(, $other:expr => $make:ident $(<= $bound:literal)?)*
    ) => {
        Race {
            name: $name,
            ours: $job::<Ours>,
            peers: &[
                $(Contender::new($Peer::NAME, $job::<$Peer>)$(.at_most($target))?,)*
                $(Contender::new($other, $make)$(.at_most($bound))?,)*
            ],
        }
    };
}

/// Collects the same iterator with every contender.
macro_rules! from_iter {
    ($name:literal, $iter:expr) => {
        Race {
            name: $name,
            ours: || {
                let mut blink = blink_alloc::Blink::new();
                Box::new(move || {
                    black_box(blink.emplace().from_iter($iter));
                    blink.reset();
                })
            },
            peers: &[
                Contender::new(Bumpalo::NAME, || {
                    let mut bump = bumpalo::Bump::new();
                    Box::new(move || {
                        black_box(bumpalo::collections::Vec::from_iter_in($iter, &bump));
                        bump.reset();
                    })
                }),
                Contender::new(BumpScope::NAME, || {
                    let mut bump: bump_scope::Bump = bump_scope::Bump::new();
                    Box::new(move || {
                        black_box(bump.alloc_iter($iter));
                        bump.reset();
                    })
                }),
                Contender::new(Published::NAME, || {
                    let mut blink = published::Blink::new();
                    Box::new(move || {
                        black_box(blink.emplace().from_iter($iter));
                        blink.reset();
                    })
                })
                .at_most(0.55),
            ],
        }
    };
}

/// Puts 1000 values with destructors, and resets.
macro_rules! put_1000 {
    ($name:literal, $value:expr, $target:expr) => {
        Race {
            name: $name,
            ours: || {
                let mut blink = blink_alloc::Blink::new();
                Box::new(move || {
                    for _ in 0..1000 {
                        black_box(blink.put($value));
                    }
                    blink.reset();
                })
            },
            peers: &[
                Contender::new(Published::NAME, || {
                    let mut blink = published::Blink::new();
                    Box::new(move || {
                        for _ in 0..1000 {
                            black_box(blink.put($value));
                        }
                        blink.reset();
                    })
                })
                .at_most($target),
                // There is no reset: its one chunk comes from malloc each time.
                Contender::new(TYPED_ARENA, || {
                    Box::new(move || {
                        let arena = typed_arena::Arena::with_capacity(1000);
                        for _ in 0..1000 {
                            black_box(arena.alloc($value));
                        }
                    })
                }),
                Contender::new(SCOPED_ARENA, || {
                    let mut scope = scoped_arena::Scope::new();
                    Box::new(move || {
                        for _ in 0..1000 {
                            black_box(scope.to_scope($value));
                        }
                        scope.reset();
                    })
                }),
            ],
        }
    };
}

/// What arenas do, in the order of the table.
const RACES: &[Race] = &[
    race!(
        "10 000 mixed sizes and slices",
        mixed,
        [Bumpalo <= 0.95, BumpScope, Stumpalo, Published]
    ),
    race!("1 MiB of 64-byte objects", objects,
        [Bumpalo <= 0.95, BumpScope, Stumpalo, Published], MALLOC => objects_on_malloc),
    race!("1000 objects built from a counter", built,
        [Bumpalo, BumpScope, Stumpalo, Published], MALLOC => built_on_malloc),
    race!("the same by closures", built_by_closures,
        [Bumpalo, BumpScope, Stumpalo, Published], MALLOC => built_on_malloc),
    race!(
        "1000 numbers by closures",
        closures,
        [Bumpalo, BumpScope, Stumpalo, Published]
    ),
    race!(
        "500 values of 256 bytes",
        large,
        [Bumpalo, BumpScope, Stumpalo, Published]
    ),
    race!("1000 words of a text", strings,
        [Bumpalo, BumpScope, Stumpalo, Published], MALLOC => strings_on_malloc),
    race!("a `Vec`, 17 453 pushes", pushes,
        [Bumpalo, BumpScope <= 1.0, Stumpalo, Published, Published03 <= 1.0],
        MALLOC => pushes_on_malloc),
    race!("two `Vec`s, 5000 pushes each in turn", pushes_in_turn,
        [Bumpalo, BumpScope, Stumpalo, Published, Published03],
        MALLOC => pushes_in_turn_on_malloc),
    race!("a tree of 131 071 nodes, walked", tree,
        [Bumpalo <= 0.95, BumpScope, Stumpalo, Published],
        TYPED_ARENA => tree_in_typed_arena, SCOPED_ARENA => tree_in_scoped_arena,
        MALLOC => tree_of_boxes <= 0.2),
    Race {
        name: "1000 items in frames of their own",
        ours: frames,
        peers: &[
            Contender::new(BumpScope::NAME, frames_in_bump_scope),
            Contender::new(Stumpalo::NAME, frames_in_stumpalo),
        ],
    },
    from_iter!("from_iter of 111 `u64`", count_to(111)),
    from_iter!(
        "from_iter of 111 `u32`",
        count_to(111).map(|number| number as u32)
    ),
    from_iter!("from_iter of 111 `u64`, a sequence", collatz(27)),
    from_iter!(
        "from_iter of 111 empty `String`s",
        count_to(111).map(|_| String::new())
    ),
    put_1000!("1000 heap `String`s", "a string".to_owned(), 0.93),
    put_1000!("1000 empty `String`s", String::new(), 0.77),
];
