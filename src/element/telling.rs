//! The events of the contract that the host receives, with their details.

use std::rc::Rc;

use serde_json::{Value, json};
use web_sys::HtmlElement;

use super::to_js;
use crate::app::{Host, HostEvent, Upload};
use crate::browser::{clock, events};

/// Returns a function that dispatches host events on the element.
pub(super) fn teller(host: &HtmlElement) -> Host {
    let host = host.clone();
    Rc::new(move |event| {
        let (name, detail, cancelable) = match event {
            HostEvent::Ready => ("tkt-ready", json!({}), false),
            HostEvent::Change { inspection, items } => {
                let items = items.iter().map(|(item, revision, verdict)| {
                    json!({"itemId": item.as_str(), "revision": revision, "verdict": verdict})
                });
                (
                    "tkt-change",
                    json!({"inspectionId": inspection.as_str(), "items": items.collect::<Value>()}),
                    false,
                )
            }
            HostEvent::Saved { inspection, items } => {
                let items = items
                    .iter()
                    .map(|(item, revision)| json!({"itemId": item.as_str(), "revision": revision}));
                let at = clock::now();
                let detail = json!({
                    "inspectionId": inspection.as_str(),
                    "at": at.as_str(),
                    "items": items.collect::<Value>(),
                });
                ("tkt-saved", detail, false)
            }
            HostEvent::SaveError { reason, pending } => {
                ("tkt-save-error", json!({"reason": reason, "pending": pending}), false)
            }
            HostEvent::Export(report) => ("tkt-export", json!({"report": report}), true),
            HostEvent::Upload(upload) => ("tkt-upload", upload_json(upload), false),
            HostEvent::Error { code, message } => {
                ("tkt-error", json!({"code": code, "message": message}), false)
            }
        };
        events::dispatch(&host, name, &to_js(&detail), cancelable)
    })
}

fn upload_json(upload: Upload) -> Value {
    let Upload { inspection, sha256, state, status, message, retry_in } = upload;
    let mut detail = json!({
        "inspectionId": inspection.as_str(), "sha256": sha256, "state": state, "message": message,
    });
    if let Some(object) = detail.as_object_mut() {
        object.extend(status.map(|status| ("status".to_owned(), status.into())));
        object.extend(retry_in.map(|seconds| ("retryIn".to_owned(), seconds.into())));
    }
    detail
}
