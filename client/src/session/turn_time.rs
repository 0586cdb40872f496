//! How much of a speaker's time is left in the round. At its end it says so; nobody is cut off.

use super::timer::clock;
use crate::{
    i18n::{t_string, use_i18n},
    parts::flow::Show,
    replica::Replica,
};
use leptos::prelude::*;

/// Minutes and seconds; nothing where they are not counted.
#[component]
pub(crate) fn TurnTime(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = replica.session;
    let ends_at = session.part(|view| view.turns.as_ref().and_then(|turns| turns.ends_at));
    let left = Memo::new(move |_| {
        let ends_at = ends_at.get()?;
        Some(ends_at.saturating_sub(session.now.get()).div_ceil(1_000))
    });
    let is_over = Memo::new(move |_| left.get() == Some(0));
    view! {
        <Show when=move || left.read().is_some()>
            <span class="turn-time" class:turn-time--over=move || is_over.get() role="timer" data-testid="turn-time">
                <span class="turn-time__clock tabular">{move || clock(left.get().unwrap_or(0))}</span>
                // Once, not each second.
                <span class="turn-time__words" aria-live="polite">
                    {move || is_over.get().then(|| t_string!(i18n, session.turn_time_is_up))}
                </span>
            </span>
        </Show>
    }
}
