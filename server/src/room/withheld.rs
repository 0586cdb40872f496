//! What hidden notes say is withheld: it is in the log, in the session, and in what facilitators are told, and in
//! nothing else that anybody is sent.
//!
//! ```text
//! hide ─► Event::Hidden, Event::Withheld (what it says) ─► taken out of the document
//! somebody who had it in a copy writes on in it ─► Event::Withheld (more) ─► taken out ─► what is left goes out
//! restore ─► said again in the document ─► Event::Hidden(false)
//! ```
//!
//! What it says is written down before it is taken out, and said again before it is forgotten: should the server end
//! in between, it is withheld once more when the board opens, as on boards of former versions.

use super::{Room, Turn, document::Poisoned};
use bytes::Bytes;
use samtavle_shared::{
    board::{Authorship, Kept, ThingId},
    guard::{Naming, Root, Touched, structs_alone, structs_and_deletions},
    ids::{NoteId, PersonId},
    session::{Event, Session},
};

/// An update that says something on hidden notes: it does not go out as it came.
#[derive(Default)]
pub(super) struct OnHidden {
    notes: Vec<NoteId>,
    /// What the document had before.
    before: Vec<u8>,
}

impl OnHidden {
    /// `had`: what the document has before the update.
    pub(super) fn in_update(
        session: &Session,
        touched: &[Touched],
        had: impl FnOnce() -> Vec<u8>,
    ) -> Self {
        let hidden = session.hidden();
        if hidden.is_empty() {
            return Self::default();
        }
        let notes = touched.iter().filter(|thing| thing.root == Root::Notes);
        let notes: Vec<NoteId> = notes
            .map(|thing| NoteId::from(&*thing.id))
            .filter(|note| hidden.contains(note))
            .collect();
        let before = if notes.is_empty() { Vec::new() } else { had() };
        Self { notes, before }
    }

    /// Whether it says nothing on any.
    pub(super) fn is_nothing(&self) -> bool {
        self.notes.is_empty()
    }
}

impl Room {
    /// The notes that are hidden say nothing in the document: once after the board was opened.
    pub(super) fn withhold_what_is_hidden(&mut self, turn: &mut Turn) {
        if std::mem::replace(&mut self.workshop.is_hidden_withheld, true) {
            return;
        }
        let hidden: Vec<NoteId> = self.workshop.session.hidden().iter().cloned().collect();
        match self.withhold(&hidden, turn) {
            Ok(Some(change)) => self.unsaved.push(self.last, change),
            Ok(None) => {}
            Err(Poisoned) => self.make_again(turn),
        }
    }

    /// A note was hidden: what people wrote until now goes out, and the rest is withheld. Pages hear that it is hidden
    /// before it is emptied: who writes in it just then keeps their words.
    pub(super) fn hides(&mut self, note: &NoteId, turn: &mut Turn) {
        self.send_document(turn);
        match self.withhold(std::slice::from_ref(note), turn) {
            Ok(Some(change)) => self.unsaved.push_after_views(self.last, change),
            Ok(None) => {}
            Err(Poisoned) => self.make_again(turn),
        }
    }

    /// Writes down what these notes say and takes it out of the document. Gives that change, to be sent.
    fn withhold(&mut self, notes: &[NoteId], turn: &mut Turn) -> Result<Option<Bytes>, Poisoned> {
        let mut said = Vec::new();
        for note in notes {
            said.extend(self.takes_down(note));
        }
        if said.is_empty() {
            return Ok(None);
        }
        for event in &said {
            self.workshop.session.apply(event.clone());
        }
        self.happened(&said, turn);
        self.change_unsent(None, turn, |board| {
            for note in notes {
                board.withhold(note);
            }
        })
    }

    /// What a hidden note says in the document; of letters that somebody wrote on in a copy of their own, where among
    /// those that were there.
    fn takes_down(&mut self, note: &NoteId) -> Vec<Event> {
        let workshop = &mut self.workshop;
        let is_first = workshop.session.withheld(note).is_none();
        let former = workshop.traces.remove(note);
        let (words, traces, among) = self.document.read(|view| {
            let words = view.said_on(note);
            if is_first {
                return (words, view.traces_of(note), Vec::new());
            }
            let together = former.and_then(|former| view.written_among(note, &former));
            match together {
                Some((among, both)) => (words, Some(both), among),
                None => (words, None, Vec::new()),
            }
        });
        let is_placed = !is_first && traces.is_some();
        workshop
            .traces
            .extend(traces.map(|traces| (note.clone(), traces)));
        let words = words.map(|words| {
            if is_placed {
                words.without_text()
            } else {
                words
            }
        });
        let words = words.filter(Kept::says_something);
        let among = (!among.is_empty()).then(|| Event::WrittenOn(note.clone(), among));
        let words = words.map(|words| Event::Withheld(note.clone(), words));
        among.into_iter().chain(words).collect()
    }

    /// The document has taken this update, in which somebody says something on hidden notes. Gives what may be sent
    /// in its place, at once: to whoever has its letters, its sender too, it says nothing of them.
    pub(super) fn without_what_is_hidden(
        &mut self,
        update: &Bytes,
        on: &OnHidden,
        turn: &mut Turn,
    ) -> Result<Vec<Bytes>, Poisoned> {
        let withheld = self.withhold(&on.notes, turn)?;
        if let Some(change) = withheld {
            // Its sender may not have heard yet that the note is hidden.
            self.unsaved.push_after_views(self.last, change);
        }
        // As the document has it by now: with places, and without what stood there.
        let left = self.document.news_since(&on.before);
        let written = structs_alone(&left).unwrap_or_default();
        let [_, deleted] = structs_and_deletions(update).unwrap_or_default();
        let parts = [written, deleted].into_iter().flatten().map(Bytes::from);
        Ok(parts.collect())
    }

    /// What was withheld of a note is said again, on behalf of who wrote it: so it goes when they are removed.
    pub(super) fn says_again(
        &mut self,
        note: &NoteId,
        kept: Kept,
        turn: &mut Turn,
    ) -> Result<(), Poisoned> {
        let kept = match self.workshop.naming() {
            Naming::Names => kept,
            Naming::Voices => kept.without_authors(Authorship::Names),
            Naming::Nobody => kept.without_authors(Authorship::NamesAndVoices),
        };
        let writer = self.workshop.session.writer_of(note).cloned();
        self.change(writer.as_ref(), turn, |board| {
            board.say_again_what_was_withheld(note, kept);
        })
    }

    /// What somebody did was taken back: a hidden note that went with it is nothing to restore.
    pub(super) fn forgets_hidden_of(&mut self, person: &PersonId, turn: &mut Turn) {
        let theirs = self.workshop.session.hidden_of(person);
        let is_away = |note: &NoteId| {
            !self
                .document
                .read(|view| view.holds(&ThingId::Note(note.clone())))
        };
        let events: Vec<Event> = theirs
            .into_iter()
            .filter(is_away)
            .map(|note| Event::Hidden(note, false))
            .collect();
        for event in &events {
            self.workshop.session.apply(event.clone());
        }
        self.happened(&events, turn);
    }
}
