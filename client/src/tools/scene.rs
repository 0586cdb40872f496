//! A board for the tests of the tools.

use super::{BoardSight, Command, Device, Gesture, Input, Intent, Pointer, Spot, Tool};
use samtavle_shared::{
    board::ItemId,
    geometry::{BoardPoint, BoardRect, ScreenPoint, Size},
    ids::{ClusterId, ImageId, NoteId},
    layout::{CLUSTER_TOP, cluster_frame, note_size},
};

/// Notes and clusters laid out by hand.
#[derive(Default)]
pub(crate) struct Scene {
    notes: Vec<(NoteId, BoardRect)>,
    clusters: Vec<(ClusterId, Vec<NoteId>)>,
    images: Vec<(ImageId, BoardRect)>,
    chosen_image: Option<ImageId>,
    selected: Vec<NoteId>,
    selected_cluster: Option<ClusterId>,
    read_only: bool,
    locked: Option<ClusterId>,
    connecting: Option<ItemId>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn note(mut self, id: &str, x: f64, y: f64) -> Self {
        self.notes.push((
            id.into(),
            BoardRect::at(BoardPoint::new(x, y), note_size("")),
        ));
        self
    }

    pub(crate) fn cluster(mut self, id: &str, notes: &[&str]) -> Self {
        self.clusters
            .push((id.into(), notes.iter().map(|&note| note.into()).collect()));
        self
    }

    pub(crate) fn image(mut self, id: &str, x: f64, y: f64) -> Self {
        let size = Size::new(400.0, 300.0);
        let rect = BoardRect::at(BoardPoint::new(x, y), size);
        self.images.push((id.into(), rect));
        self
    }

    pub(crate) fn choosing(mut self, image: &str) -> Self {
        self.chosen_image = Some(image.into());
        self
    }

    pub(crate) fn selecting(mut self, notes: &[&str]) -> Self {
        self.selected = notes.iter().map(|&note| note.into()).collect();
        self
    }

    pub(crate) fn selecting_cluster(mut self, cluster: &str) -> Self {
        self.selected_cluster = Some(cluster.into());
        self
    }

    pub(crate) fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    pub(crate) fn locking(mut self, cluster: &str) -> Self {
        self.locked = Some(cluster.into());
        self
    }

    pub(crate) fn connecting_from(mut self, note: &str) -> Self {
        self.connecting = Some(ItemId::Note(note.into()));
        self
    }

    /// Plays a gesture: `down x y`, `shift-down x y`, `touch x y`, `to x y`, `up x y`, `twice x y`,
    /// `cancel`, `lost`; gives all commands.
    pub(crate) fn plays(&self, tool: Tool, script: &[(&str, f64, f64)]) -> Vec<Command> {
        let mut gesture = Gesture::default();
        let mut all = Vec::new();
        for &(word, x, y) in script {
            let pointer = Pointer {
                id: 1,
                at: ScreenPoint::new(x, y),
                on: BoardPoint::new(x, y),
                device: if word == "touch" {
                    Device::Touch
                } else {
                    Device::Mouse
                },
                adds: word.starts_with("shift"),
            };
            let input = match word {
                "down" | "shift-down" | "touch" => Input::Press(pointer, Intent::UseTool),
                "middle" => Input::Press(pointer, Intent::Pan),
                "to" => Input::Move(pointer),
                "up" => Input::Release(pointer),
                "twice" => Input::DoubleClick(pointer),
                "lost" => Input::Lost,
                _ => Input::Cancel,
            };
            let (next, commands) = gesture.on(input, tool, self);
            gesture = next;
            all.extend(commands);
        }
        all
    }

    fn frame(&self, notes: &[NoteId]) -> BoardRect {
        cluster_frame(
            notes.iter().filter_map(|note| self.rect_of(note)),
            BoardPoint::default(),
        )
    }
}

impl BoardSight for Scene {
    fn spot_at(&self, point: BoardPoint) -> Spot {
        if let Some((id, _)) = self
            .notes
            .iter()
            .rev()
            .find(|(_, rect)| rect.contains(point))
        {
            return Spot::Note(id.clone());
        }
        match self.cluster_at(point) {
            Some(id) if point.y < self.frame(&self.notes_of(&id)).min.y + CLUSTER_TOP => {
                Spot::Head(id)
            }
            Some(id) => Spot::Inside(id),
            None => {
                let mut images = self.images.iter();
                let image = images.find(|(_, rect)| rect.contains(point));
                image.map_or(Spot::Table, |(id, _)| Spot::Image(id.clone()))
            }
        }
    }

    fn rect_of(&self, note: &NoteId) -> Option<BoardRect> {
        self.notes
            .iter()
            .find(|(id, _)| id == note)
            .map(|&(_, rect)| rect)
    }

    fn notes_in(&self, part: BoardRect) -> Vec<NoteId> {
        self.notes
            .iter()
            .filter(|(_, rect)| rect.overlaps(part))
            .map(|(id, _)| id.clone())
            .collect()
    }

    fn cluster_of(&self, note: &NoteId) -> Option<ClusterId> {
        self.clusters
            .iter()
            .find(|(_, notes)| notes.contains(note))
            .map(|(id, _)| id.clone())
    }

    fn notes_of(&self, cluster: &ClusterId) -> Vec<NoteId> {
        self.clusters
            .iter()
            .find(|(id, _)| id == cluster)
            .map(|(_, notes)| notes.clone())
            .unwrap_or_default()
    }

    fn cluster_at(&self, point: BoardPoint) -> Option<ClusterId> {
        self.clusters
            .iter()
            .find(|(_, notes)| self.frame(notes).contains(point))
            .map(|(id, _)| id.clone())
    }

    fn other_cluster_at(&self, point: BoardPoint, cluster: &ClusterId) -> Option<ClusterId> {
        self.clusters
            .iter()
            .find(|(id, notes)| id != cluster && self.frame(notes).contains(point))
            .map(|(id, _)| id.clone())
    }

    fn selected(&self) -> Vec<NoteId> {
        self.selected.clone()
    }

    fn selected_cluster(&self) -> Option<ClusterId> {
        self.selected_cluster.clone()
    }

    fn chosen_image(&self) -> Option<ImageId> {
        self.chosen_image.clone()
    }

    fn may_write(&self) -> bool {
        !self.read_only
    }

    fn is_locked(&self, spot: &Spot) -> bool {
        let cluster = match spot {
            Spot::Note(note) => self.cluster_of(note),
            Spot::Head(cluster) | Spot::Inside(cluster) => Some(cluster.clone()),
            Spot::Image(_) | Spot::Table => None,
        };
        cluster.is_some() && cluster == self.locked
    }

    fn connecting(&self) -> Option<ItemId> {
        self.connecting.clone()
    }
}
