//! The others: where they point, and what they have selected.

use super::{outlines::Outline, stage::Stage, translate};
use crate::parts::flow::{For, Show};
use crate::{
    parts::people::{person_class, person_color, shown_name},
    replica::Person,
};
use leptos::prelude::*;
use samtavle_shared::{ids::NoteId, wire::Screen};
use std::time::Duration;

/// A cursor that has not moved for so long says nothing any more.
const QUIET: Duration = Duration::from_secs(8);

#[component]
pub(super) fn People(stage: Stage) -> impl IntoView {
    let people = stage.desk.replica.people;
    view! {
        <For each=move || people.get() key=|person| person.client let:person>
            <Other stage person/>
        </For>
    }
}

#[component]
fn Other(stage: Stage, person: Person) -> impl IntoView {
    let i18n = stage.i18n;
    let state = stage.desk.replica.state;
    let client = person.client;
    let presence = person.presence;
    let cursor = Memo::new({
        let presence = presence.clone();
        move |_| {
            presence.with(|presence| presence.cursor.filter(|_| presence.screen == Screen::Desk))
        }
    });
    let user = Memo::new({
        let presence = presence.clone();
        move |_| presence.with(|presence| presence.user.clone())
    });
    let selection = Memo::new({
        let presence = presence.clone();
        move |_| presence.with(|presence| presence.selection.clone())
    });
    // Only what is on the board: a note may be known to them before it is here.
    let selected = move || -> Vec<NoteId> {
        state.note_count.track();
        selection
            .get()
            .into_iter()
            .filter(|id| state.note(id).is_some())
            .collect()
    };
    let is_quiet = RwSignal::new(false);
    let news = StoredValue::new(0_u32);
    Effect::new(move || {
        cursor.track();
        is_quiet.set(false);
        let count = news.get_value().wrapping_add(1);
        news.set_value(count);
        set_timeout(
            move || {
                if news.try_get_value() == Some(count) {
                    is_quiet.set(true);
                }
            },
            QUIET,
        );
    });
    let number = Memo::new(move |_| presence.with(|presence| presence.number));
    let color = move || user.with(|user| person_color(&user.color, client));
    let name =
        move || user.with(|user| shown_name(i18n.get_locale(), &user.name, number.get(), client));
    view! {
        <div class=move || ["person ", person_class(color())].concat()>
            <For each=selected key=Clone::clone let:id>
                <Outline stage id class="outline"/>
            </For>
            <Show when=move || cursor.with(Option::is_some) && !is_quiet.get()>
                <div
                    class="cursor"
                    aria-hidden="true"
                    style:transform=move || cursor.get().map(|at| translate(at.x, at.y))
                >
                    <div class="cursor__hand">
                        <svg class="cursor__arrow" viewBox="0 0 20 20">
                            <path d="M3 2.5 8.2 17l2.3-6.2L16.8 8.6z"></path>
                        </svg>
                        <span class="cursor__name" dir="auto">{name}</span>
                    </div>
                </div>
            </Show>
        </div>
    }
}
