//! How the person at this browser is shown to the others: by a name, if they like to give one, and a
//! colour that stays the same on every board.

use super::people::PERSON_COLORS;
use crate::browser::storage;
use samtavle_shared::wire::presence::User;

const NAME: &str = "samtavle.name";
const COLOR: &str = "samtavle.color";

/// The longest name, characters: the longest that a list can show.
pub(crate) const MAX_NAME: u32 = 40;

/// What this browser remembers. Whoever comes for the first time is given a colour.
pub(crate) fn remembered() -> User {
    let color = storage::read(COLOR)
        .filter(|color| PERSON_COLORS.contains(&&**color))
        .unwrap_or_else(|| {
            let number = (js_sys::Math::random() * PERSON_COLORS.len() as f64) as usize;
            let color = PERSON_COLORS[number % PERSON_COLORS.len()];
            storage::write(COLOR, color);
            color.to_owned()
        });
    User {
        name: storage::read(NAME).unwrap_or_default(),
        color,
    }
}

/// Remembers what the person likes to be called; nothing, if they rather not say.
pub(crate) fn remember_name(name: &str) {
    let name = name.trim();
    if name.is_empty() {
        storage::remove(NAME);
    } else {
        storage::write(NAME, name);
    }
}
