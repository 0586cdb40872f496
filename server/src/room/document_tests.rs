//! The document with its guard: what it takes, what it gives, and what the server writes itself.

use super::*;
use samtavle_shared::{
    board::{NewNote, NoteKind, Restatement, TextEdit, Verdict},
    geometry::BoardPoint,
    guard::{Anybody, How, Naming, Root},
};

const WRITE: Permission = Permission::Write(Naming::Voices);

fn note(id: &str, text: &str) -> NewNote {
    NewNote::new(id.into(), NoteKind::Habit, BoardPoint::default(), text, 0.0)
}

/// What somebody does on their replica, as it comes to the server.
fn does(board: &Board, edit: impl FnOnce(&mut Change<'_>)) -> Vec<u8> {
    edit(&mut board.change(Made::Here));
    board.take_updates().remove(0).bytes
}

#[test]
fn a_state_vector_whose_count_lies_is_none() {
    assert!(read_state_vector(&[255, 255, 255, 255, 15, 1, 1]).is_none());
    assert!(read_state_vector(&[1, 5, 9, 0]).is_none());
    assert_eq!(
        read_state_vector(&[1, 5, 9])
            .unwrap()
            .get(&ClientID::new(5)),
        9
    );
    assert!(read_state_vector(&[0]).unwrap().is_empty());
}

#[test]
fn what_the_server_writes_reaches_people_and_theirs_goes_on_from_it() {
    let mut document = Document::empty();
    let kari = Board::new(7);
    let update = does(&kari, |change| change.add_note(note("a", "Vi venter")));
    document.take_update(&update, WRITE).unwrap();

    let said = Restatement {
        text: "Dere står i kø".into(),
        verdict: Verdict::Confirmed,
    };
    let id = NoteId::from("a");
    let update = document
        .change(|change| {
            change.break_habit(&id, "Alle", "mandag");
            change.restate(&id, &said);
            change.add_note(note("b", "fra tjeneren"));
        })
        .unwrap()
        .unwrap();
    kari.apply(&update, Made::Elsewhere).unwrap();
    kari.take_updates();
    assert_eq!(kari.view().note(&id).unwrap().restated, [said]);

    let edit = TextEdit {
        at: 0,
        remove: 0,
        insert: "Også ".into(),
    };
    let update = does(&kari, |change| change.write_note(&"b".into(), &edit));
    document.take_update(&update, WRITE).unwrap();
    let text = document.read(|view| view.note(&"b".into()).unwrap().text);
    assert_eq!(text, "Også fra tjeneren");

    // Opened from its own bytes, it is the same, and the server writes under another name.
    let mut again = Document::empty();
    again
        .take_update(&document.whole(), Permission::Log)
        .unwrap();
    assert_ne!(again.board.client(), document.board.client());
    assert_eq!(again.read(|view| view.notes().len()), 2);
    let update = again.change(|change| change.delete_note(&id, 9.0)).unwrap();
    document
        .take_update(&update.unwrap(), Permission::Board)
        .unwrap();
    assert_eq!(document.whole(), again.whole());
}

#[test]
fn an_edit_that_changes_nothing_gives_nothing_to_log() {
    let mut document = Document::empty();
    let edited = document.change(|change| change.delete_note(&"a".into(), 9.0));
    assert!(matches!(edited, Ok(None)));
    document
        .change(|change| change.add_note(note("a", "")))
        .unwrap()
        .unwrap();
    let twice = document.change(|change| change.add_note(note("a", "again")));
    assert!(matches!(twice, Ok(None)), "revealing twice makes one note");
}

#[test]
fn an_update_is_looked_at_before_it_is_taken() {
    let mut document = Document::empty();
    let kari = Board::new(7);
    let update = does(&kari, |change| {
        change.add_cluster(&"c".into(), "", BoardPoint::default());
        change.add_note(note("a", ""));
        change.join_cluster(&"a".into(), &"c".into());
    });
    document.take_update(&update, WRITE).unwrap();
    assert_eq!(document.cluster_of(&"a".into()), Some("c".into()));

    let update = does(&kari, |change| {
        change.move_note(&"a".into(), BoardPoint::new(9.0, 9.0));
    });
    let locked = document.take_unless(
        Sender::Lead,
        &Anybody,
        &update,
        WRITE,
        |document, brought| {
            let [one] = &brought.touched[..] else {
                panic!("{brought:?}")
            };
            assert_eq!(
                (one.root, &*one.id, one.how),
                (Root::Notes, "a", How::Changed)
            );
            match document.cluster_of(&NoteId::from(&*one.id)) {
                Some(_) => Err(Rejection::Locked),
                None => Ok(()),
            }
        },
    );
    assert!(matches!(locked, Err(Untaken::Refused(Rejection::Locked))));
    let at = |document: &Document| document.read(|view| view.note(&"a".into()).unwrap().pos.x);
    assert!(at(&document) < 1.0);
    document
        .take_unless(Sender::Lead, &Anybody, &update, WRITE, |_, _| Ok(()))
        .unwrap();
    assert!(at(&document) > 8.0);
}

#[test]
fn an_edit_of_the_server_that_panics_leaves_a_document_that_can_be_made_again() {
    let mut document = Document::empty();
    document
        .change(|change| change.add_note(note("a", "")))
        .unwrap();
    let edited = document.change(|change| {
        change.add_note(note("b", ""));
        panic!("the test wants a panic");
    });
    assert!(matches!(edited, Err(Untaken::Poisoned(_))));
    assert_eq!(document.read(|view| view.notes().len()), 0);
    document
        .change(|change| change.add_note(note("a", "")))
        .unwrap();
}
