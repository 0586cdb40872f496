//! What a field says of itself, so that its words stay when it goes away under somebody's hands. A field is watched in
//! one line; what it has typed, who has the focus and when it goes, is found out here.

use super::{
    super::page::page,
    pile::keep,
    resting::Resting,
    standing::text_closed,
    words::{Found, tell},
};
use crate::{
    i18n::{I18n, use_i18n},
    parts::{
        listen::{Turn, listen},
        notice::{Notices, use_notices},
    },
    replica::{Replica, SharedText},
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::NoteKind,
    geometry::BoardPoint,
    ids::PersonId,
    kept_words::{Kept, Place, Why, in_danger},
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};
use web_sys::HtmlTextAreaElement;

/// What the words would be as a note.
#[derive(Clone, Default)]
pub(crate) struct Offer {
    /// Its kind; none: the one that is asked for by then.
    pub(crate) kind: Option<NoteKind>,
    /// For whom they were typed, if for another.
    pub(crate) for_whom: Option<PersonId>,
    /// Whether their writer lives with this.
    pub(crate) lived: bool,
    /// Where its note lay.
    pub(crate) at: Option<BoardPoint>,
}

/// Whose words stand in a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// Those of whoever writes in that text: the person's own are there once they have typed.
    Everybodys,
    /// The person's.
    Own,
}

/// What is to be known of a field.
pub(crate) struct Watch {
    whose: Whose,
    /// Why it goes, or must go; it follows what it reads. `None`: only by its writer's own hand.
    why: Box<dyn Fn() -> Option<Why>>,
    /// Writes its words where they belong, if they may still be written there.
    settle: Option<Box<dyn Fn()>>,
    /// What stands elsewhere of its words, where its writer sees it.
    safe: Box<dyn Fn() -> Option<String>>,
    /// What they would be as a note.
    offer: Box<dyn Fn() -> Offer>,
    /// Where they can be put back.
    place: Option<Place>,
    /// Closes the field, where it would stay by itself.
    close: Option<Box<dyn Fn()>>,
    /// Forgets the words where they were kept until now.
    forget: Option<Box<dyn Fn()>>,
}

impl Watch {
    /// A field on one of the board's texts, whose letters go there one by one.
    pub(crate) fn of_text(replica: Replica, text: &SharedText) -> Self {
        let (asked, read, offered) = (text.clone(), text.clone(), text.clone());
        Self {
            whose: Whose::Everybodys,
            why: Box::new(move || text_closed(replica, &asked)),
            settle: None,
            safe: Box::new(move || seen_text(replica, &read)),
            offer: Box::new(move || offer_of(replica, &offered)),
            place: Some(match text {
                SharedText::Note(note) => Place::Note(note.clone()),
                SharedText::ClusterTitle(cluster) => Place::Cluster(cluster.clone()),
                SharedText::BoardTitle => Place::Board,
            }),
            close: None,
            forget: None,
        }
    }

    /// A field with words that only their writer has.
    pub(crate) fn of_own_words(
        why: impl Fn() -> Option<Why> + 'static,
        offer: impl Fn() -> Offer + 'static,
    ) -> Self {
        Self {
            whose: Whose::Own,
            why: Box::new(why),
            settle: None,
            safe: Box::new(|| None),
            offer: Box::new(offer),
            place: None,
            close: None,
            forget: None,
        }
    }

    /// What stands elsewhere of its words when it goes.
    pub(crate) fn safe_as(mut self, safe: impl Fn() -> Option<String> + 'static) -> Self {
        self.safe = Box::new(safe);
        self
    }

    /// What writes its words where they belong, if they may still be written there.
    pub(crate) fn settles_with(mut self, settle: impl Fn() + 'static) -> Self {
        self.settle = Some(Box::new(settle));
        self
    }

    /// Its words count as the person's once they have typed.
    pub(crate) fn only_when_typed(mut self) -> Self {
        self.whose = Whose::Everybodys;
        self
    }

    /// What closes the field, where it would stay by itself.
    pub(crate) fn closes_with(mut self, close: impl Fn() + 'static) -> Self {
        self.close = Some(Box::new(close));
        self
    }

    /// What forgets the words where they were kept until now.
    pub(crate) fn forgets_with(mut self, forget: impl Fn() + 'static) -> Self {
        self.forget = Some(Box::new(forget));
        self
    }

    /// Where its words can be put back.
    pub(crate) fn belongs_to(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}

/// Keeps a field's words when it goes away against its writer's will. Call it where the field lives.
pub(crate) fn watch(replica: Replica, field: NodeRef<html::Textarea>, watch: Watch) {
    let watch = StoredValue::new_local(Some(watch));
    let watched = StoredValue::new_local(None::<Rc<Watched>>);
    let (i18n, notices) = (use_i18n(), use_notices());
    let with = move |act: &dyn Fn(&Rc<Watched>)| {
        if let Some(one) = watched.try_get_value().flatten() {
            act(&one);
        }
    };
    // On the window, before whoever it is meant for: the field itself may be gone by then.
    listen(&window(), "input", Turn::First, move |event| {
        with(&|one| one.hears_input(&event));
    });
    listen(&window(), "focusin", Turn::First, move |event| {
        with(&|one| one.hears_focus(&event));
    });
    listen(&window(), "focusout", Turn::First, move |event| {
        with(&|one| one.hears_focus_leave(&event));
    });
    Effect::new(move || {
        let Some(field) = field.get() else { return };
        if let Some(watch) = watch.try_update_value(Option::take).flatten() {
            let one = Watched::new(replica, watch, field, i18n, notices);
            watched.set_value(Some(Rc::new(one)));
        }
        with(&|one| one.look());
    });
    on_cleanup(move || with(&|one| one.goes()));
}

/// A field that is watched.
struct Watched {
    replica: Replica,
    watch: Watch,
    field: HtmlTextAreaElement,
    i18n: I18n,
    notices: Notices,
    /// Whether the field has the focus, or had it when it was taken out of the page.
    has_focus: Cell<bool>,
    /// Whether the person has typed since then.
    has_typed: Cell<bool>,
    /// What stood elsewhere when the field was last open.
    last_safe: RefCell<String>,
    /// Where its note lay then.
    last_offer: RefCell<Offer>,
    is_closed: Cell<bool>,
}

impl Watched {
    fn new(
        replica: Replica,
        watch: Watch,
        field: HtmlTextAreaElement,
        i18n: I18n,
        notices: Notices,
    ) -> Self {
        let safe = untrack(|| (watch.safe)()).unwrap_or_default();
        let offer = untrack(|| (watch.offer)());
        let has_focus = is_active(&field);
        Self {
            replica,
            watch,
            field,
            i18n,
            notices,
            has_focus: Cell::new(has_focus),
            has_typed: Cell::new(false),
            last_safe: RefCell::new(safe),
            last_offer: RefCell::new(offer),
            is_closed: Cell::new(false),
        }
    }

    fn is_target(&self, event: &web_sys::Event) -> bool {
        event.target().as_ref() == Some(self.field.as_ref())
    }

    fn hears_input(&self, event: &web_sys::Event) {
        if self.is_target(event) {
            self.has_typed.set(true);
        }
    }

    fn hears_focus(&self, event: &web_sys::Event) {
        if self.is_target(event) {
            self.has_focus.set(true);
        }
    }

    /// Who leaves a field that stays has ended what they wrote there. A field that goes loses the focus, too.
    fn hears_focus_leave(self: &Rc<Self>, event: &web_sys::Event) {
        if self.is_target(event) {
            let one = Rc::clone(self);
            let look = move || {
                if one.field.is_connected() && !is_active(&one.field) {
                    one.has_focus.set(false);
                    one.has_typed.set(false);
                }
            };
            set_timeout(look, Duration::ZERO);
        }
    }

    /// Something has changed: may it stay?
    fn look(&self) {
        match (self.watch.why)() {
            Some(why) => {
                self.close_for(why);
                if let Some(close) = &self.watch.close {
                    untrack(close);
                }
            }
            None => untrack(|| {
                self.is_closed.set(false);
                *self.last_safe.borrow_mut() = (self.watch.safe)().unwrap_or_default();
                *self.last_offer.borrow_mut() = (self.watch.offer)();
            }),
        }
    }

    /// Its view is taken away.
    fn goes(&self) {
        if let Some(why) = untrack(|| (self.watch.why)()) {
            self.close_for(why);
        }
    }

    fn close_for(&self, why: Why) {
        if !self.is_closed.replace(true) {
            untrack(|| self.keep_words(why));
        }
    }

    fn keep_words(&self, why: Why) {
        let value = self.field.value();
        let has_focus = self.has_focus.get();
        let has_typed = self.has_typed.replace(false);
        let is_own = self.watch.whose == Whose::Own;
        if !has_focus && !has_typed && !is_own {
            return; // nobody was writing here
        }
        if let Some(settle) = &self.watch.settle {
            settle();
        }
        let safe = (self.watch.safe)();
        let words = in_danger(&value, safe.as_deref()).filter(|_| has_typed || is_own);
        let caret = self.field.selection_end().ok().flatten();
        let kept = self.kept(why, &value);
        let is_in_danger = words.is_some();
        if is_in_danger {
            if let Some(forget) = &self.watch.forget {
                forget();
            }
            keep(self.replica, kept.clone(), caret.filter(|_| has_focus));
        }
        if has_focus {
            let caret = caret.unwrap_or_else(|| value.encode_utf16().count() as u32);
            let resting = Resting::begin(kept, caret);
            page(self.replica)
                .kept_words
                .resting
                .set_value(Some(resting));
        }
        // An empty box of one's own that goes is seen to go; there is nothing to be told of it.
        if is_in_danger || !is_own || !value.trim().is_empty() {
            let found = match safe {
                _ if is_in_danger => Found::OnCard,
                Some(_) if has_typed || is_own => Found::Whole,
                _ => Found::None,
            };
            tell(self.notices, self.i18n, why, found);
        }
    }

    fn kept(&self, why: Why, value: &str) -> Kept {
        let offer = self.last_offer.borrow().clone();
        Kept {
            kind: offer.kind.map_or("", NoteKind::name).to_owned(),
            for_whom: offer.for_whom,
            lived: offer.lived,
            place: (self.watch.place.clone()).map(|place| (place, self.last_safe.borrow().clone())),
            at: offer.at,
            ..Kept::new(Replica::new_note_id(), value, why)
        }
    }
}

fn is_active(field: &HtmlTextAreaElement) -> bool {
    document().active_element().as_ref() == Some(field.as_ref())
}

/// A text as its writers see it; untracked.
fn seen_text(replica: Replica, text: &SharedText) -> Option<String> {
    let is_seen = match text {
        SharedText::Note(note) => replica.state.note(note).is_some(),
        SharedText::ClusterTitle(cluster) => replica.state.cluster(cluster).is_some(),
        SharedText::BoardTitle => true,
    };
    replica
        .read_text(text)
        .filter(|_| is_seen && replica.shut_out.get_untracked().is_none())
}

fn offer_of(replica: Replica, text: &SharedText) -> Offer {
    let SharedText::Note(note) = text else {
        return Offer::default();
    };
    let signals = replica.state.note(note);
    signals.map_or_else(Offer::default, |signals| {
        signals.note.with_untracked(|note| Offer {
            kind: Some(note.kind).filter(|kind| *kind != NoteKind::Other),
            lived: note.lived,
            at: Some(note.pos),
            for_whom: None,
        })
    })
}
