//! A disturbance: a thought from somebody else, or a card, with a question to answer in a new note.

use super::{
    MomentState,
    answer::{AnswerBox, post_label, posted_words},
    naming::Quote,
    queue::Moment,
    thoughts,
};
use crate::parts::words::written_as;
use crate::{
    i18n::{Locale, t_string, td_string, text, use_i18n},
    parts::{
        button::Button,
        icon::{Icon, IconName},
        notice::use_notices,
    },
    replica::Replica,
    session::post::{Posting, post},
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Born, ItemId, LinkKind, NoteKind},
    session::{Command, DisturbanceOf, Stage},
};

/// Asks for a disturbance, and turns to it when it comes.
pub(crate) fn disturb_me(replica: Replica) {
    let moments = MomentState::of(replica);
    let count = replica.session.own.with_untracked(|own| own.disturbances);
    moments.chosen.set(Some(Moment::Disturbed(count + 1)));
    replica.command(Command::DisturbMe { by_card: false });
}

/// Whether there is a workshop in which one can be disturbed.
pub(crate) fn can_be_disturbed(replica: Replica) -> Memo<bool> {
    replica
        .session
        .part(|shared| matches!(shared.stage, Stage::In(..)))
}

/// What is written first in the present phase.
pub(super) fn kind_now(replica: Replica) -> NoteKind {
    replica.session.shared.with_untracked(|shared| {
        let now = shared.stage.phase();
        shared
            .phases
            .iter()
            .find(|phase| Some(phase.id) == now)
            .and_then(|phase| phase.kinds.first().copied())
            .filter(|kind| *kind != NoteKind::Other)
            .unwrap_or(NoteKind::Problem)
    })
}

/// What is asked of whoever writes such a note.
fn question(locale: Locale, kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Problem | NoteKind::Other => td_string!(locale, moment.ask_problem),
        NoteKind::Habit => td_string!(locale, moment.ask_habit),
        NoteKind::Idea => td_string!(locale, moment.ask_idea),
        NoteKind::Plan => td_string!(locale, moment.ask_plan),
    }
}

/// What an answer of this kind says to a note of that kind; nothing when no word of ours fits.
pub(super) const fn link_between(answer: NoteKind, asked: NoteKind) -> Option<LinkKind> {
    match (answer, asked) {
        (NoteKind::Idea, NoteKind::Problem) => Some(LinkKind::Answers),
        (NoteKind::Plan, NoteKind::Idea) => Some(LinkKind::Tests),
        (NoteKind::Habit, NoteKind::Problem) => Some(LinkKind::Causes),
        _ => None,
    }
}

/// The card.
#[component]
pub(super) fn DisturbanceCard(
    moments: MomentState,
    /// Its number.
    count: u32,
) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = moments.replica;
    let of = replica
        .session
        .own
        .with_untracked(|own| own.disturbance.clone());
    let kind = kind_now(replica);
    let is_card = matches!(of, Some(DisturbanceOf::Card { .. }));
    let thought = match of.clone() {
        Some(DisturbanceOf::Note(note)) => view! { <Quote moments note/> }.into_any(),
        Some(DisturbanceOf::Card { text, .. }) => view! {
            <figure class="moment__paper moment__paper--card">
                <blockquote
                    class="moment__quote"
                    {..written_as(move || Replica::words(&text, i18n.get_locale()))}
                ></blockquote>
                <figcaption class="moment__whose">{text!(moment.of_card)}</figcaption>
            </figure>
        }
        .into_any(),
        None => ().into_any(),
    };
    let answer = move |(words,): (String,)| {
        let mut posting = Posting::new(kind, words);
        match of.clone() {
            Some(DisturbanceOf::Note(note)) => {
                posting.link = thoughts::note(replica, &note)
                    .and_then(|asked| link_between(kind, asked.kind))
                    .map(|link| (link, ItemId::Note(note.clone())));
                posting.born = Some(Born::Note(note));
            }
            Some(DisturbanceOf::Card { id, .. }) => posting.born = Some(Born::Card(id.into())),
            None => {}
        }
        post(replica, posting);
        replica.command(Command::SetAside);
        notices.announce(posted_words(moments));
    };
    view! {
        <div class="moment__body" data-testid="moment-disturbance">
            <h2 class="moment__eyebrow">
                <Icon name=IconName::Bolt/>
                {move || if is_card { t_string!(i18n, moment.disturbed_card) } else { t_string!(i18n, moment.disturbed) }}
            </h2>
            {thought}
            <AnswerBox
                moments
                answers=["disturbed-", &count.to_string()].concat()
                label=move || if is_card { t_string!(i18n, moment.ask_card) } else { question(i18n.get_locale(), kind) }
                send=post_label(moments)
                kind
                is_held=Signal::derive(move || !replica.may_write())
                on_send=answer
            />
            <div class="moment__acts">
                <Button
                    label=move || if is_card { t_string!(i18n, moment.another_card) } else { t_string!(i18n, moment.another) }
                    on_press=move |()| {
                        moments.leaves();
                        disturb_me(replica);
                    }
                    attr:data-testid="moment-another"
                />
                <Button
                    label=text!(moment.set_aside)
                    on_press=move |()| {
                        moments.leaves();
                        replica.command(Command::SetAside);
                    }
                    attr:data-testid="moment-aside"
                />
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_linked_where_a_link_has_a_word_for_it() {
        assert_eq!(
            link_between(NoteKind::Idea, NoteKind::Problem),
            Some(LinkKind::Answers)
        );
        assert_eq!(link_between(NoteKind::Problem, NoteKind::Problem), None);
        assert_eq!(link_between(NoteKind::Problem, NoteKind::Idea), None);
    }
}
