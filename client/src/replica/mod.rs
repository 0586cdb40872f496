//! The board in this browser: a Yrs document, its local copy in `IndexedDB`, and the socket.
//!
//! ```text
//! gesture ─► change() ─► Board ─► pump ─┬─► BoardState (signals) ─► views
//!                                       ├─► LocalCopy (IndexedDB)
//!                                       └─► Link (socket) ─► server ─► the others
//! ```
//! The page shows the local copy at once and syncs after. Nothing waits for the server.

mod clients;
mod copy;
mod hands;
mod line;
mod link;
mod local;
mod mine;
mod presence;
mod random;
mod rescue;
mod session;
mod taken;
mod text;
mod timer;

pub(crate) use copy::CLEARED;
pub use link::Connection;
pub use mine::{Mine, SendState};
pub use presence::{Person, Writer};
pub use session::{Declined, SessionState, Waits};
pub use text::SharedText;
pub(crate) use timer::after;

use crate::{browser::storage, state::BoardState};
use leptos::prelude::*;
use samtavle_shared::{
    address::{is_whole, wish},
    board::{Board, BoardChange, Change, History, ItemId, Made, Note, StepId, ThingId, Undone},
    geometry::BoardVector,
    ids::{BoardId, ClusterId, LinkId, NoteId, PhotoId},
    news::By,
    session::{GroupId, MayDelete, MayRename},
    standing::Standing,
    wire::{CloseCode, Presence, Role, Screen},
};
use send_wrapper::SendWrapper;
use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    ops::Deref,
    rc::Rc,
    sync::Arc,
};

/// Hears what has changed on the board, and who did it.
type Listener = Rc<dyn Fn(&[BoardChange], By)>;

/// What a board's page needs to begin: from its address.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// Which board.
    pub board: BoardId,
    /// The key from the address's fragment.
    pub key: String,
    /// Which screen is shown.
    pub screen: Screen,
}

/// The board in this browser. Copy it freely: it is one pointer, and lives as long as the page.
#[derive(Clone, Copy)]
pub struct Replica(&'static Handles);

impl Deref for Replica {
    type Target = Handles;

    fn deref(&self) -> &Handles {
        self.0
    }
}

/// What a [`Replica`] gives to views.
pub struct Handles {
    inner: SendWrapper<Rc<Inner>>,
    /// The board as signals, for views.
    pub state: BoardState,
    /// How things stand with the server, in terms that a person can be told.
    pub connection: RwSignal<Connection>,
    /// The numbers of the line, from which each row tells how far it has come.
    pub(crate) standing: RwSignal<Standing>,
    /// Whether something waits that is neither a note nor a draft yet: it was posted before it was known how.
    pub(crate) waits_besides: RwSignal<bool>,
    /// Whether this browser lets us keep a local copy.
    pub keeps_copy: RwSignal<bool>,
    /// Why there is no way to the board any more: the person was sent out, the board or the link is gone.
    pub shut_out: RwSignal<Option<CloseCode>>,
    /// What the key lets this person do; `None` until the server, or an earlier visit, has told.
    pub role: RwSignal<Option<Role>>,
    /// The join code; `None` until told, empty when it is over. See [`Replica::join_code`].
    pub code: RwSignal<Option<String>>,
    /// By which key the person here comes: who facilitates may be handed another.
    pub key: RwSignal<String>,
    /// Whether the person here waits to be let in.
    pub waits_outside: RwSignal<bool>,
    /// Whether they are asked meanwhile who they are.
    pub is_asked_who: RwSignal<bool>,
    /// How many people are on the board, walls not counted, as the server knows.
    pub people_count: RwSignal<u32>,
    /// The session: phases, groups, rounds, and what is one's own of it.
    pub session: SessionState,
    /// The others who are here.
    pub people: RwSignal<Vec<Person>>,
    /// The others who have a caret in a note, and in which. It changes only when somebody begins or
    /// ends, so that a note need not look through all that everybody shows.
    pub writers: RwSignal<Vec<Writer>>,
    /// The notes that were posted from this browser, newest first.
    pub mine: RwSignal<Vec<Mine>>,
    /// Whether there is a step to take back.
    pub can_undo: RwSignal<bool>,
    /// Whether there is a step to do again.
    pub can_redo: RwSignal<bool>,
}

struct Inner {
    ticket: Ticket,
    /// By which id this page is present: nothing is written under it.
    page: u64,
    board: Board,
    history: RefCell<History>,
    local: local::LocalCopy,
    link: link::Link,
    presence: presence::OwnPresence,
    errands: session::Errands,
    /// Whether the server's first answer is in: what was there before is no news.
    has_caught_up: Cell<bool>,
    hands: hands::Hands,
    /// What is kept of the board and is not shown before the server has welcomed the key.
    unshown: RefCell<Vec<Vec<u8>>>,
    listener: RefCell<Option<Listener>>,
    /// What others have taken off the board while this page was open.
    taken: RefCell<HashSet<ItemId>>,
}

impl Replica {
    /// Opens a board: shows the local copy as soon as it is read, then connects, and connects again
    /// for ever.
    pub fn open(ticket: &Ticket) -> Self {
        let board = Board::new(random::client_id());
        let clock = Arc::new(|| timer::now_ms() as u64);
        let history = History::of(&board, clock);
        let inner = Rc::new(Inner {
            local: local::LocalCopy::of(&ticket.board),
            link: link::Link::new(),
            presence: presence::OwnPresence::new(ticket.screen),
            errands: session::Errands::new(),
            has_caught_up: Cell::new(false),
            hands: hands::Hands::default(),
            unshown: RefCell::default(),
            listener: RefCell::new(None),
            taken: RefCell::default(),
            history: RefCell::new(history),
            page: random::client_id(),
            board,
            ticket: ticket.clone(),
        });
        // Every closure of every view holds the replica: a pointer keeps them small. A page opens one
        // board, so nothing is lost by never giving it back.
        let replica = Self(Box::leak(Box::new(Handles {
            inner: SendWrapper::new(inner),
            state: BoardState::new(),
            connection: RwSignal::new(Connection::Opening),
            standing: RwSignal::new(Standing::default()),
            waits_besides: RwSignal::new(false),
            keeps_copy: RwSignal::new(storage::keeps()),
            shut_out: RwSignal::new(None),
            role: RwSignal::new(link::remembered_role(ticket)),
            code: RwSignal::new(None),
            key: RwSignal::new(ticket.key.clone()),
            waits_outside: RwSignal::new(false),
            is_asked_who: RwSignal::new(false),
            people_count: RwSignal::new(0),
            session: SessionState::new(&ticket.board),
            people: RwSignal::new(Vec::new()),
            writers: RwSignal::new(Vec::new()),
            mine: RwSignal::new(mine::load(&ticket.board)),
            can_undo: RwSignal::new(false),
            can_redo: RwSignal::new(false),
        })));
        replica.start();
        // Whatever a row is told from, the chip is told from, too.
        Effect::new(move || {
            replica.mine.track();
            replica.session.unsent_drafts.track();
            replica.session.untaken_drafts.track();
            replica.waits_besides.track();
            replica.refresh_connection();
        });
        replica
    }

    /// Which board this is, and how it is shown.
    pub fn ticket(self) -> Ticket {
        Ticket {
            key: self.key.get_untracked(),
            ..self.inner().ticket.clone()
        }
    }

    /// Whether the key in the address is all there, as far as one can see without asking the server.
    pub fn has_whole_link(self) -> bool {
        self.key.with_untracked(|key| is_whole(key))
    }

    /// Changes the board as the person here: one transaction, shown at once, kept, and sent.
    pub fn change<T>(self, gesture: impl FnOnce(&mut Change<'_>) -> T) -> T {
        self.change_as(Made::Here, None, gesture)
    }

    /// The same of one thing, which is written under an id of its own.
    pub fn change_of<T>(
        self,
        thing: &BoardChange,
        gesture: impl FnOnce(&mut Change<'_>) -> T,
    ) -> T {
        self.change_as(Made::Here, Some(thing), gesture)
    }

    /// As [`Replica::change`], for what undo must leave alone.
    pub fn change_for_good<T>(self, gesture: impl FnOnce(&mut Change<'_>) -> T) -> T {
        self.change_as(Made::ForGood, None, gesture)
    }

    fn change_as<T>(
        self,
        made: Made,
        thing: Option<&BoardChange>,
        gesture: impl FnOnce(&mut Change<'_>) -> T,
    ) -> T {
        let inner = self.inner();
        self.writes_on(thing);
        let mut change = inner.board.change(made);
        let result = gesture(&mut change);
        drop(change);
        self.pump();
        result
    }

    /// What follows is an undo step of its own. Call it when a gesture begins and when it ends.
    pub fn new_step(self) {
        self.inner().history.borrow_mut().new_step();
    }

    /// A change that is a step of its own; gives the step's name, for the notice that can take it back.
    /// `None`: it changed nothing.
    pub fn step(self, gesture: impl FnOnce(&mut Change<'_>)) -> Option<StepId> {
        self.step_as(None, gesture)
    }

    /// The same of one thing, which is written under an id of its own.
    pub fn step_of(
        self,
        thing: &BoardChange,
        gesture: impl FnOnce(&mut Change<'_>),
    ) -> Option<StepId> {
        self.step_as(Some(thing), gesture)
    }

    fn step_as(
        self,
        thing: Option<&BoardChange>,
        gesture: impl FnOnce(&mut Change<'_>),
    ) -> Option<StepId> {
        self.new_step();
        let before = self.inner().history.borrow().last_step();
        self.change_as(Made::Here, thing, gesture);
        self.new_step();
        let step = self.inner().history.borrow().last_step();
        step.filter(|_| step != before)
    }

    /// Takes the person's last step back.
    pub fn undo(self) -> Undone {
        self.writes_on(None);
        let undone = self.inner().history.borrow_mut().undo();
        self.pump();
        undone
    }

    /// Takes this very step back, whatever was done since.
    pub fn undo_step(self, step: StepId) -> Undone {
        self.writes_on(None);
        let undone = self.inner().history.borrow_mut().undo_step(step);
        self.pump();
        undone
    }

    /// Does again what was taken back.
    pub fn redo(self) -> Undone {
        self.writes_on(None);
        let redone = self.inner().history.borrow_mut().redo();
        self.pump();
        redone
    }

    /// Whether the person here may change the board. Until the server has spoken we believe so on a
    /// desk or a phone: work goes on without a network.
    pub fn may_write(self) -> bool {
        self.takes_part() && !self.session.locked.read().board
    }

    /// Whether the person here is one of those who write on the board, locked or not.
    pub fn takes_part(self) -> bool {
        self.inner().ticket.screen != Screen::Wall
            && self.role.get().is_none_or(Role::may_write)
            && self.shut_out.get().is_none()
    }

    /// Whether a cluster and what is in it may be changed here. Whether anything may, says
    /// [`Replica::may_write`].
    pub fn is_unlocked(self, cluster: &ClusterId) -> bool {
        !self.session.locked.read().clusters.contains(cluster)
    }

    /// Whether a note may be changed here, as far as its cluster goes.
    pub fn may_touch(self, note: &NoteId) -> bool {
        let cluster = self
            .state
            .note(note)
            .and_then(|signals| signals.note.with_untracked(|note| note.cluster.clone()));
        cluster.is_none_or(|cluster| self.is_unlocked(&cluster))
    }

    /// Whether one may take others' notes off the board.
    pub fn may_delete_others(self) -> bool {
        let rights = self.session.shared.with(|view| view.rights);
        rights.delete == MayDelete::Everybody || self.session.leads().get()
    }

    /// Whether one may rename the board.
    pub fn may_rename(self) -> bool {
        let rights = self.session.shared.with(|view| view.rights);
        rights.rename == MayRename::Everybody || self.session.leads().get()
    }

    /// The code by which others join, if there is one that lives.
    pub fn join_code(self) -> Option<String> {
        self.code.get().filter(|code| !code.is_empty())
    }

    /// Whether others may come by the code: nobody is invited before a shut door.
    pub fn invites(self) -> bool {
        self.join_code().is_some()
            && self
                .session
                .shared
                .with(|view| view.door != samtavle_shared::session::Door::Shut)
    }

    /// Whether a note was posted from this browser.
    pub fn is_mine(self, note: &NoteId) -> bool {
        self.mine.read().iter().any(|mine| mine.id == *note)
    }

    /// A note as it stands in the document, hidden or not.
    pub fn any_note(self, id: &NoteId) -> Option<Note> {
        self.inner().board.view().note(id)
    }

    /// What a note says that the document holds, on the board or taken off it.
    pub(crate) fn words_of(self, thing: &ThingId) -> Option<String> {
        self.inner().board.view().words_of(thing)
    }

    /// Has this hear of every change from now on, in place of who heard before. What was there when the page
    /// came to the board counts as one's own.
    pub(crate) fn listen(self, hear: impl Fn(&[BoardChange], By) + 'static) {
        *self.inner().listener.borrow_mut() = Some(Rc::new(hear));
    }

    /// A caret for presence: a place in a note's text that stays with its letters.
    pub fn caret_at(self, note: &NoteId, offset: u32) -> Option<serde_json::Value> {
        self.inner().board.caret_at(note, offset)
    }

    /// Where somebody's caret is now, in UTF-16 units.
    pub fn offset_of(self, note: &NoteId, caret: &serde_json::Value) -> Option<u32> {
        self.inner().board.offset_of(note, caret)
    }

    /// Shows something of the person here to the others: cursor, caret, drag, selection, name. Sent
    /// at most some ten times a second.
    pub fn show(self, edit: impl FnOnce(&mut Presence)) {
        self.inner().presence.edit(edit);
        self.send_presence_soon();
    }

    /// Lifts notes by `by` from where they lie in the document, here and for the others, without
    /// writing yet; `None` lays them down.
    pub fn lift(self, drag: Option<(Vec<NoteId>, BoardVector)>) {
        self.state.set_lift(
            None,
            drag.as_ref().map(|(notes, by)| (notes.as_slice(), *by)),
        );
        self.show(|presence| {
            presence.drag =
                drag.map(|(notes, by)| samtavle_shared::wire::presence::Drag { notes, by });
        });
    }

    /// A new note's id.
    pub fn new_note_id() -> NoteId {
        NoteId::from_random(random::bits())
    }

    /// A new cluster's id.
    pub fn new_cluster_id() -> ClusterId {
        ClusterId::from_random(random::bits())
    }

    /// A new link's id.
    pub fn new_link_id() -> LinkId {
        LinkId::from_random(random::bits())
    }

    /// A new photo's id.
    pub fn new_photo_id() -> PhotoId {
        PhotoId::from_random(random::bits())
    }

    /// The secret of this browser for this board.
    pub(crate) fn device(self) -> String {
        random::device_secret(self.inner().ticket.board.as_str())
    }

    /// Milliseconds since 1970, by this browser's clock.
    pub fn now_ms() -> f64 {
        timer::now_ms()
    }

    /// Remembers a note as one of this browser's own ("my notes"), not saved yet.
    pub fn mark_mine(self, note: &NoteId) {
        let frame = self.inner().link.frames_sent();
        self.mine.update(|mine| mine::mark(mine, note, frame));
        mine::keep(&self.inner().ticket.board, &self.mine.get_untracked());
    }

    /// A note was written on. One of this browser's own is not saved again until the server has that;
    /// somebody else's does not become ours by a comma.
    pub(super) fn mark_changed(self, note: &NoteId) {
        if self
            .mine
            .with_untracked(|mine| mine.iter().any(|entry| entry.id == *note))
        {
            self.mark_mine(note);
        }
    }

    fn inner(self) -> Rc<Inner> {
        Rc::clone(&self.inner)
    }

    /// After every transaction: what came out of it goes to the local copy, to the server and to
    /// the views.
    fn pump(self) {
        let inner = self.inner();
        let updates = inner.board.take_updates();
        let is_from_others = updates.iter().any(|update| update.made == Made::Elsewhere);
        let is_news = inner.has_caught_up.get() && is_from_others;
        if !updates.is_empty() {
            for update in updates.iter().filter(|update| Self::is_own(update.made)) {
                self.has_written();
                inner.link.send_update(&update.bytes);
            }
            self.keep(updates.into_iter().map(|update| update.bytes).collect());
        }
        let of = |is_others| if is_others { By::Others } else { By::Me };
        self.show_changes(of(is_news), of(is_from_others));
        self.refresh_connection();
    }

    /// `by`: whose news it is; `hand`: who did it, news or not.
    fn show_changes(self, by: By, hand: By) {
        let inner = self.inner();
        let changes = inner.board.take_changes();
        if !changes.is_empty() {
            self.remember_what_went(&changes, hand);
            self.state.take(&inner.board.view(), &changes);
            let listener = inner.listener.borrow().clone();
            if let Some(hear) = listener {
                hear(&changes, by);
            }
        }
        let history = inner.history.borrow();
        set_if_new(self.can_undo, history.can_undo());
        set_if_new(self.can_redo, history.can_redo());
    }
}

/// The group in whose QR code the page's address came: `?group=2`.
fn group_of_address() -> Option<GroupId> {
    let search = window().location().search().ok()?;
    wish(&search, "group")?.parse().ok().map(GroupId)
}

/// One is seated: the page's address says nothing of a group any more, so that opening it again does
/// not undo what a facilitator does.
fn forget_group_of_address() {
    let location = window().location();
    if let (Ok(path), Ok(hash), Ok(history)) =
        (location.pathname(), location.hash(), window().history())
    {
        let address = [path, hash].concat();
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address)); // only for a later reload
    }
}

/// A signal that says again what it said wakes everybody for nothing.
fn set_if_new<T: PartialEq + Clone + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|now| *now != value) {
        signal.set(value);
    }
}
