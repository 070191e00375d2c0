//! The safety of the data stored on a device: what the browser reports, and what follows from it.
//! Pure.

use crate::checklist::Language;

/// The known state of the device's storage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Whether the browser keeps the data until the person deletes it; `None` if it does not say.
    pub persistent: Option<bool>,
    /// The space; `None` if the browser does not say.
    pub space: Option<Space>,
    /// Whether the browser deletes the data of a site that was not visited for seven days.
    pub forgets: bool,
    /// Whether the page is embedded in a page of another origin. Browsers then store data for that
    /// page alone, and some for a shorter time.
    pub framed: bool,
}

impl Health {
    /// Returns whether everything may be gone after seven days without a visit.
    #[must_use]
    pub fn may_be_forgotten(&self) -> bool {
        self.forgets && self.persistent != Some(true)
    }

    /// Returns whether little space is left.
    #[must_use]
    pub fn is_short_of_space(&self) -> bool {
        self.space.is_some_and(Space::is_short)
    }
}

/// The data that was deleted from outside while the program was not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The saved data: the database is gone.
    Saved,
    /// The data on its way there, and small preferences: the entries of these namespaces in
    /// `localStorage` are gone.
    Unsaved(Vec<String>),
}

/// The space that a browser grants to the whole site, of which this program may be a part. Browsers
/// only estimate it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// The bytes in use.
    pub used: u64,
    /// The bytes that may be in use.
    pub quota: u64,
}

/// The least space that is enough, in bytes: some hundred full inspections, and while a database
/// compacts itself it needs its own size once more.
const SHORT: u64 = 50_000_000;

impl Space {
    /// Returns the bytes that are left.
    #[must_use]
    pub const fn left(self) -> u64 {
        self.quota.saturating_sub(self.used)
    }

    /// Returns whether little is left: less than 50 MB, or less than a tenth, since the grant of a
    /// browser on a large disk shrinks by gigabytes when something else fills it.
    #[must_use]
    pub const fn is_short(self) -> bool {
        self.left() < SHORT || self.left() < self.quota / 10
    }
}

/// Returns whether a browser is built on WebKit, as Safari is, and everything on iPhone and iPad.
/// All others that name WebKit also name Chrome, Chromium or Android; an iPad that calls itself a
/// Mac does not.
#[must_use]
pub fn is_webkit(user_agent: &str) -> bool {
    user_agent.contains("AppleWebKit/")
        && !["Chrome/", "Chromium/", "Android"].iter().any(|other| user_agent.contains(other))
}

/// Returns whether a browser asks the person when a site wants persistent storage, as Firefox does.
/// Others decide by themselves.
#[must_use]
pub fn asks_the_person(user_agent: &str) -> bool {
    user_agent.contains("Firefox/") && !is_webkit(user_agent)
}

/// Returns a number of bytes as people write it, with two digits: `1,2 MB`, `34 GB`.
#[must_use]
pub fn size_in_words(bytes: u64, language: Language) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    let fitting = units.into_iter().find(|(_, size)| bytes >= *size);
    let (unit, size) = fitting.unwrap_or(("kB", 1_000));
    let tenths = bytes / (size / 10);
    let comma = match language {
        Language::Vi => ',',
        Language::En => '.',
    };
    match (tenths / 10, tenths % 10) {
        (whole, tenth) if whole < 10 && tenth > 0 => format!("{whole}{comma}{tenth} {unit}"),
        (whole, _) => format!("{whole} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn webkit_is_told_from_those_that_borrow_its_name() {
        let webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        for (agent, is) in [
            (format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {webkit} Version/18.0 Safari/605.1.15"), true),
            (format!("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) {webkit} Version/17.5 Mobile/15E148 Safari/604.1"), true),
            (format!("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {webkit} CriOS/126.0 Mobile/15E148 Safari/604.1"), true),
            (format!("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {webkit} FxiOS/127.0 Mobile/15E148 Safari/605.1.15"), true),
            (format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} Version/18.0 Safari/605.1.15"), true),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0".to_owned(), false),
            ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36".to_owned(), false),
            ("Mozilla/5.0 (Linux; U; Android 4.4; vi) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30".to_owned(), false),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(is_webkit(&agent), is, "{agent}");
            assert_eq!(asks_the_person(&agent), agent.contains("Firefox/"), "{agent}");
        }
    }

    #[test]
    fn sizes_are_cut_to_two_digits() {
        for (bytes, words) in [
            (0, "0 kB"),
            (99, "0 kB"),
            (100, "0,1 kB"),
            (1_000, "1 kB"),
            (1_299_999, "1,2 MB"),
            (2_000_000, "2 MB"),
            (34_900_000, "34 MB"),
            (999_999_999, "999 MB"),
            (1_050_000_000, "1 GB"),
            (123_456_000_000, "123 GB"),
        ] {
            assert_eq!(size_in_words(bytes, Language::Vi), words);
            assert_eq!(size_in_words(bytes, Language::En), words.replace(',', "."));
        }
    }

    #[test]
    fn space_is_short_below_a_tenth_or_50_mb() {
        const MB: u64 = 1_000_000;
        for (used, quota, is_short) in [
            (0, 60 * MB, false),
            (11 * MB, 60 * MB, true),
            (0, 40 * MB, true),
            (899 * MB, 1_000 * MB, false),
            (901 * MB, 1_000 * MB, true),
            (2, 1, true),
            (0, u64::MAX, false),
        ] {
            assert_eq!(Space { used, quota }.is_short(), is_short, "{used} of {quota}");
        }
    }

    #[test]
    fn only_what_is_not_kept_may_be_forgotten() {
        for (persistent, forgets, may) in [
            (Some(true), true, false),
            (Some(false), true, true),
            (None, true, true),
            (Some(false), false, false),
        ] {
            let health = Health { persistent, forgets, ..Health::default() };
            assert_eq!(health.may_be_forgotten(), may);
        }
    }
}
