//! A note comes to the board as the session says: at once, or as a draft that only I see.

use super::{
    coming::{Coming, coming, coming_now},
    draft_links::link_later,
    page::page,
    posted, scribe,
    voice::speaking_as,
};
use crate::{notes::way::Way, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::{
    board::{BoardChange, Born, Change, Cut, Image, ItemId, LinkKind, NewNote, NoteKind},
    geometry::{BoardPoint, BoardRect, Size},
    ids::{ClusterId, NoteId, PersonId, VoiceId},
    insight::is_worded_as_solution,
    layout::{free_places, free_places_in, grid, note_size},
    session::{DraftNote, MAX_DRAFTS_PER_PERSON, Phase, Showing},
};

/// What is to be posted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Posting {
    /// What it speaks of.
    pub(crate) kind: NoteKind,
    /// What it says; of nothing comes nothing but an empty note.
    pub(crate) text: String,
    /// Whether I live with this.
    pub(crate) lived: bool,
    /// What disturbed me into it.
    pub(crate) born: Option<Born>,
    /// Where on a photo it was cut out.
    pub(crate) cut: Option<Cut>,
    /// From the new note to this item.
    pub(crate) link: Option<(LinkKind, ItemId)>,
    /// Its top left corner; `None`: where there is room, in my group's area if I have one.
    pub(crate) at: Option<BoardPoint>,
    /// For whom I type it, if for another: then it goes by the server, which counts it for them.
    pub(crate) for_whom: Option<PersonId>,
    /// Of a plan: who tries it, and when; empty where nothing was said.
    pub(crate) trial: (String, String),
}

impl Posting {
    /// A note with nothing but a kind and words.
    pub(crate) fn new(kind: NoteKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            lived: false,
            born: None,
            cut: None,
            link: None,
            at: None,
            for_whom: None,
            trial: Default::default(),
        }
    }
}

/// Posts as the session says: a draft in silence (or for a voice that is shown last), else a note on
/// the board. One step to take back. The link is made when the note comes to the board.
pub(crate) fn post(replica: Replica, posting: Posting) -> NoteId {
    let id = Replica::new_note_id();
    post_as(replica, &id, posting);
    id
}

/// The same for a note that has its id already.
pub(crate) fn post_as(replica: Replica, id: &NoteId, posting: Posting) {
    let (kind, text) = (posting.kind, posting.text.trim().to_owned());
    if posting.for_whom.is_some() || is_draft(replica) {
        post_draft(replica, id, posting, &text);
    } else {
        post_note(replica, id, posting, &text);
    }
    catch(replica, id, kind, &text);
}

/// My pile of drafts has no room for so many.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PileIsFull;

/// Posts a note for each of these texts, in a grid where there is room; in silence a draft.
pub(crate) fn post_all(
    replica: Replica,
    kind: NoteKind,
    texts: &[String],
) -> Result<(), PileIsFull> {
    if !posted::may_post(replica) {
        for text in texts {
            posted::wait(replica, kind, text);
        }
        return Ok(());
    }
    if is_on_paper(replica) {
        return post_drafts(replica, kind, texts);
    }
    let sizes: Vec<Size> = texts.iter().map(|text| note_size(text)).collect();
    let places = grid(&sizes, place_for(replica, block_of(&sizes)));
    post_at(replica, kind, texts, &places, None, &Way::default());
    Ok(())
}

/// A draft for each of these texts, for whom I write now; none where not all have room.
pub(super) fn post_drafts(
    replica: Replica,
    kind: NoteKind,
    texts: &[String],
) -> Result<(), PileIsFull> {
    let session = replica.session;
    let lying = session.own.with_untracked(|own| own.drafts.len())
        + session.unsent_drafts.with_untracked(Vec::len);
    let is_pile = untrack(|| coming_now(replica)) != Coming::AtOnce;
    if is_pile && lying + texts.len() > MAX_DRAFTS_PER_PERSON {
        return Err(PileIsFull);
    }
    for text in texts {
        let mut posting = Posting::new(kind, text.as_str());
        posting.for_whom = scribe::for_whom(replica);
        post(replica, posting);
    }
    Ok(())
}

/// Up to so many notes that come at once are written each under an id of its own; a whole sheet of them is one
/// person's for everybody who sees it come.
const MOST_APART: usize = 60;

/// Posts these texts at these places, as one step to take back. What is in their `way` goes aside.
pub(crate) fn post_at(
    replica: Replica,
    kind: NoteKind,
    texts: &[String],
    places: &[BoardPoint],
    cluster: Option<&ClusterId>,
    way: &Way,
) -> Vec<NoteId> {
    let at = replica.written_at();
    let note = |(text, pos): (&String, &BoardPoint)| {
        let id = Replica::new_note_id();
        signed(
            replica,
            NewNote::new(id, kind, pos.rounded(), text.as_str(), at),
        )
    };
    let notes: Vec<NewNote> = texts.iter().zip(places).map(note).collect();
    let ids: Vec<NoteId> = notes.iter().map(|note| note.id.clone()).collect();
    replica.new_step();
    if !way.is_empty() {
        replica.change(|change| way.make(change));
    }
    let add = |change: &mut Change<'_>, note: NewNote| {
        let id = note.id.clone();
        change.add_note(note);
        if let Some(cluster) = cluster {
            change.join_cluster(&id, cluster);
        }
    };
    if notes.len() <= MOST_APART {
        for note in notes {
            let thing = BoardChange::Note(note.id.clone());
            replica.change_of(&thing, |change| add(change, note));
        }
    } else {
        replica.change(|change| notes.into_iter().for_each(|note| add(change, note)));
    }
    replica.new_step();
    for id in &ids {
        replica.mark_mine(id);
    }
    ids
}

/// The size of notes in a grid.
pub(crate) fn block_of(sizes: &[Size]) -> Size {
    let places = grid(sizes, BoardPoint::default());
    let rects = places
        .iter()
        .zip(sizes)
        .map(|(&pos, &size)| BoardRect::at(pos, size));
    BoardRect::around(rects).map_or(note_size(""), BoardRect::size)
}

/// Whether what I post now is a draft.
pub(crate) fn is_draft(replica: Replica) -> bool {
    untrack(|| coming(replica)) != Coming::AtOnce
}

/// Whether what I write now is written on the paper, and not on the canvas: a draft, or for another.
pub(crate) fn is_on_paper(replica: Replica) -> bool {
    untrack(|| coming_now(replica) != Coming::AtOnce || scribe::writes_for_another(replica))
}

/// A note with as much of who I am as the board shows.
pub(crate) fn signed(replica: Replica, note: NewNote) -> NewNote {
    let voice = speaking_as(replica).get_untracked();
    let session = replica.session;
    let (showing, is_known) = session.shared.with_untracked(|view| {
        let is_known = |id: &VoiceId| view.voices.iter().any(|known| known.voice.id == *id);
        (view.showing, voice.as_ref().is_some_and(is_known))
    });
    let voice = voice.filter(|_| is_known && showing != Showing::Anonymous);
    let name = session.own.with_untracked(|own| own.name.clone());
    let name = (showing == Showing::Named && !name.is_empty()).then_some(name);
    note.by_voice(voice).by_name(name)
}

/// The note that the solution catcher asks about: worded as a solution while the problem is still
/// being looked at. Whoever shows the question sets it back.
pub(crate) fn caught(replica: Replica) -> RwSignal<Option<NoteId>> {
    page(replica).caught
}

fn post_draft(replica: Replica, id: &NoteId, posting: Posting, text: &str) {
    if let Some((kind, to)) = posting.link {
        link_later(replica, id, kind, to);
    }
    replica.write_draft(DraftNote {
        note: id.clone(),
        kind: posting.kind.name().to_owned(),
        text: text.to_owned(),
        voice: draft_voice(replica, posting.for_whom.as_ref()),
        for_whom: posting.for_whom,
        lived: posting.lived,
        born: posting.born.map(|born| born.spelled()),
        photo: posting.cut.map(|cut| cut.spelled()),
        who: Some(posting.trial.0).filter(|who| !who.is_empty()),
        when: Some(posting.trial.1).filter(|when| !when.is_empty()),
    });
}

/// As whom a draft is written. On an anonymous board only a voice that is shown last is told, and the
/// server keeps even that to itself: a board that shows voices later must not show these.
fn draft_voice(replica: Replica, for_whom: Option<&PersonId>) -> Option<VoiceId> {
    if for_whom.is_some() {
        return None; // theirs, as the server knows it
    }
    let is_anonymous = replica
        .session
        .shared
        .with_untracked(|view| view.showing == Showing::Anonymous);
    let is_last = untrack(|| coming(replica)) == Coming::Last;
    speaking_as(replica)
        .get_untracked()
        .filter(|_| !is_anonymous || is_last)
}

fn post_note(replica: Replica, id: &NoteId, posting: Posting, text: &str) {
    let pos = posting
        .at
        .unwrap_or_else(|| place_for(replica, note_size(text)));
    let note = NewNote::new(id.clone(), posting.kind, pos, text, replica.written_at());
    let mut note = signed(replica, note)
        .born_of(posting.born)
        .cut_from(posting.cut);
    note.lived = posting.lived;
    (note.plan.who, note.plan.when) = posting.trial;
    replica.new_step();
    replica.change_of(&BoardChange::Note(id.clone()), |change| {
        change.add_note(note);
        if let Some((kind, to)) = &posting.link {
            let from = ItemId::Note(id.clone());
            change.add_link(&Replica::new_link_id(), &from, to, *kind);
        }
    });
    replica.new_step();
    replica.mark_mine(id);
}

/// After a note is written: is it worded as a solution while the problem is still being looked at?
pub(crate) fn catch(replica: Replica, note: &NoteId, kind: NoteKind, text: &str) {
    let looks_at_the_problem = replica.session.shared.with_untracked(|view| {
        let phase = view.stage.phase();
        let phase = view.phases.iter().find(|known| Some(known.id) == phase);
        phase.is_some_and(Phase::looks_at_the_problem)
    });
    let is_of_the_problem = matches!(kind, NoteKind::Problem | NoteKind::Habit);
    if looks_at_the_problem && is_of_the_problem && is_worded_as_solution(text) {
        caught(replica).set(Some(note.clone()));
    }
}

/// Of so many good places one is taken by chance: whoever posts in the same moment takes another.
const GOOD_PLACES: usize = 4;

/// A free place for something new of this size: in my group's area, else near the free notes.
pub(crate) fn place_for(replica: Replica, size: Size) -> BoardPoint {
    let (frames, notes) = lying(replica, None);
    let places = match own_area(replica) {
        Some(area) => {
            let taken: Vec<BoardRect> = frames.into_iter().chain(notes).collect();
            free_places_in(area, &taken, size)
        }
        None => free_places(&frames, &notes, size),
    };
    one_of(&places, size)
}

/// A free place near the free notes, as if this note were not there.
pub(crate) fn place_without(replica: Replica, note: &NoteId, size: Size) -> BoardPoint {
    let (frames, notes) = lying(replica, Some(note));
    one_of(&free_places(&frames, &notes, size), size)
}

/// Where my group's notes land.
pub(crate) fn own_area(replica: Replica) -> Option<BoardRect> {
    let own = replica.session.own.with_untracked(|own| own.group)?;
    replica
        .session
        .shared
        .with_untracked(|view| {
            let groups = view.groups.iter();
            groups
                .map(|known| known.group)
                .find(|group| group.id == own)
        })
        .map(|group| group.area)
}

/// Frames of clusters, and pictures; and the notes that are in none.
fn lying(replica: Replica, without: Option<&NoteId>) -> (Vec<BoardRect>, Vec<BoardRect>) {
    let state = replica.state;
    let images = state.images.get_untracked();
    let images = images
        .iter()
        .filter_map(|id| Some(state.image(id)?.with_untracked(Image::rect)));
    let frames = state
        .clusters
        .get_untracked()
        .iter()
        .filter_map(|id| Some(state.cluster(id)?.with_untracked(|shape| shape.frame)))
        .chain(images)
        .collect();
    let is_loose = |id: &NoteId| {
        let note = state.note(id);
        note.is_some_and(|note| note.note.with_untracked(|note| note.cluster.is_none()))
    };
    let notes = untrack(|| state.note_ids())
        .iter()
        .filter(|id| Some(*id) != without && is_loose(id))
        .filter_map(|id| state.rect_of(id))
        .collect();
    (frames, notes)
}

fn one_of(places: &[BoardPoint], size: Size) -> BoardPoint {
    let lowest = places.first().map_or(0.0, |place| place.y + size.height);
    let good = places
        .iter()
        .take(GOOD_PLACES)
        .take_while(|place| place.y <= lowest)
        .count()
        .max(1);
    let chance = (js_sys::Math::random() * good as f64) as usize;
    places.get(chance).copied().unwrap_or_default()
}
