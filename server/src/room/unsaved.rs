//! What nobody is shown before it is on disk: the server's own changes of the document, and how the
//! session stands after them.
//!
//! People's changes go out at once: should a disk lose one, the pages of its writer and of all who saw it
//! hand it over again. The server's own have no page behind them. What only it may say would come back
//! from every page and be put aside (`shared::guard`, `terms`), and a moment that everybody saw would
//! not have been. So they wait for the disk, some milliseconds:
//!
//! * the changes themselves, which go out with the tick after;
//! * the answer to a newcomer who asks what they lack, for the document holds them already;
//! * views of the session. Each says how all stands, so they go out as they were made, in their order.
//!
//! A disk may take its time, or take nothing for an hour. The changes wait for as long as it lasts, and the
//! views that tell of them. What has no change of the server's before it does not; and a newcomer is answered
//! with all that there is rather than with nothing: one page that knows too much does no harm.

use super::{Dialect, Effect, PeerId, Room, Turn};
use crate::{clock::Now, log::Seq, room::terms::Class};
use bytes::Bytes;
use samtavle_shared::wire::Frame;
use std::collections::{BTreeMap, VecDeque};

/// How long views wait for a slow disk, if no change of the server's waits.
const VIEWS_WAIT_MS: u64 = 1_000;
/// How long a newcomer waits: less than our client's own patience.
const NEWCOMERS_WAIT_MS: u64 = 4_000;
/// How often people hear something while views wait: silence means a dead line.
const WORD_EVERY_MS: u64 = 10_000;

/// What waits for the disk.
#[derive(Default)]
pub(super) struct Unsaved {
    /// The server's own changes, with their records.
    changes: VecDeque<Change>,
    /// Who asks what they lack, since when, and what they have.
    asking: BTreeMap<PeerId, (u64, Vec<u8>)>,
    /// What is shown of the session once this record is on disk, and since when it waits.
    views: VecDeque<(Seq, u64, Effect)>,
    /// When people last heard a word in place of the views.
    word_at: u64,
}

/// A change of the server's own.
struct Change {
    seq: Seq,
    update: Bytes,
    /// Which views go first.
    after: After,
}

/// Which views a change waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Nothing,
    /// The next that are made.
    NextViews,
    /// Those that wait for this record.
    Views(Seq),
}

impl Unsaved {
    pub(super) fn push(&mut self, seq: Seq, update: Bytes) {
        self.changes.push_back(Change {
            seq,
            update,
            after: After::Nothing,
        });
    }

    /// A change that makes sense of itself only to whoever has seen how the session stands after it.
    pub(super) fn push_after_views(&mut self, seq: Seq, update: Bytes) {
        self.changes.push_back(Change {
            seq,
            update,
            after: After::NextViews,
        });
    }

    /// The next that may go out, if somebody sees views.
    fn next(&mut self, on_disk: Seq, has_viewers: bool) -> Option<Bytes> {
        let views = &self.views;
        let may_go = |change: &mut Change| {
            let is_told = match change.after {
                After::Nothing => true,
                After::NextViews => !has_viewers,
                After::Views(told) => !views.iter().any(|(seq, ..)| *seq <= told),
            };
            change.seq <= on_disk && is_told
        };
        Some(self.changes.pop_front_if(may_go)?.update)
    }

    /// Views for all were made, which wait for this record, if they do.
    fn told(&mut self, waits_for: Option<Seq>) {
        let changes = self.changes.iter_mut();
        for change in changes.filter(|change| change.after == After::NextViews) {
            change.after = waits_for.map_or(After::Nothing, After::Views);
        }
    }

    /// Whether the document holds something that nobody may see yet.
    pub(super) fn has_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    pub(super) fn asks(&mut self, peer: PeerId, theirs: &[u8], now: Now) {
        self.asking.insert(peer, (now.steady, theirs.to_vec()));
    }

    /// Whether they have waited so long that they are answered all the same.
    pub(super) fn has_asked_long(&self, peer: PeerId, now: Now) -> bool {
        let asked = self.asking.get(&peer);
        asked.is_some_and(|(since, _)| now.steady >= since + NEWCOMERS_WAIT_MS)
    }

    pub(super) fn forget(&mut self, peer: PeerId) {
        self.asking.remove(&peer);
    }

    /// When it is to be looked at again, if not when something comes on disk.
    pub(super) fn wakes_at(&self) -> Option<u64> {
        let has_changes = self.has_changes();
        let asked = self.asking.values().map(|(since, _)| *since).min();
        let patience = if has_changes { NEWCOMERS_WAIT_MS } else { 0 };
        let asked = asked.map(|since| since + patience);
        let views = self.views.front().map(|(_, since, _)| {
            if has_changes {
                self.word_at.max(*since) + WORD_EVERY_MS
            } else {
                since + VIEWS_WAIT_MS
            }
        });
        [asked, views].into_iter().flatten().min()
    }
}

impl Room {
    /// Shows this once all that was written so far is on disk.
    pub(super) fn show_when_saved(
        &mut self,
        views: Vec<Effect>,
        are_for_all: bool,
        turn: &mut Turn,
    ) {
        let goes_out = self.on_disk >= self.last && self.unsaved.views.is_empty();
        if are_for_all {
            self.unsaved.told((!goes_out).then_some(self.last));
        }
        if goes_out {
            turn.effects.extend(views);
        } else {
            let views = views
                .into_iter()
                .map(|view| (self.last, turn.now.steady, view));
            self.unsaved.views.extend(views);
        }
    }

    /// Lets out what is on disk by now, and what has waited for long enough.
    pub(super) fn let_out(&mut self, turn: &mut Turn) {
        let on_disk = self.on_disk;
        let has_viewers = self
            .peers
            .values()
            .any(|peer| peer.entrance.dialect != Dialect::Standard);
        let unsaved = &mut self.unsaved;
        while let Some(change) = unsaved.next(on_disk, has_viewers) {
            self.waiting.push(None, change);
        }
        let has_changes = unsaved.has_changes();
        let may_go = |(seq, since, _): &mut (Seq, u64, Effect)| {
            *seq <= on_disk || !has_changes && turn.now.steady >= *since + VIEWS_WAIT_MS
        };
        let mut views = Vec::new();
        while let Some((.., view)) = unsaved.views.pop_front_if(may_go) {
            views.push(view);
        }
        if !views.is_empty() {
            // The notes of a reveal are there before the reveal is played.
            self.send_document(turn);
            turn.effects.extend(views);
            while let Some(change) = self.unsaved.next(on_disk, has_viewers) {
                self.waiting.push(None, change);
            }
        }
        self.answer_those_who_ask(turn);
        if has_changes {
            self.say_a_word(turn);
        }
    }

    /// Answers those who had to wait.
    fn answer_those_who_ask(&mut self, turn: &mut Turn) {
        if self.is_being_made_again {
            return;
        }
        let has_changes = self.unsaved.has_changes();
        let asking = self.unsaved.asking.keys().copied();
        let answered: Vec<PeerId> = asking
            .filter(|peer| !has_changes || self.unsaved.has_asked_long(*peer, turn.now))
            .collect();
        for peer in answered {
            if let Some((_, theirs)) = self.unsaved.asking.remove(&peer) {
                self.answer(peer, &theirs, turn);
            }
        }
    }

    /// While views wait: a frame that says nothing.
    fn say_a_word(&mut self, turn: &mut Turn) {
        let unsaved = &mut self.unsaved;
        let Some((_, since, _)) = unsaved.views.front() else {
            return;
        };
        if turn.now.steady < unsaved.word_at.max(*since) + WORD_EVERY_MS {
            return;
        }
        unsaved.word_at = turn.now.steady;
        let to = self.peers_where(|_, peer| peer.entrance.dialect != Dialect::Standard);
        if !to.is_empty() {
            turn.effects.push(Effect::Send {
                to,
                frame: Frame::Awareness(&[0]).write().into(),
                class: Class::Presence,
            });
        }
    }
}
