//! The embedded log, on a real disk.

use super::*;
use crate::log::{Kind, door::FILE, reading::SESSION_RECORDS, schema};
use std::sync::mpsc::channel;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn record(seq: Seq, text: &str) -> Record {
    Record {
        seq,
        kind: Kind::Update,
        bytes: text.as_bytes().to_vec().into(),
        at: 7,
        person: None,
    }
}

fn board(name: &str) -> NewBoard {
    NewBoard {
        id: BoardId::from(name),
        code: JoinCode::kept(format!("CODE-{name}")),
        keys: vec![(KeyHash::of(&format!("key of {name}")), Role::Participant)],
        first: record(1, "first"),
    }
}

fn checkpoint(log: &SqliteLog, seq: Seq, state: u8, name: Option<&str>) {
    let (told, outcome) = channel();
    let checkpoint = Checkpoint {
        seq,
        state: vec![state].into(),
        name: name.map(str::to_owned),
    };
    log.write_checkpoint(
        &BoardId::from("a"),
        checkpoint,
        Box::new(move |done| told.send(done).unwrap()),
    );
    outcome.recv().unwrap().unwrap();
}

fn append(log: &SqliteLog, board: &str, record: Record) -> Result<(), LogError> {
    let (told, outcome) = channel();
    log.append(
        &BoardId::from(board),
        record,
        Box::new(move |done| told.send(done).unwrap()),
    );
    outcome.recv().unwrap()
}

#[test]
fn a_board_is_there_after_closing_and_opening() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    append(&log, "a", record(2, "second")).unwrap();
    drop(log);

    let log = SqliteLog::open(folder.path()).unwrap();
    let id = BoardId::from("a");
    assert_eq!(
        log.read_after(&id, 0).unwrap(),
        [record(1, "first"), record(2, "second")]
    );
    assert_eq!(log.read_after(&id, 1).unwrap(), [record(2, "second")]);
    assert_eq!(log.last_seq(&id).unwrap(), 2);
}

#[test]
fn a_key_opens_its_board_and_no_other() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    log.make_board(board("b")).unwrap();
    let (a, b) = (BoardId::from("a"), BoardId::from("b"));
    let key = KeyHash::of("key of a");
    assert!(
        matches!(log.entry(&a, key).unwrap(), Entry::Opens(pass) if pass.role == Role::Participant)
    );
    assert_eq!(log.entry(&b, key).unwrap(), Entry::WrongKey);
    assert_eq!(log.entry(&BoardId::from("c"), key).unwrap(), Entry::NoBoard);
    log.add_key(&a, KeyHash::of("another"), Role::Wall).unwrap();
    assert!(
        matches!(log.entry(&a, KeyHash::of("another")).unwrap(), Entry::Opens(pass) if pass.role == Role::Wall)
    );
    assert_eq!(
        log.board_of(&JoinCode::kept("CODE-b".to_owned())).unwrap(),
        Some(b)
    );
}

#[test]
fn a_code_that_is_taken_makes_nothing_at_all() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    let twin = NewBoard {
        id: BoardId::from("b"),
        ..board("a")
    };
    assert!(matches!(log.make_board(twin), Err(LogError::Taken)));
    assert_eq!(
        log.entry(&BoardId::from("b"), KeyHash::of("key of a"))
            .unwrap(),
        Entry::NoBoard
    );
}

#[test]
fn a_record_follows_on_or_is_not_written() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    assert!(matches!(
        append(&log, "a", record(1, "another first")),
        Err(LogError::Fenced)
    ));
    assert!(matches!(
        append(&log, "a", record(3, "a hole before it")),
        Err(LogError::Fenced)
    ));
    append(&log, "a", record(2, "second")).unwrap();
    assert_eq!(log.read_after(&BoardId::from("a"), 0).unwrap().len(), 2);
}

#[test]
fn records_in_quarantine_stay_in_the_file_and_are_not_read() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    append(&log, "a", record(2, "bad")).unwrap();
    append(&log, "a", record(3, "good")).unwrap();
    let id = BoardId::from("a");
    log.quarantine(&id, 2, "it is bad").unwrap();
    let texts: Vec<_> = log
        .read_after(&id, 0)
        .unwrap()
        .into_iter()
        .map(|record| record.bytes)
        .collect();
    assert_eq!(texts, ["first", "good"]);
    assert_eq!(log.last_seq(&id).unwrap(), 3);
}

#[test]
fn the_newest_checkpoint_is_the_one_that_is_read_and_records_stay() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    let id = BoardId::from("a");
    assert_eq!(log.checkpoint(&id).unwrap(), None);
    for seq in [1, 5] {
        let (told, outcome) = channel();
        let checkpoint = Checkpoint {
            seq,
            state: vec![seq as u8].into(),
            name: None,
        };
        log.write_checkpoint(
            &id,
            checkpoint,
            Box::new(move |done| told.send(done).unwrap()),
        );
        outcome.recv().unwrap().unwrap();
    }
    assert_eq!(
        log.checkpoint(&id).unwrap(),
        Some(Checkpoint {
            seq: 5,
            state: vec![5].into(),
            name: None
        })
    );
    assert_eq!(log.read_after(&id, 0).unwrap().len(), 1);
}

#[test]
fn a_checkpoint_with_a_name_is_never_removed() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    let id = BoardId::from("a");
    checkpoint(&log, 1, 1, None);
    checkpoint(&log, 4, 4, Some("Hva er problemet?"));
    checkpoint(&log, 4, 5, None);
    checkpoint(&log, 9, 9, None);
    checkpoint(&log, 12, 12, Some("Vaner"));
    assert_eq!(log.checkpoint(&id).unwrap().unwrap().seq, 12);
    assert_eq!(
        log.named_checkpoints(&id).unwrap(),
        [
            (4, "Hva er problemet?".to_owned()),
            (12, "Vaner".to_owned())
        ]
    );
    let kept = log.checkpoint_at(&id, 4).unwrap().unwrap();
    assert_eq!((kept.state, kept.seq), (vec![5].into(), 4));
    assert_eq!(log.checkpoint_at(&id, 1).unwrap(), None);
    assert_eq!(log.checkpoint_at(&id, 9).unwrap(), None);
}

#[test]
fn the_session_is_read_without_the_updates_and_everything_tells_whose_it_was() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    log.make_board(board("b")).unwrap();
    let by_kari = |seq, kind| Record {
        kind,
        person: Some("kari".into()),
        ..record(seq, "{}")
    };
    append(&log, "a", by_kari(2, Kind::Session)).unwrap();
    append(&log, "a", by_kari(3, Kind::Update)).unwrap();
    append(&log, "a", record(4, "the server's")).unwrap();
    append(&log, "a", by_kari(5, Kind::Session)).unwrap();
    append(&log, "a", by_kari(6, Kind::Session)).unwrap();
    let id = BoardId::from("a");
    log.quarantine(&id, 5, "it is bad").unwrap();
    assert_eq!(
        log.read_session(&id).unwrap(),
        [by_kari(2, Kind::Session), by_kari(6, Kind::Session)]
    );
    assert_eq!(log.read_session(&BoardId::from("b")).unwrap(), []);
    let persons: Vec<_> = log
        .read_after(&id, 1)
        .unwrap()
        .into_iter()
        .map(|record| record.person.is_some())
        .collect();
    assert_eq!(persons, [true, true, false, true]);

    let plan: String = log
        .read(|connection| {
            let explained = format!("EXPLAIN QUERY PLAN {SESSION_RECORDS}");
            connection.query_row(&explained, ["a"], |row| row.get("detail"))
        })
        .unwrap();
    assert!(plan.contains("session_records"), "{plan}");
}

#[test]
fn a_file_of_the_first_version_is_brought_to_this_one_with_all_that_is_in_it() {
    let folder = folder();
    {
        let old = Connection::open(folder.path().join(FILE)).unwrap();
        old.pragma_update(None, "journal_mode", "WAL").unwrap();
        old.execute_batch(schema::FIRST).unwrap();
        old.execute_batch(
            "INSERT INTO boards VALUES ('a', 'CODE-a', 1);
             INSERT INTO records (board, seq, kind, at, bytes) VALUES ('a', 1, 1, 7, x'6f6e65');
             INSERT INTO records (board, seq, kind, at, bytes) VALUES ('a', 2, 1, 7, x'74776f');
             INSERT INTO checkpoints VALUES ('a', 1, x'01');
             PRAGMA user_version = 1;",
        )
        .unwrap();
    }
    let id = BoardId::from("a");
    for _ in 0..2 {
        let log = SqliteLog::open(folder.path()).unwrap();
        assert_eq!(
            log.read_after(&id, 0).unwrap(),
            [record(1, "one"), record(2, "two")]
        );
        assert_eq!(log.checkpoint(&id).unwrap().unwrap().name, None);
        assert_eq!(log.read_session(&id).unwrap(), []);
    }
    let log = SqliteLog::open(folder.path()).unwrap();
    let third = Record {
        kind: Kind::Session,
        person: Some("kari".into()),
        ..record(3, "three")
    };
    append(&log, "a", third.clone()).unwrap();
    assert_eq!(log.read_session(&id).unwrap(), [third]);
    drop(log);
    let version: u32 = Connection::open(folder.path().join(FILE))
        .unwrap()
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, schema::VERSION);
}

#[test]
fn many_records_at_once_share_commits_and_keep_their_order() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    let (told, outcomes) = channel();
    for seq in 2..2_000 {
        let told = told.clone();
        log.append(
            &BoardId::from("a"),
            record(seq, "one of many"),
            Box::new(move |done| told.send((seq, done)).unwrap()),
        );
    }
    drop(told);
    let told: Vec<_> = outcomes.iter().collect();
    assert!(told.iter().all(|(_, done)| done.is_ok()));
    assert!(told.iter().map(|(seq, _)| *seq).eq(2..2_000));
}

#[test]
fn a_closed_log_says_so_and_keeps_what_was_queued() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    let (told, outcome) = channel();
    log.append(
        &BoardId::from("a"),
        record(2, "last words"),
        Box::new(move |done| told.send(done).unwrap()),
    );
    log.close();
    outcome.recv().unwrap().unwrap();
    assert!(matches!(
        append(&log, "a", record(3, "too late")),
        Err(LogError::Closed)
    ));
    assert!(matches!(log.probe(), Err(LogError::Closed)));
    assert!(!folder.path().join("samtavle.db-wal").exists());
}

#[test]
fn a_folder_has_one_server() {
    let folder = folder();
    let first = SqliteLog::open(folder.path()).unwrap();
    assert!(matches!(
        SqliteLog::open(folder.path()),
        Err(OpenError::InUse(_))
    ));
    drop(first);
    SqliteLog::open(folder.path()).unwrap();
}
