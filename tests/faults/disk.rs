//! Disks that are full, broken, or lie.

use crate::shim::{Faults, Writes};
use samtavle_tests::{
    people::{Person, all_see_the_same},
    server::Server,
};
use std::time::Duration;

/// Comes back as often as a page would, until what they wrote is saved.
async fn comes_back_until_saved(person: &Person) {
    let saved = async {
        loop {
            if person.state().closed.is_some() {
                person.comes_back().await;
            }
            {
                let state = person.state();
                if state.closed.is_none() && state.is_synced && state.saved == state.sent {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await; // looks again
        }
    };
    let saved = tokio::time::timeout(3 * samtavle_tests::wire::PATIENCE, saved).await;
    let state = person.state();
    assert!(saved.is_ok(), "{} of {}", state.saved, state.sent);
}

/// While something is wrong nothing is called saved, those who read go on reading, and health says it; afterwards it
/// goes on by itself, and nothing is lost.
async fn goes_on_by_itself(wrong: impl Fn(&Faults), right: impl Fn(&Faults)) {
    let faults = Faults::none();
    let server = Server::start_within(&[], faults.environment()).await;
    let board = server.board("").await;
    let (kari, ola) = (board.join("Kari").await, board.join("Ola").await);
    kari.writes("before").await;
    kari.is_saved().await;
    ola.sees("before").await;

    let before = faults.failed();
    wrong(&faults);
    kari.writes("meanwhile").await;
    faults.strike(before).await;
    {
        let state = kari.state();
        let all_is_saved = state.closed.is_none() && state.saved == state.sent;
        assert!(!all_is_saved, "it was called saved");
    }
    let health = server.get("/health").await;
    assert_ne!(health.json()["status"], "ok", "{}", health.text());
    let reader = board.join("Reader").await;
    let reads = async {
        while reader.state().texts().is_empty() {
            if reader.state().closed.is_some() {
                reader.comes_back().await; // as a page does
            }
            tokio::time::sleep(Duration::from_millis(50)).await; // looks again
        }
    };
    let reads = tokio::time::timeout(samtavle_tests::wire::PATIENCE, reads).await;
    assert!(reads.is_ok(), "nobody can read any more");

    right(&faults);
    comes_back_until_saved(&kari).await;
    let fresh = board.join("Fresh").await;
    fresh.sees_only(&["before", "meanwhile"]).await;
}

#[tokio::test]
async fn a_full_disk_is_said_and_when_there_is_room_again_it_goes_on_by_itself() {
    goes_on_by_itself(
        |faults| faults.writes(Writes::Full),
        |faults| faults.writes(Writes::Well),
    )
    .await;
}

#[tokio::test]
async fn a_broken_disk_is_said_and_when_it_works_again_it_goes_on_by_itself() {
    goes_on_by_itself(
        |faults| faults.writes(Writes::Broken),
        |faults| faults.writes(Writes::Well),
    )
    .await;
}

#[tokio::test]
async fn a_sync_that_fails_is_no_save() {
    goes_on_by_itself(
        |faults| faults.syncs_fail(true),
        |faults| faults.syncs_fail(false),
    )
    .await;
}

/// The disk says that all is well, and keeps nothing or half. The server cannot know; but after a restart it opens the
/// board, says what it found, and everybody's words come back from their pages.
async fn words_come_back_from_the_pages(lie: Writes) {
    let faults = Faults::none();
    let mut server = Server::start_within(&[], faults.environment()).await;
    let board = server.board("").await;
    let (kari, ola) = (board.join("Kari").await, board.join("Ola").await);
    kari.writes("before").await;
    kari.is_saved().await;
    ola.sees("before").await;

    let before = faults.failed();
    faults.writes(lie);
    kari.writes("what the disk forgot").await;
    faults.strike(before).await;
    ola.sees("what the disk forgot").await;
    let more = kari.writes("more").await;
    ola.sees("more").await;
    ola.adds_to(&more, " of it").await;
    server.kill().await;
    faults.writes(Writes::Well);
    server.start_again().await;

    comes_back_until_saved(&kari).await;
    comes_back_until_saved(&ola).await;
    let fresh = board.join("Fresh").await;
    let texts = all_see_the_same(&[&kari, &ola, &fresh]).await;
    for text in ["before", "what the disk forgot"] {
        assert!(texts.iter().any(|its| its == text), "{text}: {texts:?}");
    }
    drop((kari, ola, fresh));
    server.kill().await;
    server.start_again().await;
    let last = board.join("Last").await;
    let expected: Vec<&str> = texts.iter().map(String::as_str).collect();
    last.sees_only(&expected).await;
}

#[tokio::test]
async fn what_a_lying_disk_lost_comes_back_from_the_pages() {
    words_come_back_from_the_pages(Writes::Lost).await;
}

#[tokio::test]
async fn what_a_lying_disk_tore_comes_back_from_the_pages() {
    words_come_back_from_the_pages(Writes::Torn).await;
}
