//! Notes and clusters with a brush: as the styles have them, less what cannot be seen from far away.

use super::palette::Palette;
use crate::{
    i18n::{Locale, td_string},
    notes::{more_line, speaker},
    parts::{icon::IconName, kinds::STRUCK},
    replica::Replica,
    state::ClusterShape,
};
use leptos::prelude::untrack;
use samtavle_shared::{
    board::{Note, NoteKind},
    direction::TextDirection,
    geometry::{BoardRect, Camera},
    layout::{
        CLUSTER_TOP, FOLDED_LINES, MOST_NOTE_LINES, NOTE_FONT, NOTE_LINE, NOTE_MORE,
        NOTE_MORE_LINE, NOTE_PADDING, NOTE_WIDTH, more_lines, wrap,
    },
};
use std::f64::consts::FRAC_PI_2;
use web_sys::{CanvasRenderingContext2d, Path2d};

/// Letters smaller than this (device pixels) are no letters: they are left out.
const READABLE_PX: f64 = 6.0;
/// Below so many device pixels a board unit shapes are plain rectangles without shadow.
const PLAIN: f64 = 0.12;
/// Marks and words at a note's foot are left out below this.
const FOOT: f64 = 0.45;
/// How far below the paper its shadow shows, board units.
const SHADOW: f64 = 2.0;
/// Letters at the foot, board units; and how much wider they are for being bolder than a note's.
const FOOT_FONT: f64 = 13.0;
const BOLDER: f64 = 1.06;
/// From a note's top edge to the first line, as the styles have it.
const TEXT_TOP: f64 = 12.0;
/// From the top of a line to where its letters stand.
const BASELINE: f64 = 16.5;
/// The smallest that a cluster's title is drawn, CSS pixels.
const TITLE_LEAST: f64 = 13.0;
const TITLE_FONT: f64 = 23.0;
/// More lines of a title cover what lies above it.
const MOST_TITLE_LINES: usize = 4;
/// From line to line, of its letters.
const TITLE_LINE: f64 = 1.12;

/// Paints with the page's colours.
pub(super) struct Painter {
    palette: Palette,
    replica: Replica,
    locale: Locale,
    marks: [Option<Path2d>; 4],
    lived: Option<Path2d>,
    struck: Option<Path2d>,
}

impl Painter {
    pub(super) fn new(palette: Palette, replica: Replica, locale: Locale) -> Self {
        let path = |lines: &str| Path2d::new_with_path_string(lines).ok();
        let marks = NoteKind::ALL
            .map(|kind| Path2d::new_with_path_string(IconName::of_kind(kind)?.path()).ok());
        Self {
            palette,
            replica,
            locale,
            marks,
            lived: path(IconName::Lived.path()),
            struck: path(STRUCK),
        }
    }

    /// Paints a note; the context is in board units, `scale` device pixels each.
    pub(super) fn note(
        &self,
        context: &CanvasRenderingContext2d,
        note: &Note,
        rect: BoardRect,
        scale: f64,
    ) {
        let BoardRect { min, max } = rect;
        let (width, height) = (rect.width(), rect.height());
        if scale < PLAIN {
            context.set_fill_style_str(self.palette.paper(note.kind));
            context.fill_rect(min.x, min.y, width, height);
            return;
        }
        let corners = corners_of(note.kind);
        context.set_fill_style_str(self.palette.shadow);
        trace(
            context,
            BoardRect {
                min: shifted(min, SHADOW),
                max: shifted(max, SHADOW),
            },
            corners,
        );
        context.fill();
        context.set_fill_style_str(self.palette.paper(note.kind));
        trace(context, rect, corners);
        context.fill();
        if note.kind == NoteKind::Plan {
            context.set_fill_style_str(self.palette.kind_ink(note.kind));
            context.fill_rect(min.x, min.y, 6.0, height);
        }
        if NOTE_FONT * scale >= READABLE_PX {
            self.text(context, note, rect);
        }
        if scale >= FOOT {
            self.foot(context, note, rect);
        }
    }

    fn text(&self, context: &CanvasRenderingContext2d, note: &Note, rect: BoardRect) {
        context.set_font(&self.font("450", NOTE_FONT));
        context.set_fill_style_str(&self.palette.ink);
        let mut y = rect.min.y + TEXT_TOP + BASELINE;
        let (left, room) = (rect.min.x + NOTE_PADDING, NOTE_WIDTH - 2.0 * NOTE_PADDING);
        let paragraphs = note.text.split('\n').flat_map(|paragraph| {
            let way = TextDirection::of(paragraph).unwrap_or_default();
            let lines = wrap(paragraph, NOTE_FONT, room).into_iter();
            lines.map(move |line| (line, way))
        });
        let lines: Vec<_> = paragraphs.take(MOST_NOTE_LINES + 1).collect();
        let is_folded = lines.len() > MOST_NOTE_LINES;
        let seen = if is_folded { FOLDED_LINES } else { lines.len() };
        for (line, way) in &lines[..seen] {
            fill_from_its_side(context, line, *way, (left, y), room);
            y += NOTE_LINE;
        }
        if is_folded {
            context.set_font(&self.font("650", FOOT_FONT + 1.0));
            context.set_fill_style_str(self.palette.kind_ink(note.kind));
            let more = td_string!(self.locale, note.read_more);
            fill_from_its_side(context, more, TextDirection::default(), (left, y), room);
        }
    }

    fn foot(&self, context: &CanvasRenderingContext2d, note: &Note, rect: BoardRect) {
        let ink = self.palette.kind_ink(note.kind);
        let (left, top) = (rect.min.x + NOTE_PADDING, rect.max.y - 10.0 - 18.0);
        let mut words_left = left;
        context.set_stroke_style_str(ink);
        if let Some(mark) = NoteKind::ALL
            .iter()
            .position(|kind| *kind == note.kind)
            .and_then(|at| self.marks[at].as_ref())
        {
            stroke_mark(context, mark, left, top);
            if let Some(struck) = self
                .struck
                .as_ref()
                .filter(|_| note.kind == NoteKind::Habit && note.habit.broken.is_some())
            {
                stroke_mark(context, struck, left, top);
            }
            words_left += 21.0;
        }
        let mut right = rect.max.x - NOTE_PADDING;
        if note.kind == NoteKind::Idea {
            right -= 20.0; // clear of the round corner
        }
        if let Some(lived) = self.lived.as_ref().filter(|_| note.lived) {
            right -= 15.0;
            stroke_mark(context, lived, right, top);
            right -= 6.0;
        }
        context.set_fill_style_str(ink);
        context.set_font(&self.font("650", FOOT_FONT));
        let who = untrack(|| speaker(self.replica, self.locale, note));
        fill_line(context, &who, words_left, top + 13.5, right - words_left);
        if let Some(more) = more_line(self.locale, note) {
            context.set_font(&self.font("500", FOOT_FONT));
            let room = NOTE_WIDTH - 2.0 * NOTE_PADDING;
            let lines = wrap(&more, FOOT_FONT, room);
            let first = lines.len().min(more_lines(note)) as f64 - 1.0;
            let mut y = top + 13.5 - NOTE_MORE - first * NOTE_MORE_LINE;
            for line in lines.into_iter().take(more_lines(note)) {
                fill_line(context, line, left, y, room);
                y += NOTE_MORE_LINE;
            }
        }
    }

    /// Paints a cluster's frame; the context is in board units.
    pub(super) fn frame(
        &self,
        context: &CanvasRenderingContext2d,
        shape: &ClusterShape,
        scale: f64,
    ) {
        context.set_fill_style_str(&self.palette.frame);
        context.set_stroke_style_str(&self.palette.line);
        context.set_line_width((1.0 / scale).max(1.0));
        trace(context, shape.frame, [26.0; 4]);
        context.fill();
        context.stroke();
    }

    /// Paints a cluster's title on the picture itself: where its head is, as large as it must be to be
    /// read, and cut off at its frame's end.
    pub(super) fn title(
        &self,
        context: &CanvasRenderingContext2d,
        shape: &ClusterShape,
        camera: Camera,
        scale: f64,
    ) {
        if shape.cluster.title.is_empty() {
            return;
        }
        let pixels = scale / camera.scale();
        let font = (TITLE_FONT * scale).max(TITLE_LEAST * pixels);
        let corner = camera.screen_from_board(shape.frame.min);
        let side = (22.0 * scale).max(4.0 * pixels);
        let room = shape.frame.width() * scale - 2.0 * side;
        if room < 3.0 * font {
            return;
        }
        let all = wrap(&shape.cluster.title, font, room);
        let lines = &all[..all.len().min(MOST_TITLE_LINES)];
        // What is too large for the head grows upwards, off the notes.
        let base = corner.y * pixels + CLUSTER_TOP * scale - (CLUSTER_TOP - 39.0) * scale;
        context.set_font(&self.font("720", font));
        context.set_fill_style_str(if shape.notes.is_empty() {
            &self.palette.ink_2
        } else {
            &self.palette.ink
        });
        let way = TextDirection::of(&shape.cluster.title).unwrap_or_default();
        let left = corner.x * pixels + side;
        for (at, line) in lines.iter().enumerate() {
            let up = (lines.len() - 1 - at) as f64 * font * TITLE_LINE;
            let is_cut = at + 1 == lines.len() && all.len() > lines.len();
            let words = [line.trim_end(), if is_cut { "…" } else { "" }].concat();
            fill_from_its_side(context, &words, way, (left, base - up), room);
        }
    }

    fn font(&self, weight: &str, size: f64) -> String {
        let size = (size * 10.0).round() / 10.0;
        [weight, " ", &size.to_string(), "px ", &self.palette.font].concat()
    }
}

/// As the styles have it: 15 px of a 24 px grid, its line 2.2 wide.
fn stroke_mark(context: &CanvasRenderingContext2d, mark: &Path2d, left: f64, top: f64) {
    const MARK: f64 = 15.0 / 24.0;
    context.save();
    let _ = context.translate(left, top + 1.5);
    let _ = context.scale(MARK, MARK);
    context.set_line_width(2.2);
    context.set_line_cap("round");
    context.set_line_join("round");
    context.stroke_with_path(mark);
    context.restore();
}

/// As much of a line as there is room for. It stands beside its mark, whatever way it runs.
fn fill_line(context: &CanvasRenderingContext2d, words: &str, x: f64, y: f64, room: f64) {
    let way = TextDirection::of(words).unwrap_or_default();
    let mut lines = wrap(words, FOOT_FONT * BOLDER, room).into_iter();
    let Some(first) = lines.next() else { return };
    if lines.next().is_none() {
        let _ = context.fill_text(&way.keep(words), x, y);
    } else {
        let _ = context.fill_text(&way.keep(&[first.trim_end(), "…"].concat()), x, y);
    }
}

/// A line that begins at the left or at the right of its `room`, as its words run.
fn fill_from_its_side(
    context: &CanvasRenderingContext2d,
    line: &str,
    way: TextDirection,
    (left, y): (f64, f64),
    room: f64,
) {
    let line = way.keep(line);
    if way == TextDirection::LeftToRight {
        let _ = context.fill_text(&line, left, y);
        return;
    }
    context.set_text_align("right");
    let _ = context.fill_text(&line, left + room, y);
    context.set_text_align("left");
}

fn shifted(
    point: samtavle_shared::geometry::BoardPoint,
    by: f64,
) -> samtavle_shared::geometry::BoardPoint {
    samtavle_shared::geometry::BoardPoint::new(point.x, point.y + by)
}

/// The radius of each corner, from the top left clockwise: a kind's shape, as the styles have it.
const fn corners_of(kind: NoteKind) -> [f64; 4] {
    match kind {
        NoteKind::Habit => [24.0; 4],
        NoteKind::Idea => [3.0, 3.0, 40.0, 3.0],
        NoteKind::Problem | NoteKind::Plan | NoteKind::Other => [3.0; 4],
    }
}

fn trace(context: &CanvasRenderingContext2d, rect: BoardRect, [a, b, c, d]: [f64; 4]) {
    let BoardRect { min, max } = rect;
    context.begin_path();
    context.move_to(min.x + a, min.y);
    let arcs = [
        (max.x - b, min.y + b, b, -FRAC_PI_2),
        (max.x - c, max.y - c, c, 0.0),
        (min.x + d, max.y - d, d, FRAC_PI_2),
        (min.x + a, min.y + a, a, 2.0 * FRAC_PI_2),
    ];
    for (x, y, radius, from) in arcs {
        let _ = context.arc(x, y, radius, from, from + FRAC_PI_2);
    }
    context.close_path();
}
