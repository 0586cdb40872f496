//! Signals from [`BoardChange`]s, and the indexes that views ask: what is in this part, what is in
//! this cluster.

use super::ClusterShape;
use leptos::prelude::*;
use samtavle_shared::{
    board::{BoardChange, BoardView, Image, Link, Note, Reading, Template},
    direction::plain_name,
    geometry::{BoardPoint, BoardRect, BoardVector, SpatialIndex},
    ids::{ClusterId, ImageId, NoteId, VoiceId},
    language::Language,
    layout::{Lying, Thing, Whole, cluster_frame, collapsed_frame, size_of},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// One note's signals.
#[derive(Clone)]
pub struct NoteSignals {
    /// The note as it stands in the document.
    pub note: ArcRwSignal<Note>,
    /// How far it is lifted from there by somebody who drags it.
    pub lift: ArcRwSignal<Option<BoardVector>>,
}

impl NoteSignals {
    /// Where it is seen now: its rectangle, with what drags it.
    pub fn seen_rect(&self) -> BoardRect {
        let by = self.lift.get().unwrap_or_default();
        self.note.with(|note| rect_of(note).moved(by))
    }
}

/// The board as signals. Copy it freely.
#[derive(Clone, Copy)]
pub struct BoardState {
    held: StoredValue<Held, LocalStorage>,
    /// Whether there is something true to show: the local copy, or the server's first answer.
    pub is_open: RwSignal<bool>,
    /// The board's title.
    pub title: RwSignal<String>,
    /// How the workshop began.
    pub template: RwSignal<Option<Template>>,
    /// In which language its wall speaks.
    pub language: RwSignal<Option<Language>>,
    /// Counts changes of what is where: views that ask for a part of the board follow it.
    pub moved: RwSignal<u64>,
    /// All clusters, in their order. A cluster's own signal tells the rest.
    pub clusters: RwSignal<Vec<ClusterId>>,
    /// All links, in no order of meaning. An end may be hidden, or gone.
    pub links: RwSignal<Vec<Link>>,
    /// All pictures, bottom of the stack first. A picture's own signal tells the rest.
    pub images: RwSignal<Vec<ImageId>>,
    /// How many notes there are.
    pub note_count: RwSignal<usize>,
}

#[derive(Default)]
struct Held {
    notes: HashMap<NoteId, NoteSignals>,
    clusters: HashMap<ClusterId, ArcRwSignal<ClusterShape>>,
    /// Those that lie there as a stack.
    stacked: HashSet<ClusterId>,
    members: HashMap<ClusterId, BTreeSet<NoteId>>,
    images: HashMap<ImageId, ArcRwSignal<Image>>,
    where_is: SpatialIndex<NoteId>,
    /// Who has lifted what (`None` is the person here), and where in the document it lay then.
    lifted: HashMap<Option<u64>, Vec<(NoteId, BoardPoint)>>,
    /// How far each lifted note is from where it lies in the document; its signal follows.
    lifts: HashMap<NoteId, BoardVector>,
    dirty: Vec<BoardRect>,
    /// Notes that a facilitator has hidden: they are in the document and on no screen.
    hidden: HashSet<NoteId>,
}

/// Past this many, what is dirty is simply everything around them.
const MOST_DIRTY: usize = 256;

/// A note's rectangle where it lies in the document, board units.
fn rect_of(note: &Note) -> BoardRect {
    BoardRect::at(note.pos, size_of(note))
}

impl BoardState {
    pub(crate) fn new() -> Self {
        Self {
            held: StoredValue::new_local(Held::default()),
            is_open: RwSignal::new(false),
            title: RwSignal::new(String::new()),
            template: RwSignal::new(None),
            language: RwSignal::new(None),
            moved: RwSignal::new(0),
            clusters: RwSignal::new(Vec::new()),
            links: RwSignal::new(Vec::new()),
            images: RwSignal::new(Vec::new()),
            note_count: RwSignal::new(0),
        }
    }

    /// The signals of a note. They are not tracked by asking; `moved` is.
    pub fn note(self, id: &NoteId) -> Option<NoteSignals> {
        self.held.with_value(|held| held.notes.get(id).cloned())
    }

    /// The signal of a cluster.
    pub fn cluster(self, id: &ClusterId) -> Option<ArcRwSignal<ClusterShape>> {
        self.held.with_value(|held| held.clusters.get(id).cloned())
    }

    /// A note's signals for what is drawn with the note or without it: whoever asks is asked anew when it comes or
    /// goes. A page that opens in the middle of a workshop hears of notes before it has them.
    pub(crate) fn awaited_note(self, id: &NoteId) -> Option<NoteSignals> {
        let found = self.note(id);
        if found.is_some() {
            self.note_count.track();
        } else {
            self.moved.track();
        }
        found
    }

    /// [`Self::awaited_note`] for a cluster.
    pub(crate) fn awaited_cluster(self, id: &ClusterId) -> Option<ArcRwSignal<ClusterShape>> {
        self.clusters.track();
        self.cluster(id)
    }

    /// The signal of a picture.
    pub fn image(self, id: &ImageId) -> Option<ArcRwSignal<Image>> {
        self.held.with_value(|held| held.images.get(id).cloned())
    }

    /// The topmost picture under this point, untracked.
    pub fn image_at(self, point: BoardPoint) -> Option<ImageId> {
        let images = self.images.get_untracked();
        images.into_iter().rev().find(|id| {
            self.image(id)
                .is_some_and(|image| image.with_untracked(|image| image.rect().contains(point)))
        })
    }

    /// All notes as they are now, in no order; follows `moved`, not texts.
    pub fn note_ids(self) -> Vec<NoteId> {
        self.moved.track();
        self.held
            .with_value(|held| held.notes.keys().cloned().collect())
    }

    /// The notes that are seen in this part of the board, bottom of the stack first.
    pub fn notes_in(self, part: BoardRect) -> Vec<NoteId> {
        self.held.with_value(|held| {
            let mut found: Vec<_> = held
                .where_is
                .overlapping(part)
                .into_iter()
                .filter(|id| !held.is_stacked(id))
                .filter_map(|id| {
                    let order = held
                        .notes
                        .get(&id)?
                        .note
                        .with_untracked(|note| note.order.clone());
                    Some((order, id))
                })
                .collect();
            samtavle_shared::sorting::sort_by(&mut found, Ord::cmp);
            found.into_iter().map(|(_, id)| id).collect()
        })
    }

    /// Whether a note lies in a cluster that is a stack, and is not seen on the table; untracked.
    pub fn is_stacked(self, note: &NoteId) -> bool {
        self.held.with_value(|held| held.is_stacked(note))
    }

    /// Where a note is seen now, untracked.
    pub fn rect_of(self, id: &NoteId) -> Option<BoardRect> {
        self.held.with_value(|held| held.where_is.rect_of(id))
    }

    /// The notes that somebody drags just now, untracked.
    pub fn lifted(self) -> Vec<NoteId> {
        self.held.with_value(|held| {
            held.lifted
                .values()
                .flatten()
                .map(|(id, _)| id.clone())
                .collect()
        })
    }

    /// The topmost note under this point, untracked.
    pub fn note_at(self, point: BoardPoint) -> Option<NoteId> {
        self.notes_in(
            BoardRect {
                min: point,
                max: point,
            }
            .grown(0.01),
        )
        .pop()
    }

    /// The cluster whose frame holds this point, the latest first, untracked.
    pub fn cluster_at(self, point: BoardPoint) -> Option<ClusterId> {
        let clusters = self.clusters.get_untracked();
        clusters.into_iter().rev().find(|id| {
            self.cluster(id)
                .is_some_and(|shape| shape.with_untracked(|shape| shape.frame.contains(point)))
        })
    }

    /// The same, as if this one were not there.
    pub fn other_cluster_at(self, point: BoardPoint, cluster: &ClusterId) -> Option<ClusterId> {
        let clusters = self.clusters.get_untracked();
        clusters.into_iter().rev().find(|id| {
            let holds = |shape: ArcRwSignal<ClusterShape>| {
                shape.with_untracked(|shape| shape.frame.contains(point))
            };
            id != cluster && self.cluster(id).is_some_and(holds)
        })
    }

    /// Everything that lies on the board, where it lies in the document, in no order, untracked. What somebody drags
    /// just now counts where it was taken from.
    pub(crate) fn lying(self) -> Vec<Lying> {
        self.held.with_value(|held| {
            let notes = held.notes.iter().filter_map(|(id, signals)| {
                Some(Lying {
                    rect: held.lying_rect(id)?,
                    cluster: signals.note.with_untracked(|note| note.cluster.clone()),
                    thing: Thing::Note(id.clone()),
                })
            });
            let empty = held.clusters.iter().filter_map(|(id, shape)| {
                let frame =
                    shape.with_untracked(|shape| shape.notes.is_empty().then_some(shape.frame))?;
                Some(Lying {
                    rect: frame,
                    cluster: None,
                    thing: Thing::Cluster(id.clone()),
                })
            });
            let images = held.images.iter().map(|(id, image)| Lying {
                rect: image.with_untracked(Image::rect),
                cluster: None,
                thing: Thing::Image(id.clone()),
            });
            notes.chain(empty).chain(images).collect()
        })
    }

    /// The notes as they are seen, the lowest of the stack first, without those that somebody drags just now;
    /// untracked.
    pub(crate) fn stack(self) -> Vec<(NoteId, BoardRect)> {
        self.held.with_value(|held| {
            let lying = held
                .notes
                .iter()
                .filter(|(id, _)| !held.lifts.contains_key(*id) && !held.is_stacked(id));
            let mut stack: Vec<_> = lying
                .filter_map(|(id, signals)| {
                    let order = signals.note.with_untracked(|note| note.order.clone());
                    Some((order, id, held.where_is.rect_of(id)?))
                })
                .collect();
            samtavle_shared::sorting::sort_by(&mut stack, |a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
            stack
                .into_iter()
                .map(|(_, id, rect)| (id.clone(), rect))
                .collect()
        })
    }

    /// Around most of what lies on the board: what a view shows that is to show all of it; `None` on an empty board.
    pub fn most_of_it(self) -> Option<BoardRect> {
        let around = Whole::of(&self.lying()).around?;
        // A stack may be wider than the notes that lie in it.
        self.held.with_value(|held| {
            let stacks = held.stacked.iter().filter_map(|id| held.clusters.get(id));
            let frames = stacks.map(|shape| shape.with_untracked(|shape| shape.frame));
            let near = frames.filter(|frame| frame.overlaps(around));
            Some(near.fold(around, BoardRect::union))
        })
    }

    /// The parts of the board that look different since this was last asked: for the tiles.
    pub fn take_dirty(self) -> Vec<BoardRect> {
        self.held
            .try_update_value(|held| std::mem::take(&mut held.dirty))
            .unwrap_or_default()
    }

    /// How many notes with words each voice has; follows `moved`.
    pub(crate) fn notes_by_voice(self) -> HashMap<VoiceId, usize> {
        self.moved.track();
        let mut written = HashMap::new();
        self.held.with_value(|held| {
            for signals in held.notes.values() {
                signals.note.with_untracked(|note| {
                    if let Some(voice) = note.voice.as_ref().filter(|_| !note.text.is_empty()) {
                        *written.entry(voice.clone()).or_insert(0) += 1;
                    }
                });
            }
        });
        written
    }

    pub(crate) fn has_anything(self) -> bool {
        self.held.with_value(|held| {
            !held.notes.is_empty() || !held.clusters.is_empty() || !held.images.is_empty()
        }) || self.title.with_untracked(|title| !title.is_empty())
    }

    /// Takes what changed in the document.
    pub(crate) fn take<T: Reading>(self, view: &BoardView<'_, T>, changes: &[BoardChange]) {
        let mut reshape: HashSet<ClusterId> = HashSet::new();
        let mut clusters_changed = false;
        let mut links_changed = false;
        let mut images_changed = false;
        let mut news = Vec::new();
        self.held.update_value(|held| {
            // A cluster that comes (also by undo) finds the notes that still name it, and one that
            // goes leaves them free.
            let mut membership_changed = false;
            for change in changes {
                match change {
                    BoardChange::Note(id) => {
                        let note = view.note(id).filter(|_| !held.hidden.contains(id));
                        held.take_note(id, note, &mut reshape, &mut news);
                    }
                    BoardChange::Cluster(id) => {
                        clusters_changed = true;
                        reshape.insert(id.clone());
                        membership_changed |=
                            held.clusters.contains_key(id) != view.cluster(id).is_some();
                    }
                    BoardChange::Link(_) => links_changed = true,
                    BoardChange::Image(id) => {
                        images_changed = true;
                        held.take_image(id, view.image(id), &mut news);
                    }
                    BoardChange::Meta => {}
                }
            }
            if membership_changed {
                let hidden = std::mem::take(&mut held.hidden);
                for note in view.notes() {
                    if hidden.contains(&note.id) {
                        continue;
                    }
                    held.take_note(&note.id.clone(), Some(note), &mut reshape, &mut news);
                }
                held.hidden = hidden;
            }
            for id in &reshape {
                let cluster = view.cluster(id).map(|mut cluster| {
                    cluster.title = plain_name(&cluster.title).into_owned();
                    cluster
                });
                held.reshape(id, cluster, &mut news);
            }
        });
        // Signals are set when nothing is borrowed: their effects ask this very state.
        for tell in news {
            tell();
        }
        if changes.contains(&BoardChange::Meta) {
            self.title.set(plain_name(&view.title()).into_owned());
            self.template.set(view.template());
            self.language.set(view.language());
        }
        if clusters_changed {
            let mut clusters = view.clusters();
            samtavle_shared::sorting::sort_by(&mut clusters, |a, b| {
                (&a.order, &a.id).cmp(&(&b.order, &b.id))
            });
            self.clusters
                .set(clusters.into_iter().map(|cluster| cluster.id).collect());
        }
        if links_changed {
            let mut links = view.links();
            samtavle_shared::sorting::sort_by(&mut links, |a, b| a.id.cmp(&b.id));
            self.links.set(links);
        }
        if images_changed {
            let mut images = view.images();
            samtavle_shared::sorting::sort_by(&mut images, |a, b| {
                (&a.order, &a.id).cmp(&(&b.order, &b.id))
            });
            self.images
                .set(images.into_iter().map(|image| image.id).collect());
        }
        let count = self.held.with_value(|held| held.notes.len());
        if count != self.note_count.get_untracked() {
            self.note_count.set(count);
        }
        self.moved.update(|count| *count += 1);
    }

    /// Notes that are in the document and on no screen. Gives those whose lot has changed: take them anew.
    pub(crate) fn set_hidden(self, hidden: &[NoteId]) -> Vec<NoteId> {
        let mut changed = Vec::new();
        self.held.update_value(|held| {
            let now: HashSet<NoteId> = hidden.iter().cloned().collect();
            changed.extend(now.symmetric_difference(&held.hidden).cloned());
            held.hidden = now;
        });
        changed
    }

    /// Whether a facilitator has hidden this note. Untracked; `moved` counts when it changes.
    pub fn is_hidden(self, note: &NoteId) -> bool {
        self.held.with_value(|held| held.hidden.contains(note))
    }

    /// Shows notes lifted by somebody (`None`: the person here), or laid down again.
    pub(crate) fn set_lift(self, who: Option<u64>, drag: Option<(&[NoteId], BoardVector)>) {
        let has_lifted = self.held.with_value(|held| held.lifted.contains_key(&who));
        if drag.is_none() && !has_lifted {
            return;
        }
        let mut news = Vec::new();
        self.held.update_value(|held| {
            let mut reshape = HashSet::new();
            let before = held.lifted.remove(&who).unwrap_or_default();
            let now = drag.map_or(&[][..], |(notes, _)| notes);
            for (id, _) in before.iter().filter(|(id, _)| !now.contains(id)) {
                held.lift_note(id, None, &mut reshape, &mut news);
            }
            if let Some((notes, by)) = drag {
                let mut lifted = Vec::with_capacity(notes.len());
                for id in notes {
                    let Some(pos) = held.lying_rect(id).map(|rect| rect.min) else {
                        continue;
                    };
                    // Its drop may have reached the document before the end of the drag reached us:
                    // a lift counts from where the note lay when it began.
                    let lay = before
                        .iter()
                        .find(|(other, _)| other == id)
                        .map_or(pos, |&(_, lay)| lay);
                    held.lift_note(id, Some((lay - pos) + by), &mut reshape, &mut news);
                    lifted.push((id.clone(), lay));
                }
                held.lifted.insert(who, lifted);
            }
            for id in reshape {
                let cluster = held
                    .clusters
                    .get(&id)
                    .map(|shape| shape.get_untracked().cluster);
                held.reshape(&id, cluster, &mut news);
            }
        });
        for tell in news {
            tell();
        }
        self.moved.update(|count| *count += 1);
    }
}

type News = Vec<Box<dyn FnOnce()>>;

impl Held {
    fn take_note(
        &mut self,
        id: &NoteId,
        note: Option<Note>,
        reshape: &mut HashSet<ClusterId>,
        news: &mut News,
    ) {
        let before = self
            .notes
            .get(id)
            .map(|signals| signals.note.get_untracked());
        if before == note {
            return;
        }
        if let Some(cluster) = before.as_ref().and_then(|note| note.cluster.clone()) {
            if let Some(members) = self.members.get_mut(&cluster) {
                members.remove(id);
            }
            reshape.insert(cluster);
        }
        if let Some(rect) = self.where_is.rect_of(id) {
            self.mark_dirty(rect);
        }
        let Some(note) = note else {
            self.notes.remove(id);
            self.where_is.remove(id);
            self.lifts.remove(id);
            return;
        };
        if let Some(cluster) = note.cluster.clone() {
            self.members
                .entry(cluster.clone())
                .or_default()
                .insert(id.clone());
            reshape.insert(cluster);
        }
        // What is lifted stays in the hand while it is moved in the document.
        let lay = self.lying_rect(id).map_or(note.pos, |rect| rect.min);
        let lift = self.lifts.get_mut(id).map(|lift| {
            *lift = *lift + (lay - note.pos);
            *lift
        });
        let rect = rect_of(&note).moved(lift.unwrap_or_default());
        self.where_is.place(id.clone(), rect);
        self.mark_dirty(rect);
        if let Some(signals) = self.notes.get(id).cloned() {
            news.push(Box::new(move || {
                signals.note.set(note);
                if signals.lift.get_untracked() != lift {
                    signals.lift.set(lift);
                }
            }));
        } else {
            let signals = NoteSignals {
                note: ArcRwSignal::new(note),
                lift: ArcRwSignal::new(None),
            };
            self.notes.insert(id.clone(), signals);
        }
    }

    fn take_image(&mut self, id: &ImageId, image: Option<Image>, news: &mut News) {
        if let Some(before) = self.images.get(id) {
            let rect = before.with_untracked(Image::rect);
            self.mark_dirty(rect);
        }
        let Some(image) = image else {
            self.images.remove(id);
            return;
        };
        self.mark_dirty(image.rect());
        match self.images.get(id) {
            Some(signal) => {
                let signal = signal.clone();
                news.push(Box::new(move || signal.set(image)));
            }
            None => {
                self.images.insert(id.clone(), ArcRwSignal::new(image));
            }
        }
    }

    fn lift_note(
        &mut self,
        id: &NoteId,
        by: Option<BoardVector>,
        reshape: &mut HashSet<ClusterId>,
        news: &mut News,
    ) {
        let (Some(signals), Some(lying)) = (self.notes.get(id).cloned(), self.lying_rect(id))
        else {
            return;
        };
        let before = match by {
            Some(by) => self.lifts.insert(id.clone(), by),
            None => self.lifts.remove(id),
        };
        if before == by {
            return;
        }
        // While it is lifted it is on no tile: only leaving the board and coming back make it dirty.
        if before.is_none() || by.is_none() {
            self.mark_dirty(lying);
        }
        self.where_is
            .place(id.clone(), lying.moved(by.unwrap_or_default()));
        reshape.extend(signals.note.with_untracked(|note| note.cluster.clone()));
        news.push(Box::new(move || signals.lift.set(by)));
    }

    fn is_stacked(&self, note: &NoteId) -> bool {
        if self.stacked.is_empty() {
            return false;
        }
        let signals = self.notes.get(note);
        signals.is_some_and(|signals| {
            let cluster = |note: &Note| {
                note.cluster
                    .as_ref()
                    .is_some_and(|id| self.stacked.contains(id))
            };
            signals.note.with_untracked(cluster)
        })
    }

    /// Where a note lies in the document, whoever drags it.
    fn lying_rect(&self, id: &NoteId) -> Option<BoardRect> {
        let lift = self.lifts.get(id).copied().unwrap_or_default();
        Some(self.where_is.rect_of(id)?.moved(-lift))
    }

    fn reshape(
        &mut self,
        id: &ClusterId,
        cluster: Option<samtavle_shared::board::Cluster>,
        news: &mut News,
    ) {
        if let Some(before) = self
            .clusters
            .get(id)
            .map(|shape| shape.with_untracked(|shape| shape.frame))
        {
            self.mark_dirty(before);
        }
        let Some(cluster) = cluster else {
            self.clusters.remove(id);
            self.stacked.remove(id);
            return;
        };
        // The frame stays where it is while notes are dragged out of it, and goes along when all are.
        let members: Vec<&NoteId> = self.members.get(id).into_iter().flatten().collect();
        let goes_along = members.iter().all(|note| self.lifts.contains_key(*note));
        let mut notes: Vec<(NoteId, BoardRect)> = members
            .into_iter()
            .filter_map(|note| {
                let rect = if goes_along {
                    self.where_is.rect_of(note)
                } else {
                    self.lying_rect(note)
                };
                Some((note.clone(), rect?))
            })
            .collect();
        sort_for_reading(&mut notes);
        let whole = cluster_frame(notes.iter().map(|(_, rect)| *rect), cluster.pos);
        if cluster.is_collapsed {
            self.stacked.insert(id.clone());
        } else {
            self.stacked.remove(id);
        }
        self.mark_dirty(whole); // its notes come or go with it
        let frame = if cluster.is_collapsed {
            collapsed_frame(whole)
        } else {
            whole
        };
        let shape = ClusterShape {
            cluster,
            notes: notes.into_iter().map(|(id, _)| id).collect(),
            frame,
        };
        self.mark_dirty(frame);
        match self.clusters.get(id) {
            Some(signal) if signal.with_untracked(|now| *now == shape) => {}
            Some(signal) => {
                let signal = signal.clone();
                news.push(Box::new(move || signal.set(shape)));
            }
            None => {
                self.clusters.insert(id.clone(), ArcRwSignal::new(shape));
            }
        }
    }

    fn mark_dirty(&mut self, rect: BoardRect) {
        self.dirty.push(rect);
        if self.dirty.len() > MOST_DIRTY {
            self.dirty = BoardRect::around(self.dirty.drain(..))
                .into_iter()
                .collect();
        }
    }
}

/// Rows from the top, in a row from the left; a row is as tall as half a usual note.
fn sort_for_reading(notes: &mut [(NoteId, BoardRect)]) {
    const ROW: f64 = 62.0;
    samtavle_shared::sorting::sort_by(notes, |(a_id, a), (b_id, b)| {
        let row = |rect: &BoardRect| (rect.min.y / ROW).round() as i64;
        (row(a), a.min.x)
            .partial_cmp(&(row(b), b.min.x))
            .unwrap_or(std::cmp::Ordering::Equal)
            .then(a_id.cmp(b_id))
    });
}
