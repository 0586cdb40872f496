//! Moving notes: laying them down after a drag, and the arrow keys.

use super::Lying;
use crate::{
    desk::DeskState,
    notes::way::{Way, way_for},
    tools::{Drop, Dropped},
};
use samtavle_shared::{
    board::{BoardChange, Change, Note},
    geometry::{BoardPoint, BoardRect, BoardVector},
    ids::{ClusterId, NoteId},
};

/// Raising more notes than this would cost more than it shows.
const MOST_RAISED: usize = 60;

impl DeskState {
    /// Lays dragged notes down; gives the cluster that came of it.
    pub fn lay_down(self, dropped: &Dropped) -> Option<ClusterId> {
        let Dropped {
            notes,
            cluster,
            by,
            drop,
        } = dropped;
        let lying = self.lying(notes);
        if let Drop::Pair(target) = drop {
            let together: Vec<NoteId> = std::iter::once(target.clone())
                .chain(notes.iter().cloned())
                .collect();
            let start = self.lying(std::slice::from_ref(target)).first()?.rect.min;
            return self.make_cluster(&together, start);
        }
        let places: Vec<BoardPoint> = match drop {
            Drop::Join(cluster) => self.places_in(cluster, &lying, *by),
            _ => lying.iter().map(|lying| lying.rect.min + *by).collect(),
        };
        let way = match drop {
            Drop::Join(cluster) => {
                let rects: Vec<BoardRect> = lying
                    .iter()
                    .zip(&places)
                    .map(|(lying, &place)| BoardRect::at(place, lying.rect.size()))
                    .collect();
                way_for(self.replica, cluster, &rects, notes)
            }
            _ => Way::default(),
        };
        let one = alone(&lying).filter(|_| way.is_empty());
        let empty = cluster
            .as_ref()
            .filter(|_| notes.is_empty())
            .and_then(|id| self.shape(id));
        self.step_of(one, |change| {
            way.make(change);
            for (lying, place) in lying.iter().zip(places) {
                let id = &lying.note.id;
                change.move_note(id, place);
                match drop {
                    Drop::Join(cluster) => change.join_cluster(id, cluster),
                    Drop::Leave if lying.note.cluster.is_some() => change.leave_cluster(id),
                    _ => {}
                }
            }
            if let Some(shape) = empty {
                change.move_cluster(&shape.cluster.id, shape.cluster.pos + *by);
            }
            if lying.len() <= MOST_RAISED {
                for id in in_stack(&lying) {
                    change.raise(&id);
                }
            }
        });
        None
    }

    /// Moves what is selected by so much. The keys of a burst are one step.
    pub fn nudge(self, by: BoardVector) {
        let lying = self.lying(&self.chosen());
        let nudge = |change: &mut Change<'_>| {
            for Lying { note, .. } in &lying {
                change.move_note(&note.id, note.pos + by);
            }
        };
        match alone(&lying) {
            Some(note) => self.replica.change_of(&note, nudge),
            None => self.replica.change(nudge),
        }
    }
}

/// The one note of which something is done, if it is one.
fn alone(lying: &[Lying]) -> Option<BoardChange> {
    match lying {
        [one] => Some(BoardChange::Note(one.note.id.clone())),
        _ => None,
    }
}

/// From the bottom of the stack to its top, so that raising one after the other keeps their order.
fn in_stack(lying: &[Lying]) -> Vec<NoteId> {
    let mut stack: Vec<&Note> = lying.iter().map(|lying| &lying.note).collect();
    samtavle_shared::sorting::sort_by(&mut stack, |a, b| (&a.order, &a.id).cmp(&(&b.order, &b.id)));
    stack.into_iter().map(|note| note.id.clone()).collect()
}
