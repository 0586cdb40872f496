//! Carries out what the tools ask for, and says it to who listens.

use super::{super::Editing, actions::Deleted, stage::Stage};
use crate::{
    desk::{Selection, Tool},
    i18n::{language::counted, td_string},
    notes::{cluster_title, undo::offer_undo},
    tools::{Command, Drop, Input},
};
use leptos::prelude::*;
use samtavle_shared::board::StepId;

impl Stage {
    /// One input for the gesture under way.
    pub(super) fn take(self, input: Input) {
        let tool = self.desk.tool.get_untracked();
        let gesture = self
            .gesture
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        let (gesture, commands) = gesture.on(input, tool, &self);
        let is_dragging = gesture.is_dragging();
        self.gesture.set_value(gesture);
        for command in commands {
            self.perform(command);
        }
        if self.is_dragging.get_untracked() != is_dragging {
            self.is_dragging.set(is_dragging);
        }
    }

    fn perform(self, command: Command) {
        let desk = self.desk;
        match command {
            Command::Pan(way) => desk.camera.update(|camera| *camera = camera.panned(way)),
            Command::Pinch { before, after } => {
                desk.camera
                    .update(|camera| *camera = camera.pinched(before, after));
            }
            Command::Select(notes) => {
                self.image.set(None);
                desk.select(notes);
            }
            Command::Toggle(note) => {
                let mut notes = desk.selection.get_untracked().notes;
                match notes.iter().position(|other| *other == note) {
                    Some(index) => {
                        notes.remove(index);
                    }
                    None => notes.push(note),
                }
                desk.select(notes);
            }
            Command::SelectCluster(cluster) => {
                let selection = Selection {
                    notes: Vec::new(),
                    cluster: Some(cluster),
                };
                if desk.selection.with_untracked(|now| *now != selection) {
                    desk.selection.set(selection);
                }
            }
            Command::Lift { notes, by } => desk.replica.lift(Some((notes, by))),
            Command::Foresee(drop) => self.drop.set(drop),
            Command::ChooseImage(image) => self.choose_image(image),
            Command::OpenImage(image) => self.open_image(&image),
            Command::LiftImage(_, by) => self.image_lift.set(Some(by)),
            Command::LayImage(image, by) => {
                self.move_image(&image, by);
                self.image_lift.set(None);
            }
            Command::LayBack => {
                self.image_lift.set(None);
                self.drop.set(Drop::Move);
                desk.replica.lift(None);
            }
            Command::LayDown(dropped) => {
                self.drop.set(Drop::Move);
                if self.is_drop_locked(&dropped) {
                    desk.replica.lift(None);
                    self.say_locked();
                    return;
                }
                if let Drop::Merge(into) = &dropped.drop {
                    desk.replica.lift(None);
                    return self.ask_about_merging(into.clone(), dropped.clone());
                }
                let before = self.drop_words(&dropped.drop);
                let made = desk.lay_down(&dropped);
                desk.replica.lift(None);
                if made.is_some() {
                    self.say_cluster_made();
                } else if let Some(words) = before {
                    self.notices.announce(words);
                }
            }
            Command::DrawLoop(points) => self.loop_drawn.set(points),
            Command::EndLoop => {
                self.loop_drawn.set(Vec::new());
                self.say_selected();
            }
            Command::AddNote { kind, at } => {
                let cluster = desk.replica.state.cluster_at(at);
                let is_locked =
                    untrack(|| cluster.is_some_and(|cluster| !desk.replica.is_unlocked(&cluster)));
                if is_locked {
                    return self.say_locked();
                }
                if desk.add_note(kind, at).is_some() {
                    self.say_note_added();
                }
            }
            Command::EditNote(note) => {
                desk.select(vec![note.clone()]);
                desk.editing.set(Some(Editing::Note(note)));
            }
            Command::EditTitle(cluster) => desk.editing.set(Some(Editing::Title(cluster))),
            Command::ConnectFrom(item) => self.connect_from(Some(item)),
            Command::ConnectTo(item) => self.connect_to(&item),
            Command::SayLocked => self.say_locked(),
            Command::PutToolAway => desk.tool.set(Tool::Select),
        }
    }

    /// Into a locked cluster nothing is laid, out of one nothing is taken.
    fn is_drop_locked(self, dropped: &crate::tools::Dropped) -> bool {
        let replica = self.desk.replica;
        untrack(|| {
            let into = match &dropped.drop {
                Drop::Join(cluster) | Drop::Merge(cluster) => !replica.is_unlocked(cluster),
                Drop::Pair(note) => !replica.may_touch(note),
                Drop::Move | Drop::Leave => false,
            };
            into || !dropped.notes.iter().all(|note| replica.may_touch(note))
        })
    }

    fn drop_words(self, drop: &Drop) -> Option<String> {
        let locale = self.i18n.get_locale_untracked();
        match drop {
            Drop::Join(cluster) => {
                let shape = self.desk.replica.state.cluster(cluster)?;
                let title =
                    shape.with_untracked(|shape| cluster_title(locale, &shape.cluster.title));
                let words = td_string!(locale, cluster.moved_into);
                Some(crate::i18n::language::filled(words, &[("title", &title)]))
            }
            Drop::Leave => Some(td_string!(locale, cluster.taken_out).to_owned()),
            Drop::Move | Drop::Pair(_) | Drop::Merge(_) => None,
        }
    }

    /// Takes what is selected in hand, for the next click, or leaves it where it lies.
    pub(super) fn take_in_hand(self) {
        if self.desk.tool.get_untracked() == Tool::Carry {
            return self.desk.tool.set(Tool::Select);
        }
        self.desk.tool.set(Tool::Carry);
        let locale = self.i18n.get_locale_untracked();
        self.notices.show(td_string!(locale, note.carry_hint));
    }

    pub(super) fn say_note_added(self) {
        self.notices.announce(td_string!(
            self.i18n.get_locale_untracked(),
            aria.note_added
        ));
    }

    pub(super) fn say_cluster_made(self) {
        self.notices
            .announce(td_string!(self.i18n.get_locale_untracked(), cluster.made));
    }

    pub(super) fn say_selected(self) {
        let count = self
            .desk
            .selection
            .with_untracked(|selection| selection.notes.len());
        let locale = self.i18n.get_locale_untracked();
        let words = if count == 0 {
            td_string!(locale, aria.nothing_selected).to_owned()
        } else {
            counted(
                count,
                td_string!(locale, desk.selected_1),
                td_string!(locale, desk.selected_n),
            )
        };
        self.notices.announce(words);
    }

    /// Says what was done, with the way back.
    pub(super) fn offer_undo(self, words: impl Into<String>, step: Option<StepId>) {
        offer_undo(words, step, self.desk.replica, self.i18n, self.notices);
    }

    /// Says that notes are gone, with the way back.
    pub(super) fn say_deleted(self, deleted: Deleted) {
        let count = deleted.notes;
        let locale = self.i18n.get_locale_untracked();
        let words = counted(
            count,
            td_string!(locale, note.deleted_1),
            td_string!(locale, note.deleted_n),
        );
        self.offer_undo(words, deleted.step);
    }
}
