//! A text to hand on: shown whole, copied with one press.

use super::{fresh_id, icon::Icon, icon::IconName, notice::use_notices};
use crate::i18n::{t_string, use_i18n};
use leptos::{html, prelude::*, text_prop::TextProp};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// A link or a code with a button that copies it.
#[component]
pub(crate) fn CopyField(
    /// What it is.
    #[prop(into)]
    label: TextProp,
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let id = fresh_id("copy");
    let field = NodeRef::<html::Input>::new();
    let is_copied = RwSignal::new(false);

    let copy = move |_| {
        leptos::task::spawn_local(async move {
            let select = || {
                let field = field.get_untracked();
                field.inspect(web_sys::HtmlInputElement::select).is_some()
            };
            let copied = copy_text(&text.get_untracked(), select).await;
            let _ = is_copied.try_set(copied);
            if copied {
                notices.announce(t_string!(i18n, common.copied));
                let back_to_copy = move || {
                    let _ = is_copied.try_set(false); // the dialog may be gone by then
                };
                set_timeout(back_to_copy, std::time::Duration::from_secs(3));
            } else {
                notices.show(t_string!(i18n, error.copy));
            }
        });
    };

    view! {
        <div class="copy">
            <label class="field__label" for=id.clone()>{move || label.get()}</label>
            <div class="copy__row">
                <input
                    dir="ltr"
                    id=id
                    node_ref=field
                    class="copy__text"
                    type="text"
                    readonly
                    prop:value=move || text.get()
                    on:focus:target=|event| event.target().select()
                />
                <button type="button" class="button button--quiet" on:click=copy>
                    {move || {
                        let name = if is_copied.get() { IconName::Check } else { IconName::Copy };
                        view! { <Icon name/> }
                    }}
                    <span>
                        {move || {
                            if is_copied.get() { t_string!(i18n, common.copied) } else { t_string!(i18n, common.copy) }
                        }}
                    </span>
                </button>
            </div>
        </div>
    }
}

/// Puts a text on the clipboard; gives whether it worked.
///
/// The clipboard's own interface is there only over https and on this machine. In a workshop the page
/// often comes over http from a laptop in the room; then the old command copies what is selected: `select`
/// selects it in its field, and gives whether there is one.
pub(crate) async fn copy_text(text: &str, select: impl FnOnce() -> bool) -> bool {
    if window().is_secure_context() {
        let written = JsFuture::from(window().navigator().clipboard().write_text(text)).await;
        if written.is_ok() {
            return true;
        }
    }
    if !select() {
        return false;
    }
    let document: web_sys::HtmlDocument = document().unchecked_into();
    document.exec_command("copy").unwrap_or(false)
}
