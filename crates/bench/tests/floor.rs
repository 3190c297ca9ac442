//! The development texts are found at least as well as they were: a floor under changes of the rules.

use bench::score;

#[test]
fn development_texts_stay_above_the_floor() {
    let texts = score::read(include_str!("../corpus/dev.jsonl")).unwrap();
    let (score, _) = score::score(&texts).unwrap();
    assert!(score.f1() >= 0.88, "F1 {:.3}", score.f1());
    assert!(score.due.value() >= 0.88, "due {:.3}", score.due.value());
    assert!(
        score.priority.value() >= 0.95,
        "priority {:.3}",
        score.priority.value()
    );
    assert!(
        score.assignee.value() >= 0.88,
        "assignee {:.3}",
        score.assignee.value()
    );
    assert!(
        score.quiet.value() >= 0.96,
        "quiet {:.3}",
        score.quiet.value()
    );
}
