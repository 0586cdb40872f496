use super::*;
use serde_json::{Value, json};

const KARI: PeerId = PeerId(1);
const OLA: PeerId = PeerId(2);
const PER: PeerId = PeerId(3);

fn content(entries: &[(u64, u64, &str)]) -> Vec<u8> {
    PresenceEntry::write_all(entries.iter().map(|&(client, clock, state)| PresenceEntry {
        client,
        clock,
        state,
    }))
}

fn people(telling: Telling) -> People {
    People {
        telling,
        ..People::default()
    }
}

impl People {
    fn hears(&mut self, peer: PeerId, client: u64, clock: u64, state: &str, now: u64) {
        self.take_presence(peer, &content(&[(client, clock, state)]), now)
            .unwrap();
    }
}

fn read(content: &[u8]) -> Vec<(u64, u64, Value)> {
    PresenceEntry::read_all(content)
        .unwrap()
        .into_iter()
        .map(|entry| {
            let state = serde_json::from_str(entry.state).unwrap();
            (entry.client, entry.clock, state)
        })
        .collect()
}

/// What Per is told of the others.
fn shown(people: &People) -> Vec<(u64, u64, Value)> {
    let mut shown = people.others(PER).map_or_else(Vec::new, |all| read(&all));
    shown.sort_by_key(|(.., state)| state.to_string());
    shown
}

fn states(people: &People) -> Vec<Value> {
    shown(people).into_iter().map(|(.., state)| state).collect()
}

fn news(people: &mut People) -> Vec<(u64, u64, Value)> {
    (people.take_news(100_000)).map_or_else(Vec::new, |news| read(&news.content()))
}

#[test]
fn a_socket_shows_one_page_and_others_are_told_of_it_by_another_id() {
    let mut people = people(Telling::Everything);
    people.hears(KARI, 7, 1, "{}", 0);
    people.hears(KARI, 8, 1, "{}", 0);
    let shown = shown(&people);
    assert_eq!(shown.len(), 1);
    assert!(![7, 8].contains(&shown[0].0));
    assert_eq!(people.others(KARI), None, "she is not told of herself");
}

#[test]
fn nobody_moves_anothers_cursor() {
    let mut people = people(Telling::Everything);
    people.hears(KARI, 7, 1, "{\"cursor\":[1,1]}", 0);
    let hers = shown(&people)[0].0;
    // A standard client hands on what it knows of others before it shows itself; and one tries her own id.
    let handed_on = content(&[(hers, 9, "{\"cursor\":[9,9]}"), (8, 1, "{}")]);
    people.take_presence(OLA, &handed_on, 0).unwrap();
    people.hears(PeerId(4), 7, 99, "{\"cursor\":[5,5]}", 0);
    let states = states(&people);
    assert_eq!(states.len(), 3, "each is one");
    assert!(states.contains(&json!({"cursor": [1, 1]})));
    people.leave(PeerId(4));
    assert!(people.signs.contains_key(&hers));
}

#[test]
fn what_has_gone_and_is_handed_on_is_no_page() {
    let mut people = people(Telling::Everything);
    people.hears(KARI, 7, 1, "{}", 0);
    let hers = shown(&people)[0].0;
    people.leave(KARI);
    news(&mut people);
    people.hears(OLA, hers, 2, "{}", 0);
    assert!(shown(&people).is_empty());
}

#[test]
fn presence_goes_with_its_socket_and_comes_back_as_another() {
    let mut people = people(Telling::Everything);
    people.hears(KARI, 7, 4, "{}", 0);
    let first = news(&mut people)[0].0;
    people.leave(KARI);
    assert_eq!(news(&mut people), [(first, 1, Value::Null)]);
    assert!(shown(&people).is_empty());
    people.hears(OLA, 7, 4, "{}", 0);
    assert_ne!(news(&mut people)[0].0, first);
}

#[test]
fn a_page_that_is_at_another_socket_is_the_same() {
    let mut people = people(Telling::Everything);
    people.hears(KARI, 7, 9, "{}", 0);
    let before = shown(&people)[0].0;
    people.hand_over(KARI, OLA);
    people.hears(OLA, 7, 2, "{\"cursor\":[1,1]}", 0);
    people.leave(KARI);
    assert_eq!(shown(&people), [(before, 2, json!({"cursor": [1, 1]}))]);
    assert_eq!(people.others(OLA), None);
}

#[test]
fn presence_goes_when_it_is_not_renewed() {
    let mut people = people(Telling::Everything);
    people.hears(KARI, 7, 1, "{}", 1_000);
    people.hears(KARI, 7, 2, "{}", 16_000);
    news(&mut people);
    people.expire(31_000);
    assert!(!people.has_news());
    assert_eq!(people.next_expiry(), Some(46_000));
    people.expire(46_000);
    assert_eq!(news(&mut people)[0].2, Value::Null);
    people.hears(KARI, 7, 3, "{}", 50_000);
    assert_eq!(news(&mut people)[0].2, json!({}), "and comes back");
}

#[test]
fn over_the_budget_everybody_gets_a_turn() {
    let mut people = people(Telling::Everything);
    let state = format!("{{\"user\":\"{}\"}}", "a".repeat(90));
    for client in 0..10 {
        people.hears(PeerId(client), client, 1, &state, 0);
    }
    let mut told = Vec::new();
    while let Some(news) = people.take_news(350) {
        assert!(news.0.len() <= 3);
        told.extend(news.0.iter().map(|told| told.peer.0));
        // The first one moves again and again, and must wait for their turn.
        if told.len() < 10 {
            people.hears(PeerId(0), 0, 1 + told.len() as u64, &state, 0);
        }
    }
    assert_eq!(told, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0][..told.len()]);
    assert!(told.len() >= 10);
}

#[test]
fn what_would_trip_other_clients_is_passed_over() {
    let mut people = people(Telling::Everything);
    for (clock, state) in [
        (1, "{"),
        (1, "7"),
        (u64::pow(2, 50), "{}"),
        (1, "{\"a\":\"\u{0}\"}"),
    ] {
        people.hears(KARI, 7, clock, state, 0);
    }
    let large = format!("{{\"a\":\"{}\"}}", "a".repeat(MAX_PRESENCE_BYTES));
    people.hears(KARI, 7, 1, &large, 0);
    assert!(!people.has_news());
}

#[test]
fn bytes_that_do_not_decode_are_an_error() {
    assert!(People::default().take_presence(KARI, &[3, 1], 0).is_err());
}

fn at_work(note: &str, x: u32) -> String {
    json!({
        "user": {"name": "Kari", "color": "#0A5A45"}, "screen": "desk", "cursor": [x, 1], "selection": [note],
        "caret": {"note": note, "anchor": {"a": x}, "head": {}}, "mood": "Kari",
    })
    .to_string()
}

#[test]
fn on_a_board_with_voices_it_is_told_who_is_here_and_that_somebody_writes_and_nothing_joins_the_two()
 {
    let mut people = people(Telling::WhoIsHere);
    people.hears(KARI, 7, 1, &at_work("a", 1), 0);
    let told = news(&mut people);
    assert_eq!(told.len(), 2);
    assert_ne!(told[0].0, told[1].0);
    assert_eq!(
        states(&people),
        [
            json!({"user": {"name": "", "color": ""}, "screen": "desk", "nameless": true,
                   "caret": {"note": "a", "anchor": {"a": 1}, "head": {}}}),
            json!({"user": {"name": "Kari", "color": "#0A5A45"}, "screen": "desk"}),
        ]
    );
    // While she writes, only that sign is renewed; in the next note it is another.
    people.hears(KARI, 7, 2, &at_work("a", 2), 0);
    let writes = news(&mut people);
    assert_eq!((writes.len(), writes[0].0 == told[1].0), (1, true));
    people.hears(KARI, 7, 3, &at_work("b", 2), 0);
    let next = news(&mut people);
    assert_eq!(next.len(), 2);
    assert_eq!((next[0].0, &next[0].2), (told[1].0, &Value::Null));
    assert!(told.iter().all(|(id, ..)| *id != next[1].0));
    // Her own renewals tell nothing.
    people.hears(KARI, 7, 4, &at_work("b", 2), 5_000);
    assert!(!people.has_news());
}

#[test]
fn who_leaves_while_writing_goes_from_the_note_later() {
    let mut people = people(Telling::WhoIsHere);
    people.hears(KARI, 7, 1, &at_work("a", 1), 0);
    news(&mut people);
    people.leave(KARI);
    let told = news(&mut people);
    assert_eq!(told.len(), 1);
    assert_eq!(states(&people).len(), 1, "somebody writes in the note");
    people.expire(TIME_TO_LIVE_MS);
    assert!(shown(&people).is_empty());
}

#[test]
fn all_that_is_told_is_renewed_at_the_same_time() {
    let mut people = people(Telling::HowMany);
    people.hears(KARI, 7, 1, &at_work("a", 1), 0);
    people.hears(OLA, 8, 1, &at_work("b", 1), 4_000);
    news(&mut people);
    people.hears(KARI, 7, 2, &at_work("a", 1), 10_000);
    people.expire(RENEW_EVERY_MS);
    assert_eq!(news(&mut people).len(), 4);
    assert_eq!(people.next_expiry(), Some(2 * RENEW_EVERY_MS));
    let names = states(&people)
        .iter()
        .map(Value::to_string)
        .collect::<String>();
    assert!(!names.contains("Kari"));
}

#[test]
fn when_less_is_told_nothing_leads_from_what_was_told_before() {
    let mut people = people(Telling::Everything);
    people.hears(KARI, 7, 1, &at_work("a", 1), 0);
    let before: Vec<u64> = news(&mut people).iter().map(|(id, ..)| *id).collect();
    people.tell(Telling::HowMany, 0);
    let told = news(&mut people);
    let gone = told.iter().filter(|(.., state)| state.is_null());
    assert!(gone.map(|(id, ..)| *id).eq(before.iter().copied()));
    assert_eq!(shown(&people).len(), 2);
    assert!(shown(&people).iter().all(|(id, ..)| !before.contains(id)));
    people.tell(Telling::Everything, 0);
    assert_eq!(states(&people).len(), 1);
}

#[test]
fn everybody_is_told_by_the_number_that_the_room_says_and_by_no_other() {
    for telling in [Telling::Everything, Telling::WhoIsHere, Telling::HowMany] {
        let mut people = people(telling);
        people.comes(KARI, 7, 3);
        people.hears(KARI, 7, 1, "{\"number\":9,\"screen\":\"desk\"}", 0);
        people.hears(OLA, 8, 1, "{\"n\\u0075mber\":3}", 0);
        let mut numbers: Vec<u64> = states(&people)
            .iter()
            .map(|state| {
                state
                    .get("number")
                    .and_then(Value::as_u64)
                    .unwrap_or_default()
            })
            .collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [0, 3], "{telling:?}");
    }
}

#[test]
fn where_names_do_not_stand_on_notes_no_number_is_told_of_who_writes() {
    for telling in [Telling::WhoIsHere, Telling::HowMany] {
        let mut people = people(telling);
        people.comes(KARI, 7, 3);
        people.hears(KARI, 7, 1, &at_work("n", 1), 0);
        let (own, signs): (Vec<Value>, Vec<Value>) = states(&people)
            .into_iter()
            .partition(|state| state.get("nameless").is_none());
        assert_eq!(own.len(), 1);
        assert!(!signs.is_empty());
        assert!(signs.iter().all(|sign| sign.get("number").is_none()));
    }
}
