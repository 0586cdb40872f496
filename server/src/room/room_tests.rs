//! The rules of a room, each told as frames in and effects out.

use super::*;
use samtavle_shared::{
    board::{Board, Made, TextEdit},
    guard::Permission,
    wire::{PresenceEntry, Role},
};

#[path = "saving_tests.rs"]
mod saving;

const KARI: PeerId = PeerId(1);
const OLA: PeerId = PeerId(2);
const WALL: PeerId = PeerId(3);

/// A room, its clock, and what people know.
struct Scene {
    room: Room,
    now: Now,
}

impl Scene {
    fn new() -> Self {
        let room = Room::new(
            BoardId::from("board"),
            nothing(),
            SessionClock::new(1),
            7,
            std::sync::Arc::default(),
            Now {
                wall: 1_000_000,
                steady: 1_000,
            },
        );
        Self {
            room,
            now: Now {
                wall: 1_000_000,
                steady: 1_000,
            },
        }
    }

    fn with(peers: &[PeerId]) -> Self {
        let mut scene = Self::new();
        for peer in peers {
            scene.enters(*peer, Role::Participant);
            scene.says(*peer, &Frame::SyncStep1(&[0]));
        }
        scene.after(1_000);
        scene.is_on_disk();
        scene
    }

    /// All that was written so far.
    fn is_on_disk(&mut self) -> Vec<Effect> {
        let last = self.room.last();
        self.room.handle(Input::OnDisk(last), self.now)
    }

    fn enters(&mut self, peer: PeerId, role: Role) -> Vec<Effect> {
        let dialect = Dialect::Ours {
            client: peer.0,
            device: format!("device {}", peer.0),
            wrote_as: Vec::new(),
            knows: String::new(),
        };
        let entrance = Entrance {
            caller: crate::room::terms::Caller::at([192, 0, 2, 1].into()),
            role,
            code: "FJELL-LAKS-27".to_owned(),
            key: crate::access::keys::KeyHash::of("key"),
            dialect,
        };
        self.room.handle(Input::Enter(peer, entrance), self.now)
    }

    fn says(&mut self, peer: PeerId, frame: &Frame<'_>) -> Vec<Effect> {
        self.room
            .handle(Input::Frame(peer, frame.write().into()), self.now)
    }

    /// Time passes, and the room is woken when it asked to be.
    fn after(&mut self, ms: u64) -> Vec<Effect> {
        let until = self.now.steady + ms;
        let mut effects = Vec::new();
        while let Some(wakes) = self.room.wakes_at().filter(|wakes| *wakes <= until) {
            self.now.steady = self.now.steady.max(wakes);
            effects.extend(self.room.handle(Input::Tick, self.now));
        }
        self.now.steady = until;
        effects
    }
}

/// A board of which the log has nothing.
fn nothing() -> Opened {
    Opened {
        document: Document::empty(),
        story: workshop::Story::new(""),
        last: 0,
        checkpoint: 0,
    }
}

/// An update that puts a letter first in the title.
fn update_of(board: &Board, letter: &str) -> Vec<u8> {
    board.change(Made::Here).write_board_title(&TextEdit {
        at: 0,
        remove: 0,
        insert: letter.to_owned(),
    });
    let updates = board.take_updates();
    assert_eq!(updates.len(), 1);
    updates.into_iter().next().unwrap().bytes
}

fn presence_of(client: u64, clock: u64) -> Vec<u8> {
    PresenceEntry::write_all(
        [PresenceEntry {
            client,
            clock,
            state: "{}",
        }]
        .into_iter(),
    )
}

fn appended(effects: &[Effect]) -> Vec<Seq> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Append(record) => Some(record.seq),
            _ => None,
        })
        .collect()
}

/// Who is sent frames of which this is true.
fn sent(effects: &[Effect], wanted: impl Fn(&Frame<'_>) -> bool) -> Vec<PeerId> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send { to, frame, .. } if wanted(&Frame::read(frame).unwrap()) => {
                Some(to.clone())
            }
            _ => None,
        })
        .flatten()
        .collect()
}

fn sent_updates(effects: &[Effect]) -> Vec<PeerId> {
    sent(effects, |frame| matches!(frame, Frame::Update(_)))
}

fn messages(effects: &[Effect], to_whom: PeerId) -> Vec<ServerMessage> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send { to, frame, .. } if to.contains(&to_whom) => match Frame::read(frame) {
                Ok(Frame::Ours(json)) => serde_json::from_str(json).ok(),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

#[test]
fn who_enters_is_welcomed_and_asked_what_they_have() {
    let mut scene = Scene::new();
    let effects = scene.enters(KARI, Role::Facilitator);
    let welcome = ServerMessage::Welcome {
        role: Role::Facilitator,
        code: "FJELL-LAKS-27".to_owned(),
        now: 1_000_000,
    };
    assert_eq!(messages(&effects, KARI)[0], welcome);
    assert_eq!(
        sent(&effects, |frame| matches!(frame, Frame::SyncStep1(_))),
        [KARI]
    );
}

#[test]
fn the_first_change_after_quiet_goes_out_at_once_and_not_back_to_its_sender() {
    let mut scene = Scene::with(&[KARI, OLA]);
    let update = update_of(&Board::new(7), "a");
    let effects = scene.says(KARI, &Frame::Update(&update));
    assert_eq!(appended(&effects), [scene.room.last()]);
    assert_eq!(sent_updates(&effects), [OLA]);
}

#[test]
fn changes_in_a_tick_go_out_together_to_everybody() {
    let mut scene = Scene::with(&[KARI, OLA]);
    let (one, other) = (Board::new(7), Board::new(8));
    scene.says(KARI, &Frame::Update(&update_of(&one, "a")));
    let effects = [
        scene.says(KARI, &Frame::Update(&update_of(&one, "b"))),
        scene.says(OLA, &Frame::Update(&update_of(&other, "c"))),
    ];
    assert!(
        effects
            .iter()
            .all(|effects| sent_updates(effects).is_empty()),
        "they wait for the tick"
    );
    assert_eq!(sent_updates(&scene.after(20)), [KARI, OLA]);
}

#[test]
fn who_has_not_said_what_they_have_gets_no_changes_that_would_leave_gaps() {
    let mut scene = Scene::with(&[KARI]);
    scene.enters(OLA, Role::Participant);
    let effects = scene.says(KARI, &Frame::Update(&update_of(&Board::new(7), "a")));
    assert!(sent_updates(&effects).is_empty());
    let effects = scene.says(OLA, &Frame::SyncStep1(&[0]));
    assert_eq!(
        sent(
            &effects,
            |frame| matches!(frame, Frame::SyncStep2(update) if update.len() > 2)
        ),
        [OLA]
    );
}

#[test]
fn saved_is_told_when_the_record_is_on_disk_and_not_before() {
    let mut scene = Scene::with(&[KARI, OLA]);
    let before = scene.room.last();
    let board = Board::new(7);
    let effects = [
        scene.says(KARI, &Frame::Update(&update_of(&board, "a"))),
        scene.says(KARI, &Frame::Update(&update_of(&board, "b"))),
        scene.after(1_000),
    ];
    let is_saved = |message: &ServerMessage| matches!(message, ServerMessage::Saved { .. });
    assert!(
        !effects
            .iter()
            .flat_map(|effects| messages(effects, KARI))
            .any(|message| is_saved(&message))
    );

    let first = scene.room.handle(Input::OnDisk(before + 1), scene.now);
    assert!(messages(&first, KARI).contains(&ServerMessage::Saved { frames: 1 }));
    let second = scene.room.handle(Input::OnDisk(before + 2), scene.now);
    assert!(messages(&second, KARI).contains(&ServerMessage::Saved { frames: 2 }));
    assert!(!messages(&second, OLA).iter().any(is_saved));
    assert!(scene.room.is_settled());
}

#[test]
fn a_frame_that_brings_nothing_is_settled_with_what_it_repeats() {
    let mut scene = Scene::with(&[KARI]);
    let effects = scene.says(KARI, &Frame::SyncStep2(&[0, 0]));
    assert_eq!(appended(&effects), [] as [Seq; 0]);
    assert!(messages(&effects, KARI).contains(&ServerMessage::Saved { frames: 1 }));
}

#[test]
fn a_wall_is_refused_and_stays() {
    let mut scene = Scene::with(&[KARI]);
    scene.enters(WALL, Role::Wall);
    scene.says(WALL, &Frame::SyncStep1(&[0]));
    let effects = scene.says(WALL, &Frame::Update(&update_of(&Board::new(7), "a")));
    assert!(appended(&effects).is_empty() && sent_updates(&effects).is_empty());
    let refused = ServerMessage::Refused {
        code: RefusalCode::MayNotWrite,
        frame: Some(1),
    };
    assert!(messages(&effects, WALL).contains(&refused));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Close(..)))
    );
}

#[test]
fn rubbish_closes_its_socket_and_takes_its_presence_along() {
    let mut scene = Scene::with(&[KARI, OLA]);
    scene.says(KARI, &Frame::Awareness(&presence_of(KARI.0, 1)));
    scene.after(1_000);
    let effects = scene.room.handle(
        Input::Frame(KARI, Bytes::from_static(b"rubbish")),
        scene.now,
    );
    assert!(effects.contains(&Effect::Close(KARI, CloseCode::Rubbish)));
    assert_eq!(
        sent(&effects, |frame| matches!(frame, Frame::Awareness(_))),
        [OLA]
    );
    assert!(
        scene.says(KARI, &Frame::QueryAwareness).is_empty(),
        "it is not here any more"
    );
}

#[test]
fn an_update_that_breaks_the_document_is_not_logged_and_the_document_is_made_again() {
    let mut scene = Scene::with(&[KARI, OLA]);
    let board = Board::new(7);
    let first = update_of(&board, "a");
    scene.says(KARI, &Frame::Update(&first));
    scene.room.document.panics_next = true;

    let effects = scene.says(KARI, &Frame::Update(&update_of(&board, "b")));
    assert!(appended(&effects).is_empty() && sent_updates(&effects).is_empty());
    assert!(effects.contains(&Effect::Close(KARI, CloseCode::Refused)));
    assert_eq!(effects.last(), Some(&Effect::Rebuild));

    let mut again = nothing();
    again.document.take_update(&first, Permission::Log).unwrap();
    let before = scene.room.last();
    scene.room.restore(again);
    let effects = scene.says(OLA, &Frame::Update(&update_of(&Board::new(8), "c")));
    assert_eq!(appended(&effects), [before + 1], "the others carry on");
}

#[test]
fn presence_comes_in_one_frame_and_nobody_is_told_of_themselves() {
    let mut scene = Scene::with(&[KARI, OLA, WALL]);
    scene.says(WALL, &Frame::Awareness(&presence_of(WALL.0, 1)));
    scene.says(KARI, &Frame::Awareness(&presence_of(KARI.0, 1)));
    scene.says(OLA, &Frame::Awareness(&presence_of(OLA.0, 1)));
    let effects = scene.after(20);
    let told = sent(&effects, |frame| matches!(frame, Frame::Awareness(_)));
    assert_eq!(told, [WALL, KARI, OLA]);
    let of_kari = effects.iter().find_map(|effect| match effect {
        Effect::Send { to, frame, .. } if *to == [KARI] => Some(frame.clone()),
        _ => None,
    });
    let of_kari = of_kari.unwrap();
    let Ok(Frame::Awareness(content)) = Frame::read(&of_kari) else {
        panic!("a presence")
    };
    assert_eq!(PresenceEntry::read_all(content).unwrap().len(), 1, "Ola");
}

#[test]
fn a_quiet_room_is_woken_only_to_say_that_the_line_is_alive() {
    let mut scene = Scene::with(&[KARI]);
    let wakes = scene.room.wakes_at().unwrap();
    assert!(wakes >= scene.now.steady + 7_000, "{wakes}");
    let effects = scene.after(11_000);
    assert!(matches!(
        messages(&effects, KARI)[..],
        [ServerMessage::Session { ref view }] if view.people == 1
    ));
    assert_eq!(Scene::new().room.wakes_at(), None, "and an empty one never");
}
