//! What the person here did, step by step: what each field was before and is since, and the letters that
//! came and went; and what others have done to it meanwhile.

use super::{
    Clock, StepId,
    letters::{Heard, Letters},
};
use crate::board::ThingId;
use crate::schema::GONE;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use yrs::Any;

/// What follows within this pause is part of the same step, in milliseconds.
const ONE_STEP_MS: u64 = 600;
/// Steps that are remembered: an hour of hard work. What is older can't be taken back.
const MOST_STEPS: usize = 500;

/// A field: of a thing, or (`None`) of the board itself.
pub(super) type Name = (Option<ThingId>, Arc<str>);

/// A field that a step set. When the step is taken back, the two change places.
#[derive(Clone, Debug)]
pub(super) struct Register {
    pub(super) before: Option<Any>,
    pub(super) after: Option<Any>,
    /// Somebody else has set it since.
    pub(super) is_foreign: bool,
    /// Somebody else has done something to its thing since.
    pub(super) is_shared: bool,
}

/// One step.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) id: StepId,
    pub(super) fields: BTreeMap<Name, Register>,
    /// The texts in which it wrote or took letters away.
    pub(super) texts: BTreeSet<Name>,
}

/// All that can be taken back, and done again.
pub(super) struct Steps {
    pub(super) done: Vec<Step>,
    pub(super) undone: Vec<Step>,
    pub(super) letters: BTreeMap<Name, Letters>,
    /// The step that what comes next may belong to, if it is still the last.
    open: Option<StepId>,
    changed_at: u64,
    next: u32,
    clock: Clock,
}

/// The steps, shared by whoever writes them down: [`super::Change`] what is done here, and the ear what
/// others do.
#[derive(Clone)]
pub(in crate::board) struct Recorder(Arc<Mutex<Steps>>);

impl Recorder {
    pub(super) fn new(clock: Clock) -> Self {
        Self(Arc::new(Mutex::new(Steps {
            done: Vec::new(),
            undone: Vec::new(),
            letters: BTreeMap::new(),
            open: None,
            changed_at: 0,
            next: 0,
            clock,
        })))
    }

    pub(super) fn steps(&self) -> MutexGuard<'_, Steps> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A change begins. It is one step, however long it takes; and part of the last, if that was just now.
    pub(in crate::board) fn begin(&self) {
        self.steps().begin();
    }

    /// A field was set.
    pub(in crate::board) fn field(
        &self,
        thing: Option<&ThingId>,
        field: &str,
        before: Option<Any>,
        after: Option<Any>,
    ) {
        let name = (thing.cloned(), Arc::from(field));
        self.steps().set(name, before, after);
    }

    /// A thing was made: before, it was gone.
    pub(in crate::board) fn made(&self, thing: ThingId) {
        let name = (Some(thing), Arc::from(GONE));
        self.steps().set(name, Some(Any::Null), None);
    }

    /// A text of so many units was edited: this was taken away there, and so many units put in its place.
    pub(in crate::board) fn words(
        &self,
        thing: Option<&ThingId>,
        field: &str,
        length: u32,
        at: u32,
        removed: &str,
        inserted: u32,
    ) {
        let name = (thing.cloned(), Arc::from(field));
        let mut steps = self.steps();
        let step = steps.step();
        let owner = (!step.makes(&name)).then_some(step.id);
        if owner.is_some() {
            step.texts.insert(name.clone());
        } else if !steps.letters.contains_key(&name) {
            return;
        }
        let letters = steps.letters.entry(name);
        let letters = letters.or_insert_with(|| Letters::unknown(length));
        if letters.units() != length {
            *letters = Letters::unknown(length);
        }
        letters.edit(owner, at, removed, inserted);
    }

    /// What fields of this name were is not put back any more.
    pub(in crate::board) fn forget(&self, field: &str) {
        self.steps().forget_where(|(_, other)| &**other == field);
    }

    /// Nothing that was done to a thing is taken back any more.
    pub(in crate::board) fn forget_thing(&self, thing: &ThingId) {
        self.steps()
            .forget_where(|(other, _)| other.as_ref() == Some(thing));
    }
}

impl Step {
    /// Whether it is this step that puts the thing there: what it does in it goes and comes with the thing.
    fn makes(&self, (thing, field): &Name) -> bool {
        let gone = (thing.clone(), Arc::from(GONE));
        let is_made = |gone: &Register| gone.before.is_some() && gone.after.is_none();
        &**field != GONE && self.fields.get(&gone).is_some_and(is_made)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.texts.is_empty()
    }
}

impl Steps {
    fn set(&mut self, name: Name, before: Option<Any>, after: Option<Any>) {
        let step = self.step();
        if step.makes(&name) {
            return;
        }
        let register = Register {
            before,
            after,
            is_foreign: false,
            is_shared: false,
        };
        match step.fields.get_mut(&name) {
            Some(known) if !known.is_foreign => known.after = register.after,
            // Somebody else set it between: what it was before is theirs.
            Some(known) => *known = register,
            None => {
                step.fields.insert(name, register);
            }
        }
    }

    fn begin(&mut self) {
        let now = (self.clock)();
        // A clock that was set back counts as a pause.
        if now.abs_diff(self.changed_at) >= ONE_STEP_MS {
            self.close();
        }
        self.changed_at = now;
    }

    /// The step that something done now belongs to. What was taken back before can't be done again after it.
    fn step(&mut self) -> &mut Step {
        for step in std::mem::take(&mut self.undone) {
            self.forget(step.id);
        }
        if !self.is_open() {
            if self.done.len() == MOST_STEPS {
                let oldest = self.done.remove(0);
                self.forget(oldest.id);
            }
            let id = StepId(self.next);
            self.open = Some(id);
            self.done.push(Step {
                id,
                fields: BTreeMap::new(),
                texts: BTreeSet::new(),
            });
            self.next += 1;
        }
        // One was just put there if there was none.
        let last = self.done.len() - 1;
        &mut self.done[last]
    }

    /// Ends the step: what comes next is another. One that left everything as it was is none.
    pub(super) fn close(&mut self) {
        let was_open = self.is_open();
        self.open = None;
        if !was_open {
            return;
        }
        let letters = &self.letters;
        if let Some(last) = self.done.last_mut() {
            let id = last.id;
            last.fields.retain(|_, field| field.before != field.after);
            last.texts
                .retain(|name| letters.get(name).is_some_and(|text| text.holds(id)));
            if last.is_empty() {
                self.done.pop();
            }
        }
    }

    fn is_open(&self) -> bool {
        self.open.is_some() && self.open == self.last()
    }

    /// The step that was done last.
    pub(super) fn last(&self) -> Option<StepId> {
        Some(self.done.last()?.id)
    }

    /// Milliseconds since 1970.
    pub(super) fn now(&self) -> f64 {
        (self.clock)() as f64
    }

    /// Nobody can take this step back or do it again any more.
    pub(super) fn forget(&mut self, step: StepId) {
        self.letters.retain(|_, letters| {
            letters.forget(step);
            !letters.is_plain()
        });
    }

    /// Some fields and texts are no part of any step any more.
    fn forget_where(&mut self, is_it: impl Fn(&Name) -> bool) {
        for step in self.all() {
            step.fields.retain(|name, _| !is_it(name));
            step.texts.retain(|name| !is_it(name));
        }
        self.letters.retain(|name, _| !is_it(name));
        self.done.retain(|step| !step.is_empty());
        self.undone.retain(|step| !step.is_empty());
    }

    fn all(&mut self) -> impl Iterator<Item = &mut Step> {
        self.done.iter_mut().chain(&mut self.undone)
    }

    /// Whether there is nothing that others could do anything to.
    pub(super) fn is_empty(&self) -> bool {
        self.done.is_empty() && self.undone.is_empty()
    }

    /// Somebody else set a field, or it was set for good.
    pub(super) fn hear_field(&mut self, name: &Name) {
        for step in self.all() {
            if let Some(field) = step.fields.get_mut(name) {
                field.is_foreign = true;
            }
        }
    }

    /// Somebody else did something to a thing, or with it.
    pub(super) fn hear_thing(&mut self, thing: &ThingId) {
        let gone = (Some(thing.clone()), Arc::from(GONE));
        for step in self.all() {
            if let Some(gone) = step.fields.get_mut(&gone) {
                gone.is_shared = true;
            }
        }
    }

    /// A thing left the document, or another came in its place.
    pub(super) fn hear_end(&mut self, thing: &ThingId) {
        for step in self.all() {
            for ((other, _), field) in &mut step.fields {
                field.is_foreign |= other.as_ref() == Some(thing);
            }
        }
        self.letters
            .retain(|(other, _), _| other.as_ref() != Some(thing));
    }

    /// Somebody else wrote in a text.
    pub(super) fn hear_words(&mut self, name: &Name, heard: &[Heard]) {
        if let Some(letters) = self.letters.get_mut(name) {
            letters.hear(heard);
        }
    }
}
