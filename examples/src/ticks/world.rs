//! The world, and one tick of it.

use std::ops::AddAssign;

use blink_alloc::blink_frame;

use super::grid::Grid;
use crate::random::Random;

/// The most that a disc moves in a tick at the beginning, along each axis. Discs that hit one
/// are faster for a while.
const SPEED: f64 = 0.1;

/// How far apart the centres of discs are that touch. No more than the side of a square of the
/// grid.
const TOUCH: f64 = 1.0;

/// Square units for each disc.
const ROOM: f64 = 4.0;

/// A disc: where its centre is, and how far it moves in a tick.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disc {
    /// From 0 to the side of the world, in both directions.
    pub place: [f64; 2],
    /// Along both axes.
    pub speed: [f64; 2],
}

/// Discs of the same weight in a box.
#[derive(Clone, Debug)]
pub struct World {
    discs: Vec<Disc>,
    side: usize,
}

/// What happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Events {
    /// Pairs that hit each other.
    pub hits: u64,
    /// Discs that hit a wall.
    pub bounces: u64,
}

impl World {
    /// A world of a number of discs. A seed makes the same world each time.
    pub fn new(discs: usize, seed: u64) -> Self {
        let side = (discs as f64 * ROOM).sqrt().ceil().max(1.0) as usize;
        let mut random = Random(seed);
        let mut disc = || Disc {
            place: [0; 2].map(|_| random.unit() * side as f64),
            speed: [0; 2].map(|_| (random.unit() * 2.0 - 1.0) * SPEED),
        };
        Self {
            discs: (0..discs).map(|_| disc()).collect(),
            side,
        }
    }

    /// The discs.
    pub fn discs(&self) -> &[Disc] {
        &self.discs
    }

    /// The squares of all speeds. Ticks leave it as it is, but for rounding.
    pub fn energy(&self) -> f64 {
        let square = |disc: &Disc| dot(disc.speed, disc.speed);
        // From 0 on, since a sum of nothing is -0.
        self.discs
            .iter()
            .map(square)
            .fold(0.0, |sum, square| sum + square)
    }

    /// Moves all discs, and turns round those that hit something.
    ///
    /// The lists that it takes are in the frame of this function.
    #[blink_frame]
    pub fn tick(&mut self) -> Events {
        let bounces = self.advance();
        let grid = Grid::new(blink, &self.discs, self.side);
        // Found before any of them is turned, so that their order makes no difference to which
        // they are.
        let hits = grid.pairs().filter(|pair| self.hit(*pair));
        let hits = blink.emplace_shared().from_iter(hits);
        for &[a, b] in hits {
            self.collide(a as usize, b as usize);
        }
        Events {
            hits: hits.len() as u64,
            bounces,
        }
    }

    /// Moves all discs, and says how many bounced off a wall.
    fn advance(&mut self) -> u64 {
        let side = self.side as f64;
        let mut bounces = 0;
        for disc in &mut self.discs {
            let mut bounced = false;
            for (at, speed) in disc.place.iter_mut().zip(&mut disc.speed) {
                *at += *speed;
                if *at < 0.0 || *at > side {
                    *at = at.clamp(0.0, side);
                    *speed = -*speed;
                    bounced = true;
                }
            }
            bounces += u64::from(bounced);
        }
        bounces
    }

    /// Whether two discs touch, and come nearer to each other.
    fn hit(&self, pair: [u32; 2]) -> bool {
        let [a, b] = pair.map(|number| self.discs[number as usize]);
        let away = difference(a.place, b.place);
        let nearer = dot(away, difference(a.speed, b.speed)) < 0.0;
        nearer && dot(away, away) < TOUCH * TOUCH
    }

    /// Swaps the speeds of two discs along the line between them.
    fn collide(&mut self, a: usize, b: usize) {
        let away = difference(self.discs[a].place, self.discs[b].place);
        let speed = difference(self.discs[a].speed, self.discs[b].speed);
        let share = dot(speed, away) / dot(away, away);
        for (axis, away) in away.into_iter().enumerate() {
            self.discs[a].speed[axis] -= share * away;
            self.discs[b].speed[axis] += share * away;
        }
    }
}

impl AddAssign for Events {
    fn add_assign(&mut self, other: Self) {
        self.hits += other.hits;
        self.bounces += other.bounces;
    }
}

fn difference(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}
