//! People without a device: what is typed for them counts for them, is nobody else's to see, and outlives
//! the server.

use samtavle_shared::{
    ids::{NoteId, PersonId},
    session::{Command, DraftNote, Refusal, paper_person},
    wire::Role,
};
use samtavle_tests::{
    server::Server,
    session::{Ear, draft},
};

fn draft_for(whom: &PersonId, note: &NoteId, text: &str) -> Command {
    let Command::WriteDraft { note } = draft(note, text) else {
        unreachable!("a draft is a draft")
    };
    Command::WriteDraft {
        note: DraftNote {
            for_whom: Some(whom.clone()),
            ..note
        },
    }
}

#[tokio::test]
async fn who_has_no_device_is_one_of_all_and_only_the_scribe_sees_their_draft() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    let ola = board.join("Ola").await;
    let wall = board.join_as("wall", Role::Wall).await;
    let ear = Ear::at(&board, &board.participant).await;
    kari.introduces_as(&["youth"]).await;

    let olav = paper_person(rand::random());
    let write_for = Command::WriteFor {
        person: olav.clone(),
        name: "Olav".to_owned(),
        voices: vec!["patient".into()],
    };
    kari.does(write_for.clone()).await;
    kari.does(write_for.clone()).await; // sent again after a lost answer
    ola.may_not(write_for, Refusal::Unknown).await;
    for person in [&liv, &ola, &wall] {
        person
            .until("him, and a standard client", |state| {
                state.session.people == 5
            })
            .await;
    }
    liv.until("who writes for him", |state| {
        let people = state.lead.people.iter();
        people.filter(|one| one.scribe.is_some()).count() == 1
    })
    .await;

    liv.goes_on().await; // the first phase begins in silence
    let secret = "heisen har stått i tre uker";
    let note = NoteId::from_random(rand::random());
    ola.may_not(
        draft_for(&olav, &note, "as if he said it"),
        Refusal::Unknown,
    )
    .await;
    kari.does(draft_for(&olav, &note, secret)).await;
    let page = kari.opens_another_page().await;
    page.until("his draft", |state| {
        let drafts = &state.own.drafts;
        drafts.len() == 1 && drafts[0].for_whom.as_ref() == Some(&olav)
    })
    .await;

    server.kill().await;
    server.start_again().await;
    for person in [&liv, &kari, &ola, &wall] {
        person.comes_back().await;
    }
    kari.until("him and his draft", |state| {
        state.own.paper.len() == 1 && state.own.drafts.len() == 1
    })
    .await;
    for person in [&liv, &ola, &wall] {
        assert!(!person.has_heard(secret), "{} heard it", person.name);
    }
    assert!(!ear.has_heard(secret));

    liv.goes_on().await;
    ola.until("his note, with his voice", |state| {
        let note = state.board.view().note(&note);
        note.is_some_and(|note| note.voice == Some("patient".into()))
    })
    .await;
    for person in [&ola, &wall] {
        assert!(!person.has_heard(olav.as_str()), "who it was stays here");
    }

    // Who is sent away takes those along for whom they wrote.
    let person = kari.person().await;
    liv.does(Command::Remove { person }).await;
    ola.until("his note is gone", |state| {
        state.board.view().note(&note).is_none()
    })
    .await;
    ola.until("two have gone", |state| state.session.people == 2)
        .await;
}

#[tokio::test]
async fn a_scribe_hands_over_and_both_see_at_once_whose_it_is() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    let ola = board.join("Ola").await;
    let olav = paper_person(rand::random());
    let write_for = Command::WriteFor {
        person: olav.clone(),
        name: "Olav".to_owned(),
        voices: Vec::new(),
    };
    kari.does(write_for).await;
    liv.goes_on().await; // the first phase begins in silence
    let secret = "heisen har stått i tre uker";
    let note = NoteId::from_random(rand::random());
    kari.does(draft_for(&olav, &note, secret)).await;

    ola.until("her number", |state| state.own.number != 0).await;
    let to = Some(ola.state().own.number);
    let pass_on = |to| Command::PassOn {
        person: olav.clone(),
        to,
    };
    ola.may_not(pass_on(to), Refusal::Unknown).await;
    kari.does(pass_on(to)).await;
    kari.until("nobody, and no draft", |state| {
        state.own.paper.is_empty() && state.own.drafts.is_empty()
    })
    .await;
    ola.until("him and his draft", |state| {
        state.own.paper.len() == 1 && state.own.drafts.len() == 1
    })
    .await;
    assert!(!liv.has_heard(secret));

    // Who leads lets another write, also while the former is here.
    let change = Command::ChangeScribe {
        person: olav.clone(),
        scribe: kari.person().await,
    };
    ola.may_not(change.clone(), Refusal::NotYours).await;
    liv.does(change).await;
    ola.until("nobody", |state| state.own.paper.is_empty())
        .await;
    kari.until("him", |state| state.own.paper.len() == 1).await;
}
