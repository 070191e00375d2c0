//! The schema of the database, and the migration from earlier versions.

use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// The mark of a database of this program.
const APPLICATION: i32 = 0x746b_7472;

/// The version of the schema.
const VERSION: i32 = 2;

const REPORTS: &str = "
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

/// The deliveries: which sender sent which report, and when first. Version 1 did not distinguish
/// senders: its reports get a sender without a name.
const DELIVERIES: &str = "
    CREATE TABLE delivery (
        id INTEGER PRIMARY KEY,
        report INTEGER NOT NULL REFERENCES report,
        sender TEXT NOT NULL,
        received_at TEXT NOT NULL,
        UNIQUE (report, sender)
    ) STRICT;
    INSERT INTO delivery (report, sender, received_at)
        SELECT arrival, '', received_at FROM report ORDER BY arrival;
";

/// The usability of a database.
pub enum Readiness {
    Ready,
    Foreign,
    Newer,
    ReadOnly,
}

/// Migrates a database to the current schema, if it is this program's or empty.
pub fn ready(connection: &mut Connection) -> rusqlite::Result<Readiness> {
    connection.busy_timeout(Duration::from_secs(10))?;
    // Even a power cut just after the response loses no report that was acknowledged.
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if transaction.is_readonly("main")? {
        return Ok(Readiness::ReadOnly);
    }
    let number = |name| transaction.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, version) {
        (0, _) if tables == 0 => shape(&transaction, &[REPORTS, DELIVERIES])?,
        (APPLICATION, 1) => shape(&transaction, &[DELIVERIES])?,
        (APPLICATION, VERSION) => {}
        (APPLICATION, _) => return Ok(Readiness::Newer),
        _ => return Ok(Readiness::Foreign),
    }
    transaction.commit()?;
    // Then reading and writing don't wait for each other. Some file systems can't do this, and then
    // they wait.
    let _ = connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()));
    Ok(Readiness::Ready)
}

fn shape(transaction: &Transaction<'_>, steps: &[&str]) -> rusqlite::Result<()> {
    steps.iter().try_for_each(|step| transaction.execute_batch(step))?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)
}
