//! What each write does to the tables, inside the writer's transaction; and the seals that go with it.

use super::{
    damage::Damage, doors, keys::write_key, left_out, photos, reading, revise, seal::Seal,
    writes::Write,
};
use crate::log::{Checkpoint, Record};
use rusqlite::{Connection, OptionalExtension as _, params};
use samtavle_shared::ids::{BoardId, PersonId};
use std::time::{SystemTime, UNIX_EPOCH};

/// Writes; the seals of what was written go to the others of the group.
pub(super) fn write_one(
    transaction: &Connection,
    write: &Write,
    seals: &mut Vec<Seal>,
) -> rusqlite::Result<()> {
    match write {
        Write::Board(board) => {
            let (id, code) = (board.id.as_str(), board.code.as_str());
            let seal = Seal::of_board(id, code, board.first.at);
            transaction
                .prepare_cached("INSERT INTO boards (id, code, made_at) VALUES (?1, ?2, ?3)")?
                .execute(params![id, code, board.first.at])?;
            transaction
                .prepare_cached("INSERT INTO board_seals (board, sum) VALUES (?1, ?2)")?
                .execute(params![id, seal])?;
            for (hash, role) in &board.keys {
                write_key(transaction, &board.id, *hash, *role)?;
            }
            seals.push(seal);
            write_record(transaction, &board.id, &board.first, seals)
        }
        Write::Key { board, key } => {
            write_key(transaction, board, key.hash, key.role)?;
            if key.is_own {
                transaction
                    .prepare_cached("INSERT INTO own_keys (hash) VALUES (?1)")?
                    .execute(params![&key.hash.0[..]])?;
            }
            Ok(())
        }
        Write::Recall { board, recall } => doors::recall(transaction, board, recall),
        Write::Sitting { board, life } => doors::sits(transaction, board, *life),
        Write::Record { board, record } => write_record(transaction, board, record, seals),
        Write::Checkpoint { board, checkpoint } => {
            write_checkpoint(transaction, board, checkpoint, seals)
        }
        Write::Revise { board, revision } => revise::revise(transaction, board, revision, seals),
        Write::SetAside(damage) => set_aside(transaction, damage),
        Write::Photo(write) => photos::write(transaction, write),
        Write::Probe => {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO probe (one, at) VALUES (1, ?1)")?
                .execute([now_in_seconds()])?;
            Ok(())
        }
    }
}

/// A record follows on the newest one, or is not written.
fn write_record(
    transaction: &Connection,
    board: &BoardId,
    record: &Record,
    seals: &mut Vec<Seal>,
) -> rusqlite::Result<()> {
    let (last, before) = reading::newest(transaction, board)?.unwrap_or_default();
    if record.seq != last + 1 {
        return Err(rusqlite::Error::StatementChangedRows(0));
    }
    let seq = record.seq.cast_signed();
    transaction
        .prepare_cached(
            "INSERT INTO records (board, seq, kind, at, bytes, person) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            board.as_str(),
            seq,
            record.kind.number(),
            record.at,
            &record.bytes[..],
            record.person.as_ref().map(PersonId::as_str)
        ])?;
    let seal = Seal::of_record(board, record, before);
    transaction
        .prepare_cached(
            "INSERT INTO record_seals (board, seq, sum, before) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![board.as_str(), seq, seal, before])?;
    seals.push(seal);
    Ok(())
}

fn write_checkpoint(
    transaction: &Connection,
    board: &BoardId,
    checkpoint: &Checkpoint,
    seals: &mut Vec<Seal>,
) -> rusqlite::Result<()> {
    let seq = checkpoint.seq.cast_signed();
    // One that is kept under a name stays so when the same moment is written again.
    let kept: Option<Option<String>> = transaction
        .prepare_cached("SELECT name FROM checkpoints WHERE board = ?1 AND seq = ?2")?
        .query_row(params![board.as_str(), seq], |row| row.get(0))
        .optional()?;
    let checkpoint = Checkpoint {
        name: checkpoint.name.clone().or(kept.flatten()),
        ..checkpoint.clone()
    };
    let sessions: i64 = transaction
        .prepare_cached("SELECT count(*) FROM records WHERE board = ?1 AND kind = 2 AND seq <= ?2")?
        .query_row(params![board.as_str(), seq], |row| row.get(0))?;
    let left_out = left_out::left_out(transaction, board)?;
    let left_out = left_out::how_many_until(&left_out, checkpoint.seq);
    let sessions = sessions + i64::try_from(left_out).unwrap_or(i64::MAX);
    let seal = Seal::of_checkpoint(board, &checkpoint, sessions);
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO checkpoints (board, seq, state, name) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            board.as_str(),
            seq,
            &checkpoint.state[..],
            checkpoint.name
        ])?;
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO checkpoint_seals (board, seq, sum, sessions) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![board.as_str(), seq, seal, sessions])?;
    // The seals of those that go, go with them.
    transaction
        .prepare_cached("DELETE FROM checkpoints WHERE board = ?1 AND seq < ?2 AND name IS NULL")?
        .execute(params![board.as_str(), seq])?;
    seals.push(seal);
    Ok(())
}

/// Nothing of what is damaged is touched: only a mark is made that it is not to be read.
fn set_aside(transaction: &Connection, damage: &Damage) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO set_aside (board, what, which, why, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            damage.board.as_str(),
            damage.what.kind(),
            damage.what.which(),
            damage.why,
            now_in_seconds()
        ])?;
    Ok(())
}

fn now_in_seconds() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs().cast_signed())
}
