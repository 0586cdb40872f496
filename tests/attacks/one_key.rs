//! Room: nobody fills a board so that others cannot go on, and what somebody used comes back when they are removed.

use samtavle_shared::{
    guard::{Fill, Share},
    limits::{MAX_IMAGES_PER_BOARD, MAX_PHOTO_BYTES},
    session::Command,
    wire::Role,
};
use samtavle_tests::{honest::Honest, people::Person, server::Server, table::Table};
use std::time::{Duration, Instant};
use yrs::{Any, Doc, Map, MapPrelim, ReadTxn, Transact};

/// Somebody's changes of a document of their own, as a page of theirs would send them.
struct Changes(Doc);

impl Changes {
    fn of(client: u64) -> Self {
        Self(Doc::with_client_id(client))
    }

    fn one(&self, change: impl FnOnce(&Doc)) -> Vec<u8> {
        let before = self.0.transact().state_vector();
        change(&self.0);
        self.0.transact().encode_state_as_update_v1(&before)
    }

    fn picture(&self, id: &str) -> Vec<u8> {
        self.one(|doc| {
            let images = doc.get_or_insert_map("images");
            images.insert(&mut doc.transact_mut(), id, MapPrelim::default());
        })
    }

    fn unknown(&self, id: &str) -> Vec<u8> {
        self.one(|doc| {
            let frames = doc.get_or_insert_map("frames");
            let field = Any::from("x".repeat(250 * 1024));
            let thing = MapPrelim::from([("from-later", field)]);
            frames.insert(&mut doc.transact_mut(), id, thing);
        })
    }
}

/// Lays pictures until there is no room for one more, each under a client id of its own.
async fn lays_pictures(person: &Person, name: &str) {
    for number in 0..=MAX_IMAGES_PER_BOARD {
        let changes = Changes::of(rand::random::<u64>() >> 11);
        person.sends_update(&changes.picture(&format!("{name}{number}")));
        tokio::task::yield_now().await;
    }
    person
        .until("that it is full", |state| !state.full.is_empty())
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_fills_only_their_part_and_it_comes_back_when_they_are_removed() {
    let mut server = Server::start().await;
    let table = server.board("Nattbuss").await;
    let lead = table.join_as("Leder", Role::Facilitator).await;
    let (eva, liv) = (table.join("Eva").await, table.join("Liv").await);
    let evas = Changes::of(eva.client);
    let honest = Honest::at(&[&table]).await;
    let measured = honest
        .beside(async {
            for number in 0..8 {
                eva.sends_update(&evas.unknown(&format!("u{number}")));
            }
            eva.until("that it is full", |state| !state.full.is_empty())
                .await;
            assert_eq!(eva.state().full[0], (Fill::Unknown, Share::Own));
            eva.state().full.clear();
            // What was refused is a gap in what comes after it: she begins anew, with another page.
            let page = eva.opens_another_page().await;
            let others = Changes::of(page.client);
            lays_pictures(&page, "e").await;
            assert_eq!(page.state().full[0], (Fill::Pictures, Share::Own));
            let began = Instant::now();
            while began.elapsed() < Duration::from_secs(3) {
                page.sends_update(&others.picture("more"));
                page.sends_update(&others.unknown("more"));
                tokio::time::sleep(Duration::from_millis(5)).await; // an attack, not a wait
            }
            page
        })
        .await;
    measured.says("one who fills the board");
    measured.stays_quick(0);

    let livs = Changes::of(liv.client);
    liv.sends_update(&livs.picture("liv"));
    liv.is_saved().await;
    let pictures = |person: &Person| person.state().board.view().images().len();
    assert!(pictures(&lead) <= MAX_IMAGES_PER_BOARD / 2 + 1);

    // It is the same after a restart.
    drop(measured);
    server.kill().await;
    server.start_again().await;
    eva.comes_back().await;
    let again = eva.opens_another_page().await;
    again.sends_update(&Changes::of(again.client).picture("again"));
    again
        .until("that it is full", |state| !state.full.is_empty())
        .await;

    // Removed, she takes her pictures and all that she used with her.
    lead.comes_back().await;
    liv.comes_back().await;
    let person = eva.person().await;
    lead.does(Command::Remove { person }).await;
    lead.until("that her pictures go", |state| {
        state.board.view().images().len() <= 1
    })
    .await;
    let page = liv.opens_another_page().await;
    lays_pictures(&page, "l").await;
    lead.until("half of all the pictures", |state| {
        state.board.view().images().len() == MAX_IMAGES_PER_BOARD / 2
    })
    .await;
}

/// The first piece of a photo of three megabytes; gives the answer's status.
async fn begins_a_photo(
    server: &Server,
    table: &Table,
    key: &str,
    device: &str,
    photo: u32,
) -> u16 {
    let path = format!("/api/boards/{}/photos/{photo:032x}", table.id);
    let key = ["Bearer ", key].concat();
    let length = MAX_PHOTO_BYTES.to_string();
    let headers = [
        ("authorization", &*key),
        ("samtavle-device", device),
        ("upload-offset", "0"),
        ("upload-length", &*length),
    ];
    let answer = server.request("PATCH", &path, &headers, b"x").await;
    answer.status
}

#[tokio::test]
async fn half_photos_fill_no_board() {
    let server = Server::start().await;
    let table = server.board("Nattbuss").await;
    let begins = async |key: &str, device: &str, photo: u32| {
        begins_a_photo(&server, &table, key, device, photo).await
    };
    // One device, and then one for each.
    let mut had = 0;
    for photo in 0..100 {
        let device = format!("{:032x}", if photo < 20 { 7 } else { photo });
        had += usize::from(begins(&table.participant, &device, photo).await == 204);
    }
    assert!((17..50).contains(&had), "{had}");
    let lead = begins(&table.facilitator, "leder", 1_000).await;
    assert_eq!(lead, 204, "who leads has room of their own");
}
