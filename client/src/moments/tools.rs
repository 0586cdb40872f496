//! Quiet buttons for what the present phase brings: a far pair, the insights, the plans, the last result.
//! What is of no use now is not there.

use super::{MomentState, Sheet, far_pair::ask_for_pair, plans::has_plans};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{button::Button, flow::Show, icon::IconName, notice::use_notices},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{Phase, SharedView, Stage, Tool};

/// What there is a button for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offer {
    FarPair,
    Insights,
    /// The phase is about them.
    Plans,
    /// Not in the way, if there are any.
    PlansIfAny,
    Result,
}

fn offers(shared: &SharedView) -> Vec<Offer> {
    let now = shared.stage.phase();
    let phase: Option<&Phase> = shared.phases.iter().find(|phase| Some(phase.id) == now);
    let brings = |tool| phase.is_some_and(|phase| phase.tools.contains(&tool));
    let is_over = shared.stage == Stage::Over;
    let looks_at_the_problem = phase.is_some_and(Phase::looks_at_the_problem);
    let has_begun = shared.stage != Stage::Gathering;
    let mut rounds = shared.round.iter().chain(&shared.former_rounds);
    let has_result = rounds.any(|round| round.result.is_some());
    [
        (Offer::FarPair, brings(Tool::FarPair)),
        (Offer::Insights, brings(Tool::Insights) || is_over),
        (Offer::Plans, brings(Tool::Plans)),
        (Offer::PlansIfAny, has_begun && !looks_at_the_problem),
        (Offer::Result, has_result),
    ]
    .into_iter()
    .filter_map(|(offer, is_offered)| is_offered.then_some(offer))
    .collect()
}

/// The buttons.
#[component]
pub(crate) fn MomentTools(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let moments = MomentState::of(replica);
    let offers = replica.session.part(offers);
    // Who leads has these in the panel.
    let leads = replica.session.leads();
    let is_offered = move |offer| offers.read().contains(&offer) && !leads.get();
    let has_any = has_plans(moments);
    let has_plans = Memo::new(move |_| {
        is_offered(Offer::Plans) || is_offered(Offer::PlansIfAny) && has_any.get()
    });
    let is_any = move || {
        has_plans.get()
            || [Offer::FarPair, Offer::Insights, Offer::Result]
                .into_iter()
                .any(is_offered)
    };
    let pair = move |()| {
        if !ask_for_pair(moments) {
            notices.show(t_string!(i18n, moment.far_pair_none));
        }
    };
    view! {
        <Show when=is_any>
            <div class="moments__tools" role="group" aria-label=text!(moment.tools)>
                <Show when=move || is_offered(Offer::FarPair)>
                    <Button
                        label=text!(moment.far_pair)
                        icon=IconName::Link
                        on_press=pair
                        attr:data-testid="far-pair"
                    />
                </Show>
                <Show when=move || is_offered(Offer::Insights)>
                    <Button
                        label=text!(moment.insights)
                        icon=IconName::Eye
                        on_press=move |()| moments.open(Sheet::Insights)
                        attr:data-testid="open-insights"
                    />
                </Show>
                <Show when=move || has_plans.get()>
                    <Button
                        label=text!(moment.plans)
                        icon=IconName::Plan
                        on_press=move |()| moments.open(Sheet::Plans)
                        attr:data-testid="open-plans"
                    />
                </Show>
                <Show when=move || is_offered(Offer::Result)>
                    <Button
                        label=text!(moment.result)
                        icon=IconName::Vote
                        on_press=move |()| moments.open(Sheet::Result)
                        attr:data-testid="open-result"
                    />
                </Show>
            </div>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_the_hour_begins_nothing_is_offered() {
        assert_eq!(offers(&SharedView::default()), []);
    }

    #[test]
    fn when_it_is_over_there_are_the_insights_and_the_plans() {
        let over = SharedView {
            stage: Stage::Over,
            ..SharedView::default()
        };
        assert_eq!(offers(&over), [Offer::Insights, Offer::PlansIfAny]);
    }
}
