//! People in groups while they are being mixed, and what a step would change.

use super::task::{Task, Wish};
use std::ops::{AddAssign, Neg};

/// How good an arrangement is, or what a step changes: lower is better, the first that differs decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    broken: i32,
    /// Minus the sum over the groups of how many different voices each has.
    lacking: i32,
    moved: i32,
    crowding: i32,
}

impl Score {
    pub(super) const SAME: Self = Self {
        broken: 0,
        lacking: 0,
        moved: 0,
        crowding: 0,
    };

    pub(super) fn broken(self) -> u32 {
        self.broken.unsigned_abs()
    }

    pub(super) fn voices(self) -> u32 {
        self.lacking.unsigned_abs()
    }

    pub(super) fn moved(self) -> u32 {
        self.moved.unsigned_abs()
    }

    /// What matters before who has to move.
    pub(super) fn quality(self) -> (i32, i32) {
        (self.broken, self.lacking)
    }

    /// As if nobody had had a group before.
    fn unmoved(self) -> Self {
        Self { moved: 0, ..self }
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.broken += other.broken;
        self.lacking += other.lacking;
        self.moved += other.moved;
        self.crowding += other.crowding;
    }
}

impl Neg for Score {
    type Output = Self;
    fn neg(self) -> Self {
        Self {
            broken: -self.broken,
            lacking: -self.lacking,
            moved: -self.moved,
            crowding: -self.crowding,
        }
    }
}

/// Who sits where; people may still be without a place.
#[derive(Clone)]
pub(super) struct Arrangement<'a> {
    task: &'a Task,
    group_of: Vec<Option<usize>>,
    sizes: Vec<usize>,
    /// How many of each voice are in each group: a row a group, the last column those without a voice.
    counts: Vec<i32>,
    score: Score,
}

impl<'a> Arrangement<'a> {
    /// Nobody has a place.
    pub(super) fn empty(task: &'a Task) -> Self {
        Self {
            task,
            group_of: vec![None; task.people()],
            sizes: vec![0; task.groups],
            counts: vec![0; task.groups * (task.silent + 1)],
            score: Score::SAME,
        }
    }

    pub(super) fn score(&self) -> Score {
        self.score
    }

    pub(super) fn group_of(&self, person: usize) -> Option<usize> {
        self.group_of[person]
    }

    pub(super) fn size(&self, group: usize) -> usize {
        self.sizes[group]
    }

    /// Those in a group.
    pub(super) fn members(&self, group: usize) -> Vec<usize> {
        (0..self.group_of.len())
            .filter(|&person| self.group_of[person] == Some(group))
            .collect()
    }

    fn count(&self, group: usize, voice: usize) -> i32 {
        self.counts[group * (self.task.silent + 1) + voice]
    }

    /// What it changes that a person comes into a group. Voices and wishes that they share with `except`,
    /// who leaves it in the same step, are not counted.
    fn joining(&self, person: usize, group: usize, except: Option<usize>) -> Score {
        let mut change = Score::SAME;
        let gone: &[usize] = except.map_or(&[], |other| &self.task.voices[other]);
        for &voice in &self.task.voices[person] {
            if gone.contains(&voice) {
                continue;
            }
            let count = self.count(group, voice);
            change.crowding += 2 * count + 1;
            if count == 0 && voice != self.task.silent {
                change.lacking -= 1;
            }
        }
        for &(other, wish) in &self.task.wishes[person] {
            if Some(other) == except {
                continue;
            }
            if let Some(theirs) = self.group_of[other]
                && (theirs == group) != (wish == Wish::Together)
            {
                change.broken += 1;
            }
        }
        if self.task.former[person].is_some_and(|former| former != group) {
            change.moved += 1;
        }
        change
    }

    /// What it takes away that they leave the group they are in: the same, as if they were out and came in.
    fn leaving(&self, person: usize, group: usize, except: Option<usize>) -> Score {
        let mut change = self.joining(person, group, except);
        let gone: &[usize] = except.map_or(&[], |other| &self.task.voices[other]);
        for &voice in &self.task.voices[person] {
            if gone.contains(&voice) {
                continue;
            }
            // They are counted among them now: one fewer stood there before them.
            change.crowding -= 2;
            if self.count(group, voice) == 1 && voice != self.task.silent {
                change.lacking -= 1;
            }
        }
        -change
    }

    /// What it would change to give a place to someone without one.
    pub(super) fn placing(&self, person: usize, group: usize) -> Score {
        self.joining(person, group, None)
    }

    /// What it would change to swap two people of different groups.
    pub(super) fn swapping(&self, one: usize, other: usize) -> Option<Score> {
        let (Some(here), Some(there)) = (self.group_of[one], self.group_of[other]) else {
            return None;
        };
        if here == there {
            return None;
        }
        let mut change = self.leaving(one, here, Some(other));
        change += self.joining(one, there, Some(other));
        change += self.leaving(other, there, Some(one));
        change += self.joining(other, here, Some(one));
        Some(change)
    }

    /// The same without regard to who moves.
    pub(super) fn swapping_unmoved(&self, one: usize, other: usize) -> Option<Score> {
        self.swapping(one, other).map(Score::unmoved)
    }

    /// What it would change to move someone to a smaller group, which keeps sizes within one.
    pub(super) fn moving(&self, person: usize, to: usize) -> Option<Score> {
        let from = self.group_of[person]?;
        if self.sizes[from] <= self.sizes[to] {
            return None;
        }
        let mut change = self.leaving(person, from, None);
        change += self.joining(person, to, None);
        Some(change)
    }

    pub(super) fn place(&mut self, person: usize, group: usize) {
        self.score += self.joining(person, group, None);
        self.group_of[person] = Some(group);
        self.sizes[group] += 1;
        self.add_voices(person, group, 1);
    }

    pub(super) fn lift(&mut self, person: usize) {
        if let Some(group) = self.group_of[person] {
            self.score += self.leaving(person, group, None);
            self.group_of[person] = None;
            self.sizes[group] -= 1;
            self.add_voices(person, group, -1);
        }
    }

    pub(super) fn shift(&mut self, person: usize, to: usize) {
        self.lift(person);
        self.place(person, to);
    }

    pub(super) fn swap(&mut self, one: usize, other: usize) {
        if let (Some(here), Some(there)) = (self.group_of[one], self.group_of[other]) {
            self.lift(one);
            self.shift(other, here);
            self.place(one, there);
        }
    }

    fn add_voices(&mut self, person: usize, group: usize, by: i32) {
        for &voice in &self.task.voices[person] {
            self.counts[group * (self.task.silent + 1) + voice] += by;
        }
    }

    /// Whether everybody has a place and all sizes are within one.
    pub(super) fn is_whole(&self) -> bool {
        let small = self.task.small();
        self.group_of.iter().all(Option::is_some)
            && self
                .sizes
                .iter()
                .all(|&size| size == small || size == small + 1)
    }
}
