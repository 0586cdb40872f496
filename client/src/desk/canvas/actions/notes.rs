//! Posting, copying, changing and deleting notes.

use super::{Deleted, Lying};
use crate::desk::{DeskState, Editing};
use crate::notes::{
    clusters::{places_in, room_for},
    way::{Way, way_for},
};
use crate::replica::Replica;
use crate::session::{
    post::{PileIsFull, block_of, catch, is_on_paper, own_area, place_for, post_at, signed},
    silent_desk::{write_lines, write_silently},
};
use crate::tools::free_place;
use leptos::prelude::*;
use samtavle_shared::{
    board::{NewNote, NoteKind},
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    ids::{ClusterId, NoteId},
    layout::{NOTE_WIDTH, grid, note_size},
};

/// A copy lies so far from what it is a copy of, board units.
const COPY_ASIDE: BoardVector = BoardVector::new(28.0, 28.0);

impl DeskState {
    /// Posts an empty note with its middle here, selects it and begins to write. In a cluster's frame
    /// it joins the cluster. No kind: the one used last. `None` in silence: then one writes for oneself.
    pub fn add_note(self, kind: Option<NoteKind>, middle: BoardPoint) -> Option<NoteId> {
        if let Some(kind) = kind {
            self.last_kind.set(kind);
        }
        if is_on_paper(self.replica) {
            write_silently(self.replica, kind);
            return None;
        }
        let kind = kind.unwrap_or_else(|| self.last_kind.get_untracked());
        let size = note_size("");
        let corner = middle - BoardVector::new(size.width / 2.0, size.height / 2.0);
        let cluster = self.replica.state.cluster_at(middle);
        let cluster = cluster.filter(|cluster| untrack(|| self.replica.is_unlocked(cluster)));
        let pos = match &cluster {
            Some(cluster) => self.place_in(cluster, corner, size, &[]),
            None => self.place_on_table(corner, size),
        };
        let id = Replica::new_note_id();
        let note = NewNote::new(id.clone(), kind, pos, "", self.replica.written_at());
        let note = signed(self.replica, note);
        let rect = BoardRect::at(pos, size);
        let way = cluster
            .as_ref()
            .map(|cluster| way_for(self.replica, cluster, &[rect], &[]));
        self.step(|change| {
            if let Some(way) = &way {
                way.make(change);
            }
            change.add_note(note);
            if let Some(cluster) = &cluster {
                change.join_cluster(&id, cluster);
            }
        });
        self.replica.mark_mine(&id);
        self.select(vec![id.clone()]);
        self.come_near(BoardRect::at(pos, size));
        self.early.set_value(String::new());
        self.editing.set(Some(Editing::Note(id.clone())));
        self.fresh.set_value(Some(id.clone()));
        Some(id)
    }

    /// The same by a key: where the pointer is, or in my group's area if the pointer is elsewhere.
    pub fn add_note_by_key(self, kind: Option<NoteKind>) -> Option<NoteId> {
        let size = note_size("");
        let middle = self.own_place(size).map_or_else(
            || self.pointer_in_view(),
            |corner| corner + BoardVector::new(size.width / 2.0, size.height / 2.0),
        );
        self.add_note(kind, middle)
    }

    /// A free place in my group's area, unless I point into it.
    fn own_place(self, size: Size) -> Option<BoardPoint> {
        let area = own_area(self.replica)?;
        let points_into_it = area.contains(self.pointer_in_view());
        (!points_into_it).then(|| place_for(self.replica, size))
    }

    /// Posts a note for each text, in a grid where they were dropped, else near the pointer; gives how many.
    /// Dropped into a cluster they join it. In silence they are drafts.
    pub fn add_notes(self, texts: &[String], at: Option<BoardPoint>) -> Result<usize, PileIsFull> {
        let kind = self.last_kind.get_untracked();
        if is_on_paper(self.replica) {
            write_lines(self.replica, kind, texts)?;
            return Ok(0);
        }
        let sizes: Vec<Size> = texts.iter().map(|text| note_size(text)).collect();
        let cluster = at.and_then(|at| self.replica.state.cluster_at(at));
        let cluster = cluster.filter(|cluster| untrack(|| self.replica.is_unlocked(cluster)));
        let places = match &cluster {
            Some(cluster) => self.places_in_cluster(cluster, &sizes),
            None => self.places_around(&sizes, at),
        };
        let rects: Vec<BoardRect> = places
            .iter()
            .zip(&sizes)
            .map(|(&place, &size)| BoardRect::at(place, size))
            .collect();
        let way = cluster.as_ref().map_or_else(Way::default, |cluster| {
            way_for(self.replica, cluster, &rects, &[])
        });
        let ids = post_at(self.replica, kind, texts, &places, cluster.as_ref(), &way);
        if let Some(around) = BoardRect::around(rects) {
            self.reveal(around);
        }
        self.select(ids);
        Ok(texts.len())
    }

    /// A grid around this point, or near the pointer, or in my group's area.
    fn places_around(self, sizes: &[Size], at: Option<BoardPoint>) -> Vec<BoardPoint> {
        let block = block_of(sizes);
        let near = |point: BoardPoint| {
            point - BoardVector::new(NOTE_WIDTH / 2.0, block.height.min(124.0) / 2.0)
        };
        let corner = match at {
            Some(at) => near(at),
            None => self
                .own_place(block)
                .unwrap_or_else(|| near(self.pointer_in_view())),
        };
        grid(sizes, room_for(self.replica, corner, block, &[]))
    }

    fn places_in_cluster(self, cluster: &ClusterId, sizes: &[Size]) -> Vec<BoardPoint> {
        match self.shape(cluster) {
            Some(shape) => places_in(self.replica, &shape, sizes),
            None => grid(sizes, self.pointer_in_view()),
        }
    }

    /// Once the note that was added last is written, the solution catcher looks at it.
    pub fn follow_writing(self) {
        Effect::new(move |before: Option<Option<Editing>>| {
            let now = self.editing.get();
            let before = before.flatten();
            if let Some(Editing::Note(id)) = &before
                && now != before
                && self.fresh.get_value().as_ref() == Some(id)
            {
                self.fresh.set_value(None);
                if let Some(note) = self.replica.state.note(id) {
                    let note = note.note.get_untracked();
                    catch(self.replica, id, note.kind, &note.text);
                }
            }
            now
        });
    }

    /// Makes a copy of each selected note and selects the copies.
    pub fn duplicate_selected(self) {
        let lying = self.lying(&self.chosen());
        let Some(around) = BoardRect::around(lying.iter().map(|lying| lying.rect)) else {
            return;
        };
        // Several keep their pattern; the whole of it goes aside.
        let corners = self.corners_near(around.min);
        let aside = free_place(around.min + COPY_ASIDE, &corners) - around.min;
        let rects: Vec<BoardRect> = lying.iter().map(|lying| lying.rect).collect();
        let at = self.replica.written_at();
        let copies: Vec<(NewNote, Option<ClusterId>)> = lying
            .into_iter()
            .map(|Lying { note, .. }| {
                let id = Replica::new_note_id();
                let kind = known(note.kind);
                let pos = note.pos + aside;
                let copy = NewNote::new(id, kind, pos, note.text, at);
                // Nobody speaks in another's voice: a copy of theirs speaks in none.
                let is_mine = untrack(|| self.replica.is_mine(&note.id));
                let copy = if is_mine {
                    signed(self.replica, copy)
                } else {
                    copy
                };
                (copy, note.cluster)
            })
            .collect();
        let ids: Vec<NoteId> = copies.iter().map(|(note, _)| note.id.clone()).collect();
        // Copies of notes of one cluster make it grow.
        let one = copies.first().and_then(|(_, cluster)| cluster.clone());
        let one = one.filter(|one| {
            copies
                .iter()
                .all(|(_, cluster)| cluster.as_ref() == Some(one))
        });
        let way = one.map_or_else(Way::default, |cluster| {
            let rects: Vec<BoardRect> = rects.into_iter().map(|rect| rect.moved(aside)).collect();
            way_for(self.replica, &cluster, &rects, &[])
        });
        self.step(|change| {
            way.make(change);
            for (note, cluster) in copies {
                let id = note.id.clone();
                change.add_note(note);
                if let Some(cluster) = &cluster {
                    change.join_cluster(&id, cluster);
                }
            }
        });
        for id in &ids {
            self.replica.mark_mine(id);
        }
        self.select(ids);
    }

    /// Makes the selected notes of this kind.
    pub fn set_kind_of_selected(self, kind: NoteKind) {
        let notes = self.selection.get_untracked().notes;
        self.last_kind.set(kind);
        self.step(|change| notes.iter().for_each(|note| change.set_kind(note, kind)));
    }

    /// Deletes the selected notes.
    pub fn delete_selected(self) -> Deleted {
        let notes = self.selection.get_untracked().notes;
        self.editing.set(None);
        let at = self.replica.written_at();
        let step = self.step(|change| notes.iter().for_each(|note| change.delete_note(note, at)));
        self.select(Vec::new());
        let notes = notes.len();
        Deleted { notes, step }
    }
}

/// A kind that can be written: a copy of a note of an unknown kind is a problem until somebody says
/// otherwise.
fn known(kind: NoteKind) -> NoteKind {
    if kind == NoteKind::Other {
        NoteKind::Problem
    } else {
        kind
    }
}
