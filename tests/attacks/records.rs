//! What the database keeps: of what is said again and again the last, and of a board that becomes anonymous no name, in
//! no byte of any file.

use crate::authorship::edits;
use samtavle_shared::{
    board::{NewNote, NoteKind, ThingId},
    geometry::BoardPoint,
    ids::NoteId,
    session::{Command, DraftNote, Showing},
    wire::Role,
};
use samtavle_tests::{
    people::Person,
    server::{Server, run},
    session::holds,
};
use std::{path::Path, time::Duration};
use tokio::time::{sleep, timeout};
use yrs::{Map as _, Out, WriteTxn as _};

/// The files of a data folder in which these bytes stand, wherever in them.
pub(crate) fn files_that_tell(folder: &Path, word: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let tells = |file: &std::path::PathBuf| {
        file.is_file() && holds(&std::fs::read(file).unwrap_or_default(), word)
    };
    let name = |file: std::path::PathBuf| file.display().to_string();
    files.filter(tells).map(name).collect()
}

/// Until a file says so: the server puts its records in order beside its other work.
async fn until<T: std::fmt::Debug>(what: &str, look: impl Fn() -> T, is_so: impl Fn(&T) -> bool) {
    let waited = timeout(Duration::from_secs(30), async {
        while !is_so(&look()) {
            sleep(Duration::from_millis(50)).await;
        }
    });
    assert!(waited.await.is_ok(), "{what}: {:?}", look());
}

async fn is_sound(server: &Server) {
    let verified = run(&["verify", "--data", server.folder().to_str().unwrap()]).await;
    let said = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert!(verified.status.success(), "{said}");
}

fn draft(note: &NoteId, text: String) -> Command {
    Command::WriteDraft {
        note: DraftNote {
            note: note.clone(),
            kind: "problem".to_owned(),
            text,
            voice: None,
            for_whom: None,
            lived: false,
            born: None,
            photo: None,
            who: None,
            when: None,
        },
    }
}

/// How many records of the session there are, and how many bytes.
fn session_records(server: &Server) -> (u64, u64) {
    let log = rusqlite::Connection::open(server.database()).unwrap();
    let of_session = "SELECT count(*), total(length(bytes)) FROM records WHERE kind = 2";
    let counted = log.query_row(of_session, [], |row| {
        Ok((row.get::<_, u32>(0)?, row.get::<_, f64>(1)?))
    });
    let (count, bytes) = counted.unwrap();
    (u64::from(count), bytes as u64)
}

#[tokio::test]
async fn what_is_said_thousands_of_times_is_kept_once() {
    const TIMES: usize = 450;
    let mut server = Server::start_with(&["--checkpoint-every", "100"]).await;
    let board = server.board("Nattbuss").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    lead.does(Command::StartSilence).await;
    let mut trolls = Vec::new();
    for one in 0..3 {
        trolls.push(board.join(&format!("Troll {one}")).await);
    }
    let own = NoteId::from_random(rand::random());
    for time in 1..=TIMES {
        for (place, troll) in trolls.iter().enumerate() {
            let name = format!("Troll {time}");
            let voices = Vec::new();
            troll.asks(Command::Introduce { name, voices });
            let note = NoteId::from(&*format!("{own}{place}"));
            troll.asks(draft(&note, format!("{} {time}", "Bussen ".repeat(40))));
        }
        if time % 50 == 0 {
            for troll in &trolls {
                // Answered behind all that came before it.
                let _ = troll.commands(Command::SetAside).await;
            }
        }
    }
    // Up to the last checkpoint they are put together; behind it there are less than a hundred.
    let count = || session_records(&server);
    until("few records", count, |(count, _)| *count < 130).await;

    for _ in 0..2 {
        server.stop().await;
        is_sound(&server).await;
        let (count, bytes) = session_records(&server);
        assert!(
            count < 130 && bytes < 100_000,
            "{count} records, {bytes} bytes"
        );
        server.start_again().await;
        lead.comes_back().await;
        lead.until("the last names", |state| {
            let people = state.lead.people.iter();
            let last = format!("Troll {TIMES}");
            people.filter(|person| person.name == last).count() == trolls.len()
        })
        .await;
        let drafts = lead.state().session.drafts as usize;
        assert_eq!(drafts, trolls.len());
    }
    lead.does(Command::Reveal).await;
    lead.until("the last words of each draft", |state| {
        let texts = state.texts();
        texts.len() == trolls.len() && texts.iter().all(|text| text.ends_with(&TIMES.to_string()))
    })
    .await;
}

const NAMES: [&str; 3] = [
    "Kari Nordmann Moe",
    "Ola Nordmann Dahl",
    "Siri Nordmann Aas",
];

/// A note with its writer's name.
async fn signs(person: &Person, text: &str) -> NoteId {
    let id = NoteId::from_random(rand::random());
    let at = BoardPoint::default();
    let note = NewNote::new(id.clone(), NoteKind::Problem, at, text.to_owned(), 5.0)
        .by_name(Some(person.name.clone()));
    person.posts(note).await;
    id
}

#[tokio::test]
async fn names_of_a_board_that_becomes_anonymous_are_in_no_byte_of_its_files() {
    let mut server = Server::start_with(&["--checkpoint-every", "10"]).await;
    let board = server.board("Nattbuss").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    let named = Showing::Named;
    lead.does(Command::Show { showing: named }).await;
    let mut people = Vec::new();
    for name in NAMES {
        let person = board.join(name).await;
        // Said twice: the first is in a record that is left out.
        for name in [format!("{name} Fornavn"), name.to_owned()] {
            let voices = Vec::new();
            person.does(Command::Introduce { name, voices }).await;
        }
        people.push(person);
    }
    let mut notes = Vec::new();
    for (person, number) in people.iter().zip(1..) {
        for more in 0..5 {
            notes.push(signs(person, &format!("Bussen {number}{more}")).await);
        }
        // A field that nobody knows, on a note of theirs.
        let id = notes[notes.len() - 1].clone();
        let update = edits(person, |txn| {
            let root = txn.get_or_insert_map("notes");
            let Some(Out::YMap(map)) = root.get(txn, id.as_str()) else {
                panic!("it is there");
            };
            map.insert(txn, "signed", format!("{} Ukjent", person.name));
        });
        person.sends_update(&update);
        person.is_saved().await;
    }
    // One that is hidden, and one that is in the bin.
    let (hidden, thrown) = (notes[0].clone(), notes[5].clone());
    lead.until("all notes", |state| state.texts().len() == notes.len())
        .await;
    lead.does(Command::Hide { note: hidden }).await;
    people[1]
        .writes_apart(&thrown, |change| {
            change.take_off(&ThingId::Note(thrown.clone()), 7.0);
        })
        .await;
    people[1].is_saved().await;
    for name in NAMES {
        assert!(
            !files_that_tell(server.folder(), name).is_empty(),
            "the search finds it"
        );
    }

    let showing = Showing::Anonymous;
    lead.does(Command::Show { showing }).await;
    let folder = server.folder().to_owned();
    let telling = || -> Vec<String> {
        let files = NAMES.iter();
        files
            .flat_map(|name| files_that_tell(&folder, name))
            .collect()
    };
    until("no name in any file", telling, Vec::is_empty).await;

    for _ in 0..2 {
        server.stop().await;
        is_sound(&server).await;
        server.start_again().await;
        for name in NAMES {
            assert_eq!(files_that_tell(&folder, name), Vec::<String>::new());
        }
        lead.comes_back().await;
        lead.until("all that is shown", |state| {
            state
                .texts()
                .iter()
                .filter(|text| text.starts_with("Bussen"))
                .count()
                == notes.len() - 2
        })
        .await;
    }
    // What was written before is still known to be theirs.
    let person = people[2].person().await;
    people[2].comes_back().await;
    lead.does(Command::Remove { person }).await;
    lead.until("what she wrote is gone", |state| {
        state
            .texts()
            .iter()
            .all(|text| !text.starts_with("Bussen 3"))
    })
    .await;
    let others = lead.state().texts();
    let others = others.iter().filter(|text| text.starts_with("Bussen"));
    assert_eq!(others.count(), notes.len() - 2 - 5);
}
