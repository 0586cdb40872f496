//! A place for somebody who comes when the groups sit already.

use super::{Person, Wishes};
use crate::ids::PersonId;

/// The group for a latecomer: one of the smallest, so that sizes stay within one; of these where the fewest
/// wishes break, then where most of their voices are lacking, then where fewest share a voice with them (or
/// lack one as they do), then the first.
///
/// `people` sit in `groups` (one number a person, `0..count`). Nobody else moves.
///
/// ```
/// use samtavle_shared::session::mix::*;
/// let person = |id: &str, voice: &str| Person { id: id.into(), voices: vec![voice.into()] };
/// let seated = [person("kari", "youth"), person("ola", "leader")];
/// let group = place_latecomer(&person("liv", "youth"), &seated, &[0, 1], 2, &Wishes::default());
/// assert_eq!(group, 1);
/// ```
pub fn place_latecomer(
    latecomer: &Person,
    people: &[Person],
    groups: &[usize],
    count: usize,
    wishes: &Wishes,
) -> usize {
    let seated = |group: usize| {
        people
            .iter()
            .zip(groups)
            .filter(move |&(person, &of)| of == group && person.id != latecomer.id)
    };
    let cost = |group: usize| {
        let broken = broken(
            &latecomer.id,
            |other| seated(group).any(|(person, _)| person.id == *other),
            people,
            wishes,
        );
        let new = latecomer
            .voices
            .iter()
            .filter(|voice| !seated(group).any(|(person, _)| person.voices.contains(voice)))
            .count();
        let alike = seated(group)
            .filter(|(person, _)| {
                person
                    .voices
                    .iter()
                    .any(|voice| latecomer.voices.contains(voice))
                    || (person.voices.is_empty() && latecomer.voices.is_empty())
            })
            .count();
        (seated(group).count(), broken, usize::MAX - new, alike)
    };
    (0..count).min_by_key(|&group| cost(group)).unwrap_or(0)
}

/// How many wishes that are about this person break when those whom `sits_there` names are in their group.
fn broken(
    id: &PersonId,
    sits_there: impl Fn(&PersonId) -> bool,
    people: &[Person],
    wishes: &Wishes,
) -> usize {
    let other = |(one, two): &(PersonId, PersonId)| {
        let other = if one == id {
            two
        } else if two == id {
            one
        } else {
            return None;
        };
        (other != id && people.iter().any(|person| person.id == *other)).then(|| other.clone())
    };
    let parted = wishes
        .together
        .iter()
        .filter_map(other)
        .filter(|other| !sits_there(other))
        .count();
    let joined = wishes
        .apart
        .iter()
        .filter_map(other)
        .filter(|other| sits_there(other))
        .count();
    parted + joined
}
