//! Say it back: another's note in one's own words; and whether one's own was understood.

use super::{
    MomentState,
    answer::AnswerBox,
    naming::{Quote, words_of},
};
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        flow::Show,
        icon::{Icon, IconName},
        words::written,
    },
    session::scribe,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    ids::{NoteId, PersonId},
    session::{Command, ToJudge, Verdict},
};

/// A note that I am to say in my own words, or somebody in theirs for whom I write.
#[component]
pub(super) fn SayBack(
    moments: MomentState,
    note: NoteId,
    #[prop(optional)] for_whom: Option<PersonId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let whom = for_whom.clone();
    let title = move || match &whom {
        None => t_string!(i18n, moment.say_back).to_owned(),
        Some(whom) => {
            let name = scribe::name_of(moments.replica, i18n.get_locale(), whom);
            filled(t_string!(i18n, scribe.say_back), &[("name", &name)])
        }
    };
    let skipped = for_whom.clone();
    let skip = move |()| {
        moments.replica.command(Command::SkipSayBack {
            for_whom: skipped.clone(),
        });
    };
    view! {
        <div class="moment__body" data-testid="moment-say-back">
            <h2 class="moment__title">{title}</h2>
            <Quote moments note=note.clone()/>
            <Restating moments note before=String::new() for_whom/>
            <div class="moment__acts">
                <Button
                    label=text!(moment.say_back_skip)
                    on_press=skip
                    attr:data-testid="say-back-skip"
                />
            </div>
            <p class="moment__hint">{text!(moment.say_back_hint)}</p>
        </div>
    }
}

#[component]
fn Restating(
    moments: MomentState,
    note: NoteId,
    before: String,
    for_whom: Option<PersonId>,
    /// Whether somebody has just asked to say it anew.
    #[prop(optional)]
    is_asked_for: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    let kind = words_of(replica, &note).map_or(NoteKind::Problem, |(kind, _)| kind);
    let whose = for_whom.as_ref().map_or("", PersonId::as_str);
    let answers = ["say-back-", note.as_str(), whose].concat();
    let whom = for_whom.clone();
    let label = move || match &whom {
        None => t_string!(i18n, moment.say_back_label).to_owned(),
        Some(whom) => {
            let name = scribe::name_of(replica, i18n.get_locale(), whom);
            filled(t_string!(i18n, scribe.say_back_label), &[("name", &name)])
        }
    };
    view! {
        <AnswerBox
            moments
            answers
            before
            label
            kind
            send=text!(moment.answer_send)
            field_hook="say-back-text"
            send_hook="say-back-send"
            is_asked_for
            on_send=move |(text,)| replica.command(Command::Restate {
                note: note.clone(),
                text,
                for_whom: for_whom.clone(),
            })
        />
    }
}

/// I have said it; its writer has not answered. I may say it anew.
#[component]
pub(super) fn Waiting(moments: MomentState, note: NoteId) -> impl IntoView {
    let said = moments.replica.session.own_part(|own| {
        own.say_back
            .as_ref()
            .map(|(_, said)| said.clone())
            .unwrap_or_default()
    });
    let is_saying_anew = RwSignal::new(false);
    // It was sent: back to waiting.
    Effect::new(move |before: Option<String>| {
        let said = said.get();
        if before.is_some_and(|before| before != said) {
            is_saying_anew.set(false);
        }
        said
    });
    let note = StoredValue::new(note);
    view! {
        <div class="moment__body" data-testid="moment-say-back">
            <h2 class="moment__eyebrow"><Icon name=IconName::Check/>{text!(moment.say_back_waits)}</h2>
            <Show
                when=move || is_saying_anew.get()
                fallback=move || view! {
                    <p class="moment__said" {..written(said)}></p>
                    <div class="moment__acts">
                        <Button
                            label=text!(moment.say_back_edit)
                            on_press=move |()| is_saying_anew.set(true)
                        />
                    </div>
                }
            >
                <Quote moments note=note.get_value()/>
                <Restating moments note=note.get_value() before=said.get_untracked() for_whom=None is_asked_for=true/>
            </Show>
        </div>
    }
}

/// How somebody understood a note of mine.
#[component]
pub(super) fn Judge(moments: MomentState, to_judge: ToJudge) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    let is_correcting = RwSignal::new(false);
    let ToJudge {
        note,
        for_whom,
        by,
        text,
    } = to_judge;
    let answers = ["judge-", note.as_str(), "-", &by.to_string()].concat();
    let judged = note.clone();
    let judge = UnsyncCallback::new(move |(verdict,): (Verdict,)| {
        replica.command(Command::Judge {
            note: judged.clone(),
            by,
            verdict,
        });
    });
    let whose = for_whom.as_ref().map_or_else(
        || t_string!(i18n, moment.judge_yours).to_owned(),
        |whom| {
            let name = scribe::name_of(replica, i18n.get_locale_untracked(), whom);
            filled(t_string!(i18n, scribe.judge_whose), &[("name", &name)])
        },
    );
    let title = move || match &for_whom {
        None => t_string!(i18n, moment.judge).to_owned(),
        Some(whom) => {
            let name = scribe::name_of(replica, i18n.get_locale(), whom);
            filled(t_string!(i18n, scribe.judge), &[("name", &name)])
        }
    };
    view! {
        <div class="moment__body" data-testid="moment-judge">
            <h2 class="moment__title">{title}</h2>
            <p class="moment__said" {..written(text)}></p>
            <Quote moments note whose/>
            <Show
                when=move || is_correcting.get()
                fallback=move || view! {
                    <div class="moment__acts">
                        <Button
                            kind=ButtonKind::Primary
                            label=text!(moment.judge_yes)
                            on_press=move |()| judge.run((Verdict::Confirmed,))
                            attr:data-testid="judge-yes"
                        />
                        <Button
                            label=text!(moment.judge_no)
                            on_press=move |()| is_correcting.set(true)
                            attr:data-testid="judge-no"
                        />
                    </div>
                }
            >
                <AnswerBox
                    moments
                    answers=answers.clone()
                    label=text!(moment.judge_label)
                    send=text!(moment.answer_send)
                    is_asked_for=true
                    on_send=move |(words,)| judge.run((Verdict::Corrected(words),))
                />
            </Show>
        </div>
    }
}
