//! Speaking as others: their voice, their name; taking away what only the board says; and past a lock.

use samtavle_shared::{
    board::{Made, NewNote, NoteKind},
    geometry::BoardPoint,
    ids::{ClusterId, NoteId, VoiceId},
    session::{Command, LocalizedText, Locks, Refusal, Showing, Voice},
    wire::Role,
};
use samtavle_tests::{
    people::{Person, Table},
    server::Server,
};
use yrs::{
    Doc, Map as _, Out, ReadTxn as _, StateVector, Transact as _, Update, WriteTxn as _,
    updates::decoder::Decode as _,
};

async fn hall(server: &Server) -> (Table, Person) {
    let board = server.board("Ungdom og buss").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    let voice = |id: &str| Voice {
        id: VoiceId::from(id),
        name: LocalizedText::own(id),
        is_last: false,
    };
    let voices = vec![voice("youth"), voice("driver")];
    lead.does(Command::SetVoices { voices }).await;
    lead.does(Command::Show {
        showing: Showing::Named,
    })
    .await;
    (board, lead)
}

/// What somebody with any program makes of the board under their own client id: an update.
pub(crate) fn edits(person: &Person, edit: impl FnOnce(&mut yrs::TransactionMut<'_>)) -> Vec<u8> {
    let whole = person.state().board.whole();
    let doc = Doc::with_client_id(person.client);
    doc.transact_mut()
        .apply_update(Update::decode_v1(&whole).unwrap())
        .unwrap();
    let before = doc.transact().state_vector();
    {
        let mut txn = doc.transact_mut();
        edit(&mut txn);
    }
    // All deletions are in it, too.
    let update = doc.transact().encode_diff_v1(&before);
    person
        .state()
        .board
        .apply(&update, Made::Elsewhere)
        .unwrap();
    update
}

fn set(person: &Person, note: &NoteId, field: &str, value: &str) -> Vec<u8> {
    edits(person, |txn| {
        let notes = txn.get_or_insert_map("notes");
        let Some(Out::YMap(map)) = notes.get(txn, note.as_str()) else {
            panic!("the note is there");
        };
        map.insert(txn, field, value);
    })
}

fn remove(person: &Person, note: &NoteId, field: &str) -> Vec<u8> {
    edits(person, |txn| {
        let notes = txn.get_or_insert_map("notes");
        let Some(Out::YMap(map)) = notes.get(txn, note.as_str()) else {
            panic!("the note is there");
        };
        map.remove(txn, field);
    })
}

/// Sends it, and then a note, so that it is known to have been looked at.
async fn sends(person: &Person, update: &[u8], lead: &Person, mark: &str) {
    person.sends_update(update);
    lead.writes(mark).await;
    lead.is_saved().await;
    person.commands(Command::SetAside).await.unwrap();
}

fn rand_client() -> u64 {
    rand::random::<u64>() & ((1 << 53) - 1)
}

#[tokio::test]
async fn nobody_speaks_with_the_voice_or_the_name_of_another() {
    let server = Server::start().await;
    let (board, lead) = hall(&server).await;
    let kari = board.join("Kari").await;
    let troll = board.join("Troll").await;
    for one in [&kari, &troll] {
        one.introduces_as(&["youth"]).await;
    }
    let hers = kari
        .writes_as("Bussen kommer ikke", Some("youth"), Some("Kari"))
        .await;
    troll.sees("Bussen kommer ikke").await;
    let says = |note: &NoteId| {
        let note = lead.note(note).expect("it is there");
        (note.voice.map(|voice| voice.to_string()), note.by)
    };
    lead.sees("Bussen kommer ikke").await;
    let as_kari = (Some("youth".to_owned()), Some("Kari".to_owned()));
    assert_eq!(says(&hers), as_kari);

    // Another's note, by another's hand.
    for (field, value) in [("voice", "driver"), ("by", "Troll"), ("by", "Ola")] {
        let update = set(&troll, &hers, field, value);
        sends(&troll, &update, &lead, &format!("{field} {value}")).await;
        assert_ne!(says(&hers), (Some("driver".to_owned()), as_kari.1.clone()));
        let (voice, by) = says(&hers);
        assert!(voice != Some("driver".to_owned()), "{field} {value}");
        assert!(
            by != Some("Troll".to_owned()) && by != Some("Ola".to_owned()),
            "{by:?}"
        );
    }
    // A note of their own in another's name, or as a voice that the board does not have.
    let forged = troll
        .writes_as("Jeg liker ikke lederen", Some("boss"), Some("Kari"))
        .await;
    lead.sees("Jeg liker ikke lederen").await;
    assert_eq!(says(&forged), (None, None));
    let own = troll
        .writes_as("Jeg er meg", Some("driver"), Some("Troll"))
        .await;
    lead.sees("Jeg er meg").await;
    assert_eq!(
        says(&own),
        (Some("driver".to_owned()), Some("Troll".to_owned()))
    );
}

#[tokio::test]
async fn what_only_the_board_says_is_there_again_when_somebody_deletes_it() {
    let server = Server::start().await;
    let (board, lead) = hall(&server).await;
    let troll = board.join("Troll").await;
    let id = NoteId::from_random(rand::random());
    let habit = NewNote::new(
        id.clone(),
        NoteKind::Habit,
        BoardPoint::new(0.0, 0.0),
        "Møter uten slutt",
        0.0,
    );
    lead.state().board.change(Made::Here).add_note(habit);
    lead.sends_changes().await;
    lead.is_saved().await;
    lead.does(Command::BreakHabit {
        note: id.clone(),
        who: "Liv".to_owned(),
        from: "i dag".to_owned(),
    })
    .await;
    let is_broken = |person: &Person| {
        let note = person.note(&id);
        note.is_some_and(|note| note.habit.broken.is_some())
    };
    for one in [&troll, &lead] {
        one.until("the habit to be broken", |state| {
            let note = state.board.view().note(&id);
            note.is_some_and(|note| note.habit.broken.is_some())
        })
        .await;
    }
    for (update, mark) in [
        (remove(&troll, &id, "broken"), "deleted"),
        (set(&troll, &id, "broken", ""), "said otherwise"),
    ] {
        sends(&troll, &update, &lead, mark).await;
        assert!(is_broken(&lead), "{mark}");
    }
    let late = board.join("Late").await;
    assert!(is_broken(&late));
}

#[tokio::test]
async fn a_locked_cluster_is_entered_by_nobody_not_even_by_two_hands_at_once_and_nothing_is_linked_to_it()
 {
    let server = Server::start().await;
    let (board, lead) = hall(&server).await;
    let troll = board.join("Troll").await;
    let cluster = ClusterId::from_random(rand::random());
    let inside = lead.writes("Inne").await;
    {
        let state = lead.state();
        let mut change = state.board.change(Made::Here);
        change.add_cluster(&cluster, "Låst", BoardPoint::new(0.0, 0.0));
        change.join_cluster(&inside, &cluster);
    }
    lead.sends_changes().await;
    lead.is_saved().await;
    let outside = troll.writes("Ute").await;
    let other = troll.writes("Også ute").await;
    troll.is_saved().await;
    troll.sees("Inne").await;
    lead.sees("Også ute").await;
    lead.sees("Ute").await;
    lead.does(Command::Lock {
        locks: Locks {
            board: false,
            clusters: [cluster.clone()].into(),
        },
    })
    .await;

    // Two values at once under two clients: whichever the guard reads last, one of them is the lock's.
    for (first, second) in [(cluster.as_str(), ""), ("", cluster.as_str())] {
        let update = twice(&troll, &outside, first, second);
        sends(&troll, &update, &lead, &format!("joined {first}")).await;
        assert_eq!(lead.note(&outside).unwrap().cluster, None);
    }
    // A link to what is locked, by a standard client's hand and by ours.
    let link = edits(&troll, |txn| {
        let links = txn.get_or_insert_map("links");
        let map = links.insert(txn, "link-of-a-troll", yrs::MapPrelim::default());
        map.insert(txn, "from", format!("note:{outside}"));
        map.insert(txn, "to", format!("note:{inside}"));
        map.insert(txn, "kind", "answers");
    });
    sends(&troll, &link, &lead, "linked").await;
    let link_is_there = |name: &str| {
        let id = samtavle_shared::ids::LinkId::from(name);
        lead.state().board.view().link(&id).is_some()
    };
    assert!(!link_is_there("link-of-a-troll"));

    // What has nothing to do with it comes.
    let free = board.join("Kari").await;
    free.sees("Ute").await;
    let link = edits(&free, |txn| {
        let links = txn.get_or_insert_map("links");
        let map = links.insert(txn, "link-outside", yrs::MapPrelim::default());
        map.insert(txn, "from", format!("note:{outside}"));
        map.insert(txn, "to", format!("note:{other}"));
        map.insert(txn, "kind", "answers");
    });
    free.sends_update(&link);
    lead.until("a link outside", |state| {
        let id = samtavle_shared::ids::LinkId::from("link-outside");
        state.board.view().link(&id).is_some()
    })
    .await;
}

/// An update in which a note is put in a cluster under two client ids at once.
fn twice(person: &Person, note: &NoteId, first: &str, second: &str) -> Vec<u8> {
    let whole = person.state().board.whole();
    let mut updates = Vec::new();
    for (client, cluster) in [(person.client, first), (rand_client(), second)] {
        let doc = Doc::with_client_id(client);
        doc.transact_mut()
            .apply_update(Update::decode_v1(&whole).unwrap())
            .unwrap();
        let before = doc.transact().state_vector();
        {
            let mut txn = doc.transact_mut();
            let notes = txn.get_or_insert_map("notes");
            let Some(Out::YMap(map)) = notes.get(&txn, note.as_str()) else {
                panic!("the note is there");
            };
            map.insert(&mut txn, "cluster", cluster);
        }
        updates.push(doc.transact().encode_diff_v1(&before));
    }
    let both = yrs::merge_updates_v1(updates.iter().map(Vec::as_slice)).unwrap();
    assert!(Update::decode_v1(&both).is_ok());
    let _ = StateVector::default();
    both
}

/// Somebody says another's note back; gives by which its writer judges it.
pub(crate) async fn says_back(
    lead: &Person,
    teller: &Person,
    writer: &Person,
    note: &NoteId,
    text: &str,
) -> u32 {
    lead.does(Command::StartSayBack).await;
    teller
        .until("a note to say back", |state| state.own.say_back.is_some())
        .await;
    let (given, _) = teller.state().own.say_back.clone().unwrap();
    assert_eq!(given, *note);
    let (note, text) = (given, text.to_owned());
    let for_whom = None;
    teller
        .does(Command::Restate {
            note,
            text,
            for_whom,
        })
        .await;
    writer
        .until("what is to be judged", |state| {
            !state.own.to_judge.is_empty()
        })
        .await;
    writer.state().own.to_judge[0].by
}

#[tokio::test]
async fn a_locked_board_takes_no_word_on_a_note_that_is_said_back() {
    let server = Server::start().await;
    let (board, lead) = hall(&server).await;
    let kari = board.join("Kari").await;
    let ola = board.join("Ola").await;
    let notes = [
        kari.writes("Bussen kommer ikke").await,
        ola.writes("Toget er fullt").await,
    ];
    kari.is_saved().await;
    ola.is_saved().await;
    let note = notes[0].clone();
    let by = says_back(&lead, &ola, &kari, &note, "Den kommer aldri").await;
    let lock = |board| Command::Lock {
        locks: Locks {
            board,
            ..Locks::default()
        },
    };
    lead.does(lock(true)).await;
    let judge = || Command::Judge {
        note: note.clone(),
        by,
        verdict: samtavle_shared::session::Verdict::Confirmed,
    };
    kari.may_not(judge(), Refusal::Locked).await;
    lead.does(lock(false)).await;
    kari.does(judge()).await;
}
