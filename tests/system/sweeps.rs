//! Who removes or copies many notes of others at once: facilitators are told, by whatever client it was, and put it
//! right with one press. Nothing that others have done since is touched.

use samtavle_shared::{
    board::{Made, NewNote, NoteKind, TextEdit, ThingId},
    geometry::BoardPoint,
    ids::{ClusterId, NoteId},
    session::{Command, Refusal, Showing, SweepView, Swept},
    wire::Role,
};
use samtavle_tests::{
    people::{Person, Way},
    server::Server,
    table::Table,
};
use yrs::{Map as _, Transact as _};

const WORDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Two wrote three notes each, in one cluster.
async fn six_notes(board: &Table) -> Vec<NoteId> {
    let mut notes = Vec::new();
    for (name, words) in [("Ola", &WORDS[..3]), ("Per", &WORDS[3..])] {
        let person = board.join(name).await;
        for word in words {
            notes.push(person.writes_as(word, Some("youth"), Some(name)).await);
        }
        let cluster = ClusterId::from("cluster");
        {
            let state = person.state();
            let mut change = state.board.change(Made::Here);
            change.add_cluster(&cluster, "Overgangen", BoardPoint::default());
            for note in &notes {
                change.join_cluster(note, &cluster);
            }
        }
        person.sends_changes().await;
        person.is_saved().await;
    }
    notes
}

async fn shows_names(lead: &Person, names: bool) {
    let showing = if names {
        Showing::Named
    } else {
        Showing::Anonymous
    };
    lead.does(Command::Show { showing }).await;
}

/// What they are told of, once it is so.
async fn is_told(lead: &Person, did: Swept, notes: u32) -> SweepView {
    let is_it = move |one: &&SweepView| (one.did, one.notes) == (did, notes);
    lead.until(&format!("{notes} notes {did:?}"), |state| {
        state.lead.sweeps.iter().any(|one| is_it(&one))
    })
    .await;
    let state = lead.state();
    state.lead.sweeps.iter().find(is_it).unwrap().clone()
}

fn removes(person: &Person, things: &[ThingId]) {
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed();
    let at = since.expect("it is after 1970").as_millis() as f64;
    let state = person.state();
    let mut change = state.board.change(Made::Here);
    for thing in things {
        change.take_off(thing, at);
    }
}

fn clears(person: &Person, root: &str) {
    let state = person.state();
    let root = state.board.doc().get_or_insert_map(root);
    let mut txn = state.board.doc().transact_mut_with("here");
    root.clear(&mut txn);
}

fn as_things(notes: &[NoteId]) -> Vec<ThingId> {
    notes.iter().cloned().map(ThingId::Note).collect()
}

async fn removed_and_brought_back(way: Way, clears_roots: bool) {
    let mut server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    shows_names(&liv, true).await;
    let notes = six_notes(&board).await;
    let kari = board.join_by(way, "Kari").await;
    if way != Way::Standard {
        kari.introduces_as(&[]).await;
    }
    kari.sees_only(&WORDS).await;
    let before = kari.state().board.view().note(&notes[4]).unwrap();
    if clears_roots {
        // As who knows nothing of what is marked gone.
        clears(&kari, "notes");
        clears(&kari, "clusters");
    } else {
        let mut things = as_things(&notes);
        things.push(ThingId::Cluster("cluster".into()));
        removes(&kari, &things);
    }
    kari.sends_changes().await;
    liv.sees_only(&[]).await;
    let told = is_told(&liv, Swept::Removed, 6).await;
    let name = if way == Way::Standard { "" } else { "Kari" };
    assert_eq!(told.name, name);
    assert!(kari.state().lead.sweeps.is_empty());

    // Her line breaks, and the server starts again.
    server.kill().await;
    server.start_again().await;
    liv.comes_back().await;
    let told = is_told(&liv, Swept::Removed, 6).await;
    kari.comes_back().await;
    if way != Way::Standard {
        let undo = Command::UndoSweep { sweep: told.id };
        kari.may_not(undo, Refusal::NotYours).await;
    }
    liv.does(Command::UndoSweep { sweep: told.id }).await;
    liv.sees_only(&WORDS).await;
    kari.sees_only(&WORDS).await;
    let view = liv.state().board.view().note(&notes[4]).unwrap();
    assert_eq!(view, before, "with all that was in it");
    liv.until("nothing more to put right", |state| {
        state.lead.sweeps.is_empty()
    })
    .await;
    liv.may_not(Command::UndoSweep { sweep: told.id }, Refusal::TooLate)
        .await;
}

#[tokio::test]
async fn what_one_removed_of_many_is_brought_back() {
    removed_and_brought_back(Way::Socket, false).await;
}

#[tokio::test]
async fn also_what_came_by_http() {
    removed_and_brought_back(Way::Http, false).await;
}

#[tokio::test]
async fn also_what_another_client_takes_out_of_the_document() {
    removed_and_brought_back(Way::Socket, true).await;
    removed_and_brought_back(Way::Standard, true).await;
}

#[tokio::test]
async fn what_others_did_since_stays_and_an_anonymous_board_names_nobody() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let siv = board.join_as("Siv", Role::Facilitator).await;
    shows_names(&liv, false).await;
    let notes = six_notes(&board).await;
    let kari = board.join("Kari").await;
    kari.introduces_as(&[]).await;
    // One after the other, within a moment.
    for note in &notes {
        kari.deletes(note).await;
    }
    let told = is_told(&liv, Swept::Removed, 6).await;
    assert_eq!((&*told.name, told.number), ("", 0));
    is_told(&siv, Swept::Removed, 6).await;
    // Ola wants his first back, and deletes his second for good; Per brings his back and deletes it himself.
    let ola = board.join("Ola").await;
    let bring_back = |note: &NoteId| {
        ola.state()
            .board
            .change(Made::Here)
            .bring_back(&ThingId::Note(note.clone()));
    };
    for note in [&notes[0], &notes[5]] {
        bring_back(note);
    }
    let edit = TextEdit {
        at: 1,
        remove: 0,
        insert: " og mer".to_owned(),
    };
    ola.state()
        .board
        .change(Made::Here)
        .write_note(&notes[0], &edit);
    ola.sends_changes().await;
    ola.deletes(&notes[5]).await;
    let told = is_told(&liv, Swept::Removed, 4).await;
    liv.does(Command::UndoSweep { sweep: told.id }).await;
    liv.sees_only(&["a og mer", "b", "c", "d", "e"]).await;

    // Who leads is not told of what they did themselves; who leads with them is.
    removes(&liv, &as_things(&notes[..5]));
    liv.sends_changes().await;
    is_told(&siv, Swept::Removed, 5).await;
    assert!(liv.state().lead.sweeps.is_empty());
}

#[tokio::test]
async fn a_few_or_ones_own_are_nobody_elses_business() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    let notes = six_notes(&board).await;
    let kari = board.join("Kari").await;
    let mut own = Vec::new();
    for word in ["g", "h", "i", "j", "k"] {
        own.push(kari.writes(word).await);
    }
    let mut things = as_things(&own);
    things.extend(as_things(&notes[..3]));
    removes(&kari, &things);
    kari.sends_changes().await;
    liv.sees_only(&["d", "e", "f"]).await;
    // What comes of it would be told before what another does later.
    let other = board.join("Per").await;
    copies(&other, &["d", "e", "f", "d"]).await;
    is_told(&liv, Swept::Copied, 4).await;
    let removed = liv
        .state()
        .lead
        .sweeps
        .iter()
        .any(|one| one.did == Swept::Removed);
    assert!(!removed);
}

async fn copies(person: &Person, words: &[&str]) -> Vec<NoteId> {
    let mut notes = Vec::new();
    {
        let state = person.state();
        let mut change = state.board.change(Made::Here);
        for (number, word) in words.iter().enumerate() {
            let id = NoteId::from_random(rand::random());
            let at = BoardPoint::new(number as f64 * 300.0, 900.0);
            change.add_note(NewNote::new(id.clone(), NoteKind::Idea, at, *word, 0.0));
            notes.push(id);
        }
    }
    person.sends_changes().await;
    notes
}

#[tokio::test]
async fn copies_of_others_notes_are_taken_off_but_for_those_that_others_work_on() {
    let server = Server::start().await;
    let board = server.board("").await;
    let liv = board.join_as("Liv", Role::Facilitator).await;
    shows_names(&liv, true).await;
    let originals = six_notes(&board).await;
    let kari = board.join("Kari").await;
    kari.introduces_as(&[]).await;
    let mut words = WORDS.to_vec();
    words.push("eget");
    let new = copies(&kari, &words).await;
    let told = is_told(&liv, Swept::Copied, 6).await;
    assert_eq!(told.name, "Kari");
    // She moves one, Ola writes in another.
    let ola = board.join("Ola").await;
    ola.adds_to(&new[1], " og mer").await;
    let to = BoardPoint::new(5.0, 5.0);
    kari.state().board.change(Made::Here).move_note(&new[0], to);
    kari.sends_changes().await;
    let told = is_told(&liv, Swept::Copied, 5).await;
    liv.does(Command::UndoSweep { sweep: told.id }).await;
    liv.sees_only(&["a", "b", "b og mer", "c", "d", "e", "eget", "f"])
        .await;
    let state = liv.state();
    assert!(
        originals
            .iter()
            .all(|note| state.board.view().note(note).is_some())
    );
}
