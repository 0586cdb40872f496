//! Changing a board: one transaction, with a method for each thing that a person does; and what
//! comes out of it, as changes for the views and updates for the others.

use super::{
    BoardView, Cluster, Link, NewNote, NoteKind, Order, TextEdit, ThingId, cluster, document,
    document::{
        META_LANGUAGE, META_TEMPLATE, META_TITLE, Roots, Template, all_maps_in, any_map_at, map_at,
        maps_in, point, read_string,
    },
    link::{ItemId, LinkKind},
    note,
    text_edit::utf16_len,
};
use crate::{
    geometry::BoardPoint,
    ids::{ClusterId, ImageId, LinkId, NoteId},
    language::Language,
};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};
use yrs::{
    Any, DeepObservable, Doc, GetString, Map, MapRef, Origin, Out, Text, TextPrelim, TextRef,
    Transact, TransactionMut,
    types::{Event, PathSegment},
};

/// Who made a change, as far as undo and sending are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// By the person at this replica: to be sent, and can be undone.
    Here,
    /// By the person, too, but not to be undone (a board's first title).
    ForGood,
    /// By somebody else: came from the server.
    Elsewhere,
    /// Earlier: came from the local copy or the log.
    Before,
}

impl Made {
    pub(super) fn origin(self) -> Origin {
        Origin::from(match self {
            Self::Here => "here",
            Self::ForGood => "for-good",
            Self::Elsewhere => "elsewhere",
            Self::Before => "before",
        })
    }

    /// Undo's own transactions bear an origin that it makes up: they are the person's.
    fn of(origin: Option<&Origin>) -> Self {
        [Self::ForGood, Self::Elsewhere, Self::Before]
            .into_iter()
            .find(|made| origin == Some(&made.origin()))
            .unwrap_or(Self::Here)
    }
}

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

/// One change of a board, done when it is dropped.
pub struct Change<'a> {
    txn: TransactionMut<'a>,
    roots: &'a Roots,
}

impl<'a> Change<'a> {
    pub(super) fn begin(doc: &'a Doc, roots: &'a Roots, made: Made) -> Self {
        Self {
            txn: doc.transact_mut_with(made.origin()),
            roots,
        }
    }

    /// The board as it stands within this change.
    pub fn view(&self) -> BoardView<'_, &TransactionMut<'_>> {
        BoardView::within(&self.txn, self.roots)
    }

    /// What has changed so far, as a v1 update: for whoever keeps no journal.
    pub fn encoded(&self) -> Vec<u8> {
        self.txn.encode_update_v1()
    }

    /// What has been deleted so far, as clocks of a client: more than is in the update, maybe, for what
    /// is in a deleted thing goes with it.
    pub fn deleted(&self) -> Vec<(u64, std::ops::Range<u32>)> {
        super::document::deleted_in(&self.txn)
    }

    /// Ends it. Dropping it does the same; this is for whoever must catch a panic in between.
    pub fn commit(&mut self) {
        self.txn.commit();
    }

    /// Posts a note on top of the others. A note that is there already, or was and is gone, stays as it
    /// is: a draft that is revealed twice makes one note.
    pub fn add_note(&mut self, note: NewNote) {
        if any_map_at(&self.txn, &self.roots.notes, note.id.as_str()).is_some() {
            return;
        }
        let order = Order::above(self.orders(&self.roots.notes).iter());
        self.roots
            .notes
            .insert(&mut self.txn, note.id.to_string(), note.into_map(&order));
    }

    /// Deletes a note; `at`: milliseconds since 1970. Others may be writing in it: all of it can be
    /// brought back.
    pub fn delete_note(&mut self, id: &NoteId, at: f64) {
        self.take_off(&ThingId::Note(id.clone()), at);
    }

    /// Moves a note's top left corner here (whole board units).
    pub fn move_note(&mut self, id: &NoteId, to: BoardPoint) {
        if let Some(map) = self.note_map(id) {
            self.set_point(&map, note::POS, to);
        }
    }

    /// Changes what a note speaks of.
    pub fn set_kind(&mut self, id: &NoteId, kind: NoteKind) {
        if let Some(map) = self.note_map(id).filter(|_| kind != NoteKind::Other) {
            self.set_string(&map, note::KIND, kind.name());
        }
    }

    /// Lays a note on top of all others, if it is not there already.
    pub fn raise(&mut self, id: &NoteId) {
        let Some(map) = self.note_map(id) else { return };
        let orders = self.orders(&self.roots.notes);
        let own = self.order_of(&map);
        if orders.iter().filter(|other| **other >= own).count() > 1 {
            let top = Order::above(&orders).spelled();
            self.set_string(&map, note::ORDER, &top);
        }
    }

    /// Edits a note's text.
    pub fn write_note(&mut self, id: &NoteId, edit: &TextEdit) {
        if let Some(map) = self.note_map(id) {
            self.edit_text(&map, note::TEXT, edit);
        }
    }

    /// Makes a cluster; its place matters only while it has no notes.
    pub fn add_cluster(&mut self, id: &ClusterId, title: &str, pos: BoardPoint) {
        if any_map_at(&self.txn, &self.roots.clusters, id.as_str()).is_some() {
            return;
        }
        let order = Order::above(self.orders(&self.roots.clusters).iter());
        let map = Cluster::new_map(title, pos, &order);
        self.roots
            .clusters
            .insert(&mut self.txn, id.to_string(), map);
    }

    /// Edits a cluster's title.
    pub fn write_title(&mut self, id: &ClusterId, edit: &TextEdit) {
        if let Some(map) = map_at(&self.txn, &self.roots.clusters, id.as_str()) {
            self.edit_text(&map, cluster::TITLE, edit);
        }
    }

    /// Moves where a cluster stands while it has no notes.
    pub fn move_cluster(&mut self, id: &ClusterId, to: BoardPoint) {
        if let Some(map) = map_at(&self.txn, &self.roots.clusters, id.as_str()) {
            self.set_point(&map, cluster::POS, to);
        }
    }

    /// Puts a note in a cluster; it leaves the one where it was.
    pub fn join_cluster(&mut self, id: &NoteId, cluster: &ClusterId) {
        if let Some(map) = self.note_map(id) {
            self.set_string(&map, note::CLUSTER, cluster.as_str());
        }
    }

    /// Takes a note out of its cluster.
    pub fn leave_cluster(&mut self, id: &NoteId) {
        if let Some(map) = self.note_map(id) {
            self.remove(&map, note::CLUSTER);
        }
    }

    /// Takes a cluster away and leaves its notes where they are; `at`: milliseconds since 1970.
    pub fn dissolve(&mut self, id: &ClusterId, at: f64) {
        self.take_off(&ThingId::Cluster(id.clone()), at);
    }

    /// Links two items. A link that is there already stays as it is.
    pub fn add_link(&mut self, id: &LinkId, from: &ItemId, to: &ItemId, kind: LinkKind) {
        if any_map_at(&self.txn, &self.roots.links, id.as_str()).is_some() {
            return;
        }
        self.roots
            .links
            .insert(&mut self.txn, id.to_string(), Link::new_map(from, to, kind));
    }

    /// Takes a link away; `at`: milliseconds since 1970.
    pub fn delete_link(&mut self, id: &LinkId, at: f64) {
        self.take_off(&ThingId::Link(id.clone()), at);
    }

    /// Edits the board's title.
    pub fn write_board_title(&mut self, edit: &TextEdit) {
        let meta = self.roots.meta.clone();
        if meta.get(&self.txn, META_TITLE).is_none() {
            meta.insert(&mut self.txn, META_TITLE, TextPrelim::new(""));
        }
        self.edit_text(&meta, META_TITLE, edit);
    }

    /// Says how the workshop begins.
    pub fn set_template(&mut self, template: Template) {
        let meta = self.roots.meta.clone();
        self.set_string(&meta, META_TEMPLATE, template.name());
    }

    /// Says in which language the board speaks where nobody chooses one: on its wall.
    pub fn set_language(&mut self, language: Language) {
        let meta = self.roots.meta.clone();
        self.set_string(&meta, META_LANGUAGE, language.tag());
    }

    pub(super) fn txn(&self) -> &TransactionMut<'a> {
        &self.txn
    }

    pub(super) fn txn_mut(&mut self) -> &mut TransactionMut<'a> {
        &mut self.txn
    }

    pub(super) fn images(&self) -> &'a MapRef {
        &self.roots.images
    }

    pub(super) fn note_map(&self, id: &NoteId) -> Option<MapRef> {
        map_at(&self.txn, &self.roots.notes, id.as_str())
    }

    /// All notes, also those that are gone.
    pub(super) fn all_note_maps(&self) -> Vec<MapRef> {
        let notes = all_maps_in(&self.txn, &self.roots.notes);
        notes.map(|(_, map)| map).collect()
    }

    pub(super) fn root_of(&self, thing: &ThingId) -> &'a MapRef {
        match thing {
            ThingId::Note(_) => &self.roots.notes,
            ThingId::Cluster(_) => &self.roots.clusters,
            ThingId::Link(_) => &self.roots.links,
            ThingId::Image(_) => &self.roots.images,
        }
    }

    fn order_of(&self, map: &MapRef) -> Order {
        read_string(&self.txn, map, note::ORDER)
            .and_then(|text| Order::read(&text))
            .unwrap_or_default()
    }

    pub(super) fn orders(&self, root: &MapRef) -> Vec<Order> {
        maps_in(&self.txn, root)
            .map(|(_, map)| self.order_of(&map))
            .collect()
    }

    /// A register is written only when it changes: no needless update, no needless undo step.
    fn set_string(&mut self, map: &MapRef, field: &str, value: &str) {
        if read_string(&self.txn, map, field).as_deref() != Some(value) {
            map.insert(&mut self.txn, field, Any::from(value));
        }
    }

    /// Sets a field of words; without words there is no field.
    pub(super) fn set_words(&mut self, map: &MapRef, field: &str, words: &str) {
        if words.is_empty() {
            self.remove(map, field);
        } else {
            self.set_string(map, field, words);
        }
    }

    pub(super) fn set_any(&mut self, map: &MapRef, field: &str, value: Any) {
        map.insert(&mut self.txn, field, value);
    }

    pub(super) fn remove(&mut self, map: &MapRef, field: &str) {
        map.remove(&mut self.txn, field);
    }

    pub(super) fn set_point(&mut self, map: &MapRef, field: &str, to: BoardPoint) {
        if document::read_point(&self.txn, map, field) != Some(to.on_board().rounded()) {
            map.insert(&mut self.txn, field, point(to));
        }
    }

    fn edit_text(&mut self, map: &MapRef, field: &str, edit: &TextEdit) {
        if edit.is_empty() {
            return;
        }
        let text = self.text_in(map, field);
        let now = text.get_string(&self.txn);
        let length = utf16_len(&now);
        let at = whole_letter(&now, edit.at.min(length));
        let until = whole_letter(&now, (edit.at.saturating_add(edit.remove)).min(length));
        if until > at {
            text.remove_range(&mut self.txn, at, until - at);
        }
        if !edit.insert.is_empty() {
            text.insert(&mut self.txn, at, &edit.insert);
        }
    }

    /// The text in a field. A plain string of another client becomes a text, with its letters.
    fn text_in(&mut self, map: &MapRef, field: &str) -> TextRef {
        if let Some(Out::YText(text)) = map.get(&self.txn, field) {
            return text;
        }
        let letters = document::read_text(&self.txn, map, field);
        map.insert(&mut self.txn, field, TextPrelim::new(letters))
    }
}

/// The offset, or the one before it when it would cut a surrogate pair.
fn whole_letter(text: &str, offset: u32) -> u32 {
    let mut before = 0;
    for letter in text.chars() {
        let after = before + letter.len_utf16() as u32;
        if after > offset {
            return before;
        }
        before = after;
    }
    before
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
