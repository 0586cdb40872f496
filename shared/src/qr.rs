//! A text as a QR code, drawn as one SVG path: the way onto a board for a phone.

use qrcodegen::{QrCode, QrCodeEcc};

/// A QR code to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Its side in modules, with the quiet zone that a camera needs: the side of the SVG's `viewBox`.
    pub size: u32,
    /// The dark modules, for the `d` of an SVG path.
    pub path: String,
}

/// Empty modules on each side; the standard asks for four.
const QUIET: i32 = 4;

/// The QR code of `text`, or nothing when it is too long for one (about 2,300 letters).
///
/// ```
/// let qr = samtavle_shared::qr::path("https://samtavle.example/join/FJELL-LAKS-27").unwrap();
/// assert_eq!(qr.size, 41, "33 modules and the quiet zone");
/// ```
pub fn path(text: &str) -> Option<Qr> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1; // beyond the edge every module is light, so this ends
            }
            if x > start {
                push_run(&mut path, start + QUIET, y + QUIET, x - start);
            }
            x += 1;
        }
    }
    Some(Qr {
        size: (code.size() + 2 * QUIET).unsigned_abs(),
        path,
    })
}

/// One row's run of dark modules: fewer nodes and no hairlines between neighbours.
fn push_run(path: &mut String, x: i32, y: i32, width: i32) {
    for (letter, number) in [('M', x), (' ', y), ('h', width), ('v', 1), ('h', -width)] {
        path.push(letter);
        path.push_str(&number.to_string());
    }
    path.push('z');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finder_pattern_starts_inside_the_quiet_zone() {
        let qr = path("FJELL-LAKS-27").unwrap();
        assert_eq!(qr.size, 29, "version 1 is 21 modules, and 4 on each side");
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "{}", qr.path);
    }

    #[test]
    fn every_dark_module_is_drawn_once() {
        let text = "https://samtavle.example/join/FJELL-LAKS-27";
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|&(x, y)| code.get_module(x, y))
            .count();
        let drawn: usize = path(text)
            .unwrap()
            .path
            .split('z')
            .filter_map(|run| run.rsplit_once("h-")?.1.parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark);
    }

    #[test]
    fn a_text_that_no_code_can_hold_gives_nothing() {
        assert_eq!(path(&"å".repeat(3000)), None);
    }
}
