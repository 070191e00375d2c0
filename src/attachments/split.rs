//! Splitting the attachments off a file that comes in pieces. The rest goes through byte by byte;
//! its reader reports errors in it.

use super::decoder::{Decoder, NotBase64};
use super::{Attachment, MEMBER, SplitError};
use crate::checklist::Digest;

/// The largest attachment, in bytes.
pub const MAX_ATTACHMENT: usize = 20 * 1024 * 1024;

/// The longest member name that is compared, in bytes.
const LONGEST_NAME: usize = 200;

/// A parser that splits the attachments off a file.
#[derive(Debug)]
pub struct Splitter {
    limit: usize,
    rest: Vec<u8>,
    place: Place,
    /// The number of open objects and arrays around the current place.
    depth: usize,
}

/// The state of the parser: its place in the file.
#[derive(Debug)]
enum Place {
    /// Before the first letter.
    Start,
    /// In something that is no object, and so no file of ours.
    Foreign,
    /// Between strings. The next string is a name if it is the next value of the file's own object.
    Between { is_name_next: bool },
    /// In a string. If it is one of the file's own names, `name` holds what was read of it.
    Text { is_escaped: bool, name: Option<Vec<u8>> },
    /// Behind the name `attachments`. `is_named` is true once the colon was read.
    Named { is_named: bool },
    /// In the attachments, between strings.
    Attachments(Next),
    /// In the digest of an attachment.
    Key(Vec<u8>),
    /// In the base64 of an attachment.
    Value { key: Vec<u8>, text: Decoder, is_escaped: bool },
}

/// The token that is expected next among the attachments.
#[derive(Debug, PartialEq)]
enum Next {
    /// A digest, or the end of the attachments.
    KeyOrEnd,
    /// A digest, after a comma.
    Key,
    /// The colon behind a digest.
    Colon(Vec<u8>),
    /// The quotation mark of a text.
    Value(Vec<u8>),
    /// A comma, or the end of the attachments.
    CommaOrEnd,
}

impl Splitter {
    /// Creates a splitter for a file whose rest has at most `limit` bytes.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self { limit, rest: Vec::new(), place: Place::Start, depth: 0 }
    }

    /// Reads the next piece of the file and returns the attachments that end in it.
    ///
    /// # Errors
    /// A fault of the attachments, or a rest that is too large.
    pub fn push(&mut self, piece: &[u8]) -> Result<Vec<Attachment>, SplitError> {
        let mut found = Vec::new();
        let mut piece = piece;
        while let Some((&byte, behind)) = piece.split_first() {
            piece = behind;
            if let Place::Value { key, text, is_escaped: false } = &mut self.place
                && !matches!(byte, b'"' | b'\\')
            {
                let end = behind.iter().position(|byte| matches!(byte, b'"' | b'\\'));
                let (more, behind) = behind.split_at(end.unwrap_or(behind.len()));
                let read = text.push(&[byte]).and_then(|()| text.push(more));
                read.map_err(|NotBase64| bad(key))?;
                if text.len() > MAX_ATTACHMENT {
                    return Err(SplitError::LargeAttachment);
                }
                piece = behind;
            } else {
                let place = std::mem::replace(&mut self.place, Place::Foreign);
                self.place = self.step(place, byte, &mut found)?;
            }
            if self.rest.len() > self.limit {
                return Err(SplitError::TooLarge { limit: self.limit });
            }
        }
        Ok(found)
    }

    /// Returns the file without its attachments, once all of it was read. A truncated file stays
    /// truncated.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.rest
    }

    /// Returns the state after one more byte.
    fn step(
        &mut self,
        place: Place,
        byte: u8,
        found: &mut Vec<Attachment>,
    ) -> Result<Place, SplitError> {
        Ok(match place {
            Place::Attachments(next) => self.among(next, byte)?,
            Place::Key(mut key) => match byte {
                b'"' => Place::Attachments(Next::Colon(key)),
                // A digest has no escaped letter and is shorter.
                _ if byte == b'\\' || key.len() > LONGEST_NAME => return Err(bad(&key)),
                _ => {
                    key.push(byte);
                    Place::Key(key)
                }
            },
            Place::Value { key, mut text, is_escaped } => match (byte, is_escaped) {
                (b'"', false) => {
                    found.push(attachment(&key, text)?);
                    Place::Attachments(Next::CommaOrEnd)
                }
                (b'\\', false) => Place::Value { key, text, is_escaped: true },
                // Some programs escape slashes.
                (b'/', true) => {
                    text.push(b"/").map_err(|NotBase64| bad(&key))?;
                    Place::Value { key, text, is_escaped: false }
                }
                _ => return Err(bad(&key)),
            },
            place => {
                self.rest.push(byte);
                self.outside(place, byte)
            }
        })
    }

    /// Returns the state after a byte outside the attachments.
    fn outside(&mut self, place: Place, byte: u8) -> Place {
        let is_space = byte.is_ascii_whitespace();
        match place {
            // Some editors write a byte order mark first.
            Place::Start if is_space || matches!(byte, 0xef | 0xbb | 0xbf) => Place::Start,
            Place::Start if byte == b'{' => {
                self.depth = 1;
                Place::Between { is_name_next: true }
            }
            Place::Between { is_name_next } => self.between(is_name_next, byte),
            Place::Text { is_escaped: true, name } => Place::Text { is_escaped: false, name },
            Place::Text { name, .. } if byte == b'"' => {
                if name.is_some_and(|name| name == MEMBER.as_bytes()) {
                    Place::Named { is_named: false }
                } else {
                    Place::Between { is_name_next: false }
                }
            }
            Place::Text { mut name, .. } => {
                if let Some(name) = name.as_mut().filter(|name| name.len() < LONGEST_NAME) {
                    name.push(byte);
                }
                Place::Text { is_escaped: byte == b'\\', name }
            }
            Place::Named { is_named } if is_space => Place::Named { is_named },
            Place::Named { is_named: false } if byte == b':' => Place::Named { is_named: true },
            Place::Named { is_named: true } if byte == b'{' => Place::Attachments(Next::KeyOrEnd),
            // Not our attachments. The reader of the rest reports that.
            Place::Named { .. } => self.between(false, byte),
            _ => Place::Foreign,
        }
    }

    fn between(&mut self, is_name_next: bool, byte: u8) -> Place {
        match byte {
            b'"' => Place::Text { is_escaped: false, name: is_name_next.then(Vec::new) },
            b'{' | b'[' => {
                self.depth = self.depth.saturating_add(1);
                Place::Between { is_name_next: false }
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                Place::Between { is_name_next: false }
            }
            b',' => Place::Between { is_name_next: self.depth == 1 },
            _ => Place::Between { is_name_next },
        }
    }

    /// Returns the state after a byte between the strings of the attachments.
    fn among(&mut self, next: Next, byte: u8) -> Result<Place, SplitError> {
        Ok(match (next, byte) {
            (next, _) if byte.is_ascii_whitespace() => Place::Attachments(next),
            (Next::KeyOrEnd | Next::CommaOrEnd, b'}') => {
                self.rest.push(byte);
                Place::Between { is_name_next: false }
            }
            (Next::KeyOrEnd | Next::Key, b'"') => Place::Key(Vec::new()),
            (Next::CommaOrEnd, b',') => Place::Attachments(Next::Key),
            (Next::Colon(key), b':') => Place::Attachments(Next::Value(key)),
            (Next::Value(key), b'"') => {
                Place::Value { key, text: Decoder::default(), is_escaped: false }
            }
            (Next::Colon(key) | Next::Value(key), _) => return Err(bad(&key)),
            _ => return Err(bad_member()),
        })
    }
}

/// Returns a whole file without its attachments, after checking each against its digest.
///
/// # Errors
/// A fault of the attachments, or a rest that is too large.
pub fn without(file: &[u8], limit: usize) -> Result<Vec<u8>, SplitError> {
    let mut splitter = Splitter::new(limit);
    // In pieces, so that only some of the attachments are in memory.
    file.chunks(1024 * 1024).try_for_each(|piece| splitter.push(piece).map(drop))?;
    Ok(splitter.finish())
}

fn attachment(key: &[u8], text: Decoder) -> Result<Attachment, SplitError> {
    let sha256 = std::str::from_utf8(key).ok().and_then(Digest::parse).ok_or_else(|| bad(key))?;
    let bytes = text.finish().map_err(|NotBase64| bad(key))?;
    if Digest::of(&bytes) != sha256 {
        return Err(SplitError::Altered);
    }
    Ok(Attachment { sha256, bytes })
}

/// Returns the error for a malformed attachment.
fn bad(key: &[u8]) -> SplitError {
    let mut pointer = format!("/{MEMBER}");
    crate::checklist::shape::push(&mut pointer, &String::from_utf8_lossy(key));
    SplitError::BadValue { pointer }
}

/// Returns the error for a malformed member `attachments`.
fn bad_member() -> SplitError {
    SplitError::BadValue { pointer: format!("/{MEMBER}") }
}
