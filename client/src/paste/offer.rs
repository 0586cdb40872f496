//! Several lines were pasted on the paper for one note: they stand there, and a button makes them several
//! notes. Where they do not fit on one, the button is all there is.

use super::{ask::AskColumn, carried::text_of, field::Field};
use crate::{
    i18n::{language::counted, t_string, use_i18n},
    parts::{button::Button, flow::Show, icon::IconName},
};
use leptos::{html, prelude::*};
use samtavle_shared::paste::{self, Columns, Pasted};
use web_sys::ClipboardEvent;

/// What was pasted, and what stood on the paper before and after.
#[derive(Clone)]
struct Offer {
    pasted: Pasted,
    before: String,
    /// Not known until the browser has put it there.
    after: Option<String>,
    /// Whether it was too much for the paper.
    is_apart: bool,
}

/// What is offered about a paper. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Offers {
    field: NodeRef<html::Textarea>,
    made: RwSignal<Option<Offer>>,
    asked: RwSignal<Option<Columns>>,
}

impl Offers {
    pub(crate) fn about(field: NodeRef<html::Textarea>) -> Self {
        Self {
            field,
            made: RwSignal::new(None),
            asked: RwSignal::new(None),
        }
    }

    /// Something is pasted on the paper.
    pub(crate) fn pasted(self, event: &ClipboardEvent) {
        self.made.set(None);
        let (Some(carried), Some(field)) = (event.clipboard_data(), self.field.get_untracked())
        else {
            return;
        };
        let text = text_of(&carried);
        let html = carried.get_data("text/html").unwrap_or_default();
        let Some(pasted) = paste::read(&text, &html)
            .ok()
            .filter(|pasted| count_of(pasted) > 1)
        else {
            return; // one note, or what is kept out is said by the listener of the page
        };
        let before = field.value();
        let room = Field::Text(field).room_for_pasted();
        let is_apart = room.is_some_and(|room| text.encode_utf16().count() > room);
        if is_apart {
            event.prevent_default();
        }
        self.made.set(Some(Offer {
            pasted,
            after: is_apart.then(|| before.clone()),
            before,
            is_apart,
        }));
    }

    /// Something was written on the paper: what was pasted, or after it. Then it is a note like others.
    pub(crate) fn wrote(self, value: &str) {
        if self.made.with_untracked(Option::is_none) {
            return;
        }
        self.made.update(|made| {
            let is_pasted = made.as_ref().is_some_and(|made| made.after.is_none());
            match made {
                Some(offer) if is_pasted => offer.after = Some(value.to_owned()),
                _ => *made = None,
            }
        });
    }

    /// The paper is empty again.
    pub(crate) fn forget(self) {
        self.made.set(None);
    }

    /// Takes off the paper what was pasted there: it is notes now.
    pub(crate) fn take_off(self) {
        let offer = self.made.get_untracked();
        self.made.set(None);
        if let (Some(offer), Some(field)) = (offer, self.field.get_untracked())
            && offer.after.is_none_or(|after| field.value() == after)
        {
            field.set_value(&offer.before);
        }
    }
}

/// How many notes it would be; of a table, of its first column.
fn count_of(pasted: &Pasted) -> usize {
    match pasted {
        Pasted::Nothing => 0,
        Pasted::Notes(notes) => notes.len(),
        Pasted::Columns(columns) => columns.notes(0).len(),
    }
}

/// The button, as long as there is an offer.
#[component]
pub(crate) fn PasteOffer(
    offers: Offers,
    /// Gets the notes when it is pressed. What was pasted is still on the paper: see [`Offers::take_off`].
    on_notes: UnsyncCallback<(Vec<String>,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| {
        let made = offers.made.read();
        made.as_ref().map_or(0, |offer| count_of(&offer.pasted))
    });
    let is_apart = move || {
        offers
            .made
            .read()
            .as_ref()
            .is_some_and(|made| made.is_apart)
    };
    let press = move |()| match offers.made.get_untracked().map(|offer| offer.pasted) {
        Some(Pasted::Notes(notes)) => on_notes.run((notes,)),
        Some(Pasted::Columns(columns)) => offers.asked.set(Some(columns)),
        Some(Pasted::Nothing) | None => {}
    };
    let label = Signal::derive(move || {
        let (one, more) = (
            t_string!(i18n, paste.split_1),
            t_string!(i18n, paste.split_n),
        );
        counted(count.get(), one, more)
    });
    view! {
        <Show when=move || { count.get() > 0 }>
            <div class="paste-offer" role="status" data-testid="paste-offer">
                <span>
                    {move || if is_apart() {
                        t_string!(i18n, paste.too_much_for_one)
                    } else {
                        t_string!(i18n, paste.looks_like_several)
                    }}
                </span>
                <Button label=move || label.get() icon=IconName::Plus hook="paste-split" on_press=press/>
            </div>
        </Show>
    }
}

/// What is asked about a table, when the button is pressed. Apart from the paper, whose letters are large.
#[component]
pub(crate) fn PasteQuestion(
    offers: Offers,
    /// As for [`PasteOffer`].
    on_notes: UnsyncCallback<(Vec<String>,)>,
) -> impl IntoView {
    view! { <AskColumn asked=offers.asked on_notes/> }
}
