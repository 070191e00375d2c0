//! Reports and backups with their attached files, read from a file that the person chose: JSON with
//! the files inside, or a ZIP file with the files beside it.
//!
//! One attached file at a time passes through the program's memory. The browser keeps them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use send_wrapper::SendWrapper;
use web_sys::{Blob, File};

use super::Failure;
use crate::attachments::{Contents, MAX_ATTACHMENT, Splitter, contents};
use crate::browser::archive::{NotUnpacked, Unpacker};
use crate::browser::download::ReadError;
use crate::browser::files::{self, NoRoom};
use crate::checklist::Digest;
use crate::intake::MAX_AT_ONCE;
use crate::report::ImportError;

/// Attached files by digest.
pub type Attachments = Arc<SendWrapper<BTreeMap<Digest, Blob>>>;

/// A report or a backup.
pub struct Bundle {
    /// The report or the backup, without the attached files.
    pub text: Vec<u8>,
    /// The attached files.
    pub attachments: Attachments,
}

/// The limits in bytes: for a text, which is the report or the backup, and for a whole file.
pub type Limits = [usize; 2];

/// A chosen file that was opened: one text, or a ZIP file with any number of them.
pub struct Opened {
    name: String,
    limits: Limits,
    source: Source,
    /// The files beside the texts. Each text may name any of them.
    beside: BTreeMap<Digest, Blob>,
    refused: Vec<(String, Failure)>,
}

enum Source {
    Text(Option<File>),
    Archive(Archive),
}

impl Opened {
    /// Opens a file.
    ///
    /// # Errors
    /// When nothing in it can be read. Errors of a text are those of a report.
    pub async fn new(file: File, limits: Limits) -> Result<Self, Failure> {
        let name = file.name();
        let (mut beside, mut refused) = (BTreeMap::new(), Vec::new());
        let source = if is_archive(&file, limits).await? {
            let mut archive = Archive::open(&file, limits).await?;
            let keep = |sha256, bytes: &[u8]| {
                beside.insert(sha256, files::blob(bytes)?);
                Ok(())
            };
            refused = archive.others(keep).await?;
            Source::Archive(archive)
        } else {
            Source::Text(Some(file))
        };
        Ok(Self { name, limits, source, beside, refused })
    }

    /// Returns the number of texts that are still to be read.
    pub fn count(&self) -> usize {
        match &self.source {
            Source::Text(file) => usize::from(file.is_some()),
            Source::Archive(archive) => archive.contents.texts.len(),
        }
    }

    /// Takes out the names of unreadable attached files with the reasons. Such a file affects no
    /// other.
    pub fn refused(&mut self) -> Vec<(String, Failure)> {
        let refused = std::mem::take(&mut self.refused).into_iter();
        refused.map(|(name, why)| (self.name_of(&name), why)).collect()
    }

    /// Reads the next text. Returns its name, and its bundle or the reason why it can't be read.
    pub async fn next(&mut self) -> Option<(String, Result<Bundle, Failure>)> {
        let [limit, _] = self.limits;
        match &mut self.source {
            Source::Text(file) => {
                let file = file.take()?;
                Some((file.name(), read_file(&file, limit).await))
            }
            Source::Archive(archive) => {
                let (index, name) = archive.contents.texts.pop_front()?;
                let text = archive.text(index).await;
                let bundle = text.and_then(|text| split_whole(&text, limit, self.beside.clone()));
                Some((self.name_of(&name), bundle))
            }
        }
    }

    fn name_of(&self, entry: &str) -> String {
        format!("{} › {entry}", self.name)
    }
}

async fn read_file(file: &Blob, limit: usize) -> Result<Bundle, Failure> {
    let mut found = BTreeMap::new();
    let text = read_in_pieces(file, limit, |sha256, bytes| {
        found.insert(sha256, files::blob(bytes)?);
        Ok(())
    });
    Ok(Bundle { text: text.await?, attachments: Arc::new(SendWrapper::new(found)) })
}

/// Reads a report or a backup that is in memory as a whole.
///
/// # Errors
/// As for a file.
pub fn read_text(text: &[u8], limit: usize) -> Result<Bundle, Failure> {
    split_whole(text, limit, BTreeMap::new())
}

/// Returns the bundle of a text with the files in `found` beside it.
fn split_whole(
    text: &[u8],
    limit: usize,
    mut found: BTreeMap<Digest, Blob>,
) -> Result<Bundle, Failure> {
    let mut splitter = Splitter::new(limit);
    split(&mut splitter, text, |sha256, bytes| {
        found.insert(sha256, files::blob(bytes)?);
        Ok(())
    })?;
    Ok(Bundle { text: splitter.finish(), attachments: Arc::new(SendWrapper::new(found)) })
}

/// Reads all of a file back that was made here, without keeping the attached files. Returns its
/// text, and the digests of the attached files, each of which was verified.
///
/// # Errors
/// As for a chosen file.
pub async fn read_back(
    file: &Blob,
    limits: Limits,
) -> Result<(Vec<u8>, BTreeSet<Digest>), Failure> {
    let [limit, _] = limits;
    let mut found = BTreeSet::new();
    let mut note = |sha256, _: &[u8]| {
        found.insert(sha256);
        Ok(())
    };
    if !is_archive(file, limits).await? {
        let text = read_in_pieces(file, limit, note).await?;
        return Ok((text, found));
    }
    let mut archive = Archive::open(file, limits).await?;
    if let Some((_, why)) = archive.others(&mut note).await?.into_iter().next() {
        return Err(why);
    }
    let (index, _) = archive.contents.texts.pop_front().ok_or(Failure::ArchiveWithoutText)?;
    let text = archive.text(index).await?;
    let mut splitter = Splitter::new(limit);
    split(&mut splitter, &text, note)?;
    Ok((splitter.finish(), found))
}

/// Returns whether a file is a ZIP file, by its first bytes.
async fn is_archive(file: &Blob, [_, all]: Limits) -> Result<bool, Failure> {
    let size = files::size(file);
    check_size(size, all)?;
    let start = files::read_part(file, 0, size.min(4)).await?.to_vec();
    // An empty ZIP file begins with its end record.
    Ok(start == b"PK\x03\x04" || start == b"PK\x05\x06")
}

fn check_size(size: usize, limit: usize) -> Result<(), Failure> {
    if size > limit { Err(ReadError::TooLarge { size, limit }.into()) } else { Ok(()) }
}

/// Reads a text from a file. `each` gets the attached files inside.
async fn read_in_pieces(
    file: &Blob,
    limit: usize,
    mut each: impl FnMut(Digest, &[u8]) -> Result<(), Failure>,
) -> Result<Vec<u8>, Failure> {
    let mut splitter = Splitter::new(limit);
    files::read_in_pieces(file, |piece| split(&mut splitter, piece, &mut each)).await?;
    Ok(splitter.finish())
}

/// A ZIP file.
struct Archive {
    unpacker: Unpacker,
    contents: Contents,
    limits: Limits,
    /// The number of bytes that were unpacked.
    total: usize,
}

impl Archive {
    /// Opens a ZIP file with at least one text.
    async fn open(file: &Blob, limits: Limits) -> Result<Self, Failure> {
        let unpacker = Unpacker::open(file).await?;
        let contents = contents(unpacker.names()?);
        match contents.texts.len() {
            0 => Err(Failure::ArchiveWithoutText),
            1..=MAX_AT_ONCE => Ok(Self { unpacker, contents, limits, total: 0 }),
            _ => Err(Failure::TooManyReports),
        }
    }

    /// Reads all attached files. Returns the names of unreadable ones with the reasons.
    async fn others(
        &mut self,
        mut each: impl FnMut(Digest, &[u8]) -> Result<(), Failure>,
    ) -> Result<Vec<(String, Failure)>, Failure> {
        let mut refused = Vec::new();
        for (index, name) in std::mem::take(&mut self.contents.others) {
            match self.unpacker.read(index, MAX_ATTACHMENT).await {
                Ok(bytes) => {
                    self.count(bytes.len())?;
                    each(Digest::of(&bytes), &bytes)?;
                }
                Err(why @ (NotUnpacked::Damaged | NotUnpacked::TooLarge)) => {
                    refused.push((name, why.into()));
                }
                // The compression method or the reader itself would fail for all the others, too.
                Err(why) => return Err(why.into()),
            }
        }
        Ok(refused)
    }

    async fn text(&mut self, index: usize) -> Result<Vec<u8>, Failure> {
        let [limit, _] = self.limits;
        let text = self.unpacker.read(index, limit).await.map_err(|error| match error {
            NotUnpacked::TooLarge => Failure::Import(ImportError::TooLarge { limit }),
            error => error.into(),
        })?;
        self.count(text.len())?;
        Ok(text)
    }

    /// Adds to the total. Each file is small enough, but all together may be more than there is
    /// room for.
    fn count(&mut self, bytes: usize) -> Result<(), Failure> {
        let [_, all] = self.limits;
        self.total = self.total.saturating_add(bytes);
        check_size(self.total, all)
    }
}

/// Passes on the attachments that end in a piece of a text.
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
