//! The solution catcher: a note that is worded as a solution is welcome, and is asked which trouble it
//! would take away. The answer becomes a problem, and the note an idea that answers it.

use super::{
    MomentState,
    answer::{AnswerBox, post_label, posted_words},
    naming::Quote,
};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{button::Button, notice::use_notices},
    replica::Replica,
    session::{
        draft_links::link_later,
        post::{Posting, caught, post},
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    board::{BoardChange, Born, ItemId, LinkKind, NoteKind},
    ids::NoteId,
    session::DraftNote,
};

/// The card.
#[component]
pub(super) fn Caught(moments: MomentState, note: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = moments.replica;
    let close = move || {
        moments.leaves();
        caught(replica).set(None);
    };
    let kept = note.clone();
    let answers = ["caught-", note.as_str()].concat();
    let answer = move |(words,): (String,)| {
        let posting = Posting {
            born: Some(Born::Caught(kept.clone())),
            ..Posting::new(NoteKind::Problem, words)
        };
        let problem = post(replica, posting);
        // The question was answered; the answer itself is asked nothing.
        close();
        becomes_an_idea(replica, &kept);
        link_kept(replica, &kept, problem);
        notices.announce(posted_words(moments));
    };
    view! {
        <div class="moment__body" data-testid="moment-caught">
            <h2 class="moment__eyebrow">{text!(moment.caught)}</h2>
            <Quote moments note whose=t_string!(i18n, moment.judge_yours).to_owned()/>
            <AnswerBox
                moments
                answers
                label=text!(moment.caught_ask)
                send=post_label(moments)
                kind=NoteKind::Problem
                is_held=Signal::derive(move || !replica.may_write())
                on_send=answer
            />
            <p class="moment__hint">{text!(moment.caught_hint)}</p>
            <div class="moment__acts">
                <Button
                    label=text!(moment.later)
                    on_press=move |()| close()
                    attr:data-testid="moment-aside"
                />
            </div>
        </div>
    }
}

/// The kept note is an idea from now on, on the board or still a draft.
fn becomes_an_idea(replica: Replica, note: &NoteId) {
    if replica.state.note(note).is_some() {
        replica.new_step();
        replica.change_of(&BoardChange::Note(note.clone()), |change| {
            change.set_kind(note, NoteKind::Idea);
        });
        replica.new_step();
        return;
    }
    let session = replica.session;
    let find = |drafts: &[DraftNote]| drafts.iter().find(|draft| draft.note == *note).cloned();
    let draft = session
        .unsent_drafts
        .with_untracked(|drafts| find(drafts))
        .or_else(|| session.own.with_untracked(|own| find(&own.drafts)));
    if let Some(draft) = draft {
        replica.write_draft(DraftNote {
            kind: NoteKind::Idea.name().to_owned(),
            ..draft
        });
    }
}

/// The idea answers the problem: now, or as soon as it is on the board.
fn link_kept(replica: Replica, idea: &NoteId, problem: NoteId) {
    let to = ItemId::Note(problem);
    if replica.state.note(idea).is_none() {
        return link_later(replica, idea, LinkKind::Answers, to);
    }
    let from = ItemId::Note(idea.clone());
    replica.change(|change| {
        change.add_link(&Replica::new_link_id(), &from, &to, LinkKind::Answers);
    });
    replica.new_step();
}
