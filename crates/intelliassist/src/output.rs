//! What commands print: answers on stdout, for people or for programs; everything else on stderr.
//!
//! A reader who closes the pipe ends the command quietly.

use std::fmt::{self, Write as _};
use std::io::{self, IsTerminal, Stdout, Write};

use serde::Serialize;

/// Where answers go.
pub(crate) struct Output {
    to: io::BufWriter<Stdout>,
    colours: bool,
    /// Whether programs read it.
    pub(crate) json: bool,
}

/// How something looks on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// As it is.
    Plain,
    /// Stands out.
    Bold,
    /// Steps back.
    Dim,
    /// Something to mind.
    Red,
    /// In between.
    Yellow,
    /// All is well.
    Green,
}

impl Look {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "\x1b[1m",
            Self::Dim => "\x1b[2m",
            Self::Red => "\x1b[31m",
            Self::Yellow => "\x1b[33m",
            Self::Green => "\x1b[32m",
        }
    }
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    text: String,
    look: Look,
}

/// A cell without a look.
pub(crate) fn cell(text: impl fmt::Display) -> Cell {
    Cell {
        text: tame(&text.to_string()),
        look: Look::Plain,
    }
}

impl Cell {
    /// The same with a look.
    pub(crate) fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }
}

/// Text of others, without what would steer the terminal.
pub(crate) fn tame(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

impl Output {
    /// Answers for programs if `json`, else for people; coloured on a terminal only, and not where
    /// `NO_COLOR` is set.
    pub(crate) fn new(json: bool) -> Self {
        let stdout = io::stdout();
        let colours = stdout.is_terminal()
            && crate::config::variable("NO_COLOR").is_none_or(|no| no.is_empty());
        Self {
            to: io::BufWriter::new(stdout),
            colours,
            json,
        }
    }

    /// One line.
    pub(crate) fn line(&mut self, text: impl fmt::Display) -> io::Result<()> {
        writeln!(self.to, "{text}")
    }

    /// One line with a look.
    pub(crate) fn styled(&mut self, look: Look, text: impl fmt::Display) -> io::Result<()> {
        let text = self.paint(look, &text.to_string());
        self.line(text)
    }

    /// Words without an end of line, shown at once.
    pub(crate) fn words(&mut self, text: &str) -> io::Result<()> {
        self.to.write_all(text.as_bytes())?;
        self.to.flush()
    }

    /// JSON over several lines.
    pub(crate) fn pretty(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.to, value)?;
        self.line("")
    }

    /// Rows below their headings, in columns as wide as they need to be.
    pub(crate) fn table(&mut self, headings: &[&str], rows: &[Vec<Cell>]) -> io::Result<()> {
        let heading = headings
            .iter()
            .map(|text| cell(text).look(Look::Dim))
            .collect();
        let all: Vec<&Vec<Cell>> = std::iter::once(&heading).chain(rows).collect();
        let width = |column: usize| {
            let cells = all.iter().filter_map(|row| row.get(column));
            cells
                .map(|cell| cell.text.chars().count())
                .max()
                .unwrap_or_default()
        };
        let widths: Vec<usize> = (0..headings.len()).map(width).collect();
        for row in &all {
            let mut line = String::new();
            for (index, (cell, width)) in row.iter().zip(&widths).enumerate() {
                line.push_str(&self.paint(cell.look, &cell.text));
                if index + 1 < row.len() {
                    let gap = width - cell.text.chars().count() + 2;
                    // Writing to a text cannot fail.
                    let _ = write!(line, "{:gap$}", "");
                }
            }
            self.line(line.trim_end())?;
        }
        Ok(())
    }

    /// Shows what was written so far.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }

    fn paint(&self, look: Look, text: &str) -> String {
        if self.colours && look != Look::Plain && !text.is_empty() {
            format!("{}{text}\x1b[0m", look.code())
        } else {
            text.to_owned()
        }
    }
}

/// A line on stderr, for whoever is there.
pub(crate) fn note(text: impl fmt::Display) {
    // A closed stderr leaves nowhere to say it.
    let _ = writeln!(io::stderr().lock(), "{text}");
}
