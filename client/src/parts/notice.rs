//! Short sentences about what just happened, and what is only said to a screen reader.

use super::{
    button::{IconButton, TipSide},
    icon::{Icon, IconName},
};
use crate::i18n::text;
use crate::parts::flow::For;
use leptos::{prelude::*, text_prop::TextProp};
use std::{collections::BTreeSet, rc::Rc, time::Duration};

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
    stay: Stay,
}

/// How long a notice stays, and which others it lives beside.
#[derive(Clone, PartialEq, Eq)]
enum Stay {
    /// For a while; once with the same words.
    Passing,
    /// For a while; its action takes back what it speaks of, and nothing else does.
    WayBack,
    /// Until it is over: what it is about, then.
    UntilOver(String),
}

impl Stay {
    fn key(&self) -> Option<&str> {
        match self {
            Self::UntilOver(key) => Some(key),
            Self::Passing | Self::WayBack => None,
        }
    }
}

/// What pressing a notice does. No callback of Leptos: the view that made it is mostly gone by then.
type Act = Rc<dyn Fn()>;

/// Where notices are handed in. Get it with [`use_notices`].
#[derive(Clone, Copy)]
pub(crate) struct Notices {
    shown: RwSignal<Vec<Notice>, LocalStorage>,
    next_id: StoredValue<u32>,
    announced: RwSignal<String>,
    /// Those that stay until they are over, and were closed by hand.
    closed: StoredValue<BTreeSet<String>>,
    /// The dialogs that are open, in their order: they are seen in the last.
    layers: RwSignal<Vec<u32>>,
}

/// Where notices are seen: 0 is the page, each dialog has a number of its own.
type Layer = u32;

impl Notices {
    /// Shows a sentence for a while.
    pub(crate) fn show(self, text: impl Into<String>) {
        self.add(text.into(), None, Stay::Passing);
    }

    /// Shows what was done, with the way back («Lappen er slettet» – «Angre»). The same words again speak of
    /// another deed: both stay, each with its own way back.
    pub(crate) fn show_with_way_back(
        self,
        text: impl Into<String>,
        action: impl Into<String>,
        on_press: impl Fn() + 'static,
    ) {
        let act: Act = Rc::new(on_press);
        self.add(text.into(), Some((action.into(), act)), Stay::WayBack);
    }

    /// Shows a sentence until it is over, unless a person closes it; in place of the one with the same key.
    pub(crate) fn stay(
        self,
        key: &str,
        text: impl Into<String>,
        action: impl Into<String>,
        on_press: impl Fn() + 'static,
    ) {
        let is_closed = self.closed.with_value(|closed| closed.contains(key));
        if !is_closed {
            let act: Act = Rc::new(on_press);
            self.add(
                text.into(),
                Some((action.into(), act)),
                Stay::UntilOver(key.to_owned()),
            );
        }
    }

    /// What stayed is over.
    pub(crate) fn end(self, key: &str) {
        let _ = self
            .shown
            .try_update(|shown| shown.retain(|notice| notice.stay.key() != Some(key)));
    }

    /// A place of its own where notices can be seen.
    pub(crate) fn new_layer(self) -> Layer {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        on_cleanup(move || self.set_layer(id, false));
        id
    }

    /// Such a place is above all others now, or there no more.
    pub(crate) fn set_layer(self, layer: Layer, is_open: bool) {
        let is_so = |layers: &Vec<Layer>| layers.contains(&layer) == is_open;
        if self.layers.try_with_untracked(is_so) != Some(false) {
            return; // also where the page has gone
        }
        self.layers.update(|layers| {
            layers.retain(|other| *other != layer);
            layers.extend(is_open.then_some(layer));
        });
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

    fn add(self, text: String, action: Option<(String, Act)>, stay: Stay) {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        let passes = stay.key().is_none();
        self.shown.update(|shown| {
            // The same again: not twice.
            let is_same = |other: &Notice| match &other.stay {
                Stay::Passing => other.text == text,
                Stay::WayBack => false,
                key @ Stay::UntilOver(_) => *key == stay,
            };
            shown.retain(|other| !is_same(other));
            shown.push(Notice {
                id,
                text,
                action,
                stay,
            });
            let is_way_back = |notice: &&Notice| notice.stay == Stay::WayBack;
            if shown.iter().filter(is_way_back).count() > MOST_WAYS_BACK
                && let Some(oldest) = shown.iter().position(|notice| is_way_back(&notice))
            {
                shown.remove(oldest);
            }
        });
        if passes {
            set_timeout(move || self.remove(id), STAY);
        }
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
        next_id: StoredValue::new(1),
        announced: RwSignal::new(String::new()),
        closed: StoredValue::default(),
        layers: RwSignal::new(Vec::new()),
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
    /// Where it is: a dialog's, else the page's.
    #[prop(optional)]
    layer: Layer,
) -> impl IntoView {
    let notices = use_notices();
    let is_on_top = move || {
        let top = notices.layers.with(|layers| layers.last().copied());
        top.unwrap_or(0) == layer
    };
    let shown = move || {
        let mut shown = notices.shown.get();
        shown.retain(|_| is_on_top());
        shown
    };
    view! {
        <div class=["notices ", class].concat() role="status" aria-live="polite">
            <For each=shown key=|notice| notice.id let:notice>{one(notices, notice)}</For>
        </div>
        <div
            class="visually-hidden"
            role="status"
            aria-live="polite"
            data-testid=(layer == 0).then_some("announced")
        >
            {move || notices.announced.get()}
        </div>
    }
}

fn one(notices: Notices, notice: Notice) -> impl IntoView {
    let Notice {
        id,
        text,
        action,
        stay,
    } = notice;
    let key = stay.key().map(str::to_owned);
    let stays = key.is_some();
    let press = move |act: &Act| {
        let act = Rc::clone(act);
        if !stays {
            notices.remove(id);
        }
        act();
    };
    let close = move || {
        notices.remove(id);
        (notices.closed).update_value(|closed| closed.extend(key.clone()));
    };
    view! {
        <div class="notice" data-testid=stays.then_some("notice-stays")>
            <span>{text}</span>
            {action.map(|(label, act)| view! {
                <button
                    type="button"
                    class="button button--bare notice__action"
                    on:click=move |_| press(&act)
                >
                    {label}
                </button>
            })}
            <IconButton label=text!(common.close) icon=IconName::Close tip=TipSide::Above on_press=close/>
        </div>
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
