//! Steering: hide, gather, and what the wall shows because somebody chose it.

use super::{Decision, event, events};
use crate::{
    board::NoteKind,
    geometry::BoardRect,
    ids::{NoteId, PersonId},
    limits::{MAX_BOARD_COORDINATE, MAX_TITLE_UTF16},
    session::{Edit, Event, Facts, Followers, Gather, Item, Outcome, Refusal, Scene, Session},
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
        facts: &dyn Facts,
    ) -> Decision {
        let follows = scene == Some(Scene::Follow);
        let mut outcome = Self::set_scene(scene, facts)?;
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
        Self::set_scene(item.map(Scene::Spotlight), facts)
    }

    pub(super) fn set_scene(scene: Option<Scene>, facts: &dyn Facts) -> Decision {
        let is_there = match &scene {
            Some(Scene::Spotlight(item)) => facts.has(item),
            Some(Scene::Broken(note)) => facts.has(&Item::Note(note.clone())),
            _ => true,
        };
        if !is_there {
            return Err(Refusal::Unknown);
        }
        Ok(event(Event::Scene(scene)))
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
