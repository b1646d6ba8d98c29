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

impl Contender {
    const fn new(name: &'static str, make: fn() -> Job) -> Self {
        let target = None;
        Self { name, make, target }
    }

    const fn at_most(self, target: f64) -> Self {
        Self {
            target: Some(target),
            ..self
        }
    }
}

const PUBLISHED: &str = "blink-alloc 0.4.0";

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
                Contender::new(PUBLISHED, || {
                    let mut blink = published::Blink::new();
                    Box::new(move || {
                        black_box(blink.emplace().from_iter($iter));
                        blink.reset();
                    })
                })
                .at_most(0.55),
                Contender::new("bumpalo", || {
                    let mut bump = bumpalo::Bump::new();
                    Box::new(move || {
                        black_box(bumpalo::collections::Vec::from_iter_in($iter, &bump));
                        bump.reset();
                    })
                }),
                Contender::new("bump-scope", || {
                    let mut bump: bump_scope::Bump = bump_scope::Bump::new();
                    Box::new(move || {
                        black_box(bump.alloc_iter($iter));
                        bump.reset();
                    })
                }),
            ],
        }
    };
}

/// Puts 1000 values and resets.
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
            peers: &[Contender::new(PUBLISHED, || {
                let mut blink = published::Blink::new();
                Box::new(move || {
                    for _ in 0..1000 {
                        black_box(blink.put($value));
                    }
                    blink.reset();
                })
            })
            .at_most($target)],
        }
    };
}

/// All jobs, in the order of the table.
pub const RACES: &[Race] = &[
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
    put_1000!(
        "put 1000 heap `String`s and reset",
        "a string".to_owned(),
        0.93
    ),
    put_1000!("put 1000 empty `String`s and reset", String::new(), 0.77),
];

/// The numbers up to `last`. Like all iterators here it does not know how many they are: its
/// size hint is `(0, None)`.
fn count_to(last: u64) -> impl Iterator<Item = u64> {
    let last = black_box(last);
    let mut next = 0;
    iter::from_fn(move || {
        next += 1;
        (next <= last).then_some(next)
    })
}

/// The way from a number to 1 in the Collatz sequence, 111 steps from 27. Each number takes
/// the one before it, so that this measures the iterator more than what collects it.
fn collatz(from: u64) -> impl Iterator<Item = u64> {
    let mut number = black_box(from);
    iter::from_fn(move || {
        if number == 1 {
            return None;
        }
        number = if number.is_multiple_of(2) {
            number / 2
        } else {
            3 * number + 1
        };
        Some(number)
    })
}
