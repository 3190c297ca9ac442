//! Dates against tables that were worked out by hand from the conventions of `docs/tasks.md`.

#[cfg(test)]
mod properties;

use extract::date::{FoundDate, deadline, find};
use extract::{Grain, Policy};
use jiff::Zoned;

#[cfg(test)]
fn reference() -> Zoned {
    "2026-03-11T10:00:00+01:00[Europe/Berlin]".parse().unwrap()
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

fn grain(date: &FoundDate) -> &'static str {
    match date.grain {
        Grain::Second => "second",
        Grain::Minute => "minute",
        Grain::Hour => "hour",
        Grain::Day => "day",
        Grain::Week => "week",
        Grain::Month => "month",
        Grain::Quarter => "quarter",
        Grain::Year => "year",
    }
}

/// Gathers every row that differs, so that one run shows them all.
fn assert_no(differences: &[String]) {
    assert!(
        differences.is_empty(),
        "{} rows differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn phrases_have_start_grain_and_due() {
    let now = reference();
    let mut differences = Vec::new();
    for row in rows(include_str!("phrases.tsv")) {
        let [text, start, wanted_grain, due] = row[..] else {
            panic!("four columns: {row:?}")
        };
        let found = find(text, &now, &Policy::default());
        let read = match &found[..] {
            [date] => format!(
                "{}\t{}\t{}",
                date.start.strftime("%Y-%m-%d %H:%M"),
                grain(date),
                date.due
            ),
            several => format!("{} dates", several.len()),
        };
        let wanted = format!("{start}\t{wanted_grain}\t{due}");
        let whole = found
            .first()
            .is_some_and(|date| date.bytes == (0..text.len()));
        if read != wanted {
            differences.push(format!("{text}: {read}, not {wanted}"));
        } else if !whole {
            differences.push(format!(
                "{text}: only {:?} was read",
                &text[found[0].bytes.clone()]
            ));
        }
    }
    assert_no(&differences);
}

#[test]
fn phrases_are_found_inside_sentences() {
    let now = reference();
    let mut differences = Vec::new();
    for row in rows(include_str!("phrases.tsv")) {
        let (text, due) = (row[0], row[3]);
        let sentence = format!("Please finish it {text}, thanks.");
        let found = find(&sentence, &now, &Policy::default());
        let supported = found.iter().any(|date| date.due.to_string() == due);
        let weak = [
            "spring 2027",
            "Sat",
            "24.12.",
            "the 3rd",
            "Mon",
            "now",
            "20260320",
        ]
        .contains(&text);
        if !supported && !weak {
            differences.push(format!(
                "{sentence}: {:?}",
                found.iter().map(|d| d.due.to_string()).collect::<Vec<_>>()
            ));
        }
    }
    assert_no(&differences);
}

#[test]
fn deadlines_follow_the_conventions() {
    let mut differences = Vec::new();
    for row in rows(include_str!("deadlines.tsv")) {
        let [now, text, wanted] = row[..] else {
            panic!("three columns: {row:?}")
        };
        let now: Zoned = now.parse().unwrap();
        let due = deadline(text, &now, &Policy::default());
        let due = due.map_or_else(|| "-".to_owned(), |due| due.to_string());
        if due != wanted {
            differences.push(format!("{text}: {due}, not {wanted}"));
        }
    }
    assert_no(&differences);
}

#[test]
fn repetitions_become_rules() {
    let now = reference();
    let mut differences = Vec::new();
    for row in rows(include_str!("recurrences.tsv")) {
        let [text, rule, due] = row[..] else {
            panic!("three columns: {row:?}")
        };
        let found = find(text, &now, &Policy::default());
        let read = found.first().map_or_else(
            || "-".to_owned(),
            |date| {
                format!(
                    "{}\t{}",
                    date.recurrence.as_deref().unwrap_or("-"),
                    date.due
                )
            },
        );
        if read != format!("{rule}\t{due}") {
            differences.push(format!("{text}: {read}, not {rule}\t{due}"));
        }
    }
    assert_no(&differences);
}

#[test]
fn texts_without_a_date_have_none() {
    let now = reference();
    let mut differences = Vec::new();
    for text in include_str!("traps.txt")
        .lines()
        .filter(|line| !line.starts_with("# "))
    {
        for date in find(text, &now, &Policy::default()) {
            differences.push(format!(
                "{text}: {:?} as {}",
                &text[date.bytes.clone()],
                date.due
            ));
        }
    }
    assert_no(&differences);
}

#[test]
fn day_first_and_both_ways_are_policies() {
    let now = reference();
    let day_first = Policy {
        day_first: true,
        ..Policy::default()
    };
    let both_ways = Policy {
        forward: false,
        ..Policy::default()
    };
    let table = [
        ("3/4/2026", &day_first, "2026-04-03"),
        ("by 3/4", &day_first, "2026-04-03"),
        ("12/25/2026", &day_first, "2026-12-25"),
        ("Monday", &both_ways, "2026-03-09"),
        ("Saturday", &both_ways, "2026-03-14"),
        ("1 February", &both_ways, "2026-02-01"),
        ("in December", &both_ways, "2025-12-31"),
        ("20 October", &both_ways, "2025-10-20"),
        ("the 3rd", &both_ways, "2026-03-03"),
    ];
    for (text, policy, due) in table {
        let found = find(text, &now, policy);
        assert_eq!(
            found.first().map(|date| date.due.to_string()).as_deref(),
            Some(due),
            "{text}"
        );
    }
}
