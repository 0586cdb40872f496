//! People: each has a replica of the board and a socket, as our own client has.

pub use crate::seen::hands_over;
use crate::{
    seen::{Seen, State},
    ways,
    wire::{PATIENCE, Past},
};
pub use crate::{table::Table, ways::Way};
use samtavle_shared::{
    board::{Change, Made, NewNote, NoteKind, TextEdit},
    geometry::BoardPoint,
    ids::{NoteId, VoiceId},
    wire::{ClientMessage, CloseCode, Frame, Presence, PresenceEntry, Role, presence::User},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};

/// Between two looks when nothing came.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Somebody with a replica of the board.
pub struct Person {
    /// Their name.
    pub name: String,
    /// The Yjs client that they write as.
    pub client: u64,
    table: Table,
    role: Role,
    device: String,
    way: Way,
    /// As whom pages of their browser wrote before.
    wrote_as: Vec<u64>,
    /// Under which client id each note is written.
    hands: Mutex<HashMap<NoteId, u64>>,
    seen: Arc<Seen>,
    connection: Mutex<Option<Connection>>,
}

struct Connection {
    frames: mpsc::UnboundedSender<Vec<u8>>,
    task: JoinHandle<()>,
}

impl Person {
    /// Another page of the same browser: another socket of the same person.
    pub async fn opens_another_page(&self) -> Self {
        let mut page = Self::new(self.table.clone(), &self.name, self.role);
        page.device.clone_from(&self.device);
        page.comes_back().await;
        page
    }

    /// Their page is loaded again, from the copy that their browser keeps: another Yjs client with the same
    /// notes.
    pub async fn reloads(&self) -> Self {
        self.vanishes();
        let mut page = Self::new(self.table.clone(), &self.name, self.role);
        page.device.clone_from(&self.device);
        page.wrote_as = std::iter::once(self.client)
            .chain(self.wrote_as.iter().copied())
            .collect();
        let kept = self.state().board.whole();
        page.state().knows.clone_from(&self.state().knows);
        page.state().board.apply(&kept, Made::Before).unwrap();
        page.state().board.take_updates();
        page.comes_back().await;
        page
    }

    pub(crate) fn new(table: Table, name: &str, role: Role) -> Self {
        let client = rand::random::<u64>() & ((1 << 53) - 1);
        Self {
            name: name.to_owned(),
            client,
            table,
            role,
            device: format!("{:032x}", rand::random::<u128>()),
            way: Way::Socket,
            wrote_as: Vec::new(),
            hands: Mutex::default(),
            seen: Arc::new(Seen::nothing(client)),
            connection: Mutex::new(None),
        }
    }

    /// The same page by another way, from its next coming back.
    pub fn takes(&mut self, way: Way) {
        self.way = way;
    }

    /// Connects (again) and syncs, trying until the server answers. Their replica stays as it was.
    pub async fn comes_back(&self) {
        self.vanishes();
        let past = Past {
            wrote_as: self.wrote_as.clone(),
            knows: self.state().knows.clone(),
        };
        let wire = Box::pin(ways::open(
            self.way,
            &self.table,
            self.role,
            self.client,
            &self.device,
            &past,
        ))
        .await;
        let step_1 = {
            let mut state = self.state();
            (state.sent, state.saved, state.is_synced, state.closed) = (0, 0, false, None);
            state.trouble = None;
            state.is_waiting = false;
            state.comings += 1;
            state.answers.clear();
            (state.session, state.own, state.lead) = Default::default();
            state.here.clear();
            state.board.take_updates();
            Frame::SyncStep1(&state.board.state_vector()).write()
        };
        let (frames, queue) = mpsc::unbounded_channel();
        let seen = Arc::clone(&self.seen);
        // The receiver lives as long as the task.
        let _ = frames.send(step_1);
        let task = tokio::spawn(wire.live(queue, frames.clone(), seen));
        *self.connection.lock().unwrap() = Some(Connection { frames, task });
        self.until("all of the board", |state| {
            state.is_synced || state.is_waiting || state.closed.is_some()
        })
        .await;
    }

    /// The secret of their browser.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// The network is gone: the socket ends without a word. The person works on.
    pub fn vanishes(&self) {
        if let Some(connection) = self.connection.lock().unwrap().take() {
            connection.task.abort();
        }
    }

    /// What they have and have seen.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.seen.locked()
    }

    /// Waits until something is so.
    pub async fn until(&self, what: &str, is_so: impl Fn(&State) -> bool) {
        let waited = timeout(PATIENCE, async {
            loop {
                let news = self.seen.news.notified();
                if is_so(&self.state()) {
                    return;
                }
                // What is waited for may be another's to see, too: look again now and then.
                let _ = timeout(LOOK_AGAIN, news).await;
            }
        });
        if waited.await.is_err() {
            let state = self.state();
            let texts = state.texts();
            panic!(
                "{} waits for {what} in vain: {} notes {:.300?}, sent {}, saved {}, refused {:?}, closed {:?}, here {:?}",
                self.name,
                texts.len(),
                format!("{texts:?}"),
                state.sent,
                state.saved,
                state.refused,
                state.closed,
                state.here
            );
        }
    }

    /// Posts a note.
    pub async fn writes(&self, text: &str) -> NoteId {
        let id = NoteId::from_random(rand::random());
        let pos = BoardPoint::new(0.0, 0.0);
        let note = NewNote::new(id.clone(), NoteKind::Problem, pos, text, 0.0);
        self.state().board.change(Made::Here).add_note(note);
        self.sends_changes().await;
        id
    }

    /// Posts a note as our own client does: under a client id that is used for nothing else.
    pub async fn posts(&self, note: NewNote) {
        self.writes_apart(&note.id.clone(), |change| change.add_note(note))
            .await;
    }

    /// Writes something in a note as our own client does: for this person and this note always under the same
    /// client id, which is used for nothing else.
    pub async fn writes_apart(&self, note: &NoteId, gesture: impl FnOnce(&mut Change<'_>)) {
        let random = || u64::from(rand::random::<u32>());
        let client = *self
            .hands
            .lock()
            .unwrap()
            .entry(note.clone())
            .or_insert_with(random);
        let clients = vec![client];
        self.sends(Frame::Ours(&ClientMessage::WritesAs { clients }.to_json()).write());
        {
            let state = self.state();
            state.board.write_as(client);
            gesture(&mut state.board.change(Made::Here));
        }
        self.sends_changes().await;
    }

    /// Posts a note that says who speaks.
    pub async fn writes_as(&self, text: &str, voice: Option<&str>, name: Option<&str>) -> NoteId {
        let id = NoteId::from_random(rand::random());
        let pos = BoardPoint::new(0.0, 0.0);
        let note = NewNote::new(id.clone(), NoteKind::Problem, pos, text, 0.0)
            .by_voice(voice.map(VoiceId::from))
            .by_name(name.map(str::to_owned));
        self.state().board.change(Made::Here).add_note(note);
        self.sends_changes().await;
        id
    }

    /// Writes on in a note, at its end.
    pub async fn adds_to(&self, note: &NoteId, text: &str) {
        {
            let state = self.state();
            let before = state
                .board
                .view()
                .note(note)
                .expect("the note is there")
                .text;
            let at = u32::try_from(before.encode_utf16().count()).unwrap();
            let edit = TextEdit {
                at,
                remove: 0,
                insert: text.to_owned(),
            };
            state.board.change(Made::Here).write_note(note, &edit);
        }
        self.sends_changes().await;
    }

    /// Deletes a note, when it has come to them.
    pub async fn deletes(&self, note: &NoteId) {
        let is_here = |state: &State| state.board.view().note(note).is_some();
        self.until("the note that they delete", is_here).await;
        let since = std::time::SystemTime::UNIX_EPOCH.elapsed();
        let at = since.expect("it is after 1970").as_millis() as f64;
        self.state().board.change(Made::Here).delete_note(note, at);
        self.sends_changes().await;
    }

    /// Sends what they changed and have not sent.
    pub async fn sends_changes(&self) {
        let updates = self.state().board.take_updates();
        for update in updates
            .into_iter()
            .filter(|update| update.made == Made::Here)
        {
            self.sends_update(&update.bytes);
        }
        tokio::task::yield_now().await;
    }

    /// Sends any bytes as an update.
    pub fn sends_update(&self, update: &[u8]) {
        self.state().sent += 1;
        self.sends(Frame::Update(update).write());
    }

    /// Sends any bytes as a frame.
    pub fn sends(&self, frame: Vec<u8>) {
        if let Some(connection) = &*self.connection.lock().unwrap() {
            // A closed socket takes nothing; the person has it in their replica.
            let _ = connection.frames.send(frame);
        }
    }

    /// Types notes until the way to the server ends; gives those that were saved.
    pub async fn types_until_the_end(&self, round: usize) -> Vec<String> {
        let mut written = Vec::new();
        while self.state().closed.is_none() {
            let text = format!("{} {round}.{}", self.name, written.len());
            self.writes(&text).await;
            written.push((self.state().sent, text));
            tokio::time::sleep(Duration::from_millis(1)).await; // typing, not waiting
        }
        let saved = self.state().saved;
        written
            .into_iter()
            .filter(|(frame, _)| *frame <= saved)
            .map(|(_, text)| text)
            .collect()
    }

    /// Shows where they point.
    pub async fn points_at(&self, x: f64, y: f64) {
        let presence = Presence {
            user: User {
                name: self.name.clone(),
                color: "#0a5a45".to_owned(),
            },
            cursor: Some(BoardPoint::new(x, y)),
            ..Presence::default()
        };
        self.shows(self.client, &presence.to_json()).await;
    }

    /// Shows presence in the name of any client.
    pub async fn shows(&self, client: u64, presence: &str) {
        let clock = {
            let mut state = self.state();
            state.presence_clock += 1;
            state.presence_clock
        };
        let entry = PresenceEntry {
            client,
            clock,
            state: presence,
        };
        self.sends(Frame::Awareness(&PresenceEntry::write_all([entry].into_iter())).write());
        tokio::task::yield_now().await;
    }

    /// Waits until a note says exactly this.
    pub async fn sees(&self, text: &str) {
        self.until(&format!("a note {text:?}"), |state| {
            state.texts().iter().any(|its| its == text)
        })
        .await;
    }

    /// Waits until the notes say exactly these.
    pub async fn sees_only(&self, texts: &[&str]) {
        let mut texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        texts.sort();
        self.until(&format!("only {texts:?}"), |state| state.texts() == texts)
            .await;
    }

    /// Waits until somebody of that name points there.
    pub async fn sees_cursor(&self, of: &str, x: f64, y: f64) {
        let what = format!("a cursor of {of} at {x}, {y}");
        self.until(&what, |state| {
            let mut named = state.named(of);
            named.any(|its| its.cursor == Some(BoardPoint::new(x, y)))
        })
        .await;
    }

    /// Waits until nobody of that name is here any more.
    pub async fn misses(&self, name: &str) {
        self.until(&format!("{name} to go"), |state| {
            state.named(name).next().is_none()
        })
        .await;
    }

    /// Waits until all that they sent is on disk.
    pub async fn is_saved(&self) {
        self.until("all of it to be saved", |state| state.saved == state.sent)
            .await;
    }

    /// Waits until the socket is closed; gives the code.
    pub async fn is_closed(&self) -> Option<CloseCode> {
        self.until("the socket to be closed", |state| state.closed.is_some())
            .await;
        self.state().closed.unwrap()
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        self.vanishes();
    }
}

/// Everybody sees the same: waits until all replicas are equal, and gives what the notes say.
pub async fn all_see_the_same(people: &[&Person]) -> Vec<String> {
    let (first, others) = people.split_first().expect("somebody");
    for other in others {
        other
            .until("the same as the others", |theirs| {
                let ours = first.state();
                ours.board.state_vector().len() == theirs.board.state_vector().len()
                    && ours.texts() == theirs.texts()
            })
            .await;
    }
    first.state().texts()
}
