//! What a hand does, free of any browser.

use samtavle_shared::geometry::{BoardPoint, ScreenPoint};

/// What moves the pointer: a finger is less exact, and one finger on the empty board pans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Device {
    /// A mouse or a trackpad.
    #[default]
    Mouse,
    /// A finger.
    Touch,
    /// A pen.
    Pen,
}

/// What a press means before it is known where it lands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Intent {
    /// Whatever the tool in hand does.
    #[default]
    UseTool,
    /// Move the view: the middle button, or space held down.
    Pan,
}

/// A pointer at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// Which one: fingers have one each.
    pub id: i32,
    /// Where in the view.
    pub at: ScreenPoint,
    /// What board point is under it.
    pub on: BoardPoint,
    /// What moves it.
    pub device: Device,
    /// Shift: add to what is selected.
    pub adds: bool,
}

/// Screen pixels that a press may wander and still be a click.
const MOUSE_SLIP: f64 = 4.0;
/// The same for a finger.
const TOUCH_SLIP: f64 = 10.0;

impl Pointer {
    /// Whether it has gone so far from where it was pressed that this is no click.
    pub fn has_left(self, pressed: Self) -> bool {
        let slip = if self.device == Device::Touch {
            TOUCH_SLIP
        } else {
            MOUSE_SLIP
        };
        (self.at - pressed.at).length() > slip
    }
}

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// A button or a finger went down.
    Press(Pointer, Intent),
    /// The pointer moved; at most once a frame.
    Move(Pointer),
    /// It went up.
    Release(Pointer),
    /// Two clicks at the same place.
    DoubleClick(Pointer),
    /// Escape: it was not meant.
    Cancel,
    /// Nobody knows where the hand let go: in another window, behind a menu, or the browser took the pointer
    /// away. What was begun ends where it was last seen.
    Lost,
}
