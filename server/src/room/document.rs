//! A room's document: the guard in front, Yrs behind it, in one value so that none of them can be
//! had without the other.

use crate::work::aside;
use bytes::Bytes;
use samtavle_shared::{
    board::{Board, BoardView, Change, Made, ThingId},
    guard::{Admission, Anybody, Authors, Brought, Guard, Permission, Rejection, Sender, pieces},
    ids::{ClusterId, NoteId, PersonId},
    lib0::Reader,
    limits::{HAND_OVER_PIECE_BYTES, MAX_STATE_FRAME_BYTES},
};
use std::{
    any::Any as Panic,
    hash::{BuildHasher as _, RandomState},
    mem::ManuallyDrop,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};
use yrs::{
    ClientID, IdSet, ReadTxn, StateVector, Transact, Transaction, Update,
    updates::{decoder::Decode, encoder::Encode},
};

/// Steps of merging that take less than a millisecond.
const FEW_STEPS: u64 = 10_000;

/// The board's document as the server holds it.
pub(crate) struct Document {
    board: Board,
    guard: Guard,
    /// The whole of it as one update, while nothing changes: a room that fills asks for it each time.
    whole: Option<Bytes>,
    /// The same in pieces.
    whole_in_pieces: Option<Vec<Bytes>>,
    /// Tells how it is now from how it was.
    version: u64,
    #[cfg(test)]
    pub(crate) panics_next: bool,
}

/// What an update brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Something that was not there.
    News,
    /// The same, and something that its sender may not say: this was taken in its place, where that is
    /// put aside. Its sender must hear it, too.
    Part(Bytes),
    /// Only what was there already.
    Nothing,
}

/// The document can no longer be trusted.
pub(super) struct Poisoned;

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
            board: empty_board(),
            guard: Guard::new(),
            whole: None,
            whole_in_pieces: None,
            version: 0,
            #[cfg(test)]
            panics_next: false,
        }
    }

    /// Takes a v1 update from somebody who may do so much.
    pub(crate) fn take_update(
        &mut self,
        update: &[u8],
        permission: Permission,
    ) -> Result<Taken, Untaken> {
        match self.check(Sender::Lead, &Anybody, update, permission)? {
            Some(admission) => self.take_admitted(update, admission),
            None => Ok(Taken::Nothing),
        }
    }

    /// The same, if whoever is asked has nothing against what it brings. They see the document as it is
    /// before.
    pub(crate) fn take_unless(
        &mut self,
        sender: Sender<'_>,
        authors: &dyn Authors,
        update: &[u8],
        permission: Permission,
        objects: impl FnOnce(&Self, Brought) -> Result<(), Rejection>,
    ) -> Result<Taken, Untaken> {
        let Some(admission) = self.check(sender, authors, update, permission)? else {
            return Ok(Taken::Nothing);
        };
        objects(self, self.guard.brought(&admission)).map_err(Untaken::Refused)?;
        self.take_admitted(update, admission)
    }

    /// Changes the board as the server itself. Gives the update, to be logged and sent; `None` when
    /// nothing changed.
    pub(crate) fn change(
        &mut self,
        edit: impl FnOnce(&mut Change<'_>),
    ) -> Result<Option<Bytes>, Untaken> {
        match self.change_guarded(edit) {
            Ok(Some(update)) => {
                self.has_changed();
                Ok(Some(update))
            }
            Ok(None) => Ok(None),
            Err(why) => Err(self.poisoned(why)),
        }
    }

    fn change_guarded(
        &mut self,
        edit: impl FnOnce(&mut Change<'_>),
    ) -> Result<Option<Bytes>, String> {
        // Dropped by hand, as below: what panicked must not commit while it unwinds.
        let mut change = ManuallyDrop::new(self.board.change(Made::ForGood));
        let guard = &self.guard;
        let (update, admission, deleted) = catch_unwind(AssertUnwindSafe(|| {
            edit(&mut change);
            let update = Bytes::from(change.encoded());
            let admission = guard.check(&update, Permission::Board);
            let deleted = change.deleted();
            change.commit();
            (update, admission, deleted)
        }))
        .map_err(|panic| words_of(&*panic))?;
        drop(ManuallyDrop::into_inner(change));
        let admission = admission.map_err(|refused| format!("the server's own edit: {refused}"))?;
        if admission.is_empty() {
            return Ok(None);
        }
        self.guard.admitted(admission);
        for (client, clocks) in deleted {
            self.guard.note_deleted(client, clocks);
        }
        Ok(Some(update))
    }

    /// `None`: it says nothing that is not there already.
    fn check(
        &self,
        sender: Sender<'_>,
        authors: &dyn Authors,
        update: &[u8],
        permission: Permission,
    ) -> Result<Option<Admission>, Untaken> {
        let check = || self.guard.check_of(sender, authors, update, permission);
        let checked = catch_unwind(AssertUnwindSafe(check));
        match checked {
            Ok(checked) => {
                let admission = checked.map_err(Untaken::Refused)?;
                Ok((!admission.is_empty()).then_some(admission))
            }
            // It changes nothing while it checks, so all is as before.
            Err(panic) => Err(Untaken::Poisoned(words_of(&*panic))),
        }
    }

    fn take_admitted(&mut self, update: &[u8], admission: Admission) -> Result<Taken, Untaken> {
        self.has_changed();
        let anew = admission.written_anew().map(Bytes::copy_from_slice);
        let apply = || self.apply(anew.as_deref().unwrap_or(update));
        let applied = if admission.steps() > FEW_STEPS {
            aside(apply)
        } else {
            apply()
        };
        let deleted = match applied {
            Ok(deleted) => deleted,
            Err(why) => return Err(self.poisoned(why)),
        };
        self.guard.admitted(admission);
        for (client, clocks) in deleted {
            self.guard.note_deleted(client, clocks);
        }
        Ok(anew.map_or(Taken::News, Taken::Part))
    }

    /// Another after each change.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    fn has_changed(&mut self) {
        self.version += 1;
        self.whole = None;
        self.whole_in_pieces = None;
    }

    /// A transaction that panicked still holds its document: nobody may wait for that one.
    fn poisoned(&mut self, why: String) -> Untaken {
        self.board = empty_board();
        self.guard = Guard::new();
        self.has_changed();
        Untaken::Poisoned(why)
    }

    /// Gives what was deleted: more than the update says, for Yrs deletes the loser of two values of
    /// a field, and what was in a deleted note.
    fn apply(&self, update: &[u8]) -> Result<Vec<Deleted>, String> {
        let decoded = catch_unwind(|| Update::decode_v1(update))
            .map_err(|panic| words_of(&*panic))?
            .map_err(|error| error.to_string())?;
        // A transaction commits when it is dropped, also while a panic unwinds; a second panic there
        // would end the process. So it is dropped by hand, and only if all went well.
        let mut transaction = ManuallyDrop::new(self.board.doc().transact_mut());
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
        self.board.doc().transact().state_vector().encode_v1()
    }

    /// What it has and the other lacks, as v1 updates to be taken in this order. One at least. `None`: that
    /// is no state vector.
    pub(crate) fn missing_from(&mut self, theirs: &[u8]) -> Option<Vec<Bytes>> {
        let theirs = read_state_vector(theirs)?;
        if !theirs.is_empty() {
            let missing = self.board.doc().transact().encode_diff_v1(&theirs);
            return Some(in_pieces(missing.into()));
        }
        if self.whole_in_pieces.is_none() {
            self.whole_in_pieces = Some(in_pieces(self.whole()));
        }
        self.whole_in_pieces.clone()
    }

    /// What came to it since it had this, which it said itself; with all that was ever deleted.
    pub(crate) fn news_since(&self, vector: &[u8]) -> Vec<u8> {
        let vector = read_state_vector(vector).unwrap_or_default();
        self.board.doc().transact().encode_diff_v1(&vector)
    }

    /// All of it as one v1 update.
    pub(crate) fn whole(&mut self) -> Bytes {
        let encode = || {
            self.board
                .doc()
                .transact()
                .encode_state_as_update_v1(&StateVector::default())
                .into()
        };
        self.whole.get_or_insert_with(encode).clone()
    }

    /// Reads it as a board.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&BoardView<'_, Transaction<'_>>) -> T) -> T {
        read(&self.board.view())
    }

    /// The id under which the server itself writes in it.
    pub(crate) fn client(&self) -> u64 {
        self.board.client()
    }

    /// The clock after the last of what this client wrote in it.
    pub(crate) fn clock_of(&self, client: u64) -> u32 {
        self.guard.clock_of(client)
    }

    /// Whether it holds anything that this client wrote.
    pub(crate) fn has_of(&self, client: u64) -> bool {
        self.guard.clock_of(client) > 0
    }

    /// Whose a client is: what it used of the board's room counts as theirs.
    pub(crate) fn belongs(&mut self, client: u64, person: &PersonId) {
        self.guard.belongs(client, person);
    }

    /// Who brought what a client wrote, of whom nobody has said whose it is.
    pub(crate) fn is_brought_by(&mut self, client: u64, person: &PersonId) {
        self.guard.is_brought_by(client, person);
    }

    /// Somebody was removed: what they used up is the others' again.
    pub(crate) fn is_removed(&mut self, person: &PersonId) {
        self.guard.is_removed(person);
    }

    /// The cluster that a note is in.
    pub(crate) fn cluster_of(&self, note: &NoteId) -> Option<ClusterId> {
        self.board.view().cluster_of(note)
    }

    /// What was taken off the board and can be brought back, and when it went.
    pub(crate) fn gone(&self) -> Vec<(ThingId, f64)> {
        self.board.view().gone()
    }

    /// The board's title.
    pub(crate) fn title(&self) -> String {
        self.board.view().title()
    }

    /// The name of the board's template; empty if it has none that we know.
    pub(crate) fn template(&self) -> String {
        let template = self.board.view().template();
        template.map_or_else(String::new, |template| template.name().to_owned())
    }
}

/// What is large, in pieces.
fn in_pieces(update: Bytes) -> Vec<Bytes> {
    if update.len() <= MAX_STATE_FRAME_BYTES {
        return vec![update];
    }
    match pieces(&update, HAND_OVER_PIECE_BYTES) {
        Ok(pieces) => pieces.into_iter().map(Bytes::from).collect(),
        Err(error) => {
            tracing::error!(target: "samtavle::room", %error, "a state could not be cut; it goes out whole");
            vec![update]
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

/// An empty board, under a client id that nobody has: what the server writes itself bears it.
fn empty_board() -> Board {
    Board::without_journal(new_client())
}

/// A Yjs client id: 53 random bits, as JavaScript counts exactly. Where the system gives none, a hash
/// that std seeds by itself is random enough not to meet another.
pub(crate) fn new_client() -> u64 {
    let mut bits = [0; 8];
    if getrandom::fill(&mut bits).is_err() {
        bits = RandomState::new().hash_one(0).to_le_bytes();
    }
    (u64::from_le_bytes(bits) >> 11).max(1)
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
#[path = "document_tests.rs"]
mod tests;
