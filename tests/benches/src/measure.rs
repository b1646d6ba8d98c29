//! What the binaries that take times have in common: whose turn it is, medians, and what is
//! said of a target.

/// Whose turn it is. In as many rounds as there are contenders everybody has one, and everybody
/// is first as often as last.
pub fn whose_turn(round: usize, contenders: usize) -> usize {
    (round / contenders + round) % contenders
}

/// The median of some times, not a number where there are none.
pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Whether a ratio meets its target, in words.
pub fn verdict(ratio: f64, target: Option<f64>) -> Option<String> {
    target.map(|target| {
        let met = if ratio <= target { "met" } else { "**missed**" };
        format!("{target:.2}, {met}")
    })
}
