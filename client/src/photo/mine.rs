//! My pictures in a list: how far each has come, and the way back to its notes.

use super::{page::Pictures, picture::Sent, send};
use crate::{
    i18n::{
        I18n,
        language::{counted, filled},
        t_string, text, use_i18n,
    },
    notes::undo::say_undone,
    parts::{
        button::{Button, ButtonKind},
        flow::{For, Show},
        icon::{Icon, IconName},
        notice::{Message, MessageKind, Notices, use_notices},
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::ids::ImageId;

/// The list, and what is to be said of it. Nothing before the first picture.
#[component]
pub(crate) fn MyPictures(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let pictures = Pictures::of(replica);
    let ids = Memo::new(move |_| {
        let mine = pictures.mine.read();
        mine.iter().map(|one| one.id.clone()).collect::<Vec<_>>()
    });
    let is_any_unkept = Memo::new(move |_| {
        let mine = pictures.mine.read();
        mine.iter()
            .any(|one| !one.is_kept && one.sent == Sent::NotYet)
    });
    let saved = Memo::new(move |_| {
        let mine = pictures.mine.read();
        mine.iter().filter(|one| one.sent == Sent::Saved).count()
    });
    Effect::new(move |before: Option<usize>| {
        let now = saved.get();
        if before.is_some_and(|before| before < now) {
            notices.announce(t_string!(i18n, photo.is_saved));
        }
        now
    });
    view! {
        <Show when=move || is_any_unkept.get()>
            <Message text=text!(photo.not_kept) kind=MessageKind::Warn/>
        </Show>
        <Show when=move || !ids.read().is_empty()>
            <section>
                <h2 class="list-head">{text!(photo.mine)}</h2>
                <ul class="rows" data-testid="my-pictures">
                    <For each=move || ids.get() key=|id| id.clone() let:id>
                        <PictureRow pictures id/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn PictureRow(pictures: Pictures, id: ImageId) -> impl IntoView {
    let i18n = use_i18n();
    let name = id.to_string();
    let stamp = pictures.with(&id, |one| one.stamp.clone());
    let own = id.clone();
    let picture = Memo::new(move |_| {
        let mine = pictures.mine.read();
        let picture = mine.iter().find(|one| one.id == own)?;
        Some((picture.sent, picture.ready(), picture.posted()))
    });
    let sent = Memo::new(move |_| picture.get().map_or(Sent::NotYet, |(sent, ..)| sent));
    let own = id.clone();
    let on_its_way = Memo::new(move |_| {
        let on_its_way = pictures.on_its_way.read();
        let (id, hundredths) = on_its_way.as_ref()?;
        (*id == own).then_some(*hundredths)
    });
    let words = move || {
        let (_, ready, notes) = picture.get()?;
        Some(if ready > 0 {
            counted(
                ready,
                t_string!(i18n, photo.ready_1),
                t_string!(i18n, photo.ready_n),
            )
        } else if notes > 0 {
            counted(
                notes,
                t_string!(i18n, photo.posted_1),
                t_string!(i18n, photo.posted_n),
            )
        } else {
            t_string!(i18n, photo.title).to_owned()
        })
    };
    let state = move || match (sent.get(), on_its_way.get()) {
        (Sent::Saved, _) => view! {
            <span class="sent"><Icon name=IconName::Check/>{text!(phone.saved)}</span>
        }
        .into_any(),
        (Sent::NotYet, Some(hundredths)) => {
            let percent = hundredths.to_string();
            let says = filled(t_string!(i18n, photo.sending), &[("percent", &percent)]);
            view! { <span class="sent">{says}</span> }.into_any()
        }
        _ => view! { <span class="sent sent--not">{text!(phone.not_sent)}</span> }.into_any(),
    };
    let opened = id.clone();
    let id = StoredValue::new(id);
    view! {
        <li class="row-picture" data-picture=name data-state=move || state_name(sent.get())>
            <button
                type="button"
                class="row-picture__press"
                on:click=move |_| pictures.cut(&opened)
            >
                <img class="row-picture__stamp" src=stamp alt=""/>
                <span class="row-picture__words">{words}</span>
                {state}
            </button>
            <Show when=move || sent.get().may_try_again() || sent.get() == Sent::Lost>
                <Trouble pictures id sent/>
            </Show>
        </li>
    }
}

/// Why it does not come to the server, and what can be done.
#[component]
fn Trouble(pictures: Pictures, id: StoredValue<ImageId>, sent: Memo<Sent>) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match sent.get() {
        Sent::BoardFull => t_string!(i18n, photo.board_full),
        Sent::Forbidden => t_string!(i18n, photo.forbidden),
        Sent::Lost => t_string!(i18n, photo.lost),
        Sent::Refused | Sent::NotYet | Sent::Saved => t_string!(i18n, photo.refused),
    };
    let notices = use_notices();
    let try_again = move || {
        pictures.edit(&id.get_value(), |one| one.sent = Sent::NotYet);
        send::send_on(pictures);
    };
    view! {
        <p class="row-picture__trouble">{words}</p>
        <div class="row-picture__acts">
            <Show when=move || sent.get().may_try_again()>
                <Button label=text!(photo.try_again) on_press=move |()| try_again()/>
            </Show>
            <Button
                label=text!(photo.remove)
                kind=ButtonKind::Danger
                on_press=move |()| remove_with_way_back(pictures, &id.get_value(), i18n, notices)
            />
        </div>
    }
}

/// Throws a picture away, and says so with a way back.
pub(super) fn remove_with_way_back(pictures: Pictures, id: &ImageId, i18n: I18n, notices: Notices) {
    if let Some((removed, step)) = pictures.remove(id) {
        notices.show_with_way_back(
            t_string!(i18n, photo.removed),
            t_string!(i18n, common.undo),
            move || say_undone(pictures.bring_back(removed.clone(), step), i18n, notices),
        );
    }
}

/// For styles and tests.
const fn state_name(sent: Sent) -> &'static str {
    match sent {
        Sent::NotYet => "unsent",
        Sent::Saved => "saved",
        Sent::BoardFull => "board-full",
        Sent::Forbidden => "forbidden",
        Sent::Refused => "refused",
        Sent::Lost => "lost",
    }
}
