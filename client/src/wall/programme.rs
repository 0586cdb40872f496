//! A wall that is too full for one page, by turns: `shared::layout::Programme` says what comes after what, and here it
//! is made of the board.

use super::{
    contents::{Content, unheard},
    page::{Page, Region, digested, named},
    room::{Caption, Room},
};
use crate::{
    i18n::{
        Locale,
        language::{counted, filled},
        td_string,
    },
    parts::kinds::kind_name,
    replica::Replica,
};
use samtavle_shared::{
    board::{Note, NoteKind},
    ids::NoteId,
    layout::{
        DigestRegion, Opening, Programme, Showable, Turn, WallArea, WallArrangement, WallPage,
        WallRegion, digest_columns, digest_page, filled_page, measure, overview_page, page_count,
        wall_page_after,
    },
};
use std::collections::{HashMap, HashSet};

/// The turns of one scene.
#[derive(Default)]
pub(super) struct ByTurns {
    opening: Opening,
    programme: Programme,
    /// Which of the room's turns it is that is shown; none while all is on one page.
    turn: Option<usize>,
    now: Option<Now>,
    digest: Digest,
    /// Which page of cards it is in this cycle, from 1, and how many there are about.
    cards: (usize, usize),
    /// What was said of each note when it was last shown as a card.
    said: HashMap<NoteId, [usize; 4]>,
}

/// What is in view.
#[derive(Clone, PartialEq)]
enum Now {
    Overview,
    /// These, as they were chosen when their turn came.
    Cards(Vec<NoteId>),
    /// From this region and note on.
    Digest((usize, usize)),
}

/// How far the digests have come in this cycle.
#[derive(Default)]
struct Digest {
    columns: usize,
    pages: usize,
    /// Which it is, from 1; 0 before the first.
    number: usize,
    /// With what the next begins; none after the last.
    next: Option<(usize, usize)>,
}

impl ByTurns {
    /// Whether another turn has begun than the one that is shown.
    pub(super) fn is_due(&self, room: Room) -> bool {
        self.turn.is_some_and(|turn| turn != room.turned())
    }

    /// Turns that open so.
    pub(super) fn opening_with(opening: Opening) -> Self {
        Self {
            programme: Programme::opening_with(opening),
            opening,
            ..Self::default()
        }
    }

    /// All is on one page now, or it is about something else: what comes begins anew.
    pub(super) fn end(&mut self, room: Room) {
        if self.turn.take().is_some() {
            *self = Self::opening_with(self.opening);
            room.says(None);
        }
    }

    /// The page whose turn it is. While its turn lasts it stays what it is, with what is changed on it.
    pub(super) fn page(
        &mut self,
        replica: Replica,
        locale: Locale,
        room: Room,
        contents: &[Content],
        area: WallArea,
    ) -> Page {
        let turn = room.turned();
        let regions: Vec<WallRegion<'_>> = contents.iter().map(Content::region).collect();
        let stays = if self.turn == Some(turn) {
            None
        } else {
            let stays = self.turn_over(replica, &regions, contents, area);
            self.turn = Some(turn);
            Some(stays)
        };
        let page = match self.now.clone().unwrap_or(Now::Overview) {
            Now::Overview => overview(replica, locale, contents, area),
            Now::Cards(ids) => named(cards(&regions, contents, &ids, area), contents),
            Now::Digest(from) => {
                let page = digest_page(&shapes(contents), from, self.digest.columns, area);
                self.digest.next = page.next;
                digested(page, contents)
            }
        };
        if let Some(stays) = stays {
            room.stays(stays);
            room.says(Some(match &self.now {
                None | Some(Now::Overview) => Caption::Overview,
                Some(Now::Cards(_))
                    if self.opening == Opening::Overview || self.programme.has_digests() =>
                {
                    Caption::Cards
                }
                Some(Now::Cards(_)) => Caption::Page {
                    page: self.cards.0,
                    pages: self.cards.1.max(self.cards.0),
                },
                Some(Now::Digest(_)) => Caption::Digest {
                    page: self.digest.number,
                    pages: self.digest.pages.max(self.digest.number),
                },
            }));
        }
        page
    }

    /// Chooses what comes, and gives how long it stays, milliseconds.
    fn turn_over(
        &mut self,
        replica: Replica,
        regions: &[WallRegion<'_>],
        contents: &[Content],
        area: WallArea,
    ) -> u32 {
        let said = said_of_each(replica, contents);
        let of = |id: &NoteId| said.get(id).copied().unwrap_or_default();
        let all = contents.iter().flat_map(|content| &content.notes);
        let notes: Vec<Showable<'_>> = all
            .map(|note| Showable {
                id: &note.id,
                is_spoken_of: self
                    .said
                    .get(&note.id)
                    .is_some_and(|before| *before != of(&note.id)),
            })
            .collect();
        let mut dealt = None;
        let pages = || {
            // Where there are titles alone, cards have nothing to show.
            let cards = if notes.is_empty() {
                Programme::PAGES_LOOKED_AT
            } else {
                page_count(regions, area, Programme::PAGES_LOOKED_AT)
            };
            let digests = digest_columns(&shapes(contents), area);
            dealt = Some((cards, digests));
            (cards, digests.1)
        };
        let turning = self
            .programme
            .next(&notes, pages, self.digest.next.is_none());
        if let Some((cards, (columns, pages))) = dealt {
            self.cards = (0, cards);
            self.digest = Digest {
                columns,
                pages,
                number: 0,
                next: Some((0, 0)),
            };
        }
        self.now = Some(match turning.turn {
            Turn::Overview => Now::Overview,
            Turn::Cards if notes.is_empty() => Now::Overview,
            Turn::Cards => {
                let places = places(contents);
                let wanted = self.programme.wanted(&notes);
                let wanted: Vec<(usize, usize)> =
                    wanted.into_iter().map(|place| places[place]).collect();
                let (_, count) = filled_page(regions, &wanted, area);
                let ids: Vec<NoteId> = wanted[..count]
                    .iter()
                    .map(|&(region, note)| contents[region].notes[note].id.clone())
                    .collect();
                self.programme.showed(&ids);
                for id in &ids {
                    self.said.insert(id.clone(), of(id));
                }
                self.said.retain(|id, _| said.contains_key(id));
                self.cards.0 += 1;
                Now::Cards(ids)
            }
            Turn::Digest => {
                self.digest.number += 1;
                Now::Digest(self.digest.next.unwrap_or_default())
            }
        });
        turning.stays
    }
}

/// Region and note of each, in their order.
fn places(contents: &[Content]) -> Vec<(usize, usize)> {
    let each = contents.iter().enumerate();
    each.flat_map(|(region, content)| (0..content.notes.len()).map(move |note| (region, note)))
        .collect()
}

fn shapes(contents: &[Content]) -> Vec<DigestRegion> {
    let shape = |content: &Content| DigestRegion {
        has_title: !content.title.is_empty(),
        notes: content.notes.len(),
    };
    contents.iter().map(shape).collect()
}

/// What is said of each note: how much is in it, and in how many answers and reactions.
fn said_of_each(replica: Replica, contents: &[Content]) -> HashMap<NoteId, [usize; 4]> {
    let said = |note: &Note| {
        [
            note.text.len(),
            note.reactions.len(),
            note.restated.len(),
            usize::from(note.habit.broken.is_some()),
        ]
    };
    let ids = contents.iter().flat_map(|content| &content.notes);
    ids.filter_map(|shaped| {
        let note = super::board::note(replica, &shaped.id)?;
        Some((shaped.id.clone(), said(&note)))
    })
    .collect()
}

fn cards(
    regions: &[WallRegion<'_>],
    contents: &[Content],
    ids: &[NoteId],
    area: WallArea,
) -> WallPage {
    let ids: HashSet<&NoteId> = ids.iter().collect();
    let chosen: Vec<(usize, usize)> = places(contents)
        .into_iter()
        .filter(|&(region, note)| ids.contains(&contents[region].notes[note].id))
        .collect();
    filled_page(regions, &chosen, area).0
}

/// All clusters with their counts; of very many those of most voices and notes. Last stands who has not been heard.
fn overview(replica: Replica, locale: Locale, contents: &[Content], area: WallArea) -> Page {
    let mut summed: Vec<Region> = if contents.iter().any(|content| content.cluster.is_some()) {
        contents.iter().map(sum).collect()
    } else {
        by_kind(locale, contents)
    };
    if let Some(title) = unheard(replica, locale) {
        summed.push(Region {
            title,
            title_em: measure::TITLE,
            ..Region::default()
        });
    }
    let clusters = summed.len();
    let mut shown = clusters;
    loop {
        let left = clusters - shown;
        let mut regions = summed[..shown].to_vec();
        if left > 0 {
            regions.push(Region {
                title: counted(
                    left,
                    td_string!(locale, wall.more_clusters_1),
                    td_string!(locale, wall.more_clusters_n),
                ),
                title_em: measure::TITLE,
                ..Region::default()
            });
        }
        let packed = || packed(&regions, area);
        if let Some(page) = filling(regions.clone(), area).or_else(packed) {
            return page;
        }
        if shown <= 1 {
            return Page::default();
        }
        shown -= (shown / 8).max(1);
    }
}

/// Clusters that stand there with their counts alone, on cards that fill the wall; `None` when there is no room for all.
pub(super) fn filling(mut regions: Vec<Region>, area: WallArea) -> Option<Page> {
    let titles: Vec<(&str, f64)> = regions
        .iter()
        .map(|region| (region.title.as_str(), region.title_em))
        .collect();
    // A room's size is told in whole pixels: the last may be outside.
    let area = WallArea {
        height: (area.height - 1.0).max(0.0),
        ..area
    };
    let placed = overview_page(&titles, area)?;
    for (region, card) in regions.iter_mut().zip(placed.cards) {
        region.frame = card.frame;
        region.placed = card.title;
        region.is_summed = true;
    }
    Some(Page {
        font: placed.font,
        regions,
        ..Page::default()
    })
}

/// The same where they have no room in rows: each as high as its title.
fn packed(regions: &[Region], area: WallArea) -> Option<Page> {
    let titles: Vec<WallRegion<'_>> = regions
        .iter()
        .map(|region| WallRegion {
            name: &region.title,
            title: &region.title,
            title_em: region.title_em,
            notes: Vec::new(),
        })
        .collect();
    let (page, _) = wall_page_after(&WallArrangement::default(), &titles, area)?;
    let placed = page.regions.iter().map(|placed| Region {
        frame: placed.frame,
        placed: placed.title,
        is_summed: true,
        ..regions[placed.region].clone()
    });
    Some(Page {
        font: page.font,
        regions: placed.collect(),
        ..Page::default()
    })
}

/// A cluster with its counts.
pub(super) fn sum(content: &Content) -> Region {
    Region {
        cluster: content.cluster.clone(),
        title: content.title.clone(),
        title_em: content.title_em,
        count: content.count,
        voices: content.voices,
        ..Region::default()
    }
}

fn by_kind(locale: Locale, contents: &[Content]) -> Vec<Region> {
    let count = |kind: NoteKind| {
        let notes = contents.iter().flat_map(|content| &content.notes);
        notes.filter(|note| note.kind == kind).count()
    };
    let kinds = NoteKind::ALL.into_iter().chain([NoteKind::Other]);
    kinds
        .map(|kind| (kind, count(kind)))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| Region {
            title: kind_name(locale, kind).to_owned(),
            title_em: measure::TITLE,
            count,
            ..Region::default()
        })
        .collect()
}

/// «6 av 40, resten kommer»: not all of it is here.
pub(super) fn part_in_words(locale: Locale, shown: usize, count: usize) -> String {
    filled(
        td_string!(locale, wall.part),
        &[("shown", &shown.to_string()), ("count", &count.to_string())],
    )
}
