//! Decisions, read from a stream of bytes.

use core::alloc::Layout;

/// The stream. At its end every byte is 0.
#[derive(Clone)]
pub(super) struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes up to `len` bytes as a stream of their own.
    pub(super) fn split(&mut self, len: usize) -> Self {
        let (front, rest) = self.0.split_at(len.min(self.0.len()));
        self.0 = rest;
        Self(front)
    }

    pub(super) fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((&byte, rest)) => {
                self.0 = rest;
                byte
            }
            None => 0,
        }
    }

    /// A number below `bound`, which is at least 1. Takes as many bytes as it needs.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let (mut number, mut reach) = (0, 1);
        while reach < bound {
            number = number << 8 | usize::from(self.byte());
            reach <<= 8;
        }
        number % bound
    }

    pub(super) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// A size up to 100 KiB, mostly small.
    pub(super) fn size(&mut self) -> usize {
        match self.byte() {
            0..=7 => 0,
            8..=163 => self.below(80),
            164..=229 => self.below(1200),
            230..=252 => self.below(9000),
            253..=255 => self.below(super::blocks::LARGEST + 1),
        }
    }

    /// An alignment up to 4096, mostly up to 16.
    pub(super) fn align(&mut self) -> usize {
        match self.byte() {
            0..=199 => 1 << self.below(5),
            200..=255 => 1 << self.below(13),
        }
    }

    pub(super) fn layout(&mut self) -> Layout {
        let (size, align) = (self.size(), self.align());
        Layout::from_size_align(size, align).expect("a small layout")
    }

    /// A size that no allocator has.
    pub(super) fn huge_size(&mut self, align: usize) -> usize {
        let largest = isize::MAX as usize - (align - 1);
        match self.below(3) {
            0 => largest - self.below(300),
            1 => largest / 2 + 1 + self.below(300),
            _ => largest - (1 << self.below(usize::BITS as usize - 4)),
        }
    }
}
