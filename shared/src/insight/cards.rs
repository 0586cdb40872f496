//! The decks of provocation cards in `assets/cards`, which the server embeds: whether they are sound.

use serde::Deserialize;
use std::collections::HashSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    id: String,
    text: String,
}

/// A card is read at a glance, on a phone.
const LONGEST: usize = 140;

fn decks() -> [Vec<Card>; 3] {
    [
        include_str!("../../../assets/cards/nb.json"),
        include_str!("../../../assets/cards/nn.json"),
        include_str!("../../../assets/cards/en.json"),
    ]
    .map(|deck| serde_json::from_str(deck).unwrap())
}

#[test]
fn all_languages_have_the_same_cards_in_the_same_order() {
    let [bokmål, nynorsk, english] = decks();
    assert!(bokmål.len() >= 60);
    let ids = |deck: &[Card]| deck.iter().map(|card| card.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&bokmål), ids(&nynorsk));
    assert_eq!(ids(&bokmål), ids(&english));
}

#[test]
fn no_card_is_there_twice() {
    for deck in decks() {
        let ids: HashSet<&str> = deck.iter().map(|card| card.id.as_str()).collect();
        let texts: HashSet<&str> = deck.iter().map(|card| card.text.as_str()).collect();
        assert_eq!((ids.len(), texts.len()), (deck.len(), deck.len()));
    }
}

#[test]
fn a_card_is_short_and_ends_as_a_question() {
    for card in decks().iter().flatten() {
        let letters = card.text.chars().count();
        assert!((1..=LONGEST).contains(&letters), "{}", card.text);
        assert!(card.text.ends_with('?'), "{}", card.text);
        assert!(!card.text.contains('!'), "{}", card.text);
    }
}
