//! Work: what one board asks for must not keep another waiting. Anybody can make a board, so no key is needed for this.

use samtavle_shared::{
    board::{Made, NewNote, NoteKind},
    geometry::BoardPoint,
    ids::NoteId,
    session::Command,
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
