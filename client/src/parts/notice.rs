//! Short sentences about what just happened, and what is only said to a screen reader.

use super::{
    button::{IconButton, TipSide},
    icon::{Icon, IconName},
};
use crate::i18n::text;
use crate::parts::flow::For;
use leptos::{prelude::*, text_prop::TextProp};
use std::{rc::Rc, time::Duration};

/// How long a notice stays: time to read two sentences slowly. It can be closed before.
const STAY: Duration = Duration::from_secs(8);

/// How many ways back are open at once: more would hide what they speak of. The oldest goes first.
const MOST_WAYS_BACK: usize = 4;

/// Makes the same words other words on the page; nobody hears it.
const UNHEARD: char = '\u{a0}';

#[derive(Clone)]
struct Notice {
    id: u32,
    text: String,
    action: Option<(String, Act)>,
    /// Its action takes back what it speaks of, and nothing else does.
    is_way_back: bool,
}

/// What pressing a notice does. No callback of Leptos: the view that made it is mostly gone by then.
type Act = Rc<dyn Fn()>;

/// Where notices are handed in. Get it with [`use_notices`].
#[derive(Clone, Copy)]
pub(crate) struct Notices {
    shown: RwSignal<Vec<Notice>, LocalStorage>,
    next_id: StoredValue<u32>,
    announced: RwSignal<String>,
}

impl Notices {
    /// Shows a sentence for a while.
    pub(crate) fn show(self, text: impl Into<String>) {
        self.add(text.into(), None, false);
    }

    /// Shows a sentence and one thing that can be done about it («Alle samles her» – «Gå dit»). The same words again
    /// take its place.
    pub(crate) fn show_with(
        self,
        text: impl Into<String>,
        action: impl Into<String>,
        on_press: impl Fn() + 'static,
    ) {
        self.add(text.into(), Some((action.into(), Rc::new(on_press))), false);
    }

    /// Shows what was done, with the way back («Lappen er slettet» – «Angre»). The same words again speak of
    /// another deed: both stay, each with its own way back.
    pub(crate) fn show_with_way_back(
        self,
        text: impl Into<String>,
        action: impl Into<String>,
        on_press: impl Fn() + 'static,
    ) {
        self.add(text.into(), Some((action.into(), Rc::new(on_press))), true);
    }

    /// Says something to screen readers only; the same words again are said again.
    pub(crate) fn announce(self, text: impl Into<String>) {
        let mut text = text.into();
        // A page that has been left has nobody who listens.
        let _ = self.announced.try_update(|announced| {
            if *announced == text {
                text.push(UNHEARD);
            }
            *announced = text;
        });
    }

    fn add(self, text: String, action: Option<(String, Act)>, is_way_back: bool) {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        self.shown.update(|shown| {
            shown.retain(|notice| notice.is_way_back || notice.text != text); // the same again: not twice
            shown.push(Notice {
                id,
                text,
                action,
                is_way_back,
            });
            let ways_back = shown.iter().filter(|notice| notice.is_way_back);
            if ways_back.count() > MOST_WAYS_BACK
                && let Some(oldest) = shown.iter().position(|notice| notice.is_way_back)
            {
                shown.remove(oldest);
            }
        });
        set_timeout(move || self.remove(id), STAY);
    }

    fn remove(self, id: u32) {
        // The view may be gone by now, and its signals with it.
        let _ = self
            .shown
            .try_update(|shown| shown.retain(|notice| notice.id != id));
    }
}

/// Makes the notices of this page; call once, above everything that shows one.
pub(crate) fn provide_notices() -> Notices {
    let notices = Notices {
        shown: RwSignal::new_local(Vec::new()),
        next_id: StoredValue::new(0),
        announced: RwSignal::new(String::new()),
    };
    provide_context(notices);
    notices
}

/// The notices of this page.
pub(crate) fn use_notices() -> Notices {
    use_context().unwrap_or_else(provide_notices)
}

/// Where the notices are seen and heard; once on a page.
#[component]
pub(crate) fn NoticeList(
    /// More class names: `notices--phone` keeps clear of the tabs.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let notices = use_notices();
    view! {
        <div class=["notices ", class].concat() role="status" aria-live="polite">
            <For each=move || notices.shown.get() key=|notice| notice.id let:notice>
                <div class="notice">
                    <span>{notice.text}</span>
                    {notice.action.map(|(label, on_press)| {
                        view! {
                            <button
                                type="button"
                                class="button button--bare notice__action"
                                on:click=move |_| {
                                    let act = Rc::clone(&on_press);
                                    notices.remove(notice.id);
                                    act();
                                }
                            >
                                {label}
                            </button>
                        }
                    })}
                    <IconButton
                        label=text!(common.close)
                        icon=IconName::Close
                        tip=TipSide::Above
                        on_press=move || notices.remove(notice.id)
                    />
                </div>
            </For>
        </div>
        <div class="visually-hidden" role="status" aria-live="polite" data-testid="announced">{move || notices.announced.get()}</div>
    }
}

/// Whether a message tells something, or that something went wrong.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum MessageKind {
    /// Good to know.
    #[default]
    Info,
    /// Something is not as it should be.
    Warn,
}

/// A sentence that stays on the page.
#[component]
pub(crate) fn Message(
    /// What it says.
    #[prop(into)]
    text: TextProp,
    /// What kind of thing it says.
    #[prop(optional)]
    kind: MessageKind,
) -> impl IntoView {
    let (class, icon) = match kind {
        MessageKind::Info => ("message", IconName::Info),
        MessageKind::Warn => ("message message--warn", IconName::Warning),
    };
    view! {
        <div class=class role="status">
            <Icon name=icon/>
            <p>{move || text.get()}</p>
        </div>
    }
}
