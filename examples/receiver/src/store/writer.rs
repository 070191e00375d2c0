//! The writer of the database: a thread that stores all reports together that arrived while it was
//! storing. A report is acknowledged only after the disk has written it, which is then waited for
//! once for many reports.

use std::iter::once;
use std::sync::mpsc::Receiver;

use chrono::{SecondsFormat, Utc};
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior, named_params};
use tokio::sync::oneshot;

use super::{Kept, KeptOrNot};
use crate::budget::Held;
use crate::check::About;
use crate::guard::Sender;

/// The maximum number of reports that are stored together.
const TOGETHER: usize = 100;

/// A report that a sender delivered.
pub struct Delivery {
    /// The digest in the report, which matches it.
    pub sha256: String,
    /// The report's description, or `None` if these exact bytes are stored already.
    pub about: Option<About>,
    /// The report as it was sent.
    pub bytes: Held,
    /// The sender.
    pub sender: Sender,
}

/// A delivery, and the channel for its result.
pub type Waiting = (Delivery, oneshot::Sender<KeptOrNot>);

/// Stores deliveries until the queue is closed.
pub fn write(mut connection: Connection, queue: &Receiver<Waiting>) {
    while let Ok(first) = queue.recv() {
        let waiting: Vec<Waiting> = once(first).chain(queue.try_iter()).take(TOGETHER).collect();
        let (deliveries, answers): (Vec<Delivery>, Vec<_>) = waiting.into_iter().unzip();
        let kept: Vec<KeptOrNot> = match keep(&mut connection, &deliveries) {
            Ok(kept) => kept.into_iter().map(Ok).collect(),
            // A report that can't be stored must not stop the others.
            Err(error) if deliveries.len() > 1 && is_of_one(&error) => {
                deliveries.chunks(1).map(|one| alone(&mut connection, one)).collect()
            }
            // Each of them alone would wait as long and fail as well.
            Err(error) => answers.iter().map(|_| Err(again(&error))).collect(),
        };
        for (answer, kept) in answers.into_iter().zip(kept) {
            // The receiver may be gone; the report is stored all the same.
            let _ = answer.send(kept);
        }
    }
}

/// Returns whether an error is caused by the data, not by the database.
fn is_of_one(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(
        code,
        Some(ErrorCode::ConstraintViolation | ErrorCode::TooBig | ErrorCode::TypeMismatch)
    )
}

/// Returns a copy of an error.
fn again(error: &rusqlite::Error) -> rusqlite::Error {
    error.sqlite_error().map_or(rusqlite::Error::QueryReturnedNoRows, |code| {
        rusqlite::Error::SqliteFailure(*code, Some(error.to_string()))
    })
}

fn alone(connection: &mut Connection, one: &[Delivery]) -> KeptOrNot {
    keep(connection, one)?.pop().ok_or(rusqlite::Error::QueryReturnedNoRows)
}

/// Stores all of them or none.
fn keep(connection: &mut Connection, deliveries: &[Delivery]) -> rusqlite::Result<Vec<Kept>> {
    // From here on no other program writes, so that the time of the first arrival stays.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let kept =
        deliveries.iter().map(|one| keep_one(&transaction, one)).collect::<Result<_, _>>()?;
    transaction.commit()?;
    Ok(kept)
}

fn keep_one(transaction: &Transaction<'_>, delivery: &Delivery) -> rusqlite::Result<Kept> {
    let Delivery { sha256, about, bytes, sender } = delivery;
    let now = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
    if let Some(about) = about {
        transaction.execute(
            "INSERT INTO report (sha256, received_at, inspection, unit_name, unit_code, checklist,
                 checklist_version, checklist_title, period, status, updated_at, total, answered,
                 met, partly_met, not_met, not_applicable, invalid, body)
             VALUES (:sha256, :received_at, :inspection, :unit_name, :unit_code, :checklist,
                 :checklist_version, :checklist_title, :period, :status, :updated_at, :total, :answered,
                 :met, :partly_met, :not_met, :not_applicable, :invalid, :body)
             ON CONFLICT (sha256) DO NOTHING",
            named_params! {
                ":sha256": sha256,
                ":received_at": now,
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
                ":body": bytes.as_ref(),
            },
        )?;
    }
    let inserted = transaction.execute(
        "INSERT INTO delivery (report, sender, received_at)
             SELECT arrival, ?2, ?3 FROM report WHERE sha256 = ?1
             ON CONFLICT (report, sender) DO NOTHING",
        (sha256, sender, now),
    )?;
    let received_at = transaction.query_row(
        "SELECT delivery.received_at FROM delivery JOIN report ON report.arrival = delivery.report
             WHERE sha256 = ?1 AND sender = ?2",
        (sha256, sender),
        |row| row.get(0),
    )?;
    Ok(Kept { received_at, is_new: inserted == 1 })
}
