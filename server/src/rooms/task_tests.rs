//! A room whose disk fails.

use super::*;
use crate::{
    access::codes::{JoinCode, Life},
    config::{Options, Settings},
    log::{Done, Entry, Kind, Log, NewBoard, NewKey, Recall, Shown, sqlite::SqliteLog},
    room::terms::Dialect,
    rooms::{
        outbox::{Inlet, outbox},
        registry::Seat,
    },
};
use clap::Parser as _;
use samtavle_shared::{
    board::{Board, Made, TextEdit},
    wire::{Frame, Role, ServerMessage},
};
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::atomic::{AtomicBool, Ordering},
};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A log whose disk can be made to fail.
struct Frail {
    log: SqliteLog,
    fails: AtomicBool,
    _folder: tempfile::TempDir,
}

impl Log for Frail {
    fn append(&self, board: &BoardId, record: Record, done: Done) {
        if self.fails.load(Ordering::SeqCst) {
            done(Err(LogError::Failed("the disk is full".to_owned())));
        } else {
            self.log.append(board, record, done);
        }
    }

    fn make_board(&self, board: NewBoard) -> Result<(), LogError> {
        self.log.make_board(board)
    }
    fn add_key(&self, board: &BoardId, key: NewKey) -> Result<(), LogError> {
        self.log.add_key(board, key)
    }
    fn recall(&self, board: &BoardId, recall: Recall, done: Done) {
        self.log.recall(board, recall, done);
    }
    fn sits(&self, board: &BoardId, life: Life) {
        self.log.sits(board, life);
    }
    fn entry(&self, board: &BoardId, shown: &Shown) -> Result<Entry, LogError> {
        self.log.entry(board, shown)
    }
    fn board_of(&self, code: &JoinCode, life: Life) -> Result<Option<BoardId>, LogError> {
        self.log.board_of(code, life)
    }
    fn read_after(&self, board: &BoardId, seq: Seq) -> Result<Vec<Record>, LogError> {
        self.log.read_after(board, seq)
    }
    fn read_session(&self, board: &BoardId) -> Result<Vec<Record>, LogError> {
        self.log.read_session(board)
    }

    fn named_checkpoints(&self, board: &BoardId) -> Result<Vec<(Seq, String)>, LogError> {
        self.log.named_checkpoints(board)
    }

    fn checkpoint_at(&self, board: &BoardId, seq: Seq) -> Result<Option<Checkpoint>, LogError> {
        self.log.checkpoint_at(board, seq)
    }

    fn last_seq(&self, board: &BoardId) -> Result<Seq, LogError> {
        self.log.last_seq(board)
    }
    fn write_checkpoint(&self, board: &BoardId, checkpoint: Checkpoint, done: Done) {
        self.log.write_checkpoint(board, checkpoint, done);
    }
    fn checkpoint(&self, board: &BoardId) -> Result<Option<Checkpoint>, LogError> {
        self.log.checkpoint(board)
    }
    fn quarantine(&self, board: &BoardId, seq: Seq, why: &str) -> Result<(), LogError> {
        self.log.quarantine(board, seq, why)
    }
    fn probe(&self) -> Result<(), LogError> {
        self.log.probe()
    }
    fn health(&self) -> crate::log::Health {
        self.log.health()
    }
    fn trouble(&self) -> watch::Receiver<Option<SaveTrouble>> {
        self.log.trouble()
    }
    fn close(&self) {
        self.log.close();
    }
}

struct Scene {
    log: Arc<Frail>,
    registry: Arc<Registry>,
    board: BoardId,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = SqliteLog::open(folder.path()).unwrap();
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
        let log = Arc::new(Frail {
            log,
            fails: AtomicBool::new(false),
            _folder: folder,
        });
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
