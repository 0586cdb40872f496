//! What every log keeps of its promises: the same tests for each that there is.

use super::{
    Checkpoint, Entry, Kind, Log, LogError, NewBoard, NewKey, Recall, Recalled, Record, Revision,
    Seq, Shown,
    in_memory::InMemoryLog,
    photos::{NewPhoto, PhotoStore, Place},
    sqlite::SqliteLog,
};
use crate::access::{
    codes::{JoinCode, Life},
    keys::KeyHash,
};
use bytes::Bytes;
use samtavle_shared::{
    ids::{BoardId, PersonId, PhotoId},
    wire::Role,
};
use std::sync::mpsc::channel;

const HOUR: i64 = 3_600_000;

/// Runs one promise on each kind of log.
fn each(promise: fn(&dyn Both)) {
    let folder = tempfile::tempdir().unwrap();
    promise(&SqliteLog::open(folder.path()).unwrap());
    promise(&InMemoryLog::new());
}

/// A log that keeps photos, too.
trait Both: Log + PhotoStore {}

impl<T: Log + PhotoStore> Both for T {}

fn board(name: &str) -> NewBoard {
    NewBoard {
        id: BoardId::from(name),
        code: code(name),
        keys: vec![
            (
                KeyHash::of(&format!("take part in {name}")),
                Role::Participant,
            ),
            (KeyHash::of(&format!("lead {name}")), Role::Facilitator),
        ],
        first: record(1, Kind::Update, "first"),
    }
}

fn code(name: &str) -> JoinCode {
    JoinCode::kept(format!("CODE-{name}"))
}

fn record(seq: Seq, kind: Kind, text: &str) -> Record {
    Record {
        seq,
        kind,
        bytes: text.as_bytes().to_vec().into(),
        at: 7,
        person: None,
    }
}

/// What is told of something that is queued.
fn told(queue: impl FnOnce(super::Done)) -> Result<(), LogError> {
    let (tell, outcome) = channel();
    queue(Box::new(move |done| tell.send(done).unwrap()));
    outcome.recv().unwrap()
}

fn entry(log: &dyn Both, board: &str, key: &str, person: Option<&str>, now: i64) -> Entry {
    let shown = Shown {
        key: KeyHash::of(key),
        person: person.map(PersonId::from),
        life: Life { hours: 12, now },
    };
    log.entry(&BoardId::from(board), &shown).unwrap()
}

fn role(log: &dyn Both, board: &str, key: &str, person: Option<&str>) -> Option<Role> {
    match entry(log, board, key, person, 7) {
        Entry::Opens(pass) => Some(pass.role),
        _ => None,
    }
}

#[test]
fn a_board_is_made_once_with_an_id_and_a_code_of_its_own() {
    each(|log| {
        log.make_board(board("a")).unwrap();
        assert!(matches!(log.make_board(board("a")), Err(LogError::Taken)));
        let same_code = NewBoard {
            id: BoardId::from("b"),
            ..board("a")
        };
        assert!(matches!(log.make_board(same_code), Err(LogError::Taken)));
        assert_eq!(entry(log, "b", "take part in a", None, 7), Entry::NoBoard);
        log.make_board(board("b")).unwrap();
        assert_eq!(
            role(log, "b", "take part in b", None),
            Some(Role::Participant)
        );
        assert_eq!(entry(log, "b", "take part in a", None, 7), Entry::WrongKey);
    });
}

#[test]
fn a_code_lives_as_long_as_people_sit_and_never_again() {
    each(|log| {
        log.make_board(board("a")).unwrap();
        let a = BoardId::from("a");
        let found = |now| log.board_of(&code("a"), Life { hours: 12, now }).unwrap();
        let sits = |now| {
            log.sits(&a, Life { hours: 12, now });
            // What was queued before is done when this is.
            log.probe().unwrap();
        };
        assert_eq!(found(7), Some(a.clone()));
        sits(HOUR);
        assert_eq!(found(13 * HOUR), Some(a.clone()));
        assert_eq!(found(14 * HOUR), None);
        sits(14 * HOUR);
        assert_eq!(found(14 * HOUR), None, "it was over");
        assert!(matches!(
            entry(log, "a", "take part in a", None, 14 * HOUR),
            Entry::Opens(pass) if pass.code.is_none()
        ));
    });
}

#[test]
fn keys_that_were_called_back_are_only_for_those_who_stay() {
    each(|log| {
        log.make_board(board("a")).unwrap();
        log.make_board(board("b")).unwrap();
        let a = BoardId::from("a");
        let own = NewKey {
            hash: KeyHash::of("by the code"),
            role: Role::Participant,
            is_own: true,
        };
        log.add_key(&a, own).unwrap();
        let recall = |keys, code| Recall {
            keys,
            but: Vec::new(),
            stays: vec!["kari".into()],
            removed: vec!["troll".into()],
            code,
            lead: None,
        };
        told(|done| log.recall(&a, recall(Recalled::Own, None), done)).unwrap();
        assert_eq!(
            role(log, "a", "by the code", Some("kari")),
            Some(Role::Participant)
        );
        assert_eq!(role(log, "a", "by the code", Some("per")), None);
        assert_eq!(
            role(log, "a", "take part in a", Some("per")),
            Some(Role::Participant)
        );
        assert_eq!(
            entry(log, "a", "take part in a", Some("troll"), 7),
            Entry::Removed
        );

        let taken = told(|done| log.recall(&a, recall(Recalled::All, Some(code("b"))), done));
        assert!(matches!(taken, Err(LogError::Taken)));
        assert_eq!(
            role(log, "a", "take part in a", Some("per")),
            Some(Role::Participant)
        );
        told(|done| log.recall(&a, recall(Recalled::All, Some(code("new"))), done)).unwrap();
        assert_eq!(role(log, "a", "take part in a", Some("per")), None);
        let found = |code| log.board_of(&code, Life { hours: 12, now: 7 }).unwrap();
        assert_eq!(
            (found(code("a")), found(code("new"))),
            (None, Some(a.clone()))
        );
    });
}

#[test]
fn facilitators_keys_that_were_called_back_are_only_for_those_who_facilitated() {
    each(|log| {
        log.make_board(board("a")).unwrap();
        let a = BoardId::from("a");
        let of = |keys, stays: &str| Recall {
            keys,
            but: Vec::new(),
            stays: vec![stays.into()],
            removed: Vec::new(),
            code: None,
            lead: None,
        };
        told(|done| log.recall(&a, of(Recalled::All, "kari"), done)).unwrap();
        let recall = Recall {
            lead: Some(KeyHash::of("lead a from now on")),
            ..of(Recalled::Lead, "liv")
        };
        told(|done| log.recall(&a, recall, done)).unwrap();
        let leads = Some(Role::Facilitator);
        assert_eq!(role(log, "a", "lead a", Some("liv")), leads);
        for other in [None, Some("per"), Some("kari")] {
            assert_eq!(role(log, "a", "lead a", other), None);
            assert_eq!(role(log, "a", "lead a from now on", other), leads);
        }
        assert_eq!(
            role(log, "a", "take part in a", Some("kari")),
            Some(Role::Participant)
        );
    });
}

#[test]
fn records_are_left_out_and_say_less_where_they_are_as_they_were_read() {
    each(|log| {
        log.make_board(board("a")).unwrap();
        let a = BoardId::from("a");
        let append = |seq, kind, text| {
            told(|done| log.append(&a, record(seq, kind, text), done)).unwrap();
        };
        for (seq, text) in (2..).zip(["one", "two", "three", "Kari", "five"]) {
            append(seq, Kind::Session, text);
        }
        let checkpoint = Checkpoint {
            seq: 6,
            state: Bytes::from("Kari's"),
            name: Some("a phase".to_owned()),
        };
        told(|done| log.write_checkpoint(&a, checkpoint, done)).unwrap();
        let all = log.read_session(&a).unwrap();
        let other = |at: usize| Record {
            bytes: Bytes::from("another"),
            ..all[at].clone()
        };
        let revision = Revision {
            records: vec![
                (all[3].clone(), Bytes::from("somebody")),
                (other(1), Bytes::from("never")),
            ],
            // The third is not as it was read, and the last stays in any case.
            left_out: vec![all[0].clone(), other(2), all[1].clone(), all[4].clone()],
            checkpoints: vec![
                (6, Bytes::from("Kari's"), Bytes::from("somebody's")),
                (6, Bytes::from("Kari's"), Bytes::from("never")),
            ],
            is_for_good: true,
        };
        told(|done| log.revise(&a, revision, done)).unwrap();
        let texts = |records: Vec<Record>| -> Vec<(Seq, Bytes)> {
            let text = |one: Record| (one.seq, one.bytes);
            records.into_iter().map(text).collect()
        };
        let left = [(1, "first"), (4, "three"), (5, "somebody"), (6, "five")];
        let left = left.map(|(seq, text)| (seq, Bytes::from(text)));
        assert_eq!(texts(log.read_after(&a, 0).unwrap()), left);
        assert_eq!(texts(log.read_session(&a).unwrap()), left[1..]);
        let state = log.checkpoint_at(&a, 6).unwrap().unwrap().state;
        assert_eq!(state, Bytes::from("somebody's"));
        append(7, Kind::Update, "the next");
        assert_eq!(log.last_seq(&a).unwrap(), 7);
        assert!(log.health().is_well(), "{:?}", log.health());
    });
}

#[test]
fn records_are_read_in_order_and_a_number_is_given_once() {
    each(|log| {
        log.make_board(board("a")).unwrap();
        let a = BoardId::from("a");
        let append = |seq, kind, text| told(|done| log.append(&a, record(seq, kind, text), done));
        append(2, Kind::Session, "a phase").unwrap();
        append(3, Kind::Update, "a note").unwrap();
        assert!(matches!(
            append(3, Kind::Update, "another's"),
            Err(LogError::Fenced)
        ));
        assert!(
            matches!(
                append(5, Kind::Update, "after a hole"),
                Err(LogError::Fenced)
            ),
            "each follows on"
        );
        let texts = |records: Vec<Record>| -> Vec<(Seq, Bytes)> {
            records
                .into_iter()
                .map(|one| (one.seq, one.bytes))
                .collect()
        };
        let all = [(1, "first"), (2, "a phase"), (3, "a note")]
            .map(|(seq, text)| (seq, Bytes::from(text)));
        assert_eq!(texts(log.read_after(&a, 0).unwrap()), all);
        assert_eq!(texts(log.read_after(&a, 2).unwrap()), all[2..]);
        assert_eq!(texts(log.read_session(&a).unwrap()), all[1..2]);
        assert_eq!(log.last_seq(&a).unwrap(), 3);

        log.quarantine(&a, 3, "it proved bad").unwrap();
        assert_eq!(texts(log.read_after(&a, 0).unwrap()), all[..2]);
        assert_eq!(
            log.last_seq(&a).unwrap(),
            3,
            "its number is not given again"
        );
        append(4, Kind::Update, "the next").unwrap();
    });
}

#[test]
fn the_newest_checkpoint_is_read_and_those_with_a_name_stay() {
    each(|log| {
        log.make_board(board("a")).unwrap();
        let a = BoardId::from("a");
        let write = |seq, name: Option<&str>| {
            let checkpoint = Checkpoint {
                seq,
                state: vec![seq as u8].into(),
                name: name.map(str::to_owned),
            };
            told(|done| log.write_checkpoint(&a, checkpoint, done)).unwrap();
        };
        assert_eq!(log.checkpoint(&a).unwrap(), None);
        write(1, Some("Problems"));
        for seq in 2..=4 {
            let next = record(seq, Kind::Update, "more");
            told(|done| log.append(&a, next, done)).unwrap();
            write(seq, None);
        }
        assert_eq!(log.checkpoint(&a).unwrap().map(|one| one.seq), Some(4));
        assert_eq!(
            log.named_checkpoints(&a).unwrap(),
            [(1, "Problems".to_owned())]
        );
        let named = log.checkpoint_at(&a, 1).unwrap().unwrap();
        assert_eq!(&*named.state, [1]);
    });
}

#[test]
fn a_photo_comes_in_pieces_and_is_kept_whole() {
    each(|log| {
        log.make_board(board("a")).unwrap();
        let place = Place {
            board: BoardId::from("a"),
            photo: PhotoId::from_random([7; 16]),
        };
        let kari = PersonId::from("kari");
        assert_eq!(log.photo_state(&place).unwrap(), None);
        log.begin_photo(NewPhoto {
            place: place.clone(),
            device: Some(kari.clone()),
            leads: false,
            length: 5,
            at: 7,
        })
        .unwrap();
        let under_way = || log.photos_under_way(&place.board, Some(&kari)).unwrap();
        assert_eq!(under_way(), 1);
        log.add_piece(&place, 0, Bytes::from("abc"), 8).unwrap();
        assert_eq!(
            log.photo_state(&place).unwrap().map(|state| state.offset),
            Some(3)
        );
        log.add_piece(&place, 3, Bytes::from("de"), 9).unwrap();
        assert_eq!(log.pieces(&place).unwrap(), Some(b"abcde".to_vec()));
        assert_eq!(log.photo(&place).unwrap(), None);
        log.finish_photo(&place, "image/jpeg", b"abcde".to_vec(), 10)
            .unwrap();
        assert_eq!(under_way(), 0);
        let whole = ("image/jpeg".to_owned(), b"abcde".to_vec());
        assert_eq!(log.photo(&place).unwrap(), Some(whole));
        log.drop_photo(&place).unwrap();
        assert_eq!(log.photo_state(&place).unwrap(), None);
    });
}

#[test]
fn a_log_that_was_closed_says_so() {
    each(|log| {
        log.make_board(board("a")).unwrap();
        log.close();
        assert!(matches!(
            log.read_after(&BoardId::from("a"), 0),
            Err(LogError::Closed)
        ));
        assert!(matches!(log.make_board(board("b")), Err(LogError::Closed)));
    });
}
