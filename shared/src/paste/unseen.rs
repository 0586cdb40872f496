//! Letters that nobody sees, and that programs leave in what they copy.

/// Falls away at the ends of a text: it takes room or joins nothing there.
fn is_padding(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{2060}'
                ..='\u{2064}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        )
}

/// Shows nothing by itself, but may change what stands beside it: joiners, marks of direction, variants.
fn is_unseen(letter: char) -> bool {
    is_padding(letter)
        || matches!(
            letter,
            '\u{34f}' | '\u{61c}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}'
        )
}

/// Whether a text shows nothing at all: blank, or nothing but what is there to join or to direct.
///
/// ```
/// use samtavle_shared::paste::shows_nothing;
/// assert!(shows_nothing(" \u{200b}\u{feff}\n"));
/// assert!(!shows_nothing("\u{200b}a"));
/// ```
pub fn shows_nothing(text: &str) -> bool {
    text.chars().all(is_unseen)
}

/// A text without what nobody sees at the ends of its lines, with line ends of one kind, at most one blank
/// line after another, and no controls.
pub(super) fn cleaned(text: &str) -> String {
    if shows_nothing(text) {
        return String::new();
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut blank_lines = 0;
    for line in text.split(is_line_end) {
        let line = line.trim_matches(is_padding);
        if line.is_empty() {
            blank_lines += 1;
            continue;
        }
        if !cleaned.is_empty() {
            cleaned.push_str(if blank_lines > 0 { "\n\n" } else { "\n" });
        }
        blank_lines = 0;
        let letters = line
            .chars()
            .map(|letter| if letter == '\t' { ' ' } else { letter });
        cleaned.extend(letters.filter(|letter| !letter.is_control()));
    }
    cleaned
}

/// Within a cell: also a break that begins no paragraph, as Word and slides have it.
fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{b}' | '\u{2028}')
}
