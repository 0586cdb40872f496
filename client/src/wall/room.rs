//! The room in the middle of the wall: how large it is, and by turns what does not fit at once.

use super::screen;
use crate::replica::Replica;
use leptos::{html, prelude::*};
use samtavle_shared::layout::{WallArea, largest_letters, page_stays};
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};

/// So often it is looked whether a page's time is over.
const LOOK: Duration = Duration::from_millis(500);

/// What is said of the page in view at the foot of the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Caption {
    /// The clusters with their counts.
    Overview,
    /// What is new, what is spoken of, and what was shown least.
    Cards,
    /// The cards of what is shown for its own sake.
    Page {
        /// Which page, from 1.
        page: usize,
        /// Of how many.
        pages: usize,
    },
    /// All, a line each.
    Digest {
        /// Which page, from 1.
        page: usize,
        /// Of how many.
        pages: usize,
    },
}

/// The room as signals. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// 1/1080 of the screen's height, pixels.
    pub(super) unit: ReadSignal<f64>,
    /// Width and height, pixels.
    size: RwSignal<(f64, f64)>,
    turn: RwSignal<usize>,
    pages: RwSignal<usize>,
    /// Since when the page is in view, milliseconds since 1970.
    begun_at: StoredValue<f64>,
    /// How long it stays, milliseconds.
    stays: StoredValue<u32>,
    /// What is in view, where that is not one of several pages.
    caption: RwSignal<Option<Caption>>,
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
            stays: StoredValue::new(page_stays(1)),
            caption: RwSignal::new(None),
        };
        follow_size(middle, room.size);
        if let Ok(turning) = set_interval_with_handle(move || room.turn_over(), LOOK) {
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
        self.says(None);
        self.stays(page_stays(1));
    }

    /// The page that has come into view stays so long, milliseconds.
    pub(super) fn stays(self, milliseconds: u32) {
        self.begun_at.set_value(Replica::now_ms());
        self.stays.set_value(milliseconds);
    }

    /// What is in view by turns; nothing when that is over.
    pub(super) fn says(self, caption: Option<Caption>) {
        if self.caption.get_untracked() != caption {
            self.caption.set(caption);
        }
    }

    /// What is said of the page in view.
    pub(super) fn caption(self) -> Option<Caption> {
        self.caption.get()
    }

    /// Counts the pages that were in view, untracked.
    pub(super) fn turned(self) -> usize {
        self.turn.get_untracked()
    }

    /// Whoever calls it is called again when a page turns.
    pub(super) fn track_turns(self) {
        self.turn.track();
    }

    /// So many pages there are: the more they are, the shorter each stays.
    pub(super) fn has_pages(self, pages: usize) {
        let before = self.pages.get_untracked();
        if before == 1 && pages > 1 {
            self.stays(page_stays(pages));
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
        let Some((begun_at, stays)) = self
            .begun_at
            .try_get_value()
            .zip(self.stays.try_get_value())
        else {
            return;
        };
        let is_due = Replica::now_ms() - begun_at >= f64::from(stays);
        let has_more = self.pages.get_untracked() > 1 || self.caption.get_untracked().is_some();
        if has_more && is_due {
            self.stays(page_stays(self.pages.get_untracked()));
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
