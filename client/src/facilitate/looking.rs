//! Before the step to ideas: what is not covered yet, to who leads, while the room is asked on the wall. Nothing
//! has changed for anybody; whoever leads goes on by the black button, or stays.

use super::Lead;
use crate::{i18n::text, moments::WhatIsMissing, parts::flow::Show};
use leptos::prelude::*;

/// The card.
#[component]
pub(super) fn Looking(lead: Lead) -> impl IntoView {
    let replica = lead.replica;
    let is_looking = replica.session.part(|view| view.looking.is_some());
    view! {
        <Show when=move || is_looking.get()>
            <section class="lead__now lead__looking" data-testid="lead-looking" role="status">
                <h3 class="panel__title">{text!(moment.insights_moment)}</h3>
                <WhatIsMissing replica />
                <p class="lead__quiet">{text!(lead.looking_text)}</p>
            </section>
        </Show>
    }
}
