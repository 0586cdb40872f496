//! Menus: a button that opens a list of things to do. Arrows and first letters move, Escape and a press beside close,
//! and the focus goes back to where it came from.

use super::{
    flow::Show,
    icon::{Icon, IconName},
};
use crate::browser::key::letter_of;
use leptos::{children::ChildrenFn, ev, html, prelude::*, text_prop::TextProp};
use wasm_bindgen::JsCast;

/// Lets an item close the menu that it stands in.
#[derive(Clone, Copy)]
struct CloseMenu(UnsyncCallback<()>);

/// What a menu's button shows, when it has a mark.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum MenuButton {
    /// The mark; the words are its name and its tooltip.
    #[default]
    Mark,
    /// The mark, and beside it the words.
    MarkAndWords,
}

/// A button and its menu. The button shows `icon`, or the words of `label` when it has none.
#[component]
pub(crate) fn Menu(
    /// The button's name.
    #[prop(into)]
    label: TextProp,
    /// The button's mark.
    #[prop(optional)]
    icon: Option<IconName>,
    /// What the button shows, when it has a mark.
    #[prop(optional)]
    button: MenuButton,
    /// [`MenuItem`]s.
    children: ChildrenFn,
) -> impl IntoView {
    let look = button;
    let is_open = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let close = UnsyncCallback::new(move |()| {
        is_open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    });
    let name = label.clone();
    let tip = label.clone();
    let list_name = label.clone();
    let is_mark = icon.is_some() && look == MenuButton::Mark;
    view! {
        <div class="menu">
            <button
                type="button"
                node_ref=button
                class=if is_mark { "button button--icon" } else { "button button--bare" }
                aria-haspopup="menu"
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                aria-label=move || name.get()
                data-tip=move || is_mark.then(|| tip.get())
                data-tip-side="below"
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                {icon.map(|name| view! { <Icon name/> })}
                {(!is_mark).then(|| view! { <span>{move || label.get()}</span> })}
            </button>
            <Show when=move || is_open.get()>
                <MenuList label=list_name.clone() class="menu__list" close at=None children=children.clone()/>
            </Show>
        </div>
    }
}

/// A menu at a point of the window, for a right click or a long press. Open while `at` is some point.
#[component]
pub(crate) fn MenuAt(
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// Where its corner is, window pixels.
    at: RwSignal<Option<(f64, f64)>>,
    /// [`MenuItem`]s.
    children: ChildrenFn,
) -> impl IntoView {
    let before = StoredValue::new_local(None::<web_sys::HtmlElement>);
    let close = UnsyncCallback::new(move |()| {
        at.set(None);
        if let Some(element) = before.try_update_value(Option::take).flatten() {
            let _ = element.focus();
        }
    });
    Effect::new(move || {
        if at.get().is_some() {
            before.set_value(
                document()
                    .active_element()
                    .and_then(|element| element.dyn_into().ok()),
            );
        }
    });
    view! {
        <Show when=move || at.read().is_some()>
            <MenuList
                label=label.clone()
                class="menu__list menu__list--free"
                close
                at=at.get_untracked()
                children=children.clone()
            />
        </Show>
    }
}

#[component]
fn MenuList(
    label: TextProp,
    class: &'static str,
    close: UnsyncCallback<()>,
    /// A point of the window; none: beside its button.
    at: Option<(f64, f64)>,
    children: ChildrenFn,
) -> impl IntoView {
    provide_context(CloseMenu(close));
    let list = NodeRef::<html::Div>::new();

    Effect::new(move || {
        let Some(list) = list.get() else { return };
        if let Some((x, y)) = at {
            keep_in_window(&list, x, y);
        }
        focus_item(&list, Step::First);
    });

    // Pressing anywhere else closes it, and does what it would have done there.
    let beside = window_event_listener(ev::pointerdown, move |event| {
        let (Some(list), Some(target)) = (list.get_untracked(), event.target()) else {
            return;
        };
        let menu = list.parent_element().filter(|_| at.is_none());
        let inside = menu.as_ref().map_or_else(|| list.as_ref(), AsRef::as_ref) as &web_sys::Node;
        if !inside.contains(target.dyn_ref()) {
            close.run(());
        }
    });
    on_cleanup(move || beside.remove());

    let on_key = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation(); // not the desk's shortcuts
        let Some(list) = list.get_untracked() else {
            return;
        };
        let step = match event.key().as_str() {
            "Escape" | "Tab" => {
                event.prevent_default();
                return close.run(());
            }
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            _ if is_typed(&event) => {
                let typed = [event.key(), letter_of(&event)];
                return focus_named(&list, &typed.map(|letter| letter.to_lowercase()));
            }
            _ => return,
        };
        event.prevent_default();
        focus_item(&list, step);
    };

    view! {
        <div node_ref=list class=class role="menu" aria-label=move || label.get() on:keydown=on_key>
            {children()}
        </div>
    }
}

/// What an item with a tick says.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Tick {
    /// It is the chosen one of several.
    #[default]
    OneOfSeveral,
    /// It is on.
    OnOrOff,
}

/// One thing to do.
#[component]
pub(crate) fn MenuItem(
    /// What it does, in words.
    #[prop(into)]
    label: TextProp,
    /// Its mark.
    #[prop(optional)]
    icon: Option<IconName>,
    /// The key that does the same, as it stands on the keyboard.
    #[prop(default = None, into)]
    key: Option<&'static str>,
    /// For one of several: whether it is the chosen one.
    #[prop(default = None, into)]
    is_chosen: Option<Signal<bool>>,
    /// What its tick says.
    #[prop(optional)]
    tick: Tick,
    /// More class names: `menu__item--danger`.
    #[prop(optional)]
    class: &'static str,
    /// Its name for tests.
    #[prop(optional)]
    hook: Option<&'static str>,
    /// What choosing it does; the menu closes first.
    #[prop(into)]
    on_press: UnsyncCallback<()>,
) -> impl IntoView {
    let menu = use_context::<CloseMenu>();
    view! {
        <button
            type="button"
            class=["menu__item ", class].concat()
            data-testid=hook
            role=match (is_chosen, tick) {
                (None, _) => "menuitem",
                (Some(_), Tick::OneOfSeveral) => "menuitemradio",
                (Some(_), Tick::OnOrOff) => "menuitemcheckbox",
            }
            tabindex="-1"
            aria-checked=move || is_chosen.map(|chosen| if chosen.get() { "true" } else { "false" })
            on:click=move |_| {
                if let Some(CloseMenu(close)) = menu {
                    close.run(());
                }
                on_press.run(());
            }
        >
            {icon.map(|name| view! { <Icon name/> })}
            <span>{move || label.get()}</span>
            {key.map(|key| view! { <span class="menu__key" aria-hidden="true">{key}</span> })}
        </button>
    }
}

/// Whether a key writes a letter here, and is no command.
fn is_typed(event: &web_sys::KeyboardEvent) -> bool {
    let is_command = event.ctrl_key() || event.meta_key() || event.alt_key();
    !is_command && event.key() != " " && letter_of(event).chars().count() == 1
}

/// The next item whose name begins with a letter that was typed: as it is written, or by the key's place.
fn focus_named(list: &web_sys::Element, typed: &[String]) {
    let items = items_of(list);
    let present = present_of(&items);
    let after = present.map_or(0, |place| place + 1);
    let begins = |item: &&web_sys::HtmlElement| {
        let name = item.text_content().unwrap_or_default();
        let name = name.trim().to_lowercase();
        typed.iter().any(|letter| name.starts_with(letter.as_str()))
    };
    let (before, behind) = items.split_at(after.min(items.len()));
    if let Some(item) = behind.iter().chain(before).find(begins) {
        let _ = item.focus();
    }
}

/// Which of them has the focus.
fn present_of(items: &[web_sys::HtmlElement]) -> Option<usize> {
    let active = document().active_element()?;
    items
        .iter()
        .position(|item| item.is_same_node(Some(&active)))
}

/// What a menu has.
const ITEMS: &str = "[role^=menuitem]";

fn items_of(list: &web_sys::Element) -> Vec<web_sys::HtmlElement> {
    all_in(list, ITEMS)
}

fn all_in(list: &web_sys::Element, selector: &str) -> Vec<web_sys::HtmlElement> {
    let Ok(items) = list.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..items.length())
        .filter_map(|index| items.item(index)?.dyn_into().ok())
        .collect()
}

/// Which one the focus goes to.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    First,
    Last,
    Next,
    Previous,
}

fn focus_item(list: &web_sys::Element, step: Step) {
    focus_one(list, ITEMS, step);
}

/// Moves the focus among what this selector finds; false: it finds nothing.
pub(crate) fn focus_one(list: &web_sys::Element, selector: &str, step: Step) -> bool {
    let items = all_in(list, selector);
    let count = items.len();
    if count == 0 {
        return false;
    }
    let present = present_of(&items);
    let next = match (step, present) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => count - 1,
        (Step::Next, Some(index)) => (index + 1) % count,
        (Step::Previous, Some(index)) => (index + count - 1) % count,
    };
    let _ = items[next].focus();
    true
}

/// Puts the list's corner at a point, or as near to it as the window has room.
fn keep_in_window(list: &web_sys::HtmlElement, x: f64, y: f64) {
    const MARGIN: f64 = 8.0;
    let size = |side: Result<wasm_bindgen::JsValue, _>| {
        side.ok().and_then(|side| side.as_f64()).unwrap_or(f64::MAX)
    };
    let room_x = size(window().inner_width()) - f64::from(list.offset_width()) - MARGIN;
    let room_y = size(window().inner_height()) - f64::from(list.offset_height()) - MARGIN;
    let style = list.style();
    let px = |place: f64| [&place.round().to_string(), "px"].concat();
    let _ = style.set_property("left", &px(x.min(room_x).max(MARGIN)));
    let _ = style.set_property("top", &px(y.min(room_y).max(MARGIN)));
}
