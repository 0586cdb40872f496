//! The list of keys. What they do is in `tools::keys`.

use crate::{
    i18n::text,
    parts::dialog::{Dialog, DialogWidth},
};
use leptos::{prelude::*, text_prop::TextProp};

/// The keys, by what one wants to do.
#[component]
pub(super) fn KeysDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Dialog title=text!(keys.title) open width=DialogWidth::Wide>
            <div class="keys">
                <Keys title=text!(keys.notes)>
                    {row(&["P"], text!(keys.new_problem))}
                    {row(&["V"], text!(keys.new_habit))}
                    {row(&["I"], text!(keys.new_idea))}
                    {row(&["L"], text!(keys.new_plan))}
                    {row(&["N"], text!(keys.new_note))}
                    {row(&["Enter"], text!(keys.edit))}
                    {row(&["Ctrl", "Enter"], text!(keys.end_writing))}
                </Keys>
                <Keys title=text!(keys.moving)>
                    {row(&["S"], text!(keys.pointer))}
                    {row(&["H"], text!(keys.hand))}
                    {row(&["+"], text!(desk.zoom_in))}
                    {row(&["-"], text!(desk.zoom_out))}
                    {row(&["0"], text!(keys.whole))}
                    {row(&["1"], text!(keys.fit))}
                    {row(&["?"], text!(keys.this_help))}
                </Keys>
                <Keys title=text!(keys.choosing)>
                    {row(&["Tab"], text!(keys.next))}
                    {row(&["Shift", "Tab"], text!(keys.previous))}
                    {row(&["←↑↓→"], text!(keys.nudge))}
                    {row(&["Shift", "←↑↓→"], text!(keys.nudge_fine))}
                    {row(&["Ctrl", "A"], text!(keys.select_all))}
                    {row(&["Ctrl", "D"], text!(keys.duplicate))}
                    {row(&["G"], text!(keys.cluster))}
                    {row(&["Shift", "G"], text!(keys.ungroup))}
                    {row(&["K"], text!(note.connect))}
                    {row(&["B"], text!(note.spread))}
                    {row(&["M"], text!(keys.to_bar))}
                    {row(&["Shift", "F10"], text!(keys.menu))}
                    {row(&["Delete"], text!(keys.delete))}
                    {row(&["Esc"], text!(keys.leave))}
                    {row(&["Ctrl", "Z"], text!(keys.undo))}
                    {row(&["Ctrl", "Shift", "Z"], text!(keys.redo))}
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

fn row(
    keys: &'static [&'static str],
    what: impl Fn() -> &'static str + Send + 'static,
) -> impl IntoView {
    view! {
        <div class="keys__row">
            <dt>{keys.iter().map(|key| view! { <kbd class="key">{*key}</kbd> }).collect_view()}</dt>
            <dd>{what}</dd>
        </div>
    }
}
