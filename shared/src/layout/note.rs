//! How a note's text breaks into lines, and how high the note is for it.

use super::pieces::{Widths, pieces};
use crate::{
    board::{Note, NoteKind, PlanState},
    geometry::Size,
};

/// Board units; three words of nine letters on a line.
pub const NOTE_WIDTH: f64 = 184.0;
/// Board units; a note with three lines and its mark.
pub const NOTE_MIN_HEIGHT: f64 = 124.0;
/// Board units between the edge and the text.
pub const NOTE_PADDING: f64 = 14.0;
/// Size of the letters, board units.
pub const NOTE_FONT: f64 = 17.0;
/// From line to line, board units.
pub const NOTE_LINE: f64 = 22.0;
/// Below the text: the mark, and who speaks.
const NOTE_FOOT: f64 = 32.0;
/// Above the mark: of a plan, who tries it and when; of a broken habit, who stops. The first line and its gap.
pub const NOTE_MORE: f64 = 20.0;
/// Each further line of it.
pub const NOTE_MORE_LINE: f64 = 16.0;
/// Its letters, board units; a little wider than the text's, for they are heavier.
const NOTE_MORE_FONT: f64 = 13.4;
/// More lines than this are cut.
pub const MOST_MORE_LINES: usize = 3;
/// A longer text is folded: a note is no higher than so many lines, for one that says very much would be a tower beside
/// which nothing could be read.
pub const MOST_NOTE_LINES: usize = 12;
/// So many lines of a folded text are seen; the last one's place says that there is more.
pub const FOLDED_LINES: usize = MOST_NOTE_LINES - 1;
/// A browser's own line breaks differ from ours by kerning: leave it this much of the line.
pub(super) const SLACK: f64 = 0.99;

/// The lines of a text set in `font` (board units) between margins `width` apart: they end where a browser ends them,
/// and within a word only when it is longer than a line.
pub fn wrap(text: &str, font: f64, width: f64) -> Vec<&str> {
    let room = width * SLACK / font;
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph.trim_end_matches('\r'), room, &mut lines);
    }
    lines
}

/// `room` in em.
fn wrap_paragraph<'t>(text: &'t str, room: f64, lines: &mut Vec<&'t str>) {
    let (mut from, mut until) = (0, 0); // of the line, bytes
    let mut width = 0.0;
    for piece in pieces(text) {
        if piece.from > from && width + piece.width > room && piece.width > 0.0 {
            lines.push(&text[from..until]);
            (from, width) = (piece.from, 0.0);
        }
        if piece.width > room {
            let mut widths = Widths::default();
            for (at, letter) in text[piece.from..piece.until].char_indices() {
                let wide = widths.of(letter);
                let at = piece.from + at;
                if width + wide > room && at > from && wide > 0.0 {
                    lines.push(&text[from..at]);
                    (from, width) = (at, 0.0);
                }
                width += wide;
            }
        } else {
            width += piece.width;
        }
        until = piece.until;
        width += piece.spaces;
    }
    lines.push(&text[from..until]);
}

/// Whether a note with this text shows only its beginning.
///
/// ```
/// use samtavle_shared::layout::is_folded;
/// assert!(!is_folded("Ingen av dem svarte."));
/// assert!(is_folded(&"Jeg ringte tre ganger. ".repeat(40)));
/// ```
pub fn is_folded(text: &str) -> bool {
    line_count(text) > MOST_NOTE_LINES
}

fn line_count(text: &str) -> usize {
    wrap(text, NOTE_FONT, NOTE_WIDTH - 2.0 * NOTE_PADDING).len()
}

/// The size of a note with this text and nothing more to say, board units.
pub fn note_size(text: &str) -> Size {
    size_with(text, 0.0)
}

/// The size of a note as it stands, board units.
pub fn size_of(note: &Note) -> Size {
    let more = match more_lines(note) {
        0 => 0.0,
        lines => NOTE_MORE + (lines - 1) as f64 * NOTE_MORE_LINE,
    };
    size_with(&note.text, more)
}

/// How many lines there is room for above the mark. Every screen has the same, whatever its language: the
/// longest of our words is counted on.
pub fn more_lines(note: &Note) -> usize {
    if !has_more(note) {
        return 0;
    }
    let words = match (&note.habit.broken, note.kind) {
        (Some(broken), NoteKind::Habit) => {
            ["vanen er broten: ", &broken.who, ", from ", &broken.from].concat()
        }
        _ => [&*note.plan.who, " · ", &note.plan.when, " · virket ikke"].concat(),
    };
    let lines = wrap(&words, NOTE_MORE_FONT, NOTE_WIDTH - 2.0 * NOTE_PADDING);
    lines.len().min(MOST_MORE_LINES)
}

/// Whether a note has a line more at its foot than others: a plan that says who, when or how far; a
/// broken habit.
pub fn has_more(note: &Note) -> bool {
    match note.kind {
        NoteKind::Plan => {
            let plan = &note.plan;
            !plan.who.is_empty() || !plan.when.is_empty() || plan.state != PlanState::default()
        }
        NoteKind::Habit => note.habit.broken.is_some(),
        NoteKind::Problem | NoteKind::Idea | NoteKind::Other => false,
    }
}

fn size_with(text: &str, more: f64) -> Size {
    let lines = line_count(text).min(MOST_NOTE_LINES);
    let height = NOTE_PADDING + lines as f64 * NOTE_LINE + more + NOTE_FOOT;
    Size::new(NOTE_WIDTH, height.max(NOTE_MIN_HEIGHT))
}

#[cfg(test)]
mod tests {
    use super::{super::advance::advance_em, *};
    use proptest::prelude::*;

    #[test]
    fn words_stay_whole_and_a_word_longer_than_a_line_does_not() {
        let lines = wrap(
            "Vi får epikrisen tre dager etter at hun kom hjem.",
            17.0,
            156.0,
        );
        assert_eq!(
            lines,
            ["Vi får epikrisen tre", "dager etter at hun", "kom hjem."]
        );
        let long = wrap("menneskerettighetsorganisasjonene", 17.0, 156.0);
        assert!(long.len() >= 2 && long.concat() == "menneskerettighetsorganisasjonene");
    }

    #[test]
    fn an_address_and_a_word_longer_than_lines_are_as_many_lines_as_a_browser_makes() {
        // Counted in Chromium 156. It has a hair more room on a line than we count on.
        let address = "https://www.helsedirektoratet.no/tema/pasient-og-brukerrettigheter/?q=hjem-fra-sykehus&side=2";
        let lines = wrap(address, NOTE_FONT, NOTE_WIDTH - 2.0 * NOTE_PADDING);
        assert_eq!(lines.len(), 6, "{lines:?}");
        assert_eq!(
            lines[2..],
            [
                "pasient-og-",
                "brukerrettigheter/?",
                "q=hjem-fra-",
                "sykehus&side=2"
            ]
        );
        let word =
            "minoritetsladningsbærerdiffusjonskoeffisientmålingsapparaturenesomingenkanskrive";
        let lines = wrap(word, NOTE_FONT, NOTE_WIDTH - 2.0 * NOTE_PADDING);
        assert_eq!(lines.len(), 5, "{lines:?}");
    }

    #[test]
    fn an_empty_text_is_one_empty_line_and_a_break_makes_another() {
        assert_eq!(wrap("", 17.0, 156.0), [""]);
        assert_eq!(wrap("a\n\nb", 17.0, 156.0), ["a", "", "b"]);
    }

    #[test]
    fn a_note_grows_with_its_text_and_never_shrinks_below_its_usual_size() {
        assert!((note_size("").height - NOTE_MIN_HEIGHT).abs() < 1e-9);
        assert!(note_size(&"ord ".repeat(60)).height > 2.0 * NOTE_MIN_HEIGHT);
    }

    #[test]
    fn a_note_that_says_very_much_is_folded_and_no_higher_than_others() {
        let lines = |count: usize| vec!["ord"; count].join("\n");
        let highest = note_size(&lines(MOST_NOTE_LINES));
        assert!(!is_folded(&lines(MOST_NOTE_LINES)) && is_folded(&lines(MOST_NOTE_LINES + 1)));
        assert_eq!(note_size(&lines(MOST_NOTE_LINES + 1)), highest);
        assert_eq!(note_size(&"Jeg ringte tre ganger. ".repeat(150)), highest);
        assert!(note_size(&lines(MOST_NOTE_LINES - 1)).height < highest.height);
    }

    #[test]
    fn a_plan_that_says_who_and_a_broken_habit_are_a_line_higher() {
        let text = "ord ".repeat(60);
        let mut note = Note {
            kind: NoteKind::Plan,
            text: text.clone(),
            ..bare()
        };
        assert_eq!(size_of(&note), note_size(&text));
        note.plan.who = "Amina".into();
        let higher = size_of(&note).height - note_size(&text).height;
        assert!((higher - NOTE_MORE).abs() < 1e-9);
        note.plan.who = "Amina Hansen, Per og alle som går kveldsvakter på sengepost 3".into();
        let higher = size_of(&note).height - note_size(&text).height;
        assert!((higher - NOTE_MORE - 2.0 * NOTE_MORE_LINE).abs() < 1e-9);
        note.kind = NoteKind::Idea; // what a plan said is kept, and not shown
        assert_eq!(size_of(&note), note_size(&text));
    }

    fn bare() -> Note {
        Note {
            id: "a".into(),
            kind: NoteKind::Problem,
            pos: crate::geometry::BoardPoint::default(),
            text: String::new(),
            cluster: None,
            order: crate::board::Order::default(),
            at: 0.0,
            voice: None,
            by: None,
            lived: false,
            born: None,
            cut: None,
            habit: crate::board::HabitAnswers::default(),
            plan: crate::board::PlanFields::default(),
            restated: Vec::new(),
            reactions: Vec::new(),
        }
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_no_line_is_too_long(text in "[a-zæøå👍 \n]{0,120}", width in 40.0..300.0f64) {
            let lines = wrap(&text, 17.0, width);
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(visible(&lines.concat()), visible(&text));
            for line in lines {
                let long: f64 = line.trim_end().chars().map(|c| advance_em(c) * 17.0).sum();
                prop_assert!(long <= width || line.chars().count() == 1, "{} is {}", line, long);
            }
        }

        /// A browser has a hair more room than we count on: it must not need more lines for that.
        #[test]
        fn more_room_is_never_more_lines(
            text in "[a-zæøåmW0-9👍漢\u{301}\u{ad} \t()?/.«–-]{0,160}",
            width in 40.0..300.0f64,
            more in 1.0..1.3f64,
        ) {
            prop_assert!(wrap(&text, 17.0, width * more).len() <= wrap(&text, 17.0, width).len());
        }

        #[test]
        fn a_note_has_room_for_each_line_that_is_painted(text in "[a-zæøåmW0-9👍漢\u{301} \n()?/-]{0,400}") {
            let painted = line_count(&text).min(MOST_NOTE_LINES) as f64;
            let room = note_size(&text).height - NOTE_PADDING - NOTE_FOOT;
            prop_assert!(room >= painted * NOTE_LINE - 1e-9);
        }
    }
}
