//! Numbers that look random, the same ones for the same seed.

/// The generator SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number from 0 up to 1, without 1.
    pub(crate) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        // As many bits as a float has.
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }
}
