//! Proposals as they are kept beside a file: the same words that go over the wire, read back.

use extract::{Area, Category};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::{Offset, TimeZone};

/// A deadline with the offset that was in force where it was written.
pub(crate) mod due {
    use super::{Date, DateTimeParser, Offset, TimeZone, Timestamp};
    use extract::Due;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde calls it like this")]
    pub(crate) fn serialize<S: Serializer>(due: &Option<Due>, to: S) -> Result<S::Ok, S::Error> {
        due.serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Due>, D::Error> {
        let Some(text) = Option::<String>::deserialize(from)? else {
            return Ok(None);
        };
        let due = read(&text).ok_or_else(|| serde::de::Error::custom("no deadline"))?;
        Ok(Some(due))
    }

    fn read(text: &str) -> Option<Due> {
        if let Ok(day) = text.parse::<Date>()
            && text.len() == "2026-03-10".len()
        {
            return Some(Due::Day(day));
        }
        let moment: Timestamp = text.parse().ok()?;
        let pieces = DateTimeParser::new().parse_pieces(text).ok()?;
        let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
        Some(Due::Moment(moment.to_zoned(TimeZone::fixed(offset))))
    }
}

/// The name of a category or an area.
pub(crate) fn word<'de, D: serde::Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    let word = <String as serde::Deserialize>::deserialize(from)?;
    let categories = Category::ALL.into_iter().map(Category::name);
    let mut known = categories.chain(Area::ALL.into_iter().map(Area::name));
    let known = known.find(|known| *known == word);
    known.ok_or_else(|| serde::de::Error::custom("an unknown category or area"))
}
