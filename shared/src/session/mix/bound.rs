//! What no mix can pass.

use super::{Former, GroupSize, Person, Wishes, task::Task};

/// An upper bound on [`super::Mix::voices`] with so many groups, wishes aside. It is reached when everybody has one voice, and
/// may be out of reach when some have several.
///
/// A voice can be in no more groups than it has people, a group can have no more voices than its people
/// bring. For any `k`, the `k` groups that can have fewest cap what they take, and the others take each
/// voice once at most: the least of these sums is the largest flow from voices to groups (Gale 1957 and
/// Ryser 1957 on 0-1 matrices with given row and column sums).
///
/// ```
/// use samtavle_shared::session::mix::*;
/// let people: Vec<Person> = ["a", "b", "c", "d"]
///     .map(|id| Person { id: id.into(), voices: vec!["youth".into()] })
///     .into();
/// assert_eq!(most_voices(&people, 2), 2);
/// ```
pub fn most_voices(people: &[Person], groups: usize) -> u32 {
    let size = GroupSize::Groups(u16::try_from(groups).unwrap_or(u16::MAX));
    bound(&Task::new(people, size, &Wishes::default(), &Former::new()))
}

pub(super) fn bound(task: &Task) -> u32 {
    let mut brought: Vec<usize> = vec![0; task.people()];
    let mut people_of = vec![0; task.silent];
    for (person, voices) in task.voices.iter().enumerate() {
        for &voice in voices.iter().filter(|&&voice| voice != task.silent) {
            brought[person] += 1;
            people_of[voice] += 1;
        }
    }
    crate::sorting::sort_by(&mut brought, |a, b| b.cmp(a));

    let small_groups = task.groups - task.big_groups();
    let cap = |group: usize| {
        let size = task.small() + usize::from(group >= small_groups);
        brought.iter().take(size).sum::<usize>().min(task.silent)
    };
    let mut least = usize::MAX;
    let mut capped = 0;
    for groups in 0..=task.groups {
        let others = task.groups - groups;
        let free: usize = people_of
            .iter()
            .map(|&count: &usize| count.min(others))
            .sum();
        least = least.min(capped + free);
        if groups < task.groups {
            capped += cap(groups);
        }
    }
    least as u32
}
