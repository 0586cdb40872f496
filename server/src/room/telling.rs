//! What a room tells everybody, and when: the part of [`Room`] that looks outward.

use super::{Class, Dialect, Effect, Peer, PeerId, Room, Stage, fanout};
use samtavle_shared::{
    session::SharedView,
    wire::{Frame, Role, ServerMessage},
};

impl Room {
    pub(super) fn send_what_is_due(&mut self, now: u64, effects: &mut Vec<Effect>) {
        let has_news = self.people.has_news() || self.session_is_news;
        let presence_is_due = has_news && self.presence_pace.is_ready(now);
        // What goes to a socket at the same time costs it one write.
        let document_is_due = presence_is_due || self.document_pace.is_ready(now);
        if document_is_due && !self.waiting.is_empty() {
            self.send_document(effects);
            self.document_pace
                .went_out(now, fanout::tick_ms(self.peers.len()));
        }
        if presence_is_due {
            self.send_presence(effects);
            self.send_session(now, effects);
            self.presence_pace
                .went_out(now, fanout::presence_tick_ms(self.peers.len()));
        }
    }

    pub(super) fn send_document(&mut self, effects: &mut Vec<Effect>) {
        let Some(batch) = self.waiting.take() else {
            return;
        };
        let to =
            self.peers_where(|id, peer| peer.stage == Stage::Live && batch.sole_sender != Some(id));
        if to.is_empty() {
            return;
        }
        for frame in batch.frames {
            effects.push(Effect::Send {
                to: to.clone(),
                frame,
                class: Class::Document,
            });
        }
    }

    fn send_presence(&mut self, effects: &mut Vec<Effect>) {
        let Some(news) = self.people.take_news(fanout::PRESENCE_BUDGET_BYTES) else {
            return;
        };
        let to = self.peers_where(|id, _| news.sole_sender != Some(id));
        if !to.is_empty() {
            let frame = Frame::Awareness(&news.content).write().into();
            effects.push(Effect::Send {
                to,
                frame,
                class: Class::Presence,
            });
        }
    }

    fn send_session(&mut self, now: u64, effects: &mut Vec<Effect>) {
        if !std::mem::take(&mut self.session_is_news) {
            return;
        }
        self.session_told_at = now;
        let to = self.peers_where(|_, peer| matches!(peer.entrance.dialect, Dialect::Ours { .. }));
        if to.is_empty() {
            return;
        }
        let people = self
            .peers
            .values()
            .filter(|peer| peer.entrance.role != Role::Wall)
            .count();
        let session = ServerMessage::Session {
            view: Box::new(SharedView {
                template: self.document.template(),
                people: u32::try_from(people).unwrap_or(u32::MAX),
                ..SharedView::default()
            }),
        };
        let frame = Frame::Ours(&session.to_json()).write().into();
        effects.push(Effect::Send {
            to,
            frame,
            class: Class::Presence,
        });
    }

    fn peers_where(&self, wanted: impl Fn(PeerId, &Peer) -> bool) -> Vec<PeerId> {
        self.peers
            .iter()
            .filter(|(id, peer)| wanted(**id, peer))
            .map(|(id, _)| *id)
            .collect()
    }
}
