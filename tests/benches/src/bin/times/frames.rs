//! 1000 small work items, each with a frame of its own: copies a word and a few numbers, and
//! has them read. In an arena that has been used before, so that it cannot be reset instead.

use std::hint::black_box;

use blink_benches::words::words;

use crate::jobs::Job;

/// Does an item with what copies a string, and what copies numbers.
macro_rules! item {
    ($word:ident, $string:expr, $numbers:expr) => {{
        black_box($string);
        black_box($numbers);
    }};
}

fn items() -> Vec<&'static str> {
    words().take(1000).collect()
}

const NUMBERS: [u32; 8] = [1, 2, 3, 4, 5, 6, 7, 8];

/// Frames of this crate, by closures as those of the others.
pub fn frames() -> Job {
    let items = items();
    let mut blink = blink_alloc::Blink::new();
    black_box(blink.put(0_u64));
    Box::new(move || {
        for word in &items {
            blink.scope(|frame| item!(word, frame.copy_str(word), frame.copy_slice(&NUMBERS)));
        }
    })
}

/// bump-scope's.
pub fn frames_in_bump_scope() -> Job {
    let items = items();
    let mut bump: bump_scope::Bump = bump_scope::Bump::new();
    black_box(bump.alloc(0_u64));
    Box::new(move || {
        for word in &items {
            bump.scoped(|scope| {
                item!(
                    word,
                    scope.alloc_str(word),
                    scope.alloc_slice_copy(&NUMBERS)
                )
            });
        }
    })
}

/// stumpalo's.
pub fn frames_in_stumpalo() -> Job {
    let items = items();
    let mut arena = stumpalo::Arena::new();
    black_box(arena.alloc(0_u64));
    Box::new(move || {
        for word in &items {
            arena.with_scope(|scope| {
                item!(
                    word,
                    scope.alloc_str(word),
                    scope.alloc_slice_copy(&NUMBERS)
                )
            });
        }
    })
}
