//! What the wall shows: chosen by itself from the session, or by the facilitator.
//!
//! ```text
//! view ─► WallWatch (what is new since the last view: moments) ─┐
//! view ─► what the facilitator chose, what goes on ─────────────┴─► scene_of ─► WallScene
//! ```
//! A moment is something that has just happened and is over after some seconds; seconds of the people in
//! the room, so the page counts them and says when they are over.

use super::{Item, PhaseId, RoundId, Scene, SharedView, Stage, Tool, Writing};
use crate::{board::NoteKind, ids::NoteId};

/// What the wall can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WallScene {
    /// How to join, large.
    Gather,
    /// All write, and nobody sees what.
    Silent,
    /// Drafts become notes.
    Reveal,
    /// The notes in their clusters.
    Clusters,
    /// One note or cluster, large.
    Spotlight(Item),
    /// Whose turn it is.
    Turns,
    /// People vote.
    Vote,
    /// How they voted.
    Result,
    /// Each has got a thought they did not expect.
    Disturbance,
    /// Notes are said back.
    SayBack,
    /// What was said back, to be read aloud.
    SaidBack,
    /// What is missing.
    Insights,
    /// Plans by their state.
    Plans,
    /// A habit is broken.
    Broken(NoteId),
    /// Who sits at which table: by number and voices.
    Groups,
    /// What the facilitator sees.
    Follow,
}

impl WallScene {
    /// Its name for tests and styles.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Gather => "gather",
            Self::Silent => "silent",
            Self::Reveal => "reveal",
            Self::Clusters => "clusters",
            Self::Spotlight(_) => "spotlight",
            Self::Turns => "turns",
            Self::Vote => "vote",
            Self::Result => "result",
            Self::Disturbance => "disturbance",
            Self::SayBack => "say-back",
            Self::SaidBack => "said-back",
            Self::Insights => "insights",
            Self::Plans => "plans",
            Self::Broken(_) => "broken",
            Self::Groups => "groups",
            Self::Follow => "follow",
        }
    }
}

/// What the wall has to know of the board to choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WallFacts {
    /// Whether there is nothing on it.
    pub is_empty: bool,
    /// Whether there is a plan.
    pub has_plans: bool,
    /// Whether what the facilitator chose is on it.
    pub has_chosen: bool,
}

/// What has just happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Reveal,
    Surprise,
    Result,
    Groups,
}

impl Moment {
    /// How long it is shown; `None`: until something else happens.
    const fn milliseconds(self) -> Option<u32> {
        match self {
            // The wave, and the time to find one's own.
            Self::Reveal => Some(12_000),
            // To look up, read it, and look down at the phone.
            Self::Surprise => Some(20_000),
            // To find a table.
            Self::Groups => Some(90_000),
            Self::Result => None,
        }
    }
}

/// What of a view tells that something has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Counts {
    phase: Option<PhaseId>,
    scene: Option<Scene>,
    reveals: u32,
    surprises: u32,
    mixes: u32,
    closed: Option<RoundId>,
    open: Option<RoundId>,
    is_silent: bool,
    has_turns: bool,
    is_said_back: bool,
}

impl Counts {
    fn of(view: &SharedView) -> Self {
        let round = |is_open: bool| {
            let round = view.round.as_ref()?;
            (round.is_open == is_open).then_some(round.id)
        };
        Self {
            phase: view.stage.phase(),
            scene: view.scene.clone(),
            reveals: view.reveals,
            surprises: view.surprises,
            mixes: view.mixes,
            closed: round(false),
            open: round(true),
            is_silent: view.writing == Writing::Silent,
            has_turns: view.turns.is_some(),
            is_said_back: view.say_back.is_some(),
        }
    }

    /// Whether something has begun that the room is to do together.
    fn something_began(&self, before: &Self) -> bool {
        self.phase != before.phase
            || self.is_silent && !before.is_silent
            || self.has_turns && !before.has_turns
            || self.is_said_back && !before.is_said_back
            || self.open.is_some() && self.open != before.open
    }

    /// The weightiest thing that has happened.
    fn moment(&self, before: &Self, view: &SharedView) -> Option<Moment> {
        [
            (
                Moment::Reveal,
                self.reveals > before.reveals && !view.revealed.is_empty(),
            ),
            (Moment::Surprise, self.surprises > before.surprises),
            (
                Moment::Result,
                self.closed.is_some() && self.closed != before.closed,
            ),
            (
                Moment::Groups,
                self.mixes > before.mixes && !view.groups.is_empty(),
            ),
        ]
        .into_iter()
        .find_map(|(moment, has_come)| has_come.then_some(moment))
    }
}

/// What the wall has seen happen. What was there before it was hung up is no moment, but for a result that
/// is still what the room looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WallWatch {
    before: Option<Counts>,
    moment: Option<Moment>,
    /// Counts the moments, so that the end of one is not taken for the end of the next.
    moments: u32,
}

impl WallWatch {
    /// Hears a view. Gives the number of the moment that has begun with it, and how many milliseconds it
    /// lasts: then call [`WallWatch::moment_is_over`].
    pub fn hear(&mut self, view: &SharedView) -> Option<(u32, u32)> {
        let now = Counts::of(view);
        let Some(before) = self.before.replace(now.clone()) else {
            self.moment = is_still_looked_at(view).then_some(Moment::Result);
            return None;
        };
        let began = now.something_began(&before);
        let is_chosen_anew = now.scene != before.scene;
        let moment = now.moment(&before, view);
        if moment.is_some() || began || is_chosen_anew && now.scene.is_some() {
            self.moment = moment;
            self.moments += 1;
        }
        Some((self.moments, moment?.milliseconds()?))
    }

    /// A moment's time is over; nothing if it has made room for another already.
    pub fn moment_is_over(&mut self, number: u32) {
        if self.moments == number {
            self.moment = None;
        }
    }
}

/// Whether the newest round was closed in the present phase, and nothing has begun since.
fn is_still_looked_at(view: &SharedView) -> bool {
    let phase = view.stage.phase();
    let round = view.round.as_ref();
    phase.is_some()
        && round.is_some_and(|round| !round.is_open && round.closed_in == phase)
        && view.turns.is_none()
        && view.say_back.is_none()
        && view.writing != Writing::Silent
}

/// What the wall shows now.
pub fn scene_of(view: &SharedView, watch: &WallWatch, board: WallFacts) -> WallScene {
    // The room is asked before it goes on: nothing else is looked at meanwhile.
    if view.looking.is_some() {
        return WallScene::Insights;
    }
    let is_silent = view.writing == Writing::Silent;
    let chosen = chosen(view, board);
    if let Some(chosen) = chosen.as_ref().filter(|_| view.is_scene_pinned) {
        return chosen.clone();
    }
    match watch.moment {
        Some(Moment::Reveal) => return WallScene::Reveal,
        Some(Moment::Surprise) => return WallScene::Disturbance,
        Some(Moment::Groups) if !is_silent && !view.groups.is_empty() => {
            return WallScene::Groups;
        }
        Some(Moment::Groups | Moment::Result) | None => {}
    }
    if let Some(chosen) = chosen {
        return chosen;
    }
    if watch.moment == Some(Moment::Result) {
        return WallScene::Result;
    }
    if view.turns.is_some() {
        WallScene::Turns
    } else if view.round.as_ref().is_some_and(|round| round.is_open) {
        WallScene::Vote
    } else if is_silent {
        WallScene::Silent
    } else if view.say_back.is_some() {
        WallScene::SayBack
    } else if board.has_plans && is_about_plans(view) {
        WallScene::Plans
    } else if board.is_empty {
        WallScene::Gather
    } else {
        WallScene::Clusters
    }
}

/// What the facilitator chose, as far as it can be shown. The session lets go of it when something begins.
fn chosen(view: &SharedView, board: WallFacts) -> Option<WallScene> {
    Some(match view.scene.clone()? {
        Scene::Spotlight(_) | Scene::Broken(_) if !board.has_chosen => {
            return None;
        }
        Scene::Spotlight(item) => WallScene::Spotlight(item),
        Scene::Broken(note) => WallScene::Broken(note),
        Scene::Gather => WallScene::Gather,
        Scene::Clusters => WallScene::Clusters,
        Scene::Votes => match &view.round {
            Some(round) if round.is_open => WallScene::Vote,
            Some(_) => WallScene::Result,
            None => return None,
        },
        Scene::SaidBack if view.said_back.is_empty() => return None,
        Scene::SaidBack => WallScene::SaidBack,
        Scene::Insights => WallScene::Insights,
        Scene::Plans => WallScene::Plans,
        Scene::Follow => WallScene::Follow,
    })
}

/// Whether plans are what it is about: they are written in the present phase, it is a later sitting's in which
/// they are tried, or the workshop is over and they are what it came to.
fn is_about_plans(view: &SharedView) -> bool {
    let id = match view.stage {
        Stage::Gathering => return false,
        Stage::Over => return true,
        Stage::In(id, _) => id,
    };
    let mut phases = view.phases.iter().filter(|phase| phase.id == id);
    phases.any(|phase| {
        phase.kinds.first() == Some(&NoteKind::Plan)
            || phase.sitting > 0 && phase.tools.contains(&Tool::Plans)
    })
}

#[cfg(test)]
mod tests;
