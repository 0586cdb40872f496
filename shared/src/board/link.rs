//! The link: a line from one item to another, with a meaning.

use super::{NoteKind, document::read_string};
use crate::ids::{ClusterId, LinkId, NoteId};
use crate::schema::{FROM, KIND, TO};
use yrs::{In, MapPrelim, MapRef, ReadTxn};

/// What a link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// An idea answers a problem.
    Answers,
    /// A habit causes a problem.
    Causes,
    /// A plan tests an idea.
    Tests,
    /// A kind that a later version or another client wrote.
    Other,
}

impl LinkKind {
    /// As it stands in the document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Causes => "causes",
            Self::Tests => "tests",
            Self::Other => "other",
        }
    }

    /// Reads a kind; what is unknown is [`LinkKind::Other`].
    pub fn read(name: &str) -> Self {
        [Self::Answers, Self::Causes, Self::Tests]
            .into_iter()
            .find(|kind| kind.name() == name)
            .unwrap_or(Self::Other)
    }
}

/// Which way round two things are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the first to the second.
    Forth,
    /// From the second to the first.
    Back,
}

impl LinkKind {
    /// What a link between two things says, by what speaks there (of a cluster: the kinds of its
    /// notes), and which way round it goes, whichever of the two was pointed at first; `None`: nothing
    /// that we have a word for.
    pub fn between(one: &[NoteKind], other: &[NoteKind]) -> Option<(Self, Way)> {
        let says = |from: &[NoteKind], to: &[NoteKind]| {
            [
                (NoteKind::Idea, NoteKind::Problem, Self::Answers),
                (NoteKind::Habit, NoteKind::Problem, Self::Causes),
                (NoteKind::Plan, NoteKind::Idea, Self::Tests),
            ]
            .into_iter()
            .find(|(begins, ends, _)| from.contains(begins) && to.contains(ends))
            .map(|(.., kind)| kind)
        };
        let forth = says(one, other).map(|kind| (kind, Way::Forth));
        forth.or_else(|| says(other, one).map(|kind| (kind, Way::Back)))
    }

    /// What can be made for a note of this kind in one tap: a note of which kind, and what its link
    /// says.
    pub const fn answers_to(kind: NoteKind) -> &'static [(NoteKind, Self)] {
        match kind {
            NoteKind::Problem => &[
                (NoteKind::Idea, Self::Answers),
                (NoteKind::Habit, Self::Causes),
            ],
            NoteKind::Idea => &[(NoteKind::Plan, Self::Tests)],
            NoteKind::Habit | NoteKind::Plan | NoteKind::Other => &[],
        }
    }
}

/// What a link can begin or end at. In the document: `note:ID` or `cluster:ID`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ItemId {
    /// A note.
    Note(NoteId),
    /// A cluster.
    Cluster(ClusterId),
}

impl ItemId {
    fn spelled(&self) -> String {
        match self {
            Self::Note(id) => format!("note:{id}"),
            Self::Cluster(id) => format!("cluster:{id}"),
        }
    }

    /// Reads one as it stands in the document.
    pub fn read(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("note", id) => Some(Self::Note(id.into())),
            ("cluster", id) => Some(Self::Cluster(id.into())),
            _ => None,
        }
    }
}

/// A link as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its name for ever.
    pub id: LinkId,
    /// Where it begins.
    pub from: ItemId,
    /// Where it ends.
    pub to: ItemId,
    /// What it says.
    pub kind: LinkKind,
}

impl Link {
    /// `None` when an end is missing or foreign: there is nothing to draw, and it stays as it is.
    pub(super) fn read<T: ReadTxn>(txn: &T, id: LinkId, map: &MapRef) -> Option<Self> {
        Some(Self {
            id,
            from: ItemId::read(&read_string(txn, map, FROM)?)?,
            to: ItemId::read(&read_string(txn, map, TO)?)?,
            kind: read_string(txn, map, KIND).map_or(LinkKind::Other, |name| LinkKind::read(&name)),
        })
    }

    pub(super) fn new_map(from: &ItemId, to: &ItemId, kind: LinkKind) -> MapPrelim {
        MapPrelim::from([
            (FROM, In::from(from.spelled())),
            (TO, In::from(to.spelled())),
            (KIND, In::from(kind.name())),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idea_answers_a_problem_whichever_was_pointed_at_first() {
        let (idea, problem) = ([NoteKind::Idea], [NoteKind::Problem]);
        assert_eq!(
            LinkKind::between(&idea, &problem),
            Some((LinkKind::Answers, Way::Forth))
        );
        assert_eq!(
            LinkKind::between(&problem, &idea),
            Some((LinkKind::Answers, Way::Back))
        );
    }

    #[test]
    fn a_cluster_is_what_its_notes_are_and_two_problems_have_no_link() {
        let mixed = [NoteKind::Problem, NoteKind::Idea];
        assert_eq!(
            LinkKind::between(&[NoteKind::Plan], &mixed),
            Some((LinkKind::Tests, Way::Forth))
        );
        assert_eq!(
            LinkKind::between(&[NoteKind::Problem], &[NoteKind::Problem]),
            None
        );
        assert_eq!(LinkKind::between(&[NoteKind::Habit], &[]), None);
    }

    #[test]
    fn what_is_made_in_one_tap_can_be_linked() {
        for kind in NoteKind::ALL {
            for (made, says) in LinkKind::answers_to(kind) {
                let link = LinkKind::between(&[*made], &[kind]);
                assert_eq!(link, Some((*says, Way::Forth)));
            }
        }
    }
}
