//! What lies over the board when somebody asks for it: one dialog, whatever stands in it.

use super::{
    MomentState, Sheet, break_habit::BreakHabit, insights::InsightsPanel, plans::PlansBoard,
    result::ResultSheet, reveal::follow_reveals, thoughts::follow_rest,
};
use crate::{
    i18n::{t_string, use_i18n},
    parts::{
        dialog::{Dialog, DialogWidth},
        sheet::open_while,
    },
    replica::Replica,
};
use leptos::prelude::*;

/// The dialog; once on a page, whatever tab or panel is in view. It also follows the reveals, which
/// must be followed as long as the page is open.
#[component]
pub(crate) fn MomentSheets(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
    let moments = MomentState::of(replica);
    follow_reveals(moments);
    follow_rest(moments);

    let open = open_while(moments.sheet.clone());
    let title = move || match moments.sheet.get() {
        Some(Sheet::Insights) => t_string!(i18n, moment.insights),
        Some(Sheet::Plans) => t_string!(i18n, moment.plans),
        Some(Sheet::BreakHabit(_)) => t_string!(i18n, moment.break_habit),
        Some(Sheet::Result) => t_string!(i18n, moment.result),
        None => "",
    };
    view! {
        <Dialog title open width=DialogWidth::Wide>
            {move || moments.sheet.get().map(|sheet| match sheet {
                Sheet::Insights => view! { <InsightsPanel moments/> }.into_any(),
                Sheet::Plans => view! { <PlansBoard moments/> }.into_any(),
                Sheet::Result => view! { <ResultSheet moments/> }.into_any(),
                Sheet::BreakHabit(note) => view! { <BreakHabit moments note/> }.into_any(),
            })}
        </Dialog>
    }
}
