//! What a facilitator does: a panel at the right of the desk, a page on the phone.
//!
//! ```text
//! agenda    the phases, the present one marked; pause, one minute more
//! now       what is going on: drafts that wait, say it back, whose turn it is, the vote
//! door      those who wait outside, only meanwhile
//! tools     what the present phase brings; all others, and the settings, under "more"
//! heard     how many notes each voice has on the board, once the hour has begun
//! next      the one black button: who only presses that gets a good hour
//! ```
//! The rest are dialogs ([`sheets`]), one at a time. Nothing is decided here: each press is a command,
//! and what comes of it is seen in the session's views.

mod agenda;
mod door;
mod face;
mod given_cards;
mod heard;
mod lead;
mod looking;
mod next;
mod now;
mod over;
mod said_back;
mod settings;
mod sheets;
mod stepper;
mod sweeps;
mod tools;
mod turn_time;
mod wall;

pub(crate) use door::{DoorControls, WaitingOutside, somebody_waits, tell_who_waits};
pub(crate) use lead::Lead;
pub(crate) use sweeps::tell_of_sweeps;

use crate::{
    browser::storage,
    i18n::text,
    parts::{
        button::Button,
        flow::Show,
        icon::{Icon, IconName},
    },
    replica::Replica,
};
use agenda::Agenda;
use door::AtTheDoor;
use heard::VoicesHeard;
use leptos::{html, prelude::*};
use next::NextButton;
use now::GoingOn;
use samtavle_shared::{geometry::BoardRect, ids::NoteId, session::Command, wire::Role};
use sheets::Sheets;
use std::time::Duration;
use tools::Tools;

/// Narrower than this the panel begins folded, so that the canvas keeps its room.
const NARROW_PX: f64 = 1100.0;
/// By then the server has answered a press, as a rule.
const ANSWERED: Duration = Duration::from_millis(600);
const FOLDED: &str = "samtavle.lead.folded";

/// The panel on the desk.
#[component]
pub(crate) fn LeadPanel(
    /// The board.
    replica: Replica,
    /// What is on this desk's screen, board units: where everybody is brought.
    look: Signal<BoardRect>,
    /// The notes that are selected on it.
    chosen: Signal<Vec<NoteId>>,
) -> impl IntoView {
    let lead = Lead::new(replica, look, chosen);
    let has_phases = replica.session.part(|view| !view.phases.is_empty());
    // Until the person says otherwise: open where there is room and an hour to lead.
    let chosen = RwSignal::new(storage::read(FOLDED).map(|word| word == "yes"));
    let is_folded =
        Signal::derive(move || chosen.get().unwrap_or(!has_phases.get() || is_narrow()));
    let panel = NodeRef::<html::Section>::new();
    let fold = move || {
        let folded = !is_folded.get_untracked();
        storage::write(FOLDED, if folded { "yes" } else { "no" });
        chosen.set(Some(folded));
    };
    view! {
        <section
            node_ref=panel
            tabindex="-1"
            class="panel lead"
            class:lead--folded=move || is_folded.get()
            aria-label=text!(lead.panel)
            data-testid="lead-panel"
            data-covers=move || (!is_folded.get()).then_some("right")
            on:click=move |event| keep_focus(&event, panel)
        >
            <div class="lead__head">
                <h2 class="panel__title">{text!(lead.hour)}</h2>
                <button
                    type="button"
                    class="button button--icon lead__fold"
                    data-testid="lead-fold"
                    aria-expanded=move || if is_folded.get() { "false" } else { "true" }
                    aria-label=move || {
                        if is_folded.get() { text!(lead.unfold)() } else { text!(lead.fold)() }
                    }
                    on:click=move |_| fold()
                >
                    <Icon name=IconName::ChevronDown />
                </button>
            </div>
            <Show when=move || !is_folded.get()>
                <div class="lead__body">
                    <Agenda lead />
                    <GoingOn lead />
                    <Tools lead />
                    <VoicesHeard lead />
                </div>
            </Show>
            <AtTheDoor lead />
            <NextButton lead />
        </section>
        <Sheets lead />
    }
}

/// The page on the phone: all of the same.
#[component]
pub(crate) fn LeadPage(
    /// The board.
    replica: Replica,
    /// What this phone looked at last, board units: where everybody is brought.
    look: Signal<BoardRect>,
) -> impl IntoView {
    let lead = Lead::new(replica, look, Signal::stored(Vec::new()));
    let leads = replica.session.leads();
    let page = NodeRef::<html::Section>::new();
    view! {
        <section
            node_ref=page
            tabindex="-1"
            class="lead lead--page"
            aria-label=text!(lead.panel)
            data-testid="lead-panel"
            on:click=move |event| keep_focus(&event, page)
        >
            <Show when=move || leads.get() fallback=move || view! { <TakeLead replica /> }>
                <AtTheDoor lead />
                <NextButton lead />
                <Agenda lead />
                <GoingOn lead />
                <Tools lead />
                <VoicesHeard lead />
            </Show>
        </section>
        <Sheets lead />
    }
}

/// For who has handed facilitation over and holds a facilitator's key: a way back.
#[component]
pub(crate) fn TakeLead(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    view! {
        <div class="lead__taking">
            <p class="lead__quiet">{text!(lead.others_lead)}</p>
            <Button
                label=text!(lead.take_back)
                on_press=move |()| replica.command(Command::TakeLead)
                attr:data-testid="lead-take"
            />
        </div>
    }
}

/// Whether the person here leads, or has handed it over and may take it back.
pub(crate) fn may_lead(replica: Replica) -> Memo<bool> {
    let is_known = replica.session.own_part(|own| own.person.is_some());
    let leads = replica.session.leads();
    Memo::new(move |_| {
        let has_key = replica.role.get() == Some(Role::Facilitator);
        is_known.get() && (leads.get() || has_key)
    })
}

/// A button that begins something makes way for what goes on. Whoever pressed it by keyboard stays in
/// the panel, and does not begin again at the top of the page. Whoever pressed it with a pointer goes on
/// with the board: a space or an Enter that is meant for it must not press the button once more.
fn keep_focus(event: &web_sys::MouseEvent, panel: NodeRef<html::Section>) {
    let is_by_key = event.detail() == 0;
    if !is_by_key {
        leave_button(event);
        return;
    }
    let back = move || {
        let is_lost = document()
            .active_element()
            .is_none_or(|element| element.tag_name() == "BODY");
        if let Some(panel) = panel.try_get_untracked().flatten().filter(|_| is_lost) {
            let _ = panel.focus();
        }
    };
    set_timeout(back, ANSWERED);
}

/// From a button of the panel to the canvas. Where a dialog opens it takes the focus, and gives it back
/// to the canvas.
fn leave_button(event: &web_sys::MouseEvent) {
    let target = event
        .target()
        .and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok());
    let is_on_button = target.is_some_and(|target| matches!(target.closest("button"), Ok(Some(_))));
    let canvas = document().query_selector(".canvas").ok().flatten();
    let canvas = canvas
        .and_then(|canvas| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(canvas).ok());
    if let Some(canvas) = canvas.filter(|_| is_on_button) {
        let _ = canvas.focus();
    }
}

fn is_narrow() -> bool {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_some_and(|width| width < NARROW_PX)
}
