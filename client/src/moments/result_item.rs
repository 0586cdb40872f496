//! One thing of a result: its dots in all and by voice, and what is said plainly of it.

use super::{
    MomentState,
    naming::{item_title, voice_name},
};
use crate::{
    i18n::{
        I18n,
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    parts::{
        icon::{Icon, IconName},
        words::written_as,
    },
};
use leptos::prelude::*;
use samtavle_shared::session::tally::{ItemOutcome, Verdict, VoiceFigure};

/// A bar's length, as a part of the longest: 0 to 1.
pub(super) fn share(part: u32, of: u32) -> String {
    (f64::from(part) / f64::from(of.max(1))).to_string()
}

/// The row.
#[component]
pub(super) fn ResultItem(
    moments: MomentState,
    item: ItemOutcome,
    /// Most dots on one thing: its bar is whole.
    top: u32,
    /// The voices that are shown, with how many voted as each.
    voices: Vec<VoiceFigure>,
    /// How many voted who are not shown by voice.
    others: u32,
    /// Whether its voices are seen at once.
    is_open: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    let name = item.item.to_string();
    let (dots, voters) = (item.dots, item.voters);
    let total = move || {
        let dots = counted(
            dots as usize,
            t_string!(i18n, moment.dots_1),
            t_string!(i18n, moment.dots_n),
        );
        let from = counted(
            voters as usize,
            t_string!(i18n, moment.dots_from_1),
            t_string!(i18n, moment.dots_from_n),
        );
        filled(&from, &[("dots", &dots)])
    };
    let verdict = item.verdict.map(|verdict| match verdict {
        Verdict::AgreedAcrossVoices => view! {
            <p class="result__verdict result__verdict--agreed">
                <Icon name=IconName::Check/>{text!(moment.agreed)}
            </p>
        }
        .into_any(),
        Verdict::VoicesDiffer => view! {
            <p class="result__verdict result__verdict--differ">
                <Icon name=IconName::People/>{text!(moment.differ)}
            </p>
        }
        .into_any(),
    });
    // A voice's bar is how large a part of it gave a dot: voices of few and of many compare.
    let mut rows: Vec<_> = item
        .by_voice
        .iter()
        .zip(voices)
        .map(|(by, figure)| {
            let voice = by.voice.clone();
            let name = move || voice_name(replica, i18n.get_locale(), &voice);
            voice_row(i18n, name, by.voters, figure.voters).into_any()
        })
        .collect();
    if others > 0 && !rows.is_empty() {
        let name = move || t_string!(i18n, moment.result_others).to_owned();
        rows.push(voice_row(i18n, name, item.other_voters(), others).into_any());
    }
    let by_voice = (!rows.is_empty()).then(|| {
        view! {
            <details class="result__voices" open=is_open>
                <summary>{text!(moment.result_by_voice)}</summary>
                <table class="result__table">
                    <thead class="visually-hidden">
                        <tr>
                            <th scope="col">{text!(moment.result_voice)}</th>
                            <th scope="col">{text!(moment.result_gave)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        }
    });
    let what = item.item;
    view! {
        <li class="result__item" data-item=name>
            <p class="result__title" {..written_as(move || item_title(replica, i18n.get_locale(), &what))}></p>
            <p class="result__total">
                <span class="result__bar" style:--share=share(dots, top) aria-hidden="true"></span>
                <span class="result__dots">{total}</span>
            </p>
            {verdict}
            {by_voice}
        </li>
    }
}

fn voice_row(
    i18n: I18n,
    name: impl Fn() -> String + Send + 'static,
    voters: u32,
    of: u32,
) -> impl IntoView {
    let figures = [("gave", &*voters.to_string()), ("of", &*of.to_string())];
    let figures = figures.map(|(name, figure)| (name, figure.to_owned()));
    let in_words = move || {
        let figures = figures
            .each_ref()
            .map(|(name, figure)| (*name, figure.as_str()));
        filled(t_string!(i18n, moment.result_share), &figures)
    };
    view! {
        <tr>
            <th scope="row" dir="auto">{name}</th>
            <td>
                <span class="result__cell">
                    <span
                        class="result__bar result__bar--voice"
                        style:--share=share(voters, of)
                        aria-hidden="true"
                    ></span>
                    <span class="result__number">{in_words}</span>
                </span>
            </td>
        </tr>
    }
}
