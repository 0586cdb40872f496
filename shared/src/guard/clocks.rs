//! Sets of clocks: what of a client is deleted.

use std::collections::BTreeMap;

/// A set of clocks, as ranges that never touch.
#[derive(Clone, Debug, Default)]
pub(super) struct Clocks(BTreeMap<u32, u32>);

impl Clocks {
    /// Whether a clock is in the set.
    pub(super) fn contains(&self, clock: u32) -> bool {
        let at_or_before = self.0.range(..=clock).next_back();
        at_or_before.is_some_and(|(_, &end)| clock < end)
    }

    /// Those parts of `start..end` that are not in the set.
    pub(super) fn missing(&self, start: u32, end: u32) -> Vec<(u32, u32)> {
        let mut parts = Vec::new();
        let before = self.0.range(..=start).next_back();
        let mut from = before.map_or(start, |(_, &end)| start.max(end));
        for (&next, &next_end) in self.0.range(start..end) {
            if from < next {
                parts.push((from, next));
            }
            from = from.max(next_end);
        }
        if from < end {
            parts.push((from, end));
        }
        parts
    }

    /// Those parts of `start..end` that are in the set.
    pub(super) fn within(&self, start: u32, end: u32) -> impl Iterator<Item = (u32, u32)> {
        let before = self.0.range(..start).next_back();
        let inside = self.0.range(start..end.max(start));
        before
            .into_iter()
            .chain(inside)
            .map(move |(&from, &to)| (from.max(start), to.min(end)))
            .filter(|(from, to)| from < to)
    }

    /// The ranges, in order.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.iter().map(|(&start, &end)| (start, end))
    }

    /// Adds `start..end`.
    pub(super) fn add(&mut self, mut start: u32, mut end: u32) {
        if let Some((&left, &left_end)) = self.0.range(..=start).next_back()
            && left_end >= start
        {
            start = left;
            end = end.max(left_end);
        }
        while let Some((&right, &right_end)) = self.0.range(start..=end).next_back() {
            self.0.remove(&right);
            end = end.max(right_end);
        }
        self.0.insert(start, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_clocks_merge_where_they_touch() {
        let mut clocks = Clocks::default();
        for (start, end) in [(10, 20), (30, 40), (0, 5), (40, 45), (18, 31), (5, 6)] {
            clocks.add(start, end);
        }
        assert!(clocks.ranges().eq([(0, 6), (10, 45)]));
        assert_eq!(clocks.missing(2, 50), [(6, 10), (45, 50)]);
        assert_eq!(clocks.missing(12, 40), []);
        assert!(clocks.within(2, 20).eq([(2, 6), (10, 20)]));
        assert!(clocks.within(12, 13).eq([(12, 13)]));
        assert!(clocks.within(6, 10).eq([]));
        assert!(clocks.contains(44) && !clocks.contains(45) && !clocks.contains(6));
    }
}
