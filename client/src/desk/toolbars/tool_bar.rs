//! The tools at the left: what the next press on the canvas does.

use super::super::{DeskState, Tool};
use crate::{
    i18n::text,
    parts::{
        button::{IconButton, TipSide},
        flow::Show,
        icon::IconName,
    },
    photo::PictureTool,
    session::voice_choice::VoiceChoice,
};
use leptos::{prelude::*, text_prop::TextProp};
use samtavle_shared::board::NoteKind;

/// The tools.
#[component]
pub(super) fn ToolBar(desk: DeskState) -> impl IntoView {
    // What the present phase asks for stands out; the others are there all the same.
    let asked = desk.replica.session.phase();
    let is_asked = move |tool: Tool| {
        let asked = asked.read();
        let kinds = asked.as_ref().map(|phase| phase.kinds.as_slice());
        matches!(tool, Tool::Place(kind) if kinds.is_some_and(|kinds| kinds.contains(&kind)))
    };
    let button = move |tool: Tool,
                       label: TextProp,
                       icon: IconName,
                       key: &'static str,
                       class: &'static str| {
        view! {
            <IconButton
                label
                icon
                key
                tip=TipSide::Right
                class
                attr:data-asked=move || is_asked(tool).then_some("true")
                is_pressed=Signal::derive(move || desk.tool.get() == tool)
                on_press=move |()| {
                    // A second press on a kind lays it down again.
                    let is_in_hand = desk.tool.get_untracked() == tool;
                    desk.tool.set(if is_in_hand { Tool::Select } else { tool });
                }
            />
        }
    };
    view! {
        <div class="panel rim__tools" role="toolbar" aria-orientation="vertical" aria-label=text!(desk.tools)>
            {button(Tool::Select, text!(desk.pointer).into(), IconName::Pointer, "S", "")}
            {button(Tool::Hand, text!(desk.hand).into(), IconName::Hand, "H", "")}
            <Show when=move || desk.replica.may_write()>
                <hr class="rule" />
                {button(
                    Tool::Place(NoteKind::Problem),
                    text!(desk.add_problem).into(),
                    IconName::Problem,
                    "P",
                    "tool--problem",
                )}
                {button(
                    Tool::Place(NoteKind::Habit),
                    text!(desk.add_habit).into(),
                    IconName::Habit,
                    "V",
                    "tool--habit",
                )}
                {button(
                    Tool::Place(NoteKind::Idea),
                    text!(desk.add_idea).into(),
                    IconName::Idea,
                    "I",
                    "tool--idea",
                )}
                {button(
                    Tool::Place(NoteKind::Plan),
                    text!(desk.add_plan).into(),
                    IconName::Plan,
                    "L",
                    "tool--plan",
                )}
                <hr class="rule" />
                {button(Tool::Connect, text!(note.connect_tool).into(), IconName::Link, "K", "")}
                <PictureTool replica=desk.replica />
                <VoiceChoice replica=desk.replica />
            </Show>
        </div>
    }
}
