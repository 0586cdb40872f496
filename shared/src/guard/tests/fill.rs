//! What fills a board: each has their own part, who leads has what is kept for them, and what goes makes room.

use super::room::{Room, missing_from, replica, state, whole};
use crate::guard::{Fill, Naming, Permission, Rejection, Sender, Share};
use crate::ids::PersonId;
use crate::limits::{MAX_IMAGES_PER_BOARD, MAX_SHARED_TITLE_UTF16, MAX_YJS_CLIENTS_OF_ONE};
use yrs::{Any, Doc, Map, MapPrelim, TextPrelim, Transact};

const WRITE: Permission = Permission::Write(Naming::Voices);

/// A person; a client that nobody has yet is theirs.
fn theirs(person: &PersonId) -> Sender<'_> {
    Sender::Person(person, &|_| true)
}

fn takes(room: &mut Room, sender: Sender<'_>, update: &[u8]) -> Result<(), Rejection> {
    let admission = room.guard.check_from(sender, update, WRITE)?;
    if !admission.is_empty() {
        room.takes_admitted(update, admission);
    }
    Ok(())
}

fn change(doc: &Doc, change: impl FnOnce(&Doc)) -> Vec<u8> {
    let before = state(doc);
    change(doc);
    missing_from(doc, &before)
}

fn image(doc: &Doc, id: &str) -> Vec<u8> {
    change(doc, |doc| {
        let images = doc.get_or_insert_map("images");
        images.insert(&mut doc.transact_mut(), id, MapPrelim::default());
    })
}

fn fills_with_pictures(room: &mut Room, sender: Sender<'_>, doc: &Doc, name: &str) -> usize {
    let all = (0..2 * MAX_IMAGES_PER_BOARD)
        .take_while(|number| takes(room, sender, &image(doc, &format!("{name}{number}"))).is_ok());
    all.count()
}

#[test]
fn each_has_a_part_and_what_is_kept_for_who_leads_stays() {
    let mut room = Room::new();
    let people: Vec<PersonId> = ["eva", "per", "liv"].map(PersonId::from).to_vec();
    let mut had = Vec::new();
    for (client, person) in (1..).zip(&people) {
        let doc = replica(client);
        room.guard.belongs(client, person);
        let sender = theirs(person);
        had.push(fills_with_pictures(
            &mut room,
            sender,
            &doc,
            person.as_str(),
        ));
    }
    let all = MAX_IMAGES_PER_BOARD;
    assert_eq!(had, [all / 2, all / 8 * 7 - all / 2, 0]);
    let lead = replica(9);
    assert_eq!(
        fills_with_pictures(&mut room, Sender::Lead, &lead, "lead"),
        all / 8
    );
    // The first is removed: what they used is free at once.
    room.guard.is_removed(&people[0]);
    let doc = replica(10);
    room.guard.belongs(10, &people[2]);
    let sender = theirs(&people[2]);
    assert!(takes(&mut room, sender, &image(&doc, "free")).is_ok());
}

#[test]
fn what_is_deleted_or_said_to_be_gone_makes_room_and_the_refusal_says_what_is_full() {
    let (mut room, doc, eva) = (Room::new(), replica(1), PersonId::from("eva"));
    room.guard.belongs(1, &eva);
    let sender = theirs(&eva);
    let had = fills_with_pictures(&mut room, sender, &doc, "p");
    assert_eq!(
        takes(&mut room, sender, &whole(&doc)),
        Err(Rejection::Full(Fill::Pictures, Share::Own))
    );
    let images = doc.get_or_insert_map("images");
    let gone = change(&doc, |doc| {
        let mut txn = doc.transact_mut();
        let image = images.get(&txn, "p0").unwrap();
        let image: yrs::MapRef = image.cast().unwrap();
        image.insert(&mut txn, "gone", 1.0);
    });
    // It builds on what was refused: both come together, and leave as many as there were.
    assert_eq!(takes(&mut room, sender, &gone), Err(Rejection::Gap));
    assert_eq!(takes(&mut room, sender, &whole(&doc)), Ok(()));
    let deleted = change(&doc, |doc| {
        images.remove(&mut doc.transact_mut(), "p1");
    });
    assert_eq!(takes(&mut room, sender, &deleted), Ok(()));
    let one = image(&doc, "one");
    assert_eq!(takes(&mut room, sender, &one), Ok(()));
    let two = image(&doc, "two");
    assert!(takes(&mut room, sender, &two).is_err());
    assert!(had > 10);

    // The same after a restart, from all of the document.
    let mut again = Room::new();
    again.take(&whole(&room.doc), Permission::Log).unwrap();
    again.guard.belongs(1, &eva);
    assert!(takes(&mut again, sender, &two).is_err());
}

#[test]
fn one_person_has_so_many_clients() {
    let (mut room, eva) = (Room::new(), PersonId::from("eva"));
    let mut refused = None;
    for client in 1..=MAX_YJS_CLIENTS_OF_ONE as u64 + 1 {
        let update = change(&replica(client), |doc| {
            let meta = doc.get_or_insert_map("meta");
            meta.insert(&mut doc.transact_mut(), "template", "a");
        });
        // The same field again and again, so that nothing else grows much.
        if let Err(rejection) = takes(&mut room, theirs(&eva), &update) {
            refused = Some((client, rejection));
            break;
        }
        room.guard.belongs(client, &eva);
    }
    let full = Rejection::Full(Fill::Ids, Share::Own);
    assert_eq!(refused, Some((MAX_YJS_CLIENTS_OF_ONE as u64 + 1, full)));
}

#[test]
fn what_the_schema_does_not_know_has_a_small_budget_and_gets_it_back() {
    let (mut room, doc, eva) = (Room::new(), replica(1), PersonId::from("eva"));
    room.guard.belongs(1, &eva);
    let sender = theirs(&eva);
    let notes = doc.get_or_insert_map("notes");
    let update = change(&doc, |doc| {
        notes.insert(&mut doc.transact_mut(), "a", MapPrelim::default());
    });
    takes(&mut room, sender, &update).unwrap();
    let field = |name: &str| {
        change(&doc, |doc| {
            let mut txn = doc.transact_mut();
            let note: yrs::MapRef = notes.get(&txn, "a").unwrap().cast().unwrap();
            note.insert(&mut txn, name, "x".repeat(255 * 1024));
        })
    };
    let full = Err(Rejection::Full(Fill::Unknown, Share::Own));
    let mut count = 0;
    let last = loop {
        let update = field(&format!("f{count}"));
        match takes(&mut room, sender, &update) {
            Ok(()) => count += 1,
            refused => break (update, refused),
        }
    };
    assert_eq!((count, &last.1), (4, &full));
    // It is written over: the same again is no more than it was.
    let doc = replica(2);
    super::room::apply(&doc, &whole(&room.doc));
    room.guard.belongs(2, &eva);
    let notes = doc.get_or_insert_map("notes");
    for _ in 0..10 {
        let update = change(&doc, |doc| {
            let mut txn = doc.transact_mut();
            let note: yrs::MapRef = notes.get(&txn, "a").unwrap().cast().unwrap();
            note.insert(&mut txn, "f0", Any::from("y".repeat(200 * 1024)));
        });
        assert_eq!(takes(&mut room, sender, &update), Ok(()));
    }
}

#[test]
fn a_title_is_short() {
    let (mut room, doc) = (Room::new(), replica(1));
    let clusters = doc.get_or_insert_map("clusters");
    let update = change(&doc, |doc| {
        let title = TextPrelim::new("x".repeat(MAX_SHARED_TITLE_UTF16 + 1));
        let cluster = MapPrelim::from([("title", yrs::In::from(title))]);
        clusters.insert(&mut doc.transact_mut(), "c", cluster);
    });
    let refused = takes(&mut room, Sender::Lead, &update);
    assert_eq!(refused, Err(Rejection::TooLarge(crate::guard::Limit::Text)));
}
