//! From the log to a room: the newest checkpoint of the document, and the records after it; of the
//! session, all records. One that proves bad is set aside (quarantined) and the board opens without it.

use crate::{
    log::{Kind, Log, LogError, Record, Seq},
    room::{
        document::{Document, Untaken},
        opened::Opened,
        workshop::Story,
    },
};
use samtavle_shared::{
    guard::{Permission, Rejection},
    ids::BoardId,
};
use std::collections::BTreeMap;

/// Reads a board. Waits for the disk: call it off the async threads.
pub(super) fn open(log: &dyn Log, board: &BoardId) -> Result<Opened, LogError> {
    let (start, checkpoint) = match from_checkpoint(log, board)? {
        Some((document, seq)) => (document, seq),
        None => (Document::empty(), 0),
    };
    let records = log.read_after(board, checkpoint)?;
    let mut bad = BTreeMap::new();
    let mut document = replay(start, &records, &mut bad);
    // A record that broke the document broke it for those after it, too: begin again without it.
    while document.is_none() {
        let start = match from_checkpoint(log, board)? {
            Some((document, _)) => document,
            None => Document::empty(),
        };
        document = replay(start, &records, &mut bad);
    }
    let mut document = document.unwrap_or_else(Document::empty);
    let mut story = Story::new(&document.template());
    for record in log.read_session(board)? {
        if let Err(error) = story.take_record(&record.bytes, record.seq) {
            bad.insert(record.seq, error.to_string());
        }
    }
    for (client, person) in story.writers() {
        document.belongs(client, person);
    }
    for person in story.removed() {
        document.is_removed(person);
    }
    for (seq, why) in &bad {
        tracing::error!(target: "samtavle::room", %board, seq, %why, "a record is bad and set aside; the board opens without it");
        // Where nothing can be written it is found again the next time.
        if let Err(error) = log.quarantine(board, *seq, why) {
            tracing::error!(target: "samtavle::room", %board, seq, %error, "it could not be marked as set aside");
        }
    }
    Ok(Opened {
        document,
        story,
        last: log.last_seq(board)?,
        checkpoint,
    })
}

fn from_checkpoint(log: &dyn Log, board: &BoardId) -> Result<Option<(Document, Seq)>, LogError> {
    let Some(checkpoint) = log.checkpoint(board)? else {
        return Ok(None);
    };
    let mut document = Document::empty();
    match document.take_update(&checkpoint.state, Permission::Log) {
        Ok(_) => Ok(Some((document, checkpoint.seq))),
        Err(bad) => {
            tracing::error!(target: "samtavle::room", %board, seq = checkpoint.seq, why = %words(&bad), "a checkpoint is bad; the board opens from its records");
            Ok(None)
        }
    }
}

/// Applies the records that are not known to be bad. `None`: one broke the document, and is known now.
fn replay(
    mut document: Document,
    records: &[Record],
    bad: &mut BTreeMap<Seq, String>,
) -> Option<Document> {
    for record in records.iter().filter(|record| record.kind == Kind::Update) {
        if bad.contains_key(&record.seq) {
            continue;
        }
        match document.take_update(&record.bytes, Permission::Log) {
            Ok(_) => {}
            // Something before it was set aside. It is not bad: whoever still has that hands it back with all that
            // builds on it.
            Err(Untaken::Refused(Rejection::Gap)) => {
                tracing::error!(target: "samtavle::room", seq = record.seq, "a record builds on one that is missing; it is passed over");
            }
            Err(untaken) => {
                bad.insert(record.seq, words(&untaken));
                if matches!(untaken, Untaken::Poisoned(_)) {
                    return None;
                }
            }
        }
    }
    Some(document)
}

fn words(untaken: &Untaken) -> String {
    match untaken {
        Untaken::Refused(rejection) => rejection.to_string(),
        Untaken::Poisoned(why) => why.clone(),
    }
}

#[cfg(test)]
#[path = "opening_tests.rs"]
mod tests;
