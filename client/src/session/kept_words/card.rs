//! «Det du skrev»: the card with words that have lost their field. It does not go by itself; who wrote them may write
//! on in it.

use super::{super::page::page, actions, words::sentence};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        flow::{For, Show},
        fresh_id,
        icon::{Icon, IconName},
        kinds::note_class,
        notice::use_notices,
    },
    replica::Replica,
    session::{
        coming::{Coming, coming},
        phase::kind_asked_for,
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::{ids::NoteId, kept_words::Kept, limits::MAX_NOTE_TEXT_UTF16};

/// The card, as long as there are such words.
#[component]
pub(crate) fn KeptWords(
    replica: Replica,
    /// More class names.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let page = page(replica).kept_words;
    let ids = Memo::new(move |_| {
        let pile = page.pile.read();
        pile.iter().map(|kept| kept.id.clone()).collect::<Vec<_>>()
    });
    let is_folded = page.is_folded;
    let fold = move || {
        if is_folded.get() {
            t_string!(i18n, kept.unfold)
        } else {
            t_string!(i18n, kept.fold)
        }
    };
    view! {
        <Show when=move || !ids.read().is_empty()>
            <section
                class=["kept ", class].concat()
                data-testid="kept-words"
                data-covers="left"
                aria-label=text!(kept.title)
            >
                <header class="kept__head">
                    <h2 class="kept__title">
                        <Icon name=IconName::Pen/>
                        <span>{text!(kept.title)}</span>
                    </h2>
                    <button
                        type="button"
                        class="button button--icon kept__fold"
                        data-testid="kept-fold"
                        aria-expanded=move || if is_folded.get() { "false" } else { "true" }
                        aria-label=fold
                        on:click=move |_| is_folded.update(|folded| *folded = !*folded)
                    >
                        <Icon name=IconName::ChevronDown/>
                    </button>
                </header>
                <Show when=move || !is_folded.get()>
                    <ul class="kept__list">
                        <For each=move || ids.get() key=Clone::clone let:id>
                            <KeptRow replica id/>
                        </For>
                    </ul>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn KeptRow(replica: Replica, id: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let page = page(replica).kept_words;
    let own = id.clone();
    let kept = Memo::new(move |_| page.pile.with(|pile| pile.get(&own).cloned()));
    let why = move || {
        let kept = kept.read();
        kept.as_ref()
            .map(|kept| sentence(i18n.get_locale(), kept.why))
    };
    let kind = Memo::new(move |_| {
        let known = kept.read().as_ref().and_then(Kept::kind);
        known.unwrap_or_else(|| untrack(|| kind_asked_for(replica)))
    });
    let field = NodeRef::<html::Textarea>::new();
    follow_text(kept, field);
    take_focus_when_called(replica, id.clone(), field);

    let can_post = Memo::new(move |_| replica.takes_part());
    let is_locked = Memo::new(move |_| !replica.may_write());
    let has_way_back = Memo::new(move |_| {
        kept.read()
            .as_ref()
            .is_some_and(|kept| actions::way_back(replica, kept).is_some())
    });
    let post_name = move || match coming(replica) {
        Coming::AtOnce => t_string!(i18n, phone.post),
        Coming::WithAll | Coming::Last => t_string!(i18n, session.put_in_pile),
    };
    let id = StoredValue::new(id);
    let post = move || {
        id.with_value(|id| actions::post(replica, i18n, notices, id));
        go_on();
    };
    let put_back = move || {
        id.with_value(|id| actions::put_back(replica, id));
        go_on();
    };
    let discard = move || {
        id.with_value(|id| actions::discard(replica, i18n, notices, id));
        go_on();
    };
    let copy = move || {
        let select = move || {
            let field = field.get_untracked();
            field
                .inspect(web_sys::HtmlTextAreaElement::select)
                .is_some()
        };
        id.with_value(|id| actions::copy(replica, i18n, notices, id, select));
    };
    let said = fresh_id("kept");
    view! {
        <li class="kept__one" data-kept=id.with_value(ToString::to_string)>
            <p class="kept__why" id=said.clone()>{why}</p>
            <div class=move || ["kept__paper ", note_class(kind.get())].concat()>
                <textarea
                    node_ref=field
                    class="kept__field"
                    data-testid="kept-text"
                    rows="1"
                    dir="auto"
                    autocomplete="off"
                    autocapitalize="sentences"
                    maxlength=MAX_NOTE_TEXT_UTF16.to_string()
                    aria-label=text!(kept.title)
                    aria-describedby=said
                    on:input:target=move |event| {
                        id.with_value(|id| actions::rewrite(replica, id, &event.target().value()));
                    }
                    on:keydown=|event| on_key(&event)
                ></textarea>
            </div>
            <Show when=move || can_post.get() && is_locked.get()>
                <p class="kept__wait">
                    <Icon name=IconName::Lock/>
                    <span>{text!(kept.when_unlocked)}</span>
                </p>
            </Show>
            <div class="kept__acts">
                <Show when=move || can_post.get()>
                    <Show
                        when=move || has_way_back.get()
                        fallback=move || view! {
                            <Button
                                label=post_name
                                hook="kept-post"
                                is_disabled=is_locked
                                on_press=move |()| post()
                            />
                        }
                    >
                        <Button label=text!(kept.put_back) hook="kept-put-back" on_press=move |()| put_back()/>
                    </Show>
                </Show>
                <Button label=text!(common.copy) icon=IconName::Copy hook="kept-copy" on_press=move |()| copy()/>
                <Button
                    label=text!(kept.discard)
                    kind=ButtonKind::Danger
                    hook="kept-discard"
                    on_press=move |()| discard()
                />
            </div>
        </li>
    }
}

/// What letters and other tabs add comes into the field; what is typed in it is there already.
fn follow_text(kept: Memo<Option<Kept>>, field: NodeRef<html::Textarea>) {
    Effect::new(move || {
        let (Some(field), Some(kept)) = (field.get(), kept.get()) else {
            return;
        };
        if field.value() != kept.text {
            field.set_value(&kept.text);
        }
    });
}

/// Who was writing writes on here, with the caret where it was. Registered after [`follow_text`], so that the words are
/// there by then.
fn take_focus_when_called(replica: Replica, id: NoteId, field: NodeRef<html::Textarea>) {
    let called = page(replica).kept_words.called;
    Effect::new(move || {
        let (Some(field), Some((whom, caret))) = (field.get(), called.get()) else {
            return;
        };
        if whom != id {
            return;
        }
        let take = move || {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = field.focus_with_options(&options); // behind a dialog it takes none
            let has_it = document().active_element().as_ref() == Some(field.as_ref());
            if has_it {
                let _ = field.set_selection_range(caret, caret); // a textarea has one
                field.scroll_into_view_with_bool(false);
            }
            has_it
        };
        if take() {
            called.set(None);
            // What is drawn anew in the same moment may take the focus for itself.
            request_animation_frame(move || {
                let is_elsewhere = document()
                    .active_element()
                    .is_none_or(|active| active.tag_name() != "TEXTAREA");
                if is_elsewhere {
                    take();
                }
            });
        }
    });
}

fn on_key(event: &web_sys::KeyboardEvent) {
    event.stop_propagation(); // letters are no shortcuts
    if event.key() == "Escape" && !event.is_composing() {
        event.prevent_default();
        leave_field();
    }
}

/// Back to the board, where there is one to go to by keyboard.
fn leave_field() {
    use wasm_bindgen::JsCast;
    let canvas = document().query_selector(".canvas").ok().flatten();
    let next = canvas.or_else(|| document().active_element());
    let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    let _ = if next.class_name().contains("canvas") {
        next.focus()
    } else {
        next.blur()
    }; // an element that is gone takes no focus
}

/// The words have gone with the button that had the focus: on to the next, or to the board.
fn go_on() {
    use wasm_bindgen::JsCast;
    request_animation_frame(|| {
        let is_lost = document()
            .active_element()
            .is_none_or(|active| active.tag_name() == "BODY");
        let next = [".kept__field", ".canvas"]
            .iter()
            .find_map(|next| document().query_selector(next).ok().flatten());
        if let Some(next) = next.filter(|_| is_lost)
            && let Ok(next) = next.dyn_into::<web_sys::HtmlElement>()
        {
            let _ = next.focus(); // an element that is gone takes no focus
        }
    });
}
