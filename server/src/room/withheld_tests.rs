//! Hidden notes: what they say is told to who facilitates, and lost by nothing that happens.

use super::*;
use crate::room::take_back::take_back;
use samtavle_shared::{
    board::{NewNote, NoteKind, TextEdit},
    geometry::BoardPoint,
};

const LATE: PeerId = PeerId(9);

fn note() -> NoteId {
    "n0".into()
}

/// A room with a note of Kari's, and her page.
fn with_a_note() -> (Scene, Board) {
    let mut scene = Scene::new();
    let kari = Board::new(KARI.0);
    let new = NewNote::new(
        note(),
        NoteKind::Problem,
        BoardPoint::default(),
        "gjøk",
        0.0,
    );
    kari.change(Made::Here).add_note(new);
    let update = kari.take_updates().pop().unwrap().bytes;
    scene.sends(KARI, &Frame::Update(&update));
    scene.after(3_000);
    (scene, kari)
}

/// Whether this peer is sent these words.
fn holds(effects: &[Effect], peer: PeerId, words: &str) -> bool {
    effects.iter().any(|effect| match effect {
        Effect::Send { to, frame, .. } if to.contains(&peer) => frame
            .windows(words.len())
            .any(|part| part == words.as_bytes()),
        _ => false,
    })
}

fn hide() -> Command {
    Command::Hide { note: note() }
}

fn restore() -> Command {
    Command::Restore { note: note() }
}

fn text_of(scene: &Scene) -> String {
    scene
        .room
        .document
        .read(|view| view.note(&note()).unwrap().text)
}

fn writes_on(board: &Board, words: &str) -> Vec<u8> {
    let before = board.view().note(&note()).unwrap().text;
    let edit = TextEdit {
        at: u32::try_from(before.encode_utf16().count()).unwrap(),
        remove: 0,
        insert: words.into(),
    };
    board.change(Made::Here).write_note(&note(), &edit);
    board.take_updates().pop().unwrap().bytes
}

#[test]
fn a_hidden_note_is_told_to_who_facilitates_and_pages_hear_of_it_before_it_is_emptied() {
    let (mut scene, kari) = with_a_note();
    let effects = scene.does(LEAD, hide());
    let seen = lead(&effects, LEAD).unwrap().hidden;
    assert_eq!((seen[0].note.clone(), &*seen[0].text), (note(), "gjøk"));
    assert!(!holds(&effects, KARI, "gjøk") && !holds(&effects, WALL, "gjøk"));
    let told = effects.iter().position(|effect| {
        shared(std::slice::from_ref(effect), KARI).is_some_and(|view| view.hidden == [note()])
    });
    let emptied = effects
        .iter()
        .position(|effect| !updates_to(std::slice::from_ref(effect), KARI).is_empty());
    assert!(told.unwrap() < emptied.unwrap());
    for update in updates_to(&effects, KARI) {
        kari.apply(&update, Made::Elsewhere).unwrap();
    }
    assert_eq!(kari.view().note(&note()).unwrap().text, "");

    let came = scene.enters(LATE, Role::Participant);
    assert!(!updates_to(&came, LATE).is_empty() && !holds(&came, LATE, "gjøk"));

    let effects = scene.does(LEAD, restore());
    for update in updates_to(&effects, KARI) {
        kari.apply(&update, Made::Elsewhere).unwrap();
    }
    assert_eq!(kari.view().note(&note()).unwrap().text, "gjøk");
    assert!(lead(&effects, LEAD).unwrap().hidden.is_empty());
    assert_eq!(scene.again(), scene.room.workshop.session);
}

#[test]
fn what_somebody_writes_in_a_copy_of_their_own_goes_out_without_its_letters_and_comes_back() {
    let (mut scene, kari) = with_a_note();
    let ola = Board::new(OLA.0);
    ola.apply(&kari.whole(), Made::Before).unwrap();
    scene.does(LEAD, hide());
    let written = writes_on(&kari, "til");
    let mut effects = scene.sends(KARI, &Frame::Update(&written));
    effects.extend(scene.after(3_000));
    assert!(!holds(&effects, OLA, "til"));
    assert_eq!(text_of(&scene), "");
    assert_eq!(lead(&effects, LEAD).unwrap().hidden[0].text, "gjøktil");
    for update in updates_to(&effects, OLA) {
        ola.apply(&update, Made::Elsewhere).unwrap(); // it leaves no gap
    }
    // What she writes elsewhere goes on.
    let other = note_of(&kari, "n1", None);
    let effects = scene.sends(KARI, &Frame::Update(&other));
    for update in updates_to(&effects, OLA) {
        ola.apply(&update, Made::Elsewhere).unwrap();
    }
    assert!(ola.view().note(&"n1".into()).is_some());
    scene.does(LEAD, restore());
    assert_eq!(text_of(&scene), "gjøktil");
}

#[test]
fn a_server_that_ends_at_any_moment_of_it_loses_nothing_and_tells_nothing() {
    let (mut scene, _) = with_a_note();
    let before = scene.written.len();
    scene.does(LEAD, hide());
    let hidden = scene.written.len();
    scene.does(LEAD, restore());
    let all = scene.written.len();
    assert!(hidden >= before + 3 && all > hidden);
    for records in before + 1..all {
        let (mut scene, _) = with_a_note();
        scene.does(LEAD, hide());
        scene.does(LEAD, restore());
        let mut scene = scene.starts_again_with(records);
        let came = scene.enters(KARI, Role::Participant);
        scene.enters(LEAD, Role::Facilitator);
        let is_hidden = scene.room.workshop.session.hidden().contains(&note());
        if is_hidden {
            assert!(!holds(&came, KARI, "gjøk"), "{records} records");
            scene.after(3_000);
            scene.does(LEAD, restore());
        }
        assert_eq!(text_of(&scene), "gjøk", "{records} records");
    }
}

#[test]
fn a_note_that_a_former_version_hid_is_withheld_when_its_board_opens() {
    let (mut scene, _) = with_a_note();
    scene.written.push(Record {
        seq: scene.written.len() as u64 + 1,
        kind: Kind::Session,
        bytes: serde_json::to_vec(&[Event::Hidden(note(), true)])
            .unwrap()
            .into(),
        at: 0,
        person: None,
    });
    let records = scene.written.len();
    let mut scene = scene.starts_again_with(records);
    let came = scene.enters(LATE, Role::Participant);
    assert!(!holds(&came, LATE, "gjøk"));
    scene.enters(LEAD, Role::Facilitator);
    let effects = scene.after(3_000);
    assert_eq!(lead(&effects, LEAD).unwrap().hidden[0].text, "gjøk");
    scene.does(LEAD, restore());
    assert_eq!(text_of(&scene), "gjøk");
}

#[test]
fn a_hidden_note_goes_with_who_wrote_it_also_when_it_was_restored() {
    for restored in [false, true] {
        let (mut scene, _) = with_a_note();
        scene.does(LEAD, hide());
        if restored {
            scene.does(LEAD, restore());
        }
        let kari = crate::access::devices::person_of(&"board".into(), "device 2").unwrap();
        scene.does(
            LEAD,
            Command::Remove {
                person: kari.clone(),
            },
        );
        let naming = scene.room.workshop.naming();
        let back = take_back(&scene.written, &kari, naming, 77);
        scene.handle(Input::TakenBack(kari, back));
        scene.after(3_000);
        assert!(scene.room.document.read(|view| view.notes().is_empty()));
        assert!(scene.room.workshop.session.hidden().is_empty());
    }
}

#[test]
fn who_writes_on_before_they_hear_of_it_hears_that_it_is_hidden_before_their_letters_go() {
    let (mut scene, kari) = with_a_note();
    let mut effects = scene.commands(LEAD, hide());
    let written = writes_on(&kari, " til");
    effects.extend(scene.sends(KARI, &Frame::Update(&written)));
    let other = note_of(&Board::new(OLA.0), "n1", None);
    effects.extend(scene.sends(OLA, &Frame::Update(&other)));
    effects.extend(scene.after(3_000));
    let mut is_told = false;
    for effect in &effects {
        let one = std::slice::from_ref(effect);
        is_told |= shared(one, KARI).is_some_and(|view| !view.hidden.is_empty());
        for update in updates_to(one, KARI) {
            kari.apply(&update, Made::Elsewhere).unwrap();
        }
        let text = kari.view().note(&note()).unwrap().text;
        assert!(is_told || text == "gjøk til", "{text}");
    }
    assert!(is_told && kari.view().note(&note()).unwrap().text.is_empty());
    assert!(kari.view().note(&"n1".into()).is_some());
}
