//! The events of a body, turned into lines.

use quick_xml::events::{BytesStart, Event};

use super::super::DocumentError;
use super::numbering::{Numbering, number, value};

/// Cells inside each other, above which a table is made to hurt.
const DEEPEST: usize = 64;

/// Reads the body; its text, and whether it was cut off at about `most` bytes.
pub(super) fn read(
    xml: &[u8],
    numbering: Numbering,
    most: usize,
) -> Result<(String, bool), DocumentError> {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let mut body = Body::new(numbering);
    let mut any = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                any = true;
                body.start(&tag)?;
            }
            Ok(Event::Empty(tag)) => {
                body.start(&tag)?;
                body.end(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => body.end(tag.local_name().as_ref()),
            Ok(Event::Text(text)) => body.text(&text),
            Ok(Event::CData(text)) => body.text(&text),
            Ok(Event::GeneralRef(name)) => body.text(&entity(&name)),
            Ok(Event::Eof) if any => return Ok((body.out, false)),
            // What was read before the damage is there to be used.
            Err(_) if !body.out.is_empty() => return Ok((body.out, true)),
            Ok(Event::Eof) | Err(_) => return Err(DocumentError::Broken),
            Ok(_) => {}
        }
        if body.out.len() > most {
            return Ok((body.out, true));
        }
    }
}

/// What a reference stands for: a character by number, or one of the five names of XML.
pub(super) fn entity(name: &str) -> String {
    let whole = format!("&{name};");
    quick_xml::escape::unescape(&whole).map_or_else(|_| String::new(), std::borrow::Cow::into_owned)
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Paragraph,
    Item,
    Row,
}

struct Body {
    numbering: Numbering,
    out: String,
    /// The paragraph being read.
    line: String,
    list: Option<u32>,
    level: usize,
    /// What came before; nothing comes between items of a list, nor between rows of a table.
    before: Before,
    /// Rows being read, each with its cells so far; tables may lie in cells.
    rows: Vec<Vec<String>>,
    /// Inside an element whose text counts.
    in_text: bool,
    /// How many elements deep inside something that is left out.
    skipped: usize,
}

impl Body {
    fn new(numbering: Numbering) -> Self {
        Self {
            numbering,
            out: String::new(),
            line: String::new(),
            list: None,
            level: 0,
            before: Before::Paragraph,
            rows: Vec::new(),
            in_text: false,
            skipped: 0,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), DocumentError> {
        let name = tag.local_name();
        let name = name.as_ref();
        // Fallbacks repeat what the choice before them says; deleted and moved text is not there.
        if self.skipped > 0 || matches!(name, "Fallback" | "del" | "moveFrom" | "pPrChange") {
            self.skipped += 1;
            return Ok(());
        }
        match name {
            "p" => {
                self.list = None;
                self.level = 0;
            }
            "t" => self.in_text = true,
            "tab" if !self.line.is_empty() => self.line.push('\t'),
            "br" | "cr" => self.line.push('\n'),
            "noBreakHyphen" => self.line.push('-'),
            "numId" => self.list = number(tag, "val").filter(|list| *list > 0),
            "ilvl" => self.level = number(tag, "val").unwrap_or(0) as usize,
            "pStyle" if self.list.is_none() => {
                let style = value(tag, "val").unwrap_or_default();
                if let Some((list, level)) = self.numbering.of_style(&style) {
                    self.list = Some(list);
                    self.level = level;
                }
            }
            "tr" => {
                if self.rows.len() >= DEEPEST {
                    return Err(DocumentError::TooLarge);
                }
                self.rows.push(Vec::new());
            }
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => self.paragraph(),
            "tr" => self.row(),
            "tbl" if self.rows.is_empty() => {
                self.before = Before::Paragraph;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if !self.in_text || self.skipped > 0 {
            return;
        }
        self.line
            .extend(text.chars().filter(|sign| *sign != '\u{ad}'));
    }

    fn paragraph(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        let list = self.list.take();
        if line.is_empty() {
            self.before = Before::Paragraph;
            return;
        }
        let marked = match list {
            Some(list) => format!("{}{line}", self.numbering.mark(list, self.level)),
            None => line.to_owned(),
        };
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            if !cell.is_empty() {
                cell.push_str("; ");
            }
            cell.push_str(&marked.split_whitespace().collect::<Vec<_>>().join(" "));
            return;
        }
        let kind = if list.is_some() {
            Before::Item
        } else {
            Before::Paragraph
        };
        self.line_of(kind, &marked);
    }

    /// Adds a line, after an empty one where something else begins.
    fn line_of(&mut self, kind: Before, line: &str) {
        let follows = kind == self.before && kind != Before::Paragraph;
        if !self.out.is_empty() && !follows {
            self.out.push('\n');
        }
        self.out.push_str(line);
        self.out.push('\n');
        self.before = kind;
    }

    fn row(&mut self) {
        let Some(row) = self.rows.pop() else {
            return;
        };
        let row = row.join(" | ");
        if row.trim_matches(['|', ' ']).is_empty() {
            return;
        }
        if let Some(cell) = self.rows.last_mut().and_then(|outer| outer.last_mut()) {
            if !cell.is_empty() {
                cell.push_str("; ");
            }
            cell.push_str(&row);
            return;
        }
        self.line_of(Before::Row, &row);
    }
}
