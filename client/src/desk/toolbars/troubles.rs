//! What is not as it should be, in ordinary words, with what one can do about it.

use super::status_bar::ConnectionNow;
use crate::{
    facilitate::WaitingOutside,
    home::OpenAnother,
    i18n::{text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        connection::words_of_trouble,
        flow::Show,
        icon::{Icon, IconName, IconSize},
        notice::{Message, MessageKind},
    },
    replica::{Connection, Replica},
    session::refusal::{wants_another_link, words_of_refusal},
};
use leptos::{ev, prelude::*};
use samtavle_shared::wire::CloseCode;

/// What stays over the canvas until it is mended.
#[component]
pub(super) fn Troubles(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    keep_from_leaving(replica);
    view! {
        <div class="rim__troubles">
            {move || {
                refused(replica)
                    .map(|code| {
                        view! {
                            <div class="rim__trouble panel" role="alert">
                                <Message kind=MessageKind::Warn text=move || words_of_refusal(i18n.get_locale(), replica, code) />
                                <WayOut replica code />
                            </div>
                        }
                    })
            }}
            {move || match replica.connection.get() {
                Connection::Unsaving(trouble) => {
                    let words = move || words_of_trouble(i18n.get_locale(), trouble);
                    view! {
                        <div class="rim__trouble panel" role="status" data-testid="unsaving">
                            <Message kind=MessageKind::Warn text=words />
                        </div>
                    }
                        .into_any()
                }
                _ => ().into_any(),
            }}
            <Show when=move || !replica.keeps_copy.get()>
                <div class="rim__trouble panel">
                    <Message kind=MessageKind::Warn text=text!(connection.no_local_copy) />
                </div>
            </Show>
            // A locked board says so itself, and who takes part is no onlooker.
            <Show when=move || !replica.takes_part() && replica.shut_out.get().is_none()>
                <div class="rim__trouble panel">
                    <Message text=text!(desk.read_only) />
                </div>
            </Show>
        </div>
    }
}

/// Before there is anything to show: what we are waiting for, or why there will be nothing.
#[component]
pub(super) fn Opening(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="rim__opening">
            {move || match refused(replica) {
                Some(code) => {
                    view! {
                        <div class="rim__unopened panel" role="alert">
                            <Icon name=IconName::Warning size=IconSize::Large />
                            <h2>{text!(error.unopened_title)}</h2>
                            <p>{move || words_of_refusal(i18n.get_locale(), replica, code)}</p>
                            <WayOut replica code />
                        </div>
                    }
                        .into_any()
                }
                None if replica.waits_outside.get() => {
                    view! {
                        <div class="rim__unopened panel">
                            <WaitingOutside replica />
                        </div>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <p class="rim__wait" role="status">
                            {text!(desk.opening)}
                        </p>
                        <ConnectionNow replica />
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

fn refused(replica: Replica) -> Option<CloseCode> {
    match replica.connection.get() {
        Connection::Refused(code) => Some(code),
        _ => None,
    }
}

/// The one thing that helps: another link or the code, or the page anew.
#[component]
fn WayOut(replica: Replica, code: CloseCode) -> impl IntoView {
    if wants_another_link(code) {
        view! { <OpenAnother replica /> }.into_any()
    } else {
        view! {
            <Button
                kind=ButtonKind::Quiet
                label=text!(error.reload)
                on_press=|()| {
                    let _ = window().location().reload(); // allowed to every page
                }
            />
        }
        .into_any()
    }
}

/// Where nothing is kept on this device, leaving would lose what is not sent: the browser asks first.
fn keep_from_leaving(replica: Replica) {
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        let is_unsent = matches!(
            replica.connection.get_untracked(),
            Connection::Unsent
                | Connection::Saving
                | Connection::Unsaving(_)
                | Connection::HeldBack
                | Connection::Kept
                | Connection::Refused(_)
        );
        if is_unsent && !replica.keeps_copy.get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());
}
