//! What the session is told about the board and the people here, read only when it asks.

use super::{document::Document, script, terms::Caller};
use samtavle_shared::{
    board::{BoardView, Image, Note, NoteKind, Reading},
    geometry::{BoardPoint, BoardRect},
    ids::{ClusterId, NoteId, PersonId},
    layout::{GAP, cluster_frame, most_of, size_of},
    session::{Card, Compared, Facts, Item, KnownNote},
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The world at the moment of a command.
pub(super) struct World<'a> {
    pub(super) document: &'a Document,
    pub(super) now: u64,
    pub(super) seed: u64,
    pub(super) here: &'a BTreeSet<PersonId>,
    pub(super) seen: &'a BTreeMap<PersonId, BTreeSet<NoteId>>,
    pub(super) kept: &'a Kept,
    /// Who asks.
    pub(super) caller: &'a Caller,
}

/// What the notes of a document have in common, while it is as it is.
#[derive(Default)]
pub(super) struct Kept(RefCell<Option<(u64, Arc<Compared>)>>);

impl Facts for World<'_> {
    fn now(&self) -> u64 {
        self.now
    }

    fn seed(&self) -> u64 {
        self.seed
    }

    fn here(&self) -> &BTreeSet<PersonId> {
        self.here
    }

    fn notes(&self) -> Vec<KnownNote> {
        let known = |note: Note| KnownNote {
            id: note.id,
            kind: note.kind,
            text: note.text,
            cluster: note.cluster,
            voice: note.voice,
            lived: note.lived,
        };
        self.document
            .read(|board| board.notes().into_iter().map(known).collect())
    }

    fn is_wanted(&self) -> bool {
        self.caller.is_there()
    }

    fn compared(&self) -> Option<Arc<Compared>> {
        let version = self.document.version();
        let mut kept = self.kept.0.borrow_mut();
        if let Some((of, compared)) = &*kept
            && *of == version
        {
            return Some(Arc::clone(compared));
        }
        let is_wanted = || self.is_wanted();
        let compared = Compared::of(self.notes(), self.seed, &is_wanted)?;
        let compared = Arc::new(compared);
        *kept = Some((version, Arc::clone(&compared)));
        Some(compared)
    }

    fn has(&self, item: &Item) -> bool {
        self.document.read(|board| match item {
            Item::Note(note) => board.note(note).is_some(),
            Item::Cluster(cluster) => board.cluster(cluster).is_some(),
        })
    }

    /// Below all that is there.
    fn free_area(&self) -> BoardPoint {
        /// Clear of the desk's bars, as the first note of an empty board.
        const START: BoardPoint = BoardPoint::new(240.0, 200.0);
        let around = self
            .document
            .read(|board| most_of(Lying::on(board).everything()));
        around.map_or(START, |all| {
            BoardPoint::new(all.min.x, all.max.y + 6.0 * GAP).rounded()
        })
    }

    fn cards(&self) -> &[Card] {
        script::cards()
    }

    fn seen(&self) -> &BTreeMap<PersonId, BTreeSet<NoteId>> {
        self.seen
    }
}

/// What lies on the board: something new must not lie on it.
pub(super) struct Lying {
    /// Clusters, and pictures.
    pub(super) frames: Vec<BoardRect>,
    /// Notes in no cluster.
    pub(super) notes: Vec<(NoteKind, BoardRect)>,
}

impl Lying {
    /// Reads it.
    pub(super) fn on<T: Reading>(board: &BoardView<'_, T>) -> Self {
        let notes = board.notes();
        let rect = |note: &Note| BoardRect::at(note.pos, size_of(note));
        let mut frames: BTreeMap<ClusterId, (BoardPoint, Vec<BoardRect>)> = board
            .clusters()
            .into_iter()
            .map(|cluster| (cluster.id, (cluster.pos, Vec::new())))
            .collect();
        let mut free = Vec::new();
        for note in &notes {
            match (note.cluster.as_ref()).and_then(|cluster| frames.get_mut(cluster)) {
                Some((_, inside)) => inside.push(rect(note)),
                None => free.push((note.kind, rect(note))),
            }
        }
        let around = |(pos, inside): (BoardPoint, Vec<BoardRect>)| cluster_frame(inside, pos);
        Self {
            frames: frames
                .into_values()
                .map(around)
                .chain(board.images().iter().map(Image::rect))
                .collect(),
            notes: free,
        }
    }

    /// All of it.
    pub(super) fn everything(&self) -> impl Iterator<Item = BoardRect> {
        let notes = self.notes.iter().map(|(_, rect)| rect);
        self.frames.iter().chain(notes).copied()
    }
}
