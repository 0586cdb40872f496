//! Where new notes go: near the pointer, and never hidden behind or exactly on another.

use samtavle_shared::{
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    layout::GAP,
};

/// Corners nearer than this hide each other, board units.
const HIDES: f64 = 20.0;
/// How far a note goes aside so that both can be seen, board units.
const ASIDE: BoardVector = BoardVector::new(28.0, 28.0);
/// Rings of places that are tried around the pointer before we give up: some ten screens.
const RINGS: i32 = 40;

/// A place for one note whose corner would be at `corner`: there, or a little aside of those whose
/// corners are there already.
pub fn free_place(corner: BoardPoint, others: &[BoardPoint]) -> BoardPoint {
    let mut place = corner.rounded();
    while others.iter().any(|other| (*other - place).length() < HIDES) {
        place = place + ASIDE;
    }
    place
}

/// The corner for a block of notes of this size: as near to `corner` as it finds room.
pub fn free_block(
    corner: BoardPoint,
    size: Size,
    is_free: impl Fn(BoardRect) -> bool,
) -> BoardPoint {
    let step = 80.0;
    for ring in 0..RINGS {
        let places = ring_of(ring).map(|(x, y)| {
            (corner + BoardVector::new(f64::from(x) * step, f64::from(y) * step)).rounded()
        });
        for place in places {
            if is_free(BoardRect::at(place, size).grown(GAP)) {
                return place;
            }
        }
    }
    corner.rounded()
}

/// The places of a square ring, those to the right and below first.
fn ring_of(ring: i32) -> impl Iterator<Item = (i32, i32)> {
    let side = -ring..=ring;
    let mut places: Vec<_> = side
        .clone()
        .flat_map(|x| side.clone().map(move |y| (x, y)))
        .filter(|(x, y)| x.abs().max(y.abs()) == ring)
        .collect();
    let rank = |&(x, y): &(i32, i32)| (x * x + y * y, -(x + y));
    samtavle_shared::sorting::sort_by(&mut places, |a, b| rank(a).cmp(&rank(b)));
    places.into_iter()
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

    #[test]
    fn a_block_goes_where_nothing_lies() {
        let taken = BoardRect::at(BoardPoint::new(-300.0, -300.0), Size::new(600.0, 600.0));
        let size = Size::new(400.0, 264.0);
        let place = free_block(BoardPoint::default(), size, |rect| !rect.overlaps(taken));
        assert!(!BoardRect::at(place, size).overlaps(taken));
        assert_eq!(
            free_block(BoardPoint::default(), size, |_| true),
            BoardPoint::default()
        );
    }
}
