use super::*;
use crate::session::{Showing, Voice};

#[test]
fn who_comes_gets_a_number_and_is_known_when_they_come_back() {
    let mut hall = Hall::with(&["kari", "ola"]);
    assert_eq!((hall.own(LIV).number, hall.own("ola").number), (1, 3));
    hall.leaves("ola");
    hall.arrives("ola", Role::Participant).unwrap();
    assert_eq!(hall.own("ola").number, 3);
    assert_eq!(
        hall.session.arrive(&"ola".into(), Role::Participant),
        Ok(None)
    );
    // The same browser with the facilitator's link.
    hall.arrives("ola", Role::Facilitator).unwrap();
    assert!(hall.own("ola").leads);
    hall.may_not("nobody", Command::SetAside, Refusal::Unknown);
}

#[test]
fn one_takes_voices_that_there_are_each_once() {
    let mut hall = Hall::with(&["kari"]);
    hall.introduces("kari", &["v1", "made up", "v1", "v0"]);
    assert_eq!(hall.own("kari").voices, ["v1".into(), "v0".into()]);
    let name = format!("  Kari\n {} ", "a".repeat(200));
    hall.does(
        "kari",
        Command::Introduce {
            name,
            voices: Vec::new(),
        },
    );
    assert!(hall.own("kari").name.starts_with("Kari aaa"));
    assert_eq!(hall.own("kari").name.len(), 60);
    assert!(hall.own("kari").voices.is_empty());
}

#[test]
fn the_list_of_voices_is_the_facilitators_to_edit() {
    let mut hall = Hall::with(&["kari"]);
    let mut voices = script().voices;
    voices.truncate(2);
    hall.may_not(
        "kari",
        Command::SetVoices {
            voices: voices.clone(),
        },
        Refusal::NotYours,
    );
    hall.does(
        LIV,
        Command::SetVoices {
            voices: voices.clone(),
        },
    );
    assert_eq!(hall.session.shared_view().voices.len(), 2);
    let twice = vec![voices[0].clone(), voices[0].clone()];
    hall.may_not(
        LIV,
        Command::SetVoices { voices: twice },
        Refusal::Malformed,
    );
    let nameless = vec![Voice {
        name: LocalizedText::own(" "),
        ..voices[0].clone()
    }];
    hall.may_not(
        LIV,
        Command::SetVoices { voices: nameless },
        Refusal::Malformed,
    );
    let many = (0..31).map(|id| Voice {
        id: format!("v{id}").as_str().into(),
        ..voices[0].clone()
    });
    hall.may_not(
        LIV,
        Command::SetVoices {
            voices: many.collect(),
        },
        Refusal::TooMany,
    );
}

#[test]
fn for_what_is_written_it_only_ever_becomes_less() {
    let mut hall = Hall::with(&["kari"]);
    let show = |showing| Command::Show { showing };
    hall.may_not("kari", show(Showing::Named), Refusal::NotYours);
    hall.may_not(LIV, show(Showing::Voices), Refusal::Already);
    assert!(hall.does(LIV, show(Showing::Named)).edits.is_empty());
    let outcome = hall.does(LIV, show(Showing::Anonymous));
    assert_eq!(outcome.edits, [Edit::ForgetAuthors(Showing::Anonymous)]);
    assert!(
        hall.does(LIV, show(Showing::Named)).edits.is_empty(),
        "what is gone stays gone"
    );
    let names = |hall: &Hall| {
        hall.session
            .lead_view(&hall.world.here)
            .people
            .into_iter()
            .map(|person| person.name)
            .collect::<String>()
    };
    assert_eq!(names(&hall), "", "nor is a name known any more");
    let (name, voices) = ("kari".to_owned(), Vec::new());
    hall.does("kari", Command::Introduce { name, voices });
    assert_eq!(names(&hall), "kari");
    hall.does(LIV, show(Showing::Anonymous));
    assert_eq!(names(&hall), "");
}

#[test]
fn facilitation_is_shared_handed_over_and_taken_back_with_the_key() {
    let mut hall = Hall::with(&["kari", "ola"]);
    let share = |who: &str| Command::Share { person: who.into() };
    let hand_over = |who: &str| Command::HandOver { person: who.into() };
    hall.may_not("kari", share("kari"), Refusal::NotYours);
    hall.may_not("kari", Command::TakeLead, Refusal::NotYours);
    hall.does(LIV, share("kari"));
    hall.may_not(LIV, share("kari"), Refusal::Already);
    hall.may_not(LIV, share("nobody"), Refusal::Unknown);
    hall.may_not(LIV, hand_over(LIV), Refusal::Already);
    hall.does("kari", hand_over("ola"));
    assert!(!hall.own("kari").leads && hall.own("ola").leads && hall.own(LIV).leads);
    hall.does(LIV, hand_over("ola"));
    hall.may_not(LIV, Command::StartSilence, Refusal::NotYours);
    hall.does("ola", Command::StartSilence);
    hall.does(LIV, Command::TakeLead);
    hall.may_not(LIV, Command::TakeLead, Refusal::Already);
    hall.does(LIV, Command::Reveal);
}

#[test]
fn who_is_removed_is_gone_from_everything_and_cannot_return() {
    let mut hall = Hall::with(&["kari", "troll"]);
    hall.posts("kari", "n1", "the bus never comes");
    hall.posts("troll", "n2", "nonsense");
    hall.does(LIV, Command::StartSilence);
    hall.does("troll", draft("d1", "nonsense"));
    let wish = crate::session::RoundWish {
        title: String::new(),
        on: crate::session::RoundOn::Notes,
        among: crate::session::Among::All,
        dots: 1,
        most_on_one: 1,
        order: crate::session::RoundOrder::Total,
    };
    hall.does(LIV, Command::OpenRound { wish });
    let dots = [(Item::Note("n1".into()), 1)].into();
    let round = crate::session::RoundId(1);
    hall.does(
        "troll",
        Command::Vote {
            round,
            for_whom: None,
            voice: None,
            dots,
        },
    );
    hall.does(LIV, Command::StartTurns { seconds: None });

    let remove = |who: &str| Command::Remove { person: who.into() };
    hall.may_not("kari", remove("troll"), Refusal::NotYours);
    hall.may_not(LIV, remove(LIV), Refusal::LastFacilitator);
    hall.may_not(LIV, remove("nobody"), Refusal::Unknown);
    let outcome = hall.does(LIV, remove("troll"));
    assert_eq!(outcome.edits, [Edit::TakeBack("troll".into())]);
    let view = hall.session.shared_view();
    assert_eq!((view.drafts, view.round.unwrap().voted), (0, 0));
    assert!(hall.world.notes.keys().all(|note| note.as_str() == "n1"));
    hall.may_not("troll", Command::SetAside, Refusal::Removed);
    assert_eq!(
        hall.arrives("troll", Role::Facilitator),
        Err(Refusal::Removed)
    );
    assert_eq!(hall.session.to_take_back(), ["troll".into()]);
    hall.session.apply(Event::TakenBack("troll".into()));
    assert!(hall.session.to_take_back().is_empty());
    hall.may_not(LIV, remove("troll"), Refusal::Unknown);
}

#[test]
fn invented_people_make_way_for_who_comes_and_leave_room_for_who_leads() {
    use crate::session::people::MAX_PEOPLE;
    let mut hall = Hall::with(&["kari"]);
    hall.introduces("kari", &["v1"]);
    let mut refused = None;
    for number in 0..MAX_PEOPLE {
        let one = PersonId::from(&*format!("invented-{number}"));
        match hall.session.arrive(&one, Role::Participant) {
            Ok(event) => event
                .into_iter()
                .for_each(|event| hall.session.apply(event)),
            Err(why) => {
                refused = Some((number, why));
                break;
            }
        }
    }
    let (number, why) = refused.expect("not everybody fits");
    assert!(number < MAX_PEOPLE - 100 && why == Refusal::TooMany);
    // Who leads comes in all the same.
    hall.arrives("lead-2", Role::Facilitator).unwrap();
    // Nobody who is here, or did something, is forgotten.
    let here: BTreeSet<PersonId> = ["invented-0".into()].into();
    let forgotten = hall.session.who_may_be_forgotten(&here);
    assert_eq!(forgotten, Some(Event::Forgotten("invented-1".into())));
    hall.session.apply(forgotten.unwrap());
    hall.arrives("late", Role::Participant).unwrap();
    assert_eq!(hall.own("kari").voices, ["v1".into()]);
    let numbers: BTreeSet<u32> = (hall.session.people.values())
        .map(|person| person.number)
        .collect();
    assert_eq!(numbers.len(), hall.session.people.len());
}

#[test]
fn invented_people_are_forgotten_with_one_press_and_nobody_who_did_something_or_is_here() {
    let mut hall = Hall::with(&["kari"]);
    hall.posts("kari", "n1", "Bussen kommer ikke");
    hall.leaves("kari");
    for number in 0..40 {
        let invented = &*format!("invented {number}");
        hall.arrives(invented, Role::Participant).unwrap();
        hall.does(
            invented,
            Command::Introduce {
                name: format!("Oppdiktet {number}"),
                voices: Vec::new(),
            },
        );
        if number != 7 {
            hall.leaves(invented);
        }
    }
    let before = hall.session.people.len();
    hall.may_not("invented 7", Command::ForgetIdle, Refusal::NotYours);
    hall.does(LIV, Command::ForgetIdle);
    assert_eq!(hall.session.people.len(), before - 39);
    let mut stay = ["kari", LIV, "invented 7"].into_iter().map(PersonId::from);
    assert!(stay.all(|one| hall.session.people.contains_key(&one)));
    hall.may_not(LIV, Command::ForgetIdle, Refusal::Nothing);
}
