//! Nobody is there to load the page again: a wall that the server has said no to begins anew by itself. A lost
//! network is the line's own affair (`replica::link`).

use super::refusal;
use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::wire::CloseCode;
use std::time::Duration;
use wasm_bindgen::JsCast as _;

/// After an update of the server, and after what may have been an accident.
const SOON: Duration = Duration::from_secs(30);
/// The link no longer holds, or there is no such board: until somebody mends it there is nothing to hurry for.
const LATER: Duration = Duration::from_mins(10);

/// Loads the page again some time after a refusal.
pub(super) fn begin_anew_when_refused(replica: Replica) {
    let is_waiting = StoredValue::new(false);
    Effect::new(move || {
        let Some(code) = refusal(replica) else { return };
        if is_waiting.get_value() {
            return;
        }
        is_waiting.set_value(true);
        load_after(wait_after(code));
    });
}

fn load_after(wait: Duration) {
    let load = move || {
        if is_typed_into() {
            load_after(wait);
        } else {
            // What hinders it will be there the next time, too.
            let _ = window().location().reload();
        }
    };
    set_timeout(load, wait);
}

/// Somebody stands there after all, and types the code.
fn is_typed_into() -> bool {
    let field = document().query_selector(".wall input").ok().flatten();
    field.is_some_and(|field| {
        let typed = field.dyn_into::<web_sys::HtmlInputElement>();
        typed.is_ok_and(|field| !field.value().is_empty())
    })
}

const fn wait_after(code: CloseCode) -> Duration {
    match code {
        CloseCode::WrongKey | CloseCode::NoSuchBoard | CloseCode::Removed => LATER,
        _ => SOON,
    }
}
