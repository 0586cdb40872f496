//! What a person does on the desk: each is one transaction and one step to take back.

use super::super::{DeskState, Editing, Selection};
use crate::{
    state::ClusterShape,
    tools::{Drop, Dropped, free_block, free_place},
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{NewNote, Note, NoteKind},
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    ids::{ClusterId, NoteId},
    layout::{
        CLUSTER_BOTTOM, CLUSTER_SIDE, CLUSTER_TOP, GAP, NOTE_WIDTH, cluster_frame, grid,
        next_place, note_size,
    },
};

/// How far around a new note we look for notes that it could hide, board units.
const NEIGHBOURHOOD: f64 = 400.0;
/// A copy lies so far from what it is a copy of, board units.
const COPY_ASIDE: BoardVector = BoardVector::new(28.0, 28.0);
/// Raising more notes than this would cost more than it shows.
const MOST_RAISED: usize = 60;

/// A note and where it lies in the document.
#[derive(Clone)]
struct Lying {
    note: Note,
    rect: BoardRect,
}

impl DeskState {
    /// Posts an empty note with its middle here, selects it and begins to write. In a cluster's frame
    /// it joins the cluster. No kind: the one used last.
    pub fn add_note(self, kind: Option<NoteKind>, middle: BoardPoint) -> NoteId {
        let kind = kind.unwrap_or_else(|| self.last_kind.get_untracked());
        self.last_kind.set(kind);
        let size = note_size("");
        let corner = middle - BoardVector::new(size.width / 2.0, size.height / 2.0);
        let cluster = self.replica.state.cluster_at(middle);
        let pos = match &cluster {
            Some(cluster) => self.place_in(cluster, corner, size, &[]),
            None => self.place_on_table(corner, size),
        };
        let id = self.replica.new_note_id();
        let note = NewNote {
            id: id.clone(),
            kind,
            pos,
            text: String::new(),
            at: self.replica.now_ms(),
        };
        self.step(|change| {
            change.add_note(note);
            if let Some(cluster) = &cluster {
                change.join_cluster(&id, cluster);
            }
        });
        self.replica.mark_mine(&id);
        self.select(vec![id.clone()]);
        self.come_near(BoardRect::at(pos, size));
        self.editing.set(Some(Editing::Note(id.clone())));
        id
    }

    /// Posts a note for each line that says something, in a grid near this point; gives how many.
    pub fn add_lines(self, text: &str, near: BoardPoint) -> usize {
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        if lines.is_empty() {
            return 0;
        }
        let kind = self.last_kind.get_untracked();
        let sizes: Vec<Size> = lines.iter().map(|line| note_size(line)).collect();
        let block = block_of(&sizes);
        let corner = near - BoardVector::new(NOTE_WIDTH / 2.0, block.height.min(124.0) / 2.0);
        let places = grid(&sizes, self.room_for(corner, block, &[]));
        let at = self.replica.now_ms();
        let notes: Vec<NewNote> = lines
            .iter()
            .zip(&places)
            .map(|(line, &pos)| NewNote {
                id: self.replica.new_note_id(),
                kind,
                pos: pos.rounded(),
                text: (*line).to_owned(),
                at,
            })
            .collect();
        let ids: Vec<NoteId> = notes.iter().map(|note| note.id.clone()).collect();
        self.step(|change| notes.into_iter().for_each(|note| change.add_note(note)));
        for id in &ids {
            self.replica.mark_mine(id);
        }
        let around = places
            .iter()
            .zip(&sizes)
            .map(|(&pos, &size)| BoardRect::at(pos, size));
        if let Some(around) = BoardRect::around(around) {
            self.reveal(around);
        }
        self.select(ids);
        lines.len()
    }

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
        let places = match drop {
            Drop::Join(cluster) => self.places_in(cluster, &lying, *by),
            _ => lying.iter().map(|lying| lying.rect.min + *by).collect(),
        };
        let empty = cluster
            .as_ref()
            .filter(|_| notes.is_empty())
            .and_then(|id| self.shape(id));
        self.step(|change| {
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
        self.replica.change(|change| {
            for Lying { note, .. } in &lying {
                change.move_note(&note.id, note.pos + by);
            }
        });
    }

    /// Deletes the selected notes, or dissolves the selected cluster; gives how many notes went.
    pub fn delete_selected(self) -> usize {
        let selection = self.selection.get_untracked();
        if let Some(cluster) = selection.cluster {
            self.dissolve(&cluster);
            return 0;
        }
        self.delete_notes(&selection.notes)
    }

    /// Deletes a cluster with its notes; gives how many notes went.
    pub fn delete_cluster(self, id: &ClusterId) -> usize {
        let notes = self.shape(id).map(|shape| shape.notes).unwrap_or_default();
        self.editing.set(None);
        self.step(|change| {
            for note in &notes {
                change.delete_note(note);
            }
            change.dissolve(id);
        });
        self.select(Vec::new());
        notes.len()
    }

    fn delete_notes(self, notes: &[NoteId]) -> usize {
        self.editing.set(None);
        self.step(|change| notes.iter().for_each(|note| change.delete_note(note)));
        self.select(Vec::new());
        notes.len()
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
        let at = self.replica.now_ms();
        let copies: Vec<(NewNote, Option<ClusterId>)> = lying
            .into_iter()
            .map(|Lying { note, .. }| {
                let id = self.replica.new_note_id();
                let kind = known(note.kind);
                (
                    NewNote {
                        id,
                        kind,
                        pos: note.pos + aside,
                        text: note.text,
                        at,
                    },
                    note.cluster,
                )
            })
            .collect();
        let ids: Vec<NoteId> = copies.iter().map(|(note, _)| note.id.clone()).collect();
        self.step(|change| {
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

    /// Makes a cluster of the selected notes, laid out neatly, and begins to name it.
    pub fn cluster_selected(self) -> Option<ClusterId> {
        let notes = self.selection.get_untracked().notes;
        let start = BoardRect::around(self.lying(&notes).iter().map(|lying| lying.rect))?.min;
        self.make_cluster(&self.in_reading_order(notes), start)
    }

    fn make_cluster(self, notes: &[NoteId], start: BoardPoint) -> Option<ClusterId> {
        let lying = self.lying(notes);
        if lying.is_empty() {
            return None;
        }
        let sizes: Vec<Size> = lying.iter().map(|lying| lying.rect.size()).collect();
        // Room for the frame, too.
        let head = BoardVector::new(CLUSTER_SIDE, CLUSTER_TOP);
        let block = block_of(&sizes);
        let frame = Size::new(
            block.width + 2.0 * CLUSTER_SIDE,
            block.height + CLUSTER_TOP + CLUSTER_BOTTOM,
        );
        let corner = self.room_for(start - head, frame, notes);
        let id = self.replica.new_cluster_id();
        self.step(|change| {
            change.add_cluster(&id, "", corner);
            for (lying, place) in lying.iter().zip(grid(&sizes, corner + head)) {
                change.move_note(&lying.note.id, place);
                change.join_cluster(&lying.note.id, &id);
            }
        });
        self.selection.set(Selection {
            notes: Vec::new(),
            cluster: Some(id.clone()),
        });
        self.reveal(BoardRect::at(corner, frame));
        self.editing.set(Some(Editing::Title(id.clone())));
        Some(id)
    }

    /// Takes the selected notes out of their clusters, to beside them; a selected cluster is dissolved.
    pub fn take_out_selected(self) {
        let selection = self.selection.get_untracked();
        if let Some(cluster) = selection.cluster {
            return self.dissolve(&cluster);
        }
        let lying: Vec<Lying> = self
            .lying(&selection.notes)
            .into_iter()
            .filter(|lying| lying.note.cluster.is_some())
            .collect();
        let Some(around) = BoardRect::around(lying.iter().map(|lying| lying.rect)) else {
            return;
        };
        let frames = lying
            .iter()
            .filter_map(|lying| Some(self.shape(lying.note.cluster.as_ref()?)?.frame));
        let beside = BoardRect::around(frames).map_or(around.max.x, |frames| frames.max.x) + GAP;
        let start = BoardPoint::new(beside, around.min.y);
        let ids: Vec<NoteId> = lying.iter().map(|lying| lying.note.id.clone()).collect();
        let by = self.room_for(start, around.size(), &ids) - around.min;
        self.step(|change| {
            for Lying { note, .. } in &lying {
                change.leave_cluster(&note.id);
                change.move_note(&note.id, note.pos + by);
            }
        });
        self.reveal(around.moved(by));
    }

    /// Makes the selected notes of this kind.
    pub fn set_kind_of_selected(self, kind: NoteKind) {
        let notes = self.selection.get_untracked().notes;
        self.last_kind.set(kind);
        self.step(|change| notes.iter().for_each(|note| change.set_kind(note, kind)));
    }

    /// Lays a cluster's notes out in rows, as they are read now.
    pub fn tidy(self, cluster: &ClusterId) {
        let Some(shape) = self.shape(cluster) else {
            return;
        };
        let lying = self.lying(&shape.notes);
        let Some(inside) = BoardRect::around(lying.iter().map(|lying| lying.rect)) else {
            return;
        };
        let sizes: Vec<Size> = lying.iter().map(|lying| lying.rect.size()).collect();
        self.step(|change| {
            for (lying, place) in lying.iter().zip(grid(&sizes, inside.min)) {
                change.move_note(&lying.note.id, place);
            }
        });
    }

    /// Takes a cluster away and leaves its notes where they are, selected.
    pub fn dissolve(self, cluster: &ClusterId) {
        let notes = self
            .shape(cluster)
            .map(|shape| shape.notes)
            .unwrap_or_default();
        self.editing.set(None);
        self.step(|change| change.dissolve(cluster));
        self.select(notes);
    }

    /// Selects these notes and nothing else.
    pub fn select(self, notes: Vec<NoteId>) {
        let selection = Selection {
            notes,
            cluster: None,
        };
        if self.selection.with_untracked(|now| *now != selection) {
            self.selection.set(selection);
        }
    }

    /// Selects all notes.
    pub fn select_all(self) {
        let notes = untrack(|| self.replica.state.note_ids());
        self.select(self.in_reading_order(notes));
    }

    /// Moves the view as little as needed to show this part clear of the bars.
    pub fn reveal(self, part: BoardRect) {
        let view = self.view.get_untracked();
        let camera = self.camera.get_untracked();
        let (min, max) = (
            camera.screen_from_board(part.min),
            camera.screen_from_board(part.max),
        );
        let clear = super::clear_of_bars(view);
        let go = |from: f64, to: f64, low: f64, high: f64| {
            if to - from > high - low || from < low {
                low - from
            } else if to > high {
                high - to
            } else {
                0.0
            }
        };
        let way = samtavle_shared::geometry::ScreenVector::new(
            go(min.x, max.x, clear.left, clear.right),
            go(min.y, max.y, clear.top, clear.bottom),
        );
        if way.length() > 0.5 {
            self.camera.set(camera.panned(way));
        }
    }

    /// Comes so near that one can write there, and shows it.
    fn come_near(self, part: BoardRect) {
        const READABLE: f64 = 0.6;
        let camera = self.camera.get_untracked();
        if camera.scale() < READABLE {
            let at = camera.screen_from_board(part.center());
            self.camera.set(camera.zoomed(1.0 / camera.scale(), at));
        }
        self.reveal(part);
    }

    /// The selected notes, or those of the selected cluster.
    pub fn chosen(self) -> Vec<NoteId> {
        let selection = self.selection.get_untracked();
        match selection.cluster.and_then(|cluster| self.shape(&cluster)) {
            Some(shape) => shape.notes,
            None => selection.notes,
        }
    }

    /// One transaction that is a step of its own.
    fn step<T>(self, gesture: impl FnOnce(&mut samtavle_shared::board::Change<'_>) -> T) -> T {
        self.replica.new_step();
        let result = self.replica.change(gesture);
        self.replica.new_step();
        result
    }

    fn shape(self, cluster: &ClusterId) -> Option<ClusterShape> {
        Some(self.replica.state.cluster(cluster)?.get_untracked())
    }

    fn lying(self, notes: &[NoteId]) -> Vec<Lying> {
        let state = self.replica.state;
        notes
            .iter()
            .filter_map(|id| {
                let note = state.note(id)?.note.get_untracked();
                let rect = BoardRect::at(note.pos, note_size(&note.text));
                Some(Lying { note, rect })
            })
            .collect()
    }

    /// Rows from the top, in a row from the left.
    pub(super) fn in_reading_order(self, notes: Vec<NoteId>) -> Vec<NoteId> {
        let row = |y: f64| (y / (note_size("").height / 2.0)).round() as i64;
        let mut placed: Vec<(i64, i64, NoteId)> = notes
            .into_iter()
            .filter_map(|id| {
                let corner = self.replica.state.rect_of(&id)?.min;
                Some((row(corner.y), corner.x as i64, id))
            })
            .collect();
        samtavle_shared::sorting::sort_by(&mut placed, Ord::cmp);
        placed.into_iter().map(|(.., id)| id).collect()
    }

    fn corners_near(self, corner: BoardPoint) -> Vec<BoardPoint> {
        let state = self.replica.state;
        let part = BoardRect {
            min: corner,
            max: corner,
        }
        .grown(NEIGHBOURHOOD);
        state
            .notes_in(part)
            .iter()
            .filter_map(|id| Some(state.rect_of(id)?.min))
            .collect()
    }

    /// A place for a new note: here, unless it would cover another's text.
    fn place_on_table(self, corner: BoardPoint, size: Size) -> BoardPoint {
        /// A corner over a corner is how paper lies; more is a note that cannot be read.
        const MAY_COVER: f64 = 0.15;
        let state = self.replica.state;
        let rect = BoardRect::at(corner, size);
        let covers = state
            .notes_in(rect)
            .iter()
            .filter_map(|id| state.rect_of(id))
            .any(|other| other.shared_area(rect) > MAY_COVER * rect.area());
        if covers {
            self.room_for(corner, size, &[])
        } else {
            free_place(corner, &self.corners_near(corner))
        }
    }

    /// A place in a cluster for a note of this size: here if it hides none of the cluster's notes.
    fn place_in(
        self,
        cluster: &ClusterId,
        here: BoardPoint,
        size: Size,
        besides: &[NoteId],
    ) -> BoardPoint {
        let Some(shape) = self.shape(cluster) else {
            return here;
        };
        let others: Vec<NoteId> = shape
            .notes
            .into_iter()
            .filter(|id| !besides.contains(id))
            .collect();
        let others: Vec<BoardRect> = self.lying(&others).iter().map(|lying| lying.rect).collect();
        let rect = BoardRect::at(here, size);
        // A frame is around its notes: one laid on the head would only push the head up.
        let frame = cluster_frame(others.iter().copied(), shape.cluster.pos);
        let is_under_head = here.y >= frame.min.y + CLUSTER_TOP - GAP;
        if is_under_head && others.iter().all(|other| !other.overlaps(rect)) {
            return here.rounded();
        }
        next_place(&others, size, shape.cluster.pos)
    }

    /// Where notes that are dropped in a cluster go; several keep their pattern.
    fn places_in(self, cluster: &ClusterId, lying: &[Lying], by: BoardVector) -> Vec<BoardPoint> {
        let dropped: Vec<NoteId> = lying.iter().map(|lying| lying.note.id.clone()).collect();
        if let [one] = lying {
            return vec![self.place_in(cluster, one.rect.min + by, one.rect.size(), &dropped)];
        }
        let Some(around) = BoardRect::around(lying.iter().map(|lying| lying.rect.moved(by))) else {
            return Vec::new();
        };
        let others = self
            .shape(cluster)
            .map(|shape| shape.notes)
            .unwrap_or_default();
        let others: Vec<NoteId> = others
            .into_iter()
            .filter(|id| !dropped.contains(id))
            .collect();
        let others: Vec<BoardRect> = self.lying(&others).iter().map(|lying| lying.rect).collect();
        let hides = |by: BoardVector| {
            lying.iter().any(|lying| {
                others
                    .iter()
                    .any(|other| other.overlaps(lying.rect.moved(by)))
            })
        };
        let by = if hides(by) {
            let corner = free_block(around.min, around.size(), |rect| {
                others.iter().all(|other| !other.overlaps(rect))
            });
            by + (corner - around.min)
        } else {
            by
        };
        lying.iter().map(|lying| lying.rect.min + by).collect()
    }

    /// The nearest corner where a block of this size lies on nothing but these notes.
    fn room_for(self, corner: BoardPoint, size: Size, besides: &[NoteId]) -> BoardPoint {
        let state = self.replica.state;
        let frames: Vec<BoardRect> = state
            .clusters
            .get_untracked()
            .iter()
            .filter_map(|id| self.shape(id))
            .filter(|shape| {
                shape.notes.iter().any(|note| !besides.contains(note)) || shape.notes.is_empty()
            })
            .map(|shape| {
                let others: Vec<NoteId> = shape
                    .notes
                    .into_iter()
                    .filter(|id| !besides.contains(id))
                    .collect();
                cluster_frame(
                    self.lying(&others).iter().map(|lying| lying.rect),
                    shape.cluster.pos,
                )
            })
            .collect();
        free_block(corner, size, |rect| {
            frames.iter().all(|frame| !frame.overlaps(rect))
                && state
                    .notes_in(rect)
                    .iter()
                    .all(|note| besides.contains(note))
        })
    }
}

/// The size of notes in a grid.
fn block_of(sizes: &[Size]) -> Size {
    let places = grid(sizes, BoardPoint::default());
    let rects = places
        .iter()
        .zip(sizes)
        .map(|(&pos, &size)| BoardRect::at(pos, size));
    BoardRect::around(rects).map_or(note_size(""), BoardRect::size)
}

/// From the bottom of the stack to its top, so that raising one after the other keeps their order.
fn in_stack(lying: &[Lying]) -> Vec<NoteId> {
    let mut stack: Vec<&Note> = lying.iter().map(|lying| &lying.note).collect();
    samtavle_shared::sorting::sort_by(&mut stack, |a, b| (&a.order, &a.id).cmp(&(&b.order, &b.id)));
    stack.into_iter().map(|note| note.id.clone()).collect()
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
