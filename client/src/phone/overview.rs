//! The whole board as a small picture: a shape for each note in its kind's colour, and the clusters'
//! frames with their titles. It fits the screen, and can be looked at from nearer.

use super::state::{PhoneState, Place};
use crate::parts::flow::For;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{IconButton, TipSide},
        icon::IconName,
        language::filled,
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::NoteKind,
    geometry::{BoardPoint, BoardRect, Size},
    ids::ClusterId,
    layout::wrap,
};
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use web_sys::PointerEvent;

/// The nearest, as often as the picture fits in its frame.
const NEAREST: f64 = 8.0;
/// One press on + or −.
const STEP: f64 = 1.6;
/// A title has no more lines than this over its frame.
const MOST_LINES: usize = 3;
/// Room around the board, board units.
const MARGIN: f64 = 40.0;
/// The notes of all kinds are drawn anew at most this often.
const NOT_SOONER_MS: u64 = 200;

/// What is drawn.
#[derive(Clone, PartialEq, Default)]
struct Drawing {
    around: BoardRect,
    /// One path a kind: ten thousand notes are still five elements.
    papers: [String; 5],
    frames: Vec<Frame>,
}

#[derive(Clone, PartialEq)]
struct Frame {
    cluster: ClusterId,
    rect: BoardRect,
    title: String,
}

const KINDS: [NoteKind; 5] = [
    NoteKind::Problem,
    NoteKind::Habit,
    NoteKind::Idea,
    NoteKind::Plan,
    NoteKind::Other,
];

/// The picture with its buttons.
#[component]
pub(super) fn Overview(phone: PhoneState) -> impl IntoView {
    let i18n = use_i18n();
    let state = phone.replica.state;
    let drawing = RwSignal::new(Drawing::default());
    let is_due = StoredValue::new(false);
    let draw = move || drawing.set(untrack(|| draw(phone)));
    Effect::new(move |before: Option<()>| {
        state.moved.track();
        if before.is_none() {
            draw();
        } else if !is_due.get_value() {
            is_due.set_value(true);
            let later = move || {
                if is_due.try_set_value(false).is_none() {
                    draw(); // the page is still this one
                }
            };
            set_timeout(later, std::time::Duration::from_millis(NOT_SOONER_MS));
        }
    });

    let nearness = RwSignal::new(1.0);
    let view = NodeRef::<html::Div>::new();
    let zoom = move |factor: f64, at: Option<(f64, f64)>| {
        if let Some(view) = view.get_untracked() {
            zoom_about(&view, nearness, factor, at);
        }
    };
    let pinch = StoredValue::new(HashMap::<i32, (f64, f64)>::new());
    let moved = move |event: PointerEvent| {
        let factor = pinch.try_update_value(|fingers| {
            let before = spread(fingers);
            let finger = fingers.get_mut(&event.pointer_id())?;
            *finger = (f64::from(event.client_x()), f64::from(event.client_y()));
            Some((spread(fingers)? / before?, middle(fingers)))
        });
        if let Some((factor, at)) = factor.flatten() {
            zoom(factor, Some(at));
        }
    };
    let lifted = move |event: PointerEvent| {
        pinch.update_value(|fingers| {
            fingers.remove(&event.pointer_id());
        });
    };
    let label = move || {
        let values = [
            state.note_count.get().to_string(),
            state.clusters.read().len().to_string(),
        ];
        filled(
            t_string!(i18n, phone.overview),
            &[("notes", &values[0]), ("clusters", &values[1])],
        )
    };
    let view_box = move || {
        let around = drawing.read().around;
        [around.min.x, around.min.y, around.width(), around.height()]
            .map(|n| n.round().to_string())
            .join(" ")
    };
    view! {
        <div class="overview">
            <div
                node_ref=view
                class="overview__view"
                on:pointerdown=move |event: PointerEvent| {
                    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
                    pinch.update_value(|fingers| {
                        fingers.insert(event.pointer_id(), at);
                    });
                }
                on:pointermove=moved
                on:pointerup=lifted
                on:pointercancel=lifted
            >
                <svg
                    class="overview__picture"
                    viewBox=view_box
                    role="img"
                    aria-label=label
                    style=("--nearness", move || nearness.get().to_string())
                >
                    <For each=move || drawing.read().frames.clone() key=|frame| frame.cluster.clone() let:frame>
                        <FrameView phone drawing id=frame.cluster/>
                    </For>
                    {KINDS
                        .iter()
                        .enumerate()
                        .map(|(place, kind)| {
                            view! {
                                <path
                                    class=["overview__papers overview__papers--", kind.name()].concat()
                                    d=move || drawing.read().papers[place].clone()
                                ></path>
                            }
                        })
                        .collect_view()}
                </svg>
            </div>
            <div class="overview__buttons">
                <IconButton
                    label=text!(desk.zoom_out)
                    icon=IconName::Minus
                    tip=TipSide::Left
                    is_disabled=Signal::derive(move || nearness.get() <= 1.0)
                    on_press=move || zoom(1.0 / STEP, None)
                />
                <IconButton
                    label=text!(desk.zoom_in)
                    icon=IconName::Plus
                    tip=TipSide::Left
                    is_disabled=Signal::derive(move || nearness.get() >= NEAREST)
                    on_press=move || zoom(STEP, None)
                />
            </div>
        </div>
    }
}

#[component]
fn FrameView(phone: PhoneState, drawing: RwSignal<Drawing>, id: ClusterId) -> impl IntoView {
    let own = id.clone();
    let frame = Memo::new(move |_| {
        drawing
            .read()
            .frames
            .iter()
            .find(|frame| frame.cluster == own)
            .cloned()
    });
    move || {
        let Frame {
            cluster,
            rect,
            title,
        } = frame.get()?;
        // As large as the frame lets it: read from far, and never outside.
        let font = (drawing.with_untracked(|drawing| drawing.around.width()) / 26.0)
            .clamp(24.0, rect.width() / 7.0);
        let lines = wrap(&title, font * 1.08, rect.width() - font);
        let first =
            rect.min.y - font * 0.35 - (lines.len().min(MOST_LINES) - 1) as f64 * font * 1.15;
        let words = lines
            .into_iter()
            .take(MOST_LINES)
            .enumerate()
            .map(|(line, words)| {
                let y = first + line as f64 * font * 1.15;
                view! { <text x=rect.min.x.to_string() y=y.to_string() font-size=font.to_string()>{words.to_owned()}</text> }
            })
            .collect_view();
        Some(view! {
            <g class="overview__cluster" on:click=move |_| phone.open(Place::Cluster(cluster.clone()))>
                <rect
                    x=rect.min.x.to_string()
                    y=rect.min.y.to_string()
                    width=rect.width().to_string()
                    height=rect.height().to_string()
                    rx="26"
                ></rect>
                {words}
            </g>
        })
    }
}

fn draw(phone: PhoneState) -> Drawing {
    let state = phone.replica.state;
    let mut papers = <[String; 5]>::default();
    for id in state.note_ids() {
        let (Some(signals), Some(rect)) = (state.note(&id), state.rect_of(&id)) else {
            continue;
        };
        let kind = signals.note.with_untracked(|note| note.kind);
        if let Some(place) = KINDS.iter().position(|each| *each == kind) {
            let [x, y, width, height] = [rect.min.x, rect.min.y, rect.width(), rect.height()]
                .map(|n| n.round().to_string());
            let path = &mut papers[place];
            for part in ["M", &x, " ", &y, "h", &width, "v", &height, "H", &x, "z"] {
                path.push_str(part);
            }
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
    let all = state.bounds().unwrap_or(BoardRect::at(
        BoardPoint::default(),
        Size::new(400.0, 300.0),
    ));
    // The titles stand above their frames.
    let title_room = all.width() / 9.0;
    let mut around = all.grown(MARGIN);
    around.min.y -= title_room;
    Drawing {
        around,
        papers,
        frames: frames.collect(),
    }
}

/// How far two fingers are apart.
fn spread(fingers: &HashMap<i32, (f64, f64)>) -> Option<f64> {
    let mut each = fingers.values();
    let (a, b) = (each.next()?, each.next()?);
    Some((a.0 - b.0).hypot(a.1 - b.1).max(1.0))
}

fn middle(fingers: &HashMap<i32, (f64, f64)>) -> (f64, f64) {
    let count = fingers.len().max(1) as f64;
    let sum = fingers
        .values()
        .fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
    (sum.0 / count, sum.1 / count)
}

/// Nearer or farther; what is at `at` (window pixels; else the middle of the view) stays there.
fn zoom_about(
    view: &web_sys::HtmlDivElement,
    nearness: RwSignal<f64>,
    factor: f64,
    at: Option<(f64, f64)>,
) {
    let before = nearness.get_untracked();
    let after = (before * factor).clamp(1.0, NEAREST);
    if (after - before).abs() < 1e-3 {
        return;
    }
    let element: &web_sys::Element = view.unchecked_ref();
    let frame = element.get_bounding_client_rect();
    let (x, y) = at.map_or((frame.width() / 2.0, frame.height() / 2.0), |(x, y)| {
        (x - frame.left(), y - frame.top())
    });
    let (left, top) = (
        f64::from(element.scroll_left()) + x,
        f64::from(element.scroll_top()) + y,
    );
    nearness.set(after);
    let view = view.clone();
    request_animation_frame(move || {
        let grown = after / before;
        view.set_scroll_left((left * grown - x).round() as i32);
        view.set_scroll_top((top * grown - y).round() as i32);
    });
}
