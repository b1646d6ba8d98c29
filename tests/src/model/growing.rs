//! What grows in the arena while the user's code uses it: text that is formatted, and vectors.

use core::{
    cell::RefCell,
    fmt::{self, Display},
};

use crate::adaptor::Adaptor;

use super::{
    blocks::text,
    collect::{add_collected, logged},
    script::use_arena,
    state::State,
    typed::add_plain,
    values::{Heap, Sample, Wide},
};

pub(super) fn grow<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    match state.input.byte() % 4 {
        0 => vector::<Wide, A>(state, blink, owner),
        1 => vector::<Heap, A>(state, blink, owner),
        _ => format(state, blink, owner),
    }
}

/// Shows itself by a function.
struct Shown<F>(F);

impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> Display for Shown<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0(f)
    }
}

fn format<A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let (offset, len) = (state.new_offset(), state.input.size());
    let (piece, uses) = (1 + state.input.below(len + 1), state.input.below(7));
    let (refused, reliable) = (state.base.refused(), state.is_reliable());
    let using = RefCell::new(&mut *state);
    let shown = Shown(|f: &mut fmt::Formatter<'_>| {
        for (at, piece) in text()[offset..][..len].chunks(piece).enumerate() {
            if uses > 0 && at < 40 && (at + 1).is_multiple_of(uses) {
                use_arena(&mut using.borrow_mut(), blink, owner);
            }
            f.write_str(str::from_utf8(piece).expect("the text is a string"))?;
        }
        Ok(())
    });
    let formatted = if reliable {
        Ok(blink.format(format_args!("{shown}")))
    } else {
        blink.try_format(format_args!("{shown}"))
    };
    match formatted {
        // SAFETY: the text is ASCII, and so is everything that is written here later.
        Ok(formatted) => add_plain(state, unsafe { formatted.as_bytes_mut() }, len, offset),
        Err(_) => state.assert_refused(refused),
    }
}

fn vector<T: Sample, A: Adaptor>(state: &mut State, blink: &A, owner: usize) {
    let (len, uses) = (state.input.below(40), state.input.below(7));
    let (refused, reliable) = (state.base.refused(), state.is_reliable());
    let mut ids = Vec::new();
    let items = (0..len).map(|at| {
        if uses > 0 && (at + 1).is_multiple_of(uses) {
            use_arena(state, blink, owner);
        }
        let id = state.new_id();
        ids.push(id);
        T::new(id)
    });
    let slice = if reliable {
        Ok(blink.vector(items))
    } else {
        blink.try_vector(items)
    };
    match slice {
        Ok(slice) => add_collected(state, owner, slice, &ids),
        Err(items) => {
            state.assert_refused(refused);
            drop(items);
            state.expect_dropped(&logged::<T>(&ids));
        }
    }
}
