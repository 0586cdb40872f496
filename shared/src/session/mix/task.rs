//! What is to be mixed, with numbers instead of names.

use super::{Former, GroupSize, Mix, Person, Wishes, arrangement::Arrangement};
use crate::ids::{PersonId, VoiceId};
use std::collections::{BTreeMap, BTreeSet};

/// What one person wishes of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wish {
    Together,
    Apart,
}

/// People are numbered by their id, so that the order in which they were given decides nothing.
pub(super) struct Task {
    /// Which number stands for the person who was given first, second …
    numbers: Vec<usize>,
    ids: Vec<PersonId>,
    pub(super) groups: usize,
    /// Each person's voices. Who has none has the voice [`Task::silent`], which is spread but not counted.
    pub(super) voices: Vec<Vec<usize>>,
    /// How many voices anybody has; also the number of the voice that stands for none.
    pub(super) silent: usize,
    /// What each wishes of whom; each wish stands with both.
    pub(super) wishes: Vec<Vec<(usize, Wish)>>,
    pub(super) former: Vec<Option<usize>>,
}

impl Task {
    pub(super) fn new(
        people: &[Person],
        size: GroupSize,
        wishes: &Wishes,
        former: &Former,
    ) -> Self {
        let mut order: Vec<usize> = (0..people.len()).collect();
        crate::sorting::sort_by(&mut order, |&a, &b| people[a].id.cmp(&people[b].id));
        let mut numbers = vec![0; people.len()];
        for (number, &given) in order.iter().enumerate() {
            numbers[given] = number;
        }
        let ids: Vec<PersonId> = order
            .iter()
            .map(|&given| people[given].id.clone())
            .collect();

        let all: BTreeSet<&VoiceId> = people.iter().flat_map(|person| &person.voices).collect();
        let voice_numbers: BTreeMap<&VoiceId, usize> = all
            .into_iter()
            .enumerate()
            .map(|(number, voice)| (voice, number))
            .collect();
        let silent = voice_numbers.len();
        let voices = order
            .iter()
            .map(|&given| {
                let own: BTreeSet<usize> = people[given]
                    .voices
                    .iter()
                    .map(|voice| voice_numbers[voice])
                    .collect();
                if own.is_empty() {
                    vec![silent]
                } else {
                    own.into_iter().collect()
                }
            })
            .collect();

        Self {
            groups: size.groups(people.len()),
            voices,
            silent,
            wishes: wishes_by_person(&ids, wishes),
            former: ids.iter().map(|id| former.get(id).copied()).collect(),
            numbers,
            ids,
        }
    }

    pub(super) fn people(&self) -> usize {
        self.ids.len()
    }

    /// The smaller of the two sizes that groups have.
    pub(super) fn small(&self) -> usize {
        self.people() / self.groups.max(1)
    }

    /// How many groups have one more than the small ones.
    pub(super) fn big_groups(&self) -> usize {
        self.people() % self.groups.max(1)
    }

    /// Whether anybody had a group before.
    pub(super) fn has_former(&self) -> bool {
        self.former.iter().any(Option::is_some)
    }

    /// People who are tied by wishes to be together, two or more.
    pub(super) fn blocks(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.people()];
        let mut blocks = Vec::new();
        for first in 0..self.people() {
            if seen[first] {
                continue;
            }
            seen[first] = true;
            let mut block = vec![first];
            let mut next = 0;
            while let Some(&person) = block.get(next) {
                next += 1;
                for &(other, wish) in &self.wishes[person] {
                    if wish == Wish::Together && !seen[other] {
                        seen[other] = true;
                        block.push(other);
                    }
                }
            }
            if block.len() > 1 {
                blocks.push(block);
            }
        }
        blocks
    }

    /// The arrangement in names, in the order in which people were given.
    pub(super) fn mix_of(&self, arrangement: &Arrangement) -> Mix {
        let group_of = |person: usize| arrangement.group_of(person).unwrap_or(0);
        let mut broken_wishes = Wishes::default();
        for (person, wishes) in self.wishes.iter().enumerate() {
            for &(other, wish) in wishes {
                let are_together = group_of(person) == group_of(other);
                if person > other || are_together == (wish == Wish::Together) {
                    continue;
                }
                let pair = (self.ids[person].clone(), self.ids[other].clone());
                match wish {
                    Wish::Together => broken_wishes.together.push(pair),
                    Wish::Apart => broken_wishes.apart.push(pair),
                }
            }
        }
        Mix {
            groups: self
                .numbers
                .iter()
                .map(|&number| group_of(number))
                .collect(),
            count: self.groups,
            voices: arrangement.score().voices(),
            moved: arrangement.score().moved(),
            broken_wishes,
        }
    }
}

fn wishes_by_person(ids: &[PersonId], wishes: &Wishes) -> Vec<Vec<(usize, Wish)>> {
    let number_of = |id: &PersonId| ids.binary_search(id).ok();
    let together = wishes.together.iter().map(|pair| (pair, Wish::Together));
    let apart = wishes.apart.iter().map(|pair| (pair, Wish::Apart));
    let mut said = BTreeSet::new();
    for ((one, other), wish) in together.chain(apart) {
        if let (Some(one), Some(other)) = (number_of(one), number_of(other))
            && one != other
        {
            said.insert((one.min(other), one.max(other), wish));
        }
    }
    let mut by_person = vec![Vec::new(); ids.len()];
    for (one, other, wish) in said {
        by_person[one].push((other, wish));
        by_person[other].push((one, wish));
    }
    by_person
}
