//! What is selected, in hand: the next click lays it down there. For who cannot drag.

use super::{BoardSight, Command, Drop, Dropped, Input, Pointer};

/// Laying down what is selected by a click.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Carry {
    /// Nothing is pressed.
    #[default]
    Idle,
    /// Pressed somewhere.
    Pressed,
}

impl Carry {
    /// One step. It is laid down at the release, so that a press can still be taken back.
    pub fn on(self, input: Input, sight: &impl BoardSight) -> (Self, Vec<Command>) {
        match (self, input) {
            (Self::Idle, Input::Press(..)) | (Self::Pressed, Input::Move(_)) => {
                (Self::Pressed, Vec::new())
            }
            (Self::Pressed, Input::Release(now)) => (Self::Idle, lay_down(now, sight)),
            _ => (Self::Idle, Vec::new()),
        }
    }
}

/// The middle of the first note comes to lie under the pointer; a drop there means what it means at the end
/// of a drag.
fn lay_down(now: Pointer, sight: &impl BoardSight) -> Vec<Command> {
    let cluster = sight.selected_cluster();
    let notes = match &cluster {
        Some(cluster) => sight.notes_of(cluster),
        None => sight.selected(),
    };
    let first = notes
        .first()
        .and_then(|note| Some((note.clone(), sight.rect_of(note)?)));
    let Some((first, lay)) = first.filter(|_| sight.may_write()) else {
        return vec![Command::PutToolAway];
    };
    let by = now.on - lay.center();
    let drop = match &cluster {
        Some(cluster) => Drop::of_cluster(cluster, now.on, sight),
        None => Drop::of(&notes, &first, lay.moved(by), now.on, sight),
    };
    vec![
        Command::LayDown(Dropped {
            notes,
            cluster,
            by,
            drop,
        }),
        Command::PutToolAway,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::{Tool, scene::Scene};
    use samtavle_shared::geometry::BoardVector;

    fn scene() -> Scene {
        Scene::new()
            .note("a", 0.0, 0.0)
            .note("b", 600.0, 0.0)
            .note("c", 900.0, 0.0)
            .cluster("k", &["b", "c"])
    }

    fn laid_down(commands: &[Command]) -> &Dropped {
        match commands {
            [Command::LayDown(dropped), Command::PutToolAway] => dropped,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_click_lays_down_what_is_selected() {
        let commands = scene()
            .selecting(&["a"])
            .plays(Tool::Carry, &[("down", 92., 462.), ("up", 92., 462.)]);
        let dropped = laid_down(&commands);
        assert_eq!(dropped.by, BoardVector::new(0.0, 400.0));
        assert_eq!(dropped.drop, Drop::Move);
    }

    #[test]
    fn a_click_in_a_cluster_puts_it_there() {
        let commands = scene()
            .selecting(&["a"])
            .plays(Tool::Carry, &[("down", 840., 60.), ("up", 840., 60.)]);
        assert_eq!(laid_down(&commands).drop, Drop::Join("k".into()));
    }

    #[test]
    fn a_cluster_goes_as_a_whole() {
        let commands = scene()
            .selecting_cluster("k")
            .plays(Tool::Carry, &[("down", 692., 462.), ("up", 692., 462.)]);
        let dropped = laid_down(&commands);
        assert_eq!(dropped.cluster, Some("k".into()));
        assert_eq!(dropped.notes.len(), 2);
        assert_eq!(dropped.by, BoardVector::new(0.0, 400.0));
    }

    #[test]
    fn nothing_is_laid_down_by_who_only_looks_nor_when_nothing_is_selected() {
        let script = [("down", 92., 462.), ("up", 92., 462.)];
        let looks = scene().selecting(&["a"]).read_only();
        assert_eq!(looks.plays(Tool::Carry, &script), [Command::PutToolAway]);
        assert_eq!(scene().plays(Tool::Carry, &script), [Command::PutToolAway]);
    }
}
