//! Bytes in; text, samples or pixels out. Synchronous, and limited in what it will read.
//!
//! What a file is, is decided by its content, never by its name or by what a client says of it.

pub mod kind;
pub mod table;
pub mod text;

pub use kind::Kind;
pub use text::{Decoded, NotText};
