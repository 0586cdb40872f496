//! Pictures at a desk: a tool that opens the list of mine, and pictures that were dropped or pasted.

use super::{choose::ChoosePicture, cut::CutSheet, mine::MyPictures, page::Pictures};
use crate::{
    i18n::text,
    parts::{
        button::{IconButton, TipSide},
        dialog::Dialog,
        icon::IconName,
    },
    replica::Replica,
};
use leptos::prelude::*;
use web_sys::Blob;

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

/// Takes pictures that were dropped or pasted.
pub(crate) fn take(replica: Replica, files: Vec<Blob>) {
    Pictures::of(replica).take(files);
}

/// Opens the list of my pictures, where it is not always there.
pub(crate) fn open_list(replica: Replica) {
    Pictures::of(replica).is_list_open.set(true);
}
