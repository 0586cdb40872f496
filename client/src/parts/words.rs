//! Words that people wrote, as a view shows them: notes, prompts, what was said back.
//!
//! - They begin on the side where their own language begins. An element that holds people's words and nothing else says
//!   `dir="auto"`; [`written`] does that by itself. What is put into a sentence of ours is kept apart in it by
//!   `language::filled`, and several in a row by [`listed`]; such a sentence is ours, and has no `dir`.
//! - Whoever does not read their language may have the browser translate them. A browser does that by putting elements
//!   of its own where our text was, and our next change would go to a text that is no longer on the page: the old words
//!   would stay for ever. So the page as a whole is kept from it (`translate="no"` in `assets/shell/page.html`), and
//!   where it is let in, the words are set through the element, which throws out whatever stands there.

use leptos::{
    attr::{Attribute, custom::custom_attribute},
    prelude::*,
    tachys::html::property::prop,
};
pub(crate) use samtavle_shared::direction::{isolated, listed};

/// What makes an element show people's words, and those only: `<p class="…" {..written(text)}></p>`.
pub(crate) fn written(words: impl Into<Signal<String>>) -> impl Attribute {
    (
        custom_attribute("dir", "auto"),
        custom_attribute("translate", "yes"),
        prop("textContent", words.into()),
    )
}

/// [`written`] for words that are made here.
pub(crate) fn written_as(words: impl Fn() -> String + Send + Sync + 'static) -> impl Attribute {
    written(Signal::derive(words))
}

#[cfg(test)]
mod tests;
