//! What the wall shows where: read from the board, laid out by `shared::layout`, dealt to pages. What takes more than
//! one is shown by turns: an overview, cards, digests ([`super::programme`]).

use super::{
    contents::{Content, contents},
    page::{Page, named},
    programme::{ByTurns, filling, sum},
    room::Room,
};
use crate::{
    i18n::{Locale, use_i18n},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::NoteId,
    layout::{Opening, WallArea, WallArrangement, WallRegion, wall_page_after},
};
use std::{collections::HashSet, sync::Arc, time::Duration};

/// When many post at once, the picture is made anew this often: it should not flicker.
const NOT_SOONER_THAN: Duration = Duration::from_millis(250);
/// A picture of thousands of notes takes long to make: it rests so many times as long, so that what moves on the
/// wall moves evenly.
const RESTS: f64 = 8.0;

/// Which notes there are in a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Every note of the board.
    All,
    /// Those that were just revealed, whatever cluster they are in.
    Revealed,
    /// Those of the cluster that is spotlit.
    Spotlit,
    /// Those that the facilitator sees: the rectangle to which all were called last.
    Followed,
    /// What is voted on: notes, or clusters with their counts alone.
    Voted,
}

/// The picture, as signals. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Picture {
    room: Room,
    pages: RwSignal<Vec<Arc<Page>>>,
    known: StoredValue<Option<HashSet<NoteId>>>,
    fresh: StoredValue<HashSet<NoteId>>,
    arrangement: StoredValue<WallArrangement>,
    by_turns: StoredValue<ByTurns>,
    /// From what it was made, so that nothing is laid out again for what is not seen on it.
    made_of: StoredValue<Option<(Vec<Content>, WallArea)>>,
    /// How long that took, milliseconds.
    took: StoredValue<f64>,
    /// Which notes are in it.
    pub(super) shown: Shown,
    /// What stands above it, 1/1080 of the screen's height.
    head: f64,
}

impl Picture {
    /// The picture of a board; it follows the board, the room and the language.
    pub(super) fn of(replica: Replica, room: Room, shown: Shown) -> Self {
        Self::below(replica, room, shown, 0.0)
    }

    /// The same below something so high, 1/1080 of the screen's height.
    pub(super) fn below(replica: Replica, room: Room, shown: Shown, head: f64) -> Self {
        let picture = Self {
            room,
            pages: RwSignal::new(Vec::new()),
            known: StoredValue::new(None),
            fresh: StoredValue::new(HashSet::new()),
            arrangement: StoredValue::new(WallArrangement::default()),
            by_turns: StoredValue::new(ByTurns::opening_with(match shown {
                Shown::All => Opening::Overview,
                _ => Opening::Cards,
            })),
            made_of: StoredValue::new(None),
            took: StoredValue::new(0.0),
            shown,
            head,
        };
        let i18n = use_i18n();
        let due = StoredValue::new(None::<TimeoutHandle>);
        let session = replica.session;
        let seen = session.part(move |view| match shown {
            Shown::All | Shown::Spotlit => (Vec::new(), None, None),
            Shown::Revealed => (view.revealed.clone(), None, None),
            Shown::Followed => (Vec::new(), view.gather.map(|gather| gather.count), None),
            Shown::Voted => (Vec::new(), None, view.round.as_ref().map(|round| round.id)),
        });
        let look = Memo::new(move |_| session.look.get().filter(|_| shown == Shown::Followed));
        let voices = session.part(|view| (view.voices.clone(), view.showing));
        let about = Memo::new(move |_| (seen.get(), look.get()));
        // Somewhere else, or something else: it is not the next page of what was shown.
        Effect::new(move |before: Option<()>| {
            about.track();
            if before.is_some() {
                picture.by_turns.update_value(|turns| turns.end(room));
            }
        });
        Effect::new(move || {
            replica.state.moved.track();
            replica.state.clusters.track();
            about.track();
            voices.track();
            room.area();
            room.track_turns();
            let locale = i18n.get_locale();
            if due.with_value(Option::is_none) {
                let draw = move || {
                    // The scene may be gone: a timer that is about to run cannot always be stopped.
                    if due.try_update_value(Option::take).is_none() {
                        return;
                    }
                    let began = Replica::now_ms();
                    untrack(|| picture.draw(replica, locale));
                    picture.took.set_value(Replica::now_ms() - began);
                };
                let is_first = picture.pages.with_untracked(Vec::is_empty);
                let has_turned = picture.by_turns.with_value(|turns| turns.is_due(room));
                let wait = if is_first || has_turned {
                    Duration::ZERO
                } else {
                    let rest = picture.took.get_value() * RESTS;
                    NOT_SOONER_THAN.max(Duration::from_millis(rest.max(0.0) as u64))
                };
                due.set_value(set_timeout_with_handle(draw, wait).ok());
            }
        });
        on_cleanup(move || {
            if let Some(due) = due.try_update_value(Option::take).flatten() {
                due.clear();
            }
        });
        picture
    }

    /// The page in view.
    pub(super) fn page(self) -> Arc<Page> {
        self.pages
            .read()
            .get(self.room.page())
            .cloned()
            .unwrap_or_default()
    }

    /// How large it is, pixels.
    pub(super) fn size(self) -> (f64, f64) {
        let area = self.area();
        (area.width, area.height)
    }

    fn area(self) -> WallArea {
        let area = self.room.area();
        WallArea {
            height: (area.height - self.head * area.unit).max(0.0),
            ..area
        }
    }

    /// Counts the pages that were in view.
    pub(super) fn page_number(self) -> usize {
        self.room.turned()
    }

    /// Whether this note has come since the wall was last drawn and was not seen yet: it may be seen to land, once.
    pub(super) fn has_just_come(self, note: &NoteId) -> bool {
        self.fresh.try_update_value(|fresh| fresh.remove(note)) == Some(true)
    }

    fn draw(self, replica: Replica, locale: Locale) {
        let contents = contents(replica, locale, self.shown);
        let area = self.area();
        let is_as_before = self.made_of.with_value(|made_of| {
            made_of
                .as_ref()
                .is_some_and(|(made_of, of_area)| *of_area == area && *made_of == contents)
        });
        let has_turned = self.by_turns.with_value(|turns| turns.is_due(self.room));
        if is_as_before && !has_turned {
            return;
        }
        let ids: HashSet<NoteId> = contents
            .iter()
            .flat_map(|content| content.notes.iter().map(|note| note.id.clone()))
            .collect();
        self.fresh
            .set_value(self.known.with_value(|known| match known {
                Some(known) => ids.difference(known).cloned().collect(),
                None => HashSet::new(), // what was there before the wall was hung up does not land
            }));
        if replica.state.is_open.get_untracked() {
            self.known.set_value(Some(ids));
        }
        let pages = self.pages_of(replica, locale, &contents, area);
        self.made_of.set_value(Some((contents, area)));
        self.room.has_pages(pages.len());
        if self.pages.with_untracked(|now| *now != pages) {
            self.pages.set(pages);
        }
    }

    /// All pages; of what is shown by turns the one whose turn it is.
    fn pages_of(
        self,
        replica: Replica,
        locale: Locale,
        contents: &[Content],
        area: WallArea,
    ) -> Vec<Arc<Page>> {
        let regions: Vec<WallRegion<'_>> = contents.iter().map(Content::region).collect();
        let before = self.arrangement.get_value();
        if regions.is_empty() || area.width < 1.0 || area.height < 1.0 {
            return Vec::new();
        }
        // Clusters to be voted on: there are no notes for which room is to be left.
        if contents.iter().all(|content| content.is_summed)
            && let Some(page) = filling(contents.iter().map(sum).collect(), area)
        {
            self.by_turns.update_value(|turns| turns.end(self.room));
            return vec![Arc::new(page)];
        }
        if let Some((page, after)) = wall_page_after(&before, &regions, area) {
            self.arrangement.set_value(after);
            self.by_turns.update_value(|turns| turns.end(self.room));
            return vec![Arc::new(named(page, contents))];
        }
        let mut page = Page::default();
        self.by_turns.update_value(|turns| {
            page = turns.page(replica, locale, self.room, contents, area);
        });
        vec![Arc::new(page)]
    }
}
