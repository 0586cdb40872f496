//! The one thread that writes. Everything that waits when it looks goes into one transaction (group
//! commit), so the cost of an fsync is shared; the callbacks run after the COMMIT.

use super::{
    Checkpoint, Done, LogError, NewBoard, Record, Seq,
    photos::{self, PhotoWrite},
};
use crate::access::keys::KeyHash;
use rusqlite::{Connection, ErrorCode, TransactionBehavior, params};
use samtavle_shared::{
    ids::{BoardId, PersonId},
    wire::Role,
};
use std::{
    sync::mpsc,
    time::{SystemTime, UNIX_EPOCH},
};

/// Most jobs in one transaction: bounds how long the first of them waits.
const GROUP: usize = 1_000;

/// Something to write, and whom to tell.
pub(super) struct Job {
    pub(super) write: Write,
    pub(super) done: Done,
}

/// Something to write.
pub(super) enum Write {
    Board(Box<NewBoard>),
    Key {
        board: BoardId,
        key: KeyHash,
        role: Role,
    },
    Record {
        board: BoardId,
        record: Record,
    },
    Checkpoint {
        board: BoardId,
        checkpoint: Checkpoint,
    },
    Quarantine {
        board: BoardId,
        seq: Seq,
        why: String,
    },
    Photo(PhotoWrite),
    Probe,
}

/// Writes until the other end is closed and everything is written.
pub(super) fn write_all(mut connection: Connection, jobs: &mpsc::Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let group: Vec<Job> = std::iter::once(first)
            .chain(jobs.try_iter().take(GROUP - 1))
            .collect();
        let (writes, done): (Vec<Write>, Vec<Done>) =
            group.into_iter().map(|job| (job.write, job.done)).unzip();
        let outcomes = match write_group(&mut connection, &writes) {
            Ok(outcomes) => outcomes,
            Err(error) => {
                tracing::error!(target: "samtavle::log", %error, records = writes.len(), "nothing of a group was written");
                let error = LogError::Failed(error.to_string());
                writes.iter().map(|_| Err(error.clone())).collect()
            }
        };
        for (done, outcome) in done.into_iter().zip(outcomes) {
            done(outcome);
        }
    }
    if let Err(error) = connection.close() {
        tracing::warn!(target: "samtavle::log", error = %error.1, "the database did not close cleanly; the next start mends it");
    }
}

/// One transaction. A refused write (taken, fenced) leaves the others of the group alone.
fn write_group(
    connection: &mut Connection,
    writes: &[Write],
) -> rusqlite::Result<Vec<Result<(), LogError>>> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut outcomes = Vec::with_capacity(writes.len());
    for write in writes {
        // A board is several rows: all or none.
        let savepoint = transaction.savepoint()?;
        match write_one(&savepoint, write) {
            Ok(()) => {
                savepoint.commit()?;
                outcomes.push(Ok(()));
            }
            Err(error) => {
                drop(savepoint); // rolls back
                outcomes.push(Err(refusal(&error).ok_or(error)?));
            }
        }
    }
    transaction.commit()?;
    Ok(outcomes)
}

/// The errors that are the caller's own matter; all others are the database's.
fn refusal(error: &rusqlite::Error) -> Option<LogError> {
    match error {
        rusqlite::Error::StatementChangedRows(_) => Some(LogError::Fenced),
        error if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Some(LogError::Taken)
        }
        _ => None,
    }
}

fn write_one(transaction: &Connection, write: &Write) -> rusqlite::Result<()> {
    match write {
        Write::Board(board) => {
            let id = board.id.as_str();
            transaction
                .prepare_cached("INSERT INTO boards (id, code, made_at) VALUES (?1, ?2, ?3)")?
                .execute(params![id, board.code.as_str(), board.first.at])?;
            for (hash, role) in &board.keys {
                write_key(transaction, &board.id, *hash, *role)?;
            }
            write_record(transaction, &board.id, &board.first)
        }
        Write::Key { board, key, role } => write_key(transaction, board, *key, *role),
        Write::Record { board, record } => write_record(transaction, board, record),
        Write::Checkpoint { board, checkpoint } => {
            transaction
                .prepare_cached(
                    "INSERT INTO checkpoints (board, seq, state, name) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (board, seq) DO UPDATE
                     SET state = excluded.state, name = coalesce(excluded.name, name)",
                )?
                .execute(params![
                    board.as_str(),
                    checkpoint.seq.cast_signed(),
                    &checkpoint.state[..],
                    checkpoint.name
                ])?;
            transaction
                .prepare_cached(
                    "DELETE FROM checkpoints WHERE board = ?1 AND seq < ?2 AND name IS NULL",
                )?
                .execute(params![board.as_str(), checkpoint.seq.cast_signed()])?;
            Ok(())
        }
        Write::Quarantine { board, seq, why } => {
            transaction
                .prepare_cached(
                    "UPDATE records SET quarantined = ?3 WHERE board = ?1 AND seq = ?2",
                )?
                .execute(params![board.as_str(), seq.cast_signed(), why])?;
            Ok(())
        }
        Write::Photo(write) => photos::write(transaction, write),
        Write::Probe => {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO probe (one, at) VALUES (1, ?1)")?
                .execute([now_in_seconds()])?;
            Ok(())
        }
    }
}

fn write_key(
    transaction: &Connection,
    board: &BoardId,
    key: KeyHash,
    role: Role,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT INTO keys (hash, board, role) VALUES (?1, ?2, ?3)")?
        .execute(params![&key.0[..], board.as_str(), role.name()])?;
    Ok(())
}

fn write_record(
    transaction: &Connection,
    board: &BoardId,
    record: &Record,
) -> rusqlite::Result<()> {
    let written = transaction
        .prepare_cached(
            "INSERT INTO records (board, seq, kind, at, bytes, person) SELECT ?1, ?2, ?3, ?4, ?5, ?6
             WHERE (SELECT coalesce(max(seq), 0) FROM records WHERE board = ?1) = ?2 - 1",
        )?
        .execute(params![
            board.as_str(),
            record.seq.cast_signed(),
            record.kind.number(),
            record.at,
            &record.bytes[..],
            record.person.as_ref().map(PersonId::as_str)
        ])?;
    if written == 1 {
        Ok(())
    } else {
        Err(rusqlite::Error::StatementChangedRows(written))
    }
}

fn now_in_seconds() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs().cast_signed())
}
