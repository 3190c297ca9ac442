//! Trains the weights of the extraction on labelled texts: `train FILE… > weights.tsv`; with
//! `--clauses` it writes the clauses instead, each with its answer and its features.

use std::fmt::Write as _;
use std::io::Write;
use std::process::ExitCode;

use bench::learn::{Answered, answered, train};
use bench::score;

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(lines) if std::io::stdout().write_all(lines.as_bytes()).is_ok() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: impl Iterator<Item = String>) -> Result<String, String> {
    let mut clauses: Vec<Answered> = Vec::new();
    let mut list = false;
    for argument in arguments {
        if argument == "--clauses" {
            list = true;
            continue;
        }
        let lines =
            std::fs::read_to_string(&argument).map_err(|error| format!("{argument}: {error}"))?;
        let texts = score::read(&lines).map_err(|error| format!("{argument}: {error}"))?;
        clauses.extend(answered(&texts)?);
    }
    let mut out = String::new();
    if list {
        for clause in &clauses {
            let answer = if clause.task { "task" } else { "none" };
            let rules = if clause.found { "found" } else { "passed" };
            let _ = writeln!(out, "{answer} | {rules} | {}", clause.features.join(" | "));
        }
        return Ok(out);
    }
    for (feature, weight) in train(&clauses) {
        let _ = writeln!(out, "{feature}\t{weight:.2}");
    }
    Ok(out)
}
