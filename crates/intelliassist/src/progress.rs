//! That something is going on, on a terminal, and what: a model may take a while to load.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use assistant::Step;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::wire::{self, Statuses};

/// Quicker things need no words.
const SILENT: Duration = Duration::from_millis(700);
/// How often the line is drawn again.
const EVERY: Duration = Duration::from_millis(500);

/// A line on stderr that lasts as long as this.
pub(crate) struct Waiting {
    task: Option<JoinHandle<()>>,
    is_terminal: bool,
}

impl Waiting {
    /// Shows what is waited for, if a person sees it.
    pub(crate) fn begin(what: &'static str, statuses: &Statuses) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self {
                task: None,
                is_terminal: false,
            };
        }
        let statuses = statuses.clone();
        let task = tokio::spawn(async move {
            let begun = Instant::now();
            tokio::time::sleep(SILENT).await;
            loop {
                let busy = busy(&statuses);
                draw(&format!(
                    "{what} … {:.0} s{busy}",
                    begun.elapsed().as_secs_f64()
                ));
                tokio::time::sleep(EVERY).await;
            }
        });
        Self {
            task: Some(task),
            is_terminal: true,
        }
    }

    /// Shows how far the work on a file is: on a terminal as a line that changes, elsewhere as a line
    /// whenever something else is being done.
    pub(crate) fn follow(
        name: String,
        mut steps: watch::Receiver<Step>,
        statuses: &Statuses,
    ) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let statuses = statuses.clone();
        let task = tokio::spawn(async move {
            let begun = Instant::now();
            tokio::time::sleep(SILENT).await;
            let mut told = "";
            loop {
                let step = *steps.borrow_and_update();
                if is_terminal {
                    let seconds = begun.elapsed().as_secs_f64();
                    let percent = step.share * 100.0;
                    let busy = busy(&statuses);
                    let doing = step.doing;
                    draw(&format!(
                        "{name}: {doing} {percent:.0} % … {seconds:.0} s{busy}"
                    ));
                } else if step.doing != told {
                    told = step.doing;
                    crate::output::note(format_args!("{name}: {told} …"));
                }
                if tokio::time::timeout(EVERY, steps.changed())
                    .await
                    .is_ok_and(|gone| gone.is_err())
                {
                    return;
                }
            }
        });
        Self {
            task: Some(task),
            is_terminal,
        }
    }

    /// Takes the line away.
    pub(crate) fn end(self) {
        drop(self);
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            if self.is_terminal {
                draw("");
            }
        }
    }
}

/// The model that is being loaded, which takes its time.
fn busy(statuses: &Statuses) -> String {
    let busy = statuses()
        .into_iter()
        .find(|state| matches!(state.status.as_str(), "loading" | "downloading"));
    busy.map_or_else(String::new, |state| {
        format!(" · {}", wire::describe(&state))
    })
}

fn draw(line: &str) {
    let mut terminal = std::io::stderr().lock();
    // A terminal that went away needs no line.
    let _ = write!(terminal, "\r\x1b[K{line}").and_then(|()| terminal.flush());
}
