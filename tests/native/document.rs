//! The printed report as data: what is given, what is left to be filled in by hand, and what follows from the
//! inspection.

use serde_json::{Value, json};
use tu_kiem_tra::checklist::Checklist;
use tu_kiem_tra::document::{Block, Details, Document, Row, Table};
use tu_kiem_tra::inspection::{Earlier, EarlierItem, Inspection};

use crate::support::{
    day, entries, header_with, inspection, small_checklist, small_definition, small_inspection,
};

const TODAY: &str = "2026-11-21";

fn details(fields: Value) -> Details {
    serde_json::from_value(fields).unwrap()
}

fn document(details: &Details) -> Document {
    Document::of(&small_inspection(), details, day(TODAY))
}

/// The suggestions for a unit.
fn suggested(name: &str, kind: &str, last: Option<&Details>) -> Details {
    let header = header_with(&json!({
        "period": "2026-Q4", "superior": "UBND tỉnh Đồng Tháp", "unit": {"name": name, "type": kind},
    }));
    Details::suggested(&header, &small_checklist(), last)
}

fn paragraphs(blocks: &[Block]) -> Vec<&str> {
    let texts = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(text) | Block::Heading(text) => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

fn tables(blocks: &[Block]) -> Vec<&Table> {
    let tables = blocks
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    tables.collect()
}

fn rooms(blocks: &[Block]) -> usize {
    blocks.iter().filter(|block| **block == Block::Room).count()
}

/// The cells of the row that begins with a text.
fn row<'a>(table: &'a Table, first: &str) -> &'a [String] {
    let cells = table.rows.iter().filter_map(|row| match row {
        Row::Cells(cells) | Row::Total(cells) => Some(cells.as_slice()),
        Row::Group(_) => None,
    });
    cells.into_iter().find(|cells| cells[0] == first).unwrap_or_else(|| panic!("no row {first}"))
}

#[test]
fn what_is_given_stands_in_the_form_of_the_decree() {
    let document = document(&details(json!({
        "superior": "UBND thành phố Quảng Trị", "agency": "UBND Phường 1", "number": "5", "symbol": "BC-UBND",
        "place": "Phường 1", "date": "03/02/2027", "subject": "Kết quả tự kiểm tra",
        "addressees": " UBND thành phố \n\nSở Nội vụ", "general": "Đủ người.\nĐủ máy.",
        "difficulties": "Mạng yếu.", "proposals": "Thêm máy quét.",
        "office": "KT. Chủ tịch\nPhó Chủ tịch", "signer": "Trần Văn Đức",
        "recipients": "Như trên;\n- Đảng ủy.\n;\nLưu: VT",
    })));
    let head = &document.letterhead;
    assert_eq!(head.superior.as_deref(), Some("ỦY BAN NHÂN DÂN THÀNH PHỐ QUẢNG TRỊ"));
    assert_eq!(head.agency, "ỦY BAN NHÂN DÂN PHƯỜNG 1");
    assert_eq!(head.number, "Số: 05/BC-UBND");
    assert_eq!(head.place_and_date, "Phường 1, ngày 03 tháng 02 năm 2027");
    assert_eq!(document.title.kind, "BÁO CÁO");
    assert_eq!(document.title.subject, "Kết quả tự kiểm tra");
    assert_eq!(document.addressees, ["UBND thành phố", "Sở Nội vụ"]);
    assert_eq!(document.signature.office, ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]);
    assert_eq!(document.signature.name.as_deref(), Some("Trần Văn Đức"));
    assert_eq!(document.recipients, ["Như trên;", "Đảng ủy;", "Lưu: VT."]);
    let told = paragraphs(&document.body);
    for text in ["Đủ người.", "Đủ máy.", "Mạng yếu.", "Thêm máy quét."] {
        assert!(told.contains(&text), "{text}: {told:?}");
    }
    assert_eq!(rooms(&document.body), 0);
    assert_eq!(
        document.annex.belongs_to,
        "(Kèm theo Báo cáo số 05/BC-UBND ngày 03 tháng 02 năm 2027 của Ủy ban nhân dân Phường 1)"
    );
}

#[test]
fn what_is_not_given_is_left_to_be_filled_in() {
    let document = document(&Details::default());
    let head = &document.letterhead;
    let told = |text: &str| text.replace(['\u{a0}', '…'], "");
    assert_eq!(head.superior, None);
    assert_eq!(head.agency, "PHƯỜNG 1");
    assert_eq!(told(&head.number), "Số: /BC-");
    assert!(head.number.contains('\u{a0}'), "{:?}", head.number);
    assert_eq!(told(&head.place_and_date), ", ngày  tháng  năm 2026");
    assert_eq!(told(&document.addressees.concat()), "");
    assert_eq!(
        (told(&document.signature.office.concat()).as_str(), document.signature.name),
        ("", None)
    );
    assert_eq!(document.recipients, Vec::<String>::new());
    assert_eq!(rooms(&document.body), 3);
    // A date that can't be read is none.
    let unread = details(json!({"date": "31/02/2026", "number": "12a"}));
    let head = self::document(&unread).letterhead;
    assert_eq!(told(&head.place_and_date), ", ngày  tháng  năm 2026");
    assert!(head.number.starts_with("Số: 12a/"));
}

#[test]
fn only_the_first_months_have_a_zero_before_them() {
    for (date, expected) in [
        ("9/1/2026", "ngày 09 tháng 01 năm 2026"),
        ("28/02/2026", "ngày 28 tháng 02 năm 2026"),
        ("05/03/2026", "ngày 05 tháng 3 năm 2026"),
        ("10/12/2026", "ngày 10 tháng 12 năm 2026"),
    ] {
        let document = document(&details(json!({"date": date, "place": "An Bình"})));
        assert_eq!(document.letterhead.place_and_date, format!("An Bình, {expected}"));
    }
}

#[test]
fn a_committee_is_suggested_what_its_documents_have() {
    for (unit, agency, place) in [
        ("UBND phường An Bình", "Ủy ban nhân dân phường An Bình", "An Bình"),
        ("Ủy ban nhân dân xã Tân Hòa", "Ủy ban nhân dân xã Tân Hòa", "Tân Hòa"),
        ("UBND Phường 2", "Ủy ban nhân dân Phường 2", "Phường 2"),
        ("phường 10", "phường 10", "Phường 10"),
        ("Tổ công tác", "Tổ công tác", ""),
    ] {
        let details = suggested(unit, "commune", None);
        assert_eq!((details.agency.as_str(), details.place.as_str()), (agency, place));
        assert_eq!(details.symbol, "BC-UBND");
        assert_eq!(details.office, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH");
        assert_eq!(details.addressees, "UBND tỉnh Đồng Tháp");
    }
    let office = suggested("Phòng Nội vụ", "office", None);
    assert_eq!((office.symbol, office.place, office.office), Default::default());
    assert_eq!(office.subject, suggested("UBND Phường 2", "commune", None).subject);
}

#[test]
fn the_next_report_begins_with_what_stays_the_same() {
    let last = details(json!({
        "superior": "", "agency": "UBND Phường 1", "number": "5", "symbol": "BC-UBND", "place": "Phường 1",
        "date": "03/02/2027", "subject": "Kết quả cũ", "addressees": "Sở Nội vụ", "general": "a",
        "difficulties": "b", "proposals": "c", "office": "CHỦ TỊCH", "signer": "Đức", "recipients": "Lưu: VT.",
    }));
    let next = suggested("UBND Phường 1", "commune", Some(&last));
    let [number, date, general, difficulties, proposals] =
        [&next.number, &next.date, &next.general, &next.difficulties, &next.proposals];
    assert_eq!([number, date, general, difficulties, proposals], [""; 5]);
    assert_eq!(next.subject, "Kết quả danh mục thử quý IV/2026");
    let same = Details { subject: last.subject.clone(), ..next };
    let blank = String::new;
    let expected = Details {
        number: blank(),
        date: blank(),
        general: blank(),
        difficulties: blank(),
        proposals: blank(),
        ..last
    };
    assert_eq!(same, expected);
}

#[test]
fn the_results_stand_in_words_and_figures() {
    let document = document(&Details::default());
    let told = paragraphs(&document.body).join("\n");
    for part in [
        "Đợt tự kiểm tra chưa kết thúc",
        "Nguyễn Thị Hạnh, Trần Văn Đức",
        "kỳ kiểm tra: quý IV/2026; kết quả tính đến ngày 21/11/2026",
        "III. NỘI DUNG CHƯA ĐẠT VÀ BIỆN PHÁP KHẮC PHỤC",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(told.ends_with("của Phường 1./."), "{told}");
    let [areas, findings] = tables(&document.body)[..] else { panic!("there are other tables") };
    for table in [areas, findings] {
        let width: usize = table.columns.iter().map(|column| column.width).sum();
        assert_eq!(width, 100, "{:?}", table.caption);
    }
    let sum = row(areas, "");
    assert_eq!(sum[1], "Cộng");
    let total: usize = sum[2].parse().unwrap();
    let by_verdict: usize = sum[3..].iter().map(|count| count.parse::<usize>().unwrap()).sum();
    assert_eq!(total, by_verdict);
    assert_eq!(areas.columns.len(), sum.len());
    // Reasons stand beside verdicts.
    let first = row(findings, "1");
    assert_eq!(first[2], "Đạt một phần\nChưa xong");
    assert_eq!(first[3..], ["", "", ""].map(str::to_owned));
}

#[test]
fn findings_say_what_is_done() {
    let all = json!({
        "attested": {
            "answer": {"verdict": "not-met", "reason": "Thiếu máy"},
            "finding": {"action": "Mua máy quét", "inCharge": "Bà Lan", "due": "2026-12-15"},
        },
        "overdue": {
            "answer": {"count": 1234567},
            "finding": {"action": "Rà soát", "state": "done", "done": "2026-12-10", "proof": "Biên bản số 7"},
        },
        "share": {
            "answer": {"numerator": 1, "denominator": 25},
            "finding": {"action": "Theo dõi", "state": "carried-over", "unread": {"due": "cuối năm"}},
        },
        "hours": {"answer": {"quantity": "4.5"}},
    });
    let inspection = inspection(small_checklist(), small_inspection().header, &all);
    let document = Document::of(&inspection, &Details::default(), day(TODAY));
    let table = tables(&document.body)[1];
    let number = |id: &str| {
        let place = inspection.checklist.items.iter().position(|item| item.id.as_str() == id);
        (place.unwrap() + 1).to_string()
    };
    let end = |id| row(table, &number(id))[3..].to_vec();
    assert_eq!(end("attested"), ["Mua máy quét", "Bà Lan", "Hạn: 15/12/2026\nChưa xong"]);
    let done = "Ngày xong: 10/12/2026\nĐã xong\nCăn cứ: Biên bản số 7";
    assert_eq!(end("overdue"), ["Rà soát", "", done]);
    assert_eq!(end("share"), ["Theo dõi", "", "Hạn: cuối năm\nChưa xong từ kỳ trước"]);
    // Numbers are written as people write them here.
    let items = tables(&document.annex.body)[0];
    assert!(row(items, &number("overdue"))[3].contains(": 1.234.567\n"), "{items:?}");
    let hours = &row(items, &number("hours"))[3];
    assert!(hours.contains("4,5 "), "{hours}");
}

#[test]
fn the_annex_has_every_item_that_applies_and_every_row() {
    let inspection = small_inspection();
    let document = Document::of(&inspection, &Details::default(), day(TODAY));
    let tables = tables(&document.annex.body);
    let items = tables[0].rows.iter().filter(|row| matches!(row, Row::Cells(_))).count();
    let applying =
        inspection.checklist.items.iter().filter(|item| inspection.header.applies(item)).count();
    assert_eq!(items, applying);
    assert_eq!(tables.len(), 2);
    assert_eq!(
        row(tables[1], "1")[1..],
        ["Khai sinh", "Có", "Có", "", "01/10/2026"].map(str::to_owned)
    );
    let attested = row(tables[0], "1");
    assert_eq!(attested[2..], ["Đạt một phần", "", "Chưa xong\nXem lại"].map(str::to_owned));
    // What the page asks for is a statement here.
    let old_plan = inspection.checklist.items.iter().position(|item| item.id.as_str() == "report");
    assert_eq!(
        row(tables[0], &(old_plan.unwrap() + 1).to_string())[3].lines().last(),
        Some("Chưa đến hạn")
    );
    // What can't be read stays as it was typed.
    assert!(document.annex.body.iter().any(|block| format!("{block:?}").contains("1,5 hồ sơ")));
}

#[test]
fn what_is_missing_is_told_as_a_fact() {
    let raw = json!({
        "own-share": {"answer": {"numerator": 1, "denominator": 3}},
        "old-plan": {"answer": {"done": "2022-08-30"}},
    });
    let inspection = inspection(small_checklist(), small_inspection().header, &raw);
    let document = Document::of(&inspection, &Details::default(), day(TODAY));
    let items = tables(&document.annex.body)[0];
    assert_eq!(row(items, "3")[3], "Trực tuyến: 1\nTất cả: 3\n33,3%\nChưa có chỉ tiêu của đợt này");
    assert!(row(items, "7")[3].ends_with("\nChưa có hạn của đợt này"), "{items:?}");
    assert_eq!(row(items, "1")[3], "");
}

#[test]
fn answers_of_earlier_versions_go_along() {
    let mut inspection = small_inspection();
    let (checklist, raw) =
        (inspection.checklist.clone(), json!({"proposals": {"answer": {"text": "Máy in"}}}));
    let mut earlier = Earlier::of(&checklist, day("2026-10-31"));
    for (id, entry) in entries(&checklist, &raw) {
        earlier.keep(EarlierItem::of(&checklist, &id, entry).unwrap());
    }
    inspection.earlier = vec![Earlier::of(&checklist, day("2026-09-30")), earlier];
    let document = Document::of(&inspection, &Details::default(), day(TODAY));
    let tables = tables(&document.annex.body);
    let last = tables.last().unwrap();
    assert_eq!(last.caption.as_deref(), Some("Nội dung của phiên bản trước"));
    assert_eq!(
        row(last, "1")[1..4],
        ["k\n(11)", "Đạt", "Nội dung trả lời: Máy in"].map(str::to_owned)
    );
    // A version of which nothing stays is not told.
    assert_eq!(paragraphs(&document.annex.body).len(), 1);
}

#[test]
fn nothing_entered_is_a_report_all_the_same() {
    let inspection = inspection(small_checklist(), small_inspection().header, &json!({}));
    let document = Document::of(&inspection, &Details::default(), day(TODAY));
    let told = paragraphs(&document.body).join("\n");
    assert!(
        told.contains("Trong các nội dung đã đánh giá, không có nội dung nào chưa đạt."),
        "{told}"
    );
    let body = tables(&document.body);
    assert_eq!(body.len(), 1);
    assert_eq!(body[0].columns.last().unwrap().head, "Chưa đánh giá");
    assert_eq!(tables(&document.annex.body).len(), 1);
}

#[test]
fn a_reason_for_an_early_end_is_told() {
    let header = header_with(&json!({
        "status": "completed", "completedAt": "2026-11-20T10:00:00+07:00", "asOf": "2026-11-20",
        "incompleteReason": "Hết thời hạn",
    }));
    let inspection = inspection(small_checklist(), header, &json!({}));
    let document = Document::of(&inspection, &Details::default(), day(TODAY));
    let told = paragraphs(&document.body).join("\n");
    assert!(told.contains("chưa đánh giá: Hết thời hạn"), "{told}");
    assert!(told.contains("tính đến ngày 20/11/2026"), "{told}");
    assert!(!told.contains("chưa kết thúc"), "{told}");
}

#[test]
fn braces_in_texts_of_others_stay_as_they_are() {
    let mut definition = small_definition();
    definition["source"]["issuer"] = "Sở {period}".into();
    definition["source"]["subject"] = "V/v kiểm tra {unit}.".into();
    let checklist = std::sync::Arc::new(Checklist::from_definition(definition).unwrap());
    let inspection = inspection(checklist, small_inspection().header, &json!({}));
    let document = Document::of(&inspection, &Details::default(), day(TODAY));
    let told = paragraphs(&document.body);
    assert!(
        told[0].contains("của Sở {period} về việc kiểm tra {unit}, Phường 1 báo cáo"),
        "{told:?}"
    );
}

#[test]
fn three_hundred_items_and_long_words_go_in_whole() {
    let mut definition = small_definition();
    let template = definition["items"][0].clone();
    let long = "Rất".repeat(400);
    definition["items"] = (0..300)
        .map(|number| {
            let mut item = template.clone();
            item["id"] = format!("item-{number}").into();
            item["text"] = json!({"vi": format!("{long} {number}")});
            item
        })
        .collect();
    let checklist = std::sync::Arc::new(Checklist::from_definition(definition).unwrap());
    let raw = json!({"item-299": {"answer": {"verdict": "not-met", "reason": long}}});
    let inspection = Inspection {
        header: small_inspection().header,
        entries: entries(&checklist, &raw),
        checklist,
        earlier: Vec::new(),
    };
    let document = Document::of(&inspection, &Details::default(), day(TODAY));
    let items = tables(&document.annex.body)[0];
    assert_eq!(items.rows.len(), 300 + 1);
    assert_eq!(row(items, "300")[4], long);
    assert_eq!(tables(&document.body)[1].rows.len(), 1);
}
