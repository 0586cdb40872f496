//! The colours of the page, for what is painted rather than styled.

use leptos::prelude::*;
use samtavle_shared::board::NoteKind;
use web_sys::CssStyleDeclaration;

/// Colours as CSS writes them.
#[derive(Debug, Default)]
pub(super) struct Palette {
    pub(super) ink: String,
    pub(super) ink_2: String,
    pub(super) line: String,
    pub(super) frame: String,
    pub(super) shadow: &'static str,
    pub(super) font: String,
    papers: [String; 5],
    inks: [String; 5],
}

/// As `--shadow-paper`, without its blur: tiles are too small for it to be seen.
const SHADOW: &str = "#4a3d2b26";

impl Palette {
    /// As the page has them now.
    pub(super) fn of_page() -> Self {
        let style = document()
            .document_element()
            .and_then(|page| window().get_computed_style(&page).ok().flatten());
        let Some(style) = style else {
            return Self::default();
        };
        let read = |name: &str| read(&style, name);
        Self {
            ink: read("--ink"),
            ink_2: read("--ink-2"),
            line: read("--line"),
            frame: read("--frame"),
            shadow: SHADOW,
            font: read("--font"),
            papers: ["--problem", "--habit", "--idea", "--plan", "--card"].map(read),
            inks: [
                "--problem-ink",
                "--habit-ink",
                "--idea-ink",
                "--plan-ink",
                "--ink-2",
            ]
            .map(read),
        }
    }

    pub(super) fn paper(&self, kind: NoteKind) -> &str {
        &self.papers[number(kind)]
    }

    pub(super) fn kind_ink(&self, kind: NoteKind) -> &str {
        &self.inks[number(kind)]
    }
}

fn read(style: &CssStyleDeclaration, name: &str) -> String {
    style
        .get_property_value(name)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

const fn number(kind: NoteKind) -> usize {
    match kind {
        NoteKind::Problem => 0,
        NoteKind::Habit => 1,
        NoteKind::Idea => 2,
        NoteKind::Plan => 3,
        NoteKind::Other => 4,
    }
}
