//! Sorting that is compiled once.
//!
//! The standard library's sort is compiled anew for each type and each order: 5 KB of the client's WASM
//! for each of our dozen, of which none sorts more than a board of notes.

use std::cmp::Ordering;

/// Sorts; what is equal keeps its order.
///
/// ```
/// let mut letters = ["å", "a", "ø"];
/// samtavle_shared::sorting::sort_by(&mut letters, |a, b| b.cmp(a));
/// assert_eq!(letters, ["ø", "å", "a"]);
/// ```
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order = order_of(items.len(), &mut |a, b| compare(&items[a], &items[b]));
    for place in 0..items.len() {
        // What belongs here, or where it was swapped to.
        let mut from = order[place];
        while from < place {
            from = order[from];
        }
        items.swap(place, from);
        order[place] = from; // the next one that looks for it has a shorter way
    }
}

/// Which of `count` items comes first, second, third …
fn order_of(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| compare(a, b));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(mut items: Vec<(u8, u16)>) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by(&mut items, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(items, expected);
        }
    }
}
