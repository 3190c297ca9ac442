//! Trains the weights of the extraction on labelled texts: `train FILE… > weights.tsv`, and
//! `train --areas FILE… > area_weights.tsv` and `train --dues FILE… > due_weights.tsv`. With `--clauses` it writes
//! the clauses instead, each with its answer and its features, with `--datings` the dates.

use std::fmt::Write as _;
use std::process::ExitCode;

use bench::score::{self, Labelled};
use bench::{learn, learn_area, learn_due};

fn main() -> ExitCode {
    bench::told(&run(std::env::args().skip(1)))
}

fn run(arguments: impl Iterator<Item = String>) -> Result<String, String> {
    let (options, files): (Vec<String>, Vec<String>) =
        arguments.partition(|argument| argument.starts_with("--"));
    let mut texts: Vec<Labelled> = Vec::new();
    for file in files {
        let lines = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
        texts.extend(score::read(&lines).map_err(|error| format!("{file}: {error}"))?);
    }
    match options.first().map(String::as_str) {
        None => Ok(listed(&learn::train(&learn::answered(&texts)?))),
        Some("--areas") => Ok(listed(&learn_area::train(&learn_area::placed(&texts)?))),
        Some("--dues") => Ok(listed(&learn_due::train(&learn_due::dated(&texts)?))),
        Some("--clauses") => clauses(&texts),
        Some("--datings") => datings(&texts),
        Some(other) => Err(format!(
            "{other}: --areas, --dues, --clauses and --datings are known"
        )),
    }
}

fn listed(weights: &[(String, f64)]) -> String {
    let mut out = String::new();
    for (feature, weight) in weights {
        let _ = writeln!(out, "{feature}\t{weight:.2}");
    }
    out
}

fn clauses(texts: &[Labelled]) -> Result<String, String> {
    let mut out = String::new();
    for clause in &learn::answered(texts)? {
        let answer = if clause.task { "task" } else { "none" };
        let rules = if clause.found { "found" } else { "passed" };
        let _ = writeln!(out, "{answer} | {rules} | {}", clause.features.join(" | "));
    }
    Ok(out)
}

fn datings(texts: &[Labelled]) -> Result<String, String> {
    let mut out = String::new();
    for date in &learn_due::dated(texts)? {
        let answer = if date.own { "own" } else { "other" };
        let _ = writeln!(out, "{answer} | {}", date.features.join(" | "));
    }
    Ok(out)
}
