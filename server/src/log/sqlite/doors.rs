//! Who may come in: keys that were called back, those who stay, those who were sent away, and how long a code lives.

use super::{damage::Damage, keys, lookup, seal::Seal};
use crate::access::codes::{JoinCode, Life};
use crate::log::{Entry, Pass, Recall, Recalled, Shown};
use rusqlite::{Connection, OptionalExtension as _, params};
use samtavle_shared::{
    ids::{BoardId, PersonId},
    wire::Role,
};

/// A board's code, and what its life is reckoned from.
struct Code {
    text: String,
    made_at: i64,
    sat_at: Option<i64>,
}

const CODE: &str = "SELECT code, made_at, at FROM boards LEFT JOIN sittings ON board = id";

/// What a key opens; and what was found of the board's own row.
pub(super) fn entry(
    connection: &Connection,
    board: &BoardId,
    shown: &Shown,
) -> rusqlite::Result<(Entry, Vec<Damage>)> {
    let Some(code) = code_of(connection, board)? else {
        return Ok((Entry::NoBoard, Vec::new()));
    };
    let damages = lookup::board_row(connection, board)?.into_iter().collect();
    let key: Option<(String, bool)> = connection
        .prepare_cached(
            "SELECT role, EXISTS (SELECT 1 FROM former_keys WHERE hash = ?1)
             FROM keys WHERE hash = ?1 AND board = ?2",
        )?
        .query_row(params![&shown.key.0[..], board.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let key = key.and_then(|(role, is_former)| Some((Role::read(&role)?, is_former)));
    let Some((role, is_former)) = key else {
        return Ok((Entry::WrongKey, damages));
    };
    let standing = match &shown.person {
        Some(person) => standing_of(connection, board, person)?,
        None => None,
    };
    let stays = match (&standing, &shown.person) {
        // Who took part does not facilitate by a link of before that they have seen somewhere.
        (_, Some(person)) if role == Role::Facilitator => leads(connection, board, person)?,
        (standing, _) => standing.is_some(),
    };
    let entry = match standing {
        Some(Standing::Removed) => Entry::Removed,
        _ if is_former && !stays => Entry::WrongKey,
        Some(Standing::Stays) | None => Entry::Opens(Pass {
            role,
            code: code.living(shown.life),
        }),
    };
    Ok((entry, damages))
}

/// The board that a code opens.
pub(super) fn board_of(
    connection: &Connection,
    code: &JoinCode,
    life: Life,
) -> rusqlite::Result<Option<BoardId>> {
    let id: Option<String> = connection
        .prepare_cached("SELECT id FROM boards WHERE code = ?1")?
        .query_row([code.as_str()], |row| row.get(0))
        .optional()?;
    let Some(board) = id.map(|id| BoardId::from(&*id)) else {
        return Ok(None);
    };
    let lives = code_of(connection, &board)?.is_some_and(|code| code.living(life).is_some());
    Ok(lives.then_some(board))
}

/// Calls keys back.
pub(super) fn recall(
    transaction: &Connection,
    board: &BoardId,
    recall: &Recall,
) -> rusqlite::Result<()> {
    let which = match recall.keys {
        Recalled::None => None,
        Recalled::Own => Some("AND hash IN (SELECT hash FROM own_keys)"),
        Recalled::All => Some(""),
        Recalled::Lead => {
            recall_leads(transaction, board, recall)?;
            None
        }
    };
    if let Some(which) = which {
        transaction
            .prepare_cached(&format!(
                "INSERT OR IGNORE INTO former_keys (hash)
                 SELECT hash FROM keys WHERE board = ?1 AND role <> ?2 {which}"
            ))?
            .execute(params![board.as_str(), Role::Facilitator.name()])?;
        for key in &recall.but {
            transaction
                .prepare_cached("DELETE FROM former_keys WHERE hash = ?1")?
                .execute(params![&key.0[..]])?;
        }
        let mut stays = transaction.prepare_cached(
            "INSERT OR IGNORE INTO standings (board, person, is_removed) VALUES (?1, ?2, 0)",
        )?;
        for person in &recall.stays {
            stays.execute(params![board.as_str(), person.as_str()])?;
        }
    }
    let mut removed = transaction.prepare_cached(
        "INSERT OR REPLACE INTO standings (board, person, is_removed) VALUES (?1, ?2, 1)",
    )?;
    for person in &recall.removed {
        removed.execute(params![board.as_str(), person.as_str()])?;
    }
    match &recall.code {
        Some(code) => set_code(transaction, board, code.as_str()),
        None => Ok(()),
    }
}

/// Calls the keys of facilitators back, and makes the new one.
fn recall_leads(
    transaction: &Connection,
    board: &BoardId,
    recall: &Recall,
) -> rusqlite::Result<()> {
    let role = Role::Facilitator;
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO former_keys (hash)
             SELECT hash FROM keys WHERE board = ?1 AND role = ?2",
        )?
        .execute(params![board.as_str(), role.name()])?;
    let mut leads = transaction
        .prepare_cached("INSERT OR IGNORE INTO leads (board, person) VALUES (?1, ?2)")?;
    for person in &recall.stays {
        leads.execute(params![board.as_str(), person.as_str()])?;
    }
    match recall.lead {
        Some(key) => keys::write_key(transaction, board, key, role),
        None => Ok(()),
    }
}

/// Somebody takes part. A code that was over by then is taken away, so that it is not alive again.
pub(super) fn sits(transaction: &Connection, board: &BoardId, life: Life) -> rusqlite::Result<()> {
    let Some(code) = code_of(transaction, board)? else {
        return Ok(());
    };
    if code.living(life).is_none() {
        set_code(transaction, board, &no_code(board))?;
    }
    transaction
        .prepare_cached("INSERT OR REPLACE INTO sittings (board, at) VALUES (?1, ?2)")?
        .execute(params![board.as_str(), life.now])?;
    Ok(())
}

fn leads(connection: &Connection, board: &BoardId, person: &PersonId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM leads WHERE board = ?1 AND person = ?2)")?
        .query_row(params![board.as_str(), person.as_str()], |row| row.get(0))
}

enum Standing {
    Stays,
    Removed,
}

fn standing_of(
    connection: &Connection,
    board: &BoardId,
    person: &PersonId,
) -> rusqlite::Result<Option<Standing>> {
    let is_removed: Option<bool> = connection
        .prepare_cached("SELECT is_removed FROM standings WHERE board = ?1 AND person = ?2")?
        .query_row(params![board.as_str(), person.as_str()], |row| row.get(0))
        .optional()?;
    Ok(is_removed.map(|is_removed| {
        if is_removed {
            Standing::Removed
        } else {
            Standing::Stays
        }
    }))
}

fn code_of(connection: &Connection, board: &BoardId) -> rusqlite::Result<Option<Code>> {
    connection
        .prepare_cached(&[CODE, " WHERE id = ?1"].concat())?
        .query_row([board.as_str()], |row| {
            Ok(Code {
                text: row.get(0)?,
                made_at: row.get(1)?,
                sat_at: row.get(2)?,
            })
        })
        .optional()
}

impl Code {
    fn living(self, life: Life) -> Option<JoinCode> {
        let lives = !is_no_code(&self.text) && !life.is_over(self.made_at, self.sat_at);
        lives.then(|| JoinCode::kept(self.text))
    }
}

/// What stands in the place of a code that was taken away: nobody can type it, and no other board has it.
fn no_code(board: &BoardId) -> String {
    ["-", board.as_str()].concat()
}

fn is_no_code(text: &str) -> bool {
    text.starts_with('-')
}

fn set_code(transaction: &Connection, board: &BoardId, code: &str) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("UPDATE boards SET code = ?2 WHERE id = ?1")?
        .execute(params![board.as_str(), code])?;
    let made_at: i64 = transaction
        .prepare_cached("SELECT made_at FROM boards WHERE id = ?1")?
        .query_row([board.as_str()], |row| row.get(0))?;
    let seal = Seal::of_board(board.as_str(), code, made_at);
    transaction
        .prepare_cached("INSERT OR REPLACE INTO board_seals (board, sum) VALUES (?1, ?2)")?
        .execute(params![board.as_str(), seal])?;
    Ok(())
}
