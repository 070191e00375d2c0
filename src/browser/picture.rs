//! Pictures: making them smaller and showing them. They are drawn on canvases, which no content
//! security policy forbids, as it may the addresses that an `img` would need.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap,
    ImageBitmapOptions, ImageOrientation,
};

use crate::evidence::{LONGEST_SIDE, LONGEST_SIDE_OF_THUMBNAIL, shrunk};

/// The format in which pictures are kept.
const JPEG: &str = "image/jpeg";

/// How much is kept of it, from 0 to 1: small letters stay legible.
const QUALITY: f64 = 0.82;

/// The browser can't read a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// A picture, written anew: the right way up, and without anything that its camera noted, such as
/// the place.
pub struct Shrunk {
    /// The picture as JPEG.
    pub bytes: Uint8Array,
    /// A small one of it, as JPEG.
    pub thumbnail: Uint8Array,
}

/// Makes a picture small enough to be kept.
///
/// # Errors
/// [`Unreadable`] when the browser can't read or write it.
pub async fn shrink(picture: &Blob) -> Result<Shrunk, Unreadable> {
    let bitmap = decode(picture).await?;
    let canvas = canvas()?;
    let drawn = put(&canvas, &bitmap, LONGEST_SIDE);
    let small = self::canvas()?;
    let drawn = drawn.and_then(|()| put(&small, &bitmap, LONGEST_SIDE_OF_THUMBNAIL));
    bitmap.close();
    drawn?;
    Ok(Shrunk {
        bytes: encode_and_empty(&canvas).await?,
        thumbnail: encode_and_empty(&small).await?,
    })
}

/// A small picture of one that is a JPEG already.
///
/// # Errors
/// [`Unreadable`] when the browser can't read it.
pub async fn thumbnail(jpeg: &Uint8Array) -> Result<Uint8Array, Unreadable> {
    let small = canvas()?;
    draw(&small, jpeg, LONGEST_SIDE_OF_THUMBNAIL).await?;
    encode_and_empty(&small).await
}

/// Draws a JPEG on a canvas, which takes its shape; its longer side is at most so many pixels.
///
/// # Errors
/// [`Unreadable`] when the browser can't read it.
pub async fn draw(
    canvas: &HtmlCanvasElement,
    jpeg: &Uint8Array,
    longest: u32,
) -> Result<(), Unreadable> {
    let bitmap = decode(&blob(jpeg, JPEG)?).await?;
    let drawn = put(canvas, &bitmap, longest);
    bitmap.close();
    drawn
}

/// A JPEG on a canvas of its own.
///
/// # Errors
/// [`Unreadable`] when the browser can't read it.
pub async fn drawn(jpeg: &Uint8Array, longest: u32) -> Result<HtmlCanvasElement, Unreadable> {
    let canvas = canvas()?;
    draw(&canvas, jpeg, longest).await?;
    Ok(canvas)
}

/// Bytes as the browser hands them on.
///
/// # Errors
/// [`Unreadable`] when the browser has no room for them.
pub fn blob(bytes: &Uint8Array, mime: &str) -> Result<Blob, Unreadable> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options)
        .map_err(|_| Unreadable)
}

/// Reads a picture, the right way up.
async fn decode(picture: &Blob) -> Result<ImageBitmap, Unreadable> {
    let window = web_sys::window().ok_or(Unreadable)?;
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    let turned = window.create_image_bitmap_with_blob_and_image_bitmap_options(picture, &options);
    let bitmap = match JsFuture::from(turned.map_err(|_| Unreadable)?).await {
        Ok(bitmap) => bitmap,
        // Some browsers know no such option, and turn pictures by themselves.
        Err(_) => {
            let promise = window.create_image_bitmap_with_blob(picture).map_err(|_| Unreadable)?;
            JsFuture::from(promise).await.map_err(|_| Unreadable)?
        }
    };
    let bitmap: ImageBitmap = bitmap.dyn_into().map_err(|_| Unreadable)?;
    if bitmap.width() == 0 || bitmap.height() == 0 { Err(Unreadable) } else { Ok(bitmap) }
}

fn canvas() -> Result<HtmlCanvasElement, Unreadable> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(Unreadable)?;
    let canvas = document.create_element("canvas").map_err(|_| Unreadable)?;
    canvas.dyn_into().map_err(|_| Unreadable)
}

/// Draws a picture on a canvas; what is transparent becomes white, as paper is.
fn put(canvas: &HtmlCanvasElement, bitmap: &ImageBitmap, longest: u32) -> Result<(), Unreadable> {
    let (width, height) = shrunk(bitmap.width(), bitmap.height(), longest);
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok().flatten().ok_or(Unreadable)?;
    let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| Unreadable)?;
    let (width, height) = (f64::from(width), f64::from(height));
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, width, height);
    context.set_image_smoothing_enabled(true);
    _ = js_sys::Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into());
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)
        .map_err(|_| Unreadable)
}

/// Returns the picture on a canvas as JPEG. The canvas is empty afterwards, as its memory is dear.
async fn encode_and_empty(canvas: &HtmlCanvasElement) -> Result<Uint8Array, Unreadable> {
    let jpeg = encode(canvas).await;
    canvas.set_width(0);
    jpeg
}

/// Returns the picture on a canvas as JPEG.
///
/// # Errors
/// [`Unreadable`] when the browser has no room for it.
pub async fn encode(canvas: &HtmlCanvasElement) -> Result<Uint8Array, Unreadable> {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        let given = Closure::once_into_js(move |blob: JsValue| {
            _ = resolve.call1(&JsValue::NULL, &blob);
        });
        let quality = JsValue::from_f64(QUALITY);
        let given = given.unchecked_ref();
        if canvas.to_blob_with_type_and_encoder_options(given, JPEG, &quality).is_err() {
            _ = reject.call0(&JsValue::NULL);
        }
    });
    let blob = JsFuture::from(promise).await.map_err(|_| Unreadable)?;
    // A picture that is too large for the browser's memory comes as nothing.
    let blob: Blob = blob.dyn_into().map_err(|_| Unreadable)?;
    if blob.type_() != JPEG {
        return Err(Unreadable);
    }
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| Unreadable)?;
    Ok(Uint8Array::new(&buffer))
}
