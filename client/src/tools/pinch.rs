//! Two fingers: the board points under them stay under them.

use super::{BoardSight, Command, Input, Pointer};
use samtavle_shared::geometry::ScreenPoint;

/// Moving and zooming the view with two fingers.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Pinch {
    /// No two fingers are down.
    #[default]
    Idle,
    /// Two fingers, where they were last.
    Pinching {
        /// Their pointer ids, as the browser numbers them.
        fingers: [i32; 2],
        /// Where in the view.
        at: [ScreenPoint; 2],
    },
}

impl Pinch {
    /// With these two fingers.
    pub fn between(first: Pointer, second: Pointer) -> Self {
        Self::Pinching {
            fingers: [first.id, second.id],
            at: [first.at, second.at],
        }
    }

    /// Whether this is one of the fingers.
    pub fn has_finger(&self, finger: i32) -> bool {
        matches!(self, Self::Pinching { fingers, .. } if fingers.contains(&finger))
    }

    /// One step.
    pub fn on(self, input: Input, _sight: &impl BoardSight) -> (Self, Vec<Command>) {
        match (self, input) {
            (Self::Pinching { fingers, at }, Input::Move(pointer)) => {
                let after = [0, 1].map(|finger| {
                    if fingers[finger] == pointer.id {
                        pointer.at
                    } else {
                        at[finger]
                    }
                });
                (
                    Self::Pinching { fingers, at: after },
                    vec![Command::Pinch { before: at, after }],
                )
            }
            (state @ Self::Pinching { fingers, .. }, Input::Release(pointer))
                if !fingers.contains(&pointer.id) =>
            {
                (state, Vec::new())
            }
            _ => (Self::Idle, Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::{Device, Gesture, Intent, Tool, scene::Scene};
    use samtavle_shared::geometry::BoardPoint;

    fn finger(id: i32, x: f64) -> Pointer {
        Pointer {
            id,
            at: ScreenPoint::new(x, 100.0),
            on: BoardPoint::new(x, 100.0),
            device: Device::Touch,
            adds: false,
        }
    }

    #[test]
    fn a_second_finger_turns_a_drag_into_a_pinch_and_lays_the_note_back() {
        let scene = Scene::new().note("a", 0.0, 0.0);
        let gesture = Gesture::default();
        let (gesture, _) = gesture.on(
            Input::Press(finger(1, 90.0), Intent::UseTool),
            Tool::Select,
            &scene,
        );
        let (gesture, _) = gesture.on(Input::Move(finger(1, 150.0)), Tool::Select, &scene);
        let (gesture, commands) = gesture.on(
            Input::Press(finger(2, 250.0), Intent::UseTool),
            Tool::Select,
            &scene,
        );
        assert!(commands.contains(&Command::LayBack));
        let (gesture, commands) = gesture.on(Input::Move(finger(2, 350.0)), Tool::Select, &scene);
        let [Command::Pinch { before, after }] = commands.as_slice() else {
            panic!("{commands:?}")
        };
        assert!((before[1].x - 250.0).abs() < 1e-9 && (after[1].x - 350.0).abs() < 1e-9);
        let (gesture, _) = gesture.on(Input::Release(finger(1, 150.0)), Tool::Select, &scene);
        assert_eq!(gesture, Gesture::Idle);
    }
}
