//! The time left in the phase. At its end it stays at nought and says so in words: people decide.

use crate::{
    i18n::{language::counted, t_string, use_i18n},
    parts::flow::Show,
    replica::Replica,
};
use leptos::prelude::*;

/// Minutes and seconds; nothing outside a phase.
#[component]
pub(crate) fn TimeLeft(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let left = replica.session.seconds_left();
    let is_paused = replica.session.is_paused();
    let waits = replica.session.clock_waits();
    let stands = move || {
        if waits.get() {
            t_string!(i18n, session.not_started)
        } else {
            t_string!(i18n, session.paused)
        }
    };
    let is_known = replica.session.is_known;
    let is_over = Memo::new(move |_| left.get() == Some(0));
    // Read aloud by the minute, never by the second.
    let minutes = Memo::new(move |_| left.get().unwrap_or(0).div_ceil(60) as usize);
    let spoken = move || {
        if is_over.get() {
            return t_string!(i18n, session.time_is_up).to_owned();
        }
        minutes_left(i18n.get_locale(), minutes.get())
    };
    view! {
        <Show when=move || left.read().is_some() && is_known.get()>
            <span class="time-left" class:time-left--over=move || is_over.get() role="timer" data-testid="time-left">
                <Show when=move || is_over.get() || is_paused.get()>
                    <span class="time-left__words" aria-hidden="true">
                        {move || if is_over.get() {
                            t_string!(i18n, session.time_is_up)
                        } else {
                            stands()
                        }}
                    </span>
                </Show>
                <span class="time-left__clock" aria-hidden="true">{move || clock(left.get().unwrap_or(0))}</span>
                <span class="visually-hidden">{spoken}</span>
                <Show when=move || is_paused.get() && !is_over.get()>
                    <span class="visually-hidden">" " {stands}</span>
                </Show>
            </span>
        </Show>
    }
}

/// «6 minutter igjen».
pub(super) fn minutes_left(locale: crate::i18n::Locale, minutes: usize) -> String {
    use crate::i18n::td_string;
    counted(
        minutes,
        td_string!(locale, session.minutes_left_1),
        td_string!(locale, session.minutes_left_n),
    )
}

/// «06:48».
pub(super) fn clock(seconds: u64) -> String {
    let two = |number: u64| {
        let digits = number.to_string();
        if number < 10 {
            ["0", &digits].concat()
        } else {
            digits
        }
    };
    [&two(seconds / 60), ":", &*two(seconds % 60)].concat()
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn a_clock_has_two_figures_of_each() {
        for (seconds, shown) in [
            (408, "06:48"),
            (0, "00:00"),
            (59, "00:59"),
            (7_200, "120:00"),
        ] {
            assert_eq!(clock(seconds), shown);
        }
    }
}
