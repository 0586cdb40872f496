//! What the present phase asks, in the language of the page.

use crate::{i18n::Locale, replica::Replica};
use samtavle_shared::session::Phase;

/// What a phase is called.
pub(crate) fn title_of(locale: Locale, phase: &Phase) -> String {
    Replica::words(&phase.title, locale)
}

/// A sentence that helps to begin.
pub(crate) fn prompt_of(locale: Locale, phase: &Phase) -> String {
    Replica::words(&phase.prompt, locale)
}
