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
    session::{GroupId, OwnView, RoundId, SharedView, ToJudge},
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
        Moment::Insights(_) => td_string!(locale, moment.insights_moment),
        Moment::Result(_) => td_string!(locale, moment.result),
        Moment::Group(_) => "",
        Moment::Waiting(_) => td_string!(locale, moment.say_back_waits),
    }
}

/// The number under which the newest result is put away; it is another when dots were added.
/// 0: there is none.
fn result_number(shared: &SharedView) -> u32 {
    shared
        .round
        .as_ref()
        .filter(|round| !round.is_open && round.result.is_some())
        .map_or(0, |round| {
            2 * u32::from(round.id.0) + u32::from(!round.waits_for_last)
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
        if insights > moments.seen(Once::Insights) {
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

/// The moment whose card is shown: the one that the person turned to, the one in which they are
/// writing, or the first.
pub(super) fn shown_of(moments: MomentState, queue: Memo<Vec<Moment>>) -> Memo<Option<Moment>> {
    Memo::new(move |before: Option<&Option<Moment>>| {
        let queue = queue.read();
        let chosen = moments.chosen.get();
        if let Some(chosen) = chosen.filter(|chosen| queue.contains(chosen)) {
            return Some(chosen);
        }
        before
            .and_then(Option::as_ref)
            .filter(|before| moments.is_writing.get_untracked() && queue.contains(before))
            .or_else(|| queue.first())
            .cloned()
    })
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
