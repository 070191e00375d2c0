//! What tests do in Chromium and can't do in every other browser. A test that runs in all of them
//! asks before it leaves something out, so that all that is left out stands here with its reason.

use crate::engine::Engine;

/// Something that tests do in Chromium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// Typing as input methods do, composing and replacing ([`crate::Page::stroke`]).
    InputMethods,
    /// Tapping, on a device with a touch screen ([`crate::Control::tap`]).
    Touch,
    /// Media features and types, such as a dark theme and print ([`crate::Page::set_media`]).
    Media,
    /// What assistive technology is told ([`crate::Page::accessibility_tree`]).
    AccessibilityTree,
    /// Ending the processes that show pages ([`crate::Browser::kill_pages`]).
    KilledPages,
    /// Failing because of a request that failed, if no script and no tag of the page tells of it.
    FailedRequests,
    /// Pages as narrow as on a phone ([`crate::Setup::viewport`]).
    NarrowPages,
    /// Going to another window and back, with the events of the focus that this brings.
    Focus,
    /// Coming back with what was stored after the browser was closed or killed
    /// ([`crate::Browser::reopen`]).
    Profile,
}

const PROTOCOL: &str =
    "only Chromium's driver speaks the DevTools protocol; WebDriver itself has no command for it";
const LOG: &str =
    "the driver tells no log; what the page itself can hear is collected in its place";

impl Ability {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::InputMethods,
        Self::Touch,
        Self::Media,
        Self::AccessibilityTree,
        Self::KilledPages,
        Self::FailedRequests,
        Self::NarrowPages,
        Self::Focus,
        Self::Profile,
    ];

    /// What it is, in a table of what is lacking.
    pub fn name(self) -> &'static str {
        match self {
            Self::InputMethods => "composing as input methods do",
            Self::Touch => "tapping on a touch screen",
            Self::Media => "media features: dark, print, more contrast",
            Self::AccessibilityTree => "what assistive technology is told",
            Self::KilledPages => "killing the process that shows a page",
            Self::FailedRequests => "failing because of a request that failed",
            Self::NarrowPages => "pages as narrow as on a phone",
            Self::Focus => "a window that has the focus",
            Self::Profile => "what is stored after the browser was closed or killed",
        }
    }
}

impl Engine {
    /// Why something can't be done in this browser; none if it can.
    pub fn lacks(self, ability: Ability) -> Option<&'static str> {
        match (self, ability) {
            (Self::Chromium, _) | (Self::Firefox, Ability::Focus | Ability::Profile) => None,
            (
                _,
                Ability::InputMethods
                | Ability::Touch
                | Ability::Media
                | Ability::AccessibilityTree
                | Ability::KilledPages,
            ) => Some(PROTOCOL),
            (_, Ability::FailedRequests) => Some(LOG),
            (_, Ability::NarrowPages) => {
                Some("its window does not become narrower than about 500 px")
            }
            (Self::WebKit, Ability::Focus) => {
                Some("its screen has nobody who gives windows the focus")
            }
            (Self::WebKit, Ability::Profile) => {
                Some("its driver gives each session an empty profile")
            }
        }
    }
}
