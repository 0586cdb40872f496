//! What this device remembers of the session, for a page that is opened where there is no network: what is
//! written in silence must not become a note because nobody could say that it is silent.

use crate::{browser::storage, replica::Replica};
use leptos::prelude::*;
use samtavle_shared::{
    ids::{NoteId, PersonId, VoiceId},
    session::{
        GroupId, GroupView, Locks, OwnView, PaperView, Phase, SharedView, Showing, Stage, Timer,
        VoiceView, Writing,
    },
    wire::Role,
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    phases: Vec<Phase>,
    stage: Stage,
    voices: Vec<VoiceView>,
    showing: Showing,
    writing: Writing,
    groups: Vec<GroupView>,
    locks: Locks,
    hidden: Vec<NoteId>,
    person: Option<PersonId>,
    name: String,
    own_voices: Vec<VoiceId>,
    group: Option<GroupId>,
    #[serde(default)]
    paper: Vec<PaperView>,
}

impl Kept {
    fn of(shared: &SharedView, own: &OwnView) -> Self {
        Self {
            phases: shared.phases.clone(),
            stage: still(shared.stage, shared.now),
            voices: shared.voices.clone(),
            showing: shared.showing,
            writing: shared.writing,
            groups: shared.groups.clone(),
            locks: shared.locks.clone(),
            hidden: shared.hidden.clone(),
            person: own.person.clone(),
            name: own.name.clone(),
            own_voices: own.voices.clone(),
            group: own.group,
            paper: own.paper.clone(),
        }
    }

    fn into_views(self) -> (SharedView, OwnView) {
        let shared = SharedView {
            phases: self.phases,
            stage: self.stage,
            voices: self.voices,
            showing: self.showing,
            writing: self.writing,
            groups: self.groups,
            locks: self.locks,
            hidden: self.hidden,
            ..SharedView::default()
        };
        let own = OwnView {
            person: self.person,
            name: self.name,
            voices: self.own_voices,
            group: self.group,
            paper: self.paper,
            ..OwnView::default()
        };
        (shared, own)
    }
}

/// A clock that nobody winds stands still.
fn still(stage: Stage, now: u64) -> Stage {
    match stage {
        Stage::In(phase, Timer::Waits { left }) => Stage::In(phase, Timer::Waits { left }),
        Stage::In(phase, timer) => Stage::In(
            phase,
            Timer::Paused {
                left: timer.left(now),
            },
        ),
        Stage::Gathering | Stage::Over => stage,
    }
}

fn key(replica: Replica) -> String {
    ["samtavle.session.", replica.ticket().board.as_str()].concat()
}

/// Whether this device remembers anything of the session.
pub(super) fn is_kept(replica: Replica) -> bool {
    storage::read(&key(replica)).is_some()
}

/// Shows the session as it was when this device last heard of it, and remembers it from now on.
pub(super) fn keep_session(replica: Replica) {
    let key = key(replica);
    let session = replica.session;
    let kept = storage::read(&key).and_then(|json| serde_json::from_str::<Kept>(&json).ok());
    if let (Some(kept), false) = (kept, session.is_known.get_untracked()) {
        let (shared, own) = kept.into_views();
        replica.state.set_hidden(&shared.hidden);
        if replica.role.get_untracked() != Some(Role::Facilitator) {
            session.locked.set(shared.locks.clone());
        }
        session.shared.set(shared);
        session.own.set(own);
    }
    let now = Memo::new(move |_| {
        let is_known = session.is_known.get();
        is_known.then(|| {
            session
                .shared
                .with(|shared| session.own.with(|own| Kept::of(shared, own)))
        })
    });
    Effect::new(move || {
        if let Some(json) = now.get().and_then(|kept| serde_json::to_string(&kept).ok()) {
            storage::write(&key, &json);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtavle_shared::session::PhaseId;

    #[test]
    fn silence_is_remembered_and_its_clock_stands_still() {
        let shared = SharedView {
            now: 1_000,
            stage: Stage::In(PhaseId(2), Timer::Runs { ends_at: 61_000 }),
            writing: Writing::Silent,
            ..SharedView::default()
        };
        let json = serde_json::to_string(&Kept::of(&shared, &OwnView::default())).unwrap();
        let (kept, _) = serde_json::from_str::<Kept>(&json).unwrap().into_views();
        assert_eq!(kept.writing, Writing::Silent);
        assert_eq!(
            kept.stage,
            Stage::In(PhaseId(2), Timer::Paused { left: 60_000 })
        );
    }
}
