//! What is selected, and bringing it into view.

use super::super::{Clear, clear_of_bars};
use crate::desk::{DeskState, Selection, insets::Insets};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardRect, ScreenVector},
    ids::NoteId,
    layout::note_size,
};

impl DeskState {
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
        let mut notes = untrack(|| self.replica.state.note_ids());
        notes.retain(|note| !self.replica.state.is_stacked(note));
        self.select(self.in_reading_order(notes));
    }

    /// The selected notes, or those of the selected cluster.
    pub fn chosen(self) -> Vec<NoteId> {
        let selection = self.selection.get_untracked();
        match selection.cluster.and_then(|cluster| self.shape(&cluster)) {
            Some(shape) => shape.notes,
            None => selection.notes,
        }
    }

    /// The part of the view that neither bars nor panels cover now, measured.
    pub(in crate::desk) fn clear_now(self) -> Clear {
        let view = self.view.get_untracked();
        let insets = Insets::now(view);
        let bars = clear_of_bars(view, 0.0);
        Clear {
            left: bars.left.max(insets.left),
            right: bars.right.min(view.width - insets.right),
            bottom: bars.bottom.min(view.height - insets.bottom),
            top: bars.top,
        }
    }

    /// Moves the view as little as needed to show this part clear of the bars.
    pub fn reveal(self, part: BoardRect) {
        let camera = self.camera.get_untracked();
        let (min, max) = (
            camera.screen_from_board(part.min),
            camera.screen_from_board(part.max),
        );
        let clear = self.clear_now();
        let go = |from: f64, to: f64, low: f64, high: f64| {
            if to - from > high - low || from < low {
                low - from
            } else if to > high {
                high - to
            } else {
                0.0
            }
        };
        let way = ScreenVector::new(
            go(min.x, max.x, clear.left, clear.right),
            go(min.y, max.y, clear.top, clear.bottom),
        );
        if way.length() > 0.5 {
            self.camera.set(camera.panned(way));
        }
    }

    /// Comes so near that one can write there, and shows it.
    pub(in crate::desk::canvas) fn come_near(self, part: BoardRect) {
        const READABLE: f64 = 0.6;
        let camera = self.camera.get_untracked();
        if camera.scale() < READABLE {
            let at = camera.screen_from_board(part.center());
            self.camera.set(camera.zoomed(1.0 / camera.scale(), at));
        }
        self.reveal(part);
    }

    /// Rows from the top, in a row from the left.
    pub(in crate::desk::canvas) fn in_reading_order(self, notes: Vec<NoteId>) -> Vec<NoteId> {
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
}
