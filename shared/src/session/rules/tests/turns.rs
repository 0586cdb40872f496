use super::*;

fn present(hall: &Hall) -> Option<String> {
    let turns = hall.session.turns.as_ref()?;
    turns.present().map(|turn| turn.person.to_string())
}

#[test]
fn each_voice_is_heard_once_before_any_is_heard_twice() {
    let mut hall = Hall::with(&["a0", "b1", "c2", "d0", "e0"]);
    hall.introduces("e0", &["v0"]);
    hall.does(LIV, Command::StartTurns);
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
    hall.may_not("a0", Command::StartTurns, Refusal::NotYours);
    hall.does(LIV, Command::StartTurns);
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
fn nobody_waits_for_who_has_gone() {
    let mut hall = Hall::with(&["a0", "b1"]);
    hall.does(LIV, Command::StartTurns);
    let first = present(&hall).unwrap();
    hall.leaves(&first);
    let event = hall.session.turns_with(&hall.world.here).unwrap();
    hall.session.take(event);
    assert_ne!(present(&hall), Some(first));
    assert_eq!(hall.session.turns_with(&hall.world.here), None);
}

#[test]
fn with_nobody_here_there_is_no_round() {
    let mut hall = Hall::with(&[]);
    hall.may_not(LIV, Command::StartTurns, Refusal::Nothing);
}
