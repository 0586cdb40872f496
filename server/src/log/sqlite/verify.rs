//! `samtavle verify`: reads everything and says what is not as it was written, board by board. It changes nothing, also
//! where a server runs.

use super::{
    damage::{Damage, What},
    head::{Beside, Head},
    inspect::{self, FILE, Mark, OpenError, head_of},
    lookup, reading, schema,
    seal::Seal,
};
use crate::log::photos::Place;
use rusqlite::{Connection, Row, types::ValueRef};
use samtavle_shared::ids::{BoardId, PhotoId};
use std::{collections::BTreeSet, path::Path, time::Duration};

/// What was read, and what is wrong with it.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) boards: u64,
    pub(crate) records: u64,
    /// So many of the records are of a version that wrote no checksums.
    pub(crate) unsealed: u64,
    pub(crate) checkpoints: u64,
    pub(crate) photos: u64,
    /// What is not as it was written, a line each.
    pub(crate) lines: Vec<String>,
}

/// Most lines about the pages of one file.
const MOST_LINES: i64 = 100;

/// Reads the database of a folder. `None`: there is none.
pub(crate) fn verify(folder: &Path) -> Result<Option<Report>, OpenError> {
    let path = folder.join(FILE);
    if inspect::header(&path)?.is_none() {
        return Ok(None);
    }
    // First, so that a server that writes meanwhile is ahead of it and not behind.
    let beside = Beside::read(&head_of(&path));
    let failed =
        |error: rusqlite::Error| OpenError::Failed(path.display().to_string(), error.to_string());
    let connection = open(&path)?;
    let mut report = look_at(&connection).map_err(failed)?;
    if let (Beside::Head(said), Ok(Some(there))) = (beside, Head::of(&connection))
        && said.identity == there.identity
        && said.commits > there.commits
    {
        let missing = said.commits - there.commits;
        report.lines.push(format!(
            "{missing} writes that were called saved are missing at the end"
        ));
    }
    Ok(Some(report))
}

/// Opens a database for reading, whether a server has it open or not.
pub(super) fn open(path: &Path) -> Result<Connection, OpenError> {
    let failed =
        |error: rusqlite::Error| OpenError::Failed(path.display().to_string(), error.to_string());
    let header = inspect::header(path)?;
    if let Some(header) = header {
        inspect::is_whole(path, header)?;
    }
    let mark = header.map_or(Mark::Unsaid, |header| header.mark);
    let connection = inspect::open_to_look(path, mark).map_err(failed)?;
    connection
        .busy_timeout(Duration::from_secs(5))
        .and_then(|()| schema::pretend(&connection))
        .map_err(failed)?;
    Ok(connection)
}

/// Reads everything.
pub(super) fn look_at(connection: &Connection) -> rusqlite::Result<Report> {
    let mut report = Report::default();
    report.look_at_pages(connection)?;
    let boards = ids(connection, "SELECT id FROM boards")?;
    for board in &boards {
        // Not in one transaction: the server's write-ahead log would grow meanwhile.
        report.look_at_board(connection, board)?;
    }
    let mut known = boards_of_records(connection)?;
    known.extend(ids(connection, "SELECT board FROM board_seals")?);
    let boards: BTreeSet<BoardId> = boards.into_iter().collect();
    for board in known.difference(&boards) {
        report.says(&Damage {
            board: board.clone(),
            what: What::Board,
            why: "it is not there, and the board's records are".to_owned(),
        });
    }
    report.look_at_photos(connection)?;
    let mut set_aside =
        connection.prepare("SELECT board, what, which, why FROM set_aside ORDER BY board")?;
    let mut rows = set_aside.query([])?;
    while let Some(row) = rows.next()? {
        let part = |at: usize| row.get::<_, String>(at).unwrap_or_default();
        report.lines.push(format!(
            "board {}: {} {} was set aside: {}",
            part(0),
            part(1),
            part(2),
            part(3)
        ));
    }
    Ok(report)
}

impl Report {
    fn says(&mut self, damage: &Damage) {
        self.lines.push(format!(
            "board {}: {} is damaged: {}",
            damage.board, damage.what, damage.why
        ));
    }

    fn look_at_pages(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut pages = connection.prepare(&format!("PRAGMA integrity_check({MOST_LINES})"))?;
        let mut rows = pages.query([])?;
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    let line: String = row.get(0)?;
                    if line != "ok" {
                        self.lines.extend(line.lines().map(str::to_owned));
                    }
                }
                Ok(None) => return Ok(()),
                Err(error) if inspect::is_damage(&error) => {
                    self.lines.push(error.to_string());
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn look_at_board(&mut self, connection: &Connection, board: &BoardId) -> rusqlite::Result<()> {
        self.boards += 1;
        let mut damages = Vec::new();
        damages.extend(lookup::board_row(connection, board)?);
        damages.extend(lookup::keys(connection, board)?);
        let ((records, unsealed), found) = reading::look_at_records(connection, board)?;
        self.records += records;
        self.unsealed += unsealed;
        damages.extend(found);
        damages.extend(reading::session_records(connection, board)?.1);
        for seq in seqs_of_checkpoints(connection, board)? {
            self.checkpoints += 1;
            damages.extend(lookup::checkpoint_at(connection, board, seq)?.1);
        }
        damages.dedup();
        for damage in &damages {
            self.says(damage);
        }
        Ok(())
    }

    fn look_at_photos(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut photos = connection.prepare(
            "SELECT photos.board, id, kind, bytes, sum FROM photos
             LEFT JOIN photo_seals ON photo_seals.board = photos.board AND photo = id
                AND photo_seals.at = -1
             WHERE kind IS NOT NULL",
        )?;
        let mut rows = photos.query([])?;
        while let Some(row) = rows.next()? {
            self.photos += 1;
            if let Err(damage) = sound_row(row)? {
                self.says(&damage);
            }
        }
        Ok(())
    }
}

fn sound_row(row: &Row<'_>) -> rusqlite::Result<Result<(), Damage>> {
    let (board, photo, kind): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let board = BoardId::from(&*board);
    let Some(id) = PhotoId::read(&photo) else {
        return Ok(Err(Damage {
            board,
            what: What::Photo(photo),
            why: "its id is none that was ever given".to_owned(),
        }));
    };
    let place = Place { board, photo: id };
    let ValueRef::Blob(bytes) = row.get_ref(3)? else {
        return Ok(Err(Damage::of_photo(&place, "it has no bytes")));
    };
    let seal = Seal::of_photo(&place, &kind, bytes);
    Ok(lookup::sound_photo(&place, row.get_ref(4)?, seal))
}

fn ids(connection: &Connection, query: &str) -> rusqlite::Result<Vec<BoardId>> {
    connection
        .prepare(query)?
        .query_map([], |row| {
            row.get::<_, String>(0).map(|id| BoardId::from(&*id))
        })?
        .collect()
}

/// From one to the next by the index, without reading what is between them.
fn boards_of_records(connection: &Connection) -> rusqlite::Result<BTreeSet<BoardId>> {
    let mut next = connection.prepare("SELECT min(board) FROM records WHERE board > ?1")?;
    let mut boards = BTreeSet::new();
    let mut last = String::new();
    while let Some(board) = next.query_row([&last], |row| row.get::<_, Option<String>>(0))? {
        boards.insert(BoardId::from(&*board));
        last = board;
    }
    Ok(boards)
}

fn seqs_of_checkpoints(connection: &Connection, board: &BoardId) -> rusqlite::Result<Vec<u64>> {
    connection
        .prepare_cached("SELECT seq FROM checkpoints WHERE board = ?1")?
        .query_map([board.as_str()], |row| {
            row.get::<_, i64>(0).map(i64::cast_unsigned)
        })?
        .collect()
}
