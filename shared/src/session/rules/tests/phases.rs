use super::*;
use crate::session::{Stage, Timer};

fn left(hall: &Hall) -> u64 {
    hall.session.stage().timer().unwrap().left(hall.world.now)
}

#[test]
fn who_only_ever_goes_on_gets_a_whole_workshop() {
    let mut hall = Hall::with(&["kari"]);
    let mut steps = Vec::new();
    while hall.session.next_step() != NextStep::Nothing {
        steps.push(hall.goes_on());
    }
    let phase = |id| NextStep::Phase(PhaseId(id));
    assert_eq!(
        steps,
        [
            NextStep::Begin,
            NextStep::Reveal,
            phase(2),
            NextStep::LookFirst(PhaseId(3)),
            phase(3),
            phase(4),
            NextStep::End
        ]
    );
    assert_eq!(hall.session.stage(), Stage::Over);
    let checkpoints = hall.edits.iter();
    let names: Vec<&str> = checkpoints
        .filter_map(|edit| match edit {
            Edit::Checkpoint(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["Phase 1", "Phase 2", "Phase 3", "Phase 4"]);
    assert_eq!(hall.session.shared_view().ended.len(), 4);
}

#[test]
fn two_facilitators_who_press_at_the_same_moment_skip_nothing() {
    let mut hall = Hall::with(&[]);
    hall.arrives("siv", Role::Facilitator).unwrap();
    hall.goes_on();
    hall.goes_on();
    let press = || Command::Next {
        from: Some(PhaseId(1)),
        step: NextStep::Phase(PhaseId(2)),
    };
    hall.does(LIV, press());
    hall.may_not("siv", press(), Refusal::TooLate);
    let back = |to| Command::GoTo {
        from: Some(PhaseId(2)),
        to: PhaseId(to),
    };
    hall.does(LIV, back(1));
    hall.may_not("siv", back(1), Refusal::TooLate);
    assert_eq!(hall.session.stage().phase(), Some(PhaseId(1)));
}

#[test]
fn the_clock_stands_while_it_is_paused_and_takes_more_minutes() {
    let mut hall = Hall::with(&[]);
    hall.may_not(LIV, Command::Pause, Refusal::TooLate);
    hall.goes_on();
    assert_eq!(left(&hall), 20 * MINUTE);
    hall.world.now += 5 * MINUTE;
    hall.does(LIV, Command::Pause);
    hall.may_not(LIV, Command::Pause, Refusal::Already);
    hall.world.now += 60 * MINUTE;
    assert_eq!(left(&hall), 15 * MINUTE);
    hall.does(LIV, Command::AddMinutes { minutes: 2 });
    hall.does(LIV, Command::Resume);
    hall.may_not(LIV, Command::Resume, Refusal::Already);
    hall.world.now += MINUTE;
    assert_eq!(left(&hall), 16 * MINUTE);
    // Over time: a minute more is a minute from now.
    hall.world.now += 60 * MINUTE;
    assert_eq!(left(&hall), 0);
    hall.does(LIV, Command::AddMinutes { minutes: 1 });
    assert_eq!(left(&hall), MINUTE);
    for minutes in [0, 121] {
        hall.may_not(LIV, Command::AddMinutes { minutes }, Refusal::Malformed);
    }
}

#[test]
fn a_clock_that_jumps_hours_ends_nothing_by_itself() {
    let mut hall = Hall::with(&[]);
    hall.goes_on();
    hall.world.now -= 5 * 60 * MINUTE;
    assert_eq!(left(&hall), 320 * MINUTE);
    hall.world.now += 48 * 60 * MINUTE;
    assert_eq!(
        (left(&hall), hall.session.stage().phase()),
        (0, Some(PhaseId(1)))
    );
    hall.does(LIV, Command::Pause);
    hall.does(LIV, Command::Resume);
    assert_eq!(left(&hall), 0);
}

#[test]
fn another_days_phase_waits_until_its_clock_is_let_run() {
    let mut hall = Hall::with(&[]);
    hall.goes_to(3);
    assert!(matches!(
        hall.session.stage().timer(),
        Some(Timer::Runs { .. })
    ));
    hall.goes_on();
    let waits = Timer::Waits { left: 30 * MINUTE };
    assert_eq!(hall.session.stage().timer(), Some(waits));
    hall.may_not(LIV, Command::Pause, Refusal::Already);
    hall.does(LIV, Command::AddMinutes { minutes: 5 });
    let waits = Timer::Waits { left: 35 * MINUTE };
    assert_eq!(
        hall.session.stage().timer(),
        Some(waits),
        "it has not begun"
    );
    hall.does(LIV, Command::Resume);
    hall.world.now += MINUTE;
    assert_eq!(left(&hall), 34 * MINUTE);
}

#[test]
fn insights_are_shown_once_on_the_way_from_the_problem_to_ideas() {
    let mut hall = Hall::with(&[]);
    hall.goes_to(1);
    hall.goes_to(2);
    assert_eq!(hall.session.shared_view().insights_moment, 0);
    hall.goes_to(3);
    assert_eq!(hall.session.shared_view().insights_moment, 1);
    hall.goes_to(2);
    let again = hall.does(
        LIV,
        Command::GoTo {
            from: Some(PhaseId(2)),
            to: PhaseId(3),
        },
    );
    assert!(!again.events.contains(&Event::InsightsShown));
}

#[test]
fn before_ideas_the_room_looks_at_what_is_missing_and_goes_on_or_stays() {
    let mut hall = Hall::with(&["kari"]);
    hall.goes_to(2);
    while hall.session.next_step() == NextStep::Reveal {
        hall.goes_on();
    }
    let look = NextStep::LookFirst(PhaseId(3));
    let before = (hall.session.stage(), hall.session.writing);
    assert_eq!(hall.goes_on(), look);
    let shown = hall.session.shared_view();
    assert_eq!(
        (shown.looking, shown.insights_moment),
        (Some(PhaseId(3)), 0)
    );
    assert_eq!(
        (hall.session.stage(), hall.session.writing),
        before,
        "nothing has changed"
    );
    hall.may_not("kari", Command::Stay, Refusal::NotYours);
    hall.does(LIV, Command::Stay);
    hall.may_not(LIV, Command::Stay, Refusal::Already);
    assert_eq!(hall.session.shared_view().looking, None);
    assert_eq!(hall.goes_on(), look, "another time it looks anew");
    assert_eq!(hall.goes_on(), NextStep::Phase(PhaseId(3)));
    let shown = hall.session.shared_view();
    assert_eq!((shown.looking, shown.insights_moment), (None, 1));
}

#[test]
fn who_jumps_to_ideas_looks_first_too_and_then_goes_where_they_wanted() {
    let mut hall = Hall::with(&[]);
    hall.goes_to(1);
    let (from, to) = (Some(PhaseId(1)), PhaseId(3));
    let looks = hall.does(LIV, Command::GoTo { from, to });
    assert_eq!(looks.events, [Event::Looking(Some(to))]);
    while hall.session.next_step() == NextStep::Reveal {
        hall.goes_on();
    }
    assert_eq!(hall.goes_on(), NextStep::Phase(to));
    assert_eq!(hall.session.stage().phase(), Some(to));
}

#[test]
fn who_leads_says_when_the_room_meets_again() {
    let mut hall = Hall::with(&["kari"]);
    let on = |when: &str| Command::MeetAgain {
        when: when.to_owned(),
    };
    hall.may_not("kari", on("Tuesday"), Refusal::NotYours);
    hall.may_not(LIV, on(&"a".repeat(10_000)), Refusal::Malformed);
    hall.does(LIV, on(" Tuesday at nine "));
    assert_eq!(hall.session.shared_view().meet_again, "Tuesday at nine");
    hall.does(LIV, on(""));
    assert_eq!(hall.session.shared_view().meet_again, "");
}

#[test]
fn phases_are_edited_but_the_present_one_is_not_taken_away() {
    let mut hall = Hall::with(&["kari"]);
    hall.goes_to(2);
    let mut phases = script().phases;
    phases.remove(0);
    phases.reverse();
    hall.does(
        LIV,
        Command::SetPhases {
            phases: phases.clone(),
        },
    );
    assert_eq!(
        hall.session.next_step(),
        NextStep::End,
        "it is the last one now"
    );
    phases.retain(|phase| phase.id != PhaseId(2));
    let without = Command::SetPhases {
        phases: phases.clone(),
    };
    hall.may_not(LIV, without, Refusal::TooLate);
    let mut twice = script().phases;
    twice.push(twice[1].clone());
    hall.may_not(
        LIV,
        Command::SetPhases { phases: twice },
        Refusal::Malformed,
    );
    let many = (0..41).map(|id| Phase {
        id: PhaseId(id),
        ..phases[0].clone()
    });
    let many = Command::SetPhases {
        phases: many.collect(),
    };
    hall.may_not(LIV, many, Refusal::TooMany);
    let phases = script().phases;
    hall.may_not("kari", Command::SetPhases { phases }, Refusal::NotYours);
}

#[test]
fn what_was_not_revealed_is_shown_when_its_phase_ends() {
    let mut hall = Hall::with(&["kari"]);
    hall.goes_on();
    hall.does("kari", draft("n1", "still a draft"));
    let outcome = hall.does(
        LIV,
        Command::GoTo {
            from: Some(PhaseId(1)),
            to: PhaseId(2),
        },
    );
    assert_eq!(posted(&outcome), ["n1"]);
    let places = |wanted: fn(&Edit) -> bool| outcome.edits.iter().position(wanted);
    let note = places(|edit| matches!(edit, Edit::Post { .. }));
    assert!(
        note < places(|edit| matches!(edit, Edit::Checkpoint(_))),
        "it is in the checkpoint"
    );
}
