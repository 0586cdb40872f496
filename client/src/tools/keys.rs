//! What a key does on the desk. Letters follow the Norwegian words: problem, vane, idé, plan (l, for p
//! is taken), bunke. Where the keyboard is not Latin, the key's place says its letter.

use crate::browser::key::letter;
use samtavle_shared::board::NoteKind;

/// A key as it went down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyPress<'a> {
    /// What it writes, or its name.
    pub key: &'a str,
    /// Which key of the keyboard.
    pub code: &'a str,
    /// Control, or command on a Mac.
    pub with_command: bool,
    /// Whether the shift key is held.
    pub with_shift: bool,
}

/// A way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum Direction {
    Left,
    Right,
    Up,
    Down,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Post a note at the pointer, of this kind or the one used last.
    Add(Option<NoteKind>),
    /// Select everything.
    SelectAll,
    /// Let go: the gesture, the tool, the selection.
    LetGo,
    /// The next note in reading order.
    Next,
    /// The one before.
    Previous,
    /// Write on what is selected.
    Edit,
    /// Delete what is selected.
    Delete,
    /// A copy of what is selected.
    Duplicate,
    /// A cluster of what is selected.
    Cluster,
    /// What is selected leaves its cluster.
    TakeOut,
    /// The pile to which what is selected belongs is spread.
    Spread,
    /// Move what is selected, or the view.
    Go(Direction, Reach),
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Show everything.
    Fit,
    /// One step nearer.
    ZoomIn,
    /// One step farther away.
    ZoomOut,
    /// 100 %.
    ZoomToWhole,
    /// The pointer in hand.
    Pointer,
    /// The hand.
    Hand,
    /// Link what is selected to something, or take the link in hand.
    Connect,
    /// To the bar of what is selected.
    ToBar,
    /// The menu of what is selected.
    Menu,
}

/// How far an arrow key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// 8 board units.
    Step,
    /// 1 board unit.
    Fine,
}

impl Shortcut {
    /// What this key does; `None`: nothing of ours.
    pub fn of(press: KeyPress<'_>) -> Option<Self> {
        let key = letter(press.key, press.code, press.with_shift);
        let press = KeyPress { key: &key, ..press };
        if press.with_command {
            Self::with_command(press)
        } else {
            Self::plain(press)
        }
    }

    fn with_command(press: KeyPress<'_>) -> Option<Self> {
        Some(match press.key {
            "a" | "A" => Self::SelectAll,
            "d" | "D" => Self::Duplicate,
            "z" | "Z" if press.with_shift => Self::Redo,
            "z" | "Z" => Self::Undo,
            "y" | "Y" => Self::Redo,
            "+" | "=" => Self::ZoomIn,
            "-" => Self::ZoomOut,
            "0" => Self::ZoomToWhole,
            _ => return None,
        })
    }

    fn plain(press: KeyPress<'_>) -> Option<Self> {
        let reach = if press.with_shift {
            Reach::Fine
        } else {
            Reach::Step
        };
        Some(match press.key {
            "n" => Self::Add(None),
            "p" => Self::Add(Some(NoteKind::Problem)),
            "v" => Self::Add(Some(NoteKind::Habit)),
            "i" => Self::Add(Some(NoteKind::Idea)),
            "l" => Self::Add(Some(NoteKind::Plan)),
            "s" => Self::Pointer,
            "h" => Self::Hand,
            "k" => Self::Connect,
            "m" => Self::ToBar,
            "ContextMenu" => Self::Menu,
            "F10" if press.with_shift => Self::Menu,
            "g" | "G" if press.with_shift => Self::TakeOut,
            "g" => Self::Cluster,
            "b" => Self::Spread,
            "Escape" => Self::LetGo,
            "Tab" if press.with_shift => Self::Previous,
            "Tab" => Self::Next,
            "Enter" | "F2" => Self::Edit,
            "Delete" | "Backspace" => Self::Delete,
            "ArrowLeft" => Self::Go(Direction::Left, reach),
            "ArrowRight" => Self::Go(Direction::Right, reach),
            "ArrowUp" => Self::Go(Direction::Up, reach),
            "ArrowDown" => Self::Go(Direction::Down, reach),
            "+" | "=" => Self::ZoomIn,
            "-" => Self::ZoomOut,
            "0" => Self::ZoomToWhole,
            "1" => Self::Fit,
            _ if press.with_shift && press.code == "Digit1" => Self::Fit,
            _ => return None,
        })
    }

    /// Whether it changes the board.
    pub fn writes(self) -> bool {
        matches!(
            self,
            Self::Add(_)
                | Self::Edit
                | Self::Delete
                | Self::Duplicate
                | Self::Cluster
                | Self::TakeOut
                | Self::Spread
                | Self::Connect
                | Self::Undo
                | Self::Redo
        )
    }

    /// Whether it shows the board larger or smaller: with control the same keys do it with the page.
    pub fn zooms(self) -> bool {
        matches!(self, Self::ZoomIn | Self::ZoomOut | Self::ZoomToWhole)
    }

    /// Whether the key also means something to a button, a menu or the page, so that it is ours only
    /// when the focus is on the canvas.
    pub fn needs_focus(self) -> bool {
        matches!(
            self,
            Self::Next | Self::Previous | Self::Edit | Self::Go(..) | Self::Menu
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str, with_command: bool, with_shift: bool) -> Option<Shortcut> {
        Shortcut::of(KeyPress {
            key,
            code: "",
            with_command,
            with_shift,
        })
    }

    #[test]
    fn letters_post_notes_and_with_control_they_do_not() {
        assert_eq!(
            of("v", false, false),
            Some(Shortcut::Add(Some(NoteKind::Habit)))
        );
        assert_eq!(of("v", true, false), None, "paste is the clipboard's");
        assert_eq!(of("p", true, false), None, "print is the browser's");
    }

    #[test]
    fn both_ways_to_redo_are_known() {
        assert_eq!(of("Z", true, true), Some(Shortcut::Redo));
        assert_eq!(of("y", true, false), Some(Shortcut::Redo));
        assert_eq!(of("z", true, false), Some(Shortcut::Undo));
    }

    #[test]
    fn a_keyboard_that_is_not_latin_has_the_shortcuts_in_their_places() {
        let of = |key, code, with_command, with_shift| {
            Shortcut::of(KeyPress {
                key,
                code,
                with_command,
                with_shift,
            })
        };
        let habit = Some(Shortcut::Add(Some(NoteKind::Habit)));
        assert_eq!(of("м", "KeyV", false, false), habit);
        assert_eq!(of("v", "Period", false, false), habit, "Dvorak");
        assert_eq!(of("k", "KeyV", false, false), Some(Shortcut::Connect));
        assert_eq!(of("я", "KeyZ", true, false), Some(Shortcut::Undo));
        assert_eq!(of("Я", "KeyZ", true, true), Some(Shortcut::Redo));
        assert_eq!(
            of("م", "KeyL", false, false),
            Some(Shortcut::Add(Some(NoteKind::Plan)))
        );
        assert_eq!(of("П", "KeyG", false, true), Some(Shortcut::TakeOut));
        assert_eq!(
            of("м", "KeyV", true, false),
            None,
            "paste is the clipboard's"
        );
        assert_eq!(
            of("P", "KeyP", false, false),
            Some(Shortcut::Add(Some(NoteKind::Problem))),
            "Caps Lock"
        );
    }

    #[test]
    fn the_menu_s_key_and_the_bar_s_are_known() {
        assert_eq!(of("ContextMenu", false, false), Some(Shortcut::Menu));
        assert_eq!(of("F10", false, true), Some(Shortcut::Menu));
        assert_eq!(of("F10", false, false), None);
        assert_eq!(of("m", false, false), Some(Shortcut::ToBar));
    }

    #[test]
    fn shift_and_one_fits_on_any_keyboard() {
        let press = KeyPress {
            key: "!",
            code: "Digit1",
            with_command: false,
            with_shift: true,
        };
        assert_eq!(Shortcut::of(press), Some(Shortcut::Fit));
    }
}
