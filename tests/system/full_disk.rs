//! A disk that is full or may only be read: the server serves what there is and what people write together,
//! says why it cannot save, and saves all of it as soon as it can.

use samtavle_shared::wire::{RefusalCode, SaveTrouble};
use samtavle_tests::{
    disk::{SmallDisk, limit_files},
    people::{Person, all_see_the_same},
    server::Server,
    table::Table,
};
use serde_json::{Value, json};

/// Waits until the server says this of saving.
async fn says_of_saving(server: &Server, wanted: &str) -> Value {
    loop {
        let health = server.get("/health").await.json();
        if health["saving"] == wanted {
            return health;
        }
        tokio::task::yield_now().await;
    }
}

async fn hears_of(person: &Person, trouble: Option<SaveTrouble>) {
    let what = format!("how it stands with saving: {trouble:?}");
    person.until(&what, |state| state.trouble == trouble).await;
}

/// Nobody was sent away since they came.
fn all_stayed(people: &[Person]) {
    for person in people {
        let state = person.state();
        assert_eq!(state.closed, None, "{} was sent away", person.name);
        assert_eq!(state.comings, 1, "{} had to come back", person.name);
    }
}

async fn many(board: &Table, count: usize) -> Vec<Person> {
    let mut people = Vec::new();
    for number in 0..count {
        people.push(board.join(&format!("Person {number}")).await);
    }
    people
}

#[tokio::test]
async fn sixty_people_work_on_while_the_disk_is_full_and_all_of_it_is_saved_afterwards() {
    let mut server = Server::start().await;
    let board = server.board("Buss").await;
    let people = many(&board, 60).await;
    people[0].writes("before").await;
    people[0].is_saved().await;

    limit_files(server.pid(), Some(4096));
    let mut texts = vec!["before".to_owned()];
    for round in 0..3 {
        for person in &people {
            let text = format!("{} in round {round}", person.name);
            person.writes(&text).await;
            texts.push(text);
        }
    }
    texts.sort();
    for person in &people {
        hears_of(person, Some(SaveTrouble::DiskFull)).await;
        person
            .until("what the others write", |state| state.texts() == texts)
            .await;
        let state = person.state();
        assert!(state.saved < state.sent, "something was called saved");
    }
    let health = says_of_saving(&server, "disk-full").await;
    assert_eq!(health["status"], "log-unavailable");
    let refused = server.post("/api/boards", &json!({})).await;
    assert_eq!(refused.status, 503);
    assert!(refused.text().contains("the disk is full"), "{refused:?}");
    let late = board.join("Late").await;
    hears_of(&late, Some(SaveTrouble::DiskFull)).await;
    assert_eq!(late.state().texts(), texts);

    limit_files(server.pid(), None);
    for person in &people {
        person.is_saved().await;
        hears_of(person, None).await;
    }
    all_stayed(&people);
    says_of_saving(&server, "works").await;

    server.kill().await;
    server.start_again().await;
    let fresh = board.join("Fresh").await;
    assert_eq!(fresh.state().texts(), texts);
}

#[tokio::test]
async fn what_a_full_server_cannot_hold_stays_with_its_writer_and_comes_when_there_is_room() {
    let server = Server::start().await;
    let board = server.board("").await;
    let (kari, ola) = (board.join("Kari").await, board.join("Ola").await);
    limit_files(server.pid(), Some(4096));
    kari.writes("the first").await;
    hears_of(&kari, Some(SaveTrouble::DiskFull)).await;

    let long = "many words ".repeat(150);
    let is_refused = |person: &Person| {
        let refused = &person.state().refused;
        refused
            .iter()
            .any(|(code, _)| *code == RefusalCode::NotSaved)
    };
    let mut written = 0;
    while !is_refused(&kari) {
        kari.writes(&format!("{written} {long}")).await;
        written += 1;
        assert!(written < 10_000, "it holds everything, however much");
    }
    ola.writes("of Ola").await;
    ola.until("the server to hold no more", |state| {
        !state.refused.is_empty()
    })
    .await;
    assert!(!kari.state().texts().contains(&"of Ola".to_owned()));

    limit_files(server.pid(), None);
    kari.is_saved().await;
    ola.is_saved().await;
    all_see_the_same(&[&kari, &ola]).await;
    assert_eq!(kari.state().texts().len(), written + 2);
    all_stayed(&[kari, ola]);
}

#[tokio::test]
async fn a_board_that_everybody_left_while_the_disk_was_full_is_there_when_they_return() {
    let server = Server::start_with(&["--unload-after", "0"]).await;
    let board = server.board("").await;
    let kari = board.join("Kari").await;
    limit_files(server.pid(), Some(4096));
    kari.writes("on a full disk").await;
    hears_of(&kari, Some(SaveTrouble::DiskFull)).await;
    drop(kari);
    says_of_saving(&server, "disk-full").await;
    let ola = board.join("Ola").await;
    ola.sees_only(&["on a full disk"]).await;
    limit_files(server.pid(), None);
    hears_of(&ola, None).await;
}

/// On a disk of its own; `None`: this machine lets nobody mount one.
fn small_disk() -> Option<SmallDisk> {
    let disk = SmallDisk::mount("8m");
    if disk.is_none() {
        println!("not tried: no disk may be mounted here");
    }
    disk
}

async fn wrote_and_stopped(server: &mut Server) -> Table {
    let board = server.board("Buss").await;
    let kari = board.join("Kari").await;
    kari.writes("The bus does not come").await;
    kari.is_saved().await;
    drop(kari);
    board
}

#[tokio::test]
async fn a_disk_that_fills_up_is_noticed_and_so_is_that_there_is_room_again() {
    let Some(disk) = small_disk() else { return };
    let mut server = Server::start_in(disk.folder(), &[]).await;
    let board = wrote_and_stopped(&mut server).await;
    let kari = board.join("Kari").await;
    disk.fill();
    for number in 0..200 {
        kari.writes(&format!("{number}: {}", "words ".repeat(100)))
            .await;
    }
    hears_of(&kari, Some(SaveTrouble::DiskFull)).await;
    disk.free();
    kari.is_saved().await;
    hears_of(&kari, None).await;
    server.kill().await;
    server.start_again().await;
    assert_eq!(board.join("Fresh").await.state().texts().len(), 201);
}

/// What is done to a disk, how it is put right, and what the server says of it.
struct Fault {
    harm: fn(&SmallDisk),
    mend: fn(&SmallDisk),
    trouble: SaveTrouble,
    word: &'static str,
}

async fn starts_on_a_disk_with(fault: Fault) {
    let Some(disk) = small_disk() else { return };
    let mut server = Server::start_in(disk.folder(), &[]).await;
    let board = wrote_and_stopped(&mut server).await;
    for is_killed in [false, true] {
        if is_killed {
            server.kill().await;
        } else {
            server.stop().await;
        }
        (fault.harm)(&disk);
        server.start_again().await;
        let kari = board.join("Kari").await;
        kari.sees("The bus does not come").await;
        hears_of(&kari, Some(fault.trouble)).await;
        let text = format!("killed: {is_killed}");
        kari.writes(&text).await;
        let ola = board.join("Ola").await;
        ola.sees(&text).await;
        says_of_saving(&server, fault.word).await;
        (fault.mend)(&disk);
        kari.is_saved().await;
        ola.is_saved().await;
        all_stayed(&[kari, ola]);
    }
    server.stop().await;
    server.start_again().await;
    assert_eq!(board.join("Fresh").await.state().texts().len(), 3);
}

#[tokio::test]
async fn a_server_starts_on_a_full_disk_whether_it_was_stopped_or_killed() {
    starts_on_a_disk_with(Fault {
        harm: |disk| disk.fill(),
        mend: |disk| disk.free(),
        trouble: SaveTrouble::DiskFull,
        word: "disk-full",
    })
    .await;
}

#[tokio::test]
async fn a_server_starts_on_a_disk_that_may_only_be_read_whether_it_was_stopped_or_killed() {
    starts_on_a_disk_with(Fault {
        harm: |disk| disk.lock(),
        mend: |disk| disk.unlock(),
        trouble: SaveTrouble::ReadOnly,
        word: "read-only",
    })
    .await;
}
