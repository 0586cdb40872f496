//! Which way a text runs, and how words of one way stand among words of the other.
//!
//! A board has notes in Norwegian, Arabic and Hebrew side by side. Where a browser lays out an element, `dir="auto"`
//! and the styles do this; what is a mere string (a sentence that holds a name, a label that is heard, a line that is
//! painted) does it here, with the rules of the Unicode Bidirectional Algorithm (UAX #9).

use std::borrow::Cow;

/// Begins words that stand apart from what is around them, whatever way they run.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Ends what [`FIRST_STRONG_ISOLATE`] or another isolate began.
const POP_ISOLATE: char = '\u{2069}';

/// The way in which a text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextDirection {
    /// As this sentence does.
    #[default]
    LeftToRight,
    /// As Arabic and Hebrew do.
    RightToLeft,
}

impl TextDirection {
    /// The way of a text's first letter that has one; what stands in isolates is not asked. None for figures and
    /// marks alone, which a browser has run from left to right.
    pub fn of(text: &str) -> Option<Self> {
        let mut depth = 0_usize;
        for letter in text.chars() {
            match letter {
                '\u{2066}'..='\u{2068}' => depth += 1,
                POP_ISOLATE => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                _ if runs_left(letter) => return Some(Self::RightToLeft),
                _ if letter.is_alphabetic() => return Some(Self::LeftToRight),
                _ => {}
            }
        }
        None
    }

    /// A line that is painted by itself, where whoever paints takes every line to run from left to right.
    pub fn keep(self, line: &str) -> Cow<'_, str> {
        if self == Self::LeftToRight && !line.chars().any(turns) {
            return Cow::Borrowed(line);
        }
        let begin = match self {
            Self::LeftToRight => "\u{2066}",
            Self::RightToLeft => "\u{2067}",
        };
        Cow::Owned([begin, line, "\u{2069}"].concat())
    }
}

/// Words that are put into a sentence of ours, so that neither moves the other's marks: «لا أحد يرد؟ (NAV) er flyttet».
/// Words that run as our sentences do are left as they are: nothing would look otherwise.
pub fn isolated(words: &str) -> Cow<'_, str> {
    if !words.chars().any(turns) {
        return Cow::Borrowed(words);
    }
    let mut apart = String::with_capacity(words.len() + 8);
    apart.push(FIRST_STRONG_ISOLATE);
    let mut depth = 0_usize;
    for letter in words.chars() {
        match letter {
            '\u{2066}'..='\u{2068}' => depth += 1,
            // One too many would end ours.
            POP_ISOLATE if depth == 0 => continue,
            POP_ISOLATE => depth -= 1,
            _ => {}
        }
        apart.push(letter);
    }
    apart.extend(std::iter::repeat_n(POP_ISOLATE, depth + 1));
    Cow::Owned(apart)
}

/// A name or a title without what nobody sees and what turns the words around it: embeddings, overrides, isolates and
/// controls. Marks of direction stay, which say how a name of Arabic and Latin letters runs, and joiners. A break is a
/// space. Texts keep all of it.
///
/// ```
/// use samtavle_shared::direction::plain_name;
/// assert_eq!(plain_name("\u{202e}iraK\u{202c}\u{0}"), "iraK");
/// assert_eq!(plain_name("Kari\nOla"), "Kari Ola");
/// ```
pub fn plain_name(name: &str) -> Cow<'_, str> {
    let turns_or_hides = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}'
                | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
    };
    if !name.contains(turns_or_hides) {
        return Cow::Borrowed(name);
    }
    let plain = name.chars().filter_map(|letter| match letter {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        letter => (!turns_or_hides(letter)).then_some(letter),
    });
    Cow::Owned(plain.collect())
}

/// Several people's words in a row, each kept apart from its neighbours.
pub fn listed<W: AsRef<str>>(words: impl IntoIterator<Item = W>, between: &str) -> String {
    let mut row = String::new();
    for (place, words) in words.into_iter().enumerate() {
        if place > 0 {
            row.push_str(between);
        }
        row.push_str(&isolated(words.as_ref()));
    }
    row
}

/// Whether a letter could move what stands beside it in a sentence that runs from left to right.
fn turns(letter: char) -> bool {
    runs_left(letter) || matches!(letter, '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        // Arabic figures: they put their signs elsewhere.
        || matches!(letter, '\u{0600}'..='\u{0605}' | '\u{0660}'..='\u{0669}' | '\u{06DD}')
}

/// Whether it is a letter of a script that runs from right to left (bidi classes R and AL). The blocks are set aside
/// for such scripts as a whole, also what is not yet given out.
fn runs_left(letter: char) -> bool {
    let is_in_block = matches!(
        letter,
        '\u{0590}'..='\u{08FF}'
            | '\u{200F}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFE}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    );
    // Accents, figures and a few marks in these blocks run as what is around them.
    let is_neutral = matches!(
        letter,
        '\u{0591}'..='\u{05BD}'
            | '\u{05BF}'
            | '\u{05C1}'..='\u{05C2}'
            | '\u{05C4}'..='\u{05C5}'
            | '\u{05C7}'
            | '\u{0600}'..='\u{0607}'
            | '\u{0609}'..='\u{060A}'
            | '\u{060C}'
            | '\u{060E}'..='\u{061A}'
            | '\u{064B}'..='\u{066C}'
            | '\u{0670}'
            | '\u{06D6}'..='\u{06E4}'
            | '\u{06E7}'..='\u{06ED}'
            | '\u{06F0}'..='\u{06F9}'
            | '\u{0711}'
            | '\u{0730}'..='\u{074A}'
            | '\u{07A6}'..='\u{07B0}'
            | '\u{07EB}'..='\u{07F3}'
            | '\u{0816}'..='\u{082D}'
            | '\u{0859}'..='\u{085B}'
            | '\u{0890}'..='\u{089F}'
            | '\u{08CA}'..='\u{08FF}'
            | '\u{FB1E}'
            | '\u{FB29}'
            | '\u{FD3E}'..='\u{FD4F}'
            | '\u{FDCF}'
            | '\u{FDFD}'..='\u{FDFF}'
            | '\u{10E60}'..='\u{10E7E}'
    );
    is_in_block && !is_neutral
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: &str = "لا أحد يرد على الهاتف؟ (NAV)";

    #[test]
    fn a_text_runs_as_its_first_letter_does() {
        use TextDirection::{LeftToRight, RightToLeft};
        for (text, direction) in [
            (NOBODY, Some(RightToLeft)),
            ("(NAV) لا أحد", Some(LeftToRight)),
            ("«אף אחד לא עונה»", Some(RightToLeft)),
            ("3. لا أحد", Some(RightToLeft)),
            ("٣ NAV", Some(LeftToRight)),
            ("Ingen svarer", Some(LeftToRight)),
            ("Никто", Some(LeftToRight)),
            ("漢字", Some(LeftToRight)),
            ("ߒߞߏ", Some(RightToLeft)),
            ("12 – ?", None),
            ("", None),
        ] {
            assert_eq!(TextDirection::of(text), direction, "{text}");
        }
    }

    #[test]
    fn what_is_kept_apart_does_not_decide() {
        let sentence = [&*isolated(NOBODY), ": ikke hørt"].concat();
        assert_eq!(
            TextDirection::of(&sentence),
            Some(TextDirection::LeftToRight)
        );
        assert_eq!(TextDirection::of(&isolated(NOBODY)), None);
    }

    #[test]
    fn a_line_that_is_painted_keeps_the_way_of_its_paragraph() {
        use TextDirection::{LeftToRight, RightToLeft};
        assert_eq!(LeftToRight.keep("Ingen"), "Ingen");
        assert_eq!(RightToLeft.keep("(NAV)"), "\u{2067}(NAV)\u{2069}");
        assert_eq!(LeftToRight.keep("NAV أحد?"), "\u{2066}NAV أحد?\u{2069}");
    }

    #[test]
    fn words_of_our_own_way_are_left_as_they_are() {
        for words in ["Kari", "12 % (NAV)", "Никто", "😀", ""] {
            assert!(
                matches!(isolated(words), Cow::Borrowed(same) if same == words),
                "{words}"
            );
        }
    }

    #[test]
    fn words_of_the_other_way_stand_apart() {
        assert_eq!(isolated(NOBODY), ["\u{2068}", NOBODY, "\u{2069}"].concat());
        assert_eq!(
            listed(["NAV", NOBODY], ", "),
            ["NAV, \u{2068}", NOBODY, "\u{2069}"].concat()
        );
    }

    #[test]
    fn nobodys_words_reach_out_of_their_place() {
        for (words, apart) in [
            // One end too many, and one beginning too many.
            ("a\u{2069}b\u{202E}c", "\u{2068}ab\u{202E}c\u{2069}"),
            ("\u{2067}אב", "\u{2068}\u{2067}אב\u{2069}\u{2069}"),
            ("\u{2067}אב\u{2069}", "\u{2068}\u{2067}אב\u{2069}\u{2069}"),
        ] {
            assert_eq!(isolated(words), apart);
        }
    }
}
