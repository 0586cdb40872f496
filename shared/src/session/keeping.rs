//! What has to be kept of a session's records. An event says how a part stands from now on, so one whose part a later
//! event tells anew need not be read again, and a name that may not be told any more need not stand there.

use super::{Event, RoundId, Showing, SweptThing};
use crate::{
    board::{Authorship, Kept},
    ids::{NoteId, PersonId},
};
use std::collections::{BTreeSet, HashSet};

/// A part that is told whole each time: of several events of it the last one counts.
#[derive(PartialEq, Eq, Hash)]
enum Part<'a> {
    Phases,
    Stage,
    Voices,
    Writing,
    ClockAhead,
    Wishes,
    Deck,
    Turns,
    Locks,
    Rights,
    Door,
    Gather,
    Followed,
    MeetAgain,
    Looking,
    SaidBack,
    Person(&'a PersonId),
    Draft(&'a NoteId),
    Restating(&'a PersonId),
    Ballot(RoundId, &'a PersonId),
}

impl<'a> Part<'a> {
    /// `None`: it adds to what others told, or what it does depends on them.
    fn of(event: &'a Event) -> Option<Self> {
        Some(match event {
            Event::Phases(_) => Self::Phases,
            Event::Stage(_) => Self::Stage,
            Event::Voices(_) => Self::Voices,
            Event::Writing(_) => Self::Writing,
            Event::ClockAhead(_) => Self::ClockAhead,
            Event::Wishes(_) => Self::Wishes,
            Event::Deck(_) => Self::Deck,
            Event::Turns(_) => Self::Turns,
            Event::Locks(_) => Self::Locks,
            Event::Rights(_) => Self::Rights,
            Event::Door(_) => Self::Door,
            Event::Gather(_) => Self::Gather,
            Event::Followed(_) => Self::Followed,
            Event::MeetAgain(_) => Self::MeetAgain,
            Event::Looking(_) => Self::Looking,
            Event::SaidBack(_) => Self::SaidBack,
            Event::Person(person, _) | Event::Forgotten(person) => Self::Person(person),
            Event::Draft(note, _) => Self::Draft(note),
            Event::Restating(person, _) => Self::Restating(person),
            Event::Ballot(round, person, _) => Self::Ballot(*round, person),
            _ => return None,
        })
    }
}

/// Which events of a session's records, from the first on, must stay for the same session to come of them: as many lists
/// of as many answers.
pub fn which_count(records: &[Vec<Event>]) -> Vec<Vec<bool>> {
    let mut counts: Vec<Vec<bool>> = Vec::with_capacity(records.len());
    let mut told = HashSet::new();
    for record in records.iter().rev() {
        let mut of_record = Vec::with_capacity(record.len());
        for event in record.iter().rev() {
            if let Event::Revealed(notes) = event {
                // It says who wrote them by what they were as drafts.
                for note in notes {
                    told.remove(&Part::Draft(note));
                }
            }
            of_record.push(Part::of(event).is_none_or(|part| told.insert(part)));
        }
        of_record.reverse();
        counts.push(of_record);
    }
    counts.reverse();
    leave_out_endings(records, &mut counts);
    counts
}

/// That something is no more need not be said where it is not said that it was.
fn leave_out_endings(records: &[Vec<Event>], counts: &mut [Vec<bool>]) {
    let mut there = BTreeSet::new();
    for (record, counts) in records.iter().zip(counts) {
        for (event, counts) in record.iter().zip(counts) {
            if !*counts {
                continue;
            }
            match event {
                Event::Person(person, _) => _ = there.insert(["p", person.as_str()]),
                Event::Forgotten(person) => *counts = there.remove(&["p", person.as_str()]),
                Event::Draft(note, Some(_)) => _ = there.insert(["d", note.as_str()]),
                Event::Draft(note, None) => *counts = there.remove(&["d", note.as_str()]),
                Event::Revealed(notes) => {
                    for note in notes {
                        there.remove(&["d", note.as_str()]);
                    }
                }
                Event::Restating(who, Some(_)) => _ = there.insert(["r", who.as_str()]),
                Event::Restating(who, None) => *counts = there.remove(&["r", who.as_str()]),
                _ => {}
            }
        }
    }
}

/// The event without what may not be told any more of who wrote, on a board that shows so much of it. Who writes for people
/// without a device still tells them apart by the names that they gave.
#[must_use]
pub fn without_names(event: Event, showing: Showing) -> Event {
    let what = match showing {
        Showing::Named => return event,
        Showing::Voices => Authorship::Names,
        Showing::Anonymous => Authorship::NamesAndVoices,
    };
    let nameless = |kept: Kept| kept.without_authors(what);
    let swept = |thing: &mut SweptThing| thing.was = thing.was.take().map(&nameless);
    match event {
        Event::Person(id, mut person) => {
            if showing == Showing::Anonymous && person.scribe.is_none() {
                person.name.clear();
            }
            Event::Person(id, person)
        }
        Event::Withheld(note, kept) => Event::Withheld(note, nameless(kept)),
        Event::Swept(mut sweep) => {
            for thing in &mut sweep.things {
                swept(thing);
            }
            Event::Swept(sweep)
        }
        Event::Thrown(mut thrown) => {
            for one in &mut thrown {
                swept(&mut one.note);
            }
            Event::Thrown(thrown)
        }
        other => other,
    }
}
