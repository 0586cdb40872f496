//! Somebody took a note of mine off the board: I am told, with the way back, on whatever page is open.

use crate::{
    i18n::{
        Locale,
        language::{counted, filled},
        t_string, td_string, use_i18n,
    },
    parts::{notice::use_notices, people::nameless, words::isolated},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::ThingId,
    ids::NoteId,
    session::{Command, ThrownView},
};

/// So long after it, in milliseconds, a page tells of it that is opened.
const TOLD_FOR_MS: u64 = 30 * 60_000;
/// So much of a note is said in a notice.
const FEW_LETTERS: usize = 40;

/// What a note said that somebody took off the board.
pub(crate) fn words_of(replica: Replica, thrown: &ThrownView) -> String {
    let held = || replica.words_of(&ThingId::Note(thrown.note.clone()));
    thrown.words.clone().or_else(held).unwrap_or_default()
}

/// Who took it off, as far as the board tells.
pub(crate) fn who_threw(locale: Locale, thrown: &ThrownView) -> String {
    match (thrown.name.trim(), thrown.number) {
        ("", 0) => td_string!(locale, lead.somebody).to_owned(),
        ("", number) => nameless(locale, number),
        (name, _) => name.to_owned(),
    }
}

/// Shows it as notices, one for what the same person took off; once on a page, after its notices are provided.
pub(crate) fn tell_of_thrown(replica: Replica) {
    let i18n = use_i18n();
    let notices = use_notices();
    let thrown = Memo::new(move |_| replica.session.own.with(|own| own.thrown.clone()));
    Effect::new(move |former: Option<Vec<String>>| {
        let locale = i18n.get_locale();
        let since = replica
            .session
            .shared
            .with_untracked(|view| view.now)
            .saturating_sub(TOLD_FOR_MS);
        let mut groups: Vec<(String, Vec<ThrownView>)> = Vec::new();
        for one in thrown.get().into_iter().filter(|one| one.at > since) {
            let who = who_threw(locale, &one);
            match groups.iter_mut().find(|(known, _)| *known == who) {
                Some((_, theirs)) => theirs.push(one),
                None => groups.push((who, vec![one])),
            }
        }
        let key = |(who, theirs): &(String, Vec<ThrownView>)| {
            let last = theirs.iter().map(|one| one.at).max().unwrap_or_default();
            ["thrown ", who, " ", &last.to_string()].concat()
        };
        let keys: Vec<String> = groups.iter().map(key).collect();
        for over in former.iter().flatten().filter(|key| !keys.contains(key)) {
            notices.end(over);
        }
        for ((who, theirs), key) in groups.iter().zip(&keys) {
            let notes: Vec<NoteId> = theirs.iter().map(|one| one.note.clone()).collect();
            let words = said(replica, locale, who, theirs);
            notices.stay(key, words, t_string!(i18n, lead.bring_back), move || {
                let notes = notes.clone();
                replica.command(Command::BringBack { notes });
            });
        }
        keys
    });
}

fn said(replica: Replica, locale: Locale, who: &str, thrown: &[ThrownView]) -> String {
    let words = thrown
        .first()
        .map(|one| words_of(replica, one))
        .unwrap_or_default();
    let short: String = words.trim().chars().take(FEW_LETTERS).collect();
    let short = if short.len() < words.trim().len() {
        [short.trim_end(), "…"].concat()
    } else {
        short
    };
    let sentence = counted(
        thrown.len(),
        td_string!(locale, bin.yours_1),
        td_string!(locale, bin.yours_n),
    );
    filled(&sentence, &[("name", who), ("text", &isolated(&short))])
}
