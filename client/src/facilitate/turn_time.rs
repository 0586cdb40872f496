//! How much time each speaker of a round has. This device remembers it for the next round.

use super::Lead;
use crate::{
    browser::storage,
    i18n::{Locale, language::counted, td_string, text, use_i18n},
    parts::choice::{Choice, choice_row},
};
use leptos::{prelude::*, text_prop::TextProp};
use samtavle_shared::session::Command;

const KEY: &str = "samtavle.turn-seconds";
/// Seconds that can be chosen; `None`: each takes the time that they need.
const CHOICES: [Option<u16>; 5] = [None, Some(30), Some(60), Some(120), Some(180)];

/// What was chosen last here.
pub(super) fn remembered() -> Option<u16> {
    let seconds = storage::read(KEY)?.parse().ok();
    seconds.filter(|_| CHOICES.contains(&seconds))
}

/// The choice: it holds from now on, for who speaks just now, too.
pub(super) fn time_for_each(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let seconds = lead
        .replica
        .session
        .part(|view| view.turns.as_ref().and_then(|turns| turns.seconds));
    let choices = CHOICES.map(|value| Choice {
        value,
        label: TextProp::from(move || name_of(i18n.get_locale(), value)),
        icon: None,
    });
    let choose = move |(seconds,): (Option<u16>,)| {
        match seconds {
            Some(seconds) => storage::write(KEY, &seconds.to_string()),
            None => storage::remove(KEY),
        }
        lead.ask(Command::TimeTurns { seconds });
    };
    view! {
        <div class="lead__field" data-testid="lead-turn-time">
            <span class="field__label">{text!(lead.turns_time)}</span>
            {choice_row(
                text!(lead.turns_time).into(),
                choices.into(),
                seconds.into(),
                UnsyncCallback::new(choose),
            )}
        </div>
    }
    .into_any()
}

fn name_of(locale: Locale, seconds: Option<u16>) -> String {
    let of = |count: u16, words: &str| counted(count.into(), words, words);
    match seconds {
        None => td_string!(locale, lead.turns_free).to_owned(),
        Some(seconds) if seconds < 60 => of(seconds, td_string!(locale, lead.turns_seconds)),
        Some(seconds) => of(seconds / 60, td_string!(locale, lead.turns_minutes)),
    }
}
