//! What the wall shows where: read from the board, laid out by `shared::layout`, dealt to pages.

use super::{board::said_by, room::Room};
use crate::parts::words::listed;
use crate::{
    i18n::{Locale, use_i18n},
    notes::more_line,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Note, NoteKind},
    geometry::BoardRect,
    ids::{ClusterId, NoteId},
    layout::{
        WallArea, WallArrangement, WallNote, WallRect, WallRegion, measure, wall_pages_after,
    },
    session::{Item, Scene, Showing},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

/// When many post at once, the picture is made anew this often: it should not flicker.
const NOT_SOONER_THAN: Duration = Duration::from_millis(250);
/// A picture of thousands of notes takes long to make: it rests so many times as long, so that what moves on the
/// wall moves evenly.
const RESTS: f64 = 8.0;

/// Which notes there are in a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// All.
    All,
    /// Those that were just revealed, whatever cluster they are in.
    Revealed,
    /// Those of the cluster that is spotlit.
    Spotlit,
    /// Those that the facilitator sees: the rectangle to which all were called last.
    Followed,
}

/// A page with everything's name and place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    /// Size of the notes' letters, pixels.
    pub(super) font: f64,
    /// In their order.
    pub(super) regions: Vec<Region>,
    /// By note, from the corner of its region.
    pub(super) places: HashMap<NoteId, WallRect>,
}

/// A cluster on a page; `None` holds the notes that are in none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Region {
    pub(super) cluster: Option<ClusterId>,
    pub(super) title: String,
    /// Its letters, em of the notes'.
    pub(super) title_em: f64,
    /// How many notes are in it, here and on other pages.
    pub(super) count: usize,
    /// How many voices stand behind it; 0 where they are not shown.
    pub(super) voices: usize,
    pub(super) frame: WallRect,
    pub(super) notes: Vec<NoteId>,
}

/// The picture, as signals. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Picture {
    room: Room,
    pages: RwSignal<Vec<Arc<Page>>>,
    known: StoredValue<Option<HashSet<NoteId>>>,
    fresh: StoredValue<HashSet<NoteId>>,
    arrangement: StoredValue<WallArrangement>,
    /// From what it was made, so that nothing is laid out again for what is not seen on it.
    made_of: StoredValue<Option<(Vec<Content>, WallArea)>>,
    /// How long that took, milliseconds.
    took: StoredValue<f64>,
    /// Which notes are in it.
    pub(super) shown: Shown,
}

impl Picture {
    /// The picture of a board; it follows the board, the room and the language.
    pub(super) fn of(replica: Replica, room: Room, shown: Shown) -> Self {
        let picture = Self {
            room,
            pages: RwSignal::new(Vec::new()),
            known: StoredValue::new(None),
            fresh: StoredValue::new(HashSet::new()),
            arrangement: StoredValue::new(WallArrangement::default()),
            made_of: StoredValue::new(None),
            took: StoredValue::new(0.0),
            shown,
        };
        let i18n = use_i18n();
        let due = StoredValue::new(None::<TimeoutHandle>);
        let session = replica.session;
        let seen = session.part(move |view| match shown {
            Shown::All | Shown::Spotlit => (Vec::new(), None),
            Shown::Revealed => (view.revealed.clone(), None),
            Shown::Followed => (Vec::new(), view.gather.map(|gather| gather.count)),
        });
        let look = Memo::new(move |_| session.look.get().filter(|_| shown == Shown::Followed));
        let voices = session.part(|view| (view.voices.clone(), view.showing));
        Effect::new(move || {
            replica.state.moved.track();
            replica.state.clusters.track();
            seen.track();
            look.track();
            voices.track();
            room.area();
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
                let wait = if is_first {
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

    /// Its number, from 0.
    pub(super) fn page_number(self) -> usize {
        self.room.page()
    }

    /// Whether this note has come since the wall was last drawn and was not seen yet: it may be seen to land, once.
    pub(super) fn has_just_come(self, note: &NoteId) -> bool {
        self.fresh.try_update_value(|fresh| fresh.remove(note)) == Some(true)
    }

    fn draw(self, replica: Replica, locale: Locale) {
        let contents = contents(replica, locale, self.shown);
        let area = self.room.area();
        let is_as_before = self.made_of.with_value(|made_of| {
            made_of
                .as_ref()
                .is_some_and(|(made_of, of_area)| *of_area == area && *made_of == contents)
        });
        if is_as_before {
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
        let regions: Vec<WallRegion<'_>> = contents
            .iter()
            .map(|content| WallRegion {
                name: content.name(),
                title: &content.title,
                title_em: content.title_em,
                notes: content.notes.iter().map(Content::measured).collect(),
            })
            .collect();
        let before = self.arrangement.get_value();
        let (pages, after) = wall_pages_after(&before, &regions, area);
        drop(regions);
        self.arrangement.set_value(after);
        let pages: Vec<Arc<Page>> = pages
            .into_iter()
            .map(|page| Arc::new(named(page, &contents)))
            .collect();
        self.made_of.set_value(Some((contents, area)));
        self.room.has_pages(pages.len());
        if self.pages.with_untracked(|now| *now != pages) {
            self.pages.set(pages);
        }
    }
}

/// A page of places, with what is in them.
fn named(page: samtavle_shared::layout::WallPage, contents: &[Content]) -> Page {
    let mut places = HashMap::new();
    let regions = page.regions.into_iter().map(|placed| {
        let content = &contents[placed.region];
        let notes = placed.notes.iter().map(|note| {
            let id = content.notes[note.note].id.clone();
            let rect = WallRect {
                left: note.rect.left - placed.frame.left,
                top: note.rect.top - placed.frame.top,
                ..note.rect
            };
            places.insert(id.clone(), rect);
            id
        });
        Region {
            cluster: content.cluster.clone(),
            title: content.title.clone(),
            title_em: content.title_em,
            count: content.count,
            voices: content.voices,
            notes: notes.collect(),
            frame: placed.frame,
        }
    });
    let regions = regions.collect();
    Page {
        font: page.font,
        regions,
        places,
    }
}

/// What there is to show, before it has a place.
#[derive(Clone, Debug, PartialEq)]
struct Content {
    cluster: Option<ClusterId>,
    title: String,
    title_em: f64,
    voices: usize,
    /// How many notes are in it, also those that are not shown.
    count: usize,
    notes: Vec<Shaped>,
}

/// A note, as far as it takes room.
#[derive(Clone, Debug, PartialEq)]
struct Shaped {
    id: NoteId,
    text: String,
    foot: String,
    marks: u8,
}

impl Content {
    /// What the layout knows it by.
    fn name(&self) -> &str {
        self.cluster.as_ref().map_or("", |id| id.as_str())
    }

    fn measured(note: &Shaped) -> WallNote<'_> {
        WallNote {
            text: &note.text,
            foot: &note.foot,
            marks: note.marks,
        }
    }
}

/// What stands at a note's foot: whose voice it is; of a broken habit who stops, of a plan who tries it.
pub(super) fn foot_of(replica: Replica, locale: Locale, note: &Note) -> String {
    let parts = [
        Some(said_by(replica, locale, note)).filter(|voice| !voice.is_empty()),
        more_line(locale, note),
    ];
    listed(parts.into_iter().flatten(), " · ")
}

fn shaped(replica: Replica, locale: Locale, note: &Note) -> Shaped {
    // The large round corner of an idea takes as much room as a mark.
    let marks = 1 + u8::from(note.lived) + u8::from(note.kind == NoteKind::Idea);
    Shaped {
        id: note.id.clone(),
        text: note.text.clone(),
        foot: foot_of(replica, locale, note),
        marks,
    }
}

/// What the session says of what is shown.
struct Asked {
    has_voices: bool,
    followed: Option<BoardRect>,
    revealed: HashSet<NoteId>,
    spotlit: Option<ClusterId>,
}

impl Asked {
    fn of(replica: Replica, shown: Shown) -> Self {
        replica.session.shared.with_untracked(|view| {
            let followed = view.gather.filter(|_| shown == Shown::Followed);
            let revealed = if shown == Shown::Revealed {
                view.revealed.iter().cloned().collect()
            } else {
                HashSet::new()
            };
            let spotlit = match &view.scene {
                Some(Scene::Spotlight(Item::Cluster(id))) if shown == Shown::Spotlit => {
                    Some(id.clone())
                }
                _ => None,
            };
            Self {
                has_voices: view.showing != Showing::Anonymous,
                followed: followed_now(replica, followed.map(|gather| gather.rect), shown),
                revealed,
                spotlit,
            }
        })
    }
}

/// What the facilitator sees now, or saw when they called.
fn followed_now(replica: Replica, called: Option<BoardRect>, shown: Shown) -> Option<BoardRect> {
    let look = replica.session.look.get_untracked();
    look.filter(|_| shown == Shown::Followed).or(called)
}

/// The clusters, those of most voices first and then those of most notes: in that order they are laid out
/// anew. Each with its notes in reading order, lived ones first; then the free notes, in the order in which
/// they came, so that a new one pushes none away.
fn contents(replica: Replica, locale: Locale, shown: Shown) -> Vec<Content> {
    use crate::i18n::td_string;
    let state = replica.state;
    let Asked {
        has_voices,
        followed,
        revealed,
        spotlit,
    } = Asked::of(replica, shown);
    let find = |id: &NoteId| {
        let note = state.note(id)?.note.get_untracked();
        (followed.is_none_or(|rect| is_in(replica, rect, id))).then_some(note)
    };
    let content = |cluster: Option<ClusterId>, title: String, notes: Vec<Note>| {
        let (mut notes, others): (Vec<Note>, Vec<Note>) =
            notes.into_iter().partition(|note| note.lived);
        notes.extend(others);
        let mut voices: Vec<_> = notes
            .iter()
            .filter_map(|note| note.voice.as_ref())
            .collect();
        samtavle_shared::sorting::sort_by(&mut voices, Ord::cmp);
        voices.dedup();
        Content {
            cluster,
            title,
            title_em: measure::TITLE,
            voices: if has_voices { voices.len() } else { 0 },
            count: notes.len(),
            notes: notes
                .iter()
                .map(|note| shaped(replica, locale, note))
                .collect(),
        }
    };
    let mut contents: Vec<Content> = Vec::new();
    if shown != Shown::Revealed {
        let clusters = state.clusters.get_untracked().into_iter();
        for id in clusters.filter(|id| spotlit.is_none() || spotlit.as_ref() == Some(id)) {
            let Some(shape) = state.cluster(&id).map(|shape| shape.get_untracked()) else {
                continue;
            };
            let notes: Vec<Note> = shape.notes.iter().filter_map(&find).collect();
            if followed.is_some() && notes.is_empty() {
                continue;
            }
            let title = match shape.cluster.title.trim() {
                "" => td_string!(locale, cluster.untitled),
                title => title,
            };
            let mut content = content(Some(id), title.to_owned(), notes);
            // A stack is its title and how many notes it has, unless it stands there alone.
            if shape.cluster.is_collapsed && shown != Shown::Spotlit {
                content.notes.clear();
            }
            contents.push(content);
        }
    }
    samtavle_shared::sorting::sort_by(&mut contents, |a, b| {
        (b.voices, b.count).cmp(&(a.voices, a.count))
    });
    // What most have seen is largest; where all have seen as much, nothing is.
    let most = contents.first().map_or(0, |content| content.voices);
    if most > 1 && contents.iter().any(|content| content.voices < most) {
        for content in contents.iter_mut().filter(|content| content.voices == most) {
            content.title_em = measure::TITLE_OF_MOST;
        }
    }
    let is_free = |note: &Note| match shown {
        Shown::Revealed => revealed.contains(&note.id),
        Shown::All | Shown::Followed => note.cluster.is_none(),
        Shown::Spotlit => false,
    };
    let mut free: Vec<Note> = state.note_ids().iter().filter_map(&find).collect();
    free.retain(is_free);
    samtavle_shared::sorting::sort_by(&mut free, |a, b| {
        a.at.total_cmp(&b.at).then_with(|| a.id.cmp(&b.id))
    });
    if !free.is_empty() {
        let title = if contents.is_empty() {
            ""
        } else {
            td_string!(locale, cluster.loose)
        };
        contents.push(content(None, title.to_owned(), free));
    }
    contents
}

fn is_in(replica: Replica, rect: BoardRect, id: &NoteId) -> bool {
    let seen = replica.state.rect_of(id);
    seen.is_some_and(|seen| seen.overlaps(rect))
}
