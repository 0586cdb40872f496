//! What comes out of transactions: changes for the views, and updates for the others.

use super::{change::Made, document::Roots};
use crate::ids::{ClusterId, ImageId, LinkId, NoteId};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};
use yrs::{
    DeepObservable, Doc, MapRef,
    types::{Event, PathSegment},
};

/// An update as it came out of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// v1 bytes.
    pub bytes: Vec<u8>,
    /// Who made it.
    pub made: Made,
}

/// What changed: read it anew.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BoardChange {
    /// A note came, went or changed.
    Note(NoteId),
    /// A cluster came, went or changed.
    Cluster(ClusterId),
    /// A link came, went or changed.
    Link(LinkId),
    /// A picture came, went or changed.
    Image(ImageId),
    /// The board's title, template or language changed.
    Meta,
}

/// Collects what transactions bring, until somebody asks: an observer runs inside a transaction and
/// may not read the document, so the reading is done after.
pub(super) struct Journal {
    pages: Arc<Mutex<Pages>>,
}

#[derive(Default)]
struct Pages {
    updates: Vec<Update>,
    changes: Vec<BoardChange>,
    seen: HashSet<BoardChange>,
}

impl Pages {
    fn note(&mut self, change: BoardChange) {
        if self.seen.insert(change.clone()) {
            self.changes.push(change);
        }
    }
}

impl Journal {
    pub(super) fn of(doc: &Doc, roots: &Roots) -> Self {
        let pages = Arc::new(Mutex::new(Pages::default()));
        observe(&roots.notes, &pages, |id| {
            BoardChange::Note(NoteId::from(id))
        });
        observe(&roots.clusters, &pages, |id| {
            BoardChange::Cluster(ClusterId::from(id))
        });
        observe(&roots.links, &pages, |id| {
            BoardChange::Link(LinkId::from(id))
        });
        observe(&roots.images, &pages, |id| {
            BoardChange::Image(ImageId::from(id))
        });
        observe(&roots.meta, &pages, |_| BoardChange::Meta);

        let updates = Arc::clone(&pages);
        doc.observe_update_v1("journal", move |txn, event| {
            let made = Made::of(txn.origin());
            locked(&updates).updates.push(Update {
                bytes: event.update.clone(),
                made,
            });
        })
        .expect("a new document has no transaction under way");
        Self { pages }
    }

    pub(super) fn take_updates(&self) -> Vec<Update> {
        std::mem::take(&mut locked(&self.pages).updates)
    }

    pub(super) fn take_changes(&self) -> Vec<BoardChange> {
        let mut pages = locked(&self.pages);
        pages.seen.clear();
        std::mem::take(&mut pages.changes)
    }
}

fn observe(root: &MapRef, pages: &Arc<Mutex<Pages>>, change: fn(Arc<str>) -> BoardChange) {
    let pages = Arc::clone(pages);
    root.observe_deep("journal", move |txn, events| {
        let mut pages = locked(&pages);
        for event in events.iter() {
            match (event.path().front(), event) {
                (Some(PathSegment::Key(id)), _) => pages.note(change(Arc::clone(id))),
                (None, Event::Map(at_root)) => {
                    for id in at_root.keys(txn).keys() {
                        pages.note(change(Arc::clone(id)));
                    }
                }
                _ => {}
            }
        }
    });
}

fn locked(pages: &Mutex<Pages>) -> std::sync::MutexGuard<'_, Pages> {
    pages.lock().unwrap_or_else(PoisonError::into_inner)
}
