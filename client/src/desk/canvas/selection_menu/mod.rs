//! What can be done with what is chosen, said once: the bar shows the most used of it with words, a menu all of it.
//!
//! - here: which actions there are, and in which order
//! - [`face`]: what each is called, and how it looks
//! - [`carry_out`]: what each does
//! - [`menu`], [`menu_of`]: the menu of a right click, of the context menu's key, and of «Mer»

mod carry_out;
mod face;
mod menu;
mod menu_of;

pub(super) use menu::SelectionMenu;
pub(super) use menu_of::MenuOf;

use super::stage::Stage;
use crate::{
    notes::{has_details, reactions::may_react},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{LinkKind, NoteKind, ReactionKind},
    ids::NoteId,
};

/// So many actions stand in the bar with words.
const IN_BAR: usize = 6;

/// One thing that can be done with what is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Action {
    /// Another kind: the bar's button opens a menu of them.
    Kind,
    /// What a habit and a plan are asked, and how a note was said back.
    Details,
    /// «I live with this», or no longer.
    Lived,
    /// A reaction, or none any more.
    React(ReactionKind),
    /// A note that answers this one.
    Answer(NoteKind, LinkKind),
    /// A cluster of several.
    Cluster,
    /// A cluster of its own, out of the one that they are in.
    Split,
    /// Out of the cluster.
    TakeOut,
    /// Piles side by side.
    Spread,
    /// A link to something.
    Connect,
    /// To another place, without dragging.
    Carry,
    /// A copy.
    Duplicate,
    /// The photo it was cut from.
    Photo,
    /// Alone on the wall.
    Spotlight,
    /// Off all screens.
    Hide,
    /// From the note to its cluster.
    ToCluster,
    /// Off the board: notes, a link or a picture.
    Delete,
    /// A cluster's name.
    Rename,
    /// In rows.
    Tidy,
    /// A cluster as a stack, or spread out.
    Collapse,
    /// A cluster together with another.
    Merge,
    /// A cluster without its frame.
    Dissolve,
    /// Locked for participants, or no longer.
    Lock,
    /// A cluster with its notes.
    DeleteCluster,
    /// A picture, large.
    Look,
}

/// What is chosen, as far as actions care.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Chosen {
    pub(super) what: What,
    /// The kind of all notes, if they are of one.
    pub(super) kind: Option<NoteKind>,
    in_cluster: bool,
    has_piles: bool,
    leads: bool,
    /// What the person here may only look at.
    is_held: bool,
    one: Option<One>,
}

/// What sort of thing is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum What {
    #[default]
    Nothing,
    /// So many.
    Notes(usize),
    Cluster,
    Link,
    Image,
}

/// The one chosen note.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct One {
    is_mine: bool,
    has_details: bool,
    may_react: bool,
    is_cut: bool,
    answers: &'static [(NoteKind, LinkKind)],
}

/// What the bar shows, and what «Mer» has.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bar {
    pub(super) shown: Vec<Action>,
    pub(super) rest: Vec<Action>,
}

impl Chosen {
    /// Everything that can be done, in the order of the menu.
    pub(super) fn actions(self) -> Vec<Action> {
        match self.what {
            What::Image if self.is_held => vec![Action::Look],
            What::Image => vec![Action::Look, Action::Delete],
            What::Nothing => Vec::new(),
            _ if self.is_held => Vec::new(),
            What::Link => vec![Action::Delete],
            What::Cluster => self.cluster_actions(),
            What::Notes(count) => self.note_actions(count),
        }
    }

    fn note_actions(self, count: usize) -> Vec<Action> {
        let mut actions = vec![Action::Kind];
        let one = self.one.unwrap_or_default();
        let mut add = |action, is_there: bool| actions.extend(is_there.then_some(action));
        add(Action::Details, one.has_details);
        add(Action::Lived, one.is_mine);
        for kind in ReactionKind::ALL {
            add(Action::React(kind), one.may_react);
        }
        for &(kind, says) in one.answers {
            add(Action::Answer(kind, says), true);
        }
        add(Action::Cluster, count > 1 && !self.in_cluster);
        add(Action::Split, self.in_cluster);
        add(Action::Spread, self.has_piles);
        add(Action::TakeOut, self.in_cluster);
        add(Action::Connect, count == 1);
        add(Action::Carry, true);
        add(Action::Duplicate, true);
        add(Action::Photo, one.is_cut);
        add(Action::Spotlight, count == 1 && self.leads);
        add(Action::Hide, count == 1 && self.leads);
        add(Action::ToCluster, count == 1 && self.in_cluster);
        add(Action::Delete, true);
        actions
    }

    fn cluster_actions(self) -> Vec<Action> {
        let mut actions = vec![
            Action::Rename,
            Action::Tidy,
            Action::Collapse,
            Action::Merge,
            Action::Carry,
            Action::Dissolve,
            Action::Connect,
        ];
        if self.leads {
            actions.extend([Action::Lock, Action::Spotlight]);
        }
        actions.push(Action::DeleteCluster);
        actions
    }
}

impl Bar {
    /// The first of these actions with words, and what deletes; what has no room goes to the rest. `width`: of a button.
    pub(super) fn of(actions: &[Action], room: f64, width: impl Fn(Action) -> f64) -> Self {
        let mut most = IN_BAR.min(actions.len());
        loop {
            let bar = Self::with(actions, most);
            let needed: f64 = bar.shown.iter().map(|&action| width(action)).sum();
            if needed <= room || most <= 1 {
                return bar;
            }
            most -= 1;
        }
    }

    fn with(actions: &[Action], most: usize) -> Self {
        let (last, others) = match actions.split_last() {
            Some((Action::Delete, others)) => (Some(Action::Delete), others),
            _ => (None, actions),
        };
        let first = others
            .len()
            .min(most - usize::from(last.is_some() && most > 0));
        let (shown, rest) = others.split_at(first);
        Self {
            shown: shown.iter().copied().chain(last).collect(),
            rest: rest.to_vec(),
        }
    }
}

impl Stage {
    /// What is chosen now; followed.
    pub(super) fn chosen(self) -> Chosen {
        let desk = self.desk;
        let replica = desk.replica;
        let may_write = replica.may_write();
        let leads = replica.session.leads().get();
        let of = |what, may: bool| Chosen {
            what,
            leads,
            is_held: !(may_write && may),
            ..Chosen::default()
        };
        if self.link.with(Option::is_some) {
            return of(What::Link, true);
        }
        if self.image.with(Option::is_some) {
            return of(What::Image, true);
        }
        let selection = desk.selection.get();
        let state = replica.state;
        state.moved.track();
        if let Some(cluster) = selection.cluster {
            let is_there = state.cluster(&cluster).is_some();
            let what = if is_there {
                What::Cluster
            } else {
                What::Nothing
            };
            return of(what, replica.is_unlocked(&cluster));
        }
        let may_all = selection.notes.iter().all(|note| replica.may_touch(note));
        let mut chosen = of(What::Nothing, may_all);
        chosen.has_piles = !self.chosen_piles().is_empty();
        let mut count = 0;
        for signals in selection.notes.iter().filter_map(|id| state.note(id)) {
            signals.note.with_untracked(|note| {
                let is_same = count == 0 || chosen.kind == Some(note.kind);
                chosen.kind = is_same.then_some(note.kind);
                chosen.in_cluster |= note.cluster.is_some();
                count += 1;
            });
        }
        if count > 0 {
            chosen.what = What::Notes(count);
        }
        if let [id] = selection.notes.as_slice() {
            chosen.one = one(replica, id);
        }
        chosen
    }

    /// The one chosen note.
    pub(super) fn only_note(self) -> Option<NoteId> {
        let selection = self.desk.selection.get_untracked();
        match selection.notes.as_slice() {
            [note] => Some(note.clone()),
            _ => None,
        }
    }
}

fn one(replica: Replica, id: &NoteId) -> Option<One> {
    let signals = replica.state.note(id)?;
    let may_react = may_react(replica, id);
    Some(signals.note.with_untracked(|note| One {
        is_mine: replica.is_mine(id),
        has_details: has_details(note),
        may_react,
        is_cut: note.cut.is_some(),
        answers: LinkKind::answers_to(note.kind),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(count: usize) -> Chosen {
        Chosen {
            what: What::Notes(count),
            ..Chosen::default()
        }
    }

    fn another_s_problem() -> Chosen {
        Chosen {
            one: Some(One {
                may_react: true,
                answers: LinkKind::answers_to(NoteKind::Problem),
                ..One::default()
            }),
            ..notes(1)
        }
    }

    #[test]
    fn the_bar_has_six_with_words_and_the_menu_has_all() {
        let actions = another_s_problem().actions();
        let bar = Bar::of(&actions, 1_000.0, |_| 120.0);
        assert_eq!(bar.shown.len(), IN_BAR);
        assert_eq!(bar.shown.last(), Some(&Action::Delete));
        assert_eq!(bar.shown.len() + bar.rest.len(), actions.len());
        assert!(bar.rest.iter().all(|action| !bar.shown.contains(action)));
    }

    #[test]
    fn where_there_is_less_room_there_are_fewer_and_delete_stays() {
        let actions = another_s_problem().actions();
        let bar = Bar::of(&actions, 400.0, |_| 120.0);
        assert_eq!(bar.shown.len(), 3);
        assert_eq!(bar.shown.last(), Some(&Action::Delete));
        assert_eq!(Bar::of(&actions, 10.0, |_| 120.0).shown, [Action::Delete]);
        assert_eq!(Bar::of(&[], 400.0, |_| 120.0), Bar::default());
    }

    #[test]
    fn what_is_locked_is_only_looked_at() {
        let held = |what| Chosen {
            what,
            is_held: true,
            ..Chosen::default()
        };
        assert_eq!(held(What::Notes(2)).actions(), []);
        assert_eq!(held(What::Cluster).actions(), []);
        assert_eq!(held(What::Image).actions(), [Action::Look]);
    }

    #[test]
    fn several_notes_become_a_cluster_and_are_not_linked() {
        let actions = notes(3).actions();
        assert!(actions.contains(&Action::Cluster) && !actions.contains(&Action::Connect));
        assert!(!notes(1).actions().contains(&Action::Cluster));
    }
}
