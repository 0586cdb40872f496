//! A room's document: the guard in front, Yrs behind it, in one value so that none of them can be
//! had without the other.

use bytes::Bytes;
use samtavle_shared::{
    guard::{Guard, Permission, Rejection},
    wire::lib0::Reader,
};
use std::{
    any::Any as Panic,
    mem::ManuallyDrop,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};
use yrs::{
    Any, ClientID, Doc, IdSet, Map, OffsetKind, Options, Out, ReadTxn, StateVector, Transact,
    Update,
    updates::{decoder::Decode, encoder::Encode},
};

/// The board's document as the server holds it.
pub(crate) struct Document {
    doc: Doc,
    guard: Guard,
    /// The whole of it as one update, while nothing changes: a room that fills asks for it each time.
    whole: Option<Bytes>,
    #[cfg(test)]
    pub(super) panics_next: bool,
}

/// What an update brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Something that was not there.
    News,
    /// Only what was there already.
    Nothing,
}

/// Why an update was not taken.
#[derive(Debug)]
pub(crate) enum Untaken {
    /// The guard refused it: the document is as before.
    Refused(Rejection),
    /// The guard let it pass and Yrs did not take it: the document can no longer be trusted, and must
    /// be made again from the log.
    Poisoned(String),
}

impl Document {
    /// An empty one.
    pub(crate) fn empty() -> Self {
        Self {
            doc: empty_doc(),
            guard: Guard::new(),
            whole: None,
            #[cfg(test)]
            panics_next: false,
        }
    }

    /// Takes a v1 update from somebody who may do so much.
    pub(crate) fn take(&mut self, update: &[u8], permission: Permission) -> Result<Taken, Untaken> {
        let checked = catch_unwind(AssertUnwindSafe(|| self.guard.check(update, permission)));
        let admission = match checked {
            Ok(checked) => checked.map_err(Untaken::Refused)?,
            // It changes nothing while it checks, so all is as before.
            Err(panic) => return Err(Untaken::Poisoned(words_of(&*panic))),
        };
        if admission.is_empty() {
            return Ok(Taken::Nothing);
        }
        self.whole = None;
        let deleted = match self.apply(update) {
            Ok(deleted) => deleted,
            Err(why) => {
                // A transaction that panicked still holds its document: nobody may wait for that one.
                self.doc = empty_doc();
                self.guard = Guard::new();
                return Err(Untaken::Poisoned(why));
            }
        };
        self.guard.take(admission);
        for (client, clocks) in deleted {
            self.guard.note_deleted(client, clocks);
        }
        Ok(Taken::News)
    }

    /// Gives what was deleted: more than the update says, for Yrs deletes the loser of two values of
    /// a field, and what was in a deleted note.
    fn apply(&self, update: &[u8]) -> Result<Vec<Deleted>, String> {
        let decoded = catch_unwind(|| Update::decode_v1(update))
            .map_err(|panic| words_of(&*panic))?
            .map_err(|error| error.to_string())?;
        // A transaction commits when it is dropped, also while a panic unwinds; a second panic there
        // would end the process. So it is dropped by hand, and only if all went well.
        let mut transaction = ManuallyDrop::new(self.doc.transact_mut());
        catch_unwind(AssertUnwindSafe(|| {
            #[cfg(test)]
            assert!(!self.panics_next, "the test wants a panic");
            transaction.apply_update(decoded)
        }))
        .map_err(|panic| words_of(&*panic))?
        .map_err(|error| error.to_string())?;

        let store = transaction.store();
        let has_pending = store.pending_update().is_some() || store.pending_ds().is_some();
        let deleted = deleted_in(transaction.delete_set());
        let mut transaction = ManuallyDrop::into_inner(transaction);
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| transaction.commit())) {
            std::mem::forget(transaction);
            return Err(words_of(&*panic));
        }
        if has_pending {
            return Err("something of it stayed pending".to_owned());
        }
        Ok(deleted)
    }

    /// What it has, as a v1 state vector.
    pub(crate) fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What it has and the other lacks, as a v1 update. `None`: that is no state vector.
    pub(crate) fn missing_from(&mut self, theirs: &[u8]) -> Option<Bytes> {
        let theirs = read_state_vector(theirs)?;
        if theirs.is_empty() {
            return Some(self.whole());
        }
        Some(self.doc.transact().encode_diff_v1(&theirs).into())
    }

    /// All of it as one v1 update.
    pub(crate) fn whole(&mut self) -> Bytes {
        let encode = || {
            self.doc
                .transact()
                .encode_state_as_update_v1(&StateVector::default())
                .into()
        };
        self.whole.get_or_insert_with(encode).clone()
    }

    /// The name of the board's template; empty if it has none.
    pub(crate) fn template(&self) -> String {
        let meta = self.doc.get_or_insert_map("meta");
        match meta.get(&self.doc.transact(), "template") {
            Some(Out::Any(Any::String(name))) => name.to_string(),
            _ => String::new(),
        }
    }
}

/// Clocks of a client.
type Deleted = (u64, Range<u32>);

fn deleted_in(set: &IdSet) -> Vec<Deleted> {
    set.iter()
        .flat_map(|(client, ranges)| ranges.iter().map(|clocks| (client.get(), clocks.clone())))
        .collect()
}

fn empty_doc() -> Doc {
    // The server writes nothing in the document, so this client id never appears in it.
    let mut options = Options::with_client_id(ClientID::new(0));
    options.offset_kind = OffsetKind::Utf16;
    options.cleanup_formatting = false;
    Doc::with_options(options)
}

/// Reads a state vector without believing its count, which Yrs would allocate by.
fn read_state_vector(bytes: &[u8]) -> Option<StateVector> {
    let mut reader = Reader::new(bytes);
    let mut vector = StateVector::default();
    for _ in 0..reader.var_u64().ok()? {
        let client = ClientID::new(reader.var_u64().ok()?);
        vector.set_max(client, reader.var_u32().ok()?);
    }
    reader.is_at_end().then_some(vector)
}

fn words_of(panic: &(dyn Panic + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it panicked".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_vector_whose_count_lies_is_none() {
        assert!(read_state_vector(&[255, 255, 255, 255, 15, 1, 1]).is_none());
        assert!(read_state_vector(&[1, 5, 9, 0]).is_none());
        assert_eq!(
            read_state_vector(&[1, 5, 9])
                .unwrap()
                .get(&ClientID::new(5)),
            9
        );
        assert!(read_state_vector(&[0]).unwrap().is_empty());
    }
}
