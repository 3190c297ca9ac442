//! How often the deadline read from a labelled phrase is exactly the labelled one.

use std::collections::BTreeMap;

use extract::Policy;
use extract::date::deadline;
use jiff::Zoned;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::TimeZone;
use serde::Deserialize;

/// A phrase and the deadline it sets.
#[derive(Debug, Clone, Deserialize)]
pub struct Phrase {
    /// Names it in reports.
    pub id: String,
    /// Its words.
    pub text: String,
    /// When it was written, RFC 3339.
    #[serde(rename = "ref")]
    pub reference: String,
    /// IANA zone of the writer; the offset of the reference where absent.
    #[serde(default)]
    pub tz: Option<String>,
    /// Date, or date-time with offset; none where the phrase sets no deadline.
    pub due: Option<String>,
    /// Further deadlines that are as good.
    #[serde(default)]
    pub due_alt: Vec<Option<String>>,
    /// What kind of phrase it is.
    pub kind: String,
}

/// How many were right, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Right ones.
    pub right: usize,
    /// All of them.
    pub all: usize,
}

impl Tally {
    /// Share of the right ones, from 0 to 1.
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of phrases are far below 2^52"
    )]
    pub fn share(self) -> f64 {
        if self.all == 0 {
            return 0.0;
        }
        self.right as f64 / self.all as f64
    }
}

/// A phrase that was read otherwise than labelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Which phrase.
    pub id: String,
    /// Its text, what was read and what was to be read.
    pub what: String,
}

/// What comes of a set of phrases.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Of all phrases.
    pub total: Tally,
    /// By their kind.
    pub kinds: BTreeMap<String, Tally>,
    /// Those read otherwise, in order.
    pub misses: Vec<Miss>,
}

/// Reads phrases, one JSON object a line.
///
/// # Errors
/// When a line is no phrase; the message names the line.
pub fn read(lines: &str) -> Result<Vec<Phrase>, String> {
    crate::objects(lines)
}

/// The moment a phrase was written, in its writer's zone.
///
/// # Errors
/// When the moment or the zone cannot be read.
pub fn written_at(phrase: &Phrase) -> Result<Zoned, String> {
    let text = &phrase.reference;
    let told = |error: jiff::Error| format!("{}: {error}", phrase.id);
    let moment: jiff::Timestamp = text.parse().map_err(told)?;
    let pieces = DateTimeParser::new().parse_pieces(text).map_err(told)?;
    let offset = pieces.to_numeric_offset().unwrap_or(jiff::tz::Offset::UTC);
    let zone = match &phrase.tz {
        Some(name) => TimeZone::get(name).map_err(told)?,
        None => TimeZone::fixed(offset),
    };
    Ok(moment.to_zoned(zone))
}

/// Compares the deadline of every phrase with its label: exactly, a day with a day and a moment
/// with a moment.
///
/// # Errors
/// As [`written_at`].
pub fn score(phrases: &[Phrase]) -> Result<Report, String> {
    let mut report = Report::default();
    let policy = Policy::default();
    for phrase in phrases {
        let read = deadline(&phrase.text, &written_at(phrase)?, &policy).map(|due| due.to_string());
        let right = read == phrase.due || phrase.due_alt.contains(&read);
        let kind = report.kinds.entry(phrase.kind.clone()).or_default();
        for tally in [kind, &mut report.total] {
            tally.all += 1;
            tally.right += usize::from(right);
        }
        if !right {
            let shown = |due: &Option<String>| due.clone().unwrap_or_else(|| "none".to_owned());
            report.misses.push(Miss {
                id: phrase.id.clone(),
                what: format!(
                    "{:?}: {}, not {}",
                    phrase.text,
                    shown(&read),
                    shown(&phrase.due)
                ),
            });
        }
    }
    Ok(report)
}
