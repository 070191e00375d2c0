//! Decoding of base64 that comes in pieces.

use base64::prelude::{BASE64_STANDARD, Engine as _};

/// The error for a text that isn't base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBase64;

/// A decoder that takes standard base64 piece by piece.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    /// Fewer than four letters, which don't make whole bytes yet.
    open: Vec<u8>,
    /// Whether the padding was read. Nothing may follow it.
    is_padded: bool,
}

impl Decoder {
    /// Returns the number of bytes decoded so far.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Decodes the next piece of the text.
    pub fn push(&mut self, text: &[u8]) -> Result<(), NotBase64> {
        let missing = 4_usize.saturating_sub(self.open.len()).min(text.len());
        let (first, text) = text.split_at(missing);
        self.open.extend_from_slice(first);
        if self.open.len() == 4 {
            let open = std::mem::take(&mut self.open);
            self.decode(&open)?;
        }
        let (whole, rest) = text.split_at(text.len() / 4 * 4);
        self.decode(whole)?;
        self.open.extend_from_slice(rest);
        Ok(())
    }

    /// Decodes whole groups of four letters.
    fn decode(&mut self, text: &[u8]) -> Result<(), NotBase64> {
        if text.is_empty() {
            return Ok(());
        }
        if self.is_padded {
            return Err(NotBase64);
        }
        self.is_padded = text.ends_with(b"=");
        BASE64_STANDARD.decode_vec(text, &mut self.bytes).map_err(|_| NotBase64)
    }

    /// Returns the bytes at the end of the text.
    pub fn finish(self) -> Result<Vec<u8>, NotBase64> {
        if self.open.is_empty() { Ok(self.bytes) } else { Err(NotBase64) }
    }
}
