//! People without a device, for whom somebody else writes.

use super::*;
use crate::session::{
    Among, GroupId, MAX_PAPER_PEOPLE, RoundId, RoundOn, RoundOrder, RoundWish, Showing, Verdict,
    mix::{GroupSize, Wishes},
    paper_person,
};

fn write_for(whom: &str, name: &str, voices: &[&str]) -> Command {
    Command::WriteFor {
        person: whom.into(),
        name: name.to_owned(),
        voices: voices.iter().map(|voice| VoiceId::from(*voice)).collect(),
    }
}

fn no_longer_for(whom: &str) -> Command {
    Command::NoLongerFor {
        person: whom.into(),
    }
}

fn vote(for_whom: Option<&str>, dots: &[(&str, u8)]) -> Command {
    let dots = dots
        .iter()
        .map(|(note, count)| (Item::Note((*note).into()), *count))
        .collect();
    Command::Vote {
        round: RoundId(1),
        for_whom: for_whom.map(PersonId::from),
        voice: None,
        dots,
    }
}

fn open_round(hall: &mut Hall) {
    let wish = RoundWish {
        title: String::new(),
        on: RoundOn::Notes,
        among: Among::All,
        dots: 3,
        most_on_one: 3,
        order: RoundOrder::Total,
    };
    hall.does(LIV, Command::OpenRound { wish });
}

fn group_of(hall: &Hall, who: &str) -> Option<GroupId> {
    hall.session.people[&who.into()].group
}

/// Kari (`v0`) and Ola (`v1`) are here, and Kari writes for Olav (`v2`).
fn hall() -> Hall {
    let mut hall = Hall::with(&["kari", "ola"]);
    hall.does(
        "kari",
        write_for("paper-olav", " Olav ", &["v2", "v2", "no such"]),
    );
    hall
}

#[test]
fn who_has_no_device_is_a_person_with_a_number_a_name_and_a_voice() {
    let mut hall = hall();
    let own = hall.own("kari").paper;
    assert_eq!(own.len(), 1);
    assert_eq!(
        (own[0].number, own[0].name.as_str(), own[0].voices.len()),
        (4, "Olav", 1)
    );
    assert!(hall.own("ola").paper.is_empty());
    let voices = hall.session.shared_view().voices;
    assert_eq!((voices[2].voice.id.as_str(), voices[2].people), ("v2", 1));
    let people = hall.session.lead_view(&hall.world.here).people;
    assert!(people[3].is_here && people[3].scribe == Some("kari".into()));
    assert_eq!(hall.session.paper_people_here(&hall.world.here), 1);

    // Said twice it is the same; said anew it is who that is.
    let before = hall.log.len();
    hall.does("kari", write_for("paper-olav", "Olav", &["v2"]));
    assert_eq!(hall.log.len(), before);
    hall.does("kari", write_for("paper-olav", "", &[]));
    assert_eq!(hall.own("kari").paper[0].name, "");

    hall.leaves("kari");
    let people = hall.session.lead_view(&hall.world.here).people;
    assert!(!people[3].is_here, "here with who writes for them");
    assert_eq!(hall.session.paper_people_here(&hall.world.here), 0);
}

#[test]
fn a_device_writes_for_so_many_and_only_for_its_own() {
    let mut hall = hall();
    hall.may_not(
        "ola",
        write_for("paper-olav", "Mine", &[]),
        Refusal::Unknown,
    );
    hall.may_not("ola", draft_for("paper-olav", "n1", "a"), Refusal::Unknown);
    hall.may_not(
        "kari",
        draft_for("paper-nobody", "n1", "a"),
        Refusal::Unknown,
    );
    hall.may_not("kari", draft_for("ola", "n1", "a"), Refusal::Unknown);
    hall.may_not(
        "kari",
        write_for("ola", "Not on paper", &[]),
        Refusal::Malformed,
    );
    hall.may_not("kari", write_for("paper-", "", &[]), Refusal::Malformed);
    let long = format!("paper-{}", "x".repeat(80));
    hall.may_not("kari", write_for(&long, "", &[]), Refusal::Malformed);
    for number in 1..MAX_PAPER_PEOPLE {
        hall.does("kari", write_for(&format!("paper-{number}"), "", &[]));
    }
    hall.may_not("kari", write_for("paper-x", "", &[]), Refusal::TooMany);
    hall.does("kari", write_for("paper-1", "Known already", &[]));
    hall.does("ola", write_for("paper-x", "", &[]));
    assert!(
        hall.asks("ola", write_for(paper_person([7; 12]).as_str(), "", &[]))
            .is_ok()
    );
    hall.may_not(
        LIV,
        Command::Share {
            person: "paper-olav".into(),
        },
        Refusal::Unknown,
    );
    hall.may_not(
        LIV,
        Command::HandOver {
            person: "paper-olav".into(),
        },
        Refusal::Unknown,
    );
}

#[test]
fn what_is_typed_for_somebody_counts_for_them_with_their_voice_and_name() {
    let mut hall = hall();
    hall.does(
        LIV,
        Command::Show {
            showing: Showing::Named,
        },
    );
    let outcome = hall.does("kari", draft_for("paper-olav", "n1", "the stairs"));
    let [Edit::Post { draft, name, .. }] = &outcome.edits[..] else {
        panic!("{outcome:?}")
    };
    assert_eq!(name.as_deref(), Some("Olav"));
    assert_eq!(draft.note.voice, Some("v2".into()), "not the scribe's");
    assert_eq!(hall.session.wrote[&"n1".into()], "paper-olav".into());

    // Another's voice is not theirs.
    let Command::WriteDraft { mut note } = draft_for("paper-olav", "n2", "the lift") else {
        unreachable!()
    };
    note.voice = Some("v0".into());
    hall.does("kari", Command::WriteDraft { note });
    assert_eq!(hall.world.notes[&"n2".into()].voice, Some("v2".into()));

    hall.does(
        LIV,
        Command::Show {
            showing: Showing::Anonymous,
        },
    );
    let outcome = hall.does("kari", draft_for("paper-olav", "n3", "the door"));
    let [Edit::Post { draft, name, .. }] = &outcome.edits[..] else {
        panic!("{outcome:?}")
    };
    assert_eq!((name, &draft.note.voice), (&None, &None));
}

#[test]
fn in_silence_the_scribe_keeps_the_draft_and_it_counts_for_who_spoke() {
    let mut hall = hall();
    hall.does(LIV, Command::StartSilence);
    hall.does("kari", draft("n1", "mine"));
    hall.does("kari", draft_for("paper-olav", "n2", "his"));
    let view = hall.session.shared_view();
    assert_eq!((view.drafts, view.drafters), (2, 2));
    let own = hall.own("kari").drafts;
    assert_eq!(own[1].for_whom, Some("paper-olav".into()));
    assert!(hall.own("ola").drafts.is_empty());

    // Typed for the wrong one: it is still the same draft.
    hall.does("kari", draft_for("paper-olav", "n1", "mine, for him"));
    assert_eq!(hall.session.shared_view().drafters, 1);
    hall.does("kari", draft("n1", "mine"));
    let drop = || Command::DropDraft { note: "n2".into() };
    hall.may_not("ola", drop(), Refusal::Unknown);
    hall.does("kari", drop());
    hall.does("kari", draft_for("paper-olav", "n2", "his"));

    hall.does(LIV, Command::Reveal);
    assert_eq!(hall.session.wrote[&"n2".into()], "paper-olav".into());
    assert_eq!(hall.session.wrote[&"n1".into()], "kari".into());
    // Written on without a network: nothing is lost.
    let late = hall.does("kari", draft_for("paper-olav", "n2", "his, and more"));
    assert_eq!(posted(&late), ["n2~"]);
    assert_eq!(hall.session.wrote[&"n2~".into()], "paper-olav".into());
}

#[test]
fn whose_voice_is_shown_last_waits_also_when_another_writes() {
    let mut hall = hall();
    hall.does("kari", write_for("paper-boss", "", &["last"]));
    let outcome = hall.does("kari", draft_for("paper-boss", "n1", "as I see it"));
    assert!(posted(&outcome).is_empty());
    assert_eq!(hall.session.shared_view().last_drafts, 1);
    hall.does(
        LIV,
        Command::Show {
            showing: Showing::Anonymous,
        },
    );
    hall.does("kari", draft_for("paper-boss", "n2", "and this"));
    assert_eq!(hall.session.shared_view().last_drafts, 2);
}

#[test]
fn least_heard_first_counts_who_spoke() {
    let mut hall = hall();
    for note in ["a", "b"] {
        hall.does("kari", draft(note, "mine"));
    }
    hall.does("kari", draft_for("paper-olav", "z", "his"));
    hall.does(LIV, Command::ReadNext);
    hall.does(LIV, Command::ReadNext);
    let read: Vec<&str> = hall.session.read.iter().map(NoteId::as_str).collect();
    assert_eq!(read, ["a", "z"], "he was not heard when she was");
}

#[test]
fn they_sit_at_the_table_of_who_writes_for_them_unless_they_are_seated_elsewhere() {
    let mut hall = Hall::with(&["a0", "b1", "c2", "d0", "e1", "f2"]);
    for (scribe, whom) in [("a0", "paper-1"), ("a0", "paper-2"), ("e1", "paper-3")] {
        hall.does(scribe, write_for(whom, "", &["v1"]));
    }
    let mix = || Command::Mix {
        size: GroupSize::Groups(3),
        wishes: Wishes::default(),
    };
    hall.does(LIV, mix());
    let table = group_of(&hall, "a0");
    assert!(table.is_some());
    assert_eq!(group_of(&hall, "paper-1"), table);
    assert_eq!(group_of(&hall, "paper-2"), table);
    assert_eq!(group_of(&hall, "paper-3"), group_of(&hall, "e1"));
    let view = hall.session.shared_view();
    let sizes: Vec<u32> = view.groups.iter().map(|group| group.people).collect();
    assert_eq!(sizes, [3, 3, 3], "they are counted at their tables");

    // When who writes goes to another table, they come along.
    let elsewhere = GroupId((table.unwrap().0 + 1) % 3);
    hall.does("a0", Command::JoinGroup { group: elsewhere });
    assert_eq!(group_of(&hall, "paper-1"), Some(elsewhere));
    // Who is seated elsewhere stays there, also when the groups are made again.
    let alone = GroupId((table.unwrap().0 + 2) % 3);
    let seat = Command::Seat {
        person: "paper-1".into(),
        group: alone,
    };
    hall.does(LIV, seat);
    hall.does(
        "a0",
        Command::JoinGroup {
            group: table.unwrap(),
        },
    );
    assert_eq!(group_of(&hall, "paper-1"), Some(alone));
    assert_eq!(group_of(&hall, "paper-2"), table);
    hall.does(LIV, mix());
    assert_eq!(group_of(&hall, "paper-2"), group_of(&hall, "a0"));
    assert!(group_of(&hall, "paper-1").is_some());

    // Their notes land at their table.
    let outcome = hall.does("a0", draft_for("paper-2", "n1", "here"));
    let at = group_of(&hall, "a0");
    assert!(
        matches!(&outcome.edits[..], [Edit::Post { group: Some(group), .. }] if Some(group.id) == at)
    );
    // Who comes late sits with their scribe; a facilitator has no table, so they get one.
    hall.does("a0", write_for("paper-4", "", &[]));
    assert_eq!(group_of(&hall, "paper-4"), group_of(&hall, "a0"));
    hall.does(LIV, write_for("paper-5", "", &["v0"]));
    assert!(group_of(&hall, "paper-5").is_some());
    hall.does(LIV, mix());
    assert!(group_of(&hall, "paper-5").is_some());
    hall.does(LIV, Command::DissolveGroups);
    assert_eq!(group_of(&hall, "paper-2"), None);
}

#[test]
fn who_comes_late_brings_those_for_whom_they_write() {
    let mut hall = Hall::with(&["a0", "b1"]);
    hall.does(
        LIV,
        Command::Mix {
            size: GroupSize::Groups(2),
            wishes: Wishes::default(),
        },
    );
    hall.arrives("late", Role::Participant).unwrap();
    hall.introduces("late", &["v2"]);
    hall.does("late", write_for("paper-1", "", &[]));
    assert!(group_of(&hall, "late").is_some());
    assert_eq!(group_of(&hall, "paper-1"), group_of(&hall, "late"));
}

#[test]
fn in_the_round_they_have_a_turn_of_their_own_which_the_scribe_may_end() {
    let mut hall = hall();
    hall.leaves("ola");
    hall.does(LIV, Command::StartTurns { seconds: None });
    let mut heard = BTreeSet::new();
    for _ in 0..2 {
        let turns = hall.session.shared_view().turns.unwrap();
        let speaker = turns.present.unwrap();
        heard.insert(speaker.voice.unwrap());
        let own = hall.own("kari");
        assert!(own.is_my_turn != own.paper[0].has_turn);
        hall.may_not("ola", Command::EndTurn, Refusal::NotYours);
        hall.does("kari", Command::EndTurn);
    }
    assert_eq!(heard, ["v0", "v2"].map(VoiceId::from).into());
    assert_eq!(hall.session.shared_view().turns.unwrap().present, None);
}

#[test]
fn nobody_says_back_what_they_typed_and_the_scribe_judges() {
    let mut hall = hall();
    hall.does(
        "kari",
        draft_for("paper-olav", "n1", "the stairs are steep"),
    );
    hall.does(LIV, Command::StartSayBack);
    assert_eq!(hall.own("kari").say_back, None, "she typed it");
    let text = "you cannot get up".to_owned();
    let note = NoteId::from("n1");
    hall.does(
        "ola",
        Command::Restate {
            note: note.clone(),
            text,
            for_whom: None,
        },
    );
    let own = hall.own("kari");
    assert_eq!(own.to_judge[0].for_whom, Some("paper-olav".into()));
    let judge = |by: u32| Command::Judge {
        note: note.clone(),
        by,
        verdict: Verdict::Confirmed,
    };
    let by = own.to_judge[0].by;
    hall.may_not("ola", judge(by), Refusal::NotYours);
    hall.does("kari", judge(by));
}

#[test]
fn whoever_has_no_device_has_something_to_say_back_through_their_scribe() {
    let mut hall = hall();
    hall.posts("ola", "n1", "the stairs are steep");
    hall.does(LIV, Command::StartSayBack);
    let olavs = |hall: &Hall| hall.own("kari").paper[0].say_back.clone();
    assert_eq!(olavs(&hall), Some(("n1".into(), String::new())));
    let says = |for_whom: &str| Command::Restate {
        note: "n1".into(),
        text: "he cannot get up".to_owned(),
        for_whom: Some(for_whom.into()),
    };
    hall.may_not("ola", says("paper-olav"), Refusal::Unknown);
    hall.does("kari", says("paper-olav"));
    assert_eq!(olavs(&hall).unwrap().1, "he cannot get up");
    assert_eq!(
        hall.own("kari").say_back.unwrap().1,
        "",
        "Kari has said nothing of her own"
    );
    assert_eq!(hall.session.shared_view().say_back, Some((2, 1, 0)));
    assert_eq!(hall.own("ola").to_judge[0].text, "he cannot get up");
}

#[test]
fn a_facilitator_lets_another_write_whether_the_scribe_is_here_or_has_left() {
    let mut hall = hall();
    hall.does(
        "kari",
        draft_for("paper-olav", "n1", "the stairs are steep"),
    );
    let change = |scribe: &str| Command::ChangeScribe {
        person: "paper-olav".into(),
        scribe: scribe.into(),
    };
    hall.may_not("ola", change("ola"), Refusal::NotYours);
    hall.may_not(LIV, change("kari"), Refusal::Already);
    hall.does(LIV, change("ola"));
    assert!(
        hall.own("kari").paper.is_empty(),
        "she is here, and is replaced"
    );
    hall.does(LIV, change("kari"));
    hall.leaves("kari");
    hall.may_not(LIV, change("nobody"), Refusal::Unknown);
    hall.does(LIV, change("ola"));
    hall.may_not(LIV, change("kari"), Refusal::Unknown);
    assert_eq!(hall.own("ola").paper[0].name, "Olav");
    assert!(hall.own("kari").paper.is_empty());
    hall.does(
        "ola",
        draft_for("paper-olav", "n2", "and the lift is broken"),
    );
    hall.may_not(
        "kari",
        draft_for("paper-olav", "n3", "late"),
        Refusal::Unknown,
    );
    let writer = &hall.session.wrote[&NoteId::from("n2")];
    assert_eq!(writer.as_str(), "paper-olav", "it still counts for him");
}

#[test]
fn a_scribe_hands_over_to_another_who_is_here_and_nobody_hands_over_for_them() {
    let mut hall = hall();
    hall.does(LIV, Command::StartSilence);
    hall.does(
        "kari",
        draft_for("paper-olav", "n1", "the stairs are steep"),
    );
    let to = |number: Option<u32>| Command::PassOn {
        person: "paper-olav".into(),
        to: number,
    };
    let number = |hall: &Hall, who: &str| Some(hall.session.number_of(&who.into()));
    let (kari, ola) = (number(&hall, "kari"), number(&hall, "ola"));
    let olav = number(&hall, "paper-olav");
    hall.may_not("ola", to(ola), Refusal::Unknown);
    hall.may_not(LIV, to(ola), Refusal::Unknown);
    for nobody in [kari, olav, Some(99), Some(0)] {
        hall.may_not("kari", to(nobody), Refusal::Nothing);
    }
    hall.does("kari", to(ola));
    assert!(hall.own("kari").paper.is_empty());
    assert_eq!(hall.own("ola").paper[0].name, "Olav");
    assert_eq!(
        hall.own("ola").drafts.len(),
        1,
        "what he has said goes along"
    );
    hall.does("ola", to(None));
    assert_eq!(hall.own(LIV).paper[0].name, "Olav", "she facilitates");
    hall.may_not(LIV, to(None), Refusal::Nothing);
    hall.leaves("ola");
    hall.may_not(LIV, to(ola), Refusal::Nothing);
}

#[test]
fn a_surprise_for_all_is_for_those_who_have_a_screen() {
    let mut hall = hall();
    hall.does(LIV, Command::DisturbAll);
    assert!(hall.own("kari").disturbance.is_some());
    assert!(!hall.session.disturbed.contains_key(&"paper-olav".into()));
    // What one typed for another is no news to one.
    hall.does(
        "kari",
        draft_for("paper-olav", "n1", "the stairs are steep"),
    );
    for _ in 0..20 {
        hall.does("kari", Command::DisturbMe { by_card: false });
        let of = hall.own("kari").disturbance;
        assert!(!matches!(of, Some(crate::session::DisturbanceOf::Note(_))));
    }
}

#[test]
fn each_gives_their_own_dots_and_only_the_scribe_sees_both() {
    let mut hall = hall();
    hall.posts("ola", "n1", "a");
    hall.posts("ola", "n2", "b");
    open_round(&mut hall);
    hall.does("kari", vote(None, &[("n1", 3)]));
    hall.does("kari", vote(Some("paper-olav"), &[("n2", 3)]));
    hall.may_not(
        "ola",
        vote(Some("paper-olav"), &[("n1", 1)]),
        Refusal::Unknown,
    );
    hall.may_not(
        "kari",
        vote(Some("paper-olav"), &[("n1", 4)]),
        Refusal::TooMany,
    );
    let own = hall.own("kari");
    assert_eq!(own.dots, [(Item::Note("n1".into()), 3)].into());
    assert_eq!(own.paper[0].dots, [(Item::Note("n2".into()), 3)].into());
    assert_eq!(own.paper[0].voted_as, Some("v2".into()));
    assert_eq!(hall.session.shared_view().round.unwrap().voted, 2);
    hall.does(LIV, Command::CloseRound { round: RoundId(1) });
    let result = hall.session.shared_view().round.unwrap().result.unwrap();
    assert_eq!((result.voters, result.items.len()), (2, 2));
    assert!(hall.own("kari").paper[0].dots.is_empty());
}

#[test]
fn a_voice_that_one_hand_gave_is_not_shown_by_itself() {
    let mut hall = Hall::with(&["a", "b", "c", "d", "e", "f", "g", "h"]);
    hall.posts("a", "n1", "matters");
    for number in 0..5 {
        hall.does("a", write_for(&format!("paper-{number}"), "", &["last"]));
    }
    for other in ["b", "c", "d", "e"] {
        hall.introduces(other, &["v1"]);
    }
    open_round(&mut hall);
    for number in 0..5 {
        hall.does("a", vote(Some(&format!("paper-{number}")), &[("n1", 1)]));
    }
    for other in ["b", "c", "d", "e"] {
        hall.does(other, vote(None, &[("n1", 2)]));
    }
    hall.does(LIV, Command::CloseRound { round: RoundId(1) });
    let round = hall.session.shared_view().round.unwrap();
    assert!(!round.waits_for_last, "one knows all the last dots");
    let result = round.result.unwrap();
    assert_eq!(result.voters, 9);
    // All five are one hand's, so what is left of the total beside the others is that hand's.
    assert!(result.voices.is_empty(), "{:?}", result.voices);
}

#[test]
fn one_made_by_mistake_can_be_taken_back_until_they_have_said_something() {
    let mut hall = hall();
    hall.does("kari", write_for("paper-oops", "", &["v0"]));
    hall.may_not("ola", no_longer_for("paper-oops"), Refusal::Unknown);
    hall.does("kari", no_longer_for("paper-oops"));
    assert_eq!(hall.own("kari").paper.len(), 1);
    hall.may_not("kari", no_longer_for("paper-oops"), Refusal::Unknown);
    hall.may_not("kari", write_for("paper-oops", "", &[]), Refusal::Unknown);
    assert!(hall.session.to_take_back().is_empty());
    hall.does("kari", draft_for("paper-olav", "n1", "said"));
    hall.may_not("kari", no_longer_for("paper-olav"), Refusal::TooLate);
}

#[test]
fn when_a_scribe_is_removed_those_for_whom_they_wrote_go_with_them() {
    let mut hall = hall();
    hall.posts("ola", "n0", "the bus");
    hall.does("kari", draft_for("paper-olav", "n1", "nonsense"));
    hall.does(LIV, Command::StartSilence);
    hall.does("kari", draft_for("paper-olav", "n2", "more"));
    open_round(&mut hall);
    hall.does("kari", vote(Some("paper-olav"), &[("n0", 1)]));
    hall.does(LIV, Command::StartTurns { seconds: None });
    let outcome = hall.does(
        LIV,
        Command::Remove {
            person: "kari".into(),
        },
    );
    assert_eq!(
        outcome.edits,
        ["kari", "paper-olav"].map(|who| Edit::TakeBack(who.into()))
    );
    let view = hall.session.shared_view();
    assert_eq!((view.drafts, view.round.unwrap().voted), (0, 0));
    assert_eq!(view.voices[2].people, 0);
    assert!(!hall.world.notes.contains_key(&"n1".into()));
    assert_eq!(hall.session.to_take_back().len(), 2);
}

#[test]
fn a_facilitator_can_remove_one_of_them_and_their_scribe_stays() {
    let mut hall = hall();
    hall.does("kari", draft_for("paper-olav", "n1", "nonsense"));
    hall.does(
        LIV,
        Command::Remove {
            person: "paper-olav".into(),
        },
    );
    assert!(hall.own("kari").paper.is_empty());
    hall.may_not(
        "kari",
        draft_for("paper-olav", "n2", "again"),
        Refusal::Unknown,
    );
    hall.does("kari", draft("n3", "mine"));
}
