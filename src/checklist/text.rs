//! Texts in the languages of the component.

/// A language of the interface and of checklist texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Vietnamese, the language that every text has.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Every language, the first one foremost.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The BCP 47 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a BCP 47 code such as `en-GB`, if it is one of ours.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary))
    }
}

/// A text of a checklist: Vietnamese always, English where it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    vi: String,
    en: Option<String>,
}

impl Text {
    /// A text with its translation.
    #[must_use]
    pub fn new(vi: impl Into<String>, en: Option<String>) -> Self {
        Self { vi: vi.into(), en }
    }

    /// The text in a language or, where that is missing, in Vietnamese; with the language it is in.
    #[must_use]
    pub fn get(&self, language: Language) -> (&str, Language) {
        match (language, &self.en) {
            (Language::En, Some(en)) => (en, Language::En),
            _ => (&self.vi, Language::Vi),
        }
    }

    /// The text alone, as [`Text::get`] gives it.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        self.get(language).0
    }
}
