//! The facilitator's dialogs: one at a time, in one element.
//!
//! [`phases`], [`voices`], [`showing`], [`deck`]: what the workshop is made of. [`groups`], [`people`]:
//! who takes part, and where they sit. [`vote`] (on what: [`vote_on`]), [`scene`], [`hidden`], [`bin`], [`go_to`]: what happens now. [`rights`]:
//! what participants may do.

mod bin;
mod deck;
mod go_to;
mod groups;
mod hidden;
mod join_group;
mod people;
mod phase_row;
mod phases;
mod rights;
mod scene;
mod showing;
mod voices;
mod vote;
mod vote_on;
mod wishes;

use super::{Lead, lead::Sheet};
use crate::{
    i18n::{Locale, td_string, use_i18n},
    parts::dialog::{Dialog, DialogWidth},
    session::refusal,
};
use leptos::prelude::*;

/// The dialogs.
#[component]
pub(super) fn Sheets(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || {
        lead.sheet
            .get()
            .map_or("", |sheet| title_of(i18n.get_locale(), sheet))
    };
    view! {
        <Dialog title open=lead.is_open width=DialogWidth::Wide>
            {move || lead.sheet.get().map(|sheet| body_of(lead, sheet))}
            {refusal(lead)}
        </Dialog>
    }
}

/// What was declined since the dialog was opened: notices lie under it.
fn refusal(lead: Lead) -> impl IntoView {
    let i18n = use_i18n();
    let declined = lead.replica.session.declined;
    let before = declined.get_untracked().map(|(count, _)| count);
    move || {
        let (_, why) = declined.get().filter(|(count, _)| Some(*count) != before)?;
        let words = refusal::words(i18n.get_locale(), why);
        Some(view! {
            <p class="field__error lead__refusal" role="alert">{words}</p>
        })
    }
}

fn body_of(lead: Lead, sheet: Sheet) -> AnyView {
    match sheet {
        Sheet::GoTo(phase) => go_to::body(lead, phase),
        Sheet::Phases => phases::body(lead),
        Sheet::Voices => voices::body(lead),
        Sheet::Showing => showing::body(lead),
        Sheet::Groups => groups::body(lead),
        Sheet::People => people::body(lead),
        Sheet::Deck => deck::body(lead),
        Sheet::Hidden => hidden::body(lead),
        Sheet::Bin => bin::body(lead),
        Sheet::Rights => rights::body(lead),
        Sheet::Scene => scene::body(lead),
        Sheet::Vote => vote::body(lead),
    }
}

fn title_of(locale: Locale, sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::GoTo(_) => td_string!(locale, lead.go_to),
        Sheet::Phases => td_string!(locale, lead.phases),
        Sheet::Voices => td_string!(locale, lead.voices),
        Sheet::Showing => td_string!(locale, lead.showing),
        Sheet::Groups => td_string!(locale, lead.groups),
        Sheet::People => td_string!(locale, lead.people),
        Sheet::Deck => td_string!(locale, lead.deck),
        Sheet::Hidden => td_string!(locale, lead.hidden),
        Sheet::Bin => td_string!(locale, bin.title),
        Sheet::Rights => td_string!(locale, lead.rights),
        Sheet::Scene => td_string!(locale, lead.scene),
        Sheet::Vote => td_string!(locale, lead.vote),
    }
}
