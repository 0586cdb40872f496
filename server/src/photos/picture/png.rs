//! PNG: chunks of a length, a name, bytes and a checksum (PNG, third edition, 5.3).

use super::{Pixels, Reader};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What shows the picture. Texts, Exif and the time go, and what others have made up; of a moving
/// picture the first one stays.
const NEEDED: [&[u8; 4]; 9] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT",
];

/// The picture without what tells of its making.
pub(super) fn bare(bytes: &[u8]) -> Option<(Pixels, Vec<u8>)> {
    let mut reader = Reader(bytes);
    let mut kept = reader.take(SIGNATURE.len())?.to_vec();
    let mut pixels = None;
    let mut has_pixels = false;
    loop {
        let chunk = reader.0;
        let length = reader.u32()? as usize;
        let name = reader.take(4)?;
        let content = reader.take(length)?;
        reader.take(4)?; // the checksum
        match name {
            b"IHDR" if pixels.is_none() && length == 13 => {
                let mut content = Reader(content);
                pixels = Some((content.u32()?, content.u32()?));
            }
            b"IHDR" => return None,
            _ if pixels.is_none() => return None,
            b"IDAT" => has_pixels = true,
            _ => {}
        }
        if NEEDED.iter().any(|needed| needed.as_slice() == name) {
            kept.extend(chunk.get(..length + 12)?);
        }
        if name == b"IEND" {
            return pixels.filter(|_| has_pixels).map(|pixels| (pixels, kept));
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
        let length = (content.len() as u32).to_be_bytes();
        [&length[..], name, content, b"sum!"].concat()
    }

    pub(in crate::photos) fn photo(width: u16, height: u16) -> Vec<u8> {
        let size = [
            u32::from(width).to_be_bytes(),
            u32::from(height).to_be_bytes(),
        ]
        .concat();
        [
            SIGNATURE.to_vec(),
            chunk(b"IHDR", &[&*size, &[8, 2, 0, 0, 0]].concat()),
            chunk(b"gAMA", &[0, 0, 1, 2]),
            chunk(b"eXIf", b"GPS"),
            chunk(b"tEXt", b"Author\0Kari GPS"),
            chunk(b"iTXt", b"XML:com.adobe.xmp GPS"),
            chunk(b"IDAT", b"pixels"),
            chunk(b"fdAT", b"GPS"),
            chunk(b"tIME", b"GPS"),
            chunk(b"IEND", b""),
            b"GPS".to_vec(),
        ]
        .concat()
    }

    #[test]
    fn texts_and_places_are_gone_and_the_pixels_are_there() {
        let ((width, height), kept) = bare(&photo(640, 480)).unwrap();
        assert_eq!((width, height), (640, 480));
        let has = |what: &[u8]| kept.windows(what.len()).any(|part| part == what);
        assert!(!has(b"GPS") && !has(b"Kari") && !has(b"xmp"));
        assert!(has(b"pixels") && has(b"gAMA"));
        assert!(kept.ends_with(b"sum!"));
    }

    #[test]
    fn without_pixels_or_an_end_it_is_none() {
        let whole = photo(640, 480);
        assert_eq!(bare(&whole[..whole.len() - 20]), None);
        let size = chunk(b"IHDR", &[0; 13]);
        assert_eq!(
            bare(&[SIGNATURE, &size, &chunk(b"IEND", b"")].concat()),
            None
        );
        assert_eq!(
            bare(&[SIGNATURE, &chunk(b"IDAT", b"x"), &size].concat()),
            None
        );
    }
}
