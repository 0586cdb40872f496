//! The embedded log, on a real disk.

use super::{inspect::FILE, reading::SESSION_RECORDS, *};
use crate::{
    access::keys::KeyHash,
    log::{Kind, Recalled},
};
use samtavle_shared::{ids::PersonId, wire::Role};
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

const HOUR: i64 = 3_600_000;

fn life(now: i64) -> Life {
    Life { hours: 12, now }
}

fn shown(key: &str, person: Option<&str>) -> Shown {
    Shown {
        key: KeyHash::of(key),
        person: person.map(PersonId::from),
        life: life(7),
    }
}

fn role_of(log: &SqliteLog, board: &str, key: &str, person: Option<&str>) -> Option<Role> {
    match log
        .entry(&BoardId::from(board), &shown(key, person))
        .unwrap()
    {
        Entry::Opens(pass) => Some(pass.role),
        _ => None,
    }
}

fn board_of(log: &SqliteLog, code: &str, now: i64) -> Option<BoardId> {
    log.board_of(&JoinCode::kept(code.to_owned()), life(now))
        .unwrap()
}

fn add_key(log: &SqliteLog, board: &BoardId, key: &str, role: Role, is_own: bool) {
    let hash = KeyHash::of(key);
    log.add_key(board, NewKey { hash, role, is_own }).unwrap();
}

fn recall(keys: Recalled) -> Recall {
    Recall {
        keys,
        but: vec![KeyHash::of("wall in the hall")],
        stays: vec!["kari".into(), "ola".into()],
        removed: vec!["troll".into()],
        code: None,
        lead: None,
    }
}

fn call_back(log: &SqliteLog, board: &BoardId, recall: Recall) {
    let (told, outcome) = channel();
    let done = move |done| told.send(done).unwrap();
    log.recall(board, recall, Box::new(done));
    outcome.recv().unwrap().unwrap();
}

/// A board with a key for each role, a link that was handed out, two that came by the code, and one of whom nobody knows.
fn hall(log: &SqliteLog) -> BoardId {
    log.make_board(board("a")).unwrap();
    let a = BoardId::from("a");
    add_key(log, &a, "lead", Role::Facilitator, false);
    add_key(log, &a, "wall in the hall", Role::Wall, true);
    add_key(log, &a, "wall somewhere", Role::Wall, true);
    add_key(log, &a, "kari's own", Role::Participant, true);
    a
}

#[test]
fn a_key_that_was_called_back_opens_the_board_only_for_those_who_stay() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    let a = hall(&log);
    let code = Some(JoinCode::kept("NEW".to_owned()));
    call_back(
        &log,
        &a,
        Recall {
            code,
            ..recall(Recalled::All)
        },
    );
    drop(log);
    let log = SqliteLog::open(folder.path()).unwrap();
    let opens = |key, who| role_of(&log, "a", key, who);
    for key in ["key of a", "kari's own"] {
        assert_eq!(opens(key, Some("kari")), Some(Role::Participant));
        assert_eq!(opens(key, Some("somebody new")), None);
        assert_eq!(opens(key, None), None, "a standard client");
        assert_eq!(opens(key, Some("troll")), None);
    }
    assert_eq!(opens("lead", None), Some(Role::Facilitator));
    assert_eq!(opens("wall in the hall", None), Some(Role::Wall));
    assert_eq!(opens("wall somewhere", None), None);
    assert_eq!(opens("wall in the hall", Some("troll")), None);
    assert_eq!(board_of(&log, "CODE-a", 7), None);
    assert_eq!(board_of(&log, "NEW", 7), Some(a));
    assert_eq!(
        crate::log::sqlite::verify::verify(folder.path())
            .unwrap()
            .unwrap()
            .lines,
        [""; 0]
    );
}

#[test]
fn who_is_sent_away_takes_the_keys_with_them_that_were_given_for_the_code_and_no_link() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    let a = hall(&log);
    call_back(&log, &a, recall(Recalled::Own));
    let opens = |key, who| role_of(&log, "a", key, who);
    assert_eq!(opens("kari's own", None), None, "one that was put by");
    assert_eq!(opens("kari's own", Some("kari")), Some(Role::Participant));
    assert_eq!(opens("key of a", None), Some(Role::Participant));
    assert_eq!(opens("key of a", Some("troll")), None);
}

#[test]
fn a_code_that_is_over_opens_nothing_and_is_not_alive_again_when_somebody_sits_down() {
    let folder = folder();
    let log = SqliteLog::open(folder.path()).unwrap();
    log.make_board(board("a")).unwrap();
    let a = BoardId::from("a");
    assert_eq!(
        board_of(&log, "CODE-a", 24 * HOUR),
        Some(a.clone()),
        "not used yet"
    );
    log.sits(&a, life(HOUR));
    log.sits(&a, life(10 * HOUR));
    log.probe().unwrap();
    assert_eq!(board_of(&log, "CODE-a", 21 * HOUR), Some(a.clone()));
    assert_eq!(board_of(&log, "CODE-a", 23 * HOUR), None);
    log.sits(&a, life(23 * HOUR));
    log.probe().unwrap();
    assert_eq!(board_of(&log, "CODE-a", 23 * HOUR), None);
    let code = Some(JoinCode::kept("NEW".to_owned()));
    let only_the_code = Recall {
        code,
        ..recall(Recalled::None)
    };
    call_back(&log, &a, only_the_code);
    assert_eq!(board_of(&log, "NEW", 23 * HOUR), Some(a));
    assert_eq!(
        role_of(&log, "a", "key of a", None),
        Some(Role::Participant)
    );
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
    assert_eq!(version, version::VERSION);
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
