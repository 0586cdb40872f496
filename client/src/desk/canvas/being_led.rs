//! Everybody sees what one facilitator sees, live: pan, zoom, the size of their window. Until they move their own
//! view; then a small button leads back. Whoever is followed tells what they see.

use super::{following::wants_less_motion, stage::Stage};
use crate::{
    i18n::t_string,
    parts::{
        flow::Show,
        icon::{Icon, IconName, IconSize},
    },
    session::gather::{follow_calls, is_asked_to_follow, tell_what_is_seen},
};
use leptos::prelude::*;
use samtavle_shared::geometry::{BoardPoint, BoardRect, Camera, ScreenPoint};

/// So much of the way is left after each frame: there in about a quarter of a second.
const LEFT: f64 = 0.78;
/// Nearer than this the view is there: screen pixels, and parts of the scale.
const THERE_PX: f64 = 0.5;
const THERE_SCALE: f64 = 0.001;

impl Stage {
    /// Goes where a facilitator brings everybody, and stays with them. Who leads is there already.
    pub(super) fn follow_gather(self) {
        let session = self.desk.replica.session;
        let led = self.led;
        follow_calls(self.desk.replica, move |place| {
            led.goal.set(Some(place));
            self.be_led();
        });
        let is_asked = is_asked_to_follow(self.desk.replica);
        Effect::new(move |was_asked: Option<bool>| {
            let is_asked = is_asked.get();
            let seen = session.look.get();
            let is_open = self.desk.replica.state.is_open.get();
            if is_asked
                && is_open
                && let Some(seen) = seen
            {
                led.goal.set(Some(seen));
                // Who comes late is brought there, too.
                if was_asked != Some(true) && session.is_known.get_untracked() {
                    // What the desk shows as it opens is no view of the person's own.
                    led.brought_to.set_value(None);
                    led.follows.set(true);
                }
            }
            if !is_asked {
                led.follows.set(false);
            }
            is_asked && is_open && seen.is_some()
        });
        Effect::new(move || {
            led.goal.track();
            self.desk.view.track();
            if led.follows.get() {
                self.go_along();
            }
        });
        // The person moves their view themselves.
        Effect::new(move || {
            let camera = self.desk.camera.get();
            let is_brought = led
                .brought_to
                .with_value(|at| at.is_none_or(|at| at == camera));
            if !is_brought && led.follows.get_untracked() && !led.is_on_the_way.get_value() {
                led.follows.set(false);
            }
        });
        let desk = self.desk;
        let track = move || {
            desk.camera.track();
            desk.view.track();
        };
        tell_what_is_seen(desk.replica, track, move || desk.clear_part());
    }

    fn be_led(self) {
        self.led
            .brought_to
            .set_value(Some(self.desk.camera.get_untracked()));
        self.led.follows.set(true);
        self.go_along();
    }

    fn go_along(self) {
        let led = self.led;
        led.brought_to
            .set_value(Some(self.desk.camera.get_untracked()));
        if !led.is_on_the_way.get_value() {
            led.is_on_the_way.set_value(true);
            self.step_along();
        }
    }

    /// One frame of the way; the goal may move meanwhile.
    fn step_along(self) {
        request_animation_frame(move || {
            let led = self.led;
            let Some(Some(part)) = led.goal.try_get_untracked() else {
                let _ = led.is_on_the_way.try_set_value(false); // the desk may be gone
                return;
            };
            let now = self.desk.camera.get_untracked();
            let is_own = led.brought_to.with_value(|at| *at != Some(now));
            if is_own || !led.follows.get_untracked() {
                led.is_on_the_way.set_value(false);
                led.follows.set(false);
                return;
            }
            let goal = self.desk.filled_by(part);
            let is_there = is_near(now, goal) || wants_less_motion();
            let next = if is_there { goal } else { between(now, goal) };
            led.brought_to.set_value(Some(next));
            led.is_on_the_way.set_value(!is_there);
            self.desk.camera.set(next);
            if !is_there {
                self.step_along();
            }
        });
    }
}

fn is_near(now: Camera, goal: Camera) -> bool {
    let corner = goal.screen_from_board(now.origin());
    let apart = (now.scale() / goal.scale() - 1.0).abs();
    corner.x.hypot(corner.y) < THERE_PX && apart < THERE_SCALE
}

fn between(now: Camera, goal: Camera) -> Camera {
    let mix = |from: f64, to: f64| to + (from - to) * LEFT;
    let (from, to) = (now.origin(), goal.origin());
    let origin = BoardPoint::new(mix(from.x, to.x), mix(from.y, to.y));
    Camera::new(origin, mix(now.scale(), goal.scale()))
}

impl crate::desk::DeskState {
    /// The part of the board that this desk shows and no bar or panel covers, board units.
    pub(in crate::desk) fn clear_part(self) -> BoardRect {
        let camera = self.camera.get_untracked();
        let clear = self.clear_now();
        let corner = |x: f64, y: f64| camera.board_from_screen(ScreenPoint::new(x, y));
        BoardRect::between(
            corner(clear.left, clear.top),
            corner(clear.right, clear.bottom),
        )
    }
}

/// That one follows, or the way back to it.
#[component]
pub(super) fn LedChip(stage: Stage) -> impl IntoView {
    let i18n = stage.i18n;
    let follows = stage.led.follows;
    let is_asked = is_asked_to_follow(stage.desk.replica);
    view! {
        <Show when=move || is_asked.get()>
            <button
                type="button"
                class="led-chip panel"
                class:led-chip--follows=move || follows.get()
                data-testid="led"
                aria-disabled=move || follows.get().then_some("true")
                on:click=move |_| if !follows.get_untracked() { stage.be_led() }
            >
                <Icon name=IconName::Gather size=IconSize::Small/>
                <span role="status">
                    {move || if follows.get() { t_string!(i18n, note.led) } else { t_string!(i18n, note.led_again) }}
                </span>
            </button>
        </Show>
    }
}
