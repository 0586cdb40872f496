//! A picture is decoded, turned upright and encoded anew, so that nothing of its file remains: nothing that was
//! hidden in it, nothing that is another kind of file as well, nothing that trips a browser's decoder.
//!
//! The colour profile goes, too: pages draw in sRGB before they send, and so do nearly all others.

use super::{NoPicture, Picture, Walked};
use image::{
    DynamicImage, ImageFormat, ImageReader, ImageResult, Limits, Rgb, RgbImage, RgbaImage,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use jpeg_encoder::{ColorType, Encoder, EncodingError};
use samtavle_shared::limits::MAX_PHOTO_BYTES;
use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// How good a JPEG is: as good as what phones send, and less only where it would be larger than what is kept.
const QUALITIES: [u8; 3] = [85, 70, 50];
/// Most bytes of what is decoded: the most pixels, in colours with transparency.
const MAX_DECODED_BYTES: u64 = 64 * 1024 * 1024;

/// The same picture as another file.
pub(super) fn anew(walked: &Walked) -> Result<Picture, NoPicture> {
    let made = catch_unwind(AssertUnwindSafe(|| {
        let mut picture = decoded(walked).ok()?;
        picture.apply_orientation(walked.held);
        encoded(picture, walked.format)
    }));
    made.unwrap_or_else(|_| {
        tracing::error!(target: "samtavle::photos", bytes = walked.bytes.len(), "a picture could not be decoded, and its decoder panicked");
        None
    })
    .ok_or(NoPicture)
}

fn decoded(walked: &Walked) -> ImageResult<DynamicImage> {
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) =
        (Some(walked.pixels.0), Some(walked.pixels.1));
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(&walked.bytes), walked.format);
    reader.limits(limits);
    reader.decode()
}

/// A photo becomes a JPEG. What is drawn or transparent comes as PNG or WebP, and stays exactly as it looks where that
/// is no larger.
fn encoded(picture: DynamicImage, format: ImageFormat) -> Option<Picture> {
    let opaque = if picture.color().has_alpha() {
        let picture = picture.into_rgba8();
        if picture.pixels().any(|pixel| pixel.0[3] < u8::MAX)
            && let Some(bytes) = png(&DynamicImage::ImageRgba8(picture.clone()))
        {
            return Some(bytes);
        }
        on_paper(&picture)
    } else {
        picture.into_rgb8()
    };
    let photo = jpeg(&opaque);
    if format == ImageFormat::Jpeg {
        return photo;
    }
    let drawing = png(&DynamicImage::ImageRgb8(opaque));
    [drawing, photo]
        .into_iter()
        .flatten()
        .min_by_key(|picture| picture.bytes.len())
}

/// What is transparent lies on white.
fn on_paper(picture: &RgbaImage) -> RgbImage {
    let mut opaque = RgbImage::new(picture.width(), picture.height());
    for (to, from) in opaque.pixels_mut().zip(picture.pixels()) {
        let [colours @ .., alpha] = from.0.map(u16::from);
        *to = Rgb(colours.map(|colour| ((colour * alpha + 255 * (255 - alpha)) / 255) as u8));
    }
    opaque
}

/// `None`: it is larger than what is kept.
fn jpeg(picture: &RgbImage) -> Option<Picture> {
    let (width, height) = (
        u16::try_from(picture.width()).ok()?,
        u16::try_from(picture.height()).ok()?,
    );
    let made = |quality: u8| -> Result<Vec<u8>, EncodingError> {
        let mut bytes = Vec::new();
        // Without tables of its own: with them it writes a scan for each colour, which not all decoders read.
        let encoder = Encoder::new(&mut bytes, quality);
        encoder.encode(picture, width, height, ColorType::Rgb)?;
        Ok(bytes)
    };
    let mut tries = QUALITIES
        .into_iter()
        .filter_map(|quality| made(quality).ok());
    let bytes = tries.find(|bytes| bytes.len() <= MAX_PHOTO_BYTES)?;
    let kind = "image/jpeg";
    Some(Picture { kind, bytes })
}

/// `None`: it is larger than what is kept.
fn png(picture: &DynamicImage) -> Option<Picture> {
    let mut bytes = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    picture.write_with_encoder(encoder).ok()?;
    let kind = "image/png";
    (bytes.len() <= MAX_PHOTO_BYTES).then_some(Picture { kind, bytes })
}

#[cfg(test)]
mod tests {
    use super::{super::walk, *};
    use image::{ImageEncoder as _, ImageError};

    const RED: Rgb<u8> = Rgb([220, 20, 20]);
    const WHITE: Rgb<u8> = Rgb([255; 3]);

    /// Red above at the left, white elsewhere.
    fn flip_chart() -> RgbImage {
        RgbImage::from_fn(96, 64, |x, y| if x < 32 && y < 32 { RED } else { WHITE })
    }

    fn as_jpeg(picture: &RgbImage) -> Vec<u8> {
        jpeg(picture).unwrap().bytes
    }

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = (content.len() as u16 + 2).to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    }

    /// As an upright phone writes it: to be turned a quarter clockwise, and with where it was.
    fn from_a_camera(jpeg: &[u8]) -> Vec<u8> {
        let exif =
            b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 59.91";
        let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01a profile of colours");
        [&jpeg[..2], &segment(0xe1, exif), &profile, &jpeg[2..]].concat()
    }

    fn sees(bytes: &[u8], x: u32, y: u32) -> Rgb<u8> {
        *image::load_from_memory(bytes)
            .unwrap()
            .into_rgb8()
            .get_pixel(x, y)
    }

    fn assert_like(one: Rgb<u8>, other: Rgb<u8>) {
        let mut pairs = one.0.into_iter().zip(other.0);
        assert!(pairs.all(|(a, b)| a.abs_diff(b) < 24), "{one:?} {other:?}");
    }

    fn has(bytes: &[u8], what: &[u8]) -> bool {
        bytes.windows(what.len()).any(|part| part == what)
    }

    #[test]
    fn of_a_cameras_file_nothing_remains_but_how_it_looks_and_it_stands_upright() {
        let zip = b"PK\x03\x04 hidden behind it";
        let sent = [from_a_camera(&as_jpeg(&flip_chart())), zip.to_vec()].concat();
        let picture = walk(&sent).unwrap().anew().unwrap();
        assert_eq!(picture.kind, "image/jpeg");
        for hidden in [&b"Exif"[..], b"GPS", b"ICC_PROFILE", b"PK\x03\x04"] {
            assert!(has(&sent, hidden) && !has(&picture.bytes, hidden));
        }
        let seen = image::load_from_memory(&picture.bytes).unwrap();
        assert_eq!((seen.width(), seen.height()), (64, 96), "upright");
        assert_like(sees(&picture.bytes, 48, 16), RED);
        assert_like(sees(&picture.bytes, 16, 16), WHITE);
    }

    /// A script in a table that a decoder reads and does not use.
    #[test]
    fn what_is_also_a_file_of_another_kind_is_none_afterwards() {
        let jpeg = as_jpeg(&flip_chart());
        let mut table = [3; 65].to_vec();
        table[1..=25].copy_from_slice(b"<script>alert(1)</script>");
        let sent = [&jpeg[..2], &segment(0xdb, &table), &jpeg[2..]].concat();
        let walked = walk(&sent).unwrap();
        assert!(has(&walked.bytes, b"<script>"), "a walk alone keeps it");
        assert!(!has(&walked.anew().unwrap().bytes, b"<script>"));
    }

    #[test]
    fn what_is_cut_short_or_no_picture_within_is_none() {
        let sent = as_jpeg(&flip_chart());
        assert_eq!(walk(&sent[..sent.len() / 2]), Err(NoPicture));
        let drawing = png(&DynamicImage::ImageRgb8(flip_chart())).unwrap().bytes;
        assert_eq!(walk(&drawing[..drawing.len() - 20]), Err(NoPicture));
        let at = drawing.windows(4).position(|name| name == b"IDAT").unwrap();
        let mut broken = drawing;
        broken[at + 6] ^= 0xff;
        assert_eq!(walk(&broken).unwrap().anew(), Err(NoPicture));
    }

    /// The decoder takes the colours of such a file for one another.
    #[test]
    fn what_comes_colour_by_colour_is_none_rather_than_green() {
        let mut sent = Vec::new();
        let mut encoder = Encoder::new(&mut sent, 85);
        encoder.set_optimized_huffman_tables(true);
        encoder
            .encode(&flip_chart(), 96, 64, ColorType::Rgb)
            .unwrap();
        assert_eq!(walk(&sent), Err(NoPicture));
    }

    #[test]
    fn a_drawing_stays_as_it_is_and_transparent_stays_transparent() {
        let drawing = png(&DynamicImage::ImageRgb8(flip_chart())).unwrap();
        let again = walk(&drawing.bytes).unwrap().anew().unwrap();
        assert_eq!(again.kind, "image/png");
        assert_eq!(sees(&again.bytes, 4, 4), RED);
        let glass = RgbaImage::from_pixel(40, 30, image::Rgba([1, 2, 3, 100]));
        let mut sent = Vec::new();
        let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut sent);
        encoder
            .write_image(&glass, 40, 30, image::ExtendedColorType::Rgba8)
            .unwrap();
        let picture = walk(&sent).unwrap().anew().unwrap();
        let seen = image::load_from_memory(&picture.bytes).unwrap();
        assert_eq!(seen.into_rgba8(), glass);
    }

    fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
        let named = [name, content].concat();
        let sum = named.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                (sum >> 1) ^ (0xedb8_8320 * (sum & 1))
            })
        });
        let length = (content.len() as u32).to_be_bytes();
        [&length[..], &named, &(!sum).to_be_bytes()].concat()
    }

    /// Few bytes that say that they are 72 megabytes: each pixel has four numbers of 16 bits.
    #[test]
    fn a_file_that_unfolds_is_refused_before_it_does() {
        let side = 3_000_u32.to_be_bytes();
        let head = [&side[..], &side, &[16, 6, 0, 0, 0]].concat();
        let chunks = [(b"IHDR", &*head), (b"IDAT", b"pixels"), (b"IEND", b"")];
        let chunks = chunks.map(|(name, content)| chunk(name, content)).concat();
        let walked = walk(&[b"\x89PNG\r\n\x1a\n", &*chunks].concat()).unwrap();
        assert!(matches!(decoded(&walked), Err(ImageError::Limits(_))));
    }

    #[test]
    fn a_photo_that_is_as_large_as_may_be_is_kept_a_little_worse() {
        let mut seed = 7_u32;
        let noise = RgbImage::from_fn(2_048, 2_048, |_, _| {
            seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            let [_, a, b, c] = seed.to_be_bytes();
            Rgb([a, b, c])
        });
        let mut best = Vec::new();
        let encoder = Encoder::new(&mut best, QUALITIES[0]);
        encoder
            .encode(&noise, 2_048, 2_048, ColorType::Rgb)
            .unwrap();
        assert!(best.len() > MAX_PHOTO_BYTES);
        assert!(jpeg(&noise).unwrap().bytes.len() <= MAX_PHOTO_BYTES);
    }
}
