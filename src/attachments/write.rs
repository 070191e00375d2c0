//! Writing a file with attachments: one after the other, in front of the members of the sealed
//! file.
//!
//! In the order of RFC 8785, `attachments` comes before every other member of our files. The sealed
//! file follows it unchanged.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::checklist::Digest;

/// Returns the text before the first attachment.
#[must_use]
pub const fn begin() -> &'static [u8] {
    b"{\"attachments\":{"
}

/// Returns the text of one attachment. In the order of RFC 8785, attachments are sorted by their
/// digests.
#[must_use]
pub fn member(is_first: bool, sha256: Digest, bytes: &[u8]) -> Vec<u8> {
    let mut text = format!("{}\"{sha256}\":\"", if is_first { "" } else { "," });
    BASE64_STANDARD.encode_string(bytes, &mut text);
    text.push('"');
    text.into_bytes()
}

/// Returns the text after the last attachment: the end of the member and the rest of the sealed
/// file.
#[must_use]
pub fn end(sealed: &[u8]) -> Vec<u8> {
    let rest = sealed.strip_prefix(b"{").unwrap_or(sealed);
    [b"},", rest].concat()
}

/// Returns whether a file can be read again. `text` is its length without attachments and `whole`
/// its length with them, in bytes; `limits` has the maximum of both.
#[must_use]
pub const fn can_be_read(text: usize, whole: usize, limits: [usize; 2]) -> bool {
    let [of_text, of_whole] = limits;
    text <= of_text && whole <= of_whole
}
