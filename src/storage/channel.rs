//! The messages between tabs and elements of one namespace: which records are in the vault, not
//! their contents. A listener reads the vault.

use js_sys::JsString;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, Event, MessageEvent};

use crate::browser::listener::Listener;
use crate::inspection::InspectionId;
use crate::stored::{Key, Part, Stamp, WriterId, revision_of};

/// A line of news.
pub enum News {
    /// This version of a record is in the vault.
    Written(Key, Stamp),
    /// An inspection was deleted for good.
    Purged(InspectionId),
    /// Everything of the namespace is being deleted.
    Cleared,
}

/// The line that says that everything is being deleted.
const CLEARED: &str = "*";

/// The channel of a namespace.
pub struct Channel {
    channel: BroadcastChannel,
    _listener: Listener,
}

impl Channel {
    /// Listens to the others; `None` in browsers without channels, where tabs merge when they are
    /// loaded anew.
    pub fn open(namespace: &str, hear: impl Fn(Vec<News>) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&["tkt:", namespace].concat()).ok()?;
        let listener = Listener::new(&channel, "message", move |event: Event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            if let Some(text) = data.as_ref().and_then(JsValue::dyn_ref::<JsString>) {
                // A line that can't be read is a newer program's.
                hear(String::from(text).lines().filter_map(News::parse).collect());
            }
        });
        Some(Self { channel, _listener: listener })
    }

    /// Tells the others.
    pub fn tell(&self, news: &[News]) {
        let text: String = news.iter().map(News::to_line).collect();
        // Fails only once the channel is closed.
        _ = self.channel.post_message(&JsValue::from_str(&text));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

impl News {
    /// `{inspection}/{part}/{revision}/{writer}`, the inspection alone, or `*`.
    fn to_line(&self) -> String {
        match self {
            Self::Written(key, Stamp { revision, writer }) => {
                let revision = revision.to_string();
                [&key.path(), "/", &revision, "/", writer.as_str(), "\n"].concat()
            }
            Self::Purged(inspection) => [inspection.as_str(), "\n"].concat(),
            Self::Cleared => [CLEARED, "\n"].concat(),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        if line == CLEARED {
            return Some(Self::Cleared);
        }
        let mut words = line.split('/');
        let inspection = InspectionId::parse(words.next()?)?;
        let Some(part) = words.next() else { return Some(Self::Purged(inspection)) };
        let key = Key { inspection, part: Part::parse(part)? };
        let revision = revision_of(words.next()?)?;
        let writer = WriterId::parse(words.next()?)?;
        Some(Self::Written(key, Stamp { revision, writer }))
    }
}
