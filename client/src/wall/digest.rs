//! A page of the digest: each note in a line, under its cluster's title.

use super::{
    page::{Line, LineWhat, Page},
    room::px,
    stage::kind_of,
};
use crate::{
    i18n::{language::counted, t_string, use_i18n},
    parts::{
        kinds::{KindMark, kind_name, note_class},
        words::written_as,
    },
    replica::Replica,
};
use leptos::{attr::Attribute, prelude::*, tachys::html::style::style};
use samtavle_shared::{
    ids::NoteId,
    layout::{WallRect, wrap},
};
use std::sync::Arc;

/// What stands beside a line's words, em: the mark, and the paper's edges.
const BESIDE: f64 = 2.3;

/// The rows of a digest; nothing on other pages.
#[component]
pub(super) fn Digest(replica: Replica, page: Memo<Arc<Page>>) -> impl IntoView {
    let rows = move || {
        let page = page.get();
        let font = page.font;
        let lines = page.lines.clone().into_iter();
        lines
            .map(move |line| row(replica, line, font))
            .collect_view()
    };
    view! { <div class="wall__digest" data-testid="wall-digest">{rows}</div> }
}

fn row(replica: Replica, line: Line, font: f64) -> AnyView {
    let i18n = use_i18n();
    let rect = line.rect;
    let room = line.rect.width / font.max(1.0);
    match line.what {
        LineWhat::Head {
            title,
            count,
            is_continued,
        } => {
            let words = first_words(&title, room * 0.72 - 1.0);
            let beside = if is_continued {
                t_string!(i18n, wall.continued).to_owned()
            } else {
                count.to_string()
            };
            let spoken = counted(
                count,
                t_string!(i18n, note.count_1),
                t_string!(i18n, note.count_n),
            );
            view! {
                <h2 class="wall__digest-head" {..placed(rect)}>
                    <span dir="auto">{words}</span>
                    <span class="wall__digest-beside" aria-label=spoken>{beside}</span>
                </h2>
            }
            .into_any()
        }
        LineWhat::Note(id) => note_row(replica, &id, rect, room),
        LineWhat::GoesOn => view! {
            <p class="wall__digest-more" {..placed(rect)}>{move || t_string!(i18n, wall.goes_on)}</p>
        }
        .into_any(),
    }
}

fn note_row(replica: Replica, id: &NoteId, rect: WallRect, room: f64) -> AnyView {
    let i18n = use_i18n();
    let name = id.to_string();
    let signals = replica.state.note(id);
    let note = Memo::new(move |_| signals.as_ref().map(|signals| signals.note.get()));
    let kind = Memo::new(move |_| kind_of(note.read().as_ref()));
    let words = move || {
        let note = note.read();
        note.as_ref()
            .map(|note| first_words(&note.text, room - BESIDE))
            .unwrap_or_default()
    };
    view! {
        <article
            class=move || [note_class(kind.get()), " wall__digest-note"].concat()
            data-note={name}
            {..placed(rect)}
        >
            {move || view! { <KindMark kind=kind.get()/> }}
            <span class="visually-hidden">{move || kind_name(i18n.get_locale(), kind.get())} ", "</span>
            <div class="note__text" {..written_as(words)}></div>
        </article>
    }
    .into_any()
}

/// Where it stands.
fn placed(rect: WallRect) -> impl Attribute {
    (
        style(("left", px(rect.left))),
        style(("top", px(rect.top))),
        style(("width", px(rect.width))),
        style(("height", px(rect.height))),
    )
}

/// As many whole words as there is room for, em; and an ellipsis when there are more.
fn first_words(text: &str, room: f64) -> String {
    // A browser's letters on the wall are a little wider than those of the table.
    let room = (room * 0.94).max(1.0);
    let mut lines = wrap(text.trim(), 1.0, room).into_iter();
    let first = lines.next().unwrap_or_default();
    if lines.next().is_none() {
        return first.to_owned();
    }
    let mut lines = wrap(text.trim(), 1.0, (room - 0.8).max(1.0)).into_iter();
    let first = lines.next().unwrap_or_default();
    [first.trim_end_matches([' ', ',', '.', ';', ':']), "…"].concat()
}
