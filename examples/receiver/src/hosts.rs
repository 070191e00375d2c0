//! Which names the receiver answers to where everybody may read. Without that, a page of another
//! site could have its own name lead to this machine and read the list as if it were its own (DNS
//! rebinding).

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use axum::http::Uri;
use axum::http::header::HOST;
use axum::http::uri::Authority;

use crate::answer::Refusal;

/// The names that requests may be for.
#[derive(Clone, Default)]
pub struct Hosts {
    /// In small letters, without a port.
    names: Vec<String>,
}

impl Hosts {
    /// Answers to a name or an address too, as it stands in front of a port. `false` if it can't be
    /// one.
    pub fn allow(&mut self, name: &str) -> bool {
        // Of IPv6, browsers put the address in brackets.
        let is_one = name.parse::<Authority>().is_ok_and(|authority| authority.host() == name);
        if is_one {
            self.names.push(plain(name));
        }
        is_one
    }

    /// Answers to the address that it listens on, if it is a certain one.
    pub fn allow_address(&mut self, address: SocketAddr) {
        if !address.ip().is_unspecified() {
            self.names.push(address.ip().to_string());
        }
    }

    /// Lets a request in or not.
    pub fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let sent = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // A name of a user in front belongs into no header.
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

/// A name as it is compared: in small letters, an address of IPv6 without its brackets.
fn plain(host: &str) -> String {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    bare.strip_suffix('.').unwrap_or(bare).to_lowercase()
}
