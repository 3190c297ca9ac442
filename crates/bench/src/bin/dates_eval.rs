//! Scores deadlines on labelled phrases: `dates_eval FILE… [--misses]`.

use std::process::ExitCode;

use bench::dates::{self, Tally};

fn main() -> ExitCode {
    bench::told(&run(std::env::args().skip(1)))
}

fn run(arguments: impl Iterator<Item = String>) -> Result<String, String> {
    let mut misses_too = false;
    let mut phrases = Vec::new();
    for argument in arguments {
        if argument == "--misses" {
            misses_too = true;
            continue;
        }
        let lines =
            std::fs::read_to_string(&argument).map_err(|error| format!("{argument}: {error}"))?;
        phrases.extend(dates::read(&lines).map_err(|error| format!("{argument}: {error}"))?);
    }
    let report = dates::score(&phrases)?;
    let row = |name: &str, tally: Tally| {
        format!(
            "{name:<22}{:.3}  ({}/{})\n",
            tally.share(),
            tally.right,
            tally.all
        )
    };
    let mut shown = String::new();
    if misses_too {
        for miss in &report.misses {
            shown.extend([miss.id.as_str(), "  ", &miss.what, "\n"]);
        }
    }
    for (kind, tally) in &report.kinds {
        shown.push_str(&row(kind, *tally));
    }
    shown.push_str(&row("all", report.total));
    Ok(shown)
}
