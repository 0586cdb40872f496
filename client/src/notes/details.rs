//! What a habit and a plan are asked, and how a note was said back.

use super::{
    field::{About, AnswerField},
    speaker::state_name,
};
use crate::parts::words::written;
use crate::{
    i18n::{text, use_i18n},
    parts::{button::Button, flow::Show, fresh_id, icon::IconName},
    replica::{Replica, SharedText},
};
use leptos::{prelude::*, text_prop::TextProp};
use samtavle_shared::{
    board::{BoardChange, HabitQuestion, Note, NoteKind, PlanField, PlanState, Restatement},
    ids::NoteId,
};

/// Whether there is more to a note than its words.
pub(crate) fn has_details(note: &Note) -> bool {
    matches!(note.kind, NoteKind::Habit | NoteKind::Plan) || !note.restated.is_empty()
}

/// Fields and former wordings of one note. Who may not write sees how it was said back.
#[component]
pub(crate) fn NoteDetails(
    replica: Replica,
    note: NoteId,
    /// Whether what it stands in is called after all that there is to the note.
    #[prop(optional)]
    is_titled: bool,
) -> impl IntoView {
    let signals = replica.state.note(&note);
    let part = move |of: fn(&Note) -> String| {
        let signals = signals.clone();
        Memo::new(move |_| {
            signals
                .as_ref()
                .map_or_else(String::new, |signals| signals.note.with(of))
        })
    };
    let signals = replica.state.note(&note);
    let kind = Memo::new({
        let signals = signals.clone();
        move |_| {
            signals
                .as_ref()
                .map_or(NoteKind::Other, |signals| signals.note.read().kind)
        }
    });
    let restated = Memo::new({
        let signals = signals.clone();
        move |_| {
            let restated = signals
                .as_ref()
                .map(|signals| signals.note.read().restated.clone());
            restated.unwrap_or_default()
        }
    });
    let state = Memo::new(move |_| {
        signals
            .as_ref()
            .map_or_else(PlanState::default, |signals| signals.note.read().plan.state)
    });
    let gave = part(|note| note.habit.gave.clone());
    let stops = part(|note| note.habit.stops.clone());
    let broken = part(|note| {
        note.habit
            .broken
            .as_ref()
            .map_or_else(String::new, |broken| broken.who.clone())
    });
    let who = part(|note| note.plan.who.clone());
    let when = part(|note| note.plan.when.clone());
    let how = part(|note| note.plan.how.clone());
    let learnt = part(|note| note.plan.learnt.clone());
    let id = StoredValue::new(note);

    let may_write = move || replica.may_write_in(&SharedText::Note(id.get_value()));
    let about = move |kind, answer| About {
        replica,
        note: id.get_value(),
        kind,
        answer,
    };
    let habit = move |question: HabitQuestion, label: TextProp, hook, value: Memo<String>| {
        let about = about(
            NoteKind::Habit,
            match question {
                HabitQuestion::Gave => |note| &note.habit.gave,
                HabitQuestion::Stops => |note| &note.habit.stops,
            },
        );
        view! {
            <AnswerField label hook about value on_write=move |words: String| {
                if may_write() {
                    let id = id.get_value();
                    replica.step_of(&BoardChange::Note(id.clone()), |change| change.answer_habit(&id, question, &words));
                }
            }/>
        }
    };
    let plan = move |field: PlanField, label: TextProp, hook, value: Memo<String>| {
        let about = about(
            NoteKind::Plan,
            match field {
                PlanField::Who => |note| &note.plan.who,
                PlanField::When => |note| &note.plan.when,
                PlanField::How => |note| &note.plan.how,
                PlanField::Learnt => |note| &note.plan.learnt,
            },
        );
        view! {
            <AnswerField label hook about value on_write=move |words: String| {
                if may_write() {
                    let id = id.get_value();
                    replica.step_of(&BoardChange::Note(id.clone()), |change| change.plan_field(&id, field, &words));
                }
            }/>
        }
    };
    let is_habit = Memo::new(move |_| kind.get() == NoteKind::Habit && replica.may_write());
    let is_plan = Memo::new(move |_| kind.get() == NoteKind::Plan && replica.may_write());
    let was_tried =
        Memo::new(move |_| matches!(state.get(), PlanState::Worked | PlanState::DidNotWork));
    view! {
        <Show when=move || is_habit.get()>
            {habit(HabitQuestion::Gave, text!(note.habit_gave).into(), "habit-gave", gave)}
            {habit(HabitQuestion::Stops, text!(note.habit_stops).into(), "habit-stops", stops)}
            <Show when=move || broken.read().is_empty()>
                <Button
                    label=text!(note.break_habit)
                    icon=IconName::Habit
                    hook="break-habit"
                    on_press=move || crate::moments::break_habit(replica, &id.get_value())
                />
            </Show>
        </Show>
        <Show when=move || is_plan.get()>
            {plan(PlanField::Who, text!(note.plan_who).into(), "plan-who", who)}
            {plan(PlanField::When, text!(note.plan_when).into(), "plan-when", when)}
            {plan(PlanField::How, text!(note.plan_how).into(), "plan-how", how)}
            <StateField replica note=id.get_value() state/>
            <Show when=move || was_tried.get() || !learnt.read().is_empty()>
                {plan(PlanField::Learnt, text!(note.plan_learnt).into(), "plan-learnt", learnt)}
            </Show>
        </Show>
        <Show when=move || !restated.read().is_empty()>
            <Wordings restated is_titled=Signal::derive(move || {
                is_titled && !matches!(kind.get(), NoteKind::Habit | NoteKind::Plan)
            })/>
        </Show>
    }
}

/// How far a plan has come.
#[component]
fn StateField(replica: Replica, note: NoteId, state: Memo<PlanState>) -> impl IntoView {
    let i18n = use_i18n();
    let id = fresh_id("state");
    let options = PlanState::ALL
        .into_iter()
        .map(|each| {
            view! {
                <option value=each.name() selected=move || state.get() == each>
                    {move || state_name(i18n.get_locale(), each)}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="note-field">
            <label class="note-field__label" for=id.clone()>{text!(note.plan_state)}</label>
            <select
                id=id
                class="note-field__input"
                data-testid="plan-state-select"
                prop:value=move || state.get().name()
                on:change=move |event| {
                    let chosen = PlanState::read(&event_target_value(&event));
                    replica.step_of(&BoardChange::Note(note.clone()), |change| change.set_plan_state(&note, chosen));
                }
            >
                {options}
            </select>
        </div>
    }
}

/// How others said it, and what its writer answered: both wordings.
#[component]
fn Wordings(
    restated: Memo<Vec<Restatement>>,
    /// Whether the same words stand above already.
    is_titled: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let lines = move || {
        let locale = i18n.get_locale();
        restated
            .get()
            .into_iter()
            .map(|Restatement { text, verdict }| {
                let answer = super::rather_said(locale, &verdict).unwrap_or_else(|| {
                    crate::i18n::td_string!(locale, note.restated_confirmed).to_owned()
                });
                view! {
                    <li class="wordings__one">
                        <q {..written(text)}></q>
                        <span class="wordings__answer">{answer}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <div class="wordings">
            <Show when=move || !is_titled.get()>
                <h3 class="note-field__label">{text!(note.restated)}</h3>
            </Show>
            <ul class="wordings__list">{lines}</ul>
        </div>
    }
}
