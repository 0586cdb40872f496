//! The reveal: drafts become notes on all screens at once. A line says how many, and for some seconds
//! the notes are known as new, so that they turn over in a wave.

use super::MomentState;
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, use_i18n,
    },
    parts::icon::{Icon, IconName},
};
use leptos::prelude::*;
use std::{collections::HashSet, time::Duration};

/// As long as the wave of many notes takes.
const TURNS_OVER: Duration = Duration::from_secs(4);
/// Time to read the line.
const IS_SAID: Duration = Duration::from_secs(8);

/// Follows the reveals of this page; what was revealed before it was opened is nothing new.
pub(super) fn follow_reveals(moments: MomentState) {
    let session = moments.replica.session;
    let reveals = session.part(|shared| shared.reveals);
    let drafters = session.part(|shared| shared.drafters);
    // How many had written is no longer told when their notes are revealed.
    let last_drafters = StoredValue::new(0);
    Effect::new(move || {
        let now = drafters.get();
        if now > 0 {
            last_drafters.set_value(now);
        }
    });
    Effect::new(move |before: Option<Option<u32>>| {
        let is_known = session.is_known.get();
        let now = reveals.get();
        if before.flatten().is_some_and(|before| now > before) {
            show(moments, last_drafters.get_value());
            last_drafters.set_value(0);
        }
        is_known.then_some(now)
    });
}

fn show(moments: MomentState, people: u32) {
    let revealed = moments
        .replica
        .session
        .shared
        .with_untracked(|shared| shared.revealed.clone());
    if revealed.is_empty() {
        return;
    }
    let line = (u32::try_from(revealed.len()).unwrap_or(u32::MAX), people);
    moments.reveal.set(Some(line));
    moments.just_revealed.set(revealed.into_iter().collect());
    set_timeout(
        move || moments.just_revealed.set(HashSet::new()),
        TURNS_OVER,
    );
    set_timeout(move || moments.reveal.set(None), IS_SAID);
}

/// «19 lapper fra 7 ble vist».
#[component]
pub(super) fn RevealLine(moments: MomentState) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        moments.reveal.get().map(|(notes, people)| {
            let words = if people > 0 && notes > 1 {
                let people = counted(
                    people as usize,
                    t_string!(i18n, lead.people_1),
                    t_string!(i18n, lead.people_n),
                );
                filled(
                    t_string!(i18n, moment.revealed_from),
                    &[("notes", &notes.to_string()), ("people", &people)],
                )
            } else {
                counted(
                    notes as usize,
                    t_string!(i18n, moment.revealed_1),
                    t_string!(i18n, moment.revealed_n),
                )
            };
            view! {
                <p class="moments__line moments__line--reveal" data-testid="moment-reveal" role="status">
                    <Icon name=IconName::Eye/>
                    <span>{words}</span>
                </p>
            }
        })
    }
}
