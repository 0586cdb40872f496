//! A link in hand: a press on where it begins, another on where it ends; or a drag from one to the
//! other.

use super::{BoardSight, Command, Input, Pointer};
use samtavle_shared::board::ItemId;

/// Making a link.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Connect {
    /// Nothing is pressed.
    #[default]
    Idle,
    /// Pressed here.
    Pressed {
        /// Where it was pressed.
        pointer: Pointer,
        /// Where the link begins.
        from: Option<ItemId>,
    },
}

impl Connect {
    /// One step. Where it begins is chosen by the press, where it ends by the release: so a drag does
    /// both. A click on the table puts the tool away.
    pub fn on(self, input: Input, sight: &impl BoardSight) -> (Self, Vec<Command>) {
        match (self, input) {
            (Self::Idle, Input::Press(pointer, _)) if sight.may_write() => {
                if let Some(from) = sight.connecting() {
                    let from = Some(from);
                    return (Self::Pressed { pointer, from }, Vec::new());
                }
                let from = sight.spot_at(pointer.on).item();
                let commands = from.iter().cloned().map(Command::ConnectFrom).collect();
                (Self::Pressed { pointer, from }, commands)
            }
            (state @ Self::Pressed { .. }, Input::Move(_)) => (state, Vec::new()),
            (Self::Pressed { from, .. }, Input::Release(now)) => {
                let to = sight.spot_at(now.on).item();
                let commands = match (from, to) {
                    (Some(from), Some(to)) if from != to => vec![Command::ConnectTo(to)],
                    (_, Some(_)) => Vec::new(), // a click on where it begins
                    (_, None) => vec![Command::PutToolAway],
                };
                (Self::Idle, commands)
            }
            _ => (Self::Idle, Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::{Tool, scene::Scene};

    fn scene() -> Scene {
        Scene::new().note("a", 0.0, 0.0).note("b", 300.0, 0.0)
    }

    fn note(id: &str) -> ItemId {
        ItemId::Note(id.into())
    }

    #[test]
    fn a_drag_from_one_to_the_other_links_them() {
        let script = [("down", 10., 10.), ("to", 200., 10.), ("up", 310., 10.)];
        assert_eq!(
            scene().plays(Tool::Connect, &script),
            [
                Command::ConnectFrom(note("a")),
                Command::ConnectTo(note("b"))
            ]
        );
    }

    #[test]
    fn a_click_chooses_where_it_begins_and_another_where_it_ends() {
        let click = |x| [("down", x, 10.), ("up", x, 10.)];
        assert_eq!(
            scene().plays(Tool::Connect, &click(10.)),
            [Command::ConnectFrom(note("a"))]
        );
        assert_eq!(
            scene()
                .connecting_from("a")
                .plays(Tool::Connect, &click(310.)),
            [Command::ConnectTo(note("b"))]
        );
    }

    #[test]
    fn a_click_on_the_table_puts_it_away_and_who_only_looks_links_nothing() {
        let table = [("down", 900., 900.), ("up", 900., 900.)];
        assert_eq!(scene().plays(Tool::Connect, &table), [Command::PutToolAway]);
        let drag = [("down", 10., 10.), ("up", 310., 10.)];
        assert_eq!(scene().read_only().plays(Tool::Connect, &drag), []);
    }
}
