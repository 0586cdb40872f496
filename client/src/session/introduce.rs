//! Who I am here: as which voices I speak, and what I like to be called. Both may be left open, and neither
//! ever stands in the way of writing.
//!
//! - [`IntroduceRow`]: the slim question above the box, once; one tap answers it
//! - [`IntroduceDialog`]: name and voices, whenever one likes

use super::{
    page::page,
    scribe::writes_for_another,
    scribe_dialog::ScribeDialog,
    voice::{in_a_sentence, speak_as, voices_here},
    voice_chips::VoiceChips,
};
use crate::{
    browser::storage,
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        dialog::Dialog,
        field::{FieldContent, TextField},
        flow::{For, Show},
        me,
        notice::use_notices,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::VoiceId,
    session::{Command, Showing},
};
use std::time::Duration;

/// Opens the dialog.
pub(crate) fn open(replica: Replica) {
    page(replica).introducing.set(true);
}

/// Says who I am to the session, if that is news to it.
fn introduce(replica: Replica, name: String, voices: Vec<VoiceId>) {
    let is_news = replica
        .session
        .own
        .with_untracked(|own| own.name != name || own.voices != voices);
    if is_news {
        replica.command(Command::Introduce { name, voices });
    }
}

fn own_voices(replica: Replica) -> Vec<VoiceId> {
    replica.session.own.with_untracked(|own| own.voices.clone())
}

/// Takes one voice, and writes with it. False when nobody hears it now; a notice says so.
fn take_voice(replica: Replica, voice: &VoiceId) -> bool {
    introduce(replica, me::remembered().name, vec![voice.clone()]);
    let is_heard = is_there(replica);
    if is_heard {
        speak_as(replica, Some(voice.clone()));
    }
    is_heard
}

/// Remembers what I like to be called, here and on the boards to come, and shows it to the others.
pub(crate) fn remember(replica: Replica, name: &str) {
    let name = name.trim();
    if me::remembered().name != name {
        me::remember_name(name);
        replica.show(|presence| name.clone_into(&mut presence.user.name));
    }
}

/// Another name. While it is being typed the session is not told letter by letter.
pub(crate) fn rename(replica: Replica, name: &str) {
    const PAUSE: Duration = Duration::from_millis(900);
    remember(replica, name);
    let count = page(replica).renames;
    count.update_value(|count| *count += 1);
    let now = count.get_value();
    let tell = move || {
        if count.try_get_value() == Some(now) && is_there(replica) {
            introduce(replica, me::remembered().name, own_voices(replica));
        }
    };
    set_timeout(tell, PAUSE);
}

/// Tells a new board the name that this device remembers. Voices are another matter on each board.
pub(super) fn tell_remembered_name(replica: Replica) {
    let session = replica.session;
    let is_nameless = session.own_part(|own| own.person.is_some() && own.name.is_empty());
    // An anonymous board knows no name: it is told again when that one shows names once more.
    let shows_names = session.part(|view| view.showing != Showing::Anonymous);
    Effect::new(move || {
        let is_wanted = session.is_known.get() && is_nameless.get() && shows_names.get();
        if is_wanted && is_there(replica) {
            let name = me::remembered().name;
            if !name.is_empty() {
                introduce(replica, name, own_voices(replica));
            }
        }
    });
}

/// Whether the server hears us now.
fn is_there(replica: Replica) -> bool {
    replica.connection.get_untracked().is_up()
}

fn asked_key(replica: Replica) -> String {
    ["samtavle.introduced.", replica.ticket().board.as_str()].concat()
}

/// «Hvem snakker du som?»: shown once, on a board with voices and phases, to who has taken no voice.
#[component]
pub(crate) fn IntroduceRow(
    replica: Replica,
    /// More class names: `introduce--card` on the desk.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let session = replica.session;
    let was_asked = RwSignal::new(storage::read(&asked_key(replica)).is_some());
    let asked = move || {
        storage::write(&asked_key(replica), "yes");
        was_asked.set(true);
    };
    let has_session = session.part(|view| !view.phases.is_empty() && !view.voices.is_empty());
    let is_voiceless = session.own_part(|own| own.person.is_some() && own.voices.is_empty());
    let voices = voices_here(replica);
    let choose = move |voice: VoiceId| {
        if !take_voice(replica, &voice) {
            return;
        }
        asked();
        let name = session.voice_name(&voice, i18n.get_locale_untracked());
        notices.announce(filled(
            t_string!(i18n, session.you_write_as),
            &[("voice", &in_a_sentence(&name.unwrap_or_default()))],
        ));
    };
    let chip = move |id: VoiceId| {
        let hook = ["introduce-voice-", id.as_str()].concat();
        let voice = id.clone();
        view! {
            <button
                type="button"
                class="voice-chip"
                dir="auto"
                data-testid=hook
                on:click=move |_| choose(voice.clone())
            >
                {move || session.voice_name(&id, i18n.get_locale())}
            </button>
        }
    };
    // Who writes for another is asked when they write for themselves again.
    let is_asked = move || {
        let is_open = has_session.get() && is_voiceless.get() && !was_asked.get();
        is_open && !writes_for_another(replica)
    };
    view! {
        <Show when=is_asked>
            <section
                class=["introduce ", class].concat()
                data-testid="introduce"
                aria-label=text!(session.who_do_you_speak_as)
            >
                <div class="introduce__head">
                    <h2 class="introduce__question">{text!(session.who_do_you_speak_as)}</h2>
                    <button type="button" class="button button--bare" on:click=move |_| open(replica)>
                        {text!(session.several)}
                    </button>
                    <button type="button" class="button button--bare" on:click=move |_| asked()>
                        {text!(session.not_now)}
                    </button>
                </div>
                <div class="introduce__voices">
                    <For each=move || voices.get() key=Clone::clone let:id>
                        {chip(id)}
                    </For>
                </div>
            </section>
        </Show>
    }
}

/// Name and voices. What is chosen in it is told when it is closed, whichever way. Beside it the dialog in
/// which I say for whom I write, if for another.
#[component]
pub(crate) fn IntroduceDialog(replica: Replica) -> impl IntoView {
    let is_open = page(replica).introducing;
    let name = RwSignal::new(String::new());
    let chosen = RwSignal::new(Vec::<VoiceId>::new());
    Effect::new(move |was_open: Option<bool>| {
        let is_open = is_open.get();
        if is_open && was_open != Some(true) {
            name.set(me::remembered().name);
            chosen.set(own_voices(replica));
        } else if !is_open && was_open == Some(true) {
            tell(replica, &name.get_untracked(), chosen.get_untracked());
        }
        is_open
    });
    let toggle = UnsyncCallback::new(move |(voice,): (VoiceId,)| {
        chosen.update(|chosen| match chosen.iter().position(|one| *one == voice) {
            Some(place) => {
                chosen.remove(place);
            }
            None => chosen.push(voice),
        });
    });
    view! {
        <Dialog title=text!(session.introduce_title) open=is_open>
            <VoiceChips
                replica
                legend=text!(session.who_do_you_speak_as)
                hint=text!(session.voices_hint)
                hook="voice-"
                chosen=chosen.into()
                on_press=toggle
            />
            <TextField
                label=text!(people.your_name)
                value=name
                content=FieldContent::Name
                placeholder=text!(people.name_example)
                hint=text!(people.name_hint)
                max_length=me::MAX_NAME
            />
            <div class="dialog__foot">
                <Button
                    kind=ButtonKind::Primary
                    label=text!(common.done)
                    on_press=move |()| is_open.set(false)
                />
            </div>
        </Dialog>
        <ScribeDialog replica/>
    }
}

/// Both at once; the first voice that is new is the one that I write with.
fn tell(replica: Replica, name: &str, voices: Vec<VoiceId>) {
    let before = own_voices(replica);
    if let Some(new) = voices.iter().find(|voice| !before.contains(voice)) {
        speak_as(replica, Some(new.clone()));
    }
    if !voices.is_empty() {
        storage::write(&asked_key(replica), "yes");
    }
    remember(replica, name);
    introduce(replica, me::remembered().name, voices);
}
