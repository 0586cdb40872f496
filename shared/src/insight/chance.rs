//! Chance that can be repeated: the same seed and the same name always give the same number.

/// A number in 0..1 for this name under this seed, as if drawn.
pub(super) fn chance(seed: u64, name: &str) -> f64 {
    let mut bits = seed;
    for byte in name.bytes() {
        bits = stir(bits ^ u64::from(byte));
    }
    // The upper 53 bits: as many as an f64 holds exactly.
    (stir(bits) >> 11) as f64 / (1_u64 << 53) as f64
}

/// One step of `SplitMix64` (Steele, Lea and Flood 2014).
fn stir(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_again_and_spread_evenly() {
        assert!((chance(7, "abc") - chance(7, "abc")).abs() < f64::EPSILON);
        let names: Vec<String> = (0..4000).map(|number| number.to_string()).collect();
        for seed in 0..4 {
            let mean = names.iter().map(|name| chance(seed, name)).sum::<f64>() / 4000.0;
            assert!((mean - 0.5).abs() < 0.03, "{mean}");
        }
    }
}
