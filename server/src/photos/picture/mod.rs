//! A picture as it comes from a stranger: is it one, how large, and nothing in it but what is needed to
//! show it. A photo of a phone tells where it was taken, when, and with what; the client takes that
//! out, and this is the last guard.
//!
//! Each format is walked part by part, and the parts that we know to be harmless are kept: what we do
//! not know goes. Nothing is decoded, and whatever follows the picture's end (a phone hangs a second
//! picture or a film there) goes, too.

mod jpeg;
mod png;
mod webp;

use samtavle_shared::limits::MAX_PHOTO_SIDE_PIXELS;

/// A picture with nothing in it but the picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// Its media type.
    pub(super) kind: &'static str,
    /// What is kept.
    pub(super) bytes: Vec<u8>,
}

/// It is no picture, or none that we show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoPicture;

/// Width and height in pixels.
type Pixels = (u32, u32);

/// Reads a picture and keeps what shows it.
pub(super) fn bare(bytes: &[u8]) -> Result<Picture, NoPicture> {
    let (kind, read) = if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        ("image/jpeg", jpeg::bare(bytes))
    } else if bytes.starts_with(png::SIGNATURE) {
        ("image/png", png::bare(bytes))
    } else if bytes.starts_with(b"RIFF") {
        ("image/webp", webp::bare(bytes))
    } else {
        return Err(NoPicture);
    };
    let ((width, height), bytes) = read.ok_or(NoPicture)?;
    let side = 1..=MAX_PHOTO_SIDE_PIXELS as u32;
    if side.contains(&width) && side.contains(&height) {
        Ok(Picture { kind, bytes })
    } else {
        Err(NoPicture)
    }
}

/// Bytes that are read from their beginning.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        let taken = self.take(1)?;
        taken.first().copied()
    }

    fn u16(&mut self) -> Option<u16> {
        let taken = self.take(2)?;
        Some(u16::from_be_bytes(taken.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        let taken = self.take(4)?;
        Some(u32::from_be_bytes(taken.try_into().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_bytes_make_it_stumble(
            start in prop::sample::select(vec![&b"\xff\xd8\xff"[..], png::SIGNATURE, b"RIFF\x40\0\0\0WEBP", b""]),
            rest in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let _ = bare(&[start, &rest].concat());
        }

        #[test]
        fn a_picture_cut_short_anywhere_is_none_or_still_one(at in 0..600usize) {
            for whole in [jpeg::tests::photo(40, 30), png::tests::photo(40, 30), webp::tests::photo(40, 30)] {
                let _ = bare(&whole[..at.min(whole.len())]);
            }
        }
    }

    #[test]
    fn what_is_kept_is_kept_again_as_it_is() {
        for (kind, photo) in [
            ("image/jpeg", jpeg::tests::photo(40, 30)),
            ("image/png", png::tests::photo(40, 30)),
            ("image/webp", webp::tests::photo(40, 30)),
        ] {
            let once = bare(&photo).unwrap();
            assert_eq!(once.kind, kind);
            assert!(once.bytes.len() < photo.len(), "something was taken out");
            assert_eq!(bare(&once.bytes), Ok(once));
        }
    }

    #[test]
    fn neither_a_giant_nor_nothing_is_a_picture() {
        for photo in [jpeg::tests::photo, png::tests::photo, webp::tests::photo] {
            assert_eq!(bare(&photo(4_097, 30)), Err(NoPicture));
            assert_eq!(bare(&photo(30, 5_000)), Err(NoPicture));
        }
        for text in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..],
            b"GIF89a",
            b"",
        ] {
            assert_eq!(bare(text), Err(NoPicture));
        }
    }
}
