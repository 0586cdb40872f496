//! A plan from an idea: those that nobody has planned to try stand there to be chosen, and what is chosen is asked
//! what is done, who does it, and when.

use super::{MomentState, naming::note_title, thoughts};
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        flow::{For, Show},
        fresh_id,
        icon::{Icon, IconName},
        notice::use_notices,
        words::written_as,
    },
    session::{
        post::{Posting, post},
        trial::{Trial, TrialFields},
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::{ItemId, LinkKind, Note, NoteKind},
    ids::NoteId,
    limits::MAX_NOTE_TEXT_UTF16,
    session::Item,
};
use std::collections::BTreeMap;

/// Ideas that no plan tests: those with most dots of the last round first, then the oldest.
fn ideas_without_plan(moments: MomentState) -> Memo<Vec<NoteId>> {
    let replica = moments.replica;
    let dots = replica.session.part(|view| {
        let result = view.round.as_ref().and_then(|round| round.result.as_ref());
        let rows = result
            .map(|result| result.items.iter())
            .into_iter()
            .flatten();
        let rows = rows.filter_map(|row| match &row.item {
            Item::Note(note) => Some((note.clone(), row.dots)),
            Item::Cluster(_) => None,
        });
        rows.collect::<BTreeMap<NoteId, u32>>()
    });
    Memo::new(move |_| {
        let links = replica.state.links.read();
        let is_tested = |note: &Note| {
            let id = ItemId::Note(note.id.clone());
            let mut links = links.iter();
            links.any(|link| link.kind == LinkKind::Tests && link.to == id)
        };
        let dots = dots.read();
        let mut ideas: Vec<NoteId> = thoughts::settled_notes(moments)
            .into_iter()
            .filter(|note| note.kind == NoteKind::Idea && !note.text.trim().is_empty())
            .filter(|note| !is_tested(note))
            .map(|note| note.id)
            .collect();
        samtavle_shared::sorting::sort_by(&mut ideas, |a, b| {
            let of = |id: &NoteId| dots.get(id).copied().unwrap_or_default();
            of(b).cmp(&of(a))
        });
        ideas
    })
}

/// The ideas to choose from, and the box for the one that was chosen.
#[component]
pub(super) fn NewPlan(moments: MomentState) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    let ideas = ideas_without_plan(moments);
    let chosen = RwSignal::new(None::<NoteId>);
    let is_chosen = Memo::new(move |_| chosen.read().is_some());
    let count = move || {
        counted(
            ideas.read().len(),
            t_string!(i18n, moment.plan_from_idea_1),
            t_string!(i18n, moment.plan_from_idea_n),
        )
    };
    view! {
        <Show when=move || replica.may_write() && !ideas.read().is_empty()>
            <section class="plans__new" data-testid="plan-ideas">
                <h3 class="plans__state">{text!(moment.plan_from_idea)}</h3>
                <p class="plans__none">{count}</p>
                <ul class="plans__ideas">
                    <For each=move || ideas.get() key=Clone::clone let:id>
                        <IdeaRow moments id chosen/>
                    </For>
                </ul>
                <Show when=move || is_chosen.get()>
                    {move || chosen.get().map(|idea| view! { <PlanBox moments idea chosen/> })}
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn IdeaRow(moments: MomentState, id: NoteId, chosen: RwSignal<Option<NoteId>>) -> impl IntoView {
    let i18n = use_i18n();
    let (own, named) = (id.clone(), id.clone());
    let title = move || note_title(moments.replica, i18n.get_locale(), &named);
    view! {
        <li>
            <button
                type="button"
                class="plans__idea"
                data-testid="plan-idea"
                aria-pressed=move || if chosen.read().as_ref() == Some(&own) { "true" } else { "false" }
                on:click=move |_| chosen.update(|chosen| {
                    *chosen = (chosen.as_ref() != Some(&id)).then(|| id.clone());
                })
            >
                <Icon name=IconName::Idea/>
                <span {..written_as(title)}></span>
            </button>
        </li>
    }
}

/// What is done, who does it, when.
#[component]
fn PlanBox(moments: MomentState, idea: NoteId, chosen: RwSignal<Option<NoteId>>) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = moments.replica;
    let field = NodeRef::<html::Textarea>::new();
    let trial = Trial::new();
    let name = fresh_id("plan-what");
    // What is planned is the idea as it stands, until somebody says it more closely.
    let begin = thoughts::note(replica, &idea).map(|note| note.text);
    field.on_load(move |field| {
        field.set_value(&begin.unwrap_or_default());
        let _ = field.focus();
        field.select();
    });
    let make = move |()| {
        let Some(words) = field.get_untracked().map(|field| field.value()) else {
            return;
        };
        if words.trim().is_empty() {
            notices.show(t_string!(i18n, phone.write_first));
            return;
        }
        let mut posting = Posting::new(NoteKind::Plan, words);
        posting.trial = trial.take();
        posting.link = Some((LinkKind::Tests, ItemId::Note(idea.clone())));
        post(replica, posting);
        chosen.set(None);
        notices.show(t_string!(i18n, moment.plan_made));
    };
    view! {
        <div class="plan-card plans__box" data-testid="plan-box">
            <label class="field__label" for=name.clone()>{text!(moment.plan_what)}</label>
            <textarea
                dir="auto"
                id=name
                node_ref=field
                class="field__input plan-card__field"
                rows="2"
                maxlength=MAX_NOTE_TEXT_UTF16.to_string()
            ></textarea>
            <TrialFields trial/>
            <Button kind=ButtonKind::Primary label=text!(moment.plan_make) hook="plan-make" on_press=make/>
        </div>
    }
}
