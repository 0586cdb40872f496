//! The side: a column at the right over the canvas, for what is led and for what is going on.
//!
//! It begins under the top bar and ends above the minimap; what has no room scrolls in it.

use super::DeskState;
use crate::{
    facilitate::{LeadPanel, TakeLead, may_lead},
    moments::{self, DisturbButton, Moments},
    parts::flow::Show,
};
use leptos::prelude::*;

/// The column: the panel for who leads, and the moments.
#[component]
pub(super) fn DeskSide(desk: DeskState) -> impl IntoView {
    let replica = desk.replica;
    let leads = replica.session.leads();
    let may_lead = may_lead(replica);
    let look = Signal::derive(move || desk.camera.get().visible(desk.view.get()));
    moments::show_notes_with(replica, move |notes| desk.show_notes(notes));
    view! {
        <div class="side">
            <Show when=move || may_lead.get()>
                <Show
                    when=move || leads.get()
                    fallback=move || view! { <div class="panel"><TakeLead replica /></div> }
                >
                    <LeadPanel replica look />
                </Show>
            </Show>
            <Moments replica />
            <DisturbButton replica />
        </div>
    }
}
