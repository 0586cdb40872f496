//! A facilitator calls everybody to a place on the board, and is followed from then on. How each screen goes there is its own.

use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::{geometry::BoardRect, session::Followers};
use std::time::Duration;

/// What is seen is told at most this often.
const TELLS: Duration = Duration::from_millis(120);

/// Goes where a facilitator calls, once for each call; board units. Who leads is there already, and what was
/// called before this page knew of the session is over.
pub(crate) fn follow_calls(replica: Replica, go: impl Fn(BoardRect) + 'static) {
    let session = replica.session;
    let gather = session.part(|view| view.gather);
    let heard = StoredValue::new(None::<u32>);
    Effect::new(move || {
        let call = gather.get();
        if !session.is_known.get() {
            return;
        }
        let count = call.map_or(0, |call| call.count);
        let before = heard.get_value();
        heard.set_value(Some(count));
        let leads = session.own.with_untracked(|own| own.leads);
        let is_new = before.is_some_and(|before| before != count);
        if let Some(call) = call.filter(|_| is_new && !leads) {
            go(call.rect);
        }
    });
}

/// Whether a facilitator asks the person here to see what they see.
pub(crate) fn is_asked_to_follow(replica: Replica) -> Memo<bool> {
    let leads = replica.session.leads();
    let follows = replica
        .session
        .part(|view| view.follows == Some(Followers::Everybody));
    Memo::new(move |_| follows.get() && !leads.get())
}

/// Tells what is seen here, as long as others follow, and not more often than they can. `track`: what it changes with.
pub(crate) fn tell_what_is_seen(
    replica: Replica,
    track: impl Fn() + 'static,
    seen: impl Fn() -> BoardRect + Copy + 'static,
) {
    let is_followed = replica.session.own_part(|own| own.followed_by.is_some());
    let is_due = StoredValue::new(false);
    Effect::new(move || {
        track();
        if !is_followed.get() || is_due.get_value() {
            return;
        }
        is_due.set_value(true);
        let tell = move || {
            // The page may be gone.
            if is_due.try_set_value(false).is_none() && is_followed.get_untracked() {
                replica.tell_look(untrack(seen));
            }
        };
        set_timeout(tell, TELLS);
    });
}
