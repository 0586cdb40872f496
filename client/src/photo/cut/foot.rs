//! As whom the notes are posted, and the black button.

use super::cutting::Cutting;
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind, ButtonSize},
        flow::Show,
        menu::MenuButton,
    },
    session::{
        coming::{Coming, coming},
        scribe::{ScribeButton, ScribeStrip, writes_for_another},
        voice_choice::VoiceChoice,
    },
};
use leptos::prelude::*;

/// The foot of the sheet.
#[component]
pub(super) fn CutFoot(cutting: Cutting) -> impl IntoView {
    let i18n = use_i18n();
    let replica = cutting.pictures.replica;
    let ready = Memo::new(move |_| {
        cutting
            .read(crate::photo::picture::Picture::ready)
            .unwrap_or_default()
    });
    let is_some_left = Memo::new(move |_| cutting.unposted_ids().len() > ready.get());
    let coming = Memo::new(move |_| coming(replica));
    let label = move || {
        let (one, many) = match coming.get() {
            Coming::AtOnce => (t_string!(i18n, photo.post_1), t_string!(i18n, photo.post_n)),
            Coming::WithAll | Coming::Last => {
                (t_string!(i18n, photo.pile_1), t_string!(i18n, photo.pile_n))
            }
        };
        match ready.get() {
            0 => t_string!(i18n, photo.post_none).to_owned(),
            ready => counted(ready, one, many),
        }
    };
    view! {
        <div class="cutter__foot">
            <Show when=move || is_some_left.get()>
                <p class="cutter__left">{text!(photo.without_words)}</p>
            </Show>
            <ScribeStrip replica/>
            <ScribeButton replica/>
            <Show when=move || !writes_for_another(replica)>
                <VoiceChoice replica button=MenuButton::MarkAndWords/>
            </Show>
            <Button
                label
                kind=ButtonKind::Primary
                size=ButtonSize::Large
                hook="post-cuts"
                is_disabled=Signal::derive(move || ready.get() == 0 || !replica.may_write())
                on_press=move |()| cutting.post()
            />
        </div>
    }
}
