//! When the hour is over: what one takes home, and the way back.

use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{button::Button, copy::CopyField, flow::Show},
    replica::Replica,
    site,
};
use leptos::prelude::*;
use samtavle_shared::{session::Stage, wire::Role};

/// Whether the hour is over.
pub(crate) fn is_over(replica: Replica) -> Memo<bool> {
    replica.session.part(|view| view.stage == Stage::Over)
}

/// «Vi møtes igjen: tirsdag klokka ni», where somebody has said so.
pub(crate) fn meet_again_words(replica: Replica) -> Memo<Option<String>> {
    let i18n = use_i18n();
    let when = replica.session.part(|view| view.meet_again.clone());
    Memo::new(move |_| {
        let when = when.get();
        let words = t_string!(i18n, session.meet_again);
        (!when.is_empty()).then(|| filled(words, &[("when", &when)]))
    })
}

/// The board on paper, and the link by which one finds it again.
#[component]
pub(crate) fn TakeHome(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
    // A code is over by then: this is the way by which one came, and comes back another day.
    let ticket = replica.ticket();
    let page = ["board/", ticket.board.as_str(), "#", &*ticket.key].concat();
    let link = Signal::stored(site::link_to(&page));
    let label = move || {
        if replica.role.get() == Some(Role::Facilitator) {
            t_string!(i18n, session.way_back_lead)
        } else {
            t_string!(i18n, session.way_back)
        }
    };
    let print = |()| {
        let _ = window().print(); // a browser without a printer says so itself
    };
    view! {
        <CopyField label text=link/>
        <Button label=text!(session.print) on_press=print attr:data-testid="take-print"/>
    }
}

/// What everybody sees at the end who does not lead.
#[component]
pub(crate) fn OverCard(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let is_over = is_over(replica);
    let leads = replica.session.leads();
    let again = meet_again_words(replica);
    view! {
        <Show when=move || is_over.get() && !leads.get()>
            <article class="moment" data-testid="over" data-covers="right">
                <div class="moment__body">
                    <h2 class="moment__title">{text!(lead.take_home)}</h2>
                    {move || again.get().map(|words| view! { <p class="over__again" dir="auto">{words}</p> })}
                    <TakeHome replica/>
                </div>
            </article>
        </Show>
    }
}
