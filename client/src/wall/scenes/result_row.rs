//! One thing that was voted on: its words, its bar in pieces by voice, and the same in figures.

use super::super::{
    board::{in_a_sentence, item_title, voice_name},
    room::{Room, px},
};
use crate::{
    i18n::{
        Locale,
        language::{counted, filled},
        t_string, td_string, use_i18n,
    },
    parts::words::written_as,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    layout::largest_letters,
    session::tally::{ItemOutcome, Verdict, VoiceFigure},
};

/// How many colours there are for voices.
const COLOURS: usize = 7;

/// A title has this part of the width, and so much height, 1/1080 of the screen's.
const TITLE: (f64, f64) = (0.37, 74.0);

/// A piece of the bar: those who are shown by themselves, or all others together.
struct Piece {
    class: String,
    dots: u32,
    figures: String,
}

/// What was voted on, in words.
fn title_of(replica: Replica, locale: Locale, item: &ItemOutcome) -> String {
    item_title(replica, locale, &item.item).unwrap_or_else(|| {
        // Before the board has come nothing is known to be gone.
        let gone = td_string!(locale, wall.gone);
        if replica.state.is_open.get() {
            gone
        } else {
            ""
        }
        .to_owned()
    })
}

/// Letters for the titles of some rows, the same in all of them, pixels.
pub(super) fn title_letters(
    replica: Replica,
    locale: Locale,
    room: Room,
    items: &[ItemOutcome],
    grown: f64,
) -> f64 {
    let area = room.area();
    let size = (area.width * TITLE.0, area.unit * TITLE.1 * grown);
    let limits = (24.0 * area.unit, 32.0 * area.unit * grown);
    let letters = items.iter().map(|item| {
        let title = title_of(replica, locale, item);
        largest_letters(&title, size, 1.18, limits)
    });
    letters.fold(limits.1, f64::min)
}

/// A row; `others`: how many voted with no voice that is shown by itself; `most`: dots of what has most; `letters`: of its
/// title, pixels.
pub(super) fn result_row(
    replica: Replica,
    item: &ItemOutcome,
    voices: &[VoiceFigure],
    others: u32,
    (most, letters): (u32, f64),
) -> impl IntoView + use<> {
    let i18n = use_i18n();
    let verdict = item.verdict;
    let dots = item.dots;
    let title = {
        let item = item.clone();
        move || title_of(replica, i18n.get_locale(), &item)
    };
    let width = [
        &*(f64::from(dots) / f64::from(most) * 100.0).to_string(),
        "%",
    ]
    .concat();
    let pieces = pieces(replica, i18n.get_locale(), item, voices, others);
    let bar = pieces
        .iter()
        .filter(|piece| piece.dots > 0)
        .map(|piece| {
            let class = ["wall__piece ", &*piece.class].concat();
            view! { <span class=class style:flex-grow=piece.dots.to_string()></span> }
        })
        .collect_view();
    let legend = (pieces.len() > 1).then(|| {
        pieces
            .into_iter()
            .map(|piece| {
                let class = ["wall__swatch ", &*piece.class].concat();
                view! { <span class="wall__share"><span class=class></span>{piece.figures}</span> }
            })
            .collect_view()
    });
    let said = move || match verdict {
        Some(Verdict::AgreedAcrossVoices) => t_string!(i18n, wall.agreed),
        Some(Verdict::VoicesDiffer) => t_string!(i18n, wall.differ),
        None => "",
    };
    view! {
        <li class="wall__row">
            <div class="wall__row-words">
                <p {..written_as(title)} class="wall__row-title" style:font-size=px(letters)></p>
                <p class="wall__row-verdict">{said}</p>
            </div>
            <div class="wall__row-figures">
                <div class="wall__bar">
                    <span class="wall__bar-full" style:width=width>{bar}</span>
                    <span class="wall__bar-dots">
                        {move || counted(
                            dots as usize,
                            t_string!(i18n, wall.dots_1),
                            t_string!(i18n, wall.dots_n),
                        )}
                    </span>
                </div>
                <p class="wall__shares">{legend}</p>
            </div>
        </li>
    }
}

/// By voice where that gives nobody away, then all others together.
fn pieces(
    replica: Replica,
    locale: Locale,
    item: &ItemOutcome,
    voices: &[VoiceFigure],
    others: u32,
) -> Vec<Piece> {
    let share = |name: &str, gave: u32, of: u32| {
        let values = [
            ("voice", name),
            ("gave", &*gave.to_string()),
            ("of", &*of.to_string()),
        ];
        filled(td_string!(locale, wall.share), &values)
    };
    let mut pieces: Vec<Piece> = item
        .by_voice
        .iter()
        .zip(voices)
        .enumerate()
        .map(|(place, (figure, voice))| {
            let name = in_a_sentence(&voice_name(replica, locale, &figure.voice));
            Piece {
                class: ["wall__piece--", &*(place % COLOURS).to_string()].concat(),
                dots: figure.dots,
                figures: share(&name, figure.voters, voice.voters),
            }
        })
        .collect();
    let dots = item.other_dots();
    if dots > 0 || pieces.is_empty() {
        let name = td_string!(locale, wall.others);
        pieces.push(Piece {
            class: "wall__piece--others".to_owned(),
            dots,
            figures: share(name, item.other_voters(), others),
        });
    }
    pieces
}
