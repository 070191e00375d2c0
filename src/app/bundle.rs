//! A report or a backup with the files that go along with it, out of a file that the person chose: JSON that
//! has them inside, or a ZIP file that has them beside it.
//!
//! Of what goes along, one file at a time passes through the program's memory; the browser keeps them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use send_wrapper::SendWrapper;
use web_sys::{Blob, File};

use super::Failure;
use crate::attachments::{MAX_ATTACHMENT, Role, Splitter, role};
use crate::browser::archive::{NotUnpacked, Unpacker};
use crate::browser::download::ReadError;
use crate::browser::files::{self, NoRoom};
use crate::checklist::Digest;
use crate::report::ImportError;
use crate::{backup, report};

/// Files that go along, each under its digest.
pub type Attachments = Arc<SendWrapper<BTreeMap<Digest, Blob>>>;

/// What is in a file.
pub struct Bundle {
    /// The report or the backup, without what goes along.
    pub text: Vec<u8>,
    /// What goes along.
    pub attachments: Attachments,
}

/// Reads a file whose text, the report or the backup, has at most `limit` bytes, and which has at most `all`.
///
/// # Errors
/// Why it can't be read; what is wrong with its text is told as of a report.
pub async fn read_bundle(file: &File, limit: usize, all: usize) -> Result<Bundle, Failure> {
    let mut found = BTreeMap::new();
    let keep = |sha256, bytes: &[u8]| {
        found.insert(sha256, files::blob(bytes)?);
        Ok(())
    };
    let text = read(file, [limit, all], keep).await?;
    Ok(Bundle { text, attachments: Arc::new(SendWrapper::new(found)) })
}

/// Reads a file again that was made here, all of it, and keeps nothing of what goes along. Returns its text, and the digests
/// of what goes along: each was found to be right.
///
/// # Errors
/// As of a file that the person chose.
pub async fn read_back(
    file: &Blob,
    limits: [usize; 2],
) -> Result<(Vec<u8>, BTreeSet<Digest>), Failure> {
    let mut found = BTreeSet::new();
    let note = |sha256, _: &[u8]| {
        found.insert(sha256);
        Ok(())
    };
    let text = read(file, limits, note).await?;
    Ok((text, found))
}

/// Reads a file whose text and all of which has at most so many bytes; `each` gets what goes along. Returns the text.
async fn read(
    file: &Blob,
    [limit, all]: [usize; 2],
    mut each: impl FnMut(Digest, &[u8]) -> Result<(), Failure>,
) -> Result<Vec<u8>, Failure> {
    let size = files::size(file);
    check_size(size, all)?;
    let start = files::read_part(file, 0, size.min(4)).await?.to_vec();
    // One that is empty begins with its end.
    let is_archive = start == b"PK\x03\x04" || start == b"PK\x05\x06";
    if is_archive {
        return read_archive(file, [limit, all], each).await;
    }
    let mut splitter = Splitter::new(limit);
    files::read_in_pieces(file, |piece| split(&mut splitter, piece, &mut each)).await?;
    Ok(splitter.finish())
}

fn check_size(size: usize, limit: usize) -> Result<(), Failure> {
    if size > limit { Err(ReadError::TooLarge { size, limit }.into()) } else { Ok(()) }
}

/// The same of a text that is in memory as a whole.
///
/// # Errors
/// As of a file.
pub fn read_text(text: &[u8], limit: usize) -> Result<Bundle, Failure> {
    let mut found = BTreeMap::new();
    let mut splitter = Splitter::new(limit);
    split(&mut splitter, text, |sha256, bytes| {
        found.insert(sha256, files::blob(bytes)?);
        Ok(())
    })?;
    Ok(Bundle { text: splitter.finish(), attachments: Arc::new(SendWrapper::new(found)) })
}

/// Reads the text of a ZIP file, and finds all the rest.
async fn read_archive(
    file: &Blob,
    [limit, all]: [usize; 2],
    mut each: impl FnMut(Digest, &[u8]) -> Result<(), Failure>,
) -> Result<Vec<u8>, Failure> {
    let archive = Unpacker::open(file).await?;
    let roles: Vec<_> = archive.names()?.iter().map(|name| role(name)).collect();
    let (index, text) = find_text(&archive, &roles, limit).await?;
    let mut total = text.len();
    for (other, role) in roles.iter().enumerate() {
        if other != index && *role != Role::Nothing {
            let bytes = archive.read(other, MAX_ATTACHMENT).await?;
            // Each is small enough; all of them may still be more than there is room for.
            total = total.saturating_add(bytes.len());
            check_size(total, all)?;
            each(Digest::of(&bytes), &bytes)?;
        }
    }
    let mut splitter = Splitter::new(limit);
    split(&mut splitter, &text, each)?;
    Ok(splitter.finish())
}

/// The first text that is a file of ours, or else the likeliest one: what is wrong with it is told then.
async fn find_text(
    archive: &Unpacker,
    roles: &[Role],
    limit: usize,
) -> Result<(usize, Vec<u8>), Failure> {
    let texts = roles.iter().enumerate().filter_map(|(index, role)| match role {
        Role::Text { depth } => Some((*depth, index)),
        Role::Attachment | Role::Nothing => None,
    });
    let mut texts: Vec<_> = texts.collect();
    texts.sort_unstable();
    let mut likeliest = None;
    for (_, index) in texts {
        let text = archive.read(index, limit).await.map_err(|error| match error {
            NotUnpacked::TooLarge => Failure::Import(ImportError::TooLarge { limit }),
            error => error.into(),
        })?;
        if is_ours(&text) {
            return Ok((index, text));
        }
        likeliest = likeliest.or(Some((index, text)));
    }
    likeliest.ok_or(Failure::ArchiveWithoutText)
}

/// Whether a text says that it is a report or a backup.
fn is_ours(text: &[u8]) -> bool {
    [report::FORMAT, backup::FORMAT].iter().any(|format| {
        let format = format.as_bytes();
        text.windows(format.len()).any(|part| part == format)
    })
}

/// Gives away the attachments that end in a piece of a text.
fn split(
    splitter: &mut Splitter,
    piece: &[u8],
    mut each: impl FnMut(Digest, &[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    splitter.push(piece)?.iter().try_for_each(|one| each(one.sha256, &one.bytes))
}

impl From<NoRoom> for Failure {
    fn from(_: NoRoom) -> Self {
        Self::File(ReadError::Unreadable)
    }
}
