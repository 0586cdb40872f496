//! The embedded log, on a real disk.

use super::*;
use crate::log::schema::OpenError;
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
            state: vec![5].into()
        })
    );
    assert_eq!(log.read_after(&id, 0).unwrap().len(), 1);
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
