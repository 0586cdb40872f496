//! What a session changes in the document, as the server's own changes: through the guard, into the log,
//! and, once they are on disk, out to everybody (`unsaved.rs`).

use super::{Room, Turn, document::Poisoned, withheld::OnHidden};
use crate::{
    log::Kind,
    room::{
        document::{Document, Taken, Untaken},
        facts::Lying,
    },
};
use bytes::Bytes;
use samtavle_shared::{
    board::{
        Authorship, BoardView, Born, Change, Cut, NewNote, NoteKind, Reading, Restatement, ThingId,
        Verdict as BoardVerdict,
    },
    geometry::{BoardPoint, BoardRect, Size},
    guard::{Anybody, Permission, Sender},
    ids::PersonId,
    layout::{free_place, free_places_in, note_size},
    session::{Draft, Edit, Group, Session, Showing, Verdict},
};
use std::collections::BTreeSet;

/// Most bytes of words that the bin keeps in the document for longer than what is gone is kept anyhow: deleting makes
/// room on a full board all the same.
const MOST_BYTES_IN_BIN: usize = 256 * 1024;

/// What is still to be done once everything is written down.
#[derive(Default)]
pub(super) struct Later {
    /// The board as it is now is to be kept under these names.
    pub(super) checkpoints: Vec<String>,
    /// All that these did is to be taken back.
    pub(super) to_take_back: Vec<PersonId>,
}

/// A draft, and where its writer's people sit.
struct Posting {
    draft: Draft,
    name: Option<String>,
    group: Option<Group>,
}

impl Room {
    /// Makes the edits of a command that `who` gave.
    pub(super) fn make(
        &mut self,
        edits: Vec<Edit>,
        who: Option<&PersonId>,
        turn: &mut Turn,
    ) -> Result<Later, Poisoned> {
        let mut later = Later::default();
        let mut postings = Vec::new();
        for edit in edits {
            match edit {
                Edit::Post { draft, name, group } => postings.push(Posting { draft, name, group }),
                Edit::Checkpoint(name) => later.checkpoints.push(name),
                Edit::TakeBack(person) => later.to_take_back.push(person),
                Edit::Restate { note, restating } => {
                    let Some(verdict) = restating.verdict else {
                        continue;
                    };
                    let restatement = Restatement {
                        text: restating.text,
                        verdict: match verdict {
                            Verdict::Confirmed => BoardVerdict::Confirmed,
                            Verdict::Corrected(text) => BoardVerdict::Corrected(text),
                        },
                    };
                    self.change(None, turn, |board| {
                        board.restate(&note, &restatement);
                    })?;
                }
                Edit::BreakHabit {
                    note,
                    who: by_whom,
                    from,
                } => {
                    self.change(who, turn, |board| {
                        board.break_habit(&note, by_whom.trim(), from.trim());
                    })?;
                }
                Edit::SayAgain(note, kept) => self.says_again(&note, kept, turn)?,
                Edit::BringBack(things) => self.bring_back(things, who, turn)?,
                Edit::TakeOff(things) => {
                    let now = turn.now.wall as f64;
                    self.change(who, turn, |board| {
                        for thing in &things {
                            board.take_off(thing, now);
                        }
                    })?;
                }
                Edit::ForgetAuthors(showing) => {
                    let what = match showing {
                        Showing::Anonymous => Authorship::NamesAndVoices,
                        Showing::Voices => Authorship::Names,
                        Showing::Named => continue,
                    };
                    self.change(None, turn, |board| {
                        board.forget_authors(what);
                        if what == Authorship::NamesAndVoices {
                            // What we do not know may be a name.
                            board.forget_unknown();
                        }
                    })?;
                }
            }
        }
        self.post(postings, turn)?;
        Ok(later)
    }

    /// Puts drafts on the board, each where its writer's people sit, and each as a change of its own: it can be
    /// taken back without the others, and notes of one writer do not stand together.
    fn post(&mut self, postings: Vec<Posting>, turn: &mut Turn) -> Result<(), Poisoned> {
        if postings.is_empty() {
            return Ok(());
        }
        for (writer, note) in self.placed(postings) {
            self.change(Some(&writer), turn, |board| board.add_note(note))?;
        }
        Ok(())
    }

    /// The notes with their places and writers, in the order in which they came.
    fn placed(&self, postings: Vec<Posting>) -> Vec<(PersonId, NewNote)> {
        let areas = self.workshop.session.group_areas();
        self.document.read(|board| {
            let mut table = Table::laid(board, areas);
            postings
                .into_iter()
                .filter(|posting| board.note(&posting.draft.note.note).is_none())
                .map(|posting| (posting.draft.by.clone(), table.note(posting)))
                .collect()
        })
    }

    /// One change of the document by the server itself, on behalf of somebody.
    pub(super) fn change(
        &mut self,
        on_behalf: Option<&PersonId>,
        turn: &mut Turn,
        edit: impl FnOnce(&mut Change<'_>),
    ) -> Result<(), Poisoned> {
        if let Some(update) = self.change_unsent(on_behalf, turn, edit)? {
            self.unsaved.push(self.last, update);
        }
        Ok(())
    }

    /// The same; gives the update, which is written down and still to be sent.
    pub(super) fn change_unsent(
        &mut self,
        on_behalf: Option<&PersonId>,
        turn: &mut Turn,
        edit: impl FnOnce(&mut Change<'_>),
    ) -> Result<Option<Bytes>, Poisoned> {
        match self.document.change(edit) {
            Ok(Some(update)) => {
                let own = self.document.client();
                self.writes_itself(&[own], turn);
                self.append(Kind::Update, update.clone(), on_behalf.cloned(), turn);
                Ok(Some(update))
            }
            Ok(None) => Ok(None),
            Err(why) => Err(self.is_poisoned(&why)),
        }
    }

    /// What has been gone for long enough goes for good.
    pub(super) fn clear_away(&mut self, turn: &mut Turn) {
        let document = &self.document;
        let session = &self.workshop.session;
        let bin = || kept_in_bin(document, session);
        let due = self.gone.due(self.last, turn.now, bin, || document.gone());
        if due.is_empty() {
            return;
        }
        let cleared = self.change(None, turn, |board| {
            for thing in &due {
                board.take_away_for_good(thing);
            }
        });
        if cleared.is_err() {
            return self.make_again(turn);
        }
        self.room_may_be_free(turn.now);
    }

    /// Takes an update that the server made elsewhere.
    pub(super) fn take_own(&mut self, update: &Bytes, turn: &mut Turn) -> Result<(), Poisoned> {
        let mut clients = Vec::new();
        let mut on_hidden = OnHidden::default();
        let session = &self.workshop.session;
        let taken = self.document.take_unless(
            Sender::Lead,
            &Anybody,
            update,
            Permission::Board,
            |board, brought| {
                let had = || board.state_vector();
                on_hidden = OnHidden::in_update(session, &brought.touched, had);
                clients = brought.writers;
                Ok(())
            },
        );
        match taken {
            Ok(Taken::News | Taken::Part(_)) => {
                self.writes_itself(&clients, turn);
                self.append(Kind::Update, update.clone(), None, turn);
                if on_hidden.is_nothing() {
                    self.unsaved.push(self.last, update.clone());
                    return Ok(());
                }
                for part in self.without_what_is_hidden(update, &on_hidden, turn)? {
                    self.unsaved.push(self.last, part);
                }
                Ok(())
            }
            Ok(Taken::Nothing) => Ok(()),
            Err(why @ Untaken::Poisoned(_)) => Err(self.is_poisoned(&why)),
            Err(Untaken::Refused(rejection)) => {
                tracing::error!(target: "samtavle::room", board = %self.board, %rejection, "the server's own change was refused");
                Ok(())
            }
        }
    }

    fn is_poisoned(&self, why: &Untaken) -> Poisoned {
        tracing::error!(target: "samtavle::room", board = %self.board, ?why, "the server's own change broke the document; it is made again");
        Poisoned
    }
}

/// What lies on the board while notes are laid on it one by one.
struct Table {
    areas: Vec<BoardRect>,
    lying: Lying,
}

/// What stays in the bin: the newest of it, up to so many letters.
fn kept_in_bin(document: &Document, session: &Session) -> BTreeSet<ThingId> {
    let mut left = MOST_BYTES_IN_BIN;
    document.read(|board| {
        let newest = session.bin().iter().rev();
        let kept = newest.map_while(|one| {
            let words = board.words_of(&one.note.thing).unwrap_or_default();
            left = left.checked_sub(words.len())?;
            Some(one.note.thing.clone())
        });
        kept.collect()
    })
}

impl Table {
    fn laid<T: Reading>(board: &BoardView<'_, T>, areas: Vec<BoardRect>) -> Self {
        let lying = Lying::on(board);
        Self { areas, lying }
    }

    fn note(&mut self, posting: Posting) -> NewNote {
        let draft = posting.draft;
        let kind = match NoteKind::read(&draft.note.kind) {
            NoteKind::Other => NoteKind::Problem,
            kind => kind,
        };
        let size = note_size(&draft.note.text);
        let area = posting.group.map(|group| group.area);
        let pos = match area.filter(|area| self.areas.contains(area)) {
            Some(area) => self.place_in(area, size),
            None => self.place_near(kind, size),
        };
        self.lying.notes.push((kind, BoardRect::at(pos, size)));
        let born = draft.note.born.as_deref().and_then(Born::read);
        let cut = draft.note.photo.as_deref().and_then(Cut::read);
        let mut note = NewNote::new(draft.note.note, kind, pos, draft.note.text, draft.at as f64)
            .by_voice(draft.note.voice)
            .by_name(posting.name)
            .born_of(born)
            .cut_from(cut);
        note.lived = draft.note.lived;
        if kind == NoteKind::Plan {
            note.plan.who = draft.note.who.unwrap_or_default();
            note.plan.when = draft.note.when.unwrap_or_default();
        }
        note
    }

    fn place_in(&self, area: BoardRect, size: Size) -> BoardPoint {
        let taken: Vec<BoardRect> = self.lying.everything().collect();
        let places = free_places_in(area, &taken, size);
        places.first().copied().unwrap_or(area.min)
    }

    /// Near the notes of the same kind, and in no group's area.
    fn place_near(&self, kind: NoteKind, size: Size) -> BoardPoint {
        let is_in_an_area = |rect: BoardRect| self.areas.iter().any(|area| area.overlaps(rect));
        let frames = self.lying.frames.iter();
        let mut frames: Vec<BoardRect> = frames.chain(&self.areas).copied().collect();
        let mut own = Vec::new();
        for (its, rect) in &self.lying.notes {
            if *its == kind && !is_in_an_area(*rect) {
                own.push(*rect);
            } else {
                frames.push(*rect);
            }
        }
        free_place(&frames, &own, size)
    }
}
