//! Changing a board: one transaction, with a method for each thing that a person does. What it sets is
//! written down, so that it can be taken back.

use super::{
    BoardView, Cluster, Collapsed, Link, NewNote, NoteKind, Order, TextEdit, ThingId, document,
    document::{Roots, Template, all_maps_in, any_map_at, maps_in, plain, point, read_string},
    gone::is_gone,
    history::Recorder,
    link::{ItemId, LinkKind},
    text_edit::{utf16_len, whole_letter, words_within},
};
use crate::schema::{CLUSTER, COLLAPSED, KIND, LANGUAGE, ORDER, POS, Root, TEMPLATE, TEXT, TITLE};
use crate::{
    geometry::BoardPoint,
    ids::{ClusterId, LinkId, NoteId},
    language::Language,
};
use std::ops::Deref;
use yrs::{
    Any, Doc, GetString, Map, MapPrelim, MapRef, Origin, Out, Text, TextPrelim, TextRef, Transact,
    TransactionMut,
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

    /// Who made a transaction: told by its origin, never by the Yjs client that wrote. One without is the person's.
    pub(super) fn of(origin: Option<&Origin>) -> Self {
        [Self::ForGood, Self::Elsewhere, Self::Before]
            .into_iter()
            .find(|made| origin == Some(&made.origin()))
            .unwrap_or(Self::Here)
    }
}

/// One change of a board, done when it is dropped.
pub struct Change<'a> {
    txn: TransactionMut<'a>,
    roots: &'a Roots,
    /// What can be taken back is written down there.
    recorder: Option<Recorder>,
    made: Made,
    is_recorded: bool,
}

/// The map of a thing, or (`None`) of the board's own fields, and whose it is.
pub(super) struct ThingMap {
    thing: Option<ThingId>,
    map: MapRef,
}

impl Deref for ThingMap {
    type Target = MapRef;

    fn deref(&self) -> &MapRef {
        &self.map
    }
}

impl<'a> Change<'a> {
    pub(super) fn begin(
        doc: &'a Doc,
        roots: &'a Roots,
        made: Made,
        recorder: Option<Recorder>,
    ) -> Self {
        Self {
            txn: doc.transact_mut_with(made.origin()),
            roots,
            recorder,
            made,
            is_recorded: false,
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
        let id = note.id.clone();
        self.add(ThingId::Note(id), note.into_map(&order));
    }

    /// Deletes a note; `at`: milliseconds since 1970. Others may be writing in it: all of it can be
    /// brought back.
    pub fn delete_note(&mut self, id: &NoteId, at: f64) {
        self.take_off(&ThingId::Note(id.clone()), at);
    }

    /// Moves a note's top left corner here (whole board units).
    pub fn move_note(&mut self, id: &NoteId, to: BoardPoint) {
        if let Some(map) = self.note_map(id) {
            self.set_point(&map, POS, to);
        }
    }

    /// Changes what a note speaks of.
    pub fn set_kind(&mut self, id: &NoteId, kind: NoteKind) {
        if let Some(map) = self.note_map(id).filter(|_| kind != NoteKind::Other) {
            self.set_string(&map, KIND, kind.name());
        }
    }

    /// Lays a note on top of all others, if it is not there already.
    pub fn raise(&mut self, id: &NoteId) {
        let Some(map) = self.note_map(id) else { return };
        let orders = self.orders(&self.roots.notes);
        let own = self.order_of(&map);
        if orders.iter().filter(|other| **other >= own).count() > 1 {
            let top = Order::above(&orders).spelled();
            self.set_string(&map, ORDER, &top);
        }
    }

    /// Edits a note's text.
    pub fn write_note(&mut self, id: &NoteId, edit: &TextEdit) {
        if let Some(map) = self.note_map(id) {
            self.edit_text(&map, TEXT, edit);
        }
    }

    /// Makes a cluster; its place matters only while it has no notes.
    pub fn add_cluster(&mut self, id: &ClusterId, title: &str, pos: BoardPoint) {
        if any_map_at(&self.txn, &self.roots.clusters, id.as_str()).is_some() {
            return;
        }
        let order = Order::above(self.orders(&self.roots.clusters).iter());
        let map = Cluster::new_map(title, pos, &order);
        self.add(ThingId::Cluster(id.clone()), map);
    }

    /// Edits a cluster's title.
    pub fn write_title(&mut self, id: &ClusterId, edit: &TextEdit) {
        if let Some(map) = self.thing(&ThingId::Cluster(id.clone())) {
            self.edit_text(&map, TITLE, edit);
        }
    }

    /// Moves where a cluster stands while it has no notes.
    pub fn move_cluster(&mut self, id: &ClusterId, to: BoardPoint) {
        if let Some(map) = self.thing(&ThingId::Cluster(id.clone())) {
            self.set_point(&map, POS, to);
        }
    }

    /// Lays a cluster together to a stack, or spreads it out again.
    pub fn collapse(&mut self, id: &ClusterId, collapsed: Collapsed) {
        if let Some(map) = self.thing(&ThingId::Cluster(id.clone())) {
            match collapsed {
                Collapsed::Yes => self.set_any(&map, COLLAPSED, Any::Bool(true)),
                Collapsed::No => self.remove(&map, COLLAPSED),
            }
        }
    }

    /// Puts a note in a cluster; it leaves the one where it was.
    pub fn join_cluster(&mut self, id: &NoteId, cluster: &ClusterId) {
        if let Some(map) = self.note_map(id) {
            self.set_string(&map, CLUSTER, cluster.as_str());
        }
    }

    /// Takes a note out of its cluster.
    pub fn leave_cluster(&mut self, id: &NoteId) {
        if let Some(map) = self.note_map(id) {
            self.remove(&map, CLUSTER);
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
        self.add(ThingId::Link(id.clone()), Link::new_map(from, to, kind));
    }

    /// Takes a link away; `at`: milliseconds since 1970.
    pub fn delete_link(&mut self, id: &LinkId, at: f64) {
        self.take_off(&ThingId::Link(id.clone()), at);
    }

    /// Edits the board's title.
    pub fn write_board_title(&mut self, edit: &TextEdit) {
        let meta = self.meta();
        if meta.get(&self.txn, TITLE).is_none() {
            meta.insert(&mut self.txn, TITLE, TextPrelim::new(""));
        }
        self.edit_text(&meta, TITLE, edit);
    }

    /// Says how the workshop begins.
    pub fn set_template(&mut self, template: Template) {
        let meta = self.meta();
        self.set_string(&meta, TEMPLATE, template.name());
    }

    /// Says in which language the board speaks where nobody chooses one: on its wall.
    pub fn set_language(&mut self, language: Language) {
        let meta = self.meta();
        self.set_string(&meta, LANGUAGE, language.tag());
    }

    pub(super) fn txn(&self) -> &TransactionMut<'a> {
        &self.txn
    }

    pub(super) fn txn_mut(&mut self) -> &mut TransactionMut<'a> {
        &mut self.txn
    }

    pub(super) fn roots(&self) -> &'a Roots {
        self.roots
    }

    /// A thing that is on the board.
    pub(super) fn thing(&self, thing: &ThingId) -> Option<ThingMap> {
        self.any_thing(thing).filter(|map| !is_gone(&self.txn, map))
    }

    /// A thing that is in the document, also when it is gone.
    pub(super) fn any_thing(&self, thing: &ThingId) -> Option<ThingMap> {
        let map = any_map_at(&self.txn, self.roots.of(thing), thing.name())?;
        let thing = Some(thing.clone());
        Some(ThingMap { thing, map })
    }

    pub(super) fn note_map(&self, id: &NoteId) -> Option<ThingMap> {
        self.thing(&ThingId::Note(id.clone()))
    }

    /// All notes, also those that are gone.
    pub(super) fn all_note_maps(&self) -> Vec<ThingMap> {
        let notes = all_maps_in(&self.txn, &self.roots.notes);
        notes
            .map(|(id, map)| {
                let thing = Some(ThingId::Note(id.into()));
                ThingMap { thing, map }
            })
            .collect()
    }

    fn meta(&self) -> ThingMap {
        ThingMap {
            thing: None,
            map: self.roots.meta.clone(),
        }
    }

    pub(super) fn add(&mut self, thing: ThingId, map: MapPrelim) {
        let root = self.roots.of(&thing);
        root.insert(&mut self.txn, thing.name(), map);
        if let Some(recorder) = self.recorder() {
            recorder.made(thing);
        }
    }

    /// What was done to a thing that goes for good is no step any more: there is nothing to take back.
    pub(super) fn forget_thing(&mut self, thing: &ThingId) {
        if let Some(recorder) = &self.recorder
            && self.made == Made::ForGood
        {
            recorder.forget_thing(thing);
        }
    }

    /// What fields of this name were is never put back.
    pub(super) fn forget(&mut self, field: &str) {
        if let Some(recorder) = &self.recorder {
            recorder.forget(field);
        }
    }

    /// Takes away every field that is not in the schema, of every thing, also of those that are gone.
    pub fn forget_unknown(&mut self) {
        let things = [
            (&self.roots.notes, Root::Notes),
            (&self.roots.clusters, Root::Clusters),
            (&self.roots.links, Root::Links),
            (&self.roots.images, Root::Images),
        ];
        let mut unknown: Vec<(MapRef, String)> = Vec::new();
        for (of_root, root) in things {
            for (_, map) in all_maps_in(&self.txn, of_root) {
                let fields = map
                    .keys(&self.txn)
                    .filter(|name| root.field(name).is_none());
                let fields: Vec<String> = fields.map(str::to_owned).collect();
                unknown.extend(fields.into_iter().map(|name| (map.clone(), name)));
            }
        }
        for (map, field) in unknown {
            map.remove(&mut self.txn, &field);
        }
    }

    /// Where to write down what is done in this change, if it can be taken back.
    fn recorder(&mut self) -> Option<&Recorder> {
        let recorder = self.recorder.as_ref().filter(|_| self.made == Made::Here)?;
        if !std::mem::replace(&mut self.is_recorded, true) {
            recorder.begin();
        }
        Some(recorder)
    }

    fn order_of(&self, map: &MapRef) -> Order {
        read_string(&self.txn, map, ORDER)
            .and_then(|text| Order::read(&text))
            .unwrap_or_default()
    }

    pub(super) fn orders(&self, root: &MapRef) -> Vec<Order> {
        maps_in(&self.txn, root)
            .map(|(_, map)| self.order_of(&map))
            .collect()
    }

    /// A register is written only when it changes: no needless update, no needless undo step.
    fn set_string(&mut self, map: &ThingMap, field: &str, value: &str) {
        if read_string(&self.txn, map, field).as_deref() != Some(value) {
            self.set_any(map, field, Any::from(value));
        }
    }

    /// Sets a field of words; without words there is no field.
    pub(super) fn set_words(&mut self, map: &ThingMap, field: &str, words: &str) {
        if words.is_empty() {
            self.remove(map, field);
        } else {
            self.set_string(map, field, words);
        }
    }

    pub(super) fn set_any(&mut self, map: &ThingMap, field: &str, value: Any) {
        let before = plain(&self.txn, map, field);
        map.insert(&mut self.txn, field, value.clone());
        self.was_set(map, field, before, Some(value));
    }

    pub(super) fn remove(&mut self, map: &ThingMap, field: &str) {
        let before = plain(&self.txn, map, field);
        map.remove(&mut self.txn, field);
        self.was_set(map, field, before, None);
    }

    fn was_set(&mut self, map: &ThingMap, field: &str, before: Option<Any>, after: Option<Any>) {
        if let Some(recorder) = self.recorder() {
            recorder.field(map.thing.as_ref(), field, before, after);
        }
    }

    pub(super) fn set_point(&mut self, map: &ThingMap, field: &str, to: BoardPoint) {
        if document::read_point(&self.txn, map, field) != Some(to.on_board().rounded()) {
            self.set_any(map, field, point(to));
        }
    }

    fn edit_text(&mut self, map: &ThingMap, field: &str, edit: &TextEdit) {
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
        if let Some(recorder) = self.recorder() {
            let removed = words_within(&now, at, until - at);
            let thing = map.thing.as_ref();
            recorder.words(thing, field, length, at, &removed, edit.inserted_len());
        }
    }

    /// The text in a field. A plain string of another client becomes a text, with its letters.
    fn text_in(&mut self, map: &ThingMap, field: &str) -> TextRef {
        if let Some(Out::YText(text)) = map.get(&self.txn, field) {
            return text;
        }
        let letters = document::read_text(&self.txn, map, field);
        map.insert(&mut self.txn, field, TextPrelim::new(letters))
    }
}
