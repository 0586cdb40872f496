//! Where a line may end, as browsers have it: after spaces and hyphens, before an opening bracket, between Chinese
//! signs and around emoji; and how wide is what lies between. What note, wall and tiles measure must be what a browser
//! paints.
//!
//! For ASCII it is the table of Chromium and Safari, which leave addresses whole but for hyphens and question marks; for
//! the rest as much of Unicode's line breaking (UAX 14) as people write. Firefox breaks after slashes, too.

use super::advance::advance_em;

/// Letters that a line does not part, unless they are longer than it; and the spaces after them, which hang over the
/// margin. Places in the text in bytes, widths in em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) from: usize,
    pub(super) until: usize,
    pub(super) width: f64,
    /// Where the next piece begins.
    pub(super) next: usize,
    /// How wide the spaces are.
    pub(super) spaces: f64,
}

/// The pieces of a paragraph, in order; together they are all of it. An empty one has none.
pub(super) fn pieces(paragraph: &str) -> impl Iterator<Item = Piece> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = &paragraph[from..];
        if rest.is_empty() {
            return None;
        }
        let piece = first_piece(rest, from);
        from = piece.next;
        Some(piece)
    })
}

fn first_piece(text: &str, from: usize) -> Piece {
    let mut piece = Piece {
        from,
        until: from,
        width: 0.0,
        next: from,
        spaces: 0.0,
    };
    let mut before = None;
    let mut widths = Widths::default();
    for (at, letter) in text.char_indices() {
        let width = widths.of(letter);
        let is_space = is_space(letter);
        let has_spaces = piece.next > piece.until;
        let ends = match before {
            Some(_) if has_spaces => !is_space,
            Some(before) => !is_space && may_part(before, letter, widths.is_second_half),
            None => false,
        };
        if ends {
            break;
        }
        piece.next = from + at + letter.len_utf8();
        if is_space {
            piece.spaces += width;
        } else {
            piece.width += width;
            piece.until = piece.next;
        }
        if !is_mark(letter) || before.is_none() {
            before = Some(letter);
        }
        if letter == JOINER {
            before = Some(JOINER);
        }
    }
    piece
}

/// Signs in a row: of what is painted as one, only the first has a width.
#[derive(Default)]
pub(super) struct Widths {
    is_joined: bool,
    is_half_flag: bool,
    is_second_half: bool,
}

impl Widths {
    /// How wide the next sign makes the line, em.
    pub(super) fn of(&mut self, letter: char) -> f64 {
        let is_flag = is_flag_half(letter);
        self.is_second_half = is_flag && self.is_half_flag;
        self.is_half_flag = is_flag && !self.is_half_flag;
        let is_part = self.is_joined || self.is_second_half;
        self.is_joined = letter == JOINER;
        if is_part { 0.0 } else { advance_em(letter) }
    }
}

const JOINER: char = '\u{200d}';

/// Spaces at which a line may end.
pub(super) fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{3000}')
}

/// What is drawn on the letter before it.
fn is_mark(letter: char) -> bool {
    letter != '\u{200b}' && letter != '\u{ad}' && !letter.is_ascii() && advance_em(letter) == 0.0
}

fn is_flag_half(letter: char) -> bool {
    ('\u{1f1e6}'..='\u{1f1ff}').contains(&letter)
}

/// Whether a line may end between these two.
fn may_part(before: char, after: char, is_within_flag: bool) -> bool {
    if is_within_flag || is_mark(after) || before == JOINER || is_glue(before) || is_glue(after) {
        return false;
    }
    if before.is_ascii() && after.is_ascii() {
        return may_part_ascii(before, after);
    }
    if closes(after) || opens(before) {
        return false;
    }
    if before == '—' || after == '—' {
        return before != after;
    }
    if is_hyphen(before) || matches!(before, '-' | '?' | '\u{2028}' | '\u{2029}') {
        return true;
    }
    !is_hyphen(after) && (is_wide(before) || is_wide(after))
}

/// What stays with the letters before it, and lets go of those after it.
fn is_hyphen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '‐' | '‒' | '–' | '…' | '\u{200b}')
}

fn may_part_ascii(before: char, after: char) -> bool {
    let is_opening = matches!(after, '(' | '<' | '[' | '{');
    match before {
        '-' => !matches!(
            after,
            '!' | ')' | ',' | '.' | '/' | ':' | ';' | '?' | ']' | '}'
        ),
        '?' => !matches!(
            after,
            '!' | '"' | '\'' | ')' | ',' | '.' | '/' | ':' | ';' | '?' | ']' | '}'
        ),
        '!' | '"' | '#' | '%' | '&' | ')' | '*' | '+' | ',' | '.' | ':' | ';' | '=' | '>'
        | '\\' | ']' | '|' | '}' | '~' => is_opening,
        _ => false,
    }
}

/// Holds its neighbours together.
fn is_glue(letter: char) -> bool {
    matches!(
        letter,
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2011}' | '\u{2060}' | '\u{feff}'
    )
}

/// Stands at no end of a line: what it opens comes after it.
fn opens(letter: char) -> bool {
    matches!(
        letter,
        '(' | '['
            | '{'
            | '¡'
            | '¿'
            | '„'
            | '‚'
            | '“'
            | '‘'
            | '（'
            | '［'
            | '｛'
            | '「'
            | '『'
            | '【'
            | '〈'
            | '《'
            | '〔'
    )
}

/// Stands at no beginning of a line.
fn closes(letter: char) -> bool {
    matches!(
        letter,
        ')' | ']'
            | '}'
            | '!'
            | '?'
            | ','
            | '.'
            | ':'
            | ';'
            | '/'
            | '”'
            | '’'
            | '）'
            | '］'
            | '｝'
            | '」'
            | '』'
            | '】'
            | '〉'
            | '》'
            | '〕'
            | '。'
            | '、'
            | '，'
            | '．'
            | '！'
            | '？'
            | '：'
            | '；'
            | '・'
            | 'ー'
            | '々'
            | '〜'
            | '％'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
    )
}

/// Chinese, Japanese and Korean signs, and emoji: a line may end on both sides.
fn is_wide(letter: char) -> bool {
    matches!(
        letter,
        '\u{231a}' | '\u{231b}' | '\u{2600}'..='\u{2604}' | '\u{2614}' | '\u{2615}' | '\u{2618}' | '\u{261a}'..='\u{261f}'
            | '\u{2639}'..='\u{263b}' | '\u{2668}' | '\u{267f}' | '\u{26bd}'..='\u{26c8}' | '\u{26cd}' | '\u{26cf}'..='\u{26d1}'
            | '\u{26d3}' | '\u{26d4}' | '\u{26d8}' | '\u{26d9}' | '\u{26dc}' | '\u{26df}'..='\u{26e1}' | '\u{26ea}'
            | '\u{26f1}'..='\u{26f5}' | '\u{26f7}'..='\u{26fa}' | '\u{26fd}'..='\u{2704}' | '\u{2708}'..='\u{270d}' | '\u{2764}'
            | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff01}'..='\u{ff60}' | '\u{1f000}'..='\u{1f0ff}' | '\u{1f10d}'..='\u{1f10f}' | '\u{1f16c}'..='\u{1f16f}'
            | '\u{1f1ad}'..='\u{1f8ff}' | '\u{1f900}'..='\u{3fffd}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The pieces of a text with a mark between them.
    fn parted(text: &str) -> String {
        let each: Vec<&str> = pieces(text)
            .map(|piece| &text[piece.from..piece.next])
            .collect();
        each.join("¦")
    }

    #[test]
    fn a_line_ends_where_chromium_ends_it() {
        // Seen in Chromium 156, each between two letters and in a box of one pixel.
        for line in [
            "to ¦ord  ¦og ¦tre",
            "e-¦post ¦24-¦timers ¦a-¦-¦b ¦1-¦2 ¦-¦a ¦a-/b ¦a-)",
            "hva?¦nei ¦hva?) ¦hva?! ¦hva?¦(nei)",
            "og/eller ¦www.nav.no/a_b&c=d#e%20f",
            "nav.no/a?¦b=c&d=e-¦f",
            "a(b) ¦a.¦(b) ¦a)¦(b ¦a&¦[b",
            "10–¦12 ¦a¦—¦b ¦a…¦b ¦a«b» ¦“a”b",
            "e\u{301}\u{ad}¦o\u{200b}¦z\u{2060}z\u{a0}z",
            "漢¦字¦か¦な。¦「漢」¦a",
            "😀¦😀¦ja¦👨\u{200d}👩\u{200d}👧¦🇳🇴¦🇸🇪¦👍🏽!",
            "\t¦a\t¦b",
            "ж-¦ж ¦لا ¦أحد؟",
        ] {
            assert_eq!(parted(&line.replace('¦', "")), line);
        }
    }

    #[test]
    fn what_is_painted_as_one_is_as_wide_as_one() {
        let width = |text: &str| pieces(text).map(|piece| piece.width).sum::<f64>();
        for (whole, first) in [
            ("👨\u{200d}👩\u{200d}👧", "👨"),
            ("🇳🇴", "🇳"),
            ("👍🏽", "👍"),
            ("å\u{30a}", "å"),
        ] {
            assert!((width(whole) - width(first)).abs() < 1e-9, "{whole}");
        }
    }

    proptest! {
        #[test]
        fn pieces_together_are_all_of_the_text(text in "[a-zæ0-9👍漢е\u{301}\u{200d}\u{ad} \t()?/.«—–-]{0,80}") {
            let mut next = 0;
            for piece in pieces(&text) {
                prop_assert_eq!(piece.from, next);
                prop_assert!(piece.from <= piece.until && piece.until <= piece.next && piece.from < piece.next);
                prop_assert!(text[piece.until..piece.next].chars().all(is_space));
                prop_assert!(!text[piece.from..piece.until].ends_with(is_space));
                next = piece.next;
            }
            prop_assert_eq!(next, text.len());
        }
    }
}
