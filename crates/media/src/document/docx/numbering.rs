//! Which lists have bullets and which have numbers (ECMA-376 part 1, §17.9), and how far each has come.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

/// Levels a list has (§17.9.6).
const LEVELS: usize = 9;

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Whether a level of an abstract list has numbers.
    numbered: HashMap<(u32, usize), bool>,
    /// Which abstract list a list follows.
    lists: HashMap<u32, u32>,
    /// Lists that paragraphs are in by their style.
    styles: HashMap<String, (u32, usize)>,
    /// How far each list has come, level by level.
    counts: HashMap<u32, [u32; LEVELS]>,
}

impl Numbering {
    /// Reads `word/numbering.xml`, as far as it can be read.
    pub(super) fn read(xml: &[u8]) -> Self {
        let mut reader = quick_xml::Reader::from_reader(xml);
        let mut lists = Self::default();
        let (mut kind, mut list, mut level) = (0, 0, 0);
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                    "abstractNum" => kind = number(&tag, "abstractNumId").unwrap_or(0),
                    "lvl" => level = number(&tag, "ilvl").unwrap_or(0) as usize,
                    "numFmt" => {
                        let bullets =
                            matches!(value(&tag, "val").as_deref(), Some("bullet" | "none"));
                        lists.numbered.entry((kind, level)).or_insert(!bullets);
                    }
                    "num" => list = number(&tag, "numId").unwrap_or(0),
                    "abstractNumId" => {
                        lists.lists.insert(list, number(&tag, "val").unwrap_or(0));
                    }
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => return lists,
                Ok(_) => {}
            }
        }
    }

    /// Reads from `word/styles.xml` which styles are lists, as far as it can be read.
    pub(super) fn read_styles(&mut self, xml: &[u8]) {
        let mut reader = quick_xml::Reader::from_reader(xml);
        let (mut style, mut level) = (None, 0);
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                    "style" => {
                        style = value(&tag, "styleId");
                        level = 0;
                    }
                    "ilvl" => level = number(&tag, "val").unwrap_or(0) as usize,
                    "numId" => {
                        let list = number(&tag, "val").filter(|list| *list > 0);
                        if let (Some(style), Some(list)) = (style.clone(), list) {
                            self.styles.insert(style, (list, level));
                        }
                    }
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    /// The list and the level that a style stands for.
    pub(super) fn of_style(&self, style: &str) -> Option<(u32, usize)> {
        self.styles.get(style).copied()
    }

    /// What stands before the next item of a list.
    pub(super) fn mark(&mut self, list: u32, level: usize) -> String {
        let level = level.min(LEVELS - 1);
        let indent = "  ".repeat(level);
        let kind = self.lists.get(&list).copied();
        let numbered = kind.and_then(|kind| self.numbered.get(&(kind, level)).copied());
        if numbered != Some(true) {
            return format!("{indent}- ");
        }
        let counts = self.counts.entry(list).or_default();
        counts[level] += 1;
        counts[level + 1..].fill(0);
        format!("{indent}{}. ", counts[level])
    }
}

/// An attribute by its name without prefix.
pub(super) fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.as_ref().to_owned())
}

/// An attribute that is a number.
pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    value(tag, name)?.trim().parse().ok()
}
