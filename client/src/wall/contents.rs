//! What there is to show on the wall, before it has a place: read from the board.

use super::{
    board::{said_by, unheard_voices},
    picture::Shown,
};
use crate::{
    i18n::{Locale, language::filled, td_string},
    notes::{cluster_title, more_line},
    parts::words::listed,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Note, NoteKind},
    geometry::BoardRect,
    ids::{ClusterId, NoteId},
    layout::{WallNote, WallRegion, measure},
    session::{Among, Item, RoundOn, Scene, Showing},
};
use std::collections::HashSet;

/// A cluster with its notes, or the notes that are in none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Content {
    pub(super) cluster: Option<ClusterId>,
    pub(super) title: String,
    pub(super) title_em: f64,
    /// How many voices stand behind it; 0 where they are not shown.
    pub(super) voices: usize,
    /// How many notes are in it, also those that are not shown.
    pub(super) count: usize,
    /// Whether it stands there with its counts alone: a choice in a vote, or a stack.
    pub(super) is_summed: bool,
    /// None of what is summed.
    pub(super) notes: Vec<Shaped>,
}

/// A note, as far as it takes room.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shaped {
    pub(super) id: NoteId,
    pub(super) kind: NoteKind,
    pub(super) text: String,
    foot: String,
    marks: u8,
}

impl Content {
    /// As the layout takes it.
    pub(super) fn region(&self) -> WallRegion<'_> {
        WallRegion {
            name: self.name(),
            title: &self.title,
            title_em: self.title_em,
            notes: self.notes.iter().map(Self::measured).collect(),
        }
    }

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
        kind: note.kind,
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
    voted: Option<(RoundOn, Among)>,
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
                voted: view
                    .round
                    .as_ref()
                    .filter(|_| shown == Shown::Voted)
                    .map(|round| (round.on, round.among.clone())),
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
pub(super) fn contents(replica: Replica, locale: Locale, shown: Shown) -> Vec<Content> {
    let state = replica.state;
    let Asked {
        has_voices,
        followed,
        revealed,
        spotlit,
        voted,
    } = Asked::of(replica, shown);
    let is_ballot_of = |on: RoundOn| voted.as_ref().is_some_and(|(asked, _)| *asked == on);
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
        let voice_count = voices.len();
        let is_summed = is_ballot_of(RoundOn::Clusters);
        let count = notes.len();
        if is_summed {
            notes.clear();
        }
        Content {
            cluster,
            title,
            title_em: measure::TITLE,
            voices: if has_voices { voice_count } else { 0 },
            count,
            is_summed,
            notes: notes
                .iter()
                .map(|note| shaped(replica, locale, note))
                .collect(),
        }
    };
    let mut contents: Vec<Content> = Vec::new();
    if shown != Shown::Revealed && !is_ballot_of(RoundOn::Notes) {
        let clusters = state.clusters.get_untracked().into_iter();
        let is_asked = |id: &ClusterId| {
            let may_be_voted_on = |(_, among): &(RoundOn, Among)| among.has_cluster(id);
            voted.as_ref().is_none_or(may_be_voted_on)
                && spotlit.as_ref().is_none_or(|spotlit| spotlit == id)
        };
        for id in clusters.filter(is_asked) {
            let Some(shape) = state.cluster(&id).map(|shape| shape.get_untracked()) else {
                continue;
            };
            let notes: Vec<Note> = shape.notes.iter().filter_map(&find).collect();
            if followed.is_some() && notes.is_empty() {
                continue;
            }
            let title = cluster_title(locale, &shape.cluster.title);
            let mut content = content(Some(id), title, notes);
            // A stack is its title and how many notes it has, unless it stands there alone.
            if shape.cluster.is_collapsed && shown != Shown::Spotlit {
                content.notes.clear();
                content.is_summed = true;
            }
            contents.push(content);
        }
    }
    samtavle_shared::sorting::sort_by(&mut contents, |a, b| {
        (b.voices, b.count).cmp(&(a.voices, a.count))
    });
    // What most have seen is largest; where all have seen as much, nothing is.
    let most = contents.first().map_or(0, |content| content.voices);
    let is_ballot = shown == Shown::Voted; // there all are as large
    if most > 1 && !is_ballot && contents.iter().any(|content| content.voices < most) {
        for content in contents.iter_mut().filter(|content| content.voices == most) {
            content.title_em = measure::TITLE_OF_MOST;
        }
    }
    let is_free = |note: &Note| match shown {
        Shown::Revealed => revealed.contains(&note.id),
        Shown::All | Shown::Followed => note.cluster.is_none(),
        Shown::Spotlit => false,
        Shown::Voted => {
            let may = |among: &Among| among.has_note(&note.id, note.kind, note.cluster.as_ref());
            let among = voted.as_ref().filter(|(on, _)| *on == RoundOn::Notes);
            !note.text.trim().is_empty() && among.is_some_and(|(_, among)| may(among))
        }
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

/// «Ikke hørt ennå: Ungdom, Pasient»; nothing when all are heard.
pub(super) fn unheard(replica: Replica, locale: Locale) -> Option<String> {
    let voices = unheard_voices(replica);
    let names = voices
        .iter()
        .filter_map(|voice| replica.session.voice_name(voice, locale));
    let names = listed(names, ", ");
    (!names.is_empty()).then(|| filled(td_string!(locale, wall.unheard_all), &[("voices", &names)]))
}
