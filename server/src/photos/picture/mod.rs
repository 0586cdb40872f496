//! A picture as it comes from a stranger: is it one, how large, and nothing of its file but how it looks. A photo of a
//! phone tells where it was taken, when, and with what; the client takes that out, and this is the last guard.
//!
//! First each format is walked part by part, and the parts that are needed to show it are kept: what we do not know
//! goes, and so does whatever follows the picture's end (a phone hangs a second picture or a film there). What that
//! leaves is neither too large nor made to be slow, so it can be decoded, and is encoded anew ([`anew`]).

mod anew;
mod jpeg;
mod png;
mod webp;

use image::{ImageFormat, metadata::Orientation};
use samtavle_shared::limits::{MAX_PHOTO_PIXELS, MAX_PHOTO_SIDE_PIXELS};

/// A picture that was walked: there is nothing in its file but what shows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Walked {
    format: ImageFormat,
    pixels: Pixels,
    /// How its camera was held.
    held: Orientation,
    bytes: Vec<u8>,
}

/// A picture of which nothing is left of the file that it came in.
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
pub(super) fn walk(bytes: &[u8]) -> Result<Walked, NoPicture> {
    let mut held = Orientation::NoTransforms;
    let (format, read) = if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        // Cameras make nothing else.
        held = jpeg::exif(bytes)
            .and_then(Orientation::from_exif_chunk)
            .unwrap_or(held);
        (ImageFormat::Jpeg, jpeg::bare(bytes))
    } else if bytes.starts_with(png::SIGNATURE) {
        (ImageFormat::Png, png::bare(bytes))
    } else if bytes.starts_with(b"RIFF") {
        (ImageFormat::WebP, webp::bare(bytes))
    } else {
        return Err(NoPicture);
    };
    let (pixels, bytes) = read.ok_or(NoPicture)?;
    let walked = Walked {
        format,
        pixels,
        held,
        bytes,
    };
    let side = 1..=MAX_PHOTO_SIDE_PIXELS as u32;
    let is_small = side.contains(&pixels.0) && side.contains(&pixels.1);
    if is_small && walked.pixels() <= MAX_PHOTO_PIXELS {
        Ok(walked)
    } else {
        Err(NoPicture)
    }
}

impl Walked {
    /// How many pixels it has.
    pub(super) fn pixels(&self) -> usize {
        self.pixels.0 as usize * self.pixels.1 as usize
    }

    /// Decodes it and encodes it anew. Takes long: a second for the largest.
    pub(super) fn anew(&self) -> Result<Picture, NoPicture> {
        anew::anew(self)
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
            if let Ok(walked) = walk(&[start, &rest].concat()) {
                let _ = walked.anew();
            }
        }

        #[test]
        fn a_picture_cut_short_anywhere_is_none_or_still_one(at in 0..600usize) {
            for whole in [jpeg::tests::photo(40, 30), png::tests::photo(40, 30), webp::tests::photo(40, 30)] {
                if let Ok(walked) = walk(&whole[..at.min(whole.len())]) {
                    let _ = walked.anew();
                }
            }
        }
    }

    #[test]
    fn what_is_kept_is_kept_again_as_it_is() {
        for (format, photo) in [
            (ImageFormat::Jpeg, jpeg::tests::photo(40, 30)),
            (ImageFormat::Png, png::tests::photo(40, 30)),
            (ImageFormat::WebP, webp::tests::photo(40, 30)),
        ] {
            let once = walk(&photo).unwrap();
            assert_eq!(once.format, format);
            assert!(once.bytes.len() < photo.len(), "something was taken out");
            assert_eq!(walk(&once.bytes), Ok(once));
        }
    }

    #[test]
    fn neither_a_giant_nor_nothing_is_a_picture() {
        for photo in [jpeg::tests::photo, png::tests::photo, webp::tests::photo] {
            assert_eq!(walk(&photo(4_097, 30)), Err(NoPicture));
            assert_eq!(walk(&photo(30, 5_000)), Err(NoPicture));
            assert_eq!(walk(&photo(4_000, 4_000)), Err(NoPicture));
        }
        for text in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..],
            b"GIF89a",
            b"",
        ] {
            assert_eq!(walk(text), Err(NoPicture));
        }
    }
}
