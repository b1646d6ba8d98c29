//! What an arena holds, as numbers and as a drawing.

use core::fmt;

/// Chunks that are listed one by one. A row of chunks doubles: more are rare.
const LISTED: usize = 32;

/// Characters of a bar.
const WIDTH: usize = 40;

/// What an arena held at one moment: bytes in use, bytes of room, chunks.
///
/// `Display` draws every chunk as a bar:
///
/// ```text
/// 2 chunks, 1312 of 1440 bytes used
/// [########################################]      464 of 464
/// [###################################     ]      848 of 976
/// ```
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// let blink = blink_alloc::Blink::new();
/// blink.put([0_u8; 100]);
/// let stats = blink.allocator().stats();
/// assert!(stats.used() >= 100);
/// assert!(stats.capacity() >= stats.used());
/// println!("{stats}");
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    listed: [ChunkStats; LISTED],
    chunks: usize,
    used: usize,
    capacity: usize,
}

/// One chunk of [`Stats`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChunkStats {
    /// Bytes in use, padding included.
    pub used: usize,
    /// Bytes of room.
    pub capacity: usize,
}

impl Stats {
    pub(crate) fn add(&mut self, capacity: usize, used: usize) {
        if let Some(place) = self.listed.get_mut(self.chunks) {
            *place = ChunkStats { used, capacity };
        }
        self.chunks += 1;
        self.used += used;
        self.capacity += capacity;
    }

    /// Number of chunks.
    pub fn chunks(&self) -> usize {
        self.chunks
    }

    /// Bytes in use, padding included.
    pub fn used(&self) -> usize {
        self.used
    }

    /// Bytes of room in all chunks, in use or not.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// The chunks in the order in which they were added; the first 32 of them.
    pub fn iter(&self) -> impl Iterator<Item = ChunkStats> + '_ {
        self.listed.iter().copied().take(self.chunks)
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.chunks == 1 { "" } else { "s" };
        let Self {
            chunks,
            used,
            capacity,
            ..
        } = self;
        write!(f, "{chunks} chunk{plural}, {used} of {capacity} bytes used")?;
        for chunk in self.iter() {
            let ChunkStats { used, capacity } = chunk;
            // A chunk in use shows at least one mark.
            let marks = bar(used, capacity);
            write!(f, "\n[{:#<marks$}{:rest$}] ", "", "", rest = WIDTH - marks)?;
            write!(f, "{used:>8} of {capacity}")?;
        }
        if self.chunks > LISTED {
            write!(f, "\nand {} more", self.chunks - LISTED)?;
        }
        Ok(())
    }
}

/// Marks of a bar: one at least for a chunk in use, all for a full one only.
fn bar(used: usize, capacity: usize) -> usize {
    if used >= capacity {
        return if capacity == 0 { 0 } else { WIDTH };
    }
    let marks = used as u128 * WIDTH as u128 / capacity as u128;
    (marks as usize).max(usize::from(used > 0))
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::{string::ToString, vec::Vec};

    use super::*;

    #[test]
    fn bars_show_the_ends() {
        assert_eq!(bar(0, 0), 0);
        assert_eq!(bar(0, 100), 0);
        assert_eq!(bar(1, 1000), 1);
        assert_eq!(bar(999, 1000), WIDTH - 1);
        assert_eq!(bar(1000, 1000), WIDTH);
        assert_eq!(bar(usize::MAX - 1, usize::MAX), WIDTH - 1);
    }

    #[test]
    fn the_drawing_has_a_line_a_chunk() {
        let mut stats = Stats::default();
        assert_eq!(stats.to_string(), "0 chunks, 0 of 0 bytes used");
        stats.add(464, 464);
        stats.add(976, 488);
        let drawn = stats.to_string();
        let lines: Vec<_> = drawn.lines().collect();
        assert_eq!(lines[0], "2 chunks, 952 of 1440 bytes used");
        assert_eq!(lines[1].matches('#').count(), WIDTH);
        assert_eq!(lines[2].matches('#').count(), WIDTH / 2);
        assert!(lines[2].ends_with("488 of 976"));
    }

    #[test]
    fn chunks_beyond_the_list_count() {
        let mut stats = Stats::default();
        for _ in 0..LISTED + 3 {
            stats.add(10, 1);
        }
        assert_eq!((stats.chunks(), stats.used()), (LISTED + 3, LISTED + 3));
        assert_eq!(stats.iter().count(), LISTED);
        assert!(stats.to_string().ends_with("and 3 more"));
    }
}
