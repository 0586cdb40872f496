//! The rim: bars around the canvas.

use super::DeskState;
use leptos::prelude::*;

/// The rim.
#[component]
pub(crate) fn Rim(desk: DeskState) -> impl IntoView {
    let _ = desk;
}
