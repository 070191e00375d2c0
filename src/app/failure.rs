//! The failures that a person or a host may meet, each with a stable code and a sentence.

use crate::attachments::{
    MAX_ATTACHMENT, MAX_BACKUP_WITH_ATTACHMENTS, MAX_WITH_ATTACHMENTS, SplitError,
};
use crate::browser::archive::NotUnpacked;
use crate::browser::download::ReadError;
use crate::browser::fetch::FetchError;
use crate::browser::office::NotFetched;
use crate::checklist::Problem;
use crate::inspection::AnswerFault;
use crate::intake::MAX_AT_ONCE;
use crate::messages::{Messages, fill};
use crate::report::ImportError;
use crate::review::Flaw;
use crate::storage::StoreError;

/// A failure of an action. Nothing is changed when one of these is returned.
#[derive(Debug)]
pub enum Failure {
    /// No inspection is open.
    NoInspection,
    /// No inspection of that id is on this device.
    UnknownInspection,
    /// The checklist has no item of that name.
    UnknownItem(String),
    /// There is no compiled-in checklist of that id.
    UnknownChecklist(String),
    /// The element has no method of that name.
    UnknownMethod(String),
    /// A method was called with arguments that it does not take.
    BadArguments(String),
    /// An attribute of the element has an invalid value.
    BadAttribute(&'static str),
    /// The headers that the host wants to add to a request can't be added.
    BadUploadHeaders(String),
    /// The text is no period.
    InvalidPeriod(String),
    /// The unit has no name or an unknown type.
    InvalidUnit,
    /// The answer does not fit its item.
    InvalidAnswer(AnswerFault),
    /// The checklist file has problems. INVARIANT: at least one.
    InvalidChecklist(Vec<Problem>),
    /// The checklist file could not be fetched.
    ChecklistUnreachable(FetchError),
    /// The inspection's stored records can't be read.
    DamagedInspection,
    /// The file is no report that can be imported.
    Import(ImportError),
    /// The file is no backup that can be restored.
    Backup(ImportError),
    /// The ZIP file can't be read.
    Archive(NotUnpacked),
    /// There is no report and no backup in the ZIP file.
    ArchiveWithoutText,
    /// More than [`MAX_AT_ONCE`] files were chosen, or a ZIP file has more reports than that.
    TooManyReports,
    /// A backup came along with something else.
    BackupAmongReports,
    /// An attached file is larger than [`MAX_ATTACHMENT`].
    LargeAttachment,
    /// Not everything could be deleted.
    NotErased(StoreError),
    /// The report's inspection is on this device already.
    ImportConflict,
    /// The file that was chosen could not be read.
    File(ReadError),
    /// Storing or reading stored records failed.
    Storage(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Storage(error)
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::File(error)
    }
}

impl From<NotUnpacked> for Failure {
    fn from(error: NotUnpacked) -> Self {
        Self::Archive(error)
    }
}

impl From<SplitError> for Failure {
    fn from(error: SplitError) -> Self {
        match error {
            SplitError::LargeAttachment => Self::LargeAttachment,
            error => Self::Import(error.into()),
        }
    }
}

impl Failure {
    /// Returns the code that hosts may rely on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoInspection => "no-inspection",
            Self::UnknownInspection => "unknown-inspection",
            Self::UnknownItem(_) => "unknown-item",
            Self::UnknownChecklist(_) => "unknown-checklist",
            Self::UnknownMethod(_) => "unknown-method",
            Self::BadArguments(_) => "bad-arguments",
            Self::BadAttribute(_) => "bad-attribute",
            Self::BadUploadHeaders(_) => "bad-upload-headers",
            Self::InvalidPeriod(_) => "invalid-period",
            Self::InvalidUnit => "invalid-unit",
            Self::InvalidAnswer(_) => "invalid-answer",
            Self::InvalidChecklist(_) => "invalid-checklist",
            Self::ChecklistUnreachable(_) => "checklist-unreachable",
            Self::DamagedInspection => "damaged-inspection",
            Self::Import(error) => import_code(error),
            Self::Backup(error) => backup_code(error),
            Self::Archive(error) => archive_code(error),
            Self::ArchiveWithoutText => "archive-without-report",
            Self::TooManyReports => "too-many-reports",
            Self::BackupAmongReports => "backup-among-reports",
            Self::LargeAttachment => "attachment-too-large",
            Self::NotErased(_) => "not-erased",
            Self::ImportConflict => "import-conflict",
            Self::File(ReadError::TooLarge { .. }) => "import-too-large",
            Self::File(ReadError::Unreadable) => "file-unreadable",
            Self::Storage(_) => "storage-failed",
        }
    }

    /// Returns the sentence for the person.
    #[must_use]
    pub fn sentence(&self, words: &Messages) -> String {
        let (text, name) = match self {
            Self::NoInspection => (words.error_no_inspection, String::new()),
            Self::UnknownInspection => (words.error_unknown_inspection, String::new()),
            Self::UnknownItem(name) => (words.error_unknown_item, name.clone()),
            Self::UnknownChecklist(name) => (words.error_unknown_checklist, name.clone()),
            Self::UnknownMethod(name) => (words.error_unknown_method, name.clone()),
            Self::BadArguments(name) => (words.error_bad_arguments, name.clone()),
            Self::BadAttribute(name) => (words.error_bad_attribute, (*name).to_owned()),
            Self::BadUploadHeaders(name) => (words.error_bad_upload_headers, name.clone()),
            Self::InvalidPeriod(name) => (words.error_invalid_period, name.clone()),
            Self::InvalidUnit => (words.error_invalid_unit, String::new()),
            Self::InvalidAnswer(fault) => {
                (words.error_invalid_answer, answer_sentence(fault, words))
            }
            Self::InvalidChecklist(problems) => return checklist_sentence(problems, words),
            Self::ChecklistUnreachable(error) => {
                (words.error_checklist_unreachable, fetch_cause(error, words))
            }
            Self::DamagedInspection => (words.error_damaged_inspection, String::new()),
            Self::Import(error) => return import_sentence(error, words),
            Self::Backup(error) => return backup_sentence(error, words),
            Self::Archive(error) => return archive_sentence(error, words),
            Self::ArchiveWithoutText => (words.error_archive_without_report, String::new()),
            Self::TooManyReports => (words.error_too_many_reports, MAX_AT_ONCE.to_string()),
            Self::BackupAmongReports => (words.error_backup_among_reports, String::new()),
            Self::LargeAttachment => return large_attachment(words),
            Self::NotErased(error) => (words.error_not_erased, storage_sentence(error, words)),
            Self::ImportConflict => (words.error_import_conflict, String::new()),
            Self::File(ReadError::TooLarge { size, limit }) => {
                return too_large_file(*size, *limit, words);
            }
            Self::File(ReadError::Unreadable) => (words.error_file_unreadable, String::new()),
            Self::Storage(error) => (words.error_storage, storage_sentence(error, words)),
        };
        fill(text, &[("name", &name)])
    }
}

/// Returns why a file could not be fetched, short enough to stand in brackets.
fn fetch_cause(error: &FetchError, words: &Messages) -> String {
    let (text, name) = match error {
        FetchError::BadUrl(url) => (words.fetch_bad_url, url.clone()),
        FetchError::Unreachable => (words.fetch_unreachable, String::new()),
        FetchError::Status(status) => (words.fetch_status, status.to_string()),
        FetchError::TooLarge(limit) => (words.fetch_too_large, (limit / 1_000_000).to_string()),
        FetchError::Elsewhere(origin) => (words.fetch_elsewhere, origin.clone()),
        FetchError::NotText => (words.fetch_not_text, String::new()),
    };
    fill(text, &[("name", &name)])
}

/// Returns why an answer that a host gave does not fit its item.
fn answer_sentence(fault: &AnswerFault, words: &Messages) -> String {
    let (text, name) = match fault {
        AnswerFault::FieldOfOtherKind(field) => (words.answer_other_kind, *field),
        AnswerFault::BadValue(field) => (words.answer_bad_value, *field),
        AnswerFault::Unknown(name) => (words.answer_unknown, name.as_str()),
    };
    fill(text, &[("name", name)])
}

const fn import_code(error: &ImportError) -> &'static str {
    match error {
        ImportError::TooLarge { .. } => "import-too-large",
        ImportError::NotText | ImportError::Foreign => "import-foreign",
        ImportError::Truncated => "import-truncated",
        ImportError::Damaged { .. } | ImportError::Shape { .. } | ImportError::Checklist(_) => {
            "import-damaged"
        }
        ImportError::NewerFormat { .. } => "import-newer",
        ImportError::Altered => "import-altered",
    }
}

fn import_sentence(error: &ImportError, words: &Messages) -> String {
    let text = match error {
        ImportError::TooLarge { limit } => return too_large(*limit, words),
        ImportError::NotText | ImportError::Foreign => words.error_import_foreign,
        ImportError::Truncated => words.error_import_truncated,
        ImportError::NewerFormat { .. } => words.error_import_newer,
        ImportError::Altered => words.error_import_altered,
        ImportError::Damaged { .. } | ImportError::Shape { .. } | ImportError::Checklist(_) => {
            let place = fill(words.error_import_place, &[("place", &place(error))]);
            return [words.error_import_damaged, &place].join(" ");
        }
    };
    text.to_owned()
}

const fn backup_code(error: &ImportError) -> &'static str {
    match error {
        ImportError::TooLarge { .. } => "backup-too-large",
        ImportError::NotText | ImportError::Foreign => "backup-foreign",
        ImportError::Truncated => "backup-truncated",
        ImportError::Damaged { .. } | ImportError::Shape { .. } | ImportError::Checklist(_) => {
            "backup-damaged"
        }
        ImportError::NewerFormat { .. } => "backup-newer",
        ImportError::Altered => "backup-altered",
    }
}

fn backup_sentence(error: &ImportError, words: &Messages) -> String {
    let text = match error {
        ImportError::TooLarge { limit } => {
            let limit = (limit / 1024 / 1024).to_string();
            return fill(words.error_backup_too_large, &[("limit", &limit)]);
        }
        ImportError::NotText | ImportError::Foreign => words.error_backup_foreign,
        ImportError::Truncated => words.error_backup_truncated,
        ImportError::NewerFormat { .. } => words.error_backup_newer,
        ImportError::Altered => words.error_backup_altered,
        ImportError::Damaged { .. } | ImportError::Shape { .. } | ImportError::Checklist(_) => {
            let place = fill(words.error_import_place, &[("place", &place(error))]);
            return [words.error_backup_damaged, &place].join(" ");
        }
    };
    text.to_owned()
}

const fn archive_code(error: &NotUnpacked) -> &'static str {
    match error {
        NotUnpacked::File(_) => "file-unreadable",
        NotUnpacked::NotFetched(_) => "archive-unreachable",
        NotUnpacked::Damaged => "archive-damaged",
        NotUnpacked::Unsupported => "archive-unsupported",
        NotUnpacked::TooMany => "archive-too-many",
        NotUnpacked::TooLarge => "attachment-too-large",
    }
}

/// Returns why the program for a file is not there, and the alternative for now.
pub(super) fn not_fetched_sentence(why: NotFetched, instead: &str, words: &Messages) -> String {
    let sentence = match why {
        NotFetched::Unreachable => words.office_unreachable,
        NotFetched::Unavailable => words.office_unavailable,
        NotFetched::Replaced => words.office_replaced,
    };
    fill(sentence, &[("instead", instead)])
}

fn archive_sentence(error: &NotUnpacked, words: &Messages) -> String {
    let text = match error {
        NotUnpacked::File(_) => words.error_file_unreadable,
        NotUnpacked::NotFetched(why) => {
            return not_fetched_sentence(*why, words.instead_unpack, words);
        }
        NotUnpacked::Damaged => words.error_archive_damaged,
        NotUnpacked::Unsupported => words.error_archive_unsupported,
        NotUnpacked::TooMany => words.error_archive_too_many,
        NotUnpacked::TooLarge => return large_attachment(words),
    };
    text.to_owned()
}

fn large_attachment(words: &Messages) -> String {
    let limit = (MAX_ATTACHMENT / 1024 / 1024).to_string();
    fill(words.error_attachment_too_large, &[("limit", &limit)])
}

/// Returns the place where a file is damaged, which reads alike in every language.
fn place(error: &ImportError) -> String {
    match error {
        ImportError::Damaged { line, column } => format!("{line}:{column}"),
        ImportError::Shape { pointer, .. } => pointer.clone(),
        ImportError::Checklist(problems) => {
            let first = problems.first().map(|problem| problem.pointer.as_str());
            ["/checklist/definition", first.unwrap_or_default()].concat()
        }
        _ => String::new(),
    }
}

/// Returns the sentence on a too large file with attachments. If it may be a backup, the sentence
/// names the button that takes larger files.
fn too_large_file(size: usize, limit: usize, words: &Messages) -> String {
    let text = too_large(limit, words);
    let may_be_backup = limit == MAX_WITH_ATTACHMENTS && size <= MAX_BACKUP_WITH_ATTACHMENTS;
    if may_be_backup { [&text, words.error_import_large_backup].join(" ") } else { text }
}

fn too_large(limit: usize, words: &Messages) -> String {
    fill(words.error_import_too_large, &[("limit", &(limit / 1024 / 1024).to_string())])
}

/// The number of a checklist's problems that are listed. After some twenty, nobody reads on.
const LISTED: usize = 20;

fn checklist_sentence(problems: &[Problem], words: &Messages) -> String {
    let count = problems.len().to_string();
    let mut lines = vec![fill(words.error_invalid_checklist, &[("count", &count)])];
    lines.extend(problems.iter().take(LISTED).map(|problem| Flaw::of(problem, words).line()));
    if problems.len() > LISTED {
        lines.push("…".to_owned());
    }
    lines.join("\n")
}

/// Returns why storing fails, in words.
pub(super) fn storage_sentence(error: &StoreError, words: &Messages) -> String {
    let text = match error {
        StoreError::Quota => words.storage_quota,
        StoreError::Denied => words.storage_denied,
        StoreError::NewerProgram => words.storage_newer,
        StoreError::Blocked => words.storage_blocked,
        StoreError::Upgrade => words.storage_upgrade,
        StoreError::Closed
        | StoreError::Frozen
        | StoreError::Timeout
        | StoreError::Other { .. } => words.storage_other,
    };
    text.to_owned()
}
