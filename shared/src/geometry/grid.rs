//! Which items are in this part of the board? A hash of square cells.

use super::{BoardPoint, BoardRect};
use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

/// Board units a side. About two notes by three: a screen at 100 % covers some ten cells.
const CELL: f64 = 512.0;
/// An item that covers more cells than this is kept in a list apart: a cluster over the whole
/// board must not fill ten thousand cells.
const MOST_CELLS: i64 = 64;

/// Items by where they are. Asking costs by what is in the asked part, not by what is on the board.
#[derive(Clone, Debug)]
pub struct SpatialIndex<K> {
    rects: HashMap<K, BoardRect>,
    cells: HashMap<(i64, i64), Vec<K>>,
    large: HashSet<K>,
}

impl<K> Default for SpatialIndex<K> {
    fn default() -> Self {
        Self {
            rects: HashMap::new(),
            cells: HashMap::new(),
            large: HashSet::new(),
        }
    }
}

impl<K: Clone + Eq + Hash> SpatialIndex<K> {
    /// Puts an item in its place; moves it when it is there already.
    pub fn place(&mut self, item: K, rect: BoardRect) {
        if let Some(&before) = self.rects.get(&item) {
            if before == rect {
                return;
            }
            self.remove(&item);
        }
        match cells_of(rect) {
            Some(cells) => {
                for cell in cells {
                    self.cells.entry(cell).or_default().push(item.clone());
                }
            }
            None => {
                self.large.insert(item.clone());
            }
        }
        self.rects.insert(item, rect);
    }

    /// Takes an item away; gives where it was.
    pub fn remove(&mut self, item: &K) -> Option<BoardRect> {
        let rect = self.rects.remove(item)?;
        match cells_of(rect) {
            Some(cells) => {
                for cell in cells {
                    if let Some(held) = self.cells.get_mut(&cell) {
                        held.retain(|other| other != item);
                        if held.is_empty() {
                            self.cells.remove(&cell);
                        }
                    }
                }
            }
            None => {
                self.large.remove(item);
            }
        }
        Some(rect)
    }

    /// Where an item is.
    pub fn rect_of(&self, item: &K) -> Option<BoardRect> {
        self.rects.get(item).copied()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.rects.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rects.is_empty()
    }

    /// All items with their places, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, BoardRect)> {
        self.rects.iter().map(|(item, &rect)| (item, rect))
    }

    /// The items that overlap this part, each once, in no order.
    pub fn overlapping(&self, part: BoardRect) -> Vec<K> {
        let Some(cells) = cells_of(part) else {
            // So large a part that walking the items is cheaper than walking its cells.
            return self
                .iter()
                .filter(|(_, rect)| rect.overlaps(part))
                .map(|(item, _)| item.clone())
                .collect();
        };
        let mut found: HashSet<&K> = HashSet::new();
        let held = cells.filter_map(|cell| self.cells.get(&cell)).flatten();
        for item in held.chain(&self.large) {
            if self.rects.get(item).is_some_and(|rect| rect.overlaps(part)) {
                found.insert(item);
            }
        }
        found.into_iter().cloned().collect()
    }
}

fn cell_of(point: BoardPoint) -> (i64, i64) {
    (
        (point.x / CELL).floor() as i64,
        (point.y / CELL).floor() as i64,
    )
}

/// The cells that a rectangle covers; `None` when they are too many to walk.
fn cells_of(rect: BoardRect) -> Option<impl Iterator<Item = (i64, i64)>> {
    let (left, top) = cell_of(rect.min);
    let (right, bottom) = cell_of(rect.max);
    let columns = right.saturating_sub(left).saturating_add(1);
    let rows = bottom.saturating_sub(top).saturating_add(1);
    if columns.saturating_mul(rows) > MOST_CELLS {
        return None;
    }
    Some((left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Size;
    use proptest::prelude::*;

    fn rect() -> impl Strategy<Value = BoardRect> {
        (-5e3..5e3f64, -5e3..5e3f64, 1.0..8e3f64, 1.0..8e3f64)
            .prop_map(|(x, y, w, h)| BoardRect::at(BoardPoint::new(x, y), Size::new(w, h)))
    }

    proptest! {
        #[test]
        fn it_finds_what_a_walk_over_all_items_finds(
            items in proptest::collection::vec((0..20u8, rect()), 0..60),
            gone in proptest::collection::vec(0..20u8, 0..10),
            part in rect(),
        ) {
            let mut index = SpatialIndex::default();
            let mut plain = HashMap::new();
            for (item, rect) in items {
                index.place(item, rect);
                plain.insert(item, rect);
            }
            for item in gone {
                prop_assert_eq!(index.remove(&item), plain.remove(&item));
            }
            let mut found = index.overlapping(part);
            let mut expected: Vec<u8> =
                plain.iter().filter(|(_, rect)| rect.overlaps(part)).map(|(&item, _)| item).collect();
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
            prop_assert_eq!(index.len(), plain.len());
        }
    }
}
