//! Whether single letters are shortcuts on this device. Who speaks to their computer, or whose hands hit keys
//! beside those they mean, turns them off; all that they do has a button, too.

use crate::{
    browser::{key::letter, storage},
    tools::KeyPress,
};

const KEY: &str = "samtavle.letters";

/// Whether they are.
pub(super) fn are_shortcuts() -> bool {
    storage::read(KEY).as_deref() != Some("off")
}

/// Remembers whether they are.
pub(super) fn let_be_shortcuts(are: bool) {
    if are {
        storage::remove(KEY);
    } else {
        storage::write(KEY, "off");
    }
}

/// Whether a key is one that [`are_shortcuts`] is about: a letter, a number or a sign, and not space.
pub(super) fn is_letter(press: &KeyPress<'_>) -> bool {
    let key = letter(press.key, press.code, press.with_shift);
    key.chars().count() == 1 && key != " "
}
