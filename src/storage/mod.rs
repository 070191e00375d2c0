//! Storage: the only place that stores.
//!
//! 'Đã lưu' means that killing the browser cannot lose it. What is put goes at once into the
//! journal, which survives a reload, and within a quarter of a second into the vault, which
//! survives a kill. A [`Step`] of many records goes into the vault alone, whole or not at all. The
//! store joins the two, retries what fails, and has tabs and elements of one namespace tell each
//! other what they wrote. Each answer is a record of its own, so the cost of an edit does not grow
//! with the checklist and two tabs merge answer by answer. What can't be read is set aside, never
//! overwritten or deleted.
//!
//! Here texts are stored; what they say is known elsewhere. The bytes of attachments lie in the
//! vault alone: they are there before the text that names them, and gone after it.

#[cfg(target_arch = "wasm32")]
mod attachment;
#[cfg(any(test, target_arch = "wasm32"))]
mod batch;
mod error;
#[cfg(any(test, target_arch = "wasm32"))]
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "there its tests alone use it"))]
mod memory;
#[cfg(any(test, target_arch = "wasm32"))]
mod names;
#[cfg(any(test, target_arch = "wasm32"))]
mod sign;
mod step;

#[cfg(target_arch = "wasm32")]
mod channel;
#[cfg(target_arch = "wasm32")]
mod erase;
#[cfg(target_arch = "wasm32")]
mod idb;
#[cfg(target_arch = "wasm32")]
mod journal;
#[cfg(target_arch = "wasm32")]
mod keeper;
#[cfg(target_arch = "wasm32")]
mod once;
#[cfg(target_arch = "wasm32")]
pub mod prefs;
#[cfg(target_arch = "wasm32")]
mod store;
#[cfg(target_arch = "wasm32")]
mod vault;
#[cfg(target_arch = "wasm32")]
pub mod workspaces;

pub use error::StoreError;
pub use step::Step;

#[cfg(target_arch = "wasm32")]
pub use attachment::{Attachment, AttachmentKey};
#[cfg(target_arch = "wasm32")]
pub use erase::{erase, erase_workspace, finish_erasing, is_erasing_all};
#[cfg(target_arch = "wasm32")]
pub use store::{Store, StoreEvent};
#[cfg(target_arch = "wasm32")]
pub use vault::Lack;
#[cfg(target_arch = "wasm32")]
pub use workspaces::Workspace;
