//! A file that a person wants to attach: what it is by its bytes, whatever its name says, and
//! whether it can become evidence.

use imagesize::{Compression, ImageError, ImageType, blob_size, image_type};

use crate::inspection::{MAX_EVIDENCE, Media};

/// How much of a file's beginning tells what it is, in bytes. Cameras put a small picture, and
/// more, before the size of the large one.
pub const HEAD: usize = 1024 * 1024;

/// The longest side of a picture that is kept, in pixels: a page of print can be read on it.
pub const LONGEST_SIDE: u32 = 1600;

/// The longest side of the small picture beside it, in pixels.
pub const LONGEST_SIDE_OF_THUMBNAIL: u32 = 240;

/// The longest side of a photo on paper, in pixels: two stand beside each other, with 200 pixels to
/// an inch.
const LONGEST_SIDE_ON_PAPER: u32 = 640;

/// How many pixels all photos on paper may have together: the browser holds each of them with four
/// bytes while it prints.
const PIXELS_ON_PAPER: u64 = 24_000_000;

/// The most millions of pixels of a picture that is taken: decoding takes four bytes each, and
/// cheap tablets have little memory to spare.
pub const MOST_MEGAPIXELS: u64 = 40;

/// The largest picture file that is looked into, in bytes: it is made smaller before it is kept.
const MAX_PICTURE: u64 = 60 * 1024 * 1024;

/// How far into a file the mark of a PDF may stand, in bytes: as far as readers look for it.
const PDF_MARK_WITHIN: usize = 1024;

/// The type of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A picture of a kind that browsers read, unless it is damaged further on.
    Picture,
    /// A document.
    Pdf,
}

/// Why a file can't become evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nothing is in it.
    Empty,
    /// It is a film, or sound, in the family of MP4 and QuickTime.
    Film,
    /// It is a picture as iPhones take them (HEIC), and the browser can't read it.
    Heic,
    /// It came along with a report and is not what that says: of another kind, or of another
    /// length.
    Other,
    /// It is neither a picture nor a PDF.
    WrongType,
    /// It is a picture that can't be read.
    Broken,
    /// It is a picture of more than [`MOST_MEGAPIXELS`].
    TooManyPixels {
        /// How many millions it has.
        megapixels: u64,
    },
    /// It is too large a file.
    TooLarge {
        /// The most, in bytes.
        limit: u64,
    },
}

/// Returns the type of a file, by its first [`HEAD`] bytes and its size.
///
/// # Errors
/// Why it can't become evidence.
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

/// Why a picture can't become evidence that the browser could not read; `head` is its first
/// [`HEAD`] bytes.
#[must_use]
pub fn unreadable(head: &[u8]) -> Refused {
    if is_heic(head) { Refused::Heic } else { Refused::Broken }
}

/// Checks a file that came along with a report or a backup by its first [`HEAD`] bytes and its
/// size: it has to be as evidence is kept, a JPEG or a PDF within the limits of any file that is
/// attached. Nothing of it is decoded. Returns which it is.
///
/// # Errors
/// Why it is not kept.
pub fn recognise_kept(head: &[u8], size: u64) -> Result<Media, Refused> {
    match recognise(head, size)? {
        Found::Pdf => Ok(Media::Pdf),
        Found::Picture if image_type(head).ok() == Some(ImageType::Jpeg) => {
            within(size, MAX_EVIDENCE).map(|()| Media::Jpeg)
        }
        Found::Picture => Err(Refused::Other),
    }
}

/// Whether the first bytes are those of a picture.
fn is_picture(head: &[u8]) -> bool {
    image_type(head).is_ok()
}

/// The first box of a file of the family of MP4 (ISO/IEC 14496-12), and its brand.
fn first_box(head: &[u8]) -> Option<(&[u8], &[u8])> {
    Some((head.get(4..8)?, head.get(8..12)?))
}

/// Whether the first bytes are those of a film. Pictures of the same family (HEIF, ISO/IEC
/// 23008-12) have brands of their own; old films of QuickTime begin without any.
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

/// Whether the first bytes are those of a picture of the family of HEIC. Not all browsers read
/// them, and those that do may not read all; pictures of AV1 are told as others.
fn is_heic(head: &[u8]) -> bool {
    matches!(image_type(head), Ok(ImageType::Heif(compression)) if compression != Compression::Av1)
}

const fn within(size: u64, limit: u64) -> Result<(), Refused> {
    if size > limit { Err(Refused::TooLarge { limit }) } else { Ok(()) }
}

fn as_u64(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// Width and height of a picture whose longer side is at most so long; one that is smaller stays as
/// it is. Neither is nothing.
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

/// The longest side in pixels that each of so many photos may have on paper.
#[must_use]
pub fn longest_side_on_paper(count: usize) -> u32 {
    let each = PIXELS_ON_PAPER / u64::try_from(count.max(1)).unwrap_or(u64::MAX);
    // As if all were squares: most are not so high or not so wide.
    u32::try_from(each.isqrt()).unwrap_or(u32::MAX).clamp(1, LONGEST_SIDE_ON_PAPER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop, proptest};

    /// The first bytes of a PNG of that size.
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
        // A JPEG of that size, as far as its size is told.
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
