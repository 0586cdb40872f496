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
    layout::{text_pages, wrap},
};

/// More lines about links than this are not read from afar.
const MOST_LINKS: usize = 3;
/// Its smallest and its largest letters, 1/1080 of the screen's height.
const SMALLEST: f64 = 24.0;
const LARGEST: f64 = 150.0;
/// What stands above and below its words on the paper, as `assets/styles/wall.css` draws, 1/1080 of the screen's height.
const AROUND: f64 = 130.0;
/// Letters and lines of what stands below the paper, and the air above it.
const BESIDE_LETTERS: f64 = 34.0;
const BESIDE_LINE: f64 = 46.0;
const GAP: f64 = 20.0;

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
    let linked = Memo::new(move |_| {
        let lines = in_words(replica, i18n.get_locale(), &item).into_iter();
        lines
            .take(MOST_LINKS)
            .map(|line| line.words)
            .collect::<Vec<_>>()
    });
    let reacted = Memo::new(move |_| note.read().as_ref().map(counts).unwrap_or_default());
    let part = move || {
        let area = room.area();
        let (width, height) = (area.width / area.unit, area.height / area.unit);
        let lines = |words: &String| wrap(words, BESIDE_LETTERS * 1.06, width).len();
        let below = [
            linked.read().iter().map(lines).sum::<usize>(),
            usize::from(!reacted.read().is_empty()),
        ];
        let below = below.into_iter().filter(|lines| *lines > 0);
        let below: f64 = below.map(|lines| GAP + lines as f64 * BESIDE_LINE).sum();
        let across = if cut.read().is_some() { 0.46 } else { 0.92 };
        (
            across,
            ((height - AROUND - below) / height.max(1.0)).max(0.1),
        )
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
        let linked = linked.get().into_iter();
        linked
            .map(|words| view! { <li>{words}</li> })
            .collect_view()
    };
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
                        style:font-size=move || room.letters(&text.read(), part(), (SMALLEST, LARGEST))
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
