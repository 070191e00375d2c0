//! Prints the faults or the contents of checklist files: `cargo xtask check-checklist`.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use tu_kiem_tra::checklist::{Checklist, Language};
use tu_kiem_tra::messages::{Messages, fill, messages};
use tu_kiem_tra::review::{Preview, flaws};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match check(&arguments, &mut std::io::stdout().lock()) {
        Ok(true) => ExitCode::SUCCESS,
        // The faults were printed, or the output is closed.
        Ok(false) | Err(_) => ExitCode::FAILURE,
    }
}

/// Checks the named files. Returns whether all are good.
fn check(arguments: &[String], out: &mut impl Write) -> std::io::Result<bool> {
    let request = match Request::read(arguments) {
        Ok(request) => request,
        Err(sentence) => {
            writeln!(out, "{sentence}")?;
            return Ok(false);
        }
    };
    let mut good = true;
    for (index, file) in request.files.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let (is_good, lines) = report(file, request.language);
        good &= is_good;
        let mut lines = lines.iter();
        writeln!(out, "{file}: {}", lines.next().map(String::as_str).unwrap_or_default())?;
        lines.try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    Ok(good)
}

/// The parsed arguments.
struct Request<'a> {
    files: Vec<&'a str>,
    language: Language,
}

impl<'a> Request<'a> {
    /// Parses the arguments. An error says what is wrong with them.
    fn read(arguments: &'a [String]) -> Result<Self, String> {
        let mut request = Self { files: Vec::new(), language: Language::default() };
        let mut rest = arguments.iter().map(String::as_str);
        while let Some(argument) = rest.next() {
            let name = match argument.split_once('=') {
                Some(("--lang", name)) => name,
                _ if argument == "--lang" => rest.next().unwrap_or_default(),
                _ => {
                    request.files.push(argument);
                    continue;
                }
            };
            request.language = Language::from_code(name).ok_or_else(|| {
                fill(messages(request.language).check_no_language, &[("name", name)])
            })?;
        }
        if request.files.is_empty() {
            return Err(messages(request.language).check_usage.to_owned());
        }
        Ok(request)
    }
}

/// Returns whether a file is good, and the lines that describe it or its faults.
fn report(file: &str, language: Language) -> (bool, Vec<String>) {
    let words = messages(language);
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return (false, vec![unread(error.kind(), words).to_owned()]),
    };
    match Checklist::from_bytes(&bytes) {
        Ok(checklist) => {
            let mut lines = vec![words.preview_good.to_owned()];
            lines.extend(Preview::of(&checklist, language).lines());
            (true, lines)
        }
        Err(problems) => {
            let count = problems.len().to_string();
            let mut lines = vec![fill(words.error_invalid_checklist, &[("count", &count)])];
            let flaws = flaws(&problems, words);
            let numbered = flaws.iter().zip(1..);
            lines.extend(numbered.map(|(flaw, number)| format!("{number}. {}", flaw.line())));
            (false, lines)
        }
    }
}

const fn unread(kind: ErrorKind, words: &Messages) -> &'static str {
    match kind {
        ErrorKind::NotFound => words.check_file_missing,
        _ => words.check_file_unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/checklists/sa-dec-2023.json");
    const BAD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/checklist.schema.json");
    const MISSING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/checklists/none.json");
    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/checklists");

    fn checked(arguments: &[&str]) -> (bool, Vec<String>) {
        let arguments: Vec<_> = arguments.iter().map(|text| (*text).to_owned()).collect();
        let mut out = Vec::new();
        let good = check(&arguments, &mut out).unwrap();
        (good, String::from_utf8(out).unwrap().lines().map(str::to_owned).collect())
    }

    #[test]
    fn a_good_file_is_shown_at_a_glance() {
        let (good, lines) = checked(&[GOOD]);
        assert!(good);
        assert_eq!(lines[0], format!("{GOOD}: Tệp danh mục dùng được."));
        assert!(lines[1].starts_with("  Mã: sa-dec-2023; phiên bản: "), "{}", lines[1]);
        let (good, lines) = checked(&["--lang", "en", GOOD]);
        assert!(good && lines[0].ends_with(": The checklist file is good."), "{}", lines[0]);
    }

    #[test]
    fn every_error_is_listed() {
        let (good, lines) = checked(&[BAD]);
        assert!(!good);
        let count = lines.len() - 1;
        assert_eq!(lines[0], format!("{BAD}: Tệp danh mục có {count} lỗi:"));
        assert!(lines.iter().any(|line| line.ends_with("Thiếu mục này. (/items)")), "{lines:?}");
        assert!(lines[count].starts_with(&format!("  {count}. ")), "{}", lines[count]);
    }

    #[test]
    fn one_bad_file_spoils_the_verdict_and_not_the_others() {
        let (good, lines) = checked(&[MISSING, GOOD]);
        assert!(!good);
        assert!(lines[0].contains("Không có tệp này."), "{}", lines[0]);
        assert_eq!(lines[2], format!("{GOOD}: Tệp danh mục dùng được."));
        let (good, lines) = checked(&[FOLDER, "--lang=en"]);
        assert!(!good && lines[0].contains("This can’t be opened."), "{}", lines[0]);
    }

    #[test]
    fn wrong_arguments_are_answered_in_words() {
        for (arguments, answer) in [
            (&[][..], "Hãy ghi tên một hoặc nhiều tệp danh mục."),
            (&["--lang", "en"], "Name one checklist file or more."),
            (&["--lang", "fr", GOOD], "Không có ngôn ngữ “fr”"),
            (&[GOOD, "--lang"], "Không có ngôn ngữ “”"),
        ] {
            let (good, lines) = checked(arguments);
            assert!(!good && lines[0].starts_with(answer), "{}", lines[0]);
        }
    }
}
