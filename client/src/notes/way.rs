//! What goes aside for a cluster that grows, in the same step as what makes it grow: on the desk and on a phone alike.

use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::{
    board::Change,
    geometry::{BoardPoint, BoardRect, BoardVector},
    ids::{ClusterId, NoteId},
    layout::{Body, cluster_frame, give_way},
};

/// Notes in a pile go aside together: those that share so much of their paper.
const ONE_PILE: f64 = 0.5;
/// So far from what grows nothing has to go aside for it, board units.
const REACH: f64 = 2_400.0;

/// A cluster as it is going to be.
pub(crate) struct Growing<'a> {
    /// Which; `None`: one that is being made.
    pub(crate) cluster: Option<&'a ClusterId>,
    /// Its frame as it was.
    pub(crate) before: Option<BoardRect>,
    /// Its frame as it will be.
    pub(crate) frame: BoardRect,
    /// Notes whose places are known: they are in it, or come into it.
    pub(crate) besides: &'a [NoteId],
}

/// What goes aside, and where to.
#[derive(Default)]
pub(crate) struct Way {
    notes: Vec<(NoteId, BoardPoint)>,
    clusters: Vec<(ClusterId, BoardPoint)>,
}

/// Something that goes aside as one.
struct Thing {
    body: Body,
    notes: Vec<NoteId>,
    cluster: Option<ClusterId>,
}

impl Way {
    /// What has to go aside for this; what lay over the frame before stays there.
    pub(crate) fn of(replica: Replica, growing: &Growing<'_>) -> Self {
        let lay_over = |rect: BoardRect| growing.before.is_some_and(|before| before.overlaps(rect));
        let mut things = clusters_beside(replica, growing);
        things.extend(loose_beside(replica, growing));
        things.retain(|thing| !lay_over(thing.body.rect));
        let bodies: Vec<Body> = things.iter().map(|thing| thing.body).collect();
        let mut way = Self::default();
        for (thing, by) in things.into_iter().zip(give_way(growing.frame, &bodies)) {
            if by.length() > 0.5 {
                way.takes(replica, thing, by);
            }
        }
        way
    }

    fn takes(&mut self, replica: Replica, thing: Thing, by: BoardVector) {
        let state = replica.state;
        let notes = thing.notes.into_iter().filter_map(|id| {
            let pos = state.note(&id)?.note.with_untracked(|note| note.pos);
            Some((id, pos + by))
        });
        self.notes.extend(notes);
        let shape = thing.cluster.and_then(|id| Some((state.cluster(&id)?, id)));
        if let Some((shape, id)) = shape {
            let pos = shape.with_untracked(|shape| shape.cluster.pos);
            self.clusters.push((id, pos + by));
        }
    }

    /// Whether nothing goes aside.
    pub(crate) fn is_empty(&self) -> bool {
        self.notes.is_empty() && self.clusters.is_empty()
    }

    /// Moves it.
    pub(crate) fn make(&self, change: &mut Change<'_>) {
        for (note, to) in &self.notes {
            change.move_note(note, *to);
        }
        for (cluster, to) in &self.clusters {
            change.move_cluster(cluster, *to);
        }
    }
}

fn clusters_beside(replica: Replica, growing: &Growing<'_>) -> Vec<Thing> {
    let state = replica.state;
    let near = growing.frame.grown(REACH);
    let mut found = Vec::new();
    for id in state.clusters.get_untracked() {
        let Some(shape) = state.cluster(&id).filter(|_| Some(&id) != growing.cluster) else {
            continue;
        };
        let shape = shape.get_untracked();
        let notes: Vec<NoteId> = shape
            .notes
            .iter()
            .filter(|note| !growing.besides.contains(note))
            .cloned()
            .collect();
        if notes.is_empty() && !shape.notes.is_empty() {
            continue; // all of it comes into the one that grows
        }
        let rect = if notes.len() == shape.notes.len() {
            shape.frame
        } else {
            let rects = notes.iter().filter_map(|note| state.rect_of(note));
            cluster_frame(rects, shape.cluster.pos)
        };
        if rect.overlaps(near) {
            let is_fixed = !untrack(|| replica.is_unlocked(&id));
            found.push(Thing {
                body: Body { rect, is_fixed },
                notes,
                cluster: Some(id),
            });
        }
    }
    found
}

/// Notes in no cluster, those of a pile as one.
fn loose_beside(replica: Replica, growing: &Growing<'_>) -> Vec<Thing> {
    let state = replica.state;
    let mut found: Vec<Thing> = Vec::new();
    for id in state.notes_in(growing.frame.grown(REACH)) {
        let is_loose = |id: &NoteId| {
            let note = state.note(id);
            note.is_some_and(|note| note.note.with_untracked(|note| note.cluster.is_none()))
        };
        let Some(rect) = state.rect_of(&id) else {
            continue;
        };
        if growing.besides.contains(&id) || !is_loose(&id) {
            continue;
        }
        let is_of_pile = |thing: &&mut Thing| {
            let other = thing.body.rect;
            other.shared_area(rect) > ONE_PILE * other.area().min(rect.area())
        };
        if let Some(pile) = found.iter_mut().find(is_of_pile) {
            pile.body.rect = pile.body.rect.union(rect);
            pile.notes.push(id);
        } else {
            found.push(Thing {
                body: Body {
                    rect,
                    is_fixed: false,
                },
                notes: vec![id],
                cluster: None,
            });
        }
    }
    found
}

/// What goes aside when these notes lie in a cluster as well, each with its rectangle; `without`: notes that are in it
/// and lie elsewhere afterwards, or are not in it any more.
pub(crate) fn way_for(
    replica: Replica,
    cluster: &ClusterId,
    added: &[BoardRect],
    without: &[NoteId],
) -> Way {
    let Some(shape) = replica.state.cluster(cluster) else {
        return Way::default();
    };
    let shape = shape.get_untracked();
    if shape.cluster.is_collapsed {
        return Way::default(); // a stack does not grow
    }
    let stay = shape.notes.iter().filter(|note| !without.contains(note));
    let rects = stay.filter_map(|note| replica.state.rect_of(note));
    let frame = cluster_frame(rects.chain(added.iter().copied()), shape.cluster.pos);
    let besides: Vec<NoteId> = shape.notes.iter().chain(without).cloned().collect();
    Way::of(
        replica,
        &Growing {
            cluster: Some(cluster),
            before: Some(shape.frame),
            frame,
            besides: &besides,
        },
    )
}

/// What goes aside for a stack that is spread out.
pub(crate) fn way_for_spread(replica: Replica, cluster: &ClusterId) -> Way {
    let Some(shape) = replica.state.cluster(cluster) else {
        return Way::default();
    };
    let shape = shape.get_untracked();
    let rects = shape
        .notes
        .iter()
        .filter_map(|note| replica.state.rect_of(note));
    let growing = Growing {
        cluster: Some(cluster),
        before: Some(shape.frame),
        frame: cluster_frame(rects, shape.cluster.pos),
        besides: &shape.notes,
    };
    Way::of(replica, &growing)
}

/// The frame of the cluster that a note is in.
pub(crate) fn frame_around(replica: Replica, note: &NoteId) -> Option<BoardRect> {
    let note = replica.state.note(note)?.note;
    let cluster = note.with_untracked(|note| note.cluster.clone())?;
    let shape = replica.state.cluster(&cluster)?;
    Some(shape.with_untracked(|shape| shape.frame))
}

/// What goes aside for a note that has grown while somebody wrote in it, as part of the step that wrote.
pub(crate) fn make_way_for(replica: Replica, note: &NoteId, before: Option<BoardRect>) {
    let state = replica.state;
    let signals = state.note(note);
    let cluster = signals.and_then(|note| note.note.with_untracked(|note| note.cluster.clone()));
    let shape = cluster.as_ref().and_then(|cluster| state.cluster(cluster));
    let (Some(cluster), Some(shape), Some(before)) = (&cluster, shape, before) else {
        return;
    };
    let shape = shape.get_untracked();
    if shape.frame == before || !untrack(|| replica.may_write()) {
        return;
    }
    let growing = Growing {
        cluster: Some(cluster),
        before: Some(before),
        frame: shape.frame,
        besides: &shape.notes,
    };
    let way = Way::of(replica, &growing);
    if !way.is_empty() {
        replica.change(|change| way.make(change));
    }
}
