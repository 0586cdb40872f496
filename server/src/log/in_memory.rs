//! A log that forgets: for tests of what stands on a log, whose disk can be made to fail.

use super::{
    Checkpoint, Checkpoints, Directory, Done, Entry, Health, Kind, Log, LogError, NewBoard, NewKey,
    Pass, Recall, Recalled, Record, RecordLog, Revision, Seq, Shown,
    photos::{NewPhoto, NoRoom, PhotoState, PhotoStore, Place},
};
use crate::access::{
    codes::{JoinCode, Life},
    keys::KeyHash,
};
use bytes::Bytes;
use samtavle_shared::{
    ids::{BoardId, PersonId},
    limits::MAX_PHOTOS_PER_BOARD,
    wire::{Role, SaveTrouble},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{
        Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::watch;

/// Boards in memory.
pub(crate) struct InMemoryLog {
    boards: Mutex<BTreeMap<BoardId, Kept>>,
    photos: Mutex<HashMap<Place, Photo>>,
    /// No record can be written.
    pub(crate) fails: AtomicBool,
    is_closed: AtomicBool,
    trouble: watch::Sender<Option<SaveTrouble>>,
}

struct Kept {
    code: Option<JoinCode>,
    made_at: i64,
    sat_at: Option<i64>,
    keys: Vec<(KeyHash, Role, bool)>,
    former: Vec<KeyHash>,
    stays: BTreeSet<PersonId>,
    leads: BTreeSet<PersonId>,
    removed: BTreeSet<PersonId>,
    records: Vec<Record>,
    set_aside: BTreeSet<Seq>,
    checkpoints: BTreeMap<Seq, Checkpoint>,
}

struct Photo {
    new: NewPhoto,
    pieces: Vec<u8>,
    whole: Option<(String, Vec<u8>)>,
}

impl InMemoryLog {
    /// There is no board.
    pub(crate) fn new() -> Self {
        Self {
            boards: Mutex::default(),
            photos: Mutex::default(),
            fails: AtomicBool::new(false),
            is_closed: AtomicBool::new(false),
            trouble: watch::channel(None).0,
        }
    }

    fn boards(&self) -> Result<MutexGuard<'_, BTreeMap<BoardId, Kept>>, LogError> {
        if self.is_closed.load(Ordering::SeqCst) {
            return Err(LogError::Closed);
        }
        Ok(self.boards.lock().unwrap())
    }

    /// Something of a board.
    fn of<T>(&self, board: &BoardId, read: impl FnOnce(&mut Kept) -> T) -> Result<T, LogError> {
        let mut boards = self.boards()?;
        let kept = boards.get_mut(board);
        kept.map(read)
            .ok_or_else(|| LogError::Failed("there is no such board".to_owned()))
    }

    fn has_code(&self, code: &JoinCode) -> bool {
        let boards = self.boards.lock().unwrap();
        boards.values().any(|kept| kept.code.as_ref() == Some(code))
    }
}

impl Kept {
    fn living(&self, life: Life) -> Option<JoinCode> {
        let code = self.code.clone();
        code.filter(|_| !life.is_over(self.made_at, self.sat_at))
    }

    fn last(&self) -> Seq {
        self.records.last().map_or(0, |record| record.seq)
    }

    fn sound(&self) -> impl Iterator<Item = Record> {
        let records = self.records.iter();
        records
            .filter(|record| !self.set_aside.contains(&record.seq))
            .cloned()
    }
}

impl Directory for InMemoryLog {
    fn make_board(&self, board: NewBoard) -> Result<(), LogError> {
        if self.has_code(&board.code) || self.boards()?.contains_key(&board.id) {
            return Err(LogError::Taken);
        }
        let kept = Kept {
            code: Some(board.code),
            made_at: board.first.at,
            sat_at: None,
            keys: board
                .keys
                .into_iter()
                .map(|(hash, role)| (hash, role, false))
                .collect(),
            former: Vec::new(),
            stays: BTreeSet::new(),
            leads: BTreeSet::new(),
            removed: BTreeSet::new(),
            records: vec![board.first],
            set_aside: BTreeSet::new(),
            checkpoints: BTreeMap::new(),
        };
        self.boards()?.insert(board.id, kept);
        Ok(())
    }

    fn add_key(&self, board: &BoardId, key: NewKey) -> Result<(), LogError> {
        self.of(board, |kept| {
            kept.keys.push((key.hash, key.role, key.is_own));
        })
    }

    fn recall(&self, board: &BoardId, recall: Recall, done: Done) {
        if recall.code.as_ref().is_some_and(|code| self.has_code(code)) {
            return done(Err(LogError::Taken));
        }
        done(self.of(board, |kept| {
            let is_called = |role: Role, is_own: bool| match recall.keys {
                Recalled::None => false,
                Recalled::Own => is_own && role != Role::Facilitator,
                Recalled::All => role != Role::Facilitator,
                Recalled::Lead => role == Role::Facilitator,
            };
            for (hash, role, is_own) in &kept.keys {
                if is_called(*role, *is_own) && !recall.but.contains(hash) {
                    kept.former.push(*hash);
                }
            }
            match recall.keys {
                Recalled::None => {}
                Recalled::Own | Recalled::All => kept.stays.extend(recall.stays),
                Recalled::Lead => kept.leads.extend(recall.stays),
            }
            let lead = recall.lead.map(|key| (key, Role::Facilitator, false));
            kept.keys.extend(lead);
            kept.removed.extend(recall.removed);
            if recall.code.is_some() {
                kept.code = recall.code;
            }
        }));
    }

    fn sits(&self, board: &BoardId, life: Life) {
        let sits = |kept: &mut Kept| {
            kept.code = kept.living(life);
            kept.sat_at = Some(life.now);
        };
        // A board that is not there has nobody who sits.
        let _ = self.of(board, sits);
    }

    fn entry(&self, board: &BoardId, shown: &Shown) -> Result<Entry, LogError> {
        let boards = self.boards()?;
        let Some(kept) = boards.get(board) else {
            return Ok(Entry::NoBoard);
        };
        let key = kept.keys.iter().find(|(hash, ..)| *hash == shown.key);
        let Some((hash, role, _)) = key else {
            return Ok(Entry::WrongKey);
        };
        let is_one_of = |people: &BTreeSet<PersonId>| {
            let person = shown.person.as_ref();
            person.is_some_and(|person| people.contains(person))
        };
        Ok(if is_one_of(&kept.removed) {
            Entry::Removed
        } else if kept.former.contains(hash)
            && !is_one_of(match role {
                Role::Facilitator => &kept.leads,
                _ => &kept.stays,
            })
        {
            Entry::WrongKey
        } else {
            Entry::Opens(Pass {
                role: *role,
                code: kept.living(shown.life),
            })
        })
    }

    fn board_of(&self, code: &JoinCode, life: Life) -> Result<Option<BoardId>, LogError> {
        let boards = self.boards()?;
        let mut found = boards.iter();
        let found = found.find(|(_, kept)| kept.living(life).as_ref() == Some(code));
        Ok(found.map(|(board, _)| board.clone()))
    }
}

impl RecordLog for InMemoryLog {
    fn append(&self, board: &BoardId, record: Record, done: Done) {
        if self.fails.load(Ordering::SeqCst) {
            return done(Err(LogError::Failed("the disk is full".to_owned())));
        }
        let written = self.of(board, |kept| {
            if record.seq != kept.last() + 1 {
                return Err(LogError::Fenced);
            }
            kept.records.push(record);
            Ok(())
        });
        done(written.and_then(|written| written));
    }

    fn read_after(&self, board: &BoardId, seq: Seq) -> Result<Vec<Record>, LogError> {
        self.of(board, |kept| {
            kept.sound().filter(|record| record.seq > seq).collect()
        })
    }

    fn read_session(&self, board: &BoardId) -> Result<Vec<Record>, LogError> {
        let of_session = |record: &Record| record.kind == Kind::Session;
        self.of(board, |kept| kept.sound().filter(of_session).collect())
    }

    fn last_seq(&self, board: &BoardId) -> Result<Seq, LogError> {
        self.of(board, |kept| kept.last())
    }

    fn revise(&self, board: &BoardId, revision: Revision, done: Done) {
        done(self.of(board, |kept| {
            for (was, bytes) in revision.records {
                let record = kept.records.iter_mut().find(|record| **record == was);
                if let Some(record) = record {
                    record.bytes = bytes;
                }
            }
            let last = kept.last();
            let is_left_out =
                |record: &Record| record.seq < last && revision.left_out.contains(record);
            kept.records.retain(|record| !is_left_out(record));
            for (seq, was, state) in revision.checkpoints {
                let checkpoint = kept.checkpoints.get_mut(&seq);
                if let Some(checkpoint) = checkpoint.filter(|one| one.state == was) {
                    checkpoint.state = state;
                }
            }
        }));
    }

    fn quarantine(&self, board: &BoardId, seq: Seq, _why: &str) -> Result<(), LogError> {
        self.of(board, |kept| {
            kept.set_aside.insert(seq);
        })
    }
}

impl Checkpoints for InMemoryLog {
    fn write_checkpoint(&self, board: &BoardId, checkpoint: Checkpoint, done: Done) {
        done(self.of(board, |kept| {
            // The newest without a name is enough; one with a name stays.
            kept.checkpoints.retain(|_, kept| kept.name.is_some());
            kept.checkpoints.insert(checkpoint.seq, checkpoint);
        }));
    }

    fn named_checkpoints(&self, board: &BoardId) -> Result<Vec<(Seq, String)>, LogError> {
        let named = |kept: &mut Kept| {
            let all = kept.checkpoints.values();
            all.filter_map(|one| Some((one.seq, one.name.clone()?)))
                .collect()
        };
        self.of(board, named)
    }

    fn checkpoint_at(&self, board: &BoardId, seq: Seq) -> Result<Option<Checkpoint>, LogError> {
        self.of(board, |kept| kept.checkpoints.get(&seq).cloned())
    }

    fn checkpoint(&self, board: &BoardId) -> Result<Option<Checkpoint>, LogError> {
        self.of(board, |kept| kept.checkpoints.values().next_back().cloned())
    }
}

impl Log for InMemoryLog {
    fn probe(&self) -> Result<(), LogError> {
        self.boards().map(drop)
    }

    fn health(&self) -> Health {
        Health::default()
    }

    fn trouble(&self) -> watch::Receiver<Option<SaveTrouble>> {
        self.trouble.subscribe()
    }

    fn close(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
    }
}

impl PhotoStore for InMemoryLog {
    fn photo_state(&self, place: &Place) -> Result<Option<PhotoState>, LogError> {
        let photos = self.photos.lock().unwrap();
        Ok(photos.get(place).map(|photo| PhotoState {
            device: photo.new.device.clone(),
            length: photo.new.length,
            offset: match &photo.whole {
                Some(_) => photo.new.length,
                None => photo.pieces.len() as u64,
            },
            is_whole: photo.whole.is_some(),
        }))
    }

    fn photos_under_way(
        &self,
        board: &BoardId,
        device: Option<&PersonId>,
    ) -> Result<usize, LogError> {
        let photos = self.photos.lock().unwrap();
        let is_under_way = |photo: &&Photo| {
            let new = &photo.new;
            photo.whole.is_none() && new.place.board == *board && new.device.as_ref() == device
        };
        Ok(photos.values().filter(is_under_way).count())
    }

    fn begin_photo(&self, photo: NewPhoto) -> Result<(), NoRoom> {
        let mut photos = self.photos.lock().unwrap();
        let of_board = photos
            .keys()
            .filter(|place| place.board == photo.place.board);
        if of_board.count() >= MAX_PHOTOS_PER_BOARD {
            return Err(NoRoom::Full);
        }
        let begun = Photo {
            new: photo.clone(),
            pieces: Vec::new(),
            whole: None,
        };
        photos.insert(photo.place, begun);
        Ok(())
    }

    fn add_piece(&self, place: &Place, _at: u64, bytes: Bytes, _now: i64) -> Result<(), LogError> {
        if let Some(photo) = self.photos.lock().unwrap().get_mut(place) {
            photo.pieces.extend_from_slice(&bytes);
        }
        Ok(())
    }

    fn pieces(&self, place: &Place) -> Result<Option<Vec<u8>>, LogError> {
        let photos = self.photos.lock().unwrap();
        Ok(photos.get(place).map(|photo| photo.pieces.clone()))
    }

    fn finish_photo(
        &self,
        place: &Place,
        kind: &str,
        bytes: Vec<u8>,
        _now: i64,
    ) -> Result<(), LogError> {
        if let Some(photo) = self.photos.lock().unwrap().get_mut(place) {
            photo.whole = Some((kind.to_owned(), bytes));
        }
        Ok(())
    }

    fn drop_photo(&self, place: &Place) -> Result<(), LogError> {
        self.photos.lock().unwrap().remove(place);
        Ok(())
    }

    fn photo(&self, place: &Place) -> Result<Option<(String, Vec<u8>)>, LogError> {
        let photos = self.photos.lock().unwrap();
        Ok(photos.get(place).and_then(|photo| photo.whole.clone()))
    }
}
