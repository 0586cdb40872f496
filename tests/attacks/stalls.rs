//! Work: what one board asks for must not keep another waiting. Anybody can make a board, so no key is needed for this.

use samtavle_shared::{
    board::{Made, NewNote, NoteKind},
    geometry::BoardPoint,
    ids::NoteId,
    session::{Command, Showing},
    wire::Role,
};
use samtavle_tests::{honest::Honest, people::Person, server::Server};
use std::time::{Duration, Instant};

/// Puts many long notes on a board, each of other words.
async fn fills_with_long_notes(person: &Person, notes: usize, letters: usize) {
    for note in 0..notes {
        let mut text = String::new();
        let mut word = note as u64;
        while text.len() < letters {
            word = word
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(&[&*format!("{:x}", word >> 20), " "].concat());
        }
        let id = NoteId::from_random(rand::random());
        let new = NewNote::new(id, NoteKind::Problem, BoardPoint::new(0.0, 0.0), &text, 0.0);
        person.state().board.change(Made::Here).add_note(new);
        person.sends_changes().await;
    }
    person.is_saved().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_reads_all_notes_stalls_no_other_board() {
    let server = Server::start().await;
    let (theirs, other) = (server.board("Nattbuss").await, server.board("Eget").await);
    let eva = other.join("Eva").await;
    fills_with_long_notes(&eva, 200, 8_000).await;
    let honest = Honest::at(&[&theirs]).await;
    let measured = honest
        .beside(async {
            let began = Instant::now();
            while began.elapsed() < Duration::from_secs(4) {
                // Whether it is answered with a thought or with "not so often" is the same here.
                let _ = eva.commands(Command::DisturbMe { by_card: false }).await;
                eva.writes("anew").await;
            }
        })
        .await;
    measured.says("disturb-me");
    measured.stays_quick(0);
}

/// Anybody can make boards, and people on them: what costs much is counted for their network, on all of them.
#[tokio::test(flavor = "multi_thread")]
async fn who_makes_many_boards_asks_for_no_more_than_their_network_has_and_who_leads_goes_on() {
    const OF_A_NETWORK: usize = 600;
    let server = Server::start().await;
    let mut asked = tokio::task::JoinSet::new();
    let mut boards = Vec::new();
    for _ in 0..10 {
        let board = server.board("Nattbuss").await;
        let kari = board.join("Kari").await;
        kari.writes("Bussen kommer ikke").await;
        kari.is_saved().await;
        for _ in 0..7 {
            let board = board.clone();
            asked.spawn(async move {
                let eva = board.join("Eva").await;
                let mut had = 0;
                while let Ok(()) = eva.commands(Command::DisturbMe { by_card: false }).await {
                    had += 1;
                }
                had
            });
        }
        boards.push(board);
    }
    let had: usize = asked.join_all().await.into_iter().sum();
    assert!((500..=OF_A_NETWORK + 60).contains(&had), "{had}");
    for board in &boards {
        let lead = board.join_as("Liv", Role::Facilitator).await;
        for showing in [Showing::Named, Showing::Voices] {
            lead.does(Command::Show { showing }).await;
        }
    }
}
