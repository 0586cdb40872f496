//! The foot of the wall: how much there is from how many, who has not been heard, which page this is, and
//! whether the network is gone or the server cannot save.

use super::{
    board::unheard_voices,
    room::{Caption, Room},
};
use crate::{
    i18n::{
        language::{counted, filled},
        t_string, use_i18n,
    },
    parts::words::listed,
    replica::{Connection, Replica},
};
use leptos::prelude::*;
use std::time::Duration;

/// So long it says that the screen may go dark by itself.
const WARNS_FOR: Duration = Duration::from_mins(2);

/// The counts.
#[component]
pub(super) fn Counts(
    replica: Replica,
    room: Room,
    /// Whether the browser keeps the screen awake.
    stays_awake: bool,
    /// Whether the scene itself says how many are here.
    #[prop(into)]
    says_who_is_here: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let counts = move || {
        let notes = replica.state.note_count.get();
        let people = replica.people_count.get() as usize;
        let notes_in_words = counted(
            notes,
            t_string!(i18n, note.count_1),
            t_string!(i18n, note.count_n),
        );
        // Not «400 lapper fra 1»: who is here now is not who wrote them.
        let here = counted(
            people,
            t_string!(i18n, people.here_1),
            t_string!(i18n, people.here_n),
        );
        let says_people = people > 0 && !(notes == 0 && says_who_is_here.get());
        [
            (notes > 0).then_some(notes_in_words),
            says_people.then_some(here),
        ]
    };
    let unheard = move || unheard_in_words(replica);
    let page = move || {
        let of = |page: usize, pages: usize| {
            let values = [("page", &*page.to_string()), ("pages", &*pages.to_string())];
            filled(t_string!(i18n, wall.page), &values)
        };
        match room.caption() {
            Some(Caption::Overview) => Some(t_string!(i18n, wall.overview).to_owned()),
            Some(Caption::Cards) => Some(t_string!(i18n, wall.new_and_least_shown).to_owned()),
            Some(Caption::Page { page, pages }) => Some(of(page, pages)),
            Some(Caption::Digest { page, pages }) => {
                let all = t_string!(i18n, wall.all_in_short).to_owned();
                Some(listed([all, of(page, pages)], " · "))
            }
            None => {
                let pages = room.page_count();
                (pages > 1).then(|| of(room.page() + 1, pages))
            }
        }
    };
    let is_pinned = replica.session.part(|view| view.is_scene_pinned);
    // Who hangs it up can do something about it; later nobody is there to read it.
    let warns = RwSignal::new(!stays_awake);
    if !stays_awake {
        set_timeout(
            move || {
                warns.try_set(false);
            },
            WARNS_FOR,
        );
    }
    let trouble = move || match replica.connection.get() {
        Connection::Away | Connection::Unsent => Some(t_string!(i18n, wall.offline)),
        Connection::Unsaving(_) => Some(t_string!(i18n, wall.unsaving)),
        _ => None,
    };
    let name = move || match replica.connection.get() {
        Connection::Saved | Connection::Saving | Connection::HeldBack | Connection::Kept => "saved",
        Connection::Unsaving(_) => "unsaving",
        Connection::Opening => "connecting",
        Connection::Away | Connection::Unsent => "offline",
        Connection::Refused(_) => "stopped",
    };
    view! {
        <div class="wall__counts">
            <p data-testid="wall-counts">
                {move || listed(counts().into_iter().chain([unheard()]).flatten(), " · ")}
            </p>
            {move || page().map(|page| view! { <p class="wall__page" data-testid="wall-page">{page}</p> })}
            {move || is_pinned.get().then(|| view! {
                <p class="wall__pinned" data-testid="wall-pinned">{t_string!(i18n, wall.pinned)}</p>
            })}
            {move || warns.get().then(|| view! {
                <p class="wall__may-sleep" data-testid="wall-may-sleep">{t_string!(i18n, wall.may_sleep)}</p>
            })}
            <p class="wall__connection" role="status" data-testid="connection" data-state=name>
                {trouble}
            </p>
        </div>
    }
}

/// «Ungdom og Pasient er ikke hørt ennå»; from three on by number: it is no list of blame.
fn unheard_in_words(replica: Replica) -> Option<String> {
    let i18n = use_i18n();
    let locale = i18n.get_locale();
    let names: Vec<String> = unheard_voices(replica)
        .iter()
        .filter_map(|voice| replica.session.voice_name(voice, locale))
        .collect();
    let words = match names.as_slice() {
        [] => return None,
        [one] => filled(t_string!(i18n, wall.unheard_1), &[("voice", one)]),
        [one, other] => filled(
            t_string!(i18n, wall.unheard_2),
            &[("voice", one), ("other", other)],
        ),
        many => filled(
            t_string!(i18n, wall.unheard_n),
            &[("count", &many.len().to_string())],
        ),
    };
    Some(words)
}
