//! What a person does with words that have lost their field: posts them, puts them back, copies them, throws them away.

use super::{
    super::page::page,
    pile::{change, keep},
};
use crate::{
    i18n::{I18n, t_string},
    parts::{copy::copy_text, notice::Notices},
    replica::{Replica, SharedText},
    session::{
        coming::{Coming, coming},
        phase::kind_asked_for,
        post::{Posting, post_as},
        posted,
        scribe::writes_for,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardPoint, BoardRect},
    ids::NoteId,
    kept_words::{Kept, Place},
    layout::note_size,
};

/// A note of these words, as any other comes to the board: silence and locks hold for it, too.
pub(super) fn post(replica: Replica, i18n: I18n, notices: Notices, id: &NoteId) {
    let Some(kept) = present(replica, id).filter(|kept| !kept.text.trim().is_empty()) else {
        return;
    };
    if !untrack(|| replica.may_write()) {
        notices.show(t_string!(i18n, note.locked_board));
        return;
    }
    let how = untrack(|| coming(replica));
    let kind = kept.kind().unwrap_or_else(|| kind_asked_for(replica));
    if posted::may_post(replica) {
        let mut posting = Posting::new(kind, &*kept.text);
        posting.lived = kept.lived;
        posting.at = kept.at.filter(|at| is_free(replica, *at, &kept.text));
        posting.for_whom = kept.for_whom.filter(|whom| writes_for(replica, whom));
        untrack(|| post_as(replica, &kept.id, posting));
        notices.show(match how {
            Coming::AtOnce => t_string!(i18n, phone.posted),
            Coming::WithAll | Coming::Last => t_string!(i18n, session.in_the_pile),
        });
    } else {
        posted::wait(replica, kind, &kept.text);
        notices.show(t_string!(i18n, phone.not_sent));
    }
    change(replica, |pile| pile.take_words_of(id));
}

/// Where its note lay, if nothing lies there now.
fn is_free(replica: Replica, at: BoardPoint, text: &str) -> bool {
    let there = BoardRect::at(at, note_size(text));
    replica.state.notes_in(there).is_empty()
}

/// Where these words were written is there again, and lacks some of them. Follows the board.
pub(super) fn way_back(replica: Replica, kept: &Kept) -> Option<SharedText> {
    let (place, _) = kept.place.as_ref()?;
    let text = text_of(place);
    replica.state.moved.track();
    replica.session.locked.track();
    replica.shut_out.track();
    let now = replica.read_text(&text)?;
    let is_missing = now.trim() != kept.text.trim();
    (is_missing && replica.may_write_in(&text)).then_some(text)
}

/// Writes the words where they were written. What others wrote there meanwhile stays.
pub(super) fn put_back(replica: Replica, id: &NoteId) {
    let Some(kept) = present(replica, id) else {
        return;
    };
    let (Some(text), Some((_, before))) = (untrack(|| way_back(replica, &kept)), &kept.place)
    else {
        return;
    };
    replica.new_step();
    replica.write_text(&text, before, kept.text.trim(), None);
    replica.new_step();
    change(replica, |pile| pile.take_words_of(id));
}

/// Throws the words away; there is a way back.
pub(super) fn discard(replica: Replica, i18n: I18n, notices: Notices, id: &NoteId) {
    let Some(kept) = change(replica, |pile| pile.take_words_of(id)) else {
        return;
    };
    notices.show_with_way_back(
        t_string!(i18n, kept.discarded),
        t_string!(i18n, common.undo),
        move || keep(replica, kept.clone(), None),
    );
}

/// Puts the words on the clipboard. `select` selects them in their field, for browsers that copy in no other way.
pub(super) fn copy(
    replica: Replica,
    i18n: I18n,
    notices: Notices,
    id: &NoteId,
    select: impl FnOnce() -> bool + 'static,
) {
    let Some(kept) = present(replica, id) else {
        return;
    };
    leptos::task::spawn_local(async move {
        let words = if copy_text(&kept.text, select).await {
            t_string!(i18n, common.copied)
        } else {
            t_string!(i18n, error.copy)
        };
        notices.show(words);
    });
}

/// Other words in the card.
pub(super) fn rewrite(replica: Replica, id: &NoteId, text: &str) {
    change(replica, |pile| pile.rewrite(id, text));
}

fn present(replica: Replica, id: &NoteId) -> Option<Kept> {
    page(replica)
        .kept_words
        .pile
        .with_untracked(|pile| pile.get(id).cloned())
}

fn text_of(place: &Place) -> SharedText {
    match place {
        Place::Note(note) => SharedText::Note(note.clone()),
        Place::Cluster(cluster) => SharedText::ClusterTitle(cluster.clone()),
        Place::Board => SharedText::BoardTitle,
    }
}
