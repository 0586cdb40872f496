//! JPEG: segments, each after a marker, and entropy-coded scans between them (ITU T.81, annex B).

use super::{Pixels, Reader};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// Exif, or XMP.
const ABOUT: u8 = 0xe1;
/// Most scans of one picture. Cameras write one, encoders of progressive pictures about ten; each goes over the whole
/// picture, however few bytes it has.
const MAX_SCANS: usize = 32;

/// The picture without what tells of its making: Exif and XMP (APP1), IPTC (APP13), comments, and what
/// makers put in the other APPs. What decides how it looks stays: JFIF, the colour profile, Adobe's mark
/// of how the colours are coded.
pub(super) fn bare(bytes: &[u8]) -> Option<(Pixels, Vec<u8>)> {
    let mut reader = Reader(bytes);
    let mut kept = Vec::with_capacity(bytes.len());
    let mut pixels = None;
    let mut components = 0;
    let mut scans = 0;
    if reader.take(2)? != [0xff, START] {
        return None;
    }
    kept.extend([0xff, START]);
    loop {
        let marker = next_marker(&mut reader)?;
        if marker == END {
            kept.extend([0xff, END]);
            return pixels.filter(|_| scans > 0).map(|pixels| (pixels, kept));
        }
        if marker == START || (0xd0..=0xd7).contains(&marker) || marker <= 0x01 {
            return None; // has no length, and no place here
        }
        let length = usize::from(reader.u16()?);
        let segment = reader.take(length.checked_sub(2)?)?;
        if is_frame(marker) {
            if pixels.replace(size_of(segment)?).is_some() {
                return None;
            }
            components = *segment.get(5)?;
        } else if !is_needed(marker, segment) {
            continue;
        }
        kept.extend([0xff, marker]);
        kept.extend((length as u16).to_be_bytes());
        kept.extend(segment);
        if marker == SCAN {
            scans += 1;
            // Where the first has not all colours, our decoder takes them for one another.
            if scans > MAX_SCANS || (scans == 1 && *segment.first()? != components) {
                return None;
            }
            let scan = reader.0.len() - after_scan(reader.0).len();
            kept.extend(reader.take(scan)?);
        }
    }
}

/// What the camera says of the picture, if it says so before it.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader(bytes);
    reader.take(2)?;
    loop {
        let marker = next_marker(&mut reader)?;
        if matches!(marker, SCAN | END) {
            return None;
        }
        let length = usize::from(reader.u16()?);
        let segment = reader.take(length.checked_sub(2)?)?;
        if let (ABOUT, Some(exif)) = (marker, segment.strip_prefix(b"Exif\0\0")) {
            return Some(exif);
        }
    }
}

/// A marker may have any number of fill bytes before it.
fn next_marker(reader: &mut Reader<'_>) -> Option<u8> {
    if reader.u8()? != 0xff {
        return None;
    }
    loop {
        match reader.u8()? {
            0xff => {}
            marker => return Some(marker),
        }
    }
}

/// What follows the coded bytes: the next marker that is no restart and no coded 0xff.
fn after_scan(bytes: &[u8]) -> &[u8] {
    let end = bytes
        .windows(2)
        .position(|two| two[0] == 0xff && !matches!(two[1], 0x00 | 0xd0..=0xd7 | 0xff));
    end.map_or(&[], |end| &bytes[end..])
}

const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf)
}

fn is_needed(marker: u8, segment: &[u8]) -> bool {
    match marker {
        // Tables, restarts, and where scans begin and how many lines they have.
        0xc4 | 0xcc | SCAN | 0xdb | 0xdc | 0xdd => true,
        0xe0 => segment.starts_with(b"JFIF\0"),
        0xe2 => segment.starts_with(b"ICC_PROFILE\0"),
        0xee => segment.starts_with(b"Adobe"),
        _ => false,
    }
}

fn size_of(segment: &[u8]) -> Option<Pixels> {
    let mut reader = Reader(segment);
    reader.u8()?; // bits of a sample
    let height = reader.u16()?;
    Some((u32::from(reader.u16()?), u32::from(height)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = (content.len() as u16 + 2).to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    }

    /// As a phone makes it: where it was, who it is, and a second picture after the end.
    pub(in crate::photos) fn photo(width: u16, height: u16) -> Vec<u8> {
        let [a, b] = height.to_be_bytes();
        let [c, d] = width.to_be_bytes();
        [
            vec![0xff, START],
            segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xe1, b"Exif\0\0MM\0*GPS 59.91 10.75"),
            segment(
                0xe1,
                b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS</x:xmpmeta>",
            ),
            segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"),
            segment(0xe2, b"MPF\0GPS"),
            segment(0xed, b"Photoshop 3.0\08BIM GPS"),
            segment(0xfe, b"taken by Kari, GPS"),
            segment(0xdb, &[1; 65]),
            segment(0xc2, &[8, a, b, c, d, 1, 1, 0x11, 0]),
            segment(0xc4, &[0; 20]),
            segment(SCAN, &[1, 1, 0, 0, 0, 0]),
            vec![1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4],
            segment(0xc4, &[0; 20]),
            segment(SCAN, &[1, 1, 0, 1, 5, 0]),
            vec![5, 6, 0xff, 0xff, END],
            b"GPS in a film behind it".to_vec(),
        ]
        .concat()
    }

    #[test]
    fn where_it_was_taken_is_gone_and_how_it_looks_is_there() {
        let ((width, height), kept) = bare(&photo(640, 480)).unwrap();
        assert_eq!((width, height), (640, 480));
        let has = |what: &[u8]| kept.windows(what.len()).any(|part| part == what);
        for gone in [
            &b"GPS"[..],
            b"Exif",
            b"adobe",
            b"Photoshop",
            b"Kari",
            b"MPF",
        ] {
            assert!(!has(gone), "{}", String::from_utf8_lossy(gone));
        }
        for there in [
            &b"JFIF"[..],
            b"ICC_PROFILE",
            &[1, 2, 0xff, 0, 3, 0xff, 0xd0, 4],
            &[5, 6],
        ] {
            assert!(has(there), "{there:?}");
        }
        assert!(kept.ends_with(&[0xff, END]));
    }

    #[test]
    fn what_goes_over_the_picture_again_and_again_is_none() {
        let frame = segment(0xc2, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
        let scans = |count: usize| {
            let scans = segment(SCAN, &[1, 1, 0, 0, 0, 0]).repeat(count);
            [&[0xff, START], &*frame, &scans, &[0xff, END]].concat()
        };
        assert!(bare(&scans(MAX_SCANS)).is_some());
        assert_eq!(bare(&scans(MAX_SCANS + 1)), None);
    }

    #[test]
    fn without_a_scan_an_end_or_with_two_sizes_it_is_none() {
        let whole = photo(640, 480);
        assert_eq!(bare(&whole[..whole.len() - 30]), None);
        let frame = segment(0xc0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
        let start = vec![0xff, START];
        let end = vec![0xff, END];
        assert_eq!(bare(&[&*start, &frame, &end].concat()), None);
        assert_eq!(
            bare(&[&*start, &frame, &frame, &segment(SCAN, &[0; 6]), &end].concat()),
            None
        );
    }
}
