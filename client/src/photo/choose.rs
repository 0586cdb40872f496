//! A button that takes or chooses pictures of paper notes. The phone itself offers the camera and what was taken
//! before, so the page asks for no camera, and one that is refused is no fault here.

use super::page::{Pictures, Trouble};
use crate::{
    i18n::{t_string, use_i18n},
    parts::{
        icon::{Icon, IconName},
        notice::{Message, MessageKind},
    },
    replica::Replica,
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Blob, FileList};

/// The button, and what became of the last file where it did not become a picture.
#[component]
pub(crate) fn ChoosePicture(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
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
    let label = move || {
        if pictures.preparing.get() > 0 {
            t_string!(i18n, photo.preparing)
        } else {
            t_string!(i18n, photo.choose)
        }
    };
    view! {
        <div class="choose">
            <button type="button" class="button button--quiet" data-testid="take-photo" on:click=press>
                <Icon name=IconName::Photo/>
                <span>{label}</span>
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
            <TroubleWords pictures/>
        </div>
    }
}

/// Why the last file did not become a picture, and what can be done.
#[component]
fn TroubleWords(pictures: Pictures) -> impl IntoView {
    let i18n = use_i18n();
    let place = NodeRef::<html::Div>::new();
    let words = move |trouble| match trouble {
        Trouble::TooLarge => t_string!(i18n, photo.too_large),
        Trouble::NotReadable => t_string!(i18n, photo.not_readable),
        Trouble::Nothing => t_string!(i18n, photo.nothing),
    };
    let kind = |trouble| match trouble {
        Trouble::Nothing => MessageKind::Info,
        Trouble::TooLarge | Trouble::NotReadable => MessageKind::Warn,
    };
    // On a small screen the words would stand below it.
    Effect::new(move || {
        if let (Some(_), Some(place)) = (pictures.trouble.get(), place.get()) {
            request_animation_frame(move || place.scroll_into_view_with_bool(false));
        }
    });
    view! {
        <div node_ref=place class="choose__words" data-testid="photo-words" role="status">
            {move || pictures.trouble.get().map(|trouble| view! {
                <Message text=move || words(trouble) kind=kind(trouble)/>
            })}
        </div>
    }
}

/// The files of a choice.
fn files_of(files: &FileList) -> Vec<Blob> {
    let files = (0..files.length()).filter_map(|place| files.get(place));
    files.map(JsCast::unchecked_into).collect()
}
