//! A plan: what, who, when, how we will know, how far it has come, and what was learnt. All is edited in
//! place; a field of words is written when it is left.

use super::{MomentState, naming::note_title, plans::state_name};
use crate::{
    i18n::{Locale, language::filled, td_string, text, use_i18n},
    parts::{day::DayButton, flow::Show, fresh_id, words::written_as},
    replica::{Replica, SharedText},
    session::kept_words::{Offer, Watch, note_closed, watch},
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::{BoardChange, ItemId, LinkKind, Note, NoteKind, PlanField, PlanState},
    ids::NoteId,
    kept_words::Why,
    limits::MAX_ANSWER_UTF16,
};

fn question(locale: Locale, field: PlanField) -> &'static str {
    match field {
        PlanField::Who => td_string!(locale, moment.plan_who),
        PlanField::When => td_string!(locale, moment.plan_when),
        PlanField::How => td_string!(locale, moment.plan_how),
        PlanField::Learnt => td_string!(locale, moment.plan_learnt),
    }
}

/// A part of a note, as long as it is there.
fn part<T>(
    replica: Replica,
    id: &NoteId,
    of: impl Fn(&Note) -> T + Send + Sync + 'static,
) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    let signals = replica.state.note(id);
    Memo::new(move |_| {
        signals
            .as_ref()
            .map(|signals| signals.note.with(&of))
            .unwrap_or_default()
    })
}

/// The card.
#[component]
pub(super) fn PlanCard(moments: MomentState, id: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    let name = id.to_string();
    let state = part(replica, &id, |note| note.plan.state);
    let is_begun = move || state.get() != PlanState::ToTry;
    let is_read_only = Signal::derive({
        let id = id.clone();
        move || {
            replica.state.moved.track(); // it may have come into a locked cluster
            !replica.may_write() || !replica.may_touch(&id)
        }
    });
    let title = {
        let id = id.clone();
        move || note_title(replica, i18n.get_locale(), &id)
    };
    let tests = {
        let id = id.clone();
        move || {
            let from = ItemId::Note(id.clone());
            let links = replica.state.links.read();
            let link = links
                .iter()
                .find(|link| link.kind == LinkKind::Tests && link.from == from)?;
            let ItemId::Note(idea) = &link.to else {
                return None;
            };
            let idea = note_title(replica, i18n.get_locale(), idea);
            Some(filled(
                td_string!(i18n.get_locale(), moment.plan_tests),
                &[("idea", &idea)],
            ))
        }
    };
    let id = StoredValue::new(id);
    view! {
        <li class="plan-card" data-testid="plan-card" data-note=name>
            <p class="plan-card__title" {..written_as(title)}></p>
            {move || tests().map(|tests| view! { <p class="plan-card__tests">{tests}</p> })}
            {[PlanField::Who, PlanField::When, PlanField::How]
                .map(|field| view! { <Field replica id field is_read_only/> })
                .collect_view()}
            <StateChooser replica id state is_read_only/>
            <Show when=is_begun>
                <Field replica id field=PlanField::Learnt is_read_only/>
            </Show>
        </li>
    }
}

#[component]
fn StateChooser(
    replica: Replica,
    id: StoredValue<NoteId>,
    state: Memo<PlanState>,
    is_read_only: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = fresh_id("plan-state");
    let select = NodeRef::<html::Select>::new();
    // The options are there only after the element: its value is set when both are.
    Effect::new(move || {
        let now = state.get();
        if let Some(select) = select.get() {
            select.set_value(now.name());
        }
    });
    let options = PlanState::ALL
        .map(|state| {
            view! {
                <option value=state.name()>{move || state_name(i18n.get_locale(), state)}</option>
            }
        })
        .collect_view();
    view! {
        <label class="field__label" for=name.clone()>{text!(moment.plan_state)}</label>
        <select
            id=name
            node_ref=select
            class="field__input plan-card__state"
            data-testid="plan-state"
            disabled=move || is_read_only.get()
            on:change:target=move |event| {
                let state = PlanState::read(&event.target().value());
                replica.new_step();
                id.with_value(|id| replica.change_of(&BoardChange::Note(id.clone()), |change| change.set_plan_state(id, state)));
                replica.new_step();
            }
        >
            {options}
        </select>
    }
}

/// What is to be known of a field when it goes: the plan is gone, or locked, or stands in another column.
fn watch_of(replica: Replica, id: &NoteId, field: PlanField) -> Watch {
    let plan = move |id: &NoteId| Some(replica.state.note(id)?.note);
    let state = plan(id).map(|note| note.with_untracked(|note| note.plan.state));
    let (asked, seen) = (id.clone(), id.clone());
    let why = move || {
        note_closed(replica, &asked).or_else(|| {
            let is_as_before = plan(&asked)?
                .with(|note| note.kind == NoteKind::Plan && Some(note.plan.state) == state);
            (!is_as_before).then_some(Why::Changed)
        })
    };
    let offer = || Offer {
        kind: Some(NoteKind::Plan),
        ..Offer::default()
    };
    Watch::of_own_words(why, offer)
        .safe_as(move || {
            Some(plan(&seen)?.with_untracked(|note| note.plan.words(field).to_owned()))
        })
        .only_when_typed()
}

#[component]
fn Field(
    replica: Replica,
    id: StoredValue<NoteId>,
    field: PlanField,
    is_read_only: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = fresh_id("plan");
    let element = NodeRef::<html::Textarea>::new();
    let is_written = StoredValue::new(false);
    let words =
        id.with_value(|id| part(replica, id, move |note| note.plan.words(field).to_owned()));
    // What another writes comes in, but never over what I am writing.
    Effect::new(move || {
        let words = words.get();
        if let Some(element) = element.get()
            && !is_written.get_value()
            && element.value() != words
        {
            element.set_value(&words);
        }
    });
    let keep = move || {
        if !is_written.get_value() {
            return;
        }
        is_written.set_value(false);
        let Some(element) = element.get_untracked() else {
            return;
        };
        let words = element.value().trim().to_owned();
        let is_plan = |id: &NoteId| {
            super::thoughts::note(replica, id).is_some_and(|note| note.kind == NoteKind::Plan)
        };
        id.with_value(|id| {
            if is_plan(id) && replica.may_write_in(&SharedText::Note(id.clone())) {
                replica.new_step();
                replica.change_of(&BoardChange::Note(id.clone()), |change| {
                    change.plan_field(id, field, &words);
                });
                replica.new_step();
            }
        });
    };
    on_cleanup(keep);
    // The words lie in the card: here stands again what the board says.
    let forget = move || {
        let _ = is_written.try_set_value(false);
        if let (Some(element), Some(words)) = (element.get_untracked(), words.try_get_untracked()) {
            element.set_value(&words);
        }
    };
    let watched = id.with_value(|id| watch_of(replica, id, field));
    watch(
        replica,
        element,
        watched.settles_with(keep).forgets_with(forget),
    );
    let pick = move |(day,): (String,)| {
        if let Some(element) = element.get_untracked() {
            element.set_value(&day);
            is_written.set_value(true);
            keep();
        }
    };
    let is_day = field == PlanField::When;
    view! {
        <label class="field__label" for=name.clone()>{move || question(i18n.get_locale(), field)}</label>
        <span class="plan-card__line">
        <textarea
            dir="auto"
            id=name
            node_ref=element
            class="field__input plan-card__field"
            data-field=field.field()
            rows="1"
            autocomplete="off"
            maxlength=MAX_ANSWER_UTF16.to_string()
            readonly=move || is_read_only.get()
            on:input=move |_| is_written.set_value(true)
            on:change=move |_| keep()
            on:blur=move |_| keep()
        ></textarea>
        {is_day.then(|| view! {
            <Show when=move || !is_read_only.get()><DayButton on_pick=pick/></Show>
        })}
        </span>
    }
}
