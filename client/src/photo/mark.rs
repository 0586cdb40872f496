//! A rectangle on a picture, and the note that is written beside it. Pure: fractions of the picture in,
//! fractions out.

use samtavle_shared::{board::NoteKind, ids::NoteId};
use serde::{Deserialize, Serialize};

/// A marked note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// The note's id, from the beginning: posting twice cannot make two.
    pub(super) id: NoteId,
    /// Where on the picture it is.
    pub(super) area: Area,
    /// As in the document.
    kind: String,
    /// What stands there, in letters.
    pub(super) text: String,
    /// Whether it is a note on the board by now, or in the pile.
    pub(super) is_posted: bool,
}

impl Mark {
    pub(super) fn new(id: NoteId, area: Area, kind: NoteKind) -> Self {
        Self {
            id,
            area,
            kind: kind.name().to_owned(),
            text: String::new(),
            is_posted: false,
        }
    }

    pub(super) fn kind(&self) -> NoteKind {
        NoteKind::read(&self.kind)
    }

    pub(super) fn set_kind(&mut self, kind: NoteKind) {
        kind.name().clone_into(&mut self.kind);
    }

    /// Whether it can be posted: what nobody can read, hear or search is no note yet.
    pub(super) fn is_ready(&self) -> bool {
        !self.is_posted && !self.text.trim().is_empty()
    }
}

/// A part of a picture, in fractions of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

/// The first rectangle's side, of the picture's shorter side: four sticky notes side by side on a flip chart.
const FIRST_SIDE: f64 = 0.26;
/// Smaller than this nobody can take hold of it.
const LEAST: f64 = 0.06;
/// Between two rectangles that are put side by side.
const GAP: f64 = 0.02;

impl Area {
    /// As large as `like`, else as a sticky note on a picture of these proportions, around a point.
    pub(super) fn around(x: f64, y: f64, like: Option<Self>, ratio: f64) -> Self {
        let (w, h) = size(like, ratio);
        Self {
            x: x - w / 2.0,
            y: y - h / 2.0,
            w,
            h,
        }
        .inside()
    }

    /// Where the next one is put by who cannot point: beside the others, row by row; in the middle when
    /// there is no room.
    pub(super) fn next(others: &[Self], ratio: f64) -> Self {
        let (w, h) = size(others.last().copied(), ratio);
        let (columns, rows) = (steps(w), steps(h));
        let mut places = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let place = places.find_map(|(column, row)| {
            let area = Self {
                x: GAP + f64::from(column) * (w + GAP),
                y: GAP + f64::from(row) * (h + GAP),
                w,
                h,
            };
            (!others.iter().any(|other| other.overlaps(area))).then_some(area)
        });
        place
            .unwrap_or_else(|| Self::around(0.5, 0.5, others.last().copied(), ratio))
            .inside()
    }

    pub(super) fn moved(self, dx: f64, dy: f64) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
        .inside()
    }

    /// With its far corner so much further out. At the picture's edge it grows the other way.
    pub(super) fn grown(self, dw: f64, dh: f64) -> Self {
        Self {
            w: self.w + dw,
            h: self.h + dh,
            ..self
        }
        .inside()
    }

    /// With its far corner here; the other one stays.
    pub(super) fn drawn_to(self, dw: f64, dh: f64) -> Self {
        Self {
            w: (self.w + dw).clamp(LEAST, 1.0 - self.x),
            h: (self.h + dh).clamp(LEAST, 1.0 - self.y),
            ..self
        }
        .inside()
    }

    fn overlaps(self, other: Self) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }

    fn inside(self) -> Self {
        let (w, h) = (self.w.clamp(LEAST, 1.0), self.h.clamp(LEAST, 1.0));
        Self {
            x: self.x.clamp(0.0, 1.0 - w),
            y: self.y.clamp(0.0, 1.0 - h),
            w,
            h,
        }
    }
}

/// `ratio` is the picture's width by its height.
fn size(like: Option<Area>, ratio: f64) -> (f64, f64) {
    match like {
        Some(like) => (like.w, like.h),
        None if ratio > 1.0 => (FIRST_SIDE / ratio, FIRST_SIDE),
        None => (FIRST_SIDE, FIRST_SIDE * ratio),
    }
}

fn steps(side: f64) -> u32 {
    ((1.0 - GAP) / (side + GAP)).floor().max(1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_inside(area: Area) -> bool {
        area.x >= 0.0
            && area.y >= 0.0
            && area.x + area.w <= 1.0 + 1e-9
            && area.y + area.h <= 1.0 + 1e-9
    }

    #[test]
    fn the_first_one_is_square_on_the_paper_and_inside_the_picture() {
        for ratio in [0.75, 1.0, 1.5] {
            for (x, y) in [(0.5, 0.5), (0.0, 0.0), (1.0, 0.99)] {
                let area = Area::around(x, y, None, ratio);
                assert!((area.w * ratio - area.h).abs() < 1e-9);
                assert!(is_inside(area), "{area:?}");
            }
        }
    }

    #[test]
    fn the_next_ones_lie_side_by_side_until_there_is_no_room() {
        let mut areas: Vec<Area> = Vec::new();
        for _ in 0..9 {
            let next = Area::next(&areas, 0.75);
            assert!(is_inside(next));
            assert!(!areas.iter().any(|area| area.overlaps(next)));
            areas.push(next);
        }
        for _ in 0..40 {
            areas.push(Area::next(&areas, 0.75));
        }
        assert!(areas.into_iter().all(is_inside));
    }

    #[test]
    fn it_is_moved_and_sized_within_the_picture() {
        let area = Area::around(0.5, 0.5, None, 1.0);
        assert!(is_inside(area.moved(3.0, -3.0)));
        assert!(is_inside(area.grown(3.0, 0.7)));
        let small = area.grown(-3.0, -3.0);
        assert!((small.w - LEAST).abs() < 1e-9 && (small.h - LEAST).abs() < 1e-9);
        let drawn = area.drawn_to(9.0, -9.0);
        assert!((drawn.x - area.x).abs() < 1e-9 && (drawn.y - area.y).abs() < 1e-9);
        assert!(is_inside(drawn));
    }
}
