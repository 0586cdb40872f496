//! The notes on the page in view. All of them are text in the page, for who listens instead of
//! looking; nothing can be pressed.

use super::picture::{Picture, Region};
use crate::parts::flow::{For, Show};
use crate::{
    i18n::{t_string, use_i18n},
    parts::{
        kinds::{KindMark, kind_name, note_class},
        language::counted,
    },
    replica::Replica,
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::NoteKind,
    ids::{ClusterId, NoteId},
    layout::WallRect,
};
use wasm_bindgen::{JsCast, closure::Closure};

fn px(length: f64) -> String {
    [&*length.to_string(), "px"].concat()
}

/// The page in view.
#[component]
pub(super) fn Stage(replica: Replica, picture: Picture) -> impl IntoView {
    let stage = NodeRef::<html::Div>::new();
    follow_size(stage, picture.stage);
    let page = Memo::new(move |_| picture.page());
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
        <div node_ref=stage class="wall__stage" style=("--wall-font", move || px(page.read().font))>
            <For each=keys key=|key| key.clone() let((_, cluster))>
                <RegionView replica picture cluster/>
            </For>
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
        region
            .read()
            .as_ref()
            .map(|region| region.frame)
            .unwrap_or_default()
    };
    let title = move || {
        region
            .read()
            .as_ref()
            .map(|region| region.title.clone())
            .unwrap_or_default()
    };
    let count = move || region.read().as_ref().map_or(0, |region| region.count);
    let notes = move || {
        region
            .read()
            .as_ref()
            .map(|region| region.notes.clone())
            .unwrap_or_default()
    };
    view! {
        <section
            class="wall__region"
            class:wall__region--loose=is_loose
            class:wall__region--bare=move || title().is_empty()
            data-cluster=name
            style:left=move || px(frame().left)
            style:top=move || px(frame().top)
            style:width=move || px(frame().width)
            style:height=move || px(frame().height)
        >
            <Show when=move || !title().is_empty()>
                <h2 class="wall__region-title">{title}</h2>
                <p class="wall__region-count">
                    {move || counted(count(), t_string!(i18n, note.count_1), t_string!(i18n, note.count_n))}
                </p>
            </Show>
            <For each=notes key=|id| id.clone() let:id>
                <NoteView replica picture id/>
            </For>
        </section>
    }
}

#[component]
fn NoteView(replica: Replica, picture: Picture, id: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let signals = replica.state.note(&id);
    let name = id.to_string();
    let lands = picture.has_just_come(&id);
    let place = Memo::new(move |before: Option<&WallRect>| {
        picture
            .page()
            .places
            .get(&id)
            .copied()
            .or(before.copied())
            .unwrap_or_default()
    });
    let kind = Memo::new({
        let signals = signals.clone();
        move |_| {
            signals
                .as_ref()
                .map_or(NoteKind::Other, |signals| signals.note.read().kind)
        }
    });
    let text = move || {
        signals
            .as_ref()
            .map(|signals| signals.note.read().text.clone())
            .unwrap_or_default()
    };
    view! {
        <article
            class=move || note_class(kind.get())
            class:wall__note--lands=lands
            data-note=name
            style:left=move || px(place.read().left)
            style:top=move || px(place.read().top)
            style:width=move || px(place.read().width)
            style:height=move || px(place.read().height)
        >
            <div class="note__text">{text}</div>
            <div class="note__foot">
                {move || view! { <KindMark kind=kind.get()/> }}
                <span class="visually-hidden">{move || kind_name(i18n.get_locale(), kind.get())}</span>
            </div>
        </article>
    }
}

/// Tells how large the stage is, now and whenever that changes.
fn follow_size(stage: NodeRef<html::Div>, size: RwSignal<(f64, f64)>) {
    let observer = StoredValue::new_local(None::<(web_sys::ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move || {
        let Some(element) = stage.get() else { return };
        let measured = element.clone();
        let measure = move || {
            let now = (
                f64::from(measured.client_width()),
                f64::from(measured.client_height()),
            );
            if size.try_get_untracked().is_some_and(|before| before != now) {
                size.set(now);
            }
        };
        measure();
        let closure = Closure::<dyn FnMut()>::new(measure);
        if let Ok(resize) = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()) {
            resize.observe(&element);
            observer.set_value(Some((resize, closure)));
        }
    });
    on_cleanup(move || {
        if let Some((resize, _closure)) = observer.try_update_value(Option::take).flatten() {
            resize.disconnect();
        }
    });
}
