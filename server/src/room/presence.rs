//! Who is here: the newest presence of each person, as it came from their own socket.
//!
//! A client's presence belongs to the socket that first brought it: nobody moves another's cursor,
//! and when the socket goes, so does the presence. Standard clients hand on what they know of
//! others; that is passed over without a word.

use super::PeerId;
use samtavle_shared::{
    limits::MAX_PRESENCE_BYTES,
    wire::{FrameError, PresenceEntry},
};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

/// As Yjs: presence that is not renewed within 30 s has gone. Clients renew every 15 s.
pub(super) const TIME_TO_LIVE_MS: u64 = 30_000;

/// Far from where a clock would leave the whole numbers that every client can read.
const MAX_CLOCK: u64 = 1 << 40;

/// What JSON says for "has gone".
const GONE: &str = "null";

/// Everybody's newest presence, and whose has not been told yet.
#[derive(Default)]
pub(super) struct People {
    here: HashMap<u64, Person>,
    /// Clients with news, each once, longest waiting first: that is what makes rotation fair.
    news: VecDeque<u64>,
    /// Nobody is late before this moment.
    sweep: Option<u64>,
    /// The board is anonymous: who is here is shown, and not what they are called.
    names_are_hidden: bool,
}

struct Person {
    peer: PeerId,
    clock: u64,
    state: Arc<str>,
    renewed: u64,
    is_news: bool,
}

/// News for everybody.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct News {
    /// The content of an awareness frame.
    pub(super) content: Vec<u8>,
    /// The socket that it all came from, if it is one.
    pub(super) sole_sender: Option<PeerId>,
}

impl People {
    /// Takes what a socket says of its own client. `own` is the client that the socket is bound to,
    /// if it is bound yet; gives the client that it is bound to after.
    pub(super) fn take(
        &mut self,
        peer: PeerId,
        own: Option<u64>,
        content: &[u8],
        now: u64,
    ) -> Result<Option<u64>, FrameError> {
        let mut own = own;
        for entry in PresenceEntry::read_all(content)? {
            let is_own = match own {
                Some(client) => client == entry.client,
                None => self.is_free(entry.client) && entry.state != GONE,
            };
            if is_own && is_sound(&entry) {
                own = Some(entry.client);
                self.update(peer, &entry, now);
            }
        }
        Ok(own)
    }

    /// Shows what people are called, or does not any more.
    pub(super) fn hide_names(&mut self, hidden: bool) {
        self.names_are_hidden = hidden;
        if !hidden {
            return; // they are shown again when they are renewed
        }
        for (client, person) in &mut self.here {
            let nameless = without_name(&person.state);
            if *nameless != *person.state {
                person.state = nameless.into();
                // A later clock, or others would keep what they know.
                person.clock += 1;
                if !std::mem::replace(&mut person.is_news, true) {
                    self.news.push_back(*client);
                }
            }
        }
    }

    fn update(&mut self, peer: PeerId, entry: &PresenceEntry<'_>, now: u64) {
        let person = self.here.entry(entry.client).or_insert_with(|| Person {
            peer,
            clock: 0,
            state: GONE.into(),
            renewed: now,
            is_news: false,
        });
        let came_anew = person.peer != peer || &*person.state == GONE;
        let is_later =
            entry.clock > person.clock || (entry.clock == person.clock && entry.state == GONE);
        if !came_anew && !is_later {
            return;
        }
        self.sweep = Some(self.sweep.map_or(now + TIME_TO_LIVE_MS, |sweep| {
            sweep.min(now + TIME_TO_LIVE_MS)
        }));
        *person = Person {
            peer,
            clock: entry.clock,
            state: if self.names_are_hidden {
                without_name(entry.state).into()
            } else {
                entry.state.into()
            },
            renewed: now,
            is_news: person.is_news,
        };
        if !std::mem::replace(&mut person.is_news, true) {
            self.news.push_back(entry.client);
        }
    }

    /// Binds a client to another socket of the same device: its old one has died without a word.
    pub(super) fn hand_over(&mut self, client: u64, to: PeerId) {
        if let Some(person) = self.here.get_mut(&client) {
            person.peer = to;
        }
    }

    /// The socket that a client is bound to.
    pub(super) fn peer_of(&self, client: u64) -> Option<PeerId> {
        self.here.get(&client).map(|person| person.peer)
    }

    /// Is nobody here by that client id? (One who has gone may be in the next news still.)
    fn is_free(&self, client: u64) -> bool {
        self.here
            .get(&client)
            .is_none_or(|person| &*person.state == GONE)
    }

    /// The socket has gone, and its presence with it.
    pub(super) fn leave(&mut self, peer: PeerId, own: Option<u64>) {
        if let Some(client) = own
            && self.peer_of(client) == Some(peer)
        {
            self.set_gone(client);
        }
    }

    /// Lets go those who have not renewed.
    pub(super) fn expire(&mut self, now: u64) {
        if self.sweep.is_none_or(|sweep| now < sweep) {
            return;
        }
        let is_late =
            |person: &Person| &*person.state != GONE && now >= person.renewed + TIME_TO_LIVE_MS;
        let late: Vec<u64> = self
            .here
            .iter()
            .filter(|(_, person)| is_late(person))
            .map(|(client, _)| *client)
            .collect();
        for client in late {
            self.set_gone(client);
        }
        let here = self.here.values().filter(|person| &*person.state != GONE);
        self.sweep = here.map(|person| person.renewed + TIME_TO_LIVE_MS).min();
    }

    /// When to call `expire` next.
    pub(super) fn next_expiry(&self) -> Option<u64> {
        self.sweep
    }

    fn set_gone(&mut self, client: u64) {
        if let Some(person) = self.here.get_mut(&client) {
            // The same clock: y-protocols takes "gone" at an equal clock, and the client may come back with a higher.
            person.state = GONE.into();
            if !std::mem::replace(&mut person.is_news, true) {
                self.news.push_back(client);
            }
        }
    }

    /// Is there anything to tell?
    pub(super) fn has_news(&self) -> bool {
        !self.news.is_empty()
    }

    /// The news that fit in so many bytes, and one at least. What does not fit comes first next time.
    pub(super) fn take_news(&mut self, budget_bytes: usize) -> Option<News> {
        let mut told: Vec<(u64, u64, Arc<str>)> = Vec::new();
        let mut senders: Option<(PeerId, bool)> = None;
        let mut bytes = 0;
        while let Some(client) = self.news.front().copied() {
            let Some(person) = self.here.get_mut(&client) else {
                self.news.pop_front();
                continue;
            };
            let entry_bytes = person.state.len() + 12;
            if !told.is_empty() && bytes + entry_bytes > budget_bytes {
                break;
            }
            self.news.pop_front();
            bytes += entry_bytes;
            person.is_news = false;
            told.push((client, person.clock, Arc::clone(&person.state)));
            senders = match senders {
                None => Some((person.peer, true)),
                Some((sender, is_sole)) => Some((sender, is_sole && sender == person.peer)),
            };
            if &*person.state == GONE {
                self.here.remove(&client);
            }
        }
        let (sender, is_sole) = senders?;
        Some(News {
            content: content_of(&told),
            sole_sender: is_sole.then_some(sender),
        })
    }

    /// Everybody, for one who has just come; `None` if nobody is here.
    pub(super) fn everybody(&self) -> Option<Vec<u8>> {
        let all: Vec<_> = self
            .here
            .iter()
            .filter(|(_, person)| &*person.state != GONE)
            .map(|(client, person)| (*client, person.clock, Arc::clone(&person.state)))
            .collect();
        (!all.is_empty()).then(|| content_of(&all))
    }
}

fn content_of(people: &[(u64, u64, Arc<str>)]) -> Vec<u8> {
    PresenceEntry::write_all(people.iter().map(|(client, clock, state)| PresenceEntry {
        client: *client,
        clock: *clock,
        state,
    }))
}

/// The same presence without what its person is called.
fn without_name(state: &str) -> String {
    let Ok(mut presence) = serde_json::from_str::<serde_json::Value>(state) else {
        return GONE.to_owned();
    };
    if let Some(name) = presence.pointer_mut("/user/name") {
        *name = "".into();
    }
    presence.to_string()
}

/// Every client will parse the state as JSON and read the clock: what would trip them is passed over.
fn is_sound(entry: &PresenceEntry<'_>) -> bool {
    let looks_right = entry.state == GONE || entry.state.trim_start().starts_with('{');
    entry.clock < MAX_CLOCK
        && entry.state.len() <= MAX_PRESENCE_BYTES
        && looks_right
        && serde_json::from_str::<serde::de::IgnoredAny>(entry.state).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KARI: PeerId = PeerId(1);
    const OLA: PeerId = PeerId(2);

    fn content(entries: &[(u64, u64, &str)]) -> Vec<u8> {
        PresenceEntry::write_all(entries.iter().map(|&(client, clock, state)| PresenceEntry {
            client,
            clock,
            state,
        }))
    }

    fn read(news: &[u8]) -> Vec<(u64, u64, String)> {
        PresenceEntry::read_all(news)
            .unwrap()
            .into_iter()
            .map(|entry| (entry.client, entry.clock, entry.state.to_owned()))
            .collect()
    }

    #[test]
    fn a_socket_is_bound_to_the_first_client_that_it_shows() {
        let mut people = People::default();
        assert_eq!(
            people.take(KARI, None, &content(&[(7, 1, "{}")]), 0),
            Ok(Some(7))
        );
        assert_eq!(
            people.take(KARI, Some(7), &content(&[(8, 1, "{}")]), 0),
            Ok(Some(7))
        );
        assert_eq!(
            read(&people.everybody().unwrap()),
            [(7, 1, "{}".to_owned())]
        );
    }

    #[test]
    fn nobody_moves_anothers_cursor() {
        let mut people = People::default();
        people
            .take(KARI, None, &content(&[(7, 1, "{\"cursor\":[1,1]}")]), 0)
            .unwrap();
        // A standard client hands on what it knows of others before it shows itself.
        let own = people
            .take(
                OLA,
                None,
                &content(&[(7, 9, "{\"cursor\":[9,9]}"), (8, 1, "{}")]),
                0,
            )
            .unwrap();
        assert_eq!(own, Some(8));
        let told = read(&people.take_news(10_000).unwrap().content);
        assert_eq!(
            told,
            [
                (7, 1, "{\"cursor\":[1,1]}".to_owned()),
                (8, 1, "{}".to_owned())
            ]
        );
    }

    #[test]
    fn presence_goes_with_its_socket() {
        let mut people = People::default();
        people
            .take(KARI, None, &content(&[(7, 4, "{}")]), 0)
            .unwrap();
        people.take_news(1000);
        people.leave(KARI, Some(7));
        assert_eq!(
            read(&people.take_news(1000).unwrap().content),
            [(7, 4, "null".to_owned())]
        );
        assert_eq!(people.everybody(), None);
        // The same client comes back on a new socket with the clock that it had.
        assert_eq!(
            people.take(OLA, None, &content(&[(7, 4, "{}")]), 0),
            Ok(Some(7))
        );
        assert!(people.has_news());
    }

    #[test]
    fn who_comes_back_before_their_going_was_told_is_here_again() {
        let mut people = People::default();
        people
            .take(KARI, None, &content(&[(7, 4, "{}")]), 0)
            .unwrap();
        people.leave(KARI, Some(7));
        assert_eq!(
            people.take(OLA, None, &content(&[(7, 4, "{}")]), 0),
            Ok(Some(7))
        );
        assert_eq!(
            read(&people.take_news(1000).unwrap().content),
            [(7, 4, "{}".to_owned())]
        );
    }

    #[test]
    fn presence_goes_when_it_is_not_renewed() {
        let mut people = People::default();
        people
            .take(KARI, None, &content(&[(7, 1, "{}")]), 1_000)
            .unwrap();
        people
            .take(KARI, Some(7), &content(&[(7, 2, "{}")]), 16_000)
            .unwrap();
        people.take_news(1000);
        people.expire(31_000);
        assert!(!people.has_news());
        assert_eq!(people.next_expiry(), Some(46_000));
        people.expire(46_000);
        assert_eq!(
            read(&people.take_news(1000).unwrap().content),
            [(7, 2, "null".to_owned())]
        );
    }

    #[test]
    fn over_the_budget_everybody_gets_a_turn() {
        let mut people = People::default();
        let state = format!("{{\"user\":\"{}\"}}", "a".repeat(90));
        for client in 0..10 {
            people
                .take(PeerId(client), None, &content(&[(client, 1, &state)]), 0)
                .unwrap();
        }
        let mut told = Vec::new();
        while let Some(news) = people.take_news(350) {
            let batch = read(&news.content);
            assert!(batch.len() <= 3);
            told.extend(batch.iter().map(|(client, ..)| *client));
            // The first ones move again and again, and must wait for their turn.
            if told.len() < 10 {
                people
                    .take(
                        PeerId(0),
                        Some(0),
                        &content(&[(0, 1 + told.len() as u64, &state)]),
                        0,
                    )
                    .unwrap();
            }
        }
        assert_eq!(told, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0][..told.len()]);
        assert!(told.len() >= 10);
    }

    #[test]
    fn what_would_trip_other_clients_is_passed_over() {
        let mut people = People::default();
        for (clock, state) in [
            (1, "{"),
            (1, "7"),
            (u64::pow(2, 50), "{}"),
            (1, "{\"a\":\"\u{0}\"}"),
        ] {
            people
                .take(KARI, Some(7), &content(&[(7, clock, state)]), 0)
                .unwrap();
        }
        let large = format!("{{\"a\":\"{}\"}}", "a".repeat(MAX_PRESENCE_BYTES));
        people
            .take(KARI, Some(7), &content(&[(7, 1, &large)]), 0)
            .unwrap();
        assert!(!people.has_news());
    }

    #[test]
    fn bytes_that_do_not_decode_are_an_error() {
        assert!(People::default().take(KARI, None, &[3, 1], 0).is_err());
    }
}
