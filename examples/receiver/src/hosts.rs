//! The names to which the receiver answers if everybody may read. Without this check, a page of
//! another site could let its own name resolve to this machine and read the list as if it were its
//! own (DNS rebinding).

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use axum::http::Uri;
use axum::http::header::HOST;
use axum::http::uri::Authority;

use crate::answer::Refusal;

/// The names in accepted requests.
#[derive(Clone, Default)]
pub struct Hosts {
    /// In lower case, without a port.
    names: Vec<String>,
}

impl Hosts {
    /// Accepts a name or an address, as it stands before a port. Returns `false` if it can't be
    /// one.
    pub fn allow(&mut self, name: &str) -> bool {
        // Browsers put IPv6 addresses in brackets.
        let is_one = name.parse::<Authority>().is_ok_and(|authority| authority.host() == name);
        if is_one {
            self.names.push(plain(name));
        }
        is_one
    }

    /// Accepts the address on which it listens, if that is a specific one.
    pub fn allow_address(&mut self, address: SocketAddr) {
        if !address.ip().is_unspecified() {
            self.names.push(address.ip().to_string());
        }
    }

    /// Admits or refuses a request.
    pub fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let sent = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // A user name is not allowed in this header.
        let is_known = !sent.contains('@')
            && sent.parse::<Authority>().is_ok_and(|host| self.has(&host))
            && uri.authority().is_none_or(|host| self.has(host));
        if is_known { Ok(()) } else { Err(Refusal::foreign_host()) }
    }

    fn has(&self, authority: &Authority) -> bool {
        let name = plain(authority.host());
        name == "localhost"
            || name.ends_with(".localhost")
            || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
            || self.names.contains(&name)
    }
}

/// Returns a name for comparison: in lower case, an IPv6 address without its brackets.
fn plain(host: &str) -> String {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    bare.strip_suffix('.').unwrap_or(bare).to_lowercase()
}
