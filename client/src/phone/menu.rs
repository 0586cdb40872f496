//! The phone's menu: how I am called, language, light or dark, and how others come here.

use super::state::PhoneState;
use crate::{
    facilitate::DoorControls,
    home::recent,
    i18n::text,
    parts::{
        button::Button,
        choice::{Choice, choice_row},
        copy::CopyField,
        dialog::Dialog,
        field::{FieldContent, TextField},
        flow::Show,
        icon::{Icon, IconName},
        language_switch::LanguageSwitch,
        me,
        qr::QrCode,
        theme::ThemeSwitch,
    },
    session::{chime, introduce, news},
    site,
};
use leptos::{prelude::*, text_prop::TextProp};

/// The menu.
#[component]
pub(super) fn PhoneMenu(phone: PhoneState) -> impl IntoView {
    view! {
        <Dialog title=text!(desk.menu) open=phone.menu>
            <Invite phone/>
            <OwnName phone/>
            <div class="menu-row">
                <span class="field__label">{text!(common.language)}</span>
                <LanguageSwitch/>
            </div>
            <div class="menu-row">
                <span class="field__label">{text!(common.theme)}</span>
                <ThemeSwitch/>
            </div>
            <OnOff label=text!(session.sound).into() was_wanted=chime::is_wanted() want=chime::want/>
            <OnOff label=text!(news.title).into() was_wanted=news::is_wanted() want=news::want/>
            <a class="button button--quiet" href=site::base()>
                <Icon name=IconName::Home/>
                <span>{text!(desk.to_home)}</span>
            </a>
            <a class="button button--quiet" href=site::path_to("check") target="_blank">
                <span>{text!(connection.check)}</span>
            </a>
        </Dialog>
    }
}

#[component]
fn OwnName(phone: PhoneState) -> impl IntoView {
    let name = RwSignal::new(me::remembered().name);
    Effect::new(move |before: Option<String>| {
        let name = name.get();
        if before.is_some_and(|before| before != name) {
            introduce::rename(phone.replica, &name);
        }
        name
    });
    let has_voices = phone.replica.session.part(|view| !view.voices.is_empty());
    view! {
        <TextField
            label=text!(people.your_name)
            value=name
            content=FieldContent::Name
            placeholder=text!(people.name_example)
            hint=text!(people.name_hint)
            max_length=me::MAX_NAME
        />
        <Show when=move || has_voices.get()>
            <Button
                label=text!(session.change_voices)
                icon=IconName::People
                on_press=move |()| {
                    phone.menu.set(false);
                    introduce::open(phone.replica);
                }
            />
        </Show>
    }
}

/// A choice of this device between on and off.
#[component]
fn OnOff(
    /// What it is about.
    label: TextProp,
    /// How it was chosen before.
    was_wanted: bool,
    /// Remembers it.
    want: fn(bool),
) -> impl IntoView {
    let is_wanted = RwSignal::new(was_wanted);
    let choices = vec![
        Choice {
            value: true,
            label: text!(session.sound_on).into(),
            icon: None,
        },
        Choice {
            value: false,
            label: text!(session.sound_off).into(),
            icon: None,
        },
    ];
    let choose = UnsyncCallback::new(move |(wanted,): (bool,)| {
        want(wanted);
        is_wanted.set(wanted);
    });
    let name = label.clone();
    view! {
        <div class="menu-row">
            <span class="field__label">{move || label.get()}</span>
            {choice_row(name, choices, is_wanted.into(), choose)}
        </div>
    }
}

/// How others come here: a code to say aloud, a picture to hold up, a link to send; for who leads,
/// the wall.
#[component]
fn Invite(phone: PhoneState) -> impl IntoView {
    let replica = phone.replica;
    let code = Signal::derive(move || replica.join_code());
    let link = Signal::derive(move || {
        site::link_to(&["join/", &*code.get().unwrap_or_default()].concat())
    });
    let wall =
        recent::find(phone.replica.ticket().board.as_str()).and_then(|board| board.wall_path());
    view! {
        <Show when=move || code.read().is_some()>
            <section class="phone-invite">
                <h3 class="list-head">{text!(invite.title)}</h3>
                <p class="phone-invite__code code" data-testid="join-code">{move || code.get()}</p>
                <QrCode text=link label=text!(invite.qr_label)/>
                <CopyField label=text!(invite.participant_link) text=link/>
            </section>
        </Show>
        <DoorControls replica/>
        {wall.clone().map(|wall| view! {
            <a class="button button--quiet" href=wall>
                <Icon name=IconName::Screen/>
                <span>{text!(invite.open_wall)}</span>
            </a>
        })}
    }
}
