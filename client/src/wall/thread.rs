//! The thread through the notes: thin lines between what is on the page, with what they say.

use super::page::Page;
use crate::{i18n::use_i18n, notes::links::link_words, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::{
    board::ItemId,
    geometry::BoardPoint,
    layout::{NOTE_FONT, WallLink, WallRect, WallWay, wall_links},
};
use std::sync::Arc;

/// How round the corners of a line are, desk units.
const ROUND: f64 = 6.0;
/// A line ends so far before the tip of its arrow, desk units.
const HEAD: f64 = 6.0;
/// The dot where a line in a lane begins.
const START: &str = "2.6";

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
            let pair = |link: &samtavle_shared::board::Link| {
                let ends = (rect_of(&page, &link.from)?, rect_of(&page, &link.to)?);
                Some((ends, link_words(locale, link.kind)))
            };
            let pairs: Vec<_> = links.iter().filter_map(pair).collect();
            let lines = wall_links(&pairs, &covered, room, page.font);
            let words = pairs.iter().map(|(_, words)| *words);
            let lines = lines.into_iter().zip(words);
            lines
                .filter_map(|(link, words)| Some((link?, words)))
                .collect::<Vec<_>>()
        })
    });
    let scale = move || {
        let scale = page.read().font / NOTE_FONT;
        ["scale(", &*scale.to_string(), ")"].concat()
    };
    view! {
        <svg class="wall__thread" aria-hidden="true">
            <g transform=scale>
                {move || lines.get().into_iter().map(|(link, words)| drawn(&link, words)).collect_view()}
            </g>
        </svg>
    }
}

fn drawn(link: &WallLink, words: &'static str) -> impl IntoView + use<> {
    let head = link.way.head().map(spelled).join("L");
    let (way, start) = match &link.way {
        WallWay::Curve(route) => {
            let curve = [route.leaving, route.coming, route.end].map(spelled);
            (
                ["M", &*spelled(route.start), "C", &curve.join(" ")].concat(),
                None,
            )
        }
        WallWay::Lanes(corners) => (round_corners(corners), corners.first().copied()),
    };
    view! {
        <path class="wall__line" d=way></path>
        {start.map(|at| view! {
            <circle class="wall__line-head" cx=at.x.to_string() cy=at.y.to_string() r=START></circle>
        })}
        <path class="wall__line-head" d=["M", &*head, "Z"].concat()></path>
        {link.words.map(|at| view! {
            <text class="wall__line-words" x=at.x.to_string() y=at.y.to_string()>{words}</text>
        })}
    }
}

/// A line that is round where it turns; it ends within its arrowhead.
fn round_corners(corners: &[BoardPoint]) -> String {
    let mut way = String::new();
    for (place, &corner) in corners.iter().enumerate() {
        let towards = |other: BoardPoint, most: f64| {
            let between = other - corner;
            let length = between.length().max(f64::MIN_POSITIVE);
            corner + between * (most.min(length / 2.0) / length)
        };
        let before = place.checked_sub(1).map(|before| corners[before]);
        let piece = match (before, corners.get(place + 1)) {
            (None, _) => ["M", &*spelled(corner)].concat(),
            (Some(before), None) => ["L", &*spelled(towards(before, HEAD))].concat(),
            (Some(before), Some(&after)) => {
                let (from, to) = (towards(before, ROUND), towards(after, ROUND));
                [
                    "L",
                    &*spelled(from),
                    "Q",
                    &*spelled(corner),
                    " ",
                    &*spelled(to),
                ]
                .concat()
            }
        };
        way.push_str(&piece);
    }
    way
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
