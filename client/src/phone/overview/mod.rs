//! The whole board as a small picture: a shape for each note in its kind's colour, the clusters' frames with
//! their titles, and the links. It fits the screen, and can be looked at from nearer: by two fingers, by two
//! taps, or by its buttons. A tap on a cluster opens it.
//!
//! ```text
//! drawing   the board as paths         sight   how near, and which part is seen
//! found     what lies far away, and what lies on one spot
//! ```
//! The part that is seen is kept in [`PhoneState::seen`]: it stays when the board grows, and when one comes back.

mod drawing;
mod found;
mod sight;
mod words;

use super::state::{PhoneState, Place};
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    notes::whole::Findings,
    parts::{
        button::{IconButton, TipSide},
        flow::For,
        held::{is_pressed, on_interruption},
        icon::IconName,
        pixels,
    },
};
use drawing::{Drawing, Frame, KINDS, draw};
use found::{Counts, Found};
use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use samtavle_shared::{
    direction::TextDirection,
    geometry::{BoardRect, Size},
    ids::ClusterId,
    layout::wrap,
};
use sight::Sight;
use std::{collections::HashMap, time::Duration};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDivElement, KeyboardEvent, MouseEvent, PointerEvent};
use words::Words;

/// One press on + or −.
const STEP: f64 = 1.6;
/// Two taps.
const TWO_TAPS: f64 = STEP * STEP;
/// A second tap comes sooner than this, or not at all.
const SECOND_TAP: Duration = Duration::from_millis(250);
/// A title has no more lines than this over its frame.
const MOST_LINES: usize = 5;
/// The notes of all kinds are drawn anew at most this often.
const NOT_SOONER: Duration = Duration::from_millis(200);

/// The picture in its frame. Copy it freely.
#[derive(Clone, Copy)]
struct Picture {
    phone: PhoneState,
    drawing: RwSignal<Drawing>,
    nearness: RwSignal<f64>,
    view: NodeRef<html::Div>,
    /// What is looked at that lies far away from the rest of the board; none: the board.
    elsewhere: RwSignal<Option<BoardRect>>,
    /// Which part of the board is in view.
    part: RwSignal<Option<BoardRect>>,
    /// Whether it is on its way to a place: what is seen meanwhile is no place.
    is_moving: StoredValue<bool>,
}

/// The picture with its buttons.
#[component]
pub(super) fn Overview(phone: PhoneState) -> impl IntoView {
    let i18n = use_i18n();
    let state = phone.replica.state;
    let picture = Picture {
        phone,
        drawing: RwSignal::new(Drawing::default()),
        nearness: RwSignal::new(1.0),
        view: NodeRef::new(),
        elsewhere: RwSignal::new(None),
        part: RwSignal::new(None),
        is_moving: StoredValue::new(false),
    };
    let Picture {
        drawing,
        nearness,
        view,
        ..
    } = picture;
    picture.follow_board();
    picture.follow_goal();
    picture.be_led();

    let pinch = StoredValue::new(HashMap::<i32, (f64, f64)>::new());
    let lifted = move |event: PointerEvent| {
        pinch.try_update_value(|fingers| {
            fingers.remove(&event.pointer_id());
        });
    };
    on_interruption(move || {
        pinch.try_update_value(HashMap::clear);
    });
    picture.follow_frame();
    let moved = move |event: PointerEvent| {
        if !is_pressed(&event) {
            return lifted(event); // it went up where nobody saw it
        }
        let factor = pinch.try_update_value(|fingers| {
            let before = spread(fingers);
            let finger = fingers.get_mut(&event.pointer_id())?;
            *finger = (f64::from(event.client_x()), f64::from(event.client_y()));
            Some((spread(fingers)? / before?, middle(fingers)))
        });
        if let Some((factor, at)) = factor.flatten() {
            picture.zoom(factor, Some(at));
        }
    };
    let tap = taps(picture);
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
    let papers = KINDS.iter().enumerate().map(|(place, kind)| {
        let class = ["overview__papers overview__papers--", kind.name()].concat();
        view! { <path class=class d=move || drawing.read().papers[place].clone()></path> }
    });
    let papers = papers.collect_view();
    let findings = Findings::new();
    findings.follow(phone.replica);
    let is_whole =
        Signal::derive(move || nearness.get() <= 1.0 && picture.elsewhere.read().is_none());
    view! {
        <div class="overview">
            <div
                node_ref=view
                class="overview__view"
                data-testid="overview"
                // What can be moved can be moved by its keys.
                tabindex=move || (nearness.get() > 1.0).then_some("0")
                on:keydown=move |event: KeyboardEvent| {
                    if event.key() != "Tab" {
                        phone.led.ends();
                    }
                }
                on:pointerdown=move |event: PointerEvent| {
                    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
                    pinch.update_value(|fingers| {
                        if event.is_primary() {
                            fingers.clear(); // the first finger: no other is down
                        }
                        fingers.insert(event.pointer_id(), at);
                    });
                }
                on:pointermove=moved
                on:pointerup=lifted
                on:pointercancel=move |event: PointerEvent| {
                    phone.led.ends(); // the finger moves the picture
                    lifted(event);
                }
                on:wheel=move |_| phone.led.ends()
                on:scroll=move |_| picture.look()
            >
                <svg
                    class="overview__picture"
                    viewBox=view_box
                    role="img"
                    aria-label=label
                    style=("--nearness", move || nearness.get().to_string())
                    on:click=move |event: MouseEvent| tap(&event)
                >
                    <For each=move || drawing.read().frames.clone() key=|frame| frame.cluster.clone() let:frame>
                        <FrameView drawing id=frame.cluster/>
                    </For>
                    <path class="overview__papers overview__papers--photo" d=move || drawing.read().photos.clone()></path>
                    <path class="overview__links" d=move || drawing.read().links.clone()></path>
                    {papers}
                    <Words picture/>
                    <Counts picture findings/>
                </svg>
            </div>
            <div class="overview__buttons">
                <IconButton
                    label=text!(desk.zoom_fit)
                    icon=IconName::Fit
                    tip=TipSide::Left
                    hook="overview-fit"
                    is_disabled=is_whole
                    on_press=move || picture.show_all()
                />
                <IconButton
                    label=text!(desk.zoom_out)
                    icon=IconName::Minus
                    tip=TipSide::Left
                    is_disabled=is_whole
                    on_press=move || picture.go_out()
                />
                <IconButton
                    label=text!(desk.zoom_in)
                    icon=IconName::Plus
                    tip=TipSide::Left
                    hook="overview-nearer"
                    is_disabled=Signal::derive(move || nearness.get() >= picture.sight().map_or(f64::MAX, Sight::nearest))
                    on_press=move || picture.zoom(STEP, None)
                />
            </div>
        </div>
        <Found phone findings picture/>
    }
}

/// One tap opens a cluster, two look nearer: a tap waits for the second one.
fn taps(picture: Picture) -> impl Fn(&MouseEvent) + Copy + 'static {
    let first = StoredValue::new_local(None::<TimeoutHandle>);
    move |event: &MouseEvent| {
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        if let Some(first) = first.try_update_value(Option::take).flatten() {
            first.clear();
            picture.zoom(TWO_TAPS, Some(at));
            return;
        }
        let target = event.target();
        let target = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let frame = target.and_then(|target| target.closest("[data-frame]").ok().flatten());
        let cluster = frame.and_then(|frame| frame.get_attribute("data-frame"));
        let open = move || {
            let is_still_here = first.try_set_value(None).is_none();
            if let Some(cluster) = cluster.as_deref().filter(|_| is_still_here) {
                picture.phone.open(Place::Cluster(ClusterId::from(cluster)));
            }
        };
        first.set_value(set_timeout_with_handle(open, SECOND_TAP).ok());
    }
}

impl Picture {
    /// Draws what the board is, again when it changes; what was in view stays.
    fn follow_board(self) {
        let state = self.phone.replica.state;
        let is_due = StoredValue::new(false);
        let draw = move || {
            self.draw();
            match self.phone.seen.get_value() {
                Some(seen) if self.elsewhere.with_untracked(Option::is_none) => self.go_to(seen),
                _ => {}
            }
        };
        Effect::new(move |before: Option<()>| {
            state.moved.track();
            state.links.track();
            state.images.track();
            if before.is_none() {
                self.elsewhere.set(self.beyond(self.phone.seen.get_value()));
                draw();
            } else if !is_due.get_value() {
                is_due.set_value(true);
                let later = move || {
                    if is_due.try_set_value(false).is_none() {
                        draw(); // the page is still this one
                    }
                };
                set_timeout(later, NOT_SOONER);
            }
        });
    }

    /// On a frame of another size, or on other pixels, the same part of the board is seen as before.
    fn follow_frame(self) {
        let ratio = pixels::changes();
        let again = move || {
            if let Some(seen) = self.phone.seen.try_get_value().flatten() {
                self.go_to(seen);
            }
        };
        Effect::new(move |was: Option<()>| {
            ratio.track();
            if was.is_some() {
                again();
            }
        });
        let resized = window_event_listener(ev::resize, move |_| again());
        on_cleanup(move || resized.remove());
    }

    /// Goes where somebody is called.
    fn follow_goal(self) {
        Effect::new(move || {
            let goal = self.phone.goal.get();
            if let (Some(goal), Some(view)) = (goal, self.view.get()) {
                self.phone.goal.set(None);
                self.look_at(goal);
                view.scroll_into_view();
            }
        });
    }

    /// Goes along with a facilitator, as long as this phone follows.
    fn be_led(self) {
        let led = self.phone.led;
        Effect::new(move || {
            let goal = led.goal.get().filter(|_| led.follows.get());
            if let Some(goal) = goal.filter(|_| self.view.get().is_some()) {
                untrack(|| self.look_at(goal));
            }
        });
    }

    fn draw(self) {
        let elsewhere = self.elsewhere.get_untracked();
        self.drawing.set(untrack(|| draw(self.phone, elsewhere)));
        request_animation_frame(move || self.look());
    }

    /// A part of the board, if it is none of most of it.
    fn beyond(self, part: Option<BoardRect>) -> Option<BoardRect> {
        let most = self.phone.replica.state.most_of_it();
        part.filter(|part| most.is_some_and(|most| !most.overlaps(*part)))
    }

    /// Goes to this part of the board, wherever it is.
    fn look_at(self, part: BoardRect) {
        let elsewhere = self.beyond(Some(part));
        if elsewhere != self.elsewhere.get_untracked() {
            self.elsewhere.set(elsewhere);
            self.nearness.set(1.0);
            self.draw();
        }
        self.phone.seen.set_value(Some(part));
        if elsewhere.is_none() {
            self.go_to(part);
        }
    }

    /// Farther out; at last back from what is far away.
    fn go_out(self) {
        self.phone.led.ends();
        if self.nearness.get_untracked() > 1.0 {
            self.zoom(1.0 / STEP, None);
        } else {
            self.show_all();
        }
    }

    /// Back to the whole board.
    fn show_all(self) {
        self.phone.led.ends();
        if self.elsewhere.with_untracked(Option::is_some) {
            self.elsewhere.set(None);
            self.draw();
        }
        self.phone.seen.set_value(None);
        self.zoom(0.0, None);
    }

    /// How the picture lies in its frame; follows the drawing and how near it is.
    fn sight(self) -> Option<Sight> {
        let view = self.view.try_get().flatten()?;
        let frame = Size::new(
            f64::from(view.client_width()),
            f64::from(view.client_height()),
        );
        let is_there = frame.width > 0.0 && frame.height > 0.0;
        is_there.then(|| Sight {
            frame,
            around: self.drawing.read().around,
            nearness: self.nearness.get(),
        })
    }

    /// Shows this part of the board.
    fn go_to(self, part: BoardRect) {
        let go = move || {
            // By then the page may be another.
            let view = self.view.try_get_untracked().flatten();
            let Some((view, sight)) = view.zip(untrack(move || self.sight())) else {
                return;
            };
            let sight = sight.looking_at(part);
            self.scroll(&view, sight.nearness, sight.scrolled_to(part.center()));
        };
        // When the picture has its size.
        request_animation_frame(go);
    }

    /// Nearer or farther; what is at `at` (window pixels; else the middle of the view) stays there.
    fn zoom(self, factor: f64, at: Option<(f64, f64)>) {
        self.phone.led.ends();
        let (Some(view), Some(sight)) = (self.view.get_untracked(), untrack(move || self.sight()))
        else {
            return;
        };
        let before = sight.nearness;
        let after = (before * factor).clamp(1.0, sight.nearest());
        if (after - before).abs() < 1e-3 {
            return;
        }
        let element: &web_sys::Element = view.unchecked_ref();
        let frame = element.get_bounding_client_rect();
        let (x, y) = at.map_or((frame.width() / 2.0, frame.height() / 2.0), |(x, y)| {
            (x - frame.left(), y - frame.top())
        });
        let grown = after / before;
        let left = (f64::from(element.scroll_left()) + x) * grown - x;
        let top = (f64::from(element.scroll_top()) + y) * grown - y;
        self.scroll(&view, after, (left, top));
    }

    fn scroll(self, view: &HtmlDivElement, nearness: f64, (left, top): (f64, f64)) {
        self.is_moving.set_value(true);
        self.nearness.set(nearness);
        let view = view.clone();
        request_animation_frame(move || {
            view.set_scroll_left(left.round() as i32);
            view.set_scroll_top(top.round() as i32);
            if self.is_moving.try_set_value(false).is_none() {
                self.look();
            }
        });
    }

    /// Remembers which part is seen.
    fn look(self) {
        if self.is_moving.try_get_value().unwrap_or(true) {
            return;
        }
        let Some((view, sight)) = self.view.get_untracked().zip(untrack(move || self.sight()))
        else {
            return;
        };
        let scrolled = (f64::from(view.scroll_left()), f64::from(view.scroll_top()));
        let part = Some(sight.part_seen(scrolled));
        if self.part.get_untracked() != part {
            self.part.set(part);
        }
        let is_near = sight.nearness > 1.0;
        let seen = is_near.then(|| sight.part_seen(scrolled));
        let seen = seen.or(self.elsewhere.get_untracked());
        self.phone.seen.set_value(seen);
    }
}

#[component]
fn FrameView(drawing: RwSignal<Drawing>, id: ClusterId) -> impl IntoView {
    let own = id.clone();
    let frame = Memo::new(move |_| {
        let drawing = drawing.read();
        let mut frames = drawing.frames.iter();
        frames.find(|frame| frame.cluster == own).cloned()
    });
    let name = id.to_string();
    let inside = move || {
        let Frame { rect, title, .. } = frame.get()?;
        // As large as the frame lets it: read from far, and never outside.
        let font = (drawing.with_untracked(|drawing| drawing.around.width()) / 26.0)
            .clamp(24.0, (rect.width() / 7.0).max(24.0));
        let way = TextDirection::of(&title).unwrap_or_default();
        let lines = wrap(&title, font * 1.08, rect.width() - font);
        let shown = lines.len().min(MOST_LINES);
        let is_cut = lines.len() > MOST_LINES;
        let first = rect.min.y - font * 0.35 - (shown - 1) as f64 * font * 1.15;
        let words = lines
            .into_iter()
            .take(MOST_LINES)
            .enumerate()
            .map(|(line, words)| {
                let y = first + line as f64 * font * 1.15;
                let (x, direction) = match way {
                    TextDirection::LeftToRight => (rect.min.x, "ltr"),
                    TextDirection::RightToLeft => (rect.max.x, "rtl"),
                };
                view! {
                    <text x=x.to_string() y=y.to_string() font-size=font.to_string() style:direction=direction>
                        {[words.trim_end(), if is_cut && line + 1 == shown { "…" } else { "" }].concat()}
                    </text>
                }
            })
            .collect_view();
        Some(view! {
            <rect
                x=rect.min.x.to_string()
                y=rect.min.y.to_string()
                width=rect.width().to_string()
                height=rect.height().to_string()
                rx="26"
            ></rect>
            {words}
        })
    };
    view! { <g class="overview__cluster" data-frame=name>{inside}</g> }
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
