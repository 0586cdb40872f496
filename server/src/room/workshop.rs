//! The session of a room as it stands, and what goes with it that is on no disk.

use super::allowance::Allowances;
use crate::{
    access::costly::Costly,
    clock::Begun,
    log::Seq,
    room::{
        PeerId,
        facts::Kept,
        proof::Proofs,
        script::{brought_up_to_date, script_of},
    },
};
use samtavle_shared::{
    board::Traces,
    guard::Naming,
    ids::{NoteId, PersonId},
    session::{Event, Phase, Script, Session, Showing, Timer},
};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

/// A session as the log tells it.
pub(crate) struct Story {
    pub(super) session: Session,
    /// What its template gave, as long as the log has nothing of the session. It is written down with the
    /// first event: a later version's templates must not change a workshop that has begun.
    unwritten: Option<Script>,
    pub(super) proofs: Proofs,
    /// Whether its phases were written by a version that has all of today's tools: what they lack was taken away.
    is_of_today: bool,
}

impl Story {
    /// One that begins as its template says.
    pub(crate) fn new(template: &str) -> Self {
        let script = script_of(template);
        Self {
            session: Session::new(script.clone()),
            unwritten: Some(script),
            proofs: Proofs::default(),
            is_of_today: false,
        }
    }

    /// By how much the session's clock is ahead of the machine's. Where no time runs, it is set by it.
    pub(super) fn clock_ahead(&self) -> i64 {
        match self.session.stage().timer() {
            Some(Timer::Runs { .. }) => self.session.clock_ahead(),
            _ => 0,
        }
    }

    /// Whose which Yjs client is.
    pub(crate) fn writers(&self) -> impl Iterator<Item = (u64, &PersonId)> {
        self.session.writers()
    }

    /// Those who were removed.
    pub(crate) fn removed(&self) -> impl Iterator<Item = &PersonId> {
        self.session.removed()
    }

    /// Takes a record of the log.
    pub(crate) fn take_record(&mut self, record: &[u8], seq: Seq) -> Result<(), serde_json::Error> {
        let events: Vec<Event> = serde_json::from_slice(record)?;
        self.unwritten = None;
        for mut event in events {
            self.proofs.take_event(&event, seq);
            if let Event::Phases(phases) = &mut event {
                self.is_of_today |= phases.iter().any(Phase::names_clusters);
                if !self.is_of_today {
                    brought_up_to_date(phases);
                }
            }
            self.session.apply(event);
        }
        Ok(())
    }
}

/// The session of a room, and what goes with it that is on no disk.
pub(super) struct Workshop {
    pub(super) session: Session,
    pub(super) unwritten: Option<Script>,
    /// By which pages show that something was lost.
    pub(super) proofs: Proofs,
    /// Whether it is written down that the board was opened.
    pub(super) is_opening_written: bool,
    /// Whether what hidden notes say was taken out of the document, as it was read from the log.
    pub(super) is_hidden_withheld: bool,
    /// Where the letters of hidden notes stood.
    pub(super) traces: BTreeMap<NoteId, Traces>,
    pub(super) clock: Begun,
    /// Who has a socket open.
    pub(super) here: BTreeSet<PersonId>,
    pub(super) seen: BTreeMap<PersonId, BTreeSet<NoteId>>,
    pub(super) seen_in_all: usize,
    /// Commands that wait for their record, with whom to tell.
    pub(super) answers: VecDeque<(Seq, PeerId, u32)>,
    /// Whose doings are to be taken back, once this record is on disk.
    pub(super) to_take_back: VecDeque<(Seq, PersonId)>,
    /// The record after which names are to be taken out of what is on disk.
    pub(super) names_go_after: Option<Seq>,
    /// Client ids under which others have handed over what somebody wrote, whoever that was.
    pub(super) handed_over: BTreeSet<u64>,
    /// Notes whose writer nobody knows yet, by the client that made them.
    pub(super) unclaimed: BTreeMap<u64, Vec<NoteId>>,
    /// When the round of turns looks again at who is here.
    pub(super) turns_look_at: Option<u64>,
    /// What the facilitator sees whom others follow, board units.
    pub(super) look: Option<samtavle_shared::geometry::BoardRect>,
    /// When those who are held back are asked again.
    pub(super) held_back_look_at: Option<u64>,
    /// How much each may ask for.
    pub(super) allowances: Allowances,
    /// What the notes have in common, while they are as they are.
    pub(super) kept: Kept,
    /// Where the numbers come from that nobody can foresee.
    pub(super) chance: u64,
}

impl Workshop {
    /// As the log tells it; `chance` is random, `last` the newest record, `costly` is of all boards.
    pub(super) fn new(
        story: Story,
        clock: Begun,
        chance: u64,
        last: Seq,
        costly: Arc<Costly>,
    ) -> Self {
        let to_take_back = story.session.to_take_back().into_iter();
        let names_to_forget = story.session.names_to_forget();
        Self {
            names_go_after: names_to_forget.map(|_| last),
            to_take_back: to_take_back.map(|person| (last, person)).collect(),
            session: story.session,
            unwritten: story.unwritten,
            proofs: story.proofs,
            is_opening_written: false,
            is_hidden_withheld: false,
            traces: BTreeMap::new(),
            clock,
            here: BTreeSet::new(),
            seen: BTreeMap::new(),
            seen_in_all: 0,
            answers: VecDeque::new(),
            handed_over: BTreeSet::new(),
            unclaimed: BTreeMap::new(),
            turns_look_at: None,
            look: None,
            held_back_look_at: None,
            allowances: Allowances::new(costly),
            kept: Kept::default(),
            chance,
        }
    }

    /// The same workshop, made again from the log.
    pub(super) fn restore(&mut self, story: Story) {
        self.session = story.session;
        self.unwritten = story.unwritten;
        self.proofs = story.proofs;
        self.is_opening_written = false;
        self.is_hidden_withheld = false;
        self.traces.clear();
        self.kept = Kept::default();
    }

    /// When to look at it again.
    pub(super) fn wakes_at(&self, on_disk: Seq) -> Option<u64> {
        let takes_back = self.to_take_back.front().map(|(seq, _)| *seq);
        let is_due = |seq| seq <= on_disk;
        if takes_back.is_some_and(is_due) || self.names_go_after.is_some_and(is_due) {
            return Some(0);
        }
        let looks = [self.turns_look_at, self.held_back_look_at];
        looks.into_iter().flatten().min()
    }

    /// What the document may tell of who wrote.
    pub(super) fn naming(&self) -> Naming {
        naming_of(self.session.showing())
    }

    /// `SplitMix64`: from a random beginning, numbers that nobody can foresee who does not know it.
    pub(super) fn next_seed(&mut self) -> u64 {
        self.chance = self.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.chance ^ (self.chance >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// How much of who wrote a document may hold on a board that shows so much of it.
pub(crate) fn naming_of(showing: Showing) -> Naming {
    match showing {
        Showing::Anonymous => Naming::Nobody,
        Showing::Voices => Naming::Voices,
        Showing::Named => Naming::Names,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtavle_shared::session::Tool;

    fn without_the_tool() -> Vec<Phase> {
        let mut phases = script_of("samskaping-60").phases;
        for phase in &mut phases {
            phase.tools.retain(|tool| *tool != Tool::Clusters);
        }
        phases
    }

    fn told(records: &[&[Phase]]) -> Vec<Phase> {
        let mut story = Story::new("samskaping-60");
        for (at, phases) in records.iter().enumerate() {
            let record = serde_json::to_vec(&[Event::Phases(phases.to_vec())]).unwrap();
            story.take_record(&record, at as Seq + 1).unwrap();
        }
        story.session.shared_view().phases
    }

    #[test]
    fn a_board_of_an_earlier_version_has_the_tool_for_names() {
        let (old, now) = (without_the_tool(), script_of("samskaping-60").phases);
        assert_eq!(told(&[&old]), now);
        let mut longer = old.clone();
        longer[3].minutes = 20;
        assert!(
            told(&[&old, &longer])[3].names_clusters(),
            "set before, too"
        );
    }

    #[test]
    fn a_tool_that_was_taken_away_stays_away() {
        let (old, now) = (without_the_tool(), script_of("samskaping-60").phases);
        assert_eq!(told(&[&now, &old]), old);
        assert_eq!(told(&[&old, &now, &old]), old);
    }
}
