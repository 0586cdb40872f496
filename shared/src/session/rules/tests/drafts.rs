use super::*;
use crate::session::Showing;

#[test]
fn in_silence_a_note_is_its_writers_alone_until_all_are_revealed() {
    let mut hall = Hall::with(&["kari", "ola"]);
    hall.goes_on();
    hall.world.now += 10;
    hall.does("ola", draft("n1", "first"));
    hall.world.now += 10;
    hall.does("kari", draft("n0", "second"));
    assert!(hall.edits.is_empty());
    let view = hall.session.shared_view();
    assert_eq!((view.drafts, view.drafters), (2, 2));
    assert_eq!(hall.own("kari").drafts[0].text, "second");
    assert!(hall.own(LIV).drafts.is_empty());

    let outcome = hall.does(LIV, Command::Reveal);
    assert_eq!(
        posted(&outcome),
        ["n1", "n0"],
        "in the order in which they were written"
    );
    let view = hall.session.shared_view();
    assert_eq!((view.drafts, view.reveals, view.revealed.len()), (0, 1, 2));
    assert_eq!(view.writing, Writing::Open);
    hall.may_not(LIV, Command::Reveal, Refusal::Nothing);
}

#[test]
fn a_draft_is_its_writers_to_write_anew_and_to_drop() {
    let mut hall = Hall::with(&["kari", "ola"]);
    hall.does(LIV, Command::StartSilence);
    hall.may_not(LIV, Command::StartSilence, Refusal::Already);
    hall.does("kari", draft("n1", "a"));
    let at = hall.session.drafts[&"n1".into()].at;
    hall.world.now += 5;
    hall.does("kari", draft("n1", "b"));
    let kept = &hall.session.drafts[&"n1".into()];
    assert_eq!((kept.at, kept.note.text.as_str()), (at, "b"));
    hall.may_not("ola", draft("n1", "c"), Refusal::Unknown);
    let drop = || Command::DropDraft { note: "n1".into() };
    hall.may_not("ola", drop(), Refusal::Unknown);
    hall.may_not(LIV, drop(), Refusal::Unknown);
    hall.does("kari", drop());
    hall.may_not("kari", drop(), Refusal::Unknown);
    for text in ["", "  ", &"a".repeat(10_001)] {
        hall.may_not("kari", draft("n2", text), Refusal::Malformed);
    }
    for number in 0..200 {
        hall.does("kari", draft(&format!("k{number}"), "a"));
    }
    hall.may_not("kari", draft("one too many", "a"), Refusal::TooMany);
    hall.does("kari", draft("k7", "still mended"));
}

#[test]
fn a_draft_that_comes_late_or_twice_is_one_note() {
    let mut hall = Hall::with(&["kari"]);
    hall.does(LIV, Command::StartSilence);
    hall.does("kari", draft("n1", "a"));
    hall.does(LIV, Command::Reveal);
    let again = hall.does("kari", draft("n1", "a"));
    assert_eq!(again, Outcome::default());
    let late = hall.does("kari", draft("n2", "from the lift"));
    assert_eq!(posted(&late), ["n2"]);
    assert_eq!(
        hall.does("kari", draft("n2", "from the lift")),
        Outcome::default()
    );
    // Somebody has deleted it meanwhile: it does not come back.
    hall.world.notes.clear();
    assert_eq!(hall.does("kari", draft("n1", "a")), Outcome::default());
}

#[test]
fn what_was_written_on_after_the_reveal_is_not_lost() {
    let mut hall = Hall::with(&["kari"]);
    hall.does(LIV, Command::StartSilence);
    hall.does("kari", draft("n1", "the first half"));
    hall.does(LIV, Command::Reveal);
    // Her phone had no network, and she wrote on.
    let more = hall.does("kari", draft("n1", "the first half, and the second"));
    let [id] = posted(&more)[..] else {
        panic!("{more:?}")
    };
    assert_ne!(id, "n1");
    assert_eq!(
        hall.world.notes[&NoteId::from(id)].text,
        "the first half, and the second"
    );
    assert_eq!(hall.world.notes[&NoteId::from("n1")].text, "the first half");
    assert_eq!(
        hall.does("kari", draft("n1", "the first half")),
        Outcome::default()
    );
}

#[test]
fn voices_that_are_shown_last_come_after_the_others() {
    let mut hall = Hall::with(&["kari", "boss"]);
    hall.introduces("boss", &["last"]);
    hall.goes_on();
    hall.does("kari", draft_as("n1", "v0"));
    hall.does("boss", draft_as("n2", "last"));
    let view = hall.session.shared_view();
    assert_eq!((view.drafts, view.last_drafts), (1, 1));

    let outcome = hall.does(
        LIV,
        Command::Next {
            from: Some(PhaseId(1)),
            step: NextStep::Reveal,
        },
    );
    assert_eq!(posted(&outcome), ["n1"]);
    // They wait, in open writing, too.
    hall.does("boss", draft_as("n3", "last"));
    assert_eq!(hall.session.shared_view().last_drafts, 2);
    assert_eq!(hall.goes_on(), NextStep::RevealLast);
    assert_eq!(
        hall.session.shared_view().revealed,
        ["n2".into(), "n3".into()]
    );
    assert_eq!(hall.session.shared_view().reveals, 2);
    // Who turns to another voice is shown with all others.
    hall.does("boss", draft_as("n4", "last"));
    let now = hall.does("boss", draft_as("n4", "v0"));
    assert_eq!(posted(&now), ["n4"]);
    assert!(hall.own("boss").drafts.is_empty());
}

#[test]
fn a_note_shows_as_much_of_its_writer_as_the_board_does() {
    for (showing, voice, name) in [
        (Showing::Anonymous, None, None),
        (Showing::Voices, Some("v0".into()), None),
        (Showing::Named, Some("v0".into()), Some("kari".to_owned())),
    ] {
        let mut hall = Hall::with(&["kari"]);
        if showing != Showing::default() {
            hall.does(LIV, Command::Show { showing });
        }
        let outcome = hall.does("kari", draft_as("n1", "v0"));
        let [
            Edit::Post {
                draft, name: its, ..
            },
        ] = &outcome.edits[..]
        else {
            panic!("{outcome:?}")
        };
        assert_eq!((&draft.note.voice, its), (&voice, &name));
    }
    let mut hall = Hall::with(&["kari"]);
    let outcome = hall.does("kari", draft_as("n1", "made up"));
    assert!(matches!(&outcome.edits[..], [Edit::Post { draft, .. }] if draft.note.voice.is_none()));
}
