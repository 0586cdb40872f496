//! A free place on the board for something that comes from elsewhere than a pointer: a note from a
//! phone, a cluster that was made from a menu.

use super::{GAP, NOTE_WIDTH, bulk_of};
use crate::geometry::{BoardPoint, BoardRect, BoardVector, Size};

/// Where the first note of an empty board lies, board units: clear of the desk's bars.
const START: BoardPoint = BoardPoint::new(240.0, 200.0);
/// Few notes still stand side by side.
const FEWEST_COLUMNS: usize = 4;
/// A group's area has its name at its head, board units.
const HEAD: f64 = 72.0;
/// Rings of places that are tried around a spot before we give up: some ten screens.
const RINGS: i32 = 40;
/// From ring to ring, board units.
const RING: f64 = 80.0;

/// A free place for something of this size, near to the free notes: in columns of even width that
/// are filled from the top, like lists on a table. It never overlaps what is there.
///
/// `frames` are the clusters, `notes` those in none of them. The columns begin where the free notes
/// begin, or below the clusters; what lies far away from the others says nothing of where that is.
///
/// ```
/// use samtavle_shared::{geometry::{BoardRect, Size}, layout::free_place};
/// let size = Size::new(184.0, 124.0);
/// let first = BoardRect::at(free_place(&[], &[], size), size);
/// let second = BoardRect::at(free_place(&[], &[first], size), size);
/// assert!(!first.overlaps(second));
/// ```
pub fn free_place(frames: &[BoardRect], notes: &[BoardRect], size: Size) -> BoardPoint {
    free_places(frames, notes, size)
        .first()
        .copied()
        .unwrap_or(START)
}

/// The free place of each column, best first. Two people who post in the same moment know nothing of
/// each other's note: when each takes another of the first few, their notes don't end up on one spot.
pub fn free_places(frames: &[BoardRect], notes: &[BoardRect], size: Size) -> Vec<BoardPoint> {
    let taken: Vec<BoardRect> = notes.iter().chain(frames).copied().collect();
    let (notes, frames) = near_ones(&taken, notes.len());
    let corner = BoardRect::around(notes.iter().copied())
        .map(|inbox| inbox.min)
        .or_else(|| {
            let clusters = BoardRect::around(frames)?;
            Some(BoardPoint::new(clusters.min.x, clusters.max.y + 2.0 * GAP))
        })
        .unwrap_or(START);
    places(corner, columns(notes.len()), &taken, size)
}

/// What is not far away: of the first `notes`, and of the rest.
fn near_ones(things: &[BoardRect], notes: usize) -> (Vec<BoardRect>, Vec<BoardRect>) {
    let mut is_near = vec![true; things.len()];
    let far = bulk_of(things).map_or_else(Vec::new, |bulk| bulk.far);
    for at in far.into_iter().flatten() {
        is_near[at] = false;
    }
    let near = |range: std::ops::Range<usize>| {
        let near = range.filter(|&at| is_near[at]).map(|at| things[at]);
        near.collect()
    };
    (near(0..notes), near(notes..things.len()))
}

/// Where things from far away are laid, one after the other: near to the free notes as [`free_place`] has it,
/// on nothing, and not on each other.
pub fn places_near(frames: &[BoardRect], notes: &[BoardRect], sizes: &[Size]) -> Vec<BoardPoint> {
    let mut notes = notes.to_vec();
    let lay = sizes.iter().map(|&size| {
        let place = free_place(frames, &notes, size);
        notes.push(BoardRect::at(place, size));
        place
    });
    lay.collect()
}

fn places(corner: BoardPoint, columns: usize, taken: &[BoardRect], size: Size) -> Vec<BoardPoint> {
    let mut taken = taken.to_vec();
    crate::sorting::sort_by(&mut taken, |a, b| a.min.y.total_cmp(&b.min.y));

    let step = size.width.max(NOTE_WIDTH) + GAP;
    let mut places: Vec<BoardPoint> = (0..columns)
        .map(|column| {
            let x = corner.x + column as f64 * step;
            BoardPoint::new(x, first_gap(&taken, x, corner.y, size)).rounded()
        })
        .collect();
    crate::sorting::sort_by(&mut places, |a, b| {
        a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x))
    });
    places
}

/// The free place of each column in a group's area, best first; when the area is full they go on below
/// it. They overlap nothing that is `taken`.
pub fn free_places_in(area: BoardRect, taken: &[BoardRect], size: Size) -> Vec<BoardPoint> {
    let corner = BoardPoint::new(area.min.x + 2.0 * GAP, area.min.y + HEAD);
    let step = size.width.max(NOTE_WIDTH) + GAP;
    let columns = ((area.width() - 4.0 * GAP + GAP) / step).floor().max(1.0) as usize;
    places(corner, columns, taken, size)
}

/// The corner for a block of this size, as near to `corner` as it finds room; `None` when all around is taken.
pub fn free_block(
    corner: BoardPoint,
    size: Size,
    is_free: impl Fn(BoardRect) -> bool,
) -> Option<BoardPoint> {
    let mut corners = (0..RINGS).flat_map(ring_of).map(|(x, y)| {
        let way = BoardVector::new(f64::from(x) * RING, f64::from(y) * RING);
        (corner + way).rounded()
    });
    corners.find(|&corner| is_free(BoardRect::at(corner, size).grown(GAP)))
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
    crate::sorting::sort_by(&mut places, |a, b| rank(a).cmp(&rank(b)));
    places.into_iter()
}

/// A free place from `corner` straight down.
pub(super) fn free_place_at(corner: BoardPoint, taken: &[BoardRect], size: Size) -> BoardPoint {
    let place = places(corner, 1, taken, size).into_iter().next();
    place.unwrap_or(corner)
}

/// So that the notes together are somewhat wider than high.
fn columns(notes: usize) -> usize {
    (((notes + 1) as f64 * 1.3).sqrt().ceil() as usize).max(FEWEST_COLUMNS)
}

/// From `top` down, the first y where something of this size fits at `x`. `taken` is sorted by top.
fn first_gap(taken: &[BoardRect], x: f64, top: f64, size: Size) -> f64 {
    // A board unit to spare: places are rounded to whole units.
    let (left, right) = (x - GAP + 1.0, x + size.width + GAP - 1.0);
    let mut y = top;
    for rect in taken
        .iter()
        .filter(|rect| rect.min.x < right && left < rect.max.x)
    {
        if rect.min.y >= y + size.height + GAP {
            break;
        }
        y = y.max(rect.max.y + GAP);
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rects(most: usize) -> impl Strategy<Value = Vec<BoardRect>> {
        let rect = (-2e3..2e3f64, -2e3..2e3f64, 100.0..700.0f64, 80.0..500.0f64).prop_map(
            |(x, y, width, height)| BoardRect::at(BoardPoint::new(x, y), Size::new(width, height)),
        );
        proptest::collection::vec(rect, 0..most)
    }

    proptest! {
        #[test]
        fn a_free_place_overlaps_nothing(
            frames in rects(12), notes in rects(40), width in 100.0..600.0f64, height in 80.0..500.0f64,
        ) {
            let size = Size::new(width, height);
            for place in free_places(&frames, &notes, size) {
                let place = BoardRect::at(place, size);
                prop_assert!(frames.iter().chain(&notes).all(|taken| !taken.overlaps(place)));
            }
        }

        #[test]
        fn a_group_s_notes_land_in_its_area_and_overlap_nothing(others in rects(40), count in 1..12usize) {
            let area = BoardRect::at(BoardPoint::new(400.0, -300.0), Size::new(1_000.0, 760.0));
            let size = Size::new(NOTE_WIDTH, 124.0);
            let mut own: Vec<BoardRect> = Vec::new();
            for _ in 0..count {
                let place = BoardRect::at(free_places_in(area, &own, size)[0], size);
                prop_assert!(area.contains(place.min) && area.contains(place.max));
                own.push(place);
            }
            for place in free_places_in(area, &others, size) {
                let place = BoardRect::at(place, size);
                prop_assert!(others.iter().all(|taken| !taken.overlaps(place)));
            }
        }

        #[test]
        fn many_notes_one_after_the_other_stay_near_each_other(
            heights in proptest::collection::vec(124.0..220.0f64, 1..120),
        ) {
            let mut notes: Vec<BoardRect> = Vec::new();
            for height in heights {
                let size = Size::new(NOTE_WIDTH, height);
                let note = BoardRect::at(free_place(&[], &notes, size), size);
                prop_assert!(notes.iter().all(|other| !other.overlaps(note)));
                notes.push(note);
            }
            let around = BoardRect::around(notes.iter().copied()).unwrap();
            let covered: f64 = notes.iter().map(|note| note.area()).sum();
            prop_assert!(notes.len() < 8 || covered > 0.4 * around.area());
        }
    }

    #[test]
    fn a_block_goes_where_nothing_lies() {
        let taken = BoardRect::at(BoardPoint::new(-300.0, -300.0), Size::new(600.0, 600.0));
        let size = Size::new(400.0, 264.0);
        let start = BoardPoint::default();
        let place = free_block(start, size, |rect| !rect.overlaps(taken)).unwrap();
        assert!(!BoardRect::at(place, size).overlaps(taken));
        assert_eq!(free_block(start, size, |_| true), Some(start));
        assert_eq!(free_block(start, size, |_| false), None);
    }

    #[test]
    fn the_first_notes_stand_in_a_row_and_a_gap_is_filled_again() {
        let size = Size::new(NOTE_WIDTH, 124.0);
        let mut notes: Vec<BoardRect> = Vec::new();
        for _ in 0..4 {
            notes.push(BoardRect::at(free_place(&[], &notes, size), size));
        }
        assert!(notes.iter().all(|note| (note.min.y - START.y).abs() < 1e-9));
        let gone = notes.remove(1);
        assert_eq!(free_place(&[], &notes, size), gone.min);
    }

    #[test]
    fn a_note_that_is_far_away_draws_no_new_ones_there() {
        let size = Size::new(NOTE_WIDTH, 124.0);
        let note = |x, y| BoardRect::at(BoardPoint::new(x, y), size);
        let home = [note(100.0, 100.0), note(300.0, 100.0)];
        let place = free_place(&[], &home, size);
        for stray in [note(-3e6, -3e6), note(3e6, 40.0), note(100.0, 9e6)] {
            assert_eq!(free_place(&[], &[home[0], stray, home[1]], size), place);
            // Also when it is the only one in no cluster.
            let cluster = note(100.0, 100.0).grown(200.0);
            let below = free_place(&[cluster, cluster], &[], size);
            assert_eq!(free_place(&[cluster, cluster], &[stray], size), below);
        }
    }

    #[test]
    fn what_is_brought_here_lies_near_the_others_and_on_nothing() {
        let home: Vec<BoardRect> = (0..9)
            .map(|at| BoardPoint::new(f64::from(at % 3) * 200.0, f64::from(at / 3) * 140.0))
            .map(|at| BoardRect::at(at, Size::new(NOTE_WIDTH, 124.0)))
            .collect();
        let sizes = [
            Size::new(NOTE_WIDTH, 124.0),
            Size::new(900.0, 500.0),
            Size::new(NOTE_WIDTH, 300.0),
        ];
        let places = places_near(&[], &home, &sizes);
        let laid: Vec<BoardRect> = places
            .iter()
            .zip(sizes)
            .map(|(&at, size)| BoardRect::at(at, size))
            .collect();
        for (one, rect) in laid.iter().enumerate() {
            assert!(
                home.iter()
                    .chain(&laid[..one])
                    .all(|other| !other.overlaps(*rect))
            );
            assert!((rect.center() - home[4].center()).length() < 2_000.0);
        }
    }

    #[test]
    fn notes_begin_below_the_clusters() {
        let frame = BoardRect::at(BoardPoint::new(100.0, 100.0), Size::new(600.0, 300.0));
        let place = free_place(&[frame], &[], Size::new(NOTE_WIDTH, 124.0));
        assert!(place.y >= frame.max.y && (place.x - frame.min.x).abs() < 1e-9);
    }
}
