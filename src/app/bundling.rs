//! Bundling a report or a backup with its attachments into one file, in the form that the person
//! wants.

use std::collections::BTreeSet;

use web_sys::Blob;

use crate::attachments::{begin, end, entry_name, member};
use crate::browser::archive::Packer;
use crate::browser::files::{NoRoom, Parts};
use crate::browser::office::NotMade;
use crate::checklist::Digest;

/// The form of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// JSON with the files inside.
    Json,
    /// A ZIP file with the files beside the JSON.
    Zip,
}

impl Carrier {
    /// Returns the media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Zip => "application/zip",
        }
    }
}

/// A bundle that is being written. The browser holds the finished parts.
pub struct Bundling {
    parts: Parts,
    /// The length of the added files, in bytes.
    added: usize,
    kind: Kind,
}

enum Kind {
    Json { is_first: bool },
    Zip { packer: Packer, name: String, taken: BTreeSet<String> },
}

impl Bundling {
    /// Begins a bundle. `name` is the file name of the report or the backup in it.
    ///
    /// # Errors
    /// When the program that makes ZIP files is not there.
    pub async fn begin(carrier: Carrier, name: &str) -> Result<Self, NotMade> {
        let kind = match carrier {
            Carrier::Json => Kind::Json { is_first: true },
            Carrier::Zip => {
                let taken = BTreeSet::from([name.to_lowercase()]);
                Kind::Zip { packer: Packer::new().await?, name: name.to_owned(), taken }
            }
        };
        Ok(Self { parts: Parts::default(), added: 0, kind })
    }

    /// Adds a file. In JSON each file is a member once. The order is that of RFC 8785 if the files
    /// come in the order of their digests.
    ///
    /// # Errors
    /// When it can't be added.
    pub fn add(&mut self, name: &str, sha256: Digest, bytes: &[u8]) -> Result<(), NotMade> {
        match &mut self.kind {
            Kind::Json { is_first } => {
                if *is_first {
                    self.parts.push(begin())?;
                }
                let member = member(*is_first, sha256, bytes);
                self.added = self.added.saturating_add(member.len());
                self.parts.push(&member)?;
                *is_first = false;
            }
            Kind::Zip { packer, taken, .. } => {
                let name = entry_name(name, sha256, taken);
                self.added = self.added.saturating_add(bytes.len());
                // Photos and PDF files are compressed already.
                self.parts.push_js(&packer.add(&name, bytes, false)?)?;
            }
        }
        Ok(())
    }

    /// Returns the length of the added files, in bytes.
    pub const fn added(&self) -> usize {
        self.added
    }

    /// Returns the file, with the sealed bytes of the report or the backup as its last part.
    ///
    /// # Errors
    /// When the browser has no room for it.
    pub fn finish(self, text: &[u8]) -> Result<Blob, NotMade> {
        let carrier = match self.kind {
            Kind::Json { is_first: true } => {
                self.parts.push(text)?;
                Carrier::Json
            }
            Kind::Json { is_first: false } => {
                self.parts.push(&end(text))?;
                Carrier::Json
            }
            Kind::Zip { packer, name, .. } => {
                self.parts.push_js(&packer.add(&name, text, true)?)?;
                self.parts.push_js(&packer.finish()?)?;
                Carrier::Zip
            }
        };
        Ok(self.parts.finish(carrier.mime())?)
    }
}

impl From<NoRoom> for NotMade {
    fn from(_: NoRoom) -> Self {
        Self::Failed
    }
}
