//! Slices with an index over them: what hashed maps and sets become.
//!
//! The index has at least two slots for each item. An item is where its hash says, or in the next
//! slot that was free. The keys of the copy may have other hashes than the originals, so nothing
//! of their tables is kept.
//!
//! Nothing is trusted here: with a `Hash` or an `Eq` that is none something else is found, or
//! nothing.

mod map;
mod set;

use core::{iter, mem};

pub use self::{map::BlinkHashedMap, set::BlinkHashedSet};
use crate::clone::{CloneError, Cloner, probe::probe};

/// Where items are by their hashes.
#[derive(Clone, Copy, Default)]
struct Index<'blink> {
    /// A power of two of them, or none. Zero is a free one, the others are the numbers of items,
    /// counted from one.
    slots: &'blink [u32],
}

impl<'blink> Index<'blink> {
    /// The index over items with these hashes.
    fn over<C: Cloner<'blink>>(
        hashes: impl ExactSizeIterator<Item = u64>,
        cx: &mut C,
    ) -> Result<Self, C::Error> {
        let Some(count) = slots_for(hashes.len()) else {
            return Err(cx.fail(CloneError::Alloc));
        };
        let slots = cx.slice_with(iter::repeat_n(0, count), |_, free| Ok(free))?;
        for (hash, number) in hashes.zip(1..) {
            // There is a free one: no more items are entered than there were slots made for.
            if let Some(slot) = probe(hash, count).find(|&slot| slots[slot] == 0) {
                slots[slot] = number;
            }
        }
        Ok(Self { slots })
    }

    /// The first item with that hash that is the right one.
    #[inline]
    fn find<T>(self, hash: u64, items: &[T], is_right: impl Fn(&T) -> bool) -> Option<&T> {
        probe(hash, self.slots.len())
            .map_while(|slot| self.slots[slot].checked_sub(1))
            .filter_map(|number| items.get(number as usize))
            .find(|item| is_right(item))
    }
}

/// How many slots there are for so many items, which must have a number each.
fn slots_for(items: usize) -> Option<usize> {
    if items == 0 {
        return Some(0);
    }
    u32::try_from(items).ok()?.checked_add(1)?;
    items.checked_mul(2)?.checked_next_power_of_two()
}

/// A map is not dropped, so its hasher must not ask for it.
const fn no_drop<S>() {
    assert!(
        !mem::needs_drop::<S>(),
        "a copy in an arena is not dropped: the hasher of this map needs to be"
    );
}
