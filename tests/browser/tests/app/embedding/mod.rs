//! The element in foreign pages: how the program gets there, what it has to withstand, and what it
//! leaves alone.

pub mod framed;
mod guest;
mod host;
mod hostile;
pub mod loading;
mod settings;
