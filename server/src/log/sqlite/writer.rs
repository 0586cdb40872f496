//! The one thread that writes. Everything that waits when it looks goes into one transaction (group
//! commit), so the cost of an fsync is shared; the callbacks run after the COMMIT.
//!
//! ```text
//! Works ── the disk takes nothing ─► Stuck: records are held, all else is answered with a no
//!   ▲                                  │
//!   └── what is held is on disk ◄── tried again, 0.25 s to 5 s
//! ```

use super::{
    door::Door,
    store::{Store, Unwritten},
    writes::Write,
};
use crate::log::{Done, LogError};
use samtavle_shared::wire::SaveTrouble;
use std::{
    collections::VecDeque,
    sync::mpsc::{self, RecvTimeoutError},
    time::{Duration, Instant},
};
use tokio::sync::watch;

/// Most jobs in one transaction: bounds how long the first of them waits.
const GROUP: usize = 1_000;
/// The first wait before a disk that takes nothing is tried again.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// Without anything to write, the files are looked after so often.
const REST: Duration = Duration::from_secs(1);
/// The longest: so long after there is room again the last person is told "saved".
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Something to write, and whom to tell.
pub(super) struct Job {
    pub(super) write: Write,
    pub(super) done: Done,
}

/// The thread's state.
pub(super) struct Writer {
    door: Door,
    /// `None`: it could not be opened for writing yet.
    store: Option<Store>,
    stuck: Option<Stuck>,
    /// Committed into files that were taken away: told when it is where it belongs.
    untold: Vec<Told>,
    /// Told whenever it changes.
    trouble: watch::Sender<Option<SaveTrouble>>,
}

/// Whom to tell, and what.
type Told = (Done, Result<(), LogError>);

/// The disk takes nothing just now.
struct Stuck {
    /// Records, in their order.
    held: VecDeque<Job>,
    pause: Duration,
    next_try: Instant,
}

impl Writer {
    /// One that writes into this store; or, if there is none because of this trouble, tries to open it.
    pub(super) fn new(
        door: Door,
        store: Result<Store, SaveTrouble>,
        trouble: watch::Sender<Option<SaveTrouble>>,
    ) -> Self {
        let mut writer = Self {
            door,
            store: None,
            stuck: None,
            untold: Vec::new(),
            trouble,
        };
        match store {
            Ok(store) => writer.store = Some(store),
            Err(why) => writer.is_stuck(why, VecDeque::new()),
        }
        writer
    }

    /// Writes until the other end is closed and everything is written that can be.
    pub(super) fn run(mut self, jobs: &mpsc::Receiver<Job>) {
        loop {
            let next = match &self.stuck {
                None => jobs.recv_timeout(REST),
                Some(stuck) => {
                    jobs.recv_timeout(stuck.next_try.saturating_duration_since(Instant::now()))
                }
            };
            match next {
                Ok(first) => {
                    let group = std::iter::once(first)
                        .chain(jobs.try_iter().take(GROUP - 1))
                        .collect();
                    self.take_jobs(group);
                }
                Err(RecvTimeoutError::Timeout) if self.stuck.is_none() => self.rest(),
                Err(RecvTimeoutError::Timeout) => self.try_again(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if self.stuck.as_ref().is_some_and(Stuck::is_due) {
                self.try_again();
            }
        }
        self.try_again();
        self.give_up();
        if let Some(store) = self.store.take() {
            store.close();
        }
    }

    fn take_jobs(&mut self, group: VecDeque<Job>) {
        match &mut self.stuck {
            None => {
                if let Err((why, held)) = self.write(group) {
                    self.is_stuck(why, held);
                }
            }
            Some(stuck) => {
                let trouble = self.trouble.borrow().unwrap_or(SaveTrouble::Failed);
                stuck.held.extend(only_records(group, trouble));
            }
        }
    }

    /// Writes a group and tells. `Err`: the disk takes nothing; these records are still to be written.
    fn write(&mut self, group: VecDeque<Job>) -> Result<(), (SaveTrouble, VecDeque<Job>)> {
        let Some(store) = &mut self.store else {
            return Err((
                SaveTrouble::Failed,
                only_records(group, SaveTrouble::Failed),
            ));
        };
        match store.write(group.iter().map(|job| &job.write)) {
            Ok(outcomes) => {
                let told = group.into_iter().map(|job| job.done).zip(outcomes);
                self.untold.extend(told);
                self.confirm().map_err(|trouble| (trouble, VecDeque::new()))
            }
            Err(Unwritten::Stuck(trouble, why)) => {
                if *self.trouble.borrow() != Some(trouble) {
                    tracing::error!(target: "samtavle::log", %why, "nothing can be written: {trouble}; it is held and tried again");
                }
                Err((trouble, only_records(group, trouble)))
            }
            // One of them is at fault, or the page that it belongs on: the others need not suffer.
            Err(Unwritten::Failed(_)) if group.len() > 1 => {
                let mut group = group;
                while let Some(job) = group.pop_front() {
                    if let Err((trouble, mut held)) = self.write(VecDeque::from([job])) {
                        held.extend(only_records(group, trouble));
                        return Err((trouble, held));
                    }
                }
                Ok(())
            }
            Err(Unwritten::Failed(why)) => {
                tracing::error!(target: "samtavle::log", %why, "something was not written");
                for job in group {
                    (job.done)(Err(LogError::Failed(why.clone())));
                }
                Ok(())
            }
        }
    }

    /// Tells what was committed, if it is where it belongs.
    fn confirm(&mut self) -> Result<(), SaveTrouble> {
        if let Some(store) = &mut self.store
            && let Err(displaced) = store.confirm()
        {
            if self.trouble.borrow().is_none() {
                tracing::error!(target: "samtavle::log", "{displaced}; nothing is called saved before it is put right");
            }
            self.put_back()?;
        }
        for (done, outcome) in self.untold.drain(..) {
            done(outcome);
        }
        Ok(())
    }

    fn put_back(&mut self) -> Result<(), SaveTrouble> {
        let Some(store) = self.store.take() else {
            return Ok(());
        };
        match self.door.put_back(store) {
            Ok(store) => {
                self.store = Some(store);
                Ok(())
            }
            Err((store, trouble)) => {
                self.store = store.map(|store| *store);
                Err(trouble)
            }
        }
    }

    /// Nothing is to be written: time to look whether everything is in its place.
    fn rest(&mut self) {
        let Some(store) = &mut self.store else {
            return;
        };
        store.rests();
        if store.displaced().is_err()
            && let Err(trouble) = self.confirm()
        {
            self.is_stuck(trouble, VecDeque::new());
        }
    }

    fn is_stuck(&mut self, trouble: SaveTrouble, held: VecDeque<Job>) {
        self.trouble.send_replace(Some(trouble));
        self.stuck = Some(Stuck {
            held,
            pause: FIRST_PAUSE,
            next_try: Instant::now() + FIRST_PAUSE,
        });
    }

    /// Writes what is held, if it can be by now.
    fn try_again(&mut self) {
        let Some(mut stuck) = self.stuck.take() else {
            return;
        };
        if let Err(trouble) = self.write_all(&mut stuck.held) {
            self.trouble
                .send_if_modified(|known| known.replace(trouble) != Some(trouble));
            stuck.pause = (stuck.pause * 2).min(LONGEST_PAUSE);
            stuck.next_try = Instant::now() + stuck.pause;
            self.stuck = Some(stuck);
        } else {
            tracing::info!(target: "samtavle::log", "everything is written again");
            self.trouble.send_replace(None);
        }
    }

    fn write_all(&mut self, held: &mut VecDeque<Job>) -> Result<(), SaveTrouble> {
        self.door.has_room()?;
        if self.store.is_none() {
            self.store = Some(self.door.open_store().map_err(|why| why.trouble())?);
        }
        self.confirm()?;
        if held.is_empty() {
            let probe = Job {
                write: Write::Probe,
                done: Box::new(|_| {}), // only whether it can be written is asked
            };
            return self
                .write(VecDeque::from([probe]))
                .map_err(|(trouble, _)| trouble);
        }
        while !held.is_empty() {
            let group = held.drain(..held.len().min(GROUP)).collect();
            if let Err((trouble, unwritten)) = self.write(group) {
                for job in unwritten.into_iter().rev() {
                    held.push_front(job);
                }
                return Err(trouble);
            }
        }
        Ok(())
    }

    /// The server ends with a disk that takes nothing. Whoever wrote has it still.
    fn give_up(&mut self) {
        let Some(stuck) = self.stuck.take() else {
            return;
        };
        if !stuck.held.is_empty() {
            tracing::error!(target: "samtavle::log", records = stuck.held.len(), "these could not be written before the end; nobody was told that they are saved");
        }
        for job in stuck.held {
            (job.done)(Err(LogError::Closed));
        }
        for (done, _) in self.untold.drain(..) {
            done(Err(LogError::Closed));
        }
    }
}

impl Stuck {
    fn is_due(&self) -> bool {
        self.next_try <= Instant::now()
    }
}

/// What can wait; all else is answered now, for somebody waits for it.
fn only_records(group: VecDeque<Job>, trouble: SaveTrouble) -> VecDeque<Job> {
    let mut held = VecDeque::new();
    for job in group {
        if matches!(job.write, Write::Record { .. }) {
            held.push_back(job);
        } else {
            (job.done)(Err(LogError::Stuck(trouble)));
        }
    }
    held
}
