//! Where new notes go: near the pointer, and never hidden behind or exactly on another.

use samtavle_shared::geometry::{BoardPoint, BoardVector};

/// Corners nearer than this hide each other, board units.
const HIDES: f64 = 20.0;
/// How far a note goes aside so that both can be seen, board units.
const ASIDE: BoardVector = BoardVector::new(28.0, 28.0);

/// A place for one note whose corner would be at `corner`: there, or a little aside of those whose
/// corners are there already.
pub fn free_place(corner: BoardPoint, others: &[BoardPoint]) -> BoardPoint {
    let mut place = corner.rounded();
    while others.iter().any(|other| (*other - place).length() < HIDES) {
        place = place + ASIDE;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_at_the_same_place_stand_aside() {
        let at = BoardPoint::new(100.0, 100.0);
        let first = free_place(at, &[]);
        let second = free_place(at, &[first]);
        let third = free_place(at, &[first, second]);
        assert_eq!(first, at);
        assert!(second != first && third != second && third != first);
    }
}
