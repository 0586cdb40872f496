//! Moments: what comes when its time comes, on phone and desk alike. A person sees one thing to do;
//! the rest waits behind it.
//!
//! ```text
//! session's views ─► queue (which moments there are, in order) ─► Moments (the card of the first)
//!                                                              └► "and 1 more"
//! turns · reveal       a line above the card: who speaks, what was just shown
//! tools                quiet buttons for what the phase brings; below what is to be done
//! sheets               what lies over the board: insights, plans, a result, the breaking of a habit
//! ```
//! Each card is a file. Nothing is decided here: an answer is a note ([`crate::session::post`]) or a
//! command, and what comes of it is seen in the session's views.

mod answer;
mod break_habit;
mod catcher;
mod disturbance;
mod far_pair;
mod group_made;
mod insight_lines;
mod insights;
mod naming;
mod plan_card;
mod plan_new;
mod plans;
mod print;
mod queue;
mod result;
mod result_item;
mod reveal;
mod said_back;
mod say_back;
mod sheets;
mod spotlight;
mod state;
pub(crate) mod thoughts;
mod tools;
mod turns;
mod vote;
mod vote_row;

pub(crate) use disturbance::{can_be_disturbed, disturb_me};
pub(crate) use far_pair::ask_for_pair;
pub(crate) use insights::WhatIsMissing;
pub(crate) use print::print_words;
pub(crate) use queue::Moment;
pub(crate) use said_back::SaidBackList;
pub(crate) use sheets::MomentSheets;
pub(crate) use spotlight::{SpotlightCard, item_read, words_read};
pub(crate) use state::{MomentState, Sheet};
pub(crate) use tools::MomentTools;

use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    parts::{
        flow::Show,
        icon::{Icon, IconName},
    },
    replica::Replica,
    session::over::OverCard,
};
use leptos::{html, prelude::*};
use queue::{next_of, queue, shown_of};
use samtavle_shared::{board::NoteKind, ids::NoteId};
use wasm_bindgen::JsCast;

/// Opens the ceremony in which a habit is broken: who stops, and from when. Does nothing for a note
/// that is no habit.
pub(crate) fn break_habit(replica: Replica, note: &NoteId) {
    let is_habit = thoughts::note(replica, note).is_some_and(|note| note.kind == NoteKind::Habit);
    if is_habit {
        MomentState::of(replica).open(Sheet::BreakHabit(note.clone()));
    }
}

/// Whether a note was revealed some seconds ago: it then turns over.
pub(crate) fn is_just_revealed(replica: Replica, note: &NoteId) -> bool {
    MomentState::of(replica)
        .just_revealed
        .with(|notes| notes.contains(note))
}

/// Whether there is something to do or to see on the page where the moments stand.
pub(crate) fn something_waits(replica: Replica) -> Memo<bool> {
    let moments = MomentState::of(replica);
    let shown = shown_of(moments, queue(moments));
    Memo::new(move |_| shown.read().is_some())
}

/// Whether a ballot waits for dots of mine: a round is open, and I have given none.
pub(crate) fn open_ballot(replica: Replica) -> Memo<bool> {
    let is_open = replica
        .session
        .part(|view| view.round.as_ref().is_some_and(|round| round.is_open));
    let has_voted = replica.session.own_part(|own| !own.dots.is_empty());
    Memo::new(move |_| is_open.get() && !has_voted.get())
}

/// Counts how often the person here asked for a moment: a thought that disturbs, two that lie far apart.
/// The screen then goes to where the moments stand.
pub(crate) fn asked_for(replica: Replica) -> Memo<u32> {
    let moments = MomentState::of(replica);
    Memo::new(move |before: Option<&u32>| {
        let has_chosen = moments.chosen.get().is_some();
        before.map_or(0, |before| before + u32::from(has_chosen))
    })
}

/// How this screen shows notes that somebody asks for in the insights: a desk flies there. It holds
/// until the view that says so is gone.
pub(crate) fn show_notes_with(replica: Replica, show: impl Fn(Vec<NoteId>) + 'static) {
    let moments = MomentState::of(replica);
    moments.shows_notes_with(show);
    on_cleanup(move || moments.shows_no_notes());
}

/// The one thing to do now, and how many wait behind it.
#[component]
pub(crate) fn Moments(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
    let moments = MomentState::of(replica);
    let queue = queue(moments);
    let shown = shown_of(moments, queue);
    let region = NodeRef::<html::Section>::new();

    let waits_to_show = StoredValue::new(false);
    let bring_into_view = move || {
        if moments.is_held.get_untracked() {
            waits_to_show.set_value(true);
        } else if let Some(region) = region.get_untracked() {
            region.scroll_into_view();
        }
    };
    Effect::new(move || {
        if !moments.is_held.get() && waits_to_show.get_value() {
            waits_to_show.set_value(false);
            if !is_writing() {
                bring_into_view();
            }
        }
    });

    // Who answers a card that then goes keeps their place: the focus stays here.
    let had_focus = StoredValue::new(false);
    Effect::new(move |before: Option<Option<Moment>>| {
        let now = shown.get();
        let is_other = before.is_some_and(|before| before != now);
        if let Some(region) = region.get_untracked().filter(|_| is_other) {
            if had_focus.get_value() && is_focus_lost() {
                let _ = region.focus();
            }
            // What the person turned to comes into view, wherever they had scrolled; what comes by
            // itself does, too, but for who is writing.
            let is_turned_to = moments.chosen.get_untracked() == now;
            if now.is_some() && (is_turned_to || !is_writing()) {
                bring_into_view();
            }
        }
        now
    });

    let waiting = Signal::derive(move || {
        let before_them = usize::from(shown.read().is_some());
        queue.read().len().saturating_sub(before_them)
    });
    let more = move || {
        let (one, other) = if shown.read().is_some() {
            (
                t_string!(i18n, moment.more_1),
                t_string!(i18n, moment.more_n),
            )
        } else {
            (
                t_string!(i18n, moment.unseen_1),
                t_string!(i18n, moment.unseen_n),
            )
        };
        counted(waiting.get(), one, other)
    };
    view! {
        <section
            node_ref=region
            class="moments"
            tabindex="-1"
            aria-label=text!(moment.region)
            on:focusin=move |_| had_focus.set_value(true)
            on:focusout=move |event: web_sys::FocusEvent| {
                // What is taken away loses the focus to nothing; a person takes it somewhere.
                if event.related_target().is_some() {
                    had_focus.set_value(false);
                }
            }
        >
            <p class="visually-hidden" role="status">
                {move || shown.get().map(|moment| queue::title(i18n.get_locale(), &moment))}
            </p>
            <OverCard replica/>
            <SpotlightCard replica/>
            <reveal::RevealLine moments/>
            <turns::TurnLine moments shown/>
            {move || shown.get().map(|moment| view! { <Card moments moment/> })}
            <Show when=move || { waiting.get() > 0 }>
                <button
                    type="button"
                    class="button button--bare moments__more"
                    data-testid="moment-more"
                    on:click=move |_| {
                        let next = next_of(&queue.read_untracked(), shown.get_untracked().as_ref());
                        moments.chosen.set(next);
                    }
                >
                    {more}
                </button>
            </Show>
        </section>
    }
}

/// Whether the focus is in a card that goes, or went with it: nowhere else on the page.
fn is_focus_lost() -> bool {
    document().active_element().is_none_or(|active| {
        active.tag_name() == "BODY" || matches!(active.closest(".moment"), Ok(Some(_)))
    })
}

/// Whether there are words in the field that has the focus.
pub(crate) fn is_writing() -> bool {
    document().active_element().is_some_and(|active| {
        let field = active.dyn_ref::<web_sys::HtmlTextAreaElement>();
        field.is_some_and(|field| !field.value().trim().is_empty())
            || active.has_type::<web_sys::HtmlInputElement>()
    })
}

/// The quiet buttons of who takes part at a desk, in one place; who leads has them in the panel.
#[component]
pub(crate) fn QuietTools(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let can_disturb = can_be_disturbed(replica);
    let leads = replica.session.leads();
    view! {
        <Show when=move || !leads.get()>
            <div class="panel quiet-tools" data-testid="quiet-tools">
                <Show when=move || can_disturb.get() && replica.may_write()>
                    <button
                        type="button"
                        class="button button--quiet"
                        data-testid="disturb-me"
                        on:click=move |_| disturb_me(replica)
                    >
                        <Icon name=IconName::Bolt/>
                        <span>{text!(moment.disturb_me)}</span>
                    </button>
                </Show>
                <MomentTools replica/>
            </div>
        </Show>
    }
}

/// A moment's card.
#[component]
fn Card(moments: MomentState, moment: Moment) -> impl IntoView {
    let name = moment.name();
    provide_context(moment.clone()); // for the box in it
    let inside = match moment {
        Moment::Judge(to_judge) => view! { <say_back::Judge moments to_judge/> }.into_any(),
        Moment::MyTurn => view! { <turns::MyTurn moments/> }.into_any(),
        Moment::TurnOf(person) => view! { <turns::MyTurn moments of=person/> }.into_any(),
        Moment::Vote(_) => view! { <vote::VoteCard moments/> }.into_any(),
        Moment::SayBack(note) => view! { <say_back::SayBack moments note/> }.into_any(),
        Moment::SayBackFor(person, note) => {
            view! { <say_back::SayBack moments note for_whom=person/> }.into_any()
        }
        Moment::Disturbed(count) => {
            view! { <disturbance::DisturbanceCard moments count/> }.into_any()
        }
        Moment::Caught(note) => view! { <catcher::Caught moments note/> }.into_any(),
        Moment::FarPair(one, other) => view! { <far_pair::FarPair moments one other/> }.into_any(),
        Moment::Insights(number) => view! { <insights::InsightsCard moments number/> }.into_any(),
        Moment::Result(number) => view! { <result::ResultCard moments number/> }.into_any(),
        Moment::Group(group) => view! { <group_made::GroupMade moments group/> }.into_any(),
        Moment::Waiting(note) => view! { <say_back::Waiting moments note/> }.into_any(),
    };
    view! {
        <article class="moment" data-testid="moment" data-moment=name data-covers="right">
            {inside}
        </article>
    }
}
