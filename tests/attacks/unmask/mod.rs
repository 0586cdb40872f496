//! Who wrote what: an hour is played on each kind of board by people whose order is drawn by lot, and every byte that a
//! curious participant, the facilitator and the wall got, and the records of the log, are given to an adversary. It
//! puts together what may be one writer's by client id, clock, order, time, `born`, the size of frames and the moments
//! of presence, and does no better than chance. Where people write as other programs do, all under one id, it finds them: it can see.
//!
//! What it is not given, for it would be told (docs/privacy.md): who keeps the database has who sent each record.

mod adversary;

use crate::{authorship::edits, locks::sends_photo};
use adversary::{Adversary, Verdict};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};
use samtavle_shared::{
    board::{
        Born, Cut, CutRect, ItemId, LinkKind, Made, NewNote, Note, NoteKind, TextEdit, ThingId,
    },
    geometry::BoardPoint,
    ids::{ClusterId, LinkId, NoteId, PhotoId},
    session::{Command, DraftNote, PersonView, Showing},
    wire::{Presence, Role, presence::User},
};
use samtavle_tests::{
    people::{Person, Way},
    server::Server,
    session::holds,
    table::Table,
};
use std::{collections::BTreeMap, time::Duration};
use yrs::{Map as _, MapPrelim, Out, WriteTxn as _};

const WRITERS: [&str; 6] = [
    "Kari Moe", "Ola Dahl", "Per Lund", "Siri Aas", "Ali Haq", "Eva Berg",
];
/// Notes of each, in silence and by open hand.
const EACH: usize = 6;
/// How far from chance a finding may be, in standard deviations: one in some hundred millions by chance alone, were they all normal.
const BOUND: f64 = 6.0;

/// How people write.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hand {
    /// As our own client.
    Ours,
    /// All under one id.
    OneId,
}

/// An hour, as those who look on have it.
struct Hour {
    /// Whose each note is.
    drafted: BTreeMap<NoteId, usize>,
    written: BTreeMap<NoteId, usize>,
    server: Server,
    board: Table,
    curious: Person,
    lead: Person,
    wall: Person,
    /// A standard client, which looks on and writes some notes of its own.
    guest: Person,
    writers: Vec<Person>,
}

#[expect(clippy::too_many_lines, reason = "one hour, played in order")]
async fn play(showing: Showing, hand: Hand, seed: u64) -> Hour {
    let mut chance = StdRng::seed_from_u64(seed);
    let server = Server::start().await;
    let board = server.board("").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    if showing != Showing::Voices {
        lead.does(Command::Show { showing }).await;
    }
    let curious = board.join("Nysgjerrig").await;
    let wall = board.join_as("wall", Role::Wall).await;
    let mut guest = board.join("Gjest").await;
    guest.takes(Way::Standard);
    guest.comes_back().await;
    let mut writers = Vec::new();
    for (place, name) in WRITERS.iter().enumerate() {
        let mut person = board.join(name).await;
        if place == 0 {
            person.takes(Way::Http);
            person.comes_back().await;
        }
        let name = (*name).to_owned();
        person
            .does(Command::Introduce {
                name,
                voices: Vec::new(),
            })
            .await;
        writers.push(person);
    }

    // In silence.
    lead.does(Command::StartSilence).await;
    let has_name = |one: &PersonView| showing == Showing::Anonymous || !one.name.is_empty();
    lead.until("everybody", |state| {
        let people = state.lead.people.iter();
        people.filter(|one| has_name(one)).count() >= WRITERS.len()
            && state.lead.people.len() == WRITERS.len() + 3
    })
    .await;
    let before = lead.state().lead.clone();
    let mut drafted = BTreeMap::new();
    for writer in turns(&mut chance) {
        let note = NoteId::from_random(chance.random());
        let text = words(&mut chance);
        let born = chance
            .random_bool(0.3)
            .then(|| format!("card:{}", chance.random_range(0..4)));
        writers[writer]
            .does(Command::WriteDraft {
                note: DraftNote {
                    note: note.clone(),
                    kind: "problem".to_owned(),
                    text,
                    voice: None,
                    for_whom: None,
                    lived: false,
                    born,
                    photo: None,
                    who: None,
                    when: None,
                },
            })
            .await;
        drafted.insert(note, writer);
    }
    let all = drafted.len();
    lead.until("how many have written", |state| {
        (
            state.session.drafts as usize,
            state.session.drafters as usize,
        ) == (all, WRITERS.len())
    })
    .await;
    assert_eq!(lead.state().lead, before, "who has written shows nowhere");
    lead.does(Command::Reveal).await;
    for person in [&curious, &lead, &wall, &guest] {
        person
            .until("what was revealed", |state| state.texts().len() == all)
            .await;
    }

    // By open hand, one after the other, each with a sign of being at it.
    let mut written = BTreeMap::new();
    for writer in turns(&mut chance) {
        let person = &writers[writer];
        let id = NoteId::from_random(chance.random());
        let place = BoardPoint::new(
            chance.random_range(0.0..2_000.0),
            chance.random_range(0.0..2_000.0),
        );
        is_at_work(person, &id, place).await;
        let at = std::time::SystemTime::UNIX_EPOCH
            .elapsed()
            .unwrap()
            .as_millis();
        let born = chance
            .random_bool(0.3)
            .then(|| Born::Card(chance.random_range(0..4_u8).to_string().into()));
        // One in three was on paper first; whose turn it is has been drawn by lot.
        let cut = if written.len().is_multiple_of(3) {
            let photo = PhotoId::from_random(chance.random());
            Some(photographs(&server, &board, person, photo).await)
        } else {
            None
        };
        let note = NewNote::new(
            id.clone(),
            NoteKind::Problem,
            place,
            words(&mut chance),
            at as f64,
        )
        .born_of(born)
        .cut_from(cut);
        let more = TextEdit {
            at: 0,
            remove: 0,
            insert: "Vi ser at ".to_owned(),
        };
        match hand {
            Hand::Ours => {
                person.posts(note).await;
                person
                    .writes_apart(&id, |change| change.write_note(&id, &more))
                    .await;
            }
            Hand::OneId => {
                person.state().board.change(Made::Here).add_note(note);
                person.sends_changes().await;
            }
        }
        written.insert(id.clone(), writer);
        if written.len().is_multiple_of(9) {
            let own = guest.writes("Fra en gjest").await;
            is_at_work(&guest, &own, place).await;
        }
        curious
            .until("the note", |state| state.board.view().note(&id).is_some())
            .await;
    }
    // Some write on in their own, some in others'.
    if hand == Hand::Ours {
        let ids: Vec<NoteId> = written.keys().cloned().collect();
        for _ in 0..ids.len() {
            let person = &writers[chance.random_range(0..WRITERS.len())];
            let id = ids[chance.random_range(0..ids.len())].clone();
            person
                .until("the note", |state| state.board.view().note(&id).is_some())
                .await;
            let more = TextEdit {
                at: 0,
                remove: 0,
                insert: "Og ".to_owned(),
            };
            person
                .writes_apart(&id, |change| change.write_note(&id, &more))
                .await;
        }
    }
    for person in &writers {
        person.is_saved().await;
    }
    tokio::time::timeout(Duration::from_secs(20), async {
        let count = all + written.len() + written.len() / 9;
        for person in [&curious, &lead, &wall, &guest] {
            person
                .until("all of it", |state| state.texts().len() == count)
                .await;
        }
    })
    .await
    .unwrap();
    Hour {
        drafted,
        written,
        server,
        board,
        curious,
        lead,
        wall,
        guest,
        writers,
    }
}

/// Whose turn it is to write, drawn by lot.
fn turns(chance: &mut StdRng) -> Vec<usize> {
    let mut turns: Vec<usize> = (0..WRITERS.len() * EACH)
        .map(|turn| turn % WRITERS.len())
        .collect();
    turns.shuffle(chance);
    turns
}

fn words(chance: &mut StdRng) -> String {
    let count = chance.random_range(2..30);
    let words: Vec<String> = (0..count)
        .map(|_| format!("ord{}", chance.random_range(0..500)))
        .collect();
    words.join(" ")
}

/// Photographs a paper note, by itself, and sends it by their own device.
async fn photographs(server: &Server, board: &Table, person: &Person, photo: PhotoId) -> Cut {
    let sent = sends_photo(server, board, person, &photo).await;
    assert_eq!(sent, 204);
    let rect = CutRect::ALL;
    Cut { photo, rect }
}

async fn is_at_work(person: &Person, note: &NoteId, at: BoardPoint) {
    let presence = Presence {
        user: User {
            name: person.name.clone(),
            color: "#0a5a45".to_owned(),
        },
        cursor: Some(at),
        selection: vec![note.clone()],
        caret: Some(samtavle_shared::wire::presence::Caret {
            note: note.clone(),
            anchor: serde_json::json!({}),
            head: serde_json::json!({}),
        }),
        ..Presence::default()
    };
    person.shows(person.client, &presence.to_json()).await;
}

impl Hour {
    /// What comes of looking on: each finding, and how far it is from chance.
    async fn findings(&mut self) -> Vec<Verdict> {
        let mut all = Vec::new();
        let cut = |note: &Note| note.cut.is_some();
        let photos = self.curious.state().board.view().notes();
        assert!(photos.iter().filter(|note| cut(note)).count() >= WRITERS.len());
        for (who, person) in [
            ("a participant", &self.curious),
            ("the facilitator", &self.lead),
            ("the wall", &self.wall),
            ("a standard client", &self.guest),
        ] {
            let mut adversary = Adversary::hears(who, &person.state().frames());
            self.looks_at_photos(&mut adversary).await;
            assert!(
                adversary.sees_nobody_twice(),
                "{who}: presence and notes share an id"
            );
            all.extend(adversary.tries(&self.drafted));
            all.extend(adversary.tries(&self.written));
        }
        self.server.stop().await;
        let log = rusqlite::Connection::open(self.server.database()).unwrap();
        let mut records = log
            .prepare("SELECT bytes FROM records WHERE board = ?1 AND kind = 1 ORDER BY seq")
            .unwrap();
        let updates = records.query_map([&self.board.id], |row| row.get::<_, Vec<u8>>(0));
        let updates: Vec<Vec<u8>> = updates.unwrap().map(Result::unwrap).collect();
        let adversary = Adversary::reads("the records", &updates);
        all.extend(adversary.tries(&self.drafted));
        all.extend(adversary.tries(&self.written));
        all
    }
}

impl Hour {
    /// Whoever has a key may fetch what notes were cut from: it says nothing of who sent it.
    async fn looks_at_photos(&self, adversary: &mut Adversary) {
        let notes = self.curious.state().board.view().notes();
        let key = format!("Bearer {}", self.board.participant);
        for (note, cut) in notes
            .into_iter()
            .filter_map(|note| Some((note.id, note.cut?)))
        {
            let path = format!("/api/boards/{}/photos/{}", self.board.id, cut.photo);
            let headers = [("authorization", &*key)];
            let got = self.server.request("GET", &path, &headers, b"").await;
            assert_eq!(got.status, 200);
            for told in ["last-modified", "age", "x-device"] {
                assert_eq!(got.header(told), None);
            }
            adversary.looks_at(&note, got.body.len());
        }
    }
}

fn are_chance(findings: &[Verdict]) {
    assert!(findings.len() >= 40, "it has looked: {}", findings.len());
    for finding in findings {
        assert!(finding.far_from_chance.abs() < BOUND, "{finding:?}");
    }
}

fn seed() -> u64 {
    let seed = std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(rand::random);
    println!("SEED={seed}");
    seed
}

#[tokio::test]
async fn on_a_board_with_voices_nothing_tells_who_wrote() {
    let mut hour = play(Showing::Voices, Hand::Ours, seed()).await;
    for person in [&hour.curious, &hour.lead, &hour.wall, &hour.guest] {
        for told in adversary::presence_in(&person.state().frames()) {
            let is_at_work = told.caret.is_some() || told.drag.is_some();
            assert!(!is_at_work || told.user == User::default(), "{told:?}");
            assert!(
                told.cursor.is_none() && told.selection.is_empty(),
                "{told:?}"
            );
        }
    }
    are_chance(&hour.findings().await);
}

#[tokio::test]
async fn on_an_anonymous_board_nothing_tells_who_wrote_and_no_name_is_heard() {
    let mut hour = play(Showing::Anonymous, Hand::Ours, seed()).await;
    let everybody = [&hour.curious, &hour.lead, &hour.wall, &hour.guest];
    for person in everybody.into_iter().chain(&hour.writers) {
        for name in WRITERS {
            assert!(!person.has_heard(name), "{} heard of {name}", person.name);
        }
    }
    are_chance(&hour.findings().await);
    for name in WRITERS {
        let told = crate::records::files_that_tell(hour.server.folder(), name);
        assert_eq!(told, Vec::<String>::new(), "{name} is not even kept");
    }
}

/// Names stand on notes there, and one sees who is at work: what was written in silence, without a name, stays as
/// apart as elsewhere, and so does what presence does not tell.
#[tokio::test]
async fn on_a_board_with_names_nothing_tells_more_than_what_is_shown() {
    let mut hour = play(Showing::Named, Hand::Ours, seed()).await;
    let findings = hour.findings().await;
    let shown = |finding: &Verdict| finding.by == "moments of presence" || finding.by == "carets";
    let others: Vec<Verdict> = findings.into_iter().filter(|one| !shown(one)).collect();
    are_chance(&others);
}

#[tokio::test]
async fn who_writes_all_under_one_client_id_is_found_out() {
    let mut hour = play(Showing::Voices, Hand::OneId, seed()).await;
    let written = hour.written.clone();
    let adversary = Adversary::hears("a participant", &hour.curious.state().frames());
    let found = adversary.tries(&written);
    let by_id = found.iter().find(|one| one.by == "client ids").unwrap();
    assert!(by_id.far_from_chance > 2.0 * BOUND, "{by_id:?}");
    hour.server.stop().await;
}

/// Fields that the schema does not know may hold a name: in all things, also those that are gone, and in whatever is in
/// them.
#[tokio::test]
async fn what_nobody_knows_goes_out_of_a_board_that_becomes_anonymous() {
    let server = Server::start().await;
    let board = server.board("").await;
    let lead = board.join_as("Liv", Role::Facilitator).await;
    let kari = board.join("Kari").await;
    let wall = board.join_as("wall", Role::Wall).await;
    let (one, other) = (kari.writes("Bussen").await, kari.writes("Toget").await);
    {
        let state = kari.state();
        let mut change = state.board.change(Made::Here);
        change.add_cluster(&ClusterId::from("c"), "Vei", BoardPoint::default());
        let end = |note: &NoteId| ItemId::Note(note.clone());
        change.add_link(
            &LinkId::from("l"),
            &end(&one),
            &end(&other),
            LinkKind::Causes,
        );
        change.take_off(&ThingId::Note(other.clone()), 5.0);
    }
    kari.sends_changes().await;
    let things = [
        ("notes", one.as_str()),
        ("notes", other.as_str()),
        ("clusters", "c"),
        ("links", "l"),
    ];
    let names: Vec<String> = (0..2 * things.len())
        .map(|number| format!("Kari Nordmann {number}"))
        .collect();
    let update = edits(&kari, |txn| {
        for (number, (root, id)) in things.into_iter().enumerate() {
            let root = txn.get_or_insert_map(root);
            let Some(Out::YMap(map)) = root.get(txn, id) else {
                panic!("{id} is there");
            };
            map.insert(txn, "author", names[2 * number].as_str());
            let inner = MapPrelim::from([("name", names[2 * number + 1].as_str())]);
            map.insert(txn, "made", inner);
        }
    });
    kari.sends_update(&update);
    kari.is_saved().await;
    lead.sees("Bussen").await;
    wall.sees("Bussen").await;
    lead.until("all names: the search finds what is there", |state| {
        let whole = state.board.whole();
        names.iter().all(|name| holds(&whole, name))
    })
    .await;

    let showing = Showing::Anonymous;
    lead.does(Command::Show { showing }).await;
    for person in [&lead, &kari, &wall] {
        person
            .until("no name in what the board holds", |state| {
                let whole = state.board.whole();
                names.iter().all(|name| !holds(&whole, name))
            })
            .await;
    }
    let late = [
        board.join("Late").await,
        board.join_by(Way::Standard, "Late standard").await,
        board.join_as("late wall", Role::Wall).await,
    ];
    for (person, name) in late
        .iter()
        .flat_map(|one| names.iter().map(move |name| (one, name)))
    {
        person.sees("Bussen").await;
        assert!(!person.has_heard(name), "{} was sent {name:?}", person.name);
    }
}
