//! Text fields with a label, a hint and a sentence for what is wrong.

use super::fresh_id;
use leptos::{prelude::*, text_prop::TextProp};

/// What is typed: decides the keyboard on a phone.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum FieldContent {
    /// Ordinary words.
    #[default]
    Words,
    /// A code or a link: no capitals, no spelling, no suggestions.
    Code,
    /// A person's name.
    Name,
}

/// A field for one line.
#[component]
pub(crate) fn TextField(
    /// What it is for.
    #[prop(into)]
    label: TextProp,
    /// What stands in it.
    value: RwSignal<String>,
    /// What is typed.
    #[prop(optional)]
    content: FieldContent,
    /// An example.
    #[prop(optional, into)]
    placeholder: TextProp,
    /// A sentence of help.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// What is wrong with it now, as a sentence; empty when nothing is.
    #[prop(optional, into)]
    error: Signal<String>,
    /// How many characters it takes.
    #[prop(default = 200)]
    max_length: u32,
    /// The element itself, to focus it.
    #[prop(optional)]
    node_ref: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let id = fresh_id("field");
    let hint_id = [&*id, "-hint"].concat();
    let error_id = [&*id, "-error"].concat();
    let described_by = match hint {
        Some(_) => [&*hint_id, " ", &*error_id].concat(),
        None => error_id.clone(),
    };
    let (autocomplete, autocapitalize, spellcheck) = match content {
        FieldContent::Words => ("off", "sentences", "true"),
        FieldContent::Code => ("off", "none", "false"),
        FieldContent::Name => ("nickname", "words", "false"),
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{move || label.get()}</label>
            <input
                id=id
                class="field__input"
                dir="auto"
                type="text"
                node_ref=node_ref
                autocomplete=autocomplete
                autocapitalize=autocapitalize
                spellcheck=spellcheck
                maxlength=max_length.to_string()
                placeholder=move || placeholder.get()
                aria-describedby=described_by
                aria-invalid=move || (!error.read().is_empty()).then_some("true")
                prop:value=move || value.get()
                on:input:target=move |event| value.set(event.target().value())
            />
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{move || hint.get()}</p> })}
            <p class="field__error" id=error_id role="alert">{move || error.get()}</p>
        </div>
    }
}
