//! What "done" means in a session: whatever happens to the server, it is there afterwards.

use samtavle_shared::{
    ids::NoteId,
    session::{Command, Refusal},
    wire::Role,
};
use samtavle_tests::{people::Person, server::Server, session::draft};
use std::time::Duration;

/// Most drafts that one person writes in a round: a person may have 200 in all.
const MOST: usize = 40;

/// Writes drafts, without waiting for the answers, until the server is killed; gives those that were said
/// to be done.
async fn drafts_until_the_end(person: &Person, round: usize) -> Vec<String> {
    let mut asked = Vec::new();
    while person.state().closed.is_none() {
        if asked.len() < MOST {
            let text = format!("{} {round}.{}", person.name, asked.len());
            let note = NoteId::from_random(rand::random());
            asked.push((person.asks(draft(&note, &text)), text));
        }
        tokio::time::sleep(Duration::from_millis(2)).await; // writing, not waiting
    }
    let answers: Vec<(u32, Option<Refusal>)> = person.state().answers.clone();
    let is_done = |id: u32| answers.contains(&(id, None));
    (asked.into_iter())
        .filter(|(id, _)| is_done(*id))
        .map(|(_, text)| text)
        .collect()
}

#[tokio::test]
async fn killed_in_the_middle_of_silent_writing_no_draft_that_was_done_is_lost() {
    let mut server = Server::start_with(&["--checkpoint-every", "30"]).await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let people = [
        board.join("Kari").await,
        board.join("Ola").await,
        board.join("Per").await,
    ];
    liv.goes_on().await;
    let mut done: Vec<Vec<String>> = vec![Vec::new(); people.len()];

    for round in 0..4 {
        let pause = Duration::from_millis(rand::random_range(20..200));
        let kill = async {
            tokio::time::sleep(pause).await; // the moment of the kill is the random choice
            server.kill().await;
        };
        let [kari, ola, per] = &people;
        let (of_kari, of_ola, of_per, ()) = tokio::join!(
            drafts_until_the_end(kari, round),
            drafts_until_the_end(ola, round),
            drafts_until_the_end(per, round),
            kill
        );
        for (all, new) in done.iter_mut().zip([of_kari, of_ola, of_per]) {
            all.extend(new);
        }
        server.start_again().await;
        for (person, done) in people.iter().zip(&done) {
            person.comes_back().await;
            person
                .until("all drafts that were done", |state| {
                    let texts: Vec<&str> = (state.own.drafts.iter())
                        .map(|draft| draft.text.as_str())
                        .collect();
                    done.iter().all(|text| texts.contains(&text.as_str()))
                })
                .await;
        }
    }
    let all: Vec<String> = done.into_iter().flatten().collect();
    assert!(all.len() > 20, "only {} drafts were done", all.len());
    liv.comes_back().await;
    liv.does(Command::Reveal).await;
    liv.until("all of them on the board", |state| {
        let texts = state.texts();
        all.iter().all(|text| texts.contains(text))
    })
    .await;
}

#[tokio::test]
async fn notes_of_a_reveal_lie_beside_each_other_and_are_there_once_after_a_kill() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    liv.goes_on().await;
    for number in 0..40 {
        kari.drafts(&format!(
            "note {number} {}",
            "and more words ".repeat(number % 7)
        ))
        .await;
    }
    // Killed at the reveal: it is done, or it is not, and then it is done again.
    let step = liv.state().session.next;
    let from = liv.state().session.stage.phase();
    liv.asks(Command::Next { from, step });
    server.kill().await;
    server.start_again().await;
    liv.comes_back().await;
    liv.until("how it stands", |state| state.session.stage.phase() == from)
        .await;
    if liv.state().session.drafts > 0 {
        liv.does(Command::Reveal).await;
    }
    liv.until("forty notes", |state| state.texts().len() == 40)
        .await;
    let notes = liv.state().board.view().notes();
    let rects: Vec<_> = (notes.iter())
        .map(|note| {
            let size = samtavle_shared::layout::note_size(&note.text);
            samtavle_shared::geometry::BoardRect::at(note.pos, size)
        })
        .collect();
    for (place, rect) in rects.iter().enumerate() {
        let others = &rects[..place];
        assert!(
            !others.iter().any(|other| other.overlaps(*rect)),
            "{rect:?}"
        );
    }
}
