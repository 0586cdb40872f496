//! Reading records, with a look at each seal. What is not as it was written is left out and told; what stands behind it
//! is read all the same.

use super::{
    damage::{Damage, What},
    inspect::is_damage,
    left_out,
    seal::Seal,
};
use crate::log::{Kind, Record, Seq};
use rusqlite::{Connection, OptionalExtension as _, Row, params, types::ValueRef};
use samtavle_shared::ids::{BoardId, PersonId};
use std::collections::BTreeSet;

/// What was read, and what was wrong with it.
pub(super) type Told<T> = rusqlite::Result<(T, Vec<Damage>)>;

const RECORDS: &str = "SELECT seq, kind, at, bytes, person, quarantined, sum, before FROM records
    LEFT JOIN record_seals USING (board, seq) WHERE board = ?1 AND seq > ?2 ORDER BY seq";

/// Found by the index of the session's records, among however many updates.
pub(super) const SESSION_RECORDS: &str =
    "SELECT seq, kind, at, bytes, person, quarantined, sum, before FROM records
    LEFT JOIN record_seals USING (board, seq) WHERE board = ?1 AND kind = 2 ORDER BY seq";

/// The same, where that index does not tell all.
const SESSION_RECORDS_SLOWLY: &str =
    "SELECT seq, kind, at, bytes, person, quarantined, sum, before FROM records
    LEFT JOIN record_seals USING (board, seq) WHERE board = ?1 AND +kind = 2 ORDER BY seq";

const ONE_RECORD: &str =
    "SELECT seq, kind, at, bytes, person, quarantined, sum, before FROM records
    LEFT JOIN record_seals USING (board, seq) WHERE board = ?1 AND seq = ?2";

/// Where the seals cannot be read.
const ONE_UNSEALED: &str =
    "SELECT seq, kind, at, bytes, person, quarantined FROM records WHERE board = ?1 AND seq = ?2";

/// Reads records of one board.
struct Records<'a> {
    connection: &'a Connection,
    board: &'a BoardId,
    /// The first one that has a seal; those before it are of a time without.
    first_sealed: Option<Seq>,
    set_aside: BTreeSet<Seq>,
    /// Ranges of records that are not there because later ones have replaced them.
    left_out: Vec<(Seq, Seq)>,
    keeps: Keeps,
    read: Vec<Record>,
    sound: u64,
    passed_over: Vec<Seq>,
    damages: Vec<Damage>,
}

/// What becomes of records that are as they were written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeps {
    /// They are wanted.
    All,
    /// They are only looked at: a board may be larger than the memory.
    None,
}

/// The records after one.
pub(super) fn records_after(
    connection: &Connection,
    board: &BoardId,
    seq: Seq,
) -> Told<Vec<Record>> {
    let mut reading = Records::of(connection, board)?;
    reading.after(seq)?;
    Ok((reading.read, reading.damages))
}

/// Looks at all records; gives how many are sound, and how many of them are of a time without seals.
pub(super) fn look_at_records(connection: &Connection, board: &BoardId) -> Told<(u64, u64)> {
    let mut reading = Records::of(connection, board)?;
    reading.keeps = Keeps::None;
    reading.after(0)?;
    let of_before = match reading.first_sealed {
        Some(first) => first.saturating_sub(1),
        None => reading.sound,
    };
    Ok((
        (reading.sound, of_before.min(reading.sound)),
        reading.damages,
    ))
}

/// All records of the session.
pub(super) fn session_records(connection: &Connection, board: &BoardId) -> Told<Vec<Record>> {
    let mut reading = Records::of(connection, board)?;
    let (until, wanted) = sessions_in_checkpoint(connection, board)?;
    if reading.has_all_of(SESSION_RECORDS, until, wanted)?
        || reading.has_all_of(SESSION_RECORDS_SLOWLY, until, wanted)?
    {
        return Ok((reading.read, reading.damages));
    }
    reading.begin_anew();
    reading.one_by_one(0)?;
    let is_of_session = |record: &Record| record.kind == Kind::Session;
    reading.read.retain(is_of_session);
    if reading.count_until(until) < wanted {
        reading.damages.push(Damage {
            board: board.clone(),
            what: What::Gap(1, until),
            why: "not all records of the session are there".to_owned(),
        });
    }
    Ok((reading.read, reading.damages))
}

/// The number of the last record, whether it can be read or not.
pub(super) fn last_seq(connection: &Connection, board: &BoardId) -> rusqlite::Result<Seq> {
    Ok(newest(connection, board)?.map_or(0, |(seq, _)| seq))
}

/// The last record's number, and its seal if it has one.
pub(super) fn newest(
    connection: &Connection,
    board: &BoardId,
) -> rusqlite::Result<Option<(Seq, Option<Seal>)>> {
    let sealed = connection
        .prepare_cached(
            "SELECT seq, sum FROM record_seals WHERE board = ?1 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([board.as_str()], |row| {
            Ok((seq_of(row)?, row.get::<_, Seal>(1).ok()))
        })
        .optional()?;
    if sealed.is_some() {
        return Ok(sealed);
    }
    let last: Option<i64> = connection
        .prepare_cached("SELECT max(seq) FROM records WHERE board = ?1")?
        .query_row([board.as_str()], |row| row.get(0))?;
    Ok(last.map(|last| (last.cast_unsigned(), None)))
}

/// The first record that has a seal; those before it are of a version without.
pub(super) fn first_sealed(
    connection: &Connection,
    board: &BoardId,
) -> rusqlite::Result<Option<Seq>> {
    let first: rusqlite::Result<Option<i64>> = connection
        .prepare_cached("SELECT min(seq) FROM record_seals WHERE board = ?1")?
        .query_row([board.as_str()], |row| row.get(0));
    match first {
        Ok(first) => Ok(first.map(i64::cast_unsigned)),
        Err(error) if is_damage(&error) => Ok(Some(0)), // all of them should have one
        Err(error) => Err(error),
    }
}

impl<'a> Records<'a> {
    fn of(connection: &'a Connection, board: &'a BoardId) -> rusqlite::Result<Self> {
        let first_sealed = first_sealed(connection, board)?;
        let set_aside = connection
            .prepare_cached("SELECT which FROM set_aside WHERE board = ?1 AND what = 'record'")?
            .query_map([board.as_str()], |row| row.get::<_, String>(0))?
            .filter_map(|which| which.ok()?.parse().ok())
            .collect();
        Ok(Self {
            connection,
            board,
            first_sealed,
            set_aside,
            left_out: left_out::left_out(connection, board)?,
            keeps: Keeps::All,
            read: Vec::new(),
            sound: 0,
            passed_over: Vec::new(),
            damages: Vec::new(),
        })
    }

    fn after(&mut self, seq: Seq) -> rusqlite::Result<()> {
        match self.in_order(seq) {
            // A page between them is broken. What is on other pages is still there.
            Err(error) if is_damage(&error) => {
                self.begin_anew();
                self.one_by_one(seq)
            }
            read => read,
        }
    }

    /// Those after one, and nothing missing between them.
    fn in_order(&mut self, after: Seq) -> rusqlite::Result<()> {
        let mut records = self.connection.prepare_cached(RECORDS)?;
        let mut rows = records.query(params![self.board.as_str(), after.cast_signed()])?;
        let mut last = after;
        while let Some(row) = rows.next()? {
            let seq = seq_of(row)?;
            if seq > last + 1 {
                self.is_missing(last + 1, seq - 1);
            }
            last = seq;
            self.take_row(seq, row);
        }
        self.looks_for_a_tail(last)
    }

    /// Whether this query finds as many as there should be up to one of them.
    fn has_all_of(&mut self, query: &str, until: Seq, wanted: usize) -> rusqlite::Result<bool> {
        self.begin_anew();
        let mut records = self.connection.prepare_cached(query)?;
        let mut rows = records.query([self.board.as_str()])?;
        loop {
            match rows.next() {
                Ok(Some(row)) => self.take_row(seq_of(row)?, row),
                Ok(None) => return Ok(self.count_until(until) >= wanted),
                Err(error) if is_damage(&error) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
    }

    fn begin_anew(&mut self) {
        self.read.clear();
        self.passed_over.clear();
        self.sound = 0;
    }

    fn count_until(&self, until: Seq) -> usize {
        let read = self.read.iter().map(|record| record.seq);
        let passed_over = self.passed_over.iter().copied();
        let there = read.chain(passed_over).filter(|seq| *seq <= until).count();
        there + left_out::how_many_until(&self.left_out, until)
    }

    /// Those after one, each asked for by its number, so that one that cannot be read hides no other.
    fn one_by_one(&mut self, after: Seq) -> rusqlite::Result<()> {
        let mut last = after;
        for seq in self.numbers_after(after)? {
            if seq > last + 1 {
                self.is_missing(last + 1, seq - 1);
            }
            last = seq;
            match self.one(ONE_RECORD, seq) {
                Err(error) if is_damage(&error) => self.one_unsealed(seq, &error)?,
                otherwise => otherwise?,
            }
        }
        Ok(())
    }

    fn one(&mut self, query: &str, seq: Seq) -> rusqlite::Result<()> {
        let mut record = self.connection.prepare_cached(query)?;
        let mut rows = record.query(params![self.board.as_str(), seq.cast_signed()])?;
        match rows.next()? {
            Some(row) => self.take_row(seq, row),
            None => self.is_missing(seq, seq),
        }
        Ok(())
    }

    /// It may be the seal that cannot be read, and not the record.
    fn one_unsealed(&mut self, seq: Seq, error: &rusqlite::Error) -> rusqlite::Result<()> {
        let first_sealed = self.first_sealed.take();
        let read = self.one(ONE_UNSEALED, seq);
        self.first_sealed = first_sealed;
        let what = match read {
            Ok(()) => What::Seal(seq),
            Err(error) if is_damage(&error) => What::Record(seq),
            Err(error) => return Err(error),
        };
        self.damages.push(Damage {
            board: self.board.clone(),
            what,
            why: format!("it cannot be read: {error}"),
        });
        Ok(())
    }

    /// What is said to be there, by the seals and by the records' own index; one of them may be broken.
    fn numbers_after(&self, after: Seq) -> rusqlite::Result<BTreeSet<Seq>> {
        let of = |query: &str| -> rusqlite::Result<Vec<Seq>> {
            self.connection
                .prepare_cached(query)?
                .query_map(params![self.board.as_str(), after.cast_signed()], seq_of)?
                .collect()
        };
        let by_seals = of("SELECT seq FROM record_seals WHERE board = ?1 AND seq > ?2");
        let by_records = of("SELECT seq FROM records WHERE board = ?1 AND seq > ?2");
        match (by_seals, by_records) {
            (Ok(seals), Ok(records)) => Ok(seals.into_iter().chain(records).collect()),
            (Ok(numbers), Err(_)) | (Err(_), Ok(numbers)) => Ok(numbers.into_iter().collect()),
            (Err(error), Err(_)) => Err(error),
        }
    }

    fn take_row(&mut self, seq: Seq, row: &Row<'_>) {
        let is_set_aside = self.set_aside.contains(&seq)
            // Of versions before there was a table for it.
            || matches!(row.get_ref(5), Ok(ValueRef::Text(_)));
        if is_set_aside {
            self.passed_over.push(seq);
            return;
        }
        match self.sound(seq, row) {
            Ok(record) => {
                self.sound += 1;
                if self.keeps == Keeps::All {
                    self.read.push(record);
                }
            }
            Err(why) => {
                self.passed_over.push(seq);
                self.damages.push(Damage::of_record(self.board, seq, &why));
            }
        }
    }

    /// The record, if it is as it was written.
    fn sound(&mut self, seq: Seq, row: &Row<'_>) -> Result<Record, String> {
        let record = record_of(row).map_err(|error| format!("it cannot be read: {error}"))?;
        if !matches!(row.get_ref(5), Ok(ValueRef::Null)) {
            return Err("its mark is none that was ever made".to_owned());
        }
        if self.first_sealed.is_none_or(|first| seq < first) {
            return Ok(record); // of a time without seals
        }
        let sum: Option<Seal> = row.get(6).ok().flatten();
        let before: Option<Seal> = before_of(row);
        if Some(Seal::of_record(self.board, &record, before)) == sum {
            return Ok(record);
        }
        // The seal itself may be what was harmed: those beside it know it, too.
        let sum_before = self.beside(seq.wrapping_sub(1)).and_then(|(sum, _)| sum);
        let known_after = self.beside(seq + 1).and_then(|(_, before)| before);
        let is_sound = [before, sum_before].into_iter().any(|before| {
            let seal = Some(Seal::of_record(self.board, &record, before));
            seal == sum || seal == known_after
        });
        if is_sound {
            self.damages.push(Damage {
                board: self.board.clone(),
                what: What::Seal(seq),
                why: "it does not fit, and those beside it do".to_owned(),
            });
            return Ok(record);
        }
        Err("it is not as it was written".to_owned())
    }

    /// What a record's seal says, and what it says of the one before it.
    fn beside(&self, seq: Seq) -> Option<(Option<Seal>, Option<Seal>)> {
        self.connection
            .prepare_cached(
                "SELECT seq, sum, before FROM record_seals WHERE board = ?1 AND seq = ?2",
            )
            .ok()?
            .query_row(params![self.board.as_str(), seq.cast_signed()], |row| {
                Ok((row.get(1).ok(), row.get(2).ok()))
            })
            .ok()
    }

    fn is_missing(&mut self, from: Seq, to: Seq) {
        let missing = left_out::without(&self.left_out, from, to).into_iter();
        self.damages.extend(missing.map(|(from, to)| Damage {
            board: self.board.clone(),
            what: What::Gap(from, to),
            why: "it was written, and is not there".to_owned(),
        }));
    }

    /// Seals whose records are gone.
    fn looks_for_a_tail(&mut self, last: Seq) -> rusqlite::Result<()> {
        let sealed = newest(self.connection, self.board)?.map_or(0, |(seq, _)| seq);
        if sealed > last {
            self.is_missing(last + 1, sealed);
        }
        Ok(())
    }
}

pub(super) fn seq_of(row: &Row<'_>) -> rusqlite::Result<Seq> {
    row.get::<_, i64>(0).map(i64::cast_unsigned)
}

fn before_of(row: &Row<'_>) -> Option<Seal> {
    row.get(7).ok()
}

fn record_of(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        seq: seq_of(row)?,
        kind: Kind::from_number(row.get(1)?),
        at: row.get(2)?,
        bytes: row.get::<_, Vec<u8>>(3)?.into(),
        person: row
            .get::<_, Option<String>>(4)?
            .map(|person| PersonId::from(person.as_str())),
    })
}

/// How many records of the session are before the newest checkpoint, and where that is.
fn sessions_in_checkpoint(
    connection: &Connection,
    board: &BoardId,
) -> rusqlite::Result<(Seq, usize)> {
    let counted = connection
        .prepare_cached(
            "SELECT seq, sessions FROM checkpoint_seals WHERE board = ?1 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([board.as_str()], |row| {
            Ok((seq_of(row)?, row.get::<_, i64>(1)? as usize))
        })
        .optional()?;
    Ok(counted.unwrap_or_default())
}
