//! Links that wait until both of their notes are on the board: in silence they are drafts.

use super::{MomentState, catcher::answer_with};
use crate::{parts::storage, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::ids::NoteId;

/// Where they are kept: a line for each, with the idea and the problem that it answers.
fn key(replica: Replica) -> String {
    ["samtavle.links.", replica.ticket().board.as_str()].concat()
}

fn kept(replica: Replica) -> Vec<(NoteId, NoteId)> {
    storage::read(&key(replica))
        .map(|lines| read(&lines))
        .unwrap_or_default()
}

fn read(lines: &str) -> Vec<(NoteId, NoteId)> {
    lines
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(idea, problem)| (idea.into(), problem.into()))
        .collect()
}

fn keep(replica: Replica, links: &[(NoteId, NoteId)]) {
    if links.is_empty() {
        return storage::remove(&key(replica));
    }
    let spelled: Vec<String> = links
        .iter()
        .map(|(idea, problem)| [idea.as_str(), " ", problem.as_str()].concat())
        .collect();
    storage::write(&key(replica), &spelled.join("\n"));
}

/// The idea will answer the problem when both are there.
pub(super) fn link_later(moments: MomentState, idea: &NoteId, problem: &NoteId) {
    let mut links = kept(moments.replica);
    links.push((idea.clone(), problem.clone()));
    keep(moments.replica, &links);
}

/// Draws what waits, each time that notes were revealed.
pub(super) fn draw_what_waits(moments: MomentState) {
    let replica = moments.replica;
    let note_count = replica.state.note_count;
    Effect::new(move || {
        note_count.track();
        let links = kept(replica);
        if links.is_empty() {
            return;
        }
        let (ready, waiting): (Vec<_>, Vec<_>) = links.into_iter().partition(|(idea, problem)| {
            replica.state.note(idea).is_some() && replica.state.note(problem).is_some()
        });
        if ready.is_empty() {
            return;
        }
        keep(replica, &waiting);
        for (idea, problem) in &ready {
            answer_with(replica, idea, problem);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_line_that_was_cut_short_is_passed_over() {
        assert_eq!(read("a b\nc\n"), [("a".into(), "b".into())]);
    }
}
