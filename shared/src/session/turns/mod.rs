//! The round: whose turn it is, so that each voice is heard once before any is heard twice.
//!
//! The turn goes to the voice that has been asked least, and of that voice to somebody who has not spoken
//! yet; everybody is asked once, and a voice of many goes on alone when the others are through. In detail:
//! - People without a voice are together a voice of their own.
//! - Who has several voices speaks for the one that has been asked least. Of those who can speak for a
//!   voice, it is somebody after whom most of the other waiting voices can still be heard.
//! - Who passes is asked once more, when all other voices have had a turn (one more, if all had had it) and
//!   everybody else of their own voice; who passes twice is let be.
//! - A voice that comes in the middle is next. It need not catch up all the turns it was not here for.
//!
//! Which of equals comes first follows from the seed.

mod choice;
#[cfg(test)]
mod tests;

use super::mix::Person;
use crate::ids::{PersonId, VoiceId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How often somebody may pass before they are let be.
const MOST_PASSES: u8 = 2;

/// A turn: who speaks, and for which voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Whose turn it is.
    pub person: PersonId,
    /// For which of their voices; none if they have taken none.
    pub voice: Option<VoiceId>,
}

/// How often a voice had the turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Which; none are those who have taken no voice.
    pub voice: Option<VoiceId>,
    /// How many spoke for it.
    pub times: u32,
    /// Its place in line: how many turns it has had, those passed too, lifted to the others' when it came
    /// later.
    asked: u32,
    /// Whether its last turn was passed.
    is_owed: bool,
}

/// A round that goes on. Who is here is told at each step, so people may come and go.
///
/// ```
/// use samtavle_shared::session::{mix::Person, turns::Turns};
/// let here = [("kari", "youth"), ("ola", "youth"), ("liv", "leader")]
///     .map(|(id, voice)| Person { id: id.into(), voices: vec![voice.into()] });
/// let mut turns = Turns::start(&here, 7);
/// let first = turns.present().and_then(|turn| turn.voice.clone());
/// turns.done(&here);
/// let second = turns.present().and_then(|turn| turn.voice.clone());
/// assert_ne!(first, second);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turns {
    seed: u64,
    present: Option<Turn>,
    /// The turn after, if the present one speaks and nobody comes or goes.
    next: Option<Turn>,
    /// How many are still to be asked, those of `present` and `next` counted.
    waiting: u32,
    /// The turn before.
    last: Option<Turn>,
    heard: Vec<Heard>,
    spoken: BTreeSet<PersonId>,
    passed: BTreeMap<PersonId, u8>,
    /// How many seconds each has.
    #[serde(default)]
    seconds: Option<u16>,
    /// When those of the present one are over, milliseconds since 1970.
    #[serde(default)]
    ends_at: Option<u64>,
}

impl Turns {
    /// Begins a round with those who are here.
    pub fn start(people_here: &[Person], seed: u64) -> Self {
        let mut turns = Self {
            seed,
            present: None,
            next: None,
            waiting: 0,
            last: None,
            heard: Vec::new(),
            spoken: BTreeSet::new(),
            passed: BTreeMap::new(),
            seconds: None,
            ends_at: None,
        };
        turns.give(people_here);
        turns
    }

    /// The same round, in which each has so many seconds from when their turn begins: the first one's from `now`,
    /// milliseconds since 1970.
    #[must_use]
    pub fn timed(mut self, seconds: Option<u16>, now: u64) -> Self {
        self.seconds = seconds;
        self.wind(now);
        self
    }

    /// Somebody else has the turn, from now on.
    pub fn wind(&mut self, now: u64) {
        let seconds = self.seconds.filter(|_| self.present.is_some());
        self.ends_at = seconds.map(|seconds| now + u64::from(seconds) * 1_000);
    }

    /// How many seconds each has; `None`: that is not counted.
    pub fn seconds(&self) -> Option<u16> {
        self.seconds
    }

    /// When those of the present one are over, milliseconds since 1970.
    pub fn ends_at(&self) -> Option<u64> {
        self.ends_at
    }

    /// Whose turn it is; none when everybody who is here has spoken or is let be.
    pub fn present(&self) -> Option<&Turn> {
        self.present.as_ref()
    }

    /// Whose turn it will be when the present one has spoken.
    pub fn next(&self) -> Option<&Turn> {
        self.next.as_ref()
    }

    /// The present one has spoken.
    pub fn done(&mut self, people_here: &[Person]) {
        self.end_turn(people_here);
        self.give(people_here);
    }

    /// The present one passes, or does not answer.
    pub fn pass(&mut self, people_here: &[Person]) {
        if let Some(turn) = self.present.take() {
            *self.passed.entry(turn.person.clone()).or_default() += 1;
            let others = self.least_asked_of_others(people_here, turn.voice.as_ref());
            let voice = self.voice(turn.voice.as_ref());
            voice.is_owed = true;
            // The others first end the lap; if it was through already, they first have another.
            voice.asked = (voice.asked + 1).max(others.map_or(0, |asked| asked + 1));
            self.last = Some(turn);
        }
        self.give(people_here);
    }

    /// Somebody came, went or took another voice: the turn of one who has gone goes on and counts for
    /// nothing (they are asked when they are back), and when nobody has it, who came gets it.
    pub fn refresh(&mut self, people_here: &[Person]) {
        let is_here = |turn: &Turn| people_here.iter().any(|person| person.id == turn.person);
        if self.present.as_ref().is_some_and(is_here) {
            self.look_ahead(people_here);
        } else {
            self.give(people_here);
        }
    }

    /// How often each voice that was asked has been heard.
    pub fn heard(&self) -> &[Heard] {
        &self.heard
    }

    /// Those who have spoken.
    pub fn spoken(&self) -> &BTreeSet<PersonId> {
        &self.spoken
    }

    /// How many have spoken.
    pub fn heard_people(&self) -> usize {
        self.spoken.len()
    }

    /// How many have spoken or are still to be asked, who has the turn counted.
    pub fn people(&self) -> usize {
        self.spoken.len() + self.waiting as usize
    }

    fn give(&mut self, people_here: &[Person]) {
        self.present = self.choose(people_here);
        self.look_ahead(people_here);
    }

    fn look_ahead(&mut self, people_here: &[Person]) {
        let waiting = people_here
            .iter()
            .filter(|person| self.may_be_asked(person))
            .count();
        self.waiting = waiting as u32;
        let mut then = self.clone();
        then.end_turn(people_here);
        self.next = then.choose(people_here);
    }

    fn end_turn(&mut self, people_here: &[Person]) {
        let Some(turn) = self.present.take() else {
            return;
        };
        self.spoken.insert(turn.person.clone());
        let others = self.least_asked_of_others(people_here, turn.voice.as_ref());
        let voice = self.voice(turn.voice.as_ref());
        voice.times += 1;
        voice.is_owed = false;
        // A voice that came late is lifted to those who were here all along.
        voice.asked = (voice.asked + 1).max(others.unwrap_or(0));
        self.last = Some(turn);
    }

    fn voice(&mut self, voice: Option<&VoiceId>) -> &mut Heard {
        let place = self
            .heard
            .iter()
            .position(|heard| heard.voice.as_ref() == voice);
        let place = place.unwrap_or_else(|| {
            self.heard.push(Heard {
                voice: voice.cloned(),
                times: 0,
                asked: 0,
                is_owed: false,
            });
            self.heard.len() - 1
        });
        &mut self.heard[place]
    }
}
