//! Looks for the best mix, for a bounded time.

use super::{
    Dice,
    arrangement::{Arrangement, Score},
    bound::bound,
    relabel::relabel,
    task::Task,
};

/// No new round is begun after so many looks at a swap: 50 ms for 300 people when optimised.
const MOST_LOOKS: u64 = 800_000;

/// Most rounds (a build or a kick, then the way down): a dozen people are at their best after a few.
const MOST_ROUNDS: u32 = 120;

/// Up to so many people a former grouping is no hindrance to building from nothing. With more, one more
/// voice somewhere would move half the room, so only what lies near the former grouping is looked at.
const MOST_TO_BUILD_ANEW: usize = 40;

/// Most times that all swaps are looked at in one round. Each betters the score, so it ends by itself,
/// mostly after five; this is so that no odd case takes for ever.
const MOST_PASSES: u32 = 60;

/// `None`: it is not wanted any more.
pub(super) fn search<'a>(
    task: &'a Task,
    seed: u64,
    is_wanted: &'a dyn Fn() -> bool,
) -> Option<Arrangement<'a>> {
    let mut search = Search {
        task,
        blocks: task.blocks(),
        dice: Dice::new(seed),
        looks: 0,
        is_wanted,
        is_given_up: false,
    };
    let best = search.run();
    (!search.is_given_up).then_some(best)
}

struct Search<'a> {
    task: &'a Task,
    blocks: Vec<Vec<usize>>,
    dice: Dice,
    /// How often a swap or a move was looked at.
    looks: u64,
    is_wanted: &'a dyn Fn() -> bool,
    /// Nothing helps any more: what comes of it is thrown away.
    is_given_up: bool,
}

impl<'a> Search<'a> {
    /// Asked before each piece of work.
    fn goes_on(&mut self) -> bool {
        self.is_given_up = self.is_given_up || !(self.is_wanted)();
        !self.is_given_up
    }

    fn run(&mut self) -> Arrangement<'a> {
        let mut best = if self.task.has_former() {
            let former = self.former();
            let mut bettered = former.clone();
            if former.is_whole() {
                self.descend(&mut bettered);
                if bettered.score().quality() == former.score().quality() {
                    return former;
                }
            } else {
                bettered = self.repaired(former);
                self.descend(&mut bettered);
            }
            bettered
        } else {
            let mut built = self.built();
            self.descend(&mut built);
            built
        };

        let most = bound(self.task);
        for round in 0..MOST_ROUNDS {
            let score = best.score();
            let is_best = score.broken() == 0 && score.voices() == most && score.moved() == 0;
            if is_best || self.looks > MOST_LOOKS || !self.goes_on() {
                break;
            }
            let stays_near = self.task.has_former() && self.task.people() > MOST_TO_BUILD_ANEW;
            let mut other = if stays_near {
                self.kicked(&best, 2)
            } else if round % 2 == 0 {
                self.kicked(&best, 2 + self.task.people() / 12)
            } else {
                self.built()
            };
            self.descend(&mut other);
            if self.task.has_former() && other.score().quality() <= score.quality() {
                other = relabel(self.task, &other);
                self.descend(&mut other);
            }
            if other.score() < best.score() {
                best = other;
            }
        }
        best
    }

    /// Everybody where they were, as far as that group is still there.
    fn former(&self) -> Arrangement<'a> {
        let mut arrangement = Arrangement::empty(self.task);
        for (person, former) in self.task.former.iter().enumerate() {
            if let Some(group) = *former
                && group < self.task.groups
            {
                arrangement.place(person, group);
            }
        }
        arrangement
    }

    /// With sizes within one and nobody without a place. From a group that is too large those go who are
    /// missed least.
    fn repaired(&mut self, mut arrangement: Arrangement<'a>) -> Arrangement<'a> {
        let mut largest_first: Vec<usize> = (0..self.task.groups).collect();
        crate::sorting::sort_by(&mut largest_first, |&a, &b| {
            arrangement.size(b).cmp(&arrangement.size(a))
        });
        for (place, &group) in largest_first.iter().enumerate() {
            let most = self.task.small() + usize::from(place < self.task.big_groups());
            while arrangement.size(group) > most {
                let missed_least = arrangement
                    .members(group)
                    .into_iter()
                    .max_by_key(|&person| {
                        arrangement.lift(person);
                        let missed = arrangement.placing(person, group);
                        arrangement.place(person, group);
                        missed
                    });
                let Some(person) = missed_least else { break };
                arrangement.lift(person);
            }
        }
        self.fill(&mut arrangement);
        arrangement
    }

    fn built(&mut self) -> Arrangement<'a> {
        let mut arrangement = Arrangement::empty(self.task);
        self.fill(&mut arrangement);
        arrangement
    }

    /// Gives a place to all who have none, in any order but those who belong together first and at once,
    /// each where it does most good.
    fn fill(&mut self, arrangement: &mut Arrangement<'a>) {
        let mut order: Vec<usize> = (0..self.task.people()).collect();
        self.dice.shuffle(&mut order);
        let mut blocks = self.blocks.clone();
        self.dice.shuffle(&mut blocks);
        crate::sorting::sort_by(&mut blocks, |a, b| b.len().cmp(&a.len()));
        let tied: Vec<usize> = blocks.into_iter().flatten().collect();
        for person in tied.into_iter().chain(order) {
            if arrangement.group_of(person).is_some() {
                continue;
            }
            let small = self.task.small();
            let groups = 0..self.task.groups;
            let over = groups
                .clone()
                .filter(|&group| arrangement.size(group) > small)
                .count();
            let first = self.dice.below(self.task.groups);
            let best = groups
                .map(|group| (group + first) % self.task.groups)
                .filter(|&group| {
                    arrangement.size(group) < small
                        || (arrangement.size(group) == small && over < self.task.big_groups())
                })
                .min_by_key(|&group| arrangement.placing(person, group));
            if let Some(group) = best {
                arrangement.place(person, group);
            }
        }
    }

    /// The same with a few people swapped blindly, to get out of a dead end without leaving all behind.
    fn kicked(&mut self, best: &Arrangement<'a>, swaps: usize) -> Arrangement<'a> {
        let mut arrangement = best.clone();
        let people = self.task.people();
        for _ in 0..swaps {
            let (one, other) = (self.dice.below(people), self.dice.below(people));
            if one != other {
                arrangement.swap(one, other);
            }
        }
        arrangement
    }

    /// Swaps and moves as long as that helps.
    fn descend(&mut self, arrangement: &mut Arrangement<'a>) {
        for _ in 0..MOST_PASSES {
            if !self.step_all(arrangement) && !self.carry_blocks(arrangement) {
                return;
            }
        }
    }

    /// Looks at each swap and each move once, and does what helps. Says whether any did.
    fn step_all(&mut self, arrangement: &mut Arrangement<'a>) -> bool {
        let mut has_helped = false;
        for person in 0..self.task.people() {
            if !self.goes_on() {
                return false;
            }
            for other in person + 1..self.task.people() {
                self.looks += 1;
                if arrangement
                    .swapping(person, other)
                    .is_some_and(|change| change < Score::SAME)
                {
                    arrangement.swap(person, other);
                    has_helped = true;
                }
            }
            if self.task.big_groups() == 0 {
                continue;
            }
            for group in 0..self.task.groups {
                self.looks += 1;
                if arrangement
                    .moving(person, group)
                    .is_some_and(|change| change < Score::SAME)
                {
                    arrangement.shift(person, group);
                    has_helped = true;
                }
            }
        }
        has_helped
    }

    /// Carries people who belong together to another group at once: one by one it would break a wish on
    /// the way. Each of them swaps with whom it costs least; if all of it did not help, they go back.
    fn carry_blocks(&mut self, arrangement: &mut Arrangement<'a>) -> bool {
        let mut has_helped = false;
        for block in 0..self.blocks.len() {
            if !self.goes_on() {
                return false;
            }
            for group in 0..self.task.groups {
                let before = arrangement.score();
                let done = self.carry(arrangement, block, group);
                if arrangement.score() < before {
                    has_helped = true;
                } else {
                    for (one, other) in done.into_iter().rev() {
                        arrangement.swap(one, other);
                    }
                }
            }
        }
        has_helped
    }

    fn carry(
        &mut self,
        arrangement: &mut Arrangement<'a>,
        block: usize,
        group: usize,
    ) -> Vec<(usize, usize)> {
        let block = &self.blocks[block];
        let mut done = Vec::new();
        for &person in block {
            let members = arrangement.members(group);
            self.looks += self.task.people() as u64 / 8; // to find the members is work, too
            let cheapest = members
                .into_iter()
                .filter(|other| !block.contains(other))
                .filter_map(|other| Some((arrangement.swapping_unmoved(person, other)?, other)))
                .min();
            if let Some((_, other)) = cheapest {
                arrangement.swap(person, other);
                done.push((person, other));
            }
        }
        done
    }
}
