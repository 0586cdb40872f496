//! Keys of boards, by their hashes.

use super::seal::Seal;
use crate::access::keys::KeyHash;
use rusqlite::{Connection, params};
use samtavle_shared::{ids::BoardId, wire::Role};

pub(super) fn write_key(
    transaction: &Connection,
    board: &BoardId,
    key: KeyHash,
    role: Role,
) -> rusqlite::Result<()> {
    let (board, role) = (board.as_str(), role.name());
    transaction
        .prepare_cached("INSERT INTO keys (hash, board, role) VALUES (?1, ?2, ?3)")?
        .execute(params![&key.0[..], board, role])?;
    transaction
        .prepare_cached("INSERT INTO key_seals (hash, board, sum) VALUES (?1, ?2, ?3)")?
        .execute(params![&key.0[..], board, Seal::of_key(key, board, role)])?;
    Ok(())
}
