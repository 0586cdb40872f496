//! Whatever three people do, together and apart: nothing of the one who is taken back is left, and
//! nothing of the others is lost.

use super::{
    take_back,
    tests::{KARI, OLA, PER, Workshop, writes},
};
use crate::log::{Kind, Record};
use proptest::prelude::*;
use samtavle_shared::{
    board::{NewNote, NoteKind, PlanField, TextEdit, ThingId},
    geometry::BoardPoint,
    guard::Naming,
    ids::{ClusterId, NoteId, PersonId},
};

#[derive(Clone, Debug)]
enum Deed {
    Adds(u8),
    Writes(u8, u32, u8),
    Erases(u8, u32, u32),
    Moves(u8, u8),
    Deletes(u8),
    BringsBack(u8),
    Joins(u8, u8),
    Clusters(u8),
    Dissolves(u8),
    Plans(u8),
    Leaves,
    ComesBack,
    /// The board takes away for good what is gone.
    IsCleared,
}

fn deed() -> impl Strategy<Value = Deed> {
    let note = 0..4u8;
    prop_oneof![
        3 => note.clone().prop_map(Deed::Adds),
        6 => (note.clone(), 0..12u32, 1..4u8).prop_map(|(n, at, length)| Deed::Writes(n, at, length)),
        4 => (note.clone(), 0..12u32, 1..5u32).prop_map(|(n, at, length)| Deed::Erases(n, at, length)),
        3 => (note.clone(), 1..100u8).prop_map(|(n, to)| Deed::Moves(n, to)),
        2 => note.clone().prop_map(Deed::Deletes),
        1 => note.clone().prop_map(Deed::BringsBack),
        1 => Just(Deed::IsCleared),
        1 => (note.clone(), 0..2u8).prop_map(|(n, c)| Deed::Joins(n, c)),
        1 => (0..2u8).prop_map(Deed::Clusters),
        1 => (0..2u8).prop_map(Deed::Dissolves),
        1 => note.prop_map(Deed::Plans),
        1 => Just(Deed::Leaves),
        1 => Just(Deed::ComesBack),
    ]
}

/// Everybody has letters and places of their own.
fn letters_of(who: usize) -> &'static str {
    ["abcdefg", "hijklmn", "opqrstu"][who]
}

fn places_of(who: usize, at: BoardPoint) -> bool {
    (at.x as usize) / 1_000 == who + 1
}

fn note_id(n: u8) -> NoteId {
    NoteId::from(format!("note-{n}").as_str())
}

fn play(workshop: &mut Workshop, who: usize, step: usize, deed: &Deed) {
    let cluster = |c: &u8| ClusterId::from(format!("cluster-{c}").as_str());
    let said = |length: u8| {
        let letters = letters_of(who).chars().cycle().skip(step % 7);
        letters.take(usize::from(length)).collect::<String>()
    };
    let place = |to: &u8| {
        let to = (who as f64 + 1.0) * 1_000.0 + f64::from(*to);
        BoardPoint::new(to, to)
    };
    match deed {
        Deed::Leaves => return workshop.leaves(who),
        Deed::ComesBack => return workshop.comes_back(who),
        Deed::IsCleared => return workshop.is_cleared(),
        _ => {}
    }
    workshop.does(who, |change| match deed {
        Deed::Adds(n) => change.add_note(NewNote::new(
            note_id(*n),
            NoteKind::Problem,
            place(n),
            said(3),
            1.0,
        )),
        Deed::Writes(n, at, length) => {
            change.write_note(&note_id(*n), &writes(*at, &said(*length)));
        }
        Deed::Erases(n, at, length) => {
            let erases = TextEdit {
                at: *at,
                remove: *length,
                insert: String::new(),
            };
            change.write_note(&note_id(*n), &erases);
        }
        Deed::Moves(n, to) => change.move_note(&note_id(*n), place(to)),
        Deed::Deletes(n) => change.delete_note(&note_id(*n), 9.0),
        Deed::BringsBack(n) => change.bring_back(&ThingId::Note(note_id(*n))),
        Deed::Joins(n, c) => change.join_cluster(&note_id(*n), &cluster(c)),
        Deed::Clusters(c) => change.add_cluster(&cluster(c), &said(2), BoardPoint::default()),
        Deed::Dissolves(c) => change.dissolve(&cluster(c), 9.0),
        Deed::Plans(n) => change.plan_field(&note_id(*n), PlanField::Who, &said(2)),
        Deed::Leaves | Deed::ComesBack | Deed::IsCleared => {}
    });
}

fn is_within(few: &str, many: &str) -> bool {
    let mut many = many.chars();
    few.chars().all(|letter| many.any(|other| other == letter))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_theirs_is_left_and_nothing_of_others_is_lost(
        deeds in prop::collection::vec((0..3_usize, deed()), 1..60),
    ) {
        let mut workshop = Workshop::new();
        for (step, (who, deed)) in deeds.iter().enumerate() {
            play(&mut workshop, *who, step, deed);
        }
        for who in [KARI, OLA, PER] {
            if workshop.away[who] {
                workshop.comes_back(who);
            }
        }
        for who in [KARI, OLA, PER] {
            let document = workshop.without(who);
            let is_theirs = |letter: char| letters_of(who).contains(letter);
            let (notes, clusters) = document.read(|view| (view.notes(), view.clusters()));
            for note in notes {
                prop_assert!(!note.text.contains(is_theirs), "{who}: {note:?}");
                prop_assert!(!note.plan.who.contains(is_theirs), "{who}: {note:?}");
            }
            for cluster in clusters {
                prop_assert!(!cluster.title.contains(is_theirs), "{who}: {cluster:?}");
            }
            for before in workshop.room.view().notes() {
                let words: String = before.text.chars().filter(|&letter| !is_theirs(letter)).collect();
                let after = document.read(|view| view.note(&before.id));
                let is_kept = !words.is_empty()
                    || !(before.plan.who.is_empty() || before.plan.who.contains(is_theirs));
                let Some(after) = after else {
                    // Others had deleted it, and it was they who brought it back.
                    let is_gone_again = deeds.iter().any(|(doer, deed)| {
                        *doer == who && matches!(deed, Deed::BringsBack(n) if note_id(*n) == before.id)
                    });
                    prop_assert!(!is_kept || is_gone_again, "{who}: lost {before:?}");
                    continue;
                };
                prop_assert!(is_within(&words, &after.text), "{who}: {before:?} {after:?}");
                if !places_of(who, before.pos) {
                    prop_assert_eq!(before.pos, after.pos);
                }
                if !before.plan.who.is_empty() && !before.plan.who.contains(is_theirs) {
                    prop_assert_eq!(before.plan.who, after.plan.who);
                }
            }
        }
    }

    #[test]
    fn what_was_taken_back_is_not_taken_back_again(
        deeds in prop::collection::vec((0..3_usize, deed()), 1..60),
    ) {
        let mut workshop = Workshop::new();
        for (step, (who, deed)) in deeds.iter().enumerate() {
            play(&mut workshop, *who, step, deed);
        }
        let kari = PersonId::from("kari");
        if let Some(update) = take_back(&workshop.records, &kari, Naming::Names, 99) {
            workshop.records.push(Record {
                seq: 0,
                kind: Kind::Update,
                bytes: update,
                at: 0,
                person: None,
            });
            prop_assert_eq!(take_back(&workshop.records, &kari, Naming::Names, 98), None);
        }
    }
}
