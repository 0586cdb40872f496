//! The list of keys. What they do is in `tools::keys`.

use crate::{
    i18n::{t_string, use_i18n},
    parts::dialog::{Dialog, DialogWidth},
};
use leptos::{prelude::*, text_prop::TextProp};

/// The keys, by what one wants to do.
#[component]
pub(super) fn KeysDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, keys.title) open width=DialogWidth::Wide>
            <div class="keys">
                <Keys title=move || t_string!(i18n, keys.notes)>
                    {row(&["P"], move || t_string!(i18n, keys.new_problem))}
                    {row(&["V"], move || t_string!(i18n, keys.new_habit))}
                    {row(&["I"], move || t_string!(i18n, keys.new_idea))}
                    {row(&["L"], move || t_string!(i18n, keys.new_plan))}
                    {row(&["N"], move || t_string!(i18n, keys.new_note))}
                    {row(&["Enter"], move || t_string!(i18n, keys.edit))}
                    {row(&["Ctrl", "Enter"], move || t_string!(i18n, keys.end_writing))}
                </Keys>
                <Keys title=move || t_string!(i18n, keys.moving)>
                    {row(&["S"], move || t_string!(i18n, keys.pointer))}
                    {row(&["H"], move || t_string!(i18n, keys.hand))}
                    {row(&["+"], move || t_string!(i18n, desk.zoom_in))}
                    {row(&["-"], move || t_string!(i18n, desk.zoom_out))}
                    {row(&["0"], move || t_string!(i18n, keys.whole))}
                    {row(&["1"], move || t_string!(i18n, keys.fit))}
                    {row(&["?"], move || t_string!(i18n, keys.this_help))}
                </Keys>
                <Keys title=move || t_string!(i18n, keys.choosing)>
                    {row(&["Tab"], move || t_string!(i18n, keys.next))}
                    {row(&["Shift", "Tab"], move || t_string!(i18n, keys.previous))}
                    {row(&["←↑↓→"], move || t_string!(i18n, keys.nudge))}
                    {row(&["Shift", "←↑↓→"], move || t_string!(i18n, keys.nudge_fine))}
                    {row(&["Ctrl", "A"], move || t_string!(i18n, keys.select_all))}
                    {row(&["Ctrl", "D"], move || t_string!(i18n, keys.duplicate))}
                    {row(&["G"], move || t_string!(i18n, keys.cluster))}
                    {row(&["Shift", "G"], move || t_string!(i18n, keys.ungroup))}
                    {row(&["Delete"], move || t_string!(i18n, keys.delete))}
                    {row(&["Esc"], move || t_string!(i18n, keys.leave))}
                    {row(&["Ctrl", "Z"], move || t_string!(i18n, keys.undo))}
                    {row(&["Ctrl", "Shift", "Z"], move || t_string!(i18n, keys.redo))}
                </Keys>
            </div>
        </Dialog>
    }
}

#[component]
fn Keys(#[prop(into)] title: TextProp, children: Children) -> impl IntoView {
    view! {
        <section class="keys__group">
            <h3 class="eyebrow">{move || title.get()}</h3>
            <dl class="keys__list">{children()}</dl>
        </section>
    }
}

fn row(keys: &'static [&'static str], what: impl Fn() -> &'static str + Send + 'static) -> impl IntoView {
    view! {
        <div class="keys__row">
            <dt>{keys.iter().map(|key| view! { <kbd class="key">{*key}</kbd> }).collect_view()}</dt>
            <dd>{what}</dd>
        </div>
    }
}
