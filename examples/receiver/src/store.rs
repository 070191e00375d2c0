//! The database: each report once, as it was sent, with what can be listed without opening it.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{SecondsFormat, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, named_params};

use crate::check::{About, Arrived, Figures};
use crate::failure::Failure;

/// Marks a database as one of this program.
const APPLICATION: i32 = 0x746b_7472;

/// The version of its tables.
const VERSION: i32 = 1;

const TABLES: &str = "
    CREATE TABLE report (
        arrival INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        received_at TEXT NOT NULL,
        inspection TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        unit_code TEXT,
        checklist TEXT NOT NULL,
        checklist_version TEXT NOT NULL,
        checklist_title TEXT NOT NULL,
        period TEXT NOT NULL,
        status TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        total INTEGER NOT NULL,
        answered INTEGER NOT NULL,
        met INTEGER NOT NULL,
        partly_met INTEGER NOT NULL,
        not_met INTEGER NOT NULL,
        not_applicable INTEGER NOT NULL,
        invalid INTEGER NOT NULL,
        -- Last: what stands after it could only be read through it.
        body BLOB NOT NULL
    ) STRICT;
";

/// Where the reports are.
pub struct Store {
    connection: Mutex<Connection>,
}

/// What became of a report.
pub struct Kept {
    /// When it came first: RFC 3339, in UTC.
    pub received_at: String,
    /// Whether that was now.
    pub is_new: bool,
}

/// A report in the list.
pub struct Stored {
    /// Its digest.
    pub sha256: String,
    /// When it came first: RFC 3339, in UTC.
    pub received_at: String,
    /// What it is about.
    pub about: About,
}

impl Store {
    /// Opens the database, or makes a new one.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let name = path.display();
        let mut connection = Connection::open(path).map_err(|error| {
            Failure::new(format!(
                "Không mở được cơ sở dữ liệu {name}: hãy kiểm tra thư mục có tồn tại và ghi được ({error})."
            ))
        })?;
        let readiness = ready(&mut connection).map_err(|error| {
            Failure::new(format!(
                "Không dùng được cơ sở dữ liệu {name}: hãy chọn tệp khác bằng `--database`, hoặc khôi \
                 phục bản sao lưu ({error})."
            ))
        })?;
        let sentence = match readiness {
            Readiness::Ready => return Ok(Self { connection: Mutex::new(connection) }),
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

    /// Stores a report, unless it is there already.
    pub fn keep(&self, report: &Arrived) -> rusqlite::Result<Kept> {
        let Arrived { sha256, about, bytes } = report;
        let mut connection = self.connection();
        // From its beginning no other program writes, so that the first one's time stays.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let inserted = transaction.execute(
            "INSERT INTO report (sha256, received_at, inspection, unit_name, unit_code, checklist,
                 checklist_version, checklist_title, period, status, updated_at, total, answered,
                 met, partly_met, not_met, not_applicable, invalid, body)
             VALUES (:sha256, :received_at, :inspection, :unit_name, :unit_code, :checklist,
                 :checklist_version, :checklist_title, :period, :status, :updated_at, :total, :answered,
                 :met, :partly_met, :not_met, :not_applicable, :invalid, :body)
             ON CONFLICT (sha256) DO NOTHING",
            named_params! {
                ":sha256": sha256,
                ":received_at": Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
                ":inspection": about.inspection,
                ":unit_name": about.unit_name,
                ":unit_code": about.unit_code,
                ":checklist": about.checklist,
                ":checklist_version": about.checklist_version,
                ":checklist_title": about.checklist_title,
                ":period": about.period,
                ":status": about.status,
                ":updated_at": about.updated_at,
                ":total": about.summary.total,
                ":answered": about.summary.answered,
                ":met": about.summary.met,
                ":partly_met": about.summary.partly_met,
                ":not_met": about.summary.not_met,
                ":not_applicable": about.summary.not_applicable,
                ":invalid": about.summary.invalid,
                ":body": bytes,
            },
        )?;
        let received_at = transaction.query_row(
            "SELECT received_at FROM report WHERE sha256 = ?1",
            [sha256],
            |row| row.get(0),
        )?;
        transaction.commit()?;
        Ok(Kept { received_at, is_new: inserted == 1 })
    }

    /// All reports, the last one to arrive first.
    pub fn list(&self) -> rusqlite::Result<Vec<Stored>> {
        let connection = self.connection();
        let mut query = connection.prepare(
            "SELECT sha256, received_at, inspection, unit_name, unit_code, checklist,
                 checklist_version, checklist_title, period, status, updated_at, total, answered,
                 met, partly_met, not_met, not_applicable, invalid
             FROM report ORDER BY arrival DESC",
        )?;
        let rows = query.query_map([], stored)?;
        rows.collect()
    }

    /// A report as it was sent.
    pub fn bytes(&self, sha256: &str) -> rusqlite::Result<Option<Vec<u8>>> {
        let query = "SELECT body FROM report WHERE sha256 = ?1";
        self.connection().query_row(query, [sha256], |row| row.get(0)).optional()
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a database can be used.
enum Readiness {
    Ready,
    Foreign,
    Newer,
    ReadOnly,
}

fn ready(connection: &mut Connection) -> rusqlite::Result<Readiness> {
    connection.busy_timeout(Duration::from_secs(10))?;
    // Even a power cut just after the answer loses nothing that was said to be stored.
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if transaction.is_readonly("main")? {
        return Ok(Readiness::ReadOnly);
    }
    let number = |name| transaction.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == 0 && tables == 0 {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    } else if application != APPLICATION {
        return Ok(Readiness::Foreign);
    } else if version > VERSION {
        return Ok(Readiness::Newer);
    }
    transaction.commit()?;
    Ok(Readiness::Ready)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
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
