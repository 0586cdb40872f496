//! The pointer: click, drag, loop.

use super::{
    BoardSight, Command, Device, Drop, Dropped, Input, Intent, Pointer, Spot, loops, pan::Pan,
};
use samtavle_shared::{
    geometry::{BoardRect, BoardVector, Lasso},
    ids::{ClusterId, ImageId, NoteId},
};

/// Selecting and dragging.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Select {
    /// Nothing is pressed.
    #[default]
    Idle,
    /// Pressed, and not yet known whether it is a click or a drag.
    Pressed {
        /// Where it was pressed.
        pointer: Pointer,
        /// On what.
        on: Spot,
        /// Whether the note was selected before the press.
        was_selected: bool,
    },
    /// Notes are off the board.
    Dragging {
        /// Which, and since when.
        drag: Drag,
        /// What a drop here would make.
        drop: Drop,
    },
    /// A picture is off the board.
    DraggingImage {
        /// The picture that is dragged.
        image: ImageId,
        /// Since when.
        pressed: Pointer,
    },
    /// A finger that came down on a picture moves the view.
    Panning(Pan),
    /// A loop is being drawn.
    Looping {
        /// The line.
        lasso: Lasso,
        /// What stays selected besides.
        besides: Vec<NoteId>,
    },
}

/// What is dragged, from where.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    notes: Vec<NoteId>,
    cluster: Option<ClusterId>,
    /// The note under the pointer and where it lay.
    grabbed: Option<(NoteId, BoardRect)>,
    pressed: Pointer,
}

type Step = (Select, Vec<Command>);

impl Select {
    /// One step.
    pub fn on(self, input: Input, sight: &impl BoardSight) -> Step {
        match (self, input) {
            (Self::Idle, Input::Press(pointer, _)) => Self::press(pointer, sight),
            (Self::Idle, Input::DoubleClick(pointer)) => (Self::Idle, open(pointer, sight)),

            (
                Self::Pressed {
                    pointer,
                    on,
                    was_selected,
                },
                Input::Move(now),
            ) => {
                if now.has_left(pointer) {
                    Self::begin(pointer, now, on, sight)
                } else {
                    (
                        Self::Pressed {
                            pointer,
                            on,
                            was_selected,
                        },
                        Vec::new(),
                    )
                }
            }
            (
                Self::Pressed {
                    pointer,
                    on,
                    was_selected,
                },
                Input::Release(_),
            ) => (Self::Idle, click(pointer, on, was_selected)),

            (Self::Dragging { drag, drop }, Input::Move(now)) => drag.go(now, &drop, sight),
            (Self::Dragging { drag, .. }, Input::Release(now)) => {
                (Self::Idle, drag.end(now, sight))
            }
            (Self::Dragging { .. } | Self::DraggingImage { .. }, Input::Cancel) => {
                (Self::Idle, vec![Command::LayBack])
            }

            (Self::DraggingImage { image, pressed }, Input::Move(now)) => {
                let lift = Command::LiftImage(image.clone(), now.on - pressed.on);
                (Self::DraggingImage { image, pressed }, vec![lift])
            }
            (Self::DraggingImage { image, pressed }, Input::Release(now)) => (
                Self::Idle,
                vec![Command::LayImage(image, now.on - pressed.on)],
            ),

            (Self::Panning(pan), input) => {
                let (pan, commands) = pan.on(input, sight);
                let state = if pan == Pan::Idle {
                    Self::Idle
                } else {
                    Self::Panning(pan)
                };
                (state, commands)
            }

            (Self::Looping { mut lasso, besides }, Input::Move(now)) => {
                lasso.draw_to(now.on);
                let commands = vec![
                    Command::DrawLoop(loops::outline(&lasso)),
                    Command::Select(taken(&lasso, &besides, sight)),
                ];
                (Self::Looping { lasso, besides }, commands)
            }
            (Self::Looping { lasso, besides }, Input::Release(_)) => (
                Self::Idle,
                vec![
                    Command::EndLoop,
                    Command::Select(taken(&lasso, &besides, sight)),
                ],
            ),
            (Self::Looping { besides, .. }, Input::Cancel) => {
                (Self::Idle, vec![Command::EndLoop, Command::Select(besides)])
            }

            (_, Input::Cancel) => (Self::Idle, Vec::new()),
            (state, _) => (state, Vec::new()),
        }
    }

    /// Whether it is more than a press.
    pub fn has_begun(&self) -> bool {
        !matches!(self, Self::Idle | Self::Pressed { .. })
    }

    fn press(pointer: Pointer, sight: &impl BoardSight) -> Step {
        let on = sight.spot_at(pointer.on);
        let was_selected = matches!(&on, Spot::Note(note) if sight.selected().contains(note));
        let commands = match &on {
            Spot::Note(note) if !was_selected && !pointer.adds => {
                vec![Command::Select(vec![note.clone()])]
            }
            _ => Vec::new(),
        };
        (
            Self::Pressed {
                pointer,
                on,
                was_selected,
            },
            commands,
        )
    }

    fn begin(pressed: Pointer, now: Pointer, on: Spot, sight: &impl BoardSight) -> Step {
        let on = match on {
            Spot::Image(image) if sight.chosen_image().as_ref() != Some(&image) => {
                if pressed.device == Device::Touch {
                    let (pan, _) = Pan::default().on(Input::Press(pressed, Intent::Pan), sight);
                    return Self::Panning(pan).on(Input::Move(now), sight);
                }
                Spot::Table
            }
            on => on,
        };
        if on != Spot::Table && !sight.may_write() {
            return (Self::Idle, Vec::new());
        }
        if sight.is_locked(&on) {
            return (Self::Idle, vec![Command::SayLocked]);
        }
        let drag = match on {
            Spot::Table => {
                let besides = if pressed.adds {
                    sight.selected()
                } else {
                    Vec::new()
                };
                let lasso = Lasso::starting_at(pressed.on);
                return Self::Looping { lasso, besides }.on(Input::Move(now), sight);
            }
            Spot::Image(image) => {
                return Self::DraggingImage { image, pressed }.on(Input::Move(now), sight);
            }
            Spot::Note(note) => {
                let mut notes = sight.selected();
                if !notes.contains(&note) {
                    notes.push(note.clone()); // shift was held: it joins them
                }
                let grabbed = sight.rect_of(&note).map(|rect| (note, rect));
                Drag {
                    notes,
                    cluster: None,
                    grabbed,
                    pressed,
                }
            }
            Spot::Head(cluster) | Spot::Inside(cluster) => {
                let notes = sight.notes_of(&cluster);
                Drag {
                    notes,
                    cluster: Some(cluster),
                    grabbed: None,
                    pressed,
                }
            }
        };
        let mut commands = match &drag.cluster {
            Some(cluster) => vec![Command::SelectCluster(cluster.clone())],
            None => vec![Command::Select(drag.notes.clone())],
        };
        let (state, more) = drag.go(now, &Drop::Move, sight);
        commands.extend(more);
        (state, commands)
    }
}

impl Drag {
    fn by(&self, now: Pointer) -> BoardVector {
        now.on - self.pressed.on
    }

    fn go(self, now: Pointer, before: &Drop, sight: &impl BoardSight) -> Step {
        let by = self.by(now);
        let mut commands = vec![Command::Lift {
            notes: self.notes.clone(),
            by,
        }];
        let drop = self.drop_at(now, sight);
        if drop != *before {
            commands.push(Command::Foresee(drop.clone()));
        }
        (Select::Dragging { drag: self, drop }, commands)
    }

    fn end(self, now: Pointer, sight: &impl BoardSight) -> Vec<Command> {
        let (by, drop) = (self.by(now), self.drop_at(now, sight));
        vec![Command::LayDown(Dropped {
            notes: self.notes,
            cluster: self.cluster,
            by,
            drop,
        })]
    }

    fn drop_at(&self, now: Pointer, sight: &impl BoardSight) -> Drop {
        if let Some((note, lay)) = &self.grabbed {
            return Drop::of(&self.notes, note, lay.moved(self.by(now)), now.on, sight);
        }
        let cluster = self.cluster.as_ref();
        cluster.map_or(Drop::Move, |cluster| {
            Drop::of_cluster(cluster, now.on, sight)
        })
    }
}

fn click(pointer: Pointer, on: Spot, was_selected: bool) -> Vec<Command> {
    match on {
        Spot::Note(note) if pointer.adds => vec![Command::Toggle(note)],
        Spot::Note(note) if was_selected => vec![Command::Select(vec![note])],
        Spot::Note(_) => Vec::new(), // selected by the press
        Spot::Head(cluster) | Spot::Inside(cluster) => vec![Command::SelectCluster(cluster)],
        Spot::Image(image) => vec![Command::ChooseImage(image)],
        Spot::Table if pointer.adds => Vec::new(),
        Spot::Table => vec![Command::Select(Vec::new())],
    }
}

fn open(pointer: Pointer, sight: &impl BoardSight) -> Vec<Command> {
    let on = sight.spot_at(pointer.on);
    if let Spot::Image(image) = on {
        return vec![Command::OpenImage(image)];
    }
    if !sight.may_write() {
        return Vec::new();
    }
    if sight.is_locked(&on) {
        return vec![Command::SayLocked];
    }
    vec![match on {
        Spot::Note(note) => Command::EditNote(note),
        Spot::Head(cluster) => Command::EditTitle(cluster),
        Spot::Inside(_) | Spot::Image(_) | Spot::Table => Command::AddNote {
            kind: None,
            at: pointer.on,
        },
    }]
}

fn taken(lasso: &Lasso, besides: &[NoteId], sight: &impl BoardSight) -> Vec<NoteId> {
    let mut all = besides.to_vec();
    for note in sight.notes_in(lasso.bounds().grown(1.0)) {
        let is_taken = sight
            .rect_of(&note)
            .is_some_and(|rect| loops::takes(lasso, rect));
        if is_taken && !all.contains(&note) {
            all.push(note);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::{Tool, scene::Scene};

    fn scene() -> Scene {
        Scene::new()
            .note("a", 0.0, 0.0)
            .note("b", 300.0, 0.0)
            .note("c", 1000.0, 100.0)
            .cluster("k", &["c"])
    }

    fn ids(notes: &[&str]) -> Vec<NoteId> {
        notes.iter().map(|&note| note.into()).collect()
    }

    #[test]
    fn a_click_selects_a_note_and_on_the_table_lets_go() {
        let commands = scene().plays(
            Tool::Select,
            &[("down", 10., 10.), ("to", 12., 11.), ("up", 12., 11.)],
        );
        assert_eq!(commands, [Command::Select(ids(&["a"]))]);
        let commands = scene().plays(Tool::Select, &[("down", 600., 600.), ("up", 600., 600.)]);
        assert_eq!(commands, [Command::Select(Vec::new())]);
    }

    #[test]
    fn a_picture_is_chosen_by_a_click_and_only_then_taken_along() {
        let scene = Scene::new().image("p", 0.0, 0.0);
        let click = [("down", 10., 10.), ("up", 10., 10.)];
        let drag = [("down", 10., 10.), ("to", 60., 30.), ("up", 60., 30.)];
        assert_eq!(
            scene.plays(Tool::Select, &click),
            [Command::ChooseImage("p".into())]
        );
        let twice = [("twice", 10., 10.)];
        assert_eq!(
            scene.plays(Tool::Select, &twice),
            [Command::OpenImage("p".into())]
        );
        let loops = scene.plays(Tool::Select, &drag);
        assert!(matches!(loops[0], Command::DrawLoop(_)), "{loops:?}");
        let finger = [("touch", 10., 10.), ("to", 60., 30.), ("up", 60., 30.)];
        let pans = scene.plays(Tool::Select, &finger);
        assert!(matches!(pans[0], Command::Pan(_)), "{pans:?}");
        let by = BoardVector::new(50.0, 20.0);
        assert_eq!(
            scene.choosing("p").plays(Tool::Select, &drag),
            [
                Command::LiftImage("p".into(), by),
                Command::LayImage("p".into(), by)
            ]
        );
    }

    #[test]
    fn shift_and_click_toggles() {
        let scene = scene().selecting(&["a"]);
        let commands = scene.plays(
            Tool::Select,
            &[("shift-down", 310., 10.), ("up", 310., 10.)],
        );
        assert_eq!(commands, [Command::Toggle("b".into())]);
    }

    #[test]
    fn a_drag_takes_all_that_is_selected_along() {
        let scene = scene().selecting(&["a", "b"]);
        let commands = scene.plays(
            Tool::Select,
            &[("down", 10., 10.), ("to", 60., 510.), ("up", 60., 510.)],
        );
        let by = BoardVector::new(50.0, 500.0);
        let notes = ids(&["a", "b"]);
        assert_eq!(
            commands,
            [
                Command::Select(notes.clone()),
                Command::Lift {
                    notes: notes.clone(),
                    by
                },
                Command::LayDown(Dropped {
                    notes,
                    cluster: None,
                    by,
                    drop: Drop::Move
                }),
            ]
        );
    }

    #[test]
    fn what_a_drop_would_make_is_foreseen_once() {
        let script = [
            ("down", 10., 10.),
            ("to", 300., 10.),
            ("to", 305., 12.),
            ("up", 305., 12.),
        ];
        let foreseen: Vec<_> = scene()
            .plays(Tool::Select, &script)
            .into_iter()
            .filter(|command| matches!(command, Command::Foresee(_)))
            .collect();
        assert_eq!(foreseen, [Command::Foresee(Drop::Pair("b".into()))]);
    }

    #[test]
    fn escape_lays_notes_back() {
        let commands = scene().plays(
            Tool::Select,
            &[("down", 10., 10.), ("to", 90., 90.), ("cancel", 0., 0.)],
        );
        assert_eq!(commands.last(), Some(&Command::LayBack));
    }

    #[test]
    fn a_cluster_is_dragged_whole_by_its_head() {
        let commands = scene().plays(
            Tool::Select,
            &[("down", 1010., 60.), ("to", 1110., 60.), ("up", 1110., 60.)],
        );
        assert_eq!(commands[0], Command::SelectCluster("k".into()));
        let Some(Command::LayDown(dropped)) = commands.last() else {
            panic!("{commands:?}")
        };
        assert_eq!(
            (dropped.cluster.clone(), dropped.notes.clone()),
            (Some("k".into()), ids(&["c"]))
        );
    }

    #[test]
    fn a_loop_selects_what_it_goes_around() {
        let script = [
            ("down", -50., -50.),
            ("to", 250., -50.),
            ("to", 250., 200.),
            ("to", -50., 200.),
            ("up", -50., 200.),
        ];
        let commands = scene().plays(Tool::Select, &script);
        assert_eq!(commands.last(), Some(&Command::Select(ids(&["a"]))));
    }

    #[test]
    fn two_clicks_write_on_what_is_there_or_post_a_note() {
        let twice = |x, y| scene().plays(Tool::Select, &[("twice", x, y)]);
        assert_eq!(twice(10., 10.), [Command::EditNote("a".into())]);
        assert_eq!(twice(1010., 60.), [Command::EditTitle("k".into())]);
        assert!(matches!(
            twice(600., 600.)[..],
            [Command::AddNote { kind: None, .. }]
        ));
    }

    #[test]
    fn what_is_in_a_locked_cluster_stays_where_it_is() {
        let scene = scene().locking("k");
        let script = [("down", 1010., 110.), ("to", 60., 510.), ("up", 60., 510.)];
        assert_eq!(
            scene.plays(Tool::Select, &script),
            [Command::Select(ids(&["c"])), Command::SayLocked]
        );
        let twice = scene.plays(Tool::Select, &[("twice", 1010., 110.)]);
        assert_eq!(twice, [Command::SayLocked]);
        let free = scene.plays(Tool::Select, &[("twice", 10., 10.)]);
        assert_eq!(free, [Command::EditNote("a".into())]);
    }

    #[test]
    fn who_only_looks_drags_nothing() {
        let script = [("down", 10., 10.), ("to", 60., 510.), ("up", 60., 510.)];
        assert_eq!(
            scene().read_only().plays(Tool::Select, &script),
            [Command::Select(ids(&["a"]))]
        );
    }
}
