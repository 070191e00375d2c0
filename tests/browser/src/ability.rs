//! Abilities of Chromium that other browsers lack. A test that runs in all browsers asks before it
//! leaves something out, so that everything left out is listed here with its reason.

use crate::engine::Engine;

/// Something that tests do in Chromium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// Typing like an input method, which composes and replaces text ([`crate::Page::stroke`]).
    InputMethods,
    /// Tapping, on a device with a touch screen ([`crate::Control::tap`]).
    Touch,
    /// Media features and types, such as a dark theme and print ([`crate::Page::set_media`]).
    Media,
    /// Reading the accessibility tree ([`crate::Page::accessibility_tree`]).
    AccessibilityTree,
    /// Killing the processes that show pages ([`crate::Browser::kill_pages`]).
    KilledPages,
    /// Failing because of a failed request that neither a script nor a tag of the page reports.
    FailedRequests,
    /// Pages as narrow as on a phone ([`crate::Setup::viewport`]).
    NarrowPages,
    /// Going to another window and back, with the focus events that follow.
    Focus,
    /// Tabs that a script of the page closes ([`crate::Stage::open_closable_tab`]).
    ClosingByScript,
    /// Loading pages without their server ([`crate::Server::stop`]).
    Offline,
    /// Keeping the stored data after the browser was closed or killed ([`crate::Browser::reopen`]).
    Profile,
}

const LOG: &str =
    "the driver tells no log; what the page itself can hear is collected in its place";
const TAB: &str = "the tab to go on in comes by the DevTools protocol, which only Chromium has";
const WINDOW: &str = "its window does not become narrower than about 500 px";
const CACHE: &str =
    "it keeps no script for the next load of a page, so the harness's own would not be there";

impl Ability {
    /// All abilities.
    pub const ALL: [Self; 11] = [
        Self::InputMethods,
        Self::Touch,
        Self::Media,
        Self::AccessibilityTree,
        Self::KilledPages,
        Self::FailedRequests,
        Self::NarrowPages,
        Self::Focus,
        Self::ClosingByScript,
        Self::Offline,
        Self::Profile,
    ];

    /// Returns its name in a table of missing abilities.
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
            Self::ClosingByScript => "tabs that a script of the page closes",
            Self::Offline => "pages that come without their server",
            Self::Profile => "what is stored after the browser was closed or killed",
        }
    }
}

impl Engine {
    /// Returns why this browser lacks an ability, or `None` if it has it.
    pub fn lacks(self, ability: Ability) -> Option<&'static str> {
        let (others, webkit) = (self != Self::Chromium, self == Self::WebKit);
        let (is_lacking, why) = match ability {
            Ability::InputMethods => (others, "WebDriver presses keys and composes nothing"),
            Ability::Touch => (others, "WebDriver gives a device no touch screen"),
            Ability::Media => (others, "WebDriver has no command for it"),
            Ability::AccessibilityTree => {
                (others, "WebDriver tells of one element, not of the tree")
            }
            Ability::KilledPages => (others, TAB),
            Ability::FailedRequests => (others, LOG),
            Ability::NarrowPages => (others, WINDOW),
            Ability::Focus => (webkit, "its screen has nobody who gives windows the focus"),
            Ability::ClosingByScript => (webkit, "it lets no script close what the driver opened"),
            Ability::Offline => (webkit, CACHE),
            Ability::Profile => (webkit, "its driver gives each session an empty profile"),
        };
        is_lacking.then_some(why)
    }
}
