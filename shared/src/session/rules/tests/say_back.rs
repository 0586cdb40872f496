use super::*;
use crate::session::Verdict;

fn given(hall: &Hall, who: &str) -> Option<String> {
    hall.own(who).say_back.map(|(note, _)| note.to_string())
}

fn restate(note: &str, text: &str) -> Command {
    Command::Restate {
        note: note.into(),
        text: text.to_owned(),
        for_whom: None,
    }
}

#[test]
fn each_gets_a_note_of_another_voice_and_its_writer_answers() {
    let mut hall = Hall::with(&["a0", "b1"]);
    hall.may_not(LIV, Command::StartSayBack, Refusal::Nothing);
    hall.posts("a0", "na", "the bus never comes");
    hall.posts("b1", "nb", "nobody answers");
    hall.does(LIV, Command::StartSayBack);
    assert_eq!(given(&hall, "a0").as_deref(), Some("nb"));
    assert_eq!(given(&hall, "b1").as_deref(), Some("na"));
    assert_eq!(given(&hall, LIV), None);

    hall.may_not("a0", restate("na", "mine"), Refusal::Unknown);
    hall.may_not("a0", restate("nb", " "), Refusal::Malformed);
    hall.may_not("a0", restate("nb", &"a".repeat(1_001)), Refusal::Malformed);
    hall.does("a0", restate("nb", "they call in vain"));
    let said = hall.own("b1").to_judge;
    assert_eq!(said[0].text, "they call in vain");
    let judge = |note: &str, by, verdict| Command::Judge {
        note: note.into(),
        by,
        verdict,
    };
    hall.may_not(
        "a0",
        judge("nb", said[0].by, Verdict::Confirmed),
        Refusal::NotYours,
    );
    hall.may_not(
        "b1",
        judge("na", said[0].by, Verdict::Confirmed),
        Refusal::Unknown,
    );
    hall.may_not("b1", judge("nb", 99, Verdict::Confirmed), Refusal::Unknown);
    let verdict = Verdict::Corrected("I did not even try".to_owned());
    let outcome = hall.does("b1", judge("nb", said[0].by, verdict));
    assert!(matches!(&outcome.edits[..], [Edit::Restate { note, .. }] if note.as_str() == "nb"));
    hall.may_not(
        "b1",
        judge("nb", said[0].by, Verdict::Confirmed),
        Refusal::TooLate,
    );
    hall.may_not("a0", restate("nb", "once more"), Refusal::TooLate);
    assert_eq!(hall.session.shared_view().say_back, Some((2, 1, 1)));
    assert_eq!(
        hall.session.shared_view().said_back,
        [],
        "not before all is said"
    );
    hall.does(LIV, Command::EndSayBack);
    assert_eq!(hall.session.shared_view().say_back, None);
    assert_eq!(
        hall.session.shared_view().said_back,
        ["nb".into()],
        "to be read aloud"
    );
    hall.may_not("b1", restate("na", "late"), Refusal::TooLate);
}

#[test]
fn nobody_has_to_say_something_back() {
    let mut hall = Hall::with(&["a0", "b1"]);
    hall.posts("a0", "na", "the bus never comes");
    hall.posts("b1", "nb", "nobody answers");
    hall.may_not(
        "a0",
        Command::SkipSayBack { for_whom: None },
        Refusal::TooLate,
    );
    hall.does(LIV, Command::StartSayBack);
    hall.does("a0", restate("nb", "they call in vain"));
    hall.does("a0", Command::SkipSayBack { for_whom: None });
    assert_eq!(given(&hall, "a0"), None);
    assert_eq!(hall.own("b1").to_judge, [], "it was taken back");
    assert_eq!(hall.session.shared_view().say_back, Some((1, 0, 0)));
    hall.may_not(
        "a0",
        Command::SkipSayBack { for_whom: None },
        Refusal::TooLate,
    );
    hall.does(LIV, Command::EndSayBack);
    assert_eq!(hall.session.shared_view().said_back, []);
}

#[test]
fn it_is_a_note_of_another_group_where_there_are_groups() {
    let mut hall = Hall::with(&["a0", "b1", "c2", "d0"]);
    for who in ["a0", "b1", "c2", "d0"] {
        hall.posts(who, &format!("n-{who}"), "a matter of ours");
    }
    let size = crate::session::mix::GroupSize::Groups(2);
    let wishes = crate::session::mix::Wishes::default();
    hall.does(LIV, Command::Mix { size, wishes });
    hall.does(LIV, Command::StartSayBack);
    let group = |who: &str| hall.session.people[&who.into()].group;
    for who in ["a0", "b1", "c2", "d0"] {
        let note = given(&hall, who).unwrap();
        assert_ne!(
            group(who),
            group(note.trim_start_matches("n-")),
            "{who}: {note}"
        );
    }
}

#[test]
fn a_phase_that_ends_ends_it_and_who_is_removed_is_not_waited_for() {
    let mut hall = Hall::with(&["a0", "b1", "c2"]);
    hall.goes_to(2);
    hall.posts("a0", "na", "the bus never comes");
    hall.does(LIV, Command::StartSayBack);
    hall.does("b1", restate("na", "late buses"));
    hall.does(
        LIV,
        Command::Remove {
            person: "a0".into(),
        },
    );
    assert_eq!(hall.session.shared_view().say_back, None);
    hall.posts("b1", "nb", "nobody answers");
    hall.does(LIV, Command::StartSayBack);
    hall.goes_to(3);
    assert_eq!(hall.session.shared_view().say_back, None);
}
