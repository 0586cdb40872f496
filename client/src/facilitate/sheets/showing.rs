//! How much of who wrote is shown.

use super::super::Lead;
use crate::i18n::{Locale, td_string, text, use_i18n};
use leptos::prelude::*;
use samtavle_shared::session::{Command, Showing};

const ALL: [Showing; 3] = [Showing::Anonymous, Showing::Voices, Showing::Named];

/// What each means, in words, and what cannot be taken back. A choice of less asks once more.
pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let showing = lead.replica.session.part(|view| view.showing);
    let asked = RwSignal::new(None::<Showing>);
    let choose = move |wanted: Showing| {
        let now = showing.get_untracked();
        if wanted < now {
            asked.set(Some(wanted));
        } else if wanted > now {
            lead.ask(Command::Show { showing: wanted });
            asked.set(None);
        }
    };
    let choices = ALL
        .into_iter()
        .map(|each| {
            view! {
                <button
                    type="button"
                    class="option"
                    role="radio"
                    data-showing=name_of(each)
                    aria-checked=move || if showing.get() == each { "true" } else { "false" }
                    on:click=move |_| choose(each)
                >
                    <span class="option__name">{move || label(i18n.get_locale(), each)}</span>
                    <span class="option__hint">{move || hint(i18n.get_locale(), each)}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="stack">
            <div class="options" role="radiogroup" aria-label=text!(lead.showing)>
                {choices}
            </div>
            <p class="lead__quiet">{text!(lead.showing_less)}</p>
            {move || {
                asked
                    .get()
                    .filter(|wanted| *wanted != showing.get())
                    .map(|wanted| {
                        view! {
                            <div class="asking" role="alert">
                                <p>{move || loss(i18n.get_locale(), wanted)}</p>
                                <div class="row row--wrap">
                                    <button
                                        type="button"
                                        class="button button--danger"
                                        data-testid="lead-showing-do"
                                        on:click=move |_| {
                                            asked.set(None);
                                            lead.ask(Command::Show { showing: wanted });
                                        }
                                    >
                                        {text!(lead.showing_do)}
                                    </button>
                                    <button
                                        type="button"
                                        class="button button--quiet"
                                        on:click=move |_| asked.set(None)
                                    >
                                        {text!(common.cancel)}
                                    </button>
                                </div>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

const fn name_of(showing: Showing) -> &'static str {
    match showing {
        Showing::Anonymous => "anonymous",
        Showing::Voices => "voices",
        Showing::Named => "named",
    }
}

fn label(locale: Locale, showing: Showing) -> &'static str {
    match showing {
        Showing::Anonymous => td_string!(locale, lead.anonymous),
        Showing::Voices => td_string!(locale, lead.voices_only),
        Showing::Named => td_string!(locale, lead.named),
    }
}

fn hint(locale: Locale, showing: Showing) -> &'static str {
    match showing {
        Showing::Anonymous => td_string!(locale, lead.anonymous_hint),
        Showing::Voices => td_string!(locale, lead.voices_only_hint),
        Showing::Named => td_string!(locale, lead.named_hint),
    }
}

fn loss(locale: Locale, showing: Showing) -> &'static str {
    match showing {
        Showing::Anonymous => td_string!(locale, lead.lose_voices),
        Showing::Voices | Showing::Named => td_string!(locale, lead.lose_names),
    }
}
