//! Everybody at one place: where a facilitator's phone brings the others.

use super::state::{PhoneState, Place, Tab};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardPoint, BoardRect, Size},
    ids::NoteId,
    layout::most_of,
};

/// Room around what is looked at, board units.
const AROUND: f64 = 60.0;
/// What is looked at while the board is empty, board units.
const EMPTY: Size = Size::new(800.0, 600.0);

/// What somebody looks at on a phone.
#[derive(Clone, PartialEq)]
enum Look {
    Note(NoteId),
    At(Place),
    Picture,
    All,
}

/// The part of the board that this phone looked at last: the note that was opened, the cluster, the part of
/// the picture. On the pages where nothing of the board is chosen, what was looked at before.
pub(super) fn look(phone: PhoneState) -> Signal<BoardRect> {
    let look = Memo::new(move |before: Option<&Look>| {
        if let Some(open) = phone.open_note.get() {
            return Look::Note(open.note);
        }
        match (phone.tab.get(), phone.place.get()) {
            (Tab::Clusters, Some(place)) => Look::At(place),
            (Tab::Clusters, None) => Look::All,
            (Tab::Board, _) => Look::Picture,
            (Tab::Write | Tab::Lead, _) => before.cloned().unwrap_or(Look::All),
        }
    });
    // What was looked at is known also when nobody asks until later.
    Effect::new(move || look.with(|_| ()));
    Signal::derive(move || {
        let state = phone.replica.state;
        let part = match look.get() {
            Look::Note(note) => state.rect_of(&note),
            Look::At(Place::Cluster(cluster)) => state
                .cluster(&cluster)
                .map(|shape| shape.with_untracked(|shape| shape.frame)),
            Look::At(Place::Loose) => {
                let loose = untrack(|| super::gestures::loose_notes(phone.replica));
                most_of(loose.iter().filter_map(|note| state.rect_of(note)))
            }
            Look::Picture => phone.seen.get_value(),
            Look::All => None,
        };
        let part = part.or_else(|| state.most_of_it());
        part.unwrap_or_else(|| BoardRect::at(BoardPoint::default(), EMPTY))
            .grown(AROUND)
    })
}
