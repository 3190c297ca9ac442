//! A floor under the deadlines of the development phrases, so that a change that costs some is seen.

use bench::dates::{read, score};

/// Reached when it was last looked at, less one percent.
const FLOOR: f64 = 0.985;

#[test]
fn deadlines_of_the_development_phrases_stay_right() {
    let phrases = read(include_str!("../corpus/dates-dev.jsonl")).unwrap();
    let report = score(&phrases).unwrap();
    assert!(
        report.total.share() >= FLOOR,
        "{:.3} is below {FLOOR}:\n{}",
        report.total.share(),
        report
            .misses
            .iter()
            .map(|miss| format!("{}  {}", miss.id, miss.what))
            .collect::<Vec<_>>()
            .join("\n")
    );
}
