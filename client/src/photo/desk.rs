//! Pictures at a desk: a tool that opens the list of mine, and pictures that are dropped or pasted.

use super::{
    choose::{ChoosePicture, files_of},
    cut::CutSheet,
    mine::MyPictures,
    page::Pictures,
};
use crate::{
    i18n::text,
    parts::{
        button::{IconButton, TipSide},
        dialog::Dialog,
        icon::IconName,
    },
    replica::Replica,
};
use leptos::{ev, prelude::*};
use web_sys::{Blob, DataTransfer};

/// The tool.
#[component]
pub(crate) fn PictureTool(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let pictures = Pictures::of(replica);
    view! {
        <IconButton
            label=text!(photo.choose)
            icon=IconName::Photo
            tip=TipSide::Right
            hook="pictures"
            on_press=move |()| pictures.is_list_open.set(true)
        />
    }
}

/// The list of my pictures, and the sheet in which one is cut; once on a page.
#[component]
pub(crate) fn PictureDialogs(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let pictures = Pictures::of(replica);
    view! {
        <Dialog title=text!(photo.pictures) open=pictures.is_list_open>
            <div class="pictures">
                <p class="field__hint">{text!(photo.desk_hint)}</p>
                <ChoosePicture replica/>
                <MyPictures replica/>
            </div>
        </Dialog>
        <CutSheet replica/>
    }
}

/// Takes pictures that are dropped on the page, as long as the view lives.
pub(crate) fn follow_drops(replica: Replica) {
    let over = window_event_listener(ev::dragover, move |event| {
        // Without this the browser would leave the page for the picture.
        event.prevent_default();
    });
    let drop = window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        take_from(replica, event.data_transfer().as_ref());
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
    });
}

/// Takes the pictures out of what is dropped or pasted. Says whether there were any.
pub(crate) fn take_from(replica: Replica, carried: Option<&DataTransfer>) -> bool {
    let files = carried.and_then(DataTransfer::files);
    let files = files.map(|files| files_of(&files)).unwrap_or_default();
    let files: Vec<Blob> = files
        .into_iter()
        .filter(|file| file.type_().starts_with("image/"))
        .collect();
    let is_any = !files.is_empty() && untrack(|| replica.may_write());
    if is_any {
        let pictures = Pictures::of(replica);
        pictures.is_list_open.set(true);
        pictures.take(files);
    }
    is_any
}
