//! Seeing what a facilitator sees, on a phone: where they are in the picture, and below it what is in their view,
//! as a list. Nobody is torn away from what they do: it is offered where the thumb is, and holds until one looks
//! elsewhere oneself.

use super::state::{PhoneState, Tab};
use crate::{
    i18n::{t_string, text, use_i18n},
    notes::way::frame_around,
    parts::{
        flow::Show,
        icon::{Icon, IconName},
        notice::use_notices,
    },
    replica::Replica,
    session::gather::{follow_calls, is_asked_to_follow, tell_what_is_seen},
};
use leptos::prelude::*;
use samtavle_shared::{geometry::BoardRect, ids::NoteId};
use std::time::Duration;

/// A list is made anew at most this often while the facilitator moves.
const NOT_SOONER: Duration = Duration::from_millis(300);

/// How it stands with following. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Led {
    /// Whether this phone follows.
    pub(super) follows: RwSignal<bool>,
    /// What the facilitator sees, as far as is known; board units.
    pub(super) goal: RwSignal<Option<BoardRect>>,
    /// The same for the list, at rest; none: it is not led.
    pub(super) part: RwSignal<Option<BoardRect>>,
}

impl Led {
    pub(super) fn new() -> Self {
        Self {
            follows: RwSignal::new(false),
            goal: RwSignal::new(None),
            part: RwSignal::new(None),
        }
    }

    /// Whether the list is led to where there is nothing; followed.
    pub(super) fn shows_nothing(self, replica: Replica) -> bool {
        let Some(part) = self.part.get() else {
            return false;
        };
        replica.state.moved.track();
        let notes = replica.state.note_ids();
        !notes.iter().any(|note| is_in(replica, part, note))
    }

    /// One looks elsewhere oneself.
    pub(super) fn ends(self) {
        if self.follows.get_untracked() {
            self.follows.set(false);
        }
    }
}

/// Whether a note is seen in a part of the board; of a stack all notes are, or none.
pub(super) fn is_in(replica: Replica, part: BoardRect, note: &NoteId) -> bool {
    let state = replica.state;
    let rect = if state.is_stacked(note) {
        frame_around(replica, note)
    } else {
        state.rect_of(note)
    };
    rect.is_some_and(|rect| part.contains(rect.center()))
}

/// Hears where a facilitator calls and looks, for as long as the page is open; and tells what is looked at here, where
/// others follow it.
pub(super) fn follow(phone: PhoneState, look: Signal<BoardRect>) {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = phone.replica;
    let led = phone.led;
    follow_calls(replica, move |place| {
        led.goal.set(Some(place));
        notices.announce(t_string!(i18n, note.gather));
    });
    let is_asked = is_asked_to_follow(replica);
    let called = replica
        .session
        .part(|view| view.gather.map(|call| call.rect));
    Effect::new(move || {
        let seen = replica.session.look.get();
        if !is_asked.get() {
            led.goal.set(None);
            led.ends();
            if seen.is_some() {
                replica.session.look.set(None); // of the next who leads we know nothing yet
            }
        } else if let Some(seen) = seen.or_else(|| called.get_untracked()) {
            led.goal.set(Some(seen));
        }
    });
    Effect::new(move || {
        if phone.tab.get() != Tab::Board {
            led.ends();
        }
    });
    let is_due = StoredValue::new(false);
    Effect::new(move || {
        let goal = led.goal.get();
        // What is opened stays where it is, and is read.
        let is_reading = phone.open_note.read().is_some();
        if !led.follows.get() {
            if led.part.with_untracked(Option::is_some) {
                led.part.set(None);
            }
        } else if led.part.with_untracked(Option::is_none) {
            led.part.set(goal);
        } else if !is_reading && !is_due.get_value() {
            is_due.set_value(true);
            let catch_up = move || {
                // The page may be another by now.
                if is_due.try_set_value(false).is_none() && led.follows.get_untracked() {
                    led.part.set(led.goal.get_untracked());
                }
            };
            set_timeout(catch_up, NOT_SOONER);
        }
    });
    tell_what_is_seen(
        replica,
        move || {
            look.track();
        },
        move || look.get_untracked(),
    );
}

/// Over the tabs, where the thumb is: a facilitator shows something; or that one follows, and the way out of it.
#[component]
pub(super) fn LedLine(phone: PhoneState) -> impl IntoView {
    let led = phone.led;
    let is_asked = is_asked_to_follow(phone.replica);
    let go = move |_| {
        phone.open_note.set(None);
        led.follows.set(true);
        phone.goal.set(led.goal.get_untracked());
        phone.tab.set(Tab::Board);
    };
    view! {
        <Show when=move || is_asked.get() && led.goal.with(Option::is_some)>
            <Show
                when=move || led.follows.get()
                fallback=move || view! {
                    <button type="button" class="waits waits--quiet waits--led" data-testid="led" on:click=go>
                        <Icon name=IconName::Gather/>
                        <span class="waits__words">{text!(note.gather)}</span>
                        <span class="waits__act">{text!(note.gather_go)}</span>
                    </button>
                }
            >
                <div class="waits waits--quiet waits--led" data-testid="led-follows">
                    <Icon name=IconName::Gather/>
                    <span class="waits__words" role="status">{text!(note.led)}</span>
                    <button
                        type="button"
                        class="waits__act"
                        data-testid="led-stop"
                        on:click=move |_| led.ends()
                    >
                        {text!(note.led_stop)}
                    </button>
                </div>
            </Show>
        </Show>
    }
}
