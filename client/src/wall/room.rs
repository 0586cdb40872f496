//! The room in the middle of the wall: how large it is, and by turns what does not fit at once.

use super::screen;
use crate::replica::Replica;
use leptos::{html, prelude::*};
use samtavle_shared::layout::{WallArea, largest_letters};
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};

/// How long one page is seen: time to find a cluster and to read ten notes.
const PAGE_STAYS: Duration = Duration::from_secs(15);

/// The room as signals. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// 1/1080 of the screen's height, pixels.
    pub(super) unit: ReadSignal<f64>,
    /// Width and height, pixels.
    size: RwSignal<(f64, f64)>,
    turn: RwSignal<usize>,
    pages: RwSignal<usize>,
    /// Since when the first page is in view, milliseconds since 1970.
    begun_at: StoredValue<f64>,
}

impl Room {
    /// The room of this page; `middle` is what is measured.
    pub(super) fn new(middle: NodeRef<html::Div>) -> Self {
        let room = Self {
            unit: screen::unit(),
            size: RwSignal::new((0.0, 0.0)),
            turn: RwSignal::new(0),
            pages: RwSignal::new(1),
            begun_at: StoredValue::new(0.0),
        };
        follow_size(middle, room.size);
        if let Ok(turning) = set_interval_with_handle(move || room.turn_over(), PAGE_STAYS) {
            on_cleanup(move || turning.clear());
        }
        room
    }

    /// How large it is.
    pub(super) fn area(self) -> WallArea {
        let (width, height) = self.size.get();
        WallArea {
            width,
            height,
            unit: self.unit.get(),
        }
    }

    /// Another scene: it begins with its first page.
    pub(super) fn begin_anew(self) {
        self.pages.set(1);
        self.turn.set(0);
        self.begun_at.set_value(Replica::now_ms());
    }

    /// So many pages there are.
    pub(super) fn has_pages(self, pages: usize) {
        let before = self.pages.get_untracked();
        if before == 1 && pages > 1 {
            self.begun_at.set_value(Replica::now_ms());
        }
        if before != pages.max(1) {
            self.pages.set(pages.max(1));
        }
    }

    /// How many pages there are.
    pub(super) fn page_count(self) -> usize {
        self.pages.get()
    }

    /// Which is in view, from 0.
    pub(super) fn page(self) -> usize {
        self.turn.get() % self.pages.get().max(1)
    }

    fn turn_over(self) {
        // The first page has its whole time, too.
        let Some(begun_at) = self.begun_at.try_get_value() else {
            return;
        };
        let was_seen = Replica::now_ms() - begun_at;
        let is_due = was_seen > 0.9 * PAGE_STAYS.as_millis() as f64;
        if self.pages.get_untracked() > 1 && is_due {
            self.turn.update(|turn| *turn = turn.wrapping_add(1));
        }
    }

    /// The size of bold letters in which words fill a part of the room, for `font-size`. `smallest` and
    /// `largest` are in 1/1080 of the screen's height.
    pub(super) fn letters(self, words: &str, part: (f64, f64), limits: (f64, f64)) -> String {
        let area = self.area();
        let room = (area.width * part.0, area.height * part.1);
        let limits = (limits.0 * area.unit, limits.1 * area.unit);
        px(largest_letters(words, room, 1.15, limits))
    }
}

/// A length for a style.
pub(super) fn px(length: f64) -> String {
    [&*length.to_string(), "px"].concat()
}

/// Tells how large something is, now and whenever that changes.
fn follow_size(of: NodeRef<html::Div>, size: RwSignal<(f64, f64)>) {
    let observer = StoredValue::new_local(None::<(web_sys::ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move || {
        let Some(element) = of.get() else { return };
        let measured = element.clone();
        let measure = move || {
            let now = (
                f64::from(measured.client_width()),
                f64::from(measured.client_height()),
            );
            if size.try_get_untracked().is_some_and(|before| before != now) {
                size.set(now);
            }
        };
        measure();
        let closure = Closure::<dyn FnMut()>::new(measure);
        if let Ok(resize) = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()) {
            resize.observe(&element);
            observer.set_value(Some((resize, closure)));
        }
    });
    on_cleanup(move || {
        if let Some((resize, _closure)) = observer.try_update_value(Option::take).flatten() {
            resize.disconnect();
        }
    });
}
