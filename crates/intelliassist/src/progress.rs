//! That something is going on, on a terminal, and what: a model may take a while to load.

use std::io::{IsTerminal, Write};
use std::time::Duration;

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
}

impl Waiting {
    /// Shows what is waited for, if a person sees it.
    pub(crate) fn begin(what: &'static str, statuses: &Statuses) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self { task: None };
        }
        let statuses = statuses.clone();
        let task = tokio::spawn(async move {
            let begun = Instant::now();
            tokio::time::sleep(SILENT).await;
            loop {
                let busy = statuses()
                    .into_iter()
                    .find(|state| matches!(state.status.as_str(), "loading" | "downloading"));
                let busy = busy.map_or_else(String::new, |state| {
                    format!(" · {}", wire::describe(&state))
                });
                draw(&format!(
                    "{what} … {:.0} s{busy}",
                    begun.elapsed().as_secs_f64()
                ));
                tokio::time::sleep(EVERY).await;
            }
        });
        Self { task: Some(task) }
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
            draw("");
        }
    }
}

fn draw(line: &str) {
    let mut terminal = std::io::stderr().lock();
    // A terminal that went away needs no line.
    let _ = write!(terminal, "\r\x1b[K{line}").and_then(|()| terminal.flush());
}
