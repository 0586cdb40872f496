//! The desk.

use crate::replica::Replica;
use leptos::prelude::*;

/// The desk over a board.
#[component]
pub(crate) fn Desk(replica: Replica) -> impl IntoView {
    let _ = replica;
    view! { <main></main> }
}
