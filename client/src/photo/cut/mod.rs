//! A picture is cut into notes: a rectangle for each, and beside it what stands there. All of it is kept on
//! the device with every letter, so that it can be gone on with later.
//!
//! ```text
//! area    the picture with its rectangles: a press puts one, a finger moves and sizes the chosen one
//! tools   the same by buttons; a rectangle with the focus obeys the arrow keys
//! row     what is cut out, large enough to be read, and the field for its words
//! foot    as whom, and the black button that makes notes of those with words
//! ```

mod area;
mod cutting;
mod foot;
mod row;
mod tools;

use super::page::Pictures;
use crate::{
    i18n::text,
    parts::{
        button::{Button, ButtonKind},
        dialog::{Dialog, DialogWidth},
        flow::{For, Show},
        icon::IconName,
        sheet::open_while,
    },
    replica::Replica,
};
use area::CutArea;
use cutting::Cutting;
use foot::CutFoot;
use leptos::prelude::*;
use row::CutRow;
use samtavle_shared::ids::ImageId;
use tools::CutTools;

/// The sheet over the whole screen; once on a page.
#[component]
pub(crate) fn CutSheet(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let pictures = Pictures::of(replica);
    view! {
        <Dialog title=text!(photo.title) open=open_while(pictures.open) width=DialogWidth::Whole>
            {move || pictures.open.get().map(|id| view! { <Cutter pictures id/> })}
        </Dialog>
    }
}

#[component]
fn Cutter(pictures: Pictures, id: ImageId) -> impl IntoView {
    pictures.show(&id);
    let cutting = Cutting::new(pictures, id);
    let marks = Memo::new(move |_| cutting.unposted_ids());
    let has_no_mark = Memo::new(move |_| cutting.ids().is_empty());
    view! {
        <div class="cutter">
            <div class="cutter__picture-side">
                <CutArea cutting/>
                <CutTools cutting/>
            </div>
            <div class="cutter__notes">
                <Show when=move || has_no_mark.get()>
                    <p class="cutter__hint">{text!(photo.hint)}</p>
                </Show>
                <ol class="cutter__rows" data-testid="cut-rows">
                    <For each=move || marks.get() key=|id| id.clone() let:id>
                        <CutRow cutting id/>
                    </For>
                </ol>
                <div class="cutter__more">
                    <Button
                        label=text!(photo.add_mark)
                        icon=IconName::Plus
                        hook="add-mark"
                        on_press=move |()| cutting.add_next()
                    />
                    <Button
                        label=text!(photo.remove)
                        icon=IconName::Trash
                        kind=ButtonKind::Danger
                        hook="remove-picture"
                        on_press=move |()| cutting.remove_picture()
                    />
                </div>
            </div>
            <CutFoot cutting/>
        </div>
    }
}
