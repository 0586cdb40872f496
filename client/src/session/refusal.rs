//! Why something was not done, in ordinary words.

use crate::{
    i18n::{Locale, language::filled, td_string, use_i18n},
    parts::notice::use_notices,
    replica::{Declined, Replica, Waits},
};
use leptos::prelude::*;
use samtavle_shared::{
    guard::{Fill, Share},
    session::Refusal,
    wire::CloseCode,
};

/// Shows each refusal once, as a notice.
pub(super) fn show_refusals(replica: Replica) {
    let i18n = use_i18n();
    let notices = use_notices();
    let declined = replica.session.declined;
    Effect::new(move |before: Option<u32>| {
        let now = declined.get();
        let count = now.map_or(0, |(count, _)| count);
        if let (Some(before), Some((_, why))) = (before, now)
            && before != count
        {
            notices.show(words(i18n.get_locale_untracked(), why));
        }
        count
    });
}

/// Says why something waits, where it is no lock, as often as that changes.
pub(super) fn show_waits(replica: Replica) {
    let i18n = use_i18n();
    let notices = use_notices();
    Effect::new(move |_| {
        let locale = i18n.get_locale_untracked();
        let (what, whose) = match replica.session.waits.get() {
            Some(Waits::ForRoom(what, whose)) => (what, whose),
            Some(Waits::ToBeShorter) => return notices.show(td_string!(locale, full.too_long)),
            None => return,
        };
        let what = match what {
            Fill::Notes => td_string!(locale, full.notes),
            Fill::Clusters => td_string!(locale, full.clusters),
            Fill::Links => td_string!(locale, full.links),
            Fill::Pictures => td_string!(locale, full.pictures),
            Fill::Letters => td_string!(locale, full.letters),
            Fill::Ids | Fill::Names | Fill::Pieces => td_string!(locale, full.changes),
            Fill::Unknown => td_string!(locale, full.unknown),
        };
        let sentence = match whose {
            Share::Own => td_string!(locale, full.own),
            Share::Board => td_string!(locale, full.board),
        };
        notices.show(filled(sentence, &[("what", what)]));
    });
}

/// A sentence for a person.
pub(crate) fn words(locale: Locale, why: Declined) -> &'static str {
    match why {
        Declined::Away => td_string!(locale, session.away),
        Declined::Refused(refusal) => match refusal {
            Refusal::NotYours => td_string!(locale, session.not_yours),
            Refusal::TooLate => td_string!(locale, session.too_late),
            Refusal::Already => td_string!(locale, session.already),
            Refusal::Unknown => td_string!(locale, session.unknown),
            Refusal::TooMany => td_string!(locale, session.too_many),
            Refusal::Malformed => td_string!(locale, session.malformed),
            Refusal::Nothing => td_string!(locale, session.nothing),
            Refusal::Locked => td_string!(locale, session.locked),
            Refusal::NotSaved => td_string!(locale, session.not_saved),
            Refusal::TooOften => td_string!(locale, session.too_often),
            Refusal::Removed => td_string!(locale, session.removed),
            Refusal::LastFacilitator => td_string!(locale, session.last_facilitator),
        },
    }
}

/// Why the server said no, for a person.
pub(crate) fn words_of_refusal(locale: Locale, replica: Replica, code: CloseCode) -> &'static str {
    match code {
        CloseCode::WrongKey if !replica.has_whole_link() => td_string!(locale, error.link_cut),
        CloseCode::WrongKey => td_string!(locale, error.close_wrong_key),
        CloseCode::NoSuchBoard => td_string!(locale, error.close_no_board),
        CloseCode::Restart => td_string!(locale, error.close_restart),
        CloseCode::Rubbish => td_string!(locale, error.close_rubbish),
        CloseCode::Resync => td_string!(locale, error.close_resync),
        CloseCode::Refused => td_string!(locale, error.close_refused),
        CloseCode::TooLarge => td_string!(locale, error.close_too_large),
        CloseCode::TooMany => td_string!(locale, error.close_too_many),
        CloseCode::Removed => td_string!(locale, error.close_removed),
        CloseCode::NotLetIn => td_string!(locale, error.close_not_let_in),
        CloseCode::OtherVersion => td_string!(locale, error.close_other_version),
    }
}

/// Whether the link is at fault: another one, or the code, opens what this one did not.
pub(crate) const fn wants_another_link(code: CloseCode) -> bool {
    matches!(code, CloseCode::WrongKey | CloseCode::NoSuchBoard)
}
