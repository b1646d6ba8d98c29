//! Open addressing: in which slots of a table something is looked for.

/// All slots of a table, a power of two of them or none, in the order in which something with that
/// hash looks for its own.
#[inline]
pub(super) fn probe(hash: u64, slots: usize) -> impl Iterator<Item = usize> {
    // Fibonacci hashing: numbers that are left as they are would crowd the first slots.
    let mixed = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let first = match slots {
        0 => 0,
        _ => mixed >> (u64::BITS - slots.trailing_zeros()),
    };
    (0..slots).map(move |step| (first as usize).wrapping_add(step) & (slots - 1))
}
