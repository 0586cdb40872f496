use super::*;
use crate::session::{Among, RoundId, RoundOn, RoundOrder, RoundWish};

fn wish(on: RoundOn, dots: u8, most_on_one: u8) -> Command {
    Command::OpenRound {
        wish: RoundWish {
            title: " What matters? ".to_owned(),
            on,
            among: Among::All,
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

fn wish_among(on: RoundOn, among: Among) -> Command {
    let Command::OpenRound { mut wish } = wish(on, 3, 2) else {
        unreachable!("it is a wish")
    };
    wish.among = among;
    Command::OpenRound { wish }
}

#[test]
fn only_what_was_chosen_may_be_voted_on() {
    let mut hall = hall();
    hall.posts("a0", "n3", "in a cluster");
    hall.world.notes.get_mut(&NoteId::from("n2")).unwrap().kind = NoteKind::Plan;
    hall.world
        .notes
        .get_mut(&NoteId::from("n3"))
        .unwrap()
        .cluster = Some("c1".into());
    let kinds =
        |kinds: &[&str]| Among::Kinds(kinds.iter().map(|kind| (*kind).to_owned()).collect());
    let chosen = |notes: &[&str]| {
        Among::These(
            notes
                .iter()
                .map(|note| Item::Note((*note).into()))
                .collect(),
        )
    };
    let cases = [
        (kinds(&["problem"]), [true, false, true]),
        (kinds(&["plan", "idea"]), [false, true, false]),
        (Among::Cluster("c1".into()), [false, false, true]),
        (chosen(&["n1", "n2"]), [true, true, false]),
        (Among::All, [true, true, true]),
    ];
    for (place, (among, may)) in cases.into_iter().enumerate() {
        let round = place as u16 + 1;
        hall.does(LIV, wish_among(RoundOn::Notes, among));
        for (note, may) in ["n1", "n2", "n3"].into_iter().zip(may) {
            let ballot = vote(round, &[(note, 1)]);
            if may {
                hall.does("a0", ballot);
            } else {
                hall.may_not("a0", ballot, Refusal::Unknown);
            }
        }
        let round = RoundId(round);
        hall.does(LIV, Command::CloseRound { round });
    }
    for unsound in [kinds(&[]), kinds(&["nonsense"]), chosen(&[])] {
        hall.may_not(LIV, wish_among(RoundOn::Notes, unsound), Refusal::Malformed);
    }
}

#[test]
fn a_round_that_is_opened_again_has_the_dots_that_were_given() {
    let mut hall = hall();
    let close = |round| Command::CloseRound {
        round: RoundId(round),
    };
    let reopen = |round| Command::ReopenRound {
        round: RoundId(round),
    };
    hall.may_not(LIV, reopen(1), Refusal::Unknown);
    hall.does(LIV, wish(RoundOn::Notes, 3, 2));
    hall.does("a0", vote(1, &[("n1", 2), ("n2", 1)]));
    hall.does("b1", vote(1, &[("n1", 1)]));
    hall.may_not(LIV, reopen(1), Refusal::Already);
    hall.does(LIV, close(1));
    let first = hall.session.shared_view().round.unwrap();
    assert_eq!((first.reopened, first.opening), (0, 1));
    assert!(
        hall.own("a0").dots.is_empty(),
        "nothing to move while it is closed"
    );

    hall.may_not("a0", reopen(1), Refusal::NotYours);
    hall.does(LIV, reopen(1));
    let view = hall.session.shared_view();
    let round = view.round.unwrap();
    assert!(round.is_open && view.former_rounds.is_empty());
    assert_eq!(
        (round.voted, round.result, round.reopened, round.opening),
        (2, None, 1, 2)
    );
    assert_eq!(hall.own("a0").dots.len(), 2, "one's own, to be moved");
    assert!(hall.own("c2").dots.is_empty());

    // One moves a dot, one is late, one leaves theirs as they are.
    hall.does("a0", vote(1, &[("n2", 2)]));
    hall.does("c2", vote(1, &[("n2", 1)]));
    hall.does(LIV, close(1));
    let result = hall.session.shared_view().round.unwrap().result.unwrap();
    let dots = |note: &str| {
        let item = Item::Note(note.into());
        let found = result.items.iter().find(|one| one.item == item);
        found.map_or(0, |one| one.dots)
    };
    assert_eq!((result.voters, dots("n1"), dots("n2")), (3, 1, 3));

    // Another round, and the former one stays as it came out.
    hall.does(LIV, wish(RoundOn::Notes, 3, 2));
    assert_eq!(hall.session.shared_view().round.unwrap().opening, 3);
    hall.may_not(LIV, reopen(1), Refusal::TooLate);
    hall.does(LIV, close(2));
    hall.may_not(LIV, reopen(1), Refusal::TooLate);
}

#[test]
fn whoever_is_sent_out_between_two_openings_takes_their_dots_along() {
    let mut hall = hall();
    hall.does(LIV, wish(RoundOn::Notes, 3, 2));
    hall.does("a0", vote(1, &[("n1", 2)]));
    hall.does("b1", vote(1, &[("n1", 1)]));
    hall.does(LIV, Command::CloseRound { round: RoundId(1) });
    hall.does(
        LIV,
        Command::Remove {
            person: "b1".into(),
        },
    );
    hall.does(LIV, Command::ReopenRound { round: RoundId(1) });
    assert_eq!(hall.session.shared_view().round.unwrap().voted, 1);
}

#[test]
fn a_new_round_is_held_on_what_leads() {
    let mut hall = hall();
    hall.posts("a0", "n3", "matters, too");
    let again = |leading| Command::VoteOnLeading {
        round: RoundId(1),
        leading,
    };
    hall.may_not(LIV, again(2), Refusal::Unknown);
    hall.does(LIV, wish(RoundOn::Notes, 3, 2));
    hall.may_not(LIV, again(2), Refusal::TooLate);
    hall.does("a0", vote(1, &[("n1", 2), ("n3", 1)]));
    hall.does("b1", vote(1, &[("n2", 1)]));
    hall.does(LIV, Command::CloseRound { round: RoundId(1) });
    hall.may_not("a0", again(2), Refusal::NotYours);
    hall.may_not(LIV, again(1), Refusal::Nothing);
    hall.does(LIV, again(2));
    let round = hall.session.shared_view().round.unwrap();
    assert_eq!((round.title.as_str(), round.voted), ("What matters?", 0));
    let Among::These(items) = round.among else {
        panic!("of the leading ones")
    };
    assert_eq!(items.len(), 3, "two have as many dots");
    hall.does(LIV, Command::CloseRound { round: RoundId(2) });
    let view = hall.session.shared_view();
    assert_eq!(view.former_rounds.len(), 1, "what was is kept");
    assert!(view.former_rounds[0].result.is_some());
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
