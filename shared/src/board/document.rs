//! The document behind a board: its roots, and reading them.

use super::{
    Cluster, Image, Link, Note, Said, ThingId,
    change::{Change, Made},
    gone::is_gone,
    history::Recorder,
    journal::{Journal, Update},
};
use crate::schema::{LANGUAGE, Root, TEMPLATE, TITLE};
use crate::{
    geometry::BoardPoint,
    ids::{ClusterId, ImageId, LinkId, NoteId},
    language::Language,
    limits::MAX_SHARED_TITLE_UTF16,
};
use std::sync::{Arc, Mutex, PoisonError};
use thiserror::Error;
use yrs::{
    Any, ClientID, Doc, GetString, Map, MapRef, Number, OffsetKind, Options, Out, ReadTxn,
    StateVector, Transact, Transaction, TransactionMut, updates::decoder::Decode,
    updates::encoder::Encode,
};

/// The root maps. `ink` and `frames` are there for later versions.
#[derive(Clone)]
pub(super) struct Roots {
    pub(super) notes: MapRef,
    pub(super) clusters: MapRef,
    pub(super) links: MapRef,
    pub(super) images: MapRef,
    pub(super) meta: MapRef,
}

impl Roots {
    /// Where things like this are.
    pub(super) fn of(&self, thing: &ThingId) -> &MapRef {
        match thing {
            ThingId::Note(_) => &self.notes,
            ThingId::Cluster(_) => &self.clusters,
            ThingId::Link(_) => &self.links,
            ThingId::Image(_) => &self.images,
        }
    }
}

/// How a workshop begins; fixed when its board is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Template {
    /// 55 minutes on the problem, 5 on solving it.
    #[default]
    Samskaping60,
    /// The same with time for each step.
    HalfDay,
    /// Only the problem.
    ProblemHunt,
    /// What must we stop doing?
    HabitBreak,
    /// Nothing given.
    Blank,
}

impl Template {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Samskaping60,
        Self::HalfDay,
        Self::ProblemHunt,
        Self::HabitBreak,
        Self::Blank,
    ];

    /// As it stands in the document and in the HTTP API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Samskaping60 => "samskaping-60",
            Self::HalfDay => "half-day",
            Self::ProblemHunt => "problem-hunt",
            Self::HabitBreak => "habit-break",
            Self::Blank => "blank",
        }
    }

    /// Reads a template's name.
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|template| template.name() == name)
    }
}

/// Why an update could not be applied. The board is as before.
#[derive(Debug, Error)]
pub enum ApplyError {
    /// It is no v1 update. What the guard let through never is.
    #[error("the update does not decode")]
    Malformed,
    /// It builds on what this board does not have.
    #[error("the update leaves a gap")]
    Gap,
}

/// A board's document, on any replica: server, desk, phone, wall, test.
pub struct Board {
    doc: Doc,
    roots: Roots,
    /// `None`: nobody here asks what came out of a transaction.
    journal: Option<Journal>,
    /// Where what is done here is written down, once somebody may want to take it back.
    recorder: Mutex<Option<Recorder>>,
    /// What the document is a part of, for the sake of its client id.
    pub(super) holder: Mutex<Option<Doc>>,
}

impl Board {
    /// An empty replica. `client` is the Yjs client id (53 bits) under which this replica writes; it
    /// must be random and never be used by another.
    pub fn new(client: u64) -> Self {
        let mut board = Self::without_journal(client);
        board.journal = Some(Journal::of(&board.doc, &board.roots));
        board
    }

    /// The same without a journal: [`Board::take_updates`] and [`Board::take_changes`] give nothing.
    /// For the server, whose guard has told it what an update touches, and which keeps the bytes that
    /// came.
    pub fn without_journal(client: u64) -> Self {
        let mut options = Options::with_client_id(ClientID::new(client & ((1 << 53) - 1)));
        options.offset_kind = OffsetKind::Utf16; // as Yjs and the browser's text fields count
        options.cleanup_formatting = false; // texts are plain
        let doc = Doc::with_options(options);
        let roots = Roots {
            notes: doc.get_or_insert_map(Root::Notes.name()),
            clusters: doc.get_or_insert_map(Root::Clusters.name()),
            links: doc.get_or_insert_map(Root::Links.name()),
            images: doc.get_or_insert_map(Root::Images.name()),
            meta: doc.get_or_insert_map(Root::Meta.name()),
        };
        Self {
            doc,
            roots,
            journal: None,
            recorder: Mutex::default(),
            holder: Mutex::default(),
        }
    }

    /// The client id under which this replica writes just now.
    pub fn client(&self) -> u64 {
        self.doc.client_id().get()
    }

    /// The document, for what is not the board's own: presence, awareness, history.
    pub fn doc(&self) -> &Doc {
        &self.doc
    }

    pub(super) fn roots(&self) -> &Roots {
        &self.roots
    }

    /// Begins a change; it is done when the value is dropped.
    pub fn change(&self, made: Made) -> Change<'_> {
        let recorder = self.recorder.lock().unwrap_or_else(PoisonError::into_inner);
        Change::begin(&self.doc, &self.roots, made, recorder.clone())
    }

    /// Has what is done here written down from now on.
    pub(super) fn record(&self, recorder: Recorder) {
        *self.recorder.lock().unwrap_or_else(PoisonError::into_inner) = Some(recorder);
    }

    /// Reads the board as it stands now.
    pub fn view(&self) -> BoardView<'_, Transaction<'_>> {
        BoardView {
            txn: self.doc.transact(),
            roots: &self.roots,
        }
    }

    /// Applies a v1 update that came from elsewhere.
    ///
    /// # Errors
    /// [`ApplyError::Malformed`] changes nothing. After [`ApplyError::Gap`] the update waits in the
    /// document for what it builds on; a server never lets it come to that (see the guard).
    pub fn apply(&self, update: &[u8], made: Made) -> Result<(), ApplyError> {
        let update = yrs::Update::decode_v1(update).map_err(|_| ApplyError::Malformed)?;
        let mut txn = self.doc.transact_mut_with(made.origin());
        txn.apply_update(update)
            .map_err(|_| ApplyError::Malformed)?;
        if txn.store().pending_update().is_some() || txn.store().pending_ds().is_some() {
            return Err(ApplyError::Gap);
        }
        Ok(())
    }

    /// What this replica has, as a v1 state vector.
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What this replica has and the other lacks, as a v1 update.
    ///
    /// # Errors
    /// [`ApplyError::Malformed`] when `state_vector` is none.
    pub fn missing_from(&self, state_vector: &[u8]) -> Result<Vec<u8>, ApplyError> {
        let theirs = StateVector::decode_v1(state_vector).map_err(|_| ApplyError::Malformed)?;
        Ok(self.doc.transact().encode_diff_v1(&theirs))
    }

    /// The whole document as a v1 update.
    pub fn whole(&self) -> Vec<u8> {
        self.doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
    }

    /// The updates since this was last asked, oldest first: to be kept, and sent.
    pub fn take_updates(&self) -> Vec<Update> {
        self.journal
            .as_ref()
            .map_or_else(Vec::new, Journal::take_updates)
    }

    /// What changed since this was last asked, each item once.
    pub fn take_changes(&self) -> Vec<super::BoardChange> {
        self.journal
            .as_ref()
            .map_or_else(Vec::new, Journal::take_changes)
    }
}

/// Reading a board within one transaction.
pub struct BoardView<'a, T> {
    txn: T,
    roots: &'a Roots,
}

impl<'a> BoardView<'a, &'a TransactionMut<'a>> {
    pub(super) fn within(txn: &'a TransactionMut<'a>, roots: &'a Roots) -> Self {
        Self { txn, roots }
    }
}

impl<T: Reading> BoardView<'_, T> {
    pub(super) fn reading(&self) -> &T::Txn {
        self.txn.reading()
    }

    pub(super) fn roots(&self) -> &Roots {
        self.roots
    }
}

/// Lets [`BoardView`] hold a transaction or borrow one.
pub trait Reading {
    /// The transaction read from.
    type Txn: ReadTxn;
    /// Borrows it.
    fn reading(&self) -> &Self::Txn;
}

impl Reading for Transaction<'_> {
    type Txn = Self;
    fn reading(&self) -> &Self {
        self
    }
}

impl<'t> Reading for &TransactionMut<'t> {
    type Txn = TransactionMut<'t>;
    fn reading(&self) -> &TransactionMut<'t> {
        self
    }
}

impl<T: Reading> BoardView<'_, T> {
    /// One note.
    pub fn note(&self, id: &NoteId) -> Option<Note> {
        let txn = self.txn.reading();
        let map = map_at(txn, &self.roots.notes, id.as_str())?;
        Some(Note::read(txn, id.clone(), &map, &self.roots.clusters))
    }

    /// The cluster that a note is in, without reading the rest of it; also of a note that is gone, for
    /// it comes back to there.
    pub fn cluster_of(&self, id: &NoteId) -> Option<ClusterId> {
        let txn = self.txn.reading();
        let map = any_map_at(txn, &self.roots.notes, id.as_str())?;
        super::note::read_cluster(txn, &map, &self.roots.clusters)
    }

    /// What only the board itself says of a note, also of one that is gone.
    pub fn said_of(&self, id: &NoteId) -> Said {
        let txn = self.txn.reading();
        let map = any_map_at(txn, &self.roots.notes, id.as_str());
        map.map_or_else(Said::default, |map| Said::read(txn, &map))
    }

    /// All notes, in no order.
    pub fn notes(&self) -> Vec<Note> {
        let txn = self.txn.reading();
        maps_in(txn, &self.roots.notes)
            .map(|(id, map)| Note::read(txn, NoteId::from(id), &map, &self.roots.clusters))
            .collect()
    }

    /// One cluster.
    pub fn cluster(&self, id: &ClusterId) -> Option<Cluster> {
        let txn = self.txn.reading();
        let map = map_at(txn, &self.roots.clusters, id.as_str())?;
        Some(Cluster::read(txn, id.clone(), &map))
    }

    /// All clusters, in no order.
    pub fn clusters(&self) -> Vec<Cluster> {
        let txn = self.txn.reading();
        maps_in(txn, &self.roots.clusters)
            .map(|(id, map)| Cluster::read(txn, ClusterId::from(id), &map))
            .collect()
    }

    /// One link, if its two ends can be read.
    pub fn link(&self, id: &LinkId) -> Option<Link> {
        let txn = self.txn.reading();
        let map = map_at(txn, &self.roots.links, id.as_str())?;
        Link::read(txn, id.clone(), &map)
    }

    /// The links whose two ends can be read, in no order.
    pub fn links(&self) -> Vec<Link> {
        let txn = self.txn.reading();
        maps_in(txn, &self.roots.links)
            .filter_map(|(id, map)| Link::read(txn, LinkId::from(id), &map))
            .collect()
    }

    /// One picture.
    pub fn image(&self, id: &ImageId) -> Option<Image> {
        let txn = self.txn.reading();
        let map = map_at(txn, &self.roots.images, id.as_str())?;
        Some(Image::read(txn, id.clone(), &map))
    }

    /// All pictures, in no order.
    pub fn images(&self) -> Vec<Image> {
        let txn = self.txn.reading();
        maps_in(txn, &self.roots.images)
            .map(|(id, map)| Image::read(txn, ImageId::from(id), &map))
            .collect()
    }

    /// The board's title; empty until it has one.
    pub fn title(&self) -> String {
        read_title(self.txn.reading(), &self.roots.meta, TITLE)
    }

    /// How the workshop began, if it is a template that we know.
    pub fn template(&self) -> Option<Template> {
        read_string(self.txn.reading(), &self.roots.meta, TEMPLATE)
            .and_then(|name| Template::read(&name))
    }

    /// The language of its wall, if it is one that we know.
    pub fn language(&self) -> Option<Language> {
        read_string(self.txn.reading(), &self.roots.meta, LANGUAGE)
            .and_then(|tag| Language::read(&tag))
    }
}

/// What a transaction deleted, as clocks of a client.
pub(super) fn deleted_in(txn: &TransactionMut<'_>) -> Vec<(u64, std::ops::Range<u32>)> {
    txn.delete_set()
        .iter()
        .flat_map(|(client, ranges)| ranges.iter().map(|clocks| (client.get(), clocks.clone())))
        .collect()
}

/// A thing that is on the board.
pub(super) fn map_at<T: ReadTxn>(txn: &T, root: &MapRef, key: &str) -> Option<MapRef> {
    any_map_at(txn, root, key).filter(|map| !is_gone(txn, map))
}

/// A thing that is in the document, also when it is gone.
pub(super) fn any_map_at<T: ReadTxn>(txn: &T, root: &MapRef, key: &str) -> Option<MapRef> {
    match root.get(txn, key) {
        Some(Out::YMap(map)) => Some(map),
        _ => None,
    }
}

/// The things that are on the board.
pub(super) fn maps_in<'a, T: ReadTxn>(
    txn: &'a T,
    root: &'a MapRef,
) -> impl Iterator<Item = (&'a str, MapRef)> {
    all_maps_in(txn, root).filter(|(_, map)| !is_gone(txn, map))
}

/// The things that are in the document, also those that are gone.
pub(super) fn all_maps_in<'a, T: ReadTxn>(
    txn: &'a T,
    root: &'a MapRef,
) -> impl Iterator<Item = (&'a str, MapRef)> {
    root.iter(txn).filter_map(|(key, value)| match value {
        Out::YMap(map) => Some((key, map)),
        _ => None,
    })
}

pub(super) fn read_string<T: ReadTxn>(txn: &T, map: &MapRef, field: &str) -> Option<Arc<str>> {
    match map.get(txn, field) {
        Some(Out::Any(Any::String(text))) => Some(text),
        _ => None,
    }
}

/// A plain value.
pub(super) fn plain<T: ReadTxn>(txn: &T, map: &MapRef, field: &str) -> Option<Any> {
    match map.get(txn, field) {
        Some(Out::Any(value)) => Some(value),
        _ => None,
    }
}

/// A title: no more of it than may stand there. A log of an older version may hold more.
pub(super) fn read_title<T: ReadTxn>(txn: &T, map: &MapRef, field: &str) -> String {
    let mut title = read_text(txn, map, field);
    if title.len() > MAX_SHARED_TITLE_UTF16 {
        let mut units = 0;
        let mut letters = title.char_indices();
        let over = letters.find(|(_, letter)| {
            units += letter.len_utf16();
            units > MAX_SHARED_TITLE_UTF16
        });
        if let Some((end, _)) = over {
            title.truncate(end);
        }
    }
    title
}

/// A text field. Another client may have written a plain string where we write a text: it is shown
/// all the same.
pub(super) fn read_text<T: ReadTxn>(txn: &T, map: &MapRef, field: &str) -> String {
    match map.get(txn, field) {
        Some(Out::YText(text)) => text.get_string(txn),
        Some(Out::Any(Any::String(text))) => text.to_string(),
        _ => String::new(),
    }
}

/// A position: exactly two finite numbers. One that lies beyond the board is read at its edge, and stays as it is.
pub(super) fn read_point<T: ReadTxn>(txn: &T, map: &MapRef, field: &str) -> Option<BoardPoint> {
    let Some(Out::Any(Any::Array(pair))) = map.get(txn, field) else {
        return None;
    };
    let [Any::Number(x), Any::Number(y)] = pair.as_ref() else {
        return None;
    };
    let point = BoardPoint::new(
        super::note::number_as_f64(*x),
        super::note::number_as_f64(*y),
    );
    (point.x.is_finite() && point.y.is_finite()).then(|| point.on_board())
}

/// A position as one value, in whole board units: two drags never mix one's x with another's y. Never beyond the
/// board: the guard refuses that, and a refused change leaves its writer behind.
pub(super) fn point(at: BoardPoint) -> Any {
    let at = at.on_board().rounded();
    Any::Array(
        [at.x, at.y]
            .map(|whole| Any::Number(Number::Int(whole as i64)))
            .into(),
    )
}
