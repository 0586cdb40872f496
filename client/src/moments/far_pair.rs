//! Two notes that lie far apart: what have they to do with each other?

use super::{
    MomentState,
    answer::{AnswerBox, post_label, posted_words},
    disturbance::kind_now,
    naming::Quote,
    queue::Moment,
    thoughts,
};
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{button::Button, notice::use_notices},
    session::post::{Posting, post},
};
use leptos::prelude::*;
use samtavle_shared::{
    board::Born,
    ids::NoteId,
    insight::{Corpus, far_pair},
};

/// Finds two notes far apart that were not given before, here or to somebody whose answer is on the
/// board, and shows them. Whether there were any.
pub(crate) fn ask_for_pair(moments: MomentState) -> bool {
    let notes = untrack(|| thoughts::notes(moments.replica));
    let thoughts = thoughts::thoughts(&notes);
    let mut used = moments.used_pairs();
    used.extend(notes.iter().filter_map(|note| match &note.born {
        Some(Born::Pair(one, other)) => Some((one.clone(), other.clone())),
        _ => None,
    }));
    let seed = (js_sys::Math::random() * 9e15) as u64;
    let Some(pair) = far_pair(&thoughts, &Corpus::of(&thoughts), &used, seed) else {
        return false;
    };
    moments
        .chosen
        .set(Some(Moment::FarPair(pair.0.clone(), pair.1.clone())));
    moments.use_pair(pair);
    true
}

/// The card.
#[component]
pub(super) fn FarPair(moments: MomentState, one: NoteId, other: NoteId) -> impl IntoView {
    let i18n = use_i18n();
    let notices = use_notices();
    let replica = moments.replica;
    let answers = ["pair-", one.as_str(), "-", other.as_str()].concat();
    let born = Born::Pair(one.clone(), other.clone());
    let answer = move |(words,): (String,)| {
        let posting = Posting {
            born: Some(born.clone()),
            ..Posting::new(kind_now(replica), words)
        };
        post(replica, posting);
        moments.pair.set(None);
        notices.announce(posted_words(moments));
    };
    let another = move |()| {
        moments.leaves();
        if !ask_for_pair(moments) {
            notices.show(t_string!(i18n, moment.far_pair_none));
        }
    };
    view! {
        <div class="moment__body" data-testid="moment-far-pair">
            <h2 class="moment__eyebrow">{text!(moment.far_pair)}</h2>
            <div class="moment__pair">
                <Quote moments note=one/>
                <Quote moments note=other/>
            </div>
            <AnswerBox
                moments
                answers
                label=text!(moment.far_pair_ask)
                send=post_label(moments)
                kind=kind_now(replica)
                is_held=Signal::derive(move || !replica.may_write())
                on_send=answer
            />
            <div class="moment__acts">
                <Button label=text!(moment.far_pair_other) on_press=another/>
                <Button
                    label=text!(moment.set_aside)
                    on_press=move |()| {
                        moments.leaves();
                        moments.pair.set(None);
                    }
                    attr:data-testid="moment-aside"
                />
            </div>
        </div>
    }
}
