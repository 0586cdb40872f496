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
    /// Nothing is pressed.
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
        if let Input::Move(pointer) | Input::Release(pointer) = input
            && !matches!(self, Self::Idle)
            && !self.holds(pointer.id)
        {
            return (self, Vec::new()); // a mouse beside a finger
        }
        if input == Input::Lost {
            return (Self::Idle, self.end_where_it_stood(sight));
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

    /// Whether this pointer is the gesture's.
    pub fn holds(&self, pointer: i32) -> bool {
        match self {
            Self::Pinching(pinch) => pinch.has_finger(pointer),
            _ => self.pointer().is_some_and(|own| own.id == pointer),
        }
    }

    /// What moves the gesture's pointer; `None`: there is no gesture.
    pub fn device(&self) -> Option<Device> {
        match self {
            Self::Pinching(_) => Some(Device::Touch),
            _ => self.pointer().map(|pointer| pointer.device),
        }
    }

    /// Whether it is more than a press: something is dragged, drawn or moved.
    pub fn has_begun(&self) -> bool {
        match self {
            Self::Selecting(select, _) => select.has_begun(),
            Self::Panning(..) | Self::Pinching(_) => true,
            Self::Idle | Self::Placing(..) | Self::Carrying(..) | Self::Connecting(..) => false,
        }
    }

    /// What is off the board is laid down there, a loop has what it goes around; a press is no click.
    fn end_where_it_stood(self, sight: &impl BoardSight) -> Vec<Command> {
        match self {
            Self::Selecting(select, pointer) if select.has_begun() => {
                select.on(Input::Release(pointer), sight).1
            }
            // The view is where it is; and what waits for a click still waits for it.
            _ => Vec::new(),
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
    use samtavle_shared::geometry::{BoardPoint, ScreenPoint, ScreenVector};

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
    fn what_is_lost_ends_where_it_stood() {
        let scene = Scene::new().note("a", 0.0, 0.0).note("b", 600.0, 0.0);
        for (tool, before) in [
            (Tool::Select, vec![("down", 10., 10.), ("to", 70., 40.)]), // a note
            (Tool::Select, vec![("down", -50., -50.), ("to", 300., 200.)]), // a loop
            (Tool::Select, vec![("middle", 10., 10.), ("to", 15., 30.)]), // the view
            (Tool::Hand, vec![("down", 10., 10.), ("to", 15., 30.)]),
        ] {
            let [ends, lost] = ["up", "lost"].map(|end| {
                let (_, x, y) = before[1];
                let script: Vec<_> = before.iter().copied().chain([(end, x, y)]).collect();
                let mut commands = scene.plays(tool, &script);
                // A pan of nothing at all.
                commands.retain(|one| *one != Command::Pan(ScreenVector::new(0.0, 0.0)));
                commands
            });
            assert_eq!(lost, ends, "{tool:?} {before:?}");
            let after: Vec<_> = before
                .iter()
                .copied()
                .chain([("lost", 0., 0.), ("to", 900., 900.), ("up", 900., 900.)])
                .collect();
            let commands = scene.plays(tool, &after);
            assert_eq!(commands.len(), lost.len(), "what comes after moves nothing");
        }
    }

    #[test]
    fn what_was_only_pressed_when_it_was_lost_is_no_click() {
        let scene = Scene::new().note("a", 0.0, 0.0).selecting(&["a"]);
        let lost = [("down", 700., 10.), ("lost", 0., 0.), ("up", 700., 10.)];
        for tool in [
            Tool::Select,
            Tool::Place(NoteKind::Idea),
            Tool::Carry,
            Tool::Connect,
        ] {
            assert_eq!(scene.plays(tool, &lost), [], "{tool:?}");
        }
        let linking = scene.plays(Tool::Connect, &[("down", 10., 10.), ("lost", 0., 0.)]);
        assert!(
            matches!(linking[..], [Command::ConnectFrom(_)]),
            "where the link begins is chosen, and stays so: {linking:?}"
        );
    }

    #[test]
    fn a_mouse_beside_a_finger_moves_nothing() {
        let scene = Scene::new().note("a", 0.0, 0.0);
        let at = |id, device, x: f64| Pointer {
            id,
            at: ScreenPoint::new(x, 20.0),
            on: BoardPoint::new(x, 20.0),
            device,
            adds: false,
        };
        let play = |gesture: Gesture, input| gesture.on(input, Tool::Select, &scene);
        let finger = |x| at(1, Device::Touch, x);
        let mouse = |x| at(2, Device::Mouse, x);
        let (gesture, _) = play(
            Gesture::default(),
            Input::Press(finger(20.0), Intent::UseTool),
        );
        let (gesture, _) = play(gesture, Input::Move(finger(90.0)));
        assert!(gesture.is_dragging() && gesture.has_begun());
        for input in [Input::Move(mouse(500.0)), Input::Release(mouse(500.0))] {
            let (same, commands) = play(gesture.clone(), input);
            assert_eq!((same, commands), (gesture.clone(), Vec::new()));
        }
        assert!(gesture.holds(1) && !gesture.holds(2));
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
