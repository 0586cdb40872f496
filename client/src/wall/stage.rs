//! The notes on the page in view, and the links between them. All of them are text in the page, for who
//! listens instead of looking; nothing can be pressed.

use super::{
    picture::{Page, Picture, Region, Shown, foot_of},
    room::px,
    thread::Thread,
};
use crate::parts::flow::{For, Show};
use crate::parts::words::written_as;
use crate::{
    i18n::{t_string, use_i18n},
    parts::{
        icon::{Icon, IconName},
        kinds::{KindMark, kind_name, note_class},
        language::counted,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Note, NoteKind},
    ids::{ClusterId, NoteId},
    layout::{WallRect, measure},
};
use std::sync::Arc;

/// The page in view.
#[component]
pub(super) fn Stage(replica: Replica, picture: Picture) -> impl IntoView {
    let page: Memo<Arc<Page>> = Memo::new(move |_| picture.page());
    // What is on another page is another thing to look at: it fades in anew.
    let keys = move || {
        let number = picture.page_number();
        let regions = page
            .read()
            .regions
            .iter()
            .map(|region| region.cluster.clone())
            .collect::<Vec<_>>();
        regions
            .into_iter()
            .map(move |cluster| (number, cluster))
            .collect::<Vec<_>>()
    };
    view! {
        <div class="wall__stage" style=("--wall-font", move || px(page.read().font))>
            <For each=keys key=|key| key.clone() let((_, cluster))>
                <RegionView replica picture cluster/>
            </For>
            <Thread replica page/>
        </div>
    }
}

/// A cluster, or the notes that are in none.
#[component]
fn RegionView(replica: Replica, picture: Picture, cluster: Option<ClusterId>) -> impl IntoView {
    let i18n = use_i18n();
    let name = cluster.as_ref().map(ToString::to_string);
    let is_loose = cluster.is_none();
    // While the page turns, the region of the old one is gone for a moment: it then keeps its look.
    let region = Memo::new(move |before: Option<&Option<Region>>| {
        let page = picture.page();
        let found = page
            .regions
            .iter()
            .find(|region| region.cluster == cluster)
            .cloned();
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
    let is_most_seen = Memo::new(move |_| {
        let region = region.read();
        region
            .as_ref()
            .is_some_and(|region| region.title_em > measure::TITLE)
    });
    let behind = move || {
        let region = region.read();
        match region.as_ref() {
            Some(region) if region.voices > 0 && !is_loose => counted(
                region.voices,
                t_string!(i18n, note.voices_1),
                t_string!(i18n, note.voices_n),
            ),
            region => counted(
                region.map_or(0, |region| region.count),
                t_string!(i18n, note.count_1),
                t_string!(i18n, note.count_n),
            ),
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
            class:wall__region--most=move || is_most_seen.get()
            class:wall__region--bare=move || title().is_empty()
            data-cluster=name
            style:left=move || px(frame().left)
            style:top=move || px(frame().top)
            style:width=move || px(frame().width)
            style:height=move || px(frame().height)
        >
            <Show when=move || !title().is_empty()>
                <h2 class="wall__region-title" dir="auto">{title}</h2>
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
    view! {
        <article
            class=move || note_class(kind.get())
            class:wall__note--lands=lands
            class:wall__note--turns=turns
            class:wall__note--broken=move || is_broken.get()
            data-note=name
            style=("--turn", number.to_string())
            style:left=move || px(place.read().left)
            style:top=move || px(place.read().top)
            style:width=move || px(place.read().width)
            style:height=move || px(place.read().height)
        >
            <div class="note__text" {..written_as(text)}></div>
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
            <span class="wall__said">{said}</span>
        </div>
    }
}
