//! A disk that lost what was written, or an older backup in its place: nobody is locked out, what people
//! wrote comes back with them, all see the same, and nobody is taken for the writer of what they hand over.

use samtavle_shared::{
    board::{Made, NewNote, NoteKind},
    geometry::BoardPoint,
    ids::NoteId,
    session::Command,
    wire::Role,
};
use samtavle_tests::{
    people::{Person, all_see_the_same},
    server::Server,
};

async fn posts_a_habit(person: &Person, text: &str) -> NoteId {
    let id = NoteId::from_random(rand::random());
    let note = NewNote::new(
        id.clone(),
        NoteKind::Habit,
        BoardPoint::default(),
        text,
        0.0,
    );
    person.state().board.change(Made::Here).add_note(note);
    person.sends_changes().await;
    id
}

fn breaks(habit: &NoteId, who: &str) -> Command {
    Command::BreakHabit {
        note: habit.clone(),
        who: who.to_owned(),
        from: "mandag".to_owned(),
    }
}

/// Who stops, as this person sees it.
async fn sees_broken(person: &Person, habit: &NoteId, who: Option<&str>) {
    person
        .until(&format!("the habit broken by {who:?}"), |state| {
            let note = state.board.view().note(habit);
            let broken = note.and_then(|note| note.habit.broken);
            broken.map(|broken| broken.who).as_deref() == who
        })
        .await;
}

#[tokio::test]
async fn what_the_board_said_and_has_forgotten_locks_nobody_out() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    let habit = posts_a_habit(&kari, "Vi skriver referat").await;
    let other = posts_a_habit(&kari, "Vi møtes hver mandag").await;
    kari.is_saved().await;
    liv.does(breaks(&other, "Liv")).await;

    let copy = server.is_copied().await;
    liv.comes_back().await;
    kari.comes_back().await;
    liv.does(breaks(&habit, "Alle")).await;
    liv.does(breaks(&other, "Alle")).await;
    sees_broken(&kari, &habit, Some("Alle")).await;
    sees_broken(&kari, &other, Some("Alle")).await;
    let later = kari.writes("skrevet etterpå").await;
    kari.adds_to(&habit, ", alltid").await;
    kari.is_saved().await;

    server.is_set_back_to(&copy).await;
    for person in [&kari, &liv] {
        person.comes_back().await;
        person.is_saved().await;
        assert_eq!(person.state().closed, None);
        assert!(person.state().refused.is_empty());
    }
    let fresh = board.join("Fresh").await;
    for person in [&kari, &liv, &fresh] {
        sees_broken(person, &habit, None).await;
        sees_broken(person, &other, Some("Liv")).await;
        person.sees("Vi skriver referat, alltid").await;
        assert!(person.note(&later).is_some());
    }
    all_see_the_same(&[&kari, &liv, &fresh]).await;

    // It is said again, and stays said.
    liv.does(breaks(&habit, "Alle")).await;
    sees_broken(&kari, &habit, Some("Alle")).await;
    server.kill().await;
    server.start_again().await;
    let kari = kari.reloads().await;
    sees_broken(&kari, &habit, Some("Alle")).await;
    kari.is_saved().await;
    assert_eq!(kari.state().closed, None);
}

#[tokio::test]
async fn who_comes_first_after_a_lost_reveal_wrote_none_of_the_others_notes() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let (kari, ola) = (board.join("Kari").await, board.join("Ola").await);
    liv.does(Command::StartSilence).await;
    kari.drafts("av Kari").await;
    ola.drafts("av Ola").await;

    let copy = server.is_copied().await;
    for person in [&liv, &kari, &ola] {
        person.comes_back().await;
    }
    liv.does(Command::Reveal).await;
    ola.sees_only(&["av Kari", "av Ola"]).await;
    kari.sees_only(&["av Kari", "av Ola"]).await;
    let own = kari.writes("Karis eget, senere").await;
    ola.sees("Karis eget, senere").await;
    assert!(ola.note(&own).is_some());

    server.is_set_back_to(&copy).await;
    ola.comes_back().await;
    ola.is_saved().await;
    liv.comes_back().await;
    liv.sees_only(&["av Kari", "av Ola", "Karis eget, senere"])
        .await;
    let (olas, karis) = (ola.person().await, {
        kari.comes_back().await;
        kari.person().await
    });
    liv.does(Command::Remove { person: olas }).await;
    liv.sees_only(&["av Kari", "Karis eget, senere"]).await;
    liv.does(Command::Remove { person: karis }).await;
    liv.sees_only(&[]).await;
}

#[tokio::test]
async fn killed_while_the_board_says_things_of_its_own_it_lets_everybody_in_again() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    let habit = posts_a_habit(&kari, "Vi skriver referat").await;
    kari.is_saved().await;
    liv.sees("Vi skriver referat").await;
    for round in 0..12 {
        let who = format!("gruppe {round}");
        liv.asks(breaks(&habit, &who));
        let text = format!("lapp {round}");
        kari.writes(&text).await;
        if round % 2 == 0 {
            sees_broken(&kari, &habit, Some(&who)).await;
        }
        server.kill().await;
        server.start_again().await;
        for person in [&kari, &liv] {
            person.comes_back().await;
            person.is_saved().await;
            assert_eq!(person.state().closed, None, "round {round}");
            assert!(person.state().refused.is_empty(), "round {round}");
        }
        liv.sees(&text).await;
        if round % 2 == 0 {
            // What anybody has seen was on disk.
            sees_broken(&liv, &habit, Some(&who)).await;
            sees_broken(&kari, &habit, Some(&who)).await;
        }
    }
}

#[tokio::test]
async fn what_somebody_wrote_on_comes_back_by_anothers_hand_while_they_are_away() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let (kari, ola) = (board.join("Kari").await, board.join("Ola").await);
    // The client id is hers, and the backup knows it.
    let note = kari.writes("begynt").await;
    kari.is_saved().await;
    ola.sees("begynt").await;
    let copy = server.is_copied().await;
    for person in [&liv, &kari, &ola] {
        person.comes_back().await;
    }
    kari.adds_to(&note, ", og skrevet videre").await;
    kari.is_saved().await;
    ola.sees("begynt, og skrevet videre").await;
    ola.adds_to(&note, "!").await;
    ola.is_saved().await;
    // The server tells all how far it had come, with the next that it tells all.
    let known = ola.state().knows.clone();
    liv.does(Command::StartSilence).await;
    ola.until("a word of it", |state| state.knows != known)
        .await;

    kari.vanishes();
    server.is_set_back_to(&copy).await;
    ola.comes_back().await;
    ola.is_saved().await;
    assert!(ola.state().refused.is_empty());
    let fresh = board.join("Fresh").await;
    fresh.sees_only(&["begynt, og skrevet videre!"]).await;
    kari.comes_back().await;
    kari.adds_to(&note, "!").await;
    kari.is_saved().await;
    fresh.sees_only(&["begynt, og skrevet videre!!"]).await;
    all_see_the_same(&[&kari, &ola, &fresh]).await;
}
