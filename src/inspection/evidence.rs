//! Evidence: pictures and documents that support an answer. An entry names each by the digest of
//! its bytes. The bytes themselves are in the vault, beside the records.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::AnswerFault;
use crate::checklist::Digest;
#[cfg(not(target_arch = "wasm32"))]
use crate::{checklist::schema::whole, report::schema::sha256};

/// The maximum size of a piece of evidence, in bytes.
pub const MAX_EVIDENCE: u64 = 20 * 1024 * 1024;

/// The maximum size of all evidence of one inspection, in bytes. A file that carries it as text,
/// which is a third longer, can still be imported.
pub const MAX_EVIDENCE_OF_ALL: u64 = 200 * 1024 * 1024;

/// The maximum length of a file name, in bytes of UTF-8: the most that systems allow, 255
/// characters on Windows.
pub const MAX_NAME: usize = 765;

/// A picture or a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The digest of its bytes, by which they are found.
    pub sha256: Digest,
    /// Its media type.
    pub media: Media,
    /// Its size in bytes. INVARIANT: from 1 to [`MAX_EVIDENCE`].
    pub size: u64,
    /// The name of the original file. INVARIANT: at most [`MAX_NAME`].
    pub name: String,
    /// The caption, in the person's words.
    pub caption: String,
}

/// The media type of a piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Media {
    /// A picture.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// A document.
    #[serde(rename = "application/pdf")]
    Pdf,
}

/// Returns the name of a file in at most so many bytes of UTF-8, cut between two characters. Its
/// extension stays.
#[must_use]
pub fn short_name(name: &str, most: usize) -> String {
    if name.len() <= most {
        return name.to_owned();
    }
    // A longer one is no extension but part of a sentence.
    let end = name.rfind('.').filter(|point| name.len() - point <= 16).unwrap_or(name.len());
    let (stem, end) = name.split_at(end);
    let stem = stem.get(..stem.floor_char_boundary(most.saturating_sub(end.len())));
    [stem.unwrap_or_default().trim_end(), end].concat()
}

impl Media {
    /// Returns the name of the media type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
        }
    }

    /// Returns the extension of its files' names.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Pdf => "pdf",
        }
    }
}

/// One edit of the evidence for an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceEdit {
    /// Adds it at the end, unless it is there already.
    Add(Evidence),
    /// Sets its caption.
    Caption(Digest, String),
    /// Removes it.
    Remove(Digest),
    /// Puts a removed piece back, to its place in the given order.
    PutBack(Evidence, Vec<Digest>),
}

impl EvidenceEdit {
    /// Applies the edit.
    pub fn apply(self, evidence: &mut Vec<Evidence>) {
        match self {
            Self::Add(new) => {
                if evidence.iter().all(|one| one.sha256 != new.sha256) {
                    evidence.push(new);
                }
            }
            Self::Caption(sha256, text) => {
                let of = evidence.iter_mut().find(|one| one.sha256 == sha256);
                _ = of.map(|one| one.caption = text);
            }
            Self::Remove(sha256) => evidence.retain(|one| one.sha256 != sha256),
            Self::PutBack(one, order) => {
                if evidence.iter().all(|other| other.sha256 != one.sha256) {
                    let place = |sha256: Digest| order.iter().position(|other| *other == sha256);
                    // Pieces that are not in the order came later.
                    let comes_after =
                        |other: &Evidence| match (place(other.sha256), place(one.sha256)) {
                            (Some(other), Some(own)) => other > own,
                            (other, own) => other.is_none() && own.is_some(),
                        };
                    let index = evidence.iter().position(comes_after).unwrap_or(evidence.len());
                    evidence.insert(index, one);
                }
            }
        }
    }
}

/// A picture or a document that supports an answer, in reports and in stored records. Its bytes may
/// be elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Evidence")
)]
#[serde(deny_unknown_fields)]
pub struct RawEvidence {
    /// The name of the original file.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(max = MAX_NAME)))]
    pub name: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub media: Media,
    /// Its size in bytes.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub size: u64,
    /// SHA-256 over its bytes, in lower-case hexadecimal.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "sha256"))]
    pub sha256: String,
    /// Its caption.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
}

impl Evidence {
    /// Returns the name of its file, with the extension of its media type: pictures were converted
    /// to JPEG.
    #[must_use]
    pub fn file_name(&self) -> String {
        let (stem, end) = self.name.rsplit_once('.').unwrap_or((&self.name, ""));
        let is_same = match self.media {
            Media::Jpeg => ["jpg", "jpeg"].contains(&end.to_lowercase().as_str()),
            Media::Pdf => end.eq_ignore_ascii_case("pdf"),
        };
        if is_same { self.name.clone() } else { [stem, ".", self.media.extension()].concat() }
    }

    /// Reads the evidence for an item.
    ///
    /// # Errors
    /// Returns the position of the first piece that can't be read, from 0, and its field.
    pub fn all_from_raw(raw: Vec<RawEvidence>) -> Result<Vec<Self>, (usize, AnswerFault)> {
        let mut all: Vec<Self> = Vec::with_capacity(raw.len());
        let mut seen = BTreeSet::new();
        for RawEvidence { name, media, size, sha256, caption } in raw {
            let bad = |field| (all.len(), AnswerFault::BadValue(field));
            let digest = Digest::parse(&sha256).ok_or_else(|| bad("sha256"))?;
            if !(1..=MAX_EVIDENCE).contains(&size) {
                return Err(bad("size"));
            }
            if name.len() > MAX_NAME {
                return Err(bad("name"));
            }
            if !seen.insert(digest) {
                return Err(bad("sha256"));
            }
            all.push(Self { sha256: digest, media, size, name, caption });
        }
        Ok(all)
    }

    /// Returns its shape in files.
    #[must_use]
    pub fn to_raw(&self) -> RawEvidence {
        RawEvidence {
            name: self.name.clone(),
            media: self.media,
            size: self.size,
            sha256: self.sha256.to_string(),
            caption: self.caption.clone(),
        }
    }
}
