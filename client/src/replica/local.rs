//! The local copy: every update of a board, in `IndexedDB`, before anybody else has it.
//!
//! One database a board, one store of v1 updates under growing numbers. When there are many they
//! are folded into one. Several tabs may write at once: folding removes only what was read.
//!
//! Site data may be cleared while the page is open, by a person or by the browser that needs room: the connection is
//! closed under our hands. Then the copy is opened anew, and filled with the whole board.

use idb::{
    Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode,
};
use js_sys::Uint8Array;
use samtavle_shared::{
    board::{Board, Made},
    ids::BoardId,
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};

const UPDATES: &str = "updates";
/// Reading a thousand small updates takes longer than reading a board: fold them before that.
const FOLD_AT: usize = 400;
/// How long it is waited for, in milliseconds: a large board on a slow phone takes one or two seconds.
pub(super) const COPY_PATIENCE_MS: u32 = 4_000;
/// A full disk is not asked with every letter whether there is room again: the whole board is written then.
const TRY_AGAIN_MS: f64 = 10_000.0;

/// What is to be kept next.
#[derive(Clone, Copy)]
enum Standing {
    /// What is new: the copy has all that was before.
    Whole,
    /// A record could not be kept, at this time: until the whole board is kept anew, what comes after it hangs in the air.
    Gap(f64),
    /// The whole board: the copy was thrown away.
    Gone,
}

pub(super) struct LocalCopy {
    name: String,
    database: RefCell<Option<Rc<Database>>>,
    standing: Cell<Standing>,
    /// Counts how often it was thrown away.
    losses: Cell<u32>,
    /// Who is told when the browser throws it away.
    on_loss: RefCell<Option<Rc<dyn Fn()>>>,
    is_off: Cell<bool>,
    /// Whether the page was begun with it, or has stopped waiting for it.
    pub(super) has_begun: Cell<bool>,
    /// The newest record that was read.
    last: RefCell<Option<JsValue>>,
}

impl LocalCopy {
    pub(super) fn of(board: &BoardId) -> Self {
        Self {
            name: format!("samtavle.{board}"),
            database: RefCell::new(None),
            standing: Cell::new(Standing::Whole),
            losses: Cell::new(0),
            on_loss: RefCell::new(None),
            is_off: Cell::new(false),
            has_begun: Cell::new(false),
            last: RefCell::new(None),
        }
    }

    /// Has this told when the browser throws the copy away.
    pub(super) fn when_lost(&self, tell: impl Fn() + 'static) {
        *self.on_loss.borrow_mut() = Some(Rc::new(tell));
    }

    /// It was thrown away: what is kept next is the whole board, in a new one.
    pub(super) fn begin_anew(&self) {
        if let Some(database) = self.database.take() {
            database.close(); // who deletes it waits for that
        }
        self.last.take();
        self.losses.set(self.losses.get() + 1);
        self.standing.set(Standing::Gone);
    }

    /// Whether nothing is in it, as far as one can see.
    pub(super) async fn is_empty(&self) -> bool {
        !self.is_off.get() && matches!(self.count().await, Ok(0) | Err(_))
    }

    async fn count(&self) -> Result<u32, Error> {
        let database = self.database().await?;
        let transaction = database.transaction(&[UPDATES], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(UPDATES)?;
        store.count(None)?.await
    }

    /// All updates that are kept, oldest first.
    pub(super) async fn read(&self) -> Result<Vec<Vec<u8>>, Error> {
        let result = self.read_and_fold().await;
        self.is_off.set(result.is_err());
        result
    }

    async fn read_and_fold(&self) -> Result<Vec<Vec<u8>>, Error> {
        let database = self.database().await?;
        let transaction = database.transaction(&[UPDATES], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(UPDATES)?;
        let keys = store.get_all_keys(None, None)?.await?;
        let updates: Vec<Vec<u8>> = store
            .get_all(None, None)?
            .await?
            .into_iter()
            .filter_map(|value| value.dyn_into::<Uint8Array>().ok())
            .map(|bytes| bytes.to_vec())
            .collect();
        transaction.await?;
        *self.last.borrow_mut() = keys.last().cloned();

        if updates.len() >= FOLD_AT
            && let (Some(first), Some(last)) = (keys.first(), keys.last())
        {
            let folded = fold(&updates);
            let transaction = database.transaction(&[UPDATES], TransactionMode::ReadWrite)?;
            let store = transaction.object_store(UPDATES)?;
            store
                .delete(Query::KeyRange(KeyRange::bound(first, last, None, None)?))?
                .await?;
            store.add(&bytes_of(&folded), None)?.await?;
            transaction.commit()?.await?;
            return Ok(vec![folded]);
        }
        Ok(updates)
    }

    /// What came after the last reading, from here or from another tab.
    pub(super) async fn read_newer(&self) -> Result<Vec<Vec<u8>>, Error> {
        if self.is_off.get() {
            return Ok(Vec::new());
        }
        let after = match &*self.last.borrow() {
            Some(last) => Some(Query::KeyRange(KeyRange::lower_bound(last, Some(true))?)),
            None => None,
        };
        let database = self.database().await?;
        let transaction = database.transaction(&[UPDATES], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(UPDATES)?;
        let keys = store.get_all_keys(after.clone(), None)?.await?;
        let updates = store.get_all(after, None)?.await?;
        transaction.await?;
        if let Some(last) = keys.last() {
            *self.last.borrow_mut() = Some(last.clone());
        }
        let bytes = updates
            .into_iter()
            .filter_map(|value| value.dyn_into::<Uint8Array>().ok());
        Ok(bytes.map(|bytes| bytes.to_vec()).collect())
    }

    /// Keeps these updates; after one that could not be kept, `whole` instead. Gives whether all is on disk when it
    /// returns; `None`: it was not tried, and the person has been told.
    pub(super) async fn append(
        &self,
        updates: Vec<Vec<u8>>,
        whole: impl Fn() -> Vec<u8>,
        now: f64,
    ) -> Option<Result<(), Error>> {
        if self.is_off.get() {
            return None; // this browser forbids it
        }
        let updates = match self.standing.get() {
            Standing::Gap(at) if (now - at).abs() < TRY_AGAIN_MS => return None,
            Standing::Gap(_) | Standing::Gone => vec![whole()],
            Standing::Whole => updates,
        };
        self.standing.set(Standing::Whole);
        let losses = self.losses.get();
        let mut written = self.write(&updates).await;
        if matches!(written, Err(Error::TransactionOpenFailed(_))) && losses == self.losses.get() {
            // The browser has closed it without a word.
            self.begin_anew();
            return self.fill(whole(), now).await;
        }
        if losses != self.losses.get() {
            written = Ok(()); // whoever was told of the loss keeps the whole board
        }
        if written.is_err() {
            self.standing.set(Standing::Gap(now));
        }
        Some(written)
    }

    async fn fill(&self, whole: Vec<u8>, now: f64) -> Option<Result<(), Error>> {
        self.standing.set(Standing::Whole);
        let written = self.write(&[whole]).await;
        if written.is_err() {
            self.standing.set(Standing::Gap(now));
        }
        Some(written)
    }

    /// From now on it is this and nothing else.
    pub(super) async fn becomes(&self, whole: &[u8]) -> Result<(), Error> {
        let database = self.database().await?;
        let transaction = database.transaction(&[UPDATES], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(UPDATES)?;
        store.clear()?.await?;
        store.add(&bytes_of(whole), None)?.await?;
        transaction.commit()?.await?;
        self.is_off.set(true); // what else the page has is not of it
        Ok(())
    }

    async fn write(&self, updates: &[Vec<u8>]) -> Result<(), Error> {
        let database = self.database().await?;
        let transaction = database.transaction(&[UPDATES], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(UPDATES)?;
        for update in updates {
            store.add(&bytes_of(update), None)?;
        }
        transaction.commit()?.await?;
        Ok(())
    }

    async fn database(&self) -> Result<Rc<Database>, Error> {
        if let Some(database) = self.database.borrow().as_ref() {
            return Ok(Rc::clone(database));
        }
        let mut request = Factory::new()?.open(&self.name, Some(1))?;
        request.on_upgrade_needed(|event| {
            let mut params = ObjectStoreParams::new();
            params.auto_increment(true);
            if let Ok(database) = event.database()
                && let Err(error) = database.create_object_store(UPDATES, params)
            {
                leptos::logging::warn!("the local copy could not be made: {error}");
            }
        });
        let mut database = request.await?;
        if let Some(tell) = self.on_loss.borrow().clone() {
            let also = Rc::clone(&tell);
            database.on_close(move |_| tell());
            database.on_version_change(move |_| also()); // somebody wants to delete it
            database.forget_callbacks(); // they may come when we have let go of it
        }
        let database = Rc::new(database);
        *self.database.borrow_mut() = Some(Rc::clone(&database));
        Ok(database)
    }
}

fn bytes_of(update: &[u8]) -> JsValue {
    Uint8Array::from(update).into()
}

fn fold(updates: &[Vec<u8>]) -> Vec<u8> {
    let board = Board::new(0); // only reads: it never writes under this client id
    for update in updates {
        if let Err(error) = board.apply(update, Made::Before) {
            leptos::logging::warn!("a record of the local copy is not whole: {error}");
        }
    }
    board.whole()
}
