//! The deck of provocation cards: one's own beside those that come with Samtavle, which can be left out.

use super::super::{Lead, given_cards::given_cards};
use crate::parts::words::written_as;
use crate::{
    i18n::{text, use_i18n},
    parts::{
        button::{Button, IconButton, TipSide},
        field::TextField,
        flow::For,
        icon::IconName,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{Card, Command, Deck, LocalizedText};

pub(super) fn body(lead: Lead) -> AnyView {
    let i18n = use_i18n();
    let deck = Memo::new(move |_| lead.replica.session.lead.with(|lead| lead.deck.clone()));
    let given = given_cards();
    let text = RwSignal::new(String::new());
    let change = move |edit: &dyn Fn(&mut Deck)| {
        let mut deck = deck.get_untracked();
        edit(&mut deck);
        lead.ask(Command::SetDeck { deck });
    };
    let add = move |()| {
        let words = text.get_untracked();
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let id = ["own-", Replica::new_draft_id().as_str()].concat();
        change(&|deck: &mut Deck| {
            deck.own.push(Card {
                id: id.clone(),
                text: LocalizedText::own(words),
            });
        });
    };
    // The field is emptied when the card has come back from the server, so that a refusal loses no word.
    Effect::new(move |before: Option<usize>| {
        let count = deck.with(|deck| deck.own.len());
        if before.is_some_and(|before| before < count) {
            text.set(String::new());
        }
        count
    });
    view! {
        <form
            class="stack"
            on:submit=move |event: web_sys::SubmitEvent| {
                event.prevent_default();
                add(());
            }
        >
            <p class="lead__quiet">{text!(lead.deck_text)}</p>
            <TextField
                label=text!(lead.card_new)
                placeholder=text!(lead.card_example)
                value=text
                max_length=280
            />
            <Button
                icon=IconName::Plus
                label=text!(lead.card_add)
                on_press=add
                attr:data-testid="lead-card-add"
            />
            <ul class="rows">
                <For each=move || deck.get().own key=|card| card.id.clone() let:card>
                    {
                        let id = card.id.clone();
                        view! {
                            <li class="rows__one">
                                <span
                                    class="rows__main"
                                    {..written_as(move || Replica::words(&card.text, i18n.get_locale()))}
                                ></span>
                                <IconButton
                                    label=text!(lead.card_remove)
                                    icon=IconName::Trash
                                    tip=TipSide::Left
                                    on_press=move |()| {
                                        change(&|deck: &mut Deck| deck.own.retain(|card| card.id != id));
                                    }
                                />
                            </li>
                        }
                    }
                </For>
            </ul>
            <details data-testid="lead-given-cards">
                <summary>{text!(lead.cards_given)}</summary>
                <ul class="rows">
                    <For each=move || given.get() key=|card| card.id.clone() let:card>
                        {
                            let (id, changed) = (card.id.clone(), card.id.clone());
                            view! {
                                <li class="rows__one">
                                    <label class="check">
                                        <input
                                            type="checkbox"
                                            prop:checked=move || deck.with(|deck| !deck.without.contains(&id))
                                            on:change=move |event| {
                                                let is_in = event_target_checked(&event);
                                                change(&|deck: &mut Deck| {
                                                    if is_in {
                                                        deck.without.remove(&changed);
                                                    } else {
                                                        deck.without.insert(changed.clone());
                                                    }
                                                });
                                            }
                                        />
                                        <span {..written_as(move || Replica::words(&card.text, i18n.get_locale()))}></span>
                                    </label>
                                </li>
                            }
                        }
                    </For>
                </ul>
            </details>
        </form>
    }
    .into_any()
}
