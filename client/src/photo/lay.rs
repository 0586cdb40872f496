//! The whole picture on the board, near the notes: once the server has it, and never before others may see
//! what is on it.

use super::{
    page::Pictures,
    picture::{Picture, Sent},
};
use crate::{
    replica::Replica,
    session::{
        coming::{Coming, coming},
        post::place_for,
    },
};
use leptos::prelude::*;
use samtavle_shared::{board::NewImage, geometry::Size};

/// How large a picture lies there, board units: its area, whatever its shape. As large as nine notes.
const AREA: f64 = 600.0 * 450.0;

/// Lays down what can be laid, as long as the page is open.
pub(super) fn begin(pictures: Pictures) {
    let replica = pictures.replica;
    let waiting = Memo::new(move |_| {
        let is_waiting = |one: &&Picture| one.sent == Sent::Saved && !one.is_laid;
        let mine = pictures.mine.read();
        let waiting = mine.iter().filter(is_waiting);
        waiting.map(|one| one.id.clone()).collect::<Vec<_>>()
    });
    Effect::new(move || {
        if waiting.read().is_empty() || !replica.state.is_open.get() || !replica.may_write() {
            return;
        }
        let is_seen_at_once = replica.session.is_known.get() && coming(replica) == Coming::AtOnce;
        replica.state.moved.track();
        for id in waiting.get() {
            let may_be_seen = pictures
                .with(&id, |one| is_seen_at_once || has_shown_notes(replica, one))
                .unwrap_or_default();
            if may_be_seen {
                untrack(|| pictures.with(&id, |one| lay(replica, one)));
                untrack(|| pictures.edit(&id, |one| one.is_laid = true));
            }
        }
    });
}

/// Whether a note that was cut from it is on the board: then it was revealed.
fn has_shown_notes(replica: Replica, picture: &Picture) -> bool {
    let mut marks = picture.marks.iter();
    marks.any(|mark| mark.is_posted && replica.state.note(&mark.id).is_some())
}

fn lay(replica: Replica, picture: &Picture) {
    let Some(photo) = picture.photo() else { return };
    let ratio = picture.ratio();
    let size = Size::new((AREA * ratio).sqrt().round(), (AREA / ratio).sqrt().round());
    let image = NewImage {
        id: picture.id.clone(),
        pos: place_for(replica, size),
        size,
        photo,
        alt: words(replica, picture),
    };
    replica.change_for_good(|change| change.add_image(&image));
}

/// Says on the board what stands on a picture, after notes were cut out of it.
pub(super) fn tell_words(replica: Replica, picture: &Picture) {
    let words = words(replica, picture);
    if picture.is_laid && !words.is_empty() {
        replica.change_for_good(|change| change.describe_image(&picture.id, &words));
    }
}

/// The words on it, as far as all can see them already.
fn words(replica: Replica, picture: &Picture) -> String {
    let is_shown = |mark: &&super::mark::Mark| replica.state.note(&mark.id).is_some();
    let texts = picture.marks.iter().filter(is_shown);
    let texts: Vec<&str> = texts.map(|mark| mark.text.trim()).collect();
    texts.join("; ")
}
