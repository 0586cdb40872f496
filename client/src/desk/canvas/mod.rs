//! The canvas.

use super::DeskState;
use leptos::prelude::*;

/// The canvas.
#[component]
pub(crate) fn Canvas(desk: DeskState) -> impl IntoView {
    let _ = desk;
}
