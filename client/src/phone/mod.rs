//! The phone.

use crate::replica::Replica;
use leptos::prelude::*;

/// The phone over a board.
#[component]
pub(crate) fn Phone(replica: Replica) -> impl IntoView {
    let _ = replica;
    view! { <main></main> }
}
