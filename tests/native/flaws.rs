//! The messages for the author of a checklist file: each fault with its place, in both languages.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value};
use tu_kiem_tra::checklist::{Checklist, Fault, Language, MAX_FAULTS, Problem};
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::review::{Preview, fault_sentence, flaws};

use crate::support::{cases, change, small_checklist, small_definition};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    /// The text of the file; otherwise it is the small checklist with changes.
    file: Option<String>,
    /// The values put into the small checklist, by JSON pointer.
    #[serde(default)]
    set: Map<String, Value>,
    /// The pointers of the values removed from it.
    #[serde(default)]
    remove: Vec<String>,
    /// The messages in Vietnamese.
    vi: Vec<String>,
    /// The messages in English.
    en: Vec<String>,
}

impl Case {
    fn problems(&self) -> Vec<Problem> {
        match &self.file {
            Some(file) => Checklist::parse(file),
            None => {
                let mut definition = small_definition();
                change(&mut definition, &self.set, &self.remove);
                Checklist::from_definition(definition)
            }
        }
        .expect_err(&self.case)
    }
}

fn lines(problems: &[Problem], language: Language) -> Vec<String> {
    flaws(problems, messages(language)).iter().map(|flaw| flaw.line()).collect()
}

#[test]
fn each_fault_is_said_in_both_languages() {
    for case in cases::<Case>("flaws.json") {
        let problems = case.problems();
        assert_eq!(lines(&problems, Language::Vi), case.vi, "{}", case.case);
        assert_eq!(lines(&problems, Language::En), case.en, "{}", case.case);
        for (problem, line) in problems.iter().zip(&case.vi) {
            assert!(problem.pointer.len() > 80 || line.contains(&problem.pointer), "{line}");
        }
    }
}

/// Returns the words of a sentence, without its quotations from the file and the JSON pointer at
/// its end.
fn own_words(sentence: &str) -> BTreeSet<String> {
    let sentence = sentence.rsplit_once(" (/").map_or(sentence, |(words, _)| words);
    let mut words = String::new();
    let mut depth = 0;
    for letter in sentence.chars() {
        match letter {
            '“' | '(' => depth += 1,
            '”' | ')' => depth -= 1,
            letter if depth == 0 => words.push(letter),
            _ => {}
        }
    }
    let words = words.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| word.chars().count() > 1).map(str::to_lowercase).collect()
}

/// The names of formats, which are equal in every language.
const NAMES: [&str; 2] = ["json", "utf"];

#[test]
fn no_english_stands_in_the_vietnamese_sentences() {
    for case in cases::<Case>("flaws.json") {
        for (vi, en) in case.vi.iter().zip(&case.en) {
            let (vi_words, en_words) = (own_words(vi), own_words(en));
            let both: Vec<_> =
                vi_words.intersection(&en_words).filter(|w| !NAMES.contains(&w.as_str())).collect();
            assert!(both.is_empty(), "{both:?} in {vi:?}");
            assert!(!vi_words.is_empty() && !en_words.is_empty(), "{}", case.case);
            // Serde's words, in case they come through.
            for word in ["expected", "invalid", "unknown", "missing", "type", "string", "variant"] {
                assert!(!vi_words.contains(word), "{word} in {vi:?}");
            }
        }
    }
}

/// Returns the name of a fault. A new fault must be added here, and then to the cases.
fn name(fault: &Fault) -> &'static str {
    match fault {
        Fault::NotText => "NotText",
        Fault::NotJson { .. } => "NotJson",
        Fault::EndsEarly => "EndsEarly",
        Fault::UnknownField { .. } => "UnknownField",
        Fault::MissingField(_) => "MissingField",
        Fault::FieldOfOtherKind(_) => "FieldOfOtherKind",
        Fault::WrongType { .. } => "WrongType",
        Fault::UnknownChoice { .. } => "UnknownChoice",
        Fault::NotOneOf(_) => "NotOneOf",
        Fault::NotAnId(_) => "NotAnId",
        Fault::Duplicate(_) => "Duplicate",
        Fault::UnknownArea(_) => "UnknownArea",
        Fault::UnknownQuestion(_) => "UnknownQuestion",
        Fault::BadNumber { .. } => "BadNumber",
        Fault::NotADate(_) => "NotADate",
        Fault::BadComparator(_) => "BadComparator",
        Fault::Blank => "Blank",
        Fault::EmptyList => "EmptyList",
        Fault::TooFewParts => "TooFewParts",
        Fault::NothingCounts => "NothingCounts",
        Fault::OnlyChecksCount => "OnlyChecksCount",
        Fault::TooLong => "TooLong",
        Fault::TooMany(_) => "TooMany",
        Fault::MoreLeftOut(_) => "MoreLeftOut",
        Fault::Unreadable => "Unreadable",
    }
}

#[test]
fn no_fault_is_left_out() {
    let of_cases = cases::<Case>("flaws.json");
    let problems: Vec<Problem> = of_cases.iter().flat_map(Case::problems).collect();
    let names: BTreeSet<_> = problems.iter().map(|problem| name(&problem.fault)).collect();
    // These have no JSON, or too much for a case. Each has a message all the same.
    for fault in [Fault::NotText, Fault::MoreLeftOut(MAX_FAULTS), Fault::Unreadable] {
        assert!(!names.contains(name(&fault)));
        let [vi, en] = Language::ALL.map(|language| fault_sentence(&fault, messages(language)));
        assert!(!vi.is_empty() && !en.is_empty() && vi != en);
    }
    assert_eq!(names.len(), 22, "{names:?}");
}

#[test]
fn a_checklist_is_shown_at_a_glance() {
    let lines = |language| Preview::of(&small_checklist(), language).lines();
    let vi = [
        "Mã: tests; phiên bản: 1.0.0",
        "Tên: Danh mục thử",
        "Văn bản nguồn: Ủy ban nhân dân; (số văn bản để trống); tháng 6 năm 2026",
        "Số nội dung: 14",
        "Phần “Một”: tự xác nhận 1, tỷ lệ 2, số đếm 1, số đo 1",
        "Phần “Hai”: tự xác nhận 3, thời hạn 2, định kỳ 1, bảng kê 1, nhiều ý 1, tự viết 1",
        "Phần “Ba”: chưa có nội dung nào",
        "Câu hỏi khi bắt đầu: Đã được kiểm tra?",
    ];
    assert_eq!(lines(Language::Vi), vi);
    let en = lines(Language::En);
    assert_eq!(en[0], "Identifier: tests; version: 1.0.0");
    assert_eq!(en[4], "Area “One”: attestation 1, ratio 2, count 1, quantity 1");
    assert_eq!(en.len(), vi.len());
}
