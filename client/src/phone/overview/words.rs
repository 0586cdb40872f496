//! The notes' words on the board's small picture, where one looks so near that they can be read.

use super::Picture;
use leptos::prelude::*;
use samtavle_shared::{
    direction::TextDirection,
    ids::NoteId,
    layout::{FOLDED_LINES, MOST_NOTE_LINES, NOTE_FONT, NOTE_LINE, NOTE_PADDING, NOTE_WIDTH, wrap},
};

/// Letters smaller than this are left out, pixels.
const READABLE: f64 = 9.0;
/// No more notes have their words: a phone would draw for long.
const MOST: usize = 90;
/// From a note's upper edge to where its first letters stand, board units.
const FIRST_LINE: f64 = 28.0;

/// The words of the notes in view; none while they would be too small.
#[component]
pub(super) fn Words(picture: Picture) -> impl IntoView {
    let state = picture.phone.replica.state;
    let notes = Memo::new(move |_| {
        let part = picture.part.get();
        picture.drawing.track(); // the board as it was drawn last
        let (Some(sight), Some(part)) = (picture.sight(), part) else {
            return Vec::new();
        };
        if sight.scale() * NOTE_FONT < READABLE {
            return Vec::new();
        }
        let mut notes = state.notes_in(part);
        notes.truncate(MOST);
        notes
    });
    let words = move || {
        notes
            .get()
            .iter()
            .filter_map(|id| lines_of(picture, id))
            .collect_view()
    };
    view! { <g class="overview__words" aria-hidden="true">{words}</g> }
}

fn lines_of(picture: Picture, id: &NoteId) -> Option<impl IntoView + use<>> {
    let state = picture.phone.replica.state;
    let rect = state.rect_of(id)?;
    let text = state
        .note(id)?
        .note
        .with_untracked(|note| note.text.clone());
    let lines = wrap(&text, NOTE_FONT, NOTE_WIDTH - 2.0 * NOTE_PADDING);
    let most = if lines.len() > MOST_NOTE_LINES {
        FOLDED_LINES
    } else {
        MOST_NOTE_LINES
    };
    let way = TextDirection::of(&text).unwrap_or_default();
    let (x, direction) = match way {
        TextDirection::LeftToRight => (rect.min.x + NOTE_PADDING, "ltr"),
        TextDirection::RightToLeft => (rect.max.x - NOTE_PADDING, "rtl"),
    };
    let line = |(at, words): (usize, &str)| {
        let y = rect.min.y + FIRST_LINE + at as f64 * NOTE_LINE;
        let words = words.trim_end().to_owned();
        view! { <text x=x.to_string() y=y.to_string() style:direction=direction>{words}</text> }
    };
    Some(
        lines
            .into_iter()
            .take(most)
            .enumerate()
            .map(line)
            .collect_view(),
    )
}
