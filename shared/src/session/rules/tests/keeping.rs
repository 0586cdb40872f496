//! What has to be kept of the records: not what is told anew, and no names on an anonymous board.

use super::*;
use crate::session::{Person, Showing, without_names};

#[test]
fn a_thousand_introductions_and_drafts_leave_one_each() {
    let mut hall = Hall::with(&["kari", "ola"]);
    hall.does(LIV, Command::StartSilence);
    for time in 0..1_000 {
        let name = format!("Kari {time}");
        let voices = Vec::new();
        hall.does("kari", Command::Introduce { name, voices });
        hall.does("kari", draft("d1", &format!("Bussen {time}")));
        let gone = format!("gone {time}");
        hall.does("ola", draft(&gone, "Nei"));
        let note = gone.as_str().into();
        hall.does("ola", Command::DropDraft { note });
    }
    let (session, read) = hall.again_from_what_counts();
    assert_eq!(session, hall.session);
    assert!(read < 20, "{read} of {}", hall.log.len());
}

#[test]
fn an_anonymous_board_knows_no_name_and_neither_do_its_records() {
    let mut hall = Hall::with(&["kari"]);
    let introduce = |name: &str| Command::Introduce {
        name: name.to_owned(),
        voices: Vec::new(),
    };
    hall.does("kari", introduce("Kari Moe"));
    let showing = Showing::Anonymous;
    hall.does(LIV, Command::Show { showing });
    assert_eq!(hall.own("kari").name, "");
    hall.does("kari", introduce("Kari Moe"));
    assert_eq!(hall.own("kari").name, "");
    assert_eq!(hall.session.names_to_forget(), Some(showing));

    let nameless = |event: &String| {
        let event = serde_json::from_str(event).unwrap();
        without_names(event, showing)
    };
    let records: Vec<Event> = hall.log.iter().map(nameless).collect();
    assert!(hall.log.iter().any(|event| event.contains("Kari Moe")));
    assert!(!format!("{records:?}").contains("Kari Moe"));
    hall.session.apply(Event::NamesGone(showing));
    assert_eq!(hall.session.names_to_forget(), None);

    // Shown again and no more: what was said meanwhile is to be forgotten anew.
    let named = Showing::Named;
    hall.does(LIV, Command::Show { showing: named });
    hall.does("kari", introduce("Kari Moe"));
    assert_eq!(hall.own("kari").name, "Kari Moe");
    hall.does(LIV, Command::Show { showing });
    assert_eq!(hall.session.names_to_forget(), Some(showing));
}

#[test]
fn names_of_those_without_a_device_stay_for_who_writes_for_them() {
    let paper = Person {
        name: "Else".to_owned(),
        scribe: Some("kari".into()),
        ..Person::default()
    };
    let event = Event::Person("paper-1".into(), paper);
    assert_eq!(without_names(event.clone(), Showing::Anonymous), event);
}
