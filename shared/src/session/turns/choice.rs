//! Who is next.

use super::{Heard, MOST_PASSES, Person, Turn, Turns};
use crate::{ids::VoiceId, session::mix::Dice};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// A voice, or none.
type Voice<'a> = Option<&'a VoiceId>;

/// The voices that a person can speak for: those they have taken, or none.
fn voices_of(person: &Person) -> impl Iterator<Item = Voice<'_>> {
    let silent = person.voices.is_empty().then_some(None);
    person.voices.iter().map(Some).chain(silent)
}

fn speaks_for(person: &Person, voice: Voice) -> bool {
    voices_of(person).any(|own| own == voice)
}

impl Turns {
    pub(super) fn may_be_asked(&self, person: &Person) -> bool {
        !self.spoken.contains(&person.id) && self.passes(person) < MOST_PASSES
    }

    fn passes(&self, person: &Person) -> u8 {
        self.passed.get(&person.id).copied().unwrap_or(0)
    }

    fn known(&self, voice: Voice) -> Option<&Heard> {
        self.heard
            .iter()
            .find(|heard| heard.voice.as_ref() == voice)
    }

    fn asked(&self, voice: Voice) -> u32 {
        self.known(voice).map_or(0, |heard| heard.asked)
    }

    /// The next turn; it does not look at the present one.
    pub(super) fn choose(&self, people_here: &[Person]) -> Option<Turn> {
        let all: Vec<&Person> = people_here
            .iter()
            .filter(|person| self.may_be_asked(person))
            .collect();
        let last = self.last.as_ref().map(|turn| &turn.person);
        let mut waiting: Vec<&Person> = all
            .iter()
            .copied()
            .filter(|person| Some(&person.id) != last)
            .collect();
        if waiting.is_empty() {
            waiting = all; // who has just passed, and is the only one left
        }

        let voices: BTreeSet<Voice> = waiting.iter().copied().flat_map(voices_of).collect();
        let voice = voices
            .iter()
            .copied()
            .min_by_key(|&voice| self.place_in_line(voice, &waiting))?;
        let person = self.speaker(&waiting, &voices, voice)?;
        Some(Turn {
            person: person.id.clone(),
            voice: voice.cloned(),
        })
    }

    fn place_in_line(&self, voice: Voice, waiting: &[&Person]) -> impl Ord + use<> {
        let is_owed = self.known(voice).is_some_and(|heard| heard.is_owed);
        let has_fresh = waiting
            .iter()
            .any(|person| self.passes(person) == 0 && speaks_for(person, voice));
        // Who has passed for another of their voices is not asked for this one before the others.
        let wait = u32::from(!has_fresh && !is_owed);
        let was_last = self
            .last
            .as_ref()
            .is_some_and(|turn| turn.voice.as_ref() == voice);
        let name = voice.map_or("", VoiceId::as_str);
        (self.asked(voice) + wait, was_last, !is_owed, self.lot(name))
    }

    /// Who speaks for this voice.
    fn speaker<'a>(
        &self,
        waiting: &[&'a Person],
        voices: &BTreeSet<Voice>,
        voice: Voice,
    ) -> Option<&'a Person> {
        let mut speakers: Vec<&Person> = waiting
            .iter()
            .copied()
            .filter(|person| speaks_for(person, voice))
            .collect();
        let fewest_passes = speakers.iter().map(|person| self.passes(person)).min()?;
        speakers.retain(|person| self.passes(person) == fewest_passes);

        // Who can speak for nothing else is not missed by any other voice.
        let only_this = |person: &&Person| voices_of(person).all(|own| own == voice);
        if speakers.iter().any(only_this) {
            speakers.retain(only_this);
            return speakers
                .into_iter()
                .min_by_key(|person| self.lot(person.id.as_str()));
        }
        let level = self.asked(voice);
        let others: Vec<Voice> = voices
            .iter()
            .copied()
            .filter(|&other| other != voice && self.asked(other) <= level)
            .collect();
        // Who has the same voices leaves the same behind: of hundreds, it is worked out for a few.
        let mut known: BTreeMap<BTreeSet<Voice>, usize> = BTreeMap::new();
        speakers.into_iter().min_by_key(|person| {
            let left = *known.entry(voices_of(person).collect()).or_insert_with(|| {
                let rest: Vec<&Person> = waiting
                    .iter()
                    .copied()
                    .filter(|other| other.id != person.id)
                    .collect();
                can_be_heard(&others, &rest)
            });
            (Reverse(left), self.lot(person.id.as_str()))
        })
    }

    /// The least asked of the other voices that somebody here can still speak for.
    pub(super) fn least_asked_of_others(
        &self,
        people_here: &[Person],
        voice: Voice,
    ) -> Option<u32> {
        people_here
            .iter()
            .filter(|person| self.may_be_asked(person))
            .flat_map(voices_of)
            .filter(|&other| other != voice)
            .map(|other| self.asked(other))
            .min()
    }

    /// A number that follows from the seed and a name: FNV-1a of the name, then the dice.
    fn lot(&self, name: &str) -> usize {
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Dice::new(self.seed ^ hash).below(1 << 30)
    }
}

/// How many of these voices can be heard when each of these people speaks once: the largest matching of
/// voices and people, by augmenting paths (Kuhn 1955).
fn can_be_heard(voices: &[Voice], people: &[&Person]) -> usize {
    let mut speaks: Vec<Option<usize>> = vec![None; people.len()];
    (0..voices.len())
        .filter(|&voice| gets_a_speaker(voice, voices, people, &mut speaks))
        .count()
}

fn gets_a_speaker(
    voice: usize,
    voices: &[Voice],
    people: &[&Person],
    speaks: &mut [Option<usize>],
) -> bool {
    // A way through the voices: each takes a speaker from the next, the last one a free one.
    let mut from: Vec<Option<usize>> = vec![None; people.len()];
    let mut seen = vec![false; people.len()];
    let mut queue = vec![(voice, None)];
    let mut next = 0;
    while let Some(&(asking, held)) = queue.get(next) {
        next += 1;
        for (number, person) in people.iter().enumerate() {
            if seen[number] || !speaks_for(person, voices[asking]) {
                continue;
            }
            seen[number] = true;
            from[number] = held;
            if let Some(other) = speaks[number] {
                queue.push((other, Some(number)));
                continue;
            }
            // Back along the way: each speaker goes to the voice before.
            let mut freed = number;
            while let Some(before) = from[freed] {
                speaks[freed] = speaks[before];
                freed = before;
            }
            speaks[freed] = Some(voice);
            return true;
        }
    }
    false
}
