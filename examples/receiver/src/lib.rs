//! A small, complete receiver of uploaded reports, for webmasters to start from.
//!
//! An upload is read whole ([`body`]), checked ([`check`]), stored once ([`store`]) and answered as
//! the contract says ([`upload`]). The reports are listed as a page and as JSON ([`list`],
//! [`page`]). All resources have limits ([`Limits`]): connections ([`connections`]), memory
//! ([`budget`]) and the time for checking ([`judges`]).
//!
//! ```no_run
//! use receiver::{Options, Receiver};
//!
//! let options = Options::read(["--listen", "127.0.0.1:0", "--database", "reports.sqlite"])?;
//! let receiver = Receiver::start(options)?;
//! println!("{}", receiver.url("/reports"));
//! # Ok::<(), receiver::Failure>(())
//! ```

mod answer;
mod body;
mod budget;
mod check;
mod connections;
mod failure;
mod guard;
mod hosts;
mod judges;
mod limits;
mod list;
mod options;
mod paced;
mod page;
mod routes;
mod senders;
mod server;
mod store;
mod upload;
mod words;

pub use failure::Failure;
pub use limits::Limits;
pub use options::{Options, USAGE};
pub use server::Receiver;
