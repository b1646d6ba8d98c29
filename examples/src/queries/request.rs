//! Requests, as text and read.

use std::fmt::Write;

use blink_alloc::{Blink, BlinkAllocator, Sharing};

use super::vectors::{DIMENSIONS, KINDS, Point, point};
use crate::random::Random;

/// A request as it comes in.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which one it is.
    pub number: usize,
    /// `top 3 kind 5 near` and the numbers of a point, or `kind any`.
    pub text: String,
}

/// What a request asks for. Plain data, which goes to another thread as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Query {
    /// How many vectors are asked for.
    pub top: usize,
    /// The kind that they have, `None` for any.
    pub kind: Option<u8>,
    /// What they are near to.
    pub point: Point,
}

/// A number of queries. A seed makes the same ones each time.
pub fn queries(count: usize, top: usize, seed: u64) -> Vec<Query> {
    // Not the numbers that the vectors are made of.
    let mut random = Random(!seed);
    let mut query = || {
        // One in nine is for any kind.
        let kind = (random.unit() * f64::from(KINDS + 1)) as u8;
        let kind = Some(kind).filter(|&kind| kind < KINDS);
        let point = point(&mut random);
        Query { top, kind, point }
    };
    (0..count).map(|_| query()).collect()
}

/// The requests of queries, numbered.
pub fn requests(queries: &[Query]) -> Vec<Request> {
    let texts = queries.iter().map(text).enumerate();
    texts
        .map(|(number, text)| Request { number, text })
        .collect()
}

/// The text of a request.
pub fn text(query: &Query) -> String {
    let kind = query.kind.map_or("any".to_owned(), |kind| kind.to_string());
    let mut text = format!("top {} kind {kind} near", query.top);
    for number in query.point {
        // What is read is the same number again.
        write!(text, " {number}").expect("a string takes all");
    }
    text
}

/// Reads a request. `None` if it is none.
pub fn parse<A: BlinkAllocator, M: Sharing>(text: &str, blink: &Blink<A, M>) -> Option<Query> {
    let words = blink.emplace_no_drop().from_iter(text.split(' '));
    let ["top", top, "kind", kind, "near", numbers @ ..] = &*words else {
        return None;
    };
    let kind = match *kind {
        "any" => None,
        kind => Some(kind.parse().ok().filter(|&kind| kind < KINDS)?),
    };
    let numbers: &[&str; DIMENSIONS] = numbers.try_into().ok()?;
    let mut point = [0.0; DIMENSIONS];
    for (coordinate, number) in point.iter_mut().zip(numbers) {
        *coordinate = number
            .parse()
            .ok()
            .filter(|number: &f32| number.is_finite())?;
    }
    let top = top.parse().ok()?;
    Some(Query { top, kind, point })
}
