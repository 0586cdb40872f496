//! What programs do to the letters of a link: encode them, break their line, put marks around them and letters that show
//! nothing between.

/// A program that encodes what another has encoded already, and one more.
const MOST_ENCODINGS: usize = 3;

/// Without what programs have encoded, and without letters that show nothing.
pub(super) fn decoded(text: &str) -> String {
    let mut plain = text.to_owned();
    for _ in 0..MOST_ENCODINGS {
        match without_percent(&plain) {
            Some(decoded) => plain = decoded,
            None => break,
        }
    }
    plain.retain(|letter| !shows_nothing(letter));
    plain
}

/// The letters that a text begins with, over gaps where a line was broken, until it has them all.
pub(super) fn run(text: &str, whole: usize, is_letter: impl Fn(char) -> bool) -> String {
    let mut found = String::new();
    let mut is_broken = false;
    let mut letters = text.trim_start_matches(opens).chars().peekable();
    while let Some(letter) = letters.next() {
        if is_letter(letter) {
            if is_broken && found.len() >= whole {
                break;
            }
            is_broken = false;
            found.push(letter);
        } else if letter.is_whitespace()
            // How a mail marks that its line goes on.
            || letter == '=' && letters.peek().is_none_or(|next| next.is_whitespace())
        {
            is_broken = true;
        } else {
            break;
        }
    }
    found
}

/// `None`: nothing is encoded in it.
fn without_percent(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |ahead: usize| {
            bytes
                .get(at + ahead)
                .and_then(|&digit| char::from(digit).to_digit(16))
        };
        match (bytes[at], digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => {
                plain.push((high * 16 + low) as u8); // two hexadecimal digits are a byte
                at += 3;
            }
            (byte, ..) => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    (plain.len() < bytes.len()).then(|| String::from_utf8_lossy(&plain).into_owned())
}

/// What may stand before a link in a text.
pub(super) fn opens(letter: char) -> bool {
    letter.is_whitespace() || "<([{\"'“”„‘’«»*".contains(letter)
}

/// Spaces without width, joiners, marks of direction, hyphens that are seen at the end of a line only.
const fn shows_nothing(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}
