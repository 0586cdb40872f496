//! One step back and one forth, and what is said of it: the same on desk and phone. A notice takes back the
//! very step that it speaks of, whatever was done since.

use crate::{
    i18n::{I18n, td_string},
    parts::notice::Notices,
    replica::Replica,
};
use samtavle_shared::board::{StepId, Undone};

/// Takes the person's last step back, and says so.
pub(crate) fn undo(replica: Replica, i18n: I18n, notices: Notices) {
    say_undone(replica.undo(), i18n, notices);
}

/// Does again what was taken back, and says so.
pub(crate) fn redo(replica: Replica, i18n: I18n, notices: Notices) {
    let all = td_string!(i18n.get_locale_untracked(), aria.redone);
    say(replica.redo(), all, i18n, notices);
}

/// Says what came of taking a step back.
pub(crate) fn say_undone(undone: Undone, i18n: I18n, notices: Notices) {
    let all = td_string!(i18n.get_locale_untracked(), aria.undone);
    say(undone, all, i18n, notices);
}

/// What is seen needs no words but for who listens; what did not happen does.
fn say(outcome: Undone, all: &str, i18n: I18n, notices: Notices) {
    let locale = i18n.get_locale_untracked();
    match outcome {
        Undone::Done => notices.announce(all),
        Undone::DoneInPart => notices.show(td_string!(locale, common.changed_in_part)),
        Undone::ChangedSince => notices.show(td_string!(locale, common.changed_since)),
        Undone::Nothing => {}
    }
}

/// Says what was done, with the way back: of this step and no other. `None`: nothing was done.
pub(crate) fn offer_undo(
    words: impl Into<String>,
    step: Option<StepId>,
    replica: Replica,
    i18n: I18n,
    notices: Notices,
) {
    let Some(step) = step else { return };
    let label = td_string!(i18n.get_locale_untracked(), common.undo);
    notices.show_with_way_back(words, label, move || {
        say_undone(replica.undo_step(step), i18n, notices);
    });
}
