use super::*;
use crate::{
    geometry::{BoardRect, Size},
    session::{Locks, Scene},
};

#[test]
fn a_hidden_note_is_kept_and_shown_again() {
    let mut hall = Hall::with(&["kari"]);
    hall.posts("kari", "n1", "the bus never comes");
    let (hide, restore) = (
        || Command::Hide { note: "n1".into() },
        || Command::Restore { note: "n1".into() },
    );
    hall.may_not("kari", hide(), Refusal::NotYours);
    let item = Some(Item::Note("n1".into()));
    hall.does(LIV, Command::Spotlight { item });
    hall.does(LIV, hide());
    hall.may_not(LIV, hide(), Refusal::Already);
    let view = hall.session.shared_view();
    assert_eq!((view.hidden, view.scene), (vec!["n1".into()], None));
    hall.does(LIV, restore());
    hall.may_not(LIV, restore(), Refusal::Already);
    hall.may_not(
        LIV,
        Command::Hide {
            note: "gone".into(),
        },
        Refusal::Unknown,
    );
}

#[test]
fn everybody_is_called_to_a_place_on_the_board() {
    let mut hall = Hall::with(&["kari"]);
    let rect = BoardRect::at(BoardPoint::new(10.0, 20.0), Size::new(800.0, 600.0));
    hall.does(LIV, Command::GatherHere { rect });
    hall.does(LIV, Command::GatherHere { rect });
    assert_eq!(hall.session.shared_view().gather.unwrap().count, 2);
    for wrong in [f64::NAN, f64::INFINITY, 1e9, -10.0] {
        let mut rect = rect;
        rect.max.x = wrong;
        hall.may_not(LIV, Command::GatherHere { rect }, Refusal::Malformed);
    }
}

#[test]
fn the_wall_shows_what_there_is() {
    let mut hall = Hall::with(&[]);
    for scene in [
        Scene::Votes,
        Scene::Plans,
        Scene::Follow,
        Scene::Spotlight(Item::Cluster("c1".into())),
    ] {
        let scene = Some(scene);
        hall.does(
            LIV,
            Command::SetScene {
                scene: scene.clone(),
                is_pinned: false,
            },
        );
        assert_eq!(hall.session.shared_view().scene, scene);
    }
    for scene in [
        Scene::Spotlight(Item::Note("gone".into())),
        Scene::Broken("gone".into()),
    ] {
        hall.may_not(
            LIV,
            Command::SetScene {
                scene: Some(scene),
                is_pinned: false,
            },
            Refusal::Unknown,
        );
    }
    hall.does(
        LIV,
        Command::SetScene {
            scene: None,
            is_pinned: false,
        },
    );
}

#[test]
fn what_the_wall_shows_makes_room_for_what_begins_unless_it_is_pinned() {
    let begins: [fn(&mut Hall); 3] = [
        |hall| _ = hall.does(LIV, Command::StartSilence),
        |hall| _ = hall.does(LIV, Command::StartTurns { seconds: None }),
        |hall| {
            let wish = crate::session::RoundWish {
                title: String::new(),
                on: crate::session::RoundOn::Notes,
                among: crate::session::Among::default(),
                dots: 2,
                most_on_one: 1,
                order: crate::session::RoundOrder::default(),
            };
            hall.does(LIV, Command::OpenRound { wish });
        },
    ];
    for begin in begins {
        for is_pinned in [false, true] {
            let mut hall = Hall::with(&["kari", "ola"]);
            hall.posts("kari", "a1", "matters");
            let scene = Some(Scene::Plans);
            hall.does(
                LIV,
                Command::SetScene {
                    scene: scene.clone(),
                    is_pinned,
                },
            );
            begin(&mut hall);
            let view = hall.session.shared_view();
            assert_eq!(view.is_scene_pinned, is_pinned);
            assert_eq!(view.scene, scene.filter(|_| is_pinned));
        }
    }
}

#[test]
fn lived_notes_are_read_first_and_then_of_who_was_heard_least() {
    let mut hall = Hall::with(&["kari", "ola"]);
    for (who, note) in [
        ("kari", "a1"),
        ("kari", "a2"),
        ("kari", "a3"),
        ("ola", "b1"),
    ] {
        hall.posts(who, note, "matters");
    }
    hall.world.notes.get_mut(&"a3".into()).unwrap().lived = true;
    let mut read = Vec::new();
    while let Ok(outcome) = hall.asks(LIV, Command::ReadNext) {
        let Event::Read(note) = &outcome.events[0] else {
            panic!("{outcome:?}")
        };
        read.push(note.to_string());
    }
    assert_eq!(read, ["a3", "b1", "a1", "a2"]);
    hall.may_not(LIV, Command::ReadNext, Refusal::Nothing);
}

#[test]
fn a_group_breaks_a_habit_that_there_is() {
    let mut hall = Hall::with(&["kari"]);
    hall.posts("kari", "problem", "the bus never comes");
    hall.world.notes.insert(
        "habit".into(),
        known("habit", NoteKind::Habit, "we never ask"),
    );
    let breaks = |note: &str, who: &str| Command::BreakHabit {
        note: note.into(),
        who: who.to_owned(),
        from: "tomorrow".to_owned(),
    };
    hall.may_not("kari", breaks("problem", "all of us"), Refusal::Unknown);
    hall.may_not("kari", breaks("habit", " "), Refusal::Malformed);
    let outcome = hall.does("kari", breaks("habit", "all of us"));
    assert!(matches!(&outcome.edits[..], [Edit::BreakHabit { .. }]));
    assert_eq!(
        hall.session.shared_view().scene,
        Some(Scene::Broken("habit".into()))
    );
}

#[test]
fn what_is_locked_is_the_facilitators_to_change() {
    let mut hall = Hall::with(&["kari"]);
    let mut habit = known("habit", NoteKind::Habit, "we never ask");
    habit.cluster = Some("c1".into());
    hall.world.notes.insert("habit".into(), habit);
    let breaks = || Command::BreakHabit {
        note: "habit".into(),
        who: "us".to_owned(),
        from: "now".to_owned(),
    };
    let of_a_cluster = Locks {
        board: false,
        clusters: ["c1".into()].into(),
    };
    hall.may_not(
        "kari",
        Command::Lock {
            locks: of_a_cluster.clone(),
        },
        Refusal::NotYours,
    );
    hall.does(
        LIV,
        Command::Lock {
            locks: of_a_cluster,
        },
    );
    hall.may_not("kari", breaks(), Refusal::Locked);
    hall.does("kari", draft("n1", "elsewhere"));
    let locks = Locks {
        board: true,
        ..Locks::default()
    };
    hall.does(LIV, Command::Lock { locks });
    hall.may_not("kari", draft("n2", "posted"), Refusal::Locked);
    hall.does(LIV, breaks());
    // Drafts are no change of the board.
    hall.does(LIV, Command::StartSilence);
    hall.does("kari", draft("n2", "in silence"));
}
