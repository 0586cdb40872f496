//! A kind of note in hand: the next click posts one.

use super::{BoardSight, Command, Input, Pointer};
use samtavle_shared::board::NoteKind;

/// Posting a note by a click.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Place {
    /// Nothing is pressed.
    #[default]
    Idle,
    /// Pressed here.
    Pressed {
        /// Where it was pressed.
        pointer: Pointer,
    },
}

impl Place {
    /// One step. The note is posted at the release, so that a press can still be taken back.
    pub fn on(self, input: Input, kind: NoteKind, sight: &impl BoardSight) -> (Self, Vec<Command>) {
        match (self, input) {
            (Self::Idle, Input::Press(pointer, _)) => (Self::Pressed { pointer }, Vec::new()),
            (state @ Self::Pressed { .. }, Input::Move(_)) => (state, Vec::new()),
            (Self::Pressed { .. }, Input::Release(pointer)) if sight.may_write() => (
                Self::Idle,
                vec![
                    Command::AddNote {
                        kind: Some(kind),
                        at: pointer.on,
                    },
                    Command::PutToolAway,
                ],
            ),
            _ => (Self::Idle, Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::{Tool, scene::Scene};
    use samtavle_shared::geometry::BoardPoint;

    #[test]
    fn a_click_posts_one_note_and_gives_the_pointer_back() {
        let commands = Scene::new().plays(
            Tool::Place(NoteKind::Idea),
            &[("down", 5., 6.), ("up", 5., 6.)],
        );
        assert_eq!(
            commands,
            [
                Command::AddNote {
                    kind: Some(NoteKind::Idea),
                    at: BoardPoint::new(5.0, 6.0)
                },
                Command::PutToolAway
            ]
        );
    }

    #[test]
    fn who_only_looks_posts_nothing() {
        let scene = Scene::new().read_only();
        assert_eq!(
            scene.plays(
                Tool::Place(NoteKind::Idea),
                &[("down", 5., 6.), ("up", 5., 6.)]
            ),
            []
        );
    }
}
