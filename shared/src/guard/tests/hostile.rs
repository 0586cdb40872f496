//! Hostile updates: those that made bare Yrs crash, and one made by hand for each way of lying about
//! the format, the clocks and the sizes.

use super::forge::{ANY, DELETED, Forge, STRING, refused, room_with_a_note};
use super::room::{Room, unhex, whole};
use crate::guard::{Limit, Malformed, Permission, Rejection};
use crate::limits::{MAX_CLOCK, MAX_FRAME_BYTES, MAX_SHARED_TEXT_UTF16};
use yrs::{GetString, Map, MapRef, TextRef, Transact};

const CASES: &str = include_str!("../../../../tests/data/hostile/updates.jsonl");

#[test]
fn what_made_yrs_crash_is_refused_or_harmless() {
    for line in CASES.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut room = Room::new();
        let mut refusals = 0;
        for update in case["updates"].as_array().unwrap() {
            let update = unhex(update.as_str().unwrap());
            refusals += usize::from(room.writes(&update).is_err());
        }
        assert!(refusals > 0, "{} passed", case["name"]);
        room.must_agree();
    }
}

#[test]
fn twenty_thousand_nested_values_are_refused() {
    let nested = Forge::update(1)
        .client(1, 1, 0)
        .in_root("meta", Some("a"), ANY)
        .numbers(&[1])
        .bytes(&[117, 1].repeat(20_000))
        .bytes(&[126])
        .end();
    assert_eq!(refused(&nested), Rejection::TooLarge(Limit::ValueDepth));
}

#[test]
fn what_does_not_end_where_it_should_is_refused() {
    let room = room_with_a_note();
    let honest = whole(&room.doc);
    for end in 0..honest.len() {
        let refusal = Room::new().writes(&honest[..end]).unwrap_err();
        assert_eq!(refusal.code(), "malformed", "at {end}");
    }
    let longer = [&honest[..], &[0]].concat();
    assert_eq!(
        refused(&longer),
        Rejection::Malformed(Malformed::TrailingBytes)
    );
    let huge = vec![0; MAX_FRAME_BYTES + 1];
    assert_eq!(refused(&huge), Rejection::TooLarge(Limit::Bytes));
}

#[test]
fn a_count_that_lies_costs_nothing() {
    let many = |counts: &[u64]| Forge::update(1).numbers(counts).0.into_bytes();
    assert_eq!(
        refused(&many(&[1 << 40, 1, 0])),
        Rejection::TooLarge(Limit::Structs)
    );
    let clients = Forge::update(1 << 40).0.into_bytes();
    assert_eq!(refused(&clients), Rejection::TooLarge(Limit::Clients));
    let ranges = Forge::update(0).numbers(&[1, 7, 1 << 40]).0.into_bytes();
    assert_eq!(refused(&ranges), Rejection::TooLarge(Limit::DeletedRanges));
}

#[test]
fn gaps_are_no_offence_and_change_nothing() {
    let after_a_gap = Forge::update(1).client(1, 7, 9).numbers(&[0, 1]).end();
    assert_eq!(refused(&after_a_gap), Rejection::Gap);
    let skip = Forge::update(1).client(1, 7, 6).numbers(&[10, 3]).end();
    assert_eq!(refused(&skip), Rejection::Gap);
    let deletes_the_future = Forge::update(0).numbers(&[1, 7, 1, 5, 2]).0.into_bytes();
    assert_eq!(refused(&deletes_the_future), Rejection::Gap);
    let unknown_origin = Forge::update(1)
        .client(1, 8, 0)
        .beside(0x80 | STRING, &[9, 0])
        .text("x")
        .end();
    assert_eq!(refused(&unknown_origin), Rejection::Gap);
    let unknown_parent = Forge::update(1)
        .client(1, 8, 0)
        .in_type([7, 6], Some("kind"), ANY)
        .bytes(&[1, 126])
        .end();
    assert_eq!(refused(&unknown_parent), Rejection::Gap);
}

#[test]
fn structs_that_wait_for_each_other_are_refused() {
    let itself = Forge::update(1)
        .client(1, 8, 0)
        .beside(0x80 | STRING, &[8, 0])
        .text("x")
        .end();
    assert_eq!(refused(&itself), Rejection::Malformed(Malformed::Circular));
    let each_other = Forge::update(2)
        .client(1, 9, 0)
        .beside(0x80 | STRING, &[8, 0])
        .text("x")
        .client(1, 8, 0)
        .beside(0x80 | STRING, &[9, 0])
        .text("x")
        .end();
    assert_eq!(
        refused(&each_other),
        Rejection::Malformed(Malformed::Circular)
    );
}

#[test]
fn clocks_never_wrap() {
    let too_long = Forge::update(1)
        .client(1, 7, 6)
        .numbers(&[0, u64::from(u32::MAX)])
        .end();
    assert_eq!(refused(&too_long), Rejection::TooLarge(Limit::Clock));
    let mut room = room_with_a_note();
    let fills = Forge::update(1)
        .client(1, 9, 0)
        .numbers(&[0, u64::from(MAX_CLOCK)])
        .end();
    assert_eq!(room.writes(&fills), Ok(true));
    let one_more = Forge::update(1)
        .client(1, 9, u64::from(MAX_CLOCK))
        .numbers(&[0, 1])
        .end();
    assert_eq!(
        room.writes(&one_more),
        Err(Rejection::TooLarge(Limit::Clock))
    );
    room.must_agree();
}

#[test]
fn empty_and_repeated_parts_are_refused() {
    let empty = Rejection::Malformed(Malformed::Empty);
    assert_eq!(refused(&Forge::update(1).client(0, 8, 0).end()), empty);
    assert_eq!(
        refused(&Forge::update(1).client(1, 8, 0).numbers(&[0, 0]).end()),
        empty
    );
    let no_letters = Forge::update(1)
        .client(1, 8, 0)
        .in_type([7, 3], None, STRING)
        .text("")
        .end();
    assert_eq!(refused(&no_letters), empty);
    assert_eq!(
        refused(&Forge::update(0).numbers(&[1, 7, 1, 1, 0]).0.into_bytes()),
        empty
    );
    let twice = Rejection::Malformed(Malformed::ClientTwice);
    let structs_twice = Forge::update(2)
        .client(1, 8, 0)
        .numbers(&[0, 1])
        .client(1, 8, 1)
        .numbers(&[0, 1])
        .end();
    assert_eq!(refused(&structs_twice), twice);
    let deletions_twice = Forge::update(0)
        .numbers(&[2, 7, 1, 1, 1, 7, 1, 2, 1])
        .0
        .into_bytes();
    assert_eq!(refused(&deletions_twice), twice);
}

#[test]
fn a_text_does_not_grow_without_end_but_may_be_written_over_for_ever() {
    let mut room = room_with_a_note();
    let long = "x".repeat(MAX_SHARED_TEXT_UTF16 / 2);
    let more = |room: &Room, text: &str| {
        let clock = u64::from(room.guard.clock_of(8));
        Forge::update(1)
            .client(1, 8, clock)
            .in_type([7, 3], None, STRING)
            .text(text)
    };
    let update = more(&room, &long).end();
    assert_eq!(room.writes(&update), Ok(true));
    let too_much = more(&room, &long).text("");
    assert!(room.writes(&too_much.0.into_bytes()).is_err());
    let update = more(&room, &long).end();
    assert_eq!(room.writes(&update), Err(Rejection::TooLarge(Limit::Text)));
    let clock = u64::from(room.guard.clock_of(8));
    let instead = more(&room, &long)
        .numbers(&[1, 8, 1, 0, clock])
        .0
        .into_bytes();
    assert_eq!(room.writes(&instead), Ok(true));
    room.must_agree();
}

#[test]
fn who_may_only_read_may_repeat_but_not_add_and_not_delete() {
    let mut room = room_with_a_note();
    let known = whole(&room.doc);
    assert_eq!(room.take(&known, Permission::ReadOnly), Ok(false));
    assert_eq!(room.take(&[0, 0], Permission::ReadOnly), Ok(false));
    let refusal = Err(Rejection::MayNotWrite);
    let adds = Forge::update(1)
        .client(1, 8, 0)
        .in_type([7, 3], None, STRING)
        .text("x")
        .end();
    assert_eq!(room.take(&adds, Permission::ReadOnly), refusal);
    let deletes = Forge::update(0).numbers(&[1, 7, 1, 4, 1]).0.into_bytes();
    assert_eq!(room.take(&deletes, Permission::ReadOnly), refusal);
    assert_eq!(room.writes(&deletes), Ok(true));
    assert_eq!(room.take(&deletes, Permission::ReadOnly), Ok(false));
}

#[test]
fn a_struct_that_overlaps_what_is_known_is_admitted_with_its_rest() {
    let mut room = room_with_a_note();
    // Letters 4 and 5 are known, 6 to 8 are new.
    let longer = Forge::update(1)
        .client(1, 7, 4)
        .in_type([7, 3], None, STRING)
        .text("abcde")
        .end();
    assert_eq!(room.writes(&longer), Ok(true));
    room.must_agree();
    let notes = room.doc.get_or_insert_map("notes");
    let txn = room.doc.transact();
    let note: MapRef = notes.get(&txn, "a").unwrap().cast().unwrap();
    let text: TextRef = note.get(&txn, "text").unwrap().cast().unwrap();
    assert_eq!(text.get_string(&txn), "abcde");
}

#[test]
fn letters_deleted_before_they_came_are_admitted_as_places() {
    let mut room = room_with_a_note();
    let places = Forge::update(1)
        .client(1, 8, 0)
        .in_type([7, 3], None, DELETED)
        .numbers(&[9])
        .end();
    assert_eq!(room.writes(&places), Ok(true));
    room.must_agree();
}

#[test]
fn forged_competitors_are_refused_before_yrs_walks_past_them() {
    const EACH: u64 = 8000;
    let mut letters = Forge::update(1)
        .client(2 * EACH, 8, 0)
        .in_type([7, 3], None, STRING)
        .text("y");
    // Each as the first of the text, left of the one before: they stand where they are put.
    for number in 1..EACH {
        letters = letters.beside(0x40 | STRING, &[8, number - 1]).text("y");
    }
    // Each as the first again, but right of it is said to be one from the middle.
    for number in 0..EACH {
        letters = letters.beside(0x40 | STRING, &[8, number / 2]).text("z");
    }
    assert_eq!(refused(&letters.end()), Rejection::TooLarge(Limit::Work));

    let mut room = room_with_a_note();
    let mut values = Forge::update(1)
        .client(EACH, 8, 0)
        .in_type([7, 0], Some("later"), ANY)
        .bytes(&[1, 126]);
    for number in 1..EACH {
        values = values.beside(0xa0 | ANY, &[8, number - 1]).bytes(&[1, 126]);
    }
    assert_eq!(room.writes(&values.end()), Ok(true));
    let mut values = Forge::update(1).client(EACH, 9, 0);
    for _ in 0..EACH {
        values = values.beside(0xa0 | ANY, &[8, 0]).bytes(&[1, 126]);
    }
    let refusal = room.writes(&values.end());
    assert_eq!(refusal, Err(Rejection::TooLarge(Limit::Work)));
    room.must_agree();
}
