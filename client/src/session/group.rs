//! Names and colours of groups, twelve of each and then again with a number; and which group is mine.

use crate::{
    i18n::{Locale, language::counted, td_string},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{GroupId, SharedView};

const COLOURS: u8 = 12;

/// What a group is called: «Blå»; the thirteenth is «Blå 2».
pub(crate) fn group_name(locale: Locale, group: GroupId) -> String {
    let name = match group.0 % COLOURS {
        0 => td_string!(locale, session.group_blue),
        1 => td_string!(locale, session.group_green),
        2 => td_string!(locale, session.group_red),
        3 => td_string!(locale, session.group_yellow),
        4 => td_string!(locale, session.group_purple),
        5 => td_string!(locale, session.group_orange),
        6 => td_string!(locale, session.group_pink),
        7 => td_string!(locale, session.group_turquoise),
        8 => td_string!(locale, session.group_brown),
        9 => td_string!(locale, session.group_grey),
        10 => td_string!(locale, session.group_white),
        _ => td_string!(locale, session.group_black),
    };
    match group.0 / COLOURS {
        0 => name.to_owned(),
        round => [name, " ", &(round + 1).to_string()].concat(),
    }
}

/// The class that gives a group's colours to what is in it: `--group` for lines and letters (AA on
/// paper, card and table), `--group-fill` for a mark.
pub(crate) const fn group_class(group: GroupId) -> &'static str {
    match group.0 % COLOURS {
        0 => "of-group of-group--blue",
        1 => "of-group of-group--green",
        2 => "of-group of-group--red",
        3 => "of-group of-group--yellow",
        4 => "of-group of-group--purple",
        5 => "of-group of-group--orange",
        6 => "of-group of-group--pink",
        7 => "of-group of-group--turquoise",
        8 => "of-group of-group--brown",
        9 => "of-group of-group--grey",
        10 => "of-group of-group--white",
        _ => "of-group of-group--black",
    }
}

/// My group with how many different voices are in it.
pub(crate) fn own_group(replica: Replica) -> Memo<Option<(GroupId, u32)>> {
    let own = replica.session.own_part(|own| own.group);
    Memo::new(move |_| {
        let id = own.get()?;
        let voices = |view: &SharedView| {
            let mut groups = view.groups.iter();
            groups
                .find(|known| known.group.id == id)
                .map(|known| known.voices)
        };
        let voices = replica.session.shared.with(voices)?;
        Some((id, voices))
    })
}

/// «4 ulike stemmer».
pub(crate) fn voices_in_words(locale: Locale, voices: u32) -> String {
    counted(
        voices as usize,
        td_string!(locale, session.voices_1),
        td_string!(locale, session.voices_n),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thirteenth_group_is_the_second_blue_one() {
        assert_eq!(group_name(Locale::nb, GroupId(0)), "Blå");
        assert_eq!(group_name(Locale::nb, GroupId(12)), "Blå 2");
        assert_eq!(group_class(GroupId(0)), group_class(GroupId(12)));
    }
}
