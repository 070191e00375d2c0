//! Files that can't be imported: each gets the true reason.

use tu_kiem_tra::checklist::{Digest, Fault, Figure, canonical_json};
use tu_kiem_tra::report::{ImportError, MAX_REPORT, Report, import};

use crate::bad_files::check_reasons;
use crate::support::{SMALL_REPORT, day, sealed, small_inspection};

#[test]
fn each_file_gets_its_true_reason() {
    check_reasons("bad-reports.json", &SMALL_REPORT.json(), |bytes| import(bytes).err());
}

#[test]
fn a_file_that_ends_early_is_truncated_wherever_it_ends() {
    let bytes = SMALL_REPORT.bytes();
    for end in (0..1_000).chain((1_000..bytes.len()).step_by(7)) {
        assert_eq!(import(&bytes[..end]).err(), Some(ImportError::Truncated), "{end}");
    }
    let pretty = serde_json::to_string_pretty(&SMALL_REPORT.json()).unwrap();
    for end in (0..pretty.len()).step_by(97) {
        assert_eq!(import(&pretty.as_bytes()[..end]).err(), Some(ImportError::Truncated), "{end}");
    }
    assert!(import(bytes).is_ok() && import(pretty.as_bytes()).is_ok());
}

/// The entries may be longer than a report can be: the page sees it by the length before it exports
/// a file.
#[test]
fn a_report_can_be_imported_up_to_its_greatest_length() {
    let mut inspection = small_inspection();
    let without = Report::of(&inspection, day("2026-11-21")).bytes().len();
    let id = inspection.checklist.items[0].id.clone();
    let room = MAX_REPORT - without + inspection.entries[&id].note.len();
    for (length, is_readable) in [(room, true), (room + 1, false)] {
        inspection.entries.get_mut(&id).unwrap().note = "x".repeat(length);
        let report = Report::of(&inspection, day("2026-11-21"));
        assert_eq!(report.bytes().len() <= MAX_REPORT, is_readable);
        assert_eq!(import(report.bytes()).is_ok(), is_readable, "{length}");
    }
}

/// Texts that could not be read once were kept as typed.
#[test]
fn texts_that_an_older_program_could_not_read_are_no_damage() {
    for (text, is_taken) in [
        ("\u{feff}16/06/2026", true),
        ("16.06.2026", true),
        ("16062026", true),
        ("16/6/26", true),
        ("16/06/2026", false),
        (" 1 / 6 / 2026", false),
        (" ", false),
    ] {
        let mut report = SMALL_REPORT.json();
        report["items"][0]["finding"] = serde_json::json!({"unread": {"due": text}});
        let bytes = serde_json::to_vec(&sealed(report)).unwrap();
        let read = import(&bytes);
        assert_eq!(read.is_ok(), is_taken, "{text:?}");
        if let Ok(inspection) = read {
            let again = Report::of(&inspection, day("2026-11-21"));
            assert!(String::from_utf8_lossy(again.bytes()).contains(text));
        }
    }
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let zip = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\xb5\xe8";
    let latin1 = b"{\"name\": \"Caf\xe9\"}";
    let utf16: Vec<_> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    // Another text that ends inside a character.
    let cut_prose = &"Phường".as_bytes()[..3];
    for bytes in [&png[..], &zip[..], &latin1[..], &utf16, cut_prose] {
        assert_eq!(import(bytes).err(), Some(ImportError::NotText), "{bytes:?}");
    }
}

#[test]
fn what_is_no_json_is_damaged_and_where() {
    for (text, line, column) in [
        ("{\n\"format\": tu-kiem-tra\n}", 2, 12),
        ("{} {}", 1, 4),
        ("{'format': 1}", 1, 2),
        ("{\"a\": \"\u{1}\"}", 1, 8),
        ("{\"a\": \"\\ud800\"}", 1, 14),
    ] {
        let error = import(text.as_bytes()).unwrap_err();
        assert_eq!(error, ImportError::Damaged { line, column }, "{text:?}");
    }
    let text = String::from_utf8(SMALL_REPORT.bytes().to_vec()).unwrap();
    let damaged = text.replacen("\"items\":", "\"items\";", 1);
    assert!(matches!(import(damaged.as_bytes()), Err(ImportError::Damaged { line: 1, .. })));
    assert!(matches!(import(b"{\"a\": 01}"), Err(ImportError::Damaged { .. })));
    let deep = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);
    assert!(matches!(import(deep.as_bytes()), Err(ImportError::Damaged { .. })));
    // A page or a table of another program was never a report.
    for text in ["<html></html>", "name,code\nA,1", "[[[", "\"tu-kiem-tra"] {
        assert_eq!(import(text.as_bytes()).err(), Some(ImportError::Foreign), "{text}");
    }
}

#[test]
fn what_is_too_large_is_not_looked_at() {
    let mut bytes = SMALL_REPORT.bytes().to_vec();
    bytes.resize(MAX_REPORT, b' ');
    assert!(import(&bytes).is_ok());
    bytes.push(b' ');
    assert_eq!(import(&bytes).err(), Some(ImportError::TooLarge { limit: MAX_REPORT }));
}

#[test]
fn a_checklist_with_problems_is_refused_with_all_of_them() {
    let mut report = SMALL_REPORT.json();
    let definition = &mut report["checklist"]["definition"];
    definition["items"][0]["kind"] = "essay".into();
    definition["items"][1]["target"] = serde_json::json!({"moreThan": "100"});
    let digest = Digest::of(&canonical_json(definition).unwrap()).to_string();
    report["checklist"]["sha256"] = digest.into();
    let error = import(&serde_json::to_vec(&sealed(report)).unwrap()).unwrap_err();
    let ImportError::Checklist(problems) = error else { panic!("{error}") };
    let pointers: Vec<_> = problems.iter().map(|problem| problem.pointer.as_str()).collect();
    assert_eq!(pointers, ["/items/0/kind", "/items/1/target/moreThan"]);
    let fault = Fault::BadNumber { given: "100".to_owned(), wanted: Figure::PercentBelow100 };
    assert_eq!(problems[1].fault, fault);
}

#[test]
fn a_digest_in_capitals_is_not_the_digest() {
    let mut report = SMALL_REPORT.json();
    let sha256 = report["integrity"]["sha256"].as_str().unwrap().to_uppercase();
    report["integrity"]["sha256"] = sha256.into();
    let error = import(&serde_json::to_vec(&report).unwrap()).unwrap_err();
    assert_eq!(error, ImportError::Altered);
}
