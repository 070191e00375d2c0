//! A server for reports, as reliable or faulty as a test needs it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use browser_tests::{Request, Response, Server, Site};
use serde_json::{Value, json};

/// The handling of a report.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Accepts it and confirms.
    Confirms,
    /// Accepts it and confirms later.
    ConfirmsAfter(Duration),
    /// Accepts it, but the response never arrives complete.
    ConfirmsAndBreaksOff,
    /// Gives another response.
    Says(Response),
}

impl Reply {
    /// Returns a reply with a status and a text.
    pub fn status(status: u16, body: &str) -> Self {
        Self::Says(Response::new(status, "application/json", body))
    }
}

/// A receiver with the planned replies, and the received reports.
#[derive(Clone, Default)]
pub struct Receiver(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    replies: VecDeque<Reply>,
    attempts: Vec<Request>,
    taken: Vec<String>,
}

impl Receiver {
    /// Sets the next replies. When none is left, it confirms.
    pub fn will(&self, replies: impl IntoIterator<Item = Reply>) {
        self.state(|state| state.replies = replies.into_iter().collect());
    }

    /// Returns the reports that were sent, including the refused ones.
    pub fn attempts(&self) -> Vec<Request> {
        self.state(|state| state.attempts.clone())
    }

    /// Returns the digests of the accepted reports, each once.
    pub fn taken(&self) -> Vec<String> {
        self.state(|state| state.taken.clone())
    }

    /// Responds to a report.
    pub fn answer(&self, request: &Request) -> Response {
        self.state(|state| {
            state.attempts.push(request.clone());
            let reply = state.replies.pop_front().unwrap_or(Reply::Confirms);
            if let Reply::Says(response) = reply {
                return response;
            }
            let key = request.headers.get("idempotency-key").cloned().unwrap_or_default();
            if !state.taken.contains(&key) {
                state.taken.push(key.clone());
            }
            let body = json!({ "sha256": key, "receivedAt": "2026-11-22T10:00:00+07:00" });
            let response = Response::new(200, "application/json", body.to_string());
            match reply {
                Reply::ConfirmsAndBreaksOff => response.broken_off(),
                Reply::ConfirmsAfter(time) => response.after(time),
                _ => response,
            }
        })
    }

    /// Starts a separate server with the receiver at `/nhan`, for pages of all origins.
    pub fn server(&self) -> Result<Server> {
        let own = self.clone();
        let site = Site::default().header("access-control-allow-origin", "*");
        Server::start(site.route("/nhan", move |request| {
            if request.method != "OPTIONS" {
                return own.answer(request);
            }
            Response::new(204, "text/plain", "")
                .header(
                    "access-control-allow-headers",
                    "content-type, idempotency-key, x-csrf-token",
                )
                .header("access-control-allow-methods", "POST")
                .after(Duration::ZERO)
        }))
    }

    fn state<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Returns the digest in a report.
pub fn digest(request: &Request) -> Result<String> {
    let report: Value = serde_json::from_slice(&request.body)?;
    let digest = report.pointer("/integrity/sha256").and_then(Value::as_str);
    Ok(digest.context("a digest")?.to_owned())
}
