//! Steering: hide, gather, and what the wall shows because somebody chose it.

use super::{Decision, event, events};
use crate::{
    board::NoteKind,
    geometry::BoardRect,
    ids::{NoteId, PersonId},
    limits::{MAX_BOARD_COORDINATE, MAX_TITLE_UTF16},
    session::{
        Edit, Event, Facts, Followers, Gather, Item, Outcome, Refusal, Scene, Session, Writing,
    },
};

impl Session {
    pub(super) fn hide(&self, note: NoteId, facts: &dyn Facts) -> Decision {
        if self.hidden.contains(&note) {
            return Err(Refusal::Already);
        }
        if !facts.has(&Item::Note(note.clone())) {
            return Err(Refusal::Unknown);
        }
        let is_on_the_wall = match &self.scene {
            Some(Scene::Spotlight(Item::Note(shown)) | Scene::Broken(shown)) => *shown == note,
            _ => false,
        };
        // How others say it tells what it says.
        let said_back = self.restating.iter().filter(|(_, one)| one.note == note);
        let said_back = said_back.map(|(who, _)| Event::Restating(who.clone(), None));
        let mut happens: Vec<Event> = said_back.collect();
        happens.extend(is_on_the_wall.then_some(Event::Scene(None)));
        happens.push(Event::Hidden(note, true));
        Ok(events(happens))
    }

    pub(super) fn restore(&self, note: NoteId) -> Decision {
        if !self.hidden.contains(&note) {
            return Err(Refusal::Already);
        }
        let kept = self.withheld.get(&note).cloned();
        let edit = kept.map(|kept| Edit::SayAgain(note.clone(), kept));
        Ok(Outcome {
            events: vec![Event::Hidden(note, false)],
            edits: edit.into_iter().collect(),
        })
    }

    pub(super) fn gather_here(&self, who: &PersonId, rect: BoardRect) -> Decision {
        if !can_be_looked_at(rect) {
            return Err(Refusal::Malformed);
        }
        let count = self.gather.map_or(1, |former| former.count + 1);
        Ok(events(vec![
            Event::Gather(Gather { rect, count }),
            Event::Followed(Some((who.clone(), Followers::Everybody))),
        ]))
    }

    /// The wall goes on following where it was chosen.
    pub(super) fn stop_gathering(&self) -> Decision {
        let (whom, _) = self.followed.clone().ok_or(Refusal::Already)?;
        let followed = (self.scene == Some(Scene::Follow)).then_some((whom, Followers::Wall));
        Ok(event(Event::Followed(followed)))
    }

    /// What the wall follows is seen by who chose that it does.
    pub(super) fn choose_scene(
        &self,
        who: &PersonId,
        scene: Option<Scene>,
        is_pinned: bool,
        facts: &dyn Facts,
    ) -> Decision {
        let follows = scene == Some(Scene::Follow);
        let mut outcome = Self::set_scene(scene, is_pinned, facts)?;
        match &self.followed {
            Some((_, Followers::Everybody)) => {}
            Some(_) if !follows => outcome.events.push(Event::Followed(None)),
            _ if follows => {
                let followed = (who.clone(), Followers::Wall);
                outcome.events.push(Event::Followed(Some(followed)));
            }
            _ => {}
        }
        Ok(outcome)
    }

    pub(super) fn spotlight(item: Option<Item>, facts: &dyn Facts) -> Decision {
        Self::set_scene(item.map(Scene::Spotlight), false, facts)
    }

    pub(super) fn set_scene(scene: Option<Scene>, is_pinned: bool, facts: &dyn Facts) -> Decision {
        let is_there = match &scene {
            Some(Scene::Spotlight(item)) => facts.has(item),
            Some(Scene::Broken(note)) => facts.has(&Item::Note(note.clone())),
            _ => true,
        };
        if !is_there {
            return Err(Refusal::Unknown);
        }
        let pin = (is_pinned && scene.is_some()).then_some(Event::ScenePinned);
        let shown = [Event::Scene(scene)];
        Ok(events(shown.into_iter().chain(pin).collect()))
    }

    /// What somebody opened to look at makes room for what begins, unless it was pinned: the room would look at the one
    /// and be asked for the other.
    pub(super) fn with_the_wall_following(&self, mut outcome: Outcome) -> Outcome {
        let is_chosen_now = |event: &Event| matches!(event, Event::Scene(Some(_)));
        if self.scene.is_none() || outcome.events.iter().any(is_chosen_now) {
            return outcome;
        }
        let gives_way = |event: &Event| *event == Event::Scene(None);
        let phase = self.stage.phase();
        if self.is_scene_pinned {
            let enters =
                |event: &Event| matches!(event, Event::Stage(stage) if stage.phase() != phase);
            if outcome.events.iter().any(enters) {
                outcome.events.retain(|event| !gives_way(event));
            }
            return outcome;
        }
        let begins = |event: &Event| match event {
            Event::Revealed(notes) => !notes.is_empty(),
            Event::Round(round) => {
                let known = self.rounds.iter().find(|known| known.id == round.id);
                known.is_none_or(|known| known.is_open() != round.is_open())
            }
            Event::Writing(writing) => *writing == Writing::Silent && self.writing != *writing,
            Event::Turns(turns) => turns.is_some() && self.turns.is_none(),
            Event::Restating(_, said) => said.is_some() && self.restating.is_empty(),
            _ => false,
        };
        if outcome.events.iter().any(begins) && !outcome.events.iter().any(gives_way) {
            outcome.events.push(Event::Scene(None));
            if matches!(self.followed, Some((_, Followers::Wall))) {
                outcome.events.push(Event::Followed(None));
            }
        }
        outcome
    }

    /// The ceremony: the habit is marked, and the wall shows it.
    pub(super) fn break_habit(
        &self,
        by: &PersonId,
        note: NoteId,
        who: String,
        from: String,
        facts: &dyn Facts,
    ) -> Decision {
        let is_sound =
            |text: &str| !text.trim().is_empty() && text.encode_utf16().count() <= MAX_TITLE_UTF16;
        if !is_sound(&who) || !is_sound(&from) {
            return Err(Refusal::Malformed);
        }
        let habit = facts
            .notes()
            .into_iter()
            .find(|known| known.id == note && known.kind == NoteKind::Habit)
            .filter(|known| !self.hidden.contains(&known.id))
            .ok_or(Refusal::Unknown)?;
        if !self.leads(by) && self.locks.hold(habit.cluster.as_ref()) {
            return Err(Refusal::Locked);
        }
        Ok(Outcome {
            edits: vec![Edit::BreakHabit {
                note: note.clone(),
                who,
                from,
            }],
            ..events(vec![Event::Scene(Some(Scene::Broken(note)))])
        })
    }
}

/// Whether this is a part of the board.
pub fn can_be_looked_at(rect: BoardRect) -> bool {
    let corners = [rect.min.x, rect.min.y, rect.max.x, rect.max.y];
    let is_on_board = |number: &f64| number.is_finite() && number.abs() <= MAX_BOARD_COORDINATE;
    corners.iter().all(is_on_board) && rect.max.x > rect.min.x && rect.max.y > rect.min.y
}
