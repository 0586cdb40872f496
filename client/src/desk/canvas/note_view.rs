//! One note near by: an element of its own, drawn anew only when it changes.

use super::{
    super::{
        Editing,
        writing::{Carets, NoteField},
    },
    reading::ReadMore,
    stage::Stage,
    translate,
};
use crate::{
    i18n::{Locale, language::filled, t_string, td_string},
    notes::{cluster_title, description, more_line, reactions::ReactionCounts, speaker},
    parts::{
        icon::{Icon, IconName},
        kinds::{KindMark, kind_name, note_class},
        words::{isolated, written},
    },
    photo::show::CutMark,
    replica::Replica,
    tools::Drop,
};
use leptos::{either::Either, prelude::*};
use samtavle_shared::{
    board::{Cut, Note, NoteKind, Restatement, Verdict},
    ids::NoteId,
    layout::is_folded,
};

/// A note that was posted within so many milliseconds is seen to land.
const NEW_MS: f64 = 1_500.0;
/// Above all that lies: what is dragged, and what is written on.
const ON_TOP: usize = 100_000;

#[component]
#[expect(clippy::too_many_lines, reason = "what changes on a note, a memo each")]
pub(super) fn NoteView(stage: Stage, id: NoteId) -> impl IntoView {
    let desk = stage.desk;
    let i18n = stage.i18n;
    let Some(signals) = desk.replica.state.note(&id) else {
        return Either::Left(());
    };
    let note = signals.note.clone();
    let of = NodeRef::new();

    let kind = Memo::new({
        let note = note.clone();
        move |_| note.with(|note| note.kind)
    });
    let text = Memo::new({
        let note = note.clone();
        move |_| note.with(|note| note.text.clone())
    });
    let foot = Memo::new({
        let note = note.clone();
        move |_| note.with(|note| Foot::of(stage, note))
    });
    let said = Memo::new({
        let note = note.clone();
        move |_| description(desk.replica, i18n.get_locale(), &note.get())
    });
    // The title of its cluster: who cannot see the frame hears where the note belongs.
    let cluster = Memo::new({
        let note = note.clone();
        move |_| {
            let cluster = note.with(|note| note.cluster.clone())?;
            let locale = i18n.get_locale();
            let shape = desk.replica.state.cluster(&cluster)?;
            Some(shape.with(|shape| cluster_title(locale, &shape.cluster.title)))
        }
    });
    let is_selected = Memo::new({
        let id = id.clone();
        move |_| {
            desk.selection
                .with(|selection| selection.notes.contains(&id))
        }
    });
    let is_written = Memo::new({
        let id = id.clone();
        move |_| {
            desk.editing
                .with(|editing| matches!(editing, Some(Editing::Note(note)) if *note == id))
        }
    });
    let is_long = Memo::new(move |_| text.with(|text| is_folded(text)));
    // All of it is seen while one writes, on wider paper: it would not fit the screen else. It does not change under
    // the hand of who writes.
    let is_wide = Memo::new(move |_| is_written.get() && is_long.get_untracked());
    let is_folded = Memo::new(move |_| is_long.get() && !is_written.get());
    let is_target = Memo::new({
        let id = id.clone();
        move |_| {
            stage
                .drop
                .with(|drop| matches!(drop, Drop::Pair(note) if *note == id))
        }
    });
    let is_buried = Memo::new({
        let id = id.clone();
        move |_| desk.findings.buried.with(|buried| buried.contains(&id))
    });
    let is_lifted = Memo::new({
        let lift = signals.lift.clone();
        move |_| lift.with(Option::is_some)
    });
    let seen = Memo::new(move |_| signals.seen_rect());
    let height_in_stack = Memo::new({
        let id = id.clone();
        move |_| {
            stage
                .stack
                .with(|stack| stack.get(&id).copied().unwrap_or_default())
        }
    });

    let turn = Memo::new({
        let id = id.clone();
        move |_| stage.just_revealed.with(|turns| turns.get(&id).copied())
    });

    let age = stage.desk.replica.written_at() - note.with_untracked(|note| note.at);
    let is_new = (-NEW_MS..NEW_MS).contains(&age); // clocks differ
    let class = move || {
        let mut class = String::with_capacity(96);
        class.push_str(note_class(kind.get()));
        class.push_str(" canvas__note");
        if is_new {
            class.push_str(" canvas__note--lands");
        }
        let marks = [
            (is_selected.get(), " note--selected"),
            (is_written.get(), " note--editing"),
            (is_lifted.get(), " note--lifted"),
            (is_target.get(), " note--target"),
            (foot.with(|foot| foot.is_broken), " note--broken"),
            (turn.get().is_some(), " note--revealed"),
            (is_buried.get(), " note--buried"),
            (is_folded.get(), " note--folded"),
            (is_wide.get(), " note--wide"),
        ];
        for (_, mark) in marks.into_iter().filter(|(is_so, _)| *is_so) {
            class.push_str(mark);
        }
        class
    };
    let name = move || {
        let locale = i18n.get_locale();
        let name = text.with(|text| label(locale, kind.get(), text, cluster.get().as_deref()));
        [name, said.get()].concat()
    };
    let hint = move || {
        let is_empty = text.with(String::is_empty);
        is_empty.then(|| hint_of(i18n.get_locale(), kind.get()))
    };
    let layer = move || {
        let lifted = if is_lifted.get() || is_written.get() {
            ON_TOP
        } else {
            0
        };
        (height_in_stack.get() + lifted).to_string()
    };
    // When writing ends here the keys are the note's again.
    Effect::new({
        let id = id.clone();
        move |was_written: Option<bool>| {
            let is_written = is_written.get();
            if was_written == Some(true) && !is_written && is_on_nothing() {
                stage.focus_note(&id);
            }
            is_written
        }
    });
    let hook = id.to_string();
    let (field, counted, more) = (id.clone(), id.clone(), id.clone());
    Either::Right(view! {
        <article
            class=class
            data-note=hook
            tabindex="-1"
            aria-label=name
            style:transform=move || { let rect = seen.get(); translate(rect.min.x, rect.min.y) }
            // No higher than it is measured, unless a browser breaks its lines otherwise: paper always holds its words.
            style:min-height=move || [&seen.get().height().to_string(), "px"].concat()
            style:z-index=layer
            style:--turn=move || turn.get().map(|turn| turn.to_string())
        >
            <div class="note__body">
                <div {..written(text)} class="note__text" node_ref=of data-hint=hint></div>
                {move || is_written.get().then(|| view! { <NoteField desk note=field.clone()/> })}
                <Carets desk note=id of/>
            </div>
            {move || is_folded.get().then(|| view! { <ReadMore stage id=more.clone() is_selected/> })}
            {move || foot.with(|foot| foot.more.clone()).map(|more| view! { <MoreLine more/> })}
            {move || view! {
                <FootLine
                    replica=desk.replica
                    note=counted.clone()
                    foot=foot.get()
                    kind=kind.get()
                    text
                />
            }}
        </article>
    })
}

/// What a note is called: its kind, what it says, and the title of its cluster.
fn label(locale: Locale, kind: NoteKind, text: &str, cluster: Option<&str>) -> String {
    let text = if text.trim().is_empty() {
        td_string!(locale, note.without_text)
    } else {
        text
    };
    let kind = kind_name(locale, kind);
    match cluster {
        Some(title) => {
            let values = [("kind", kind), ("text", text), ("cluster", title)];
            filled(td_string!(locale, note.label_in_cluster), &values)
        }
        None => filled(
            td_string!(locale, note.label),
            &[("kind", kind), ("text", text)],
        ),
    }
}

/// What is asked for on an empty note.
fn hint_of(locale: Locale, kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Problem => td_string!(locale, note.empty_problem),
        NoteKind::Habit => td_string!(locale, note.empty_habit),
        NoteKind::Idea => td_string!(locale, note.empty_idea),
        NoteKind::Plan => td_string!(locale, note.empty_plan),
        NoteKind::Other => td_string!(locale, note.empty),
    }
}

/// What stands at the foot of a note.
#[derive(Clone, PartialEq)]
struct Foot {
    speaker: String,
    more: Option<String>,
    is_lived: bool,
    is_broken: bool,
    /// Where on a photo it was cut out.
    cut: Option<Cut>,
    /// Both wordings, when it was said back.
    restated: Option<String>,
}

impl Foot {
    fn of(stage: Stage, note: &Note) -> Self {
        let locale = stage.i18n.get_locale();
        let both = |restated: &Restatement| match &restated.verdict {
            Verdict::Confirmed => ["«", &isolated(&restated.text), "»"].concat(),
            Verdict::Corrected(text) => [
                "«",
                &isolated(&restated.text),
                "» → «",
                &isolated(text),
                "»",
            ]
            .concat(),
        };
        let restated: Vec<String> = note.restated.iter().map(both).collect();
        Self {
            speaker: speaker(stage.desk.replica, locale, note),
            more: more_line(locale, note),
            is_lived: note.lived,
            is_broken: note.kind == NoteKind::Habit && note.habit.broken.is_some(),
            cut: note.cut.clone(),
            restated: (!restated.is_empty()).then(|| restated.join("\n")),
        }
    }
}

/// Of a plan who and when, of a broken habit who stops.
#[component]
fn MoreLine(more: String) -> impl IntoView {
    view! { <p class="note__more" title=more.clone()>{more.clone()}</p> }
}

/// The mark of its kind, who speaks, and what else is said of it.
#[component]
fn FootLine(
    replica: Replica,
    note: NoteId,
    foot: Foot,
    kind: NoteKind,
    text: Memo<String>,
) -> impl IntoView {
    let i18n = crate::i18n::use_i18n();
    view! {
        <div class="note__foot">
            <KindMark kind is_struck=foot.is_broken/>
            <span class="note__speaker" dir="auto">{foot.speaker}</span>
            {foot.cut.map(|cut| view! { <CutMark cut text/> })}
            <ReactionCounts replica note is_told=true/>
            {foot.restated.map(|both| view! {
                <span class="note__said" title=[t_string!(i18n, note.restated), "\n", &both].concat()>
                    <Icon name=IconName::Speech/>
                </span>
            })}
            {foot.is_lived.then(|| view! {
                <span class="note__lived" title=t_string!(i18n, note.lived_mark)>
                    <Icon name=IconName::Lived/>
                </span>
            })}
        </div>
    }
}

/// Whether the focus is on nothing: what had it has gone, or goes.
fn is_on_nothing() -> bool {
    document().active_element().is_none_or(|element| {
        element.tag_name() == "BODY" || element.class_list().contains("writing__field")
    })
}
