//! What a board has no place for: one update made by hand for each rule.

use super::forge::{ANY, ARRAY, BYTES, Forge, MAP, STRING, TEXT, TYPE, refused, room_with_a_note};
use crate::guard::{Limit, Misfit, Rejection};

#[test]
fn things_are_only_where_they_belong() {
    let shape = Rejection::NotOfTheSchema(Misfit::Shape);
    let start = || Forge::update(1).client(1, 8, 0);
    let listed = start().in_root("notes", None, TYPE).numbers(&[MAP]).end();
    assert_eq!(refused(&listed), shape);
    let in_note = start().in_type([7, 0], None, STRING).text("x").end();
    assert_eq!(refused(&in_note), shape);
    let key_in_text = start()
        .in_type([7, 3], Some("x"), ANY)
        .bytes(&[1, 126])
        .end();
    assert_eq!(refused(&key_in_text), shape);

    let no_thing = Rejection::NotOfTheSchema(Misfit::NotAThing);
    let plain = start()
        .in_root("notes", Some("b"), ANY)
        .bytes(&[1, 126])
        .end();
    assert_eq!(refused(&plain), no_thing);
    let text = start()
        .in_root("clusters", Some("b"), TYPE)
        .numbers(&[TEXT])
        .end();
    assert_eq!(refused(&text), no_thing);

    let value = Rejection::NotOfTheSchema(Misfit::Value);
    let kind = start()
        .in_type([7, 0], Some("kind"), ANY)
        .bytes(&[1, 125, 1])
        .end();
    assert_eq!(refused(&kind), value);
    let pos = start()
        .in_type([7, 0], Some("pos"), TYPE)
        .numbers(&[ARRAY])
        .end();
    assert_eq!(refused(&pos), value);
    let blob = start()
        .in_type([7, 0], Some("kind"), BYTES)
        .bytes(&[1, 1])
        .end();
    assert_eq!(refused(&blob), value);
    let any_in_text = start().in_type([7, 3], None, ANY).bytes(&[1, 126]).end();
    assert_eq!(
        refused(&any_in_text),
        Rejection::NotOfTheSchema(Misfit::Content)
    );

    let parent = Rejection::NotOfTheSchema(Misfit::Parent);
    let in_a_value = start()
        .in_type([7, 1], Some("x"), ANY)
        .bytes(&[1, 126])
        .end();
    assert_eq!(refused(&in_a_value), parent);

    let long_id = start()
        .in_root("notes", Some(&"x".repeat(65)), TYPE)
        .numbers(&[MAP])
        .end();
    assert_eq!(refused(&long_id), Rejection::TooLarge(Limit::Name));
}

#[test]
fn unknown_roots_are_refused() {
    let update = Forge::update(1)
        .client(1, 8, 0)
        .in_root("secrets", Some("a"), TYPE)
        .numbers(&[MAP])
        .end();
    assert_eq!(refused(&update), Rejection::UnknownRoot);
}

#[test]
fn content_that_boards_do_not_have_is_refused() {
    let misfit = Rejection::NotOfTheSchema(Misfit::Content);
    for (kind, rest) in [
        (2, &[1, 1, b'x'][..]),
        (5, &[1, b'1']),
        (6, &[1, b'b', 1, b'1']),
        (9, &[]),
    ] {
        let update = Forge::update(1)
            .client(1, 8, 0)
            .in_type([7, 3], None, kind)
            .bytes(rest)
            .end();
        assert_eq!(refused(&update), misfit, "kind {kind}");
    }
    for kind in [3, 4, 5, 6, 7, 9, 15] {
        let update = Forge::update(1)
            .client(1, 8, 0)
            .in_type([7, 0], Some("later"), TYPE)
            .numbers(&[kind])
            .end();
        assert_eq!(refused(&update), misfit, "type {kind}");
    }
    for kind in [0x10, 0x80, 0x8a, 11, 15] {
        let update = Forge::update(1)
            .client(1, 8, 0)
            .beside(kind, &[7, 4, 1, 1])
            .end();
        assert_eq!(refused(&update).code(), "malformed", "info {kind}");
    }
}

#[test]
fn only_the_last_value_of_a_key_lives() {
    let values = |deleted: &[u64]| {
        Forge::update(1)
            .client(1, 8, 0)
            .in_type([7, 0], Some("later"), ANY)
            .numbers(&[3])
            .bytes(&[126, 126, 126])
            .numbers(deleted)
            .0
            .into_bytes()
    };
    // Three values at once: in Yrs the first two would outlive their note, and point at freed memory.
    let live = Rejection::NotOfTheSchema(Misfit::Values);
    assert_eq!(refused(&values(&[0])), live);
    assert_eq!(refused(&values(&[1, 8, 1, 2, 1])), live);
    // Overwritten values, merged by an honest client.
    let mut room = room_with_a_note();
    assert_eq!(room.writes(&values(&[1, 8, 1, 0, 3])), Ok(true));
    room.must_agree();
    let before_it = Forge::update(1)
        .client(1, 8, 0)
        .beside(0x60 | ANY, &[7, 1])
        .bytes(&[1, 119, 1, b'x'])
        .end();
    assert_eq!(
        refused(&before_it),
        Rejection::NotOfTheSchema(Misfit::Earlier)
    );
}

#[test]
fn neighbours_belong_together() {
    let apart = Rejection::NotOfTheSchema(Misfit::Neighbours);
    // A letter of the text and the note's kind.
    let both = Forge::update(1)
        .client(1, 8, 0)
        .beside(0xc0 | STRING, &[7, 4, 7, 1])
        .text("x")
        .end();
    assert_eq!(refused(&both), apart);
    // Two fields of the same note.
    let fields = Forge::update(1)
        .client(1, 8, 0)
        .beside(0xe0 | ANY, &[7, 1, 7, 2])
        .bytes(&[1, 126])
        .end();
    assert_eq!(refused(&fields), apart);
    // A letter, and something that never was: Yjs and Yrs disagree about what becomes of it.
    let gone = Forge::update(1)
        .client(2, 8, 0)
        .numbers(&[0, 1])
        .beside(0xc0 | STRING, &[7, 4, 8, 0])
        .text("x")
        .end();
    assert_eq!(refused(&gone), apart);
    // The rest of something that is known, moved elsewhere.
    let moved = Forge::update(1)
        .client(1, 7, 4)
        .in_type([7, 0], Some("later"), ANY)
        .numbers(&[3])
        .bytes(&[126, 126, 126])
        .end();
    assert_eq!(refused(&moved), apart);
}

#[test]
fn types_do_not_nest_without_end() {
    let mut update = Forge::update(1)
        .client(20, 8, 0)
        .in_root("notes", Some("b"), TYPE)
        .numbers(&[MAP]);
    for level in 1..20 {
        update = update
            .in_type([8, level - 1], Some("x"), TYPE)
            .numbers(&[MAP]);
    }
    assert_eq!(
        refused(&update.end()),
        Rejection::TooLarge(Limit::TypeDepth)
    );
}
