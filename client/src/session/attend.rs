//! What is said to who looks elsewhere: a new phase, the last minute, what others did, and why something was not
//! done.

use super::{
    news::tell_news,
    phase::title_of,
    refusal::{show_refusals, show_waits},
    scribe,
};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, td_string, use_i18n,
    },
    parts::notice::use_notices,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{PaperView, PhaseId, Stage};

/// Says what happens in the session, on a page that has notices. Call it once, under them.
pub(crate) fn attend(replica: Replica) {
    show_refusals(replica);
    show_waits(replica);
    show_put_back(replica);
    say_phases(replica);
    say_last_minute(replica);
    tell_news(replica);
    say_for_whom(replica);
}

/// Somebody for whom another wrote: now it is I. Or for whom I wrote: now it is another.
fn say_for_whom(replica: Replica) {
    let i18n = use_i18n();
    let notices = use_notices();
    let people = scribe::people(replica);
    let is_known = replica.session.own_part(|own| own.person.is_some());
    Effect::new(move |before: Option<Option<Vec<PaperView>>>| {
        let here = people.get();
        let say = |words: &str, one: &PaperView| {
            let name = scribe::full_name(i18n.get_locale_untracked(), one);
            notices.show(filled(words, &[("name", &name)]));
        };
        let is_among = |one: &PaperView, those: &[PaperView]| {
            those.iter().any(|other| other.person == one.person)
        };
        if let Some(before) = before.flatten() {
            // Whom one has made oneself stands here before the server knows of them.
            let is_unsent = |one: &PaperView| {
                let unsent = replica.session.unsent_people;
                unsent.with_untracked(|people| is_among(one, people))
            };
            let locale = i18n.get_locale_untracked();
            for one in &here {
                if !is_among(one, &before) && !is_unsent(one) {
                    say(td_string!(locale, scribe.given), one);
                }
            }
            for one in &before {
                if !is_among(one, &here) {
                    say(td_string!(locale, scribe.passed_on), one);
                }
            }
        }
        is_known.get().then_some(here)
    });
}

/// Something that only some may do here was put back as it was.
fn show_put_back(replica: Replica) {
    let i18n = use_i18n();
    let notices = use_notices();
    let put_back = replica.session.put_back;
    Effect::new(move |before: Option<u32>| {
        let count = put_back.get();
        if before.is_some_and(|before| before != count) {
            notices.show(t_string!(i18n, rights.put_back));
        }
        count
    });
}

/// Each new phase, once; not the one that one comes into.
fn say_phases(replica: Replica) {
    let i18n = use_i18n();
    let notices = use_notices();
    let session = replica.session;
    let at = session.part(|view| (view.stage.phase(), view.stage == Stage::Over));
    Effect::new(move |before: Option<Option<(Option<PhaseId>, bool)>>| {
        let now = session.is_known.get().then(|| at.get());
        let before = before.flatten();
        if let (Some(before), Some(now)) = (before, now)
            && before != now
        {
            let locale = i18n.get_locale_untracked();
            if now.1 {
                notices.announce(t_string!(i18n, session.over));
            } else if let Some(phase) = session.phase().get_untracked() {
                let title = title_of(locale, &phase);
                let minutes = counted(
                    usize::from(phase.minutes),
                    t_string!(i18n, lead.minutes_1),
                    t_string!(i18n, lead.minutes_n),
                );
                notices.announce(filled(
                    t_string!(i18n, session.new_phase),
                    &[("title", &title), ("minutes", &minutes)],
                ));
            }
        }
        now
    });
}

/// One minute left: once in a phase that is longer than that.
fn say_last_minute(replica: Replica) {
    let i18n = use_i18n();
    let notices = use_notices();
    let left = replica.session.seconds_left();
    let is_last = Memo::new(move |_| left.get().map(|left| left <= 60));
    Effect::new(move |before: Option<Option<bool>>| {
        let now = is_last.get();
        if before.flatten() == Some(false) && now == Some(true) {
            notices.announce(t_string!(i18n, session.last_minute));
        }
        now
    });
}
