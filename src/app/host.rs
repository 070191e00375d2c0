//! The messages between the component and its host.

use std::rc::Rc;

use crate::checklist::ItemId;
use crate::evaluation::Verdict;
use crate::inspection::InspectionId;

/// The host's attributes, which prefill the start screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prefill {
    pub checklist: String,
    pub unit_name: String,
    pub unit_code: String,
    pub unit_type: String,
    pub superior_name: String,
    pub period: String,
    /// The address to which reports are sent. Empty if there is none.
    pub upload_url: String,
    /// Keeps the inspections of one use apart from others. Not empty.
    pub storage_namespace: String,
}

/// An event for the host.
pub enum HostEvent {
    /// The component is ready.
    Ready,
    /// An edit was accepted.
    Change {
        /// The inspection.
        inspection: InspectionId,
        /// The item, its new revision and its verdict.
        items: Vec<(ItemId, u64, Verdict)>,
    },
    /// Answers are in the vault.
    Saved {
        /// The inspection.
        inspection: InspectionId,
        /// The items and the revisions that are safe.
        items: Vec<(ItemId, u64)>,
    },
    /// Storing failed.
    SaveError {
        /// The reason.
        reason: String,
        /// The number of records that wait.
        pending: usize,
    },
    /// The person exports. The host may take over.
    Export(serde_json::Value),
    /// The state of a sent report changed.
    Upload(Upload),
    /// Something went wrong.
    Error {
        /// The stable code.
        code: &'static str,
        /// The sentence that the person sees.
        message: String,
    },
}

/// The state of a report that is sent.
pub struct Upload {
    /// The inspection.
    pub inspection: InspectionId,
    /// The report's digest.
    pub sha256: String,
    /// The name of the state.
    pub state: &'static str,
    /// The status of the server's answer, if there was one.
    pub status: Option<u16>,
    /// The sentence that the person sees.
    pub message: String,
    /// Seconds until the next attempt, if there is one.
    pub retry_in: Option<f64>,
}

/// Tells the host. Returns whether the default action may go on.
pub type Host = Rc<dyn Fn(HostEvent) -> bool>;

/// Reads one of the element's properties that has no attribute.
pub type Property = Rc<crate::browser::upload::Property>;
