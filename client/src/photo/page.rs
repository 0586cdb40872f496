//! The pictures of this page: what there is of each, in memory and on the device.

use super::{
    keep, lay, load,
    picture::{self, Picture, Sent},
    send::{self, Sending},
    shrink::{Shrunk, file_of, shrink},
};
use crate::replica::{CLEARED, Replica};
use js_sys::Uint8Array;
use leptos::prelude::*;
use samtavle_shared::{
    board::{StepId, Undone},
    ids::{BoardId, ImageId, NoteId, PhotoId},
};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, Blob, StorageEvent};

/// So many photos that the server has are kept here, too: to go on cutting without a network.
const KEPT_WHEN_SAVED: usize = 12;

thread_local! {
    /// A page opens one board; its pictures outlive the desk that becomes a phone.
    static PAGE: Cell<Option<Pictures>> = const { Cell::new(None) };
}

/// Why a file did not become a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// More than is tried here.
    TooLarge,
    /// This browser cannot read it: a kind of its own, or no picture at all.
    NotReadable,
    /// Nothing came: nothing was chosen, or the camera was refused.
    Nothing,
}

/// The pictures that were taken in this browser.
#[derive(Clone, Copy)]
pub(crate) struct Pictures {
    pub(super) replica: Replica,
    /// Newest first.
    pub(super) mine: RwSignal<Vec<Picture>>,
    /// The one whose sheet is open.
    pub(super) open: RwSignal<Option<ImageId>>,
    /// At a desk: whether the list of them is open.
    pub(super) is_list_open: RwSignal<bool>,
    /// How many photos are being made small.
    pub(super) preparing: RwSignal<usize>,
    /// What became of the last file.
    pub(super) trouble: RwSignal<Option<Trouble>>,
    /// Which one is on its way, and how many hundredths of it have come.
    pub(super) on_its_way: RwSignal<Option<(ImageId, u32)>>,
    pub(super) sending: StoredValue<Sending, LocalStorage>,
    /// Photos that are nowhere else, or were just taken.
    at_hand: StoredValue<Vec<(ImageId, Uint8Array)>, LocalStorage>,
}

/// Begins a board's page; call it where the page lives.
pub(crate) fn begin(replica: Replica) {
    let board = replica.ticket().board;
    let pictures = Pictures {
        replica,
        mine: RwSignal::new(picture::read_all(&board)),
        open: RwSignal::new(None),
        is_list_open: RwSignal::new(false),
        preparing: RwSignal::new(0),
        trouble: RwSignal::new(None),
        on_its_way: RwSignal::new(None),
        sending: StoredValue::new_local(Sending::default()),
        at_hand: StoredValue::new_local(Vec::new()),
    };
    PAGE.set(Some(pictures));
    pictures.throw_away_the_rest();
    send::begin(pictures);
    lay::begin(pictures);
    keep_from_leaving(pictures);
    follow_other_tabs(pictures, board);
    outlive_clearing(pictures);
}

/// What waits to be sent is at hand as long as the page is open: it outlives also that somebody clears the site's data.
fn outlive_clearing(pictures: Pictures) {
    let waiting = |one: &&Picture| one.sent == Sent::NotYet;
    let ids: Vec<ImageId> = pictures.mine.with_untracked(|mine| {
        mine.iter()
            .filter(waiting)
            .map(|one| one.id.clone())
            .collect()
    });
    leptos::task::spawn_local(async move {
        for id in ids {
            if let Some(bytes) = pictures.photo(&id).await {
                pictures.at_hand.update_value(|at_hand| {
                    if at_hand.iter().all(|(one, _)| *one != id) {
                        at_hand.push((id, bytes));
                    }
                });
            }
        }
    });
    let _ = window_event_listener_untyped(CLEARED, move |_| {
        leptos::task::spawn_local(async move {
            for (id, bytes) in pictures.at_hand.with_value(Clone::clone) {
                if let Err(error) = keep::keep(&pictures.board(), &id, &bytes).await {
                    leptos::logging::warn!("a photo could not be kept again: {error}");
                    pictures.change(&id, |one| one.is_kept = false);
                }
            }
        });
    });
}

/// Where nothing can be kept, leaving would lose what is not sent: the browser asks first.
fn keep_from_leaving(pictures: Pictures) {
    let _ = window_event_listener_untyped("beforeunload", move |event| {
        let is_lost = |one: &Picture| one.sent == Sent::NotYet && !one.is_kept;
        let is_any_lost = pictures
            .mine
            .with_untracked(|mine| mine.iter().any(is_lost));
        if is_any_lost && let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
            event.prevent_default();
        }
    });
}

/// What another tab writes is shown here, unless it would be written over here in the next moment.
fn follow_other_tabs(pictures: Pictures, board: BoardId) {
    let key = picture::key(&board);
    let _ = window_event_listener_untyped("storage", move |event| {
        let is_it = event
            .dyn_ref::<StorageEvent>()
            .is_some_and(|event| event.key().as_ref() == Some(&key));
        if is_it && pictures.open.with_untracked(Option::is_none) {
            let mut all = picture::read_all(&board);
            // What no storage holds is only here.
            pictures.mine.with_untracked(|mine| {
                all.extend(mine.iter().filter(|one| !one.is_kept).cloned());
            });
            pictures.mine.set(all);
        }
    });
}

impl Pictures {
    /// Those of this page.
    pub(crate) fn of(replica: Replica) -> Self {
        PAGE.with(Cell::get).unwrap_or_else(|| {
            begin(replica);
            Self::of(replica)
        })
    }

    pub(super) fn board(self) -> BoardId {
        self.replica.ticket().board
    }

    /// Takes files as they come from a camera, a folder, the clipboard. Each is made small and kept before
    /// anything is sent. Of a single one the notes can be cut out at once.
    pub(crate) fn take(self, files: Vec<Blob>) {
        self.trouble.set(None);
        if files.is_empty() {
            self.trouble.set(Some(Trouble::Nothing));
            return;
        }
        let is_single = files.len() == 1;
        self.preparing.update(|preparing| *preparing += files.len());
        leptos::task::spawn_local(async move {
            // One after the other: each needs much memory for a moment.
            for file in files {
                match shrink(&file).await {
                    Ok(shrunk) => {
                        let id = self.add(shrunk).await;
                        if is_single {
                            self.cut(&id);
                        }
                    }
                    Err(trouble) => self.trouble.set(Some(trouble)),
                }
                self.preparing.update(|preparing| *preparing -= 1);
            }
        });
    }

    /// Opens the sheet in which a picture is cut; the list makes room.
    pub(super) fn cut(self, id: &ImageId) {
        self.is_list_open.set(false);
        self.open.set(Some(id.clone()));
    }

    async fn add(self, shrunk: Shrunk) -> ImageId {
        let board = self.board();
        let id = ImageId::from(Replica::new_photo_id().as_str());
        let mut picture = Picture {
            id: id.clone(),
            width: shrunk.width,
            height: shrunk.height,
            stamp: shrunk.stamp,
            sent: Sent::NotYet,
            is_kept: true,
            is_laid: false,
            marks: Vec::new(),
        };
        // First that there is one, or another tab would throw the photo away.
        let is_noted = picture::keep(&board, &picture);
        let kept = keep::keep(&board, &id, &shrunk.bytes).await;
        if let Err(error) = &kept {
            leptos::logging::warn!("a photo could not be kept: {error}");
        }
        picture.is_kept = is_noted && kept.is_ok();
        if !picture.is_kept {
            // Not found again after a reload: then it must not be looked for.
            picture::forget(&board, &id);
        }
        self.at_hand
            .update_value(|at_hand| at_hand.push((id.clone(), shrunk.bytes)));
        self.mine.update(|mine| mine.insert(0, picture));
        send::send_on(self);
        id
    }

    /// The photo, if this device has it.
    pub(super) async fn photo(self, id: &ImageId) -> Option<Uint8Array> {
        let at_hand = self.at_hand.with_value(|at_hand| {
            let found = at_hand.iter().find(|(one, _)| one == id);
            found.map(|(_, bytes)| bytes.clone())
        });
        if at_hand.is_some() {
            return at_hand;
        }
        match keep::read(&self.board(), id).await {
            Ok(found) => found,
            Err(error) => {
                leptos::logging::warn!("photos could not be read: {error}");
                None
            }
        }
    }

    /// Shows a photo as this device has it, whether the server has it or not.
    pub(super) fn show(self, id: &ImageId) {
        let Some(photo) = PhotoId::read(id.as_str()) else {
            return;
        };
        let id = id.clone();
        leptos::task::spawn_local(async move {
            if let Some(file) = self.photo(&id).await.as_ref().and_then(file_of) {
                load::offer(&photo, &file);
            }
        });
    }

    /// Once the server has it, memory need not hold it any longer.
    pub(super) fn let_go(self, id: &ImageId) {
        let is_kept = self.with(id, |one| one.is_kept).unwrap_or_default();
        if is_kept {
            self.at_hand
                .update_value(|at_hand| at_hand.retain(|(one, _)| one != id));
        }
    }

    /// Something of a picture, not followed.
    pub(super) fn with<T>(self, id: &ImageId, of: impl FnOnce(&Picture) -> T) -> Option<T> {
        self.mine
            .with_untracked(|mine| mine.iter().find(|one| one.id == *id).map(of))
    }

    /// Changes a picture here; [`Pictures::keep`] writes it down.
    pub(super) fn change(self, id: &ImageId, change: impl FnOnce(&mut Picture)) {
        self.mine.update(|mine| {
            if let Some(picture) = mine.iter_mut().find(|one| one.id == *id) {
                change(picture);
            }
        });
    }

    /// Writes a picture down as it is.
    pub(super) fn keep(self, id: &ImageId) {
        let board = self.board();
        self.with(id, |one| {
            if one.is_kept {
                picture::keep(&board, one);
            }
        });
    }

    /// Changes a picture and writes it down.
    pub(super) fn edit(self, id: &ImageId, change: impl FnOnce(&mut Picture)) {
        self.change(id, change);
        self.keep(id);
    }

    /// Throws a picture away, here and on the board; gives back what [`Pictures::bring_back`] takes: the picture,
    /// and the step that took it off the board, if it lay there. The photo stays on the device until the page
    /// is opened anew.
    pub(super) fn remove(self, id: &ImageId) -> Option<(Picture, Option<StepId>)> {
        let removed = self.with(id, Picture::clone)?;
        self.mine.update(|mine| mine.retain(|one| one.id != *id));
        picture::forget(&self.board(), id);
        let at = self.replica.written_at();
        let step = removed
            .is_laid
            .then(|| self.replica.step(|change| change.remove_image(id, at)));
        Some((removed, step.flatten()))
    }

    /// Brings a picture back that was thrown away, and on the board if nobody has changed it there since.
    pub(super) fn bring_back(self, picture: Picture, step: Option<StepId>) -> Undone {
        let id = picture.id.clone();
        let undone = step.map_or(Undone::Done, |step| self.replica.undo_step(step));
        self.mine.update(|mine| mine.insert(0, picture));
        self.keep(&id);
        send::send_on(self);
        undone
    }

    /// Photos of pictures that are no longer in the list go, and old ones that the server has.
    fn throw_away_the_rest(self) {
        let board = self.board();
        leptos::task::spawn_local(async move {
            let thrown_away = keep::keep_only(&board, || needed(&picture::read_all(&board)));
            if let Err(error) = thrown_away.await {
                leptos::logging::warn!("old photos could not be thrown away: {error}");
            }
        });
    }

    /// A new mark's id: the note's, for ever.
    pub(super) fn new_note_id() -> NoteId {
        Replica::new_note_id()
    }
}

/// Photos that must stay on the device.
fn needed(pictures: &[Picture]) -> Vec<ImageId> {
    let mut saved = 0;
    let mut needed = Vec::new();
    for one in pictures {
        saved += usize::from(one.sent == Sent::Saved);
        if one.sent != Sent::Saved || saved <= KEPT_WHEN_SAVED {
            needed.push(one.id.clone());
        }
    }
    needed
}
