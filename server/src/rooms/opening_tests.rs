//! Boards whose log holds what it should not.

use super::*;
use crate::{
    access::codes::JoinCode,
    log::{
        Checkpoint, Checkpoints as _, Directory as _, NewBoard, RecordLog as _,
        in_memory::InMemoryLog,
    },
};
use samtavle_shared::{
    board::{Board, Made, TextEdit},
    guard::{Naming, Rejection},
};
use std::sync::mpsc::channel;

/// A log with one board, whose records are these updates.
struct Scene {
    log: InMemoryLog,
    board: BoardId,
}

impl Scene {
    fn with(updates: &[Vec<u8>]) -> Self {
        let log = InMemoryLog::new();
        let board = BoardId::from("board");
        let (first, others) = updates.split_first().unwrap();
        log.make_board(NewBoard {
            id: board.clone(),
            code: JoinCode::kept("CODE".to_owned()),
            keys: Vec::new(),
            first: record(1, first),
        })
        .unwrap();
        for (seq, update) in (2..).zip(others) {
            let (told, outcome) = channel();
            log.append(
                &board,
                record(seq, update),
                Box::new(move |done| told.send(done).unwrap()),
            );
            outcome.recv().unwrap().unwrap();
        }
        Self { log, board }
    }

    fn has_checkpoint(&self, seq: Seq, state: &[u8]) {
        let (told, outcome) = channel();
        let checkpoint = Checkpoint {
            seq,
            state: state.to_vec().into(),
            name: None,
        };
        self.log.write_checkpoint(
            &self.board,
            checkpoint,
            Box::new(move |done| told.send(done).unwrap()),
        );
        outcome.recv().unwrap().unwrap();
    }

    fn open(&self) -> (String, Opened) {
        let mut opened = open(&self.log, &self.board).unwrap();
        let reader = Board::new(1);
        reader
            .apply(&opened.document.whole(), Made::Before)
            .unwrap();
        (reader.view().title(), opened)
    }
}

fn record(seq: Seq, update: &[u8]) -> Record {
    Record {
        seq,
        kind: Kind::Update,
        bytes: update.to_vec().into(),
        at: 0,
        person: None,
    }
}

/// Updates that spell a title, a letter each.
fn spelling(title: &str) -> Vec<Vec<u8>> {
    let board = Board::new(7);
    for (at, letter) in (0..).zip(title.chars()) {
        board.change(Made::Here).write_board_title(&TextEdit {
            at,
            remove: 0,
            insert: letter.to_string(),
        });
    }
    board
        .take_updates()
        .into_iter()
        .map(|update| update.bytes)
        .collect()
}

#[test]
fn a_board_opens_as_its_records_tell_it() {
    let (title, opened) = Scene::with(&spelling("buss")).open();
    assert_eq!(
        (title.as_str(), opened.last, opened.checkpoint),
        ("buss", 4, 0)
    );
}

#[test]
fn a_bad_record_is_set_aside_for_good_and_the_board_opens_without_it() {
    let mut updates = spelling("buss");
    updates.insert(2, b"rubbish".to_vec());
    let scene = Scene::with(&updates);
    let (title, opened) = scene.open();
    assert_eq!((title.as_str(), opened.last), ("buss", 5));
    assert_eq!(scene.log.read_after(&scene.board, 0).unwrap().len(), 4);
    assert_eq!(scene.open().0, "buss");
}

#[test]
fn a_board_opens_from_its_checkpoint_and_what_came_after() {
    let updates = spelling("buss");
    let half = Board::new(1);
    for update in &updates[..2] {
        half.apply(update, Made::Before).unwrap();
    }
    let scene = Scene::with(&updates);
    scene.has_checkpoint(2, &half.whole());
    let (title, opened) = scene.open();
    assert_eq!(
        (title.as_str(), opened.last, opened.checkpoint),
        ("buss", 4, 2)
    );
}

#[test]
fn a_bad_checkpoint_is_passed_over_and_the_records_tell_all() {
    let scene = Scene::with(&spelling("buss"));
    scene.has_checkpoint(3, b"rubbish");
    let (title, opened) = scene.open();
    assert_eq!((title.as_str(), opened.checkpoint), ("buss", 0));
}

#[test]
fn a_record_that_breaks_the_document_does_not_take_the_others_along() {
    let updates = spelling("buss");
    let records: Vec<Record> = (1..)
        .zip(&updates)
        .map(|(seq, update)| record(seq, update))
        .collect();
    let mut broken = Document::empty();
    broken.panics_next = true;
    let mut bad = BTreeMap::new();
    assert!(replay(broken, &records, &mut bad).is_none(), "begin again");
    assert_eq!(bad.keys().copied().collect::<Vec<_>>(), [1]);

    let mut again = replay(Document::empty(), &records, &mut bad).unwrap();
    assert!(matches!(
        again.take_update(&updates[1], Permission::Write(Naming::Names)),
        Err(Untaken::Refused(Rejection::Gap))
    ));
}
