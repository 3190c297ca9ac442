use jiff::civil::DateTime;

use super::{Rule, next_after};

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn occurrences(rule: &str, start: &str, n: usize) -> Vec<String> {
    let start = at(start);
    let mut last = start.checked_sub(jiff::Span::new().seconds(1)).unwrap();
    let mut all = Vec::new();
    for _ in 0..n {
        let Some(next) = next_after(rule, start, last) else {
            break;
        };
        all.push(next.strftime("%Y-%m-%d %H:%M").to_string());
        last = next;
    }
    all
}

/// Rule, start, and the occurrences from there on; a rule that ends has no more than these.
const OCCURRENCES: &str = "\
FREQ=DAILY|2026-02-27T09:00|2026-02-27 09:00,2026-02-28 09:00,2026-03-01 09:00
FREQ=DAILY;INTERVAL=3|2026-03-01T00:00|2026-03-01 00:00,2026-03-04 00:00,2026-03-07 00:00
FREQ=WEEKLY;BYDAY=MO,TH|2026-07-06T00:00|2026-07-06 00:00,2026-07-09 00:00,2026-07-13 00:00
FREQ=WEEKLY;INTERVAL=2;BYDAY=TH|2026-03-12T00:00|2026-03-12 00:00,2026-03-26 00:00,2026-04-09 00:00
FREQ=MONTHLY;BYMONTHDAY=31|2026-01-31T00:00|2026-01-31 00:00,2026-03-31 00:00,2026-05-31 00:00
FREQ=MONTHLY;BYMONTHDAY=-1|2026-01-31T00:00|2026-01-31 00:00,2026-02-28 00:00,2026-03-31 00:00
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1|2026-01-01T00:00|2026-01-30 00:00,2026-02-27 00:00,2026-03-31 00:00
FREQ=MONTHLY;BYDAY=1MO|2026-06-01T10:00|2026-06-01 10:00,2026-07-06 10:00,2026-08-03 10:00
FREQ=MONTHLY;BYDAY=-1FR|2026-06-01T00:00|2026-06-26 00:00,2026-07-31 00:00
FREQ=MONTHLY;INTERVAL=3|2026-01-15T00:00|2026-01-15 00:00,2026-04-15 00:00
FREQ=YEARLY|2024-02-29T00:00|2024-02-29 00:00,2028-02-29 00:00
FREQ=YEARLY;BYMONTH=11;BYDAY=4TH|2026-01-01T00:00|2026-11-26 00:00,2027-11-25 00:00
FREQ=WEEKLY;COUNT=2|2026-03-02T00:00|2026-03-02 00:00,2026-03-09 00:00
FREQ=WEEKLY;UNTIL=20260309|2026-03-02T12:00|2026-03-02 12:00,2026-03-09 12:00
FREQ=HOURLY;INTERVAL=8|2026-03-02T20:00|2026-03-02 20:00,2026-03-03 04:00";

#[test]
fn occurrences_follow_the_rule() {
    for line in OCCURRENCES.lines() {
        let [rule, start, wanted] = line.split('|').collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}");
        };
        let wanted: Vec<&str> = wanted.split(',').collect();
        let extra = usize::from(rule.contains("COUNT") || rule.contains("UNTIL"));
        let found = occurrences(rule, start, wanted.len() + extra);
        assert_eq!(found, wanted, "{rule} from {start}");
    }
}

#[test]
fn an_occurrence_far_ahead_is_found() {
    let found = next_after("FREQ=DAILY", at("2020-01-01T08:00"), at("2026-03-01T08:00"));
    assert_eq!(found, Some(at("2026-03-02T08:00")));
    let found = next_after(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
        at("2026-01-05T00:00"),
        at("2026-03-11T00:00"),
    );
    assert_eq!(found, Some(at("2026-03-16T00:00")));
}

#[test]
fn what_never_happens_is_none() {
    assert_eq!(
        next_after(
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            at("2026-01-01T00:00"),
            at("2026-01-01T00:00")
        ),
        None
    );
    assert_eq!(
        next_after(
            "FREQ=DAILY;COUNT=1",
            at("2026-01-01T00:00"),
            at("2026-01-01T00:00")
        ),
        None
    );
    assert_eq!(
        next_after(
            "FREQ=SOMETIMES",
            at("2026-01-01T00:00"),
            at("2026-01-01T00:00")
        ),
        None
    );
    assert_eq!(
        next_after("INTERVAL=2", at("2026-01-01T00:00"), at("2026-01-01T00:00")),
        None
    );
    assert_eq!(
        next_after(
            "FREQ=DAILY;INTERVAL=0",
            at("2026-01-01T00:00"),
            at("2026-01-01T00:00")
        ),
        None
    );
}

#[test]
fn rules_survive_their_text() {
    for text in [
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;UNTIL=20260531",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5",
        "FREQ=MONTHLY;BYDAY=3TH;COUNT=6",
    ] {
        assert_eq!(text.parse::<Rule>().unwrap().to_string(), text);
    }
}
