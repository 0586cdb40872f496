//! A room whose disk fails.

use super::*;
use crate::{
    access::codes::JoinCode,
    config::{Options, Settings},
    log::{Directory as _, Kind, NewBoard, RecordLog as _, in_memory::InMemoryLog},
    room::terms::{Dialect, Entrance},
    rooms::{
        outbox::{Inlet, outbox},
        registry::{Registry, Seat},
    },
};
use bytes::Bytes;
use clap::Parser as _;
use samtavle_shared::{
    board::{Board, Made, TextEdit},
    wire::{Frame, Role, ServerMessage},
};
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::atomic::Ordering,
};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

struct Scene {
    log: Arc<InMemoryLog>,
    registry: Arc<Registry>,
    board: BoardId,
}

impl Scene {
    fn new() -> Self {
        let log = Arc::new(InMemoryLog::new());
        let board = BoardId::from("board");
        let first = Record {
            seq: 1,
            kind: Kind::Update,
            bytes: Bytes::from_static(&[0, 0]),
            at: 0,
            person: None,
        };
        let code = JoinCode::kept("CODE".to_owned());
        log.make_board(NewBoard {
            id: board.clone(),
            code,
            keys: Vec::new(),
            first,
        })
        .unwrap();
        Self {
            registry: Registry::new(log.clone(), settings()),
            log,
            board,
        }
    }

    async fn enters(&self) -> (Seat, Inlet) {
        let seat = self
            .registry
            .seat(&self.board, Role::Participant, HERE)
            .unwrap();
        let (outbox, inlet) = outbox();
        let dialect = Dialect::Ours {
            client: 1,
            device: String::new(),
            wrote_as: Vec::new(),
            knows: String::new(),
        };
        let entrance = Entrance {
            caller: crate::room::terms::Caller::at([192, 0, 2, 1].into()),
            role: Role::Participant,
            code: String::new(),
            key: crate::access::keys::KeyHash::of("key"),
            dialect,
        };
        seat.enter(entrance, outbox).await.unwrap();
        (seat, inlet)
    }
}

fn settings() -> Settings {
    Options::try_parse_from(["samtavle"])
        .unwrap()
        .settle()
        .unwrap()
}

async fn says(seat: &Seat, frame: &Frame<'_>) {
    seat.tell(Message::Frame(seat.peer, frame.write().into(), None))
        .await
        .unwrap();
}

/// Reads until a frame of which this is true; `false`: it is closed before that.
async fn hears(inlet: &mut Inlet, wanted: impl Fn(&Frame<'_>) -> bool) -> bool {
    while let Some(frame) = inlet.next().await {
        if wanted(&Frame::read(&frame).unwrap()) {
            return true;
        }
    }
    false
}

fn is_saved(frame: &Frame<'_>) -> bool {
    match frame {
        Frame::Ours(json) => matches!(serde_json::from_str(json), Ok(ServerMessage::Saved { .. })),
        _ => false,
    }
}

/// What Kari has: a board with a title.
fn titled() -> Board {
    let kari = Board::new(7);
    kari.change(Made::Here).write_board_title(&TextEdit {
        at: 0,
        remove: 0,
        insert: "Buss".to_owned(),
    });
    kari
}

#[tokio::test]
async fn what_the_disk_did_not_take_is_never_called_saved_and_can_be_handed_over_again() {
    let scene = Scene::new();
    let whole = titled().whole();

    let (seat, mut inlet) = scene.enters().await;
    scene.log.fails.store(true, Ordering::SeqCst);
    says(&seat, &Frame::Update(&whole)).await;
    assert!(!hears(&mut inlet, is_saved).await, "it was called saved");
    assert_eq!(inlet.code(), CloseCode::Restart);
    drop(seat);

    scene.log.fails.store(false, Ordering::SeqCst);
    let (seat, mut inlet) = scene.enters().await;
    says(&seat, &Frame::SyncStep1(&[0])).await;
    assert!(
        hears(&mut inlet, |frame| *frame == Frame::SyncStep2(&[0, 0])).await,
        "the room has read its log again"
    );
    says(&seat, &Frame::SyncStep2(&whole)).await;
    assert!(hears(&mut inlet, is_saved).await);
    assert_eq!(scene.log.last_seq(&scene.board).unwrap(), 2);
}

fn trouble_in(frame: &Frame<'_>) -> Option<SaveTrouble> {
    match frame {
        Frame::Ours(json) => match serde_json::from_str(json) {
            Ok(ServerMessage::Saving { trouble }) => trouble,
            _ => None,
        },
        _ => None,
    }
}

#[tokio::test]
async fn who_comes_back_to_a_board_that_cannot_be_written_reads_on_and_is_told_why() {
    let scene = Scene::new();
    let whole = titled().whole();
    scene.log.fails.store(true, Ordering::SeqCst);
    let mut comings = 0;
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(3) {
        comings += 1;
        let (seat, mut inlet) = scene.enters().await;
        if comings > 1 {
            assert!(
                hears(&mut inlet, |frame| trouble_in(frame)
                    == Some(SaveTrouble::Failed))
                .await
            );
            says(&seat, &Frame::SyncStep1(&[0])).await;
            assert!(hears(&mut inlet, |frame| matches!(frame, Frame::SyncStep2(_))).await);
        }
        says(&seat, &Frame::SyncStep2(&whole)).await;
        assert!(!hears(&mut inlet, is_saved).await);
    }
    assert!((2..5).contains(&comings), "they came {comings} times");

    // It is mended: what is held is written by itself.
    scene.log.fails.store(false, Ordering::SeqCst);
    let (seat, mut inlet) = scene.enters().await;
    says(&seat, &Frame::SyncStep2(&whole)).await;
    assert!(hears(&mut inlet, is_saved).await);
    assert_eq!(scene.log.last_seq(&scene.board).unwrap(), 2);
}

#[tokio::test]
async fn a_server_that_stops_says_saved_before_it_sends_people_away() {
    let scene = Scene::new();
    let kari = titled();
    let (seat, mut inlet) = scene.enters().await;
    says(&seat, &Frame::SyncStep1(&[0])).await;
    assert!(hears(&mut inlet, |frame| matches!(frame, Frame::SyncStep2(_))).await);
    says(&seat, &Frame::Update(&kari.whole())).await;
    assert!(hears(&mut inlet, is_saved).await);

    let registry = Arc::clone(&scene.registry);
    let stopping = tokio::spawn(async move { registry.stop(Duration::from_secs(10)).await });
    assert!(!hears(&mut inlet, |_| false).await);
    assert_eq!(inlet.code(), CloseCode::Restart);
    drop(seat);
    assert!(stopping.await.unwrap(), "all ended in time");
    assert!(
        scene
            .registry
            .seat(&scene.board, Role::Participant, HERE)
            .is_err(),
        "nobody comes in any more"
    );
}
