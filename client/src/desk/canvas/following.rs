//! What the session does to this desk: it brings the view somewhere, turns revealed notes over, and is
//! told which notes were read here.

use super::{
    SETTLED,
    stage::{Distance, Stage},
};
use crate::{desk::Editing, replica::Replica, session::post::own_area};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardPoint, BoardRect, Camera},
    ids::NoteId,
    layout::most_of,
    session::{GroupId, PhaseId},
};
use std::{collections::HashMap, time::Duration};

/// How long the view is on its way.
const FLIGHT_MS: f64 = 240.0;
/// How long a reveal lasts, with its wave.
const REVEAL: Duration = Duration::from_millis(2_400);
/// More notes than this turn over at once at the end of the wave.
const MOST_TURNS: usize = 24;
/// So long in front of somebody, a note can have been read.
const READ: Duration = Duration::from_millis(1_500);
/// Nearer than this, letters can be read.
const READABLE: f64 = 0.6;

impl Stage {
    /// Shows this part of the board, on the way at an even pace.
    pub(crate) fn fly_to(self, part: BoardRect) {
        let goal = self.desk.looking_at(part);
        if wants_less_motion() {
            self.desk.camera.set(goal);
            return;
        }
        let start = self.desk.camera.get_untracked();
        self.fly(start, goal, Replica::now_ms());
    }

    fn fly(self, start: Camera, goal: Camera, since: f64) {
        request_animation_frame(move || {
            let part = ((Replica::now_ms() - since) / FLIGHT_MS).clamp(0.0, 1.0);
            let eased = 1.0 - (1.0 - part).powi(3);
            let mix = |from: f64, to: f64| from + (to - from) * eased;
            let (from, to) = (start.origin(), goal.origin());
            let camera = if part < 1.0 {
                let origin = BoardPoint::new(mix(from.x, to.x), mix(from.y, to.y));
                Camera::new(origin, mix(start.scale(), goal.scale()))
            } else {
                goal
            };
            // The page may be another by now.
            if self.desk.camera.try_set(camera).is_none() && part < 1.0 {
                self.fly(start, goal, since);
            }
        });
    }

    /// Whoever writes where it is being locked stops writing: the server would not take it.
    pub(super) fn follow_locks(self) {
        let replica = self.desk.replica;
        Effect::new(move || {
            let is_open = replica.may_write()
                && self.desk.editing.with(|editing| match editing {
                    Some(Editing::Note(note)) => replica.may_touch(note),
                    Some(Editing::Title(cluster)) => replica.is_unlocked(cluster),
                    None => true,
                });
            if !is_open && self.desk.editing.with_untracked(Option::is_some) {
                self.desk.editing.set(None);
            }
        });
    }

    /// Notes that are revealed turn over in a wave, once.
    pub(super) fn follow_reveals(self) {
        let session = self.desk.replica.session;
        let reveals = session.part(|view| view.reveals);
        Effect::new(move |before: Option<Option<u32>>| {
            let count = reveals.get();
            if !session.is_known.get() {
                return None;
            }
            if before.flatten().is_some_and(|before| before < count) {
                let revealed = session.shared.with_untracked(|view| view.revealed.clone());
                set_timeout(
                    {
                        let revealed = revealed.clone();
                        move || self.look_at_new(&revealed)
                    },
                    SETTLED,
                );
                self.turn_over(revealed);
            }
            Some(count)
        });
    }

    /// What was revealed is seen beside the panels; who writes just now keeps their place.
    fn look_at_new(self, notes: &[NoteId]) {
        if self.desk.editing.try_get_untracked() != Some(None) || self.is_dragging.get_untracked() {
            return;
        }
        let state = self.desk.replica.state;
        let Some(part) = most_of(notes.iter().filter_map(|id| state.rect_of(id))) else {
            return;
        };
        let camera = self.desk.camera.get_untracked();
        let clear = self.desk.clear_now();
        let (min, max) = (
            camera.screen_from_board(part.min),
            camera.screen_from_board(part.max),
        );
        let is_clear = min.x >= clear.left
            && min.y >= clear.top
            && max.x <= clear.right
            && max.y <= clear.bottom;
        if !is_clear {
            self.fly_to(part);
        }
    }

    /// Whoever is seated in a group sees its place.
    pub(super) fn follow_group(self) {
        let session = self.desk.replica.session;
        let group = session.own_part(|own| own.group.filter(|_| !own.leads));
        Effect::new(move |before: Option<Option<Option<GroupId>>>| {
            let group = group.get();
            if !session.is_known.get() {
                return None;
            }
            let is_new = before.flatten().is_some_and(|before| before != group);
            if is_new && group.is_some() {
                let go = move || {
                    if self.desk.editing.try_get_untracked() == Some(None)
                        && let Some(area) = own_area(self.desk.replica)
                    {
                        self.fly_to(area);
                    }
                };
                set_timeout(go, SETTLED);
            }
            Some(group)
        });
    }

    /// Another phase asks for something else: what was asked about a note is put away, unless somebody is
    /// answering it.
    pub(super) fn follow_phase(self) {
        let phase = self.desk.replica.session.part(|view| view.stage.phase());
        Effect::new(move |before: Option<Option<PhaseId>>| {
            let phase = phase.get();
            if before.is_some_and(|before| before != phase) {
                self.details.set(is_answering().then_some(true));
            }
            phase
        });
    }

    fn turn_over(self, revealed: Vec<NoteId>) {
        let turns: HashMap<NoteId, usize> = revealed
            .into_iter()
            .enumerate()
            .map(|(turn, id)| (id, turn.min(MOST_TURNS)))
            .collect();
        if turns.is_empty() {
            return;
        }
        self.just_revealed.set(turns);
        set_timeout(
            move || {
                let _ = self.just_revealed.try_set(HashMap::new()); // the page may be another
            },
            REVEAL,
        );
    }

    /// Tells which notes were in front of the person here long enough to be read.
    pub(super) fn follow_reading(self) {
        let is_waiting = StoredValue::new(false);
        Effect::new(move || {
            self.shown.track();
            let is_still = !self.is_moving.get() && self.distance.get() == Distance::Near;
            if is_still && !is_waiting.get_value() {
                self.wait_for_reading(is_waiting);
            }
        });
    }

    fn wait_for_reading(self, is_waiting: StoredValue<bool>) {
        let camera = self.desk.camera.get_untracked();
        if camera.scale() < READABLE {
            return;
        }
        let notes = self.in_front(camera);
        is_waiting.set_value(true);
        set_timeout(
            move || {
                if is_waiting.try_set_value(false).is_some() {
                    return; // the page is another by now
                }
                let has_stayed = self.desk.camera.get_untracked() == camera;
                let is_near = self.distance.get_untracked() == Distance::Near;
                if has_stayed && is_near {
                    for note in &notes {
                        self.desk.replica.saw(note);
                    }
                    // What came meanwhile is read next.
                    let now = self.in_front(camera);
                    if now.iter().any(|note| !notes.contains(note)) {
                        self.wait_for_reading(is_waiting);
                    }
                } else if is_near && !self.is_moving.get_untracked() {
                    self.wait_for_reading(is_waiting);
                }
            },
            READ,
        );
    }
}

impl Stage {
    /// The notes that are in view, at least half.
    fn in_front(self, camera: Camera) -> Vec<NoteId> {
        let visible = camera.visible(self.desk.view.get_untracked());
        let state = self.desk.replica.state;
        let mut notes = state.notes_in(visible);
        notes.retain(|id| {
            let rect = state.rect_of(id);
            rect.is_some_and(|rect| visible.contains(rect.center()))
        });
        notes
    }
}

/// Whether somebody writes in what is asked about a note.
fn is_answering() -> bool {
    document()
        .active_element()
        .is_some_and(|active| matches!(active.closest(".note-panel"), Ok(Some(_))))
}

pub(super) fn wants_less_motion() -> bool {
    window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}
