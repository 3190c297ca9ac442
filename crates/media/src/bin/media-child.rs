//! Reads one file and answers in frames: the child of `media::Reader`, as a program of its own. The
//! tests start it; the product starts itself instead.

use std::process::ExitCode;

fn main() -> ExitCode {
    match media::child::serve(std::io::stdin(), std::io::stdout()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
