//! The row to choose the page's language from.

use super::choice::{Choice, choice_row};
use crate::i18n::{
    language::{choose_language, languages},
    text, use_i18n,
};
use leptos::prelude::*;

/// Chooses the language.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let choices = languages().map(|(value, name)| Choice {
        value,
        label: name.into(),
        icon: None,
    });
    choice_row(
        text!(common.language).into(),
        choices.collect(),
        use_i18n().chosen().into(),
        UnsyncCallback::new(|(locale,)| choose_language(locale)),
    )
}
