//! Keeps the published schemas what the types say.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::{env, fs};

use schemars::{Schema, schema_for};
use tu_kiem_tra::backup::wire::RawBackup;
use tu_kiem_tra::checklist::wire::{RawChecklist, RawItem};
use tu_kiem_tra::report::wire::RawReport;

/// With this set, the schemas are written anew instead of compared.
const UPDATE: &str = "UPDATE_SCHEMAS";

fn assert_current(file: &str, schema: &Schema) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(file);
    let current = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if env::var_os(UPDATE).is_some() {
        fs::write(&path, &current).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == current,
        "schema/{file} is not what the types say: run `{UPDATE}=1 cargo test --test schemas`"
    );
}

#[test]
fn the_schema_of_checklists_is_current() {
    assert_current("checklist.schema.json", &schema_for!(RawChecklist<RawItem>));
}

#[test]
fn the_schema_of_reports_is_current() {
    assert_current("report.schema.json", &schema_for!(RawReport));
}

#[test]
fn the_schema_of_backups_is_current() {
    assert_current("backup.schema.json", &schema_for!(RawBackup));
}
