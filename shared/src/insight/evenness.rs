//! How evenly something is spread over the voices.
//!
//! Pielou's evenness `J = H / ln S` (Pielou 1966, *The measurement of diversity in different types of
//! biological collections*), where `H = −Σ pᵢ ln pᵢ` is Shannon's entropy of the shares and `S` the
//! number of kinds: 1 when all have the same, towards 0 the more one has of it all. Pielou counts the
//! species that were found; here all voices count that could have been heard, for a voice that has
//! written nothing is what we want to notice.

/// The evenness of these counts, 0..1; `None` when there is nothing to compare: fewer than two
/// voices, or nothing written at all.
///
/// ```
/// use samtavle_shared::insight::evenness;
/// assert_eq!(evenness(&[5, 5, 5]), Some(1.0));
/// assert_eq!(evenness(&[9, 0, 0]), Some(0.0));
/// assert_eq!(evenness(&[9]), None);
/// ```
pub fn evenness(counts: &[usize]) -> Option<f64> {
    let all = counts.iter().sum::<usize>() as f64;
    if counts.len() < 2 || all <= 0.0 {
        return None;
    }
    let entropy: f64 = counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| {
            let share = count as f64 / all;
            -share * share.ln()
        })
        .sum();
    // Rounded, so that sums in another order give the same and even is 1.
    let evenness = (entropy / (counts.len() as f64).ln() * 1e9).round() / 1e9;
    Some(evenness.clamp(0.0, 1.0))
}

/// How evenly the voices have voted, by the dots of each; `None` for a voice whose dots are not shown
/// by themselves. Those are left out: what is told must follow from what is shown anyway.
pub fn evenness_of_votes(dots: &[Option<usize>]) -> Option<f64> {
    let shown: Vec<usize> = dots.iter().copied().flatten().collect();
    evenness(&shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_known_value() {
        // H = −(0.5 ln 0.5 + 2 · 0.25 ln 0.25) = 1.0397; ln 3 = 1.0986.
        let found = evenness(&[50, 25, 25]).unwrap();
        assert!((found - 0.946_394_6).abs() < 1e-6, "{found}");
    }

    #[test]
    fn a_voice_that_is_silent_makes_it_less_even() {
        assert!(evenness(&[4, 4, 0]) < evenness(&[4, 4]));
    }

    #[test]
    fn nothing_written_is_neither_even_nor_uneven() {
        assert_eq!(evenness(&[]), None);
        assert_eq!(evenness(&[0, 0, 0]), None);
    }

    #[test]
    fn votes_that_are_not_shown_do_not_shine_through() {
        assert_eq!(evenness_of_votes(&[Some(6), None, Some(6)]), Some(1.0));
        assert_eq!(evenness_of_votes(&[Some(6), None]), None);
    }

    proptest! {
        #[test]
        fn it_is_between_nothing_and_one_whatever_the_order(
            mut counts in proptest::collection::vec(0..1000_usize, 2..12),
        ) {
            let found = evenness(&counts);
            if let Some(found) = found {
                prop_assert!((0.0..=1.0).contains(&found));
            }
            counts.reverse();
            prop_assert_eq!(found, evenness(&counts));
        }
    }
}
