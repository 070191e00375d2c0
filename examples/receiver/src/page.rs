//! The list as a page. Everything from a report is escaped, and the page's policy forbids scripts.

use chrono::{DateTime, FixedOffset};

use tu_kiem_tra::checklist::Language;
use tu_kiem_tra::messages::messages;

use crate::list::{Entry, Version};

/// The policy of the page: a browser may only show it, with its own stylesheet.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
                          frame-ancestors 'none'";

/// The page's stylesheet.
pub const STYLE: &str = include_str!("style.css");

/// The note under a unit whose inspection another unit claims, too.
const CLASH: &str =
    "<p class=\"note\">Đơn vị hoặc người gửi khác cũng gửi báo cáo của đợt này.</p>";

/// Vietnam's time zone, in seconds east of UTC. It has no summer time.
const VIETNAM: i32 = 7 * 3600;

/// Returns the page.
pub fn page(entries: &[Entry]) -> String {
    let words = messages(Language::Vi);
    let mut rows = String::new();
    for Entry { last, earlier, clash } in entries {
        let note = if *clash { CLASH } else { "" };
        rows.push_str(&row(last, "", note));
        earlier.iter().for_each(|version| rows.push_str(&row(version, "Bản trước: ", "")));
    }
    if entries.is_empty() {
        rows.push_str("<tr><td colspan=\"11\">Chưa có báo cáo nào.</td></tr>\n");
    }
    let columns = [
        "Đơn vị",
        "Danh mục",
        "Kỳ",
        "Trạng thái",
        "Đã đánh giá",
        words.verdict_met,
        words.verdict_partly_met,
        words.verdict_not_met,
        "Người gửi",
        "Nhận lúc",
        "Tệp",
    ];
    let head: String =
        columns.iter().map(|column| format!("<th scope=\"col\">{column}</th>")).collect();
    format!(
        "<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Báo cáo tự kiểm tra đã nhận</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n\
         </head>\n<body>\n<main>\n<h1>Báo cáo tự kiểm tra đã nhận</h1>\n\
         <div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Danh sách\">\n<table>\n\
         <thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n</main>\n\
         </body>\n</html>\n"
    )
}

fn row(version: &Version, prefix: &str, note: &str) -> String {
    let Version { sha256, received_at, sender, about } = version;
    let words = messages(Language::Vi);
    let class = if prefix.is_empty() { "last" } else { "earlier" };
    let code = about.unit_code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
    let status = match about.status.as_str() {
        "in-progress" => words.status_in_progress,
        "completed" => words.status_completed,
        "amended" => words.status_amended,
        other => other,
    };
    let figures = &about.summary;
    format!(
        "<tr class=\"{class}\" id=\"{sha256}\"><th scope=\"row\">{prefix}{}{}{note}</th>\
         <td>{} ({})</td><td>{}</td><td>{}</td><td>{}/{}</td><td>{}</td><td>{}</td><td>{}</td>\
         <td>{}</td><td><time datetime=\"{}\">{}</time></td><td><a href=\"reports/{sha256}\">Tải về</a></td></tr>\n",
        escaped(&about.unit_name),
        escaped(&code),
        escaped(&about.checklist_title),
        escaped(&about.checklist_version),
        escaped(&about.period),
        escaped(status),
        figures.answered,
        figures.total,
        figures.met,
        figures.partly_met,
        figures.not_met,
        if sender.is_empty() { "Không rõ".to_owned() } else { escaped(sender) },
        escaped(received_at),
        escaped(&in_vietnam(received_at)),
    )
}

/// Returns a time in the notation and the time zone of Vietnam.
fn in_vietnam(moment: &str) -> String {
    let read = DateTime::parse_from_rfc3339(moment).ok().zip(FixedOffset::east_opt(VIETNAM));
    read.map_or_else(
        || moment.to_owned(),
        |(moment, zone)| moment.with_timezone(&zone).format("%d/%m/%Y %H:%M").to_string(),
    )
}

/// Escapes a text for an element or a quoted attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
