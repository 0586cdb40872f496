//! What the wall shows where: read from the board, laid out by `shared::layout`, dealt to pages.

use crate::{
    i18n::{t_string, use_i18n},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::{ClusterId, NoteId},
    layout::{WallArea, WallRect, WallRegion, wall_pages},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

/// How long one page is seen: time to read eight notes.
const PAGE_STAYS: Duration = Duration::from_secs(12);
/// When many post at once, the picture is made anew this often: it should not flicker.
const NOT_SOONER_THAN: Duration = Duration::from_millis(250);

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
    pub(super) count: usize,
    pub(super) frame: WallRect,
    pub(super) notes: Vec<NoteId>,
}

/// The picture, as signals. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Picture {
    /// Width and height of the stage, pixels; the stage tells.
    pub(super) stage: RwSignal<(f64, f64)>,
    pages: RwSignal<Vec<Arc<Page>>>,
    turn: RwSignal<usize>,
    known: StoredValue<Option<HashSet<NoteId>>>,
    fresh: StoredValue<HashSet<NoteId>>,
}

impl Picture {
    /// The picture of a board; it follows the board, the stage and the language.
    pub(super) fn of(replica: Replica, unit: ReadSignal<f64>) -> Self {
        let picture = Self {
            stage: RwSignal::new((0.0, 0.0)),
            pages: RwSignal::new(Vec::new()),
            turn: RwSignal::new(0),
            known: StoredValue::new(None),
            fresh: StoredValue::new(HashSet::new()),
        };
        let i18n = use_i18n();
        let is_due = StoredValue::new(false);
        Effect::new(move || {
            replica.state.moved.track();
            replica.state.clusters.track();
            picture.stage.track();
            unit.track();
            i18n.get_locale();
            if !is_due.get_value() {
                is_due.set_value(true);
                let draw = move || {
                    is_due.set_value(false);
                    untrack(|| {
                        let loose = t_string!(i18n, cluster.loose);
                        picture.draw(
                            replica,
                            unit.get(),
                            loose,
                            t_string!(i18n, cluster.untitled),
                        );
                    });
                };
                let is_first = picture.pages.with_untracked(Vec::is_empty);
                set_timeout(
                    draw,
                    if is_first {
                        Duration::ZERO
                    } else {
                        NOT_SOONER_THAN
                    },
                );
            }
        });
        if let Ok(turning) = set_interval_with_handle(move || picture.turn_over(), PAGE_STAYS) {
            on_cleanup(move || turning.clear());
        }
        picture
    }

    /// How many pages there are.
    pub(super) fn page_count(self) -> usize {
        self.pages.read().len()
    }

    /// Which page is in view, from 1.
    pub(super) fn page_number(self) -> usize {
        self.turn.get() % self.page_count().max(1) + 1
    }

    /// The page in view.
    pub(super) fn page(self) -> Arc<Page> {
        self.pages
            .read()
            .get(self.page_number() - 1)
            .cloned()
            .unwrap_or_default()
    }

    /// Whether this note has come since the wall was last drawn: it may be seen to land.
    pub(super) fn has_just_come(self, note: &NoteId) -> bool {
        self.fresh.with_value(|fresh| fresh.contains(note))
    }

    fn turn_over(self) {
        if self.pages.with_untracked(|pages| pages.len() > 1) {
            self.turn.update(|turn| *turn = turn.wrapping_add(1));
        }
    }

    fn draw(self, replica: Replica, unit: f64, loose: &str, untitled: &str) {
        let contents = contents(replica, loose, untitled);
        let ids: HashSet<NoteId> = contents
            .iter()
            .flat_map(|content| content.notes.iter().map(|(id, _)| id.clone()))
            .collect();
        self.fresh
            .set_value(self.known.with_value(|known| match known {
                Some(known) => ids.difference(known).cloned().collect(),
                None => HashSet::new(), // what was there before the wall was hung up does not land
            }));
        if replica.state.is_open.get_untracked() {
            self.known.set_value(Some(ids));
        }
        let (width, height) = self.stage.get_untracked();
        let regions: Vec<WallRegion<'_>> = contents
            .iter()
            .map(|content| WallRegion {
                title: &content.title,
                notes: content
                    .notes
                    .iter()
                    .map(|(_, text)| (&**text).into())
                    .collect(),
            })
            .collect();
        let pages: Vec<Arc<Page>> = wall_pages(
            &regions,
            WallArea {
                width,
                height,
                unit,
            },
        )
        .into_iter()
        .map(|page| {
            let mut places = HashMap::new();
            let regions = page.regions.into_iter().map(|placed| {
                let content = &contents[placed.region];
                let notes = placed.notes.iter().map(|note| {
                    let id = content.notes[note.note].0.clone();
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
                    count: content.notes.len(),
                    notes: notes.collect(),
                    frame: placed.frame,
                }
            });
            let regions = regions.collect();
            Arc::new(Page {
                font: page.font,
                regions,
                places,
            })
        })
        .collect();
        if self.pages.with_untracked(|now| *now != pages) {
            self.pages.set(pages);
        }
    }
}

/// What there is to show, before it has a place.
struct Content {
    cluster: Option<ClusterId>,
    title: String,
    notes: Vec<(NoteId, String)>,
}

/// The clusters in their order, each with its notes in reading order; then the free notes, in the
/// order in which they came, so that a new one pushes none away.
fn contents(replica: Replica, loose: &str, untitled: &str) -> Vec<Content> {
    let state = replica.state;
    let text_of = |id: &NoteId| {
        Some(
            state
                .note(id)?
                .note
                .with_untracked(|note| note.text.clone()),
        )
    };
    let mut contents: Vec<Content> = state
        .clusters
        .get_untracked()
        .iter()
        .filter_map(|id| {
            let shape = state.cluster(id)?.get_untracked();
            let title = match shape.cluster.title.trim() {
                "" => untitled,
                title => title,
            };
            Some(Content {
                cluster: Some(id.clone()),
                title: title.to_owned(),
                notes: shape
                    .notes
                    .iter()
                    .filter_map(|id| Some((id.clone(), text_of(id)?)))
                    .collect(),
            })
        })
        .collect();
    let mut free: Vec<(f64, NoteId, String)> = state
        .note_ids()
        .into_iter()
        .filter_map(|id| {
            let note = state.note(&id)?.note.get_untracked();
            note.cluster.is_none().then_some((note.at, id, note.text))
        })
        .collect();
    samtavle_shared::sorting::sort_by(&mut free, |a, b| {
        a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1))
    });
    if !free.is_empty() {
        let title = if contents.is_empty() { "" } else { loose };
        let notes = free.into_iter().map(|(_, id, text)| (id, text)).collect();
        contents.push(Content {
            cluster: None,
            title: title.to_owned(),
            notes,
        });
    }
    contents
}
