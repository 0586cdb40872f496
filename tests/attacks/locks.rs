//! What a lock holds: the table in docs/protocol.md, row by row, by each way in.

use crate::authorship::{edits, says_back};
use samtavle_shared::{
    board::{
        Change, HabitQuestion, ItemId, LinkKind, Made, NewImage, NewNote, NoteKind, Reaction,
        ReactionKind, TextEdit, ThingId,
    },
    geometry::{BoardPoint, Size},
    ids::{ClusterId, ImageId, LinkId, NoteId, PhotoId, ReactionId},
    session::{Command, Locks, Refusal, Verdict},
    wire::{Frame, RefusalCode, Role},
};
use samtavle_tests::{
    people::{Person, Table, Way},
    server::Server,
    session::draft,
};
use yrs::{Map as _, MapPrelim, Out, TransactionMut, WriteTxn as _};

/// A board with something of everything, in the cluster that is locked and outside of it.
struct Hall {
    server: Server,
    board: Table,
    lead: Person,
    inside: NoteId,
    outside: NoteId,
    other: NoteId,
    locked: ClusterId,
    free: ClusterId,
    link_in: LinkId,
    link_out: LinkId,
    image: ImageId,
}

const HERE: BoardPoint = BoardPoint::new(100.0, 100.0);

fn words(text: &str) -> TextEdit {
    TextEdit {
        at: 0,
        remove: 0,
        insert: text.to_owned(),
    }
}

impl Hall {
    async fn new() -> Self {
        let server = Server::start().await;
        let board = server.board("Ungdom og buss").await;
        // Who wrote it has left: what is said back is only of those who are here.
        let author = board.join_as("Siv", Role::Facilitator).await;
        let [inside, outside, other] = ["inside", "outside", "other"].map(NoteId::from);
        let (locked, free) = (ClusterId::from("locked"), ClusterId::from("free"));
        let (link_in, link_out) = (LinkId::from("link-in"), LinkId::from("link-out"));
        let image = ImageId::from("picture");
        {
            let state = author.state();
            let mut change = state.board.change(Made::Here);
            for (id, kind) in [
                (&inside, NoteKind::Habit),
                (&outside, NoteKind::Habit),
                (&other, NoteKind::Problem),
            ] {
                change.add_note(NewNote::new(id.clone(), kind, HERE, id.as_str(), 1.0));
            }
            change.add_cluster(&locked, "Låst", HERE);
            change.add_cluster(&free, "Fri", HERE);
            change.join_cluster(&inside, &locked);
            let note = |id: &NoteId| ItemId::Note(id.clone());
            change.add_link(&link_in, &note(&inside), &note(&other), LinkKind::Causes);
            change.add_link(&link_out, &note(&outside), &note(&other), LinkKind::Causes);
            change.add_image(&picture(image.clone()));
        }
        author.sends_changes().await;
        author.is_saved().await;
        drop(author);
        let lead = board.join_as("Liv", Role::Facilitator).await;
        lead.until("to be alone", |state| state.session.people == 1)
            .await;
        Self {
            server,
            board,
            lead,
            inside,
            outside,
            other,
            locked,
            free,
            link_in,
            link_out,
            image,
        }
    }

    async fn locks(&self, board: bool, clusters: &[&ClusterId]) {
        let clusters = clusters.iter().map(|one| (*one).clone()).collect();
        let locks = Locks { board, clusters };
        self.lead.does(Command::Lock { locks }).await;
    }

    /// All that stands on the board, as the server has it.
    async fn stands(&self) -> String {
        catches_up(&self.lead).await;
        let state = self.lead.state();
        let view = state.board.view();
        let (mut notes, mut clusters) = (view.notes(), view.clusters());
        let (mut links, mut images) = (view.links(), view.images());
        notes.sort_by(|a, b| a.id.cmp(&b.id));
        clusters.sort_by(|a, b| a.id.cmp(&b.id));
        links.sort_by(|a, b| a.id.cmp(&b.id));
        images.sort_by(|a, b| a.id.cmp(&b.id));
        let title = view.title();
        let vector = state.board.state_vector().len();
        format!("{title} {notes:#?} {clusters:#?} {links:#?} {images:#?} {vector}")
    }

    /// Somebody who comes by this way does this; whether anything of it is on the board.
    async fn comes_through(&self, way: Way, row: &Row) -> bool {
        let before = self.stands().await;
        let person = self.board.join_by(way, row.name).await;
        let update = (row.does)(self, &person);
        assert!(update.len() > 2, "{}: it does something", row.name);
        person.sends_update(&update);
        catches_up(&person).await;
        let came = self.stands().await != before;
        if !matches!(way, Way::Standard) {
            let refused = person.state().refused.clone();
            let is_held = refused.iter().any(|(code, _)| *code == RefusalCode::Locked);
            assert_eq!(is_held, !came, "{way:?} {}: {refused:?}", row.name);
        }
        came
    }
}

/// The server has looked at all that this person sent, and they have all that it has.
async fn catches_up(person: &Person) {
    let step_1 = {
        let mut state = person.state();
        state.is_synced = false;
        Frame::SyncStep1(&state.board.state_vector()).write()
    };
    person.sends(step_1);
    person.until("an answer", |state| state.is_synced).await;
}

fn picture(id: ImageId) -> NewImage {
    NewImage {
        id,
        pos: HERE,
        size: Size {
            width: 100.0,
            height: 100.0,
        },
        photo: PhotoId::from_random([7; 16]),
        alt: "flippover".to_owned(),
    }
}

/// Something that somebody does to the board.
struct Row {
    name: &'static str,
    does: Box<Deed>,
}

/// Gives the update that it is.
type Deed = dyn Fn(&Hall, &Person) -> Vec<u8>;

/// By our own client's hand.
fn ours(name: &'static str, does: impl Fn(&Hall, &mut Change<'_>) + 'static) -> Row {
    Row {
        name,
        does: Box::new(move |hall, person| {
            let state = person.state();
            state.board.take_updates();
            does(hall, &mut state.board.change(Made::Here));
            let updates = state.board.take_updates().into_iter();
            let updates: Vec<Vec<u8>> = updates.map(|update| update.bytes).collect();
            yrs::merge_updates_v1(updates.iter().map(Vec::as_slice)).unwrap()
        }),
    }
}

/// By any program's.
fn any(name: &'static str, does: impl Fn(&Hall, &mut TransactionMut<'_>) + 'static) -> Row {
    Row {
        name,
        does: Box::new(move |hall, person| edits(person, |txn| does(hall, txn))),
    }
}

fn in_map(
    txn: &mut TransactionMut<'_>,
    root: &str,
    id: &str,
    does: impl Fn(&mut TransactionMut<'_>, &yrs::MapRef),
) {
    let root = txn.get_or_insert_map(root);
    let Some(Out::YMap(map)) = root.get(txn, id) else {
        panic!("{id} is there");
    };
    does(txn, &map);
}

fn deletes(txn: &mut TransactionMut<'_>, root: &str, id: &str) {
    txn.get_or_insert_map(root).remove(txn, id);
}

/// What somebody can do to a note.
fn on_note(which: fn(&Hall) -> &NoteId) -> Vec<Row> {
    vec![
        ours("writes in a note", move |hall, change| {
            change.write_note(which(hall), &words("Nei. "));
        }),
        ours("moves a note", move |hall, change| {
            change.move_note(which(hall), BoardPoint::new(900.0, 9.0));
        }),
        ours("says what kind a note is", move |hall, change| {
            change.set_kind(which(hall), NoteKind::Plan);
        }),
        ours("lays a note on top", move |hall, change| {
            change.add_note(NewNote::new("top".into(), NoteKind::Idea, HERE, "x", 1.0));
            change.raise(which(hall));
        }),
        ours("answers for a habit", move |hall, change| {
            change.answer_habit(which(hall), HabitQuestion::Gave, "ro");
        }),
        ours("takes a note off", move |hall, change| {
            change.take_off(&ThingId::Note(which(hall).clone()), 5.0);
        }),
        ours("reacts to a note", move |hall, change| {
            let id = ReactionId::from_random(rand::random());
            let kind = ReactionKind::Recognise;
            change.react(which(hall), &Reaction { id, kind });
        }),
        any(
            "gives a note a field that nobody knows",
            move |hall, txn| {
                let id = which(hall).as_str().to_owned();
                in_map(txn, "notes", &id, |txn, map| {
                    map.insert(txn, "from-the-future", 7);
                });
            },
        ),
        any("deletes a note's entry", move |hall, txn| {
            deletes(txn, "notes", which(hall).as_str());
        }),
        any("puts another note in its place", move |hall, txn| {
            let notes = txn.get_or_insert_map("notes");
            notes.insert(
                txn,
                which(hall).as_str(),
                MapPrelim::from([("kind", "idea")]),
            );
        }),
    ]
}

fn on_link(which: fn(&Hall) -> &LinkId) -> Vec<Row> {
    vec![
        ours("takes a link off", move |hall, change| {
            change.take_off(&ThingId::Link(which(hall).clone()), 5.0);
        }),
        any("deletes a link's entry", move |hall, txn| {
            deletes(txn, "links", which(hall).as_str());
        }),
        any("turns a link", move |hall, txn| {
            let id = which(hall).as_str().to_owned();
            in_map(txn, "links", &id, |txn, map| {
                map.insert(txn, "kind", "answers");
            });
        }),
    ]
}

fn on_cluster(which: fn(&Hall) -> &ClusterId) -> Vec<Row> {
    vec![
        ours("names a cluster", move |hall, change| {
            change.write_title(which(hall), &words("Den vonde "));
        }),
        ours("moves a cluster", move |hall, change| {
            change.move_cluster(which(hall), BoardPoint::new(900.0, 9.0));
        }),
        ours("dissolves a cluster", move |hall, change| {
            change.dissolve(which(hall), 5.0);
        }),
        any("deletes a cluster's entry", move |hall, txn| {
            deletes(txn, "clusters", which(hall).as_str());
        }),
    ]
}

/// What a locked cluster holds.
fn held_by_a_cluster() -> Vec<Row> {
    let item = |note: &NoteId| ItemId::Note(note.clone());
    let mut rows = on_note(|hall| &hall.inside);
    rows.extend(on_link(|hall| &hall.link_in));
    rows.extend(on_cluster(|hall| &hall.locked));
    rows.extend([
        ours("takes a note out of it", |hall, change| {
            change.leave_cluster(&hall.inside);
        }),
        ours("takes a note to another", |hall, change| {
            change.join_cluster(&hall.inside, &hall.free);
        }),
        ours("puts a note in it", |hall, change| {
            change.join_cluster(&hall.outside, &hall.locked);
        }),
        ours("posts a note in it", |hall, change| {
            let note = NewNote::new("new".into(), NoteKind::Idea, HERE, "x", 1.0);
            change.add_note(note);
            change.join_cluster(&"new".into(), &hall.locked);
        }),
        ours("links to a note in it", move |hall, change| {
            let (from, to) = (item(&hall.outside), item(&hall.inside));
            change.add_link(&"new".into(), &from, &to, LinkKind::Answers);
        }),
        ours("links from a note in it", move |hall, change| {
            let (from, to) = (item(&hall.inside), item(&hall.outside));
            change.add_link(&"new".into(), &from, &to, LinkKind::Answers);
        }),
        ours("links to it", move |hall, change| {
            let (from, to) = (item(&hall.outside), ItemId::Cluster(hall.locked.clone()));
            change.add_link(&"new".into(), &from, &to, LinkKind::Answers);
        }),
        any("has a link end in it", |hall, txn| {
            let (link, end) = (hall.link_out.as_str().to_owned(), hall.inside.clone());
            in_map(txn, "links", &link, |txn, map| {
                map.insert(txn, "to", format!("note:{end}"));
            });
        }),
    ]);
    rows
}

/// What only a locked board holds.
fn held_by_a_board_alone() -> Vec<Row> {
    let mut rows = on_note(|hall| &hall.outside);
    rows.extend(on_link(|hall| &hall.link_out));
    rows.extend(on_cluster(|hall| &hall.free));
    rows.extend([
        ours("posts a note", |_, change| {
            change.add_note(NewNote::new("new".into(), NoteKind::Idea, HERE, "x", 1.0));
        }),
        ours("makes a cluster", |_, change| {
            change.add_cluster(&"new".into(), "Ny", HERE);
        }),
        ours("links two notes", |hall, change| {
            let end = |note: &NoteId| ItemId::Note(note.clone());
            let (from, to) = (end(&hall.other), end(&hall.outside));
            change.add_link(&"new".into(), &from, &to, LinkKind::Answers);
        }),
        ours("lays a picture on the board", |_, change| {
            change.add_image(&picture("new".into()));
        }),
        any("takes a picture away", |hall, txn| {
            deletes(txn, "images", hall.image.as_str());
        }),
        ours("names the board", |_, change| {
            change.write_board_title(&words("Nei: "));
        }),
        any("draws a stroke", |_, txn| {
            let ink = txn.get_or_insert_map("ink");
            ink.insert(txn, "stroke", MapPrelim::default());
        }),
        any("draws a frame", |_, txn| {
            let frames = txn.get_or_insert_map("frames");
            frames.insert(txn, "frame", MapPrelim::default());
        }),
    ]);
    rows
}

/// Sends the bytes of a photo; gives the answer's status.
pub(crate) async fn sends_photo(
    server: &Server,
    board: &Table,
    person: &Person,
    photo: &PhotoId,
) -> u16 {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 85);
    let grey = [128; 8 * 8];
    encoder
        .encode(&grey, 8, 8, jpeg_encoder::ColorType::Luma)
        .unwrap();
    let path = format!("/api/boards/{}/photos/{photo}", board.id);
    let key = format!("Bearer {}", board.participant);
    let length = bytes.len().to_string();
    let headers = [
        ("authorization", &*key),
        ("samtavle-device", person.device()),
        ("upload-offset", "0"),
        ("upload-length", &*length),
    ];
    let answer = server.request("PATCH", &path, &headers, &bytes).await;
    answer.status
}

const WAYS: [Way; 3] = [Way::Socket, Way::Http, Way::Standard];

#[tokio::test]
async fn a_locked_board_takes_no_row_of_the_table_by_no_way_in() {
    let hall = Hall::new().await;
    hall.locks(true, &[]).await;
    for way in WAYS {
        for row in held_by_a_cluster().iter().chain(&held_by_a_board_alone()) {
            assert!(!hall.comes_through(way, row).await, "{way:?}: {}", row.name);
        }
    }
}

#[tokio::test]
async fn a_locked_cluster_takes_no_row_of_the_table_by_no_way_in_and_lets_the_rest_go_on() {
    for way in WAYS {
        let hall = Hall::new().await;
        hall.locks(false, &[&hall.locked]).await;
        for row in held_by_a_cluster() {
            assert!(
                !hall.comes_through(way, &row).await,
                "{way:?}: {}",
                row.name
            );
        }
    }
    // The rest goes on; each on a board of its own, for one takes away what the next would change.
    let hall = Hall::new().await;
    hall.locks(false, &[&hall.locked]).await;
    let gentle = |row: &Row| {
        let name = row.name;
        !(name.contains("off")
            || name.contains("entry")
            || name.contains("dissolves")
            || name.contains("in its place"))
    };
    for row in held_by_a_board_alone().into_iter().filter(gentle) {
        assert!(hall.comes_through(Way::Socket, &row).await, "{}", row.name);
    }
    // And who facilitates does all of it.
    let lead = hall.board.join_as("Siv", Role::Facilitator).await;
    lead.adds_to(&hall.inside, " til").await;
    lead.is_saved().await;
    assert!(lead.state().refused.is_empty());
}

#[tokio::test]
async fn commands_drafts_and_photos_hold_to_the_table_too() {
    let hall = Hall::new().await;
    let kari = hall.board.join("Kari").await;
    let ola = hall.board.join("Ola").await;
    let by_line = hall.board.join_by(Way::Http, "Line").await;
    // A restatement of a note in it, which waits for its writer's word.
    let hers = kari.writes("Bussen kommer ikke").await;
    kari.is_saved().await;
    hall.lead.sees("Bussen kommer ikke").await;
    let by = says_back(&hall.lead, &ola, &kari, &hers, "Den kommer aldri").await;
    {
        let state = hall.lead.state();
        state
            .board
            .change(Made::Here)
            .join_cluster(&hers, &hall.locked);
    }
    hall.lead.sends_changes().await;
    hall.lead.is_saved().await;
    let judge = || Command::Judge {
        note: hers.clone(),
        by,
        verdict: Verdict::Confirmed,
    };
    let break_habit = |note: &NoteId| Command::BreakHabit {
        note: note.clone(),
        who: "Liv".to_owned(),
        from: "i dag".to_owned(),
    };

    // A locked cluster: the same of notes in it; elsewhere they go on.
    hall.locks(false, &[&hall.locked]).await;
    for person in [&kari, &by_line] {
        person
            .may_not(break_habit(&hall.inside), Refusal::Locked)
            .await;
    }
    kari.may_not(judge(), Refusal::Locked).await;
    kari.does(break_habit(&hall.outside)).await;
    let open = kari.drafts("Rett på tavla").await;
    hall.lead.sees("Rett på tavla").await;
    assert!(hall.lead.note(&open).is_some());

    // A locked board.
    hall.locks(true, &[]).await;
    for person in [&kari, &by_line] {
        person
            .may_not(break_habit(&hall.outside), Refusal::Locked)
            .await;
        let note = NoteId::from_random(rand::random());
        person
            .may_not(draft(&note, "Rett på"), Refusal::Locked)
            .await;
    }
    kari.may_not(judge(), Refusal::Locked).await;
    // In silence drafts are written, and lie on the board when who facilitates shows them.
    hall.lead.does(Command::StartSilence).await;
    let silent = by_line.drafts("I stillhet").await;
    catches_up(&hall.lead).await;
    assert!(hall.lead.note(&silent).is_none());
    hall.lead.does(Command::Reveal).await;
    hall.lead.sees("I stillhet").await;
    // Votes go on, and so do the bytes of a photo: nothing of it is on the board.
    let round = hall.lead.opens_a_round(3).await;
    kari.until("the round", |state| state.session.round.is_some())
        .await;
    kari.does(Person::vote(round, &[(&hall.outside, 1)])).await;
    let photo = PhotoId::from_random(rand::random());
    let sent = sends_photo(&hall.server, &hall.board, &kari, &photo).await;
    assert_eq!(sent, 204);
    let lays = ours("lays her photo", move |_, change| {
        let photo = photo.clone();
        change.add_image(&NewImage {
            photo,
            ..picture("hers".into())
        });
    });
    assert!(!hall.comes_through(Way::Socket, &lays).await);
    // Who facilitates judges nothing for others, and breaks habits.
    hall.lead.does(break_habit(&hall.inside)).await;
    hall.locks(false, &[]).await;
    kari.does(judge()).await;
}
