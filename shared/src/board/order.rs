//! Who lies on top of whom: a fractional index, so that raising one renumbers none.

use fractional_index::FractionalIndex;

/// A place in the stacking order. Equal places (two people raised at once) are told apart by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Order(FractionalIndex);

impl Order {
    /// Above all of these; the first place when there is none.
    pub fn above<'a>(others: impl IntoIterator<Item = &'a Self>) -> Self {
        others.into_iter().max().map_or_else(Self::default, |top| {
            Self(FractionalIndex::new_after(&top.0))
        })
    }

    /// As it stands in the document: hexadecimal digits.
    pub fn spelled(&self) -> String {
        self.0.to_string()
    }

    /// Reads what [`Order::spelled`] wrote; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        FractionalIndex::from_string(text).ok().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_raise_lies_above_all_before_and_reads_back() {
        let mut stack: Vec<Order> = Vec::new();
        for _ in 0..300 {
            let next = Order::above(&stack);
            assert!(stack.iter().all(|other| *other < next));
            assert_eq!(Order::read(&next.spelled()), Some(next.clone()));
            stack.push(next);
        }
        assert!(
            stack[299].spelled().len() < 24,
            "raising often keeps the index short"
        );
    }

    #[test]
    fn rubbish_is_no_order() {
        for text in ["", "zz", "å", "0"] {
            assert_eq!(Order::read(text), None, "{text}");
        }
    }
}
