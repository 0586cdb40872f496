//! Who tries a plan, and when: asked where it is written. What stands there is kept on the device with every letter.

use crate::{
    i18n::text,
    parts::{day::DayButton, fresh_id, storage},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::limits::MAX_ANSWER_UTF16;

/// What is said of it so far. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Trial {
    who: RwSignal<String>,
    when: RwSignal<String>,
}

impl Trial {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            who: RwSignal::new(String::new()),
            when: RwSignal::new(String::new()),
        }
    }

    /// What the device has kept of this board's paper; and keeps it from now on.
    pub(super) fn kept(replica: Replica) -> Self {
        let key = ["samtavle.draft-trial.", replica.ticket().board.as_str()].concat();
        let trial = Self::new();
        if let Some((who, when)) = storage::read(&key)
            .as_deref()
            .and_then(|kept| kept.split_once('\n'))
        {
            trial.who.set(who.to_owned());
            trial.when.set(when.to_owned());
        }
        Effect::new(move |before: Option<()>| {
            let (who, when) = (trial.who.get(), trial.when.get());
            if before.is_none() {
                return;
            }
            if who.is_empty() && when.is_empty() {
                storage::remove(&key);
            } else {
                storage::write(&key, &[&*who, "\n", &*when].concat());
            }
        });
        trial
    }

    /// What was said, who and when; nothing stands there any more.
    pub(crate) fn take(self) -> (String, String) {
        let taken = |field: RwSignal<String>| {
            let words = field.get_untracked().trim().to_owned();
            field.set(String::new());
            words
        };
        (taken(self.who), taken(self.when))
    }
}

/// The two fields.
#[component]
pub(crate) fn TrialFields(trial: Trial) -> impl IntoView {
    let (who, when) = (fresh_id("trial"), fresh_id("trial"));
    view! {
        <div class="trial">
            <div class="trial__one">
                <label class="trial__label" for=who.clone()>{text!(moment.plan_who)}</label>
                <input
                    id=who
                    class="trial__field"
                    data-testid="trial-who"
                    dir="auto"
                    type="text"
                    autocomplete="off"
                    maxlength=MAX_ANSWER_UTF16.to_string()
                    placeholder=text!(moment.plan_who_hint)
                    prop:value=move || trial.who.get()
                    on:input:target=move |event| trial.who.set(event.target().value())
                />
            </div>
            <div class="trial__one">
                <label class="trial__label" for=when.clone()>{text!(moment.plan_when)}</label>
                <input
                    id=when
                    class="trial__field"
                    data-testid="trial-when"
                    dir="auto"
                    type="text"
                    autocomplete="off"
                    maxlength=MAX_ANSWER_UTF16.to_string()
                    placeholder=text!(moment.plan_when_hint)
                    prop:value=move || trial.when.get()
                    on:input:target=move |event| trial.when.set(event.target().value())
                />
                <DayButton on_pick=move |(day,): (String,)| trial.when.set(day)/>
            </div>
        </div>
    }
}
