//! The insights: what is still missing, as counts that open the notes they are about. They rank nobody.

use super::{
    MomentState,
    insight_lines::{Line, Told, tell},
    naming::{note_title, voice_name},
    result_item::share,
    state::Once,
    thoughts,
};
use crate::parts::words::written_as;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::Button,
        flow::Show,
        icon::{Icon, IconName},
        kinds::KindMark,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{board::NoteKind, ids::NoteId};

/// What is missing, as lines that open their notes: for who leads, before the room goes on.
#[component]
pub(crate) fn WhatIsMissing(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
    let moments = MomentState::of(replica);
    let told = Memo::new(move |_| tell(moments, i18n.get_locale()));
    view! { <Missing moments told/> }
}

/// The card: it comes once, when the room has gone on from the problem to ideas.
#[component]
pub(super) fn InsightsCard(
    moments: MomentState,
    /// Under which it is put away.
    number: u32,
) -> impl IntoView {
    let i18n = use_i18n();
    let told = Memo::new(move |_| tell(moments, i18n.get_locale()));
    view! {
        <div class="moment__body" data-testid="moment-insights">
            <h2 class="moment__title">{text!(moment.insights)}</h2>
            <Missing moments told/>
            <div class="moment__acts">
                <Button
                    label=text!(moment.insights_all)
                    on_press=move |()| moments.open(super::Sheet::Insights)
                />
                <Button
                    label=text!(moment.close)
                    on_press=move |()| moments.put_away(Once::Insights, number)
                    attr:data-testid="moment-close"
                />
            </div>
        </div>
    }
}

/// All of it: in a dialog on the desk, over the page on the phone.
#[component]
pub(super) fn InsightsPanel(moments: MomentState) -> impl IntoView {
    let i18n = use_i18n();
    let told = Memo::new(move |_| tell(moments, i18n.get_locale()));
    view! {
        <div class="insights" data-testid="insights">
            <Missing moments told/>
            {move || lines(moments, told.read().came_of_it.clone())}
            <Written moments told/>
        </div>
    }
}

#[component]
fn Missing(moments: MomentState, told: Memo<Told>) -> impl IntoView {
    let missing = Memo::new(move |_| told.read().missing.clone());
    view! {
        <Show
            when=move || !missing.read().is_empty()
            fallback=move || view! { <p class="moment__hint">{text!(moment.insights_nothing)}</p> }
        >
            {move || lines(moments, missing.get())}
        </Show>
    }
}

fn lines(moments: MomentState, lines: Vec<Line>) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|line| view! { <InsightLine moments line/> })
        .collect_view();
    view! { <ul class="insights__lines">{lines}</ul> }
}

/// A line; pressed, it opens its notes: the desk flies there, the phone lists them under it.
#[component]
fn InsightLine(moments: MomentState, line: Line) -> impl IntoView {
    let Line { words, notes } = line;
    if notes.is_empty() {
        return view! { <li class="insights__line"><span class="insights__words">{words}</span></li> }
            .into_any();
    }
    let is_open = RwSignal::new(false);
    let flies = moments.can_show_notes();
    let all = notes.clone();
    let press = move |_| {
        if flies {
            moments.show_notes(all.clone());
        } else {
            is_open.update(|open| *open = !*open);
        }
    };
    view! {
        <li class="insights__line">
            <button
                type="button"
                class="insights__press"
                aria-expanded=move || (!flies).then(|| if is_open.get() { "true" } else { "false" })
                on:click=press
            >
                <span class="insights__words">{words}</span>
                <Icon name=IconName::ChevronRight/>
            </button>
            <Show when=move || is_open.get()>
                <NoteList moments notes=notes.clone()/>
            </Show>
        </li>
    }
    .into_any()
}

#[component]
fn NoteList(moments: MomentState, notes: Vec<NoteId>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    let rows = notes
        .into_iter()
        .map(|id| {
            let kind = thoughts::note(replica, &id).map_or(NoteKind::Other, |note| note.kind);
            view! {
                <li class="insights__note">
                    <KindMark kind/>
                    <span {..written_as(move || note_title(replica, i18n.get_locale(), &id))}></span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="insights__notes">{rows}</ul> }
}

/// How many notes each voice has written: counts of voices, not of persons.
#[component]
fn Written(moments: MomentState, told: Memo<Told>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    let rows = move || {
        let told = told.read();
        let most = told.written.iter().map(|(_, count)| *count).max();
        let most = as_u32(most.unwrap_or_default());
        told.written
            .iter()
            .map(|(voice, count)| {
                let name = match voice {
                    Some(voice) => voice_name(replica, i18n.get_locale(), voice),
                    None => t_string!(i18n, moment.written_none).to_owned(),
                };
                view! {
                    <tr>
                        <th scope="row" dir="auto">{name}</th>
                        <td>
                            <span class="result__cell">
                                <span
                                    class="result__bar result__bar--voice"
                                    style:--share=share(as_u32(*count), most)
                                    aria-hidden="true"
                                ></span>
                                <span class="result__number">{*count}</span>
                            </span>
                        </td>
                    </tr>
                }
            })
            .collect_view()
    };
    let has_any = move || told.read().written.iter().any(|(_, count)| *count > 0);
    view! {
        <Show when=has_any>
            <section class="insights__written">
                <h3 class="moment__eyebrow">{text!(moment.written)}</h3>
                <table class="result__table"><tbody>{rows}</tbody></table>
                {move || {
                    let told = told.read();
                    told.evenness
                        .iter()
                        .map(|words| view! { <p class="moment__hint">{*words}</p> })
                        .collect_view()
                }}
            </section>
        </Show>
    }
}

fn as_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
