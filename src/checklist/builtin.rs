//! The five checklists that are compiled in, so that they are there without a network.

use super::{Checklist, Problem};

/// The files, by id.
const BUILTIN: [(&str, &str); 5] = [
    ("vinh-long-3747-2022", include_str!("../../checklists/vinh-long-3747-2022.json")),
    ("phuong-2-105-2022", include_str!("../../checklists/phuong-2-105-2022.json")),
    ("sa-dec-2023", include_str!("../../checklists/sa-dec-2023.json")),
    ("cao-lanh-2022", include_str!("../../checklists/cao-lanh-2022.json")),
    ("vung-tau-2022", include_str!("../../checklists/vung-tau-2022.json")),
];

/// The ids of the checklists that are compiled in, in the order in which they are offered.
pub const BUILTIN_IDS: [&str; 5] =
    [BUILTIN[0].0, BUILTIN[1].0, BUILTIN[2].0, BUILTIN[3].0, BUILTIN[4].0];

/// The checklist of that id, if it is compiled in.
///
/// # Errors
/// The problems of its file: never, as a test of each file proves.
pub fn builtin(id: &str) -> Option<Result<Checklist, Vec<Problem>>> {
    let (_, file) = BUILTIN.iter().find(|(builtin_id, _)| *builtin_id == id)?;
    Some(Checklist::parse(file))
}
