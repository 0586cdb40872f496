//! The notes on the page in view, and the links between them. All of them are text in the page, for who
//! listens instead of looking; nothing can be pressed.

use super::{
    contents::foot_of,
    digest::Digest,
    page::{Page, Region},
    picture::{Picture, Shown},
    programme::part_in_words,
    room::px,
    thread::Thread,
};
use crate::{
    i18n::{language::counted, t_string, use_i18n},
    parts::{
        flow::{For, Show},
        icon::{Icon, IconName},
        kinds::{KindMark, kind_name, note_class},
        words::written_as,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Note, NoteKind},
    ids::{ClusterId, NoteId},
    layout::{WallRect, measure, seen_lines},
};
use std::sync::Arc;

/// The page in view.
#[component]
pub(super) fn Stage(replica: Replica, picture: Picture) -> impl IntoView {
    let page: Memo<Arc<Page>> = Memo::new(move |_| picture.page());
    // What is on another page is another thing to look at: it fades in anew.
    let keys = move || {
        let page = page.read();
        let number = picture.page_number();
        // In the overview there may be several that are no cluster.
        let key = |(place, region): (usize, &Region)| {
            let place = if region.is_summed { Some(place) } else { None };
            (number, region.cluster.clone(), place)
        };
        page.regions.iter().enumerate().map(key).collect::<Vec<_>>()
    };
    view! {
        <div class="wall__stage" style=("--wall-font", move || px(page.read().font))>
            <For each=keys key=|key| key.clone() let((_, cluster, place))>
                <RegionView replica picture cluster place/>
            </For>
            <Digest replica page/>
            <Thread replica page room=Signal::derive(move || picture.size())/>
        </div>
    }
}

/// A cluster, or the notes that are in none.
#[component]
fn RegionView(
    replica: Replica,
    picture: Picture,
    cluster: Option<ClusterId>,
    /// Which of the overview it is.
    place: Option<usize>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = cluster.as_ref().map(ToString::to_string);
    let is_loose = cluster.is_none();
    // While the page turns, the region of the old one is gone for a moment: it then keeps its look.
    let region = Memo::new(move |before: Option<&Option<Region>>| {
        let page = picture.page();
        let found = match place {
            Some(place) => page.regions.get(place).filter(|region| region.is_summed),
            None => page
                .regions
                .iter()
                .find(|region| region.cluster == cluster && !region.is_summed),
        };
        let found = found.cloned();
        found.or_else(|| before.cloned().flatten())
    });
    let frame = move || {
        let region = region.read();
        region
            .as_ref()
            .map(|region| region.frame)
            .unwrap_or_default()
    };
    let title = move || {
        let region = region.read();
        region
            .as_ref()
            .map(|region| region.title.clone())
            .unwrap_or_default()
    };
    let is_summed = Memo::new(move |_| region.read().as_ref().is_some_and(|one| one.is_summed));
    let placed = Memo::new(move |_| {
        let region = region.read();
        region
            .as_ref()
            .map(|region| region.placed)
            .unwrap_or_default()
    });
    let behind = move || {
        let region = region.read();
        let voices = |region: &Region| {
            counted(
                region.voices,
                t_string!(i18n, note.voices_1),
                t_string!(i18n, note.voices_n),
            )
        };
        let notes = |count: usize| {
            counted(
                count,
                t_string!(i18n, note.count_1),
                t_string!(i18n, note.count_n),
            )
        };
        match region.as_ref() {
            Some(region) if region.is_summed && region.count == 0 && region.cluster.is_none() => {
                String::new()
            }
            Some(region) if region.is_summed && region.count == 0 => {
                t_string!(i18n, wall.cluster_empty).to_owned()
            }
            Some(region) if region.is_summed && region.voices > 0 && !is_loose => {
                [&*notes(region.count), " · ", &voices(region)].concat()
            }
            Some(region) if !region.is_summed && region.notes.len() < region.count => {
                part_in_words(i18n.get_locale(), region.notes.len(), region.count)
            }
            Some(region) if region.voices > 0 && !is_loose => voices(region),
            region => notes(region.map_or(0, |region| region.count)),
        }
    };
    let notes = move || {
        let region = region.read();
        let notes = region.as_ref().map(|region| region.notes.clone());
        notes
            .unwrap_or_default()
            .into_iter()
            .enumerate()
            .collect::<Vec<_>>()
    };
    view! {
        <section
            class="wall__region"
            class:wall__region--loose=is_loose
            class:wall__region--summed=move || is_summed.get()
            class:wall__region--bare=move || title().is_empty()
            data-cluster=name
            style:left=move || px(frame().left)
            style:top=move || px(frame().top)
            style:width=move || px(frame().width)
            style:height=move || px(frame().height)
        >
            <Show when=move || !title().is_empty()>
                <h2
                    class="wall__region-title"
                    dir="auto"
                    style=("--title", move || placed.get().em.to_string())
                    style=("--title-lines", move || placed.get().lines.to_string())
                >
                    {title}
                </h2>
                <p class="wall__region-count">{behind}</p>
            </Show>
            <For each=notes key=|(_, id)| id.clone() let((number, id))>
                <NoteView replica picture id number/>
            </For>
        </section>
    }
}

#[component]
fn NoteView(
    replica: Replica,
    picture: Picture,
    id: NoteId,
    /// Its place in its region, when it came.
    number: usize,
) -> impl IntoView {
    let signals = replica.state.note(&id);
    let name = id.to_string();
    let turns = picture.shown == Shown::Revealed;
    let lands = !turns && picture.has_just_come(&id);
    let place = Memo::new(move |before: Option<&WallRect>| {
        picture
            .page()
            .places
            .get(&id)
            .copied()
            .or(before.copied())
            .unwrap_or_default()
    });
    let note = Memo::new(move |_| signals.as_ref().map(|signals| signals.note.get()));
    let kind = Memo::new(move |_| kind_of(note.read().as_ref()));
    let is_broken = Memo::new(move |_| {
        let note = note.read();
        note.as_ref()
            .is_some_and(|note| note.habit.broken.is_some())
    });
    let text = move || {
        let note = note.read();
        note.as_ref()
            .map(|note| note.text.clone())
            .unwrap_or_default()
    };
    // More than fits: the last line says that there is a rest to it.
    let seen = Memo::new(move |_| {
        let font = picture.page().font.max(1.0);
        let room = place.read().width / font - 2.0 * measure::NOTE_SIDE;
        let note = note.read();
        let text = note.as_ref().map_or("", |note| note.text.as_str());
        seen_lines(text, room)
    });
    let is_folded = Memo::new(move |_| seen.get().1);
    let i18n = use_i18n();
    view! {
        <article
            class=move || note_class(kind.get())
            class:wall__note--folded=move || is_folded.get()
            class:wall__note--lands=lands
            class:wall__note--turns=turns
            class:wall__note--broken=move || is_broken.get()
            data-note=name
            style=("--turn", number.to_string())
            style=("--lines", move || seen.get().0.saturating_sub(1).to_string())
            style:left=move || px(place.read().left)
            style:top=move || px(place.read().top)
            style:width=move || px(place.read().width)
            style:height=move || px(place.read().height)
        >
            <div class="note__text" {..written_as(text)}></div>
            <Show when=move || is_folded.get()>
                <p class="wall__rest">{move || t_string!(i18n, wall.read_more)}</p>
            </Show>
            <NoteFoot replica note/>
        </article>
    }
}

/// The kind of a note that may be gone.
pub(super) fn kind_of(note: Option<&Note>) -> NoteKind {
    note.map_or(NoteKind::Other, |note| note.kind)
}

/// Marks, and whose voice it is.
#[component]
pub(super) fn NoteFoot(
    replica: Replica,
    #[prop(into)] note: Signal<Option<Note>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let marks = Memo::new(move |_| {
        let note = note.read();
        let note = note.as_ref();
        (
            kind_of(note),
            note.is_some_and(|note| note.habit.broken.is_some()),
            note.is_some_and(|note| note.lived),
            note.is_some_and(|note| note.cut.is_some()),
        )
    });
    let said = move || {
        let locale = i18n.get_locale();
        replica.session.shared.track(); // what voices are called
        let note = note.read();
        note.as_ref()
            .map(|note| foot_of(replica, locale, note))
            .unwrap_or_default()
    };
    view! {
        <div class="note__foot">
            {move || {
                let (kind, is_struck, lived, is_cut) = marks.get();
                view! {
                    <KindMark kind is_struck/>
                    <span class="visually-hidden">{kind_name(i18n.get_locale(), kind)} ", "</span>
                    {is_cut.then(|| view! {
                        <span class="wall__cut" title=t_string!(i18n, photo.cut_mark)>
                            <Icon name=IconName::Photo/>
                            <span class="visually-hidden">{t_string!(i18n, photo.cut_mark)} ", "</span>
                        </span>
                    })}
                    {lived.then(|| view! {
                        <span class="wall__lived" title=t_string!(i18n, note.lived_mark)>
                            <Icon name=IconName::Lived/>
                            <span class="visually-hidden">{t_string!(i18n, note.lived_mark)} ", "</span>
                        </span>
                    })}
                }
            }}
            <span class="wall__speaker">{said}</span>
        </div>
    }
}
