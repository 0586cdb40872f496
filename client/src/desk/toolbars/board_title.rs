//! The board's title, written where it stands.

use super::super::writing::{Lines, SharedField};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::flow::Show,
    replica::{Replica, SharedText},
};
use leptos::{html, prelude::*};

/// The board's title. A press on it begins writing.
#[component]
pub(super) fn BoardTitle(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let state = replica.state;
    let is_writing = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let words = move || {
        let title = state.title.get();
        match title.trim() {
            "" if state.is_open.get() => t_string!(i18n, desk.untitled).to_owned(),
            _ => title,
        }
    };
    let leave = move |()| {
        is_writing.set(false);
        // When the words are seen again, the keys are theirs, unless the person went elsewhere.
        request_animation_frame(move || {
            let is_on_nothing = document()
                .active_element()
                .is_none_or(|active| active.tag_name() == "BODY");
            if let Some(button) = button
                .try_get_untracked()
                .flatten()
                .filter(|_| is_on_nothing)
            {
                let _ = button.focus(); // an element that is gone takes no focus
            }
        });
    };
    view! {
        <div class="rim__title" class:rim__title--writing=move || is_writing.get()>
            <h1 class="rim__name" data-testid="board-title">
                {move || {
                    if state.is_open.get() && replica.may_write() && replica.may_rename() {
                        view! {
                            <button
                                type="button"
                                node_ref=button
                                class="rim__rename"
                                dir="auto"
                                class:rim__rename--empty=move || state.title.with(|title| title.trim().is_empty())
                                title=text!(desk.title_edit)
                                on:click=move |_| is_writing.set(true)
                            >
                                {words}
                            </button>
                        }
                            .into_any()
                    } else {
                        view! { <span class="rim__rename" dir="auto">{words}</span> }.into_any()
                    }
                }}
            </h1>
            <Show when=move || is_writing.get()>
                <SharedField
                    replica
                    text=SharedText::BoardTitle
                    lines=Lines::One
                    hook="board-title-field"
                    class="writing__field--board"
                    label=text!(desk.board_title)
                    placeholder=text!(desk.untitled)
                    on_leave=leave
                />
            </Show>
        </div>
    }
}
