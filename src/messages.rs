//! The texts of the interface: a struct of constants for each language, generated from `locales/`
//! by the build script. Texts of checklists come with the checklists.

use crate::checklist::Language;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// Returns the texts in a language.
#[must_use]
pub fn messages(language: Language) -> &'static Messages {
    match language {
        Language::Vi => &VI,
        Language::En => &EN,
    }
}

/// Puts values into the `{names}` of a text. A name without a value stays as it is.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => {
                filled.push('{');
                filled.push_str(name);
                filled.push('}');
            }
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn fills_names_and_leaves_the_rest() {
        let values = [("count", "7"), ("unit", "{count}")];
        assert_eq!(fill("cần thêm {count} hồ sơ", &values), "cần thêm 7 hồ sơ");
        assert_eq!(fill("{unit}: {other} {count", &values), "{count}: {other} {count");
        assert_eq!(fill("", &values), "");
    }
}
