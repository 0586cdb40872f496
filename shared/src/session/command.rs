//! What people ask of the session.

use super::{
    Among, Deck, Door, DraftNote, GroupId, Item, Locks, NextStep, Phase, PhaseId, Rights, RoundId,
    RoundOn, RoundOrder, Scene, Showing, SweepId, Verdict, Voice,
    mix::{GroupSize, Wishes},
};
use crate::{
    geometry::BoardRect,
    ids::{NoteId, PersonId, VoiceId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What somebody asks for. On the wire: `{"do":"add-minutes","minutes":1}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Command {
    // Everybody.
    /// Says who one is; both may be empty.
    Introduce {
        /// As one likes to be called.
        name: String,
        /// The voices that one speaks from.
        voices: Vec<VoiceId>,
    },
    /// Writes for a person without a device from now on, or says anew who that is.
    WriteFor {
        /// Who: an id made by [`super::paper_person`].
        person: PersonId,
        /// As they like to be called; may be empty.
        #[serde(default)]
        name: String,
        /// The voices that they speak from; may be empty.
        #[serde(default)]
        voices: Vec<VoiceId>,
    },
    /// Takes back that one writes for somebody, who has said nothing yet.
    NoLongerFor {
        /// The paper person for whom one writes.
        person: PersonId,
    },
    /// Somebody else here writes for somebody for whom one has written.
    PassOn {
        /// For whom.
        person: PersonId,
        /// Who, by their number in the session; `None`: somebody who facilitates.
        #[serde(default)]
        to: Option<u32>,
    },
    /// Somebody else writes for a person without a device from now on, as a facilitator says.
    ChangeScribe {
        /// For whom.
        person: PersonId,
        /// Who writes for them from now on.
        scribe: PersonId,
    },
    /// Takes a seat in a group, for instance by its QR code.
    JoinGroup {
        /// The group whose seat is taken.
        group: GroupId,
    },
    /// Writes a draft, or writes it anew. Where notes are shown at once, it is shown at once.
    WriteDraft {
        /// The note.
        note: DraftNote,
    },
    /// Throws a draft of one's own away.
    DropDraft {
        /// The draft's note.
        note: NoteId,
    },
    /// Asks to be disturbed.
    DisturbMe {
        /// Whether only a card will do.
        #[serde(default)]
        by_card: bool,
    },
    /// Puts the disturbance aside, answered or not.
    SetAside,
    /// Gives dots: all of one's ballot, in place of the former.
    Vote {
        /// In which round.
        round: RoundId,
        /// For whom, of those for whom one writes; `None`: for oneself.
        #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
        for_whom: Option<PersonId>,
        /// As whom, of the voices that one has taken.
        #[serde(default)]
        voice: Option<VoiceId>,
        /// How many on what.
        dots: BTreeMap<Item, u8>,
    },
    /// Says a note back in one's own words.
    Restate {
        /// The note that is said back.
        note: NoteId,
        /// The words of whoever says it back.
        text: String,
        /// Who says it, if it is typed for somebody without a device.
        #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
        for_whom: Option<PersonId>,
    },
    /// The writer of a note says whether it was understood.
    Judge {
        /// Which note.
        note: NoteId,
        /// Whose restatement, as named in [`super::ToJudge`].
        by: u32,
        /// Confirmed or corrected.
        verdict: Verdict,
    },
    /// "I have said mine", or the facilitator goes on to the next.
    EndTurn,
    /// "Not now."
    PassTurn,
    /// Says nothing back this time.
    SkipSayBack {
        /// For whom, of those for whom one writes; `None`: for oneself.
        #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
        for_whom: Option<PersonId>,
    },
    /// The group breaks a habit.
    BreakHabit {
        /// The note that words the habit.
        note: NoteId,
        /// Who will stop.
        who: String,
        /// From when.
        from: String,
    },

    /// Brings notes back that somebody took off the board: facilitators any, others those that they wrote.
    BringBack {
        /// Notes in the bin.
        notes: Vec<NoteId>,
    },

    // Facilitators.
    /// The next thing: begins; reveals what is written in silence; closes the round; goes to the next
    /// phase; ends.
    Next {
        /// The phase that one saw, so that two presses at the same moment do not skip one.
        from: Option<PhaseId>,
        /// What one saw that would come.
        step: NextStep,
    },
    /// Goes to a phase, forward or back, with all of its time.
    GoTo {
        /// The phase that one saw.
        from: Option<PhaseId>,
        /// Where to.
        to: PhaseId,
    },
    /// Having looked at what is not covered, the room stays where it is.
    Stay,
    /// Says when the room meets again, for the end of the hour; empty: that is open.
    MeetAgain {
        /// A date or words.
        when: String,
    },
    /// Stops the clock.
    Pause,
    /// Lets it run on.
    Resume,
    /// Gives a phase more time.
    AddMinutes {
        /// How much.
        minutes: u16,
    },
    /// Edits, adds, takes out, orders phases: all of them anew.
    SetPhases {
        /// The whole programme, in order.
        phases: Vec<Phase>,
    },
    /// Edits the list of perspectives.
    SetVoices {
        /// The whole list, in order.
        voices: Vec<Voice>,
    },
    /// Chooses how much of who wrote is shown.
    Show {
        /// How much.
        showing: Showing,
    },
    /// From now on notes are drafts.
    StartSilence,
    /// All drafts are shown at once.
    Reveal,
    /// Makes mixed groups.
    Mix {
        /// Size or number.
        size: GroupSize,
        /// Who together, who apart.
        #[serde(default)]
        wishes: Wishes,
    },
    /// No groups any more; notes stay where they are.
    DissolveGroups,
    /// Seats somebody in a group.
    Seat {
        /// Who gets the seat.
        person: PersonId,
        /// The group that they sit with.
        group: GroupId,
    },
    /// A surprise: each gets a different disturbance.
    DisturbAll,
    /// Edits the deck of cards.
    SetDeck {
        /// What is changed.
        deck: Deck,
    },
    /// Shows one thing on the wall, or nothing in particular.
    Spotlight {
        /// The note or cluster; `None`: nothing in particular.
        item: Option<Item>,
    },
    /// Shows the next note on the wall: lived ones first, then by whoever has been heard least.
    ReadNext,
    /// Each gets a note of another to say back.
    StartSayBack,
    /// Ends it; what is not judged is not shown.
    EndSayBack,
    /// Begins the round: each voice is heard once before any is heard twice.
    StartTurns {
        /// How many seconds each has, if that is counted. Nobody is cut off.
        #[serde(default)]
        seconds: Option<u16>,
    },
    /// Gives each so many seconds from now on, the present one anew; or counts them no more.
    TimeTurns {
        /// How many.
        seconds: Option<u16>,
    },
    /// Ends it.
    EndTurns,
    /// Opens a round of votes.
    OpenRound {
        /// What is asked, on what, how many dots.
        wish: RoundWish,
    },
    /// Opens the newest round again: its dots are still there and can be moved, and who was late can vote.
    ReopenRound {
        /// The newest round, as one saw it.
        round: RoundId,
    },
    /// Opens a new round on what got most dots in a former one.
    VoteOnLeading {
        /// In which.
        round: RoundId,
        /// How many of the leading ones.
        leading: u8,
    },
    /// Closes it and shows the result.
    CloseRound {
        /// The round that is open, as one saw it.
        round: RoundId,
    },
    /// Adds the dots of the voices that are shown last.
    ShowLastDots {
        /// The former round.
        round: RoundId,
    },
    /// In which order the result is shown.
    OrderRound {
        /// The round whose result is shown.
        round: RoundId,
        /// By what the result is sorted.
        order: RoundOrder,
    },
    /// Locks and unlocks.
    Lock {
        /// All that is locked from now on.
        locks: Locks,
    },
    /// Hides a note from all screens; it is kept.
    Hide {
        /// The note that nobody sees from now on.
        note: NoteId,
    },
    /// Shows it again.
    Restore {
        /// A note that is hidden.
        note: NoteId,
    },
    /// What the wall shows; `None`: it chooses by itself.
    SetScene {
        /// The scene; `None`: the wall chooses.
        scene: Option<Scene>,
        /// Whether it stays also when something begins: a vote, a reveal, the next phase.
        #[serde(default)]
        is_pinned: bool,
    },
    /// Brings everybody here; from then on each sees what one sees, until they move their own view.
    GatherHere {
        /// What is on the facilitator's screen, board units.
        rect: BoardRect,
    },
    /// Nobody follows any more what one sees.
    StopGathering,
    /// Shares facilitation with somebody.
    Share {
        /// With whom.
        person: PersonId,
    },
    /// Hands it over: the other facilitates, I take part.
    HandOver {
        /// To whom.
        person: PersonId,
    },
    /// Takes it back, with a facilitator's key.
    TakeLead,
    /// Puts right what somebody did to others' notes at once: brings back those that are still gone, or takes
    /// the copies off that nobody else has worked on.
    UndoSweep {
        /// What was done at once, as facilitators are told of it.
        sweep: SweepId,
    },
    /// Sends somebody away who disturbs in the bad sense, and takes back all that they did.
    Remove {
        /// Who is sent away.
        person: PersonId,
    },
    /// Says who may still come in.
    SetDoor {
        /// Who is let in from now on.
        door: Door,
    },
    /// Says what participants may do with what is not theirs.
    SetRights {
        /// All rights, anew.
        rights: Rights,
    },
    /// Another link and code; the old ones open nothing any more. Who has been here stays.
    NewLink,
    /// Another link for those who facilitate; the old ones open nothing any more. Who has facilitated here with one goes on.
    /// Only for who came with such a link.
    NewLeadLink,
    /// Another code; links go on.
    NewCode,
    /// Lets somebody in who waits at the door.
    LetIn {
        /// Whom, see [`super::WaitingView`].
        number: u32,
    },
    /// Does not let them in.
    TurnAway {
        /// The one who is turned away, by the same number.
        number: u32,
    },
    /// Forgets all who have left and have done nothing: people whom somebody invented, and passers-by.
    ForgetIdle,
}

/// A round of votes as a facilitator wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundWish {
    /// What is asked; may be empty.
    #[serde(default)]
    pub title: String,
    /// What may be voted on.
    #[serde(default)]
    pub on: RoundOn,
    /// Which of them.
    #[serde(default)]
    pub among: Among,
    /// Dots of each person.
    pub dots: u8,
    /// At most so many on one.
    pub most_on_one: u8,
    /// In which order the result is shown.
    #[serde(default)]
    pub order: RoundOrder,
}

impl Command {
    /// Whether what comes of it is shown at once. What many say at the same time comes for all to a count, which may wait.
    pub const fn is_urgent(&self) -> bool {
        self.needs_lead()
            || matches!(
                self,
                Self::PassOn { .. }
                    | Self::EndTurn
                    | Self::PassTurn
                    | Self::SkipSayBack { .. }
                    | Self::BreakHabit { .. }
                    | Self::TakeLead
                    | Self::BringBack { .. }
            )
    }

    /// Whether all notes or all people must be looked at for it.
    pub const fn is_costly(&self) -> bool {
        matches!(
            self,
            Self::DisturbMe { by_card: false }
                | Self::DisturbAll
                | Self::Mix { .. }
                | Self::Reveal
                | Self::Next { .. }
                | Self::ReadNext
                | Self::Remove { .. }
                | Self::NewLink
                | Self::NewLeadLink
                | Self::NewCode
                | Self::ForgetIdle
                | Self::Show { .. }
                | Self::StartSayBack
                | Self::CloseRound { .. }
        )
    }

    /// Whether only facilitators may.
    pub const fn needs_lead(&self) -> bool {
        !matches!(
            self,
            Self::Introduce { .. }
                | Self::WriteFor { .. }
                | Self::NoLongerFor { .. }
                | Self::PassOn { .. }
                | Self::JoinGroup { .. }
                | Self::WriteDraft { .. }
                | Self::DropDraft { .. }
                | Self::DisturbMe { .. }
                | Self::SetAside
                | Self::Vote { .. }
                | Self::Restate { .. }
                | Self::Judge { .. }
                | Self::EndTurn
                | Self::PassTurn
                | Self::SkipSayBack { .. }
                | Self::BreakHabit { .. }
                | Self::TakeLead
                | Self::BringBack { .. }
        )
    }
}
