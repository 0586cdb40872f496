//! Who is here, and what of them is told: the newest presence of each page, as it came from its own socket.
//!
//! Others are never told by which id somebody is present: the room gives what it tells an id of its own making,
//! which is nobody's in the document, and does not tell a page of itself. So presence leads to nothing that
//! somebody wrote, nobody speaks in another's name, and what a standard client hands on of others is passed over.
//!
//! How much is told follows from how much of who wrote the board shows ([`Telling`]):
//!
//! ```text
//! names        all that a page shows of itself, under one id for as long as it is here
//! voices       who is here ─ one id; that somebody writes in this note, that somebody lifts these ─ an id each, for
//! nobody       how many are here      as long as that lasts, and no name. Not where people point or what they chose
//! ```
//! Where people point leads from note to note, and to where one is made; so it is told only where names stand on
//! notes. Each is told with the number that they have in the session, so that they are the same person in every
//! list; signs of writing and lifting have none. There, what is told is renewed when pages renew it; elsewhere for all at the same time, for a page that
//! moves tells by its moments who is at work. And who leaves while writing goes from the note some seconds later.

use super::{PeerId, document::new_client};
use samtavle_shared::{
    ids::NoteId,
    limits::MAX_PRESENCE_BYTES,
    session::Showing,
    wire::{FrameError, Presence, PresenceEntry, presence::User},
};
use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    sync::Arc,
};

/// As Yjs: presence that is not renewed within 30 s has gone. Clients renew every 15 s.
pub(super) const TIME_TO_LIVE_MS: u64 = 30_000;
/// What is told is renewed for all at once this often, where single pages do not renew it.
const RENEW_EVERY_MS: u64 = 12_000;

/// Far from where a clock would leave the whole numbers that every client can read.
const MAX_CLOCK: u64 = 1 << 40;

/// What JSON says for "has gone".
const GONE: &str = "null";

/// Ids of signs that have gone, which are known when a standard client hands them on.
const MAX_FORMER: usize = 4_096;

/// What is told of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// All that they show.
    Everything,
    /// Who is here.
    WhoIsHere,
    /// How many are here.
    HowMany,
}

impl Telling {
    /// On a board that shows so much of who wrote.
    pub(super) fn on(showing: Showing) -> Self {
        match showing {
            Showing::Named => Self::Everything,
            Showing::Voices => Self::WhoIsHere,
            Showing::Anonymous => Self::HowMany,
        }
    }
}

/// Who is here, and what has not been told yet.
pub(super) struct People {
    telling: Telling,
    pages: HashMap<PeerId, Page>,
    /// What is told, by the ids that the room gave it.
    signs: HashMap<u64, Sign>,
    /// Signs with news, each once, longest waiting first: that is what makes rotation fair.
    news: VecDeque<u64>,
    former: VecDeque<u64>,
    /// Nobody is late before this moment.
    sweep: Option<u64>,
    /// When all that is told is renewed.
    renew_at: Option<u64>,
}

impl Default for People {
    fn default() -> Self {
        Self {
            telling: Telling::WhoIsHere,
            pages: HashMap::new(),
            signs: HashMap::new(),
            news: VecDeque::new(),
            former: VecDeque::new(),
            sweep: None,
            renew_at: None,
        }
    }
}

/// A page as it shows itself.
struct Page {
    /// By which id it does.
    client: u64,
    /// The number of whose page it is; 0: they have none.
    number: u32,
    clock: u64,
    state: Arc<str>,
    /// The signs that are told of it.
    own: Option<u64>,
    /// In which note it writes.
    caret: Option<(String, u64)>,
    /// Which notes it lifts.
    drag: Option<(String, u64)>,
}

impl Page {
    fn of(client: u64) -> Self {
        Self {
            client,
            number: 0,
            clock: 0,
            state: GONE.into(),
            own: None,
            caret: None,
            drag: None,
        }
    }
}

/// Something that is told.
struct Sign {
    /// Of whom.
    peer: PeerId,
    clock: u64,
    state: Arc<str>,
    renewed: u64,
    is_news: bool,
}

/// News of people.
#[derive(Debug)]
pub(super) struct News(Vec<Told>);

/// One entry of an awareness frame, and of whom it is.
#[derive(Debug)]
struct Told {
    peer: PeerId,
    id: u64,
    clock: u64,
    state: Arc<str>,
}

impl News {
    /// Of whom it is.
    pub(super) fn senders(&self) -> BTreeSet<PeerId> {
        self.0.iter().map(|told| told.peer).collect()
    }

    /// The content of an awareness frame.
    pub(super) fn content(&self) -> Vec<u8> {
        content_of(self.0.iter().collect())
    }

    /// The same for somebody who is not told of themselves; `None`: it is all of them.
    pub(super) fn content_for(&self, peer: PeerId) -> Option<Vec<u8>> {
        let others: Vec<&Told> = self.0.iter().filter(|told| told.peer != peer).collect();
        (!others.is_empty()).then(|| content_of(others))
    }
}

/// What is told of a page's state.
#[derive(Default)]
struct Parts {
    own: Option<Arc<str>>,
    caret: Option<(String, Arc<str>)>,
    drag: Option<(String, Arc<str>)>,
}

impl Parts {
    fn of(state: &Arc<str>, number: u32, telling: Telling) -> Self {
        if &**state == GONE {
            return Self::default();
        }
        if telling == Telling::Everything {
            return Self {
                own: Some(numbered(state, number)),
                ..Self::default()
            };
        }
        let Some(shown) = Presence::read(state) else {
            return Self::default();
        };
        let own = Presence {
            user: match telling {
                Telling::HowMany => User::default(),
                Telling::WhoIsHere | Telling::Everything => shown.user,
            },
            screen: shown.screen,
            number,
            ..Presence::default()
        };
        let sign = |part: Presence| -> Arc<str> {
            let nameless = Presence {
                is_nameless: true,
                ..part
            };
            nameless.to_json().into()
        };
        Self {
            own: Some(own.to_json().into()),
            caret: shown.caret.map(|caret| {
                let note = caret.note.to_string();
                let caret = Some(caret);
                let part = Presence {
                    caret,
                    ..Presence::default()
                };
                (note, sign(part))
            }),
            drag: shown.drag.map(|drag| {
                let notes: Vec<&str> = drag.notes.iter().map(NoteId::as_str).collect();
                let notes = notes.join(" ");
                let drag = Some(drag);
                let part = Presence {
                    drag,
                    ..Presence::default()
                };
                (notes, sign(part))
            }),
        }
    }
}

impl People {
    /// A page comes that has said by which id it shows itself; one that does not is bound to the first. It is told
    /// with the number that its person has in the session; 0: none.
    pub(super) fn comes(&mut self, peer: PeerId, client: u64, number: u32) {
        let page = self.pages.entry(peer).or_insert_with(|| Page::of(client));
        page.number = number;
    }

    /// Whether a socket shows itself by this id.
    pub(super) fn shows_as(&self, peer: PeerId, client: u64) -> bool {
        self.pages
            .get(&peer)
            .is_some_and(|page| page.client == client)
    }

    /// Takes what a socket says of its own page.
    pub(super) fn take_presence(
        &mut self,
        peer: PeerId,
        content: &[u8],
        now: u64,
    ) -> Result<(), FrameError> {
        for entry in PresenceEntry::read_all(content)? {
            let is_own = match self.pages.get(&peer) {
                Some(page) => page.client == entry.client,
                None => entry.state != GONE && !self.is_a_sign(entry.client),
            };
            if is_own && is_sound(&entry) {
                self.hear(peer, &entry, now);
            }
        }
        Ok(())
    }

    /// Tells so much from now on. But for the number of who is here, nothing leads from what was told before to what
    /// is told then.
    pub(super) fn tell(&mut self, telling: Telling, now: u64) {
        if self.telling == telling {
            return;
        }
        self.telling = telling;
        let signs: Vec<u64> = self.signs.keys().copied().collect();
        for id in signs {
            self.set_gone(id);
        }
        let peers: Vec<PeerId> = self.pages.keys().copied().collect();
        for peer in peers {
            if let Some(page) = self.pages.get_mut(&peer) {
                (page.own, page.caret, page.drag) = (None, None, None);
            }
            self.show(peer, now);
        }
    }

    fn hear(&mut self, peer: PeerId, entry: &PresenceEntry<'_>, now: u64) {
        let page = self
            .pages
            .entry(peer)
            .or_insert_with(|| Page::of(entry.client));
        let came_anew = &*page.state == GONE;
        let is_later =
            entry.clock > page.clock || (entry.clock == page.clock && entry.state == GONE);
        if came_anew || is_later {
            page.clock = entry.clock;
            page.state = entry.state.into();
            self.show(peer, now);
        }
    }

    /// Tells what a page shows by now.
    fn show(&mut self, peer: PeerId, now: u64) {
        let Some(mut page) = self.pages.remove(&peer) else {
            return;
        };
        let parts = Parts::of(&page.state, page.number, self.telling);
        match parts.own {
            Some(state) => {
                let id = *page.own.get_or_insert_with(new_client);
                self.put(id, peer, state, now);
            }
            None => page.own.take().into_iter().for_each(|id| self.set_gone(id)),
        }
        page.caret = self.show_part(page.caret.take(), parts.caret, peer, now);
        page.drag = self.show_part(page.drag.take(), parts.drag, peer, now);
        self.pages.insert(peer, page);
    }

    /// A part that lasts keeps its id; another gets another.
    fn show_part(
        &mut self,
        before: Option<(String, u64)>,
        part: Option<(String, Arc<str>)>,
        peer: PeerId,
        now: u64,
    ) -> Option<(String, u64)> {
        let lasts = |(of, _): &(String, u64)| part.as_ref().is_some_and(|(its, _)| its == of);
        let (lasting, over) = match before {
            Some(before) if lasts(&before) => (Some(before.1), None),
            before => (None, before),
        };
        if let Some((_, id)) = over {
            self.set_gone(id);
        }
        let (of, state) = part?;
        let id = lasting.unwrap_or_else(new_client);
        self.put(id, peer, state, now);
        Some((of, id))
    }

    fn put(&mut self, id: u64, peer: PeerId, state: Arc<str>, now: u64) {
        let renews = self.telling == Telling::Everything;
        if !renews {
            self.renew_at.get_or_insert(now + RENEW_EVERY_MS);
        }
        let late = now + TIME_TO_LIVE_MS;
        self.sweep = Some(self.sweep.map_or(late, |sweep| sweep.min(late)));
        let sign = self.signs.entry(id).or_insert_with(|| Sign {
            peer,
            clock: 0,
            state: GONE.into(),
            renewed: now,
            is_news: false,
        });
        let is_news = renews || sign.state != state;
        (sign.peer, sign.state, sign.renewed) = (peer, state, now);
        if is_news {
            sign.clock += 1;
            self.is_news(id);
        }
    }

    fn is_news(&mut self, id: u64) {
        if let Some(sign) = self.signs.get_mut(&id)
            && !std::mem::replace(&mut sign.is_news, true)
        {
            self.news.push_back(id);
        }
    }

    /// The same page is at another socket: its old one has died without a word.
    pub(super) fn hand_over(&mut self, from: PeerId, to: PeerId) {
        let Some(mut page) = self.pages.remove(&from) else {
            return;
        };
        page.clock = 0;
        let deeds = [&page.caret, &page.drag].into_iter().flatten();
        for id in deeds.map(|(_, id)| *id).chain(page.own) {
            if let Some(sign) = self.signs.get_mut(&id) {
                sign.peer = to;
            }
        }
        self.pages.insert(to, page);
    }

    /// Whether that is an id of this room's making.
    fn is_a_sign(&self, id: u64) -> bool {
        self.signs.contains_key(&id) || self.former.contains(&id)
    }

    /// The socket has gone, and its page with it. In what note it wrote, it is told some seconds longer.
    pub(super) fn leave(&mut self, peer: PeerId) {
        if let Some(own) = self.pages.remove(&peer).and_then(|page| page.own) {
            self.set_gone(own);
        }
    }

    /// Lets go what is not renewed, and renews for all what is told.
    pub(super) fn expire(&mut self, now: u64) {
        if self.renew_at.is_some_and(|at| now >= at) {
            self.renew(now);
        }
        if self.sweep.is_none_or(|sweep| now < sweep) {
            return;
        }
        let is_late = |sign: &Sign| &*sign.state != GONE && now >= sign.renewed + TIME_TO_LIVE_MS;
        let late = self.signs.iter().filter(|(_, sign)| is_late(sign));
        let late: Vec<u64> = late.map(|(id, _)| *id).collect();
        for id in late {
            self.set_gone(id);
            for page in self.pages.values_mut() {
                page.own.take_if(|own| *own == id);
                page.caret.take_if(|(_, its)| *its == id);
                page.drag.take_if(|(_, its)| *its == id);
                if page.own.is_none() {
                    page.state = GONE.into();
                }
            }
        }
        let here = self.signs.values().filter(|sign| &*sign.state != GONE);
        self.sweep = here.map(|sign| sign.renewed + TIME_TO_LIVE_MS).min();
    }

    fn renew(&mut self, now: u64) {
        self.renew_at = None;
        if self.telling == Telling::Everything {
            return;
        }
        let here: Vec<u64> = (self.signs.iter())
            .filter(|(_, sign)| &*sign.state != GONE)
            .map(|(id, _)| *id)
            .collect();
        for id in &here {
            if let Some(sign) = self.signs.get_mut(id) {
                sign.clock += 1;
            }
            self.is_news(*id);
        }
        if !here.is_empty() {
            self.renew_at = Some(now + RENEW_EVERY_MS);
        }
    }

    /// When to call `expire` next.
    pub(super) fn next_expiry(&self) -> Option<u64> {
        self.sweep.into_iter().chain(self.renew_at).min()
    }

    fn set_gone(&mut self, id: u64) {
        if let Some(sign) = self.signs.get_mut(&id) {
            // The same clock: y-protocols takes "gone" at an equal clock.
            sign.state = GONE.into();
            self.is_news(id);
        }
    }

    /// Is there anything to tell?
    pub(super) fn has_news(&self) -> bool {
        !self.news.is_empty()
    }

    /// The news that fit in so many bytes, and one at least. What does not fit comes first next time.
    pub(super) fn take_news(&mut self, budget_bytes: usize) -> Option<News> {
        let mut told: Vec<Told> = Vec::new();
        let mut bytes = 0;
        while let Some(id) = self.news.front().copied() {
            let Some(sign) = self.signs.get_mut(&id) else {
                self.news.pop_front();
                continue;
            };
            let entry_bytes = sign.state.len() + 12;
            if !told.is_empty() && bytes + entry_bytes > budget_bytes {
                break;
            }
            self.news.pop_front();
            bytes += entry_bytes;
            sign.is_news = false;
            told.push(Told {
                peer: sign.peer,
                id,
                clock: sign.clock,
                state: Arc::clone(&sign.state),
            });
            if &*sign.state == GONE {
                self.signs.remove(&id);
                self.former.push_back(id);
                if self.former.len() > MAX_FORMER {
                    self.former.pop_front();
                }
            }
        }
        (!told.is_empty()).then_some(News(told))
    }

    /// Everybody else, for one who has come or asks; `None` if nobody is here.
    pub(super) fn others(&self, peer: PeerId) -> Option<Vec<u8>> {
        let here = (self.signs.iter())
            .filter(|(_, sign)| &*sign.state != GONE)
            .map(|(id, sign)| Told {
                peer: sign.peer,
                id: *id,
                clock: sign.clock,
                state: Arc::clone(&sign.state),
            });
        News(here.collect()).content_for(peer)
    }
}

/// What a page shows of itself, with the number that the room says, whatever it says itself: of two fields of one
/// name the last one counts.
fn numbered(state: &Arc<str>, number: u32) -> Arc<str> {
    let may_say_one = state.contains("number") || state.contains("\\u");
    if number == 0 && !may_say_one {
        return Arc::clone(state);
    }
    let Some(fields) = state.trim_end().strip_suffix('}') else {
        return Arc::clone(state);
    };
    let is_empty = fields.trim_end().ends_with('{');
    let comma = if is_empty { "" } else { "," };
    format!("{fields}{comma}\"number\":{number}}}").into()
}

fn content_of(told: Vec<&Told>) -> Vec<u8> {
    PresenceEntry::write_all(told.into_iter().map(|told| PresenceEntry {
        client: told.id,
        clock: told.clock,
        state: &told.state,
    }))
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
#[path = "presence_tests.rs"]
mod tests;
