//! What a person is told when a field goes away under their hands.

use crate::{
    i18n::{I18n, Locale, td_string},
    parts::notice::Notices,
};
use samtavle_shared::kept_words::Why;

/// A sentence for a person.
pub(super) fn sentence(locale: Locale, why: Why) -> &'static str {
    match why {
        Why::NoteDeleted => td_string!(locale, kept.note_deleted),
        Why::NoteHidden => td_string!(locale, kept.note_hidden),
        Why::ClusterGone => td_string!(locale, kept.cluster_gone),
        Why::BoardLocked => td_string!(locale, kept.board_locked),
        Why::ClusterLocked => td_string!(locale, kept.cluster_locked),
        Why::Shown => td_string!(locale, kept.shown),
        Why::Changed => td_string!(locale, kept.changed),
        Why::Removed => td_string!(locale, kept.removed),
        Why::BoardGone => td_string!(locale, kept.board_gone),
        Why::LinkEnded => td_string!(locale, kept.link_ended),
        Why::Over => td_string!(locale, kept.over),
    }
}

/// Where the words are that somebody was writing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// In the card.
    OnCard,
    /// Where they were written, every letter.
    Whole,
    /// There were none.
    None,
}

/// Says at once what happened. Where the words lie in the card it is the card that is seen, and a screen reader
/// hears of it; else a notice says it.
pub(super) fn tell(notices: Notices, i18n: I18n, why: Why, found: Found) {
    let locale = i18n.get_locale_untracked();
    let what = sentence(locale, why);
    match found {
        Found::OnCard => notices.announce([what, " ", td_string!(locale, kept.here)].concat()),
        Found::Whole => notices.show([what, " ", td_string!(locale, kept.all_there)].concat()),
        Found::None => notices.show(what),
    }
}
