//! A facilitator calls everybody to a place on the board. How each screen goes there is its own.

use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::geometry::BoardRect;

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
