//! What each may see of the session. Nothing here holds another's draft, a ballot, or who wrote what.

use super::{
    Among, Deck, DisturbanceOf, Door, DraftNote, Followers, Gather, Group, GroupId, Item, Locks,
    NextStep, Phase, PhaseId, Rights, RoundId, RoundOn, RoundOrder, Scene, Showing, Stage, SweepId,
    Swept, ThrownView, Voice, WaitingView, Writing, tally::Outcome as Tally,
};
use crate::ids::{NoteId, PersonId, VoiceId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What all may see.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SharedView {
    /// Milliseconds since 1970 by the server's clock, when this was sent.
    pub now: u64,
    /// How many of the server's milliseconds go by in one: 1, but for tests and demonstrations.
    pub clock_speed: u32,
    /// A word that the server wrote down so much; a page shows it when it comes back, should the server have lost
    /// something meanwhile.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub knows: String,
    /// The board's template.
    pub template: String,
    /// How many are here, walls not counted.
    pub people: u32,
    /// How many of them can take part in the session: a standard Yjs client cannot vote.
    pub taking_part: u32,
    /// Phases in their order.
    pub phases: Vec<Phase>,
    /// Where the workshop stands.
    pub stage: Stage,
    /// What the facilitator's one black button does next.
    pub next: NextStep,
    /// Phases that have ended, in the order in which they did.
    pub ended: Vec<PhaseId>,
    /// Voices in their order, with how many speak from each.
    pub voices: Vec<VoiceView>,
    /// How much of who wrote is shown.
    pub showing: Showing,
    /// How notes come to the board.
    pub writing: Writing,
    /// Drafts that wait to be revealed with all others.
    pub drafts: u32,
    /// How many people have written one.
    pub drafters: u32,
    /// Drafts of voices that are shown last, which wait until the others' are shown.
    pub last_drafts: u32,
    /// Counts the reveals, so that a page plays each once.
    pub reveals: u32,
    /// What the last reveal showed.
    pub revealed: Vec<NoteId>,
    /// The groups, in the order in which they are shown; empty: there are none.
    pub groups: Vec<GroupView>,
    /// Counts how often groups were made, so that they are shown anew each time.
    pub mixes: u32,
    /// What the wall shows when a facilitator chose it.
    pub scene: Option<Scene>,
    /// Whether it stays also when something begins.
    pub is_scene_pinned: bool,
    /// Whose turn it is.
    pub turns: Option<TurnsView>,
    /// The newest round of votes, open or closed.
    pub round: Option<RoundView>,
    /// The former ones, closed, newest first.
    pub former_rounds: Vec<RoundView>,
    /// How many were given a note to say back, have said it, and were answered; `None`: not going on.
    pub say_back: Option<(u32, u32, u32)>,
    /// Counts the surprises for all.
    pub surprises: u32,
    /// What is locked.
    pub locks: Locks,
    /// Notes that are not to be shown.
    pub hidden: Vec<NoteId>,
    /// The last call to look somewhere.
    pub gather: Option<Gather>,
    /// What participants may do with what is not theirs.
    pub rights: Rights,
    /// Who follows, from now on, what one facilitator sees.
    pub follows: Option<Followers>,
    /// Who may still come in.
    pub door: Door,
    /// Counts the moments at which insights are shown to everybody: 0 or 1.
    pub insights_moment: u32,
    /// Where the room is to go when it has looked at what is not covered; `None`: it does not look just now.
    pub looking: Option<PhaseId>,
    /// When the room meets again, in its own words; empty: nobody has said.
    pub meet_again: String,
    /// Notes that were said back last, and whose writers have answered: to be read aloud.
    pub said_back: Vec<NoteId>,
}

/// A voice, and how many speak from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceView {
    /// The voice.
    #[serde(flatten)]
    pub voice: Voice,
    /// How many people took it.
    pub people: u32,
}

/// A group, and who is in it by number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupView {
    /// The group.
    #[serde(flatten)]
    pub group: Group,
    /// How many people.
    pub people: u32,
    /// How many different voices.
    pub voices: u32,
}

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnsView {
    /// Now; `None`: everybody was heard.
    pub present: Option<Speaker>,
    /// Who speaks after that; `None`: nobody is left.
    pub next: Option<Speaker>,
    /// How many have been heard.
    pub heard: u32,
    /// How many take part.
    pub of: u32,
    /// How many seconds each has; `None`: that is not counted.
    #[serde(default)]
    pub seconds: Option<u16>,
    /// When the present one's are over, milliseconds since 1970 by the server's clock. Nothing happens then.
    #[serde(default)]
    pub ends_at: Option<u64>,
}

/// Somebody, as the others may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Their name if they gave one and the board is not anonymous.
    pub name: Option<String>,
    /// To be shown without a name: the number that they have everywhere, "Person 7".
    pub number: u32,
    /// As whom they speak.
    pub voice: Option<VoiceId>,
}

/// A round of votes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundView {
    /// Its number.
    pub id: RoundId,
    /// What is asked.
    pub title: String,
    /// What may be voted on.
    pub on: RoundOn,
    /// Which of them.
    #[serde(default)]
    pub among: Among,
    /// Dots of each person.
    pub dots: u8,
    /// At most so many on one.
    pub most_on_one: u8,
    /// How many have voted.
    pub voted: u32,
    /// Whether people may vote.
    pub is_open: bool,
    /// In which order the result is shown.
    pub order: RoundOrder,
    /// The result, once it is closed.
    pub result: Option<Tally>,
    /// Whether dots of the voices that are shown last are still to be added.
    pub waits_for_last: bool,
    /// In which phase it was closed, so that a wall that is opened later knows how new the result is.
    #[serde(default)]
    pub closed_in: Option<PhaseId>,
    /// How often it was opened again after its result had been seen.
    #[serde(default)]
    pub reopened: u16,
    /// Counts how often a vote was opened on this board, so that each result is news once.
    #[serde(default)]
    pub opening: u32,
}

/// What one person may see of their own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnView {
    /// Who they are here.
    pub person: Option<PersonId>,
    /// Their number, for "Person 7".
    pub number: u32,
    /// Their name.
    pub name: String,
    /// Their voices.
    pub voices: Vec<VoiceId>,
    /// Whether they facilitate just now.
    pub leads: bool,
    /// Who follows what they see.
    pub followed_by: Option<Followers>,
    /// Their group.
    pub group: Option<GroupId>,
    /// Their drafts, oldest first.
    pub drafts: Vec<DraftNote>,
    /// What is in front of them.
    pub disturbance: Option<DisturbanceOf>,
    /// Counts what was put in front of them.
    pub disturbances: u32,
    /// Their dots in the newest round.
    pub dots: BTreeMap<Item, u8>,
    /// As whom they voted.
    pub voted_as: Option<VoiceId>,
    /// The note that they are to say back, and how they have said it (empty: not yet).
    pub say_back: Option<(NoteId, String)>,
    /// Restatements of their own notes that wait for their word.
    pub to_judge: Vec<ToJudge>,
    /// Whether it is their turn to speak.
    pub is_my_turn: bool,
    /// Whether they are next.
    pub is_next: bool,
    /// Notes of theirs that others took off the board and that can be brought back, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thrown: Vec<ThrownView>,
    /// Those for whom they write, in the order in which they came.
    pub paper: Vec<PaperView>,
}

/// A person without a device, as their scribe may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    /// Who they are to the server: what commands name them by.
    pub person: PersonId,
    /// Their number, for "Person 7".
    pub number: u32,
    /// Their name; empty: they gave none.
    #[serde(default)]
    pub name: String,
    /// Their voices.
    #[serde(default)]
    pub voices: Vec<VoiceId>,
    /// Their group.
    #[serde(default)]
    pub group: Option<GroupId>,
    /// Their dots in the newest round.
    #[serde(default)]
    pub dots: BTreeMap<Item, u8>,
    /// As whom they voted.
    #[serde(default)]
    pub voted_as: Option<VoiceId>,
    /// Whether it is their turn to speak.
    #[serde(default)]
    pub has_turn: bool,
    /// Whether they are next.
    #[serde(default)]
    pub is_next: bool,
    /// The note that they are to say back, and how they have said it (empty: not yet).
    #[serde(default)]
    pub say_back: Option<(NoteId, String)>,
}

/// A restatement that waits for the writer's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToJudge {
    /// Of which note.
    pub note: NoteId,
    /// Who wrote it, if they have no device.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub for_whom: Option<PersonId>,
    /// Which restatement: a number of its own, which leads to nobody.
    pub by: u32,
    /// How it was said.
    pub text: String,
}

/// What facilitators see besides.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeadView {
    /// Everybody who takes part, in the order in which they came.
    pub people: Vec<PersonView>,
    /// Who should sit together, who apart.
    pub wishes: super::mix::Wishes,
    /// What was changed about the deck.
    pub deck: Deck,
    /// How many notes were read on the wall, of how many.
    pub read: u32,
    /// Sum of different voices over groups, and the most that it can be.
    pub mix: Option<(u32, u32)>,
    /// What others than this facilitator did to others' notes at once, and can be put right, oldest first.
    pub sweeps: Vec<SweepView>,
    /// What is in the bin, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thrown: Vec<ThrownView>,
    /// Those who wait at the door, the first first.
    pub waiting: Vec<WaitingView>,
    /// How many walls show the board just now.
    pub walls: u32,
    /// How many have left and have done nothing, and can be forgotten.
    pub idle: u32,
    /// What hidden notes say: it is not in the document.
    pub hidden: Vec<HiddenView>,
}

/// A hidden note, for who facilitates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenView {
    /// The note that was taken off.
    pub note: NoteId,
    /// What it says; of a very long one the beginning.
    pub text: String,
}

/// What somebody did to others' notes at once, as facilitators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepView {
    /// Its number.
    pub id: SweepId,
    /// What was done.
    pub did: Swept,
    /// Whose doing it was; empty on anonymous boards, of those who gave no name, and where nobody knows.
    #[serde(default)]
    pub name: String,
    /// Their number; 0 on anonymous boards, and where nobody knows.
    #[serde(default)]
    pub number: u32,
    /// How many notes can be put right.
    pub notes: u32,
}

/// Somebody, as a facilitator sees them. It says nothing of what they wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// Who they are to the server: what commands name them by.
    pub person: PersonId,
    /// Their number.
    pub number: u32,
    /// Their name; empty on anonymous boards.
    pub name: String,
    /// Their voices.
    pub voices: Vec<VoiceId>,
    /// Their group.
    pub group: Option<GroupId>,
    /// Whether they are here.
    pub is_here: bool,
    /// Whether they facilitate.
    pub leads: bool,
    /// Who writes for them, if they have no device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scribe: Option<PersonId>,
}
