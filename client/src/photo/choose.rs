//! A button that takes or chooses pictures of paper notes. The phone itself offers the camera and what was taken
//! before, so the page asks for no camera, and one that is refused is no fault here.

use super::page::{Pictures, Trouble};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        flow::Show,
        icon::{Icon, IconName},
        notice::{Message, MessageKind},
    },
    replica::Replica,
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Blob, FileList};

/// The button.
#[component]
pub(crate) fn ChoosePicture(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let pictures = Pictures::of(replica);
    let field = NodeRef::<html::Input>::new();
    let press = move |_| {
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    let chosen = move |_| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let files = field.files().map(|files| files_of(&files));
        field.set_value(""); // so that the same one can be chosen again
        pictures.take(files.unwrap_or_default());
    };
    view! {
        <button type="button" class="button button--quiet choose-picture" data-testid="take-photo" on:click=press>
            <Icon name=IconName::Photo/>
            <span>{text!(photo.choose)}</span>
        </button>
        <input
            node_ref=field
            type="file"
            accept="image/*"
            multiple
            hidden
            data-testid="photo-file"
            on:change=chosen
            // Told by newer browsers only; elsewhere nothing is said.
            on:cancel=move |_: web_sys::Event| pictures.trouble.set(Some(Trouble::Nothing))
        />
    }
}

/// What became of the last file, where it did not become a picture; and that one is being made small.
#[component]
pub(super) fn ChooseWords(
    /// This page's pictures.
    pictures: Pictures,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_trouble = move || pictures.trouble.get().is_some();
    let words = move || match pictures.trouble.get() {
        Some(Trouble::TooLarge) => t_string!(i18n, photo.too_large),
        Some(Trouble::NotReadable) => t_string!(i18n, photo.not_readable),
        Some(Trouble::Nothing) => t_string!(i18n, photo.nothing),
        None => "",
    };
    let kind = move || match pictures.trouble.get_untracked() {
        Some(Trouble::Nothing) => MessageKind::Info,
        _ => MessageKind::Warn,
    };
    view! {
        <div class="choose-words" data-testid="photo-words">
            {move || is_trouble().then(|| view! { <Message text=words kind=kind()/> })}
            <Show when=move || { pictures.preparing.get() > 0 }>
                <p class="list-empty" role="status">{text!(photo.preparing)}</p>
            </Show>
        </div>
    }
}

/// The files of a choice, a drop or the clipboard.
pub(super) fn files_of(files: &FileList) -> Vec<Blob> {
    let files = (0..files.length()).filter_map(|place| files.get(place));
    files.map(JsCast::unchecked_into).collect()
}
