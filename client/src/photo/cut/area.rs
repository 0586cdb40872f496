//! The picture with its rectangles.

use super::cutting::Cutting;
use crate::{
    i18n::{language::filled, t_string, text, use_i18n},
    parts::{
        flow::{For, Show},
        held::{is_own_loss, is_pressed, on_interruption},
        icon::{Icon, IconName},
    },
    photo::{mark::Area, show::PhotoImage},
};
use leptos::{html, prelude::*};
use samtavle_shared::ids::NoteId;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent};

/// A hand that trembles by less moves nothing, pixels.
const STILL_PX: f64 = 4.0;
/// What a press on an arrow moves, of the picture.
pub(super) const STEP: f64 = 0.02;

/// The picture.
#[component]
pub(super) fn CutArea(cutting: Cutting) -> impl IntoView {
    let i18n = use_i18n();
    let ids = Memo::new(move |_| cutting.ids());
    let picture = NodeRef::<html::Div>::new();
    let press = move |event: MouseEvent| {
        let Some(picture) = picture.get_untracked() else {
            return;
        };
        if is_on_mark(&event) {
            return;
        }
        let frame = picture.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - frame.x()) / frame.width().max(1.0);
        let y = (f64::from(event.client_y()) - frame.y()) / frame.height().max(1.0);
        cutting.add_around(x, y);
    };
    let words = Signal::derive(move || t_string!(i18n, photo.picture_label).to_owned());
    let replica = cutting.pictures.replica;
    view! {
        <div
            node_ref=picture
            class="cutter__picture"
            data-testid="cut-picture"
            // Not the cross gets the focus: who opens the sheet hears what to do, and sees the picture.
            role="group"
            tabindex="-1"
            autofocus
            aria-label=text!(photo.hint)
            style:--ratio=cutting.ratio.to_string()
            on:click=press
        >
            {cutting.photo().map(|id| view! { <PhotoImage replica id words/> })}
            <For each=move || ids.get() key=|id| id.clone() let:id>
                <Rectangle cutting id picture/>
            </For>
        </div>
    }
}

/// Where a finger took hold of a rectangle, and how that was then.
#[derive(Clone, Copy)]
struct Hold {
    x: f64,
    y: f64,
    area: Area,
    is_corner: bool,
    has_moved: bool,
}

#[component]
fn Rectangle(cutting: Cutting, id: NoteId, picture: NodeRef<html::Div>) -> impl IntoView {
    let i18n = use_i18n();
    let area = cutting.part(&id, |mark| mark.area);
    let text = cutting.part(&id, |mark| mark.text.trim().to_owned());
    let is_posted = cutting.part(&id, |mark| mark.is_posted);
    let is_posted = Memo::new(move |_| is_posted.get().unwrap_or_default());
    let number = cutting.number(&id);
    let id = StoredValue::new(id);
    let is_chosen =
        Memo::new(move |_| id.with_value(|id| cutting.chosen.read().as_ref() == Some(id)));
    let choose = move || {
        if !is_posted.get_untracked() {
            cutting.chosen.set(Some(id.get_value()));
        }
    };
    let hold = StoredValue::new(None::<Hold>);

    let down = move |event: PointerEvent| {
        choose();
        let Some(area) = area.get_untracked().filter(|_| !is_posted.get_untracked()) else {
            return;
        };
        if let Some(rectangle) = event
            .current_target()
            .and_then(|target| target.dyn_into::<Element>().ok())
        {
            let _ = rectangle.set_pointer_capture(event.pointer_id()); // without it the finger may slip off
        }
        hold.set_value(Some(Hold {
            x: f64::from(event.client_x()),
            y: f64::from(event.client_y()),
            area,
            is_corner: is_in(&event, ".cut-mark__corner"),
            has_moved: false,
        }));
    };
    // Where it is now is where it stays, wherever the hand let go.
    let let_go = move || {
        if hold.try_update_value(Option::take).flatten().is_some() {
            cutting.keep();
        }
    };
    on_interruption(let_go);
    let moved = move |event: PointerEvent| {
        if !is_pressed(&event) {
            return let_go();
        }
        let (Some(held), Some(picture)) = (hold.get_value(), picture.get_untracked()) else {
            return;
        };
        let (dx, dy) = (
            f64::from(event.client_x()) - held.x,
            f64::from(event.client_y()) - held.y,
        );
        if !held.has_moved && dx.hypot(dy) < STILL_PX {
            return;
        }
        hold.set_value(Some(Hold {
            has_moved: true,
            ..held
        }));
        let frame = picture.get_bounding_client_rect();
        let (dx, dy) = (dx / frame.width().max(1.0), dy / frame.height().max(1.0));
        let now = if held.is_corner {
            held.area.drawn_to(dx, dy)
        } else {
            held.area.moved(dx, dy)
        };
        id.with_value(|id| cutting.change(id, |mark| mark.area = now));
    };
    let release = move |_| let_go();
    let key = move |event: KeyboardEvent| {
        if is_posted.get_untracked() {
            return;
        }
        let shape = |shape: fn(Area, f64, f64) -> Area, dx, dy| {
            event.prevent_default();
            choose();
            cutting.shape_chosen(|area| shape(area, dx, dy));
        };
        let act: fn(Area, f64, f64) -> Area = if event.shift_key() {
            Area::grown
        } else {
            Area::moved
        };
        match &*event.key() {
            "ArrowLeft" => shape(act, -STEP, 0.0),
            "ArrowRight" => shape(act, STEP, 0.0),
            "ArrowUp" => shape(act, 0.0, -STEP),
            "ArrowDown" => shape(act, 0.0, STEP),
            "Delete" | "Backspace" => {
                event.prevent_default();
                cutting.remove(&id.get_value());
            }
            "Enter" => {
                event.prevent_default();
                choose();
                focus_field(&id.get_value());
            }
            _ => {}
        }
    };
    let label = move || {
        let (number, text) = (number.get().to_string(), text.get().unwrap_or_default());
        let words = match (is_posted.get(), text.is_empty()) {
            (true, _) => t_string!(i18n, photo.mark_posted),
            (false, false) => t_string!(i18n, photo.mark_with),
            (false, true) => t_string!(i18n, photo.mark),
        };
        filled(words, &[("number", &number), ("text", &text)])
    };
    let side = move |of: fn(Area) -> f64| {
        let part = area.get().map(of).unwrap_or_default();
        [&(part * 100.0).to_string(), "%"].concat()
    };
    view! {
        <button
            type="button"
            class="cut-mark"
            class:cut-mark--chosen=move || is_chosen.get()
            class:cut-mark--posted=move || is_posted.get()
            data-mark=move || number.get().to_string()
            style:left=move || side(|area| area.x)
            style:top=move || side(|area| area.y)
            style:width=move || side(|area| area.w)
            style:height=move || side(|area| area.h)
            aria-label=label
            aria-pressed=move || if is_chosen.get() { "true" } else { "false" }
            aria-disabled=move || is_posted.get().then_some("true")
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=release
            on:pointercancel=release
            on:lostpointercapture=move |event| if is_own_loss(&event) { let_go() }
            on:keydown=key
            on:click=move |_| choose()
            on:focus=move |_| choose()
        >
            <span class="cut-mark__number" aria-hidden="true">
                <Show when=move || is_posted.get() fallback=move || number.get()>
                    <Icon name=IconName::Check/>
                </Show>
            </span>
            <span class="cut-mark__corner"></span>
        </button>
    }
}

fn is_on_mark(event: &MouseEvent) -> bool {
    is_in(event, ".cut-mark")
}

fn is_in(event: &MouseEvent, selector: &str) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|target| target.closest(selector).ok().flatten())
        .is_some()
}

/// The id of the field beside a rectangle.
pub(super) fn field_of(id: &NoteId) -> String {
    ["cut-text-", id.as_str()].concat()
}

fn focus_field(id: &NoteId) {
    let field = document().get_element_by_id(&field_of(id));
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
