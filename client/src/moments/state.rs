//! What the moments of one page know besides the session: what was put away, what is open, what was
//! just shown. Nothing of it is in the document, and all of it outlives a change of tabs.

use super::Moment;
use crate::{browser::storage, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::ids::NoteId;
use send_wrapper::SendWrapper;
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet, HashSet},
    ops::Deref,
    rc::Rc,
};

/// By then the server has answered somebody who puts something away, milliseconds.
const ANSWERED_MS: f64 = 3_000.0;

/// A page that is laid over the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// What is still missing.
    Insights,
    /// Plans by their state.
    Plans,
    /// How the last round of votes came out.
    Result,
    /// The ceremony in which a habit is broken.
    BreakHabit(NoteId),
}

/// What comes up once, and is put away by the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Once {
    /// The insights before the step from problem to ideas.
    Insights,
    /// A round's result, by its number.
    Result,
    /// One's group, by its number and one, so that 0 is none.
    Group,
}

impl Once {
    const ALL: [Self; 3] = [Self::Insights, Self::Result, Self::Group];

    const fn key(self) -> &'static str {
        match self {
            Self::Insights => "samtavle.seen-insights.",
            Self::Result => "samtavle.seen-result.",
            Self::Group => "samtavle.seen-group.",
        }
    }
}

/// The page's moments. Copy it freely: it is one pointer.
#[derive(Clone, Copy)]
pub(crate) struct MomentState(&'static Handles);

impl Deref for MomentState {
    type Target = Handles;

    fn deref(&self) -> &Handles {
        self.0
    }
}

/// What shows notes that were asked for.
type ShowNotes = Rc<dyn Fn(Vec<NoteId>)>;

/// What a [`MomentState`] gives to views.
pub(crate) struct Handles {
    /// The board.
    pub(super) replica: Replica,
    /// What lies over the board.
    pub(super) sheet: ArcRwSignal<Option<Sheet>>,
    /// The moment that the person has turned to; none: the first.
    pub(super) chosen: ArcRwSignal<Option<Moment>>,
    /// Whether a finger is down on the page: what comes then does not move it.
    pub(crate) is_held: ArcRwSignal<bool>,
    /// Whether something is being written in the moment that is shown: it then stays.
    pub(super) is_writing: ArcRwSignal<bool>,
    /// Counts the times that the board came to rest after something on it had changed: what reads all
    /// of it follows this, and not each step of somebody's drag.
    pub(super) settled: ArcRwSignal<u32>,
    /// Two notes that lie far apart, as the person asked for.
    pub(super) pair: ArcRwSignal<Option<(NoteId, NoteId)>>,
    /// Notes that were revealed some seconds ago.
    pub(super) just_revealed: ArcRwSignal<HashSet<NoteId>>,
    /// What is said of the last reveal: how many notes, of how many people; 0 people: not known.
    pub(super) reveal: ArcRwSignal<Option<(u32, u32)>>,
    /// What was put away, in the order of [`Once::ALL`].
    seen: [ArcRwSignal<u32>; 3],
    used_pairs: SendWrapper<RefCell<BTreeSet<(NoteId, NoteId)>>>,
    show_notes: SendWrapper<RefCell<Option<ShowNotes>>>,
    /// When the person last put away what is shown, milliseconds by this browser's clock.
    left_at: SendWrapper<Cell<f64>>,
    /// What stands in the boxes of moments that are not shown just now.
    answers: SendWrapper<RefCell<BTreeMap<String, String>>>,
}

thread_local! {
    /// The state of the board that the page shows; a page shows one.
    static STATE: Cell<Option<MomentState>> = const { Cell::new(None) };
}

impl MomentState {
    /// The moments of this board's page.
    pub(crate) fn of(replica: Replica) -> Self {
        let is_its = |state: &Self| std::ptr::eq(&raw const *state.replica, &raw const *replica);
        let known = STATE.get().filter(is_its);
        if let Some(state) = known {
            return state;
        }
        let seen = Once::ALL.map(|once| ArcRwSignal::new(read_seen(replica, once)));
        // Callbacks of every view hold it: a pointer keeps them small, and a page opens one board.
        let state = Self(Box::leak(Box::new(Handles {
            replica,
            sheet: ArcRwSignal::new(None),
            chosen: ArcRwSignal::new(None),
            is_held: ArcRwSignal::new(false),
            is_writing: ArcRwSignal::new(false),
            settled: ArcRwSignal::new(0),
            pair: ArcRwSignal::new(None),
            just_revealed: ArcRwSignal::new(HashSet::new()),
            reveal: ArcRwSignal::new(None),
            seen,
            used_pairs: SendWrapper::new(RefCell::default()),
            show_notes: SendWrapper::new(RefCell::new(None)),
            left_at: SendWrapper::new(Cell::new(f64::MIN)),
            answers: SendWrapper::new(RefCell::default()),
        })));
        STATE.set(Some(state));
        state
    }

    /// Lays something over the board.
    pub(crate) fn open(self, sheet: Sheet) {
        self.sheet.set(Some(sheet));
    }

    /// How many of it were put away; what reads it follows.
    pub(super) fn seen(self, once: Once) -> u32 {
        self.seen[once as usize].get()
    }

    /// Puts it away, on this device for good.
    pub(super) fn put_away(self, once: Once, number: u32) {
        self.seen[once as usize].set(number);
        let key = [once.key(), self.replica.ticket().board.as_str()].concat();
        storage::write(&key, &number.to_string());
    }

    /// Pairs that were given already.
    pub(super) fn used_pairs(self) -> BTreeSet<(NoteId, NoteId)> {
        self.used_pairs.borrow().clone()
    }

    pub(super) fn use_pair(self, pair: (NoteId, NoteId)) {
        self.used_pairs.borrow_mut().insert(pair.clone());
        self.pair.set(Some(pair));
    }

    /// What was written as this answer and not sent yet.
    pub(super) fn unsent_answer(self, answers: &str) -> Option<String> {
        self.answers.borrow().get(answers).cloned()
    }

    /// Keeps what is being written as this answer; nothing forgets it.
    pub(super) fn keep_answer(self, answers: &str, words: &str) {
        let mut kept = self.answers.borrow_mut();
        if words.is_empty() {
            kept.remove(answers);
        } else {
            kept.insert(answers.to_owned(), words.to_owned());
        }
    }

    /// The person puts away what is shown: nobody took it from them.
    pub(super) fn leaves(self) {
        self.left_at.set(Replica::now_ms());
    }

    /// Whether the person has just put away what was shown.
    pub(super) fn is_left(self) -> bool {
        (0.0..ANSWERED_MS).contains(&(Replica::now_ms() - self.left_at.get()))
    }

    /// How notes are shown on this screen: the desk flies there.
    pub(super) fn shows_notes_with(self, show: impl Fn(Vec<NoteId>) + 'static) {
        *self.show_notes.borrow_mut() = Some(Rc::new(show));
    }

    /// Shows these notes, where the screen has a way of its own to do so.
    pub(super) fn show_notes(self, notes: Vec<NoteId>) {
        let show = self.show_notes.borrow().clone();
        if let Some(show) = show {
            self.sheet.set(None);
            show(notes);
        }
    }

    /// Whether the screen has a way of its own to show notes.
    pub(super) fn can_show_notes(self) -> bool {
        self.show_notes.borrow().is_some()
    }

    /// The screen that could show notes is gone.
    pub(super) fn shows_no_notes(self) {
        *self.show_notes.borrow_mut() = None;
    }
}

fn read_seen(replica: Replica, once: Once) -> u32 {
    let key = [once.key(), replica.ticket().board.as_str()].concat();
    storage::read(&key)
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}
