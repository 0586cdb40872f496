//! What is read to the room: the note that is large on the wall, on everybody's own screen. Who sits at home has no
//! wall, and who sits at the back reads it here.

use super::MomentState;
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    notes::{cluster_title, speaker},
    parts::{
        kinds::{KindMark, note_class},
        words::written,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::Note,
    ids::NoteId,
    session::{Item, Scene},
};

/// What is shown of it.
#[derive(Clone, PartialEq)]
enum Spotlit {
    Note(Box<Note>),
    /// A cluster: its title, and its notes.
    Cluster(String, Vec<NoteId>),
}

/// Which note or cluster is read just now; it may not have come yet.
pub(crate) fn item_read(replica: Replica) -> Memo<Option<Item>> {
    replica.session.part(|shared| match &shared.scene {
        Some(Scene::Spotlight(item)) => Some(item.clone()),
        _ => None,
    })
}

fn spotlit(replica: Replica) -> Memo<Option<Spotlit>> {
    let item = item_read(replica);
    Memo::new(move |_| match item.get()? {
        Item::Note(id) => {
            let signals = replica.state.awaited_note(&id)?;
            Some(Spotlit::Note(Box::new(signals.note.get())))
        }
        Item::Cluster(id) => {
            let shape = replica.state.awaited_cluster(&id)?.get();
            Some(Spotlit::Cluster(shape.cluster.title, shape.notes))
        }
    })
}

/// What is read: the note's text, the cluster's title; empty while nothing is.
pub(crate) fn words_read(replica: Replica) -> Memo<String> {
    let i18n = use_i18n();
    let spotlit = spotlit(replica);
    Memo::new(move |_| match spotlit.get() {
        Some(Spotlit::Note(note)) => note.text.trim().to_owned(),
        Some(Spotlit::Cluster(title, _)) => cluster_title(i18n.get_locale(), &title),
        None => String::new(),
    })
}

/// The note or the cluster; nothing while none is read.
#[component]
pub(crate) fn SpotlightCard(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
    let moments = MomentState::of(replica);
    let spotlit = spotlit(replica);
    let words = words_read(replica);
    let beside = move || match spotlit.get() {
        Some(Spotlit::Note(note)) => speaker(replica, i18n.get_locale(), &note),
        Some(Spotlit::Cluster(_, notes)) => counted(
            notes.len(),
            t_string!(i18n, note.count_1),
            t_string!(i18n, note.count_n),
        ),
        None => String::new(),
    };
    let class = move || match spotlit.get() {
        Some(Spotlit::Note(note)) => ["spotlit__paper ", note_class(note.kind)].concat(),
        _ => "spotlit__paper".to_owned(),
    };
    let mark = move || match spotlit.get() {
        Some(Spotlit::Note(note)) => Some(view! { <KindMark kind=note.kind/> }),
        _ => None,
    };
    let show = move |_| {
        let notes = match spotlit.get_untracked() {
            Some(Spotlit::Note(note)) => vec![note.id.clone()],
            Some(Spotlit::Cluster(_, notes)) => notes,
            None => return,
        };
        moments.show_notes(notes);
    };
    let is_there = Memo::new(move |_| spotlit.read().is_some());
    move || {
        is_there.get().then(|| {
            view! {
                <section class="spotlit" data-testid="spotlit" aria-label=text!(moment.spotlit) data-covers="right">
                    <div class="spotlit__head">
                        <h2 class="spotlit__title">{text!(moment.spotlit)}</h2>
                        {moments.can_show_notes().then(|| view! {
                            <button type="button" class="button button--bare" data-testid="spotlit-show" on:click=show>
                                {text!(note.far_show)}
                            </button>
                        })}
                    </div>
                    <div class=class>
                        <p class="spotlit__words" {..written(words)}></p>
                        <p class="note__foot">{mark} <span class="note__speaker" dir="auto">{beside}</span></p>
                    </div>
                </section>
            }
        })
    }
}
