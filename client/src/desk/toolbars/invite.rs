//! Inviting: a code to scan, to type or to send, and for whoever leads the link to the wall.

use crate::{
    browser::storage,
    facilitate::DoorControls,
    home::{api, recent},
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{
        copy::CopyField,
        dialog::{Dialog, DialogWidth},
        flow::Show,
        icon::{Icon, IconName},
        notice::{Message, MessageKind},
        qr::QrCode,
    },
    replica::Replica,
    site,
};
use leptos::prelude::*;
use samtavle_shared::{session::Door, wire::Role};

/// How others come to the board.
#[component]
pub(super) fn InviteDialog(
    /// The board.
    replica: Replica,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let board = replica.ticket().board.to_string();
    // Without a network the code of an earlier visit is as good.
    let code = Signal::derive(move || {
        replica
            .code
            .get()
            .or_else(|| recent::find(&board).and_then(|known| known.code))
            .unwrap_or_default()
    });
    let link = Signal::derive(move || site::link_to(&["join/", &*code.get()].concat()));
    let is_open_to_all = replica.session.part(|view| view.door == Door::Open);
    view! {
        <Dialog title=text!(invite.title) open width=DialogWidth::Wide>
            <Show when=move || is_open_to_all.get()>
                <p class="inviting__text">{text!(invite.text)}</p>
            </Show>
            <Show
                when=move || !code.read().is_empty()
                fallback=move || view! { <NoCode replica /> }
            >
                <div class="inviting">
                    <QrCode text=link label=text!(invite.qr_label) />
                    <div class="inviting__ways">
                        <div>
                            <p class="eyebrow">
                                {move || filled(t_string!(i18n, invite.code_where), &[("host", &site::spoken())])}
                            </p>
                            <p class="inviting__code code" data-testid="join-code">{move || code.get()}</p>
                        </div>
                        <CopyField label=text!(invite.participant_link) text=link />
                    </div>
                </div>
            </Show>
            <DoorControls replica />
            <Show when=move || replica.role.get() == Some(Role::Facilitator)>
                {move || {
                    replica.code.track();
                    view! { <WallLink replica /> }
                }}
                <OwnLink replica />
            </Show>
        </Dialog>
    }
}

/// Why there is no code: it is over, or we have not heard it yet.
#[component]
fn NoCode(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let leads = replica.session.leads();
    let words = move || {
        let is_over = replica.code.with(Option::is_some);
        match (is_over, leads.get()) {
            (false, _) => t_string!(i18n, invite.no_code),
            (true, false) => t_string!(i18n, door.code_over_ask),
            (true, true) => t_string!(i18n, door.code_over),
        }
    };
    view! { <Message text=words /> }
}

/// The link to the wall: from when the board was made here, or a new key.
#[component]
fn WallLink(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let ticket = replica.ticket();
    let kept = recent::wall_key_name(ticket.board.as_str());
    let code = replica.code.get_untracked();
    let board = recent::find(ticket.board.as_str());
    let is_current = (board.as_ref()).is_none_or(|board| code.is_none() || board.code == code);
    let known = board
        .and_then(|board| board.others)
        .map(|keys| keys.wall)
        .or_else(|| storage::read(&kept))
        .filter(|_| is_current);
    let key = RwSignal::new(known);
    let error = RwSignal::new(None::<api::ApiError>);
    let board = ticket.board.to_string();
    if key.with_untracked(Option::is_none) {
        leptos::task::spawn_local(async move {
            match api::wall_key(replica).await {
                Ok(new) => {
                    storage::write(&kept, &new);
                    let _ = key.try_set(Some(new)); // the dialog may be closed by now
                }
                Err(problem) => {
                    let _ = error.try_set(Some(problem));
                }
            }
        });
    }
    let link = Signal::derive(move || {
        key.get()
            .map(|key| site::link_to(&["wall/", &*board, "#", &*key].concat()))
            .unwrap_or_default()
    });
    view! {
        <section class="inviting__more">
            <h3>{text!(invite.wall_title)}</h3>
            <p>{text!(invite.wall_hint)}</p>
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! {
                            <Message
                                kind=MessageKind::Warn
                                text=move || crate::home::sentence(i18n.get_locale(), error)
                            />
                        }
                    })
            }}
            <Show when=move || key.with(Option::is_some)>
                <div class="inviting__wall">
                    <CopyField label=text!(invite.wall_link) text=link />
                    <a
                        class="button button--quiet"
                        data-testid="open-wall"
                        href=move || link.get()
                        target="_blank"
                        rel="noopener"
                    >
                        <Icon name=IconName::Screen />
                        <span>{text!(invite.open_wall)}</span>
                    </a>
                </div>
            </Show>
        </section>
    }
}

/// The link of whoever leads: kept shut, for a dialog is easily shown to a room.
#[component]
fn OwnLink(replica: Replica) -> impl IntoView {
    let ticket = replica.ticket();
    let link = Signal::derive(move || {
        let page = ["board/", ticket.board.as_str(), "#", &*replica.key.read()];
        site::link_to(&page.concat())
    });
    view! {
        <details class="inviting__more">
            <summary>{text!(invite.own_title)}</summary>
            <p>{text!(invite.facilitator_hint)}</p>
            <CopyField label=text!(invite.facilitator_link) text=link />
        </details>
    }
}
