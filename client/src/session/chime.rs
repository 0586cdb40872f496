//! The gentle signal at the end of a phase's time: two soft notes, once. Off on a device that wants it off,
//! and never where the browser has not been touched: it would refuse, and say so in its log.

use crate::{browser::storage, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::session::Timer;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, OscillatorType};

const KEY: &str = "samtavle.sound";
/// A device that slept through the end is not woken by it later; milliseconds.
const LATE_MS: u64 = 10_000;
/// E and C: a falling third, hertz, and when each begins, seconds.
const NOTES: [(f64, f32); 2] = [(0.0, 659.25), (0.45, 523.25)];
/// As loud as a spoon on a cup.
const LOUDNESS: f32 = 0.16;
/// How long each rings, seconds.
const RINGS: f64 = 1.6;

/// Whether this device wants to hear it.
pub(crate) fn is_wanted() -> bool {
    storage::read(KEY).as_deref() != Some("off")
}

/// Remembers whether this device wants to hear it; who wants it hears at once how it sounds.
pub(crate) fn want(is_wanted: bool) {
    if is_wanted {
        storage::remove(KEY);
        ring_softly();
    } else {
        storage::write(KEY, "off");
    }
}

/// Rings when the time is up, as long as the page is open.
pub(super) fn ring_at_the_end(replica: Replica) {
    let left = replica.session.seconds_left();
    Effect::new(move |before: Option<Option<u64>>| {
        let now = left.get();
        let was_running = before.flatten().is_some_and(|seconds| seconds > 0);
        if was_running && now == Some(0) && is_now(replica) && is_wanted() {
            ring_softly();
        }
        now
    });
}

/// Whether the end was just now, by the server's clock.
fn is_now(replica: Replica) -> bool {
    let timer = replica
        .session
        .shared
        .with_untracked(|view| view.stage.timer());
    matches!(timer, Some(Timer::Runs { ends_at }) if replica.server_now() < ends_at + LATE_MS)
}

fn ring_softly() {
    if !was_touched() {
        return;
    }
    if let Err(error) = ring() {
        leptos::logging::log!("no sound here: {error:?}");
    }
}

/// A page that nobody has touched may make no sound.
fn was_touched() -> bool {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &JsValue::from_str(name)).ok();
    let activation = get(&window().navigator(), "userActivation");
    match activation.filter(JsValue::is_object) {
        Some(activation) => {
            get(&activation, "hasBeenActive").is_some_and(|touched| touched.is_truthy())
        }
        None => true, // an older browser: it stays silent by itself
    }
}

fn ring() -> Result<(), JsValue> {
    let context = AudioContext::new()?;
    let begin = context.current_time() + 0.05;
    let out = context.destination();
    for (after, pitch) in NOTES {
        let (from, to) = (begin + after, begin + after + RINGS);
        let tone = context.create_oscillator()?;
        tone.set_type(OscillatorType::Sine);
        tone.frequency().set_value(pitch);
        let loudness = context.create_gain()?;
        let gain = loudness.gain();
        gain.set_value_at_time(0.0001, from)?;
        gain.exponential_ramp_to_value_at_time(LOUDNESS, from + 0.04)?;
        gain.exponential_ramp_to_value_at_time(0.0001, to)?;
        tone.connect_with_audio_node(&loudness)?;
        loudness.connect_with_audio_node(&out)?;
        tone.start_with_when(from)?;
        tone.stop_with_when(to)?;
    }
    leptos::task::spawn_local(async move {
        if let Ok(resumed) = context.resume() {
            let _ = JsFuture::from(resumed).await; // refused: it stays silent
        }
        let close = move || {
            let _ = context.close(); // it may be closed already
        };
        set_timeout(close, std::time::Duration::from_secs(4));
    });
    Ok(())
}
