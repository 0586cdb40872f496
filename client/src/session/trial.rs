//! Who tries a plan, and when: asked where it is written. What stands there is kept on the device with every letter.

use crate::{
    browser::storage,
    i18n::text,
    parts::{day::DayButton, fresh_id},
    replica::Replica,
};
use leptos::{prelude::*, text_prop::TextProp};
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
    let day = view! { <DayButton on_pick=move |(day,): (String,)| trial.when.set(day)/> };
    view! {
        <div class="trial">
            {one(trial.who, text!(moment.plan_who).into(), text!(moment.plan_who_hint).into(), "trial-who", None)}
            {one(
                trial.when,
                text!(moment.plan_when).into(),
                text!(moment.plan_when_hint).into(),
                "trial-when",
                Some(day.into_any()),
            )}
        </div>
    }
}

fn one(
    field: RwSignal<String>,
    label: TextProp,
    hint: TextProp,
    hook: &'static str,
    beside: Option<AnyView>,
) -> impl IntoView {
    let id = fresh_id("trial");
    view! {
        <div class="trial__one">
            <label class="trial__label" for=id.clone()>{move || label.get()}</label>
            <input
                id=id
                class="trial__field"
                data-testid=hook
                dir="auto"
                type="text"
                autocomplete="off"
                maxlength=MAX_ANSWER_UTF16.to_string()
                placeholder=move || hint.get()
                prop:value=move || field.get()
                on:input:target=move |event| field.set(event.target().value())
            />
            {beside}
        </div>
    }
}
