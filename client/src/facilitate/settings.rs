//! Settings: what one sets once, or seldom. Each opens a dialog or does one thing.

use super::{
    Lead,
    face::{Face, face_button},
    lead::Sheet,
};
use crate::{
    i18n::{td_string, text},
    parts::{flow::For, icon::IconName},
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, Locks};

/// What one sets once, or seldom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    People,
    Phases,
    Voices,
    Showing,
    Deck,
    Scene,
    Gather,
    Lock,
    Rights,
    Hidden,
    Bin,
}

impl Setting {
    const ALL: [Self; 11] = [
        Self::People,
        Self::Phases,
        Self::Voices,
        Self::Showing,
        Self::Deck,
        Self::Scene,
        Self::Gather,
        Self::Lock,
        Self::Rights,
        Self::Hidden,
        Self::Bin,
    ];

    fn face(self, locks: &Locks) -> Face {
        match self {
            Self::People => Face {
                icon: IconName::People,
                label: |locale| td_string!(locale, lead.people),
                hint: |locale| td_string!(locale, lead.people_hint),
                hook: "lead-people",
            },
            Self::Phases => Face {
                icon: IconName::Clock,
                label: |locale| td_string!(locale, lead.phases),
                hint: |locale| td_string!(locale, lead.phases_hint),
                hook: "lead-phases",
            },
            Self::Voices => Face {
                icon: IconName::Speech,
                label: |locale| td_string!(locale, lead.voices),
                hint: |locale| td_string!(locale, lead.voices_hint),
                hook: "lead-voices",
            },
            Self::Showing => Face {
                icon: IconName::Eye,
                label: |locale| td_string!(locale, lead.showing),
                hint: |locale| td_string!(locale, lead.showing_hint),
                hook: "lead-showing",
            },
            Self::Deck => Face {
                icon: IconName::Card,
                label: |locale| td_string!(locale, lead.deck),
                hint: |locale| td_string!(locale, lead.deck_hint),
                hook: "lead-deck",
            },
            Self::Scene => Face {
                icon: IconName::Screen,
                label: |locale| td_string!(locale, lead.scene),
                hint: |locale| td_string!(locale, lead.scene_hint),
                hook: "lead-scene",
            },
            Self::Gather => Face {
                icon: IconName::Gather,
                label: |locale| td_string!(locale, lead.gather),
                hint: |locale| td_string!(locale, lead.gather_hint),
                hook: "lead-gather",
            },
            Self::Lock if locks.board => Face {
                icon: IconName::Lock,
                label: |locale| td_string!(locale, lead.unlock),
                hint: |locale| td_string!(locale, lead.unlock_hint),
                hook: "lead-lock",
            },
            Self::Lock => Face {
                icon: IconName::Lock,
                label: |locale| td_string!(locale, lead.lock),
                hint: |locale| td_string!(locale, lead.lock_hint),
                hook: "lead-lock",
            },
            Self::Hidden => Face {
                icon: IconName::EyeOff,
                label: |locale| td_string!(locale, lead.hidden),
                hint: |locale| td_string!(locale, lead.hidden_hint),
                hook: "lead-hidden",
            },
            Self::Rights => Face {
                icon: IconName::Hand,
                label: |locale| td_string!(locale, lead.rights),
                hint: |locale| td_string!(locale, lead.rights_hint),
                hook: "lead-rights",
            },
            Self::Bin => Face {
                icon: IconName::Trash,
                label: |locale| td_string!(locale, bin.title),
                hint: |locale| td_string!(locale, bin.hint),
                hook: "lead-bin",
            },
        }
    }

    fn press(self, lead: Lead) {
        match self {
            Self::People => lead.show(Sheet::People),
            Self::Phases => lead.show(Sheet::Phases),
            Self::Voices => lead.show(Sheet::Voices),
            Self::Showing => lead.show(Sheet::Showing),
            Self::Deck => lead.show(Sheet::Deck),
            Self::Scene => lead.show(Sheet::Scene),
            Self::Hidden => lead.show(Sheet::Hidden),
            Self::Rights => lead.show(Sheet::Rights),
            Self::Bin => lead.show(Sheet::Bin),
            Self::Gather => {
                let rect = lead.look.get_untracked();
                lead.ask(Command::GatherHere { rect });
            }
            Self::Lock => {
                let session = lead.replica.session;
                let mut locks = session.shared.with_untracked(|view| view.locks.clone());
                locks.board = !locks.board;
                lead.ask(Command::Lock { locks });
            }
        }
    }
}

/// The buttons.
#[component]
pub(super) fn Settings(lead: Lead) -> impl IntoView {
    let session = lead.replica.session;
    let locks = session.part(|view| view.locks.clone());
    let has_hidden = session.part(|view| !view.hidden.is_empty());
    let has_thrown = Memo::new(move |_| session.lead.with(|lead| !lead.thrown.is_empty()));
    let shown = move || {
        let is_shown = |setting: &Setting| match setting {
            Setting::Hidden => has_hidden.get(),
            Setting::Bin => has_thrown.get(),
            _ => true,
        };
        let is_locked = locks.with(|locks| locks.board);
        Setting::ALL
            .into_iter()
            .filter(is_shown)
            .map(|setting| (setting, is_locked && setting == Setting::Lock))
            .collect::<Vec<_>>()
    };
    view! {
        <div class="lead__tools lead__settings" role="group" aria-label=text!(lead.settings)>
            <For each=shown key=|&(setting, is_on)| (setting as u8, is_on) let:shown>
                {face_button(&shown.0.face(&locks.get_untracked()), move || shown.0.press(lead))}
            </For>
        </div>
    }
}
