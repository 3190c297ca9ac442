//! What is told while files are fetched, and how it looks: a bar on a terminal, otherwise a line now
//! and then.

use std::io::{self, Write};
use std::time::Duration;

const LINE_EVERY: Duration = Duration::from_secs(5);
const BAR: usize = 24;

/// Something that happened while fetching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A model was complete already.
    Kept {
        /// The model.
        model: String,
    },
    /// A source is tried.
    Begin {
        /// The model.
        model: String,
        /// The file.
        file: String,
        /// Where it comes from.
        source: String,
        /// Bytes there from an earlier attempt.
        done: u64,
        /// Bytes of the whole file.
        total: u64,
    },
    /// More bytes came.
    Progress(Progress),
    /// A source failed; the next one is tried.
    Failed {
        /// The model.
        model: String,
        /// The file.
        file: String,
        /// The source.
        source: String,
        /// Why.
        why: String,
    },
    /// A file is there and its sum is right.
    Done {
        /// The model.
        model: String,
        /// The file.
        file: String,
        /// Its size.
        bytes: u64,
    },
}

/// How far one file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The model.
    pub model: String,
    /// The file.
    pub file: String,
    /// Bytes there or on their way.
    pub done: u64,
    /// Bytes of the whole file.
    pub total: u64,
    /// Bytes per second since this source was begun.
    pub rate: u64,
    /// Time since this source was begun.
    pub elapsed: Duration,
}

impl Progress {
    /// Time left at the present rate; unknown while nothing has come.
    pub fn left(&self) -> Option<Duration> {
        let missing = self.total.saturating_sub(self.done);
        (self.rate > 0).then(|| Duration::from_secs(missing.div_ceil(self.rate)))
    }

    /// From 0 to 100.
    pub fn percent(&self) -> u8 {
        percent(self.done, self.total)
    }
}

/// `done` of `total` in whole percent.
pub(crate) fn percent(done: u64, total: u64) -> u8 {
    let share = u128::from(done.min(total)) * 100 / u128::from(total.max(1));
    u8::try_from(share).unwrap_or(100)
}

/// Writes events for people.
#[derive(Debug)]
pub struct Printer<W> {
    out: W,
    terminal: bool,
    next_line: Duration,
}

impl<W: Write> Printer<W> {
    /// A printer onto `out`; on a terminal one line is drawn again and again.
    pub fn new(out: W, terminal: bool) -> Self {
        Self {
            out,
            terminal,
            next_line: LINE_EVERY,
        }
    }

    /// Shows one event.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn show(&mut self, event: &Event) -> io::Result<()> {
        let clear = if self.terminal { "\r\x1b[K" } else { "" };
        match event {
            Event::Kept { model } => writeln!(self.out, "{clear}{model}: already installed"),
            Event::Begin {
                model,
                file,
                source,
                done,
                total,
            } => {
                self.next_line = LINE_EVERY;
                let total = size(*total);
                write!(self.out, "{clear}{model}/{file}: {total} from {source}")?;
                match done {
                    0 => writeln!(self.out),
                    done => writeln!(self.out, ", {} already there", size(*done)),
                }
            }
            Event::Progress(progress) if self.terminal => {
                write!(self.out, "{clear}{}", bar(progress))?;
                self.out.flush()
            }
            Event::Progress(progress) if progress.elapsed >= self.next_line => {
                self.next_line = progress.elapsed + LINE_EVERY;
                writeln!(self.out, "{}", line(progress))
            }
            Event::Progress(_) => Ok(()),
            Event::Failed {
                model,
                file,
                source,
                why,
            } => writeln!(self.out, "{clear}{model}/{file}: {source}: {why}"),
            Event::Done { model, file, bytes } => {
                writeln!(self.out, "{clear}{model}/{file}: {} verified", size(*bytes))
            }
        }
    }
}

fn line(progress: &Progress) -> String {
    let left = progress
        .left()
        .map_or(String::new(), |left| format!(", {} left", duration(left)));
    format!(
        "{}/{}: {} % ({} of {}), {}/s{left}",
        progress.model,
        progress.file,
        progress.percent(),
        size(progress.done),
        size(progress.total),
        size(progress.rate),
    )
}

fn bar(progress: &Progress) -> String {
    let full = usize::from(progress.percent()) * BAR / 100;
    let drawn = format!("{}{}", "#".repeat(full), "-".repeat(BAR - full));
    format!("[{drawn}] {}", line(progress))
}

/// A size for people, in powers of ten.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!(
            "{}.{:02} GB",
            bytes / 1_000_000_000,
            bytes % 1_000_000_000 / 10_000_000
        ),
    }
}

fn duration(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
