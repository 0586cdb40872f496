//! The task of one open board: waits for people, the disk and the clock, asks the room what to do,
//! and does it.

use super::{
    listing::{Common, Listing},
    message::Message,
    opening,
    outbox::Outbox,
    revising,
};
use crate::{
    access::{
        codes::JoinCode,
        keys::{Key, NoRandomness},
    },
    clock,
    log::{Checkpoint, Log, LogError, Recalled, Record, Seq, checkpoints::Schedule},
    room::{
        Room,
        document::new_client,
        opened::Opened,
        take_back::take_back,
        terms::{Effect, Input, PeerId, Recalling},
    },
    stopping::is_asked_to_stop,
    work::aside,
};
use samtavle_shared::{
    guard::Naming,
    ids::{BoardId, PersonId},
    session::Showing,
    wire::{CloseCode, SaveTrouble},
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::{
    runtime::Handle,
    sync::{mpsc, watch},
    time::{Instant, sleep_until, timeout},
};

/// Bytes that may be on their way to disk before a room takes no more from people: a slow disk slows
/// writers, and does not fill the memory.
const MAX_UNWRITTEN_BYTES: usize = 16 * 1024 * 1024;
/// The same while the disk takes nothing: some thousand notes. More stays on people's own machines.
const MAX_HELD_BYTES: usize = 2 * 1024 * 1024;
/// Somebody who has a seat has this long to come in before the room asks again whether it may end.
const SHORTEST_IDLE: Duration = Duration::from_millis(20);
/// Messages that are taken before the clock and the disk are looked at again.
const AT_ONCE: usize = 64;
/// How often it is written down that people sit here, for the life of the board's code.
const SITTING: Duration = Duration::from_mins(10);
/// New codes that are tried before giving up: the chance that even two are taken is tiny.
const CODES_TO_TRY: u32 = 20;
/// Longest that an ending room waits for the disk.
const LAST_WRITES: Duration = Duration::from_secs(5);

/// What the log's thread says to a room.
type Written = Result<(Seq, usize), LogError>;

/// An open room and what it needs.
struct Running<'a> {
    common: &'a Arc<Common>,
    board: &'a BoardId,
    room: Room,
    outboxes: HashMap<PeerId, Outbox>,
    schedule: Schedule,
    tell_written: mpsc::UnboundedSender<Written>,
    written: mpsc::UnboundedReceiver<Written>,
    tell_taken_back: mpsc::UnboundedSender<Input>,
    taken_back: mpsc::UnboundedReceiver<Input>,
    unwritten_bytes: usize,
    trouble: watch::Receiver<Option<SaveTrouble>>,
    /// The board failed, and is not written to yet.
    pause: Option<Pause>,
    /// What came of it while the room waited for the disk, besides what was sent: it is done after that.
    postponed: Vec<Effect>,
    empty_since: Option<Instant>,
    sat_at: Option<Instant>,
}

/// Nothing of a board is written for a while.
struct Pause {
    until: Instant,
    /// Records, in their order.
    held: Vec<Record>,
}

/// Why a room ends.
enum End {
    /// Nobody is here.
    Idle,
    /// The server stops.
    Stopping,
    /// The log failed: what is in memory may never be on disk.
    LogFailed(LogError),
}

/// Opens a board and serves it until it ends. What comes in by `messages` and is not read when this
/// ends, sends its people away: their outboxes close.
pub(super) async fn run(
    listing: Listing,
    mut messages: mpsc::Receiver<Message>,
    mut stopping: watch::Receiver<bool>,
    _alive: mpsc::Sender<()>,
) {
    let (common, board) = (listing.common(), listing.board());
    let started = Instant::now();
    let opened = match read_board(common, board).await {
        Ok(opened) => opened,
        Err(error) => {
            tracing::error!(target: "samtavle::room", %board, %error, "a board could not be opened");
            return;
        }
    };
    let ms = started.elapsed().as_millis() as u64;
    tracing::info!(target: "samtavle::room", %board, records = opened.last, ms, "a board is open");

    let mut running = Running::new(common, board, opened);
    loop {
        match running.serve(&mut messages, &mut stopping).await {
            End::Idle => {
                running.settle().await;
                if running.room.is_stuck() && !running.room.is_settled() {
                    // What is held would be missing in the room that is opened next.
                    running.empty_since = Some(Instant::now());
                    continue;
                }
                if listing.close_if_empty() {
                    tracing::info!(target: "samtavle::room", %board, "a board is closed, nobody is here");
                    return;
                }
                running.empty_since = Some(Instant::now()); // somebody is coming
            }
            End::Stopping => {
                running.send_what_waits();
                running.settle().await;
                return running.say_goodbye();
            }
            End::LogFailed(error) => {
                tracing::error!(target: "samtavle::room", %board, %error, "the log failed; everybody is sent away, and the board is read again");
                common.failing.failed(board);
                running.send_what_waits();
                return running.say_goodbye();
            }
        }
    }
}

impl<'a> Running<'a> {
    fn new(common: &'a Arc<Common>, board: &'a BoardId, opened: Opened) -> Self {
        let (tell_written, written) = mpsc::unbounded_channel();
        let (tell_taken_back, taken_back) = mpsc::unbounded_channel();
        Self {
            trouble: common.log.trouble(),
            schedule: Schedule::new(common.settings.checkpoint_every, opened.checkpoint),
            room: Room::new(
                board.clone(),
                opened,
                common.settings.clock,
                new_client(),
                Arc::clone(&common.costly),
                clock::now(),
            ),
            common,
            board,
            outboxes: HashMap::new(),
            tell_written,
            written,
            tell_taken_back,
            taken_back,
            unwritten_bytes: 0,
            pause: (common.failing.pauses_until(board)).map(|until| Pause {
                until,
                held: Vec::new(),
            }),
            postponed: Vec::new(),
            empty_since: Some(Instant::now()),
            sat_at: None,
        }
    }

    /// Serves until there is a reason to end.
    async fn serve(
        &mut self,
        messages: &mut mpsc::Receiver<Message>,
        stopping: &mut watch::Receiver<bool>,
    ) -> End {
        let mut inbox = Vec::new();
        self.trouble.mark_changed(); // it may have been there before us
        loop {
            let tick = self
                .room
                .wakes_at()
                .map(|steady| Instant::from_std(clock::instant_of(steady)));
            let idle = self
                .empty_since
                .map(|since| since + self.common.settings.unload_after.max(SHORTEST_IDLE));
            let has_room = self.unwritten_bytes < MAX_UNWRITTEN_BYTES;
            let paused = self.pause.as_ref().map(|pause| pause.until);
            let done = tokio::select! {
                biased;
                () = is_asked_to_stop(stopping) => return End::Stopping,
                Some(written) = self.written.recv() => self.on_written(written).await,
                Ok(()) = self.trouble.changed() => {
                    let trouble = *self.trouble.borrow_and_update();
                    self.handle(Input::Saving(self.trouble_now(trouble))).await
                }
                () = at(paused) => self.go_on_writing().await,
                Some(taken_back) = self.taken_back.recv() => self.handle(taken_back).await,
                () = at(tick) => self.handle(Input::Tick).await,
                count = messages.recv_many(&mut inbox, AT_ONCE), if has_room => match count {
                    0 => return End::Idle, // the registry has let go of us
                    _ => self.on_messages(&mut inbox).await,
                },
                () = at(idle) => return End::Idle,
            };
            if let Err(error) = done {
                return End::LogFailed(error);
            }
            self.note_who_is_here();
        }
    }

    /// Why nothing of this board can be written.
    fn trouble_now(&self, of_all: Option<SaveTrouble>) -> Option<SaveTrouble> {
        of_all.or(self.pause.as_ref().map(|_| SaveTrouble::Failed))
    }

    /// The board is tried again with what was held.
    async fn go_on_writing(&mut self) -> Result<(), LogError> {
        self.write_held();
        let trouble = *self.trouble.borrow();
        self.handle(Input::Saving(trouble)).await
    }

    fn write_held(&mut self) {
        for record in self
            .pause
            .take()
            .map(|pause| pause.held)
            .unwrap_or_default()
        {
            self.write(record);
        }
    }

    async fn on_messages(&mut self, inbox: &mut Vec<Message>) -> Result<(), LogError> {
        for message in inbox.drain(..) {
            self.on_message(message).await?;
        }
        Ok(())
    }

    async fn on_message(&mut self, message: Message) -> Result<(), LogError> {
        match message {
            Message::Enter(peer, entrance, outbox) => {
                self.outboxes.insert(peer, outbox);
                self.handle(Input::Enter(peer, entrance)).await
            }
            Message::Frame(peer, bytes, _leave) => self.handle(Input::Frame(peer, bytes)).await,
            Message::Leave(peer) => {
                self.outboxes.remove(&peer);
                self.handle(Input::Leave(peer)).await
            }
        }
    }

    async fn on_written(&mut self, written: Written) -> Result<(), LogError> {
        let (mut last, mut bytes) = written?;
        while let Ok(more) = self.written.try_recv() {
            let (seq, more_bytes) = more?;
            last = seq;
            bytes += more_bytes;
        }
        self.unwritten_bytes = self.unwritten_bytes.saturating_sub(bytes);
        self.common.failing.works(self.board);
        self.handle(Input::OnDisk(last)).await
    }

    /// Asks the room, does what it says, and tells it of sockets that were stuck.
    async fn handle(&mut self, input: Input) -> Result<(), LogError> {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let room = &mut self.room;
            let effects = if input.may_take_long() {
                aside(|| room.handle(input, clock::now()))
            } else {
                room.handle(input, clock::now())
            };
            for effect in effects {
                self.perform(effect, &mut inputs).await?;
                for effect in std::mem::take(&mut self.postponed) {
                    self.perform(effect, &mut inputs).await?;
                }
            }
        }
        if self.schedule.is_due(self.room.last()) {
            self.write_checkpoint(None);
        }
        Ok(())
    }

    async fn perform(&mut self, effect: Effect, inputs: &mut Vec<Input>) -> Result<(), LogError> {
        match effect {
            Effect::Send { to, frame, class } => {
                for peer in to {
                    let Some(outbox) = self.outboxes.get(&peer) else {
                        continue;
                    };
                    if outbox.send(frame.clone(), class).is_err()
                        && let Some(outbox) = self.outboxes.remove(&peer)
                    {
                        tracing::info!(target: "samtavle::room", board = %self.board, "a socket fell behind and is to sync again");
                        outbox.cut(CloseCode::Resync);
                        inputs.push(Input::Leave(peer));
                    }
                }
            }
            Effect::Close(peer, code) => {
                if let Some(outbox) = self.outboxes.remove(&peer) {
                    outbox.close(code);
                }
            }
            Effect::Append(record) => self.append(record),
            Effect::Checkpoint(name) => self.write_checkpoint(Some(name)),
            Effect::TakeBack(person, naming) => self.take_back(person, naming),
            Effect::ForgetNames(showing) => self.forget_names(showing),
            Effect::Recall(recalling) => call_back(
                &self.common.log,
                self.board,
                recalling,
                self.tell_taken_back.clone(),
                CODES_TO_TRY,
            ),
            Effect::Rebuild => {
                self.wait_for_disk().await?;
                let opened = read_board(self.common, self.board).await?;
                self.room.restore(opened);
            }
        }
        Ok(())
    }

    fn append(&mut self, record: Record) {
        self.unwritten_bytes += record.bytes.len();
        if self.unwritten_bytes >= MAX_HELD_BYTES && self.room.is_stuck() {
            self.room.is_full_up();
        }
        match &mut self.pause {
            Some(pause) => pause.held.push(record),
            None => self.write(record),
        }
    }

    fn write(&self, record: Record) {
        let (seq, bytes, tell) = (record.seq, record.bytes.len(), self.tell_written.clone());
        // The room may have ended when the log answers; then nobody needs to know.
        let done =
            move |outcome: Result<(), LogError>| drop(tell.send(outcome.map(|()| (seq, bytes))));
        self.common.log.append(self.board, record, Box::new(done));
    }

    fn write_checkpoint(&mut self, name: Option<String>) {
        let (board, seq) = (self.board.clone(), self.room.last());
        self.schedule.written(seq);
        let (log, runtime) = (Arc::clone(&self.common.log), Handle::current());
        let done = move |outcome: Result<(), LogError>| match outcome {
            // All that is in it is on disk. The room goes on meanwhile.
            Ok(()) => drop(runtime.spawn_blocking(move || put_together(&*log, &board))),
            Err(error) => {
                tracing::warn!(target: "samtavle::room", %board, %error, "a checkpoint was not written; its records are there");
            }
        };
        let checkpoint = Checkpoint {
            seq,
            state: aside(|| self.room.whole()),
            name,
        };
        self.common
            .log
            .write_checkpoint(self.board, checkpoint, Box::new(done));
    }

    /// Takes names out of what is on disk, while the room goes on. Should it fail, it is tried again when the board is
    /// opened the next time.
    fn forget_names(&self, showing: Showing) {
        let (log, board) = (Arc::clone(&self.common.log), self.board.clone());
        let tell = self.tell_taken_back.clone();
        tokio::task::spawn_blocking(move || {
            match revising::forget_names(&*log, &board, showing) {
                // The room may have ended; it is looked at once more at its next opening then.
                Ok(()) => drop(tell.send(Input::NamesGone(showing))),
                Err(error) => {
                    tracing::error!(target: "samtavle::room", %board, %error, "names are still in the records");
                }
            }
        });
    }

    /// Finds what undoes all that somebody did, off the async threads; the room goes on meanwhile. Should
    /// it fail, it is tried again when the board is opened the next time.
    fn take_back(&self, person: PersonId, naming: Naming) {
        let (log, board) = (Arc::clone(&self.common.log), self.board.clone());
        let tell = self.tell_taken_back.clone();
        tokio::task::spawn_blocking(move || match log.read_after(&board, 0) {
            Ok(records) => {
                let update = take_back(&records, &person, naming, new_client());
                // The room may have ended; it is done at its next opening then.
                let _ = tell.send(Input::TakenBack(person, update));
            }
            Err(error) => {
                tracing::error!(target: "samtavle::room", %board, %error, "what a removed person did is not taken back yet");
            }
        });
    }

    /// Waits until every record is on disk.
    async fn wait_for_disk(&mut self) -> Result<(), LogError> {
        self.write_held();
        while !self.room.is_settled() {
            let Some(written) = self.written.recv().await else {
                return Err(LogError::Closed);
            };
            let (seq, bytes) = written?;
            self.unwritten_bytes = self.unwritten_bytes.saturating_sub(bytes);
            let effects = self.room.handle(Input::OnDisk(seq), clock::now());
            self.send_only(effects); // "saved", and what waited for a tick
        }
        Ok(())
    }

    /// Everything on disk, before the room ends.
    async fn settle(&mut self) {
        if self.schedule.is_worth_it_at_unload(self.room.last()) {
            self.write_checkpoint(None);
        }
        match timeout(LAST_WRITES, self.wait_for_disk()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::error!(target: "samtavle::room", board = %self.board, %error, "the last records were not written");
            }
            Err(_) => {
                tracing::error!(target: "samtavle::room", board = %self.board, "the last records are not on disk yet");
            }
        }
    }

    /// What waits for a tick goes out.
    fn send_what_waits(&mut self) {
        let effects = self.room.flush(clock::now());
        self.send_only(effects);
    }

    /// Does the sending among these effects, and keeps the others for later. A socket that is stuck is found
    /// again at the next frame, or syncs when it comes back.
    fn send_only(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Send { to, frame, class } = effect {
                for outbox in to.iter().filter_map(|peer| self.outboxes.get(peer)) {
                    let _ = outbox.send(frame.clone(), class);
                }
            } else {
                self.postponed.push(effect);
            }
        }
    }

    /// Everybody is told to come back.
    fn say_goodbye(&mut self) {
        for (_, outbox) in self.outboxes.drain() {
            outbox.close(CloseCode::Restart);
        }
    }

    /// While somebody takes part it is written down now and then, and when the last has gone.
    fn note_that_they_sit(&mut self) {
        let is_due = match (self.sat_at, self.room.somebody_takes_part()) {
            (None, sits) => sits,
            (Some(_), false) => true,
            (Some(at), true) => at.elapsed() >= SITTING,
        };
        if is_due {
            let sits = self.room.somebody_takes_part();
            self.sat_at = sits.then(Instant::now);
            let life = self.common.settings.life_of_codes(clock::now().wall);
            self.common.log.sits(self.board, life);
        }
    }

    fn note_who_is_here(&mut self) {
        self.note_that_they_sit();
        match (self.room.is_empty(), self.empty_since) {
            (true, None) => self.empty_since = Some(Instant::now()),
            (false, Some(_)) => self.empty_since = None,
            _ => {}
        }
    }
}

/// Queues that keys are called back, before the records that tell of it; a command that asked for it gets a new code, which no
/// other board has.
fn call_back(
    log: &Arc<dyn Log>,
    board: &BoardId,
    mut recalling: Recalling,
    tell: mpsc::UnboundedSender<Input>,
    tries: u32,
) {
    // The room may have ended when it is told; then everybody comes back by what the log says.
    if recalling.answer.is_some()
        && let Err(error) = finds_another(&mut recalling)
    {
        let failed = LogError::Failed(error.to_string());
        drop(tell.send(Input::Recalled(recalling, Err(failed))));
        return;
    }
    let (again, of, recall) = (Arc::clone(log), board.clone(), recalling.recall.clone());
    let done = move |done: Result<(), LogError>| {
        if matches!(done, Err(LogError::Taken)) && tries > 1 {
            call_back(&again, &of, recalling, tell, tries - 1);
        } else {
            drop(tell.send(Input::Recalled(recalling, done)));
        }
    };
    log.recall(board, recall, Box::new(done));
}

/// Another key for facilitators, or another code for all.
fn finds_another(recalling: &mut Recalling) -> Result<(), NoRandomness> {
    if recalling.recall.keys == Recalled::Lead {
        let key = Key::random()?;
        recalling.recall.lead = Some(key.hash());
        recalling.lead = Some(key);
    } else {
        recalling.recall.code = Some(JoinCode::random()?);
    }
    Ok(())
}

/// Leaves out of what is on disk what later records of the session have replaced.
fn put_together(log: &dyn Log, board: &BoardId) {
    if let Err(error) = revising::put_together(log, board) {
        tracing::warn!(target: "samtavle::room", %board, %error, "the session's records were not put together; all of them are there");
    }
}

async fn read_board(common: &Arc<Common>, board: &BoardId) -> Result<Opened, LogError> {
    let (log, board) = (Arc::clone(&common.log), board.clone());
    tokio::task::spawn_blocking(move || opening::open(&*log, &board))
        .await
        .unwrap_or_else(|panic| Err(LogError::Failed(panic.to_string())))
}

/// Waits for a moment, or for ever.
async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
#[path = "task_tests.rs"]
mod tests;
