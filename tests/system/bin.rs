//! Notes that somebody took off the board: their writers are told and bring them back, facilitators have a bin. And what
//! only some may do on a board is put right, by whatever client it came.

use samtavle_shared::{
    board::{Made, TextEdit},
    ids::NoteId,
    session::{Command, MayDelete, MayRename, Refusal, Rights, Showing, ThrownView},
    wire::{RefusalCode, Role},
};
use samtavle_tests::{
    people::{Person, Way},
    server::Server,
    table::Table,
};
use yrs::{Map as _, Transact as _};

async fn leads(board: &Table, showing: Showing) -> Person {
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let done = liv.commands(Command::Show { showing }).await;
    assert!(matches!(done, Ok(()) | Err(Refusal::Already)), "{done:?}");
    liv
}

async fn writes(board: &Table, name: &str, words: &[&str]) -> (Person, Vec<NoteId>) {
    let person = board.join(name).await;
    person.introduces_as(&[]).await;
    let mut notes = Vec::new();
    for word in words {
        notes.push(person.writes(word).await);
    }
    person.is_saved().await;
    (person, notes)
}

/// The bin of who leads, once it has so many notes.
async fn bin_of(lead: &Person, count: usize) -> Vec<ThrownView> {
    lead.until(&format!("{count} notes in the bin"), |state| {
        state.lead.thrown.len() == count
    })
    .await;
    lead.state().lead.thrown.clone()
}

async fn is_told(writer: &Person, count: usize) -> Vec<ThrownView> {
    writer
        .until(&format!("told of {count} notes"), |state| {
            state.own.thrown.len() == count
        })
        .await;
    writer.state().own.thrown.clone()
}

fn back(notes: &[&NoteId]) -> Command {
    Command::BringBack {
        notes: notes.iter().map(|note| (*note).clone()).collect(),
    }
}

#[tokio::test]
async fn whose_note_another_deleted_is_told_and_brings_it_back() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = leads(&board, Showing::Named).await;
    let (ola, notes) = writes(&board, "Ola", &["a", "b"]).await;
    let (kari, own) = writes(&board, "Kari", &["c"]).await;
    kari.deletes(&notes[0]).await;
    kari.deletes(&own[0]).await;
    let told = is_told(&ola, 1).await;
    assert_eq!((&told[0].note, &*told[0].name), (&notes[0], "Kari"));
    bin_of(&liv, 2).await;
    assert!(kari.state().own.thrown.is_empty(), "she knows what she did");
    kari.may_not(back(&[&notes[0]]), Refusal::NotYours).await;
    ola.does(back(&[&notes[0]])).await;
    for person in [&ola, &kari, &liv] {
        person.sees_only(&["a", "b"]).await;
    }
    is_told(&ola, 0).await;
    let left = bin_of(&liv, 1).await;
    assert_eq!(left[0].note, own[0]);
}

#[tokio::test]
async fn who_leads_brings_back_one_some_or_all_also_after_the_server_started_again() {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = leads(&board, Showing::Named).await;
    let (ola, notes) = writes(&board, "Ola", &["a", "b", "c", "d"]).await;
    for note in &notes {
        ola.deletes(note).await;
    }
    let thrown = bin_of(&liv, 4).await;
    assert!(thrown.iter().all(|one| one.name == "Ola" && one.at > 0));
    server.kill().await;
    server.start_again().await;
    liv.comes_back().await;
    bin_of(&liv, 4).await;
    liv.does(back(&[&notes[1]])).await;
    liv.sees_only(&["b"]).await;
    bin_of(&liv, 3).await;
    liv.does(back(&[&notes[0], &notes[2], &notes[3]])).await;
    liv.sees_only(&["a", "b", "c", "d"]).await;
    bin_of(&liv, 0).await;
    liv.may_not(back(&[&notes[0]]), Refusal::TooLate).await;
}

#[tokio::test]
async fn an_anonymous_board_names_nobody_and_what_another_client_removes_is_in_the_bin_too() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = leads(&board, Showing::Anonymous).await;
    let (ola, notes) = writes(&board, "Ola", &["a", "b"]).await;
    let kari = board.join("Kari").await;
    kari.introduces_as(&[]).await;
    kari.deletes(&notes[0]).await;
    let stranger = board.join_by(Way::Standard, "Per").await;
    stranger.sees_only(&["b"]).await;
    {
        let state = stranger.state();
        let root = state.board.doc().get_or_insert_map("notes");
        let mut txn = state.board.doc().transact_mut_with("here");
        root.remove(&mut txn, notes[1].as_str());
    }
    stranger.sends_changes().await;
    let thrown = bin_of(&liv, 2).await;
    assert!(thrown.iter().all(|one| (&*one.name, one.number) == ("", 0)));
    let words: Vec<_> = thrown.iter().map(|one| one.words.as_deref()).collect();
    assert_eq!(words, [None, Some("b")], "what the document lacks is told");
    is_told(&ola, 2).await;
    liv.does(back(&[&notes[0], &notes[1]])).await;
    ola.sees_only(&["a", "b"]).await;
}

#[tokio::test]
async fn where_notes_tell_no_name_the_bin_does_not_tell_who_took_their_own_off() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = leads(&board, Showing::Voices).await;
    let (ola, notes) = writes(&board, "Ola", &["a"]).await;
    let (_kari, own) = writes(&board, "Kari", &["b"]).await;
    ola.deletes(&notes[0]).await;
    ola.deletes(&own[0]).await;
    let thrown = bin_of(&liv, 2).await;
    let name = |note: &NoteId| {
        let one = thrown.iter().find(|one| one.note == *note);
        one.map(|one| one.name.clone()).unwrap_or_default()
    };
    assert_eq!((&*name(&notes[0]), &*name(&own[0])), ("", "Ola"));
}

async fn only_some(board: &Table) -> Person {
    let liv = leads(board, Showing::Named).await;
    let rights = Rights {
        delete: MayDelete::Writers,
        rename: MayRename::Facilitators,
    };
    liv.does(Command::SetRights { rights }).await;
    liv
}

async fn deletes_what_is_not_theirs(way: Way) {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = only_some(&board).await;
    let (ola, notes) = writes(&board, "Ola", &["a", "b"]).await;
    let kari = board.join_by(way, "Kari").await;
    kari.sees_only(&["a", "b"]).await;
    let own = kari.writes("c").await;
    // Who has seen it come can tell that both deletions have come to them, too.
    for person in [&ola, &liv] {
        person.sees_only(&["a", "b", "c"]).await;
    }
    kari.deletes(&notes[0]).await;
    // It comes back on her own screen, too; her own note goes.
    kari.deletes(&own).await;
    for person in [&kari, &ola, &liv] {
        person.sees_only(&["a", "b"]).await;
    }
    if way != Way::Standard {
        kari.until("she is told", |state| {
            let mut refused = state.refused.iter();
            refused.any(|(code, _)| *code == RefusalCode::PutBack)
        })
        .await;
        let thrown = bin_of(&liv, 1).await;
        assert_eq!(thrown[0].note, own);
    }
    // Who wrote it may, and who leads may.
    ola.deletes(&notes[0]).await;
    liv.deletes(&notes[1]).await;
    kari.sees_only(&[]).await;
}

#[tokio::test]
async fn where_only_writers_delete_another_s_note_comes_back() {
    deletes_what_is_not_theirs(Way::Socket).await;
}

#[tokio::test]
async fn also_by_http_and_by_a_standard_client() {
    deletes_what_is_not_theirs(Way::Http).await;
    deletes_what_is_not_theirs(Way::Standard).await;
}

#[tokio::test]
async fn where_only_writers_delete_nobody_takes_another_s_note_out_of_the_document() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = only_some(&board).await;
    let (_ola, notes) = writes(&board, "Ola", &["a"]).await;
    for way in [Way::Socket, Way::Standard] {
        let kari = board.join_by(way, "Kari").await;
        kari.sees_only(&["a"]).await;
        {
            let state = kari.state();
            let root = state.board.doc().get_or_insert_map("notes");
            let mut txn = state.board.doc().transact_mut_with("here");
            root.remove(&mut txn, notes[0].as_str());
        }
        kari.sends_changes().await;
        kari.sees_only(&["a"]).await;
        liv.sees_only(&["a"]).await;
    }
}

fn renames(person: &Person, to: &str) {
    let state = person.state();
    let edit = TextEdit::between(&state.board.view().title(), to, None);
    state.board.change(Made::Here).write_board_title(&edit);
}

async fn is_called(person: &Person, title: &str) {
    person
        .until(&format!("it is called «{title}»"), |state| {
            state.board.view().title() == title
        })
        .await;
}

#[tokio::test]
async fn where_only_facilitators_rename_the_board_its_title_comes_back() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = only_some(&board).await;
    renames(&liv, "Trygt hjem");
    liv.sends_changes().await;
    for way in [Way::Socket, Way::Http, Way::Standard] {
        let kari = board.join_by(way, "Kari").await;
        is_called(&kari, "Trygt hjem").await;
        renames(&kari, "Noe annet");
        kari.sends_changes().await;
        is_called(&kari, "Trygt hjem").await;
        is_called(&liv, "Trygt hjem").await;
    }
    let rights = Rights::default();
    liv.does(Command::SetRights { rights }).await;
    let ola = board.join("Ola").await;
    is_called(&ola, "Trygt hjem").await;
    renames(&ola, "Veien hjem");
    ola.sends_changes().await;
    is_called(&liv, "Veien hjem").await;
    ola.may_not(Command::SetRights { rights }, Refusal::NotYours)
        .await;
}
