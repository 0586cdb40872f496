//! What the board's small picture is drawn of: papers, clusters' frames, links and pictures.

use super::super::state::PhoneState;
use leptos::prelude::*;
use samtavle_shared::{
    board::{Image, ItemId, NoteKind},
    geometry::{BoardPoint, BoardRect, Size},
    ids::ClusterId,
    layout::clear_route,
};

/// Room around the board, board units.
const MARGIN: f64 = 40.0;
/// A line past more notes is found among them all the same.
const MOST_IN_THE_WAY: usize = 40;
/// How large an empty board looks, board units.
const EMPTY: Size = Size::new(400.0, 300.0);

/// What is drawn.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Drawing {
    pub(super) around: BoardRect,
    /// One path a kind: ten thousand notes are still five elements.
    pub(super) papers: [String; KINDS.len()],
    pub(super) photos: String,
    pub(super) links: String,
    pub(super) frames: Vec<Frame>,
}

/// A cluster.
#[derive(Clone, PartialEq)]
pub(super) struct Frame {
    pub(super) cluster: ClusterId,
    pub(super) rect: BoardRect,
    pub(super) title: String,
}

/// The kinds of paper, in the order of [`Drawing::papers`].
pub(super) const KINDS: [NoteKind; 5] = [
    NoteKind::Problem,
    NoteKind::Habit,
    NoteKind::Idea,
    NoteKind::Plan,
    NoteKind::Other,
];

/// The board as it is now: most of it, or a part that is elsewhere.
pub(super) fn draw(phone: PhoneState, elsewhere: Option<BoardRect>) -> Drawing {
    let state = phone.replica.state;
    let mut papers = <[String; KINDS.len()]>::default();
    for id in state.note_ids() {
        if state.is_stacked(&id) {
            continue;
        }
        let (Some(signals), Some(rect)) = (state.note(&id), state.rect_of(&id)) else {
            continue;
        };
        let kind = signals.note.with_untracked(|note| note.kind);
        if let Some(place) = KINDS.iter().position(|each| *each == kind) {
            outline(&mut papers[place], rect);
        }
    }
    let mut photos = String::new();
    for id in state.images.get_untracked() {
        if let Some(image) = state.image(&id) {
            outline(&mut photos, image.with_untracked(Image::rect));
        }
    }
    let frames = state
        .clusters
        .get_untracked()
        .into_iter()
        .filter_map(|cluster| {
            let shape = state.cluster(&cluster)?;
            let (rect, title) =
                shape.with_untracked(|shape| (shape.frame, shape.cluster.title.clone()));
            Some(Frame {
                cluster,
                rect,
                title,
            })
        });
    let frames = frames.collect();
    let all = elsewhere.or_else(|| state.most_of_it());
    let all = all.unwrap_or_else(|| BoardRect::at(BoardPoint::default(), EMPTY));
    // The titles stand above their frames.
    let title_room = all.width() / 9.0;
    let mut around = all.grown(MARGIN);
    around.min.y -= title_room;
    Drawing {
        around,
        papers,
        photos,
        links: links(phone),
        frames,
    }
}

fn outline(path: &mut String, rect: BoardRect) {
    let [x, y, width, height] =
        [rect.min.x, rect.min.y, rect.width(), rect.height()].map(|n| n.round().to_string());
    for part in ["M", &x, " ", &y, "h", &width, "v", &height, "H", &x, "z"] {
        path.push_str(part);
    }
}

fn links(phone: PhoneState) -> String {
    let state = phone.replica.state;
    let place = |item: &ItemId| match item {
        ItemId::Note(id) => state.rect_of(id),
        ItemId::Cluster(id) => state
            .cluster(id)
            .map(|shape| shape.with_untracked(|shape| shape.frame)),
    };
    let mut path = String::new();
    for link in state.links.get_untracked() {
        let ends = place(&link.from).zip(place(&link.to));
        let way = ends.and_then(|(from, to)| {
            let others = state.notes_in(from.union(to).grown(60.0)).into_iter();
            let others: Vec<BoardRect> = others
                .take(MOST_IN_THE_WAY)
                .filter_map(|id| state.rect_of(&id))
                .filter(|rect| !rect.overlaps(from) && !rect.overlaps(to))
                .collect();
            clear_route(from, to, &others, None)
        });
        let Some(way) = way else {
            continue;
        };
        let points = [way.start, way.leaving, way.coming, way.end];
        for (lead, point) in ["M", "C", " ", " "].into_iter().zip(points) {
            path.push_str(lead);
            path.push_str(&point.x.round().to_string());
            path.push(' ');
            path.push_str(&point.y.round().to_string());
        }
    }
    path
}
