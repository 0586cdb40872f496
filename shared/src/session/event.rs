//! What came of a command: events for the log, edits for the document.
//!
//! An event says how a part of the session stands from now on, so that folding the log is nothing but
//! putting parts in their place, and an old log reads the same after the rules have changed.

use super::{
    Ballot, Deck, Disturbance, Door, Draft, Followers, Gather, Group, Locks, Person, Phase,
    Restating, Rights, Round, RoundId, Scene, Showing, Stage, Sweep, SweepId, SweptThing, Thrown,
    Voice, Writing, mix::Wishes, phase::PhaseId, turns::Turns,
};
use crate::{
    board::{Among, Kept, ThingId},
    ids::{NoteId, PersonId},
};
use serde::{Deserialize, Serialize};

/// A part of the session, as it is from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The phases.
    Phases(Vec<Phase>),
    /// Where the workshop stands.
    Stage(Stage),
    /// A phase ended: the board as it was then has a name.
    PhaseEnded {
        /// The phase that the session is in from now on.
        phase: PhaseId,
        /// When, milliseconds since 1970.
        at: u64,
    },
    /// The voices.
    Voices(Vec<Voice>),
    /// How much of who wrote is shown.
    Showing(Showing),
    /// The records of before tell no more of who wrote than this shows. Kept by the server only.
    NamesGone(Showing),
    /// How somebody stands in the session from now on.
    Person(PersonId, Person),
    /// Somebody who did nothing is known no more.
    Forgotten(PersonId),
    /// How notes come to the board.
    Writing(Writing),
    /// A draft, or that it is one no more.
    Draft(NoteId, Option<Draft>),
    /// These were drafts and are on the board now.
    Revealed(Vec<NoteId>),
    /// All that somebody did who was removed is taken back.
    TakenBack(PersonId),
    /// Who wrote a note. Kept by the server only.
    Wrote(NoteId, PersonId),
    /// Whose page a Yjs client is, that has written in the document. Kept by the server only: so it is
    /// known who wrote something, also when another hands it over.
    WritesAs(u64, PersonId),
    /// Under which Yjs client id somebody writes who is nobody in the session: what stands for their key. Kept by
    /// the server only.
    Holds(u64, String),
    /// A Yjs client id under which the server itself writes. Kept by the server only.
    Own(u64),
    /// What the server makes words with that nobody else can make. Kept by the server only.
    Secret(String),
    /// The board was opened, and something was written. Kept by the server only.
    Opened(u64),
    /// By how many milliseconds the session's clock is ahead of the machine's, which was set while a phase's
    /// time ran. Kept by the server only.
    ClockAhead(i64),
    /// The groups; each person's own is with the person.
    Groups(Vec<Group>),
    /// Who sits together and who apart.
    Wishes(Wishes),
    /// What somebody was disturbed by; the last one may still be in front of them.
    Disturbed(PersonId, Disturbance),
    /// Everybody was disturbed at once.
    Surprise,
    /// Nothing is in front of them any more.
    SetAside(PersonId),
    /// The deck.
    Deck(Deck),
    /// A note was read on the wall.
    Read(NoteId),
    /// What somebody says back, or that they do not.
    Restating(PersonId, Option<Restating>),
    /// The round of turns.
    Turns(Option<Turns>),
    /// A round of votes, without its ballots.
    Round(Round),
    /// A ballot.
    Ballot(RoundId, PersonId, Ballot),
    /// What is locked.
    Locks(Locks),
    /// A note is hidden, or is not.
    Hidden(NoteId, bool),
    /// This was said on a note that is hidden, and is in the document no more; with what is known of it already, if
    /// somebody wrote on in a copy of their own. Kept by the server, for who facilitates.
    Withheld(NoteId, Kept),
    /// Somebody wrote this on a hidden note, among the letters of it that they still had. Kept the same way.
    WrittenOn(NoteId, Vec<Among>),
    /// What the wall shows. It is not pinned.
    Scene(Option<Scene>),
    /// What the wall shows is pinned.
    ScenePinned,
    /// Everybody is called.
    Gather(Gather),
    /// Whose view is followed, and by whom.
    Followed(Option<(PersonId, Followers)>),
    /// When the room meets again, in its own words.
    MeetAgain(String),
    /// The insights were shown to everybody on the step to ideas.
    InsightsShown,
    /// The room looks at what is not covered, before it goes there; or does no more.
    Looking(Option<PhaseId>),
    /// These were said back, and their writers have answered.
    SaidBack(Vec<NoteId>),
    /// Somebody did this to others' work at once; more of the sweep with that number, if it is known.
    Swept(Sweep),
    /// Others have worked on these copies since: they stay.
    Spared(SweepId, Vec<NoteId>),
    /// A sweep was put right.
    SweepUndone(SweepId),
    /// Somebody took these notes off the board.
    Thrown(Vec<Thrown>),
    /// These were brought back.
    Fetched(Vec<NoteId>),
    /// What participants may do.
    Rights(Rights),
    /// Who may still come in.
    Door(Door),
}

/// A change of the document that the server makes for the session.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Put a draft on the board, in its writer's group's area if there is one. One that is there
    /// already stays as it is.
    Post {
        /// The draft.
        draft: Draft,
        /// The writer's name, on named boards.
        name: Option<String>,
        /// Where it should land.
        group: Option<Group>,
    },
    /// Another's wording, judged by the writer.
    Restate {
        /// On which note.
        note: NoteId,
        /// The restatement with its verdict.
        restating: Restating,
    },
    /// Mark a habit as broken.
    BreakHabit {
        /// The habit.
        note: NoteId,
        /// Who will stop.
        who: String,
        /// From when.
        from: String,
    },
    /// Take authors out of what is written, as far as they are no longer shown.
    ForgetAuthors(Showing),
    /// Say again what was withheld of a note that was hidden.
    SayAgain(NoteId, Kept),
    /// Bring back what is still gone since somebody removed it.
    BringBack(Vec<SweptThing>),
    /// Take these off the board.
    TakeOff(Vec<ThingId>),
    /// Take back all that somebody did.
    TakeBack(PersonId),
    /// Keep the board as it is now under a name: a phase has ended.
    Checkpoint(String),
}

/// What came of a command. The server makes the edits first: should it die in between, doing it again
/// changes nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// For the log.
    pub events: Vec<Event>,
    /// For the document.
    pub edits: Vec<Edit>,
}

impl Outcome {
    /// Whether the server is to change what stands on the board.
    pub fn changes_the_board(&self) -> bool {
        let changes = |edit: &Edit| match edit {
            Edit::Post { .. }
            | Edit::Restate { .. }
            | Edit::BreakHabit { .. }
            | Edit::ForgetAuthors(_)
            | Edit::SayAgain(..)
            | Edit::BringBack(_)
            | Edit::TakeOff(_)
            | Edit::TakeBack(_) => true,
            Edit::Checkpoint(_) => false,
        };
        // What a note says goes out of the document when it is hidden.
        let hides = |event: &Event| matches!(event, Event::Hidden(_, true));
        self.edits.iter().any(changes) || self.events.iter().any(hides)
    }
}
