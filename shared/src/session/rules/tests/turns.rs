use super::*;

fn present(hall: &Hall) -> Option<String> {
    let turns = hall.session.turns.as_ref()?;
    turns.present().map(|turn| turn.person.to_string())
}

#[test]
fn each_voice_is_heard_once_before_any_is_heard_twice() {
    let mut hall = Hall::with(&["a0", "b1", "c2", "d0", "e0"]);
    hall.introduces("e0", &["v0"]);
    hall.does(LIV, Command::StartTurns { seconds: None });
    let mut voices = Vec::new();
    while let Some(who) = present(&hall) {
        let view = hall.session.shared_view().turns.unwrap();
        voices.push(view.present.unwrap().voice.unwrap().to_string());
        assert!(hall.own(&who).is_my_turn);
        hall.does(&who, Command::EndTurn);
    }
    let mut first = voices[..3].to_vec();
    first.sort();
    assert_eq!(first, ["v0", "v1", "v2"]);
    assert_eq!(voices.len(), 5);
    hall.may_not(LIV, Command::EndTurn, Refusal::TooLate);
    hall.does(LIV, Command::EndTurns);
    assert!(hall.session.shared_view().turns.is_none());
}

#[test]
fn a_turn_is_ended_and_passed_by_who_has_it_or_by_who_leads() {
    let mut hall = Hall::with(&["a0", "b1"]);
    hall.may_not("a0", Command::EndTurn, Refusal::TooLate);
    hall.may_not(
        "a0",
        Command::StartTurns { seconds: None },
        Refusal::NotYours,
    );
    hall.does(LIV, Command::StartTurns { seconds: None });
    let first = present(&hall).unwrap();
    let other = if first == "a0" { "b1" } else { "a0" };
    hall.may_not(other, Command::EndTurn, Refusal::NotYours);
    hall.may_not(other, Command::PassTurn, Refusal::NotYours);
    hall.does(&first, Command::PassTurn);
    assert_eq!(present(&hall).as_deref(), Some(other));
    hall.does(LIV, Command::EndTurn);
    assert_eq!(present(&hall), Some(first), "who passed is asked once more");
}

#[test]
fn each_has_as_much_time_as_was_given_from_when_their_turn_begins_and_nobody_is_cut_off() {
    let mut hall = Hall::with(&["a0", "b1"]);
    let times = |hall: &Hall| {
        let turns = hall.session.shared_view().turns.unwrap();
        (turns.seconds, turns.ends_at)
    };
    let ends = |hall: &Hall, seconds: u64| hall.world.now + seconds * 1_000;
    hall.may_not(
        LIV,
        Command::StartTurns { seconds: Some(5) },
        Refusal::Malformed,
    );
    hall.may_not(
        LIV,
        Command::TimeTurns { seconds: Some(60) },
        Refusal::TooLate,
    );
    hall.does(LIV, Command::StartTurns { seconds: Some(60) });
    assert_eq!(times(&hall), (Some(60), Some(ends(&hall, 60))));
    let first = present(&hall);
    hall.world.now += 5 * MINUTE;
    assert_eq!(present(&hall), first, "they may finish");
    hall.does(LIV, Command::EndTurn);
    assert_eq!(times(&hall), (Some(60), Some(ends(&hall, 60))));
    hall.world.now += MINUTE / 2;
    hall.does(LIV, Command::TimeTurns { seconds: Some(90) });
    assert_eq!(times(&hall), (Some(90), Some(ends(&hall, 90))));
    hall.may_not(
        "a0",
        Command::TimeTurns { seconds: None },
        Refusal::NotYours,
    );
    hall.does(LIV, Command::TimeTurns { seconds: None });
    assert_eq!(times(&hall), (None, None));
    hall.does(LIV, Command::TimeTurns { seconds: Some(90) });
    hall.does(LIV, Command::EndTurn);
    assert_eq!(times(&hall), (Some(90), None), "everybody was heard");
}

#[test]
fn nobody_waits_for_who_has_gone() {
    let mut hall = Hall::with(&["a0", "b1"]);
    hall.does(LIV, Command::StartTurns { seconds: None });
    let first = present(&hall).unwrap();
    hall.leaves(&first);
    let event = hall
        .session
        .turns_with(&hall.world.here, hall.world.now)
        .unwrap();
    hall.session.apply(event);
    assert_ne!(present(&hall), Some(first));
    assert_eq!(
        hall.session.turns_with(&hall.world.here, hall.world.now),
        None
    );
}

#[test]
fn with_nobody_here_there_is_no_round() {
    let mut hall = Hall::with(&[]);
    hall.may_not(LIV, Command::StartTurns { seconds: None }, Refusal::Nothing);
}
