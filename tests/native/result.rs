//! The result as a text to be pasted.

use serde_json::json;
use tu_kiem_tra::checklist::Language;
use tu_kiem_tra::words::result;

use crate::support::{day, header, inspection, small_checklist, small_inspection};

const SMALL: &str = "\
Kết quả tự kiểm tra
Đơn vị: Phường 1
Kỳ kiểm tra: Quý IV/2026
Danh mục kiểm tra: Danh mục thử
Trạng thái: Đang thực hiện, đánh giá đến ngày 21/11/2026
Tỷ lệ đạt: 36,3% (4/11), còn 3 chưa đánh giá hoặc cần sửa
Đạt: 4; Đạt một phần: 2; Chưa đạt: 2; Không áp dụng: 1; Cần sửa: 1; Chưa đánh giá: 2

Nội dung chưa đạt hoặc mới đạt một phần:
1. a
   Đạt một phần · Lý do: Chưa xong
2. b
   Chưa đạt · 96% · cần thêm 1 trường hợp
9. i
   Chưa đạt · 50% · còn 1 dòng chưa đạt: Kết hôn
10. j
   Đạt một phần · còn thiếu 2 phần: Điện thoại; Hộp thư";

#[test]
fn it_tells_what_is_not_met_and_why() {
    assert_eq!(result(&small_inspection(), day("2026-11-21"), Language::Vi), SMALL);
}

#[test]
fn rows_that_are_needed_are_told_from_rows_that_lack() {
    let has_all = |name| json!({"name": name, "desk": true, "website": true});
    let rows = json!([has_all("Khai sinh"), {"name": "Khai tử"}, {"name": "Kết hôn"}]);
    let answers = json!({"posted": {"answer": {"rows": rows}, "own": {"target": "60"}}});
    let text = result(
        &inspection(small_checklist(), header("2026"), &answers),
        day("2026-11-21"),
        Language::Vi,
    );
    let told = "33,3% · cần thêm 1 dòng đạt trong 2 dòng chưa đạt: Khai tử; Kết hôn";
    assert!(text.contains(told), "{text}");
}

#[test]
fn it_speaks_the_language_of_the_page() {
    let text = result(&small_inspection(), day("2026-11-21"), Language::En);
    assert!(text.starts_with("Result of the self-inspection\nUnit: Phường 1\n"), "{text}");
    assert!(text.contains("Reason: Chưa xong"), "{text}");
}

#[test]
fn texts_of_many_lines_keep_its_form() {
    let reason =
        json!({"attested": {"answer": {"verdict": "not-met", "reason": "Thiếu\n\n  máy "}}});
    let inspection = inspection(small_checklist(), header("2026"), &reason);
    let text = result(&inspection, day("2026-11-21"), Language::Vi);
    assert!(text.ends_with("Chưa đạt · Lý do: Thiếu máy"), "{text}");
}

#[test]
fn where_nothing_is_amiss_it_says_so_and_no_more_than_is_known() {
    let nothing = inspection(small_checklist(), header("2026"), &json!({}));
    let text = result(&nothing, day("2026-11-21"), Language::Vi);
    assert!(text.ends_with("vẫn còn nội dung phải đánh giá."), "{text}");
}
