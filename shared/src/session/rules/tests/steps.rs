//! What may happen in a session, at random.

use super::*;
use crate::session::{
    Among, GroupId, Locks, RoundId, RoundOn, RoundOrder, RoundWish, Scene, Showing,
    mix::{GroupSize, Wishes},
};
use proptest::prelude::*;

/// Who takes part, the first two with a facilitator's key, and somebody who never came.
pub(super) const PEOPLE: [&str; 8] = ["liv", "siv", "kari", "ola", "per", "ada", "eva", "nobody"];

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Asks(usize, Command),
    /// The one black button, with what it says just then.
    Presses(usize),
    Writes(usize, u8),
    /// The same for somebody without a device.
    WritesFor(usize, u8, u8),
    Posts(usize, u8),
    Restates(usize),
    Judges(usize, bool),
    Arrives(usize),
    Leaves(usize),
    /// The machine's clock is set, by hours.
    Clock(i64),
    Sees(usize, u8),
}

pub(super) fn note_id(number: u8) -> String {
    format!("n{number}")
}

/// Somebody without a device.
pub(super) fn paper(number: u8) -> PersonId {
    PersonId::from(&*format!("paper-{number}"))
}

fn command() -> impl Strategy<Value = Command> {
    let with_device = || prop::sample::select(&PEOPLE[..]).prop_map(PersonId::from);
    let person = || prop_oneof![4 => with_device(), 1 => (0..4u8).prop_map(paper)];
    let note = || (0..24u8).prop_map(|number| NoteId::from(note_id(number).as_str()));
    let phase = || (1..6u16).prop_map(PhaseId);
    let round = || (0..5u16).prop_map(RoundId);
    let voices = || {
        prop::collection::vec(
            prop::sample::select(&["v0", "v1", "v2", "last", "none"][..]).prop_map(VoiceId::from),
            0..3,
        )
    };
    let item = || {
        prop_oneof![
            note().prop_map(Item::Note),
            Just(Item::Cluster("c1".into()))
        ]
    };
    let dots = || prop::collection::btree_map(item(), 0..5u8, 0..4);
    let for_all = prop_oneof![
        voices().prop_map(|voices| Command::Introduce {
            name: "somebody".to_owned(),
            voices
        }),
        ((0..4u8).prop_map(paper), voices()).prop_map(|(person, voices)| Command::WriteFor {
            name: person.to_string(),
            person,
            voices
        }),
        (0..4u8).prop_map(|person| Command::NoLongerFor {
            person: paper(person)
        }),
        (round(), 0..4u8, dots()).prop_map(|(round, whom, dots)| Command::Vote {
            round,
            for_whom: Some(paper(whom)),
            voice: None,
            dots
        }),
        (0..4u8).prop_map(|group| Command::JoinGroup {
            group: GroupId(group)
        }),
        note().prop_map(|note| Command::DropDraft { note }),
        any::<bool>().prop_map(|by_card| Command::DisturbMe { by_card }),
        Just(Command::SetAside),
        (round(), dots()).prop_map(|(round, dots)| Command::Vote {
            round,
            for_whom: None,
            voice: None,
            dots
        }),
        (round(), dots()).prop_map(|(round, dots)| Command::Vote {
            round,
            for_whom: None,
            voice: Some("v1".into()),
            dots
        }),
        Just(Command::EndTurn),
        Just(Command::PassTurn),
        note().prop_map(|note| Command::BreakHabit {
            note,
            who: "us".into(),
            from: "now".into()
        }),
        Just(Command::TakeLead),
    ];
    let of_phases = prop_oneof![
        (prop::option::of(phase()), phase()).prop_map(|(from, to)| Command::GoTo { from, to }),
        Just(Command::Pause),
        Just(Command::Resume),
        (0..130u16).prop_map(|minutes| Command::AddMinutes { minutes }),
        Just(script().phases).prop_shuffle().prop_map(|mut phases| {
            phases.truncate(3);
            Command::SetPhases { phases }
        }),
        (1..5usize).prop_map(|count| Command::SetVoices {
            voices: script().voices[..count].to_vec()
        }),
        prop::sample::select(&[Showing::Anonymous, Showing::Voices, Showing::Named][..])
            .prop_map(|showing| Command::Show { showing }),
        Just(Command::StartSilence),
        Just(Command::Reveal),
    ];
    let of_people = prop_oneof![
        (1..4u16).prop_map(|groups| Command::Mix {
            size: GroupSize::Groups(groups),
            wishes: Wishes::default()
        }),
        Just(Command::DissolveGroups),
        (person(), 0..4u8).prop_map(|(person, group)| Command::Seat {
            person,
            group: GroupId(group)
        }),
        Just(Command::DisturbAll),
        Just(Command::StartSayBack),
        Just(Command::EndSayBack),
        Just(Command::StartTurns { seconds: None }),
        Just(Command::EndTurns),
        Just(Command::Stay),
        Just(Command::StopGathering),
        Just(Command::SkipSayBack { for_whom: None }),
        person().prop_map(|person| Command::Share { person }),
        person().prop_map(|person| Command::HandOver { person }),
        person().prop_map(|person| Command::Remove { person }),
    ];
    let of_the_board = prop_oneof![
        item().prop_map(|item| Command::Spotlight { item: Some(item) }),
        Just(Command::ReadNext),
        (1..5u8, 1..5u8, any::<bool>()).prop_map(|(dots, most_on_one, notes)| {
            let on = if notes {
                RoundOn::Notes
            } else {
                RoundOn::Clusters
            };
            let order = RoundOrder::Total;
            Command::OpenRound {
                wish: RoundWish {
                    title: String::new(),
                    on,
                    among: Among::All,
                    dots,
                    most_on_one,
                    order,
                },
            }
        }),
        round().prop_map(|round| Command::CloseRound { round }),
        round().prop_map(|round| Command::ReopenRound { round }),
        (round(), 0..4_u8).prop_map(|(round, leading)| Command::VoteOnLeading { round, leading }),
        round().prop_map(|round| Command::ShowLastDots { round }),
        round().prop_map(|round| Command::OrderRound {
            round,
            order: RoundOrder::Agreement
        }),
        any::<bool>().prop_map(|board| Command::Lock {
            locks: Locks {
                board,
                ..Locks::default()
            }
        }),
        note().prop_map(|note| Command::Hide { note }),
        note().prop_map(|note| Command::Restore { note }),
        Just(Command::SetScene {
            scene: Some(Scene::Votes),
            is_pinned: false
        }),
    ];
    prop_oneof![3 => for_all, 1 => of_phases, 1 => of_people, 1 => of_the_board]
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let who = || 0..PEOPLE.len();
    prop_oneof![
        10 => (who(), command()).prop_map(|(who, command)| Step::Asks(who, command)),
        10 => (0..2usize, command()).prop_map(|(who, command)| Step::Asks(who, command)),
        3 => who().prop_map(Step::Presses),
        8 => (who(), 0..24u8).prop_map(|(who, note)| Step::Writes(who, note)),
        4 => (who(), 0..4u8, 0..24u8).prop_map(|(who, whom, note)| Step::WritesFor(who, whom, note)),
        3 => (who(), 0..24u8).prop_map(|(who, note)| Step::Posts(who, note)),
        3 => who().prop_map(Step::Restates),
        3 => (who(), any::<bool>()).prop_map(|(who, confirms)| Step::Judges(who, confirms)),
        2 => who().prop_map(Step::Arrives),
        1 => who().prop_map(Step::Leaves),
        1 => (-30..30i64).prop_map(Step::Clock),
        1 => (who(), 0..24u8).prop_map(|(who, note)| Step::Sees(who, note)),
    ]
}
