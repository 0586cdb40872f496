//! Pointers and wheels of the browser, as inputs.

use super::stage::Stage;
use crate::{
    parts::held::on_interruption,
    tools::{Device, Gesture, Input, Intent, Pointer},
};
use leptos::prelude::*;
use samtavle_shared::geometry::{ScreenPoint, ScreenVector};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent, WheelEvent};

/// What takes its own presses: fields, buttons, and what says so.
const OWN_PRESSES: &str = "textarea, input, button, a, [role=menu], [data-own-presses]";
/// Buttons as a move tells of them; a finger is the left one.
const LEFT: u16 = 1;
const MIDDLE: u16 = 4;
/// The right button, as a menu tells of it.
const RIGHT: i16 = 2;
/// Screen pixels of a line, for wheels that count in lines.
const WHEEL_LINE: f64 = 18.0;
/// How fast a wheel with control zooms: one notch (100 px) is a quarter.
const WHEEL_ZOOM: f64 = 0.0022;
/// A pinch on a trackpad comes as a wheel with control and small steps.
const PINCH_ZOOM: f64 = 0.01;
/// Steps above this come from a wheel, not from a pinch.
const PINCH_STEP: f64 = 40.0;

impl Stage {
    pub(super) fn on_pointer_down(self, event: &PointerEvent) {
        if takes_own_presses(event) {
            return;
        }
        let intent = match event.button() {
            0 if self.holds_space.get_untracked() => Intent::Pan,
            0 => Intent::UseTool,
            1 => Intent::Pan,
            _ => return,
        };
        if event.button() == 1 {
            event.prevent_default(); // no scrolling by itself
        }
        if let Some(root) = self.root.get_untracked() {
            let _ = root.set_pointer_capture(event.pointer_id());
        }
        self.catch_up();
        let pointer = self.pointer(event);
        let is_over = self.gesture.with_value(|gesture| {
            let has_first = event.is_primary() && gesture.device() == Some(pointer.device);
            gesture.holds(pointer.id) || has_first
        });
        if is_over {
            self.lose(); // its end was not seen
        }
        self.pressed.set_value(Some((pointer.id, button_of(event))));
        self.point_at(pointer);
        self.desk.editing.set(None);
        self.link.set(None);
        self.take(Input::Press(pointer, intent));
    }

    pub(super) fn on_pointer_move(self, event: &PointerEvent) {
        let id = event.pointer_id();
        if self.gesture.with_value(|gesture| gesture.holds(id)) && !self.is_still_pressed(event) {
            self.lose();
        }
        self.move_soon(self.pointer(event));
    }

    pub(super) fn on_pointer_up(self, event: &PointerEvent) {
        self.catch_up();
        self.take(Input::Release(self.pointer(event)));
    }

    /// The browser took the pointer away.
    pub(super) fn on_pointer_lost(self, event: &PointerEvent) {
        let id = event.pointer_id();
        if self.gesture.with_value(|gesture| gesture.holds(id)) {
            self.lose();
        }
    }

    /// No menu of the browser's own stands over the board, but ours of what lies there. Where one would have come the
    /// hand is elsewhere, unless it only rests on a note: with a finger one holds it to take it along.
    pub(super) fn on_menu(self, event: &MouseEvent) {
        event.prevent_default();
        if self.gesture.with_value(Gesture::has_begun) {
            self.lose();
        } else if is_of_mouse(event) && !takes_own_presses(event) {
            let at = ScreenPoint::new(f64::from(event.client_x()), f64::from(event.client_y()));
            self.open_menu_at(at);
        }
    }

    /// Ends the gesture where it stood, whatever it is that took the hand away.
    pub(super) fn follow_interruptions(self) {
        on_interruption(move || self.lose());
        on_cleanup(move || self.desk.replica.lift(None));
    }

    fn lose(self) {
        let is_idle = self
            .gesture
            .try_with_value(|gesture| *gesture == Gesture::Idle);
        if is_idle == Some(false) {
            self.catch_up();
            self.take(Input::Lost);
        }
    }

    /// Whether the button that began it is still down: another one may be as well.
    fn is_still_pressed(self, event: &PointerEvent) -> bool {
        let began = self.pressed.get_value();
        let button = began.filter(|(id, _)| *id == event.pointer_id());
        event.buttons() & button.map_or(LEFT, |(_, button)| button) != 0
    }

    pub(super) fn on_pointer_leave(self, event: &PointerEvent) {
        if event.pointer_type() == "mouse" {
            self.desk.replica.show(|presence| presence.cursor = None);
        }
    }

    pub(super) fn on_double_click(self, event: &MouseEvent) {
        if takes_own_presses(event) {
            return;
        }
        self.catch_up();
        let at = ScreenPoint::new(f64::from(event.client_x()), f64::from(event.client_y()));
        let on = self.desk.camera.get_untracked().board_from_screen(at);
        let pointer = Pointer {
            id: 0,
            at,
            on,
            device: Device::Mouse,
            adds: event.shift_key(),
        };
        self.take(Input::DoubleClick(pointer));
    }

    pub(super) fn on_wheel(self, event: &WheelEvent) {
        event.prevent_default(); // the page neither scrolls nor zooms
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => WHEEL_LINE,
            WheelEvent::DOM_DELTA_PAGE => self.desk.view.get_untracked().height,
            _ => 1.0,
        };
        let (dx, dy) = (event.delta_x() * unit, event.delta_y() * unit);
        if event.ctrl_key() || event.meta_key() {
            let speed = if dy.abs() < PINCH_STEP {
                PINCH_ZOOM
            } else {
                WHEEL_ZOOM
            };
            let at = ScreenPoint::new(f64::from(event.client_x()), f64::from(event.client_y()));
            self.zoom_soon((-dy * speed).exp(), at);
        } else if event.shift_key() && dx == 0.0 {
            self.pan_soon(ScreenVector::new(-dy, 0.0));
        } else {
            self.pan_soon(ScreenVector::new(-dx, -dy));
        }
    }

    fn pointer(self, event: &PointerEvent) -> Pointer {
        let at = ScreenPoint::new(f64::from(event.client_x()), f64::from(event.client_y()));
        let device = match event.pointer_type().as_str() {
            "touch" => Device::Touch,
            "pen" => Device::Pen,
            _ => Device::Mouse,
        };
        let on = self.desk.camera.get_untracked().board_from_screen(at);
        Pointer {
            id: event.pointer_id(),
            at,
            on,
            device,
            adds: event.shift_key(),
        }
    }

    /// Where the pointer is on the board, for what comes there, and for the others.
    pub(super) fn point_at(self, pointer: Pointer) {
        let on = self
            .desk
            .camera
            .get_untracked()
            .board_from_screen(pointer.at);
        self.desk.pointer.set(on);
        self.desk
            .replica
            .show(|presence| presence.cursor = Some(on.rounded()));
    }
}

/// The button of a press, as a move tells of it.
fn button_of(event: &PointerEvent) -> u16 {
    if event.button() == 1 { MIDDLE } else { LEFT }
}

/// Whether a menu is asked for by the right button of a mouse: a key has its own way, and a finger that rests means
/// another thing. Some browsers say of which pointer it comes, others only by which button.
fn is_of_mouse(event: &MouseEvent) -> bool {
    match event.dyn_ref::<PointerEvent>() {
        Some(event) => event.pointer_type() == "mouse",
        None => event.button() == RIGHT,
    }
}

fn takes_own_presses(event: &web_sys::Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target
        .and_then(|target| target.closest(OWN_PRESSES).ok().flatten())
        .is_some()
}
