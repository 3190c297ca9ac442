//! Line by line to the units of a text: what a heading says holds until the next, and sentences know
//! their item, their speaker and their label.

use std::ops::Range;

use super::line::{Line, Shape};
use super::{
    Document, Entry, Fields, Item, Owner, Place, Section, Unit, attribute, label, layout, moment,
    row, section, sentence, table,
};
use crate::lexicon;

/// A run of lines that is read as one piece.
pub(super) struct Block {
    range: Range<usize>,
    item: Option<Item>,
    indent: usize,
}

pub(super) struct Reader<'t> {
    text: &'t str,
    pub(super) document: Document,
    pub(super) speech: label::Speech,
    section: Section,
    heading: Option<Range<usize>>,
    heading_level: usize,
    heading_owner: Option<Owner>,
    heading_bound: bool,
    pub(super) pending: Option<Block>,
    /// Attributes of the block being read that stand on other lines.
    pub(super) pending_fields: Fields,
    open_items: Vec<(usize, usize)>,
    items: usize,
    blocks: usize,
    last_owner: Option<Owner>,
    table: table::Table,
    pub(super) wrapped_at: Option<usize>,
    /// Several lines end near that width.
    pub(super) wraps: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            document: Document::default(),
            speech: label::Speech::default(),
            section: Section::Plain,
            heading: None,
            heading_level: 0,
            heading_owner: None,
            heading_bound: false,
            pending: None,
            pending_fields: Fields::default(),
            open_items: Vec::new(),
            items: 0,
            blocks: 0,
            last_owner: None,
            table: table::Table::default(),
            wrapped_at: None,
            wraps: false,
        }
    }

    pub(super) fn line(&mut self, line: &Line, next: Option<&Line>) {
        match &line.shape {
            Shape::Blank => {
                self.flush();
                self.table = table::Table::default();
                // A heading without a rank of its own reaches to the end of its paragraph, unless a
                // list comes after the gap.
                let list_follows =
                    next.is_some_and(|line| matches!(line.shape, Shape::Item { .. }));
                if self.heading_bound && !list_follows && self.items_under_heading() {
                    self.leave_heading();
                }
            }
            Shape::Rule | Shape::Quoted => self.flush(),
            Shape::Row => self.row(line.range.clone()),
            Shape::Heading { level } => self.open_heading(line.range.clone(), *level),
            Shape::Item { number, .. }
                if number.is_some()
                    && next
                        .is_some_and(|next| layout::numbers_a_heading(self.text, line, next)) =>
            {
                self.open_heading(line.range.clone(), 6);
            }
            Shape::Item {
                indent,
                checked,
                number,
            } => {
                self.flush();
                let item = self.open_item(*indent, *checked, *number);
                self.pending = Some(Block {
                    range: line.range.clone(),
                    item: Some(item),
                    indent: *indent,
                });
            }
            Shape::Text { indent } => {
                let heads = next.is_some_and(|next| section::heads(self.text, line, next));
                if heads {
                    self.open_heading(line.range.clone(), 7);
                } else if let Some(block) = self.pending.as_mut().filter(|block| {
                    line.continues(
                        self.text,
                        block.range.clone(),
                        *indent,
                        block.item.as_ref().map(|_| block.indent),
                        self.wrapped_at,
                        self.wraps,
                    ) && !label::starts(
                        self.text,
                        line.range.clone(),
                        &self.speech,
                        &self.document.people,
                    )
                }) {
                    block.range.end = line.range.end;
                } else {
                    self.flush();
                    self.pending = Some(Block {
                        range: line.range.clone(),
                        item: None,
                        indent: *indent,
                    });
                }
            }
        }
    }

    fn items_under_heading(&self) -> bool {
        let heading = self.heading.as_ref();
        self.document
            .units
            .last()
            .is_some_and(|unit| unit.place.heading.as_ref() == heading)
    }

    fn leave_heading(&mut self) {
        self.section = Section::Plain;
        self.heading = None;
        self.heading_owner = None;
        self.heading_bound = false;
        self.open_items.clear();
    }

    fn open_heading(&mut self, range: Range<usize>, level: usize) {
        self.flush();
        self.open_items.clear();
        let words = self.text[range.clone()].trim_end_matches([':', '*', '#', ' ']);
        // `Steps` above `Expected` are those of a bug report.
        let reproduces = words.trim().eq_ignore_ascii_case("steps")
            && self.text[range.end..].to_lowercase().contains("\nexpected");
        let read = if reproduces {
            Section::Ignored
        } else {
            section::read(words)
        };
        // A sub-heading that says nothing of its own keeps what the one above it said.
        let inherits = level > self.heading_level
            && level < 7
            && read == Section::Plain
            && self.section != Section::Plain;
        if !inherits {
            self.section = read;
            self.heading_level = level;
        }
        self.heading_owner = label::heading_owner(words, &self.document.people);
        self.heading_bound = level == 7;
        if self.document.units.is_empty() && self.document.title.is_none() {
            self.document.title = Some(range.clone());
        }
        self.heading = Some(range);
    }

    fn open_item(&mut self, indent: usize, checked: Option<bool>, number: Option<u32>) -> Item {
        while self
            .open_items
            .last()
            .is_some_and(|(depth, _)| *depth >= indent)
        {
            self.open_items.pop();
        }
        let parent = self.open_items.last().map(|(_, id)| *id);
        let id = self.items;
        self.items += 1;
        self.open_items.push((indent, id));
        Item {
            id,
            parent,
            checked,
            number,
        }
    }

    fn row(&mut self, range: Range<usize>) {
        self.flush();
        for cell in self.table.row(self.text, range.clone()) {
            let owner = cell
                .owner
                .map(|range| Owner::of_work(label::person(&self.text[range])));
            let item = Item {
                id: self.items,
                parent: None,
                checked: cell.checked,
                number: None,
            };
            self.items += 1;
            self.blocks += 1;
            self.document.units.push(Unit {
                range: cell.words,
                scope: range.clone(),
                place: Place {
                    section: cell.section,
                    heading: self.heading.clone(),
                    item: Some(item),
                    first: true,
                    owner,
                    marked: false,
                    today: false,
                    next: false,
                    block: self.blocks,
                    fields: Fields::default(),
                },
            });
        }
    }

    /// Cuts the block read so far into sentences.
    pub(super) fn flush(&mut self) {
        let Some(block) = self.pending.take() else {
            return;
        };
        self.blocks += 1;
        let (pieces, mut fields) = self.attributes(&block);
        fields.join(std::mem::take(&mut self.pending_fields));
        let entry = block.item.is_some()
            && self.section == Section::Plain
            && (layout::is_entry(&self.text[block.range.clone()])
                || self.is_planned(block.range.start));
        let section = if entry { Section::Tasks } else { self.section };
        let owner = fields.owner(self.text);
        let mut item = block.item;
        if fields.done
            && let Some(item) = &mut item
        {
            item.checked = Some(true);
        }
        let mut place = Place {
            section,
            heading: self.heading.clone(),
            item,
            first: true,
            owner: owner.clone().or_else(|| self.heading_owner.clone()),
            marked: false,
            today: false,
            next: false,
            block: self.blocks,
            fields,
        };
        if self.document.chat && place.item.is_none() {
            place.owner = owner.or_else(|| self.last_owner.clone());
        }
        for piece in pieces {
            if !self.row_of_deeds(&piece, &place) {
                self.sentences(piece, &mut place);
            }
        }
    }

    /// Takes the parts of a line in that is a row of deeds: `renew the permit / photos / ring Gran`.
    fn row_of_deeds(&mut self, piece: &Range<usize>, place: &Place) -> bool {
        let asks = matches!(place.section, Section::Plain | Section::Tasks) && !self.document.chat;
        let Some(found) = asks.then(|| row::read(self.text, piece.clone())).flatten() else {
            return false;
        };
        let chained = found.order == row::Order::Chain;
        for (index, part) in found.parts.into_iter().enumerate() {
            self.blocks += 1;
            let waits = chained && row::only_waits(&self.text[part.clone()]);
            let mut own = Place {
                section: if waits { Section::Done } else { Section::Tasks },
                marked: true,
                first: true,
                next: index > 0 && chained,
                heading: found.label.clone().or_else(|| place.heading.clone()),
                block: self.blocks,
                ..place.clone()
            };
            self.sentences(part, &mut own);
        }
        true
    }

    /// Whether a line is one of a calendar whose label is more than the letters of a day.
    fn is_planned(&self, start: usize) -> bool {
        let entries = &self.document.entries;
        let place = entries.partition_point(|entry| entry.range.end <= start);
        // One word or two say what is on, not what is to be done, unless at an hour of their own.
        let told = |entry: &Entry| {
            let words = self.text[entry.range.clone()].split_whitespace();
            let timed = words.clone().last().is_some_and(moment::is_hour);
            let count = words
                .filter(|word| word.contains(char::is_alphabetic))
                .count();
            count > 2 || timed
        };
        entries
            .get(place)
            .is_some_and(|entry| entry.marked && entry.range.start <= start && told(entry))
    }

    /// The words of a block without the attributes behind them, and what those say.
    fn attributes(&self, block: &Block) -> (Vec<Range<usize>>, Fields) {
        let found = attribute::find(self.text, block.range.clone());
        let listed = block.item.is_some() && !self.document.chat;
        if let Some(first) = found.first()
            && first.start > block.range.start
            && attribute::tells(&found, listed)
        {
            let words =
                self.text[block.range.start..first.start].trim_end_matches(attribute::PARTS);
            let rest = found.last().map_or(block.range.end, |last| last.value.end);
            let behind = &self.text[rest..block.range.end];
            let rest = block.range.end - behind.trim_start_matches(attribute::PARTS).len();
            let body = block.range.start..block.range.start + words.len();
            return (
                vec![body, rest..block.range.end],
                Fields::of(self.text, &found),
            );
        }
        (vec![block.range.clone()], Fields::default())
    }

    /// Takes the sentences of a stretch of text in.
    fn sentences(&mut self, piece: Range<usize>, place: &mut Place) {
        let section = place.section;
        let mut start = piece.start;
        for sentence in sentence::split(self.text, piece) {
            let mut brief = false;
            let mut range = sentence.start.max(start)..sentence.end;
            if range.is_empty() {
                continue;
            }
            // `Buy: eggs. Return: the jumper`: what is listed behind another verb is not bought.
            let listed_here = place.section == Section::Shopping && section != place.section;
            if listed_here && opens_with_verb(&self.text[range.clone()]) {
                place.section = section;
                place.first = true;
            }
            // Labels can follow one another: `Today – Otto: …`, `Maeve — y: …`.
            for _ in 0..3 {
                let listed = place.item.is_some();
                let people = &self.document.people;
                let Some(label) = label::read(
                    self.text,
                    range.clone(),
                    &self.speech,
                    people,
                    listed,
                    place.first,
                ) else {
                    break;
                };
                range.start = label.end;
                start = label.end;
                brief = label.brief;
                self.put_label(label, place);
            }
            if !self.text[range.clone()].trim().is_empty() {
                let scope = range.clone();
                self.document.units.push(Unit {
                    range,
                    scope,
                    place: place.clone(),
                });
                place.first = false;
            }
            if brief {
                place.section = section;
            }
        }
    }

    /// A line that says whose work the items below it are.
    pub(super) fn owned(&mut self, range: Range<usize>, owner: Range<usize>) {
        self.open_heading(range, 7);
        self.heading_owner = Some(Owner::of_work(label::person(&self.text[owner])));
    }

    fn put_label(&mut self, label: label::Label, place: &mut Place) {
        if let Some(owner) = label.owner {
            if owner.speaks {
                self.last_owner = Some(owner.clone());
                self.blocks += usize::from(!place.first);
                place.block = self.blocks;
                self.note_speaker(owner.name.as_deref());
            }
            place.owner = Some(owner);
        }
        if let Some(section) = label.section {
            place.section = section;
            place.marked = matches!(
                section,
                Section::Tasks | Section::Shopping | Section::Someday
            );
            place.today = label.today;
        }
        place.first = true;
    }

    /// The title is kept as words that name what the text is about; it asks for nothing.
    pub(super) fn tell_title(&mut self, range: Range<usize>) {
        self.blocks += 1;
        self.document.units.push(Unit {
            range: range.clone(),
            scope: range,
            place: Place {
                section: Section::Ignored,
                heading: None,
                item: None,
                first: true,
                owner: None,
                marked: false,
                today: false,
                next: false,
                block: self.blocks,
                fields: Fields::default(),
            },
        });
    }

    /// What follows is said by somebody else.
    pub(super) fn speaks(&mut self, name: &str) {
        self.flush();
        self.leave_heading();
        let name = label::person(name);
        self.note_speaker(name.as_deref());
        self.document
            .people
            .extend(name.iter().map(|name| name.to_lowercase()));
        self.last_owner = Some(Owner { name, speaks: true });
    }

    fn note_speaker(&mut self, name: Option<&str>) {
        if let Some(name) = name
            && !self.document.speakers.iter().any(|known| known == name)
        {
            self.document.speakers.push(name.to_owned());
        }
    }
}

/// `Return: …`, a verb for what is listed behind its colon.
fn opens_with_verb(words: &str) -> bool {
    let verb = words.split_once(':').map(|(verb, _)| verb.to_lowercase());
    verb.is_some_and(|verb| {
        lexicon::base_verb(&verb).is_some() && section::read(&verb) != Section::Shopping
    })
}
