//! Links: curves with an arrowhead, over the clusters and under the notes; and the words on them.
//!
//! One group that the camera moves as a whole. A link is drawn anew only when one of its ends moves,
//! and which links there are to draw is asked when the view is at rest.

use super::{
    short,
    stage::{Distance, Stage},
    translate,
};
use crate::{
    desk::Tool,
    notes::links::{link_words, sentence},
    parts::flow::For,
};
use leptos::{either::Either, prelude::*};
use samtavle_shared::{
    board::{ItemId, Link, LinkKind},
    geometry::{BoardPoint, BoardRect, BoardVector, Size},
    ids::{LinkId, NoteId},
    layout::{Route, advance::advance_em, clear_route, route},
};

/// Links reach so far past the view, in views: a pan needs no new one at once.
const AROUND: f64 = 0.5;
/// A line is never thinner than this, screen pixels.
const THINNEST: f64 = 1.25;
/// A line's width near by, board units.
const WIDTH: f64 = 2.0;
/// Letters of the words on it, board units.
const LABEL_FONT: f64 = 13.0;
/// What lies so far beside a line's ends may be in the way of a line that goes round, board units.
const ROUND: f64 = 60.0;

/// The curves.
#[component]
pub(super) fn Links(stage: Stage) -> impl IntoView {
    // Far away lines keep a width that can be seen; steps of a half, so that a zoom is no new style.
    let width = Memo::new(move |_| {
        let needed = THINNEST / stage.desk.camera.get().scale();
        let step = (needed / WIDTH).log2().max(0.0) * 2.0;
        WIDTH * 2_f64.powf(step.ceil() / 2.0)
    });
    view! {
        <svg
            class="canvas__links"
            aria-hidden="true"
            style:stroke-width=move || short(width.get())
        >
            <For each=move || stage.links_in_view.get() key=Clone::clone let:id>
                <LinkView stage id/>
            </For>
            <Preview stage/>
        </svg>
    }
}

/// The words on them: buttons, so that a link can be reached and taken away without a mouse.
#[component]
pub(super) fn LinkLabels(stage: Stage) -> impl IntoView {
    let labels = move || match stage.distance.get() {
        Distance::Near => stage.links_in_view.get(),
        Distance::Far => Vec::new(),
    };
    view! {
        <For each=labels key=Clone::clone let:id>
            <LinkLabel stage id/>
        </For>
    }
}

#[component]
#[allow(
    clippy::needless_pass_by_value,
    reason = "properties of a component are its own"
)]
fn LinkView(stage: Stage, id: LinkId) -> impl IntoView {
    let Some(link) = stage.link_of(&id) else {
        return Either::Left(());
    };
    let class = class_of(link.kind);
    let route = stage.route_of(link);
    let is_chosen = stage.is_chosen(&id);
    let hook = id.to_string();
    let line = move || route.get().map(curve);
    Either::Right(view! {
        <g
            class=move || if is_chosen.get() { [class, " link--chosen"].concat() } else { class.to_owned() }
            data-testid="link"
            data-link=hook
        >
            <path
                class="link__hit"
                data-own-presses="true"
                d=line
                on:click=move |_| stage.choose_link(&id)
            ></path>
            <path class="link__line" d=line></path>
            <path class="link__head" d=move || route.get().map(head)></path>
        </g>
    })
}

#[component]
#[allow(
    clippy::needless_pass_by_value,
    reason = "properties of a component are its own"
)]
fn LinkLabel(stage: Stage, id: LinkId) -> impl IntoView {
    let Some(link) = stage.link_of(&id) else {
        return Either::Left(());
    };
    let i18n = stage.i18n;
    let kind = link.kind;
    let route = stage.route_of(link.clone());
    let is_chosen = stage.is_chosen(&id);
    let name = Memo::new(move |_| sentence(stage.desk.replica, i18n.get_locale(), &link));
    let size = move || {
        let letters: f64 = link_words(i18n.get_locale(), kind)
            .chars()
            .map(advance_em)
            .sum();
        Size::new(letters * LABEL_FONT * 1.06 + 12.0, 22.0)
    };
    // Where it covers no note; if it would everywhere, half way.
    let free = Memo::new(move |_| {
        let route = route.get()?;
        let size = size();
        let covered = stage.notes_around(route.bounds());
        route.place_for_words(size, &covered)
    });
    let class = move || {
        let has_room = free.get().is_some() && route.get().is_some_and(Route::has_room_for_words);
        match (is_chosen.get(), has_room) {
            (true, _) => "link-label link-label--chosen",
            (_, true) => "link-label",
            _ => "link-label link-label--tight",
        }
    };
    let place = move || {
        let middle = free.get().or_else(|| route.get().map(Route::middle));
        let middle = middle.unwrap_or_default();
        [&translate(middle.x, middle.y), " translate(-50%,-50%)"].concat()
    };
    let hook = id.to_string();
    Either::Right(view! {
        <button
            type="button"
            class=class
            class:link-label--gone=move || route.get().is_none()
            data-testid="link-label"
            data-link=hook
            aria-label=move || name.get()
            aria-pressed=move || if is_chosen.get() { "true" } else { "false" }
            style:transform=place
            on:click=move |_| stage.choose_link(&id)
        >
            {move || link_words(i18n.get_locale(), kind)}
        </button>
    })
}

/// The link that is being made: from where it begins to the pointer.
#[component]
fn Preview(stage: Stage) -> impl IntoView {
    let line = move || {
        let from = stage.connecting.get()?;
        if stage.desk.tool.get() != Tool::Connect {
            return None;
        }
        let at = stage.desk.pointer.get();
        let to = BoardRect { min: at, max: at }.grown(1.0);
        route(stage.end_rect(&from)?, to).map(curve)
    };
    view! { <path class="link__line link__line--coming" d=line></path> }
}

const fn class_of(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Answers => "link link--answers",
        LinkKind::Causes => "link link--causes",
        LinkKind::Tests => "link link--tests",
        LinkKind::Other => "link",
    }
}

impl Stage {
    /// Which links are near the view. Asked again when something moves, comes or goes, and when the
    /// view has come to rest: never while it is on the move.
    pub(super) fn follow_links(self) {
        let state = self.desk.replica.state;
        Effect::new(move || {
            let links = state.links.get();
            state.moved.track();
            let is_moving = self.is_moving.get();
            self.desk.view.track();
            if is_moving && !self.links_in_view.with_untracked(Vec::is_empty) {
                return;
            }
            let view = self.desk.view.get_untracked();
            let visible = self.desk.camera.get_untracked().visible(view);
            let way = BoardVector::new(visible.width() * AROUND, visible.height() * AROUND);
            let around = BoardRect {
                min: visible.min - way,
                max: visible.max + way,
            };
            let seen: Vec<LinkId> = links
                .into_iter()
                .filter(|link| {
                    let ends = [&link.from, &link.to].map(|end| self.end_rect_now(end));
                    let [Some(from), Some(to)] = ends else {
                        return false;
                    };
                    from.union(to).grown(60.0).overlaps(around)
                })
                .map(|link| link.id)
                .collect();
            if self.links_in_view.with_untracked(|now| *now != seen) {
                self.links_in_view.set(seen);
            }
        });
        // A link that somebody took away is not chosen any more; a tool that is put away begins nothing.
        Effect::new(move || {
            let chosen = self.link.get();
            let is_gone = chosen.is_some_and(|chosen| {
                state
                    .links
                    .with(|links| links.iter().all(|link| link.id != chosen))
            });
            if is_gone {
                self.link.set(None);
            }
        });
        Effect::new(move || {
            if self.desk.tool.get() != Tool::Connect
                && self.connecting.with_untracked(Option::is_some)
            {
                self.connecting.set(None);
            }
        });
        Effect::new(move || {
            let has_selection = self
                .desk
                .selection
                .with(|selection| !selection.notes.is_empty() || selection.cluster.is_some());
            if has_selection && self.link.with_untracked(Option::is_some) {
                self.link.set(None);
            }
        });
    }

    pub(super) fn link_of(self, id: &LinkId) -> Option<Link> {
        self.desk
            .replica
            .state
            .links
            .with_untracked(|links| links.iter().find(|link| link.id == *id).cloned())
    }

    fn is_chosen(self, id: &LinkId) -> Memo<bool> {
        let id = id.clone();
        Memo::new(move |_| self.link.with(|chosen| chosen.as_ref() == Some(&id)))
    }

    fn choose_link(self, id: &LinkId) {
        self.desk.select(Vec::new());
        self.link.set(Some(id.clone()));
    }

    /// Follows both ends, also while they are dragged; and goes round what lies between them, when nothing is dragged.
    pub(super) fn route_of(self, link: Link) -> Memo<Option<Route>> {
        Memo::new(move |_| {
            let (from, to) = (self.end_rect(&link.from)?, self.end_rect(&link.to)?);
            if self.is_dragging.get() {
                return route(from, to);
            }
            self.desk.replica.state.moved.track();
            clear_route(from, to, &self.in_the_way(from, to), None)
        })
    }

    /// The notes between two ends, and beside them.
    fn in_the_way(self, from: BoardRect, to: BoardRect) -> Vec<BoardRect> {
        let around = from.union(to).grown(ROUND);
        let notes = self.notes_around(around).into_iter();
        notes
            .filter(|rect| !rect.overlaps(from) && !rect.overlaps(to))
            .collect()
    }

    /// The notes in a part of the board; of very many those that lie lowest.
    fn notes_around(self, part: BoardRect) -> Vec<BoardRect> {
        /// A line past more of them is found among them all the same.
        const MOST: usize = 60;
        let state = self.desk.replica.state;
        let notes = state.notes_in(part).into_iter().take(MOST);
        notes.filter_map(|id| state.rect_of(&id)).collect()
    }

    /// Where it runs now.
    pub(super) fn route_now(self, link: &Link) -> Option<Route> {
        let (from, to) = (self.end_rect_now(&link.from)?, self.end_rect_now(&link.to)?);
        let others = self.in_the_way(from, to);
        clear_route(from, to, &others, None)
    }

    /// Where an end is seen now; followed.
    fn end_rect(self, end: &ItemId) -> Option<BoardRect> {
        let state = self.desk.replica.state;
        state.clusters.track();
        if let ItemId::Note(id) = end
            && let Some(cluster) = state.note(id)?.note.with(|note| note.cluster.clone())
            && let Some(shape) = state.cluster(&cluster)
        {
            shape.track(); // it may become a stack
        }
        match end {
            ItemId::Note(id) if state.is_stacked(id) => self.stack_rect(id),
            ItemId::Note(id) => Some(state.note(id)?.seen_rect()),
            ItemId::Cluster(id) => Some(state.cluster(id)?.with(|shape| shape.frame)),
        }
    }

    /// The stack in which a note lies; followed.
    fn stack_rect(self, note: &NoteId) -> Option<BoardRect> {
        let state = self.desk.replica.state;
        let cluster = state.note(note)?.note.with(|note| note.cluster.clone())?;
        Some(state.cluster(&cluster)?.with(|shape| shape.frame))
    }

    fn end_rect_now(self, end: &ItemId) -> Option<BoardRect> {
        let state = self.desk.replica.state;
        match end {
            ItemId::Note(id) if state.is_stacked(id) => untrack(|| self.stack_rect(id)),
            ItemId::Note(id) => state.rect_of(id),
            ItemId::Cluster(id) => Some(state.cluster(id)?.with_untracked(|shape| shape.frame)),
        }
    }
}

fn curve(route: Route) -> String {
    let Route {
        start,
        leaving,
        coming,
        end,
    } = route;
    let mut path = String::with_capacity(80);
    for (letter, point) in [("M", start), ("C", leaving), (" ", coming), (" ", end)] {
        path.push_str(letter);
        push(&mut path, point);
    }
    path
}

fn head(route: Route) -> String {
    let mut path = String::with_capacity(60);
    for (letter, point) in ["M", "L", "L"].into_iter().zip(route.head()) {
        path.push_str(letter);
        push(&mut path, point);
    }
    path.push('Z');
    path
}

fn push(path: &mut String, point: BoardPoint) {
    let tenth = |number: f64| (number * 10.0).round() / 10.0;
    path.push_str(&tenth(point.x).to_string());
    path.push(' ');
    path.push_str(&tenth(point.y).to_string());
}
