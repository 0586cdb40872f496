//! Between the page and its local copy: shown first, written with every change, shared by all tabs of this browser.

use super::{Replica, link, local::COPY_PATIENCE_MS, set_if_new, timer};
use crate::browser::storage;
use leptos::prelude::*;
use samtavle_shared::{board::Made, news::By};

/// Told to the page when its site's data was cleared while it is open: `assets/shell/start.js` keeps the app again.
pub(crate) const CLEARED: &str = "samtavle:cleared";

/// A browser that is about to throw a copy away may close it first, and throw the new one away with the old.
const LOOK_AGAIN_MS: u32 = 2_000;
/// What is remembered beside the copy can be cleared without a word.
const REMEMBER_MS: u32 = 10_000;

impl Replica {
    /// Shows the local copy as soon as it is read, then connects.
    pub(super) fn start(self) {
        self.tick();
        self.outlive_clearing();
        leptos::task::spawn_local(async move {
            let read = self.inner().local.read().await;
            match read {
                // A key that this browser never came in by may be anybody's invention.
                Ok(updates) if link::remembered_role(&self.inner().ticket).is_none() => {
                    self.inner().unshown.replace(updates);
                }
                Ok(updates) => {
                    self.take_from_copy(&updates);
                    if self.inner().local.has_begun.get() {
                        set_if_new(self.keeps_copy, storage::keeps());
                        self.dial_anew(); // it may have what the server lacks
                    }
                }
                Err(error) => {
                    leptos::logging::warn!("no local copy: {error}");
                    self.keeps_copy.set(false);
                }
            }
            self.begin();
        });
        // There are browsers whose IndexedDB never answers.
        timer::after(COPY_PATIENCE_MS, move || {
            if !self.inner().local.has_begun.get() {
                self.keeps_copy.set(false);
                self.begin();
            }
        });
    }

    /// Somebody may clear the site's data while the page is open, or the browser may. What the page has is kept again.
    fn outlive_clearing(self) {
        storage::learn();
        self.inner()
            .local
            .when_lost(move || self.copy_was_cleared());
        let of_others =
            window_event_listener(leptos::ev::storage, move |event| match event.key() {
                Some(key) => storage::hear(&key, event.new_value().as_deref()),
                None => remember_again(),
            });
        let leaving = window_event_listener_untyped("pagehide", |_| remember_again());
        on_cleanup(move || {
            of_others.remove();
            leaving.remove();
        });
        remember_now_and_then();
    }

    fn copy_was_cleared(self) {
        self.inner().local.begin_anew();
        self.keep(Vec::new());
        remember_again();
        timer::after(LOOK_AGAIN_MS, move || {
            leptos::task::spawn_local(async move {
                remember_again();
                tell_cleared();
                if self.inner().local.is_empty().await {
                    self.inner().local.begin_anew();
                    self.keep(Vec::new());
                }
            });
        });
    }

    fn begin(self) {
        if !self.inner().local.has_begun.replace(true) {
            self.state.is_open.set(self.state.has_anything());
            self.connect();
        }
    }

    /// The key is right: what was kept of the board is shown.
    pub(super) fn show_what_was_kept(self) {
        let updates = self.inner().unshown.take();
        if !updates.is_empty() {
            self.take_from_copy(&updates);
        }
    }

    fn take_from_copy(self, updates: &[Vec<u8>]) {
        let inner = self.inner();
        for update in updates {
            if let Err(error) = inner.board.apply(update, Made::Before) {
                leptos::logging::warn!("the local copy has a record that is not whole: {error}");
            }
        }
        inner.board.take_updates(); // they come from the copy; it has them
        self.show_changes(By::Me, By::Others); // another tab's hand, if any
    }

    /// Another tab with this board has written something, and there is no server to tell of it.
    pub(super) fn read_what_another_tab_wrote(self) {
        if !self.inner().unshown.borrow().is_empty() {
            return;
        }
        leptos::task::spawn_local(async move {
            match self.inner().local.read_newer().await {
                Ok(updates) => self.take_from_copy(&updates),
                Err(error) => leptos::logging::warn!("the local copy could not be read: {error}"),
            }
        });
    }

    /// Writes these down.
    pub(super) fn keep(self, updates: Vec<Vec<u8>>) {
        let inner = self.inner();
        leptos::task::spawn_local(async move {
            let whole = || inner.board.whole();
            match inner.local.append(updates, whole, timer::now_ms()).await {
                Some(Ok(())) => set_if_new(self.keeps_copy, storage::keeps()),
                Some(Err(error)) => {
                    leptos::logging::warn!("the local copy could not be written: {error}");
                    set_if_new(self.keeps_copy, false);
                }
                None => {}
            }
        });
    }
}

fn remember_now_and_then() {
    remember_again();
    timer::after(REMEMBER_MS, remember_now_and_then);
}

fn remember_again() {
    if storage::keep_again() {
        tell_cleared();
    }
}

fn tell_cleared() {
    if let Ok(event) = web_sys::Event::new(CLEARED) {
        let _ = window().dispatch_event(&event); // nobody need hear it
    }
}
