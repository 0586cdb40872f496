//! The open database, for the thread that writes: a group of writes is one commit, with the head of all that was
//! written; and the file beside it says the same before anybody is told "saved".

use super::{
    beside::{Displaced, Witness},
    head::{Head, HeadFile},
    inspect::{Mark, head_of},
    tables, trouble, write_ahead,
    writes::Write,
};
use crate::log::LogError;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use samtavle_shared::wire::SaveTrouble;
use std::{io, path::PathBuf};

/// The database, open for writing.
pub(super) struct Store {
    folder: PathBuf,
    connection: Connection,
    head: Head,
    head_file: HeadFile,
    witness: Witness,
    /// What is in the write-ahead log must go out of it.
    is_to_be_emptied: bool,
}

/// Why a group of writes is not on disk.
pub(super) enum Unwritten {
    /// The disk takes nothing: the same may be written later.
    Stuck(SaveTrouble, String),
    /// The database will not have it.
    Failed(String),
}

impl Store {
    /// Opened by the [`door::Door`].
    pub(super) fn new(
        folder: PathBuf,
        connection: Connection,
        head: Head,
        head_file: HeadFile,
        witness: Witness,
    ) -> Self {
        Self {
            folder,
            connection,
            head,
            head_file,
            witness,
            is_to_be_emptied: false,
        }
    }

    /// Writes all of these in one transaction. A refused write (taken, fenced) leaves the others alone.
    pub(super) fn write<'a>(
        &mut self,
        writes: impl Iterator<Item = &'a Write>,
    ) -> Result<Vec<Result<(), LogError>>, Unwritten> {
        self.write_group(writes)
            .map_err(|error| match trouble::of_database(&error, &self.folder) {
                Some(trouble) => Unwritten::Stuck(trouble, error.to_string()),
                None => Unwritten::Failed(error.to_string()),
            })
    }

    fn write_group<'a>(
        &mut self,
        writes: impl Iterator<Item = &'a Write>,
    ) -> rusqlite::Result<Vec<Result<(), LogError>>> {
        let mut transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (mut outcomes, mut seals) = (Vec::new(), Vec::new());
        for write in writes {
            self.is_to_be_emptied |=
                matches!(write, Write::Revise { revision, .. } if revision.is_for_good);
            // A board is several rows: all or none.
            let savepoint = transaction.savepoint()?;
            let sealed = seals.len();
            match tables::write_one(&savepoint, write, &mut seals) {
                Ok(()) => {
                    savepoint.commit()?;
                    outcomes.push(Ok(()));
                }
                Err(error) => {
                    drop(savepoint); // rolls back
                    seals.truncate(sealed);
                    outcomes.push(Err(refusal(&error).ok_or(error)?));
                }
            }
        }
        let head = self.head.after(&seals);
        head.write(&transaction)?;
        transaction.commit()?;
        self.head = head;
        self.empties();
        Ok(outcomes)
    }

    /// Empties the write-ahead log, if it must be: it holds pages as they were. Where somebody reads just now it is tried
    /// again later.
    fn empties(&mut self) {
        if self.is_to_be_emptied && write_ahead::checkpoint_at_once(&self.connection).is_ok() {
            self.is_to_be_emptied = false;
        }
    }

    /// What was committed may be called saved, unless somebody took the files away that it went into.
    pub(super) fn confirm(&mut self) -> Result<(), Displaced> {
        self.witness.testify()?;
        // Without it less is noticed, and nothing lost.
        if let Err(error) = self.write_head() {
            tracing::warn!(target: "samtavle::log", %error, "the head beside the database was not written");
        }
        Ok(())
    }

    fn write_head(&mut self) -> io::Result<()> {
        if !self.witness.sees_the_head() {
            let path = self.witness.path().to_owned();
            self.head_file = HeadFile::begin(&head_of(&path), self.head)?;
            self.witness = Witness::of(&path)?;
            return Ok(());
        }
        self.head_file.write(self.head)?;
        self.head_file.sync(false)
    }

    /// Nothing is to be written just now.
    pub(super) fn rests(&mut self) {
        self.empties();
        if let Err(error) = self.head_file.sync(true) {
            tracing::warn!(target: "samtavle::log", %error, "the head beside the database was not synced");
        }
    }

    /// Do its files lie where they lay?
    pub(super) fn displaced(&self) -> Result<(), Displaced> {
        self.witness.testify()
    }

    /// How much was written.
    pub(super) fn head(&self) -> Head {
        self.head
    }

    /// To read by.
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Brings everything into the one file.
    pub(super) fn checkpoint(&self) -> Result<(), SaveTrouble> {
        write_ahead::checkpoint(&self.connection).map_err(|error| {
            trouble::of_database(&error, &self.folder).unwrap_or(SaveTrouble::Failed)
        })
    }

    /// The last to close leaves one file that is whole by itself, and says so.
    pub(super) fn close(mut self) {
        if self.displaced() == Err(Displaced::DatabaseReplaced) {
            // To close it would be to remove what another put in its place.
            std::mem::forget(self.connection);
            return;
        }
        self.rests();
        let closed = write_ahead::checkpoint(&self.connection)
            .and_then(|()| Mark::Whole.write(&self.connection));
        if let Err(error) = closed {
            tracing::warn!(target: "samtavle::log", %error, "the write-ahead log stays beside the database");
        }
        self.close_as_it_is();
    }

    /// Lets go of the files.
    pub(super) fn close_as_it_is(self) {
        if let Err(error) = self.connection.close() {
            tracing::warn!(target: "samtavle::log", error = %error.1, "the database did not close cleanly; the next start mends it");
        }
    }
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
