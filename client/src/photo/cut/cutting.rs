//! What is going on while a picture is cut: which rectangle is chosen, and what a person does to them.

use crate::{
    i18n::{
        I18n,
        language::{counted, filled},
        t_string, use_i18n,
    },
    parts::notice::{Notices, use_notices},
    photo::{
        lay,
        mark::{Area, Mark},
        mine::remove_with_way_back,
        page::Pictures,
        picture::Picture,
    },
    session::{
        phase::kind_asked_for,
        post::{Posting, is_draft, post_as},
        scribe::for_whom,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{Cut, NoteKind},
    ids::{ImageId, NoteId, PhotoId},
};

/// One open sheet. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Cutting {
    pub(super) pictures: Pictures,
    picture: StoredValue<ImageId>,
    /// Width by height.
    pub(super) ratio: f64,
    /// The rectangle that tools and fingers act on.
    pub(super) chosen: RwSignal<Option<NoteId>>,
    /// The one that was put last: its row comes into view.
    pub(super) newest: StoredValue<Option<NoteId>>,
    /// What the next note speaks of: as the last one whose kind was chosen.
    kind: StoredValue<NoteKind>,
    i18n: I18n,
    notices: Notices,
}

impl Cutting {
    pub(super) fn new(pictures: Pictures, picture: ImageId) -> Self {
        let (ratio, last) = pictures
            .with(&picture, |one| {
                let last = one.marks.iter().rev().find(|mark| !mark.is_posted);
                (one.ratio(), last.map(|mark| (mark.id.clone(), mark.kind())))
            })
            .unwrap_or((1.0, None));
        let kind = last.as_ref().map(|(_, kind)| *kind);
        Self {
            pictures,
            picture: StoredValue::new(picture),
            ratio,
            chosen: RwSignal::new(last.map(|(id, _)| id)),
            newest: StoredValue::new(None),
            kind: StoredValue::new(kind.unwrap_or_else(|| kind_asked_for(pictures.replica))),
            i18n: use_i18n(),
            notices: use_notices(),
        }
    }

    pub(super) fn photo(self) -> Option<PhotoId> {
        self.picture.with_value(|id| PhotoId::read(id.as_str()))
    }

    /// Something of the picture, followed.
    pub(super) fn read<T>(self, of: impl FnOnce(&Picture) -> T) -> Option<T> {
        let mine = self.pictures.mine.read();
        let picture = self
            .picture
            .with_value(|id| mine.iter().find(|one| one.id == *id));
        picture.map(of)
    }

    /// All rectangles, in the order in which they were put.
    pub(super) fn ids(self) -> Vec<NoteId> {
        let ids = |one: &Picture| one.marks.iter().map(|mark| mark.id.clone()).collect();
        self.read(ids).unwrap_or_default()
    }

    /// Those that are no notes yet.
    pub(super) fn unposted_ids(self) -> Vec<NoteId> {
        let ids = |one: &Picture| {
            let marks = one.marks.iter().filter(|mark| !mark.is_posted);
            marks.map(|mark| mark.id.clone()).collect()
        };
        self.read(ids).unwrap_or_default()
    }

    /// A part of a rectangle, followed.
    pub(super) fn part<T>(self, id: &NoteId, of: fn(&Mark) -> T) -> Memo<Option<T>>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let id = id.clone();
        Memo::new(move |_| self.read(|one| one.mark(&id).map(of)).flatten())
    }

    /// Its number on the picture.
    pub(super) fn number(self, id: &NoteId) -> Memo<usize> {
        let id = id.clone();
        let place = move |one: &Picture| one.marks.iter().position(|mark| mark.id == id);
        Memo::new(move |_| self.read(&place).flatten().map_or(0, |place| place + 1))
    }

    /// Changes a rectangle, and writes it down unless a finger is still on it.
    pub(super) fn change(self, id: &NoteId, change: impl FnOnce(&mut Mark)) {
        let picture = self.picture.get_value();
        self.pictures.change(&picture, |one| {
            if let Some(mark) = one.mark_mut(id).filter(|mark| !mark.is_posted) {
                change(mark);
            }
        });
    }

    /// Writes down what was changed.
    pub(super) fn keep(self) {
        self.picture.with_value(|id| self.pictures.keep(id));
    }

    pub(super) fn write(self, id: &NoteId, text: &str) {
        self.change(id, |mark| text.clone_into(&mut mark.text));
        self.keep();
    }

    pub(super) fn set_kind(self, id: &NoteId, kind: NoteKind) {
        self.kind.set_value(kind);
        self.change(id, |mark| mark.set_kind(kind));
        self.keep();
    }

    /// Moves and sizes the chosen one.
    pub(super) fn shape_chosen(self, shape: impl FnOnce(Area) -> Area) {
        if let Some(id) = self.chosen.get_untracked() {
            self.change(&id, |mark| mark.area = shape(mark.area));
            self.keep();
        }
    }

    /// A rectangle around a point of the picture.
    pub(super) fn add_around(self, x: f64, y: f64) {
        let like = self.areas().last().copied();
        self.add(Area::around(x, y, like, self.ratio));
    }

    /// A rectangle beside the others, for who cannot point.
    pub(super) fn add_next(self) {
        self.add(Area::next(&self.areas(), self.ratio));
    }

    fn areas(self) -> Vec<Area> {
        let areas = |one: &Picture| one.marks.iter().map(|mark| mark.area).collect();
        untrack(|| self.read(areas)).unwrap_or_default()
    }

    fn add(self, area: Area) {
        let mark = Mark::new(Pictures::new_note_id(), area, self.kind.get_value());
        self.newest.set_value(Some(mark.id.clone()));
        self.chosen.set(Some(mark.id.clone()));
        let picture = self.picture.get_value();
        self.pictures.edit(&picture, |one| one.marks.push(mark));
        let number = untrack(|| self.ids().len()).to_string();
        self.notices.announce(filled(
            t_string!(self.i18n, photo.mark),
            &[("number", &number)],
        ));
    }

    /// Takes a rectangle away, with what was written beside it.
    pub(super) fn remove(self, id: &NoteId) {
        let picture = self.picture.get_value();
        let mut removed = None;
        self.pictures.edit(&picture, |one| {
            let place = one.marks.iter().position(|mark| mark.id == *id);
            removed = place.map(|place| (place, one.marks.remove(place)));
        });
        self.chosen
            .set(untrack(|| self.unposted_ids().last().cloned()));
        let Some((place, mark)) = removed.filter(|(_, mark)| !mark.text.trim().is_empty()) else {
            return;
        };
        let pictures = self.pictures;
        self.notices.show_with_way_back(
            t_string!(self.i18n, photo.mark_removed),
            t_string!(self.i18n, common.undo),
            move || {
                pictures.edit(&picture, |one| {
                    one.marks.insert(place.min(one.marks.len()), mark.clone());
                });
            },
        );
    }

    pub(super) fn remove_picture(self) {
        let picture = self.picture.get_value();
        self.pictures.open.set(None);
        remove_with_way_back(self.pictures, &picture, self.i18n, self.notices);
    }

    /// Makes notes of all that have words; as drafts where the session says so. Each keeps its id, so that
    /// doing it twice makes one.
    pub(super) fn post(self) {
        let (picture, replica) = (self.picture.get_value(), self.pictures.replica);
        let Some(photo) = self.photo() else { return };
        let is_draft = is_draft(replica);
        let ready: Vec<Mark> = self
            .pictures
            .with(&picture, |one| {
                let ready = one.marks.iter().filter(|mark| mark.is_ready());
                ready.cloned().collect()
            })
            .unwrap_or_default();
        for mark in &ready {
            let mut posting = Posting::new(mark.kind(), mark.text.clone());
            posting.cut = Some(Cut {
                photo: photo.clone(),
                rect: mark.rect(),
            });
            posting.for_whom = for_whom(replica);
            post_as(replica, &mark.id, posting);
        }
        self.pictures.edit(&picture, |one| {
            for mark in &mut one.marks {
                mark.is_posted |= ready.iter().any(|posted| posted.id == mark.id);
            }
        });
        self.pictures
            .with(&picture, |one| lay::tell_words(replica, one));
        self.say_posted(ready.len(), is_draft);
        let left = untrack(|| self.unposted_ids());
        if left.is_empty() {
            self.pictures.open.set(None);
        }
        self.chosen.set(left.first().cloned());
    }

    fn say_posted(self, count: usize, is_draft: bool) {
        let (one, many) = if is_draft {
            (
                t_string!(self.i18n, photo.piled_1),
                t_string!(self.i18n, photo.piled_n),
            )
        } else {
            (
                t_string!(self.i18n, photo.posted_1),
                t_string!(self.i18n, photo.posted_n),
            )
        };
        self.notices.show(counted(count, one, many));
    }
}
