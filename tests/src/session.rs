//! People in a session: they command, and are answered.

use crate::{
    people::Person,
    table::Table,
    wire::{Incoming, PATIENCE, Socket},
};
use samtavle_shared::{
    board::Note,
    ids::{NoteId, PersonId, VoiceId},
    session::{
        Among, Command, DraftNote, Item, NextStep, PhaseId, Refusal, RoundId, RoundOn, RoundWish,
    },
    wire::{ClientMessage, Frame},
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio::{task::JoinHandle, time::timeout};

static NEXT: AtomicU32 = AtomicU32::new(1);

impl Person {
    /// Asks the session for something, and waits for its answer.
    ///
    /// # Errors
    /// Why it was declined.
    pub async fn commands(&self, command: Command) -> Result<(), Refusal> {
        let id = self.asks(command);
        let answer = move |answers: &[(u32, Option<Refusal>)]| {
            let answer = answers.iter().find(|(its, _)| *its == id)?;
            Some(answer.1.map_or(Ok(()), Err))
        };
        self.until(&format!("an answer to command {id}"), |state| {
            answer(&state.answers).is_some() || state.closed.is_some()
        })
        .await;
        let answered = answer(&self.state().answers);
        answered.unwrap_or_else(|| panic!("{}: the socket closed instead", self.name))
    }

    /// Asks the session for something; gives the number by which it will be answered.
    pub fn asks(&self, command: Command) -> u32 {
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let command = Box::new(command);
        let message = ClientMessage::Command { id, command };
        self.sends(Frame::Ours(&message.to_json()).write());
        id
    }

    /// Asks the session for something, which is done.
    pub async fn does(&self, command: Command) {
        let asked = format!("{command:?}");
        let answer = self.commands(command).await;
        assert_eq!(answer, Ok(()), "{}: {asked}", self.name);
    }

    /// Asks the session for something, which is declined for this reason.
    pub async fn may_not(&self, command: Command, why: Refusal) {
        let asked = format!("{command:?}");
        let answer = self.commands(command).await;
        assert_eq!(answer, Err(why), "{}: {asked}", self.name);
    }

    /// Says who they are.
    pub async fn introduces_as(&self, voices: &[&str]) {
        let voices = voices.iter().map(|voice| VoiceId::from(*voice)).collect();
        let name = self.name.clone();
        self.does(Command::Introduce { name, voices }).await;
    }

    /// Writes a draft.
    pub async fn drafts(&self, text: &str) -> NoteId {
        let note = NoteId::from_random(rand::random());
        self.does(draft(&note, text)).await;
        note
    }

    /// Presses the one black button, with what it says now.
    pub async fn goes_on(&self) -> NextStep {
        // Who has just come back presses nothing before they see how it stands.
        self.until("how the session stands", |state| state.session.now > 0)
            .await;
        let (from, step) = {
            let state = self.state();
            (state.session.stage.phase(), state.session.next)
        };
        self.does(Command::Next { from, step }).await;
        self.until("the next step", |state| {
            (state.session.stage.phase(), state.session.next) != (from, step)
        })
        .await;
        step
    }

    /// Waits until the workshop is in this phase.
    pub async fn is_in_phase(&self, phase: u16) {
        self.until(&format!("phase {phase}"), |state| {
            state.session.stage.phase() == Some(PhaseId(phase))
        })
        .await;
    }

    /// Opens a round of votes on notes, and gives its number.
    pub async fn opens_a_round(&self, dots: u8) -> RoundId {
        let before = self.state().session.round.as_ref().map(|round| round.id);
        let wish = RoundWish {
            title: "What matters?".to_owned(),
            on: RoundOn::Notes,
            among: Among::All,
            dots,
            most_on_one: dots,
            order: samtavle_shared::session::RoundOrder::default(),
        };
        self.does(Command::OpenRound { wish }).await;
        self.until("a new round", |state| {
            state.session.round.as_ref().map(|round| round.id) != before
        })
        .await;
        let round = self.state().session.round.clone();
        round.expect("it is open").id
    }

    /// Gives dots.
    pub fn vote(round: RoundId, dots: &[(&NoteId, u8)]) -> Command {
        let dots: BTreeMap<Item, u8> = dots
            .iter()
            .map(|(note, count)| (Item::Note((*note).clone()), *count))
            .collect();
        Command::Vote {
            round,
            for_whom: None,
            voice: None,
            dots,
        }
    }

    /// Who they are in the session.
    pub async fn person(&self) -> PersonId {
        self.until("who they are", |state| state.own.person.is_some())
            .await;
        self.state().own.person.clone().expect("they are somebody")
    }

    /// A note as it stands in their replica.
    pub fn note(&self, note: &NoteId) -> Option<Note> {
        self.state().board.view().note(note)
    }

    /// Whether any byte that came to them held this text.
    pub fn has_heard(&self, text: &str) -> bool {
        holds(&self.state().heard, text)
    }
}

/// A draft of a problem.
pub fn draft(note: &NoteId, text: &str) -> Command {
    Command::WriteDraft {
        note: DraftNote {
            note: note.clone(),
            kind: "problem".to_owned(),
            text: text.to_owned(),
            voice: None,
            for_whom: None,
            lived: false,
            born: None,
            photo: None,
            who: None,
            when: None,
        },
    }
}

/// Whether these bytes hold this text.
pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

/// A standard client that only listens, and remembers every byte.
pub struct Ear {
    heard: Arc<Mutex<Vec<u8>>>,
    task: JoinHandle<()>,
}

impl Ear {
    /// Listens at a board with this key.
    pub async fn at(table: &Table, key: &str) -> Self {
        let mut socket = Socket::open(&table.yjs_url(key)).await;
        socket.send(&Frame::SyncStep1(&[0]).write()).await;
        let heard = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&heard);
        let task = tokio::spawn(async move {
            while let Incoming::Frame(frame) = socket.next().await {
                all.lock().unwrap().extend(frame);
            }
        });
        Self { heard, task }
    }

    /// Whether any byte that came held this text.
    pub fn has_heard(&self, text: &str) -> bool {
        holds(&self.heard.lock().unwrap(), text)
    }

    /// Every byte that came.
    pub fn heard(&self) -> Vec<u8> {
        self.heard.lock().unwrap().clone()
    }

    /// Waits until it has.
    pub async fn hears(&self, text: &str) {
        let heard = timeout(PATIENCE, async {
            while !self.has_heard(text) {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await; // looks again
            }
        });
        assert!(heard.await.is_ok(), "{text:?} never came");
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.task.abort();
    }
}
