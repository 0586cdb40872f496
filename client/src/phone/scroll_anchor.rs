//! The page stays where it is under a thumb: cards come and go above the box, and neither the button that a
//! finger is on its way to nor the line that is being written moves.
//!
//! ```text
//! finger down ─► what it is on stays in its place until the click has come
//! box has the focus ─► the box stays in its place
//! a card comes above ─► the page scrolls by its height      (a line over the tabs tells of it: write.rs)
//! a card goes above  ─► the page scrolls back; where it is at its top already, the room is kept free
//! a button was pressed, the box is left ─► the room that was kept is given back
//! ```
//! Browsers anchor what is in view themselves, some of them, and never at the top of a page, where the box is.

use super::state::PhoneState;
use crate::{moments::MomentState, parts::held::on_leaving};
use leptos::{ev, html, prelude::*};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, PointerEvent};

/// By then the click has come that follows a lifted finger.
const CLICKED: Duration = Duration::from_millis(80);
/// By then the browser has scrolled to the field, as it does when its keyboard comes.
const SCROLLED: Duration = Duration::from_millis(250);
/// A card of which no more than this is seen, pixels, is out of view.
const MOST_SEEN: f64 = 96.0;
/// A field with its button.
const PAPER: &str = ".compose__paper, .answer, .row-note";
/// What is pressed or written in.
const PRESSED: &str = "button, a, summary, label, textarea, input, select";
/// What is written in.
const WRITTEN: &str = "textarea, input:not([type=\"checkbox\"], [type=\"radio\"])";

/// Holds this page's content.
pub(super) fn hold_scroll(
    phone: PhoneState,
    page: NodeRef<html::Main>,
    content: NodeRef<html::Div>,
) {
    let kept = StoredValue::new_local(None::<Kept>);
    Effect::new(move || {
        let (Some(page), Some(content)) = (page.get(), content.get()) else {
            return;
        };
        if kept.with_value(Option::is_none) {
            kept.set_value(Kept::watch(phone, &page, content.into()));
        }
    });
    let with = move |act: &dyn Fn(&Rc<ScrollAnchor>)| {
        let anchor = kept.try_with_value(|kept| kept.as_ref().map(|kept| kept.anchor.clone()));
        if let Some(anchor) = anchor.flatten() {
            act(&anchor);
        }
    };
    let pressed = window_event_listener(ev::pointerdown, move |event| {
        with(&|anchor| anchor.press(&event));
    });
    let lifted = window_event_listener(ev::pointerup, move |_| with(&ScrollAnchor::lift));
    let taken = window_event_listener(ev::pointercancel, move |_| with(&ScrollAnchor::lift));
    on_leaving(move || with(&ScrollAnchor::lift));
    let clicked = window_event_listener(ev::click, move |event| {
        with(&|anchor| anchor.has_pressed(&event));
    });
    let focused = window_event_listener(ev::focusin, move |_| {
        with(&|anchor| {
            anchor.aim();
        });
    });
    let left = window_event_listener(ev::focusout, move |_| with(&ScrollAnchor::look_again));
    on_cleanup(move || {
        for listener in [pressed, lifted, taken, clicked, focused, left] {
            listener.remove();
        }
        kept.try_update_value(Option::take);
    });
}

/// What holds one page.
struct ScrollAnchor {
    phone: PhoneState,
    page: HtmlElement,
    content: HtmlElement,
    /// What stays in its place, and how far down in the page's content it was.
    anchor: RefCell<Option<(Element, f64)>>,
    is_finger_down: Cell<bool>,
    /// Whether a button was pressed: the page may settle then.
    is_pressed: Cell<bool>,
    /// Room that is kept free above and below, so that the page can scroll as far as it must.
    above: Cell<f64>,
    below: Cell<f64>,
    /// How large the window was: when a keyboard comes, what is on the page moves, and may.
    window: Cell<(f64, f64)>,
    /// How high the page was: what waits takes its line from it.
    height: Cell<i32>,
}

/// A page, and what tells of its changes.
struct Kept {
    anchor: Rc<ScrollAnchor>,
    observer: web_sys::ResizeObserver,
    _changed: Closure<dyn FnMut()>,
    scrolled: Option<(HtmlElement, Closure<dyn FnMut()>)>,
}

impl Kept {
    fn watch(phone: PhoneState, page: &HtmlElement, content: HtmlElement) -> Option<Self> {
        let anchor = Rc::new(ScrollAnchor {
            phone,
            page: page.clone(),
            content,
            anchor: RefCell::default(),
            is_finger_down: Cell::default(),
            is_pressed: Cell::default(),
            above: Cell::default(),
            below: Cell::default(),
            window: Cell::new(window_size()),
            height: Cell::new(page.client_height()),
        });
        let held = anchor.clone();
        let changed = Closure::<dyn FnMut()>::new(move || {
            held.hold();
            held.follow_window();
            held.follow_page();
            held.look_above();
        });
        let observer = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        observer.observe(&anchor.content);
        observer.observe(page);
        let held = anchor.clone();
        let scrolled = Closure::<dyn FnMut()>::new(move || held.look_above());
        let listened = page
            .add_event_listener_with_callback("scroll", scrolled.as_ref().unchecked_ref())
            .is_ok();
        Some(Self {
            anchor,
            observer,
            _changed: changed,
            scrolled: listened.then(|| (page.clone(), scrolled)),
        })
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.observer.disconnect();
        if let Some((page, scrolled)) = &self.scrolled {
            // Fails only where it was never added.
            let _ = page
                .remove_event_listener_with_callback("scroll", scrolled.as_ref().unchecked_ref());
        }
    }
}

impl ScrollAnchor {
    /// A finger comes down: what it is on stays there.
    fn press(&self, event: &PointerEvent) {
        if !event.is_primary() {
            return;
        }
        self.hold();
        let (x, y) = (event.client_x() as f32, event.client_y() as f32);
        let under = document().element_from_point(x, y);
        let pressed = under.and_then(|under| under.closest(PRESSED).ok().flatten());
        let Some(pressed) = pressed.filter(|pressed| self.content.contains(Some(pressed))) else {
            return;
        };
        self.set_finger(true);
        self.take(pressed);
    }

    /// It goes, or pans: what moved meanwhile is back before the click looks for what is under it.
    fn lift(self: &Rc<Self>) {
        if self.is_finger_down.get() {
            self.hold();
            let anchor = self.clone();
            set_timeout(
                move || {
                    anchor.set_finger(false);
                    anchor.settle();
                    anchor.look_above();
                },
                CLICKED,
            );
        }
    }

    fn has_pressed(self: &Rc<Self>, event: &web_sys::MouseEvent) {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let is_button = target
            .is_some_and(|target| matches!(target.closest("button, a, summary"), Ok(Some(_))));
        if is_button {
            self.is_pressed.set(true);
            self.look_again();
        }
    }

    /// Once what happens now has happened: what is in its place then?
    fn look_again(self: &Rc<Self>) {
        let anchor = self.clone();
        set_timeout(move || anchor.settle(), CLICKED);
    }

    fn set_finger(&self, is_down: bool) {
        self.is_finger_down.set(is_down);
        let is_held = &MomentState::of(self.phone.replica).is_held;
        if is_held.get_untracked() != is_down {
            is_held.set(is_down);
        }
    }

    /// With no finger down: the box that is written in stays, or nothing does.
    fn settle(&self) {
        if self.is_finger_down.get() {
            return;
        }
        self.anchor.take();
        let is_writing = self.aim();
        if self.is_pressed.take() || !is_writing {
            self.give_back();
        }
    }

    /// Takes the box that has the focus and is in view as what stays. Whether there is one.
    fn aim(&self) -> bool {
        if self.is_finger_down.get() {
            return true;
        }
        let page = self.page.get_bounding_client_rect();
        let field = document().active_element().filter(|field| {
            let place = field.get_bounding_client_rect();
            self.content.contains(Some(field))
                && matches!(field.matches(WRITTEN), Ok(true))
                && place.bottom() > page.top()
                && place.top() < page.bottom()
        });
        let is_there = field.is_some();
        if let Some(field) = field {
            self.take(field);
        }
        // Where nothing is held here, the browser holds what is in view, if it can.
        let anchoring = if is_there { "none" } else { "" };
        let style = self.page.style();
        let _ = style.set_property("overflow-anchor", anchoring); // unknown to some browsers
        is_there
    }

    fn take(&self, element: Element) {
        let down = self.down_to(&element);
        self.anchor.replace(Some((element, down)));
    }

    /// How far down an element is in the page's content, wherever that is scrolled to.
    fn down_to(&self, element: &Element) -> f64 {
        element.get_bounding_client_rect().top() + f64::from(self.page.scroll_top())
    }

    /// Puts what is to stay back in its place.
    fn hold(&self) {
        let Some((element, before)) = self.anchor.borrow().clone() else {
            return;
        };
        if !element.is_connected() {
            self.anchor.take();
            self.give_back();
            return;
        }
        let mut now = self.down_to(&element);
        if self.window.get() != window_size() {
            self.anchor.replace(Some((element, now)));
            return;
        }
        let moved = now - before;
        if moved.abs() < 1.0 {
            return;
        }
        let scrolled = f64::from(self.page.scroll_top());
        let lacking = -(scrolled + moved);
        if lacking > 0.0 {
            self.keep_above(self.above.get() + lacking);
        } else if self.above.get() > 0.0 && moved > 0.0 {
            self.keep_above((self.above.get() - moved).max(0.0));
        }
        now = self.down_to(&element);
        let goal = scrolled + (now - before);
        self.page.set_scroll_top(goal.round() as i32);
        let short = goal - f64::from(self.page.scroll_top());
        if short >= 1.0 {
            self.keep_below(self.below.get() + short);
            self.page.set_scroll_top(goal.round() as i32);
        }
        self.anchor.replace(Some((element, now)));
    }

    /// A keyboard has come or gone: what is written in is seen, with its button.
    fn follow_window(self: &Rc<Self>) {
        let window = window_size();
        if self.window.replace(window) == window {
            return;
        }
        self.show_paper();
        let anchor = self.clone();
        set_timeout(move || anchor.show_paper(), SCROLLED);
    }

    /// A line has come over the tabs: what is written in is seen above it.
    fn follow_page(&self) {
        let height = self.page.client_height();
        if self.height.replace(height) > height && !self.is_finger_down.get() {
            self.show_paper();
        }
    }

    fn show_paper(&self) {
        let field = document().active_element();
        let paper = field.filter(|field| self.content.contains(Some(field)));
        let paper = paper.and_then(|field| field.closest(PAPER).ok().flatten());
        if let Some(paper) = paper {
            let (page, paper_place) = (
                self.page.get_bounding_client_rect(),
                paper.get_bounding_client_rect(),
            );
            let mut hidden = paper_place.bottom() - page.bottom();
            if matches!(paper.matches(".row-note"), Ok(true)) {
                hidden = hidden.min(paper_place.top() - page.top()); // its words before its buttons
            }
            if hidden > 0.0 {
                let scrolled = f64::from(self.page.scroll_top());
                self.page.set_scroll_top((scrolled + hidden).ceil() as i32);
            }
        }
    }

    /// Gives the kept room back; what is in view moves only as far as it must.
    fn give_back(&self) {
        let above = self.above.get();
        if above > 0.0 {
            let scrolled = f64::from(self.page.scroll_top());
            self.keep_above(0.0);
            self.page
                .set_scroll_top((scrolled - above).max(0.0).round() as i32);
        }
        if self.below.get() > 0.0 {
            self.keep_below(0.0);
        }
        let anchor = self.anchor.take();
        if let Some((element, _)) = anchor {
            self.take(element);
        }
    }

    fn keep_above(&self, room: f64) {
        self.above.set(room);
        self.keep("padding-top", room);
    }

    fn keep_below(&self, room: f64) {
        self.below.set(room);
        self.keep("padding-bottom", room);
    }

    fn keep(&self, side: &str, room: f64) {
        let length = if room > 0.0 {
            [&*room.to_string(), "px"].concat()
        } else {
            String::new()
        };
        let _ = self.content.style().set_property(side, &length); // a length is always taken
    }

    /// Whether the card of the moment is out of view above.
    fn look_above(&self) {
        if self.is_finger_down.get() {
            return; // nothing comes under it
        }
        self.look_for(".moments", self.phone.is_card_above);
        self.look_for(".moments > .spotlit", self.phone.is_spotlit_above);
    }

    fn look_for(&self, card: &str, is_known_above: RwSignal<bool>) {
        let card = self.content.query_selector(card).ok().flatten();
        let top = self.page.get_bounding_client_rect().top();
        let is_above = card.is_some_and(|card| {
            let card = card.get_bounding_client_rect();
            let most = (card.height() / 3.0).min(MOST_SEEN);
            card.height() > 0.0 && card.bottom() < top + most
        });
        if is_known_above.get_untracked() != is_above {
            is_known_above.set(is_above);
        }
    }
}

fn window_size() -> (f64, f64) {
    let of = |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|side| side.as_f64());
    (
        of(window().inner_width()).unwrap_or_default(),
        of(window().inner_height()).unwrap_or_default(),
    )
}
