//! The checklists that are compiled in, so that they need no network.

use super::{Checklist, Language, Problem};

/// A checklist that is compiled in. Its title is at hand at once, the rest when it is needed.
///
/// Every start lists all of them and opens one at most. Parsing a file takes a tablet many times as
/// long as the rest of that list. So the build script copies these few words out of each file; a
/// test compares them with the parsed file.
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
    /// Returns the title and its language: the given one, or Vietnamese if there is no translation.
    #[must_use]
    pub const fn title(&self, language: Language) -> (&'static str, Language) {
        match (language, self.title_en) {
            (Language::En, Some(en)) => (en, Language::En),
            _ => (self.title_vi, Language::Vi),
        }
    }

    /// Reads the checklist from its file.
    ///
    /// # Errors
    /// The problems of the file. A test of each file proves that there are none.
    pub fn read(&self) -> Result<Checklist, Vec<Problem>> {
        Checklist::parse(self.file)
    }
}

/// Returns the compiled-in checklist with that id, if there is one.
#[must_use]
pub fn builtin(id: &str) -> Option<&'static Builtin> {
    BUILTIN.iter().find(|builtin| builtin.id == id)
}
