//! What is local to one desk: where it looks, what is selected, which tool is in hand. None of it
//! is in the document.

use super::insets::{Corners, Insets};
use crate::{notes::whole::Findings, replica::Replica, tools::Tool};
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    geometry::{BoardPoint, BoardRect, Camera, ScreenPoint, ScreenVector, Size},
    ids::{ClusterId, NoteId},
    layout::most_of,
};
use std::ops::Deref;

/// What is selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Notes, each once.
    pub notes: Vec<NoteId>,
    /// A cluster as a whole.
    pub cluster: Option<ClusterId>,
}

/// What is being written just now.
#[derive(Clone, Debug, PartialEq)]
pub enum Editing {
    /// A note's text.
    Note(NoteId),
    /// A cluster's title.
    Title(ClusterId),
}

/// One desk's own state. Copy it freely; it is in the context of everything on the desk.
#[derive(Clone, Copy)]
pub struct DeskState(&'static DeskHandles);

impl Deref for DeskState {
    type Target = DeskHandles;

    fn deref(&self) -> &DeskHandles {
        self.0
    }
}

/// What a [`DeskState`] gives to views.
pub struct DeskHandles {
    /// The board.
    pub replica: Replica,
    /// Where this desk looks.
    pub camera: RwSignal<Camera>,
    /// The size of the canvas, screen pixels.
    pub view: RwSignal<Size>,
    /// What is selected.
    pub selection: RwSignal<Selection>,
    /// The tool in hand.
    pub tool: RwSignal<Tool>,
    /// What is being written.
    pub editing: RwSignal<Option<Editing>>,
    /// The folded note that is being read whole.
    pub reading: RwSignal<Option<NoteId>>,
    /// Where the pointer last was on the board: where pasted notes land.
    pub pointer: RwSignal<BoardPoint>,
    /// The kind of the note that was posted last: the next one is of the same.
    pub last_kind: RwSignal<NoteKind>,
    /// How much of the view the column at the right covers, screen pixels.
    pub side: RwSignal<f64>,
    /// What lies over the canvas, one by one.
    pub(super) over: RwSignal<Vec<Corners>>,
    /// What was typed before the field was there to take it.
    pub(super) early: StoredValue<String>,
    /// The note that was added last, until it is written.
    pub fresh: StoredValue<Option<NoteId>>,
    /// What lies far away, and what lies on one spot.
    pub(crate) findings: Findings,
}

/// Room around what is fitted, screen pixels: the bars at the rim lie over the canvas.
const FIT_MARGIN: f64 = 96.0;
/// One press on + or −.
const ZOOM_STEP: f64 = 1.25;

impl DeskState {
    /// A desk that looks at the board's origin at 100 %.
    pub fn new(replica: Replica) -> Self {
        // One pointer in each of the many closures; a page has a handful of desks in its life.
        Self(Box::leak(Box::new(DeskHandles {
            replica,
            camera: RwSignal::new(Camera::default()),
            view: RwSignal::new(Size::new(1440.0, 900.0)),
            selection: RwSignal::new(Selection::default()),
            tool: RwSignal::new(Tool::default()),
            editing: RwSignal::new(None),
            reading: RwSignal::new(None),
            pointer: RwSignal::new(BoardPoint::new(640.0, 360.0)),
            last_kind: RwSignal::new(NoteKind::Problem),
            side: RwSignal::new(0.0),
            over: RwSignal::new(Vec::new()),
            early: StoredValue::new(String::new()),
            fresh: StoredValue::new(None),
            findings: Findings::new(),
        })))
    }

    /// Shows all that is on the board, the groups' places too, but for what lies so far away that nothing could be seen of the rest.
    pub fn fit(self) {
        let areas = self.replica.session.shared.with_untracked(|view| {
            let areas: Vec<BoardRect> = view.groups.iter().map(|group| group.group.area).collect();
            BoardRect::around(areas)
        });
        let all = match (self.replica.state.most_of_it(), areas) {
            (Some(notes), Some(areas)) => Some(notes.union(areas)),
            (notes, areas) => notes.or(areas),
        };
        if let Some(all) = all {
            self.look_at(all);
        }
    }

    /// Shows this part of the board.
    pub fn look_at(self, part: BoardRect) {
        self.camera.set(self.looking_at(part));
    }

    /// The view that shows this part beside what covers the canvas.
    pub(super) fn looking_at(self, part: BoardRect) -> Camera {
        self.beside_panels(part, 1.0)
    }

    /// The same, as near as it can be shown whole.
    pub(super) fn filled_by(self, part: BoardRect) -> Camera {
        self.beside_panels(part, f64::INFINITY)
    }

    fn beside_panels(self, part: BoardRect, nearest: f64) -> Camera {
        let view = self.view.get_untracked();
        let insets = Insets::now(view);
        // The margin is room for the bars already.
        let beyond = |reach: f64| (reach - FIT_MARGIN).max(0.0);
        let left = beyond(insets.left);
        let room = Size::new(
            view.width - left - beyond(insets.right),
            view.height - beyond(insets.bottom),
        );
        Camera::filled_by(part, room, FIT_MARGIN, nearest).panned(ScreenVector::new(left, 0.0))
    }

    /// Selects these notes and flies to them.
    pub fn show_notes(self, notes: Vec<NoteId>) {
        let state = self.replica.state;
        let rects = notes.iter().filter_map(|id| state.rect_of(id));
        if let Some(part) = most_of(rects) {
            self.look_at(part);
        }
        self.selection.set(Selection {
            notes,
            cluster: None,
        });
    }

    /// Nearer, around the middle of the view.
    pub fn zoom_in(self) {
        self.zoom_by(ZOOM_STEP);
    }

    /// Farther, around the middle of the view.
    pub fn zoom_out(self) {
        self.zoom_by(1.0 / ZOOM_STEP);
    }

    /// Back to 100 %.
    pub fn zoom_to_whole(self) {
        self.zoom_by(1.0 / self.camera.get_untracked().scale());
    }

    fn zoom_by(self, factor: f64) {
        let view = self.view.get_untracked();
        let middle = ScreenPoint::new(view.width / 2.0, view.height / 2.0);
        self.camera
            .update(|camera| *camera = camera.zoomed(factor, middle));
    }

    /// Where the pointer is on the board, or the middle of the view when it points elsewhere.
    pub fn pointer_in_view(self) -> BoardPoint {
        let visible = self
            .camera
            .get_untracked()
            .visible(self.view.get_untracked());
        let pointer = self.pointer.get_untracked();
        if visible.contains(pointer) {
            pointer
        } else {
            self.middle()
        }
    }

    /// The board point in the middle of the view.
    pub fn middle(self) -> BoardPoint {
        let view = self.view.get_untracked();
        self.camera
            .get_untracked()
            .board_from_screen(ScreenPoint::new(view.width / 2.0, view.height / 2.0))
    }
}
