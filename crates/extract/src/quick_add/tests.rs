use super::*;

fn read(text: &str) -> QuickAdd {
    let now: Zoned = "2026-03-11T10:00:00+01:00[Europe/Berlin]".parse().unwrap();
    quick_add(text, &now, &Policy::default())
}

fn due(task: &QuickAdd) -> String {
    task.due
        .as_ref()
        .map_or_else(|| "-".to_owned(), ToString::to_string)
}

#[test]
fn a_line_is_taken_apart() {
    let task = read("Pay rent every 1st at 9am #finance p1 @alex");
    assert_eq!(task.title, "Pay rent");
    assert_eq!(due(&task), "2026-04-01T09:00:00+02:00");
    assert_eq!(task.rrule.as_deref(), Some("FREQ=MONTHLY;BYMONTHDAY=1"));
    assert_eq!(task.priority, Priority::High);
    assert_eq!(task.labels, ["finance"]);
    assert_eq!(task.assignee.as_deref(), Some("alex"));
    let kinds: Vec<Kind> = task.understood.iter().map(|u| u.kind).collect();
    assert_eq!(
        kinds,
        [
            Kind::Recurrence,
            Kind::Label,
            Kind::Priority,
            Kind::Assignee
        ]
    );
}

#[test]
fn titles_keep_what_was_not_understood() {
    let table = [
        ("Buy milk", "Buy milk", "-"),
        ("Buy milk tomorrow", "Buy milk", "2026-03-12"),
        ("tomorrow buy milk", "buy milk", "2026-03-12"),
        (
            "Call Anna on Friday about the lease",
            "Call Anna about the lease",
            "2026-03-13",
        ),
        ("task 1h @tomorrow", "task", "2026-03-12"),
        ("Watch The 5th Wave", "Watch The 5th Wave", "-"),
        ("Meet with Friday", "Meet with Friday", "-"),
        (
            "Send Friday's numbers to Kim",
            "Send Friday's numbers to Kim",
            "-",
        ),
        ("Review yesterday's notes", "Review yesterday's notes", "-"),
        (
            "Prepare slides for Monday meeting by Friday",
            "Prepare slides for Monday meeting",
            "2026-03-13",
        ),
        ("Submit report (by 20 March)", "Submit report", "2026-03-20"),
        (
            "Fix #123 by Thursday noon",
            "Fix #123",
            "2026-03-12T12:00:00+01:00",
        ),
        (
            "Mail bob@example.org today",
            "Mail bob@example.org",
            "2026-03-11",
        ),
        (
            "Lunch with @alex tomorrow at 12:30",
            "Lunch with alex",
            "2026-03-12T12:30:00+01:00",
        ),
        ("Friday", "Friday", "2026-03-13"),
    ];
    for (text, title, wanted) in table {
        let task = read(text);
        assert_eq!(
            (task.title.as_str(), due(&task).as_str()),
            (title, wanted),
            "{text}"
        );
    }
}

#[test]
fn priorities_projects_and_lengths() {
    let task = read("Write tests +engine #rust #ci p3 45min");
    assert_eq!(task.title, "Write tests");
    assert_eq!(task.project.as_deref(), Some("engine"));
    assert_eq!(task.labels, ["rust", "ci"]);
    assert_eq!(task.priority, Priority::Low);
    assert_eq!(task.duration, Some(SignedDuration::from_mins(45)));
    assert_eq!(read("Call the bank !high").priority, Priority::High);
    assert_eq!(read("Call the bank asap").title, "Call the bank");
    assert_eq!(
        read("Practise piano for 2 hours").duration,
        Some(SignedDuration::from_hours(2))
    );
    assert_eq!(read("Paint /home/alex wall").project, None);
    assert_eq!(read("Tidy up /home").project.as_deref(), Some("home"));
}

#[test]
fn spans_count_characters() {
    let task = read("Müsli kaufen – tomorrow");
    let span = task.understood[0].span;
    assert_eq!((span.start, span.end), (15, 23));
    assert_eq!(task.title, "Müsli kaufen");
}

#[test]
fn marks_of_other_task_managers_are_read() {
    assert_eq!(read("Call mom !!1").priority, Priority::High);
    assert_eq!(read("Call mom !!1").title, "Call mom");
    let task = read("P1: ship it friday");
    assert_eq!(
        (task.title.as_str(), task.priority),
        ("ship it", Priority::High)
    );
    let nested = read("Sync notes #work/meetings");
    assert_eq!(nested.labels, ["work/meetings"]);
    assert_eq!(read("Submit {friday} report").title, "Submit report");
    assert_eq!(read("call [30m] Bob").title, "call Bob");
}

#[test]
fn lengths_are_no_times() {
    for (line, title, minutes) in [
        ("Write docs 2h30m +docs", "Write docs", 150),
        ("Book flights ~2h", "Book flights", 120),
        ("stretch for 10 min", "stretch", 10),
    ] {
        let task = read(line);
        assert_eq!(task.title, title, "{line}");
        assert_eq!(
            task.duration,
            Some(SignedDuration::from_mins(minutes)),
            "{line}"
        );
        assert_eq!(due(&task), "-", "{line}");
    }
}

#[test]
fn repetitions_leave_the_title() {
    for (line, title, rule, wanted) in [
        (
            "water plants twice a week",
            "water plants",
            "FREQ=WEEKLY;BYDAY=MO,TH",
            "2026-03-12",
        ),
        (
            "jog every day except sunday",
            "jog",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA",
            "2026-03-11",
        ),
        (
            "Backup server weekly on sunday 3am #ops",
            "Backup server",
            "FREQ=WEEKLY;BYDAY=SU",
            "2026-03-15T03:00:00+01:00",
        ),
        (
            "Anniversary every 12 June",
            "Anniversary",
            "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12",
            "2026-06-12",
        ),
        (
            "do laundry every other sunday",
            "do laundry",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
            "2026-03-15",
        ),
    ] {
        let task = read(line);
        assert_eq!(task.title, title, "{line}");
        assert_eq!(task.rrule.as_deref(), Some(rule), "{line}");
        assert_eq!(due(&task), wanted, "{line}");
    }
}

#[test]
fn the_title_says_where_to_something_is_moved() {
    let task = read("Move meeting from Tuesday to Thursday");
    assert_eq!(task.title, "Move meeting from Tuesday to Thursday");
    assert_eq!(due(&task), "2026-03-12");
}

#[test]
fn what_is_refused_stays_in_the_title_as_words() {
    let now: Zoned = "2026-03-11T10:00:00+01:00[Europe/Berlin]".parse().unwrap();
    let line = "Gehe zu „Thank God it’s Friday“ #kino p1 tomorrow";
    let policy = Policy::default();
    let refuse = |words: &str| {
        let start = line[..line.find(words).unwrap()].chars().count();
        let end = start + words.chars().count();
        quick_add_refusing(line, &now, &policy, &[Span { start, end }])
    };
    let task = refuse("Friday");
    assert_eq!(due(&task), "2026-03-12");
    assert!(task.title.contains("Friday"), "{}", task.title);
    let task = refuse("tomorrow");
    assert!(task.title.ends_with("tomorrow"), "{}", task.title);
    assert_eq!(refuse("#kino").labels, [] as [&str; 0]);
    assert_eq!(refuse("p1").priority, Priority::Medium);
}

#[test]
fn a_refused_piece_behind_the_end_changes_nothing() {
    let now: Zoned = "2026-03-11T10:00:00+01:00[Europe/Berlin]".parse().unwrap();
    let (line, policy) = ("Buy milk tomorrow", Policy::default());
    let far = Span { start: 90, end: 95 };
    let task = quick_add_refusing(line, &now, &policy, &[far]);
    assert_eq!(task, quick_add(line, &now, &policy));
}

#[test]
fn a_length_behind_a_day_is_no_time_of_day() {
    let task = read("Paint the shed tomorrow 2h");
    assert_eq!(task.title, "Paint the shed");
    assert_eq!(due(&task), "2026-03-12");
    assert_eq!(task.duration, Some(SignedDuration::from_hours(2)));
    assert_eq!(
        due(&read("Paint the shed tomorrow 18h")),
        "2026-03-12T18:00:00+01:00"
    );
}

#[test]
fn the_dates_of_an_extraction_serve_its_line_too() {
    let now: Zoned = "2026-03-11T10:00:00+01:00[Europe/Berlin]".parse().unwrap();
    let policy = Policy::default();
    for line in [
        "Pay rent every 1st at 9am #finance p1 @alex",
        "Paint the shed tomorrow 2h",
        "Dentist at 9 with Anna on Friday",
    ] {
        let dates = crate::extract(line, &now, &policy).dates;
        let read = quick_add_dated(line, &dates, &now, &policy, &[]);
        assert_eq!(read, quick_add(line, &now, &policy), "{line}");
    }
    // What was scanned wrong is read as the tasks of the text read it.
    let line = "Renew permit by 1O May";
    let dates = crate::extract(line, &now, &policy).dates;
    let read = quick_add_dated(line, &dates, &now, &policy, &[]);
    assert_eq!(
        (due(&read), read.title),
        ("2026-05-10".to_owned(), "Renew permit".to_owned())
    );
}

#[test]
fn a_line_closes_with_how_urgent_it_is() {
    for (text, title, priority) in [
        (
            "Put up the lights, no rush #home",
            "Put up the lights",
            Priority::Low,
        ),
        ("Learn to juggle someday", "Learn to juggle", Priority::Low),
        (
            "Mend the gate (not urgent) on Friday",
            "Mend the gate",
            Priority::Low,
        ),
        ("Ring the bank urgent!", "Ring the bank", Priority::High),
        (
            "Ring the bank, low priority @ben",
            "Ring the bank",
            Priority::Low,
        ),
        (
            "Write about no rush hour",
            "Write about no rush hour",
            Priority::Medium,
        ),
        ("Someday", "Someday", Priority::Medium),
    ] {
        let task = read(text);
        assert_eq!(
            (task.title.as_str(), task.priority),
            (title, priority),
            "{text}"
        );
    }
}

#[test]
fn days_in_a_row_repeat_together() {
    let task = read("Gym every mon wed fri 18:00");
    assert_eq!(task.rrule.as_deref(), Some("FREQ=WEEKLY;BYDAY=MO,WE,FR"));
    assert_eq!(
        (task.title.as_str(), due(&task)),
        ("Gym", "2026-03-11T18:00:00+01:00".to_owned())
    );
}

#[test]
fn an_hour_before_a_mark_is_one() {
    let task = read("Ship it tonight at 11 p1 @dev");
    assert_eq!(
        (task.title.as_str(), due(&task)),
        ("Ship it", "2026-03-11T23:00:00+01:00".to_owned())
    );
}
