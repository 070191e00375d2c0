//! A file that a person wants to attach: its kind by its bytes, whatever its name says, and whether
//! it can become evidence.

use imagesize::{Compression, ImageError, ImageType, blob_size, image_type};

use crate::inspection::{MAX_EVIDENCE, Media};

/// The length of a file's beginning that tells its kind, in bytes. Cameras put a thumbnail, and
/// more, before the size of the picture.
pub const HEAD: usize = 1024 * 1024;

/// The longest side of a stored picture, in pixels: a page of print is legible on it.
pub const LONGEST_SIDE: u32 = 1600;

/// The longest side of the thumbnail beside it, in pixels.
pub const LONGEST_SIDE_OF_THUMBNAIL: u32 = 240;

/// The longest side of a photo on paper, in pixels: two stand side by side, with 200 pixels to an
/// inch.
const LONGEST_SIDE_ON_PAPER: u32 = 640;

/// The most pixels that all photos on paper have together: the browser holds four bytes for each of
/// them while it prints.
const PIXELS_ON_PAPER: u64 = 24_000_000;

/// The most megapixels of a picture that is accepted: decoding takes four bytes for each pixel, and
/// cheap tablets have little memory to spare.
pub const MOST_MEGAPIXELS: u64 = 40;

/// The largest picture file that is read, in bytes. It is made smaller before it is stored.
const MAX_PICTURE: u64 = 60 * 1024 * 1024;

/// The distance from the beginning of a file within which the mark of a PDF may be, in bytes: as
/// far as readers look for it.
const PDF_MARK_WITHIN: usize = 1024;

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A picture of a kind that browsers read, unless it is damaged further on.
    Picture,
    /// A document.
    Pdf,
}

/// The reason why a file can't become evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is empty.
    Empty,
    /// It is a film, or sound, in the family of MP4 and QuickTime.
    Film,
    /// It is a picture as iPhones take them (HEIC), and the browser can't read it.
    Heic,
    /// It came with a report and differs from what that says: another kind, or another length.
    Other,
    /// It is neither a picture nor a PDF.
    WrongType,
    /// It is a picture that can't be read.
    Broken,
    /// It is a picture of more than [`MOST_MEGAPIXELS`].
    TooManyPixels {
        /// The number of its megapixels.
        megapixels: u64,
    },
    /// The file is too large.
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
}

/// Returns the kind of a file, by its first [`HEAD`] bytes and its size.
///
/// # Errors
/// The reason why it can't become evidence.
pub fn recognise(head: &[u8], size: u64) -> Result<Found, Refused> {
    if size == 0 {
        return Err(Refused::Empty);
    }
    let beginning = head.get(..PDF_MARK_WITHIN).unwrap_or(head);
    if beginning.windows(5).any(|five| five == b"%PDF-") {
        return within(size, MAX_EVIDENCE).map(|()| Found::Pdf);
    }
    if is_film(head) {
        return Err(Refused::Film);
    }
    match blob_size(head) {
        Ok(picture) => {
            within(size, MAX_PICTURE)?;
            let pixels = as_u64(picture.width).saturating_mul(as_u64(picture.height));
            match pixels.div_ceil(1_000_000) {
                0 => Err(Refused::Broken),
                megapixels if megapixels > MOST_MEGAPIXELS => {
                    Err(Refused::TooManyPixels { megapixels })
                }
                _ => Ok(Found::Picture),
            }
        }
        Err(ImageError::NotSupported) => Err(Refused::WrongType),
        Err(_) => Err(if is_picture(head) { unreadable(head) } else { Refused::WrongType }),
    }
}

/// Returns the reason why a picture that the browser could not read can't become evidence. `head`
/// is its first [`HEAD`] bytes.
#[must_use]
pub fn unreadable(head: &[u8]) -> Refused {
    if is_heic(head) { Refused::Heic } else { Refused::Broken }
}

/// Checks a file that came with a report or a backup, by its first [`HEAD`] bytes and its size: it
/// must have the form of stored evidence, a JPEG or a PDF within the limits of any attached file.
/// Nothing of it is decoded. Returns its kind.
///
/// # Errors
/// The reason why it is not kept.
pub fn recognise_kept(head: &[u8], size: u64) -> Result<Media, Refused> {
    match recognise(head, size)? {
        Found::Pdf => Ok(Media::Pdf),
        Found::Picture if image_type(head).ok() == Some(ImageType::Jpeg) => {
            within(size, MAX_EVIDENCE).map(|()| Media::Jpeg)
        }
        Found::Picture => Err(Refused::Other),
    }
}

/// Returns whether the first bytes are those of a picture.
fn is_picture(head: &[u8]) -> bool {
    image_type(head).is_ok()
}

/// Returns the type of the first box of a file of the MP4 family (ISO/IEC 14496-12), and its brand.
fn first_box(head: &[u8]) -> Option<(&[u8], &[u8])> {
    Some((head.get(4..8)?, head.get(8..12)?))
}

/// Returns whether the first bytes are those of a film. Pictures of the same family (HEIF, ISO/IEC
/// 23008-12) have brands of their own; old QuickTime films begin without any.
fn is_film(head: &[u8]) -> bool {
    const PICTURES: [&[u8]; 4] = [b"mif1", b"mif2", b"msf1", b"miaf"];
    match first_box(head) {
        Some((b"ftyp", brand)) => {
            let is_known = image_type(head).ok() != Some(ImageType::Heif(Compression::Unknown));
            !is_known && !PICTURES.contains(&brand)
        }
        Some((b"moov" | b"mdat" | b"wide" | b"pnot", _)) => true,
        _ => false,
    }
}

/// Returns whether the first bytes are those of a picture of the HEIC family. Not all browsers read
/// them, and those that do may not read all. AVIF pictures count as others.
fn is_heic(head: &[u8]) -> bool {
    matches!(image_type(head), Ok(ImageType::Heif(compression)) if compression != Compression::Av1)
}

const fn within(size: u64, limit: u64) -> Result<(), Refused> {
    if size > limit { Err(Refused::TooLarge { limit }) } else { Ok(()) }
}

fn as_u64(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// Returns the width and height of a picture whose longer side is at most `longest`. A smaller
/// picture keeps its size. Neither is 0.
#[must_use]
pub fn shrunk(width: u32, height: u32, longest: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= longest {
        return (width.max(1), height.max(1));
    }
    let side = |length: u32| {
        let scaled = (u64::from(length) * u64::from(longest)).div_ceil(u64::from(longer));
        u32::try_from(scaled).unwrap_or(longest).max(1)
    };
    (side(width), side(height))
}

/// Returns the longest side in pixels that each of `count` photos may have on paper.
#[must_use]
pub fn longest_side_on_paper(count: usize) -> u32 {
    let each = PIXELS_ON_PAPER / u64::try_from(count.max(1)).unwrap_or(u64::MAX);
    // Squares are the worst case: most photos are less high or less wide.
    u32::try_from(each.isqrt()).unwrap_or(u32::MAX).clamp(1, LONGEST_SIDE_ON_PAPER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop, proptest};

    /// Returns the first bytes of a PNG of a size.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        head.extend(width.to_be_bytes());
        head.extend(height.to_be_bytes());
        head.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
        head
    }

    #[test]
    fn tells_files_by_their_bytes() {
        let too_large = |limit| Err(Refused::TooLarge { limit });
        for (head, size, expected) in [
            (&b"%PDF-1.7\n"[..], 100, Ok(Found::Pdf)),
            (b"\n\n%PDF-1.7\n", 100, Ok(Found::Pdf)),
            (b"%PDF-1.7\n", MAX_EVIDENCE + 1, too_large(MAX_EVIDENCE)),
            (&png(640, 480), 100, Ok(Found::Picture)),
            (&png(640, 480), MAX_PICTURE + 1, too_large(MAX_PICTURE)),
            (&png(8000, 5000), 100, Ok(Found::Picture)),
            (&png(8192, 6144), 100, Err(Refused::TooManyPixels { megapixels: 51 })),
            (
                &png(u32::MAX, u32::MAX),
                100,
                Err(Refused::TooManyPixels { megapixels: 18_446_744_065_120 }),
            ),
            (&png(0, 480), 100, Err(Refused::Broken)),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", 20, Err(Refused::Broken)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIH", 14, Err(Refused::Broken)),
            (b"PK\x03\x04 a spreadsheet", 20, Err(Refused::WrongType)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 41, Err(Refused::WrongType)),
            (b"text", 4, Err(Refused::WrongType)),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", 24, Err(Refused::Heic)),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", 24, Err(Refused::Heic)),
            (b"\0\0\0\x18ftypavif\0\0\0\0avifmif1", 24, Err(Refused::Broken)),
            (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", 24, Err(Refused::Film)),
            (b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2", 24, Err(Refused::Film)),
            (b"\0\0\0\x14ftypqt  \0\0\x02\0qt  ", 20, Err(Refused::Film)),
            (b"\0\0\0\x08wide\0\0\x10\0mdat", 16, Err(Refused::Film)),
            (b"\0\0\0\x18ftyp", 8, Err(Refused::WrongType)),
            (b"", 0, Err(Refused::Empty)),
        ] {
            assert_eq!(recognise(head, size), expected, "{:?}", head.escape_ascii().to_string());
        }
    }

    #[test]
    fn what_comes_along_is_held_to_the_same_limits() {
        // A JPEG of a size, up to where its size is told.
        let jpeg = |width: u16, height: u16| {
            let [width, height] = [width, height].map(u16::to_be_bytes);
            [
                &b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08"[..],
                &height,
                &width,
                b"\x03",
            ]
            .concat()
        };
        for (head, size, expected) in [
            (&b"%PDF-1.7\n"[..], 100, Ok(Media::Pdf)),
            (b"%PDF-1.7\n", MAX_EVIDENCE + 1, Err(Refused::TooLarge { limit: MAX_EVIDENCE })),
            (&jpeg(1600, 1200), 100, Ok(Media::Jpeg)),
            (&jpeg(1600, 1200), MAX_EVIDENCE + 1, Err(Refused::TooLarge { limit: MAX_EVIDENCE })),
            (&jpeg(20_000, 20_000), 100, Err(Refused::TooManyPixels { megapixels: 400 })),
            (&png(20_000, 20_000), 100, Err(Refused::TooManyPixels { megapixels: 400 })),
            (&png(640, 480), 100, Err(Refused::Other)),
            (b"MZ a program", 12, Err(Refused::WrongType)),
            (b"", 0, Err(Refused::Empty)),
        ] {
            let told = head.escape_ascii().to_string();
            assert_eq!(recognise_kept(head, size), expected, "{told:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(head in prop::collection::vec(0_u8.., 0..200)) {
            _ = recognise(&head, 200);
        }

        #[test]
        fn a_shrunk_picture_keeps_its_shape(width in 1..20_000_u32, height in 1..20_000_u32) {
            let (w, h) = shrunk(width, height, LONGEST_SIDE);
            assert!(w.max(h) == LONGEST_SIDE.min(width.max(height)) && w.min(h) > 0);
            let bend = i64::from(w) * i64::from(height) - i64::from(h) * i64::from(width);
            assert!(bend.abs() <= i64::from(width.max(height)), "{width}x{height} -> {w}x{h}");
        }
    }
}
