use super::*;
use crate::session::{RoundId, RoundOn, RoundOrder, RoundWish};

fn wish(on: RoundOn, dots: u8, most_on_one: u8) -> Command {
    Command::OpenRound {
        wish: RoundWish {
            title: " What matters? ".to_owned(),
            on,
            dots,
            most_on_one,
            order: RoundOrder::Total,
        },
    }
}

fn vote(round: u16, dots: &[(&str, u8)]) -> Command {
    let dots = dots
        .iter()
        .map(|(note, count)| (Item::Note((*note).into()), *count))
        .collect();
    Command::Vote {
        round: RoundId(round),
        for_whom: None,
        voice: None,
        dots,
    }
}

fn hall() -> Hall {
    let mut hall = Hall::with(&["a0", "b1", "c2", "d0", "e1"]);
    for note in ["n1", "n2"] {
        hall.posts("a0", note, "matters");
    }
    hall
}

#[test]
fn dots_are_secret_until_the_round_is_closed_and_gone_after() {
    let mut hall = hall();
    hall.does(LIV, wish(RoundOn::Notes, 3, 2));
    hall.may_not(LIV, wish(RoundOn::Notes, 3, 2), Refusal::Already);
    assert_eq!(hall.session.next_step(), NextStep::CloseRound);
    for (who, dots) in [("a0", [2, 1]), ("b1", [0, 2]), ("c2", [1, 1])] {
        hall.does(who, vote(1, &[("n1", dots[0]), ("n2", dots[1])]));
    }
    let round = hall.session.shared_view().round.unwrap();
    assert_eq!(
        (round.voted, round.result, round.title.as_str()),
        (3, None, "What matters?")
    );
    assert_eq!(hall.own("b1").dots.len(), 1);
    hall.does("b1", vote(1, &[]));
    assert_eq!(
        hall.session.shared_view().round.unwrap().voted,
        2,
        "taken back"
    );
    hall.does("b1", vote(1, &[("n1", 1)]));

    hall.does(LIV, Command::CloseRound { round: RoundId(1) });
    hall.may_not(
        LIV,
        Command::CloseRound { round: RoundId(1) },
        Refusal::TooLate,
    );
    let result = hall.session.shared_view().round.unwrap().result.unwrap();
    assert_eq!((result.voters, result.items[0].dots), (3, 4));
    assert!(
        result.voices.is_empty(),
        "each voice has fewer than four voters"
    );
    assert!(hall.own("b1").dots.is_empty());
}

#[test]
fn a_ballot_keeps_to_the_round_or_is_refused_whole() {
    let mut hall = hall();
    hall.may_not("a0", vote(1, &[("n1", 1)]), Refusal::Unknown);
    for (dots, most) in [(0, 0), (3, 4), (51, 1), (3, 0)] {
        hall.may_not(LIV, wish(RoundOn::Notes, dots, most), Refusal::Malformed);
    }
    hall.may_not("a0", wish(RoundOn::Notes, 3, 2), Refusal::NotYours);
    hall.does(LIV, wish(RoundOn::Notes, 3, 2));
    hall.may_not("a0", vote(1, &[("n1", 3)]), Refusal::TooMany);
    hall.may_not("a0", vote(1, &[("n1", 2), ("n2", 2)]), Refusal::TooMany);
    hall.may_not("a0", vote(1, &[("gone", 1)]), Refusal::Unknown);
    hall.may_not("a0", vote(2, &[("n1", 1)]), Refusal::Unknown);
    hall.does(LIV, Command::Hide { note: "n2".into() });
    hall.may_not("a0", vote(1, &[("n2", 1)]), Refusal::Unknown);
    hall.does(LIV, Command::CloseRound { round: RoundId(1) });
    hall.may_not("a0", vote(1, &[("n1", 1)]), Refusal::TooLate);
    // Notes are not clusters.
    hall.does(LIV, wish(RoundOn::Clusters, 3, 2));
    hall.may_not("a0", vote(2, &[("n1", 1)]), Refusal::Unknown);
    let dots = [(Item::Cluster("c1".into()), 2)].into();
    hall.does(
        "a0",
        Command::Vote {
            round: RoundId(2),
            for_whom: None,
            voice: None,
            dots,
        },
    );
}

#[test]
fn a_vote_once_more_keeps_the_former_result() {
    let mut hall = hall();
    hall.does(LIV, wish(RoundOn::Notes, 3, 2));
    hall.does("a0", vote(1, &[("n1", 2)]));
    hall.does(LIV, Command::CloseRound { round: RoundId(1) });
    hall.does(LIV, wish(RoundOn::Notes, 3, 2));
    hall.does("a0", vote(2, &[("n2", 2)]));
    hall.does(LIV, Command::CloseRound { round: RoundId(2) });
    let order = RoundOrder::Agreement;
    hall.does(
        LIV,
        Command::OrderRound {
            round: RoundId(1),
            order,
        },
    );
    let view = hall.session.shared_view();
    let first =
        |round: &crate::session::RoundView| round.result.as_ref().unwrap().items[0].item.clone();
    assert_eq!(first(&view.round.unwrap()), Item::Note("n2".into()));
    assert_eq!(first(&view.former_rounds[0]), Item::Note("n1".into()));
    assert_eq!(view.former_rounds[0].order, order);
}

#[test]
fn dots_of_voices_that_are_shown_last_are_added_last() {
    let names: Vec<String> = (0..8).map(|number| format!("p{number}")).collect();
    let people: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut hall = Hall::with(&people);
    hall.posts("p0", "n1", "matters");
    for who in &people[..4] {
        hall.introduces(who, &["v0"]);
    }
    for who in &people[4..] {
        hall.introduces(who, &["last"]);
    }
    hall.does(LIV, wish(RoundOn::Notes, 3, 3));
    for who in &people {
        hall.does(who, vote(1, &[("n1", 3)]));
    }
    assert_eq!(hall.goes_on(), NextStep::CloseRound);
    let view = hall.session.shared_view().round.unwrap();
    assert_eq!(
        (view.result.unwrap().items[0].dots, view.waits_for_last),
        (12, true)
    );
    assert_eq!(view.voted, 4, "nor how many of them voted");
    assert_eq!(hall.goes_on(), NextStep::ShowLastDots);
    let view = hall.session.shared_view().round.unwrap();
    assert_eq!(
        (view.result.unwrap().items[0].dots, view.waits_for_last),
        (24, false)
    );
    hall.may_not(
        LIV,
        Command::ShowLastDots { round: RoundId(1) },
        Refusal::Already,
    );
}

#[test]
fn one_votes_as_a_voice_that_one_has_taken() {
    let mut hall = hall();
    hall.introduces("a0", &["v1", "v2"]);
    hall.does(LIV, wish(RoundOn::Notes, 3, 3));
    for (asked, expected) in [(Some("v2"), "v2"), (Some("v0"), "v1"), (None, "v1")] {
        let dots = [(Item::Note("n1".into()), 1)].into();
        let voice = asked.map(VoiceId::from);
        hall.does(
            "a0",
            Command::Vote {
                round: RoundId(1),
                for_whom: None,
                voice,
                dots,
            },
        );
        assert_eq!(hall.own("a0").voted_as, Some(expected.into()));
    }
}
