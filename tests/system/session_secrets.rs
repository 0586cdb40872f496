//! What stays secret: drafts until they are revealed, ballots until they are counted and after. Every
//! byte that any socket got is kept and searched.

use samtavle_shared::{
    ids::NoteId,
    session::{Command, Refusal, Showing},
    wire::{Presence, Role, presence::User},
};
use samtavle_tests::{
    people::Person,
    server::Server,
    session::{Ear, draft},
};

#[tokio::test]
async fn no_socket_is_ever_sent_anothers_draft_before_the_reveal_and_all_are_after() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let other_lead = board.join_as("Siv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    let ola = board.join("Ola").await;
    let wall = board.join_as("wall", Role::Wall).await;
    let ear = Ear::at(&board, &board.participant).await;
    let lead_ear = Ear::at(&board, &board.facilitator).await;
    for (person, voice) in [(&kari, "youth"), (&ola, "patient")] {
        person.introduces_as(&[voice]).await;
    }
    liv.goes_on().await; // the first phase begins in silence

    let secrets = ["bussen kommer aldri åsså", "ingen svarer på ☎", "rewritten"];
    let first = kari.drafts(secrets[0]).await;
    let second = ola.drafts(secrets[1]).await;
    kari.does(draft(&first, secrets[0])).await;
    let third = kari.drafts("before it is written anew").await;
    kari.does(draft(&third, secrets[2])).await;
    let dropped = ola.drafts("nobody will ever read this").await;
    ola.does(Command::DropDraft { note: dropped }).await;
    // Others can neither read, nor take, nor throw away what is hers.
    let hers = Command::DropDraft {
        note: first.clone(),
    };
    ola.may_not(hers, Refusal::Unknown).await;
    ola.may_not(draft(&first, "taken over"), Refusal::Unknown)
        .await;

    // Another page of her own browser has them.
    let page = kari.opens_another_page().await;
    page.until("her drafts", |state| state.own.drafts.len() == 2)
        .await;
    for person in [&liv, &other_lead, &wall, &kari] {
        person
            .until("the count", |state| {
                state.session.drafts == 3 && state.session.drafters == 2
            })
            .await;
    }

    // The server is killed in the middle of the silence.
    server.kill().await;
    server.start_again().await;
    for person in [&liv, &other_lead, &kari, &ola, &wall] {
        person.comes_back().await;
    }
    let late = board.join("Late").await;
    let late_ear = Ear::at(&board, &board.wall).await;
    kari.until("her drafts", |state| state.own.drafts.len() == 2)
        .await;
    ola.until("his draft", |state| state.own.drafts.len() == 1)
        .await;
    assert!(late.state().texts().is_empty());
    late.until("the count", |state| state.session.drafts == 3)
        .await;

    let not_theirs: [(&Person, &[&str]); 6] = [
        (&liv, &secrets),
        (&other_lead, &secrets),
        (&wall, &secrets),
        (&late, &secrets),
        (&kari, &secrets[1..2]),
        (&ola, &[secrets[0], secrets[2]]),
    ];
    for (person, secrets) in not_theirs {
        for secret in secrets {
            assert!(
                !person.has_heard(secret),
                "{} was sent {secret:?}",
                person.name
            );
        }
    }
    for secret in secrets {
        assert!(
            ![&ear, &lead_ear, &late_ear]
                .iter()
                .any(|ear| ear.has_heard(secret))
        );
    }

    // Ola's phone dies; what he wrote is shown all the same.
    ola.vanishes();
    let ear = Ear::at(&board, &board.participant).await;
    liv.does(Command::Reveal).await;
    for person in [&liv, &other_lead, &kari, &late, &wall, &page] {
        if person.name == "Kari" && person.state().closed.is_some() {
            continue; // the page that the kill closed
        }
        for secret in secrets {
            person.sees(secret).await;
            assert!(person.has_heard(secret), "the search finds what is there");
        }
        person
            .until("the moment", |state| {
                state.session.reveals == 1 && state.session.revealed.len() == 3
            })
            .await;
    }
    for secret in secrets {
        ear.hears(secret).await;
        late_ear.hears(secret).await;
    }
    for note in [&first, &second, &third] {
        let note = liv.note(note).expect("it keeps its id");
        assert!(note.at > 0.0 && note.by.is_none());
    }
    for person in [&liv, &kari, &late, &wall] {
        assert!(!person.has_heard("nobody will ever read this"));
        assert!(!person.has_heard("before it is written anew") || person.name == "Kari");
    }
    // Sent again by a phone that did not hear the answer: nothing is doubled.
    kari.does(draft(&first, secrets[0])).await;
    assert_eq!(kari.state().texts().len(), 3);
}

#[tokio::test]
async fn a_draft_that_comes_after_the_reveal_is_a_note_at_once() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    liv.goes_on().await;
    kari.drafts("in time").await;
    liv.goes_on().await;
    let late = kari.drafts("written in the lift").await;
    liv.sees_only(&["in time", "written in the lift"]).await;
    assert!(liv.note(&late).is_some());
}

#[tokio::test]
async fn nobody_is_told_who_gave_which_dots_and_nothing_before_the_round_is_closed() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let wall = board.join_as("wall", Role::Wall).await;
    let ear = Ear::at(&board, &board.participant).await;
    let mut people = Vec::new();
    for number in 0..6 {
        let person = board.join(&format!("Person {number}")).await;
        let voice = if number < 5 { "youth" } else { "leader" };
        person.introduces_as(&[voice]).await;
        people.push(person);
    }
    let one = people[0].writes("the bus").await;
    let other = people[1].writes("the phone").await;
    for person in &people {
        person.until("both", |state| state.texts().len() == 2).await;
    }
    let round = liv.opens_a_round(3).await;
    for person in &people {
        person
            .until("the round", |state| state.session.round.is_some())
            .await;
    }
    let too_many = Person::vote(round, &[(&one, 3), (&other, 1)]);
    people[0].may_not(too_many, Refusal::TooMany).await;
    let nowhere = Person::vote(round, &[(&NoteId::from("nowhere"), 1)]);
    people[0].may_not(nowhere, Refusal::Unknown).await;
    for person in &people[..5] {
        person
            .does(Person::vote(round, &[(&one, 2), (&other, 1)]))
            .await;
        person
            .until("their own dots", |state| state.own.dots.len() == 2)
            .await;
    }
    people[5].does(Person::vote(round, &[(&other, 3)])).await;
    people[0].does(Person::vote(round, &[(&one, 3)])).await; // changes her mind

    for person in people.iter().chain([&liv, &wall]) {
        person
            .until("the count", |state| {
                state
                    .session
                    .round
                    .as_ref()
                    .is_some_and(|round| round.voted == 6)
            })
            .await;
        let view = person.state().session.round.clone().unwrap();
        assert!(view.is_open && view.result.is_none());
    }
    // Where a dot stands is in nobody's bytes but those of who gave it.
    let dots = format!("\"note:{one}\"");
    for person in [&liv, &wall, &people[5]] {
        assert!(!person.has_heard(&dots), "{}", person.name);
    }
    assert!(people[0].has_heard(&dots) && !ear.has_heard(&dots));

    liv.does(Command::CloseRound { round }).await;
    for person in people.iter().chain([&liv, &wall]) {
        person
            .until("the result", |state| {
                state
                    .session
                    .round
                    .as_ref()
                    .is_some_and(|round| round.result.is_some())
            })
            .await;
    }
    let view = wall.state().session.round.clone().unwrap();
    assert_eq!(view.result.unwrap().voters, 6);
    // One leader alone would show a person's ballot.
    assert!(!wall.has_heard("\"leader\":3"));
    let vote = Person::vote(round, &[(&one, 1)]);
    people[0].may_not(vote, Refusal::TooLate).await;
    liv.may_not(Command::CloseRound { round }, Refusal::TooLate)
        .await;

    // Opened again: each has their own dots back, and still nobody another's.
    let reopen = Command::ReopenRound { round };
    people[0].may_not(reopen.clone(), Refusal::NotYours).await;
    liv.does(reopen).await;
    let late = board.join("Late").await;
    for person in people.iter().chain([&liv, &wall, &late]) {
        person
            .until("that it is open again", |state| {
                let round = state.session.round.as_ref();
                round.is_some_and(|round| {
                    round.is_open
                        && round.reopened == 1
                        && round.voted == 6
                        && round.result.is_none()
                })
            })
            .await;
    }
    people[0]
        .until("their own dots", |state| !state.own.dots.is_empty())
        .await;
    assert!(late.state().own.dots.is_empty());
    late.does(Person::vote(round, &[(&one, 1)])).await;
    late.until("her own", |state| !state.own.dots.is_empty())
        .await;
    let ballot = format!("\"dots\":{{\"note:{one}\"");
    for person in [&liv, &wall, &people[5]] {
        assert!(!person.has_heard(&ballot), "{}", person.name);
    }
    assert!(late.has_heard(&ballot) && !ear.has_heard(&ballot));
    liv.does(Command::CloseRound { round }).await;
    wall.until("the result with who was late", |state| {
        let round = state.session.round.as_ref();
        let result = round.and_then(|round| round.result.as_ref());
        result.is_some_and(|result| result.voters == 7)
    })
    .await;

    // A vote once more keeps the former result.
    let again = liv.opens_a_round(1).await;
    assert_ne!(again, round);
    wall.until("both rounds", |state| {
        state
            .session
            .former_rounds
            .iter()
            .any(|former| former.id == round && former.result.is_some())
    })
    .await;
}

#[tokio::test]
async fn an_anonymous_board_has_no_author_in_its_document_also_of_hand_made_updates() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari Nordmann").await;
    kari.introduces_as(&["youth"]).await;
    let showing = Showing::Named;
    liv.does(Command::Show { showing }).await;
    kari.until("names", |state| state.session.showing == Showing::Named)
        .await;
    let named = kari
        .writes_as("by name", Some("youth"), Some("Kari Nordmann"))
        .await;
    kari.is_saved().await;
    liv.sees("by name").await;
    assert_eq!(
        liv.note(&named).unwrap().by.as_deref(),
        Some("Kari Nordmann")
    );

    let showing = Showing::Anonymous;
    liv.does(Command::Show { showing }).await;
    for person in [&liv, &kari] {
        person
            .until("no author", |state| {
                let note = state.board.view().note(&named).unwrap();
                note.by.is_none() && note.voice.is_none()
            })
            .await;
    }
    // Whoever comes now is not sent a letter of it.
    let late = board.join("Late").await;
    late.sees("by name").await;
    assert!(!late.has_heard("Kari Nordmann"));

    let ola = board.join("Ola").await;
    let forged = ola
        .writes_as("hand-made", Some("youth"), Some("Ola Nordmann"))
        .await;
    liv.sees("hand-made").await;
    for of in [&liv, &ola] {
        of.until("the words without their author", |state| {
            let note = state.board.view().note(&forged).unwrap();
            note.voice.is_none() && note.by.is_none()
        })
        .await;
    }
    assert!(!liv.has_heard("Ola Nordmann"));
    kari.points_at(1.0, 2.0).await;
    late.until("that somebody is here", |state| {
        state.others().any(|its| its.cursor.is_none())
    })
    .await;
    let shown = late.state().others().collect::<Vec<_>>();
    let is_nobody = |its: &Presence| its.user == User::default() && its.cursor.is_none();
    assert!(shown.iter().all(is_nobody), "{shown:?}");

    // A draft in silence loses its voice on the way to the board.
    liv.does(Command::StartSilence).await;
    kari.drafts("a draft").await;
    liv.does(Command::Reveal).await;
    late.sees("a draft").await;
    let notes = late.state().board.view().notes();
    assert!(
        notes
            .iter()
            .all(|note| note.by.is_none() && note.voice.is_none())
    );
    assert!(!late.has_heard("Kari Nordmann"));
}

#[tokio::test]
async fn what_was_written_away_while_the_board_became_anonymous_comes_without_its_author() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    kari.introduces_as(&["youth"]).await;
    kari.vanishes();
    let note = kari.writes_as("from the tunnel", Some("youth"), None).await;
    let showing = Showing::Anonymous;
    liv.does(Command::Show { showing }).await;

    kari.comes_back().await;
    liv.sees("from the tunnel").await;
    assert_eq!(liv.note(&note).unwrap().voice, None);
    kari.until("her own page to hear it", |state| {
        state.board.view().note(&note).unwrap().voice.is_none()
    })
    .await;
    kari.is_saved().await;
    assert!(kari.state().closed.is_none() && kari.state().refused.is_empty());
}
