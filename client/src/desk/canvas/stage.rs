//! What the canvas holds: the gesture under way, and what of the board is on the page.

use super::{
    super::DeskState,
    asked::{Asked, Merging},
    far::Far,
    led::Led,
    next_frame::{Pending, Wanted},
    selection_menu::MenuOf,
};
use crate::{
    i18n::I18n,
    notes::Answering,
    parts::notice::Notices,
    tools::{BoardSight, Drop, Gesture, Spot},
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::ItemId,
    geometry::{BoardPoint, BoardRect, BoardVector},
    ids::{ClusterId, ImageId, LinkId, NoteId},
    layout::CLUSTER_TOP,
    paste::Columns,
};
use std::{collections::HashMap, ops::Deref};

/// How the board is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Distance {
    /// Notes are elements: text can be read, written and heard.
    Near,
    /// A picture of tiles.
    Far,
}

/// The canvas's own state. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Stage(&'static StageHandles);

impl Deref for Stage {
    type Target = StageHandles;

    fn deref(&self) -> &StageHandles {
        self.0
    }
}

/// What a [`Stage`] gives to the parts of the canvas.
pub(crate) struct StageHandles {
    pub(crate) desk: DeskState,
    pub(crate) i18n: I18n,
    pub(crate) notices: Notices,
    /// The element that takes pointers and keys.
    pub(crate) root: NodeRef<html::Div>,
    /// How the board is drawn now.
    pub(crate) distance: RwSignal<Distance>,
    /// The notes that are elements.
    pub(crate) shown: RwSignal<Vec<NoteId>>,
    /// How high in the stack each of them lies.
    pub(crate) stack: RwSignal<HashMap<NoteId, usize>>,
    /// Whether the picture of tiles is under the elements.
    pub(crate) has_picture: RwSignal<bool>,
    /// The view is on the move.
    pub(crate) is_moving: RwSignal<bool>,
    /// Notes are off the board.
    pub(crate) is_dragging: RwSignal<bool>,
    /// What a drop here would make.
    pub(crate) drop: RwSignal<Drop>,
    /// The loop being drawn.
    pub(crate) loop_drawn: RwSignal<Vec<BoardPoint>>,
    /// Space is held down: the pointer pans.
    pub(crate) holds_space: RwSignal<bool>,
    /// Shift is held down: the pointer takes more to what is chosen.
    pub(crate) holds_shift: RwSignal<bool>,
    /// Where the menu of what is chosen is open, window pixels.
    pub(super) menu_at: RwSignal<Option<(f64, f64)>>,
    /// Which actions it has.
    pub(super) menu_of: RwSignal<MenuOf>,
    /// The links that are drawn.
    pub(crate) links_in_view: RwSignal<Vec<LinkId>>,
    /// The link that was pressed.
    pub(crate) link: RwSignal<Option<LinkId>>,
    /// The picture that was pressed.
    pub(crate) image: RwSignal<Option<ImageId>>,
    /// How far it is lifted from where it lies.
    pub(crate) image_lift: RwSignal<Option<BoardVector>>,
    /// Where the link begins that is being made.
    pub(crate) connecting: RwSignal<Option<ItemId>>,
    /// Whether a selected note shows more than its words; `None`: as the session has it.
    pub(crate) details: RwSignal<Option<bool>>,
    /// What is being written in a sheet for another note.
    pub(crate) answering: RwSignal<Option<Answering>>,
    /// Notes that were revealed just now, and when in the wave each turns over.
    pub(crate) just_revealed: RwSignal<HashMap<NoteId, usize>>,
    /// The table that was pasted, and is asked about.
    pub(crate) asked_column: RwSignal<Option<Columns>>,
    /// What is to be done with many notes of others, and is asked about.
    pub(crate) asked_deed: RwSignal<Option<Asked>>,
    /// What is asked about a cluster that goes together with another.
    pub(crate) merging: RwSignal<Option<Merging>>,
    /// Where it was dropped, if it was.
    pub(super) dropped_at: StoredValue<Option<BoardPoint>>,
    /// Which pointer was pressed last, and with which button.
    pub(super) pressed: StoredValue<Option<(i32, u16)>>,
    /// How it stands with following what a facilitator sees.
    pub(super) led: Led,
    pub(super) gesture: StoredValue<Gesture, LocalStorage>,
    pub(super) pending: StoredValue<Pending, LocalStorage>,
    pub(super) far: StoredValue<Far, LocalStorage>,
    pub(super) near: StoredValue<Wanted, LocalStorage>,
}

impl Stage {
    pub(crate) fn new(desk: DeskState, i18n: I18n, notices: Notices) -> Self {
        Self(Box::leak(Box::new(StageHandles {
            desk,
            i18n,
            notices,
            root: NodeRef::new(),
            distance: RwSignal::new(Distance::Near),
            shown: RwSignal::new(Vec::new()),
            stack: RwSignal::new(HashMap::new()),
            has_picture: RwSignal::new(false),
            is_moving: RwSignal::new(false),
            is_dragging: RwSignal::new(false),
            drop: RwSignal::new(Drop::Move),
            loop_drawn: RwSignal::new(Vec::new()),
            holds_space: RwSignal::new(false),
            holds_shift: RwSignal::new(false),
            menu_at: RwSignal::new(None),
            menu_of: RwSignal::new(MenuOf::default()),
            links_in_view: RwSignal::new(Vec::new()),
            link: RwSignal::new(None),
            image: RwSignal::new(None),
            image_lift: RwSignal::new(None),
            connecting: RwSignal::new(None),
            details: RwSignal::new(None),
            answering: RwSignal::new(None),
            just_revealed: RwSignal::new(HashMap::new()),
            asked_column: RwSignal::new(None),
            asked_deed: RwSignal::new(None),
            merging: RwSignal::new(None),
            dropped_at: StoredValue::new(None),
            pressed: StoredValue::new(None),
            led: Led::new(),
            gesture: StoredValue::new_local(Gesture::default()),
            pending: StoredValue::new_local(Pending::default()),
            far: StoredValue::new_local(Far::default()),
            near: StoredValue::new_local(Wanted::default()),
        })))
    }

    /// Puts the focus on a note, or on the canvas when it is no element just now.
    pub(crate) fn focus_note(self, note: &NoteId) {
        self.focus_on(&["[data-note=\"", note.as_str(), "\"]"].concat());
    }

    /// Puts the focus on what this selector finds, or on the canvas.
    pub(super) fn focus_on(self, selector: &str) {
        let Some(root) = self.root.get_untracked() else {
            return;
        };
        let element = root.query_selector(selector).ok().flatten();
        let element = element.and_then(|element| {
            wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element).ok()
        });
        let _ = element.map_or_else(|| root.focus(), |element| element.focus());
    }
}

impl BoardSight for Stage {
    fn spot_at(&self, point: BoardPoint) -> Spot {
        let state = self.desk.replica.state;
        if let Some(note) = state.note_at(point) {
            return Spot::Note(note);
        }
        let Some(cluster) = state.cluster_at(point) else {
            return state.image_at(point).map_or(Spot::Table, Spot::Image);
        };
        let top = state
            .cluster(&cluster)
            .map(|shape| shape.with_untracked(|shape| shape.frame.min.y));
        match top {
            Some(top) if point.y < top + CLUSTER_TOP => Spot::Head(cluster),
            _ => Spot::Inside(cluster),
        }
    }

    fn rect_of(&self, note: &NoteId) -> Option<BoardRect> {
        self.desk.replica.state.rect_of(note)
    }

    fn notes_in(&self, part: BoardRect) -> Vec<NoteId> {
        self.desk.replica.state.notes_in(part)
    }

    fn cluster_of(&self, note: &NoteId) -> Option<ClusterId> {
        let signals = self.desk.replica.state.note(note)?;
        signals.note.with_untracked(|note| note.cluster.clone())
    }

    fn notes_of(&self, cluster: &ClusterId) -> Vec<NoteId> {
        let shape = self.desk.replica.state.cluster(cluster);
        shape
            .map(|shape| shape.with_untracked(|shape| shape.notes.clone()))
            .unwrap_or_default()
    }

    fn cluster_at(&self, point: BoardPoint) -> Option<ClusterId> {
        self.desk.replica.state.cluster_at(point)
    }

    fn other_cluster_at(&self, point: BoardPoint, cluster: &ClusterId) -> Option<ClusterId> {
        self.desk.replica.state.other_cluster_at(point, cluster)
    }

    fn selected(&self) -> Vec<NoteId> {
        self.desk
            .selection
            .with_untracked(|selection| selection.notes.clone())
    }

    fn selected_cluster(&self) -> Option<samtavle_shared::ids::ClusterId> {
        self.desk
            .selection
            .with_untracked(|selection| selection.cluster.clone())
    }

    fn chosen_image(&self) -> Option<ImageId> {
        self.image.get_untracked()
    }

    fn may_write(&self) -> bool {
        untrack(|| self.desk.replica.may_write())
    }

    fn is_locked(&self, spot: &Spot) -> bool {
        untrack(|| match spot {
            Spot::Note(note) => !self.desk.replica.may_touch(note),
            Spot::Head(cluster) | Spot::Inside(cluster) => !self.desk.replica.is_unlocked(cluster),
            Spot::Image(_) | Spot::Table => false,
        })
    }

    fn connecting(&self) -> Option<ItemId> {
        self.connecting.get_untracked()
    }
}
