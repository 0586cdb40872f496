//! The best mix of a few people, found by trying all.

use super::{
    Former, GroupSize, Mix, Person, Wishes, arrangement::Arrangement, relabel::relabel, task::Task,
};

/// Most people that [`exact`] takes on: twelve have at most 138,600 groupings (3, 3, 2, 2, 2).
pub const MOST_PEOPLE_FOR_EXACT: usize = 12;

/// The best mix there is: fewest broken wishes, then most voices, then fewest moved. `None` for more than
/// [`MOST_PEOPLE_FOR_EXACT`] people. To measure [`super::mix()`] by.
pub fn exact(people: &[Person], size: GroupSize, wishes: &Wishes, former: &Former) -> Option<Mix> {
    if people.len() > MOST_PEOPLE_FOR_EXACT {
        return None;
    }
    let task = Task::new(people, size, wishes, former);
    let mut trial = Trial {
        task: &task,
        best: None,
    };
    trial.place(&mut Arrangement::empty(&task), 0, 0);
    trial.best.map(|best| task.mix_of(&best))
}

struct Trial<'a> {
    task: &'a Task,
    best: Option<Arrangement<'a>>,
}

impl<'a> Trial<'a> {
    /// Tries all places for this person and those after. Only the first of the groups that are still empty
    /// is tried: they differ by nothing but their number, which is given at the end.
    fn place(&mut self, arrangement: &mut Arrangement<'a>, person: usize, opened: usize) {
        if self
            .best
            .as_ref()
            .is_some_and(|best| best.score().broken() < arrangement.score().broken())
        {
            return;
        }
        if person == self.task.people() {
            self.weigh(arrangement);
            return;
        }
        let small = self.task.small();
        for group in 0..self.task.groups.min(opened + 1) {
            let over = (0..self.task.groups)
                .filter(|&g| arrangement.size(g) > small)
                .count();
            let has_room = arrangement.size(group) < small
                || (arrangement.size(group) == small && over < self.task.big_groups());
            if has_room {
                arrangement.place(person, group);
                self.place(arrangement, person + 1, opened.max(group + 1));
                arrangement.lift(person);
            }
        }
    }

    fn weigh(&mut self, arrangement: &Arrangement<'a>) {
        let is_worse = self
            .best
            .as_ref()
            .is_some_and(|best| best.score().quality() < arrangement.score().quality());
        if is_worse {
            return;
        }
        let numbered = if self.task.has_former() {
            relabel(self.task, arrangement)
        } else {
            arrangement.clone()
        };
        if self
            .best
            .as_ref()
            .is_none_or(|best| numbered.score() < best.score())
        {
            self.best = Some(numbered);
        }
    }
}
