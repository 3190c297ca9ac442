//! What holds for any text, whoever made it up: the tests, or the fuzzer in `../../fuzz`.

use extract::{Policy, Span, extract, extract_refusing, quick_add, quick_add_refusing};
use jiff::Zoned;

/// What holds for the tasks of any text.
pub(crate) fn for_text(text: &str, now: &Zoned) {
    let found = extract(text, now, &Policy::default());
    let length = text.chars().count();
    for task in &found.tasks {
        let quote: String = text
            .chars()
            .skip(task.evidence.start)
            .take(task.evidence.end - task.evidence.start)
            .collect();
        assert_eq!(quote, task.evidence.quote);
        assert!(task.evidence.end <= length && !quote.is_empty());
        assert!(!task.summary.is_empty() && task.summary.chars().count() <= 200);
        assert!((0.0..=1.0).contains(&task.confidence));
        for reason in task.reasons.values() {
            if let Some(words) = &reason.evidence {
                let quote: String = text
                    .chars()
                    .skip(words.start)
                    .take(words.end - words.start)
                    .collect();
                assert_eq!(quote, words.quote);
            }
        }
        assert!(task.parent.is_none_or(|parent| parent < found.tasks.len()));
    }
    // What waits for nothing can be taken out until nothing is left: no task waits for itself.
    let mut open: Vec<usize> = (0..found.tasks.len()).collect();
    while !open.is_empty() {
        let free = |at: &usize| {
            found.tasks[*at]
                .depends_on
                .iter()
                .all(|other| !open.contains(other))
        };
        let free: Vec<usize> = open.iter().copied().filter(|at| free(at)).collect();
        assert!(!free.is_empty(), "a circle in {text:?}");
        open.retain(|at| !free.contains(at));
    }
    let links = found.tasks.iter().flat_map(|task| &task.depends_on);
    assert!(links.into_iter().all(|link| *link < found.tasks.len()));
}

/// What holds where everything that was found is refused.
pub(crate) fn for_refusing(text: &str, now: &Zoned) {
    let policy = Policy::default();
    let found = extract(text, now, &policy);
    let dates: Vec<Span> = found.dates.iter().map(|date| date.span).collect();
    let refused = extract_refusing(text, now, &policy, &dates);
    assert!(refused.dates.is_empty(), "{text:?}");
    let line = text.lines().next().unwrap_or_default();
    let read = quick_add(line, now, &policy);
    let understood: Vec<Span> = read.understood.iter().map(|piece| piece.span).collect();
    quick_add_refusing(line, now, &policy, &understood);
}
