//! Moving and sizing the chosen rectangle by buttons.

use super::{area::STEP, cutting::Cutting};
use crate::{
    i18n::text,
    parts::{button::IconButton, flow::Show, icon::IconName},
    photo::mark::Area,
};
use leptos::{prelude::*, text_prop::TextProp};

/// The buttons; nothing as long as no rectangle is chosen.
#[component]
pub(super) fn CutTools(cutting: Cutting) -> impl IntoView {
    let button = move |label: TextProp, icon, shape: fn(Area) -> Area| {
        view! {
            <IconButton label icon on_press=move |()| cutting.shape_chosen(shape)/>
        }
    };
    view! {
        <Show when=move || cutting.chosen.read().is_some()>
            <div class="cutter__tools" data-testid="cut-tools">
                <div class="cutter__group" role="group" aria-label=text!(photo.move_mark)>
                    {button(text!(photo.left).into(), IconName::ArrowLeft, |area| area.moved(-STEP, 0.0))}
                    {button(text!(photo.right).into(), IconName::ArrowRight, |area| area.moved(STEP, 0.0))}
                    {button(text!(photo.up).into(), IconName::ArrowUp, |area| area.moved(0.0, -STEP))}
                    {button(text!(photo.down).into(), IconName::ArrowDown, |area| area.moved(0.0, STEP))}
                </div>
                <div class="cutter__group" role="group" aria-label=text!(photo.size_mark)>
                    {button(text!(photo.narrower).into(), IconName::Narrower, |area| area.grown(-STEP, 0.0))}
                    {button(text!(photo.wider).into(), IconName::Wider, |area| area.grown(STEP, 0.0))}
                    {button(text!(photo.lower).into(), IconName::Lower, |area| area.grown(0.0, -STEP))}
                    {button(text!(photo.taller).into(), IconName::Taller, |area| area.grown(0.0, STEP))}
                </div>
            </div>
        </Show>
    }
}
