//! What each write does to the tables, inside the writer's transaction.

use super::{Record, photos, writer::Write};
use crate::access::keys::KeyHash;
use rusqlite::{Connection, params};
use samtavle_shared::{
    ids::{BoardId, PersonId},
    wire::Role,
};
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) fn write_one(transaction: &Connection, write: &Write) -> rusqlite::Result<()> {
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
