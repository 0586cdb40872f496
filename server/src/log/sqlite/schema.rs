//! The tables and their version (`PRAGMA user_version`): one step in [`migrate`] for each.

use super::{head::Head, seal::Seal, version::version_of};
use crate::access::keys::{KeyHash, random_bytes};
use rusqlite::{Connection, params};

/// The oldest that can be read where nothing can be written.
const OLDEST_READ: u32 = 3;

/// Brings an open database to [`VERSION`](super::version::VERSION), each step in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let version: u32 = version_of(connection)?;
    for (step, tables) in (1..).zip([FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH]) {
        if version < step {
            let transaction = connection.transaction()?;
            transaction.execute_batch(tables)?;
            if step == 4 {
                seal_boards_and_keys(&transaction)?;
                Head::first(new_identity()?).write(&transaction)?;
            }
            if step == 5 {
                transaction.execute_batch(FIRST_SITTINGS)?;
            }
            transaction.pragma_update(None, "user_version", step)?;
            transaction.commit()?;
        }
    }
    Ok(())
}

/// Where nothing can be written, a database of a version before is read as if it had been brought to this one.
pub(super) fn pretend(connection: &Connection) -> rusqlite::Result<()> {
    let version = version_of(connection)?;
    for (step, tables) in (OLDEST_READ + 1..).zip([FOURTH, FIFTH, SIXTH]) {
        if (OLDEST_READ..step).contains(&version) {
            connection.pragma_update(None, "temp_store", "MEMORY")?;
            connection.execute_batch(
                &tables
                    .replace("CREATE TABLE ", "CREATE TABLE temp.")
                    .replace("CREATE INDEX ", "CREATE INDEX temp."),
            )?;
        }
    }
    Ok(())
}

/// Records, checkpoints and photos of before are not sealed: to read them all would take minutes.
fn seal_boards_and_keys(connection: &Connection) -> rusqlite::Result<()> {
    let mut boards = connection.prepare("SELECT id, code, made_at FROM boards")?;
    let mut rows = boards.query([])?;
    let mut seal = connection.prepare("INSERT INTO board_seals (board, sum) VALUES (?1, ?2)")?;
    while let Some(row) = rows.next()? {
        let (id, code, made_at): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        seal.execute(params![id, Seal::of_board(&id, &code, made_at)])?;
    }
    let mut keys = connection.prepare("SELECT hash, board, role FROM keys")?;
    let mut rows = keys.query([])?;
    let mut seal =
        connection.prepare("INSERT INTO key_seals (hash, board, sum) VALUES (?1, ?2, ?3)")?;
    while let Some(row) = rows.next()? {
        let (hash, board, role): ([u8; 32], String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let sum = Seal::of_key(KeyHash(hash), &board, &role);
        seal.execute(params![hash, board, sum])?;
    }
    Ok(())
}

/// Tells a database from every other one.
pub(super) fn new_identity() -> rusqlite::Result<[u8; 16]> {
    random_bytes().map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// Boards, their keys, records and checkpoints.
pub(super) const FIRST: &str = "
CREATE TABLE boards (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
    hash BLOB PRIMARY KEY,
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    role TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX keys_of_a_board ON keys (board);

-- kind: see log::Kind. quarantined: why the record is never read into a board again.
CREATE TABLE records (
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    at INTEGER NOT NULL,
    quarantined TEXT,
    bytes BLOB NOT NULL,
    UNIQUE (board, seq)
) STRICT;

CREATE TABLE checkpoints (
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (board, seq)
) STRICT;

CREATE TABLE probe (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT;
";

/// Who did it, what happened in the session, and checkpoints that are kept.
const SECOND: &str = "
-- person: whose doing it was, see log::Record.
ALTER TABLE records ADD COLUMN person TEXT;
-- 2 is log::Kind::Session.
CREATE INDEX session_records ON records (board, seq) WHERE kind = 2;
-- name: it is kept under this name for as long as there is the board.
ALTER TABLE checkpoints ADD COLUMN name TEXT;
";

/// Photos of paper.
const THIRD: &str = "
-- device: whose, as the person of a record. length: as its sender has it. kind: its media type, once it
-- is whole; then bytes is what is shown. at: when it was last heard of.
CREATE TABLE photos (
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    id TEXT NOT NULL,
    device TEXT,
    length INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT,
    bytes BLOB,
    PRIMARY KEY (board, id)
) STRICT;

-- What has come of those that are not whole; at: the first byte of the piece.
CREATE TABLE photo_pieces (
    board TEXT NOT NULL,
    photo TEXT NOT NULL,
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (board, photo, at),
    FOREIGN KEY (board, photo) REFERENCES photos (board, id) ON DELETE CASCADE
) STRICT;
";

/// Checksums; see seal, head and damage. Apart from what they seal, so that one broken page harms one of the two; and so that a large file of an earlier
/// version need not be read through to be given a column. (Where nothing can be written these are made in memory.)
const FOURTH: &str = "
CREATE TABLE board_seals (
    board TEXT PRIMARY KEY REFERENCES boards ON DELETE CASCADE,
    sum BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE key_seals (
    hash BLOB PRIMARY KEY REFERENCES keys ON DELETE CASCADE,
    board TEXT NOT NULL,
    sum BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX key_seals_of_a_board ON key_seals (board);

-- sum: of this record and of before, the sum of the one before it; none: that one is of an earlier version.
CREATE TABLE record_seals (
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    sum BLOB NOT NULL,
    before BLOB,
    PRIMARY KEY (board, seq)
) STRICT, WITHOUT ROWID;

-- sessions: how many records of the session there were up to there.
CREATE TABLE checkpoint_seals (
    board TEXT NOT NULL,
    seq INTEGER NOT NULL,
    sum BLOB NOT NULL,
    sessions INTEGER NOT NULL,
    PRIMARY KEY (board, seq),
    FOREIGN KEY (board, seq) REFERENCES checkpoints (board, seq) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- at: of a piece its first byte; -1: of the whole photo.
CREATE TABLE photo_seals (
    board TEXT NOT NULL,
    photo TEXT NOT NULL,
    at INTEGER NOT NULL,
    sum BLOB NOT NULL,
    PRIMARY KEY (board, photo, at),
    FOREIGN KEY (board, photo) REFERENCES photos (board, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What is damaged, and not read any more; see damage::What.
CREATE TABLE set_aside (
    board TEXT NOT NULL,
    what TEXT NOT NULL,
    which TEXT NOT NULL,
    why TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (board, what, which)
) STRICT, WITHOUT ROWID;

CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    identity BLOB NOT NULL,
    commits INTEGER NOT NULL,
    sum BLOB NOT NULL
) STRICT;
";

/// Who may come in, by what, and until when. (Where nothing can be written these are made in memory.)
const FIFTH: &str = "
-- at: when somebody took part the last time, milliseconds since 1970; no row: nobody has yet.
CREATE TABLE sittings (
    board TEXT PRIMARY KEY REFERENCES boards ON DELETE CASCADE,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys that were given for the code, to one person each.
CREATE TABLE own_keys (
    hash BLOB PRIMARY KEY REFERENCES keys ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Keys that were called back: they open the board only for those who stay.
CREATE TABLE former_keys (
    hash BLOB PRIMARY KEY REFERENCES keys ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Who stays when keys are called back (0), and whom no key lets in (1).
CREATE TABLE standings (
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    person TEXT NOT NULL,
    is_removed INTEGER NOT NULL,
    PRIMARY KEY (board, person)
) STRICT, WITHOUT ROWID;
";

/// What a session need not tell any more, and who facilitates. (Where nothing can be written it is made in memory.)
const SIXTH: &str = "
-- Records of the session from one to another that later ones have replaced: they are not missing.
CREATE TABLE left_out (
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (board, first)
) STRICT, WITHOUT ROWID;

-- Who goes on with a facilitator's key that was called back.
CREATE TABLE leads (
    board TEXT NOT NULL REFERENCES boards ON DELETE CASCADE,
    person TEXT NOT NULL,
    PRIMARY KEY (board, person)
) STRICT, WITHOUT ROWID;
";

/// Boards of before sat when something was written the last time.
const FIRST_SITTINGS: &str = "
INSERT INTO sittings (board, at) SELECT id, coalesce(
    (SELECT at FROM records WHERE board = id ORDER BY seq DESC LIMIT 1), made_at) FROM boards;
";
