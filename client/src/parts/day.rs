//! A day from the calendar, where words are as welcome: a small button beside a field, which the browser's own
//! calendar stands behind. What is picked comes as words: "Friday, December 5".

use super::{
    button::{IconButton, TipSide},
    icon::IconName,
};
use crate::i18n::{Locale, text, use_i18n};
use js_sys::{Date, Object, Reflect};
use leptos::{html, prelude::*};
use leptos_i18n::Locale as _;

/// The button.
#[component]
pub(crate) fn DayButton(
    /// Takes the day, in words.
    #[prop(into)]
    on_pick: UnsyncCallback<(String,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let field = NodeRef::<html::Input>::new();
    let open = move |()| {
        if let Some(field) = field.get_untracked()
            && field.show_picker().is_err()
        {
            let _ = field.focus(); // a browser that shows no calendar by itself lets one type the day
        }
    };
    let picked = move |picked: String| {
        if let Some(words) = in_words(i18n.get_locale_untracked(), &picked) {
            on_pick.run((words,));
        }
    };
    view! {
        <span class="day">
            <IconButton
                label=text!(common.choose_day)
                icon=IconName::Day
                tip=TipSide::Left
                hook="choose-day"
                on_press=open
            />
            <input
                type="date"
                class="day__field"
                node_ref=field
                tabindex="-1"
                aria-hidden="true"
                on:change:target=move |event| picked(event.target().value())
            />
        </span>
    }
}

/// A day as the browser gives it, `2026-12-05`, in words of this language; with its year if it is not this one.
fn in_words(locale: Locale, day: &str) -> Option<String> {
    let mut parts = day.splitn(3, '-').map(str::parse::<i32>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return None; // it was emptied
    };
    let date = Date::new_with_year_month_day(u32::try_from(year).ok()?, month - 1, day);
    let options = Object::new();
    let mut wanted = vec![("weekday", "long"), ("day", "numeric"), ("month", "long")];
    if Date::new_0().get_full_year() != date.get_full_year() {
        wanted.push(("year", "numeric"));
    }
    for (part, how) in wanted {
        let _ = Reflect::set(&options, &part.into(), &how.into()); // a plain object takes it
    }
    Some(date.to_locale_date_string(locale.as_str(), &options).into())
}
