//! A link as a QR code.

use leptos::{prelude::*, text_prop::TextProp};
use samtavle_shared::qr;

/// A QR code that follows its text; nothing when the text is too long for one.
#[component]
pub(crate) fn QrCode(
    /// What a camera reads from it.
    #[prop(into)]
    text: Signal<String>,
    /// What it is, for who cannot see it.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let code = Memo::new(move |_| qr::path(&text.read()));
    move || {
        let label = label.clone();
        code.get().map(|qr| {
            let size = qr.size.to_string();
            view! {
                <svg
                    class="qr"
                    viewBox=["0 0 ", &*size, " ", &*size].concat()
                    role="img"
                    aria-label=move || label.get()
                    shape-rendering="crispEdges"
                >
                    <path d=qr.path></path>
                </svg>
            }
        })
    }
}
