//! What words mean to the date grammar, apart from how a language spells them.
//!
//! A language is a table from spellings to [`Word`]s (see [`super::english`]); the grammar never
//! looks at letters where a meaning will do.

use std::sync::LazyLock;

use crate::hash::HashMap;

use jiff::civil::Weekday;

use super::{english, foreign, spelling};

/// A length of calendar or clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    /// A day on which offices work.
    Workday,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

/// A season of the northern year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// How often, for adverbs such as “weekly”.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Often {
    /// What is counted.
    pub(super) unit: Unit,
    /// Every how many.
    pub(super) interval: u16,
}

/// What a word may mean in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// Any other word.
    Plain,
    /// Any other word that may follow a bare clock number (“at 9 we …”).
    Function,
    /// Perhaps a day or a month of another language (see [`foreign`]): nothing else reads it.
    Foreign,
    Weekday(Weekday),
    Month(i8),
    Unit(Unit),
    Season(Season),
    Number(u16),
    Ordinal(i8),
    Half,
    Today,
    Tonight,
    Tomorrow,
    Yesterday,
    Now,
    Part(Part),
    Noon,
    Midnight,
    /// `am` (false) or `pm` (true).
    Meridiem(bool),
    Oclock,
    Sharp,
    Ish,
    This,
    Next,
    Last,
    Coming,
    Following,
    Past,
    By,
    Until,
    Before,
    After,
    From,
    Since,
    Starting,
    On,
    At,
    In,
    Within,
    For,
    During,
    Due,
    Of,
    The,
    A,
    And,
    Or,
    To,
    Between,
    No,
    Not,
    Around,
    End,
    Start,
    Middle,
    Early,
    Late,
    Later,
    Every,
    Other,
    Often(Often),
    Ago,
    Hence,
    Couple,
    Few,
    /// “end of day” and its like, shortened: what ends.
    EndOf(Unit),
}

static TABLE: LazyLock<HashMap<&'static str, Word>> = LazyLock::new(|| {
    let foreign = foreign::spellings().map(|spelling| (spelling, Word::Foreign));
    foreign.chain(english::WORDS.iter().copied()).collect()
});

/// The meaning of a folded (lower-case) word; misspelt date words count as the word meant.
pub(super) fn meaning(folded: &str) -> Word {
    if folded.len() > 14 {
        return Word::Plain;
    }
    if let Some(word) = TABLE.get(folded) {
        return *word;
    }
    spelling::nearest(folded)
        .and_then(|meant| TABLE.get(meant).copied())
        .unwrap_or(Word::Plain)
}
