//! A room with its session, for tests: people in it, its clock, and what they are shown.

use crate::{
    clock::{Now, SessionClock},
    log::{Kind, Record},
    room::{
        Room,
        document::Document,
        opened::Opened,
        terms::{Dialect, Effect, Entrance, Input, PeerId},
        workshop::Story,
    },
};
use bytes::Bytes;
use samtavle_shared::{
    board::{Board, Made, NewNote, NoteKind, Template},
    geometry::BoardPoint,
    guard::Permission,
    session::{Command, DraftNote, LeadView, OwnView, Session, SharedView},
    wire::{ClientMessage, Frame, Role, ServerMessage},
};
use std::sync::Arc;

const BEGAN: Now = Now {
    wall: 1_000_000,
    steady: 1_000,
};
pub(super) const LEAD: PeerId = PeerId(1);
pub(super) const KARI: PeerId = PeerId(2);
pub(super) const OLA: PeerId = PeerId(3);
pub(super) const WALL: PeerId = PeerId(4);

/// A room with a facilitator, two people and a wall.
pub(super) struct Scene {
    pub(super) room: Room,
    pub(super) now: Now,
    pub(super) written: Vec<Record>,
    pub(super) next: u32,
    /// All of the document before anything was written.
    base: Bytes,
}

impl Scene {
    pub(super) fn new() -> Self {
        let mut document = Document::empty();
        let template = document.change(|board| board.set_template(Template::default()));
        assert!(template.unwrap().is_some());
        let base = document.whole();
        let opened = Opened {
            story: Story::new(&document.template()),
            document,
            last: 0,
            checkpoint: 0,
        };
        let mut scene = Self::of(opened, base, Vec::new(), BEGAN);
        scene.enters(LEAD, Role::Facilitator);
        scene.enters(KARI, Role::Participant);
        scene.enters(OLA, Role::Participant);
        scene.enters(WALL, Role::Wall);
        scene.after(3_000);
        scene
    }

    fn of(opened: Opened, base: Bytes, written: Vec<Record>, now: Now) -> Self {
        Self {
            room: Room::new(
                "board".into(),
                opened,
                SessionClock::new(1),
                7,
                Arc::default(),
                now,
            ),
            now,
            written,
            next: 1,
            base,
        }
    }

    /// The server starts again with the first so many records: the disk has lost the others. Nobody is
    /// in the room.
    pub(super) fn starts_again_with(self, records: usize) -> Self {
        self.starts_again_at(records, BEGAN)
    }

    /// The same, at this moment.
    pub(super) fn starts_again_at(mut self, records: usize, now: Now) -> Self {
        self.written.truncate(records);
        let mut document = Document::empty();
        document.take_update(&self.base, Permission::Log).unwrap();
        let mut story = Story::new(&document.template());
        for record in &self.written {
            match record.kind {
                Kind::Update => {
                    _ = document
                        .take_update(&record.bytes, Permission::Log)
                        .unwrap();
                }
                _ => story.take_record(&record.bytes, record.seq).unwrap(),
            }
        }
        let opened = Opened {
            document,
            story,
            last: records as u64,
            checkpoint: 0,
        };
        Self::of(opened, self.base, self.written, now)
    }

    pub(super) fn handle(&mut self, input: Input) -> Vec<Effect> {
        let effects = self.room.handle(input, self.now);
        for effect in &effects {
            if let Effect::Append(record) = effect {
                self.written.push(record.clone());
            }
        }
        effects
    }

    pub(super) fn enters(&mut self, peer: PeerId, role: Role) -> Vec<Effect> {
        let entrance = Entrance {
            caller: crate::room::terms::Caller::at([192, 0, 2, 1].into()),
            role,
            code: "FJELL-LAKS-27".to_owned(),
            key: crate::access::keys::KeyHash::of("key"),
            dialect: Dialect::Ours {
                client: peer.0,
                device: format!("device {}", peer.0),
                wrote_as: Vec::new(),
                knows: String::new(),
            },
        };
        let mut effects = self.handle(Input::Enter(peer, entrance));
        let step_1 = Frame::SyncStep1(&[0]).write();
        effects.extend(self.handle(Input::Frame(peer, step_1.into())));
        effects
    }

    pub(super) fn sends(&mut self, peer: PeerId, frame: &Frame<'_>) -> Vec<Effect> {
        self.handle(Input::Frame(peer, frame.write().into()))
    }

    pub(super) fn commands(&mut self, peer: PeerId, command: Command) -> Vec<Effect> {
        let id = self.next;
        self.next += 1;
        let command = Box::new(command);
        let json = ClientMessage::Command { id, command }.to_json();
        self.sends(peer, &Frame::Ours(&json))
    }

    /// The same, and it is done: on disk, and everybody has seen what came of it.
    pub(super) fn does(&mut self, peer: PeerId, command: Command) -> Vec<Effect> {
        let mut effects = self.commands(peer, command);
        effects.extend(self.after(3_000));
        let done = ServerMessage::Done { id: self.next - 1 };
        assert!(messages(&effects, peer).contains(&done), "{effects:?}");
        effects
    }

    /// Time passes, all that is written comes on disk, and the room is woken when it asked to be.
    pub(super) fn after(&mut self, ms: u64) -> Vec<Effect> {
        let last = self.room.last();
        let mut effects = self.handle(Input::OnDisk(last));
        effects.extend(self.waits(ms));
        effects
    }

    /// Time passes, and nothing comes on disk.
    pub(super) fn waits(&mut self, ms: u64) -> Vec<Effect> {
        let mut effects = Vec::new();
        let until = self.now.steady + ms;
        while let Some(wakes) = self.room.wakes_at().filter(|wakes| *wakes <= until) {
            self.is_at(self.now.steady.max(wakes));
            effects.extend(self.handle(Input::Tick));
        }
        self.is_at(until);
        effects
    }

    fn is_at(&mut self, steady: u64) {
        self.now.wall += (steady - self.now.steady).cast_signed();
        self.now.steady = steady;
    }

    /// Once more, as the log tells it.
    pub(super) fn again(&self) -> Session {
        let mut story = Story::new("");
        for record in &self.written {
            if record.kind == Kind::Session {
                story.take_record(&record.bytes, record.seq).unwrap();
            }
        }
        story.session
    }
}

/// The updates among what somebody is sent.
pub(super) fn updates_to(effects: &[Effect], peer: PeerId) -> Vec<Vec<u8>> {
    let frames = effects.iter().filter_map(|effect| match effect {
        Effect::Send { to, frame, .. } if to.contains(&peer) => Some(frame),
        _ => None,
    });
    let updates = frames.filter_map(|frame| match Frame::read(frame) {
        Ok(Frame::Update(update) | Frame::SyncStep2(update)) => Some(update.to_vec()),
        _ => None,
    });
    updates.collect()
}

pub(super) fn messages(effects: &[Effect], to_whom: PeerId) -> Vec<ServerMessage> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send { to, frame, .. } if to.contains(&to_whom) => match Frame::read(frame) {
                Ok(Frame::Ours(json)) => Some(serde_json::from_str(json).unwrap()),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

pub(super) fn shared(effects: &[Effect], peer: PeerId) -> Option<SharedView> {
    let all = messages(effects, peer).into_iter();
    let views = all.filter_map(|message| match message {
        ServerMessage::Session { view } => Some(*view),
        _ => None,
    });
    views.last()
}

pub(super) fn own(effects: &[Effect], peer: PeerId) -> Option<OwnView> {
    let all = messages(effects, peer).into_iter();
    let views = all.filter_map(|message| match message {
        ServerMessage::Own { view } => Some(*view),
        _ => None,
    });
    views.last()
}

pub(super) fn lead(effects: &[Effect], peer: PeerId) -> Option<LeadView> {
    let all = messages(effects, peer).into_iter();
    let views = all.filter_map(|message| match message {
        ServerMessage::Lead { view } => Some(*view),
        _ => None,
    });
    views.last()
}

pub(super) fn draft(note: &str, text: &str) -> Command {
    Command::WriteDraft {
        note: DraftNote {
            note: note.into(),
            kind: "problem".to_owned(),
            text: text.to_owned(),
            voice: None,
            for_whom: None,
            lived: false,
            born: None,
            photo: None,
            who: None,
            when: None,
        },
    }
}

pub(super) fn is_update(effect: &Effect) -> bool {
    matches!(effect, Effect::Send { frame, .. } if matches!(Frame::read(frame), Ok(Frame::Update(_))))
}

/// An update that posts a note.
pub(super) fn note_of(board: &Board, id: &str, by: Option<&str>) -> Vec<u8> {
    posted(board, id, BoardPoint::default(), by)
}

/// The same, at a place.
pub(super) fn note_at(board: &Board, id: &str, x: f64, y: f64) -> Vec<u8> {
    posted(board, id, BoardPoint::new(x, y), None)
}

fn posted(board: &Board, id: &str, at: BoardPoint, by: Option<&str>) -> Vec<u8> {
    let note =
        NewNote::new(id.into(), NoteKind::Problem, at, "hei", 0.0).by_name(by.map(str::to_owned));
    board.change(Made::Here).add_note(note);
    board.take_updates().pop().unwrap().bytes
}
