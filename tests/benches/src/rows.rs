//! The rows of the table.

use blink_alloc::Blink;

use crate::{
    drive::{self, CALLS, repeat, warm, warm_arena, warm_shared},
    entry::{self, SMALL},
    frames,
    peers::OURS_MIN_8,
};

/// One operation.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What the table says.
    pub name: &'static str,
    /// The function that is counted.
    pub symbol: &'static str,
    /// How often [`run`](Self::run) calls it.
    pub calls: u64,
    /// Instructions that one call is meant to take at most.
    pub instructions: Option<u64>,
    /// Conditional branches that one call is meant to take at most.
    pub branches: Option<u64>,
    /// Calls the function.
    pub run: fn(),
}

impl Row {
    pub(crate) const fn new(name: &'static str, symbol: &'static str, run: fn()) -> Self {
        Self {
            name,
            symbol,
            calls: CALLS,
            instructions: None,
            branches: None,
            run,
        }
    }

    const fn once(self) -> Self {
        Self { calls: 1, ..self }
    }

    const fn at_most(self, instructions: u64) -> Self {
        Self {
            instructions: Some(instructions),
            ..self
        }
    }

    const fn branches(self, branches: u64) -> Self {
        Self {
            branches: Some(branches),
            ..self
        }
    }
}

/// All our operations, in the order of the table.
pub fn rows() -> impl Iterator<Item = Row> {
    let min_8 = OURS_MIN_8.iter().copied().flatten();
    ROWS.iter().copied().chain(min_8.map(with_target))
}

/// The targets of rows that are made of the operations.
const TARGETS: &[(&str, u64, u64)] = &[
    ("put u32, `MIN_ALIGN` 8", 7, 1),
    ("put u64, `MIN_ALIGN` 8", 7, 1),
];

fn with_target(row: &Row) -> Row {
    match TARGETS.iter().find(|target| target.0 == row.name) {
        Some(&(_, instructions, branches)) => row.at_most(instructions).branches(branches),
        None => *row,
    }
}

const ROWS: &[Row] = &[
    Row::new("put u8", "put_u8", || {
        repeat(warm(), 1, |b, v| *entry::put_u8(b, v));
    })
    .at_most(7)
    .branches(1),
    Row::new("put u32", "put_u32", || {
        repeat(warm(), 1, |b, v| *entry::put_u32(b, v));
    })
    .at_most(9)
    .branches(1),
    Row::new("put u64", "put_u64", || {
        repeat(warm(), 1, |b, v| *entry::put_u64(b, v));
    })
    .at_most(9)
    .branches(1),
    Row::new("put 48-byte struct", "put_48", || {
        repeat(warm(), [1; 6], |b, v| entry::put_48(b, v)[0]);
    })
    .at_most(14),
    Row::new("put 56-byte struct", "put_56", || {
        repeat(warm(), [1; 7], |b, v| entry::put_56(b, v)[0]);
    })
    .at_most(16),
    Row::new("put a tree of 31 nodes, by a closure", "put_tree", || {
        repeat(warm(), 4, |b, depth| {
            let root = entry::put_tree(b, depth);
            root.left.is_some() && root.right.is_some() && root.value == 4
        });
    }),
    Row::new("put `String`", "put_string", || {
        repeat(warm(), String::new(), |b, v| entry::put_string(b, v).len());
    })
    .at_most(18),
    Row::new("try_put u8, own function", "try_put_u8", || {
        repeat(warm(), 1, |b, v| entry::try_put_u8(b, v).is_ok());
    })
    .at_most(11)
    .branches(1),
    Row::new("try_put u32, own function", "try_put_u32", || {
        repeat(warm(), 1, |b, v| entry::try_put_u32(b, v).is_ok());
    })
    .at_most(13)
    .branches(1),
    Row::new("try_put u64, own function", "try_put_u64", || {
        repeat(warm(), 1, |b, v| entry::try_put_u64(b, v).is_ok());
    })
    .at_most(13)
    .branches(1),
    Row::new("try_put 48-byte struct, own function", "try_put_48", || {
        repeat(warm(), [1; 6], |b, v| entry::try_put_48(b, v).is_ok());
    })
    .at_most(18),
    Row::new("try_put 56-byte struct, own function", "try_put_56", || {
        repeat(warm(), [1; 7], |b, v| entry::try_put_56(b, v).is_ok());
    })
    .at_most(20),
    Row::new("try_put u32, matched", "try_put_u32_matched", || {
        repeat(warm(), 1, |b, v| entry::try_put_u32_matched(b, v).is_some());
    })
    .at_most(9)
    .branches(1),
    Row::new("try_put u8, matched", "try_put_u8_matched", || {
        repeat(warm(), 1, |b, v| entry::try_put_u8_matched(b, v).is_some());
    })
    .at_most(7)
    .branches(1),
    Row::new("try_put u64, matched", "try_put_u64_matched", || {
        repeat(warm(), 1, |b, v| entry::try_put_u64_matched(b, v).is_some());
    })
    .at_most(9)
    .branches(1),
    Row::new(
        "try_put 48-byte struct, matched",
        "try_put_48_matched",
        || {
            repeat(warm(), [1; 6], |b, v| {
                entry::try_put_48_matched(b, v).is_some()
            });
        },
    )
    .at_most(14),
    Row::new(
        "try_put 56-byte struct, matched",
        "try_put_56_matched",
        || {
            repeat(warm(), [1; 7], |b, v| {
                entry::try_put_56_matched(b, v).is_some()
            });
        },
    )
    .at_most(16),
    Row::new("uninit u64", "uninit_u64", || {
        repeat(warm(), (), |b, ()| entry::uninit_u64(b).as_mut_ptr().addr());
    }),
    Row::new("emplace().with, u64", "emplace_with_u64", || {
        repeat(warm(), 1, |b, v| *entry::emplace_with_u64(b, &v));
    }),
    Row::new("copy_slice of 17 u8", "copy_slice_u8", || {
        repeat(warm(), [1; 17], |b, v| entry::copy_slice_u8(b, &v).len());
    })
    .at_most(22),
    Row::new("copy_slice of 17 u32", "copy_slice_u32", || {
        repeat(warm(), [1; 17], |b, v| entry::copy_slice_u32(b, &v).len());
    })
    .at_most(43),
    Row::new("copy_str of 17 bytes", "copy_str", || {
        repeat(warm(), "seventeen letters", |b, v| {
            entry::copy_str(b, v).len()
        });
    }),
    Row::new("try_copy_slice of 17 u8", "try_copy_slice_u8", || {
        repeat(warm(), [1; 17], |b, v| {
            entry::try_copy_slice_u8(b, &v).is_some()
        });
    })
    .at_most(22),
    Row::new("try_copy_slice of 17 u32", "try_copy_slice_u32", || {
        repeat(warm(), [1; 17], |b, v| {
            entry::try_copy_slice_u32(b, &v).is_some()
        });
    })
    .at_most(43),
    Row::new("try_copy_str of 17 bytes", "try_copy_str", || {
        repeat(warm(), "seventeen letters", |b, v| {
            entry::try_copy_str(b, v).is_some()
        });
    }),
    Row::new(
        "try_from_iter of 111 u64, size hint (0, None)",
        "try_from_iter_unknown_length",
        || {
            repeat(warm(), 111, |b, v| {
                entry::try_from_iter_unknown_length(b, v).is_some()
            });
        },
    ),
    Row::new(
        "from_iter of 111 u64, size hint (0, None)",
        "from_iter_unknown_length",
        || {
            repeat(warm(), 111, |b, v| {
                entry::from_iter_unknown_length(b, v).len()
            });
        },
    ),
    Row::new("allocate, static layout", "allocate_static", || {
        repeat(warm_arena(), (), |a, ()| entry::allocate_static(a));
    })
    .at_most(9)
    .branches(1),
    Row::new("allocate, run-time layout", "allocate_run_time", || {
        repeat(warm_arena(), SMALL, |a, l| entry::allocate_run_time(a, l));
    })
    .at_most(11)
    .branches(1),
    Row::new("grow at the tip, static", "grow_static", drive::grow_static).at_most(10),
    Row::new(
        "grow at the tip, run-time",
        "grow_run_time",
        drive::grow_run_time,
    )
    .at_most(15),
    Row::new(
        "grow elsewhere, static",
        "grow_static",
        drive::grow_elsewhere_static,
    ),
    Row::new(
        "grow elsewhere, run-time",
        "grow_run_time",
        drive::grow_elsewhere_run_time,
    ),
    Row::new(
        "shrink at the tip, static",
        "shrink_static",
        drive::shrink_tip_static,
    )
    .at_most(8),
    Row::new(
        "shrink at the tip, run-time",
        "shrink_run_time",
        drive::shrink_tip_run_time,
    )
    .at_most(13),
    Row::new(
        "shrink elsewhere, static",
        "shrink_static",
        drive::shrink_elsewhere_static,
    ),
    Row::new(
        "shrink elsewhere, run-time",
        "shrink_run_time",
        drive::shrink_elsewhere_run_time,
    ),
    Row::new("deallocate at the tip", "deallocate", drive::deallocate_tip).at_most(5),
    Row::new(
        "deallocate elsewhere",
        "deallocate",
        drive::deallocate_elsewhere,
    )
    .at_most(4),
    Row::new("a frame, empty", "frame_empty", || {
        // A call that is known to do nothing would be left out.
        let call: fn(&mut Blink) = entry::frame_empty;
        repeat(warm(), call, |b, call| call(b));
    })
    .at_most(1)
    .branches(0),
    Row::new("a frame by `enter`, put u32", "frame_put_u32", || {
        repeat(warm(), 1, entry::frame_put_u32);
    })
    .at_most(26),
    Row::new("a frame by `scope`, put u32", "scope_put_u32", || {
        repeat(warm(), 1, entry::scope_put_u32);
    })
    .at_most(26),
    Row::new(
        "a frame by the attribute, put u32",
        "attribute_put_u32",
        || {
            let mut blink = warm();
            repeat(blink.as_frame(), 1, entry::attribute_put_u32);
        },
    )
    .at_most(26),
    Row::new(
        "a frame in a frame by `enter`, put u32",
        "frame_in_frame_put_u32",
        || {
            let mut blink = warm();
            repeat(blink.as_frame(), 1, |f, v| {
                entry::frame_in_frame_put_u32(f, v)
            });
        },
    ),
    Row::new(
        "a frame by `enter`, put empty `String`",
        "frame_put_string",
        || {
            repeat(warm(), String::new(), entry::frame_put_string);
        },
    ),
    Row::new("1001 frames deep", "frames_deep", frames::deep).once(),
    Row::new(
        "1001 frames deep, bump-scope's `scoped`",
        "frames_deep_bump_scope",
        frames::deep_bump_scope,
    )
    .once(),
    Row::new(
        "1001 frames deep, stumpalo's `with_scope`",
        "frames_deep_stumpalo",
        frames::deep_stumpalo,
    )
    .once(),
    Row::new(
        "1000 frames at a chunk's end",
        "frames_in_row",
        frames::in_row,
    )
    .once(),
    Row::new(
        "1000 frames at a chunk's end, bump-scope's `scoped`",
        "frames_in_row_bump_scope",
        frames::in_row_bump_scope,
    )
    .once(),
    Row::new(
        "1000 frames at a chunk's end, stumpalo's `with_scope`",
        "frames_in_row_stumpalo",
        frames::in_row_stumpalo,
    )
    .once(),
    Row::new("reset of one chunk", "reset_arena", || {
        repeat(warm_arena(), (), |a, ()| entry::reset_arena(a));
    })
    .at_most(8),
    Row::new(
        "reset of one chunk, `Blink` without values",
        "reset_blink",
        || {
            repeat(warm(), (), |b, ()| entry::reset_blink(b));
        },
    ),
    Row::new("first allocation from empty", "first_put", drive::first_put).at_most(220),
    Row::new("reset of 1000 empty `String`s", "reset_blink", || {
        drive::reset_strings(String::new);
    })
    .once()
    .at_most(9100),
    Row::new("reset of 1000 heap `String`s", "reset_blink", || {
        drive::reset_strings(|| "a string on the heap".to_owned());
    })
    .once()
    .at_most(122_000),
    Row::new("allocate u64, shared", "shared_u64", || {
        repeat(warm_shared(), (), |a, ()| entry::shared_u64(a));
    }),
    Row::new(
        "allocate, run-time layout, shared",
        "shared_run_time",
        || {
            repeat(warm_shared(), SMALL, |a, l| entry::shared_run_time(a, l));
        },
    ),
    Row::new(
        "deallocate at the tip, shared",
        "shared_deallocate",
        drive::shared_deallocate_tip,
    ),
    Row::new("reset of one chunk, shared", "shared_reset", || {
        repeat(warm_shared(), (), |a, ()| entry::shared_reset(a));
    }),
    Row::new("allocate u64", "arena_u64", || {
        repeat(warm_arena(), (), |a, ()| entry::arena_u64(a));
    }),
    Row::new("allocate u64, local", "local_u64", drive::local_u64),
    Row::new("put u32, local", "local_put_u32", drive::local_put_u32),
    Row::new(
        "a local arena, one block, drop",
        "local_lease",
        drive::local_lease,
    ),
    Row::new("`Vec<u32>` push x1000", "push_1000", drive::push_1000)
        .once()
        .at_most(10_210),
    Row::new(
        "two `Vec<u32>`s, pushed in turn x1000",
        "push_1000_in_turn",
        drive::push_1000_in_turn,
    )
    .once(),
    Row::new("deep clone of 1000 nodes", "clone_tree", || {
        drive::clone_tree(entry::clone_tree);
    })
    .once()
    .at_most(80_000),
    Row::new(
        "deep clone of 1000 nodes by `try_clone_in`",
        "try_clone_tree",
        || drive::clone_tree(entry::try_clone_tree),
    )
    .once(),
    Row::new(
        "deep clone of 1000 nodes by hand",
        "clone_tree_by_hand",
        || drive::clone_tree(entry::clone_tree_by_hand),
    )
    .once(),
    Row::new(
        "deep clone of 1000 nodes in an arena",
        "clone_arena_tree",
        drive::clone_arena_tree,
    )
    .once(),
    Row::new(
        "deep clone of 1000 nodes in an arena, oxc_allocator's",
        "clone_tree_by_oxc",
        drive::clone_tree_by_oxc,
    )
    .once(),
    Row::new(
        "deep clone of 1000 nodes that are shared",
        "clone_graph",
        drive::clone_graph,
    )
    .once(),
];
