//! A photo as a page shows it: fetched once, with the key in a header, and kept as an address of the
//! page's own (`blob:`) that every view of it shares.
//!
//! The board may name a photo that its sender has not sent yet: then it is asked for again, less and
//! less often. What this device took itself is shown before the server has it ([`offer`]). A page
//! opens one board; its addresses end with it.

use super::api;
use crate::replica::{Replica, after};
use leptos::{prelude::*, task::spawn_local};
use samtavle_shared::ids::PhotoId;
use std::{cell::RefCell, collections::HashMap};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response, Url};

/// A photo that is not there yet is asked for again after so long; then after twice as long.
const FIRST_WAIT_MS: u32 = 4_000;
/// And at least so often.
const LONGEST_WAIT_MS: u32 = 60_000;

/// A photo as this page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Photo {
    /// It is being fetched for the first time.
    Loading,
    /// It is here, at this address of the page's own.
    Here(String),
    /// The server does not have it yet, or cannot be reached; it is asked for again by itself.
    Missing,
}

/// Why a photo was not given.
enum Failure {
    /// Perhaps the next time.
    NotYet,
    /// Never with this key.
    Never,
}

thread_local! {
    static PHOTOS: RefCell<HashMap<PhotoId, ArcRwSignal<Photo>>> = RefCell::default();
}

/// A photo, and whatever becomes of it. It is fetched when it is first asked for.
pub(crate) fn photo(replica: Replica, id: PhotoId) -> ArcRwSignal<Photo> {
    if let Some(known) = PHOTOS.with_borrow(|photos| photos.get(&id).cloned()) {
        return known;
    }
    let shown = remember(&id, Photo::Loading);
    fetch(replica, id, shown.clone(), FIRST_WAIT_MS);
    shown
}

/// Shows a photo that this device took, whether the server has it or not.
pub(crate) fn offer(id: &PhotoId, photo: &Blob) {
    let known = PHOTOS.with_borrow(|photos| photos.get(id).cloned());
    let is_here = known
        .as_ref()
        .is_some_and(|shown| matches!(&*shown.read_untracked(), Photo::Here(_)));
    if is_here {
        return;
    }
    if let Ok(address) = Url::create_object_url_with_blob(photo) {
        match known {
            Some(shown) => shown.set(Photo::Here(address)),
            None => {
                remember(id, Photo::Here(address));
            }
        }
    }
}

fn remember(id: &PhotoId, photo: Photo) -> ArcRwSignal<Photo> {
    let shown = ArcRwSignal::new(photo);
    PHOTOS.with_borrow_mut(|photos| photos.insert(id.clone(), shown.clone()));
    shown
}

fn fetch(replica: Replica, id: PhotoId, shown: ArcRwSignal<Photo>, wait: u32) {
    spawn_local(async move {
        let got = get(replica, &id).await;
        if matches!(&*shown.read_untracked(), Photo::Here(_)) {
            return; // this device offered its own meanwhile
        }
        match got {
            Ok(blob) => match Url::create_object_url_with_blob(&blob) {
                Ok(address) => shown.set(Photo::Here(address)),
                Err(_) => shown.set(Photo::Missing),
            },
            Err(failure) => {
                if *shown.read_untracked() != Photo::Missing {
                    shown.set(Photo::Missing);
                }
                if matches!(failure, Failure::NotYet) {
                    let next = (wait * 2).min(LONGEST_WAIT_MS);
                    after(wait, move || fetch(replica, id, shown, next));
                }
            }
        }
    });
}

async fn get(replica: Replica, id: &PhotoId) -> Result<Blob, Failure> {
    let (init, _) = api::request(replica, "GET").ok_or(Failure::Never)?;
    let asked = window().fetch_with_str_and_init(&api::address(replica, id), &init);
    let answer = JsFuture::from(asked).await.map_err(|_| Failure::NotYet)?;
    let answer: Response = answer.unchecked_into();
    match answer.status() {
        200 => {}
        401 | 403 => return Err(Failure::Never),
        _ => return Err(Failure::NotYet),
    }
    let bytes = answer.blob().map_err(|_| Failure::NotYet)?;
    let bytes = JsFuture::from(bytes).await.map_err(|_| Failure::NotYet)?;
    Ok(bytes.unchecked_into())
}
