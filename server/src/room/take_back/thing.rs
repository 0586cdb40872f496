//! What is known of one note, cluster, link or picture, since it first was there: each field and each text, and
//! whose doing it was.

use super::{
    Doer,
    letters::{Letters, Step},
};
use samtavle_shared::{
    guard::Naming,
    schema::{ANSWERS, BY, CLUSTER, GONE, TakenBack, VOICE, taken_back},
};
use std::collections::{BTreeMap, BTreeSet};
use yrs::{
    Any, BranchID, GetString, In, Map, MapPrelim, MapRef, Out, ReadTxn, Text, TextPrelim, TextRef,
    TransactionMut, branch::Branch,
};

/// A value that is set, and by whom.
#[derive(Clone, Debug)]
pub(super) struct Register<T> {
    pub(super) now: T,
    pub(super) by: Doer,
    /// What others set last.
    pub(super) others: T,
}

/// A note, cluster, link, picture, or the board's own fields: what is known of it since it first was there.
#[derive(Debug)]
pub(super) struct Thing {
    pub(super) is_there: Register<bool>,
    pub(super) gone: Register<Option<Any>>,
    /// The board has taken it away for good, because it was gone.
    is_cleared: bool,
    /// Which map it is: another in its place is not gone because the first was.
    which: Option<BranchID>,
    pub(super) fields: BTreeMap<String, Register<Option<Any>>>,
    texts: BTreeMap<String, Written>,
}

/// A text, and which one it is: when a note comes back, its text is another, with the same letters.
#[derive(Debug, Default)]
pub(super) struct Written {
    letters: Letters,
    which: Option<BranchID>,
}

impl<T: Clone + PartialEq> Register<T> {
    fn new(first: T) -> Self {
        Self {
            now: first.clone(),
            by: Doer::Others,
            others: first,
        }
    }

    pub(super) fn set(&mut self, value: T, by: Doer) {
        if self.now == value {
            return;
        }
        if by == Doer::Others {
            self.others = value.clone();
        }
        (self.now, self.by) = (value, by);
    }

    /// What it should be when all of theirs is taken back.
    pub(super) fn restored(&self) -> &T {
        match self.by {
            Doer::Others => &self.now,
            Doer::Them => &self.others,
        }
    }
}

impl Thing {
    pub(super) fn new() -> Self {
        Self {
            is_there: Register::new(false),
            gone: Register::new(None),
            is_cleared: false,
            which: None,
            fields: BTreeMap::new(),
            texts: BTreeMap::new(),
        }
    }

    /// Who took it out of the document, if it is not in it. That the board clears away what is gone is the
    /// doing of whoever made it go.
    pub(super) fn was_away(&self) -> Option<Doer> {
        if self.is_cleared {
            return Some(self.gone.by);
        }
        (!self.is_there.now).then_some(self.is_there.by)
    }

    /// It is in the document now, or no longer.
    pub(super) fn enters(&mut self, is_there: bool, doer: Doer) {
        match (is_there, self.is_cleared) {
            (true, true) => {
                self.is_cleared = false;
                self.is_there.set(false, self.gone.by);
                self.is_there.set(true, doer);
            }
            (false, _) if self.gone.now.is_some() => self.is_cleared = true,
            _ => self.is_there.set(is_there, doer),
        }
    }

    /// Whether it is gone, by whom.
    pub(super) fn is_gone_in<T: ReadTxn>(&mut self, txn: &T, map: &MapRef, doer: Doer) {
        let which = AsRef::<Branch>::as_ref(map).id();
        if self.which.replace(which.clone()) != Some(which) {
            self.gone = Register::new(None);
        }
        self.gone.set(plain(txn, map, GONE), doer);
    }

    /// Whether it would not be there without them.
    pub(super) fn is_theirs(&self) -> bool {
        !self.is_there.others && self.is_there.by == Doer::Them
    }

    /// It was deleted and is there again. Who undoes their own deletion puts back what was there, and it
    /// stays whose it was; else what was there went with the deletion. What others make anew in place of
    /// what they deleted is as others want it.
    pub(super) fn comes_back<T: ReadTxn>(
        &mut self,
        txn: &T,
        map: &MapRef,
        deleter: Doer,
        doer: Doer,
    ) {
        let is_undone = deleter == doer;
        let deleter = match doer {
            Doer::Others => Doer::Others,
            Doer::Them => deleter,
        };
        for (field, register) in &mut self.fields {
            let now = plain(txn, map, field);
            if !is_undone || register.now != now {
                register.set(None, deleter);
            }
        }
        for (field, written) in &mut self.texts {
            let now = match map.get(txn, field) {
                Some(Out::YText(text)) => text.get_string(txn),
                _ => String::new(),
            };
            let letters = &mut written.letters;
            let was_taken_back = doer == Doer::Others && letters.settle_as(&now);
            let stays = was_taken_back || (is_undone && letters.says(&now));
            if !stays {
                letters.become_text("", deleter);
            }
        }
    }

    pub(super) fn holds_words_of_others(&self) -> bool {
        let answers = ANSWERS.iter().filter_map(|&field| self.fields.get(field));
        self.texts.values().any(|text| text.letters.has_others())
            || answers
                .filter(|answer| answer.by == Doer::Others)
                .any(|answer| answer.now.is_some())
    }

    /// What a field should hold when all is taken back.
    fn restored(&self, field: &str, naming: Naming) -> Option<Any> {
        let register = self.fields.get(field)?;
        let is_forgotten = match field {
            BY => naming != Naming::Names,
            VOICE => naming == Naming::Nobody,
            _ => false,
        };
        if is_forgotten {
            return None;
        }
        let is_needed =
            register.by == Doer::Them && self.is_theirs() && taken_back(field) == TakenBack::Needed;
        let theirs = || register.now.clone().filter(|_| is_needed);
        register.restored().clone().or_else(theirs)
    }
}

/// A plain value of a thing.
fn plain<T: ReadTxn>(txn: &T, map: &MapRef, field: &str) -> Option<Any> {
    match map.get(txn, field) {
        Some(Out::Any(value)) => Some(value),
        _ => None,
    }
}

pub(super) fn enter_fields<T: ReadTxn>(
    thing: &mut Thing,
    txn: &T,
    map: &MapRef,
    mut steps_of: impl FnMut(&str) -> Vec<Step>,
    doer: Doer,
) {
    let mut seen = BTreeSet::new();
    for (field, value) in map.iter(txn).filter(|(field, _)| *field != GONE) {
        seen.insert(field.to_owned());
        match value {
            Out::Any(value) => {
                let register = thing.fields.entry(field.to_owned());
                let register = register.or_insert_with(|| Register::new(None));
                register.set(Some(value), doer);
            }
            Out::YText(text) => {
                let written = thing.texts.entry(field.to_owned()).or_default();
                written.becomes(&text, txn, &steps_of(field), doer);
            }
            // Nested types that we do not know: nobody of ours makes any.
            _ => {}
        }
    }
    for (field, register) in &mut thing.fields {
        if !seen.contains(field) {
            register.set(None, doer);
        }
    }
}

impl Written {
    fn becomes<T: ReadTxn>(&mut self, text: &TextRef, txn: &T, steps: &[Step], doer: Doer) {
        let now = text.get_string(txn);
        if doer == Doer::Others && self.letters.settle_as(&now) {
            // What was theirs went with it: they have been taken back before.
        } else if self.which == Some(which(text)) {
            self.letters.take_steps(steps, doer);
        }
        if !self.letters.says(&now) {
            self.letters.become_text(&now, doer);
        }
        self.which = Some(which(text));
    }
}

fn which(text: &TextRef) -> BranchID {
    AsRef::<Branch>::as_ref(text).id()
}

pub(super) fn restore_in_place(
    thing: &Thing,
    txn: &mut TransactionMut<'_>,
    map: &MapRef,
    naming: Naming,
) {
    restore_field(txn, map, GONE, thing.gone.restored().clone());
    for (field, register) in &thing.fields {
        if register.by == Doer::Others && thing.is_there.by == Doer::Others {
            continue;
        }
        restore_field(txn, map, field, thing.restored(field, naming));
    }
    for (field, written) in &thing.texts {
        if let Some(Out::YText(text)) = map.get(txn, field) {
            restore_text(&written.letters, txn, &text);
        }
    }
}

fn restore_field(txn: &mut TransactionMut<'_>, map: &MapRef, field: &str, value: Option<Any>) {
    match map.get(txn, field) {
        Some(Out::Any(now)) if value.as_ref() == Some(&now) => {}
        Some(Out::Any(_)) | None => match value {
            Some(value) => {
                map.insert(txn, field, value);
            }
            None => {
                map.remove(txn, field);
            }
        },
        Some(_) => {}
    }
}

/// Others' letters are not touched, so whoever writes among them now is not disturbed.
fn restore_text(letters: &Letters, txn: &mut TransactionMut<'_>, text: &TextRef) {
    for edit in letters.edits() {
        if edit.remove > 0 {
            text.remove_range(txn, edit.at, edit.remove);
        }
        if !edit.insert.is_empty() {
            text.insert(txn, edit.at, &edit.insert);
        }
    }
}

pub(super) fn anew(thing: &Thing, naming: Naming) -> MapPrelim {
    let fields = thing.fields.iter().filter_map(|(field, register)| {
        // The cluster that they put it in may go with them: it is free then, and nobody put it there anew.
        let value = match field.as_str() {
            CLUSTER => register.restored().clone()?,
            _ => thing.restored(field, naming)?,
        };
        Some((field.clone(), In::Any(value)))
    });
    let texts = thing.texts.iter().map(|(field, written)| {
        let text = TextPrelim::new(written.letters.restored());
        (field.clone(), In::from(text))
    });
    fields.chain(texts).collect()
}
