//! WebP: a RIFF file of chunks (RFC 9649). A still picture only.

use super::{Pixels, Reader};

/// Bits of `VP8X` that say what else there is.
const HAS_PROFILE: u8 = 0x20;
const HAS_ALPHA: u8 = 0x10;
const MOVES: u8 = 0x02;

/// The picture without Exif, XMP and what others have made up.
pub(super) fn bare(bytes: &[u8]) -> Option<(Pixels, Vec<u8>)> {
    let mut file = Reader(bytes);
    file.take(4)?;
    let length = u32::from_le_bytes(file.take(4)?.try_into().ok()?) as usize;
    let mut reader = Reader(file.take(length)?);
    if reader.take(4)? != b"WEBP" {
        return None;
    }
    let mut kept = b"WEBP".to_vec();
    let mut size: Option<Pixels> = None;
    let mut has_pixels = false;
    while !reader.0.is_empty() {
        let name = reader.take(4)?;
        let length = reader.take(4)?;
        let content = reader.take(u32::from_le_bytes(length.try_into().ok()?) as usize)?;
        let pad = if content.len() % 2 == 1 {
            reader.take(1).or(Some(&[]))?
        } else {
            &[]
        };
        let mut content = content.to_vec();
        match name {
            b"VP8X" if size.is_none() => {
                let flags = content.first_mut()?;
                if *flags & MOVES != 0 {
                    return None;
                }
                *flags &= HAS_PROFILE | HAS_ALPHA;
                size = Some(canvas(&content)?);
            }
            b"VP8 " | b"VP8L" if !has_pixels => {
                has_pixels = true;
                let own = if name == b"VP8 " {
                    lossy(&content)
                } else {
                    lossless(&content)
                };
                let own = own?;
                if size.is_some_and(|size| size != own) {
                    return None;
                }
                size = Some(own);
            }
            b"ICCP" | b"ALPH" if size.is_some() => {}
            b"VP8X" | b"VP8 " | b"VP8L" | b"ANIM" | b"ANMF" => return None,
            _ => continue,
        }
        kept.extend(name);
        kept.extend(length);
        kept.extend(content);
        kept.extend(if pad.is_empty() { &[][..] } else { &[0] });
    }
    let length = u32::try_from(kept.len()).ok()?.to_le_bytes();
    let whole = [b"RIFF", &length[..], &kept].concat();
    size.filter(|_| has_pixels).map(|size| (size, whole))
}

/// Three bytes, one less than it is.
fn one_more(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]) + 1
}

fn canvas(content: &[u8]) -> Option<Pixels> {
    let sides = content.get(4..10)?;
    Some((one_more(&sides[..3]), one_more(&sides[3..])))
}

/// Of a key frame of VP8 (RFC 6386, 9.1).
fn lossy(content: &[u8]) -> Option<Pixels> {
    if content.get(3..6)? != [0x9d, 0x01, 0x2a] {
        return None;
    }
    let sides = content.get(6..10)?;
    let side = |two: &[u8]| u32::from(u16::from_le_bytes([two[0], two[1]]) & 0x3fff);
    Some((side(&sides[..2]), side(&sides[2..])))
}

fn lossless(content: &[u8]) -> Option<Pixels> {
    if *content.first()? != 0x2f {
        return None;
    }
    let bits = u32::from_le_bytes(content.get(1..5)?.try_into().ok()?);
    Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
        let length = (content.len() as u32).to_le_bytes();
        let pad = &[0][..content.len() % 2];
        [name, &length[..], content, pad].concat()
    }

    fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
        let content = [b"WEBP".to_vec(), chunks.concat()].concat();
        [b"RIFF", &(content.len() as u32).to_le_bytes()[..], &content].concat()
    }

    fn extended(width: u16, height: u16, flags: u8) -> Vec<u8> {
        let side = |side: u16| u32::from(side - 1).to_le_bytes();
        let sides = [&side(width)[..3], &side(height)[..3]].concat();
        chunk(b"VP8X", &[&[flags, 0, 0, 0], &sides[..]].concat())
    }

    fn pixels(width: u16, height: u16) -> Vec<u8> {
        let ([a, b], [c, d]) = (width.to_le_bytes(), height.to_le_bytes());
        chunk(
            b"VP8 ",
            &[0x10, 0, 0, 0x9d, 0x01, 0x2a, a, b, c, d, 7, 7, 7],
        )
    }

    pub(in crate::photos) fn photo(width: u16, height: u16) -> Vec<u8> {
        let chunks = [
            extended(width, height, 0x2c),
            chunk(b"ICCP", b"colours"),
            pixels(width, height),
            chunk(b"EXIF", b"GPS"),
            chunk(b"XMP ", b"GPS!"),
            chunk(b"MINE", b"GPS"),
        ];
        [file(&chunks), b"GPS".to_vec()].concat()
    }

    #[test]
    fn places_are_gone_the_flags_say_so_and_the_pixels_are_there() {
        let ((width, height), kept) = bare(&photo(640, 480)).unwrap();
        assert_eq!((width, height), (640, 480));
        let chunks = [
            extended(640, 480, 0x20),
            chunk(b"ICCP", b"colours"),
            pixels(640, 480),
        ];
        assert_eq!(kept, file(&chunks));
    }

    #[test]
    fn what_moves_or_says_two_sizes_is_none() {
        assert_eq!(bare(&file(&[extended(64, 48, 0x02), pixels(64, 48)])), None);
        assert_eq!(bare(&file(&[extended(64, 48, 0), pixels(640, 48)])), None);
        assert_eq!(bare(&file(&[extended(64, 48, 0)])), None);
        assert_eq!(bare(&file(&[pixels(64, 48), pixels(64, 48)])), None);
    }

    #[test]
    fn one_without_loss_has_its_size_in_bits() {
        let bits = (640_u32 - 1) | ((480 - 1) << 14);
        let content = [&[0x2f][..], &bits.to_le_bytes(), &[0; 4]].concat();
        let ((width, height), _) = bare(&file(&[chunk(b"VP8L", &content)])).unwrap();
        assert_eq!((width, height), (640, 480));
    }
}
