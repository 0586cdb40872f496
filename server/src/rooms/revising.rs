//! Putting a board's log in order, off the async threads: what later records of the session have replaced is left out,
//! and who wrote is taken out of records that tell more of it than the board shows by now.

use crate::{
    log::{Kind, Log, LogError, Record, Revision, Seq},
    room::workshop::naming_of,
};
use bytes::Bytes;
use samtavle_shared::{
    guard::{Guard, Permission},
    ids::BoardId,
    session::{Event, Showing, which_count, without_names},
};
use std::sync::mpsc;

/// So often records are read again to see whether something of them still tells: somebody else may have put them in
/// order at the same moment.
const PASSES: usize = 3;
/// Most records in one write: the others' wait for it is short.
const AT_ONCE: usize = 1_000;

/// Leaves out what later records of the session tell anew. Waits for the disk.
pub(super) fn put_together(log: &dyn Log, board: &BoardId) -> Result<(), LogError> {
    let last = log.last_seq(board)?;
    let (records, events): (Vec<Record>, Vec<Vec<Event>>) = (log.read_session(board)?.into_iter())
        .filter_map(|record| {
            let events = serde_json::from_slice(&record.bytes).ok()?;
            Some((record, events))
        })
        .unzip();
    let counts = which_count(&events);
    let mut revision = Revision::default();
    for ((record, events), counts) in records.into_iter().zip(events).zip(counts) {
        if counts.iter().all(|counts| *counts) || record.seq >= last {
            continue;
        }
        let counting = events.into_iter().zip(counts);
        let rest: Vec<Event> = counting
            .filter_map(|(event, counts)| counts.then_some(event))
            .collect();
        if rest.is_empty() {
            revision.left_out.push(record);
        } else {
            let bytes = written(&rest);
            revision.records.push((record, bytes));
        }
    }
    revise(log, board, revision)
}

/// Takes out of records and checkpoints what they tell of who wrote and the board does not show any more. Waits for the
/// disk.
pub(super) fn forget_names(
    log: &dyn Log,
    board: &BoardId,
    showing: Showing,
) -> Result<(), LogError> {
    for _ in 0..PASSES {
        let revision = nameless(log, board, showing)?;
        if revision.is_empty() {
            return Ok(());
        }
        revise(log, board, revision)?;
    }
    Err(LogError::Failed(
        "records were written anew at the same time".to_owned(),
    ))
}

fn nameless(log: &dyn Log, board: &BoardId, showing: Showing) -> Result<Revision, LogError> {
    let naming = naming_of(showing);
    let records = log.read_after(board, 0)?;
    let guard = taken(&records);
    let mut revision = Revision {
        is_for_good: true,
        ..Revision::default()
    };
    for record in records {
        let anew = match record.kind {
            Kind::Update => guard.without_authors(&record.bytes, naming).ok().flatten(),
            Kind::Session => nameless_events(&record, showing),
            Kind::Unknown(_) => None,
        };
        if let Some(anew) = anew {
            revision.records.push((record, anew.into()));
        }
    }
    let mut seqs: Vec<Seq> = log
        .named_checkpoints(board)?
        .into_iter()
        .map(|(seq, _)| seq)
        .collect();
    seqs.extend(log.checkpoint(board)?.map(|newest| newest.seq));
    seqs.sort_unstable();
    seqs.dedup();
    for seq in seqs {
        let Some(checkpoint) = log.checkpoint_at(board, seq)? else {
            continue;
        };
        if let Ok(Some(state)) = guard.without_authors(&checkpoint.state, naming) {
            revision
                .checkpoints
                .push((seq, checkpoint.state, state.into()));
        }
    }
    Ok(revision)
}

/// A guard that has all that ever was in the document.
fn taken(records: &[Record]) -> Guard {
    let mut guard = Guard::new();
    for record in records.iter().filter(|record| record.kind == Kind::Update) {
        // One that is refused is in no board.
        if let Ok(admission) = guard.check(&record.bytes, Permission::Log) {
            guard.admitted(admission);
        }
    }
    guard
}

fn nameless_events(record: &Record, showing: Showing) -> Option<Vec<u8>> {
    let events: Vec<Event> = serde_json::from_slice(&record.bytes).ok()?;
    let nameless = events.iter().cloned();
    let nameless: Vec<Event> = nameless
        .map(|event| without_names(event, showing))
        .collect();
    (nameless != events).then(|| written(&nameless).into())
}

fn written(events: &[Event]) -> Bytes {
    let written = serde_json::to_vec(events);
    written
        .expect("JSON can hold every event: their keys are strings")
        .into()
}

/// Writes in pieces, one after the other: nobody else's writes wait long.
fn revise(log: &dyn Log, board: &BoardId, revision: Revision) -> Result<(), LogError> {
    let Revision {
        mut records,
        mut left_out,
        mut checkpoints,
        is_for_good,
    } = revision;
    while !(records.is_empty() && left_out.is_empty() && checkpoints.is_empty()) {
        let piece = Revision {
            records: records.split_off(records.len().saturating_sub(AT_ONCE)),
            left_out: left_out.split_off(left_out.len().saturating_sub(AT_ONCE)),
            checkpoints: checkpoints.split_off(checkpoints.len().saturating_sub(1)),
            is_for_good,
        };
        let (told, outcome) = mpsc::sync_channel(1);
        // The other end waits below.
        log.revise(board, piece, Box::new(move |done| drop(told.send(done))));
        outcome.recv().unwrap_or(Err(LogError::Closed))?;
    }
    Ok(())
}
