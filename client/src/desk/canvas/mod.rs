//! The canvas without end.
//!
//! ```text
//! pointer, wheel ─► frames ─► tools ─► perform ─► actions ─► Replica
//! keyboard, clipboard ────────────────────┘
//! signals ─► near (elements: note_view, cluster_view) or far (tiles) ; links, people, loop, selection bar
//! selection_menu ─► selection bar, menu: what can be done with what is chosen
//! pictures of paper lie under both (images)
//! session ─► following (reveal, what was read), being_led (what a facilitator sees), areas (groups), locks
//! ```

#![allow(
    clippy::similar_names,
    reason = "the canvas has a stage, and the board its state"
)]

mod actions;
mod areas;
mod asked;
mod being_led;
mod clipboard;
mod cluster_view;
mod connecting;
mod dots;
mod far;
mod following;
mod frames;
mod hint;
mod images;
mod keyboard;
mod led;
mod link_bar;
mod links;
mod merging;
mod near;
mod next_frame;
mod note_panel;
mod note_view;
mod others_work;
mod outlines;
mod people;
mod perform;
mod piles;
mod pointer;
mod reading;
mod selection_bar;
mod selection_menu;
mod stage;
mod summary;

use super::{DeskState, Tool};
use crate::notes::AnswerSheet;
use crate::parts::flow::{For, Show};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        held::is_own_loss,
        icon::{Icon, IconName, IconSize},
        notice::use_notices,
    },
};
use areas::GroupAreas;
use being_led::LedChip;
use cluster_view::ClusterView;
use dots::DotMarks;
use far::Picture;
use hint::EmptyHint;
use images::{ChosenImage, ImageBar, Images};
use leptos::{ev, prelude::*};
use link_bar::LinkBar;
use links::{LinkLabels, Links};
use note_panel::NotePanel;
use note_view::NoteView;
use outlines::OwnOutlines;
use people::People;
use piles::PileMarks;
use reading::Reading;
use samtavle_shared::geometry::{Camera, Size};
use selection_bar::SelectionBar;
use selection_menu::SelectionMenu;
use stage::{Distance, Stage};
use std::time::Duration;
use summary::FarSummary;

/// By then the page shows what the session has just said.
const SETTLED: Duration = Duration::from_millis(350);

/// The part of the view that no bar covers, screen pixels.
#[derive(Clone, Copy)]
pub(crate) struct Clear {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

/// Top bar 60, tool bar 80, chips at the bottom 60; the column at the right (`side`) when there is one;
/// and some air.
pub(crate) fn clear_of_bars(view: Size, side: f64) -> Clear {
    Clear {
        left: 96.0,
        top: 76.0,
        right: view.width - side - 24.0,
        bottom: view.height - 76.0,
    }
}

/// The canvas.
#[component]
pub(crate) fn Canvas(desk: DeskState) -> impl IntoView {
    let i18n = use_i18n();
    let stage = Stage::new(desk, i18n, use_notices());
    stage.follow_window();
    stage.follow_motion(); // before what heeds it
    stage.follow_opening();
    stage.follow_near();
    stage.follow_picture();
    stage.follow_selection();
    stage.follow_links();
    stage.follow_images();
    stage.follow_gather();
    stage.follow_locks();
    stage.follow_reveals();
    stage.follow_group();
    stage.follow_phase();
    stage.follow_reading();
    stage.listen_to_keys();
    stage.listen_to_clipboard();
    stage.follow_interruptions();

    let camera = desk.camera;
    let class = move || {
        let hand = if stage.is_dragging.get() {
            "canvas canvas--dragging"
        } else if stage.holds_space.get() {
            "canvas canvas--hand"
        } else {
            match desk.tool.get() {
                Tool::Select => "canvas",
                Tool::Hand => "canvas canvas--hand",
                Tool::Place(_) | Tool::Carry => "canvas canvas--place",
                Tool::Connect => "canvas canvas--connect",
            }
        };
        let motion = if stage.is_moving.get() {
            " canvas--moving"
        } else {
            ""
        };
        let far = if stage.distance.get() == Distance::Far {
            " canvas--far"
        } else {
            ""
        };
        [hand, motion, far].concat()
    };
    let state = desk.replica.state;
    view! {
        <div
            node_ref=stage.root
            class=class
            data-testid="canvas"
            data-scale=move || short(camera.get().scale())
            role="region"
            aria-label=move || t_string!(i18n, desk.canvas)
            tabindex="0"
            on:pointerdown=move |event| stage.on_pointer_down(&event)
            on:pointermove=move |event| stage.on_pointer_move(&event)
            on:pointerup=move |event| stage.on_pointer_up(&event)
            on:pointercancel=move |event| stage.on_pointer_lost(&event)
            on:lostpointercapture=move |event| if is_own_loss(&event) { stage.on_pointer_lost(&event) }
            on:pointerleave=move |event| stage.on_pointer_leave(&event)
            on:dblclick=move |event| stage.on_double_click(&event)
            on:wheel=move |event: ev::WheelEvent| stage.on_wheel(&event)
            on:contextmenu=move |event| stage.on_menu(&event)
        >
            <div class="canvas__linen" aria-hidden="true" style:transform=move || linen(camera.get())></div>
            <div class="canvas__world" style:transform=move || world(camera.get())>
                <GroupAreas stage/>
                <Images stage/>
            </div>
            <Picture stage/>
            <div
                class="canvas__world"
                style:transform=move || world(camera.get())
            >
                <div role="group" aria-label=move || t_string!(i18n, cluster.clusters)>
                    <For
                        each=move || if stage.distance.get() == Distance::Near { state.clusters.get() } else { stage.titled() }
                        key=Clone::clone
                        let:id
                    >
                        <ClusterView stage id/>
                    </For>
                </div>
                <Links stage/>
                <div role="group" aria-label=move || t_string!(i18n, note.notes)>
                    <For each=move || stage.shown.get() key=Clone::clone let:id>
                        <NoteView stage id/>
                    </For>
                </div>
                // After the notes, so that Tab comes here when it has been at all of them.
                <div role="group" aria-label=move || t_string!(i18n, note.links)>
                    <LinkLabels stage/>
                </div>
            </div>
            // Apart from the notes: what keeps its size on the screen is styled anew at each zoom.
            <div
                class="canvas__world"
                style:transform=move || world(camera.get())
                style:--unscale=move || short(1.0 / camera.get().scale())
            >
                <OwnOutlines stage/>
                <ChosenImage stage/>
                <PileMarks stage/>
                <DotMarks stage/>
                <People stage/>
            </div>
            <Loop stage/>
            <FarSummary stage/>
        </div>
        <EmptyHint stage/>
        <SelectionBar stage/>
        <LinkBar stage/>
        <ImageBar stage/>
        <NotePanel stage/>
        <SelectionMenu stage/>
        <LockChip stage/>
        <LedChip stage/>
        <AnswerSheet replica=desk.replica answering=stage.answering/>
        {stage.column_question()}
        <others_work::AskAboutOthers stage/>
        <merging::AskAboutMerging stage/>
        <Reading stage/>
    }
}

/// Says that the board is locked, to whom it is.
#[component]
fn LockChip(stage: Stage) -> impl IntoView {
    let locked = stage.desk.replica.session.locked;
    view! {
        <Show when=move || locked.read().board>
            <p class="lock-chip panel" role="status" data-testid="board-locked">
                <Icon name=IconName::Lock size=IconSize::Small/>
                {text!(note.locked_board)}
            </p>
        </Show>
    }
}

/// The loop that is being drawn.
#[component]
fn Loop(stage: Stage) -> impl IntoView {
    let path = move || {
        let camera = stage.desk.camera.get();
        stage.loop_drawn.with(|points| {
            let mut path = String::with_capacity(points.len() * 12);
            for (index, &point) in points.iter().enumerate() {
                let at = camera.screen_from_board(point);
                path.push(if index == 0 { 'M' } else { 'L' });
                path.push_str(&short(at.x));
                path.push(' ');
                path.push_str(&short(at.y));
            }
            path.push('Z');
            path
        })
    };
    view! {
        <Show when=move || stage.loop_drawn.with(|points| points.len() > 1)>
            <svg class="canvas__loop" aria-hidden="true">
                <path d=path></path>
            </svg>
        </Show>
    }
}

impl Stage {
    /// The size of the view follows the window: the canvas fills it, so nothing need be measured.
    fn follow_window(self) {
        let measure = move || {
            let side =
                |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|side| side.as_f64());
            if let (Some(width), Some(height)) =
                (side(window().inner_width()), side(window().inner_height()))
            {
                self.desk.view.set(Size::new(width, height));
            }
        };
        measure();
        let resized = window_event_listener(ev::resize, move |_| measure());
        on_cleanup(move || resized.remove());
    }

    /// Knows when the view is on the move. Showing the board for the first time is no motion.
    fn follow_motion(self) {
        Effect::new(move |before: Option<Camera>| {
            let now = self.desk.camera.get();
            let is_first = self.distance.get_untracked() == Distance::Near
                && self.shown.with_untracked(Vec::is_empty);
            if !is_first && before.is_some_and(|before| before != now) {
                self.keep_moving();
            }
            now
        });
    }

    /// Shows all that is there when the board opens; later the view is the person's.
    fn follow_opening(self) {
        let fitted = StoredValue::new(None::<Camera>);
        Effect::new(move |was_open: Option<bool>| {
            let is_open = self.desk.replica.state.is_open.get();
            if is_open && was_open != Some(true) {
                self.desk.fit();
                fitted.set_value(Some(self.desk.camera.get_untracked()));
            }
            is_open || was_open == Some(true)
        });
        // The panels come with the session; who has not moved meanwhile sees all beside them.
        let is_known = self.desk.replica.session.is_known;
        Effect::new(move |was_known: Option<bool>| {
            let is_known = is_known.get();
            if is_known && was_known == Some(false) {
                let again = move || {
                    let now = self.desk.camera.try_get_untracked();
                    if now.is_some() && now == fitted.get_value() {
                        self.desk.fit();
                    }
                };
                set_timeout(again, SETTLED);
            }
            is_known
        });
    }

    /// The others see what is selected here.
    fn follow_selection(self) {
        /// Enough to see what somebody is at; presence is sent ten times a second.
        const MOST_SHOWN: usize = 40;
        Effect::new(move || {
            let notes: Vec<_> = self
                .desk
                .selection
                .with(|selection| selection.notes.iter().take(MOST_SHOWN).cloned().collect());
            self.desk
                .replica
                .show(|presence| presence.selection = notes);
        });
    }

    /// Clusters that are elements even when the board is a picture: the one that is being named.
    fn titled(self) -> Vec<samtavle_shared::ids::ClusterId> {
        match self.desk.editing.get() {
            Some(super::Editing::Title(cluster)) => vec![cluster],
            _ => Vec::new(),
        }
    }
}

/// A number for a style: short, and never in exponents.
fn short(number: f64) -> String {
    let rounded = (number * 1000.0).round() / 1000.0;
    rounded.to_string()
}

fn translate(x: f64, y: f64) -> String {
    ["translate(", &short(x), "px,", &short(y), "px)"].concat()
}

fn world(camera: Camera) -> String {
    let (origin, scale) = (camera.origin(), camera.scale());
    // Whole device pixels at rest keep letters crisp; the difference is below what the eye follows.
    let (x, y) = ((-origin.x * scale).round(), (-origin.y * scale).round());
    [&translate(x, y), " scale(", &scale.to_string(), ")"].concat()
}

/// Dots every 24 board units, doubled or halved as often as needed to stay 17 to 34 px apart: so the
/// linen is a layer that is only moved, never painted anew.
fn linen(camera: Camera) -> String {
    const CELL: f64 = 24.0;
    const LEAST: f64 = 0.7;
    let mut scale = camera.scale();
    while scale < LEAST {
        scale *= 2.0;
    }
    while scale >= 2.0 * LEAST {
        scale /= 2.0;
    }
    let cell = CELL * scale;
    let offset = |origin: f64| -(origin * camera.scale()).rem_euclid(cell);
    let (x, y) = (offset(camera.origin().x), offset(camera.origin().y));
    [&translate(x, y), " scale(", &short(scale), ")"].concat()
}
