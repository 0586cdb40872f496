//! Which scene is on: what `shared` chooses from the session and the board, with the page's own clock for
//! how long a moment lasts.

use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    session::{Item, Scene, WallFacts, WallScene, WallWatch, scene_of},
};
use std::time::Duration;

/// The scene; it follows the session and the board.
pub(super) fn scene(replica: Replica) -> Memo<WallScene> {
    let session = replica.session;
    let watch = RwSignal::new(WallWatch::default());
    Effect::new(move || {
        if !session.is_known.get() {
            return;
        }
        let mut now = watch.get_untracked();
        let ends = session.shared.with(|view| now.hear(view));
        if watch.with_untracked(|before| *before != now) {
            watch.set(now);
        }
        if let Some((number, lasts)) = ends {
            let end = move || {
                // The wall may be gone by then.
                watch.try_update(|watch| watch.moment_is_over(number));
            };
            set_timeout(end, Duration::from_millis(u64::from(lasts)));
        }
    });
    let facts = Memo::new(move |_| facts(replica));
    Memo::new(move |_| {
        let facts = facts.get();
        session
            .shared
            .with(|view| watch.with(|watch| scene_of(view, watch, facts)))
    })
}

fn facts(replica: Replica) -> WallFacts {
    let state = replica.state;
    let has_plans = state.note_ids().iter().any(|id| {
        state.note(id).is_some_and(|signals| {
            signals
                .note
                .with_untracked(|note| note.kind == NoteKind::Plan)
        })
    });
    let has_chosen = replica.session.shared.with(|view| match &view.scene {
        Some(Scene::Spotlight(Item::Cluster(cluster))) => state.cluster(cluster).is_some(),
        Some(Scene::Spotlight(Item::Note(note)) | Scene::Broken(note)) => {
            state.note(note).is_some()
        }
        _ => true,
    });
    WallFacts {
        is_empty: state.note_count.get() == 0 && state.clusters.read().is_empty(),
        has_plans,
        has_chosen,
    }
}
