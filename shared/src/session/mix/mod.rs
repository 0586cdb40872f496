//! Mixed groups: each with as many different voices as possible.
//!
//! What a good mix is, in this order:
//! 1. sizes are within one of each other, always;
//! 2. the fewest wishes (keep together, keep apart) are broken;
//! 3. the sum over the groups of how many *different* voices each has is as high as can be: "mixed" is
//!    counted in perspectives at the table, so the second youth at a table adds nothing. Who has taken no
//!    voice adds nothing either, and who has taken several adds each;
//! 4. the fewest people move from the group that they had;
//! 5. no voice is crowded where it could be spread (the sum of squares of people of a voice in a group).
//!
//! This is maximally diverse grouping, which is NP-hard (Feo and Khellaf, "A class of bounded
//! approximation algorithms for graph partitioning", Networks 20, 1990), so [`mix`] searches: built
//! greedily, bettered by swaps until none helps, kicked and built anew a bounded number of times.
//! [`exact`] says for a few people what could be reached, [`most_voices`] for many what cannot be passed.

mod arrangement;
mod bound;
mod dice;
mod exact;
mod latecomer;
mod relabel;
mod search;
mod task;
#[cfg(test)]
mod tests;

pub use bound::most_voices;
pub(crate) use dice::Dice;
pub use exact::{MOST_PEOPLE_FOR_EXACT, exact};
pub use latecomer::place_latecomer;

use crate::ids::{PersonId, VoiceId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use task::Task;

/// Most groups: a group's number is a `u8` everywhere else.
pub const MOST_GROUPS: usize = 256;

/// Somebody to be placed, with the voices that they have taken: none, one or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who is to be seated.
    pub id: PersonId,
    /// The voices that they speak from.
    #[serde(default)]
    pub voices: Vec<VoiceId>,
}

/// How the facilitator says how many sit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupSize {
    /// So many people in each, as nearly as sizes within one allow.
    People(u16),
    /// So many groups, though never one without people.
    Groups(u16),
}

impl GroupSize {
    /// How many groups that is for so many people. None for nobody; otherwise at least one, at most one
    /// a person, at most [`MOST_GROUPS`].
    ///
    /// ```
    /// use samtavle_shared::session::mix::GroupSize;
    /// assert_eq!(GroupSize::People(4).groups(10), 3); // 4, 3, 3 is nearer to four than 5, 5
    /// assert_eq!(GroupSize::People(4).groups(5), 1);
    /// assert_eq!(GroupSize::Groups(9).groups(4), 4);
    /// ```
    pub fn groups(self, people: usize) -> usize {
        let groups = match self {
            Self::Groups(groups) => usize::from(groups),
            Self::People(size) => {
                let size = usize::from(size).max(1);
                let fewer = (people / size).max(1);
                let more = fewer + 1;
                // How far the mean size is off: |people / groups - size|, both sides times both groups.
                let off = |groups: usize, other: usize| people.abs_diff(size * groups) * other;
                if off(more, fewer) < off(fewer, more) {
                    more
                } else {
                    fewer
                }
            }
        };
        groups.max(1).min(people).min(MOST_GROUPS)
    }
}

/// Who should be in the same group, and who should not. Someone who is not here, someone with themselves
/// and a wish said twice count for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Pairs to keep together, such as a person and their interpreter.
    #[serde(default)]
    pub together: Vec<(PersonId, PersonId)>,
    /// Pairs to keep apart.
    #[serde(default)]
    pub apart: Vec<(PersonId, PersonId)>,
}

impl Wishes {
    /// How many.
    pub fn len(&self) -> usize {
        self.together.len() + self.apart.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// In which group each was, by its number.
pub type Former = BTreeMap<PersonId, usize>;

/// People in groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mix {
    /// The group of each person, in the order in which they were given: `0..count`.
    pub groups: Vec<usize>,
    /// How many groups.
    pub count: usize,
    /// The sum over the groups of the number of different voices in each.
    pub voices: u32,
    /// How many are in another group than before.
    pub moved: u32,
    /// The wishes that could not be kept.
    pub broken_wishes: Wishes,
}

/// Mixes people into groups. Deterministic in `seed`, also when people are given in another order. The work
/// is bounded: 300 people take some 50 ms.
///
/// `former` may be empty. A former grouping that still is one (everybody has a place, sizes are right) and
/// that no swap makes better is kept, whatever the seed: to mix again when nothing has changed moves nobody.
///
/// Whether it is still wanted is asked before each piece of the work. `None`: it was given up.
///
/// ```
/// use samtavle_shared::session::mix::*;
/// let people: Vec<Person> = [("kari", "youth"), ("ola", "youth"), ("liv", "leader"), ("per", "leader")]
///     .map(|(id, voice)| Person { id: id.into(), voices: vec![voice.into()] })
///     .into();
/// let mix = mix(&people, GroupSize::Groups(2), &Wishes::default(), &Former::new(), 7, &|| true);
/// let mix = mix.unwrap();
/// assert_eq!(mix.voices, 4);
/// assert_ne!(mix.groups[0], mix.groups[1]);
/// ```
pub fn mix(
    people: &[Person],
    size: GroupSize,
    wishes: &Wishes,
    former: &Former,
    seed: u64,
    is_wanted: &dyn Fn() -> bool,
) -> Option<Mix> {
    let task = Task::new(people, size, wishes, former);
    let best = search::search(&task, seed, is_wanted)?;
    Some(task.mix_of(&best))
}
