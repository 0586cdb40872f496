//! Light or dark: as the device has it, or as the person chose.

use super::{
    choice::{Choice, choice_row},
    icon::IconName,
};
use crate::{browser::storage, i18n::text};
use leptos::prelude::*;
use std::cell::OnceCell;
use wasm_bindgen::{JsCast, closure::Closure};

/// `assets/shell/shell.js` reads the same key, so that the first paint is right already.
const KEY: &str = "samtavle.theme";

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the device has it.
    Device,
    Light,
    Dark,
}

impl Theme {
    /// What the person chose on this device.
    pub(crate) fn remembered() -> Self {
        match storage::read(KEY).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::Device,
        }
    }

    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Device => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// Shows the page so, and remembers it.
    pub(crate) fn choose(self) {
        let page = document().document_element();
        if let Some(name) = self.name() {
            storage::write(KEY, name);
            page.map(|page| page.set_attribute("data-theme", name));
        } else {
            storage::remove(KEY);
            page.map(|page| page.remove_attribute("data-theme"));
        }
        changes().update(|count| *count += 1);
    }
}

/// Counts up when the page gets other colours, by choice or by the device: for what is painted on a canvas,
/// where styles do not reach.
pub(crate) fn changes() -> ArcRwSignal<u32> {
    thread_local!(static CHANGES: OnceCell<ArcRwSignal<u32>> = const { OnceCell::new() });
    CHANGES.with(|cell| {
        let changes = cell.get_or_init(|| {
            let changes = ArcRwSignal::new(0);
            let counted = changes.clone();
            let device_changed =
                Closure::<dyn FnMut()>::new(move || counted.update(|count| *count += 1));
            if let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") {
                query.set_onchange(Some(device_changed.as_ref().unchecked_ref()));
                std::mem::forget(query); // as long as the page, with its listener
            }
            device_changed.forget();
            changes
        });
        changes.clone()
    })
}

/// Chooses light, dark or the device's way.
#[component]
pub(crate) fn ThemeSwitch() -> impl IntoView {
    let chosen = RwSignal::new(Theme::remembered());
    let choices = vec![
        Choice {
            value: Theme::Device,
            label: text!(common.theme_device).into(),
            icon: Some(IconName::Half),
        },
        Choice {
            value: Theme::Light,
            label: text!(common.theme_light).into(),
            icon: Some(IconName::Sun),
        },
        Choice {
            value: Theme::Dark,
            label: text!(common.theme_dark).into(),
            icon: Some(IconName::Moon),
        },
    ];
    choice_row(
        text!(common.theme).into(),
        choices,
        chosen.into(),
        UnsyncCallback::new(move |(theme,): (Theme,)| {
            theme.choose();
            chosen.set(theme);
        }),
    )
}
