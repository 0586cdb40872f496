//! A room as the server has it, which tells when something is wrong.

use samtavle_shared::guard::{Guard, Naming, Permission};
use std::panic::{AssertUnwindSafe, catch_unwind};
use yrs::types::ToJson;
use yrs::updates::decoder::Decode;
use yrs::{
    Any, ClientID, Doc, ID, IdSet, OffsetKind, Options, ReadTxn, StateVector, Transact, Update,
};

const ROOTS: [&str; 7] = [
    "notes", "clusters", "links", "ink", "frames", "images", "meta",
];

/// The guard and the document behind it.
pub(crate) struct Room {
    pub(crate) guard: Guard,
    doc: Doc,
    /// Everything that it was given since it was made, to be printed when it breaks.
    given: Vec<Vec<u8>>,
}

/// What became of an input.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Outcome {
    /// It reached the document.
    Admitted,
    /// It brought nothing new, so it was left.
    Known,
    /// It was refused.
    Refused(&'static str),
}

/// What a look at a room found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Look {
    /// Opened again it says the same.
    Same,
    /// The letters of a text stand in another order. Yjs promises the same order everywhere only for
    /// neighbours that somebody can have seen beside each other. To ask for that, the guard would
    /// have to know the order itself, and Yrs 0.28's own undo does not always keep to it. Nothing
    /// crashes and nothing is pending.
    Differs,
}

/// A defect of the guard: it let something pass that the document does not bear.
#[derive(Debug)]
pub(crate) struct Defect {
    what: String,
    given: Vec<Vec<u8>>,
}

impl Defect {
    /// The same with as few updates as will do.
    pub(crate) fn shrunk(mut self) -> Self {
        let mut at = self.given.len();
        while at > 0 {
            at -= 1;
            let mut fewer = self.given.clone();
            fewer.remove(at);
            if let Err(same) = Room::replay(&fewer)
                && same.what == self.what
            {
                self = same;
                at = at.min(self.given.len());
            }
        }
        self
    }
}

impl std::fmt::Display for Defect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}; the room was given", self.what)?;
        for update in &self.given {
            for byte in update {
                write!(f, "{byte:02x}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

fn document() -> Doc {
    let mut options = Options::with_client_id(ClientID::new(0));
    options.offset_kind = OffsetKind::Utf16;
    options.cleanup_formatting = false;
    Doc::with_options(options)
}

fn json(doc: &Doc) -> Vec<Any> {
    let roots = ROOTS.map(|root| doc.get_or_insert_map(root));
    let txn = doc.transact();
    roots.iter().map(|root| root.to_json(&txn)).collect()
}

impl Room {
    pub(crate) fn new() -> Self {
        Self {
            guard: Guard::new(),
            doc: document(),
            given: Vec::new(),
        }
    }

    /// Takes an update as a room does.
    pub(crate) fn take(&mut self, update: &[u8]) -> Result<Outcome, Defect> {
        self.given.push(update.to_vec());
        let caught = catch_unwind(AssertUnwindSafe(|| self.take_unguarded(update)));
        caught
            .unwrap_or_else(|_| Err("it panicked".to_owned()))
            .map_err(|what| self.defect(what))
    }

    fn take_unguarded(&mut self, update: &[u8]) -> Result<Outcome, String> {
        let admission = match self.guard.check(update, Permission::Write(Naming::Voices)) {
            Ok(admission) => admission,
            Err(rejection) => {
                // What is refused left no trace, so the story can be shorter.
                self.given.pop();
                return Ok(Outcome::Refused(rejection.code()));
            }
        };
        if admission.is_empty() {
            self.given.pop();
            return Ok(Outcome::Known);
        }
        let update = admission.written_anew().unwrap_or(update).to_vec();
        let decoded = Update::decode_v1(&update).map_err(|why| format!("not decoded: {why}"))?;
        let mut txn = self.doc.transact_mut();
        txn.apply_update(decoded)
            .map_err(|why| format!("not applied: {why}"))?;
        if txn.has_missing_updates() {
            return Err("something stayed pending".to_owned());
        }
        self.guard.admitted(admission);
        for (client, ranges) in txn.delete_set().iter() {
            for range in ranges.iter() {
                self.guard.note_deleted(client.get(), range.clone());
            }
        }
        Ok(Outcome::Admitted)
    }

    /// Guard and document agree, and the document can be opened again.
    pub(crate) fn inspect(&self) -> Result<Look, Defect> {
        let caught = catch_unwind(AssertUnwindSafe(|| self.inspect_unguarded()));
        let result = caught.unwrap_or_else(|_| Err("looking at it panicked".to_owned()));
        result.map_err(|what| self.defect(what))
    }

    fn inspect_unguarded(&self) -> Result<Look, String> {
        let said = json(&self.doc);
        let txn = self.doc.transact();
        let state = txn.state_vector();
        for (client, clock) in state.iter() {
            if self.guard.clock_of(client.get()) != *clock {
                return Err(format!("the guard has another clock for {client}"));
            }
        }
        let mut deleted = IdSet::new();
        for (client, clocks) in self.guard.deleted() {
            deleted.insert(
                ID::new(ClientID::new(client), clocks.start),
                clocks.len() as u32,
            );
        }
        if deleted != txn.snapshot().delete_set {
            return Err("the guard knows of other deletions".to_owned());
        }
        let whole = txn.encode_state_as_update_v1(&StateVector::default());
        drop(txn);
        let mut again = Self::new();
        let admission = again.guard.check(&whole, Permission::Log);
        let admission = admission.map_err(|why| format!("its own state is refused: {why}"))?;
        if !admission.is_empty() {
            again.take_unguarded(&whole)?;
        }
        let is_same = again.doc.transact().state_vector() == state && json(&again.doc) == said;
        Ok(if is_same { Look::Same } else { Look::Differs })
    }

    /// Gives a new room all of these in turn, and looks at it.
    fn replay(given: &[Vec<u8>]) -> Result<Look, Defect> {
        let mut room = Self::new();
        for update in given {
            room.take(update)?;
        }
        room.inspect()
    }

    fn defect(&self, what: String) -> Defect {
        Defect {
            what,
            given: self.given.clone(),
        }
    }
}
