//! What holds for any text whatever.

use extract::Policy;
use extract::date::{deadline, find};
use extract::quick_add;
use jiff::Zoned;
use proptest::prelude::*;

fn reference() -> Zoned {
    "2026-03-11T10:00:00+01:00[Europe/Berlin]".parse().unwrap()
}

/// Pieces that dates are made of, so that strings made of them go deep into the grammar.
const PIECES: &[&str] = &[
    "next",
    "last",
    "this",
    "friday",
    "the",
    "day",
    "after",
    "before",
    "tomorrow",
    "of",
    "in",
    "3",
    "31",
    "2026",
    "99999",
    "weeks",
    "months",
    "years",
    "every",
    "other",
    "until",
    "march",
    "feb",
    "30",
    "st",
    "rd",
    "3rd",
    "at",
    "9",
    ":",
    "30",
    "pm",
    "-",
    "–",
    "/",
    ".",
    ",",
    "from",
    "to",
    "between",
    "and",
    "a",
    "half",
    "quarter",
    "past",
    "UTC",
    "+",
    "02",
    "Europe/Berlin",
    "T",
    "Z",
    "end",
    "mid",
    "easter",
    "christmas",
    "q3",
    "week",
    "46",
    "noon",
    "midnight",
    "on",
    "by",
    "\n",
    "é",
    "日本",
    "😀",
    "'",
    "’s",
    "(",
    ")",
    "\"",
    "@",
    "#",
    "1st",
    "first",
    "workday",
    "for",
    "hours",
    "9999-12-31",
    "0000",
    "24",
    "now",
    "ago",
    "from now",
    "\u{301}",
    "\u{200b}",
    "İ",
];

fn check(text: &str) -> Result<(), TestCaseError> {
    let now = reference();
    let policy = Policy::default();
    let chars = text.chars().count();
    let mut last = 0;
    for date in find(text, &now, &policy) {
        prop_assert!(
            text.is_char_boundary(date.bytes.start) && text.is_char_boundary(date.bytes.end)
        );
        prop_assert!(date.bytes.start >= last && date.bytes.start < date.bytes.end);
        prop_assert!(date.span.end <= chars);
        let quote: String = text
            .chars()
            .skip(date.span.start)
            .take(date.span.end - date.span.start)
            .collect();
        prop_assert_eq!(&quote, &text[date.bytes.clone()]);
        prop_assert!((0.0..=1.0).contains(&date.certainty));
        prop_assert!(date.start <= date.end, "{:?}", date);
        if let Some(rule) = &date.recurrence {
            prop_assert!(rule.parse::<extract::date::recurrence::Rule>().is_ok());
        }
        last = date.bytes.end;
    }
    let _ = deadline(text, &now, &policy);
    let added = quick_add(text, &now, &policy);
    for piece in added.understood {
        prop_assert!(piece.span.start <= piece.span.end && piece.span.end <= chars);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read_without_a_panic(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_row_of_date_words_is_read_without_a_panic(
        pieces in prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..24)
    ) {
        let mut text = String::new();
        for (piece, space) in pieces {
            text.push_str(piece);
            if space {
                text.push(' ');
            }
        }
        check(&text)?;
    }

    #[test]
    fn reading_is_the_same_twice(text in "[a-z0-9 :/.-]{0,60}") {
        let now = reference();
        prop_assert_eq!(find(&text, &now, &Policy::default()), find(&text, &now, &Policy::default()));
    }
}

/// Work is counted rather than timed: of a text twice as long, twice as many dates are found.
#[test]
fn long_texts_are_read_to_their_end() {
    let now = reference();
    for pattern in [
        "on Friday. ",
        "the day after tomorrow, ",
        "every 3rd of March and ",
        "in 3 days ",
        "1/2/3/4 ",
        "\n",
        "'",
        "a",
        "1",
        "next ",
    ] {
        let once = find(&pattern.repeat(500), &now, &Policy::default()).len();
        let twice = find(&pattern.repeat(1_000), &now, &Policy::default()).len();
        assert!(
            twice.abs_diff(2 * once) <= 2,
            "{pattern:?}: {once} and {twice}"
        );
    }
}
