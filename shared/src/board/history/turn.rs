//! Takes a step back in the document, or does it again: the same both ways, for whatever is done changes
//! places with what was there before.

use super::{
    Undone,
    steps::{Name, Register, Step, Steps},
};
use crate::board::{
    ThingId,
    document::{Roots, any_map_at},
    gone::{GONE, is_gone},
    note,
    text_edit::utf16_len,
};
use std::collections::BTreeMap;
use yrs::{Any, GetString, Map, MapRef, Out, Text, TransactionMut};

/// Which way a step is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is taken back.
    Back,
    /// It is done again.
    Again,
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
    // What lies above what is nothing that anybody speaks of.
    let mut quiet = Tally::default();
    let now = steps.now();
    let mut fields: Vec<(Name, Register)> = std::mem::take(&mut step.fields).into_iter().collect();
    // What comes back comes first and what goes goes last: a thing must be there to be changed.
    let place = |(name, register): &(Name, Register)| match (&*name.1, &register.before) {
        (GONE, None) => 0,
        (GONE, Some(_)) => 2,
        _ => 1,
    };
    crate::sorting::sort_by(&mut fields, |one, other| place(one).cmp(&place(other)));
    let mut kept = BTreeMap::new();
    for (name, register) in fields {
        let turned = turn_field(txn, roots, &name, register, now);
        let tally = if &*name.1 == note::ORDER {
            &mut quiet
        } else {
            &mut seen
        };
        tally.count(turned.is_some());
        kept.extend(turned.map(|register| (name, register)));
    }
    step.fields = kept;
    for name in &step.texts {
        seen.count(turn_text(txn, roots, steps, step, name, way));
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
    let present = match map.get(txn, field) {
        None => None,
        Some(Out::Any(value)) => Some(value),
        Some(_) => return None,
    };
    let goes = is_about_being_there && register.before.is_some();
    if register.is_foreign || present != register.after || (goes && register.is_shared) {
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
    step: &Step,
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
        Way::Back => letters.take_back(step.id, &words),
        Way::Again => letters.do_again(step.id, &words),
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
