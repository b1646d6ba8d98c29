//! The jobs, each as every contender does it: with an arena of its own, warm, reset at the end
//! of every job.

use std::{hint::black_box, iter};

/// A job that can be run again and again.
pub type Job = Box<dyn FnMut()>;

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
    /// The package.
    pub name: &'static str,
    /// The job as the peer does it.
    pub make: fn() -> Job,
    /// Our time over the peer's is meant to be at most this.
    pub target: Option<f64>,
}

/// All jobs, in the order of the table.
pub const RACES: &[Race] = &[
    Race {
        name: "from_iter of 111 u64, size hint (0, None)",
        ours: || {
            let mut blink = blink_alloc::Blink::new();
            Box::new(move || {
                black_box(blink.emplace().from_iter(unknown_length(111)));
                blink.reset();
            })
        },
        peers: &[
            Contender {
                name: "blink-alloc 0.4.0",
                make: || {
                    let mut blink = published::Blink::new();
                    Box::new(move || {
                        black_box(blink.emplace().from_iter(unknown_length(111)));
                        blink.reset();
                    })
                },
                target: Some(0.55),
            },
            Contender {
                name: "bumpalo",
                make: || {
                    let mut bump = bumpalo::Bump::new();
                    Box::new(move || {
                        let items = unknown_length(111);
                        black_box(bumpalo::collections::Vec::from_iter_in(items, &bump));
                        bump.reset();
                    })
                },
                target: None,
            },
            Contender {
                name: "bump-scope",
                make: || {
                    let mut bump: bump_scope::Bump = bump_scope::Bump::new();
                    Box::new(move || {
                        black_box(bump.alloc_iter(unknown_length(111)));
                        bump.reset();
                    })
                },
                target: None,
            },
        ],
    },
    Race {
        name: "put 1000 heap Strings and reset",
        ours: || put_strings(|| "a string".to_owned()),
        peers: &[Contender {
            name: "blink-alloc 0.4.0",
            make: || put_strings_published(|| "a string".to_owned()),
            target: Some(0.93),
        }],
    },
    Race {
        name: "put 1000 empty Strings and reset",
        ours: || put_strings(String::new),
        peers: &[Contender {
            name: "blink-alloc 0.4.0",
            make: || put_strings_published(String::new),
            target: Some(0.77),
        }],
    },
];

fn put_strings(make: impl Fn() -> String + 'static) -> Job {
    let mut blink = blink_alloc::Blink::new();
    Box::new(move || {
        for _ in 0..1000 {
            black_box(blink.put(make()));
        }
        blink.reset();
    })
}

fn put_strings_published(make: impl Fn() -> String + 'static) -> Job {
    let mut blink = published::Blink::new();
    Box::new(move || {
        for _ in 0..1000 {
            black_box(blink.put(make()));
        }
        blink.reset();
    })
}

/// An iterator that does not know how many items it has.
fn unknown_length(count: u64) -> impl Iterator<Item = u64> {
    let mut next = 0;
    let count = black_box(count);
    iter::from_fn(move || {
        next += 1;
        (next <= count).then_some(next)
    })
}
