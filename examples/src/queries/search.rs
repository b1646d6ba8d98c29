//! The nearest vectors, with an arena and without.

use std::{cmp::Ordering, fmt::Write};

use allocator_api2::vec::Vec as ArenaVec;
use blink_alloc::{Blink, BlinkAllocator, Sharing};

use super::{
    request::Query,
    vectors::{Vector, distance},
};

/// A vector that was found.
#[derive(Clone, Copy, Debug)]
struct Found {
    distance: f32,
    /// The place of the vector in the list of all.
    index: usize,
}

impl Found {
    /// The nearer one is less, and of two at the same distance the first.
    fn order(&self, other: &Self) -> Ordering {
        let distances = self.distance.total_cmp(&other.distance);
        distances.then(self.index.cmp(&other.index))
    }
}

/// All vectors that have the kind, with their distances.
fn candidates<'v>(query: &'v Query, vectors: &'v [Vector]) -> impl Iterator<Item = Found> + 'v {
    let any = query.kind.is_none();
    let all = vectors.iter().enumerate();
    all.filter(move |(_, vector)| any || query.kind == Some(vector.kind))
        .map(|(index, vector)| Found {
            distance: distance(&query.point, &vector.point),
            index,
        })
}

/// The answer to a query. All that is needed to find it is in the arena.
pub(super) fn answer<A: BlinkAllocator, M: Sharing>(
    query: &Query,
    vectors: &[Vector],
    blink: &Blink<A, M>,
) -> String {
    let mut found = ArenaVec::new_in(blink.allocator());
    found.extend(candidates(query, vectors));
    let found = nearest(&mut found, query.top);
    text(found)
}

/// The nearest ones of some, in order.
fn nearest(found: &mut [Found], top: usize) -> &[Found] {
    let count = top.min(found.len());
    if count < found.len() {
        // Not all of them need to be sorted.
        found.select_nth_unstable_by(count, Found::order);
    }
    let nearest = &mut found[..count];
    nearest.sort_unstable_by(Found::order);
    nearest
}

/// [`answer`] in the plainest way, to compare with.
pub(super) fn plain_answer(query: &Query, vectors: &[Vector]) -> String {
    let mut found: Vec<Found> = candidates(query, vectors).collect();
    found.sort_by(Found::order);
    found.truncate(query.top);
    text(&found)
}

/// Bytes of a vector in an answer, about.
const EACH: usize = 16;

/// The index and the distance of each.
fn text(found: &[Found]) -> String {
    // Not in the arena: it goes to another thread, when the arena serves the next request.
    let mut text = String::with_capacity(found.len() * EACH);
    for (place, Found { distance, index }) in found.iter().enumerate() {
        let between = if place == 0 { "" } else { " " };
        let distance = distance.sqrt();
        write!(text, "{between}{index}:{distance:.4}").expect("a string takes all");
    }
    text
}
