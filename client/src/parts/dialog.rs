//! Dialogs, on the browser's own `<dialog>`: it holds the focus inside, gives it back, and closes on Escape.

use super::{
    back::closes_on_back,
    button::{IconButton, TipSide},
    flow::Show,
    fresh_id,
    icon::IconName,
    notice::{NoticeList, use_notices},
};
use crate::i18n::text;
use leptos::{children::ChildrenFn, html, prelude::*, text_prop::TextProp};

/// How wide a dialog is, where there is room.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum DialogWidth {
    /// 32 rem.
    #[default]
    Usual,
    /// 44 rem.
    Wide,
    /// The whole screen.
    Whole,
}

/// A dialog. What is in it lives only while it is open; the element with `autofocus` gets the focus.
#[component]
pub(crate) fn Dialog(
    /// Its heading.
    #[prop(into)]
    title: TextProp,
    /// Whether it is open. Escape, the cross and a press beside it close it.
    open: RwSignal<bool>,
    /// How wide it is.
    #[prop(optional)]
    width: DialogWidth,
    /// What is in it.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = fresh_id("dialog");
    let labelled_by = title_id.clone();

    let notices = use_notices();
    let depth = notices.new_layer();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        notices.set_layer(depth, open.get());
        if open.get() {
            if !dialog.open() {
                let _ = dialog.show_modal(); // fails only on an element outside the page
            }
        } else if dialog.open() {
            dialog.close();
        }
    });

    closes_on_back(move || open.get(), move || open.set(false));

    // Pressing down on the dialog itself is pressing on its backdrop: all of its inside is children.
    let press_beside = move |event: web_sys::PointerEvent| {
        if event.target() == event.current_target() {
            open.set(false);
        }
    };

    let notices_class = match width {
        DialogWidth::Usual | DialogWidth::Wide => "",
        DialogWidth::Whole => "notices--phone",
    };
    view! {
        <dialog
            node_ref=dialog
            class=match width {
                DialogWidth::Usual => "dialog",
                DialogWidth::Wide => "dialog dialog--wide",
                DialogWidth::Whole => "dialog dialog--whole",
            }
            aria-labelledby=labelled_by
            on:close=move |_| open.set(false)
            on:pointerdown=press_beside
            // Keys that are typed in a dialog are not the desk's shortcuts.
            on:keydown=|event: web_sys::KeyboardEvent| event.stop_propagation()
        >
            <Show when=move || open.get()>
                <div class="dialog__head">
                    <h2 class="dialog__title" id=title_id.clone()>
                        {
                            let title = title.clone();
                            move || title.get()
                        }
                    </h2>
                    <IconButton
                        label=text!(common.close)
                        icon=IconName::Close
                        tip=TipSide::BelowEnd
                        on_press=move || open.set(false)
                    />
                </div>
                <div class="dialog__body">{children()}</div>
                // What lies behind a dialog is neither seen nor heard.
                <NoticeList layer=depth class=notices_class/>
            </Show>
        </dialog>
    }
}
