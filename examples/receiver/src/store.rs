//! The database: each report once, as it was sent, with its description for the list.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};

use rusqlite::{Connection, OptionalExtension as _, Row};
use tokio::sync::oneshot;

use crate::check::{About, Figures};
use crate::failure::Failure;
use crate::guard::Sender;
use shape::{Readiness, ready};
pub use writer::Delivery;
use writer::{Waiting, write};

mod shape;
mod writer;

/// The store of the reports.
pub struct Store {
    queue: mpsc::Sender<Waiting>,
    /// Separate from writing, so that the list never waits for a report being stored.
    reading: Mutex<Connection>,
    /// Separate from reading, so that readers never wait for uploads.
    looking_up: Mutex<Connection>,
}

/// The result of storing a report.
pub type KeptOrNot = rusqlite::Result<Kept>;

/// A stored report.
pub struct Kept {
    /// The time of its first arrival from this sender: RFC 3339, in UTC.
    pub received_at: String,
    /// Whether it was stored just now.
    pub is_new: bool,
}

/// A report in the list, as delivered by one sender.
pub struct Stored {
    /// The sender.
    pub sender: Sender,
    /// Its digest.
    pub sha256: String,
    /// The time of its first arrival from this sender: RFC 3339, in UTC.
    pub received_at: String,
    /// The description.
    pub about: About,
}

impl Store {
    /// Opens the database, or creates a new one.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let name = path.display();
        let open = || {
            Connection::open(path).map_err(|error| {
                Failure::new(format!(
                    "Không mở được cơ sở dữ liệu {name}: hãy kiểm tra thư mục có tồn tại và ghi được ({error})."
                ))
            })
        };
        let mut writing = open()?;
        let readiness = ready(&mut writing).map_err(|error| {
            Failure::new(format!(
                "Không dùng được cơ sở dữ liệu {name}: hãy chọn tệp khác bằng `--database`, hoặc khôi \
                 phục bản sao lưu ({error})."
            ))
        })?;
        let sentence = match readiness {
            Readiness::Ready => {
                let (queue, waiting) = mpsc::channel();
                let [reading, looking_up] = [open()?, open()?].map(Mutex::new);
                std::thread::spawn(move || write(writing, &waiting));
                return Ok(Self { queue, reading, looking_up });
            }
            Readiness::Foreign => {
                "là cơ sở dữ liệu của chương trình khác. Hãy chọn tệp khác bằng `--database`."
            }
            Readiness::Newer => {
                "do phiên bản mới hơn của chương trình này tạo ra. Hãy chạy phiên bản đó."
            }
            Readiness::ReadOnly => {
                "chỉ đọc được. Hãy cấp quyền ghi cho tài khoản chạy chương trình."
            }
        };
        Err(Failure::new(format!("Tệp {name} {sentence}")))
    }

    /// Stores a report, unless it is stored already.
    ///
    /// # Errors
    /// Fails with the reason, or with `None` if the writer has ended.
    pub async fn keep(&self, delivery: Delivery) -> Result<Kept, Option<rusqlite::Error>> {
        let (answer, kept) = oneshot::channel();
        self.queue.send((delivery, answer)).map_err(|_| None)?;
        kept.await.map_err(|_| None)?.map_err(Some)
    }

    /// Returns whether these exact bytes are stored under a digest.
    pub fn has(&self, sha256: &str, bytes: &[u8]) -> rusqlite::Result<bool> {
        let query = "SELECT 1 FROM report WHERE sha256 = ?1 AND body = ?2";
        locked(&self.looking_up).prepare(query)?.exists((sha256, bytes))
    }

    /// Returns all reports, the last one to arrive first.
    pub fn list(&self) -> rusqlite::Result<Vec<Stored>> {
        let connection = locked(&self.reading);
        let mut query = connection.prepare(
            "SELECT delivery.sender, delivery.received_at, sha256, inspection, unit_name, unit_code,
                 checklist, checklist_version, checklist_title, period, status, updated_at, total,
                 answered, met, partly_met, not_met, not_applicable, invalid
             FROM delivery JOIN report ON report.arrival = delivery.report
             ORDER BY delivery.id DESC",
        )?;
        let rows = query.query_map([], stored)?;
        rows.collect()
    }

    /// Returns a report as it was sent.
    pub fn bytes(&self, sha256: &str) -> rusqlite::Result<Option<Vec<u8>>> {
        let query = "SELECT body FROM report WHERE sha256 = ?1";
        locked(&self.reading).query_row(query, [sha256], |row| row.get(0)).optional()
    }
}

/// Locks a connection. A panicked holder can't have left anything half done: uncommitted changes
/// are rolled back.
fn locked(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        sender: row.get("sender")?,
        sha256: row.get("sha256")?,
        received_at: row.get("received_at")?,
        about: About {
            inspection: row.get("inspection")?,
            unit_name: row.get("unit_name")?,
            unit_code: row.get("unit_code")?,
            checklist: row.get("checklist")?,
            checklist_version: row.get("checklist_version")?,
            checklist_title: row.get("checklist_title")?,
            period: row.get("period")?,
            status: row.get("status")?,
            updated_at: row.get("updated_at")?,
            summary: Figures {
                total: row.get("total")?,
                answered: row.get("answered")?,
                met: row.get("met")?,
                partly_met: row.get("partly_met")?,
                not_met: row.get("not_met")?,
                not_applicable: row.get("not_applicable")?,
                invalid: row.get("invalid")?,
            },
        },
    })
}
