//! One note, large: read to the room, with its voice and what it is linked to.

use super::super::{room::Room, stage::NoteFoot};
use crate::parts::words::written;
use crate::{
    i18n::use_i18n,
    notes::{
        links::in_words,
        reactions::{counts, reaction_icon, reaction_name},
    },
    parts::{icon::Icon, kinds::note_class},
    photo::show::CutImage,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{ItemId, NoteKind, ReactionKind},
    ids::NoteId,
    layout::text_pages,
};

/// More lines about links than this are not read from afar.
const MOST_LINKS: usize = 3;
/// Its smallest letters, 1/1080 of the screen's height.
const SMALLEST: f64 = 24.0;

/// A note alone on the wall.
#[component]
pub(super) fn SpotlitNote(replica: Replica, room: Room, note: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let name = note.to_string();
    let item = ItemId::Note(note.clone());
    let note = Memo::new(move |_| Some(replica.state.awaited_note(&note)?.note.get()));
    let class = move || {
        let kind = note
            .read()
            .as_ref()
            .map_or(NoteKind::Other, |note| note.kind);
        [note_class(kind), " wall__spot-note"].concat()
    };
    let text = Memo::new(move |_| {
        let note = note.read();
        note.as_ref()
            .map(|note| note.text.trim().to_owned())
            .unwrap_or_default()
    });
    let is_broken = Memo::new(move |_| {
        let note = note.read();
        note.as_ref()
            .is_some_and(|note| note.habit.broken.is_some())
    });
    let cut = Memo::new(move |_| note.read().as_ref().and_then(|note| note.cut.clone()));
    let part = move || {
        if cut.read().is_some() {
            (0.46, 0.52)
        } else {
            (0.88, 0.52)
        }
    };
    // What is too long even in the smallest letters is read page by page.
    let pages = Memo::new(move |_| {
        let area = room.area();
        let part = part();
        let size = (area.width * part.0, area.height * part.1);
        let text = text.read();
        let pages = text_pages(&text, size, 1.15, SMALLEST * area.unit).into_iter();
        pages.map(str::to_owned).collect::<Vec<_>>()
    });
    Effect::new(move || room.has_pages(pages.read().len()));
    let text = Memo::new(move |_| {
        let pages = pages.read();
        pages.get(room.page()).cloned().unwrap_or_default()
    });
    let links = move || {
        in_words(replica, i18n.get_locale(), &item)
            .into_iter()
            .take(MOST_LINKS)
            .map(|line| view! { <li>{line.words}</li> })
            .collect_view()
    };
    let reacted = Memo::new(move |_| note.read().as_ref().map(counts).unwrap_or_default());
    let reactions = move || {
        let one = |(kind, count): (ReactionKind, usize)| {
            view! {
                <li class="wall__reacted" data-testid=["reacted-", kind.name()].concat()>
                    <Icon name=reaction_icon(kind)/>
                    <span>{reaction_name(i18n.get_locale(), kind)} " " <strong>{count}</strong></span>
                </li>
            }
        };
        let reacted = reacted.get();
        (!reacted.is_empty()).then(|| {
            view! { <ul class="wall__reactions">{reacted.into_iter().map(one).collect_view()}</ul> }
        })
    };
    view! {
        <section class="wall__spot" data-testid="wall-spotlight">
            <div class="wall__spot-row">
                <article class=class class:wall__note--broken=move || is_broken.get() data-note=name>
                    <div
                        class="note__text wall__spot-text"
                        style:font-size=move || room.letters(&text.read(), part(), (SMALLEST, 132.0))
                        {..written(text)}
                    ></div>
                    <NoteFoot replica note/>
                </article>
                {move || cut.get().map(|cut| view! {
                    <div class="wall__spot-cut"><CutImage replica cut words=text/></div>
                })}
            </div>
            {reactions}
            <ul class="wall__spot-links">{links}</ul>
        </section>
    }
}
