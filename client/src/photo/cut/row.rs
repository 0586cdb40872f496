//! One rectangle in the list: what is cut out, large enough to be read, and its words below on paper of the
//! note's kind.

use super::{area::field_of, cutting::Cutting};
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{
        button::{IconButton, TipSide},
        flow::Show,
        icon::IconName,
        in_view::bring_into_view,
        kinds::{KindPicker, note_class},
    },
    photo::load::{self, Photo},
};
use leptos::{html, prelude::*};
use samtavle_shared::{board::NoteKind, ids::NoteId, limits::MAX_NOTE_TEXT_UTF16};

/// The row.
#[component]
pub(super) fn CutRow(cutting: Cutting, id: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let number = cutting.number(&id);
    let kept_kind = cutting.part(&id, crate::photo::mark::Mark::kind);
    let kind = RwSignal::new(kept_kind.get_untracked().unwrap_or(NoteKind::Problem));
    let field = NodeRef::<html::Textarea>::new();
    let words = cutting.part(&id, |mark| mark.text.clone()).get_untracked();
    field.on_load(move |field| field.set_value(&words.unwrap_or_default()));
    let name = field_of(&id);
    let is_own = id.clone();
    let is_chosen = Memo::new(move |_| cutting.chosen.read().as_ref() == Some(&is_own));
    let id = StoredValue::new(id);
    let row = NodeRef::<html::Li>::new();
    // Where the list stands beside the picture, what a press there chose comes into view. Where it stands below,
    // only what is new does: it is to be written, and the picture stays as far as it can.
    let is_newest = cutting
        .newest
        .with_value(|newest| id.with_value(|id| newest.as_ref() == Some(id)));
    row.on_load(move |row| {
        if is_newest {
            request_animation_frame(move || show_above_foot(&row));
        }
    });
    Effect::new(move || {
        let row = row.get().filter(|_| is_chosen.get());
        if let Some((row, list)) = row.and_then(|row| Some((row.clone(), row.parent_element()?)))
            && let Some(list) = list.parent_element()
        {
            list.set_scroll_top(row.offset_top());
        }
    });
    Effect::new(move |before: Option<NoteKind>| {
        let now = kind.get();
        if before.is_some_and(|before| before != now) {
            cutting.set_kind(&id.get_value(), now);
        }
        now
    });
    let choose = move || cutting.chosen.set(Some(id.get_value()));
    let label = move || {
        filled(
            t_string!(i18n, photo.text_of),
            &[("number", &number.get().to_string())],
        )
    };
    view! {
        <li
            node_ref=row
            class="cut-row"
            class:cut-row--chosen=move || is_chosen.get()
            data-mark-row=move || number.get().to_string()
        >
            <Crop cutting id/>
            <div class=move || [note_class(kind.get()), " cut-row__paper"].concat()>
                <span class="cut-row__number" aria-hidden="true">{move || number.get()}</span>
                <textarea
                    dir="auto"
                    node_ref=field
                    id=name
                    class="cut-row__field"
                    rows="2"
                    maxlength=MAX_NOTE_TEXT_UTF16.to_string()
                    placeholder=text!(photo.text_hint)
                    aria-label=label
                    on:focus=move |_| choose()
                    on:input:target=move |event| cutting.write(&id.get_value(), &event.target().value())
                ></textarea>
                <IconButton
                    label=text!(photo.remove_mark)
                    tip=TipSide::Left
                    icon=IconName::Trash
                    on_press=move |()| cutting.remove(&id.get_value())
                />
            </div>
            <Show when=move || is_chosen.get()>
                <KindPicker kind/>
            </Show>
        </li>
    }
}

/// Brings a row into view above the sheet's foot, where the sheet is what scrolls.
fn show_above_foot(row: &web_sys::Element) {
    let Ok(Some(sheet)) = row.closest(".dialog__body") else {
        return;
    };
    let foot = sheet.query_selector(".cutter__foot").ok().flatten();
    let lowest = foot.map_or(f64::MAX, |foot| foot.get_bounding_client_rect().top());
    bring_into_view(&sheet, row, lowest);
}

/// What is in the rectangle, as the picture shows it.
#[component]
fn Crop(cutting: Cutting, id: StoredValue<NoteId>) -> impl IntoView {
    let area = id.with_value(|id| cutting.part(id, |mark| mark.area));
    let photo = cutting
        .photo()
        .map(|photo| load::photo(cutting.pictures.replica, photo));
    let address = move || match photo.as_ref()?.get() {
        Photo::Here(address) => Some(address),
        Photo::Loading | Photo::Missing => None,
    };
    let shape = move || {
        let area = area.get()?;
        Some((cutting.ratio * area.w / area.h).to_string())
    };
    let percent = |part: f64| [&(part * 100.0).to_string(), "%"].concat();
    view! {
        <div class="cut-row__crop" style:--ratio=shape aria-hidden="true">
            <img
                src=address
                alt=""
                draggable="false"
                style:width=move || area.get().map(|area| percent(1.0 / area.w))
                style:height=move || area.get().map(|area| percent(1.0 / area.h))
                style:left=move || area.get().map(|area| percent(-area.x / area.w))
                style:top=move || area.get().map(|area| percent(-area.y / area.h))
            />
        </div>
    }
}
