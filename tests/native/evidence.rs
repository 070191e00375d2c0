//! Evidence: the attachments of an item, in its entry, in reports, and as later programs find them.

use serde_json::{Value, json};
use tu_kiem_tra::checklist::Digest;
use tu_kiem_tra::inspection::{
    Edit, Entry, Evidence, EvidenceEdit, Inspection, MAX_EVIDENCE, Media,
};
use tu_kiem_tra::report::{Report, import};

use crate::support::{a_year, day, sealed, small_checklist, small_inspection};

fn piece(bytes: &[u8], media: Media) -> Evidence {
    Evidence {
        sha256: Digest::of(bytes),
        media,
        size: u64::try_from(bytes.len()).unwrap(),
        name: "Bảng niêm yết.jpg".to_owned(),
        caption: String::new(),
    }
}

fn edited(edits: Vec<EvidenceEdit>) -> Vec<Evidence> {
    let checklist = small_checklist();
    let kind = &checklist.item("attested").unwrap().kind;
    let mut entry = Entry::blank(kind);
    for edit in edits {
        entry.apply(kind, Edit::Evidence(edit), a_year()).unwrap();
    }
    entry.evidence
}

/// Returns the small inspection with evidence on one of its items.
fn with_evidence(evidence: Vec<Evidence>) -> Inspection {
    let mut inspection = small_inspection();
    let (_, entry) =
        inspection.entries.iter_mut().find(|(id, _)| id.as_str() == "attested").unwrap();
    entry.evidence = evidence;
    inspection
}

#[test]
fn each_is_there_once_and_in_the_order_of_attaching() {
    let (board, page) = (piece(b"board", Media::Jpeg), piece(b"page", Media::Pdf));
    let add = |one: &Evidence| EvidenceEdit::Add(one.clone());
    let renamed = Evidence { name: "Ảnh khác.jpg".to_owned(), ..board.clone() };
    assert_eq!(edited(vec![add(&board), add(&page), add(&renamed)]), [board.clone(), page.clone()]);
    let caption = EvidenceEdit::Caption(page.sha256, "Trang cuối, có chữ ký".to_owned());
    let captioned = edited(vec![add(&board), add(&page), caption.clone()]);
    assert_eq!(captioned[1].caption, "Trang cuối, có chữ ký");
    assert_eq!(captioned[0], board);
    let removed = EvidenceEdit::Remove(page.sha256);
    assert_eq!(edited(vec![add(&board), add(&page), removed.clone()]), [board]);
    // A missing piece can be neither named nor removed.
    assert!(edited(vec![caption, removed]).is_empty());
}

#[test]
fn what_is_put_back_comes_to_its_place() {
    let all = [b"a", b"b", b"c"].map(|bytes| piece(bytes, Media::Pdf));
    let [a, b, c] = &all;
    let order: Vec<_> = all.iter().map(|one| one.sha256).collect();
    let back = |one: &Evidence| EvidenceEdit::PutBack(one.clone(), order.clone());
    for parts in [[a, b, c], [a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
        let edits = parts.iter().chain(&parts).map(|one| back(one));
        assert_eq!(edited(edits.collect()), all);
    }
    // Pieces that came since are behind it, and so is a piece without a place.
    let new = piece(b"new", Media::Pdf);
    let edits = vec![EvidenceEdit::Add(new.clone()), back(c), back(a)];
    assert_eq!(edited(edits), [a.clone(), c.clone(), new.clone()]);
    let lost = EvidenceEdit::PutBack(b.clone(), vec![a.sha256]);
    assert_eq!(edited(vec![back(a), lost]), [a.clone(), b.clone()]);
}

#[test]
fn an_answer_that_is_cleared_leaves_its_evidence() {
    let checklist = small_checklist();
    let kind = &checklist.item("attested").unwrap().kind;
    let mut entry = Entry::blank(kind);
    assert!(entry.is_blank());
    let add = EvidenceEdit::Add(piece(b"board", Media::Jpeg));
    entry.apply(kind, Edit::Evidence(add), a_year()).unwrap();
    let before = entry.clone();
    assert!(!entry.is_blank());
    entry.apply(kind, Edit::Reason("Thiếu máy".to_owned()), a_year()).unwrap();
    entry.apply(kind, Edit::Clear, a_year()).unwrap();
    assert_eq!(entry, before);
}

#[test]
fn reports_name_evidence_and_give_it_back() {
    let mut board = piece(b"board", Media::Jpeg);
    board.caption = "Bảng ở bộ phận Một cửa".to_owned();
    let evidence = vec![board, piece(b"page", Media::Pdf)];
    let report = Report::of(&with_evidence(evidence.clone()), day("2026-11-21"));
    let back = import(report.bytes()).unwrap();
    let entry = back.entries.iter().find(|(id, _)| id.as_str() == "attested").unwrap().1;
    assert_eq!(entry.evidence, evidence);
    assert_eq!(Report::of(&back, day("2026-11-21")), report);
    let sha256 = |bytes: &[u8]| Digest::of(bytes).to_string();
    assert_eq!(
        report.json()["items"][0]["evidence"],
        json!([
            {"name": "Bảng niêm yết.jpg", "type": "image/jpeg", "size": 5, "sha256": sha256(b"board"),
             "caption": "Bảng ở bộ phận Một cửa"},
            {"name": "Bảng niêm yết.jpg", "type": "application/pdf", "size": 4, "sha256": sha256(b"page")},
        ])
    );
    assert_eq!(report.json()["items"][1].get("evidence"), None);
}

#[test]
fn bad_evidence_is_told_with_its_place() {
    let good = piece(b"board", Media::Jpeg);
    let with = |name: &str, value: Value| {
        let mut raw = serde_json::to_value(piece(b"page", Media::Pdf).to_raw()).unwrap();
        raw[name] = value;
        json!([good.to_raw(), raw])
    };
    for (evidence, place) in [
        (with("type", json!("image/svg+xml")), "/items/0/evidence/1/type"),
        (with("size", json!(0)), "/items/0/evidence/1/size"),
        (with("size", json!(MAX_EVIDENCE + 1)), "/items/0/evidence/1/size"),
        (with("sha256", json!("abc")), "/items/0/evidence/1/sha256"),
        (with("sha256", json!("A".repeat(64))), "/items/0/evidence/1/sha256"),
        (with("sha256", json!("é".repeat(32))), "/items/0/evidence/1/sha256"),
        (json!([good.to_raw(), good.to_raw()]), "/items/0/evidence/1/sha256"),
        (with("data", json!("AAAA")), "/items/0/evidence/1/data"),
        (with("name", json!(null)), "/items/0/evidence/1/name"),
        (json!("x"), "/items/0/evidence"),
    ] {
        let mut report = Report::of(&small_inspection(), day("2026-11-21")).json();
        report["items"][0]["evidence"] = evidence.clone();
        let report = sealed(report);
        let told = format!("{:?}", import(report.to_string().as_bytes()).unwrap_err());
        assert!(told.contains(&format!("{place:?}")), "{evidence}: {told}");
    }
}
