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
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// Returns the BCP 47 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Returns the language of a BCP 47 code such as `en-GB`, if it is supported.
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
    /// Creates a text with its translation.
    #[must_use]
    pub fn new(vi: impl Into<String>, en: Option<String>) -> Self {
        Self { vi: vi.into(), en }
    }

    /// Returns the text and its language: the given one, or Vietnamese if there is no translation.
    #[must_use]
    pub fn get(&self, language: Language) -> (&str, Language) {
        match (language, &self.en) {
            (Language::En, Some(en)) => (en, Language::En),
            _ => (&self.vi, Language::Vi),
        }
    }

    /// Returns only the text of [`Text::get`].
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        self.get(language).0
    }
}
