//! The whole of a board: where most of it lies, what lies far away from there, and where that is laid when somebody
//! fetches it.

use super::{bulk_of, cluster_frame, free_place, next_place};
use crate::{
    geometry::{BoardPoint, BoardRect, BoardVector},
    ids::{ClusterId, ImageId, NoteId},
};
use std::collections::HashMap;

/// Something that lies on a board.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A note.
    Note(NoteId),
    /// A cluster without notes; one that has some is where they are.
    Cluster(ClusterId),
    /// A picture.
    Image(ImageId),
}

/// A thing and where it lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Lying {
    /// The note, cluster or picture.
    pub thing: Thing,
    /// Where it lies, in board units.
    pub rect: BoardRect,
    /// Of a note: the cluster that it belongs to.
    pub cluster: Option<ClusterId>,
}

/// Things that lie together, far from the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Faraway {
    /// What lies together there.
    pub things: Vec<Thing>,
    /// Around them.
    pub around: BoardRect,
}

/// A board as one looks at all of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whole {
    /// Around most of it; `None` of an empty board.
    pub around: Option<BoardRect>,
    /// What lies far from there, the nearest first.
    pub far: Vec<Faraway>,
}

impl Whole {
    /// How these things lie together.
    pub fn of(lying: &[Lying]) -> Self {
        let framed = framed(lying);
        let Some(bulk) = bulk_of(&framed) else {
            return Self::default();
        };
        let far = bulk.far.into_iter().filter_map(|island| {
            Some(Faraway {
                around: BoardRect::around(island.iter().map(|&at| framed[at]))?,
                things: island.iter().map(|&at| lying[at].thing.clone()).collect(),
            })
        });
        Self {
            around: Some(bulk.around),
            far: far.collect(),
        }
    }

    /// How many things are far away, and whether all of them are notes.
    pub fn far_count(&self) -> (usize, bool) {
        let things = || self.far.iter().flat_map(|island| &island.things);
        let are_notes = things().all(|thing| matches!(thing, Thing::Note(_)));
        (things().count(), are_notes)
    }
}

/// Where to lay what is far away so that it lies with the others, of what `may` be moved: a note of a cluster that is
/// at home goes back into it; what lies together stays together; nothing comes to lie on anything.
pub fn fetched(lying: &[Lying], may: impl Fn(&Lying) -> bool) -> Vec<(Thing, BoardPoint)> {
    let framed = framed(lying);
    let far = bulk_of(&framed).map_or_else(Vec::new, |bulk| bulk.far);
    let mut home = Home::without(&far, lying);
    let mut laid = Vec::new();
    // First those of clusters at home: their frames grow, and what comes after must find room beside them.
    let mut blocks = Vec::with_capacity(far.len());
    for island in far {
        let (strays, together): (Vec<usize>, Vec<usize>) = island
            .into_iter()
            .filter(|&at| may(&lying[at]))
            .partition(|&at| home.has_cluster_of(&lying[at]));
        for at in strays {
            let one = &lying[at];
            let place = home.lay_in_cluster(one);
            laid.extend(place.map(|place| (one.thing.clone(), place)));
        }
        blocks.push(together);
    }
    for together in blocks {
        let Some(block) = BoardRect::around(together.iter().map(|&at| framed[at])) else {
            continue;
        };
        let by = home.lay(block);
        let moved = together.into_iter().map(|at| {
            let Lying { thing, rect, .. } = &lying[at];
            (thing.clone(), rect.min + by)
        });
        laid.extend(moved);
    }
    laid
}

/// A note of a cluster takes as much room as the cluster's frame around it.
fn framed(lying: &[Lying]) -> Vec<BoardRect> {
    let framed = |one: &Lying| match one.cluster {
        Some(_) => cluster_frame([one.rect], one.rect.min),
        None => one.rect,
    };
    lying.iter().map(framed).collect()
}

/// What lies where most of the board lies.
struct Home {
    /// The notes of each cluster that has some here.
    clusters: HashMap<ClusterId, Vec<BoardRect>>,
    /// Notes in no cluster, and what was fetched.
    loose: Vec<BoardRect>,
    /// Pictures, and clusters without notes.
    others: Vec<BoardRect>,
}

impl Home {
    fn without(far: &[Vec<usize>], lying: &[Lying]) -> Self {
        let mut is_far = vec![false; lying.len()];
        far.iter().flatten().for_each(|&at| is_far[at] = true);
        let mut home = Self {
            clusters: HashMap::new(),
            loose: Vec::new(),
            others: Vec::new(),
        };
        for (one, _) in lying.iter().zip(is_far).filter(|(_, is_far)| !is_far) {
            match (&one.thing, &one.cluster) {
                (Thing::Note(_), Some(cluster)) => home.notes_of(cluster).push(one.rect),
                (Thing::Note(_), None) => home.loose.push(one.rect),
                (Thing::Cluster(_) | Thing::Image(_), _) => home.others.push(one.rect),
            }
        }
        home
    }

    fn notes_of(&mut self, cluster: &ClusterId) -> &mut Vec<BoardRect> {
        self.clusters.entry(cluster.clone()).or_default()
    }

    fn has_cluster_of(&self, one: &Lying) -> bool {
        let cluster = one.cluster.as_ref();
        cluster.is_some_and(|cluster| self.clusters.contains_key(cluster))
    }

    fn lay_in_cluster(&mut self, one: &Lying) -> Option<BoardPoint> {
        let notes = self.notes_of(one.cluster.as_ref()?);
        let place = next_place(notes, one.rect.size(), one.rect.min).rounded();
        notes.push(BoardRect::at(place, one.rect.size()));
        Some(place)
    }

    /// Lays a block where it finds room; gives the way there.
    fn lay(&mut self, block: BoardRect) -> BoardVector {
        let frames = self.clusters.values();
        let frames =
            frames.map(|notes| cluster_frame(notes.iter().copied(), BoardPoint::default()));
        let frames: Vec<BoardRect> = frames.chain(self.others.iter().copied()).collect();
        let place = free_place(&frames, &self.loose, block.size());
        self.loose.push(BoardRect::at(place, block.size()));
        place - block.min
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{geometry::Size, layout::NOTE_WIDTH};
    use proptest::prelude::*;

    const FAR: f64 = 3e6;

    fn note(id: &str, x: f64, y: f64) -> Lying {
        Lying {
            thing: Thing::Note(id.into()),
            rect: BoardRect::at(BoardPoint::new(x, y), Size::new(NOTE_WIDTH, 124.0)),
            cluster: None,
        }
    }

    fn of(cluster: &str, note: Lying) -> Lying {
        Lying {
            cluster: Some(cluster.into()),
            ..note
        }
    }

    fn home() -> Vec<Lying> {
        vec![
            note("a", 0.0, 0.0),
            note("b", 200.0, 0.0),
            of("x", note("c", 0.0, 400.0)),
            of("x", note("d", 200.0, 400.0)),
        ]
    }

    /// The board when all that may be fetched has been.
    fn after(lying: &[Lying], may: impl Fn(&Lying) -> bool) -> Vec<Lying> {
        let laid: HashMap<Thing, BoardPoint> = fetched(lying, may).into_iter().collect();
        let moved = lying.iter().map(|one| {
            let place = laid.get(&one.thing).copied().unwrap_or(one.rect.min);
            Lying {
                rect: BoardRect::at(place, one.rect.size()),
                ..one.clone()
            }
        });
        moved.collect()
    }

    fn rect_of(lying: &[Lying], id: &str) -> BoardRect {
        let thing = Thing::Note(id.into());
        lying.iter().find(|one| one.thing == thing).unwrap().rect
    }

    #[test]
    fn an_empty_board_is_nowhere() {
        assert_eq!(Whole::of(&[]), Whole::default());
        assert_eq!(fetched(&[], |_| true), []);
    }

    #[test]
    fn a_stray_is_told_and_fetched_to_a_free_place_with_the_others() {
        let mut board = home();
        board.push(note("stray", FAR, FAR));
        let whole = Whole::of(&board);
        assert_eq!(whole.far_count(), (1, true));
        assert_eq!(whole.around, Whole::of(&home()).around);
        let board = after(&board, |_| true);
        assert_eq!(Whole::of(&board).far, []);
        let stray = rect_of(&board, "stray");
        assert!(board[..4].iter().all(|one| !one.rect.overlaps(stray)));
        assert_eq!(board[..4], home()[..], "nothing else was moved");
    }

    #[test]
    fn a_note_far_from_its_cluster_goes_back_into_it() {
        let mut board = home();
        board.push(of("x", note("stray", FAR, 0.0)));
        let board = after(&board, |_| true);
        let notes = board[2..].iter().map(|one| one.rect);
        let frame = cluster_frame(notes, BoardPoint::default());
        assert!(frame.width() < 1_000.0 && frame.height() < 1_000.0);
        assert!(
            board[..4]
                .iter()
                .all(|one| !one.rect.overlaps(rect_of(&board, "stray")))
        );
    }

    #[test]
    fn a_cluster_is_fetched_whole_and_keeps_its_pattern() {
        let mut board = home();
        board.extend([
            of("y", note("e", -FAR, 0.0)),
            of("y", note("f", 300.0 - FAR, 90.0)),
        ]);
        let board = after(&board, |_| true);
        let (e, f) = (rect_of(&board, "e"), rect_of(&board, "f"));
        assert_eq!(f.min - e.min, BoardVector::new(300.0, 90.0));
        let frame = |notes: &[Lying]| {
            cluster_frame(notes.iter().map(|one| one.rect), BoardPoint::default())
        };
        assert!(!frame(&board[4..]).overlaps(frame(&board[2..4])));
        assert!(
            board[..2]
                .iter()
                .all(|one| !one.rect.overlaps(frame(&board[4..])))
        );
    }

    #[test]
    fn pictures_and_clusters_without_notes_are_things_too() {
        let mut board = home();
        let frame = cluster_frame([], BoardPoint::new(0.0, -FAR));
        board.push(Lying {
            thing: Thing::Cluster("z".into()),
            rect: frame,
            cluster: None,
        });
        board.push(Lying {
            thing: Thing::Image("i".into()),
            rect: BoardRect::at(BoardPoint::new(FAR, FAR), Size::new(800.0, 600.0)),
            cluster: None,
        });
        assert_eq!(Whole::of(&board).far_count(), (2, false));
        let board = after(&board, |_| true);
        assert_eq!(Whole::of(&board).far, []);
        assert!(!board[4].rect.overlaps(board[5].rect));
    }

    #[test]
    fn what_may_not_be_moved_stays_where_it_is() {
        let mut board = home();
        board.extend([of("x", note("e", FAR, 0.0)), note("f", FAR, 500.0)]);
        let after = after(&board, |one| one.cluster != Some("x".into()));
        assert_eq!(rect_of(&after, "e"), rect_of(&board, "e"));
        assert_ne!(rect_of(&after, "f"), rect_of(&board, "f"));
    }

    proptest! {
        #[test]
        fn whatever_is_fetched_lies_on_nothing_and_near_the_others(
            here in proptest::collection::vec((0.0..3e3f64, 0.0..3e3f64, 0..4u8), 3..20),
            strays in proptest::collection::vec((1e5..9e6f64, 0.0..6.2f64, 0..4u8), 1..6),
        ) {
            let cluster = |number: u8| (number > 0).then(|| format!("c{number}").as_str().into());
            let mut board: Vec<Lying> = here
                .into_iter()
                .enumerate()
                .map(|(at, (x, y, number))| Lying { cluster: cluster(number), ..note(&format!("h{at}"), x.round(), y.round()) })
                .collect();
            let count = board.len();
            board.extend(strays.into_iter().enumerate().map(|(at, (far, turn, number))| Lying {
                cluster: cluster(number),
                ..note(&format!("s{at}"), (far * turn.cos()).round(), (far * turn.sin()).round())
            }));
            let after = after(&board, |_| true);
            prop_assert_eq!(Whole::of(&after).far_count().0, 0);
            prop_assert_eq!(&after[..count], &board[..count]);
            for (at, one) in after.iter().enumerate().skip(count) {
                let own = |other: &Lying| one.cluster.is_none() || other.cluster == one.cluster;
                for other in after[..at].iter().filter(|other| own(other)) {
                    prop_assert!(!one.rect.overlaps(other.rect), "{:?} on {:?}", one, other);
                }
            }
        }
    }
}
