//! The reasons why something is no report, in Vietnamese, for the person who sent it.

use tu_kiem_tra::checklist::Language;
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::report::{ImportError, Misfit};
use tu_kiem_tra::review::{Flaw, fault_sentence};

use crate::answer::Refusal;

/// Returns the refusal for bytes that can't be read as a report.
pub fn unfit(error: &ImportError) -> Refusal {
    match error {
        ImportError::TooLarge { limit } => Refusal::too_large(*limit),
        ImportError::NotText | ImportError::Foreign => {
            Refusal::unfit("Nội dung gửi đến không phải báo cáo tự kiểm tra.")
        }
        ImportError::Truncated => Refusal::unfit("Báo cáo bị thiếu phần cuối. Hãy gửi lại."),
        ImportError::Damaged { line, column } => {
            Refusal::unfit("Báo cáo bị hỏng: không phải JSON từ chỗ này.")
                .at(format!("dòng {line}, cột {column}"))
        }
        ImportError::NewerFormat { version } => Refusal::unfit(format!(
            "Báo cáo theo định dạng {version}, mới hơn định dạng mà nơi nhận đọc được. Hãy báo \
             người quản trị cập nhật nơi nhận."
        ))
        .at("/formatVersion"),
        ImportError::Altered => Refusal::unfit(
            "Nội dung báo cáo đã bị sửa sau khi xuất: mã kiểm tra SHA-256 không khớp.",
        ),
        ImportError::Shape { pointer, fault } => Refusal::unfit(misfit(fault)).at(pointer),
        ImportError::Checklist(problems) => match problems.first() {
            None => Refusal::unfit("Danh mục trong báo cáo có lỗi."),
            Some(problem) => {
                let flaw = Flaw::of(problem, messages(Language::Vi));
                Refusal::unfit(format!(
                    "Danh mục trong báo cáo có lỗi. {}: {}",
                    flaw.place, flaw.sentence
                ))
                .at(["/checklist/definition", &flaw.pointer].concat())
            }
        },
    }
}

/// Returns the sentence on the fault at a place.
fn misfit(fault: &Misfit) -> String {
    let sentence = match fault {
        Misfit::Shape(fault) => return fault_sentence(fault, messages(Language::Vi)),
        Misfit::Missing => "Thiếu trường này trong báo cáo.",
        Misfit::BadValue => "Giá trị ở vị trí này của báo cáo không hợp lệ.",
        Misfit::FieldOfOtherKind => "Trường này thuộc về loại nội dung khác.",
        Misfit::Unknown(_) => "Tên ở vị trí này không có trong danh mục của báo cáo.",
        Misfit::Duplicate(_) => "Nội dung này đã có ở trên trong báo cáo.",
    };
    sentence.to_owned()
}
