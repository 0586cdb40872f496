//! The cards that come with Samtavle: asked of the server when somebody wants to look through them.

use crate::site;
use leptos::prelude::*;
use samtavle_shared::session::Card;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The cards, once they have come. Without a network the list stays empty: one's own cards are there all the same.
pub(super) fn given_cards() -> RwSignal<Vec<Card>> {
    let cards = RwSignal::new(Vec::new());
    leptos::task::spawn_local(async move {
        if let Some(given) = fetched().await {
            let _ = cards.try_set(given); // the dialog may be closed by then
        }
    });
    cards
}

async fn fetched() -> Option<Vec<Card>> {
    let answer = JsFuture::from(window().fetch_with_str(&site::path_to("api/cards"))).await;
    let answer: web_sys::Response = answer.ok()?.unchecked_into();
    if !answer.ok() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?)
        .await
        .ok()?
        .as_string()?;
    serde_json::from_str(&text).ok()
}
