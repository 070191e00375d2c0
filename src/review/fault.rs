//! The fault at a place of a checklist file, in sentences.

use super::{clipped, quoted};
use crate::checklist::{Fault, Figure, JsonType};
use crate::messages::{Messages, fill};

/// The most fields of an object that are listed: an item has twenty.
const LISTED: usize = 8;

/// Returns the fault and how to fix it.
#[must_use]
pub fn fault_sentence(fault: &Fault, words: &Messages) -> String {
    let (text, given) = match fault {
        Fault::UnknownField { name, near } => {
            let sentence = fill(words.fault_unknown_field, &[("name", &clipped(name))]);
            return with_near(sentence, *near, words);
        }
        Fault::UnknownChoice { given, allowed, near } => {
            let values = [("given", &*clipped(given)), ("allowed", &*quoted(allowed))];
            return with_near(fill(words.fault_unknown_choice, &values), *near, words);
        }
        Fault::WrongType { wanted, given, fields } => {
            return wrong_type(*wanted, *given, fields, words);
        }
        Fault::NotOneOf(allowed) => return choose(words.fault_not_one_of, allowed),
        Fault::BadComparator(allowed) => return choose(words.fault_bad_comparator, allowed),
        Fault::FieldOfOtherKind(name) => {
            return fill(words.fault_field_of_other_kind, &[("name", name)]);
        }
        Fault::NotAnId(given) => (words.fault_not_an_id, given.as_str()),
        Fault::Duplicate(given) => (words.fault_duplicate, given.as_str()),
        Fault::UnknownArea(given) => (words.fault_unknown_area, given.as_str()),
        Fault::UnknownQuestion(given) => (words.fault_unknown_question, given.as_str()),
        Fault::NotADate(given) => (words.fault_not_a_date, given.as_str()),
        Fault::BadNumber { given, wanted } => (figure(*wanted, words), given.as_str()),
        Fault::NotText => (words.fault_not_text, ""),
        Fault::NotJson { .. } => (words.fault_not_json, ""),
        Fault::EndsEarly => (words.fault_ends_early, ""),
        Fault::MissingField(_) => (words.fault_missing_field, ""),
        Fault::Blank => (words.fault_blank, ""),
        Fault::EmptyList => (words.fault_empty_list, ""),
        Fault::TooFewParts => (words.fault_too_few_parts, ""),
        Fault::NothingCounts => (words.fault_nothing_counts, ""),
        Fault::OnlyChecksCount => (words.fault_only_checks_count, ""),
        Fault::TooLong => (words.fault_too_long, ""),
        Fault::TooMany(most) => return with_most(words.fault_too_many, *most),
        Fault::MoreLeftOut(most) => return with_most(words.fault_more_left_out, *most),
        Fault::Unreadable => (words.fault_unreadable, ""),
    };
    fill(text, &[("given", &clipped(given))])
}

fn with_near(sentence: String, near: Option<&str>, words: &Messages) -> String {
    match near {
        Some(near) => [sentence, fill(words.fault_near, &[("name", near)])].join(" "),
        None => sentence,
    }
}

fn with_most(text: &str, most: usize) -> String {
    fill(text, &[("most", &most.to_string())])
}

fn choose(text: &str, allowed: &[&str]) -> String {
    fill(text, &[("allowed", &quoted(allowed))])
}

fn wrong_type(wanted: JsonType, given: JsonType, fields: &[&str], words: &Messages) -> String {
    let values = [("wanted", type_words(wanted, words)), ("given", type_words(given, words))];
    let sentence = fill(words.fault_wrong_type, &values);
    if fields.is_empty() || fields.len() > LISTED {
        return sentence;
    }
    [sentence, fill(words.fault_fields, &[("fields", &quoted(fields))])].join(" ")
}

const fn type_words(value: JsonType, words: &Messages) -> &'static str {
    match value {
        JsonType::Null => words.type_null,
        JsonType::YesNo => words.type_yes_no,
        JsonType::WholeNumber => words.type_whole_number,
        JsonType::Number => words.type_number,
        JsonType::Text => words.type_text,
        JsonType::List => words.type_list,
        JsonType::Object => words.type_object,
    }
}

const fn figure(wanted: Figure, words: &Messages) -> &'static str {
    match wanted {
        Figure::Percent => words.fault_bad_percent,
        Figure::PercentBelow100 => words.fault_bad_percent_below_100,
        Figure::Whole => words.fault_bad_whole,
        Figure::Decimal => words.fault_bad_decimal,
    }
}
