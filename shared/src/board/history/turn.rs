//! Takes a step back in the document, or does it again: the same both ways, for whatever is done changes
//! places with what was there before.

use super::{
    StepId, Undone,
    steps::{Name, Register, Step, Steps},
};
use crate::board::{
    ThingId,
    document::{Roots, any_map_at},
    gone::is_gone,
    text_edit::utf16_len,
};
use crate::schema::{CLUSTER, GONE, ORDER, POS};
use std::collections::BTreeSet;
use yrs::{Any, GetString, Map, MapRef, Out, Text, TransactionMut};

/// Which way a step is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is taken back.
    Back,
    /// It is done again.
    Again,
}

/// One thing that a step did.
enum Part {
    Field(Name, Register),
    /// It wrote here, or took letters away.
    Text(Name),
}

impl Part {
    /// When it has its turn: a thing must be there to be changed, so what comes back comes first, and what goes
    /// goes last.
    fn turn(&self) -> u8 {
        match self {
            Self::Field((_, field), register) if &**field == GONE => match register.before {
                None => 0,
                Some(_) => 3,
            },
            Self::Field(..) if self.is_quiet() => 4,
            Self::Field(..) => 1,
            Self::Text(_) => 2,
        }
    }

    /// What lies above what is nothing that anybody speaks of: it goes along with the rest, where there is any left.
    fn is_quiet(&self) -> bool {
        matches!(self, Self::Field((_, field), _) if &**field == ORDER)
    }
}

/// How many of a step's parts could be turned.
#[derive(Default)]
struct Tally {
    done: usize,
    changed: usize,
}

impl Tally {
    fn count(&mut self, is_done: bool) {
        if is_done {
            self.done += 1;
        } else {
            self.changed += 1;
        }
    }

    fn outcome(&self) -> Undone {
        match (self.done, self.changed) {
            (0, _) => Undone::ChangedSince,
            (_, 0) => Undone::Done,
            _ => Undone::DoneInPart,
        }
    }
}

/// Turns a step, as far as it is still one's own. What others have changed since stays as it is, and is no
/// part of the step any more.
pub(super) fn turn(
    txn: &mut TransactionMut<'_>,
    roots: &Roots,
    steps: &mut Steps,
    step: &mut Step,
    way: Way,
) -> Undone {
    let mut seen = Tally::default();
    let mut quiet = Tally::default();
    let now = steps.now();
    let placed = placed_by_others(txn, roots, step);
    let fields = std::mem::take(&mut step.fields).into_iter();
    let fields = fields.map(|(name, register)| Part::Field(name, register));
    let texts = step.texts.iter().cloned().map(Part::Text);
    let mut parts: Vec<Part> = fields.chain(texts).collect();
    crate::sorting::sort_by(&mut parts, |one, other| one.turn().cmp(&other.turn()));
    let is_only_quiet = parts.iter().all(Part::is_quiet);
    for part in parts {
        let is_quiet = part.is_quiet();
        match part {
            Part::Field(name, register) => {
                let stays = if is_quiet {
                    !is_only_quiet && seen.done == 0
                } else {
                    is_place(&name) && placed.contains(&name.0)
                };
                let turned = (!stays)
                    .then(|| turn_field(txn, roots, &name, register, now))
                    .flatten();
                let tally = if is_quiet { &mut quiet } else { &mut seen };
                tally.count(turned.is_some());
                step.fields.extend(turned.map(|register| (name, register)));
            }
            Part::Text(name) => seen.count(turn_text(txn, roots, steps, step.id, &name, way)),
        }
    }
    let letters = &steps.letters;
    let id = step.id;
    step.texts
        .retain(|name| letters.get(name).is_some_and(|text| text.holds(id)));
    if seen.done + seen.changed == 0 {
        seen = quiet;
    }
    seen.outcome()
}

/// Where a thing lies and which cluster it is in are one: who took one of them from here took both. So a note that
/// two pulled out of a cluster at once does not go back into it where the other laid it.
fn placed_by_others(
    txn: &TransactionMut<'_>,
    roots: &Roots,
    step: &Step,
) -> BTreeSet<Option<ThingId>> {
    let places = step.fields.iter().filter(|(name, _)| is_place(name));
    places
        .filter(|((thing, field), register)| {
            let map = map_of(txn, roots, thing.as_ref());
            !map.is_some_and(|map| is_ones_own(txn, &map, field, register))
        })
        .map(|((thing, _), _)| thing.clone())
        .collect()
}

fn is_place((_, field): &Name) -> bool {
    matches!(&**field, POS | CLUSTER)
}

/// Whether a field is as the step left it, and nobody else has set it since.
fn is_ones_own(txn: &TransactionMut<'_>, map: &MapRef, field: &str, register: &Register) -> bool {
    let present = match map.get(txn, field) {
        None => None,
        Some(Out::Any(value)) => Some(value),
        Some(_) => return false,
    };
    !register.is_foreign && present == register.after
}

/// Sets a field to what it was, and gives the way forth again; `None`: it stays as others left it.
fn turn_field(
    txn: &mut TransactionMut<'_>,
    roots: &Roots,
    (thing, field): &Name,
    register: Register,
    now: f64,
) -> Option<Register> {
    let map = map_of(txn, roots, thing.as_ref())?;
    let is_about_being_there = &**field == GONE;
    if !is_about_being_there && thing.is_some() && is_gone(txn, &map) {
        return None;
    }
    let goes = is_about_being_there && register.before.is_some();
    if !is_ones_own(txn, &map, field, &register) || (goes && register.is_shared) {
        return None;
    }
    let before = match register.before {
        Some(_) if goes => Some(Any::from(now)),
        before => before,
    };
    match &before {
        Some(value) => {
            map.insert(txn, field.clone(), value.clone());
        }
        None => {
            map.remove(txn, field);
        }
    }
    Some(Register {
        before: register.after,
        after: before,
        is_foreign: false,
        is_shared: register.is_shared,
    })
}

/// Whether anything was left of it.
fn turn_text(
    txn: &mut TransactionMut<'_>,
    roots: &Roots,
    steps: &mut Steps,
    step: StepId,
    name: &Name,
    way: Way,
) -> bool {
    let (thing, field) = name;
    let Some(map) = map_of(txn, roots, thing.as_ref()) else {
        return false;
    };
    if thing.is_some() && is_gone(txn, &map) {
        return false;
    }
    let (Some(Out::YText(text)), Some(letters)) =
        (map.get(txn, field), steps.letters.get_mut(name))
    else {
        return false;
    };
    let words = text.get_string(txn);
    if letters.units() != utf16_len(&words) {
        steps.letters.remove(name);
        return false;
    }
    let edits = match way {
        Way::Back => letters.take_back(step, &words),
        Way::Again => letters.do_again(step, &words),
    };
    for edit in &edits {
        if edit.remove > 0 {
            text.remove_range(txn, edit.at, edit.remove);
        }
        if !edit.insert.is_empty() {
            text.insert(txn, edit.at, &edit.insert);
        }
    }
    !edits.is_empty()
}

fn map_of(txn: &TransactionMut<'_>, roots: &Roots, thing: Option<&ThingId>) -> Option<MapRef> {
    match thing {
        Some(thing) => any_map_at(txn, roots.of(thing), thing.name()),
        None => Some(roots.meta.clone()),
    }
}
