//! A photo as it comes from a camera is made small and turned upright, here on the device. Drawing it anew
//! leaves behind all that was written into the file: where it was taken, when, and with what.

use super::page::Trouble;
use js_sys::{Promise, Uint8Array};
use leptos::prelude::document;
use samtavle_shared::limits::MAX_PHOTO_BYTES;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url,
};

/// Largest file that is tried at all: the largest photos of phones are half of it, and decoding more can
/// end the page.
pub(super) const LARGEST_FILE_BYTES: f64 = 60.0 * 1024.0 * 1024.0;
/// Most pixels that are decoded: 108 megapixels are the most that phones have by default.
const MOST_PIXELS: f64 = 110e6;
/// Longest side in pixels, and how good a JPEG: first as a hand on a flip chart is well read, then whatever
/// the server takes.
const TRIES: [(f64, f64); 3] = [(2048.0, 0.82), (2048.0, 0.6), (1280.0, 0.6)];
/// The stamp's longest side, pixels, and how good it is: some 3 KB.
const STAMP: (f64, f64) = (112.0, 0.6);

/// What came out.
pub(super) struct Shrunk {
    /// A JPEG.
    pub(super) bytes: Uint8Array,
    pub(super) width: u32,
    pub(super) height: u32,
    /// A stamp of it, as a `data:` address.
    pub(super) stamp: String,
}

/// Makes a photo small and upright.
pub(super) async fn shrink(file: &Blob) -> Result<Shrunk, Trouble> {
    if file.size() > LARGEST_FILE_BYTES {
        return Err(Trouble::TooLarge);
    }
    let address = Url::create_object_url_with_blob(file).map_err(|_| Trouble::NotReadable)?;
    let shrunk = draw_small(&address).await;
    let _ = Url::revoke_object_url(&address); // it was made above
    shrunk
}

async fn draw_small(address: &str) -> Result<Shrunk, Trouble> {
    let image = load(address).await.ok_or(Trouble::NotReadable)?;
    let (width, height) = (
        f64::from(image.natural_width()),
        f64::from(image.natural_height()),
    );
    if width < 1.0 || height < 1.0 {
        return Err(Trouble::NotReadable);
    }
    if width * height > MOST_PIXELS {
        return Err(Trouble::TooLarge);
    }
    // Off the page's own thread where the browser can; drawing decodes it otherwise.
    let _ = JsFuture::from(image.decode()).await;

    let canvas = new_canvas().ok_or(Trouble::NotReadable)?;
    let mut small = None;
    for (side, quality) in TRIES {
        draw(&canvas, &image, (width, height), side).ok_or(Trouble::NotReadable)?;
        let bytes = jpeg_of(&canvas, quality)
            .await
            .ok_or(Trouble::NotReadable)?;
        if bytes.length() as usize <= MAX_PHOTO_BYTES {
            small = Some((bytes, canvas.width(), canvas.height()));
            break;
        }
    }
    let (bytes, small_width, small_height) = small.ok_or(Trouble::TooLarge)?;
    draw(&canvas, &image, (width, height), STAMP.0).ok_or(Trouble::NotReadable)?;
    let stamp = canvas
        .to_data_url_with_type_and_encoder_options("image/jpeg", &STAMP.1.into())
        .unwrap_or_default();
    // Some phones keep a canvas' memory until they need it badly.
    canvas.set_width(1);
    canvas.set_height(1);
    Ok(Shrunk {
        bytes,
        width: small_width,
        height: small_height,
        stamp,
    })
}

/// An image whose size is known; browsers turn it upright themselves.
async fn load(address: &str) -> Option<HtmlImageElement> {
    let image = HtmlImageElement::new().ok()?;
    let loaded = Promise::new(&mut |resolve, reject| {
        image.set_onload(Some(&resolve));
        image.set_onerror(Some(&reject));
    });
    image.set_src(address);
    let loaded = JsFuture::from(loaded).await;
    image.set_onload(None);
    image.set_onerror(None);
    loaded.ok().map(|_| image)
}

fn new_canvas() -> Option<HtmlCanvasElement> {
    document()
        .create_element("canvas")
        .ok()?
        .dyn_into::<HtmlCanvasElement>()
        .ok()
}

fn draw(
    canvas: &HtmlCanvasElement,
    image: &HtmlImageElement,
    (width, height): (f64, f64),
    longest: f64,
) -> Option<()> {
    let scale = (longest / width.max(height)).min(1.0);
    let (width, height) = (
        (width * scale).round().max(1.0),
        (height * scale).round().max(1.0),
    );
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas
        .get_context("2d")
        .ok()??
        .dyn_into::<CanvasRenderingContext2d>()
        .ok()?;
    // A JPEG has no holes: what is clear becomes paper, not black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    let _ = js_sys::Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into()); // where there is such a thing
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .ok()
}

async fn jpeg_of(canvas: &HtmlCanvasElement, quality: f64) -> Option<Uint8Array> {
    let made = Promise::new(&mut |resolve, reject| {
        let take = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob); // a promise's own function
        });
        let asked = canvas.to_blob_with_type_and_encoder_options(
            take.unchecked_ref(),
            "image/jpeg",
            &quality.into(),
        );
        if asked.is_err() {
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    let blob: Blob = JsFuture::from(made).await.ok()?.dyn_into().ok()?;
    let bytes = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&bytes))
}

/// A photo as a file again, to be shown.
pub(super) fn file_of(bytes: &Uint8Array) -> Option<Blob> {
    let parts = js_sys::Array::of1(bytes);
    let kind = BlobPropertyBag::new();
    kind.set_type("image/jpeg");
    Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok()
}
