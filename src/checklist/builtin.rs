//! The checklists that are compiled in, so that they are there without a network.

use super::{Checklist, Language, Problem};

/// A checklist that is compiled in: what it is chosen by at once, the rest when it is needed.
///
/// Every start lists them all and opens one at most, and reading a file takes a tablet many times
/// as long as everything else that the list takes. So the build script takes these few words out of
/// each file; a test holds them to what is read from it.
#[derive(Debug)]
pub struct Builtin {
    /// Its stable name.
    pub id: &'static str,
    /// The version of its content.
    pub version: &'static str,
    title_vi: &'static str,
    title_en: Option<&'static str>,
    file: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/checklists.rs"));

impl Builtin {
    /// The title in a language or, where that is missing, in Vietnamese; with the language it is
    /// in.
    #[must_use]
    pub const fn title(&self, language: Language) -> (&'static str, Language) {
        match (language, self.title_en) {
            (Language::En, Some(en)) => (en, Language::En),
            _ => (self.title_vi, Language::Vi),
        }
    }

    /// The checklist itself.
    ///
    /// # Errors
    /// The problems of its file: never, as a test of each file proves.
    pub fn read(&self) -> Result<Checklist, Vec<Problem>> {
        Checklist::parse(self.file)
    }
}

/// The checklist of that id, if it is compiled in.
#[must_use]
pub fn builtin(id: &str) -> Option<&'static Builtin> {
    BUILTIN.iter().find(|builtin| builtin.id == id)
}
