//! The arithmetic of bumping: where a block goes and where the cursor stands afterwards.
//!
//! Pure functions on addresses. Nothing here touches memory, so nothing here is unsafe, and
//! the tests at the end run every input of a small address space.
//!
//! Throughout:
//! - `cursor <= end`, and both are addresses of one chunk (I1);
//! - `min` is the arena's minimum alignment, and `cursor` is a multiple of it (I14);
//! - `size` and `align` come from one `Layout`, so that `size` rounded up to `align` is at
//!   most `isize::MAX` (I5).
//!
//! Sums may wrap around the address space; [`fits`] tells.

/// What every chunk's start is aligned to, and the largest minimum alignment of an arena.
pub(crate) const CHUNK_ALIGN: usize = 16;

/// A block that has a place: its first address, and the cursor behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub start: usize,
    pub cursor: usize,
}

/// Rounds `size` up to a multiple of `min`.
#[inline(always)]
pub(crate) const fn round_up(size: usize, min: usize) -> usize {
    size.wrapping_add(min - 1) & !(min - 1)
}

/// Whether a block that would move the cursor to `next` ends within the chunk.
///
/// `next` stands for a true address of at most `cursor + isize::MAX + 1`: the rounded size
/// and the padding together are no more, see the module's text. Then `end - next` lies
/// between `-(isize::MAX + 1)` and `isize::MAX`, is exact in two's complement, and its sign
/// answers in one comparison even where the sum has wrapped.
#[inline(always)]
const fn fits(next: usize, end: usize) -> bool {
    end.wrapping_sub(next) as isize >= 0
}

/// What is added to a cursor, and which bits stay, so that it is aligned.
///
/// The cursor is aligned to `min` already: for a smaller `align` the sum adds nothing and the
/// mask keeps everything, which the compiler sees when both are constants.
#[inline(always)]
const fn padding_and_mask(align: usize, min: usize) -> (usize, usize) {
    ((align - 1) & !(min - 1), !(align - 1) | (min - 1))
}

/// Places a block at the first aligned address from the cursor on.
#[inline(always)]
pub(crate) const fn place(
    cursor: usize,
    end: usize,
    size: usize,
    align: usize,
    min: usize,
) -> Option<Placed> {
    let (padding, mask) = padding_and_mask(align, min);
    let start = cursor.wrapping_add(padding) & mask;
    let cursor = start.wrapping_add(round_up(size, min));
    if fits(cursor, end) {
        Some(Placed { start, cursor })
    } else {
        None
    }
}

/// [`place`] for a size that is a multiple of `align`, as those of types are, in a chunk whose
/// `end` is followed by `behind` addresses at least.
///
/// The new cursor is rounded, and not the start, which lies the size in front of it. So there is
/// one operation less from cursor to cursor, on which a loop waits, and one less altogether where
/// the caller only writes to the start.
#[inline(always)]
pub(crate) const fn place_type(
    cursor: usize,
    end: usize,
    (size, align): (usize, usize),
    min: usize,
    behind: usize,
) -> Option<Placed> {
    debug_assert!(size % align == 0);
    let (padding, mask) = padding_and_mask(align, min);
    let size = round_up(size, min);
    let cursor = cursor.wrapping_add(padding + size) & mask;
    // Where no sum can wrap the comparison is the same instruction, but one that the compiler
    // does not turn into a subtraction and an addition if nothing is masked.
    let fits = if padding + size < behind {
        cursor <= end
    } else {
        fits(cursor, end)
    };
    if !fits {
        return None;
    }
    let start = cursor.wrapping_sub(size);
    Some(Placed { start, cursor })
}

/// Whether the block is the tip: the last one below the cursor.
#[inline(always)]
pub(crate) const fn is_tip(start: usize, size: usize, cursor: usize, min: usize) -> bool {
    start.wrapping_add(round_up(size, min)) == cursor
}

/// The bits of an address that must be zero for `new_align` and may not be for `old_align`.
///
/// A difference of two powers of two is just these bits, in one instruction. Where `new_align`
/// is the smaller one no bit would have to be zero and the difference has some: see
/// [`keeps_align`].
#[inline(always)]
const fn lost_bits(old_align: usize, new_align: usize) -> usize {
    new_align.wrapping_sub(old_align)
}

/// Whether a block aligned to `old_align` is aligned to `new_align` as well.
///
/// Where `new_align` is the smaller one the answer may be no: callers that mind ask again with
/// `new_align` twice.
#[inline(always)]
pub(crate) const fn keeps_align(start: usize, old_align: usize, new_align: usize) -> bool {
    start & lost_bits(old_align, new_align) == 0
}

/// The cursor after growing the tip in place; `None` where the block is not the tip, is not
/// aligned for its new layout (see [`keeps_align`]), or does not fit.
///
/// Tip and alignment are one comparison.
#[inline(always)]
pub(crate) const fn grow(
    start: usize,
    cursor: usize,
    end: usize,
    (old_size, old_align): (usize, usize),
    (new_size, new_align): (usize, usize),
    min: usize,
) -> Option<usize> {
    let off_tip = start.wrapping_add(round_up(old_size, min)) ^ cursor;
    let misaligned = start & lost_bits(old_align, new_align);
    if off_tip | misaligned != 0 {
        return None;
    }
    let next = start.wrapping_add(round_up(new_size, min));
    if fits(next, end) { Some(next) } else { None }
}

/// Whether `size` bytes fit at an offset of a chunk with `room` bytes. Exact for all numbers: an
/// offset may stand behind the room (I1).
#[cfg_attr(not(target_has_atomic = "ptr"), expect(dead_code))]
#[inline(always)]
pub(crate) const fn fits_behind(offset: usize, size: usize, room: usize) -> bool {
    offset <= room && size <= room - offset
}

/// Bytes that a chunk must hold so that a block of this layout fits whatever the chunk's
/// address is; `None` where no chunk can.
pub(crate) const fn worst_case(size: usize, align: usize, min: usize) -> Option<usize> {
    // A chunk starts at a multiple of `CHUNK_ALIGN`; only what is beyond can need padding.
    let padding = align.saturating_sub(CHUNK_ALIGN);
    let Some(sum) = size.checked_add(padding) else {
        return None;
    };
    if sum > isize::MAX as usize - (min - 1) {
        return None;
    }
    Some(round_up(sum, min))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINS: [usize; 5] = [1, 2, 4, 8, 16];

    /// Every address space below is the real one seen through a coarse ruler: a unit is
    /// `1 << SHIFT` bytes, so that 2^6 units are all of it and sums wrap as they do at the
    /// end of memory.
    const BITS: u32 = 6;
    const SHIFT: u32 = usize::BITS - BITS;
    const UNITS: u128 = 1 << BITS;

    /// What a layout may ask for, in units.
    fn layouts() -> impl Iterator<Item = (u128, u128)> {
        (0..BITS - 1).map(|bit| 1 << bit).flat_map(|align: u128| {
            (0..UNITS / 2)
                .filter(move |size| size.next_multiple_of(align) < UNITS / 2)
                .map(move |size| (size, align))
        })
    }

    fn bytes(units: u128) -> usize {
        ((units % UNITS) as usize) << SHIFT
    }

    /// The definition of `place` in numbers that never wrap.
    fn place_exactly(cursor: u128, end: u128, size: u128, align: u128) -> Option<(u128, u128)> {
        let start = cursor.next_multiple_of(align);
        (start + size <= end).then_some((start, start + size))
    }

    #[test]
    fn place_is_exact_up_to_the_end_of_the_address_space() {
        for cursor in 0..UNITS {
            // A chunk is at most half the address space long.
            for end in cursor..UNITS.min(cursor + UNITS / 2) {
                for (size, align) in layouts() {
                    let exact =
                        place_exactly(cursor, end, size, align).map(|(start, next)| Placed {
                            start: bytes(start),
                            cursor: bytes(next),
                        });
                    for min in MINS {
                        let found =
                            place(bytes(cursor), bytes(end), bytes(size), bytes(align), min);
                        assert_eq!(found, exact, "{cursor} {end} {size} {align} {min}");
                    }
                }
            }
        }
    }

    #[test]
    fn place_is_exact_for_small_numbers_and_every_minimum() {
        for min in MINS {
            for cursor in (0..64).step_by(min) {
                for end in cursor..96 {
                    for align in [1, 2, 4, 8, 16, 32] {
                        for size in 0..48_u128 {
                            let rounded = size.next_multiple_of(min as u128);
                            let exact =
                                place_exactly(cursor as u128, end as u128, rounded, align as u128);
                            let found = place(cursor, end, size as usize, align, min);
                            assert_eq!(
                                found.map(|p| (p.start as u128, p.cursor as u128)),
                                exact,
                                "{cursor} {end} {size} {align} {min}"
                            );
                            if let Some(p) = found {
                                assert_eq!(p.cursor % min, 0);
                                assert!(is_tip(p.start, size as usize, p.cursor, min));
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn types_are_placed_as_all_blocks_up_to_the_end_of_the_address_space() {
        const BEHIND: usize = 48;
        let last = usize::MAX - BEHIND + 1;
        let largest = isize::MAX as usize;
        for min in MINS {
            for end in [64, 65, 80, last - 16, last - 1, last] {
                for cursor in (end - 48..=end).filter(|cursor| cursor % min == 0) {
                    for align in [1, 2, 4, 8, 16, 32] {
                        let small = (0..64).step_by(align);
                        let large = (0..4).map(|k| (largest / align - k) * align);
                        for size in small.chain(large) {
                            let exact = place(cursor, end, size, align, min);
                            for behind in [0, BEHIND] {
                                let layout = (size, align);
                                let found = place_type(cursor, end, layout, min, behind);
                                assert_eq!(found, exact);
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn types_are_placed_as_all_blocks_in_a_coarse_address_space() {
        for cursor in 0..UNITS {
            for end in cursor..UNITS.min(cursor + UNITS / 2) {
                for (size, align) in layouts().filter(|(size, align)| size % align == 0) {
                    let layout = (bytes(size), bytes(align));
                    for min in MINS {
                        assert_eq!(
                            place_type(bytes(cursor), bytes(end), layout, min, 0),
                            place(bytes(cursor), bytes(end), layout.0, layout.1, min),
                            "{cursor} {end} {size} {align} {min}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn place_refuses_the_largest_layouts_in_any_chunk_too_small_for_them() {
        let largest = isize::MAX as usize;
        for min in MINS {
            for align in (0..usize::BITS - 1).map(|bit| 1_usize << bit) {
                for size in [
                    largest - (align - 1),
                    (largest - (align - 1)).saturating_sub(1),
                ] {
                    for cursor in [0, 16, 4096, largest & !15, usize::MAX & !4095] {
                        for room in [0, 1, 15, 4095] {
                            let end = cursor.wrapping_add(room);
                            if end >= cursor && size > room {
                                assert_eq!(place(cursor, end, size, align, min), None);
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn grow_is_place_at_the_tip() {
        for min in MINS {
            for start in (0..48).step_by(min) {
                for old in 0..24 {
                    let cursor = start + round_up(old, min);
                    for end in cursor..cursor + 40 {
                        for (old_align, new_align) in [(1, 1), (1, 8), (8, 8), (4, 16), (2, 4)] {
                            if start % old_align != 0 {
                                continue;
                            }
                            for new in old..old + 32 {
                                let rounded = round_up(new, min);
                                let fits = start + rounded <= end && start % new_align == 0;
                                let exact = fits.then_some(start + rounded);
                                let call = |cursor| {
                                    let (from, to) = ((old, old_align), (new, new_align));
                                    grow(start, cursor, end.max(cursor), from, to, min)
                                };
                                assert_eq!(call(cursor), exact);
                                assert_eq!(call(cursor + min), None, "not the tip");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn grow_is_exact_up_to_the_end_of_the_address_space() {
        for start in 0..UNITS {
            for end in start..UNITS.min(start + UNITS / 2) {
                for old in 0..=end - start {
                    for new in old..UNITS / 2 {
                        let exact = (start + new <= end).then_some(bytes(start + new));
                        let (from, to) = ((bytes(old), 1), (bytes(new), 1));
                        let found = grow(bytes(start), bytes(start + old), bytes(end), from, to, 1);
                        assert_eq!(found, exact, "{start} {end} {old} {new}");
                    }
                }
            }
        }
    }

    #[test]
    fn keeps_align_is_divisibility_and_never_a_wrong_yes() {
        for start in 0..256_usize {
            for old in (0..6).map(|bit| 1 << bit) {
                if start % old != 0 {
                    continue;
                }
                for new in (0..7).map(|bit| 1 << bit) {
                    let kept = keeps_align(start, old, new);
                    assert!(start % new == 0 || !kept);
                    if new >= old {
                        assert_eq!(kept, start % new == 0);
                    }
                }
            }
        }
    }

    #[test]
    fn fits_behind_is_exact_at_both_ends_of_the_numbers() {
        let numbers = || {
            (0..6)
                .chain(usize::MAX / 2 - 2..usize::MAX / 2 + 3)
                .chain(usize::MAX - 5..=usize::MAX)
        };
        for room in numbers() {
            for offset in numbers() {
                for size in numbers() {
                    let exact = offset as u128 + size as u128 <= room as u128;
                    assert_eq!(
                        fits_behind(offset, size, room),
                        exact,
                        "{offset} {size} {room}"
                    );
                }
            }
        }
    }

    #[test]
    fn worst_case_holds_the_block_at_every_chunk_address() {
        for min in MINS {
            for align in [1, 2, 8, 16, 32, 64, 256] {
                for size in 0..80 {
                    let need = worst_case(size, align, min).unwrap();
                    for base in (0..512).step_by(CHUNK_ALIGN) {
                        assert!(place(base, base + need, size, align, min).is_some());
                    }
                    if need > 0 {
                        let tight = |base| place(base, base + need - 1, size, align, min).is_none();
                        assert!((0..512).step_by(CHUNK_ALIGN).any(tight));
                    }
                }
            }
        }
    }

    #[test]
    fn worst_case_refuses_what_no_chunk_can_hold() {
        let largest = isize::MAX as usize;
        assert_eq!(worst_case(largest, 1, 1), Some(largest));
        for min in MINS {
            assert_eq!(worst_case(largest - 15, 1, min), Some(largest - 15));
            assert_eq!(worst_case(usize::MAX, 1, min), None);
            assert_eq!(worst_case(1, 1 << (usize::BITS - 2), min), {
                Some(round_up(1 + (1 << (usize::BITS - 2)) - CHUNK_ALIGN, min))
            });
        }
        assert_eq!(worst_case(largest, 1, 2), None);
        assert_eq!(worst_case(largest - 31, 64, 1), None);
    }
}
