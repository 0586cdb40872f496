//! A room's document: the guard in front, Yrs behind it, in one value so that none of them can be
//! had without the other.

use super::standin::{Guard, Permission, Rejection};
use bytes::Bytes;
use samtavle_shared::wire::lib0::Reader;
use std::{
    any::Any as Panic,
    mem::ManuallyDrop,
    panic::{AssertUnwindSafe, catch_unwind},
};
use yrs::{
    Any, ClientID, Doc, Map, OffsetKind, Options, Out, ReadTxn, StateVector, Transact, Update,
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
        // The server writes nothing in the document, so this client id never appears in it.
        let mut options = Options::with_client_id(ClientID::new(0));
        options.offset_kind = OffsetKind::Utf16;
        options.cleanup_formatting = false;
        Self {
            doc: Doc::with_options(options),
            guard: Guard,
            whole: None,
            #[cfg(test)]
            panics_next: false,
        }
    }

    /// Takes a v1 update from somebody who may do so much.
    pub(crate) fn take(&mut self, update: &[u8], permission: Permission) -> Result<Taken, Untaken> {
        let admission = self
            .guard
            .check(update, permission)
            .map_err(Untaken::Refused)?;
        if admission.is_empty() {
            return Ok(Taken::Nothing);
        }
        self.whole = None;
        self.apply(update)?;
        self.guard.take(admission);
        Ok(Taken::News)
    }

    fn apply(&self, update: &[u8]) -> Result<(), Untaken> {
        let decoded = catch_unwind(|| Update::decode_v1(update))
            .map_err(|panic| Untaken::Poisoned(words_of(&*panic)))?
            .map_err(|error| Untaken::Poisoned(error.to_string()))?;
        // A transaction commits when it is dropped, also while a panic unwinds; a second panic there
        // would end the process. So it is dropped by hand, and only if all went well.
        let mut transaction = ManuallyDrop::new(self.doc.transact_mut());
        let applied = catch_unwind(AssertUnwindSafe(|| {
            #[cfg(test)]
            assert!(!self.panics_next, "the test wants a panic");
            transaction.apply_update(decoded)
        }));
        match applied {
            Err(panic) => return Err(Untaken::Poisoned(words_of(&*panic))),
            Ok(Err(error)) => return Err(Untaken::Poisoned(error.to_string())),
            Ok(Ok(())) => {}
        }
        let has_pending = transaction.store().pending_update().is_some()
            || transaction.store().pending_ds().is_some();
        let mut transaction = ManuallyDrop::into_inner(transaction);
        let committed = catch_unwind(AssertUnwindSafe(|| transaction.commit()));
        if let Err(panic) = committed {
            std::mem::forget(transaction);
            return Err(Untaken::Poisoned(words_of(&*panic)));
        }
        if has_pending {
            return Err(Untaken::Poisoned(
                "something of it stayed pending".to_owned(),
            ));
        }
        Ok(())
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
