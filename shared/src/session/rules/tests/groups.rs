use super::*;
use crate::session::{
    GroupId,
    mix::{GroupSize, Wishes},
};

fn mix(size: GroupSize) -> Command {
    Command::Mix {
        size,
        wishes: Wishes::default(),
    }
}

fn group_of(hall: &Hall, who: &str) -> Option<GroupId> {
    hall.session.people[&who.into()].group
}

#[test]
fn groups_have_as_many_different_voices_as_can_be_and_areas_apart() {
    let mut hall = Hall::with(&["a0", "b1", "c2", "d0", "e1", "f2"]);
    hall.does(LIV, mix(GroupSize::Groups(2)));
    let view = hall.session.shared_view();
    assert!(
        view.groups
            .iter()
            .all(|group| group.people == 3 && group.voices == 3)
    );
    assert_eq!(hall.session.lead_view(&hall.world.here).mix, Some((6, 6)));
    assert_eq!(group_of(&hall, LIV), None, "who facilitates has no table");
    let areas = hall.session.group_areas();
    assert!(!areas[0].overlaps(areas[1]));
    // A note lands where its writer sits.
    let outcome = hall.does("a0", draft("n1", "a"));
    let at = group_of(&hall, "a0");
    assert!(
        matches!(&outcome.edits[..], [Edit::Post { group: Some(group), .. }] if Some(group.id) == at)
    );

    hall.does(LIV, Command::DissolveGroups);
    assert!(hall.session.shared_view().groups.is_empty());
    assert_eq!(group_of(&hall, "a0"), None);
}

#[test]
fn a_group_of_one_is_a_group_and_of_none_is_none() {
    let mut hall = Hall::with(&[]);
    hall.may_not(LIV, mix(GroupSize::Groups(2)), Refusal::Nothing);
    hall.arrives("kari", Role::Participant).unwrap();
    hall.does(LIV, mix(GroupSize::People(4)));
    assert_eq!(hall.session.shared_view().groups.len(), 1);
    assert_eq!(hall.session.shared_view().groups[0].people, 1);
}

#[test]
fn three_hundred_people_of_one_voice_are_seated_evenly() {
    let names: Vec<String> = (0..300).map(|number| format!("p{number}")).collect();
    let mut hall = Hall::with(&[]);
    for name in &names {
        hall.arrives(name, Role::Participant).unwrap();
        let voices = vec!["v0".into()];
        let person = crate::session::Person {
            voices,
            ..hall.session.people[&name.as_str().into()].clone()
        };
        let event = Event::Person(name.as_str().into(), person);
        hall.session.apply(event.clone());
        hall.write_down(&event);
    }
    hall.may_not(LIV, mix(GroupSize::People(5)), Refusal::TooMany);
    hall.does(LIV, mix(GroupSize::People(13)));
    let sizes: Vec<u32> = hall
        .session
        .shared_view()
        .groups
        .iter()
        .map(|group| group.people)
        .collect();
    assert_eq!(sizes.iter().sum::<u32>(), 300);
    assert!(
        sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1,
        "{sizes:?}"
    );
}

#[test]
fn who_comes_late_sits_where_their_voice_is_missing() {
    let mut hall = Hall::with(&["a0", "b1", "c0", "d1"]);
    hall.introduces("c0", &["v0"]);
    hall.introduces("d1", &["v0"]);
    hall.does(LIV, mix(GroupSize::Groups(2)));
    hall.arrives("late", Role::Participant).unwrap();
    hall.introduces("late", &["v1"]);
    let table = group_of(&hall, "late").unwrap();
    assert_ne!(Some(table), group_of(&hall, "b1"));
    // Or where the code on the table says.
    let group = group_of(&hall, "b1").unwrap();
    hall.does("late", Command::JoinGroup { group });
    assert_eq!(group_of(&hall, "late"), Some(group));
    hall.may_not(
        "late",
        Command::JoinGroup { group: GroupId(9) },
        Refusal::Unknown,
    );
    let (person, group) = ("a0".into(), table);
    hall.does(LIV, Command::Seat { person, group });
    let (person, group) = ("nobody".into(), table);
    hall.may_not(LIV, Command::Seat { person, group }, Refusal::Unknown);
}

#[test]
fn mixed_again_nobody_moves_who_need_not_and_who_left_has_no_seat() {
    let people = ["a0", "b1", "c2", "d0", "e1", "f2"];
    let mut hall = Hall::with(&people);
    hall.does(LIV, mix(GroupSize::Groups(2)));
    let before: Vec<_> = people.iter().map(|who| group_of(&hall, who)).collect();
    let areas = hall.session.group_areas();
    let again = hall.does(LIV, mix(GroupSize::Groups(2)));
    assert!(
        !again
            .events
            .iter()
            .any(|event| matches!(event, Event::Person(..)))
    );
    let after: Vec<_> = people.iter().map(|who| group_of(&hall, who)).collect();
    assert_eq!((before, areas), (after, hall.session.group_areas()));
    hall.leaves("a0");
    hall.does(LIV, mix(GroupSize::Groups(2)));
    assert_eq!(group_of(&hall, "a0"), None);
}
