//! How a text is laid out: what is a heading, an item, a message, a mail's small print.
//!
//! The result is a list of [`Unit`]s, sentences in the order of the text, each with its [`Place`]:
//! under which heading, in which item, said by whom. Nothing here looks for tasks.

mod announced;
mod attribute;
mod boxes;
mod breaks;
mod calendar;
mod calls;
mod clock;
mod graded;
mod label;
mod layout;
mod line;
mod mail;
mod moment;
mod parties;
mod quiet;
mod reader;
mod record;
mod row;
mod scanned;
mod section;
mod sentence;
mod speaker;
mod spoken;
mod standup;
mod table;
mod turns;
mod writer;

use std::ops::Range;

pub(crate) use announced::in_lines as with_jobs;
pub(crate) use attribute::Fields;
pub(crate) use boxes::in_lines as with_boxes;
pub(crate) use calendar::Entry;
pub(crate) use clock::with_colons;
pub(crate) use label::Owner;
pub(crate) use layout::is_meeting;
pub(crate) use record::{heads_ticket, is_ticket};
pub(crate) use scanned::with_digits;
pub(crate) use section::{Section, heading_verb as section_verb};
pub(crate) use spoken::with_marks;
pub(crate) use table::{bar_cells, gap_cells, names_days, names_owner};
pub(crate) use turns::in_lines as with_turns;

use crate::person::Named;
use line::{Line, Shape};
use reader::Reader;

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its index among the items of the text.
    pub id: usize,
    /// The item it is indented under.
    pub parent: Option<usize>,
    /// `Some(true)` when ticked.
    pub checked: Option<bool>,
    /// Its number in a numbered list.
    pub number: Option<u32>,
}

/// Where a sentence stands.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent observations about the same sentence"
)]
pub(crate) struct Place {
    /// What the heading above it makes of it.
    pub section: Section,
    /// The heading above it.
    pub heading: Option<Range<usize>>,
    /// The item it belongs to.
    pub item: Option<Item>,
    /// Whether it opens its line, item or message.
    pub first: bool,
    /// Who says it, or whose work it is.
    pub owner: Option<Owner>,
    /// A label such as `TODO:` stands before it.
    pub marked: bool,
    /// The label says that it is planned for today.
    pub today: bool,
    /// An arrow leads to it from what stands in front of it: it comes after that.
    pub next: bool,
    /// Sentences of the same paragraph, item or message share this number.
    pub block: usize,
    /// What stands beside its words: `Due: 3 May`.
    pub fields: Fields,
}

/// A sentence of the text.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// Its bytes, without markers and labels.
    pub range: Range<usize>,
    /// The bytes in which its dates and marks are looked for: the row for a cell of a table.
    pub scope: Range<usize>,
    pub place: Place,
}

/// A text, laid out.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent observations about the same text"
)]
pub(crate) struct Document {
    /// Sentences in the order of the text.
    pub units: Vec<Unit>,
    /// Messages of several people one after the other.
    pub chat: bool,
    /// Notes: headings, or items of a list.
    pub notes: bool,
    /// Its first words say that people met: `Dept round. …`, `Aisle huddle`.
    pub met: bool,
    /// Who signed a mail or note.
    pub signer: Option<String>,
    /// To whom a mail is written.
    pub addressee: Option<String>,
    /// Work handed over: what it lists is for the one it is written to.
    pub handed: bool,
    /// People the text names as present, writing or written to; lower case.
    pub people: Named,
    /// What letters stand for: `(J = Joan)`.
    pub legend: Vec<(String, String)>,
    /// Who speaks in a chat, in the order of their first message.
    pub speakers: Vec<String>,
    /// Lines that are quoted or forwarded, with their marks.
    pub(crate) quoted: Vec<Range<usize>>,
    /// Lines of calendars, in the order of the text.
    pub(crate) entries: Vec<Entry>,
    /// The one line that says what the text is about, when it has one.
    pub title: Option<Range<usize>>,
}

/// The first `count` characters of a text.
fn front(text: &str, count: usize) -> &str {
    match text.as_bytes().get(..count) {
        None => text,
        Some(bytes) if bytes.is_ascii() => &text[..count],
        Some(_) => {
            let end = text.char_indices().nth(count);
            &text[..end.map_or(text.len(), |(at, _)| at)]
        }
    }
}

/// Whether there are headings, or items of a list.
fn are_notes(lines: &[Line]) -> bool {
    let items = |line: &&Line| matches!(line.shape, Shape::Item { .. } | Shape::Row);
    let heading = |line: &Line| matches!(line.shape, Shape::Heading { .. });
    lines.iter().filter(items).nth(1).is_some() || lines.iter().any(heading)
}

impl Document {
    pub(crate) fn read(text: &str) -> Self {
        let mut lines = line::lines(text);
        let mut reader = Reader::new(text);
        reader.wrapped_at = layout::wrapped_at(text, &lines);
        reader.wraps = layout::wraps(text, &lines, reader.wrapped_at);
        reader.document.entries = calendar::find(text, &mut lines);
        let envelope = mail::envelope(text, &lines);
        reader.document.signer = envelope.signer;
        reader.document.addressee = envelope.addressee;
        reader.document.people = envelope.people;
        reader.document.quoted = (envelope.quoted.iter())
            .map(|index| lines[*index].range.clone())
            .collect();
        if let Some((giver, taker)) = parties::handed(text) {
            let known = [giver.to_lowercase(), taker.to_lowercase()];
            reader.document.people.extend(known);
            reader.document.signer = reader.document.signer.or(Some(giver));
            reader.document.addressee = Some(taker);
            reader.document.handed = true;
        }
        reader.document.legend = parties::legend(text);
        reader.speech = label::speech(text, &lines);
        reader.speech.legend.clone_from(&reader.document.legend);
        reader.speech.initials = parties::initials(text);
        reader.document.chat = reader.speech.chat && reader.document.entries.is_empty();
        reader
            .document
            .people
            .extend(reader.speech.names.iter().cloned());
        let speakers = speaker::headers(text, &lines);
        reader.document.chat |= !speakers.is_empty();
        layout::counted(text, &mut lines);
        table::find(text, &mut lines);
        let title = layout::titled(text, &mut lines, &envelope.skip);
        let quiet = quiet::lines(text, &lines, &envelope.skip);
        let mut records = record::find(text, &mut lines, &envelope.skip);
        if speakers.is_empty() {
            let reports = standup::find(text, &mut lines, &envelope.skip);
            records.heads.extend(reports);
        }
        if !reader.document.chat {
            layout::bare_lists(text, &mut lines, &envelope.skip);
        }
        reader.document.notes = are_notes(&lines);
        reader.document.met = !reader.document.chat && layout::met(text);
        for (index, line) in lines.iter().enumerate() {
            if let Some(name) = speakers.get(&index) {
                reader.speaks(name);
            } else if let Some(owner) = records.heads.get(&index) {
                reader.owned(line.range.clone(), owner.clone());
            } else if !envelope.skip.contains(&index)
                && !records.skip.contains(&index)
                && !quiet.contains(&index)
            {
                let next = lines.get(index + 1);
                reader.line(line, next);
                if title == Some(index) {
                    reader.tell_title(line.range.clone());
                }
                if let Some(fields) = records
                    .fields
                    .get(&index)
                    .filter(|_| reader.pending.is_some())
                {
                    reader.pending_fields = fields.clone();
                }
            }
        }
        reader.flush();
        if reader.document.chat {
            calls::name_parts(text, &mut reader.document);
        } else {
            reader.document.settle_parties(text);
        }
        reader.document
    }

    /// Whether it is known who speaks in it, or to whom.
    pub(crate) fn is_between_people(&self) -> bool {
        self.chat || self.signer.is_some() || self.addressee.is_some()
    }

    /// Who wrote it to whom, where its envelope does not say.
    fn settle_parties(&mut self, text: &str) {
        if self.signer.is_none() {
            self.signer = writer::signed(text);
        }
        if self.addressee.is_none() {
            self.addressee = writer::greeted(text).or_else(|| parties::quoted(text));
        }
        if let Some(taker) = parties::taker(text) {
            self.addressee = Some(taker);
            self.handed = true;
        }
    }
}
