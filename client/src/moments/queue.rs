//! Which moments there are just now, in the order in which they are shown.

use super::{MomentState, state::Once};
use crate::{
    i18n::{Locale, td_string},
    session::post::caught,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    ids::{NoteId, PersonId},
    session::{GroupId, OwnView, PhaseId, RoundId, SharedView, ToJudge},
};

/// Something to do, or to see once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Somebody has said a note of mine back.
    Judge(ToJudge),
    /// It is my turn to speak.
    MyTurn,
    /// It is the turn of somebody for whom I write.
    TurnOf(PersonId),
    /// A round of votes is open.
    Vote(RoundId),
    /// A note that I am to say back.
    SayBack(NoteId),
    /// A note that somebody is to say back for whom I write.
    SayBackFor(PersonId, NoteId),
    /// A disturbance, by its number.
    Disturbed(u32),
    /// A note of mine is worded as a solution.
    Caught(NoteId),
    /// Two notes that lie far apart.
    FarPair(NoteId, NoteId),
    /// What is still missing, before the step to ideas; by its number.
    Insights(u32),
    /// A round was closed; by [`result_number`].
    Result(u32),
    /// I was seated in a group.
    Group(GroupId),
    /// I have said a note back, and its writer has not answered.
    Waiting(NoteId),
}

impl Moment {
    /// Its name in styles and tests.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Judge(_) => "judge",
            Self::MyTurn | Self::TurnOf(_) => "turn",
            Self::Vote(_) => "vote",
            Self::SayBack(_) | Self::SayBackFor(..) => "say-back",
            Self::Disturbed(_) => "disturbance",
            Self::Caught(_) => "caught",
            Self::FarPair(..) => "far-pair",
            Self::Insights(_) => "insights",
            Self::Result(_) => "result",
            Self::Group(_) => "group",
            Self::Waiting(_) => "waiting",
        }
    }
}

impl Moment {
    /// Whether others wait for it: another phase does not put it aside.
    fn is_asked_by_all(&self) -> bool {
        matches!(
            self,
            Self::Judge(_) | Self::MyTurn | Self::TurnOf(_) | Self::Vote(_)
        )
    }

    /// Whether it takes the place of what was there: a mere sign that something was sent does not.
    fn asks_for_something(&self) -> bool {
        !matches!(self, Self::Waiting(_))
    }
}

/// What a screen reader is told when it comes.
pub(super) fn title(locale: Locale, moment: &Moment) -> &'static str {
    match moment {
        Moment::Judge(_) => td_string!(locale, moment.judge),
        Moment::MyTurn => td_string!(locale, moment.turn_mine),
        Moment::TurnOf(_) => td_string!(locale, scribe.turn),
        Moment::Vote(_) => td_string!(locale, moment.vote),
        Moment::SayBack(_) | Moment::SayBackFor(..) => td_string!(locale, moment.say_back),
        Moment::Disturbed(_) => td_string!(locale, moment.disturbed),
        Moment::Caught(_) => td_string!(locale, moment.caught_ask),
        Moment::FarPair(..) => td_string!(locale, moment.far_pair_ask),
        Moment::Insights(_) => td_string!(locale, moment.insights),
        Moment::Result(_) => td_string!(locale, moment.result),
        Moment::Group(_) => "",
        Moment::Waiting(_) => td_string!(locale, moment.say_back_waits),
    }
}

/// The number under which the newest result is put away; it is another when dots were added, and when the round was
/// opened again.
/// 0: there is none.
fn result_number(shared: &SharedView) -> u32 {
    shared
        .round
        .as_ref()
        .filter(|round| !round.is_open && round.result.is_some())
        .map_or(0, |round| {
            2 * round.opening + u32::from(!round.waits_for_last)
        })
}

/// What waits just now, the first first.
pub(super) fn queue(moments: MomentState) -> Memo<Vec<Moment>> {
    let replica = moments.replica;
    let caught = caught(replica);
    let of_shared = replica.session.part(|shared| {
        (
            shared
                .round
                .as_ref()
                .filter(|round| round.is_open)
                .map(|round| round.id),
            // After the hour, in another sitting, it is no news any more.
            if is_of_the_hour(shared) {
                shared.insights_moment
            } else {
                0
            },
            result_number(shared),
        )
    });
    let of_own = replica.session.own_part(of_own);
    // Who leads has looked at it before the room went on.
    let leads = replica.session.leads();
    Memo::new(move |_| {
        let (round, insights, result) = of_shared.get();
        let own = of_own.get();
        let mut queue: Vec<Moment> = own.to_judge.into_iter().map(Moment::Judge).collect();
        if own.is_my_turn {
            queue.push(Moment::MyTurn);
        }
        queue.extend(own.turn_of.map(Moment::TurnOf));
        queue.extend(round.map(Moment::Vote));
        // What all are shown at once comes before what one has for oneself.
        if insights > moments.seen(Once::Insights) && !leads.get() {
            queue.push(Moment::Insights(insights));
        }
        if result > moments.seen(Once::Result) {
            queue.push(Moment::Result(result));
        }
        if let Some(note) = own.say_back {
            queue.push(Moment::SayBack(note));
        }
        let theirs = own.say_back_for.into_iter();
        queue.extend(theirs.map(|(person, note)| Moment::SayBackFor(person, note)));
        queue.extend(own.disturbed.map(Moment::Disturbed));
        queue.extend(caught.get().map(Moment::Caught));
        queue.extend(
            moments
                .pair
                .get()
                .map(|(one, other)| Moment::FarPair(one, other)),
        );
        let seen_group = moments.seen(Once::Group);
        queue.extend(
            own.group
                .filter(|group| u32::from(group.0) + 1 != seen_group)
                .map(Moment::Group),
        );
        queue.extend(own.waiting.map(Moment::Waiting));
        queue
    })
}

/// Whether one looks at the problem or solves it just now: not later, when plans are made or it is over.
fn is_of_the_hour(shared: &SharedView) -> bool {
    let now = shared.stage.phase();
    let mut phases = shared.phases.iter();
    phases.any(|phase| Some(phase.id) == now && phase.kinds.first() != Some(&NoteKind::Plan))
}

/// What of one's own decides on the queue.
#[derive(Clone, PartialEq)]
struct OfOwn {
    to_judge: Vec<ToJudge>,
    is_my_turn: bool,
    turn_of: Option<PersonId>,
    say_back: Option<NoteId>,
    say_back_for: Vec<(PersonId, NoteId)>,
    waiting: Option<NoteId>,
    disturbed: Option<u32>,
    group: Option<GroupId>,
}

fn of_own(own: &OwnView) -> OfOwn {
    let said = |is_said: bool| {
        own.say_back
            .as_ref()
            .filter(|(_, text)| text.is_empty() != is_said)
            .map(|(note, _)| note.clone())
    };
    OfOwn {
        to_judge: own.to_judge.clone(),
        is_my_turn: own.is_my_turn,
        turn_of: own
            .paper
            .iter()
            .find(|paper| paper.has_turn)
            .map(|paper| paper.person.clone()),
        say_back: said(false),
        say_back_for: own
            .paper
            .iter()
            .filter_map(|paper| {
                let (note, said) = paper.say_back.as_ref()?;
                said.is_empty()
                    .then(|| (paper.person.clone(), note.clone()))
            })
            .collect(),
        waiting: said(true),
        disturbed: own.disturbance.as_ref().map(|_| own.disturbances),
        group: own.group,
    }
}

/// What a person has had before them, and what they left behind.
#[derive(Clone, Debug, Default, PartialEq)]
struct Attention {
    phase: Option<PhaseId>,
    /// What waited when it was looked at last.
    known: Vec<Moment>,
    /// What the person turned to last.
    chosen: Option<Moment>,
    /// What another phase has put aside: it does not come up by itself.
    behind: Vec<Moment>,
    shown: Option<Moment>,
}

impl Attention {
    /// The next: what the person turns to; else what they are writing in; else what is new; else what they had before
    /// them, as long as its phase goes on.
    fn next(&self, now: &Waiting<'_>) -> Self {
        let waits = |moment: &&Moment| now.queue.contains(moment);
        let still = self.shown.as_ref().filter(waits);
        let turned_to = now.chosen.filter(|_| now.chosen != self.chosen.as_ref());
        let turned_to = turned_to.filter(waits);
        let is_new_phase = now.phase != self.phase;
        let new: Vec<&Moment> = (now.queue.iter())
            .filter(|moment| !self.known.contains(moment))
            .collect();
        let mut behind: Vec<Moment> = self.behind.iter().filter(waits).cloned().collect();
        if is_new_phase {
            let old = |moment: &&Moment| !moment.is_asked_by_all() && !new.contains(moment);
            behind = now.queue.iter().filter(old).cloned().collect();
        }
        let in_front = |moment: &&Moment| !behind.contains(moment);
        let comes_up = new.iter().find(|moment| moment.asks_for_something());
        let shown = turned_to
            .or_else(|| still.filter(|_| now.is_writing))
            .or_else(|| comes_up.copied())
            .or_else(|| still.filter(in_front))
            .or_else(|| still.filter(|_| !is_new_phase))
            .or_else(|| now.queue.iter().find(in_front))
            .cloned();
        // What came while somebody wrote is new to them when they have written.
        let known = match still {
            Some(_) if now.is_writing && turned_to.is_none() => now
                .queue
                .iter()
                .filter(|moment| self.known.contains(moment))
                .cloned()
                .collect(),
            _ => now.queue.to_vec(),
        };
        Self {
            phase: now.phase,
            known,
            chosen: now.chosen.cloned(),
            behind,
            shown,
        }
    }
}

/// What there is to attend to.
struct Waiting<'a> {
    queue: &'a [Moment],
    chosen: Option<&'a Moment>,
    is_writing: bool,
    phase: Option<PhaseId>,
}

/// The moment whose card is shown: the one that the person turned to, the one in which they are
/// writing, or the newest. Another phase puts aside what was not looked at; it stays within reach.
pub(super) fn shown_of(moments: MomentState, queue: Memo<Vec<Moment>>) -> Memo<Option<Moment>> {
    let phase = moments.replica.session.part(|view| view.stage.phase());
    let attention = Memo::new(move |before: Option<&Attention>| {
        let queue = queue.read();
        let chosen = moments.chosen.get();
        let phase = phase.get();
        let begin = Attention {
            phase,
            ..Attention::default()
        };
        before.unwrap_or(&begin).next(&Waiting {
            queue: &queue,
            chosen: chosen.as_ref(),
            is_writing: moments.is_writing.get_untracked(),
            phase,
        })
    });
    Memo::new(move |_| attention.read().shown.clone())
}

/// The one after this, and after the last the first.
pub(super) fn next_of(queue: &[Moment], shown: Option<&Moment>) -> Option<Moment> {
    let place = queue
        .iter()
        .position(|moment| Some(moment) == shown)
        .map_or(0, |place| place + 1);
    queue.get(place).or_else(|| queue.first()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_shown_in_turn_and_then_from_the_beginning() {
        let queue = [Moment::MyTurn, Moment::Disturbed(1), Moment::Insights(1)];
        assert_eq!(
            next_of(&queue, Some(&Moment::MyTurn)),
            Some(Moment::Disturbed(1))
        );
        assert_eq!(
            next_of(&queue, Some(&Moment::Insights(1))),
            Some(Moment::MyTurn)
        );
        assert_eq!(
            next_of(&queue, Some(&Moment::Disturbed(7))),
            Some(Moment::MyTurn),
            "one that is gone"
        );
        assert_eq!(next_of(&[], None), None);
    }

    fn waiting(queue: &[Moment], phase: u16) -> Waiting<'_> {
        Waiting {
            queue,
            chosen: None,
            is_writing: false,
            phase: Some(PhaseId(phase)),
        }
    }

    #[test]
    fn what_is_old_gives_way_to_what_is_new_and_stays_within_reach() {
        let (result, thought, vote) = (
            Moment::Result(2),
            Moment::Disturbed(1),
            Moment::Vote(RoundId(2)),
        );
        let first = Attention::default().next(&waiting(&[result.clone()], 1));
        assert_eq!(first.shown, Some(result.clone()));
        let both = [result.clone(), thought.clone()];
        let second = first.next(&waiting(&both, 1));
        assert_eq!(second.shown, Some(thought.clone()), "the new one");
        let third = second.next(&waiting(&[result.clone()], 1));
        assert_eq!(third.shown, Some(result.clone()), "the old one is back");
        // Another phase: nothing of the former one is before them, and it can be turned to.
        let fourth = second.next(&waiting(&both, 2));
        assert_eq!(fourth.shown, None);
        let turned = fourth.next(&Waiting {
            chosen: Some(&result),
            ..waiting(&both, 2)
        });
        assert_eq!(turned.shown, Some(result.clone()));
        let with_vote = [vote.clone(), result, thought];
        let fifth = turned.next(&waiting(&with_vote, 2));
        assert_eq!(fifth.shown, Some(vote.clone()));
        assert_eq!(
            fifth.next(&waiting(&with_vote, 3)).shown,
            Some(vote),
            "it is open"
        );
    }

    #[test]
    fn who_writes_keeps_their_card_and_sees_what_came_meanwhile_afterwards() {
        let (thought, vote) = (Moment::Disturbed(1), Moment::Vote(RoundId(1)));
        let first = Attention::default().next(&waiting(std::slice::from_ref(&thought), 1));
        let both = [vote.clone(), thought.clone()];
        let writing = first.next(&Waiting {
            is_writing: true,
            ..waiting(&both, 1)
        });
        assert_eq!(writing.shown, Some(thought));
        let after = writing.next(&waiting(&both[..1], 1));
        assert_eq!(after.shown, Some(vote));
    }

    #[test]
    fn a_note_that_was_said_back_only_waits() {
        let mut own = OwnView {
            say_back: Some(("n".into(), String::new())),
            ..OwnView::default()
        };
        assert_eq!(of_own(&own).say_back, Some("n".into()));
        assert_eq!(of_own(&own).waiting, None);
        own.say_back = Some(("n".into(), "Slik".to_owned()));
        assert_eq!(of_own(&own).say_back, None);
        assert_eq!(of_own(&own).waiting, Some("n".into()));
    }
}
