//! Where on a photo a note was cut out: of paper notes, or of a flip chart. The note says what is
//! written there in letters; the photo shows the hand that wrote it.
//!
//! In the document one string, `photo x y w h`: the photo's id, and the rectangle as fractions of its
//! width and height with four decimals.

use crate::ids::PhotoId;

/// What four decimals can tell apart.
const WHOLE: u16 = 10_000;

/// Where on a photo a note was cut out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cut {
    /// The photo.
    pub photo: PhotoId,
    /// Which part of it.
    pub rect: CutRect,
}

/// A part of a picture, in ten-thousandths of its width and height; never empty, never outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CutRect {
    x: u16,
    y: u16,
    w: u16,
    h: u16,
}

impl CutRect {
    /// All of a picture.
    pub const ALL: Self = Self {
        x: 0,
        y: 0,
        w: WHOLE,
        h: WHOLE,
    };

    /// From `[x, y, width, height]` as fractions of the picture, 0 to 1. What is outside is cut off.
    pub fn of(fractions: [f64; 4]) -> Self {
        let [x, y, w, h] = fractions;
        let (x, w) = side(x, w);
        let (y, h) = side(y, h);
        Self { x, y, w, h }
    }

    /// `[x, y, width, height]` as fractions of the picture.
    pub fn fractions(self) -> [f64; 4] {
        [self.x, self.y, self.w, self.h].map(|part| f64::from(part) / f64::from(WHOLE))
    }
}

impl Cut {
    /// As it stands in the document.
    pub fn spelled(&self) -> String {
        let CutRect { x, y, w, h } = self.rect;
        let mut text = String::with_capacity(PhotoId::LETTERS + 4 * 7);
        text.push_str(self.photo.as_str());
        for part in [x, y, w, h] {
            text.push(' ');
            text.push(if part == WHOLE { '1' } else { '0' });
            text.push('.');
            for ten in [1_000, 100, 10, 1] {
                text.push(char::from(b'0' + (part / ten % 10) as u8));
            }
        }
        text
    }

    /// Reads what [`Cut::spelled`] wrote; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let (photo, rest) = text.split_once(' ')?;
        let mut fractions = [0.0; 4];
        let mut parts = rest.split(' ');
        for fraction in &mut fractions {
            let part: f64 = parts.next()?.parse().ok()?;
            if !(0.0..=1.0).contains(&part) {
                return None;
            }
            *fraction = part;
        }
        if parts.next().is_some() {
            return None;
        }
        Some(Self {
            photo: PhotoId::read(photo)?,
            rect: CutRect::of(fractions),
        })
    }
}

/// Where it begins and how long it is, within the picture.
fn side(from: f64, length: f64) -> (u16, u16) {
    let whole = f64::from(WHOLE);
    // A number that is none becomes nought.
    let from = ((from * whole).round().max(0.0) as u16).min(WHOLE - 1);
    let length = (length * whole).round().max(0.0) as u16;
    (from, length.clamp(1, WHOLE - from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(fractions: [f64; 4]) -> Cut {
        Cut {
            photo: PhotoId::from_random([0xab; 16]),
            rect: CutRect::of(fractions),
        }
    }

    #[test]
    fn a_cut_reads_back() {
        let spelled = cut([0.25, 0.5, 0.12345, 0.5]).spelled();
        let photo = "ab".repeat(16);
        assert_eq!(spelled, [&*photo, " 0.2500 0.5000 0.1235 0.5000"].concat());
        for fractions in [[0.0, 0.0, 1.0, 1.0], [0.9999, 0.0, 0.0001, 0.07]] {
            let cut = cut(fractions);
            assert_eq!(CutRect::of(cut.rect.fractions()), cut.rect);
            assert_eq!(Cut::read(&cut.spelled()), Some(cut));
        }
    }

    #[test]
    fn what_is_outside_of_the_picture_is_cut_off() {
        let same = |one, other| assert_eq!(CutRect::of(one), CutRect::of(other));
        same([-1.0, 0.5, 7.0, 0.9], [0.0, 0.5, 1.0, 0.5]);
        same([2.0, f64::NAN, 0.0, 0.5], [0.9999, 0.0, 0.0001, 0.5]);
        assert_eq!(CutRect::ALL, CutRect::of([0.0, 0.0, 1.0, 1.0]));
    }

    #[test]
    fn anything_else_is_no_cut() {
        let photo = "ab".repeat(16);
        for text in ["", &photo, "x 0 0 1 1"] {
            assert_eq!(Cut::read(text), None, "{text}");
        }
        for rest in [
            "0 0 1",
            "0 0 1 1 1",
            "0 0 NaN 1",
            "-1 0 1 1",
            "0 0 1 x",
            "0  0 1 1",
        ] {
            assert_eq!(Cut::read(&[&*photo, " ", rest].concat()), None, "{rest}");
        }
    }
}
