//! Pointers and wheels of the browser, as inputs.

use super::stage::Stage;
use crate::tools::{Device, Input, Intent, Pointer};
use leptos::prelude::*;
use samtavle_shared::geometry::{ScreenPoint, ScreenVector};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent, WheelEvent};

/// What takes its own presses: fields, buttons, and what says so.
const OWN_PRESSES: &str = "textarea, input, button, a, [role=menu], [data-own-presses]";
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
        self.point_at(pointer);
        self.desk.editing.set(None);
        self.cluster_menu.set(None);
        self.link.set(None);
        self.take(Input::Press(pointer, intent));
    }

    pub(super) fn on_pointer_move(self, event: &PointerEvent) {
        self.move_soon(self.pointer(event));
    }

    pub(super) fn on_pointer_up(self, event: &PointerEvent) {
        self.catch_up();
        self.take(Input::Release(self.pointer(event)));
    }

    pub(super) fn on_pointer_lost(self) {
        self.catch_up();
        self.take(Input::Cancel);
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

fn takes_own_presses(event: &web_sys::Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target
        .and_then(|target| target.closest(OWN_PRESSES).ok().flatten())
        .is_some()
}
