//! The wall.

use crate::replica::Replica;
use leptos::prelude::*;

/// The wall over a board.
#[component]
pub(crate) fn Wall(replica: Replica) -> impl IntoView {
    let _ = replica;
    view! { <main></main> }
}
