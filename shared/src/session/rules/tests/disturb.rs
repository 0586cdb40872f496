use super::*;
use crate::session::{Deck, DisturbanceOf};

fn note_before(hall: &Hall, who: &str) -> Option<String> {
    match hall.own(who).disturbance {
        Some(DisturbanceOf::Note(note)) => Some(note.to_string()),
        _ => None,
    }
}

fn card_before(hall: &Hall, who: &str) -> Option<String> {
    match hall.own(who).disturbance {
        Some(DisturbanceOf::Card { id, .. }) => Some(id),
        _ => None,
    }
}

const ME: Command = Command::DisturbMe { by_card: false };
const A_CARD: Command = Command::DisturbMe { by_card: true };

#[test]
fn a_thought_of_a_voice_unlike_mine_comes_before_one_of_my_own() {
    let mut hall = Hall::with(&["a0", "b1", "c0"]);
    hall.introduces("c0", &["v0"]);
    hall.posts("a0", "mine", "the bus never comes on time");
    hall.posts("c0", "alike", "the bus is always late in winter");
    hall.posts("b1", "unlike", "nobody at the office answers my calls");
    hall.does("a0", ME);
    assert_eq!(note_before(&hall, "a0").as_deref(), Some("unlike"));
    hall.does("a0", ME);
    assert_eq!(
        note_before(&hall, "a0").as_deref(),
        Some("alike"),
        "then the rest"
    );
    hall.does("a0", ME);
    assert!(
        card_before(&hall, "a0").is_some(),
        "when all is met, a card"
    );
    assert_eq!(hall.own("a0").disturbances, 3);
    hall.does("a0", Command::SetAside);
    assert_eq!(hall.own("a0").disturbance, None);
}

#[test]
fn what_was_seen_or_is_hidden_disturbs_nobody() {
    let mut hall = Hall::with(&["a0", "b1"]);
    hall.posts("b1", "seen", "nobody at the office answers my calls");
    hall.posts("b1", "hidden", "they laughed when I asked for help");
    hall.does(
        LIV,
        Command::Hide {
            note: "hidden".into(),
        },
    );
    hall.world.seen.insert("a0".into(), ["seen".into()].into());
    hall.does("a0", ME);
    assert!(card_before(&hall, "a0").is_some());
}

#[test]
fn on_an_anonymous_board_the_thoughts_of_others_still_come() {
    let mut hall = Hall::with(&["a0", "b1"]);
    hall.posts("a0", "mine", "the bus never comes on time");
    hall.posts("b1", "theirs", "nobody at the office answers my calls");
    let showing = crate::session::Showing::Anonymous;
    hall.does(LIV, Command::Show { showing });
    hall.does("a0", ME);
    assert_eq!(note_before(&hall, "a0").as_deref(), Some("theirs"));
}

#[test]
fn no_card_comes_twice_before_all_have_come() {
    let mut hall = Hall::with(&["a0"]);
    let mut cards = BTreeSet::new();
    for _ in 0..60 {
        hall.does("a0", A_CARD);
        cards.insert(card_before(&hall, "a0").unwrap());
    }
    assert_eq!(cards.len(), 60);
    // The facilitator's own deck, and none.
    let own = Card {
        id: "own".to_owned(),
        text: LocalizedText::own("And the children?"),
    };
    let without = (0..60).map(|number| format!("card {number}")).collect();
    let deck = Deck {
        without,
        own: vec![own],
    };
    hall.does(LIV, Command::SetDeck { deck: deck.clone() });
    hall.does("a0", A_CARD);
    assert_eq!(card_before(&hall, "a0").as_deref(), Some("own"));
    let deck = Deck {
        own: Vec::new(),
        ..deck
    };
    hall.does(LIV, Command::SetDeck { deck });
    hall.may_not("a0", A_CARD, Refusal::Nothing);
    hall.may_not(LIV, Command::DisturbAll, Refusal::Nothing);
}

#[test]
fn a_surprise_for_all_is_another_for_each_who_does_not_lead() {
    let names: Vec<String> = (0..12).map(|number| format!("p{number}")).collect();
    let people: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut hall = Hall::with(&people);
    for (place, who) in people.iter().take(6).enumerate() {
        let text = ["bus", "phone", "school", "doctor", "letter", "money"][place];
        hall.posts(
            who,
            &format!("n{place}"),
            &format!("the {text} was never explained to me"),
        );
    }
    hall.leaves("p11");
    hall.does(LIV, Command::DisturbAll);
    let given: BTreeSet<String> = people[..11]
        .iter()
        .map(|who| format!("{:?}", hall.own(who).disturbance.unwrap()))
        .collect();
    assert_eq!(given.len(), 11);
    assert_eq!(hall.own("p11").disturbance, None);
    assert_eq!(hall.own(LIV).disturbance, None);
    assert_eq!(hall.session.shared_view().surprises, 1);
    hall.may_not("p0", Command::DisturbAll, Refusal::NotYours);
}

#[test]
fn a_large_board_is_compared_in_part_and_ones_own_are_never_given() {
    let mut hall = Hall::with(&["a0", "b1"]);
    for number in 0..1_500 {
        let who = if number % 10 == 0 { "a0" } else { "b1" };
        hall.posts(
            who,
            &format!("n{number:04}"),
            &format!("matter {number} of the town"),
        );
    }
    for _ in 0..3 {
        hall.does("a0", ME);
        let note = note_before(&hall, "a0").unwrap();
        assert!(!note.ends_with('0'), "{note}");
    }
}
