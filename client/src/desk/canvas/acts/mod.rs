//! What can be done with what is chosen, said once: the bar shows the most used of it with words, a menu all of it.
//!
//! - here: which acts there are, and in which order
//! - [`face`]: what each is called, and how it looks
//! - [`carry_out`]: what each does
//! - [`menu`]: the menu of a right click, of the context menu's key, and of «Mer»

mod carry_out;
mod face;
mod menu;

pub(super) use menu::{ActsMenu, MenuOf};

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

/// So many acts stand in the bar with words.
const IN_BAR: usize = 6;

/// One thing that can be done with what is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Act {
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

/// What is chosen, as far as acts care.
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
    pub(super) shown: Vec<Act>,
    pub(super) rest: Vec<Act>,
}

impl Chosen {
    /// Everything that can be done, in the order of the menu.
    pub(super) fn acts(self) -> Vec<Act> {
        match self.what {
            What::Image if self.is_held => vec![Act::Look],
            What::Image => vec![Act::Look, Act::Delete],
            What::Nothing => Vec::new(),
            _ if self.is_held => Vec::new(),
            What::Link => vec![Act::Delete],
            What::Cluster => self.cluster_acts(),
            What::Notes(count) => self.note_acts(count),
        }
    }

    fn note_acts(self, count: usize) -> Vec<Act> {
        let mut acts = vec![Act::Kind];
        let one = self.one.unwrap_or_default();
        let mut add = |act, is_there: bool| acts.extend(is_there.then_some(act));
        add(Act::Details, one.has_details);
        add(Act::Lived, one.is_mine);
        for kind in ReactionKind::ALL {
            add(Act::React(kind), one.may_react);
        }
        for &(kind, says) in one.answers {
            add(Act::Answer(kind, says), true);
        }
        add(Act::Cluster, count > 1 && !self.in_cluster);
        add(Act::Split, self.in_cluster);
        add(Act::Spread, self.has_piles);
        add(Act::TakeOut, self.in_cluster);
        add(Act::Connect, count == 1);
        add(Act::Carry, true);
        add(Act::Duplicate, true);
        add(Act::Photo, one.is_cut);
        add(Act::Spotlight, count == 1 && self.leads);
        add(Act::Hide, count == 1 && self.leads);
        add(Act::ToCluster, count == 1 && self.in_cluster);
        add(Act::Delete, true);
        acts
    }

    fn cluster_acts(self) -> Vec<Act> {
        let mut acts = vec![
            Act::Rename,
            Act::Tidy,
            Act::Collapse,
            Act::Merge,
            Act::Carry,
            Act::Dissolve,
            Act::Connect,
        ];
        if self.leads {
            acts.extend([Act::Lock, Act::Spotlight]);
        }
        acts.push(Act::DeleteCluster);
        acts
    }
}

impl Bar {
    /// The first of these acts with words, and what deletes; what has no room goes to the rest. `width`: of a button.
    pub(super) fn of(acts: &[Act], room: f64, width: impl Fn(Act) -> f64) -> Self {
        let mut most = IN_BAR.min(acts.len());
        loop {
            let bar = Self::with(acts, most);
            let needed: f64 = bar.shown.iter().map(|&act| width(act)).sum();
            if needed <= room || most <= 1 {
                return bar;
            }
            most -= 1;
        }
    }

    fn with(acts: &[Act], most: usize) -> Self {
        let (last, others) = match acts.split_last() {
            Some((Act::Delete, others)) => (Some(Act::Delete), others),
            _ => (None, acts),
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
        let acts = another_s_problem().acts();
        let bar = Bar::of(&acts, 1_000.0, |_| 120.0);
        assert_eq!(bar.shown.len(), IN_BAR);
        assert_eq!(bar.shown.last(), Some(&Act::Delete));
        assert_eq!(bar.shown.len() + bar.rest.len(), acts.len());
        assert!(bar.rest.iter().all(|act| !bar.shown.contains(act)));
    }

    #[test]
    fn where_there_is_less_room_there_are_fewer_and_delete_stays() {
        let acts = another_s_problem().acts();
        let bar = Bar::of(&acts, 400.0, |_| 120.0);
        assert_eq!(bar.shown.len(), 3);
        assert_eq!(bar.shown.last(), Some(&Act::Delete));
        assert_eq!(Bar::of(&acts, 10.0, |_| 120.0).shown, [Act::Delete]);
        assert_eq!(Bar::of(&[], 400.0, |_| 120.0), Bar::default());
    }

    #[test]
    fn what_is_locked_is_only_looked_at() {
        let held = |what| Chosen {
            what,
            is_held: true,
            ..Chosen::default()
        };
        assert_eq!(held(What::Notes(2)).acts(), []);
        assert_eq!(held(What::Cluster).acts(), []);
        assert_eq!(held(What::Image).acts(), [Act::Look]);
    }

    #[test]
    fn several_notes_become_a_cluster_and_are_not_linked() {
        let acts = notes(3).acts();
        assert!(acts.contains(&Act::Cluster) && !acts.contains(&Act::Connect));
        assert!(!notes(1).acts().contains(&Act::Cluster));
    }
}
