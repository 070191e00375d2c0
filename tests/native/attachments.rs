//! Attachments of a report: inside its JSON, written and read in pieces.

use std::collections::{BTreeMap, BTreeSet};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use proptest::collection::{btree_set, vec};
use proptest::prelude::{ProptestConfig, any, prop, prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};
use tu_kiem_tra::attachments::{
    Attachment, MAX_ATTACHMENT, Role, SplitError, Splitter, begin, can_be_read, end, entry_name,
    member, role, without,
};
use tu_kiem_tra::checklist::{Digest, canonical_json};
use tu_kiem_tra::inspection::Entries;
use tu_kiem_tra::report::{ImportError, MAX_REPORT, Misfit, import};
use unicode_normalization::UnicodeNormalization as _;

use crate::support::{SMALL_REPORT, sealed};

/// Returns a sealed file with attachments, as it is written.
fn written(sealed: &[u8], files: &[Vec<u8>]) -> Vec<u8> {
    let files: BTreeMap<Digest, &[u8]> =
        files.iter().map(|bytes| (Digest::of(bytes), bytes.as_slice())).collect();
    let members = files.iter().enumerate();
    let members = members.flat_map(|(index, (sha256, bytes))| member(index == 0, *sha256, bytes));
    begin().iter().copied().chain(members).chain(end(sealed)).collect()
}

/// Splits a file that comes in pieces of these sizes, over and over.
fn split(file: &[u8], sizes: &[usize]) -> Result<(Vec<Attachment>, Vec<u8>), SplitError> {
    let mut splitter = Splitter::new(MAX_REPORT);
    let (mut found, mut rest) = (Vec::new(), file);
    for size in sizes.iter().cycle() {
        let (piece, behind) = rest.split_at((*size).min(rest.len()));
        found.extend(splitter.push(piece)?);
        rest = behind;
        if rest.is_empty() {
            break;
        }
    }
    Ok((found, splitter.finish()))
}

/// Returns the report with `attachments` in front, as another program might write it.
fn with(attachments: &str) -> Vec<u8> {
    let report = String::from_utf8(SMALL_REPORT.bytes().to_vec()).unwrap();
    report.replacen('{', &["{\"attachments\":", attachments, ","].concat(), 1).into_bytes()
}

fn entries(file: &[u8]) -> Entries {
    import(file).unwrap().entries
}

fn bad(pointer: &str) -> ImportError {
    ImportError::Shape { pointer: pointer.to_owned(), fault: Misfit::BadValue }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn attachments_come_back_however_the_file_is_cut(
        files in btree_set(vec(any::<u8>(), 0..200), 1..6),
        sizes in vec(1..700_usize, 1..8),
    ) {
        let files: Vec<_> = files.into_iter().collect();
        let file = written(SMALL_REPORT.bytes(), &files);
        let canonical = canonical_json(&serde_json::from_slice::<Value>(&file).unwrap()).unwrap();
        prop_assert_eq!(&canonical, &file);
        let (found, rest) = split(&file, &sizes).unwrap();
        let mut found: Vec<_> = found.into_iter().map(|found| found.bytes).collect();
        found.sort();
        prop_assert_eq!(found, files);
        prop_assert_eq!(&rest, &with("{}"));
        prop_assert_eq!(entries(&rest), entries(SMALL_REPORT.bytes()));
        prop_assert_eq!(entries(&file), entries(SMALL_REPORT.bytes()));
    }

    #[test]
    fn what_has_no_attachments_goes_through_unchanged(
        file in vec(any::<u8>(), 0..300), sizes in vec(1..20_usize, 1..4),
    ) {
        let opened = [b"{".as_slice(), &file].concat();
        for file in [file, opened] {
            prop_assert_eq!(split(&file, &sizes).unwrap(), (Vec::new(), file));
        }
    }
}

#[test]
fn spaces_marks_escapes_and_the_order_of_members_change_nothing() {
    let bytes: Vec<u8> = (0..=255).collect();
    let sha256 = Digest::of(&bytes);
    let base64 = BASE64_STANDARD.encode(&bytes).replace('/', "\\/");
    assert!(base64.contains("\\/"));
    let pretty = format!(
        "\u{feff} {{\n \"items\": [{{\"attachments\": {{\"a\": 1}}}}, \"attachments\"],\n \"note\": \"\\\"attachments\\\":{{\",\n \
         \"attachments\" :\t{{ \"{sha256}\" :\n \"{base64}\" , \"{sha256}\": \"{base64}\" }},\n \"z\": {{}} }}\n"
    );
    let start = pretty.find("{ \"").unwrap() + 1;
    let expected = [&pretty[..start], &pretty[pretty.find("},\n \"z").unwrap()..]].concat();
    for size in [1, 2, 3, 5, 64, 10_000] {
        let (found, rest) = split(pretty.as_bytes(), &[size]).unwrap();
        let wanted = Attachment { sha256, bytes: bytes.clone() };
        assert_eq!(found, [wanted.clone(), wanted]);
        assert_eq!(String::from_utf8(rest).unwrap(), expected);
    }
}

#[test]
fn what_is_wrong_with_an_attachment_is_told() {
    let key = Digest::of(b"abc").to_string();
    let of_key = |value: &str| with(&format!("{{\"{key}\":{value}}}"));
    let at_key = bad(&format!("/attachments/{key}"));
    assert!(import(&of_key("\"YWJj\"")).is_ok());
    let cases = [
        (of_key("\"YWJk\""), ImportError::Altered),
        (of_key("\"YWJ\""), at_key.clone()),
        (of_key("\"YW=j\""), at_key.clone()),
        (of_key("\"YWI=YWJj\""), at_key.clone()),
        (of_key("\"YW Jj\""), at_key.clone()),
        (of_key("\"\\u0059WJj\""), at_key.clone()),
        (of_key("1"), at_key.clone()),
        (of_key("[\"YWJj\"]"), at_key),
        (with("{\"photo/1\":\"YWJj\"}"), bad("/attachments/photo~11")),
        (with(&format!("{{\"{}\":\"YWJj\"}}", key.to_uppercase())), {
            bad(&format!("/attachments/{}", key.to_uppercase()))
        }),
    ];
    for (file, expected) in cases {
        let text = String::from_utf8_lossy(&file[..150]).into_owned();
        assert_eq!(import(&file).err(), Some(expected.clone()), "{text}");
        let split = split(&file, &[7]).err().map(ImportError::from);
        assert_eq!(split, Some(expected), "{text}");
    }
    for attachments in ["[]", "null", "\"YWJj\"", "1"] {
        let file = with(attachments);
        assert_eq!(import(&file).err(), Some(bad("/attachments")), "{attachments}");
        assert_eq!(without(&file, MAX_REPORT), Ok(file));
    }
}

#[test]
fn a_file_with_attachments_that_ends_early_is_truncated() {
    let file = written(SMALL_REPORT.bytes(), &[b"abc".to_vec(), vec![7; 50]]);
    for end in (0..400).chain([file.len() - 1]) {
        assert_eq!(import(&file[..end]).err(), Some(ImportError::Truncated), "{end}");
        let (_, rest) = split(&file[..end], &[9]).unwrap();
        assert_eq!(import(&rest).err(), Some(ImportError::Truncated), "{end}");
    }
}

#[test]
fn only_the_rest_counts_against_the_limit_of_a_report() {
    let large = written(SMALL_REPORT.bytes(), &[vec![1; MAX_ATTACHMENT], vec![2; 1_000]]);
    assert!(large.len() > MAX_REPORT);
    assert!(import(&large).is_ok());
    let larger = written(SMALL_REPORT.bytes(), &[vec![1; MAX_ATTACHMENT + 1]]);
    let too_large = Some(ImportError::TooLarge { limit: MAX_ATTACHMENT });
    assert_eq!(import(&larger).err(), too_large);
    assert_eq!(without(&larger, MAX_REPORT), Err(SplitError::LargeAttachment));
    let mut long = large;
    long.resize(long.len() + MAX_REPORT, b' ');
    assert_eq!(import(&long).err(), Some(ImportError::TooLarge { limit: MAX_REPORT }));
}

#[test]
fn the_digest_of_a_report_covers_all_but_the_attachments() {
    let key = Digest::of(b"abc").to_string();
    let mut report = SMALL_REPORT.json();
    report["attachments"] = json!({key.clone(): "YWJj"});
    assert!(import(&serde_json::to_vec(&report).unwrap()).is_ok());
    // A digest that covers them too is another one.
    let over_all = serde_json::to_vec(&sealed(report.clone())).unwrap();
    assert_eq!(import(&over_all).err(), Some(ImportError::Altered));
    report["items"][0]["note"] = "Khác".into();
    let changed = serde_json::to_vec(&report).unwrap();
    assert_eq!(import(&changed).err(), Some(ImportError::Altered));
}

#[test]
fn digests_are_read_as_they_are_written() {
    let digest = Digest::of(b"abc");
    assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
    let text = digest.to_string();
    for wrong in ["", &text[1..], &text[2..], &text.to_uppercase(), &[&text, "00"].concat()] {
        assert_eq!(Digest::parse(wrong), None, "{wrong}");
    }
    assert_eq!(Digest::parse(&text.replacen(|_| true, "g", 1)), None);
}

#[test]
fn files_of_an_archive_are_told_apart_by_their_names() {
    let cases = [
        ("bao-cao.json", Role::Text { depth: 0 }),
        ("Báo cáo/BAO-CAO.JSON", Role::Text { depth: 1 }),
        ("a\\b\\c.json", Role::Text { depth: 2 }),
        ("Ảnh 1.jpg", Role::Attachment),
        ("bao-cao.json.pdf", Role::Attachment),
        ("hồ sơ/", Role::Nothing),
        ("hồ sơ\\", Role::Nothing),
        ("__MACOSX/._bao-cao.json", Role::Nothing),
        ("__MACOSX/bao-cao.json", Role::Nothing),
        ("hồ sơ/.DS_Store", Role::Nothing),
        (".json", Role::Nothing),
        ("", Role::Nothing),
    ];
    for (name, expected) in cases {
        assert_eq!(role(name), expected, "{name}");
    }
}

#[test]
fn no_two_files_of_an_archive_have_one_name() {
    let mut taken = BTreeSet::from(["bao-cao.json".to_owned()]);
    let (one, other) = (Digest::of(b"1"), Digest::of(b"2"));
    let mut named = |name: &str, sha256| entry_name(name, sha256, &mut taken);
    assert_eq!(named("Ảnh 1.jpg", one), "Ảnh 1.jpg");
    assert_eq!(named("ảnh 1.JPG", other), "d4735e3a265e16ee_ảnh 1.JPG");
    assert_eq!(named("Bao-cao.json", one), "6b86b273ff34fce1_Bao-cao.json");
    assert_eq!(named("../a:b\\c\n.pdf", one), "_a_b_c_.pdf");
    assert_eq!(named(" .. ", one), "6b86b273ff34fce1");
}

/// Both limits count: the text alone may be too large for its reader, and so may the whole file.
#[test]
fn what_is_too_large_to_be_read_is_known_before() {
    for (text, whole, expected) in [
        (10, 10, true),
        (10, 30, true),
        (11, 30, false),
        (10, 31, false),
        (0, 0, true),
        (usize::MAX, usize::MAX, false),
    ] {
        assert_eq!(can_be_read(text, whole, [10, 30]), expected, "{text} of {whole}");
    }
    assert!(import(&vec![b' '; MAX_REPORT + 1]).is_err());
}

#[test]
fn names_are_ones_that_every_system_takes() {
    let sha256 = Digest::of(b"1");
    for (name, taken) in [
        // Windows takes these for devices, with any extension.
        ("con.jpg", "_con.jpg"),
        ("Aux.pdf", "_Aux.pdf"),
        ("nul", "_nul"),
        ("COM1.ảnh.jpg", "_COM1.ảnh.jpg"),
        ("lpt\u{b9}.pdf", "6b86b273ff34fce1__lpt\u{b9}.pdf"),
        ("prn .pdf", "_prn .pdf"),
        ("con gà.jpg", "con gà.jpg"),
        ("com.jpg", "com.jpg"),
        ("com10.jpg", "com10.jpg"),
        // Windows removes dots and spaces at the end.
        ("ảnh. . ", "ảnh"),
        // Invisible characters would hide the kind of a file.
        ("anh\u{202e}gpj.pdf", "anhgpj.pdf"),
        ("\u{feff}a\u{200b}b.jpg", "ab.jpg"),
        // Letters that only the tables of Unicode can compare.
        ("한글.pdf", "6b86b273ff34fce1_한글.pdf"),
        ("Số 5 – “bản chính”….pdf", "Số 5 – “bản chính”….pdf"),
    ] {
        assert_eq!(entry_name(name, sha256, &mut BTreeSet::new()), taken, "{name}");
    }
}

#[test]
fn long_names_are_cut_between_letters_and_keep_their_end() {
    let mut taken = BTreeSet::new();
    let long = "ệ".repeat(86) + ".jpg";
    let first = entry_name(&long, Digest::of(b"1"), &mut taken);
    let second = entry_name(&long, Digest::of(b"2"), &mut taken);
    assert_eq!(first, "ệ".repeat(83) + ".jpg");
    assert_eq!(second, "d4735e3a265e16ee_".to_owned() + &"ệ".repeat(78) + ".jpg");
    for name in [first, second, entry_name(&"a.".repeat(500), Digest::of(b"3"), &mut taken)] {
        assert!(name.len() <= 255, "{name}");
    }
}

/// Names that differ in case or normal form alone, and names made to replace another file, are told
/// apart.
#[test]
fn crafted_names_never_collide() {
    let (one, other) = (Digest::of(b"1"), Digest::of(b"2"));
    let mut taken = BTreeSet::from(["bao-cao.json".to_owned()]);
    let nfc = "hóa đơn.pdf";
    let nfd: String = nfc.nfd().collect();
    let crafted = [
        (nfc, one),
        (&*nfd, other),
        ("HÓA ĐƠN.PDF", other),
        ("d4735e3a265e16ee_hóa đơn.pdf", one),
        ("d4735e3a265e16ee_2_hóa đơn.pdf", one),
        ("d4735e3a265e16ee_3_Hoa don.pdf", one),
        (nfc, other),
        (nfc, other),
        (nfc, one),
        ("", one),
        ("...", one),
        ("6b86b273ff34fce1", other),
    ];
    let names: Vec<_> =
        crafted.map(|(name, sha256)| entry_name(name, sha256, &mut taken)).into_iter().collect();
    let seen: BTreeSet<String> =
        names.iter().map(|name| name.nfc().flat_map(char::to_lowercase).nfc().collect()).collect();
    assert_eq!(seen.len(), names.len(), "{names:?}");
    assert!(names.iter().all(|name| !name.is_empty()));
}

proptest! {
    #[test]
    fn any_names_are_told_apart(
        names in prop::collection::vec("[aAáÁ\u{301}ñn\u{303}ß가\u{1100}\u{1161}.con ]{0,5}|.{0,300}", 1..12),
    ) {
        let mut taken = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for (index, name) in names.iter().enumerate() {
            let name = entry_name(name, Digest::of(&[index as u8]), &mut taken);
            prop_assert!((1..=255).contains(&name.len()), "{}", name);
            let compared: String = name.nfd().flat_map(char::to_lowercase).nfd().collect();
            prop_assert!(seen.insert(compared), "{}", name);
        }
    }
}
