//! Which discs are near each other.

use blink_alloc::Frame;

use super::world::Disc;

/// The discs by where they are: squares of one unit, row by row.
///
/// A disc touches only those of its own square and of the eight around it.
pub(super) struct Grid<'f> {
    side: usize,
    /// For each square where its discs begin in `order`; the next one is where they end.
    starts: &'f [u32],
    /// Numbers of the discs, square by square.
    order: &'f [u32],
}

impl<'f> Grid<'f> {
    /// A grid of `side` times `side` squares, in the frame of `blink`.
    pub(super) fn new(blink: &Frame<'f>, discs: &[Disc], side: usize) -> Self {
        let square = |disc: &Disc| {
            let index = |at: f64| (at as usize).min(side - 1);
            index(disc.place[1]) * side + index(disc.place[0])
        };
        // How many discs are in each square, then where the square behind begins, then where it
        // begins itself.
        let starts = blink.fill(side * side + 1, 0);
        for disc in discs {
            starts[square(disc)] += 1;
        }
        let mut sum = 0;
        for start in starts.iter_mut() {
            sum += *start;
            *start = sum;
        }
        let order = blink.fill(discs.len(), 0);
        for (number, disc) in (0..).zip(discs) {
            let start = &mut starts[square(disc)];
            *start -= 1;
            order[*start as usize] = number;
        }
        Self {
            side,
            starts,
            order,
        }
    }

    /// The discs of a square. There are none outside of the grid.
    fn square(&self, x: usize, y: usize) -> &'f [u32] {
        if x >= self.side || y >= self.side {
            return &[];
        }
        let at = y * self.side + x;
        &self.order[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// All pairs of discs that are near each other, each once.
    pub(super) fn pairs(&self) -> impl Iterator<Item = [u32; 2]> {
        let squares = (0..self.side).flat_map(|y| (0..self.side).map(move |x| (x, y)));
        squares.flat_map(move |(x, y)| {
            let here = self.square(x, y);
            let inside = here
                .iter()
                .enumerate()
                .flat_map(|(index, &a)| here[index + 1..].iter().map(move |&b| [a, b]));
            // Half of the squares around: this one is in the other half of theirs.
            let around = [
                (x + 1, y),
                (x.wrapping_sub(1), y + 1),
                (x, y + 1),
                (x + 1, y + 1),
            ];
            let outside = around.into_iter().flat_map(move |(x, y)| {
                let there = self.square(x, y);
                here.iter()
                    .flat_map(move |&a| there.iter().map(move |&b| [a, b]))
            });
            inside.chain(outside)
        })
    }
}
