//! Notes that lie on one spot, so that the lower ones cannot be seen: which they are, and where they are laid so that
//! each can be read.

use super::{
    Lying, Thing,
    bulk::as_far_as_it_counts,
    cluster_frame, grid, next_place,
    place::{free_block, free_place_at},
};
use crate::{
    geometry::{BoardPoint, BoardRect, Size},
    ids::{ClusterId, NoteId},
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A note of which this part lies under another one cannot be read.
const HIDDEN: f64 = 0.8;
/// Board units a side, for looking up what lies at a place.
const CELL: f64 = 256.0;

/// The notes that lie on one spot, two or more: each pile from its lowest note to its topmost one, as places in what
/// was given. That is in the order of the stack, the lowest first.
///
/// ```
/// use samtavle_shared::{geometry::{BoardPoint, BoardRect, Size}, layout::piles};
/// let note = |x| BoardRect::at(BoardPoint::new(x, 0.0), Size::new(184.0, 124.0));
/// assert_eq!(piles(&[note(0.0), note(500.0), note(3.0)]), [vec![0, 2]]);
/// ```
pub fn piles(notes: &[BoardRect]) -> Vec<Vec<usize>> {
    let mut stack = Stack::default();
    for (at, &rect) in notes.iter().enumerate().rev() {
        stack.slip_under(at, as_far_as_it_counts(rect));
    }
    let mut piles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..notes.len() {
        piles.entry(stack.top_of(at)).or_default().push(at);
    }
    piles.retain(|_, pile| pile.len() > 1);
    piles.into_values().collect()
}

/// Where the notes of a pile are laid: those of a cluster at free places in it, the others in rows where there is room
/// for all of them, as near as can be. `pile` is in the order of the stack; what lies on top stays in its cluster's
/// place, and nothing else is moved.
pub fn spread_out(lying: &[Lying], pile: &[NoteId]) -> Vec<(NoteId, BoardPoint)> {
    let mut own: HashMap<&NoteId, &Lying> = HashMap::with_capacity(pile.len());
    let names: HashSet<&NoteId> = pile.iter().collect();
    let mut others = Vec::with_capacity(lying.len());
    for one in lying {
        match &one.thing {
            Thing::Note(id) if names.contains(id) => {
                own.insert(id, one);
            }
            _ => others.push(one),
        }
    }
    let in_order: Vec<(&NoteId, &Lying)> = pile
        .iter()
        .filter_map(|id| Some((id, *own.get(id)?)))
        .collect();
    let mut table = Table::of(&others);
    let (mut laid, mut loose) = (Vec::with_capacity(pile.len()), Vec::new());
    let mut has_stayed = HashSet::new();
    for (id, one) in in_order.into_iter().rev() {
        match &one.cluster {
            Some(cluster) => {
                let stays = has_stayed.insert(cluster);
                let place = table.lay_in_cluster(cluster, one.rect, stays);
                laid.push((id.clone(), place));
            }
            None => loose.push((id, one.rect)),
        }
    }
    loose.reverse();
    let places = table.rows(&loose.iter().map(|(_, rect)| *rect).collect::<Vec<_>>());
    laid.extend(loose.into_iter().map(|(id, _)| id.clone()).zip(places));
    laid
}

/// What lies under what, from the topmost note down.
#[derive(Default)]
struct Stack {
    /// Of each note, one above it in the same pile; the topmost is its own.
    above: HashMap<usize, usize>,
    /// One of those that lie in exactly the same place.
    same: HashMap<[i64; 4], usize>,
    /// Those that cover a cell, of each place one, the topmost first.
    cells: HashMap<(i64, i64), Vec<(usize, BoardRect)>>,
}

impl Stack {
    fn slip_under(&mut self, at: usize, rect: BoardRect) {
        let whole =
            [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(|number| number.round() as i64);
        if let Some(&same) = self.same.get(&whole) {
            self.above.insert(at, same);
            return;
        }
        self.same.insert(whole, at);
        // What hides so much of it lies over its middle.
        let cell = cell_of(rect.center());
        let hides = |other: &BoardRect| rect.shared_area(*other) >= HIDDEN * rect.area();
        let over = self.cells.get(&cell).into_iter().flatten();
        let over = over
            .clone()
            .find(|(_, other)| hides(other))
            .map(|(other, _)| *other);
        self.above.insert(at, over.unwrap_or(at));
        let ((left, top), (right, bottom)) = (cell_of(rect.min), cell_of(rect.max));
        for x in left..=right {
            for y in top..=bottom {
                self.cells.entry((x, y)).or_default().push((at, rect));
            }
        }
    }

    fn top_of(&mut self, at: usize) -> usize {
        let mut top = at;
        while let Some(&above) = self.above.get(&top).filter(|above| **above != top) {
            top = above;
        }
        // The next one who asks has a shorter way.
        let mut below = at;
        while below != top {
            below = self.above.insert(below, top).unwrap_or(top);
        }
        top
    }
}

fn cell_of(point: BoardPoint) -> (i64, i64) {
    (
        (point.x / CELL).floor() as i64,
        (point.y / CELL).floor() as i64,
    )
}

/// What lies on the board without the pile.
struct Table<'a> {
    clusters: HashMap<&'a ClusterId, Vec<BoardRect>>,
    others: Vec<BoardRect>,
}

impl<'a> Table<'a> {
    fn of(others: &[&'a Lying]) -> Self {
        let mut table = Self {
            clusters: HashMap::new(),
            others: Vec::new(),
        };
        for one in others {
            match &one.cluster {
                Some(cluster) => table.clusters.entry(cluster).or_default().push(one.rect),
                None => table.others.push(one.rect),
            }
        }
        table
    }

    /// The topmost note stays where the pile is.
    fn lay_in_cluster(
        &mut self,
        cluster: &'a ClusterId,
        rect: BoardRect,
        stays: bool,
    ) -> BoardPoint {
        let notes = self.clusters.entry(cluster).or_default();
        let place = if stays {
            rect.min
        } else {
            next_place(notes, rect.size(), rect.min).rounded()
        };
        notes.push(BoardRect::at(place, rect.size()));
        place
    }

    fn rows(&self, notes: &[BoardRect]) -> Vec<BoardPoint> {
        let Some(spot) = notes.last().map(|top| top.min) else {
            return Vec::new();
        };
        let sizes: Vec<Size> = notes.iter().map(|rect| rect.size()).collect();
        let places = grid(&sizes, BoardPoint::default());
        let block = places
            .iter()
            .zip(&sizes)
            .map(|(&at, &size)| BoardRect::at(at, size));
        let block = BoardRect::around(block).map_or(Size::default(), BoardRect::size);
        let frames = self
            .clusters
            .values()
            .map(|notes| cluster_frame(notes.iter().copied(), spot));
        let taken: Vec<BoardRect> = frames.chain(self.others.iter().copied()).collect();
        let is_free = |rect: BoardRect| taken.iter().all(|other| !other.overlaps(rect));
        let corner =
            free_block(spot, block, is_free).unwrap_or_else(|| free_place_at(spot, &taken, block));
        places
            .into_iter()
            .map(|place| corner + (place - BoardPoint::default()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::NOTE_WIDTH;
    use proptest::prelude::*;

    fn rect(x: f64, y: f64, height: f64) -> BoardRect {
        BoardRect::at(BoardPoint::new(x, y), Size::new(NOTE_WIDTH, height))
    }

    fn lying(rects: &[BoardRect], cluster: impl Fn(usize) -> Option<ClusterId>) -> Vec<Lying> {
        let one = |(at, &rect): (usize, &BoardRect)| Lying {
            thing: Thing::Note(name(at)),
            rect,
            cluster: cluster(at),
        };
        rects.iter().enumerate().map(one).collect()
    }

    fn name(at: usize) -> NoteId {
        NoteId::from(format!("n{at}").as_str())
    }

    fn names(pile: &[usize]) -> Vec<NoteId> {
        pile.iter().copied().map(name).collect()
    }

    /// The notes when a pile of them has been spread.
    fn after(rects: &[BoardRect], laid: &[(NoteId, BoardPoint)]) -> Vec<BoardRect> {
        let places: HashMap<&NoteId, BoardPoint> = laid.iter().map(|(id, at)| (id, *at)).collect();
        let moved = |(at, rect): (usize, &BoardRect)| {
            let place = places.get(&name(at)).copied();
            BoardRect::at(place.unwrap_or(rect.min), rect.size())
        };
        rects.iter().enumerate().map(moved).collect()
    }

    fn overlap(rects: &[BoardRect]) -> bool {
        let meets =
            |(at, one): (usize, &BoardRect)| rects[..at].iter().any(|other| other.overlaps(*one));
        rects.iter().enumerate().any(meets)
    }

    #[test]
    fn forty_notes_on_one_spot_are_one_pile_of_forty() {
        let mut notes = vec![rect(-900.0, 0.0, 124.0)];
        notes.extend((0..40).map(|_| rect(100.0, 100.0, 124.0)));
        assert_eq!(piles(&notes), [(1..=40).collect::<Vec<_>>()]);
        let laid = spread_out(&lying(&notes, |_| None), &names(&piles(&notes)[0]));
        let after = after(&notes, &laid);
        assert!(!overlap(&after) && piles(&after).is_empty());
        assert_eq!(after[0], notes[0]);
        assert_eq!(
            after[1].min, notes[1].min,
            "there was room: the first row begins where the pile was"
        );
    }

    #[test]
    fn a_note_behind_a_taller_one_is_in_its_pile_and_one_before_it_is_not() {
        let (tall, short) = (rect(0.0, 0.0, 500.0), rect(4.0, 200.0, 124.0));
        assert_eq!(piles(&[short, tall]), [vec![0, 1]]);
        assert_eq!(piles(&[tall, short]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn papers_that_show_a_corner_are_no_pile() {
        let fan: Vec<BoardRect> = (0..9)
            .map(|at| rect(28.0 * f64::from(at), 28.0 * f64::from(at), 124.0))
            .collect();
        assert!(piles(&fan).is_empty());
    }

    #[test]
    fn a_pile_that_slid_a_little_is_still_one() {
        let slid: Vec<BoardRect> = (0..12)
            .map(|at| rect(7.0 * f64::from(at), 3.0 * f64::from(at), 124.0))
            .collect();
        assert_eq!(piles(&slid), [(0..12).collect::<Vec<_>>()]);
    }

    #[test]
    fn the_notes_of_a_cluster_stay_in_it_and_the_topmost_where_it_is() {
        let cluster = |at: usize| (at < 5).then(|| ClusterId::from("x"));
        let mut notes = vec![rect(0.0, 0.0, 124.0); 4];
        notes.push(rect(200.0, 0.0, 124.0));
        notes.push(rect(2.0, 0.0, 124.0));
        let pile = &piles(&notes)[0];
        assert_eq!(pile, &[0, 1, 2, 3, 5]);
        let laid = spread_out(&lying(&notes, cluster), &names(pile));
        let after = after(&notes, &laid);
        assert_eq!(after[3], notes[3]);
        assert_eq!(after[4], notes[4]);
        assert!(!overlap(&after));
        let frame = cluster_frame(after[..5].iter().copied(), BoardPoint::default());
        assert!(
            !frame.overlaps(after[5]),
            "the one that is in no cluster is out of the frame"
        );
    }

    #[test]
    fn on_a_full_table_the_pile_finds_room_below() {
        let full = (0..3_600).map(|at| {
            rect(
                f64::from(at % 60) * 190.0 - 5_700.0,
                f64::from(at / 60) * 130.0 - 3_900.0,
                124.0,
            )
        });
        let mut notes: Vec<BoardRect> = full.collect();
        notes.extend((0..20).map(|_| rect(0.0, 0.0, 124.0)));
        let pile: Vec<usize> = (3_600..3_620).collect();
        let after = after(&notes, &spread_out(&lying(&notes, |_| None), &names(&pile)));
        let laid = &after[3_600..];
        assert!(!overlap(laid));
        assert!(
            laid.iter()
                .all(|one| notes[..3_600].iter().all(|other| !other.overlaps(*one)))
        );
    }

    #[test]
    fn ten_thousand_notes_on_one_spot_and_places_that_are_none_break_nothing() {
        let mut notes = vec![rect(5.0, 5.0, 124.0); 10_000];
        notes.push(rect(f64::NAN, f64::INFINITY, 1e300));
        notes.push(rect(1e7, -1e7, 2.2e6));
        assert_eq!(piles(&notes), [(0..10_000).collect::<Vec<_>>()]);
        assert!(piles(&[]).is_empty() && spread_out(&[], &names(&[1])).is_empty());
    }

    proptest! {
        #[test]
        fn a_note_is_in_a_pile_exactly_when_it_hides_or_is_hidden(
            spots in proptest::collection::vec((0..6u8, -20.0..20.0f64, -20.0..20.0f64, 124.0..400.0f64), 1..40),
        ) {
            let place = |(spot, x, y, height): (u8, f64, f64, f64)| rect(f64::from(spot) * 190.0 + x, y, height);
            let notes: Vec<BoardRect> = spots.into_iter().map(place).collect();
            let mut in_piles = piles(&notes).concat();
            in_piles.sort_unstable();
            prop_assert!(in_piles.windows(2).all(|two| two[0] < two[1]));
            let hides = |over: usize, under: usize| {
                over > under && notes[under].shared_area(notes[over]) >= HIDDEN * notes[under].area()
            };
            for at in 0..notes.len() {
                let is_hidden = (0..notes.len()).any(|other| hides(other, at));
                if is_hidden {
                    prop_assert!(in_piles.binary_search(&at).is_ok(), "{at} is hidden and in no pile");
                }
                if in_piles.binary_search(&at).is_ok() {
                    prop_assert!(is_hidden || (0..notes.len()).any(|other| hides(at, other)));
                }
            }
        }

        #[test]
        fn spread_notes_lie_on_nothing(
            others in proptest::collection::vec((-1e3..1e3f64, -1e3..1e3f64, 124.0..300.0f64), 0..20),
            heights in proptest::collection::vec(124.0..300.0f64, 2..20),
        ) {
            let mut notes: Vec<BoardRect> = others.iter().map(|&(x, y, height)| rect(x, y, height)).collect();
            let count = notes.len();
            notes.extend(heights.iter().map(|&height| rect(0.0, 0.0, height)));
            let pile: Vec<usize> = (count..notes.len()).collect();
            let laid = spread_out(&lying(&notes, |_| None), &names(&pile));
            prop_assert_eq!(laid.len(), pile.len());
            let after = after(&notes, &laid);
            prop_assert_eq!(&after[..count], &notes[..count]);
            prop_assert!(!overlap(&after[count..]));
            for one in &after[count..] {
                prop_assert!(notes[..count].iter().all(|other| !other.overlaps(*one)));
            }
        }
    }
}
