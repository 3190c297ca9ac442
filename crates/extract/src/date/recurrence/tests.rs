use jiff::Zoned;
use jiff::civil::DateTime;

use super::{Rule, next_after};
use crate::date::Due;

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn zoned(text: &str) -> Zoned {
    text.parse().unwrap()
}

/// The first `n` occurrences of a rule.
fn occurrences(rule: &str, start: &str, n: usize) -> Vec<String> {
    let rule: Rule = rule.parse().unwrap();
    let start = at(start);
    let mut last = start.checked_sub(jiff::Span::new().seconds(1)).unwrap();
    let mut all = Vec::new();
    while all.len() < n {
        let Some(next) = rule.next_after(start, last) else {
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
FREQ=WEEKLY;UNTIL=20260309T110000|2026-03-02T12:00|2026-03-02 12:00
FREQ=HOURLY;INTERVAL=8|2026-03-02T20:00|2026-03-02 20:00,2026-03-03 04:00";

/// The examples of RFC 5545 §3.8.5.3, with its start on 2 September 1997 at 9:00 in New York.
const RFC: &str = "\
FREQ=DAILY;COUNT=3|1997-09-02T09:00|1997-09-02 09:00,1997-09-03 09:00,1997-09-04 09:00
FREQ=DAILY;UNTIL=19970905T000000Z|1997-09-02T09:00|1997-09-02 09:00,1997-09-03 09:00,1997-09-04 09:00
FREQ=DAILY;INTERVAL=10;COUNT=5|1997-09-02T09:00|1997-09-02 09:00,1997-09-12 09:00,1997-09-22 09:00,1997-10-02 09:00,1997-10-12 09:00
FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA|1998-01-30T09:00|1998-01-30 09:00,1998-01-31 09:00,1999-01-01 09:00,1999-01-02 09:00
FREQ=DAILY;BYMONTH=1|1998-01-30T09:00|1998-01-30 09:00,1998-01-31 09:00,1999-01-01 09:00
FREQ=WEEKLY;INTERVAL=2;WKST=SU|1997-09-02T09:00|1997-09-02 09:00,1997-09-16 09:00,1997-09-30 09:00,1997-10-14 09:00
FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH|1997-09-02T09:00|1997-09-02 09:00,1997-09-04 09:00,1997-09-09 09:00,1997-09-11 09:00,1997-09-16 09:00,1997-09-18 09:00,1997-09-23 09:00,1997-09-25 09:00,1997-09-30 09:00,1997-10-02 09:00
FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE,FR|1997-09-01T09:00|1997-09-01 09:00,1997-09-03 09:00,1997-09-05 09:00,1997-09-15 09:00,1997-09-17 09:00,1997-09-19 09:00,1997-09-29 09:00
FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH|1997-09-02T09:00|1997-09-02 09:00,1997-09-04 09:00,1997-09-16 09:00,1997-09-18 09:00,1997-09-30 09:00,1997-10-02 09:00,1997-10-14 09:00,1997-10-16 09:00
FREQ=MONTHLY;COUNT=10;BYDAY=1FR|1997-09-05T09:00|1997-09-05 09:00,1997-10-03 09:00,1997-11-07 09:00,1997-12-05 09:00,1998-01-02 09:00,1998-02-06 09:00,1998-03-06 09:00,1998-04-03 09:00,1998-05-01 09:00,1998-06-05 09:00
FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU|1997-09-07T09:00|1997-09-07 09:00,1997-09-28 09:00,1997-11-02 09:00,1997-11-30 09:00,1998-01-04 09:00,1998-01-25 09:00,1998-03-01 09:00,1998-03-29 09:00,1998-05-03 09:00,1998-05-31 09:00
FREQ=MONTHLY;COUNT=6;BYDAY=-2MO|1997-09-22T09:00|1997-09-22 09:00,1997-10-20 09:00,1997-11-17 09:00,1997-12-22 09:00,1998-01-19 09:00,1998-02-16 09:00
FREQ=MONTHLY;BYMONTHDAY=-3|1997-09-28T09:00|1997-09-28 09:00,1997-10-29 09:00,1997-11-28 09:00,1997-12-29 09:00,1998-01-29 09:00,1998-02-26 09:00
FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15|1997-09-02T09:00|1997-09-02 09:00,1997-09-15 09:00,1997-10-02 09:00,1997-10-15 09:00,1997-11-02 09:00,1997-11-15 09:00,1997-12-02 09:00,1997-12-15 09:00,1998-01-02 09:00,1998-01-15 09:00
FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1|1997-09-30T09:00|1997-09-30 09:00,1997-10-01 09:00,1997-10-31 09:00,1997-11-01 09:00,1997-11-30 09:00,1997-12-01 09:00,1997-12-31 09:00,1998-01-01 09:00,1998-01-31 09:00,1998-02-01 09:00
FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15|1997-09-10T09:00|1997-09-10 09:00,1997-09-11 09:00,1997-09-12 09:00,1997-09-13 09:00,1997-09-14 09:00,1997-09-15 09:00,1999-03-10 09:00,1999-03-11 09:00,1999-03-12 09:00,1999-03-13 09:00
FREQ=MONTHLY;INTERVAL=2;BYDAY=TU|1997-09-02T09:00|1997-09-02 09:00,1997-09-09 09:00,1997-09-16 09:00,1997-09-23 09:00,1997-09-30 09:00,1997-11-04 09:00
FREQ=YEARLY;COUNT=10;BYMONTH=6,7|1997-06-10T09:00|1997-06-10 09:00,1997-07-10 09:00,1998-06-10 09:00,1998-07-10 09:00,1999-06-10 09:00,1999-07-10 09:00,2000-06-10 09:00,2000-07-10 09:00,2001-06-10 09:00,2001-07-10 09:00
FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3|1997-03-10T09:00|1997-03-10 09:00,1999-01-10 09:00,1999-02-10 09:00,1999-03-10 09:00,2001-01-10 09:00,2001-02-10 09:00,2001-03-10 09:00,2003-01-10 09:00,2003-02-10 09:00,2003-03-10 09:00
FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200|1997-01-01T09:00|1997-01-01 09:00,1997-04-10 09:00,1997-07-19 09:00,2000-01-01 09:00,2000-04-09 09:00,2000-07-18 09:00,2003-01-01 09:00,2003-04-10 09:00,2003-07-19 09:00,2006-01-01 09:00
FREQ=YEARLY;BYDAY=20MO|1997-05-19T09:00|1997-05-19 09:00,1998-05-18 09:00,1999-05-17 09:00
FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO|1997-05-12T09:00|1997-05-12 09:00,1998-05-11 09:00,1999-05-17 09:00
FREQ=YEARLY;BYMONTH=3;BYDAY=TH|1997-03-13T09:00|1997-03-13 09:00,1997-03-20 09:00,1997-03-27 09:00,1998-03-05 09:00
FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8|1997-06-05T09:00|1997-06-05 09:00,1997-06-12 09:00,1997-06-19 09:00,1997-06-26 09:00,1997-07-03 09:00
FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13|1997-09-03T09:00|1998-02-13 09:00,1998-03-13 09:00,1998-11-13 09:00,1999-08-13 09:00,2000-10-13 09:00
FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13|1997-09-13T09:00|1997-09-13 09:00,1997-10-11 09:00,1997-11-08 09:00,1997-12-13 09:00
FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8|1996-11-05T09:00|1996-11-05 09:00,2000-11-07 09:00,2004-11-02 09:00
FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3|1997-09-04T09:00|1997-09-04 09:00,1997-10-07 09:00,1997-11-06 09:00
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2|1997-09-29T09:00|1997-09-29 09:00,1997-10-30 09:00,1997-11-27 09:00,1997-12-30 09:00
FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000|1997-09-02T09:00|1997-09-02 09:00,1997-09-02 12:00,1997-09-02 15:00
FREQ=MINUTELY;INTERVAL=15;COUNT=6|1997-09-02T09:00|1997-09-02 09:00,1997-09-02 09:15,1997-09-02 09:30,1997-09-02 09:45,1997-09-02 10:00,1997-09-02 10:15
FREQ=MINUTELY;INTERVAL=90;COUNT=4|1997-09-02T09:00|1997-09-02 09:00,1997-09-02 10:30,1997-09-02 12:00,1997-09-02 13:30
FREQ=DAILY;BYHOUR=9,16;BYMINUTE=0,40|1997-09-02T09:00|1997-09-02 09:00,1997-09-02 09:40,1997-09-02 16:00,1997-09-02 16:40,1997-09-03 09:00
FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,16|1997-09-02T09:00|1997-09-02 09:00,1997-09-02 09:20,1997-09-02 09:40,1997-09-02 16:00,1997-09-02 16:20,1997-09-02 16:40,1997-09-03 09:00
FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO|1997-08-05T09:00|1997-08-05 09:00,1997-08-10 09:00,1997-08-19 09:00,1997-08-24 09:00
FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU|1997-08-05T09:00|1997-08-05 09:00,1997-08-17 09:00,1997-08-19 09:00,1997-08-31 09:00
FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5|2007-01-15T09:00|2007-01-15 09:00,2007-01-30 09:00,2007-02-15 09:00,2007-03-15 09:00,2007-03-30 09:00";

fn check(table: &str) {
    for line in table.lines() {
        let [rule, start, wanted] = line.split('|').collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}");
        };
        let wanted: Vec<&str> = wanted.split(',').collect();
        let ends = rule.contains("COUNT") || rule.contains("UNTIL=1997");
        let found = occurrences(rule, start, wanted.len() + usize::from(ends));
        assert_eq!(found, wanted, "{rule} from {start}");
    }
}

#[test]
fn occurrences_follow_the_rule() {
    check(OCCURRENCES);
}

#[test]
fn the_examples_of_the_rfc_come_out() {
    check(RFC);
}

#[test]
fn an_occurrence_far_ahead_is_found() {
    let next = |rule: &str, start, after| {
        let rule: Rule = rule.parse().unwrap();
        rule.next_after(at(start), at(after))
    };
    let far = |rule, start, after, wanted| {
        assert_eq!(next(rule, start, after), Some(at(wanted)), "{rule}");
    };
    far(
        "FREQ=DAILY",
        "2020-01-01T08:00",
        "2026-03-01T08:00",
        "2026-03-02T08:00",
    );
    far(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
        "2026-01-05T00:00",
        "2026-03-11T00:00",
        "2026-03-16T00:00",
    );
    far(
        "FREQ=MINUTELY;BYMONTH=1",
        "2026-01-05T00:00",
        "2026-02-11T00:00",
        "2027-01-01T00:00",
    );
    far(
        "FREQ=HOURLY;BYDAY=MO;BYHOUR=9",
        "2026-03-11T09:00",
        "2026-03-11T09:00",
        "2026-03-16T09:00",
    );
    far(
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "2096-02-29T00:00",
        "2096-02-29T00:00",
        "2104-02-29T00:00",
    );
}

#[test]
fn what_never_happens_is_none() {
    let rule: Rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30".parse().unwrap();
    let start = at("2026-01-01T00:00");
    assert_eq!(rule.next_after(start, start), None);
    let rule: Rule = "FREQ=DAILY;COUNT=1".parse().unwrap();
    assert_eq!(rule.next_after(start, start), None);
}

#[test]
fn what_is_no_rule_is_told() {
    for text in [
        "FREQ=SOMETIMES",
        "INTERVAL=2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;BYMONTHDAY=0",
        "FREQ=DAILY;COUNT=3;UNTIL=20260101",
        "FREQ=MONTHLY;BYWEEKNO=3",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=-MO",
        "FREQ=WEEKLY;BYDAY=日",
        "FREQ=DAILY;COLOUR=RED",
        "every day",
        "",
    ] {
        assert!(text.parse::<Rule>().is_err(), "{text}");
    }
}

#[test]
fn rules_survive_their_text() {
    for text in [
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;UNTIL=20260531",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5",
        "FREQ=MONTHLY;BYDAY=3TH;COUNT=6",
        "FREQ=DAILY;BYHOUR=9,16;BYMINUTE=0,30",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU",
        "FREQ=YEARLY;BYYEARDAY=1,-1;UNTIL=20300101T090000Z",
        "FREQ=HOURLY;INTERVAL=2;UNTIL=20300101T090000",
    ] {
        assert_eq!(text.parse::<Rule>().unwrap().to_string(), text);
    }
    let lower: Rule = "rrule:freq=weekly;byday=mo".parse().unwrap();
    assert_eq!(lower.to_string(), "FREQ=WEEKLY;BYDAY=MO");
}

fn after_done(rrule: &str, due: &Due, done: &str) -> Option<(String, String)> {
    next_after(rrule, due, &zoned(done)).map(|next| (next.due.to_string(), next.rrule))
}

fn pair(due: &str, rrule: &str) -> Option<(String, String)> {
    Some((due.to_owned(), rrule.to_owned()))
}

fn day(text: &str) -> Due {
    Due::Day(text.parse().unwrap())
}

#[test]
fn a_day_is_followed_by_a_later_day() {
    let weekly = "FREQ=WEEKLY;BYDAY=MO";
    let monday = day("2026-03-09");
    let early = "2026-03-08T10:00:00+01:00[Europe/Berlin]";
    assert_eq!(
        after_done(weekly, &monday, early),
        pair("2026-03-16", weekly)
    );
    let same_day = "2026-03-09T23:59:59+01:00[Europe/Berlin]";
    assert_eq!(
        after_done(weekly, &monday, same_day),
        pair("2026-03-16", weekly)
    );
    let three_weeks_late = "2026-03-31T10:00:00+02:00[Europe/Berlin]";
    assert_eq!(
        after_done(weekly, &monday, three_weeks_late),
        pair("2026-04-06", weekly)
    );
}

#[test]
fn a_count_goes_down_and_ends() {
    let due = day("2026-03-09");
    let done = "2026-03-09T10:00:00+01:00[Europe/Berlin]";
    assert_eq!(
        after_done("FREQ=WEEKLY;COUNT=3", &due, done),
        pair("2026-03-16", "FREQ=WEEKLY;COUNT=2")
    );
    assert_eq!(
        after_done(
            "FREQ=WEEKLY;COUNT=3",
            &due,
            "2026-03-17T10:00:00+01:00[Europe/Berlin]"
        ),
        pair("2026-03-23", "FREQ=WEEKLY;COUNT=1")
    );
    assert_eq!(after_done("FREQ=WEEKLY;COUNT=1", &due, done), None);
    // The start counts, even where it does not fit.
    assert_eq!(
        after_done("FREQ=WEEKLY;BYDAY=TH;COUNT=2", &due, done),
        pair("2026-03-12", "FREQ=WEEKLY;BYDAY=TH;COUNT=1")
    );
    assert_eq!(after_done("FREQ=WEEKLY;UNTIL=20260315", &due, done), None);
}

#[test]
fn a_clock_time_stays_when_the_clocks_change() {
    let due = Due::Moment(zoned("2026-03-28T09:00:00+01:00[Europe/Berlin]"));
    let done = "2026-03-28T09:30:00+01:00[Europe/Berlin]";
    assert_eq!(
        after_done("FREQ=DAILY", &due, done),
        pair("2026-03-29T09:00:00+02:00", "FREQ=DAILY")
    );
    // 2:30 is left out that night, and told by the offset before the change.
    let due = Due::Moment(zoned("2026-03-28T02:30:00+01:00[Europe/Berlin]"));
    assert_eq!(
        after_done("FREQ=DAILY", &due, done),
        pair("2026-03-29T03:30:00+02:00", "FREQ=DAILY")
    );
    // The rule is held in the zone of who is done, however the moment was kept.
    let due = Due::Moment(zoned("2026-03-27T08:00:00Z[UTC]"));
    let done = "2026-03-28T10:00:00+01:00[Europe/Berlin]";
    assert_eq!(
        after_done("FREQ=DAILY", &due, done),
        pair("2026-03-29T09:00:00+02:00", "FREQ=DAILY")
    );
}

#[test]
fn a_moment_is_followed_by_a_later_moment() {
    let due = Due::Moment(zoned("2026-10-25T02:30:00+02:00[Europe/Berlin]"));
    // Done in the hour that comes twice, the second time.
    let done = "2026-10-25T02:10:00+01:00[Europe/Berlin]";
    assert_eq!(
        after_done("FREQ=HOURLY", &due, done),
        pair("2026-10-25T03:30:00+01:00", "FREQ=HOURLY")
    );
    let done = "2026-10-20T00:00:00+02:00[Europe/Berlin]";
    assert_eq!(
        after_done("FREQ=DAILY", &due, done),
        pair("2026-10-26T02:30:00+01:00", "FREQ=DAILY")
    );
    let until = "FREQ=DAILY;UNTIL=20261026T013000Z";
    assert_eq!(
        after_done(until, &due, done),
        pair("2026-10-26T02:30:00+01:00", until)
    );
    assert_eq!(
        after_done("FREQ=DAILY;UNTIL=20261026T012959Z", &due, done),
        None
    );
}

#[test]
fn the_end_of_the_calendar_ends_a_series() {
    let due = day("9999-12-30");
    let done = "2026-03-09T10:00:00+01:00[Europe/Berlin]";
    assert_eq!(
        after_done("FREQ=DAILY", &due, done),
        pair("9999-12-31", "FREQ=DAILY")
    );
    assert_eq!(after_done("FREQ=YEARLY", &day("9999-12-31"), done), None);
    assert_eq!(after_done("every day", &due, done), None);
}
