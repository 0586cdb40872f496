//! The photos themselves, in `IndexedDB`, before anybody else has them: a database of their own for each board,
//! so that a full disk never keeps the board's local copy from being written.

use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, Query, TransactionMode};
use js_sys::Uint8Array;
use samtavle_shared::ids::{BoardId, ImageId};
use wasm_bindgen::{JsCast, JsValue};

const PHOTOS: &str = "photos";

/// Keeps a photo. It is on disk when this returns.
pub(super) async fn keep(board: &BoardId, id: &ImageId, bytes: &Uint8Array) -> Result<(), Error> {
    let database = open(board).await?;
    let transaction = database.transaction(&[PHOTOS], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(PHOTOS)?;
    store.put(bytes, Some(&key(id)))?.await?;
    transaction.commit()?.await?;
    Ok(())
}

/// A photo that was kept; `None`: it is not there.
pub(super) async fn read(board: &BoardId, id: &ImageId) -> Result<Option<Uint8Array>, Error> {
    let database = open(board).await?;
    let transaction = database.transaction(&[PHOTOS], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(PHOTOS)?;
    let found = store.get(Query::Key(key(id)))?.await?;
    Ok(found.and_then(|bytes| bytes.dyn_into().ok()))
}

/// Throws away all but these; they are asked for when it can begin, for another tab may just take one.
pub(super) async fn keep_only(
    board: &BoardId,
    needed: impl FnOnce() -> Vec<ImageId>,
) -> Result<(), Error> {
    let database = open(board).await?;
    let needed = needed();
    let transaction = database.transaction(&[PHOTOS], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(PHOTOS)?;
    for kept in store.get_all_keys(None, None)?.await? {
        let is_needed = needed
            .iter()
            .any(|id| kept.as_string().as_deref() == Some(id.as_str()));
        if !is_needed {
            store.delete(Query::Key(kept))?.await?;
        }
    }
    transaction.commit()?.await?;
    Ok(())
}

async fn open(board: &BoardId) -> Result<Database, Error> {
    let name = ["samtavle.photos.", board.as_str()].concat();
    let mut request = Factory::new()?.open(&name, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database()
            && let Err(error) = database.create_object_store(PHOTOS, ObjectStoreParams::new())
        {
            leptos::logging::warn!("no place for photos could be made: {error}");
        }
    });
    request.await
}

fn key(id: &ImageId) -> JsValue {
    JsValue::from_str(id.as_str())
}
