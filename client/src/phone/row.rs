//! One note in a list: its words; and when it is tapped, what can be done with it.

use super::{
    gestures,
    kind_change::KindChange,
    linker,
    live_field::LiveField,
    state::{OpenNote, PhoneState},
};
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    moments::is_just_revealed,
    notes::{
        Answering, NoteDetails, answer_name,
        links::{LinkLine, in_words},
        more_line,
        reactions::{ReactBar, ReactionCounts},
        speaker, toggle_lived,
        undo::offer_undo,
    },
    parts::{
        button::{Button, ButtonKind},
        flow::Show,
        icon::{Icon, IconName},
        in_view::bring_into_view,
        kinds::{KindMark, kind_name},
        notice::use_notices,
        words::{written, written_as},
    },
    photo::show::show_photo_of,
    replica::SharedText,
    session::{
        scribe, seen,
        standing::{HowFar, came_name},
    },
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::{ItemId, LinkKind, NoteKind},
    ids::NoteId,
    limits::MAX_NOTE_TEXT_UTF16,
    session::{Command, Item},
    standing::Came,
};
use std::time::Duration;

/// By then the page has settled after a press (`scroll_anchor`).
const SETTLED: Duration = Duration::from_millis(120);

/// Whose note it is to this phone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// Written here: one tap and it can be written on, and it tells how far it has come.
    Mine,
    /// Anybody's: the first tap only opens it.
    Anybodys,
}

const fn row_class(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Problem => "row-note row-note--problem",
        NoteKind::Habit => "row-note row-note--habit",
        NoteKind::Idea => "row-note row-note--idea",
        NoteKind::Plan => "row-note row-note--plan",
        NoteKind::Other => "row-note",
    }
}

/// A note in a list.
#[component]
pub(super) fn NoteRow(phone: PhoneState, id: NoteId, whose: Whose) -> impl IntoView {
    let replica = phone.replica;
    let signals = replica.state.note(&id);
    let kind = Memo::new({
        let signals = signals.clone();
        move |_| {
            signals
                .as_ref()
                .map_or(NoteKind::Other, |signals| signals.note.read().kind)
        }
    });
    let text = Memo::new(move |_| {
        signals
            .as_ref()
            .map(|signals| signals.note.read().text.trim().to_owned())
            .unwrap_or_default()
    });
    let own = id.clone();
    let opened = Memo::new(move |_| {
        phone
            .open_note
            .get()
            .filter(|open| open.note == own)
            .map(|open| open.is_written)
    });
    let own = id.clone();
    let sent = Memo::new(move |_| {
        if whose == Whose::Anybodys {
            return None;
        }
        replica.came(&own)
    });
    let name = id.to_string();
    let row = NodeRef::<html::Li>::new();
    if whose == Whose::Anybodys {
        row.on_load(move |row| seen::watch(replica, &row));
    }
    // What can be done with it stands below its words, and is seen, too.
    let is_opened = Memo::new(move |_| opened.get().is_some());
    Effect::new(move || {
        if is_opened.get() {
            set_timeout(
                move || {
                    if let Some(row) = row.try_get_untracked().flatten() {
                        show_whole(&row);
                    }
                },
                SETTLED,
            );
        }
    });
    let revealed = StoredValue::new(id.clone());
    let was_open = StoredValue::new(false);
    let inside = move || {
        if let Some(is_written) = opened.get() {
            was_open.set_value(true);
            view! { <Opened phone id=id.clone() text kind is_written sent/> }.into_any()
        } else {
            // Who closed it goes on from here; who opened another is there.
            let gets_back = was_open.get_value() && phone.open_note.with_untracked(Option::is_none);
            view! { <Closed phone id=id.clone() text kind whose sent gets_back/> }.into_any()
        }
    };
    view! {
        <li
            node_ref=row
            class=move || row_class(kind.get())
            class:row-note--open=move || opened.get().is_some()
            class:row-note--revealed=move || revealed.with_value(|id| is_just_revealed(replica, id))
            data-note=name
            data-state=move || sent.get().map(came_name)
        >
            {inside}
        </li>
    }
}

/// Brings a row into view above the tabs.
fn show_whole(row: &web_sys::Element) {
    if let Ok(Some(page)) = row.closest(".phone__page") {
        bring_into_view(&page, row, f64::MAX);
    }
}

/// What takes the place of a pressed button takes its focus, too: nobody loses their place.
pub(super) fn take_focus(button: NodeRef<html::Button>) {
    button.on_load(|button| {
        let _ = button.focus(); // an element that is gone takes no focus
    });
}

#[component]
fn Closed(
    phone: PhoneState,
    id: NoteId,
    text: Memo<String>,
    kind: Memo<NoteKind>,
    whose: Whose,
    sent: Memo<Option<Came>>,
    /// Whether the focus comes back to it.
    gets_back: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let button = NodeRef::<html::Button>::new();
    if gets_back {
        take_focus(button);
    }
    let replica = phone.replica;
    let words = NodeRef::<html::Span>::new();
    let is_folded = follow_fold(words, text);
    let (name, typed) = (id.clone(), id.clone());
    let open = move |_| {
        let is_written = whose == Whose::Mine
            && untrack(|| phone.replica.may_write() && phone.replica.may_touch(&id));
        phone.open_note.set(Some(OpenNote {
            note: id.clone(),
            is_written,
        }));
    };
    view! {
        <button node_ref=button type="button" class="row-note__press" aria-expanded="false" on:click=open>
            <Kind kind/>
            <span
                node_ref=words
                class="row-note__text"
                {..written_as(move || {
                    if text.read().is_empty() { t_string!(i18n, note.without_text).to_owned() } else { text.get() }
                })}
            ></span>
            <Show when=move || is_folded.get()>
                <span class="row-note__rest" data-testid="row-rest">{text!(note.read_more)}</span>
            </Show>
            <Foot phone id=name/>
            {move || scribe::typed_for(replica, i18n.get_locale(), &typed)
                .map(|words| view! { <span class="row-note__for">{words}</span> })}
            {move || sent.get().map(|came| view! { <HowFar replica came/> })}
        </button>
    }
}

/// A shorter text has no more lines than a closed row shows, whatever the phone: it need not be measured.
const SURELY_WHOLE: usize = 120;

/// Whether a row shows only the beginning of its text: only the browser knows how wide it is.
fn follow_fold(words: NodeRef<html::Span>, text: Memo<String>) -> RwSignal<bool> {
    let is_folded = RwSignal::new(false);
    Effect::new(move || {
        let is_short = text.with(|text| text.len() < SURELY_WHOLE && text.lines().count() < 8);
        let Some(element) = words.get().filter(|_| !is_short) else {
            is_folded.set(false);
            return;
        };
        request_animation_frame(move || {
            is_folded.try_set(element.scroll_height() > element.client_height() + 2);
        });
    });
    is_folded
}

/// Who speaks, what else is said of it, and its links, in words.
#[component]
fn Foot(phone: PhoneState, id: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = phone.replica;
    let signals = replica.state.note(&id);
    let foot = Memo::new(move |_| {
        let note = signals.as_ref()?.note.get();
        let locale = i18n.get_locale();
        let has_speaker = note.by.is_some() || note.voice.is_some();
        Some((
            has_speaker.then(|| speaker(replica, locale, &note)),
            more_line(locale, &note),
            note.lived,
            !note.restated.is_empty(),
            note.cut.is_some(),
        ))
    });
    let counted = id.clone();
    let lines = Memo::new(move |_| in_words(replica, i18n.get_locale(), &ItemId::Note(id.clone())));
    view! {
        <ReactionCounts replica note=counted/>
        {move || {
            let (speaker, more, is_lived, is_restated, is_cut) = foot.get()?;
            let has_any = speaker.is_some() || more.is_some() || is_lived || is_restated || is_cut;
            has_any.then(|| view! {
                <span class="row-note__foot">
                    {speaker.map(|speaker| view! { <span class="row-note__speaker" dir="auto">{speaker}</span> })}
                    {is_lived.then(|| view! {
                        <span class="row-note__lived">
                            <Icon name=IconName::Lived/>
                            {t_string!(i18n, note.lived_mark)}
                        </span>
                    })}
                    {is_cut.then(|| view! {
                        <span class="row-note__lived">
                            <Icon name=IconName::Photo/>
                            {t_string!(i18n, photo.cut_mark)}
                        </span>
                    })}
                    {is_restated.then(|| view! {
                        <span class="row-note__lived">
                            <Icon name=IconName::Speech/>
                            {t_string!(i18n, note.restated_mark)}
                        </span>
                    })}
                    {more.map(|more| view! { <span class="row-note__more">{more}</span> })}
                </span>
            })
        }}
        {move || {
            let lines = lines.get().into_iter();
            lines.map(|line| view! { <span class="row-note__link">{line.words}</span> }).collect_view()
        }}
    }
}

/// The same links as buttons: each leads to its other end.
#[component]
fn Jumps(phone: PhoneState, id: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let lines =
        Memo::new(move |_| in_words(phone.replica, i18n.get_locale(), &ItemId::Note(id.clone())));
    move || {
        let lines = lines.get().into_iter();
        lines
            .map(|LinkLine { words, others }| {
                view! {
                    <button
                        type="button"
                        class="row-note__jump"
                        data-testid="link"
                        on:click=move |_| linker::jump(phone, &others)
                    >
                        <Icon name=IconName::Link/>
                        <span>{words}</span>
                    </button>
                }
            })
            .collect_view()
    }
}

/// What can be made of a note, or said of it, besides writing on it.
#[component]
fn Besides(phone: PhoneState, id: NoteId, kind: Memo<NoteKind>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = phone.replica;
    let is_mine = Memo::new({
        let id = id.clone();
        move |_| replica.is_mine(&id)
    });
    let signals = replica.state.note(&id);
    let is_lived = Memo::new(move |_| {
        signals
            .as_ref()
            .is_some_and(|signals| signals.note.read().lived)
    });
    let may_live_with =
        Memo::new(move |_| matches!(kind.get(), NoteKind::Problem | NoteKind::Habit));
    let can_link =
        Memo::new(move |_| !matches!(kind.get(), NoteKind::Other) && replica.may_write());
    let leads = replica.session.leads();
    let notices = use_notices();
    let id = StoredValue::new(id);
    let hide = move || {
        let note = id.get_value();
        replica.command(Command::Hide { note: note.clone() });
        phone.open_note.set(None);
        let restore = move || replica.command(Command::Restore { note: note.clone() });
        notices.show_with_way_back(
            t_string!(i18n, note.hidden),
            t_string!(i18n, common.undo),
            restore,
        );
    };
    let answers = move || {
        LinkKind::answers_to(kind.get())
            .iter()
            .map(|&(kind, says)| {
                let icon = IconName::of_kind(kind);
                view! {
                    <Button
                        label=move || answer_name(i18n.get_locale(), kind)
                        icon=icon.unwrap_or(IconName::Plus)
                        hook="answer-with"
                        on_press=move || phone.answering.set(Some(Answering {
                            to: id.get_value(),
                            kind,
                            says,
                        }))
                    />
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || can_link.get()>
            <div class="row-note__acts">
                <KindChange phone id=id.get_value() kind/>
                <Show when=move || is_mine.get() && (may_live_with.get() || is_lived.get())>
                    <button
                        type="button"
                        class="button button--quiet row-note__live"
                        data-testid="lived-toggle"
                        aria-pressed=move || if is_lived.get() { "true" } else { "false" }
                        on:click=move |_| toggle_lived(replica, &id.get_value())
                    >
                        <Icon name=IconName::Lived/>
                        <span class="button__label">{text!(note.lived)}</span>
                    </button>
                </Show>
                {answers}
                <Button
                    label=text!(note.connect)
                    icon=IconName::Link
                    hook="connect"
                    on_press=move || phone.connecting.set(Some(id.get_value()))
                />
                <Show when=move || leads.get()>
                    <Button
                        label=text!(note.spotlight)
                        icon=IconName::Screen
                        hook="note-spotlight"
                        on_press=move || {
                            let item = Some(Item::Note(id.get_value()));
                            replica.command(Command::Spotlight { item });
                            notices.show(t_string!(i18n, note.spotlit));
                        }
                    />
                    <Button
                        label=text!(note.hide)
                        icon=IconName::EyeOff
                        hook="note-hide"
                        on_press=hide
                    />
                </Show>
            </div>
        </Show>
    }
}

/// Its kind, as a mark and in words.
#[component]
fn Kind(kind: Memo<NoteKind>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <span class="row-note__kind">
            {move || view! { <KindMark kind=kind.get()/> }}
            <span class="visually-hidden">{move || kind_name(i18n.get_locale(), kind.get())} ": "</span>
        </span>
    }
}

#[component]
fn Opened(
    phone: PhoneState,
    id: NoteId,
    text: Memo<String>,
    kind: Memo<NoteKind>,
    is_written: bool,
    sent: Memo<Option<Came>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = phone.replica;
    let close = move || phone.open_note.set(None);
    let id = StoredValue::new(id);
    let write = move || {
        phone.open_note.set(Some(OpenNote {
            note: id.get_value(),
            is_written: true,
        }));
    };
    let delete = move || {
        let deleted = counted(
            1,
            t_string!(i18n, note.deleted_1),
            t_string!(i18n, note.deleted_n),
        );
        let note = id.get_value();
        if !untrack(|| replica.is_mine(&note) || replica.may_delete_others()) {
            return notices.show(t_string!(i18n, rights.only_writers));
        }
        close();
        let step = gestures::delete(replica, &note);
        offer_undo(deleted, step, replica, i18n, notices);
    };
    let words = if is_written {
        view! {
            <LiveField
                replica
                text=SharedText::Note(id.get_value())
                class="row-note__field"
                label=text!(note.text_label)
                max_length=MAX_NOTE_TEXT_UTF16
                takes_focus=true
                on_leave=move |()| close()
            />
        }
        .into_any()
    } else {
        let button = NodeRef::<html::Button>::new();
        take_focus(button);
        view! {
            <button
                node_ref=button
                type="button"
                class="row-note__press"
                aria-expanded="true"
                on:click=move |_| close()
            >
                <Kind kind/>
                <span class="row-note__text" {..written(text)}></span>
            </button>
        }
        .into_any()
    };
    let has_photo = Memo::new(move |_| {
        let signals = replica.state.note(&id.get_value());
        signals.is_some_and(|signals| signals.note.read().cut.is_some())
    });
    let may_touch = Memo::new(move |_| {
        replica.state.moved.track(); // it may have come into a locked cluster
        replica.may_write() && id.with_value(|id| replica.may_touch(id))
    });
    view! {
        {words}
        <Jumps phone id=id.get_value()/>
        <ReactBar replica note=id.get_value()/>
        <div class="row-note__details">
            <NoteDetails replica note=id.get_value()/>
        </div>
        <Show when=move || may_touch.get()>
            <Besides phone id=id.get_value() kind/>
        </Show>
        <div class="row-note__acts">
            <Show when=move || has_photo.get()>
                <Button
                    label=text!(photo.look)
                    icon=IconName::Photo
                    hook="note-photo"
                    on_press=move || show_photo_of(replica, &id.get_value())
                />
            </Show>
            <Show
                when=move || is_written
                fallback=move || view! {
                    <Show when=move || may_touch.get()>
                        <Button label=text!(phone.edit) icon=IconName::Pen on_press=write/>
                    </Show>
                }
            >
                <Button
                    label=text!(phone.save_edit)
                    icon=IconName::Check
                    on_press=close
                />
            </Show>
            <Show when=move || may_touch.get()>
                <Button
                    label=text!(phone.move_to_cluster)
                    on_press=move || phone.moving.set(Some(id.get_value()))
                />
                <Button
                    label=text!(note.delete)
                    kind=ButtonKind::Danger
                    on_press=delete
                />
            </Show>
            {move || sent.get().map(|came| view! { <HowFar replica came/> })}
        </div>
    }
}
