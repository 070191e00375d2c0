//! In pages of others: how the program gets there, what it bears there, and what it leaves alone.

pub mod framed;
mod guest;
mod host;
mod hostile;
pub mod loading;
mod settings;
