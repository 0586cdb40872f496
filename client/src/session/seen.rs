//! Which notes were in front of the person here long enough to be read: by it the disturbances choose what
//! one has not met yet. Nobody is told who read what.

use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::ids::NoteId;
use std::{cell::RefCell, collections::HashMap, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// So long something must be in view to have been read.
const READ_MS: u64 = 1_500;
/// So much of it.
const SHARE: f64 = 0.6;

type Heard = Closure<dyn FnMut(js_sys::Array)>;

/// One observer for all rows of the page.
struct Watch {
    observer: IntersectionObserver,
    /// Which count stands for the present stay of each in view.
    in_view: HashMap<String, u32>,
    stays: u32,
    _heard: Heard,
}

thread_local! {
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// Tells the session when this element, which carries its note's id in `data-note`, was read.
pub(crate) fn watch(replica: Replica, element: &Element) {
    WATCH.with_borrow_mut(|watch| {
        if watch.is_none() {
            *watch = new_watch(replica);
        }
        if let Some(watch) = watch {
            watch.observer.observe(element);
        }
    });
    let element = send_wrapper::SendWrapper::new(element.clone());
    on_cleanup(move || {
        WATCH.with_borrow_mut(|watch| {
            if let Some(watch) = watch {
                watch.observer.unobserve(&element);
                if let Some(id) = element.get_attribute("data-note") {
                    watch.in_view.remove(&id);
                }
            }
        });
    });
}

fn new_watch(replica: Replica) -> Option<Watch> {
    let heard = Heard::new(move |entries: js_sys::Array| {
        for entry in entries {
            if let Ok(entry) = entry.dyn_into::<IntersectionObserverEntry>() {
                hear(replica, &entry);
            }
        }
    });
    let wish = IntersectionObserverInit::new();
    wish.set_threshold(&SHARE.into());
    let observer =
        IntersectionObserver::new_with_options(heard.as_ref().unchecked_ref(), &wish).ok()?;
    Some(Watch {
        observer,
        in_view: HashMap::new(),
        stays: 0,
        _heard: heard,
    })
}

fn hear(replica: Replica, entry: &IntersectionObserverEntry) {
    let Some(id) = entry.target().get_attribute("data-note") else {
        return;
    };
    let stay = WATCH.with_borrow_mut(|watch| {
        let watch = watch.as_mut()?;
        if !entry.is_intersecting() {
            watch.in_view.remove(&id);
            return None;
        }
        watch.stays = watch.stays.wrapping_add(1);
        watch.in_view.insert(id.clone(), watch.stays);
        Some(watch.stays)
    });
    let Some(stay) = stay else { return };
    let look = move || {
        let is_still_there = WATCH.with_borrow(|watch| {
            let watch = watch.as_ref();
            watch.is_some_and(|watch| watch.in_view.get(&id) == Some(&stay))
        });
        if is_still_there && !document().hidden() {
            replica.saw(&NoteId::from(&*id));
        }
    };
    set_timeout(look, Duration::from_millis(READ_MS));
}
