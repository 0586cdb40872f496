//! Writing: a note's text and a cluster's title, several people at once.

use super::DeskState;
use leptos::prelude::*;
use samtavle_shared::ids::{ClusterId, NoteId};

/// The text field over a note that is being written. It fills its parent, the note's text area.
#[component]
pub(crate) fn NoteField(desk: DeskState, note: NoteId) -> impl IntoView {
    let _ = (desk, note);
}

/// The field for a cluster's title; it fills its parent, the cluster's head.
#[component]
pub(crate) fn TitleField(desk: DeskState, cluster: ClusterId) -> impl IntoView {
    let _ = (desk, cluster);
}

/// Others' carets and selections in a note; laid over the note's text element `of`.
#[component]
pub(crate) fn Carets(desk: DeskState, note: NoteId, of: NodeRef<leptos::html::Div>) -> impl IntoView {
    let _ = (desk, note, of);
}
