//! The session in this browser: what the server shows of it, as signals, and the commands that go up.
//!
//! Nothing of it is predicted here: the server decides, and answers within a moment. Drafts are kept on
//! the device until the server has them on disk, and go up again by themselves after a lost network.

mod paper;

use super::{Replica, random, set_if_new, timer};
use crate::browser::storage;
use leptos::prelude::*;
use samtavle_shared::{
    board::BoardChange,
    geometry::BoardRect,
    guard::{Fill, Share},
    ids::{BoardId, NoteId, PersonId, VoiceId},
    language::Language,
    session::{
        Command, DraftNote, GroupId, LeadView, LocalizedText, Locks, OwnView, PaperView, Phase,
        Refusal, SharedView, Timer, Writing,
    },
    wire::{ClientMessage, Frame},
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

/// Why a command was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declined {
    /// The session said no.
    Refused(Refusal),
    /// There is no server just now: what is steered is steered live.
    Away,
}

/// Why something that was written here waits, where it is no lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// There is no more room for this, in all or for one person.
    ForRoom(Fill, Share),
    /// It is longer than may be.
    ToBeShorter,
}

/// The session as signals. Views read the narrow ones below, so that a timer does not redraw a list.
#[derive(Clone, Copy)]
pub struct SessionState {
    /// What all may see, whole.
    pub shared: RwSignal<SharedView>,
    /// What this person may see of their own.
    pub own: RwSignal<OwnView>,
    /// What facilitators see besides.
    pub lead: RwSignal<LeadView>,
    /// Whether the server has told at least once how the session stands.
    pub is_known: RwSignal<bool>,
    /// What the facilitator sees whom one may follow, as told last; board units.
    pub look: RwSignal<Option<BoardRect>>,
    /// What is locked for this person: nothing is for who facilitates.
    pub locked: RwSignal<Locks>,
    /// Why something waits, where it is no lock.
    pub waits: RwSignal<Option<Waits>>,
    /// The newest command that was declined, with a count so that the same one is told twice.
    pub declined: RwSignal<Option<(u32, Declined)>>,
    /// How often something was put back that one may not do on this board.
    pub put_back: RwSignal<u32>,
    /// Drafts that were written here and are not on the server's disk yet.
    pub unsent_drafts: RwSignal<Vec<DraftNote>>,
    /// Those of them that the server did not take, and why.
    pub untaken_drafts: RwSignal<BTreeMap<NoteId, Refusal>>,
    /// People without a device who were made here and are not known to the server yet.
    pub unsent_people: RwSignal<Vec<PaperView>>,
    /// The server's clock, milliseconds since 1970, moved on once a second.
    pub now: RwSignal<u64>,
}

pub(super) struct Errands {
    /// Commands that wait for their answer.
    waiting: RefCell<Vec<Waiting>>,
    next: std::cell::Cell<u32>,
    /// The page's steady clock when the newest view came.
    heard_at: std::cell::Cell<f64>,
    /// How long the machine slept since then, while the page was out of sight.
    slept_ms: std::cell::Cell<f64>,
    /// The time of day and the steady clock when the page went out of sight.
    hidden_at: std::cell::Cell<Option<(f64, f64)>>,
    seen: RefCell<BTreeSet<NoteId>>,
    seen_told: RefCell<BTreeSet<NoteId>>,
    /// The group in whose QR code one came, until one was seated there: once a visit, so that a
    /// facilitator may seat one elsewhere.
    comes_to: std::cell::Cell<Option<GroupId>>,
}

struct Waiting {
    id: u32,
    what: Sent,
}

/// What was sent up.
enum Sent {
    /// What a person asked for: they are told when it is declined.
    Wish,
    /// A draft that was just written.
    Draft(DraftNote),
    /// A draft that goes up once more, by itself: it stays here as "not sent" when it is declined.
    DraftAgain(DraftNote),
    /// Somebody without a device, for whom is written here.
    Person(PersonId),
    /// To be seated in the group in whose QR code one came.
    Seat,
    /// What a form asks for, which waits for the answer: whether it was done.
    Form(Box<dyn FnOnce(bool)>),
}

/// Two clocks that differ by more than this while a page was out of sight: the machine slept.
const SLEPT_MS: f64 = 2_000.0;
/// What another tab says that it has written is on the device a moment later.
const OTHER_TAB_MS: u32 = 300;
/// How often what was seen is told.
const TELL_SEEN_MS: u32 = 4_000;

impl Errands {
    pub(super) fn new() -> Self {
        Self {
            waiting: RefCell::new(Vec::new()),
            next: std::cell::Cell::new(1),
            heard_at: std::cell::Cell::new(0.0),
            slept_ms: std::cell::Cell::new(0.0),
            hidden_at: std::cell::Cell::new(None),
            seen: RefCell::default(),
            seen_told: RefCell::default(),
            comes_to: std::cell::Cell::new(super::group_of_address()),
        }
    }
}

impl SessionState {
    pub(super) fn new(board: &BoardId) -> Self {
        Self {
            shared: RwSignal::new(SharedView::default()),
            own: RwSignal::new(OwnView::default()),
            lead: RwSignal::new(LeadView::default()),
            is_known: RwSignal::new(false),
            look: RwSignal::new(None),
            locked: RwSignal::new(Locks::default()),
            waits: RwSignal::new(None),
            declined: RwSignal::new(None),
            put_back: RwSignal::new(0),
            unsent_drafts: RwSignal::new(kept_drafts(board)),
            untaken_drafts: RwSignal::new(BTreeMap::new()),
            unsent_people: RwSignal::new(paper::kept(board)),
            now: RwSignal::new(0),
        }
    }

    /// A part of what all may see; it changes only when that part does.
    pub fn part<T>(self, of: impl Fn(&SharedView) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.shared.with(&of))
    }

    /// A part of what this person may see of their own.
    pub fn own_part<T>(self, of: impl Fn(&OwnView) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.own.with(&of))
    }

    /// The present phase.
    pub fn phase(self) -> Memo<Option<Phase>> {
        self.part(|view| {
            let id = view.stage.phase()?;
            view.phases.iter().find(|phase| phase.id == id).cloned()
        })
    }

    /// What a voice is called, in a language; `None` for one that is not in the list any more.
    pub fn voice_name(self, voice: &VoiceId, language: impl Into<Language>) -> Option<String> {
        let language = language.into();
        self.shared.with(|view| {
            let known = view.voices.iter().find(|known| known.voice.id == *voice)?;
            Some(known.voice.name.in_language(language).to_owned())
        })
    }

    /// Whether this person facilitates just now.
    pub fn leads(self) -> Memo<bool> {
        self.own_part(|own| own.leads)
    }

    /// Whether notes are drafts just now.
    pub fn is_silent(self) -> Memo<bool> {
        self.part(|view| view.writing == Writing::Silent)
    }

    /// Seconds left in the present phase; `None` outside one.
    pub fn seconds_left(self) -> Memo<Option<u64>> {
        Memo::new(move |_| {
            let timer = self.shared.with(|view| view.stage.timer())?;
            Some(timer.left(self.now.get()).div_ceil(1000))
        })
    }

    /// Whether the clock of the phase stands still.
    pub fn is_paused(self) -> Memo<bool> {
        self.part(|view| view.stage.timer().is_some_and(Timer::stands))
    }

    /// Whether it has not begun: it stands until somebody starts it.
    pub fn clock_waits(self) -> Memo<bool> {
        self.part(|view| matches!(view.stage.timer(), Some(Timer::Waits { .. })))
    }
}

impl Replica {
    /// Asks the session for something. What it answers is seen in its views; a refusal in
    /// [`SessionState::declined`].
    pub fn command(self, command: Command) {
        if self.inner().link.is_live() {
            self.send_command(command, Sent::Wish);
        } else {
            self.decline(Declined::Away);
        }
    }

    /// The same for a form that keeps what was typed until it is done: `then` hears whether it was. Where the line
    /// is lost before the answer, nobody knows, and `then` hears that it was not.
    pub fn command_then(self, command: Command, then: impl FnOnce(bool) + 'static) {
        if self.inner().link.is_live() {
            self.send_command(command, Sent::Form(Box::new(then)));
        } else {
            self.decline(Declined::Away);
            then(false);
        }
    }

    /// Writes a note that is a draft as long as the session says so: kept here at once, and sent.
    pub fn write_draft(self, note: DraftNote) {
        self.change_drafts(|drafts| {
            drafts.retain(|draft| draft.note != note.note);
            drafts.push(note.clone());
        });
        self.mark_mine(&note.note);
        self.mark_typed_for(&note);
        if self.inner().link.is_live() {
            self.send_draft(note, Sent::Draft);
        }
    }

    /// Remembers for whom a note of this browser was typed.
    fn mark_typed_for(self, note: &DraftNote) {
        let whom = note.for_whom.as_ref();
        let is_news = self
            .mine
            .try_update(|mine| super::mine::is_typed_for(mine, &note.note, whom));
        if is_news == Some(true) {
            let mine = self.mine.get_untracked();
            super::mine::keep(&self.inner().ticket.board, &mine);
        }
    }

    /// Throws a draft away, here and on the server.
    pub fn drop_draft(self, note: &NoteId) {
        self.change_drafts(|drafts| drafts.retain(|draft| draft.note != *note));
        self.command(Command::DropDraft { note: note.clone() });
    }

    /// A note was in front of the person here long enough to be read.
    pub fn saw(self, note: &NoteId) {
        let inner = self.inner();
        if inner.errands.seen_told.borrow().contains(note) {
            return;
        }
        let is_first = inner.errands.seen.borrow().is_empty();
        inner.errands.seen.borrow_mut().insert(note.clone());
        if is_first {
            timer::after(TELL_SEEN_MS, move || self.tell_seen());
        }
    }

    /// What the person here sees of the board, whom others follow.
    pub fn tell_look(self, rect: BoardRect) {
        let link = &self.inner().link;
        if link.is_live() {
            link.send_ours(&Frame::Ours(&ClientMessage::Look { rect }.to_json()));
        }
    }

    /// A text of the session in a language.
    pub fn words(words: &LocalizedText, language: impl Into<Language>) -> String {
        words.in_language(language.into()).to_owned()
    }

    fn tell_seen(self) {
        let inner = self.inner();
        let notes: Vec<NoteId> = std::mem::take(&mut *inner.errands.seen.borrow_mut())
            .into_iter()
            .collect();
        if inner.link.is_live() && !notes.is_empty() {
            inner.errands.seen_told.borrow_mut().extend(notes.clone());
            inner
                .link
                .send_ours(&Frame::Ours(&ClientMessage::Seen { notes }.to_json()));
        }
    }

    fn send_draft(self, note: DraftNote, what: fn(DraftNote) -> Sent) {
        self.session.untaken_drafts.update(|untaken| {
            untaken.remove(&note.note);
        });
        let what = what(note.clone());
        self.send_command(Command::WriteDraft { note }, what);
    }

    fn send_command(self, command: Command, what: Sent) {
        let inner = self.inner();
        let id = inner.errands.next.get();
        inner.errands.next.set(id.wrapping_add(1));
        inner
            .errands
            .waiting
            .borrow_mut()
            .push(Waiting { id, what });
        let message = ClientMessage::Command {
            id,
            command: Box::new(command),
        };
        inner.link.send_ours(&Frame::Ours(&message.to_json()));
    }

    /// The line is live: what waited here goes up.
    pub(super) fn send_errands(self) {
        let inner = self.inner();
        let unanswered = std::mem::take(&mut *inner.errands.waiting.borrow_mut());
        for one in unanswered {
            if let Sent::Form(then) = one.what {
                then(false);
            }
        }
        set_if_new(self.session.untaken_drafts, BTreeMap::new());
        self.tell_of_people();
        for note in self.session.unsent_drafts.get_untracked() {
            self.send_draft(note, Sent::DraftAgain);
        }
        self.take_seat();
    }

    /// Seats who came in a group's QR code there, if there is such a group.
    fn take_seat(self) {
        let inner = self.inner();
        let errands = &inner.errands;
        let Some(group) = errands.comes_to.get().filter(|_| inner.link.is_live()) else {
            return;
        };
        let is_asked = {
            let waiting = errands.waiting.borrow();
            waiting.iter().any(|one| matches!(one.what, Sent::Seat))
        };
        let is_there = self.session.shared.with_untracked(|view| {
            let mut groups = view.groups.iter();
            groups.any(|known| known.group.id == group)
        });
        if is_there && !is_asked {
            self.send_command(Command::JoinGroup { group }, Sent::Seat);
        }
    }

    /// An answer to a command.
    pub(super) fn hear_answer(self, id: u32, refusal: Option<Refusal>) {
        let inner = self.inner();
        let answered = {
            let mut waiting = inner.errands.waiting.borrow_mut();
            let place = waiting.iter().position(|waiting| waiting.id == id);
            place.map(|place| waiting.remove(place))
        };
        let what = answered.map(|answered| answered.what);
        // A draft that is refused stays here, to be mended; one that is too long is not lost.
        if let (Some(Sent::Draft(draft) | Sent::DraftAgain(draft)), None) = (&what, refusal) {
            self.change_drafts(|drafts| {
                drafts.retain(|kept| kept != draft); // written anew meanwhile: still on its way
            });
            self.mine
                .update(|mine| super::mine::is_saved(mine, &draft.note));
        }
        if let (Some(Sent::Draft(draft) | Sent::DraftAgain(draft)), Some(refusal)) =
            (&what, refusal)
        {
            self.session.untaken_drafts.update(|untaken| {
                untaken.insert(draft.note.clone(), refusal);
            });
        }
        if matches!(what, Some(Sent::Seat)) {
            inner.errands.comes_to.set(None);
            super::forget_group_of_address();
        }
        if let (Some(Sent::Person(person)), Some(_)) = (&what, refusal) {
            self.is_declined(person);
        }
        let is_wish = matches!(
            what,
            None | Some(Sent::Wish | Sent::Draft(_) | Sent::Person(_) | Sent::Form(_))
        );
        if let Some(refusal) = refusal.filter(|_| is_wish) {
            self.decline(Declined::Refused(refusal));
        }
        if let Some(Sent::Form(then)) = what {
            then(refusal.is_none());
        }
    }

    fn decline(self, declined: Declined) {
        let count = self
            .session
            .declined
            .with_untracked(|last| last.map_or(0, |(count, _)| count));
        self.session.declined.set(Some((count + 1, declined)));
    }

    pub(super) fn hear_session(self, view: SharedView) {
        let errands = &self.inner().errands;
        errands.heard_at.set(timer::steady_ms());
        errands.slept_ms.set(0.0);
        set_if_new(self.people_count, view.people);
        let session = self.session;
        set_if_new(session.now, view.now);
        let hidden_or_shown = self.state.set_hidden(&view.hidden);
        if !hidden_or_shown.is_empty() {
            let changes: Vec<BoardChange> =
                hidden_or_shown.into_iter().map(BoardChange::Note).collect();
            self.state.take(&self.inner().board.view(), &changes);
        }
        set_if_new(session.shared, view);
        set_if_new(session.is_known, true);
        self.take_seat();
        self.refresh_locks();
    }

    pub(super) fn hear_own(self, view: OwnView) {
        self.knows_people(&view);
        set_if_new(self.session.own, view);
        self.refresh_locks();
    }

    fn refresh_locks(self) {
        let session = self.session;
        let locks = if session.own.with_untracked(|own| own.leads) {
            Locks::default()
        } else {
            session.shared.with_untracked(|view| view.locks.clone())
        };
        let is_opened = session.locked.with_untracked(|before| *before != locks);
        set_if_new(session.locked, locks);
        if is_opened {
            self.send_what_was_held_back();
        }
    }

    /// A lock has changed, or the server can write again: what waited for it goes up once more.
    pub(super) fn send_what_was_held_back(self) {
        if !self.inner().link.is_live() {
            return; // it goes up with the line
        }
        let held: Vec<DraftNote> = self.session.unsent_drafts.with_untracked(|drafts| {
            self.session.untaken_drafts.with_untracked(|untaken| {
                let is_held = |draft: &&DraftNote| {
                    let why = untaken.get(&draft.note);
                    matches!(why, Some(Refusal::Locked | Refusal::NotSaved))
                };
                drafts.iter().filter(is_held).cloned().collect()
            })
        });
        for draft in held {
            self.send_draft(draft, Sent::DraftAgain);
        }
    }

    /// Moves the server's clock on, once a second as long as the page is open.
    pub(super) fn tick(self) {
        self.session.now.set(self.server_now());
        timer::after(1_000, move || self.tick());
    }

    /// The page goes out of sight or comes back. A steady clock stands still while a phone sleeps; that it slept is
    /// seen from the time of day.
    pub(super) fn notice_sleep(self) {
        let errands = &self.inner().errands;
        let clocks = (timer::now_ms(), timer::steady_ms());
        if document().hidden() {
            errands.hidden_at.set(Some(clocks));
        } else if let Some((day, steady)) = errands.hidden_at.take() {
            let slept = (clocks.0 - day) - (clocks.1 - steady);
            if slept > SLEPT_MS {
                errands.slept_ms.set(errands.slept_ms.get() + slept);
            }
        }
    }

    /// Milliseconds since 1970 by the server's clock, whatever the clock of this device says and whoever sets it.
    pub fn server_now(self) -> u64 {
        let errands = &self.inner().errands;
        let since = timer::steady_ms() - errands.heard_at.get() + errands.slept_ms.get();
        let since = since.max(0.0) as u64;
        self.session
            .shared
            .with_untracked(|view| view.now + since * u64::from(view.clock_speed.max(1)))
    }

    /// Milliseconds since 1970 for what is written now. By the server's clock as soon as it is known: a device's may
    /// be a day off, and notes lie in the order of their times.
    pub fn written_at(self) -> f64 {
        if self.session.is_known.get_untracked() {
            self.server_now() as f64
        } else {
            timer::now_ms()
        }
    }

    /// What is kept decides, for another tab may have changed it.
    fn change_drafts(self, change: impl FnOnce(&mut Vec<DraftNote>)) {
        let inner = self.inner();
        let board = &inner.ticket.board;
        let mut drafts = kept_drafts(board);
        change(&mut drafts);
        if let Ok(json) = serde_json::to_string(&drafts) {
            storage::write(&drafts_key(board), &json);
        }
        set_if_new(self.session.unsent_drafts, drafts);
    }

    /// Another tab with this board has written something down.
    pub(super) fn hear_of_another_tab(self, key: &str) {
        let inner = self.inner();
        let board = &inner.ticket.board;
        if key == drafts_key(board) {
            set_if_new(self.session.unsent_drafts, kept_drafts(board));
        } else if super::mine::is_key(board, key) {
            let all_is_saved = inner.link.is_all_saved();
            let mut mine = self.mine.get_untracked();
            super::mine::take_in(&mut mine, super::mine::load(board), all_is_saved);
            if inner.link.is_live() {
                super::mine::goes_up_elsewhere(&mut mine);
            }
            set_if_new(self.mine, mine);
            if !inner.link.is_live() {
                timer::after(OTHER_TAB_MS, move || self.read_what_another_tab_wrote());
            }
        }
    }

    /// A new draft's id: the note's, for ever.
    pub fn new_draft_id() -> NoteId {
        NoteId::from_random(random::bits())
    }
}

fn drafts_key(board: &BoardId) -> String {
    ["samtavle.drafts.", board.as_str()].concat()
}

fn kept_drafts(board: &BoardId) -> Vec<DraftNote> {
    storage::read(&drafts_key(board))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}
