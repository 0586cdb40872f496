//! Silent writing and reveal; leaders last.

use super::{Decision, event};
use crate::{
    ids::{NoteId, PersonId, VoiceId},
    limits::MAX_ID_BYTES,
    session::{
        Draft, DraftNote, Edit, Event, Facts, Item, Outcome, Refusal, Session, Showing, Wave,
        Writing,
        drafts::{MAX_DRAFTS_PER_DEVICE, MAX_DRAFTS_PER_PERSON, check},
        mix::Dice,
    },
};

impl Session {
    /// Where notes are drafts it becomes one, else it goes to the board at once: a phone that comes
    /// back after the reveal loses nothing.
    pub(super) fn write_draft(
        &self,
        who: &PersonId,
        note: DraftNote,
        facts: &dyn Facts,
    ) -> Decision {
        check(&note)?;
        let writer = self.counts_for(who, note.for_whom.as_ref())?;
        let Some(mut note) = self.news_of(who, note, facts) else {
            return Ok(Outcome::default()); // sent again by a phone that did not hear the answer
        };
        let former = self.drafts.get(&note.note);
        if former.is_some_and(|former| self.hand(&former.by) != who) {
            return Err(Refusal::Unknown);
        }
        let drafts = self.drafts.values();
        let typed = drafts.filter(|draft| self.hand(&draft.by) == who);
        let own = typed.clone().filter(|draft| draft.by == writer).count();
        let is_full = own >= MAX_DRAFTS_PER_PERSON || typed.count() >= MAX_DRAFTS_PER_DEVICE;
        if former.is_none() && is_full {
            return Err(Refusal::TooMany);
        }
        note.voice = self.voice_for(&writer, note.voice);
        let speaks_last = self.speaks_last(note.voice.as_ref());
        let draft = Draft {
            by: writer.clone(),
            wave: if speaks_last { Wave::Last } else { Wave::First },
            at: former.map_or_else(|| facts.now(), |former| former.at),
            note,
        };
        let id = draft.note.note.clone();
        if self.writing == Writing::Silent || speaks_last {
            return Ok(event(Event::Draft(id, Some(draft))));
        }
        if self.locks.board && !self.leads(who) {
            return Err(Refusal::Locked);
        }
        let mut events = vec![Event::Wrote(id.clone(), writer)];
        if former.is_some() {
            events.push(Event::Draft(id, None)); // its writer speaks as another voice now
        }
        let draft = Draft {
            at: facts.now(),
            ..draft
        };
        Ok(Outcome {
            events,
            edits: vec![self.posting(draft)],
        })
    }

    /// What is new in a draft. When it is on the board already and its writer has written on since,
    /// without the network, the words become a note beside it: no word is lost, and nothing that others
    /// did to the note is overwritten.
    fn news_of(&self, who: &PersonId, mut note: DraftNote, facts: &dyn Facts) -> Option<DraftNote> {
        let is_on_board =
            |id: &NoteId| self.wrote.contains_key(id) || facts.has(&Item::Note(id.clone()));
        while is_on_board(&note.note) {
            let id = &note.note;
            let writer = self.wrote.get(id);
            let is_theirs = writer.is_some_and(|writer| self.hand(writer) == who);
            let has_changed = self.shown.get(id).is_some_and(|text| *text != note.text);
            if !is_theirs || !has_changed || id.as_str().len() >= MAX_ID_BYTES {
                return None;
            }
            note.note = NoteId::from(&*[id.as_str(), "~"].concat());
        }
        Some(note)
    }

    pub(super) fn drop_draft(&self, who: &PersonId, note: NoteId) -> Decision {
        match self.drafts.get(&note) {
            Some(draft) if self.hand(&draft.by) == who => Ok(event(Event::Draft(note, None))),
            Some(_) | None => Err(Refusal::Unknown),
        }
    }

    pub(super) fn start_silence(&self) -> Decision {
        match self.writing {
            Writing::Silent => Err(Refusal::Already),
            Writing::Open => Ok(event(Event::Writing(Writing::Silent))),
        }
    }

    /// The first time what all wrote, the second time what the voices wrote that are shown last.
    pub(super) fn reveal(&self, facts: &dyn Facts) -> Decision {
        let wave = if self.has_drafts(Wave::First) {
            Wave::First
        } else if self.has_drafts(Wave::Last) {
            Wave::Last
        } else if self.writing == Writing::Silent {
            return Ok(event(Event::Writing(Writing::Open)));
        } else {
            return Err(Refusal::Nothing);
        };
        Ok(self.reveal_those(facts, |draft| draft.wave == wave))
    }

    pub(super) fn reveal_everything(&self, facts: &dyn Facts) -> Outcome {
        if self.drafts.is_empty() && self.writing == Writing::Open {
            return Outcome::default();
        }
        self.reveal_those(facts, |_| true)
    }

    /// In any order, and all at this moment: neither says who wrote, nor which were written by one.
    fn reveal_those(&self, facts: &dyn Facts, is_shown: impl Fn(&Draft) -> bool) -> Outcome {
        let mut shown: Vec<Draft> = self
            .drafts
            .values()
            .filter(|draft| is_shown(draft))
            .map(|draft| Draft {
                at: facts.now(),
                ..draft.clone()
            })
            .collect();
        Dice::new(facts.seed()).shuffle(&mut shown);
        let notes = shown.iter().map(|draft| draft.note.note.clone()).collect();
        let mut events = Vec::new();
        if !shown.is_empty() {
            events.push(Event::Revealed(notes));
        }
        if self.writing == Writing::Silent {
            events.push(Event::Writing(Writing::Open));
        }
        Outcome {
            events,
            edits: shown.into_iter().map(|draft| self.posting(draft)).collect(),
        }
    }

    /// The draft as it may stand in the document.
    fn posting(&self, mut draft: Draft) -> Edit {
        let writer = self.people.get(&draft.by);
        if self.showing == Showing::Anonymous {
            draft.note.voice = None;
        }
        let name = writer
            .filter(|writer| self.showing == Showing::Named && !writer.name.is_empty())
            .map(|writer| writer.name.clone());
        let group = writer.and_then(|writer| writer.group);
        Edit::Post {
            name,
            group: self
                .groups
                .iter()
                .find(|known| Some(known.id) == group)
                .copied(),
            draft,
        }
    }

    pub(super) fn has_drafts(&self, wave: Wave) -> bool {
        self.drafts.values().any(|draft| draft.wave == wave)
    }

    pub(super) fn knows_voice(&self, voice: &VoiceId) -> bool {
        self.voices.iter().any(|known| known.id == *voice)
    }

    pub(super) fn speaks_last(&self, voice: Option<&VoiceId>) -> bool {
        let is_last = |voice: &VoiceId| {
            self.voices
                .iter()
                .any(|known| known.id == *voice && known.is_last)
        };
        voice.is_some_and(is_last)
    }

    /// Who wrote a note that is a draft as far as the session knows. It may be on the board all the same:
    /// a reveal that was lost comes back with the pages that saw it.
    pub fn drafted_by(&self, note: &NoteId) -> Option<&PersonId> {
        self.drafts.get(note).map(|draft| &draft.by)
    }

    /// Whose page a Yjs client is, if that is known.
    pub fn writer_as(&self, client: u64) -> Option<&PersonId> {
        self.writes_as.get(&client)
    }

    /// What stands for the key of those who write under a Yjs client id and are nobody in the session.
    pub fn held_by(&self, client: u64) -> Option<&str> {
        self.held.get(&client).map(String::as_str)
    }

    /// Whether the server itself writes, or wrote, under a Yjs client id.
    pub fn is_own(&self, client: u64) -> bool {
        self.own.contains(&client)
    }

    /// A note that came to the board by its writer's own hand.
    pub fn wrote(&self, note: &NoteId, who: &PersonId) -> Option<Event> {
        let is_news = !self.wrote.contains_key(note);
        is_news.then(|| Event::Wrote(note.clone(), who.clone()))
    }
}
