//! Which machine has the pointer.

use super::{
    BoardSight, Command, Device, Input, Intent, Pointer, Spot, carry::Carry, connect::Connect,
    pan::Pan, pinch::Pinch, place::Place, select::Select,
};
use samtavle_shared::board::NoteKind;

/// The tool in hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Select, drag, lasso (drag on the empty board), edit.
    #[default]
    Select,
    /// Drag moves the view.
    Hand,
    /// The next click posts a note of this kind.
    Place(NoteKind),
    /// The next click lays down what is selected.
    Carry,
    /// Two presses, or a drag, link two things.
    Connect,
}

/// A gesture under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Gesture {
    /// None.
    #[default]
    Idle,
    /// Clicking, dragging or drawing a loop.
    Selecting(Select, Pointer),
    /// Moving the view.
    Panning(Pan, Pointer),
    /// Posting a note.
    Placing(Place, NoteKind, Pointer),
    /// Laying down what is selected.
    Carrying(Carry, Pointer),
    /// Making a link.
    Connecting(Connect, Pointer),
    /// Two fingers.
    Pinching(Pinch),
}

impl Gesture {
    /// One step of whatever is under way.
    pub fn on(self, input: Input, tool: Tool, sight: &impl BoardSight) -> (Self, Vec<Command>) {
        if let Input::Press(second, _) = input
            && let Some(first) = self.pointer().filter(|first| first.id != second.id)
        {
            return self.second_press(first, second, sight);
        }
        match self {
            Self::Idle => Self::begin(input, tool, sight),
            Self::Selecting(select, pointer) => {
                let pointer = latest(pointer, input);
                let (next, commands) = select.on(input, sight);
                (
                    if next == Select::Idle {
                        Self::Idle
                    } else {
                        Self::Selecting(next, pointer)
                    },
                    commands,
                )
            }
            Self::Panning(pan, pointer) => {
                let pointer = latest(pointer, input);
                let (next, commands) = pan.on(input, sight);
                (
                    if next == Pan::Idle {
                        Self::Idle
                    } else {
                        Self::Panning(next, pointer)
                    },
                    commands,
                )
            }
            Self::Placing(place, kind, pointer) => {
                let pointer = latest(pointer, input);
                let (next, commands) = place.on(input, kind, sight);
                (
                    if next == Place::Idle {
                        Self::Idle
                    } else {
                        Self::Placing(next, kind, pointer)
                    },
                    commands,
                )
            }
            Self::Carrying(carry, pointer) => {
                let pointer = latest(pointer, input);
                let (next, commands) = carry.on(input, sight);
                (
                    if next == Carry::Idle {
                        Self::Idle
                    } else {
                        Self::Carrying(next, pointer)
                    },
                    commands,
                )
            }
            Self::Connecting(connect, pointer) => {
                let pointer = latest(pointer, input);
                let (next, commands) = connect.on(input, sight);
                (
                    if next == Connect::Idle {
                        Self::Idle
                    } else {
                        Self::Connecting(next, pointer)
                    },
                    commands,
                )
            }
            Self::Pinching(pinch) => {
                let (next, commands) = pinch.on(input, sight);
                (
                    if next == Pinch::Idle {
                        Self::Idle
                    } else {
                        Self::Pinching(next)
                    },
                    commands,
                )
            }
        }
    }

    /// Whether notes or a picture are being dragged.
    pub fn is_dragging(&self) -> bool {
        let is_drag = |select: &Select| {
            matches!(
                select,
                Select::Dragging { .. } | Select::DraggingImage { .. }
            )
        };
        matches!(self, Self::Selecting(select, _) if is_drag(select))
    }

    fn begin(input: Input, tool: Tool, sight: &impl BoardSight) -> (Self, Vec<Command>) {
        match (input, tool) {
            (Input::Press(pointer, intent), _) if pans(pointer, intent, tool, sight) => {
                let (pan, commands) = Pan::default().on(input, sight);
                // A finger on the table also lets go of what was selected, as a click does.
                let lets_go = intent == Intent::UseTool
                    && tool == Tool::Select
                    && !sight.selected().is_empty();
                let commands = if lets_go {
                    vec![Command::Select(Vec::new())]
                } else {
                    commands
                };
                (Self::Panning(pan, pointer), commands)
            }
            (Input::Press(pointer, _), Tool::Place(kind)) => {
                let (place, commands) = Place::default().on(input, kind, sight);
                (Self::Placing(place, kind, pointer), commands)
            }
            (Input::Press(pointer, _), Tool::Carry) => {
                let (carry, commands) = Carry::default().on(input, sight);
                (Self::Carrying(carry, pointer), commands)
            }
            (Input::Press(pointer, _), Tool::Connect) => {
                let (connect, commands) = Connect::default().on(input, sight);
                (Self::Connecting(connect, pointer), commands)
            }
            (Input::Press(pointer, _), _) => {
                let (select, commands) = Select::default().on(input, sight);
                (Self::Selecting(select, pointer), commands)
            }
            (Input::DoubleClick(_), Tool::Select) => {
                let (_, commands) = Select::default().on(input, sight);
                (Self::Idle, commands)
            }
            _ => (Self::Idle, Vec::new()),
        }
    }

    fn second_press(
        self,
        first: Pointer,
        second: Pointer,
        sight: &impl BoardSight,
    ) -> (Self, Vec<Command>) {
        if first.device != Device::Touch || second.device != Device::Touch {
            return (self, Vec::new()); // another button, or a mouse beside a pen
        }
        let commands = match self {
            Self::Selecting(select, _) => select.on(Input::Cancel, sight).1,
            _ => Vec::new(),
        };
        (Self::Pinching(Pinch::between(first, second)), commands)
    }

    fn pointer(&self) -> Option<Pointer> {
        match self {
            Self::Selecting(_, pointer)
            | Self::Panning(_, pointer)
            | Self::Placing(_, _, pointer)
            | Self::Carrying(_, pointer)
            | Self::Connecting(_, pointer) => Some(*pointer),
            Self::Idle | Self::Pinching(_) => None,
        }
    }
}

fn pans(pointer: Pointer, intent: Intent, tool: Tool, sight: &impl BoardSight) -> bool {
    intent == Intent::Pan
        || tool == Tool::Hand
        || (tool == Tool::Select
            && pointer.device == Device::Touch
            && sight.spot_at(pointer.on) == Spot::Table)
}

/// Where the pointer was last seen.
fn latest(before: Pointer, input: Input) -> Pointer {
    match input {
        Input::Move(pointer) if pointer.id == before.id => pointer,
        _ => before,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::scene::Scene;
    use samtavle_shared::geometry::ScreenVector;

    #[test]
    fn the_middle_button_pans_whatever_is_under_it() {
        let scene = Scene::new().note("a", 0.0, 0.0);
        let commands = scene.plays(
            Tool::Select,
            &[("middle", 10., 10.), ("to", 15., 30.), ("up", 15., 30.)],
        );
        assert_eq!(
            commands,
            [
                Command::Pan(ScreenVector::new(5.0, 20.0)),
                Command::Pan(ScreenVector::new(0.0, 0.0))
            ]
        );
    }

    #[test]
    fn one_finger_on_the_table_pans_and_on_a_note_drags() {
        let scene = Scene::new().note("a", 0.0, 0.0);
        let pans = scene.plays(Tool::Select, &[("touch", 900., 10.), ("to", 930., 10.)]);
        assert!(matches!(pans.as_slice(), [Command::Pan(_)]), "{pans:?}");
        let drags = scene.plays(Tool::Select, &[("touch", 20., 20.), ("to", 90., 20.)]);
        assert!(
            drags
                .iter()
                .any(|command| matches!(command, Command::Lift { .. })),
            "{drags:?}"
        );
    }
}
