//! The head of the wall: what is asked now, how much time is left, and where in the hour that is.

use super::room::{Room, px};
use crate::{
    i18n::{t_string, use_i18n},
    parts::flow::Show,
    replica::Replica,
    session::{agenda::AgendaBar, phase::prompt_of, prompt::prompt_of_template, timer::TimeLeft},
};
use leptos::prelude::*;
use samtavle_shared::{layout::largest_letters, session::Stage};

/// The time left is so wide, 1/1080 of the screen's height, with its words beside it.
const TIME: f64 = 500.0;
/// Letters of a heading on one line are so large at least, 1/1080 of the screen's height.
const ONE_LINE: f64 = 46.0;

/// What is asked, and for how long yet.
#[component]
pub(super) fn Head(
    replica: Replica,
    room: Room,
    /// Whether the notes need the room.
    #[prop(into)]
    is_low: Signal<bool>,
    /// Whether the middle says itself what is asked.
    #[prop(into)]
    is_prompt_in_the_middle: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = replica.state;
    let phase = replica.session.phase();
    let asked = move || {
        state
            .template
            .get()
            .and_then(|template| prompt_of_template(i18n.get_locale(), template))
    };
    let title = move || state.title.read().trim().to_owned();
    let is_over = replica.session.part(|view| view.stage == Stage::Over);
    let again = crate::session::over::meet_again_words(replica);
    // The question is the heading; without one it is what the board is called.
    let above = move || {
        if is_over.get() {
            return (!title().is_empty()).then(|| t_string!(i18n, wall.over).to_owned());
        }
        let is_asked = phase.read().is_none() && asked().is_some();
        is_asked.then(title).filter(|title| !title.is_empty())
    };
    let heading = Memo::new(move |_| {
        if let Some(phase) = phase.get() {
            return Replica::words(&phase.title, i18n.get_locale());
        }
        match asked() {
            _ if is_over.get() && !title().is_empty() => title(),
            _ if is_over.get() => t_string!(i18n, wall.over).to_owned(),
            Some((question, _)) => question.to_owned(),
            None if title().is_empty() => t_string!(i18n, common.samtavle).to_owned(),
            None => title(),
        }
    });
    // What is asked stays in sight in every phase.
    let prompt = Memo::new(move |_| {
        let phase = phase.read();
        let prompt = phase
            .as_ref()
            .filter(|_| !is_prompt_in_the_middle.get())
            .map(|phase| prompt_of(i18n.get_locale(), phase));
        prompt.unwrap_or_default()
    });
    let has_time = Memo::new(move |_| phase.read().is_some());
    // Two lines at most, and no word of them cut.
    let letters = move || {
        let area = room.area();
        let largest = if is_low.get() { 48.0 } else { 68.0 } * area.unit;
        let time = if has_time.get() { TIME } else { 0.0 } * area.unit;
        let width = (area.width - time).max(1.0);
        let heading = heading.read();
        // On one line where it is large enough there: the notes need the height.
        let one_line = largest_letters(&heading, (width, 1.16 * largest), 1.15, (1.0, largest));
        if one_line >= ONE_LINE * area.unit {
            return px(one_line);
        }
        let limits = (28.0 * area.unit, largest);
        px(largest_letters(
            &heading,
            (width, 2.0 * 1.15 * largest),
            1.15,
            limits,
        ))
    };
    view! {
        <header class="wall__head">
            {move || above().map(|title| view! { <p class="wall__title" dir="auto">{title}</p> })}
            <div class="wall__asked">
                <h1 class="wall__heading" dir="auto" data-testid="wall-title" style:font-size=letters>
                    {move || heading.get()}
                </h1>
                <Show when=move || has_time.get()>
                    <p class="wall__time" data-testid="wall-time"><TimeLeft replica/></p>
                </Show>
            </div>
            {move || {
                let words = again.get().filter(|_| is_over.get());
                words.map(|words| view! { <p class="wall__title wall__again" dir="auto">{words}</p> })
            }}
            <p class="wall__prompt" dir="auto" data-testid="wall-prompt">{move || prompt.get()}</p>
            <Show when=move || !is_over.get()><div class="wall__hour"><AgendaBar replica/></div></Show>
        </header>
    }
}
