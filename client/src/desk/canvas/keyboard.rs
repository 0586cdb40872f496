//! Keys: everything that the pointer does can be done without it.

use super::{
    super::{Editing, letters},
    stage::Stage,
};
use crate::replica::Replica;
use crate::{
    desk::Tool,
    notes::undo::{redo, undo},
    parts::menu::{Step, focus_one},
    tools::{Direction, Input, KeyPress, Reach, Shortcut},
};
use leptos::{ev, prelude::*};
use samtavle_shared::{
    geometry::{BoardVector, ScreenVector},
    ids::{ClusterId, ImageId, NoteId},
};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Board units that an arrow moves what is selected.
const STEP: f64 = 8.0;
/// The same with shift.
const FINE: f64 = 1.0;
/// Screen pixels that an arrow moves the view.
const PAN: f64 = 80.0;
/// Arrows within this pause are one step to take back.
const BURST: Duration = Duration::from_millis(600);
/// Where keys are not ours: text is written there, or they choose from a list.
const OWN_KEYS: &str = "input, textarea, select, [contenteditable=true], dialog, [role=dialog], [role=menu], [role=listbox]";

/// What Tab comes to on the canvas.
#[derive(PartialEq)]
enum Stop {
    Note(NoteId),
    Cluster(ClusterId),
    Image(ImageId),
}

impl Stage {
    /// Listens on the window, so that letters work wherever the focus is but in a field.
    pub(super) fn listen_to_keys(self) {
        let last_nudge = StoredValue::new(f64::MIN);
        let down = window_event_listener(ev::keydown, move |event| self.on_key(&event, last_nudge));
        let up = window_event_listener(ev::keyup, move |event| match event.key().as_str() {
            " " => self.holds_space.set(false),
            "Shift" => self.holds_shift.set(false),
            _ => {}
        });
        let shift = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Shift" {
                self.holds_shift.set(true);
            }
        });
        let blur = window_event_listener(ev::blur, move |_| {
            self.holds_space.set(false);
            self.holds_shift.set(false);
        });
        on_cleanup(move || {
            down.remove();
            shift.remove();
            up.remove();
            blur.remove();
        });
    }

    fn on_key(self, event: &KeyboardEvent, last_nudge: StoredValue<f64>) {
        if event.default_prevented() || event.is_composing() || is_own(event) {
            return;
        }
        if self.writes_soon(event) {
            return;
        }
        // As editors have it; also where letters are no shortcuts.
        if event.alt_key() && event.key() == "F10" && focus_in_bar(Step::First) {
            event.prevent_default();
            return;
        }
        if event.alt_key() {
            return;
        }
        let has_focus = self.has_focus(event);
        if event.key() == " " && has_focus {
            event.prevent_default();
            self.holds_space.set(true);
            return;
        }
        let key = event.key();
        let code = event.code();
        let press = KeyPress {
            key: &key,
            code: &code,
            with_command: event.ctrl_key() || event.meta_key(),
            with_shift: event.shift_key(),
        };
        let is_off = !press.with_command && letters::is_letter(&press) && !letters::are_shortcuts();
        let Some(shortcut) = Shortcut::of(press).filter(|_| !is_off) else {
            return;
        };
        let may = !shortcut.writes() || untrack(|| self.desk.replica.may_write());
        // Who may not write on it may read all of it.
        if !may && has_focus && matches!(shortcut, Shortcut::Edit) && self.read_selected() {
            event.prevent_default();
            return;
        }
        if !may || (shortcut.needs_focus() && !has_focus) {
            return;
        }
        // Elsewhere these zoom the page, as on any page.
        if press.with_command && shortcut.zooms() && !self.is_on_canvas(event) {
            return;
        }
        let is_tab = matches!(shortcut, Shortcut::Next | Shortcut::Previous);
        let has_chosen = !self.desk.chosen().is_empty()
            || self
                .desk
                .selection
                .with_untracked(|selection| selection.cluster.is_some())
            || self.image.get_untracked().is_some();
        if is_tab && is_on_nothing(event) && !has_chosen {
            return; // the page's first stop, as anywhere
        }
        let changes_selected = matches!(
            shortcut,
            Shortcut::Edit
                | Shortcut::Delete
                | Shortcut::Duplicate
                | Shortcut::Cluster
                | Shortcut::TakeOut
                | Shortcut::Spread
                | Shortcut::Go(..)
        );
        let is_connecting = self.desk.tool.get_untracked() == Tool::Connect;
        if changes_selected && !is_connecting && self.says_locked() {
            event.prevent_default();
            return;
        }
        let was_used = self.follow(shortcut, event.repeat(), last_nudge);
        if was_used {
            event.prevent_default();
        }
    }

    /// Whoever has asked for a note and types at once writes in it: with a kind in hand, and while the field is on its
    /// way. No letter of it is a shortcut.
    fn writes_soon(self, event: &KeyboardEvent) -> bool {
        let desk = self.desk;
        let key = event.key();
        let is_letter = key.chars().count() == 1;
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return false;
        }
        if desk.editing.with_untracked(Option::is_some) {
            desk.early.update_value(|early| match key.as_str() {
                "Enter" => early.push('\n'),
                "Backspace" => {
                    early.pop();
                }
                _ if is_letter => early.push_str(&key),
                _ => {}
            });
            let is_written = is_letter || matches!(key.as_str(), "Enter" | "Backspace");
            if is_written {
                event.prevent_default();
            }
            return is_written;
        }
        let Tool::Place(kind) = desk.tool.get_untracked() else {
            return false;
        };
        if !is_letter || key == " " || !untrack(|| desk.replica.may_write()) {
            return false;
        }
        desk.tool.set(Tool::Select);
        if desk.add_note_by_key(Some(kind)).is_some() {
            desk.early.set_value(key);
            event.prevent_default(); // else the paper of silence has the focus now, and takes the letter itself
            self.say_note_added();
        }
        true
    }

    /// Does what a shortcut says; false when there is nothing to do, so that the key stays the page's.
    fn follow(self, shortcut: Shortcut, repeats: bool, last_nudge: StoredValue<f64>) -> bool {
        let desk = self.desk;
        match shortcut {
            Shortcut::Add(_) if repeats => {}
            Shortcut::Add(kind) => {
                if desk.add_note_by_key(kind).is_some() {
                    self.say_note_added();
                }
            }
            Shortcut::SelectAll => {
                desk.select_all();
                self.say_selected();
            }
            Shortcut::LetGo => self.let_go(),
            Shortcut::Next => return self.go_to_note(1),
            Shortcut::Previous => return self.go_to_note(-1),
            Shortcut::Edit if self.connect_to_selected() || self.open_chosen_image() => {}
            Shortcut::Edit => return self.edit_selected(),
            Shortcut::Delete if self.delete_link() || self.remove_image() => {}
            Shortcut::Delete => {
                self.focus_canvas();
                self.delete_selected();
            }
            Shortcut::Duplicate => self.duplicate_selected(),
            Shortcut::Cluster => {
                if desk.cluster_selected().is_some() {
                    self.say_cluster_made();
                }
            }
            Shortcut::TakeOut => self.take_out(),
            Shortcut::Spread => {
                let piles = untrack(|| self.chosen_piles());
                if piles.is_empty() {
                    return false;
                }
                self.spread(&piles);
            }
            Shortcut::Go(direction, reach) => self.go(direction, reach, last_nudge),
            Shortcut::Undo => undo(desk.replica, self.i18n, self.notices),
            Shortcut::Redo => redo(desk.replica, self.i18n, self.notices),
            Shortcut::Fit => desk.fit(),
            Shortcut::ZoomIn => desk.zoom_in(),
            Shortcut::ZoomOut => desk.zoom_out(),
            Shortcut::ZoomToWhole => desk.zoom_to_whole(),
            Shortcut::Pointer => desk.tool.set(Tool::Select),
            Shortcut::Hand => desk.tool.set(Tool::Hand),
            Shortcut::Connect => self.begin_link(),
            Shortcut::ToBar => return focus_in_bar(Step::First),
            Shortcut::Menu => return self.open_menu_by_key(),
        }
        true
    }

    /// Keys in the bar of what is chosen: arrows go along it, Escape goes back to what it is about.
    pub(super) fn on_bar_key(self, event: &KeyboardEvent) {
        let step = match event.key().as_str() {
            "ArrowRight" => Step::Next,
            "ArrowLeft" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            "Escape" => {
                self.focus_chosen();
                event.stop_propagation(); // it stays chosen
                return event.prevent_default();
            }
            _ => return,
        };
        focus_in_bar(step);
        event.prevent_default();
    }

    fn let_go(self) {
        self.take(Input::Cancel);
        self.desk.early.set_value(String::new());
        self.link.set(None);
        self.image.set(None);
        if self.desk.tool.get_untracked() == Tool::Select {
            self.desk.select(Vec::new());
        } else {
            self.desk.tool.set(Tool::Select);
        }
    }

    fn edit_selected(self) -> bool {
        let selection = self.desk.selection.get_untracked();
        let editing = match (selection.notes.as_slice(), selection.cluster) {
            ([note], _) => Editing::Note(note.clone()),
            (_, Some(cluster)) => Editing::Title(cluster),
            _ => return false,
        };
        self.desk.editing.set(Some(editing));
        true
    }

    fn go(self, direction: Direction, reach: Reach, last_nudge: StoredValue<f64>) {
        let (x, y) = match direction {
            Direction::Left => (-1.0, 0.0),
            Direction::Right => (1.0, 0.0),
            Direction::Up => (0.0, -1.0),
            Direction::Down => (0.0, 1.0),
        };
        let desk = self.desk;
        let image = self.image.get_untracked();
        if desk.chosen().is_empty() && image.is_none() {
            let way = ScreenVector::new(-x * PAN, -y * PAN);
            desk.camera.update(|camera| *camera = camera.panned(way));
            return;
        }
        if !self.may_nudge() {
            return;
        }
        let now = Replica::now_ms();
        if now - last_nudge.get_value() > BURST.as_millis() as f64 {
            desk.replica.new_step();
        }
        last_nudge.set_value(now);
        let far = if reach == Reach::Fine { FINE } else { STEP };
        let by = BoardVector::new(x * far, y * far);
        match image {
            Some(image) => self.nudge_image(&image, by),
            None => desk.nudge(by),
        }
    }

    fn may_nudge(self) -> bool {
        untrack(|| self.desk.replica.may_write())
    }

    /// The next note in reading order, then the next cluster, then the next picture; past the last one the focus
    /// leaves the canvas as it does anywhere on the page.
    fn go_to_note(self, step: isize) -> bool {
        let state = self.desk.replica.state;
        let mut notes = untrack(|| state.note_ids());
        notes.retain(|note| !state.is_stacked(note));
        let notes = self.desk.in_reading_order(notes);
        let clusters = state.clusters.get_untracked();
        let images = state.images.get_untracked();
        let notes = notes.into_iter().map(Stop::Note);
        let stops: Vec<Stop> = notes
            .chain(clusters.into_iter().map(Stop::Cluster))
            .chain(images.into_iter().map(Stop::Image))
            .collect();
        let present = self.present_stop();
        let present = present.and_then(|present| stops.iter().position(|stop| *stop == present));
        let next = match present {
            Some(index) => index.checked_add_signed(step),
            None if step > 0 => Some(0),
            None => None,
        };
        let next = next.and_then(|index| stops.into_iter().nth(index));
        if !matches!(next, Some(Stop::Image(_))) {
            self.image.set(None);
        }
        match next {
            Some(Stop::Note(note)) => self.go_to(note),
            Some(Stop::Cluster(cluster)) => self.go_to_cluster(&cluster),
            Some(Stop::Image(image)) => self.go_to_image(&image),
            None => {
                self.desk.select(Vec::new());
                return false;
            }
        }
        true
    }

    fn present_stop(self) -> Option<Stop> {
        if let Some(image) = self.image.get_untracked() {
            return Some(Stop::Image(image));
        }
        let selection = self.desk.selection.get_untracked();
        let cluster = selection.cluster.map(Stop::Cluster);
        cluster.or_else(|| selection.notes.last().cloned().map(Stop::Note))
    }

    fn go_to(self, note: NoteId) {
        if let Some(rect) = self.desk.replica.state.rect_of(&note) {
            self.desk.reveal(rect);
        }
        self.desk.select(vec![note.clone()]);
        // Its element comes with the effects that follow. A second Tab may come first, and has the last word.
        let focus = move || {
            let selection = self.desk.selection;
            if selection.with_untracked(|selection| selection.notes == [note.clone()]) {
                self.focus_note(&note);
            }
        };
        set_timeout(focus, Duration::ZERO);
    }

    pub(super) fn focus_canvas(self) {
        if let Some(root) = self.root.get_untracked() {
            let _ = root.focus();
        }
    }

    /// Whether the focus is on the canvas, or on nothing at all.
    fn has_focus(self, event: &KeyboardEvent) -> bool {
        let Some(target) = target(event) else {
            return true;
        };
        target.tag_name() == "BODY" || (self.is_on_canvas(event) && target.tag_name() != "BUTTON")
    }

    /// Whether the focus is on the canvas, or on something that lies on it.
    fn is_on_canvas(self, event: &KeyboardEvent) -> bool {
        let root = self.root.get_untracked();
        root.zip(target(event))
            .is_some_and(|(root, target)| root.contains(Some(&target)))
    }
}

/// Puts the focus on a button of the bar of what is chosen; false: there is none.
fn focus_in_bar(step: Step) -> bool {
    let bar = document().query_selector(".selection-bar").ok().flatten();
    bar.is_some_and(|bar| focus_one(&bar, "button", step))
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn is_on_nothing(event: &KeyboardEvent) -> bool {
    target(event).is_none_or(|target| target.tag_name() == "BODY")
}

fn is_own(event: &KeyboardEvent) -> bool {
    let is_in_own = target(event)
        .and_then(|target| target.closest(OWN_KEYS).ok().flatten())
        .is_some();
    is_in_own || is_behind_a_dialog()
}

/// A dialog may have lost the focus to the page: with a button that is gone, for one. The board behind it
/// is not what the key is meant for, and Escape is the dialog's.
fn is_behind_a_dialog() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}
