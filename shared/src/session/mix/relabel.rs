//! Which of the new groups is which of the old ones, so that the fewest people move.

use super::{arrangement::Arrangement, task::Task};

/// Gives the groups of an arrangement the numbers under which most people stay.
pub(super) fn relabel<'a>(task: &'a Task, arrangement: &Arrangement<'a>) -> Arrangement<'a> {
    let mut stay = vec![vec![0; task.groups]; task.groups];
    for (person, &former) in task.former.iter().enumerate() {
        if let (Some(old), Some(new)) = (former, arrangement.group_of(person))
            && old < task.groups
        {
            stay[new][old] += 1;
        }
    }
    let number = assign(&stay);
    let mut renumbered = Arrangement::empty(task);
    for person in 0..task.people() {
        if let Some(group) = arrangement.group_of(person) {
            renumbered.place(person, number[group]);
        }
    }
    renumbered
}

/// For each row its own column, so that the sum of what stands there is the highest: the Hungarian method
/// with potentials, O(n³) (Kuhn 1955, Munkres 1957; by shortest augmenting paths as in Jonker and
/// Volgenant 1987).
fn assign(gain: &[Vec<i32>]) -> Vec<usize> {
    let size = gain.len();
    // Row and column `size` are the place where a path begins.
    let mut of_row = vec![0; size + 1];
    let mut of_column = vec![0; size + 1];
    let mut row_at: Vec<Option<usize>> = vec![None; size + 1];
    for row in 0..size {
        let mut slack = vec![i32::MAX; size];
        let mut way = vec![size; size];
        let mut used = vec![false; size + 1];
        let mut column = size;
        row_at[size] = Some(row);
        while let Some(here) = row_at[column] {
            used[column] = true;
            let (mut step, mut next) = (i32::MAX, size);
            for to in 0..size {
                if used[to] {
                    continue;
                }
                let cost = -gain[here][to] - of_row[here] - of_column[to];
                if cost < slack[to] {
                    slack[to] = cost;
                    way[to] = column;
                }
                if slack[to] < step {
                    step = slack[to];
                    next = to;
                }
            }
            for to in 0..=size {
                if used[to] {
                    if let Some(tied) = row_at[to] {
                        of_row[tied] += step;
                    }
                    of_column[to] -= step;
                } else {
                    slack[to] -= step;
                }
            }
            column = next;
        }
        while column != size {
            let before = way[column];
            row_at[column] = row_at[before];
            column = before;
        }
    }
    let mut column_of = vec![0; size];
    for (column, row) in row_at.iter().take(size).enumerate() {
        if let Some(row) = *row {
            column_of[row] = column;
        }
    }
    column_of
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn best_by_trying(gain: &[Vec<i32>], row: usize, taken: &mut Vec<usize>) -> i32 {
        if row == gain.len() {
            return 0;
        }
        let mut best = i32::MIN;
        for column in 0..gain.len() {
            if !taken.contains(&column) {
                taken.push(column);
                best = best.max(gain[row][column] + best_by_trying(gain, row + 1, taken));
                taken.pop();
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_other_numbering_keeps_more_people(size in 0usize..6, numbers in prop::collection::vec(0i32..7, 36)) {
            let gain: Vec<Vec<i32>> = (0..size).map(|row| numbers[row * 6..row * 6 + size].to_vec()).collect();
            let column_of = assign(&gain);
            let mut all = column_of.clone();
            all.sort_unstable();
            prop_assert_eq!(all, (0..size).collect::<Vec<_>>());
            let sum: i32 = (0..size).map(|row| gain[row][column_of[row]]).sum();
            prop_assert_eq!(sum, best_by_trying(&gain, 0, &mut Vec::new()));
        }
    }
}
