//! Bullets and numbers at the beginning of a line: the list's, not the note's.

/// Marks that lists begin with, also as Word writes those of its fonts of symbols.
const BULLETS: &str =
    "•‣⁃∙◦●○■□▪▫◼◾►▶▸➢➤➔✓✔❖◆◇·–—*\u{f0a7}\u{f0b7}\u{f0d8}\u{f076}\u{f0fc}\u{f0a8}";
/// Letters that stand for such marks where the font is lost; only with a tab behind them.
const LOST_BULLETS: &str = "o§Øvüqnu¨";
/// What a number with a dot counts when it is no list's: «17. mai», «1. klasse», «2. etasje».
const COUNTED: [&str; 30] = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
    "avdeling",
    "divisjon",
    "etasje",
    "gang",
    "halvår",
    "juledag",
    "klass",
    "kvartal",
    "linj",
    "plass",
    "pinsedag",
    "prioritet",
    "påskedag",
    "runde",
    "semester",
    "trinn",
    "verdenskrig",
    "årgang",
];
/// Digits of a list's number: a list of ten thousand is none.
const MOST_DIGITS: usize = 4;

/// What a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    Bullet,
    Number { kind: Kind, value: u32 },
}

/// How a list counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// 1.
    Dot,
    /// 1)
    Bracket,
    /// a.
    LetterDot,
    /// a) or iv)
    LetterBracket,
}

/// Takes the markers of lists off these notes.
pub(super) fn take_off(notes: &mut [String]) {
    let found: Vec<Option<(Marker, usize)>> = notes.iter().map(|note| marker(note)).collect();
    let mut numbers: Vec<(Kind, u32, usize)> = Vec::new();
    for (index, found) in found.iter().enumerate() {
        if let Some((Marker::Number { kind, value }, _)) = found {
            numbers.push((*kind, *value, index));
        }
    }
    let mut counts = vec![false; notes.len()];
    for kind in [Kind::Dot, Kind::LetterDot] {
        let of_kind: Vec<(u32, usize)> = numbers
            .iter()
            .filter(|(other, ..)| *other == kind)
            .map(|&(_, value, index)| (value, index))
            .collect();
        for (place, &(value, index)) in of_kind.iter().enumerate() {
            let before = place.checked_sub(1).map(|before| of_kind[before].0);
            let after = of_kind.get(place + 1).map(|after| after.0);
            counts[index] = (value == 1 && kind == Kind::Dot)
                || before.is_some_and(|before| before + 1 == value)
                || after == Some(value + 1);
        }
    }
    for (index, note) in notes.iter_mut().enumerate() {
        let Some((marker, length)) = found[index] else {
            continue;
        };
        let is_lists = match marker {
            Marker::Bullet => true,
            Marker::Number { kind, .. } => {
                matches!(kind, Kind::Bracket | Kind::LetterBracket) || counts[index]
            }
        };
        if is_lists {
            *note = note[length..].trim_start().to_owned();
        }
    }
}

/// Whether a cell is a marker and nothing else: lists come with their markers in a column of their own.
pub(super) fn is_marker(cell: &str) -> bool {
    let letter = cell.chars().next().unwrap_or_default();
    let is_single = cell.chars().nth(1).is_none();
    (is_single && (letter == '-' || BULLETS.contains(letter) || LOST_BULLETS.contains(letter)))
        || number(cell).is_some_and(|(_, length)| length == cell.len())
}

/// The marker that a note begins with, and how many bytes it takes with what stands behind it. A note of
/// several lines that is a list by itself keeps all of its markers.
fn marker(note: &str) -> Option<(Marker, usize)> {
    let (first, rest) = note.split_once('\n').unwrap_or((note, ""));
    let found = marker_of_line(first)?;
    let is_a_list = rest.lines().any(|line| marker_of_line(line).is_some());
    (!is_a_list).then_some(found)
}

fn marker_of_line(line: &str) -> Option<(Marker, usize)> {
    let letter = line.chars().next()?;
    let (marker, length) = if letter == '-' || letter == 'o' || BULLETS.contains(letter) {
        (Marker::Bullet, letter.len_utf8())
    } else {
        number(line)?
    };
    let behind = &line[length..];
    let words = behind.trim_start();
    let is_apart = words.len() < behind.len() || (words.is_empty() && letter != 'o');
    let is_lists = match marker {
        // «–5 grader», «*viktig*» and «-ish» are words.
        Marker::Bullet => is_apart || !matches!(letter, '-' | '–' | '—' | '*' | '·' | 'o'),
        Marker::Number { .. } => {
            let is_word = words.starts_with(char::is_alphabetic);
            (is_apart || is_word) && !COUNTED.iter().any(|word| words.starts_with(word))
        }
    };
    is_lists.then(|| (marker, line.len() - words.len()))
}

fn number(line: &str) -> Option<(Marker, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (value, length, is_letter) = if digits > 0 {
        if digits > MOST_DIGITS {
            return None;
        }
        (line[..digits].parse().ok()?, digits, false)
    } else {
        let letters = line.bytes().take_while(u8::is_ascii_lowercase).count();
        let word = &line[..letters];
        let value = match word.as_bytes() {
            [letter] => u32::from(letter - b'a') + 1,
            // Only with a bracket: «vi.» is a word.
            _ if is_roman(word) && line[letters..].starts_with(')') => 1,
            _ => return None,
        };
        (value, letters, true)
    };
    let kind = match (line.as_bytes().get(length)?, is_letter) {
        (b'.', false) => Kind::Dot,
        (b')', false) => Kind::Bracket,
        (b'.', true) => Kind::LetterDot,
        (b')', true) => Kind::LetterBracket,
        _ => return None,
    };
    Some((Marker::Number { kind, value }, length + 1))
}

fn is_roman(word: &str) -> bool {
    matches!(
        word,
        "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix" | "xi" | "xii"
    )
}
