//! Vectors to be searched.

use crate::random::Random;

/// Numbers of a vector.
pub const DIMENSIONS: usize = 32;

/// A vector has one of so many kinds.
pub const KINDS: u8 = 8;

/// A point, with coordinates from -1 to 1.
pub type Point = [f32; DIMENSIONS];

/// A vector, which a query may look for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vector {
    /// Where it is.
    pub point: Point,
    /// What it is, less than [`KINDS`].
    pub kind: u8,
}

/// A number of vectors. A seed makes the same ones each time.
pub fn vectors(count: usize, seed: u64) -> Vec<Vector> {
    let mut random = Random(seed);
    let mut vector = || Vector {
        point: point(&mut random),
        kind: (random.unit() * f64::from(KINDS)) as u8,
    };
    (0..count).map(|_| vector()).collect()
}

/// Any point.
pub(super) fn point(random: &mut Random) -> Point {
    [(); DIMENSIONS].map(|()| (random.unit() * 2.0 - 1.0) as f32)
}

/// The square of the distance.
pub(super) fn distance(a: &Point, b: &Point) -> f32 {
    let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
    squares.sum()
}
