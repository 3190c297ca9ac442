//! The one place of this tool that prints.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks to its terminal, and does it here only"
)]

use std::fmt::Display;

/// A result, to standard output.
pub(crate) fn line(text: impl Display) {
    println!("{text}");
}

/// A remark or a violation, to standard error.
pub(crate) fn note(text: impl Display) {
    eprintln!("{text}");
}
