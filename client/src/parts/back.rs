//! The back key of a phone closes what is open before it leaves the board.
//!
//! Each thing that is open has an entry of its own in the browser's history, made when a finger opened it: browsers
//! skip entries that came without one. The entry says how many things were open with it, so that what is heard of the
//! history is enough to know what has to be closed, whoever moved in it and how far.

use super::listen::{Turn, listen};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::History;

/// What is open, the last opened last.
#[derive(Clone, Copy)]
struct BackKey {
    open: StoredValue<Vec<Open>, LocalStorage>,
    /// How many entries of the history are ours.
    entries: StoredValue<usize>,
}

#[derive(Clone)]
struct Open {
    id: u32,
    close: UnsyncCallback<()>,
}

/// From here on the back key is heard, for what is below the present owner.
pub(crate) fn provide_back_key() {
    let back = BackKey {
        open: StoredValue::new_local(Vec::new()),
        entries: StoredValue::new(entries_now()),
    };
    provide_context(back);
    listen(&window(), "popstate", Turn::Last, move |_| back.went());
    // A page that is loaded again has its entries still, and nothing open.
    back.goes_back_soon();
}

/// While `is_open`, the back key does `close`. Nothing on a screen whose back key is not ours.
pub(crate) fn closes_on_back(
    is_open: impl Fn() -> bool + Send + Sync + 'static,
    close: impl Fn() + 'static,
) {
    let Some(back) = use_context::<BackKey>() else {
        return;
    };
    let close = UnsyncCallback::new(move |()| close());
    let id = StoredValue::new(None::<u32>);
    let is_open = Memo::new(move |_| is_open());
    Effect::new(move || {
        if is_open.get() {
            id.set_value(Some(back.opened(close)));
        } else if let Some(id) = id.try_update_value(Option::take).flatten() {
            back.closed(id);
        }
    });
    on_cleanup(move || {
        if let Some(id) = id.try_update_value(Option::take).flatten() {
            back.closed(id);
        }
    });
}

impl BackKey {
    fn opened(self, close: UnsyncCallback<()>) -> u32 {
        let (id, count) = self
            .open
            .try_update_value(|open| {
                let id = open.last().map_or(0, |last| last.id.wrapping_add(1));
                open.push(Open { id, close });
                (id, open.len())
            })
            .unwrap_or_default();
        // Where one thing closes and another opens, the second takes over the first one's entry.
        if self.entries.get_value() < count
            && let Some(history) = history()
            && history
                .push_state_with_url(&JsValue::from_f64(count as f64), "", None)
                .is_ok()
        {
            self.entries.set_value(count);
        }
        id
    }

    fn closed(self, id: u32) {
        self.open
            .try_update_value(|open| open.retain(|one| one.id != id));
        self.goes_back_soon();
    }

    /// The browser moved in the history.
    fn went(self) {
        let left = entries_now();
        self.entries.set_value(left);
        let closing = self
            .open
            .try_update_value(|open| open.split_off(left.min(open.len())))
            .unwrap_or_default();
        for one in closing.into_iter().rev() {
            one.close.run(());
        }
        self.goes_back_soon();
    }

    /// Entries of what is no longer open go, when nothing takes them over at once.
    fn goes_back_soon(self) {
        set_timeout(
            move || {
                let Some(open) = self.open.try_with_value(Vec::len) else {
                    return; // the page is gone
                };
                let spare = self.entries.get_value().saturating_sub(open);
                if spare > 0
                    && let Some(history) = history()
                {
                    self.entries.set_value(open);
                    // A browser that does not let us has an entry more, which does nothing.
                    let _ = history.go_with_delta(-i32::try_from(spare).unwrap_or(i32::MAX));
                }
            },
            Duration::ZERO,
        );
    }
}

fn history() -> Option<History> {
    window().history().ok()
}

/// How many of the history's entries up to the present one are ours.
fn entries_now() -> usize {
    let state = history().and_then(|history| history.state().ok());
    state
        .and_then(|state| state.as_f64())
        .map_or(0, |count| count as usize)
}
