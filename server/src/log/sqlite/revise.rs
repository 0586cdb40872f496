//! What becomes of records that are on disk: those of the session that later ones have replaced are left out, and what a
//! board may not tell any more is taken out of those that told it.
//!
//! Which records were left out is kept, so that none that is lost passes for one of them. A record is only touched if it
//! is still as whoever decided it had read it: two who put the same board in order do not undo each other's work.

use super::{lookup, seal::Seal};
use crate::log::{Record, Revision, Seq};
use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension as _, params};
use samtavle_shared::ids::BoardId;

/// Does it; the seals of what says something else go to the others of the group.
pub(super) fn revise(
    transaction: &Connection,
    board: &BoardId,
    revision: &Revision,
    seals: &mut Vec<Seal>,
) -> rusqlite::Result<()> {
    for (record, bytes) in &revision.records {
        rewrite(transaction, board, record, bytes, seals)?;
    }
    for record in &revision.left_out {
        leave_out(transaction, board, record)?;
    }
    for (seq, was, state) in &revision.checkpoints {
        rewrite_checkpoint(transaction, board, *seq, was, state, seals)?;
    }
    Ok(())
}

fn rewrite(
    transaction: &Connection,
    board: &BoardId,
    record: &Record,
    bytes: &Bytes,
    seals: &mut Vec<Seal>,
) -> rusqlite::Result<()> {
    let seq = record.seq.cast_signed();
    let rewritten = transaction
        .prepare_cached(
            "UPDATE records SET bytes = ?4 WHERE board = ?1 AND seq = ?2 AND bytes = ?3",
        )?
        .execute(params![board.as_str(), seq, &record.bytes[..], &bytes[..]])?;
    if rewritten == 0 {
        return Ok(());
    }
    let before: Option<Option<Seal>> = transaction
        .prepare_cached("SELECT before FROM record_seals WHERE board = ?1 AND seq = ?2")?
        .query_row(params![board.as_str(), seq], |row| row.get(0))
        .optional()?;
    // One of a time without seals has none.
    if let Some(before) = before {
        let bytes = bytes.clone();
        let record = Record {
            bytes,
            ..record.clone()
        };
        let seal = Seal::of_record(board, &record, before);
        transaction
            .prepare_cached("UPDATE record_seals SET sum = ?3 WHERE board = ?1 AND seq = ?2")?
            .execute(params![board.as_str(), seq, seal])?;
        seals.push(seal);
    }
    Ok(())
}

fn leave_out(transaction: &Connection, board: &BoardId, record: &Record) -> rusqlite::Result<()> {
    let seq = record.seq.cast_signed();
    let gone = transaction
        .prepare_cached(
            "DELETE FROM records WHERE board = ?1 AND seq = ?2 AND kind = 2 AND bytes = ?3
             AND seq < (SELECT max(seq) FROM records WHERE board = ?1)",
        )?
        .execute(params![board.as_str(), seq, &record.bytes[..]])?;
    if gone == 0 {
        return Ok(());
    }
    transaction
        .prepare_cached("DELETE FROM record_seals WHERE board = ?1 AND seq = ?2")?
        .execute(params![board.as_str(), seq])?;
    // One range with those beside it.
    let (mut first, mut last) = (seq, seq);
    let beside = [
        "SELECT first, last FROM left_out WHERE board = ?1 AND last = ?2 - 1",
        "SELECT first, last FROM left_out WHERE board = ?1 AND first = ?2 + 1",
    ];
    for query in beside {
        let range: Option<(i64, i64)> = transaction
            .prepare_cached(query)?
            .query_row(params![board.as_str(), seq], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        if let Some((from, to)) = range {
            (first, last) = (first.min(from), last.max(to));
            transaction
                .prepare_cached("DELETE FROM left_out WHERE board = ?1 AND first = ?2")?
                .execute(params![board.as_str(), from])?;
        }
    }
    transaction
        .prepare_cached("INSERT INTO left_out (board, first, last) VALUES (?1, ?2, ?3)")?
        .execute(params![board.as_str(), first, last])?;
    Ok(())
}

fn rewrite_checkpoint(
    transaction: &Connection,
    board: &BoardId,
    seq: Seq,
    was: &Bytes,
    state: &Bytes,
    seals: &mut Vec<Seal>,
) -> rusqlite::Result<()> {
    let (checkpoint, _) = lookup::checkpoint_at(transaction, board, seq)?;
    let Some(mut checkpoint) = checkpoint.filter(|checkpoint| checkpoint.state == *was) else {
        return Ok(());
    };
    checkpoint.state = state.clone();
    let seq = seq.cast_signed();
    transaction
        .prepare_cached("UPDATE checkpoints SET state = ?3 WHERE board = ?1 AND seq = ?2")?
        .execute(params![board.as_str(), seq, &state[..]])?;
    let sessions: Option<i64> = transaction
        .prepare_cached("SELECT sessions FROM checkpoint_seals WHERE board = ?1 AND seq = ?2")?
        .query_row(params![board.as_str(), seq], |row| row.get(0))
        .optional()?;
    if let Some(sessions) = sessions {
        let seal = Seal::of_checkpoint(board, &checkpoint, sessions);
        transaction
            .prepare_cached("UPDATE checkpoint_seals SET sum = ?3 WHERE board = ?1 AND seq = ?2")?
            .execute(params![board.as_str(), seq, seal])?;
        seals.push(seal);
    }
    Ok(())
}
