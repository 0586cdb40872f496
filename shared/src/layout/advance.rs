//! How wide each letter of our font is, so that a note's height is known without a browser: the
//! server, the wall's layout and the far-out tiles all need it, and must agree with the desk.
//!
//! Made from `assets/fonts/hyperlegible-latin*.woff2` (Atkinson Hyperlegible Next) with fonttools:
//! `instancer.instantiateVariableFont(font, {"wght": 450})`, then each character's advance in `hmtx`,
//! scaled to 1/1000 em. Kerning is left out: it takes a hair off a line and never adds one, so a line
//! that fits here fits on the screen.

/// The first character of [`ADVANCE`]: the space.
const FIRST: u32 = 0x20;

/// Advance widths from U+0020 to U+017F in 1/1000 em at weight 450. Zero: takes no room.
/// A letter that the font lacks has the fallback's 600.
#[rustfmt::skip]
pub(crate) const ADVANCE: [u16; 352] = [
    287, 289, 319, 674, 596, 929, 730, 170, 306, 306, 485, 604, 222, 364, 222, 398, // U+0020
    650, 414, 554, 581, 616, 592, 604, 515, 617, 590, 222, 222, 556, 625, 556, 493, // U+0030
    779, 637, 619, 648, 673, 575, 555, 699, 695, 399, 522, 638, 543, 831, 698, 721, // U+0040
    599, 731, 621, 596, 568, 689, 603, 862, 635, 590, 609, 322, 398, 344, 558, 378, // U+0050
    252, 530, 572, 490, 570, 543, 324, 565, 554, 262, 248, 505, 273, 852, 554, 554, // U+0060
    572, 579, 354, 479, 336, 545, 475, 695, 493, 464, 469, 352, 240, 352, 551, 0, // U+0070
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // U+0080
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // U+0090
    287, 289, 490, 615, 583, 590, 240, 533, 381, 798, 375, 580, 605, 0, 798, 361, // U+00A0
    361, 585, 386, 388, 252, 600, 511, 251, 272, 262, 385, 580, 822, 827, 878, 465, // U+00B0
    637, 637, 637, 637, 637, 637, 906, 648, 575, 575, 575, 575, 399, 399, 399, 399, // U+00C0
    693, 698, 721, 721, 721, 721, 721, 533, 721, 689, 689, 689, 689, 590, 599, 590, // U+00D0
    530, 530, 530, 530, 530, 530, 868, 490, 543, 543, 543, 543, 262, 262, 262, 276, // U+00E0
    570, 554, 554, 554, 554, 554, 554, 604, 554, 545, 545, 545, 545, 464, 572, 464, // U+00F0
    637, 530, 637, 530, 637, 530, 648, 490, 600, 600, 648, 490, 648, 490, 673, 646, // U+0100
    693, 570, 575, 543, 600, 600, 575, 543, 575, 543, 575, 543, 600, 600, 699, 565, // U+0110
    699, 565, 699, 565, 600, 600, 695, 554, 600, 600, 399, 262, 600, 600, 399, 262, // U+0120
    399, 262, 920, 509, 600, 600, 638, 505, 600, 543, 273, 543, 273, 543, 327, 600, // U+0130
    600, 573, 307, 698, 554, 698, 554, 698, 554, 600, 600, 600, 600, 600, 600, 600, // U+0140
    721, 554, 1010, 926, 621, 354, 600, 600, 621, 354, 596, 479, 600, 600, 596, 479, // U+0150
    596, 479, 568, 336, 568, 336, 600, 600, 600, 600, 689, 545, 600, 600, 689, 545, // U+0160
    689, 545, 689, 545, 862, 695, 590, 464, 590, 609, 469, 609, 469, 609, 469, 600, // U+0170
];

/// Punctuation beyond U+017F that people type often, in 1/1000 em at weight 450.
const PUNCTUATION: [(char, u16); 15] = [
    ('–', 503),
    ('—', 826),
    ('…', 692),
    ('‘', 243),
    ('’', 243),
    ('“', 415),
    ('”', 415),
    ('•', 438),
    ('‚', 243),
    ('„', 415),
    ('‹', 361),
    ('›', 361),
    ('€', 667),
    ('−', 604),
    ('™', 888),
];

/// What another alphabet's letter is taken to be, in em: it comes from a font that we don't know.
const FALLBACK: f64 = 0.6;

/// What a Chinese, Japanese or Korean sign is taken to be, in em: a full square.
const SQUARE: f64 = 1.0;

/// What an emoji is taken to be, in em: the widest font that has them (Windows').
const EMOJI: f64 = 1.4;

/// What a tab is taken to be, in em: `assets/styles/30-note.css` has its stops two spaces apart, and what is nearer than
/// half a digit is passed over.
const TAB: f64 = 0.9;

/// The advance of `c` in em, in the weight of a note's text.
pub fn advance_em(c: char) -> f64 {
    match c {
        '\t' => return TAB,
        '\n' | '\r' | '\u{c}' | '\0' => return 0.0,
        // Painted as a hyphen where a line ends in it.
        '\u{ad}' => return advance_em('-'),
        _ => {}
    }
    let code = u32::from(c);
    let in_table = code
        .checked_sub(FIRST)
        .and_then(|index| ADVANCE.get(index as usize));
    if let Some(&advance) = in_table.filter(|_| !matches!(code, 0x7F..=0x9F)) {
        return f64::from(advance) / 1000.0;
    }
    if let Some(&(_, advance)) = PUNCTUATION.iter().find(|&&(known, _)| known == c) {
        return f64::from(advance) / 1000.0;
    }
    match code {
        // Combining marks; joiners and direction marks; variation selectors; skin tones are drawn on the emoji before
        // them; tags.
        0x0300..=0x036F
        | 0x0483..=0x0489
        | 0x0591..=0x05BD
        | 0x05BF
        | 0x05C1..=0x05C2
        | 0x05C4..=0x05C5
        | 0x0610..=0x061A
        | 0x064B..=0x065F
        | 0x0670
        | 0x06D6..=0x06DC
        | 0x06DF..=0x06E4
        | 0x1AB0..=0x1AFF
        | 0x1DC0..=0x1DFF
        | 0x200B..=0x200F
        | 0x202A..=0x202E
        | 0x2060..=0x2069
        | 0x20D0..=0x20FF
        | 0xFE00..=0xFE0F
        | 0xFE20..=0xFE2F
        | 0xFEFF
        | 0x1F3FB..=0x1F3FF
        | 0xE0000..=0xE0FFF => 0.0,
        // Greek and Cyrillic, as wide as the widest usual fonts have them.
        0x0391..=0x03A9 | 0x0404..=0x042F => greek_or_cyrillic(c, 0.8),
        0x03AC..=0x03CE | 0x0430..=0x045F => greek_or_cyrillic(c, 0.67),
        // Arabic letters with a long stroke; spaces as wide as an m; arrows and signs; Hangul, CJK, full-width forms.
        0x0633..=0x0636
        | 0x2001
        | 0x2003
        | 0x2190..=0x22FF
        | 0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x20000..=0x3FFFD => SQUARE,
        // Symbols and pictures.
        0x231A..=0x23FF | 0x2500..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FFFF => EMOJI,
        _ => FALLBACK,
    }
}

fn greek_or_cyrillic(c: char, usual: f64) -> f64 {
    match c {
        'Ж' | 'М' | 'Ф' | 'Ш' | 'Щ' | 'Ы' | 'Ю' | 'Њ' | 'Љ' => 1.1,
        'ж' | 'м' | 'ф' | 'ш' | 'щ' | 'ы' | 'ю' | 'њ' | 'љ' | 'ω' | 'ψ' | 'φ' => 0.96,
        'Ω' | 'Ψ' | 'Φ' | 'Μ' => 0.9,
        _ => usual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::float_cmp)]
    fn letters_have_the_width_of_the_font() {
        assert_eq!(advance_em(' '), 0.287);
        assert_eq!(advance_em('m'), 0.852);
        assert_eq!(advance_em('å'), advance_em('a'));
        assert_eq!(advance_em('«'), 0.58);
        assert_eq!(advance_em('…'), 0.692);
    }

    #[test]
    #[allow(clippy::float_cmp)]
    fn other_scripts_are_given_room_and_marks_take_none() {
        assert_eq!(advance_em('😀'), EMOJI);
        assert_eq!(advance_em('漢'), SQUARE);
        assert_eq!(advance_em('ש'), FALLBACK);
        assert!(advance_em('ж') > advance_em('и'));
        assert_eq!(advance_em('\u{301}'), 0.0);
        assert_eq!(advance_em('\u{200d}'), 0.0);
        assert_eq!(advance_em('\u{2068}'), 0.0);
        assert_eq!(advance_em('\n'), 0.0);
        assert_eq!(advance_em('\u{ad}'), advance_em('-'));
        assert!(advance_em('\u{7}') > 0.0, "a browser draws a box");
    }
}
