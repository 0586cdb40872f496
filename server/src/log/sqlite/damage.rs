//! What is known to be wrong with the database: found when it is read, told once in the log, set aside so that it is
//! not read again, and counted in `/health`.

use crate::log::{Health, Seq, photos::Place};
use rusqlite::Connection;
use samtavle_shared::ids::BoardId;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Most findings that are remembered: each is told once, and a disk that is breaking finds more all the time.
const MOST: u32 = 10_000;

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// On which board.
    pub(super) board: BoardId,
    /// The record, checkpoint or photo that is damaged.
    pub(super) what: What,
    /// How that shows.
    pub(super) why: String,
}

/// What is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// A record: it is not read.
    Record(Seq),
    /// Records from one to another are not there.
    Gap(Seq, Seq),
    /// A record is as it was written, and its checksum is not.
    Seal(Seq),
    /// A checkpoint: it is not read.
    Checkpoint(Seq),
    /// A photo, or a piece of one: it is not read.
    Photo(String),
    /// A key of this role; empty: of none that there is.
    Key(String),
    /// The board's own row.
    Board,
}

impl What {
    /// How it is counted.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Record(_) => "record",
            Self::Gap(..) => "gap",
            Self::Seal(_) => "seal",
            Self::Checkpoint(_) => "checkpoint",
            Self::Photo(_) => "photo",
            Self::Key(_) => "key",
            Self::Board => "board",
        }
    }

    /// Which of its kind.
    pub(super) fn which(&self) -> String {
        match self {
            Self::Record(seq) | Self::Seal(seq) | Self::Checkpoint(seq) => seq.to_string(),
            Self::Gap(from, to) => format!("{from}-{to}"),
            Self::Photo(id) => id.clone(),
            Self::Key(role) => role.clone(),
            Self::Board => String::new(),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(seq) => write!(out, "record {seq}"),
            Self::Gap(from, to) if from == to => write!(out, "record {from}"),
            Self::Gap(from, to) => write!(out, "records {from} to {to}"),
            Self::Seal(seq) => write!(out, "the checksum of record {seq}"),
            Self::Checkpoint(seq) => write!(out, "the checkpoint after record {seq}"),
            Self::Photo(id) => write!(out, "photo {id}"),
            Self::Key(role) => write!(out, "a key ({role})"),
            Self::Board => write!(out, "the board's own row"),
        }
    }
}

impl Damage {
    /// Of a record.
    pub(super) fn of_record(board: &BoardId, seq: Seq, why: &str) -> Self {
        Self {
            board: board.clone(),
            what: What::Record(seq),
            why: why.to_owned(),
        }
    }

    /// Of a photo.
    pub(super) fn of_photo(place: &Place, why: &str) -> Self {
        Self {
            board: place.board.clone(),
            what: What::Photo(place.photo.to_string()),
            why: why.to_owned(),
        }
    }
}

/// What is known, by the writer's thread and those who read.
#[derive(Default)]
pub(super) struct Findings(Mutex<Found>);

#[derive(Default)]
struct Found {
    all: BTreeSet<(BoardId, What)>,
    counts: BTreeMap<&'static str, u64>,
    missing: u64,
    files: Vec<String>,
}

impl Findings {
    fn found(&self) -> MutexGuard<'_, Found> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes and tells; gives what nobody had found before.
    pub(super) fn note(&self, damages: Vec<Damage>) -> Vec<Damage> {
        let mut found = self.found();
        let mut news = Vec::new();
        for damage in damages {
            if found.all.len() >= MOST as usize || !found.insert(&damage.board, &damage.what) {
                continue;
            }
            tracing::error!(target: "samtavle::log", board = %damage.board, "{} is damaged: {}", damage.what, damage.why);
            news.push(damage);
        }
        news
    }

    /// What earlier starts have found.
    pub(super) fn remember(&self, connection: &Connection) -> rusqlite::Result<()> {
        let mut set_aside =
            connection.prepare("SELECT board, what, which FROM set_aside LIMIT ?1")?;
        let mut rows = set_aside.query([MOST])?;
        let mut found = self.found();
        while let Some(row) = rows.next()? {
            let (board, kind, which): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            if let Some(what) = read(&kind, &which) {
                found.insert(&BoardId::from(&*board), &what);
            }
        }
        Ok(())
    }

    /// So many writes that were said to be saved are not there.
    pub(super) fn are_missing(&self, writes: u64) {
        self.found().missing += writes;
    }

    /// These files lie beside the database.
    pub(super) fn lie_aside(&self, files: Vec<String>) {
        self.found().files = files;
    }

    /// What to tell.
    pub(super) fn health(&self) -> Health {
        let found = self.found();
        Health {
            counts: found.counts.clone(),
            missing: found.missing,
            files: found.files.clone(),
        }
    }
}

impl Found {
    fn insert(&mut self, board: &BoardId, what: &What) -> bool {
        let is_new = self.all.insert((board.clone(), what.clone()));
        if is_new {
            *self.counts.entry(what.kind()).or_default() += 1;
        }
        is_new
    }
}

fn read(kind: &str, which: &str) -> Option<What> {
    Some(match kind {
        "record" => What::Record(which.parse().ok()?),
        "seal" => What::Seal(which.parse().ok()?),
        "checkpoint" => What::Checkpoint(which.parse().ok()?),
        "gap" => {
            let (from, to) = which.split_once('-')?;
            What::Gap(from.parse().ok()?, to.parse().ok()?)
        }
        "photo" => What::Photo(which.to_owned()),
        "key" => What::Key(which.to_owned()),
        "board" => What::Board,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_news_once_and_is_read_as_it_is_written() {
        let findings = Findings::default();
        let all = [
            What::Record(7),
            What::Gap(3, 5),
            What::Seal(7),
            What::Checkpoint(500),
            What::Photo("abc".to_owned()),
            What::Key("wall".to_owned()),
            What::Key(String::new()),
            What::Board,
        ];
        let damages: Vec<Damage> = all
            .iter()
            .map(|what| Damage {
                board: BoardId::from("a"),
                what: what.clone(),
                why: String::new(),
            })
            .collect();
        assert!(findings.health().is_well());
        assert_eq!(findings.note(damages.clone()).len(), all.len());
        assert_eq!(findings.note(damages), []);
        assert_eq!(findings.health().counts["record"], 1);
        assert_eq!(findings.health().counts["key"], 2);
        for what in all {
            assert_eq!(read(what.kind(), &what.which()), Some(what));
        }
    }
}
