//! The side: a column at the right over the canvas, for what is led and for what is going on.
//!
//! It begins under the top bar and ends above the minimap, for which the panel leaves no room; what has no
//! room itself scrolls in it.

use super::DeskState;
use crate::{
    facilitate::{LeadPanel, TakeLead, may_lead},
    moments::{self, Moments, QuietTools},
    parts::flow::Show,
};
use leptos::prelude::*;

/// How much of the view the panel covers, as the styles have it: 18.5 rem and its margin, screen pixels.
const COVERS: f64 = 312.0;

/// The column: the panel for who leads, and the moments.
#[component]
pub(super) fn DeskSide(desk: DeskState) -> impl IntoView {
    let replica = desk.replica;
    let leads = replica.session.leads();
    let may_lead = may_lead(replica);
    let look = Signal::derive(move || desk.clear_part());
    let chosen = Signal::derive(move || desk.selection.with(|selection| selection.notes.clone()));
    moments::show_notes_with(replica, move |notes| desk.show_notes(notes));
    Effect::new(move || desk.side.set(if may_lead.get() { COVERS } else { 0.0 }));
    view! {
        <div class="side">
            <Show when=move || may_lead.get()>
                <Show
                    when=move || leads.get()
                    fallback=move || view! { <div class="panel"><TakeLead replica /></div> }
                >
                    <LeadPanel replica look chosen />
                </Show>
            </Show>
            <Moments replica />
            <QuietTools replica />
        </div>
    }
}
