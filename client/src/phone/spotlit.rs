//! What is read to the room, on whichever page one is: a line where the thumb is, which opens it. Once for each thing
//! that is read, and nothing that is being written goes away for it.

use super::state::{PhoneState, Tab};
use crate::{
    i18n::text,
    moments::{SpotlightCard, item_read, words_read},
    parts::{
        button::{IconButton, TipSide},
        dialog::Dialog,
        flow::Show,
        icon::{Icon, IconName},
        words::written,
    },
};
use leptos::prelude::*;
use samtavle_shared::session::Item;

/// The line, and the sheet that it opens.
#[component]
pub(super) fn SpotlitLine(phone: PhoneState) -> impl IntoView {
    let replica = phone.replica;
    let item = item_read(replica);
    let words = words_read(replica);
    let seen = RwSignal::new(None::<Item>);
    let is_open = RwSignal::new(false);
    let see = move || seen.set(item.get_untracked());
    Effect::new(move || match item.get() {
        // Whatever is read while the sheet is open is seen in it.
        Some(_) if is_open.get() => see(),
        Some(_) => {}
        None => {
            seen.set(None);
            is_open.set(false);
        }
    });
    // On the page for writing its card stands above the box: whoever goes from there has seen it.
    Effect::new(move |before: Option<Tab>| {
        let tab = phone.tab.get();
        let was_in_view = !phone.is_spotlit_above.get_untracked();
        if before == Some(Tab::Write) && tab != Tab::Write && was_in_view {
            see();
        }
        tab
    });
    let is_news = Memo::new(move |_| {
        let is_out_of_view = phone.tab.get() != Tab::Write || phone.is_spotlit_above.get();
        is_out_of_view && *item.read() != *seen.read() && !words.read().is_empty()
    });
    view! {
        <Show when=move || is_news.get()>
            <div class="waits waits--quiet" data-testid="spotlit-line">
                <button
                    type="button"
                    class="waits__open"
                    data-testid="spotlit-open"
                    on:click=move |_| {
                        see();
                        is_open.set(true);
                    }
                >
                    <Icon name=IconName::Speech/>
                    <span class="waits__words" role="status">
                        <strong>{text!(moment.spotlit)}</strong>
                        <span class="waits__read" {..written(words)}></span>
                    </span>
                </button>
                <IconButton label=text!(common.close) icon=IconName::Close tip=TipSide::Above on_press=see/>
            </div>
        </Show>
        <Dialog title=text!(moment.spotlit) open=is_open>
            <SpotlightCard replica/>
        </Dialog>
    }
}
