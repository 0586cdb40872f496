//! What a drop makes of the notes that are dropped.

use super::BoardSight;
use samtavle_shared::{
    geometry::{BoardPoint, BoardRect},
    ids::{ClusterId, NoteId},
};

/// What a drop makes.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Drop {
    /// They lie elsewhere, and that is all.
    #[default]
    Move,
    /// They leave the cluster that they were in.
    Leave,
    /// They join this cluster, or stay in it.
    Join(ClusterId),
    /// They and this free note become a cluster.
    Pair(NoteId),
    /// The cluster that is dropped goes together with this one, if the person says so.
    Merge(ClusterId),
}

/// So much of the smaller of two notes must be covered before dropping one on the other means «these
/// belong together»: less happens by accident on a full board.
const BELONG_SHARE: f64 = 0.4;

impl Drop {
    /// What dropping a whole cluster makes: the hand says where.
    pub(super) fn of_cluster(
        cluster: &ClusterId,
        pointer: BoardPoint,
        sight: &impl BoardSight,
    ) -> Self {
        let other = sight.other_cluster_at(pointer, cluster);
        other.map_or(Self::Move, Self::Merge)
    }

    /// What dropping `notes` makes: `grabbed` is the one under the pointer and `rect` where it would
    /// lie.
    pub(super) fn of(
        notes: &[NoteId],
        grabbed: &NoteId,
        rect: BoardRect,
        pointer: BoardPoint,
        sight: &impl BoardSight,
    ) -> Self {
        // Either the hand or, for a single note, its middle is in a frame.
        let middle = (notes.len() == 1).then(|| rect.center());
        let frame = sight
            .cluster_at(pointer)
            .or_else(|| sight.cluster_at(middle?));
        if let Some(cluster) = frame {
            return Self::Join(cluster);
        }
        let under = sight.notes_in(rect).into_iter().rev().find(|note| {
            !notes.contains(note)
                && note != grabbed
                && sight.cluster_of(note).is_none()
                && sight.rect_of(note).is_some_and(|other| belong(rect, other))
        });
        match under {
            Some(note) => Self::Pair(note),
            None if notes.iter().any(|note| sight.cluster_of(note).is_some()) => Self::Leave,
            None => Self::Move,
        }
    }
}

fn belong(one: BoardRect, other: BoardRect) -> bool {
    one.shared_area(other) >= BELONG_SHARE * one.area().min(other.area())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::scene::Scene;
    use samtavle_shared::geometry::BoardVector;

    fn drop_of(scene: &Scene, note: &str, by: (f64, f64)) -> Drop {
        let id = NoteId::from(note);
        let rect = scene
            .rect_of(&id)
            .unwrap()
            .moved(BoardVector::new(by.0, by.1));
        Drop::of(std::slice::from_ref(&id), &id, rect, rect.center(), scene)
    }

    #[test]
    fn a_note_laid_on_a_free_note_makes_a_cluster_of_both() {
        let scene = Scene::new().note("a", 0.0, 0.0).note("b", 400.0, 0.0);
        assert_eq!(drop_of(&scene, "a", (380.0, 10.0)), Drop::Pair("b".into()));
    }

    #[test]
    fn a_corner_on_a_corner_is_only_a_move() {
        let scene = Scene::new().note("a", 0.0, 0.0).note("b", 400.0, 0.0);
        assert_eq!(drop_of(&scene, "a", (270.0, 60.0)), Drop::Move);
    }

    #[test]
    fn a_cluster_dropped_on_another_is_asked_about() {
        let scene = Scene::new()
            .note("a", 0.0, 0.0)
            .note("b", 1000.0, 0.0)
            .cluster("k", &["a"])
            .cluster("l", &["b"]);
        let drop = |x| Drop::of_cluster(&"k".into(), BoardPoint::new(x, 20.0), &scene);
        assert_eq!(drop(1010.0), Drop::Merge("l".into()));
        assert_eq!(drop(10.0), Drop::Move, "over itself");
    }

    #[test]
    fn in_a_frame_it_joins_and_outside_it_leaves() {
        let scene = Scene::new()
            .note("a", 0.0, 0.0)
            .note("b", 1000.0, 0.0)
            .cluster("k", &["b"]);
        assert_eq!(drop_of(&scene, "a", (990.0, 30.0)), Drop::Join("k".into()));
        assert_eq!(
            drop_of(&scene, "b", (5.0, 5.0)),
            Drop::Join("k".into()),
            "a nudge inside stays"
        );
        assert_eq!(drop_of(&scene, "b", (0.0, 600.0)), Drop::Leave);
    }
}
