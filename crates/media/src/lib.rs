//! Bytes in; text, samples or pixels out. Synchronous, and limited in what it will read.
//!
//! What a file is, is decided by its content ([`kind`]), never by its name or by what a client says of
//! it. [`audio`], [`image`] and [`document`] read in this process; [`child`] does the same in a process
//! of its own, so that a hostile file can crash or hang that one and nothing else. Whoever serves
//! strangers reads through [`child::Reader`].

pub mod audio;
pub mod child;
pub mod document;
pub mod image;
pub mod kind;
pub mod limits;
pub mod table;
pub mod text;

pub use child::Reader;
pub use kind::Kind;
pub use limits::Limits;
pub use text::{Decoded, NotText};
