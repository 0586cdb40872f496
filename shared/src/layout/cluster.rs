//! Clusters: the frame around their notes, rows and columns in them, and room for one more.

use super::{NOTE_WIDTH, without_far};
use crate::geometry::{BoardPoint, BoardRect, BoardVector, Size};

/// Between notes in a cluster, board units.
pub const GAP: f64 = 16.0;
/// From the frame to the notes at its sides, board units.
pub const CLUSTER_SIDE: f64 = 22.0;
/// Room for the title above the notes, board units.
pub const CLUSTER_TOP: f64 = 54.0;
/// Below the notes, board units.
pub const CLUSTER_BOTTOM: f64 = 26.0;
/// The inside of a cluster without notes: room for two.
const EMPTY: Size = Size::new(2.0 * NOTE_WIDTH + GAP, 124.0);

/// The frame of a cluster around these notes; at `pos` when it has none. A note that lies far from the others (the
/// cluster was dragged away while somebody put one in it) is out of the frame, for it would cover half the board.
pub fn cluster_frame(notes: impl IntoIterator<Item = BoardRect>, pos: BoardPoint) -> BoardRect {
    let inside = BoardRect::around(without_far(notes.into_iter().collect()))
        .unwrap_or_else(|| BoardRect::at(pos + BoardVector::new(CLUSTER_SIDE, CLUSTER_TOP), EMPTY));
    BoardRect {
        min: BoardPoint::new(inside.min.x - CLUSTER_SIDE, inside.min.y - CLUSTER_TOP),
        max: BoardPoint::new(inside.max.x + CLUSTER_SIDE, inside.max.y + CLUSTER_BOTTOM),
    }
}

/// The frame of a cluster that lies there as a stack: room for its title and how many notes it has.
pub fn collapsed_frame(frame: BoardRect) -> BoardRect {
    /// As wide as two notes, as high as its head and the edges of the papers under it.
    const STACK: Size = Size::new(EMPTY.width + 2.0 * CLUSTER_SIDE, CLUSTER_TOP + 26.0);
    BoardRect::at(frame.min, STACK)
}

/// How many columns so many notes stand in: near to a square, and wider than high.
pub fn column_count(notes: usize) -> usize {
    ((notes as f64 * 1.2).sqrt().ceil() as usize).max(1)
}

/// Places for notes of these sizes in rows, the first at `start`. A row is as high as its highest
/// note.
pub fn grid(sizes: &[Size], start: BoardPoint) -> Vec<BoardPoint> {
    let columns = column_count(sizes.len());
    let mut places = Vec::with_capacity(sizes.len());
    let mut y = start.y;
    for row in sizes.chunks(columns) {
        for column in 0..row.len() {
            places.push(BoardPoint::new(
                start.x + column as f64 * (NOTE_WIDTH + GAP),
                y,
            ));
        }
        y += row.iter().map(|size| size.height).fold(0.0, f64::max) + GAP;
    }
    places
}

/// A free place for one more note of this size among the notes of a cluster: the first gap in its
/// rows, else below them. Never on top of another.
pub fn next_place(notes: &[BoardRect], size: Size, pos: BoardPoint) -> BoardPoint {
    let notes = &without_far(notes.to_vec())[..];
    let Some(inside) = BoardRect::around(notes.iter().copied()) else {
        return pos + BoardVector::new(CLUSTER_SIDE, CLUSTER_TOP);
    };
    let columns = column_count(notes.len() + 1);
    let wide_enough = (inside.width() + GAP) / (NOTE_WIDTH + GAP);
    let columns = columns.max(wide_enough.floor() as usize);
    let is_free = |place: BoardRect| {
        notes
            .iter()
            .all(|note| !note.grown(GAP / 2.0).overlaps(place))
    };

    let mut rows: Vec<f64> = notes.iter().map(|note| note.min.y).collect();
    crate::sorting::sort_by(&mut rows, f64::total_cmp);
    rows.dedup();
    rows.push(inside.max.y + GAP);
    rows.into_iter()
        .flat_map(|y| {
            (0..columns).map(move |column| {
                BoardPoint::new(inside.min.x + column as f64 * (NOTE_WIDTH + GAP), y)
            })
        })
        .find(|&place| is_free(BoardRect::at(place, size)))
        .unwrap_or(BoardPoint::new(inside.min.x, inside.max.y + GAP))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sizes() -> impl Strategy<Value = Vec<Size>> {
        proptest::collection::vec(
            (124.0..400.0f64).prop_map(|height| Size::new(NOTE_WIDTH, height)),
            1..40,
        )
    }

    proptest! {
        #[test]
        fn notes_in_a_grid_never_overlap(sizes in sizes()) {
            let places = grid(&sizes, BoardPoint::new(3.0, 4.0));
            let rects: Vec<_> = places.iter().zip(&sizes).map(|(&at, &size)| BoardRect::at(at, size)).collect();
            for (one, a) in rects.iter().enumerate() {
                for b in &rects[one + 1..] {
                    prop_assert!(!a.overlaps(*b));
                }
            }
        }

        #[test]
        fn one_more_note_finds_a_place_of_its_own(
            notes in proptest::collection::vec((0.0..900.0f64, 0.0..900.0f64, 124.0..300.0f64), 0..20),
            height in 124.0..300.0f64,
        ) {
            let notes: Vec<_> = notes
                .into_iter()
                .map(|(x, y, height)| BoardRect::at(BoardPoint::new(x, y), Size::new(NOTE_WIDTH, height)))
                .collect();
            let size = Size::new(NOTE_WIDTH, height);
            let place = BoardRect::at(next_place(&notes, size, BoardPoint::default()), size);
            prop_assert!(notes.iter().all(|note| !note.overlaps(place)));
        }
    }

    #[test]
    fn a_note_far_from_its_cluster_is_out_of_the_frame() {
        let size = Size::new(NOTE_WIDTH, 124.0);
        let home = [BoardPoint::new(0.0, 0.0), BoardPoint::new(200.0, 0.0)]
            .map(|at| BoardRect::at(at, size));
        let stray = BoardRect::at(BoardPoint::new(3e6, 0.0), size);
        let pos = BoardPoint::default();
        assert_eq!(
            cluster_frame([home[0], stray, home[1]], pos),
            cluster_frame(home, pos)
        );
        let place = BoardRect::at(next_place(&[home[0], stray, home[1]], size, pos), size);
        assert!((place.center() - home[0].center()).length() < 1_000.0);
    }

    #[test]
    fn two_notes_stand_side_by_side_and_the_frame_is_around_them() {
        let size = Size::new(NOTE_WIDTH, 124.0);
        let places = grid(&[size, size], BoardPoint::default());
        assert_eq!(
            places,
            [
                BoardPoint::new(0.0, 0.0),
                BoardPoint::new(NOTE_WIDTH + GAP, 0.0)
            ]
        );
        let frame = cluster_frame(
            places.iter().map(|&at| BoardRect::at(at, size)),
            BoardPoint::default(),
        );
        assert_eq!(frame.min, BoardPoint::new(-CLUSTER_SIDE, -CLUSTER_TOP));
        assert_eq!(
            frame.max,
            BoardPoint::new(
                2.0 * NOTE_WIDTH + GAP + CLUSTER_SIDE,
                124.0 + CLUSTER_BOTTOM
            )
        );
    }
}
