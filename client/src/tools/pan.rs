//! The hand: what was under the pointer stays under it.

use super::{BoardSight, Command, Input};
use samtavle_shared::geometry::ScreenPoint;

/// Moving the view.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Pan {
    /// Nothing is held.
    #[default]
    Idle,
    /// The board is held, and was last here.
    Panning {
        /// Where in the view.
        at: ScreenPoint,
    },
}

impl Pan {
    /// One step.
    pub fn on(self, input: Input, _sight: &impl BoardSight) -> (Self, Vec<Command>) {
        match (self, input) {
            (_, Input::Press(pointer, _)) => (Self::Panning { at: pointer.at }, Vec::new()),
            (Self::Panning { at }, Input::Move(pointer)) => (
                Self::Panning { at: pointer.at },
                vec![Command::Pan(pointer.at - at)],
            ),
            (Self::Panning { at }, Input::Release(pointer)) => {
                (Self::Idle, vec![Command::Pan(pointer.at - at)])
            }
            _ => (Self::Idle, Vec::new()),
        }
    }
}
