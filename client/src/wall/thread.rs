//! The thread through the notes: thin lines between what is on the page, with what they say.

use super::page::Page;
use crate::{i18n::use_i18n, notes::links::link_words, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::{
    board::ItemId,
    geometry::BoardPoint,
    layout::{NOTE_FONT, WallLink, WallRect, wall_link},
};
use std::sync::Arc;

/// All links whose both ends are on the page.
#[component]
pub(super) fn Thread(
    replica: Replica,
    page: Memo<Arc<Page>>,
    /// How large the picture is, pixels.
    #[prop(into)]
    room: Signal<(f64, f64)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let lines = Memo::new(move |_| {
        let page = page.read();
        let covered = covered(&page);
        let room = room.get();
        let locale = i18n.get_locale();
        replica.state.links.with(|links| {
            let line = |link: &samtavle_shared::board::Link| {
                let ends = (rect_of(&page, &link.from)?, rect_of(&page, &link.to)?);
                let words = link_words(locale, link.kind);
                Some((wall_link(ends, words, &covered, room, page.font)?, words))
            };
            links.iter().filter_map(line).collect::<Vec<_>>()
        })
    });
    let scale = move || {
        let scale = page.read().font / NOTE_FONT;
        ["scale(", &*scale.to_string(), ")"].concat()
    };
    view! {
        <svg class="wall__thread" aria-hidden="true">
            <g transform=scale>
                {move || lines.get().into_iter().map(|(link, words)| drawn(link, words)).collect_view()}
            </g>
        </svg>
    }
}

fn drawn(link: WallLink, words: &'static str) -> impl IntoView {
    let route = link.route;
    let way = [
        "M",
        &spelled(route.start),
        "C",
        &spelled(route.leaving),
        " ",
        &spelled(route.coming),
        " ",
        &spelled(route.end),
    ];
    let head = route.head().map(spelled).join("L");
    view! {
        <path class="wall__line" d=way.concat()></path>
        <path class="wall__line-head" d=["M", &*head, "Z"].concat()></path>
        {link.words.map(|at| view! {
            <text class="wall__line-words" x=at.x.to_string() y=at.y.to_string()>{words}</text>
        })}
    }
}

fn spelled(point: BoardPoint) -> String {
    let short = |number: f64| ((number * 10.0).round() / 10.0).to_string();
    [&*short(point.x), ",", &*short(point.y)].concat()
}

/// Where an end is on the page.
fn rect_of(page: &Page, item: &ItemId) -> Option<WallRect> {
    match item {
        ItemId::Note(id) => {
            let place = page.places.get(id)?;
            let region = page
                .regions
                .iter()
                .find(|region| region.notes.contains(id))?;
            Some(WallRect {
                left: region.frame.left + place.left,
                top: region.frame.top + place.top,
                ..*place
            })
        }
        ItemId::Cluster(id) => {
            let mut regions = page.regions.iter();
            let region = regions.find(|region| region.cluster.as_ref() == Some(id))?;
            Some(region.frame)
        }
    }
}

/// What no word may stand on: notes, and the titles above them.
fn covered(page: &Page) -> Vec<WallRect> {
    let mut covered = Vec::new();
    for region in &page.regions {
        let mut head = region.frame.height;
        for id in &region.notes {
            if let Some(place) = page.places.get(id) {
                head = head.min(place.top);
                covered.push(WallRect {
                    left: region.frame.left + place.left,
                    top: region.frame.top + place.top,
                    ..*place
                });
            }
        }
        if !region.title.is_empty() {
            covered.push(WallRect {
                height: head,
                ..region.frame
            });
        }
    }
    covered
}
