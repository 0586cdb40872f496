//! What is local to one phone: which page is in view, which note is open. None of it is in the
//! document.

use super::led::Led;
use crate::{notes::Answering, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::BoardRect,
    ids::{ClusterId, NoteId},
};

/// A page of the phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    /// Compose, my notes, the others'.
    #[default]
    Write,
    /// The clusters, or one of them.
    Clusters,
    /// The whole board.
    Board,
    /// What a facilitator does.
    Lead,
}

impl Tab {
    /// Its name in styles.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Clusters => "clusters",
            Self::Board => "board",
            Self::Lead => "lead",
        }
    }
}

/// Where notes are: in a cluster, or in none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// In this one.
    Cluster(ClusterId),
    /// In none.
    Loose,
}

/// A note that was tapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OpenNote {
    pub(super) note: NoteId,
    pub(super) is_written: bool,
}

/// One phone's own state. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct PhoneState {
    /// The board.
    pub(super) replica: Replica,
    /// The page in view.
    pub(super) tab: RwSignal<Tab>,
    /// The cluster in view on the page of clusters; none: their list.
    pub(super) place: RwSignal<Option<Place>>,
    /// The note that was tapped.
    pub(super) open_note: RwSignal<Option<OpenNote>>,
    /// The note for which a cluster is being chosen.
    pub(super) moving: RwSignal<Option<NoteId>>,
    /// The cluster that is being merged, split or laid in a stack.
    pub(super) arranging: RwSignal<Option<ClusterId>>,
    /// The note that is being linked to another.
    pub(super) connecting: RwSignal<Option<NoteId>>,
    /// What is being written for another note.
    pub(super) answering: RwSignal<Option<Answering>>,
    /// Whether the menu is open.
    pub(super) menu: RwSignal<bool>,
    /// Whether a moment's card is out of view, above what is read or written.
    pub(super) is_card_above: RwSignal<bool>,
    /// A part of the board that is to be looked at in its picture.
    pub(super) goal: RwSignal<Option<BoardRect>>,
    /// How it stands with following a facilitator.
    pub(super) led: Led,
    /// Whether what is read aloud stands out of view, above what is read or written.
    pub(super) is_spotlit_above: RwSignal<bool>,
    /// The part of the board that its picture shows, as it was left; none: all of it.
    pub(super) seen: StoredValue<Option<BoardRect>>,
}

impl PhoneState {
    pub(super) fn new(replica: Replica) -> Self {
        Self {
            replica,
            tab: RwSignal::new(Tab::default()),
            place: RwSignal::new(None),
            open_note: RwSignal::new(None),
            moving: RwSignal::new(None),
            arranging: RwSignal::new(None),
            connecting: RwSignal::new(None),
            answering: RwSignal::new(None),
            menu: RwSignal::new(false),
            is_card_above: RwSignal::new(false),
            goal: RwSignal::new(None),
            led: Led::new(),
            is_spotlit_above: RwSignal::new(false),
            seen: StoredValue::new(None),
        }
    }

    /// Shows a page; pressing the page in view goes to its beginning.
    pub(super) fn go_to(self, tab: Tab) {
        self.open_note.set(None);
        if tab == self.tab.get_untracked() {
            self.place.set(None);
        } else {
            self.tab.set(tab);
        }
    }

    /// Shows a cluster's notes, or those that are in none.
    pub(super) fn open(self, place: Place) {
        self.open_note.set(None);
        self.place.set(Some(place));
        self.tab.set(Tab::Clusters);
    }
}
