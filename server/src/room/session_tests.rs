//! The session in a room: who is answered when, who is shown what, and what stays out of sight.

use super::*;
use crate::room::terms::{Dialect, Entrance, Input};
use samtavle_shared::{
    board::{Board, Change, Made, NewNote, NoteKind, ThingId},
    geometry::BoardPoint,
    guard::Naming,
    limits::KEEP_THROWN_MS,
    session::{Locks, NextStep, PhaseId, Showing, Writing},
    wire::Frame,
};
use scene::{
    KARI, LEAD, OLA, Scene, WALL, draft, is_update, lead, messages, note_at, note_of, own, shared,
    updates_to,
};

#[path = "lost_tests.rs"]
mod lost;
#[path = "session_scene.rs"]
mod scene;
#[path = "withheld_tests.rs"]
mod withheld;

#[test]
fn done_is_said_when_it_is_on_disk_and_declined_at_once() {
    let mut scene = Scene::new();
    let effects = scene.commands(LEAD, Command::StartSilence);
    let done = ServerMessage::Done { id: 1 };
    assert!(!messages(&effects, LEAD).contains(&done));
    let effects = scene.after(0);
    assert!(messages(&effects, LEAD).contains(&done));

    let effects = scene.commands(KARI, Command::Reveal);
    let declined = ServerMessage::Declined {
        id: 2,
        refusal: Refusal::NotYours,
    };
    assert!(messages(&effects, KARI).contains(&declined));
    let effects = scene.commands(WALL, Command::SetAside);
    assert!(matches!(
        messages(&effects, WALL)[..],
        [ServerMessage::Declined { .. }, ..]
    ));
}

#[test]
fn a_command_of_a_later_version_is_declined_and_its_socket_stays() {
    let mut scene = Scene::new();
    let json = r#"{"type":"command","id":9,"command":{"do":"dance"}}"#;
    let effects = scene.sends(KARI, &Frame::Ours(json));
    let declined = ServerMessage::Declined {
        id: 9,
        refusal: Refusal::Malformed,
    };
    assert_eq!(messages(&effects, KARI), [declined]);
    let effects = scene.sends(KARI, &Frame::Ours(r#"{"type":"dance"}"#));
    assert!(effects.contains(&Effect::Close(KARI, CloseCode::Rubbish)));
}

#[test]
fn each_is_shown_what_is_theirs_to_see() {
    let mut scene = Scene::new();
    let mut effects = scene.enters(PeerId(9), Role::Participant);
    effects.extend(scene.after(1_000));
    for peer in [LEAD, KARI, WALL, PeerId(9)] {
        assert_eq!(shared(&effects, peer).unwrap().people, 4, "{peer:?}");
    }
    assert!(own(&effects, PeerId(9)).unwrap().person.is_some());
    assert!(lead(&effects, LEAD).is_some() && lead(&effects, KARI).is_none());
    assert!(own(&effects, KARI).is_none(), "nothing of hers has changed");
}

#[test]
fn a_draft_goes_to_its_writer_alone_and_to_the_board_when_all_are_revealed() {
    let mut scene = Scene::new();
    scene.does(LEAD, Command::StartSilence);
    let effects = scene.does(KARI, draft("n1", "hemmelig"));
    for peer in [LEAD, OLA, WALL] {
        let said = format!("{:?}", messages(&effects, peer));
        assert!(!said.contains("hemmelig"), "{said}");
        assert_eq!(shared(&effects, peer).unwrap().drafts, 1);
    }
    assert_eq!(own(&effects, KARI).unwrap().drafts[0].text, "hemmelig");
    assert!(own(&effects, OLA).is_none());
    assert!(!effects.iter().any(is_update));

    let effects = scene.does(LEAD, Command::Reveal);
    let update = effects.iter().position(is_update).unwrap();
    let view = effects.iter().position(
        |effect| matches!(effect, Effect::Send { frame, .. } if matches!(Frame::read(frame), Ok(Frame::Ours(json)) if json.contains("\"reveals\":1"))),
    );
    assert!(
        update < view.unwrap(),
        "the notes are there before the moment"
    );
    assert_eq!(shared(&effects, WALL).unwrap().revealed, ["n1".into()]);
    assert!(own(&effects, KARI).unwrap().drafts.is_empty());
    let note = scene.room.document.read(|board| board.note(&"n1".into()));
    assert_eq!(note.unwrap().text, "hemmelig");
    // It can be taken back: the record says whose doing it was.
    let person = scene.room.peers[&KARI].person.clone();
    let is_hers = |record: &&Record| record.kind == Kind::Update && record.person == person;
    assert_eq!(scene.written.iter().filter(is_hers).count(), 1);
}

#[test]
fn a_draft_that_was_cut_from_a_photo_still_says_so_when_it_is_shown() {
    let mut scene = Scene::new();
    scene.does(LEAD, Command::StartSilence);
    let cut = format!("{} 0.1000 0.2000 0.3000 0.4000", "ab".repeat(16));
    let Command::WriteDraft { mut note } = draft("n1", "fra papir") else {
        unreachable!()
    };
    note.photo = Some(cut.clone());
    scene.does(KARI, Command::WriteDraft { note });
    scene.does(LEAD, Command::Reveal);
    let note = scene.room.document.read(|board| board.note(&"n1".into()));
    assert_eq!(note.unwrap().cut.map(|cut| cut.spelled()), Some(cut));
}

#[test]
fn the_log_tells_the_session_again_also_when_templates_have_changed() {
    let mut scene = Scene::new();
    scene.does(LEAD, Command::StartSilence);
    scene.does(KARI, draft("n1", "hei"));
    scene.does(OLA, draft("n2", "hallo"));
    let next = shared(&scene.after(11_000), KARI).unwrap();
    scene.does(
        LEAD,
        Command::Next {
            from: None,
            step: next.next,
        },
    );
    assert_eq!(scene.again(), scene.room.workshop.session);
}

#[test]
fn who_wrote_a_note_by_hand_is_written_down_beside_the_document() {
    let mut scene = Scene::new();
    let update = note_of(&Board::new(KARI.0), "n1", None);
    scene.sends(KARI, &Frame::Update(&update));
    let person = scene.room.peers[&KARI].person.clone().unwrap();
    assert_eq!(
        scene.written.iter().rev().nth(1).unwrap().person,
        Some(person.clone())
    );
    let last = scene.written.last().unwrap();
    let events: Vec<Event> = serde_json::from_slice(&last.bytes).unwrap();
    let expected = [
        Event::WritesAs(KARI.0, person.clone()),
        Event::Wrote("n1".into(), person),
    ];
    assert_eq!(events, expected);
}

#[test]
fn what_is_held_back_by_a_lock_is_asked_for_when_it_opens() {
    let mut scene = Scene::new();
    let locks = Locks {
        board: true,
        ..Locks::default()
    };
    scene.does(LEAD, Command::Lock { locks });
    let board = Board::new(77);
    let first = note_of(&board, "n1", None);
    let second = note_of(&board, "n2", None);
    for (frame, update) in [(1, &first), (2, &second)] {
        let effects = scene.sends(KARI, &Frame::Update(update));
        let refused = ServerMessage::Refused {
            code: samtavle_shared::wire::RefusalCode::Locked,
            frame: Some(frame),
        };
        assert!(messages(&effects, KARI).contains(&refused), "{effects:?}");
    }
    let effects = scene.sends(LEAD, &Frame::Update(&note_of(&Board::new(78), "n3", None)));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Append(_)))
    );

    let effects = scene.does(
        LEAD,
        Command::Lock {
            locks: Locks::default(),
        },
    );
    let is_question = |effect: &&Effect| matches!(effect, Effect::Send { to, frame, .. } if *to == [KARI] && matches!(Frame::read(frame), Ok(Frame::SyncStep1(_))));
    assert_eq!(effects.iter().filter(is_question).count(), 1);
    let effects = scene.sends(KARI, &Frame::SyncStep2(&board.whole()));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Append(_)))
    );
}

#[test]
fn an_anonymous_board_takes_no_name_and_shows_none() {
    let mut scene = Scene::new();
    let showing = Showing::Anonymous;
    scene.does(LEAD, Command::Show { showing });
    let page = Board::new(KARI.0);
    let update = note_of(&page, "n1", Some("Kari"));
    let effects = scene.sends(KARI, &Frame::Update(&update));
    let holds = |bytes: &[u8]| bytes.windows(4).any(|window| window == b"Kari");
    assert!(holds(&update));
    for effect in &effects {
        match effect {
            Effect::Append(record) => assert!(!holds(&record.bytes)),
            Effect::Send { frame, .. } => assert!(!holds(frame)),
            other => panic!("{other:?}"),
        }
    }
    let note = |board: &Board| board.view().note(&"n1".into()).unwrap();
    for update in updates_to(&effects, KARI) {
        page.apply(&update, Made::Elsewhere).unwrap();
    }
    assert_eq!(note(&page).by, None, "her own page hears it, too");
    let on_the_board = scene.room.document.read(|board| board.note(&"n1".into()));
    assert_eq!(on_the_board, Some(note(&page)));

    let entry = samtavle_shared::wire::PresenceEntry {
        client: KARI.0,
        clock: 1,
        state: r##"{"user":{"name":"Kari","color":"#000000"},"cursor":[1,2]}"##,
    };
    let content = samtavle_shared::wire::PresenceEntry::write_all([entry].into_iter());
    let mut effects = scene.sends(KARI, &Frame::Awareness(&content));
    effects.extend(scene.after(1_000));
    let shown = effects.iter().find_map(|effect| match effect {
        Effect::Send { frame, .. } => match Frame::read(frame) {
            Ok(Frame::Awareness(content)) => Some(String::from_utf8_lossy(content).into_owned()),
            _ => None,
        },
        _ => None,
    });
    let shown = shown.unwrap();
    assert!(
        !shown.contains("Kari") && !shown.contains("[1,2]"),
        "{shown}"
    );
}

#[test]
fn who_is_removed_is_sent_away_taken_back_and_cannot_return() {
    let mut scene = Scene::new();
    let person = scene.room.peers[&KARI].person.clone().unwrap();
    let effects = scene.does(
        LEAD,
        Command::Remove {
            person: person.clone(),
        },
    );
    assert!(effects.contains(&Effect::Close(KARI, CloseCode::Removed)));
    let naming = Naming::Voices;
    assert!(effects.contains(&Effect::TakeBack(person.clone(), naming)));
    assert_eq!(scene.again().to_take_back(), std::slice::from_ref(&person));
    scene.handle(Input::TakenBack(person, None));
    assert!(scene.again().to_take_back().is_empty());

    let effects = scene.enters(KARI, Role::Participant);
    assert_eq!(effects, [Effect::Close(KARI, CloseCode::Removed)]);
}

#[test]
fn in_silence_a_room_of_many_is_not_told_of_each_draft() {
    let mut scene = Scene::new();
    for number in 10..310 {
        scene.enters(PeerId(number), Role::Participant);
    }
    scene.after(3_000);
    scene.does(LEAD, Command::StartSilence);
    let (mut to_all, mut to_one) = (0, 0);
    for round in 0..10 {
        for number in 10..310 {
            let writes = draft(&format!("n{number}"), &format!("text {round}"));
            let effects = scene.commands(PeerId(number), writes);
            for effect in effects.into_iter().chain(scene.after(3)) {
                match effect {
                    Effect::Send { to, .. } if to.len() > 300 => to_all += 1,
                    Effect::Send { to, .. } => to_one += to.len(),
                    _ => {}
                }
            }
        }
    }
    // Nine seconds; the count of drafts changes only in the first.
    assert!(to_all <= 4, "{to_all} frames to all");
    assert!(
        to_one <= 7_000,
        "{to_one} frames to one, answers among them"
    );
    assert_eq!(
        scene.room.workshop.session.shared_view().writing,
        Writing::Silent
    );
}

#[test]
fn a_phase_that_ends_is_kept_under_its_name_after_the_records_that_it_holds() {
    let mut scene = Scene::new();
    for step in [
        NextStep::Begin,
        NextStep::Reveal,
        NextStep::Phase(PhaseId(2)),
    ] {
        let from = scene.room.workshop.session.stage().phase();
        let effects = scene.commands(LEAD, Command::Next { from, step });
        let written = (effects.iter()).rposition(|effect| matches!(effect, Effect::Append(_)));
        let name = "Hva er egentlig problemet?".to_owned();
        let kept = (effects.iter()).position(|effect| *effect == Effect::Checkpoint(name.clone()));
        assert_eq!(kept.is_some(), step == NextStep::Phase(PhaseId(2)));
        assert!(kept.is_none_or(|kept| Some(kept) > written));
    }
}

#[test]
fn a_standard_client_is_nobody_and_has_no_words_of_ours() {
    let mut scene = Scene::new();
    let guest = PeerId(8);
    let entrance = Entrance {
        caller: crate::room::terms::Caller::at([192, 0, 2, 1].into()),
        role: Role::Facilitator,
        code: String::new(),
        key: crate::access::keys::KeyHash::of("key"),
        dialect: Dialect::Standard,
    };
    scene.handle(Input::Enter(guest, entrance));
    let effects = scene.after(11_000);
    assert!(messages(&effects, guest).is_empty());
    let view = shared(&effects, KARI).unwrap();
    assert_eq!(
        (view.people, view.taking_part),
        (4, 3),
        "it is here, and cannot vote"
    );
    let json = r#"{"type":"command","id":9,"command":{"do":"reveal"}}"#;
    let effects = scene.sends(guest, &Frame::Ours(json));
    assert!(effects.contains(&Effect::Close(guest, CloseCode::Rubbish)));
    assert!(messages(&effects, guest).is_empty());
}

#[test]
fn the_round_of_turns_waits_a_while_for_who_has_gone() {
    let mut scene = Scene::new();
    scene.does(LEAD, Command::StartTurns { seconds: None });
    let speaks = |effects: &[Effect]| {
        let view = shared(effects, WALL)?;
        view.turns?.present.map(|speaker| speaker.number)
    };
    let effects = scene.after(11_000);
    let first = speaks(&effects).unwrap();
    let gone = if first == 2 { KARI } else { OLA };
    scene.handle(Input::Leave(gone));
    assert_eq!(
        speaks(&scene.after(12_000)),
        Some(first),
        "a phone that was locked"
    );
    assert_ne!(speaks(&scene.after(12_000)), Some(first));
}

#[test]
fn who_may_not_delete_a_note_in_a_locked_cluster_may_not_bring_it_back_either() {
    let mut scene = Scene::new();
    let board = Board::new(77);
    let does = |edit: &dyn Fn(&mut Change<'_>)| {
        edit(&mut board.change(Made::Here));
        board.take_updates().pop().unwrap().bytes
    };
    let made = does(&|change| {
        change.add_cluster(&"c".into(), "", BoardPoint::default());
        for id in ["a", "b"] {
            change.add_note(NewNote::new(
                id.into(),
                NoteKind::Idea,
                BoardPoint::default(),
                id,
                0.0,
            ));
            change.join_cluster(&id.into(), &"c".into());
        }
    });
    let deleted = does(&|change| change.delete_note(&"a".into(), 5.0));
    for update in [&made, &deleted] {
        scene.sends(KARI, &Frame::Update(update));
    }
    let clusters = ["c".into()].into();
    let locks = Locks {
        clusters,
        ..Locks::default()
    };
    scene.does(LEAD, Command::Lock { locks });
    let count = |scene: &Scene| scene.room.document.read(|board| board.notes().len());
    let back = does(&|change| change.bring_back(&ThingId::Note("a".into())));
    scene.sends(KARI, &Frame::Update(&back));
    assert_eq!(
        count(&scene),
        1,
        "what is gone from a locked cluster stays away"
    );
    scene.sends(LEAD, &Frame::Update(&back));
    assert_eq!(count(&scene), 2);
    let deleted = does(&|change| change.delete_note(&"b".into(), 5.0));
    scene.sends(KARI, &Frame::Update(&deleted));
    assert_eq!(count(&scene), 2, "what is in a locked cluster stays there");
}

#[test]
fn what_was_deleted_is_in_the_bin_for_a_day_and_goes_for_good_then_as_the_boards_own_doing() {
    let mut scene = Scene::new();
    let board = Board::new(77);
    scene.sends(KARI, &Frame::Update(&note_of(&board, "n1", None)));
    let at = scene.now.wall as f64;
    board.change(Made::Here).delete_note(&"n1".into(), at);
    let deleted = board.take_updates().pop().unwrap().bytes;
    scene.sends(KARI, &Frame::Update(&deleted));
    let gone = |scene: &Scene| scene.room.document.read(|board| board.gone().len());
    scene.after(KEEP_THROWN_MS - 60_000);
    assert_eq!(gone(&scene), 1);
    scene.after(10 * 60_000);
    assert_eq!(gone(&scene), 0);
    let last = scene.written.last().unwrap();
    assert_eq!((last.kind, &last.person), (Kind::Update, &None));
    let whole = scene.room.document.whole();
    assert!(
        !whole.windows(3).any(|word| word == b"hei"),
        "its words are gone, too"
    );
}

#[test]
fn a_note_far_away_draws_neither_groups_nor_what_is_revealed_there() {
    let mut scene = Scene::new();
    let board = Board::new(77);
    for (id, x, y) in [
        ("n1", 300.0, 300.0),
        ("n2", 600.0, 300.0),
        ("far", -3e6, 3e6),
    ] {
        scene.sends(KARI, &Frame::Update(&note_at(&board, id, x, y)));
    }
    let size = samtavle_shared::session::mix::GroupSize::Groups(2);
    let wishes = samtavle_shared::session::mix::Wishes::default();
    let effects = scene.does(LEAD, Command::Mix { size, wishes });
    let groups = shared(&effects, LEAD).unwrap().groups;
    assert_eq!(groups.len(), 2);
    for known in groups {
        assert!((known.group.area.center().y - 300.0).abs() < 5_000.0);
        assert!((known.group.area.center().x - 300.0).abs() < 5_000.0);
    }
    scene.does(LEAD, Command::DissolveGroups);
    scene.does(LEAD, Command::StartSilence);
    scene.does(OLA, draft("d1", "Ingen ringte"));
    scene.does(LEAD, Command::Reveal);
    let note = scene.room.document.read(|board| board.note(&"d1".into()));
    let pos = note.unwrap().pos;
    assert!(pos.x.abs() < 5_000.0 && pos.y.abs() < 5_000.0, "{pos:?}");
}

#[test]
fn a_machines_clock_that_is_set_moves_no_phase() {
    let mut scene = Scene::new();
    let (from, step) = (None, NextStep::Begin);
    scene.does(LEAD, Command::Next { from, step });
    let left = |scene: &mut Scene| {
        let view = shared(&scene.after(11_000), KARI).unwrap();
        view.stage.timer().unwrap().left(view.now)
    };
    let before = left(&mut scene);
    let is_set = |record: &Record| String::from_utf8_lossy(&record.bytes).contains("clock-ahead");
    assert!(!scene.written.iter().any(is_set));
    scene.now.wall += 3_600_000;
    let after = left(&mut scene);
    assert!(
        (10_000..12_000).contains(&(before - after)),
        "{before} {after}"
    );
    let ahead = scene.again().clock_ahead();
    assert!((-3_622_000..=-3_600_000).contains(&ahead), "{ahead}");
    // The server starts again, a few minutes later by its clock as it is now.
    let all = scene.written.len();
    scene.now.wall += 11_000;
    scene.now.steady = 1_000;
    let now = scene.now;
    let mut again = scene.starts_again_at(all, now);
    again.enters(KARI, Role::Participant);
    let later = left(&mut again);
    assert!(before - later < 60_000, "{before} {later}");
}

#[test]
fn what_somebody_asked_for_who_has_gone_is_not_done() {
    let mut scene = Scene::new();
    for number in 0..3 {
        let update = note_of(&Board::new(OLA.0 + number), &format!("n{number}"), None);
        scene.sends(OLA, &Frame::Update(&update));
    }
    scene.after(3_000);
    scene.room.peers[&LEAD].entrance.caller.goes();
    let records = scene.written.len();
    scene.commands(LEAD, Command::DisturbAll);
    assert_eq!(scene.written.len(), records);
    // Who is there is answered.
    scene.commands(KARI, Command::DisturbMe { by_card: false });
    assert!(scene.written.len() > records);
}
