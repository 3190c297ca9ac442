//! Scores the extraction on labelled texts: `eval FILE… [--misses] [--speed]`; the latter says how
//! many sentences it reads in a second.

use std::process::ExitCode;
use std::time::Instant;

use bench::score::{self, Labelled, Score, Share};
use extract::Policy;

fn main() -> ExitCode {
    bench::told(&run(std::env::args().skip(1)))
}

fn run(arguments: impl Iterator<Item = String>) -> Result<String, String> {
    let (mut misses_too, mut timed) = (false, false);
    let mut texts: Vec<Labelled> = Vec::new();
    for argument in arguments {
        if argument == "--misses" {
            misses_too = true;
        } else if argument == "--speed" {
            timed = true;
        } else {
            let lines = std::fs::read_to_string(&argument)
                .map_err(|error| format!("{argument}: {error}"))?;
            texts.extend(score::read(&lines).map_err(|error| format!("{argument}: {error}"))?);
        }
    }
    let (score, misses) = score::score(&texts)?;
    let mut report = String::new();
    if misses_too {
        for miss in &misses {
            report.extend([miss.id.as_str(), "  ", &miss.what, "\n"]);
        }
    }
    report.push_str(&table(&score));
    if timed {
        report.push_str(&speed(&texts)?);
    }
    Ok(report)
}

fn table(score: &Score) -> String {
    let row = |name: &str, share: Share| {
        format!(
            "{name:<22}{:.3}  ({}/{})\n",
            share.value(),
            share.right,
            share.all
        )
    };
    [
        row("precision", score.precision),
        row("recall", score.recall),
        format!("{:<22}{:.3}\n", "F1", score.f1()),
        row("due", score.due),
        row("priority", score.priority),
        row("area", score.area),
        row("assignee", score.assignee),
        row("depends_on", score.depends_on),
        row("link precision", score.link_precision),
        row("link recall", score.link_recall),
        format!("{:<22}{:.3}\n", "links F1", score.links_f1()),
        row("quiet without tasks", score.quiet),
    ]
    .concat()
}

/// Sentences per second on one core, counted by their full stops and lines.
fn speed(texts: &[Labelled]) -> Result<String, String> {
    let moments: Vec<jiff::Zoned> = texts
        .iter()
        .map(|text| score::reference(&text.reference_time).map_err(|error| error.to_string()))
        .collect::<Result<_, _>>()?;
    let count = |text: &str| {
        text.split(['.', '!', '?', '\n'])
            .filter(|part| part.trim().len() > 2)
            .count()
    };
    let sentences: usize = texts.iter().map(|text| count(&text.text)).sum();
    let rounds = 20;
    let start = Instant::now();
    let mut found = 0;
    for _ in 0..rounds {
        for (text, now) in texts.iter().zip(&moments) {
            found += extract::extract(&text.text, now, &Policy::default())
                .tasks
                .len();
        }
    }
    let seconds = start.elapsed().as_secs_f64().max(1e-9);
    let start = Instant::now();
    let mut dates = 0;
    for (text, now) in texts.iter().zip(&moments) {
        dates += extract::date::find(&text.text, now, &Policy::default()).len();
    }
    let share = start.elapsed().as_secs_f64() * rounds as f64 / seconds;
    let per_second = (sentences * rounds) as f64 / seconds;
    Ok(format!(
        "{:<22}{per_second:.0}  ({} tasks and {dates} dates a round, {share:.2} of the time for dates)\n",
        "sentences per second",
        found / rounds
    ))
}
