//! Sorted slices in place of trees: what ordered maps and sets become.
//!
//! They are sorted by the keys of the copy, which may be in another order than the originals.
//! Nothing is trusted here: with an `Ord` that is none, something else is found, or nothing.

mod map;
mod set;

use core::{
    borrow::Borrow,
    cmp::Ordering,
    ops::{Bound, RangeBounds},
};

pub use self::{map::BlinkOrderedMap, set::BlinkOrderedSet};

/// Sorts what is not sorted yet. Of equal items all stay.
fn sort<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    if !items.is_sorted_by(|one, next| order(one, next).is_lt()) {
        items.sort_unstable_by(order);
    }
}

/// The item of that key.
fn find<'a, T, K, Q>(items: &'a [T], of: impl Fn(&T) -> &K, key: &Q) -> Option<&'a T>
where
    K: Borrow<Q>,
    Q: Ord + ?Sized,
{
    let found = items.binary_search_by(|item| of(item).borrow().cmp(key));
    items.get(found.ok()?)
}

/// The items whose keys are in the range.
fn range<T, K, Q>(items: &[T], of: impl Fn(&T) -> &K, range: impl RangeBounds<Q>) -> &[T]
where
    K: Borrow<Q>,
    Q: Ord + ?Sized,
{
    let below = |key: &Q| items.partition_point(|item| of(item).borrow() < key);
    let up_to = |key: &Q| items.partition_point(|item| of(item).borrow() <= key);
    let start = match range.start_bound() {
        Bound::Included(key) => below(key),
        Bound::Excluded(key) => up_to(key),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(key) => up_to(key),
        Bound::Excluded(key) => below(key),
        Bound::Unbounded => items.len(),
    };
    items.get(start..end).unwrap_or_default()
}
