//! JSON lines: one question a line in, one answer a line out, in the same order, as a stream.
//!
//! A line that cannot be read is answered with its error, and the next one is read.

use std::io::{self, BufRead, BufReader, Write};

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Longest line in bytes; the rest of a longer one is skipped.
const LONGEST: u64 = 16 * 1024 * 1024;

/// The answer to a line that could not be read or answered.
#[derive(Serialize)]
struct Failed {
    id: Value,
    error: String,
}

/// Answers every line of standard input.
///
/// # Errors
/// Only when input or output itself fails.
pub(crate) fn answer<Q, A>(mut ask: impl FnMut(Q) -> Result<A>) -> Result<()>
where
    Q: DeserializeOwned,
    A: Serialize,
{
    let mut input = BufReader::with_capacity(256 * 1024, io::stdin().lock());
    let mut output = io::BufWriter::with_capacity(256 * 1024, io::stdout().lock());
    let mut line = Vec::new();
    loop {
        line.clear();
        if read_line(&mut input, &mut line)? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Q>(&line)
            .map_err(anyhow::Error::new)
            .and_then(&mut ask)
        {
            Ok(answer) => serde_json::to_writer(&mut output, &answer)?,
            Err(error) => {
                let failed = Failed {
                    id: id_of(&line),
                    error: format!("{error:#}"),
                };
                serde_json::to_writer(&mut output, &failed)?;
            }
        }
        output.write_all(b"\n")?;
        // Whoever writes one line and waits for its answer gets it.
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    Ok(output.flush()?)
}

/// Reads up to the end of a line; of a line that is too long, its beginning.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> Result<usize> {
    use io::Read;
    let read = input.by_ref().take(LONGEST).read_until(b'\n', line);
    let read = read.context("cannot read standard input")?;
    if line.last() != Some(&b'\n') && line.len() as u64 == LONGEST {
        input
            .skip_until(b'\n')
            .context("cannot read standard input")?;
    }
    Ok(read)
}

/// The id of a line, as far as it can be told.
fn id_of(line: &[u8]) -> Value {
    let value = serde_json::from_slice::<Value>(line).unwrap_or_default();
    value.get("id").cloned().unwrap_or_default()
}
