//! A Yjs client id belongs to who first wrote under it. Who knows somebody's id can write nothing under it, take none of
//! its clocks, and cannot show themselves in their place; and nobody is told that something is saved that never came.

use samtavle_shared::{
    board::{Board, Made, NewNote, NoteKind, TextEdit},
    geometry::BoardPoint,
    ids::NoteId,
    lib0::{Reader, Writer},
    session::{Command, Showing},
    wire::{Frame, PresenceEntry, RefusalCode, Role},
};
use samtavle_tests::{
    people::{Person, Way},
    server::Server,
    session::draft,
    wire::Past,
};

/// What somebody would write who knows the board and takes this client id.
fn written_as(client: u64, knows: &Person, text: &str) -> (NoteId, Vec<u8>) {
    let board = Board::new(client);
    board
        .apply(&knows.state().board.whole(), Made::Before)
        .unwrap();
    board.take_updates();
    let id = NoteId::from_random(rand::random());
    let pos = BoardPoint::default();
    let note = NewNote::new(id.clone(), NoteKind::Problem, pos, text, 0.0);
    board.change(Made::Here).add_note(note);
    (id, board.take_updates().pop().unwrap().bytes)
}

/// So many clocks of a client, from this one on, with nothing in them.
fn garbage(client: u64, clock: u64, many: u64) -> Vec<u8> {
    let mut writer = Writer::new();
    for number in [1, 1, client, clock] {
        writer.write_var_u64(number);
    }
    writer.write_u8(0);
    writer.write_var_u64(many);
    writer.write_var_u64(0);
    writer.into_bytes()
}

/// The client ids on somebody's board, and how far the clock of each has come.
fn ids_of(person: &Person) -> Vec<(u64, u64)> {
    let vector = person.state().board.state_vector();
    let mut reader = Reader::new(&vector);
    let count = reader.var_u64().unwrap();
    let ids = (0..count).map(|_| (reader.var_u64().unwrap(), reader.var_u64().unwrap()));
    ids.collect()
}

fn clock_of(person: &Person, client: u64) -> u64 {
    let ids = ids_of(person);
    let found = ids.iter().find(|(its, _)| *its == client);
    found.map(|(_, clock)| *clock).unwrap_or_default()
}

async fn is_refused(person: &Person) {
    person
        .until("that it is another's", |state| {
            let mut refused = state.refused.iter();
            refused.any(|(code, _)| *code == RefusalCode::NotYours)
        })
        .await;
    person.state().refused.clear();
}

#[tokio::test]
async fn nobody_writes_under_anothers_client_id_nor_takes_its_clocks() {
    let server = Server::start().await;
    let board = server.board("").await;
    let (kari, ola, eve) = (
        board.join("Kari").await,
        board.join("Ola").await,
        board.join("Eve").await,
    );
    kari.writes("den første").await;
    kari.is_saved().await;
    eve.sees("den første").await;

    // While she is there: a note, thirty bytes, and a deleted letter.
    let (forged, update) = written_as(kari.client, &eve, "i hennes navn");
    eve.sends_update(&update);
    is_refused(&eve).await;
    eve.sends_update(&garbage(kari.client, clock_of(&eve, kari.client), 30));
    is_refused(&eve).await;
    // With something of her own in the same update: that comes.
    let (own, mine) = written_as(eve.client, &eve, "mitt eget");
    let both = Board::new(1);
    both.apply(&eve.state().board.whole(), Made::Before)
        .unwrap();
    both.apply(&update, Made::Before).unwrap();
    both.apply(&mine, Made::Before).unwrap();
    eve.sends_update(&both.whole());
    is_refused(&eve).await;
    ola.sees("mitt eget").await;
    assert!(ola.note(&own).is_some() && ola.note(&forged).is_none());
    kari.writes("den andre").await;
    kari.is_saved().await;
    ola.sees("den andre").await;
    eve.sees("den andre").await;

    // While she is away, and writes on without a network.
    kari.vanishes();
    let offline = kari.writes("uten nett").await;
    eve.sends_update(&garbage(kari.client, clock_of(&eve, kari.client), 1_000));
    is_refused(&eve).await;
    let (_, update) = written_as(kari.client, &eve, "mens hun er borte");
    eve.sends_update(&update);
    is_refused(&eve).await;
    let mut standard = board.join("Standard").await;
    standard.takes(Way::Standard);
    standard.comes_back().await;
    standard.sends_update(&garbage(kari.client, clock_of(&eve, kari.client), 1_000));
    standard.sends_update(&update);
    standard.writes("noe annet").await;
    ola.sees("noe annet").await;
    kari.comes_back().await;
    kari.is_saved().await;
    ola.sees("uten nett").await;
    assert!(ola.note(&offline).is_some() && kari.state().refused.is_empty());

    // And after the server has started again, with nobody there.
    let fresh = board.join("Fresh").await;
    let texts = [
        "den andre",
        "den første",
        "mitt eget",
        "noe annet",
        "uten nett",
    ];
    fresh.sees_only(&texts).await;
}

#[tokio::test]
async fn a_client_id_stays_its_owners_over_a_restart_and_an_empty_room() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    kari.writes("den første").await;
    kari.is_saved().await;
    kari.vanishes();
    server.kill().await;
    server.start_again().await;
    let eve = board.join("Eve").await;
    let (_, update) = written_as(kari.client, &eve, "i hennes navn");
    eve.sends_update(&update);
    is_refused(&eve).await;
    // Not as her page either, from another device, and not as a former page of one's own.
    let mut posing = board.socket().await;
    let past = Past {
        wrote_as: vec![kari.client],
        ..Past::default()
    };
    posing
        .hello_again(&board.participant, kari.client, "another device", past)
        .await;
    posing.send(&Frame::SyncStep2(&update).write()).await;
    let kari = kari.reloads().await;
    kari.writes("den andre").await;
    kari.is_saved().await;
    eve.sees_only(&["den andre", "den første"]).await;
}

#[tokio::test]
async fn nobody_writes_under_the_servers_own_client_id() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let (kari, eve) = (board.join("Kari").await, board.join("Eve").await);
    let silence = async |text: &str| {
        liv.does(Command::StartSilence).await;
        kari.does(draft(&NoteId::from_random(rand::random()), text))
            .await;
        liv.does(Command::Reveal).await;
        eve.sees(text).await;
    };
    silence("en").await;
    let servers = {
        // One id is of the making of the board, and the other of the reveal.
        let ids = ids_of(&eve);
        assert_eq!(ids.len(), 2);
        ids.into_iter().max_by_key(|(_, clock)| *clock).unwrap().0
    };
    let (_, update) = written_as(servers, &eve, "i serverens navn");
    eve.sends_update(&update);
    is_refused(&eve).await;
    eve.sends_update(&garbage(servers, clock_of(&eve, servers), 500));
    is_refused(&eve).await;
    silence("to").await;
    board.join("Fresh").await.sees_only(&["en", "to"]).await;
    kari.writes("tre").await;
    eve.sees_only(&["en", "to", "tre"]).await;
}

#[tokio::test]
async fn a_standard_clients_id_is_its_keys() {
    let server = Server::start().await;
    let board = server.board("").await;
    let mut guest = board.join("Guest").await;
    guest.takes(Way::Standard);
    guest.comes_back().await;
    guest.writes("en gjest").await;
    let eve = board.join("Eve").await;
    eve.sees("en gjest").await;
    guest.vanishes();
    let (_, update) = written_as(guest.client, &eve, "i gjestens navn");
    eve.sends_update(&update);
    is_refused(&eve).await;
    // Somebody with another key, by the same way.
    let joined = server
        .post("/api/join", &serde_json::json!({ "code": board.code }))
        .await
        .json();
    let mut other =
        samtavle_tests::wire::Socket::open(&board.yjs_url(joined["key"].as_str().expect("a key")))
            .await;
    other.send(&Frame::SyncStep2(&[0, 0]).write()).await;
    other.send(&Frame::Update(&update).write()).await;
    guest.comes_back().await;
    guest.writes("er her igjen").await;
    eve.sees_only(&["en gjest", "er her igjen"]).await;
}

#[tokio::test]
async fn nobody_shows_themselves_in_anothers_place() {
    let server = Server::start().await;
    let board = server.board("").await;
    board.shows(Showing::Named).await;
    let (kari, ola) = (board.join("Kari").await, board.join("Ola").await);
    kari.points_at(1.0, 1.0).await;
    ola.sees_cursor("Kari", 1.0, 1.0).await;
    // By her page's id, before hers is there and after; and by the id by which she is told of.
    let told: Vec<u64> = ola.state().here.keys().copied().collect();
    assert!(!told.contains(&kari.client), "an id of the server's making");
    for client in told.into_iter().chain([kari.client]) {
        let mut eve = board.socket().await;
        eve.hello(&board.participant, client, "another device")
            .await;
        let state = r#"{"user":{"name":"Eve"},"cursor":[9,9]}"#;
        for clock in [1, 1_000] {
            let entry = PresenceEntry {
                client,
                clock,
                state,
            };
            let content = PresenceEntry::write_all([entry].into_iter());
            eve.send(&Frame::Awareness(&content).write()).await;
        }
        ola.sees_cursor("Eve", 9.0, 9.0).await;
        ola.sees_cursor("Kari", 1.0, 1.0).await;
        let gone = PresenceEntry {
            client,
            clock: 1_001,
            state: "null",
        };
        let content = PresenceEntry::write_all([gone].into_iter());
        eve.send(&Frame::Awareness(&content).write()).await;
        ola.misses("Eve").await;
        ola.sees_cursor("Kari", 1.0, 1.0).await;
    }
    // After a drop nobody takes what was hers.
    kari.vanishes();
    ola.misses("Kari").await;
    kari.comes_back().await;
    kari.points_at(2.0, 2.0).await;
    ola.sees_cursor("Kari", 2.0, 2.0).await;
}

#[tokio::test]
async fn who_wrote_under_many_ids_is_taken_back_whole() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let (kari, eve) = (board.join("Kari").await, board.join("Eve").await);
    let note = |text: &str| {
        let id = NoteId::from_random(rand::random());
        NewNote::new(id, NoteKind::Problem, BoardPoint::default(), text, 0.0)
    };
    let karis = note("Karis");
    let edit = TextEdit {
        at: 0,
        remove: 0,
        insert: "Eve: ".to_owned(),
    };
    kari.posts(karis.clone()).await;
    eve.sees("Karis").await;
    for number in 0..5 {
        eve.posts(note(&format!("Eves {number}"))).await;
    }
    eve.writes_apart(&karis.id, |change| change.write_note(&karis.id, &edit))
        .await;
    eve.is_saved().await;
    kari.sees("Eve: Karis").await;
    assert!(ids_of(&kari).len() >= 7, "each note under an id of its own");
    let person = eve.person().await;
    // Also when the server has read it from its log.
    server.kill().await;
    server.start_again().await;
    liv.comes_back().await;
    liv.does(Command::Remove { person }).await;
    liv.sees_only(&["Karis"]).await;
}
