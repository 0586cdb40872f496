//! What a room tells everybody, and when: the part of [`Room`] that looks outward.

use super::{Class, Effect, Peer, PeerId, Room, Stage, Turn, fanout};
use samtavle_shared::wire::Frame;

impl Room {
    pub(super) fn send_what_is_due(&mut self, turn: &mut Turn) {
        let at = turn.now.steady;
        let presence_is_due = self.people.has_news() && self.presence_pace.is_ready(at);
        // What goes to a socket at the same time costs it one write.
        let document_is_due = presence_is_due || self.document_pace.is_ready(at);
        if document_is_due && !self.waiting.is_empty() {
            self.send_document(turn);
            self.document_pace
                .went_out(at, fanout::tick_ms(self.peers.len()));
        }
        if presence_is_due {
            self.send_presence(turn);
            self.presence_pace
                .went_out(at, fanout::presence_tick_ms(self.peers.len()));
        }
        if self.has_ours() {
            self.send_views(turn);
        }
    }

    pub(super) fn send_document(&mut self, turn: &mut Turn) {
        let Some(batch) = self.waiting.take_batch() else {
            return;
        };
        let to =
            self.peers_where(|id, peer| peer.stage == Stage::Live && batch.sole_sender != Some(id));
        if to.is_empty() {
            return;
        }
        for frame in batch.frames {
            turn.effects.push(Effect::Send {
                to: to.clone(),
                frame,
                class: Class::Document,
            });
        }
    }

    fn send_presence(&mut self, turn: &mut Turn) {
        let Some(news) = self.people.take_news(fanout::PRESENCE_BUDGET_BYTES) else {
            return;
        };
        let senders = news.senders();
        let mut send = |to: Vec<PeerId>, content: Vec<u8>| {
            turn.effects.push(Effect::Send {
                to,
                frame: Frame::Awareness(&content).write().into(),
                class: Class::Presence,
            });
        };
        let to = self.peers_where(|id, _| !senders.contains(&id));
        if !to.is_empty() {
            send(to, news.content());
        }
        // Nobody is told of themselves.
        for sender in senders.into_iter().filter(|id| self.peers.contains_key(id)) {
            if let Some(content) = news.content_for(sender) {
                send(vec![sender], content);
            }
        }
    }

    pub(super) fn peers_where(&self, wanted: impl Fn(PeerId, &Peer) -> bool) -> Vec<PeerId> {
        self.peers
            .iter()
            .filter(|(id, peer)| wanted(**id, peer))
            .map(|(id, _)| *id)
            .collect()
    }
}
