//! The ballot: dots on clusters or notes. It is sent with each change, and nobody sees it.

use super::{MomentState, thoughts, vote_row::VoteRow};
use crate::{
    i18n::{language::counted, t_string, text, use_i18n},
    parts::{
        choice::{Choice, choice_row},
        flow::{For, Show},
    },
    session::{scribe, voice::speaking_as},
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::{PersonId, VoiceId},
    session::{Among, Command, Item, OwnView, RoundId, RoundOn},
};
use std::{collections::BTreeMap, time::Duration};

/// Presses that come closer than this go up as one ballot.
const DEBOUNCE: Duration = Duration::from_millis(400);

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    id: RoundId,
    title: String,
    on: RoundOn,
    among: Among,
    dots: u8,
    most_on_one: u8,
    /// Its result has been seen before.
    was_closed: bool,
}

/// What the server has of a ballot.
#[derive(Clone, Default, PartialEq)]
struct Given {
    dots: BTreeMap<Item, u8>,
    voted_as: Option<VoiceId>,
    voices: Vec<VoiceId>,
}

impl Given {
    /// Of mine, or of somebody's for whom I write.
    fn of(own: &OwnView, whose: Option<&PersonId>) -> Self {
        let Some(whose) = whose else {
            return Self {
                dots: own.dots.clone(),
                voted_as: own.voted_as.clone(),
                voices: own.voices.clone(),
            };
        };
        let paper = own.paper.iter().find(|paper| paper.person == *whose);
        paper.map_or_else(Self::default, |paper| Self {
            dots: paper.dots.clone(),
            voted_as: paper.voted_as.clone(),
            voices: paper.voices.clone(),
        })
    }
}

/// My ballot on this page, or that of somebody for whom I write: what was given, ahead of what the server
/// has.
#[derive(Clone, Copy)]
pub(super) struct Ballot {
    moments: MomentState,
    whose: StoredValue<Option<PersonId>>,
    /// What the server has.
    kept: Memo<Given>,
    asked: Memo<Option<Asked>>,
    items: Memo<Vec<Item>>,
    dots: RwSignal<BTreeMap<Item, u8>>,
    /// As whom, as a place in my voices.
    voice: RwSignal<usize>,
    /// Counts the changes, and those that went up.
    changes: StoredValue<u32>,
    sent: StoredValue<u32>,
}

impl Ballot {
    fn of(moments: MomentState, whose: Option<PersonId>) -> Self {
        let replica = moments.replica;
        let asked = replica.session.part(|shared| {
            let round = shared.round.as_ref().filter(|round| round.is_open)?;
            Some(Asked {
                id: round.id,
                title: round.title.clone(),
                on: round.on,
                among: round.among.clone(),
                dots: round.dots,
                most_on_one: round.most_on_one,
                was_closed: round.reopened > 0,
            })
        });
        let items = Memo::new(move |_| {
            let asked = asked.read();
            let Some(asked) = asked.as_ref() else {
                return Vec::new();
            };
            match asked.on {
                RoundOn::Clusters => {
                    let mut clusters = replica.state.clusters.get();
                    clusters.retain(|id| asked.among.has_cluster(id));
                    clusters.into_iter().map(Item::Cluster).collect()
                }
                RoundOn::Notes => thoughts::settled_notes(moments)
                    .into_iter()
                    .filter(|note| !note.text.trim().is_empty())
                    .filter(|note| {
                        let cluster = note.cluster.as_ref();
                        asked.among.has_note(&note.id, note.kind, cluster)
                    })
                    .map(|note| Item::Note(note.id))
                    .collect(),
            }
        });
        let own = whose.clone();
        let kept = replica
            .session
            .own_part(move |view| Given::of(view, own.as_ref()));
        let now = kept.get_untracked();
        let as_whom = now
            .voted_as
            .or_else(|| speaking_as(replica).get_untracked());
        let voice = now
            .voices
            .iter()
            .position(|voice| Some(voice) == as_whom.as_ref())
            .unwrap_or_default();
        let ballot = Self {
            moments,
            whose: StoredValue::new(whose),
            kept,
            asked,
            items,
            dots: RwSignal::new(now.dots),
            voice: RwSignal::new(voice),
            changes: StoredValue::new(0),
            sent: StoredValue::new(0),
        };
        ballot.follow();
        // Whoever turns to another page a moment after a press has voted all the same.
        on_cleanup(move || ballot.send());
        ballot
    }

    /// What the server has is taken, unless something newer is on its way; and what did not go up goes
    /// up when the line is there again.
    fn follow(self) {
        let replica = self.moments.replica;
        let kept = self.kept;
        Effect::new(move || {
            let kept = kept.get().dots;
            if self.changes.get_value() == self.sent.get_value() {
                self.dots.set(kept);
            }
        });
        Effect::new(move |before: Option<bool>| {
            let is_here = replica.connection.get().is_up();
            // What was under way when the line broke may not have arrived.
            let is_behind =
                kept.with_untracked(|kept| self.dots.with_untracked(|dots| *dots != kept.dots));
            if is_here && before == Some(false) && is_behind {
                self.changed();
            }
            is_here
        });
    }

    /// How many dots are on this.
    pub(super) fn on(self, item: &Item) -> u8 {
        self.dots
            .with(|dots| dots.get(item).copied().unwrap_or_default())
    }

    /// How many dots I have left.
    pub(super) fn left(self) -> u8 {
        let given = self.dots.with(|dots| {
            dots.values()
                .fold(0u8, |sum, dots| sum.saturating_add(*dots))
        });
        let all = self.asked.read().as_ref().map_or(0, |asked| asked.dots);
        all.saturating_sub(given)
    }

    /// Whether one more may be put on this.
    pub(super) fn may_add(self, item: &Item) -> bool {
        let most = self
            .asked
            .read()
            .as_ref()
            .map_or(0, |asked| asked.most_on_one);
        self.left() > 0 && self.on(item) < most
    }

    /// One more, if it may be.
    pub(super) fn add(self, item: &Item) {
        if untrack(|| self.may_add(item)) {
            self.dots
                .update(|dots| *dots.entry(item.clone()).or_default() += 1);
            self.changed();
        }
    }

    /// One less.
    pub(super) fn take(self, item: &Item) {
        let now = untrack(|| self.on(item));
        if now == 0 {
            return;
        }
        self.dots.update(|dots| {
            if now == 1 {
                dots.remove(item);
            } else {
                dots.insert(item.clone(), now - 1);
            }
        });
        self.changed();
    }

    fn changed(self) {
        let change = self.changes.get_value().wrapping_add(1);
        self.changes.set_value(change);
        set_timeout(
            move || {
                if self.changes.try_get_value() == Some(change) {
                    self.send();
                }
            },
            DEBOUNCE,
        );
    }

    fn send(self) {
        let changes = self.changes.get_value();
        if changes == self.sent.get_value() {
            return;
        }
        let replica = self.moments.replica;
        let is_here = replica.connection.get_untracked().is_up();
        let Some(round) = self
            .asked
            .with_untracked(|asked| asked.as_ref().map(|asked| asked.id))
            .filter(|_| is_here)
        else {
            return; // it goes up when the line is there again
        };
        self.sent.set_value(changes);
        // What has gone from the board meanwhile would have all of it refused.
        let mut dots = self.dots.get_untracked();
        self.items
            .with_untracked(|items| dots.retain(|item, _| items.contains(item)));
        replica.command(Command::Vote {
            round,
            for_whom: self.whose.get_value(),
            voice: self.as_whom(),
            dots,
        });
    }

    fn as_whom(self) -> Option<VoiceId> {
        let voice = self.voice.get_untracked();
        self.kept
            .with_untracked(|kept| kept.voices.get(voice).cloned())
    }
}

/// The card. Who writes for others gives each one's dots on a ballot of its own.
#[component]
pub(super) fn VoteCard(moments: MomentState) -> impl IntoView {
    let people = scribe::people(moments.replica);
    let place = RwSignal::new(0_usize);
    let whose = Memo::new(move |_| {
        let people = people.read();
        let place = place.get().checked_sub(1)?;
        people.get(place).map(|one| one.person.clone())
    });
    view! { <div class="moment__body" data-testid="moment-vote">
        <WhoseChooser moments place/>
        {move || view! { <BallotOf moments whose=whose.get()/> }}
    </div> }
}

/// Whose dots are given, for who writes for others.
#[component]
fn WhoseChooser(moments: MomentState, place: RwSignal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let people = scribe::people(moments.replica);
    move || {
        let people = people.get();
        (!people.is_empty()).then(|| {
            let mine = Choice {
                value: 0,
                label: text!(scribe.mine).into(),
                icon: None,
            };
            let others = people.into_iter().enumerate().map(|(at, one)| Choice {
                value: at + 1,
                label: (move || scribe::full_name(i18n.get_locale(), &one)).into(),
                icon: None,
            });
            let choices = std::iter::once(mine).chain(others).collect();
            let choose = UnsyncCallback::new(move |(at,): (usize,)| place.set(at));
            view! {
                <div class="vote__as" data-testid="vote-whose">
                    <p class="moment__hint">{text!(scribe.whose_dots)}</p>
                    {choice_row(text!(scribe.whose_dots).into(), choices, place.into(), choose)}
                </div>
            }
        })
    }
}

#[component]
fn BallotOf(moments: MomentState, whose: Option<PersonId>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = moments.replica;
    let ballot = Ballot::of(moments, whose);
    let asked = ballot.asked;
    let title = move || {
        let (title, on) = asked
            .read()
            .as_ref()
            .map(|asked| (asked.title.clone(), asked.on))
            .unwrap_or_default();
        match on {
            _ if !title.is_empty() => title,
            RoundOn::Clusters => t_string!(i18n, moment.vote_clusters).to_owned(),
            RoundOn::Notes => t_string!(i18n, moment.vote_notes).to_owned(),
        }
    };
    let left = move || {
        counted(
            usize::from(ballot.left()),
            t_string!(i18n, moment.dots_left_1),
            t_string!(i18n, moment.dots_left_n),
        )
    };
    let most = move || {
        let most = asked.read().as_ref().map_or(1, |asked| asked.most_on_one);
        counted(
            usize::from(most),
            t_string!(i18n, moment.most_on_one_1),
            t_string!(i18n, moment.most_on_one_n),
        )
    };
    let kept = ballot.kept;
    let state = move || {
        let dots = ballot.dots.read();
        if *dots != kept.read().dots {
            Some(t_string!(i18n, moment.vote_waits))
        } else if dots.is_empty() {
            None
        } else {
            Some(t_string!(i18n, moment.vote_sent))
        }
    };
    let numbered = move || ballot.items.get().into_iter().enumerate();
    view! {
        <div class="moment__body">
            <h2 class="moment__title" dir="auto">{title}</h2>
            <Show when=move || asked.read().as_ref().is_some_and(|asked| asked.was_closed)>
                <p class="moment__hint" data-testid="vote-reopened">{text!(moment.vote_reopened)}</p>
            </Show>
            <p class="vote__left">
                <strong data-testid="dots-left" role="status">{left}</strong>
                " " <span>{most}</span>
            </p>
            <VoiceChooser ballot/>
            <Show
                when=move || !ballot.items.read().is_empty()
                fallback=move || view! { <p class="moment__hint">{text!(moment.vote_empty)}</p> }
            >
                <ul class="vote__list">
                    <For each=numbered key=|numbered| numbered.clone() let:numbered>
                        <VoteRow replica ballot index=numbered.0 item=numbered.1/>
                    </For>
                </ul>
            </Show>
            <p class="moment__hint">{text!(moment.vote_can_change)} " " <span class="vote__state">{state}</span></p>
        </div>
    }
}

/// Whoever has taken several voices says as which they vote.
#[component]
fn VoiceChooser(ballot: Ballot) -> impl IntoView {
    let i18n = use_i18n();
    let replica = ballot.moments.replica;
    let voices = Memo::new(move |_| ballot.kept.get().voices);
    move || {
        let voices = voices.get();
        (voices.len() > 1).then(|| {
            let choices = voices
                .into_iter()
                .enumerate()
                .map(|(value, voice)| Choice {
                    value,
                    label: (move || super::naming::voice_name(replica, i18n.get_locale(), &voice))
                        .into(),
                    icon: None,
                })
                .collect();
            let choose = UnsyncCallback::new(move |(place,): (usize,)| {
                ballot.voice.set(place);
                if untrack(|| !ballot.dots.read().is_empty()) {
                    ballot.changed();
                }
            });
            view! {
                <div class="vote__as">
                    <p class="moment__hint">{text!(moment.vote_as)}</p>
                    {choice_row(text!(moment.vote_as).into(), choices, ballot.voice.into(), choose)}
                </div>
            }
        })
    }
}
