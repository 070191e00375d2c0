//! The printed report as data: the given details, the gaps to be filled in by hand, and the content
//! that follows from the inspection.

use std::sync::Arc;

use serde_json::{Value, json};
use tu_kiem_tra::checklist::{Checklist, Language, builtin};
use tu_kiem_tra::comparison::Judged;
use tu_kiem_tra::document::{self, Block, Details, Document, Orientation, Row, Shown, Side, Table};
use tu_kiem_tra::inspection::{Earlier, EarlierItem, Inspection};

use crate::support::{
    day, entries, header_with, inspection, small_checklist, small_definition, small_inspection,
};

const TODAY: &str = "2026-11-21";

fn details(fields: Value) -> Details {
    serde_json::from_value(fields).unwrap()
}

fn document(details: &Details) -> Document {
    document::of(&small_inspection(), &[], details, &Shown::new(), day(TODAY))
}

/// Returns the suggestions for a unit.
fn suggested(name: &str, kind: &str, last: Option<&Details>) -> Details {
    let header = header_with(&json!({
        "period": "2026-Q4", "superior": "UBND tỉnh Đồng Tháp", "unit": {"name": name, "type": kind},
    }));
    let inspection = inspection(small_checklist(), header, &json!({}));
    Details::suggested(&inspection, last, day(TODAY))
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

/// Returns the cells of the row that begins with a text.
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
    assert_eq!(head.superior.as_deref(), Some("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ QUẢNG TRỊ"));
    assert_eq!(head.agency, "ỦY BAN NHÂN DÂN\nPHƯỜNG 1");
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
    assert_eq!(document.recipients.iter().map(|line| told(line)).collect::<Vec<_>>(), ["", ""]);
    assert_eq!(rooms(&document.body), 3);
    // A date that can't be read is none.
    let unread = details(json!({"date": "31/02/2026", "number": "12a"}));
    let head = self::document(&unread).letterhead;
    assert_eq!(told(&head.place_and_date), ", ngày  tháng  năm 2026");
    assert!(head.number.starts_with("Số: 12a/"));
}

#[test]
fn names_of_bodies_are_broken_before_the_place_alone() {
    for (name, expected) in [
        ("UBND tỉnh Quảng Trị", "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG TRỊ"),
        ("ỦY BAN NHÂN DÂN  XÃ TÂN HÒA", "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA"),
        ("HĐND phường 2", "HỘI ĐỒNG NHÂN DÂN\nPHƯỜNG 2"),
        ("UBND", "ỦY BAN NHÂN DÂN"),
        ("Văn phòng HĐND và UBND xã", "VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN XÃ"),
        ("Phòng Nội vụ", "PHÒNG NỘI VỤ"),
    ] {
        let head = document(&details(json!({"superior": name, "agency": name}))).letterhead;
        assert_eq!((head.superior.as_deref(), head.agency.as_str()), (Some(expected), expected));
    }
}

#[test]
fn the_annex_lies_as_it_is_asked_for_and_in_landscape_otherwise() {
    for (given, expected) in [
        ("portrait", Orientation::Portrait),
        ("landscape", Orientation::Landscape),
        ("", Orientation::Landscape),
        ("dọc", Orientation::Landscape),
    ] {
        let document = document(&details(json!({"annex": given})));
        assert_eq!(document.annex.orientation, expected, "{given}");
    }
}

#[test]
fn difficulties_are_suggested_as_they_were_answered() {
    let mut definition = small_definition();
    let item = |id: &str, text: &str, kind: &str| {
        json!({
            "id": id, "area": "first", "kind": kind, "text": {"vi": text}, "addressee": "Phường",
            "performers": ["commune"], "source": {"clause": "20"},
        })
    };
    definition["items"].as_array_mut().unwrap().extend([
        item("machines", "Khó khăn về máy móc", "narrative"),
        item("people", "Nêu vướng mắc về nhân sự", "narrative"),
        item("none", "Khó khăn khác", "narrative"),
        item("told", "Khó khăn đã được báo cáo", "attestation"),
        item("praise", "Cách làm hay", "narrative"),
    ]);
    let checklist = std::sync::Arc::new(Checklist::from_definition(definition).unwrap());
    let raw = json!({
        "machines": {"answer": {"text": " Thiếu máy quét.\nMạng yếu. "}},
        "people": {"answer": {"text": "Thiếu người."}},
        "none": {"answer": {"text": "Không có", "notApplicable": true}},
        "told": {"answer": {"verdict": "met"}, "note": "Công văn số 7"},
        "praise": {"answer": {"text": "Tổ lưu động"}},
    });
    let inspection = inspection(checklist, small_inspection().header, &raw);
    let last = details(json!({"difficulties": "Khó khăn cũ", "signer": "Đức"}));
    for last in [None, Some(&last)] {
        let suggested = Details::suggested(&inspection, last, day(TODAY));
        assert_eq!(suggested.difficulties, "Thiếu máy quét.\nMạng yếu.\nThiếu người.");
    }
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
        "annex": "portrait",
    }));
    let next = suggested("UBND Phường 1", "commune", Some(&last));
    let [number, general, difficulties, proposals] =
        [&next.number, &next.general, &next.difficulties, &next.proposals];
    assert_eq!([number, general, difficulties, proposals], [""; 4]);
    assert_eq!(next.date, "21/11/2026");
    assert_eq!(next.subject, "Kết quả danh mục thử quý IV/2026");
    let next_date = next.date.clone();
    let same = Details { subject: last.subject.clone(), ..next };
    let blank = String::new;
    let expected = Details {
        number: blank(),
        date: next_date,
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
    assert!(document.closing.ends_with("của Phường 1./."), "{}", document.closing);
    let [areas, findings] = tables(&document.body)[..] else { panic!("there are other tables") };
    for table in [areas, findings] {
        let width: usize = table.columns.iter().map(|column| column.width).sum();
        assert_eq!(width, 100, "{:?}", table.caption);
    }
    let sum = row(areas, "");
    assert_eq!(sum[1], "Cộng");
    let total: usize = sum[2].parse().unwrap();
    let (share, by_verdict) = sum[3..].split_last().unwrap();
    assert!(share.ends_with('%'), "{share}");
    let by_verdict: usize = by_verdict.iter().map(|count| count.parse::<usize>().unwrap()).sum();
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
    let document = document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY));
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
    // Numbers are written the Vietnamese way.
    let items = tables(&document.annex.body)[0];
    assert!(row(items, &number("overdue"))[3].contains(": 1.234.567\n"), "{items:?}");
    let hours = &row(items, &number("hours"))[3];
    assert!(hours.contains("4,5 "), "{hours}");
}

#[test]
fn periods_of_free_days_are_written_out() {
    let told = |period: &str| {
        let mut inspection = small_inspection();
        inspection.header.period = header_with(&json!({"period": period})).period;
        let document =
            document::of(&inspection, &[], &Default::default(), &Shown::new(), day(TODAY));
        let told = paragraphs(&document.body).join("\n") + &document.closing;
        let subject = Details::suggested(&inspection, None, day(TODAY)).subject;
        (told, subject)
    };
    let (body, subject) = told("2026-10-01/2026-12-15");
    let days = "từ ngày 01/10/2026 đến ngày 15/12/2026";
    assert!(body.contains(&format!("báo cáo kết quả tự kiểm tra {days} như sau:")), "{body}");
    assert!(body.contains(&format!("kỳ kiểm tra: {days};")), "{body}");
    assert!(body.ends_with(&format!("tự kiểm tra {days} của Phường 1./.")), "{body}");
    assert_eq!(subject, format!("Kết quả danh mục thử {days}"));
    let (body, _) = told("2026-11-20/2026-11-20");
    assert!(body.contains("kết quả tự kiểm tra ngày 20/11/2026 như sau:"), "{body}");
}

/// Returns the unit's inspection of a period, with entries.
fn of_period(id: usize, period: &str, raw: &Value) -> Inspection {
    let id = format!("00000000-0000-4000-8000-00000000000{id}");
    let header = header_with(&json!({"id": id, "period": period}));
    inspection(small_checklist(), header, raw)
}

#[test]
fn the_periods_before_stand_beside_this_one() {
    let failing = json!({"answer": {"verdict": "not-met", "reason": "Thiếu máy"}});
    let share = |met: u64| json!({"answer": {"numerator": met, "denominator": 100}});
    let earlier = [
        of_period(1, "2026-Q1", &json!({"attested": failing})),
        of_period(
            2,
            "2026-Q2",
            &json!({"attested": failing, "overdue": {"answer": {"count": 0}}, "share": share(90)}),
        ),
    ]
    .map(|inspection| Judged::of(&inspection, day(TODAY)));
    let now = json!({"attested": failing, "overdue": {"answer": {"count": 3}}, "share": share(97)});
    let this = of_period(3, "2026-Q3", &now);
    let document = document::of(&this, &earlier, &Details::default(), &Shown::new(), day(TODAY));

    let told = paragraphs(&document.body);
    let headings: Vec<_> = document
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Heading(text) => text.split(". ").next(),
            _ => None,
        })
        .collect();
    assert_eq!(headings, ["I", "II", "III", "IV", "V", "VI"]);
    let place = told.iter().position(|text| *text == "III. SO VỚI KỲ TRƯỚC").unwrap();
    let meetable = earlier[0].summary.all.meetable();
    let sentence = format!(
        "Kỳ này có 1/{meetable} nội dung có áp dụng đạt yêu cầu; kỳ trước (quý II/2026) có 1/{meetable}. "
    );
    assert!(told[place + 1].starts_with(&sentence), "{}", told[place + 1]);
    assert!(
        told[place + 1].contains("tốt lên 1 nội dung; kém đi 1 nội dung;"),
        "{}",
        told[place + 1]
    );

    let [_, periods, changes, findings] = tables(&document.body)[..] else {
        panic!("other tables")
    };
    let captions = [periods, changes, findings].map(|table| table.caption.as_deref().unwrap());
    for (caption, number) in captions.into_iter().zip(2..) {
        assert!(caption.starts_with(&format!("Bảng {number}. ")), "{caption}");
    }
    let waiting = (meetable - 3).to_string();
    assert_eq!(row(periods, "Quý II/2026")[1..3], ["1".to_owned(), meetable.to_string()]);
    assert_eq!(row(periods, "Quý III/2026")[4], waiting);
    for table in [periods, changes] {
        let width: usize = table.columns.iter().map(|column| column.width).sum();
        assert_eq!(width, 100, "{:?}", table.caption);
    }

    // The numbers of changed items are those of the annex.
    let items = tables(&document.annex.body)[0];
    let groups: Vec<_> = changes
        .rows
        .iter()
        .map(|row| match row {
            Row::Group(title) => title.clone(),
            Row::Cells(cells) | Row::Total(cells) => {
                let text = row_text(items, &cells[0]);
                assert_eq!(text, cells[1]);
                cells[2..].join(" > ")
            }
        })
        .collect();
    assert_eq!(
        groups,
        [
            "Kém đi: 1",
            "Đạt, 0 > Chưa đạt, 3",
            "Tồn tại từ 3 lần kiểm tra liên tiếp trở lên: 1",
            "Chưa đạt > Chưa đạt\nTồn tại 3 lần kiểm tra liên tiếp",
            "Tốt lên: 1",
            "Chưa đạt, 90% (90/100) > Đạt, 97% (97/100)",
        ]
    );
    let shares = document.body.iter().find_map(|block| match block {
        Block::Trend(trend) => Some(&trend.shares),
        _ => None,
    });
    let sides: Vec<_> = shares.unwrap().iter().map(|share| (share.side, share.met)).collect();
    assert_eq!(sides, [(Side::Other, 0), (Side::With, 1), (Side::This, 1)]);

    // Without an earlier inspection, nothing is compared.
    let alone = document::of(&this, &[], &Details::default(), &Shown::new(), day(TODAY));
    assert!(!alone.body.iter().any(|block| matches!(block, Block::Trend(_))));
    assert!(paragraphs(&alone.body).contains(&"III. NỘI DUNG CHƯA ĐẠT VÀ BIỆN PHÁP KHẮC PHỤC"));
}

/// Returns the text of an item in the annex, without its clause.
fn row_text<'a>(items: &'a Table, number: &str) -> &'a str {
    row(items, number)[1].lines().next().unwrap()
}

#[test]
fn the_annex_has_every_item_that_applies_and_every_row() {
    let inspection = small_inspection();
    let document = document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY));
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
    // The page's prompts are statements here.
    let old_plan = inspection.checklist.items.iter().position(|item| item.id.as_str() == "report");
    assert_eq!(
        row(tables[0], &(old_plan.unwrap() + 1).to_string())[3].lines().last(),
        Some("Chưa đến hạn")
    );
    // Texts that can't be read stay as typed.
    assert!(document.annex.body.iter().any(|block| format!("{block:?}").contains("1,5 hồ sơ")));
}

#[test]
fn what_is_missing_is_told_as_a_fact() {
    let raw = json!({
        "own-share": {"answer": {"numerator": 1, "denominator": 3}},
        "old-plan": {"answer": {"done": "2022-08-30"}},
    });
    let inspection = inspection(small_checklist(), small_inspection().header, &raw);
    let document = document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY));
    let items = tables(&document.annex.body)[0];
    assert_eq!(row(items, "3")[3], "Trực tuyến: 1\nTất cả: 3\n33,3%\nChưa có chỉ tiêu của đợt này");
    assert!(row(items, "7")[3].ends_with("\nChưa có hạn của đợt này"), "{items:?}");
    assert_eq!(row(items, "1")[3], "");
}

#[test]
fn what_does_not_apply_has_no_figures() {
    let rows = json!([{"name": "Khai sinh", "desk": true}]);
    let of = |not_applicable: bool| {
        let answer = |mut answer: Value| {
            answer["notApplicable"] = not_applicable.into();
            answer["reason"] = "Không phát sinh".into();
            json!({"answer": answer, "own": {"target": "33.3"}})
        };
        let raw = json!({
            "own-share": answer(json!({"numerator": 1, "denominator": 3})),
            "posted": {"answer": answer(json!({"rows": rows}))["answer"]},
        });
        let inspection = inspection(small_checklist(), small_inspection().header, &raw);
        document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY)).annex.body
    };
    let blocks = of(false);
    assert!(row(tables(&blocks)[0], "3")[3].contains("Trực tuyến: 1"));
    assert_eq!(tables(&blocks).len(), 2);
    let blocks = of(true);
    assert_eq!(row(tables(&blocks)[0], "3")[2..], ["Không áp dụng", "", "Không phát sinh"]);
    assert_eq!(tables(&blocks).len(), 1);
}

#[test]
fn answers_of_earlier_versions_go_along() {
    let mut inspection = small_inspection();
    let (checklist, raw) = (
        inspection.checklist.clone(),
        json!({
            "proposals": {"answer": {"text": "Máy in"}},
            "attested": {
                "answer": {"verdict": "not-met", "reason": "Thiếu máy"},
                "finding": {
                    "action": "Mua máy quét", "inCharge": "Bà Lan", "unread": {"due": "cuối năm"},
                    "state": "done", "done": "2026-10-20", "proof": "Biên bản số 7",
                },
            },
        }),
    );
    let mut earlier = Earlier::of(&checklist, day("2026-10-31"));
    for (id, entry) in entries(&checklist, &raw) {
        earlier.keep(EarlierItem::of(&checklist, &id, entry).unwrap());
    }
    inspection.earlier = vec![Earlier::of(&checklist, day("2026-09-30")), earlier];
    let document = document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY));
    let tables = tables(&document.annex.body);
    let last = tables.last().unwrap();
    assert_eq!(last.caption.as_deref(), Some("Nội dung của phiên bản trước"));
    assert_eq!(
        row(last, "2")[1..],
        ["k\n(11)", "Đạt", "Nội dung trả lời: Máy in", ""].map(str::to_owned)
    );
    // The finding is in the same row: it is not among the findings of the report.
    assert_eq!(
        row(last, "1")[4].lines().collect::<Vec<_>>(),
        [
            "Thiếu máy",
            "Việc sẽ làm: Mua máy quét",
            "Người chịu trách nhiệm: Bà Lan",
            "Hạn làm xong: cuối năm",
            "Tình trạng: Đã xong",
            "Ngày làm xong: 20/10/2026",
            "Căn cứ cho thấy đã xong: Biên bản số 7",
        ]
    );
    // A version without answers left is not mentioned.
    assert_eq!(paragraphs(&document.annex.body).len(), 1);
}

#[test]
fn nothing_entered_is_a_report_all_the_same() {
    let inspection = inspection(small_checklist(), small_inspection().header, &json!({}));
    let document = document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY));
    let told = paragraphs(&document.body).join("\n");
    assert!(
        told.contains("Trong các nội dung đã đánh giá, không có nội dung nào chưa đạt."),
        "{told}"
    );
    let body = tables(&document.body);
    assert_eq!(body.len(), 1);
    let heads: Vec<_> = body[0].columns.iter().map(|column| column.head.as_str()).collect();
    assert!(heads.ends_with(&["Chưa đánh giá", "Tỷ lệ đạt"]), "{heads:?}");
    assert_eq!(tables(&document.annex.body).len(), 1);
}

#[test]
fn a_reason_for_an_early_end_is_told() {
    let header = header_with(&json!({
        "status": "completed", "completedAt": "2026-11-20T10:00:00+07:00", "asOf": "2026-11-20",
        "incompleteReason": "Hết thời hạn",
    }));
    let inspection = inspection(small_checklist(), header, &json!({}));
    let document = document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY));
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
    let document = document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY));
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
        details: None,
    };
    let document = document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY));
    let items = tables(&document.annex.body)[0];
    assert_eq!(items.rows.len(), 300 + 1);
    assert_eq!(row(items, "300")[4], long);
    assert_eq!(tables(&document.body)[1].rows.len(), 1);
}

/// A set that no authority issued says so, and gives the basis of its figures and its note.
#[test]
fn a_set_for_reference_is_told_as_one() {
    let checklist = Arc::new(builtin("cap-xa-2026").unwrap().read().unwrap());
    let inspection = inspection(checklist.clone(), small_inspection().header, &json!({}));
    let document = document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY));
    let told = paragraphs(&document.body);
    assert!(told[0].starts_with("Theo bộ tham khảo “Tự kiểm tra"), "{}", told[0]);
    assert!(!told[0].contains("Thực hiện"), "{}", told[0]);
    let told = told.join("\n");
    let note = checklist.note.as_ref().unwrap().text.in_language(Language::Vi);
    for part in ["Công văn số 3747/UBND-VX", "Ghi chú về danh mục (ngày 30/11/2026): ", note]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
}

/// An own target or date that can't be read is on paper as typed.
#[test]
fn an_own_target_that_is_not_read_yet_stands_as_it_was_typed() {
    let raw = json!({
        "share": {"answer": {"numerator": 1, "denominator": 3, "unread": {"target": "chín mươi"}}},
        "report": {"answer": {"unread": {"due": "cuối năm"}}},
    });
    let inspection = inspection(small_checklist(), small_inspection().header, &raw);
    let document = document::of(&inspection, &[], &Details::default(), &Shown::new(), day(TODAY));
    let items = tables(&document.annex.body)[0];
    assert!(
        row(items, "2")[3].contains("Chỉ tiêu của đợt này: chín mươi"),
        "{:?}",
        row(items, "2")
    );
    assert!(row(items, "6")[3].contains("cuối năm"), "{:?}", row(items, "6"));
}
