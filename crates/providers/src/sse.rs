//! Reading what a provider sends piece by piece: server-sent events and lines of JSON.
//!
//! Bytes go in as the network cuts them, anywhere, also inside a UTF-8 character; whole frames come
//! out. The event format is that of the WHATWG HTML standard, section 9.2.6, except that an event
//! the body ends in is given out instead of dropped: some servers leave out the last empty line.

use std::ops::Range;

/// No single line or event is larger than this many bytes.
const MAX_FRAME: usize = 4 * 1024 * 1024;

/// A line or an event outgrew the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a single event is larger than 4 MiB")]
pub(crate) struct TooLarge;

/// One event, or one line of a line protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The `event:` field; none for lines.
    pub(crate) event: Option<String>,
    /// The payload.
    pub(crate) data: String,
}

impl Frame {
    /// A whole body as one frame.
    pub(crate) fn whole(body: &[u8]) -> Self {
        Self {
            event: None,
            data: String::from_utf8_lossy(body).into_owned(),
        }
    }
}

/// How frames are told apart.
#[derive(Debug)]
pub(crate) enum Framing {
    /// `text/event-stream`.
    Events(EventParser),
    /// One JSON value per line.
    Lines(LineSplitter),
    /// No frames at all: the body is one value, from a server that does not stream.
    Whole(Vec<u8>),
}

impl Framing {
    /// Server-sent events.
    pub(crate) fn events() -> Self {
        Self::Events(EventParser::default())
    }

    /// Lines.
    pub(crate) fn lines() -> Self {
        Self::Lines(LineSplitter::default())
    }

    /// Takes what has arrived.
    ///
    /// # Errors
    /// When a line or event grows beyond four mebibytes.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), TooLarge> {
        match self {
            Self::Events(parser) => parser.lines.push(bytes),
            Self::Lines(lines) => lines.push(bytes),
            Self::Whole(body) => {
                body.extend_from_slice(bytes);
                if body.len() > MAX_FRAME {
                    return Err(TooLarge);
                }
                Ok(())
            }
        }
    }

    /// The next whole frame.
    ///
    /// # Errors
    /// As [`Framing::push`].
    pub(crate) fn next_frame(&mut self) -> Result<Option<Frame>, TooLarge> {
        match self {
            Self::Events(parser) => parser.next_event(),
            Self::Lines(lines) => Ok(lines.next_filled()),
            Self::Whole(_) => Ok(None),
        }
    }

    /// What is left when the body has ended.
    ///
    /// # Errors
    /// As [`Framing::push`].
    pub(crate) fn end(&mut self) -> Result<Option<Frame>, TooLarge> {
        if let Self::Whole(body) = self {
            return Ok(Some(Frame::whole(body)));
        }
        // An empty line ends whatever is unfinished.
        self.push(b"\n\n")?;
        self.next_frame()
    }
}

/// Splits bytes into lines ended by LF, CR LF or CR.
#[derive(Debug, Default)]
pub(crate) struct LineSplitter {
    buffer: Vec<u8>,
    /// Where the unread part of the buffer begins.
    start: usize,
    /// How far the unread part has been searched for a line's end.
    searched: usize,
    /// A CR ended the last line: an LF right after it belongs to it.
    after_cr: bool,
    /// Whether the first bytes have been looked at for a byte order mark.
    past_mark: bool,
}

impl LineSplitter {
    fn push(&mut self, bytes: &[u8]) -> Result<(), TooLarge> {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
        // Whole lines are taken out before the next push, so what waits is one line's beginning
        // and what has just arrived.
        if self.searched > MAX_FRAME {
            return Err(TooLarge);
        }
        Ok(())
    }

    /// Where in the buffer the next whole line lies, without its end.
    fn next_line(&mut self) -> Option<Range<usize>> {
        self.skip_mark()?;
        if self.after_cr && self.start < self.buffer.len() {
            self.after_cr = false;
            if self.buffer.get(self.start) == Some(&b'\n') {
                self.start += 1;
                self.searched = self.searched.max(self.start);
            }
        }
        let unsearched = self.buffer.get(self.searched..).unwrap_or_default();
        let Some(offset) = unsearched
            .iter()
            .position(|&byte| byte == b'\n' || byte == b'\r')
        else {
            self.searched = self.buffer.len();
            return None;
        };
        let end = self.searched + offset;
        let line = self.start..end;
        self.after_cr = self.buffer.get(end) == Some(&b'\r');
        self.start = end + 1;
        self.searched = self.start;
        Some(line)
    }

    /// Passes over a byte order mark; none while the first bytes may still become one.
    fn skip_mark(&mut self) -> Option<()> {
        const MARK: &[u8] = b"\xEF\xBB\xBF";
        if self.past_mark {
            return Some(());
        }
        if self.buffer.len() < MARK.len() && MARK.starts_with(&self.buffer) {
            return None;
        }
        self.past_mark = true;
        if self.buffer.starts_with(MARK) {
            self.start = MARK.len();
            self.searched = MARK.len();
        }
        Some(())
    }

    fn text(&self, line: Range<usize>) -> String {
        String::from_utf8_lossy(self.buffer.get(line).unwrap_or_default()).into_owned()
    }

    /// The next line that has something in it.
    fn next_filled(&mut self) -> Option<Frame> {
        loop {
            let line = self.next_line()?;
            let text = self.text(line);
            if !text.trim().is_empty() {
                return Some(Frame {
                    event: None,
                    data: text,
                });
            }
        }
    }
}

/// Puts lines together to events.
#[derive(Debug, Default)]
pub(crate) struct EventParser {
    lines: LineSplitter,
    event: Option<String>,
    data: Option<String>,
}

impl EventParser {
    fn next_event(&mut self) -> Result<Option<Frame>, TooLarge> {
        while let Some(line) = self.lines.next_line() {
            if line.is_empty() {
                let event = self.event.take();
                if let Some(data) = self.data.take() {
                    return Ok(Some(Frame { event, data }));
                }
                continue;
            }
            // A comment; a stream may have many of them to stay alive.
            if self.lines.buffer.get(line.start) == Some(&b':') {
                continue;
            }
            let line = self.lines.text(line);
            self.field(&line)?;
        }
        Ok(None)
    }

    fn field(&mut self, line: &str) -> Result<(), TooLarge> {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                match &mut self.data {
                    Some(data) => {
                        data.push('\n');
                        data.push_str(value);
                    }
                    None => self.data = Some(value.to_owned()),
                }
                if self
                    .data
                    .as_ref()
                    .is_some_and(|data| data.len() > MAX_FRAME)
                {
                    return Err(TooLarge);
                }
            }
            "event" => self.event = Some(value.to_owned()),
            // `id`, `retry` and anything unknown say nothing to us.
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
