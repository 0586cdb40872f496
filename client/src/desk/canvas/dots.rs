//! After a vote: how many dots lie on each note or cluster, where it lies. Until another round is opened.

use super::{stage::Stage, translate};
use crate::{
    i18n::{language::counted, t_string},
    parts::flow::For,
};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::BoardPoint,
    session::{Item, SharedView},
};

/// More marks than this tell nobody more.
const MOST: usize = 200;

/// What got dots, and how many.
fn given(view: &SharedView) -> Vec<(Item, u32)> {
    let closed = view.round.as_ref().filter(|round| !round.is_open);
    let items = closed
        .and_then(|round| round.result.as_ref())
        .map_or(&[][..], |result| &result.items);
    let dotted = items.iter().filter(|item| item.dots > 0).take(MOST);
    dotted.map(|item| (item.item.clone(), item.dots)).collect()
}

#[derive(Clone, Debug, PartialEq)]
struct Mark {
    item: Item,
    dots: u32,
    at: BoardPoint,
}

#[component]
pub(super) fn DotMarks(stage: Stage) -> impl IntoView {
    let i18n = stage.i18n;
    let state = stage.desk.replica.state;
    let given = stage.desk.replica.session.part(given);
    let marks = Memo::new(move |_| {
        let given = given.read();
        if given.is_empty() || stage.is_dragging.get() {
            return Vec::new();
        }
        state.moved.track();
        let mark = |(item, dots): &(Item, u32)| {
            // A note's words begin at the left, a cluster's title does: the mark is at its corner on the right.
            let at = match item {
                Item::Note(id) => state
                    .rect_of(id)
                    .map(|rect| BoardPoint::new(rect.max.x, rect.min.y)),
                Item::Cluster(id) => state.cluster(id).map(|shape| {
                    shape.with_untracked(|shape| {
                        BoardPoint::new(shape.frame.max.x, shape.frame.min.y)
                    })
                }),
            };
            Some(Mark {
                item: item.clone(),
                dots: *dots,
                at: at?,
            })
        };
        given.iter().filter_map(mark).collect::<Vec<_>>()
    });
    let key = |mark: &Mark| {
        (
            mark.item.clone(),
            mark.dots,
            [mark.at.x, mark.at.y].map(f64::to_bits),
        )
    };
    view! {
        <div aria-hidden=move || marks.read().is_empty().then_some("true")>
            <For each=move || marks.get() key let:mark>
                {
                    let words = move || {
                        counted(
                            mark.dots as usize,
                            t_string!(i18n, moment.dots_1),
                            t_string!(i18n, moment.dots_n),
                        )
                    };
                    view! {
                        <div class="dots-mark" style:transform=translate(mark.at.x, mark.at.y) data-dots=mark.item.to_string()>
                            <span class="dots-mark__count tabular" role="img" aria-label=words>{mark.dots}</span>
                        </div>
                    }
                }
            </For>
        </div>
    }
}
